/* Functions with variable arguments, which Swift can't define. */
#define _GNU_SOURCE
#include <migraphx/extensions.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "support.h"

migraphx_status migraphx_operation_create(
    migraphx_operation_t* operation, const char* name, const char* attributes, ...) {
  if (attributes == NULL) return migraphx_operation_create_from_json(operation, name, NULL);
  va_list arguments;
  va_start(arguments, attributes);
  char* text = NULL;
  int length = vasprintf(&text, attributes, arguments);
  va_end(arguments);
  if (length < 0) {
    mgx_report("migraphx_operation_create", "The attributes can't be formatted");
    return migraphx_status_bad_param;
  }
  migraphx_status status = migraphx_operation_create_from_json(operation, name, text);
  free(text);
  return status;
}
