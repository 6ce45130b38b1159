/* The last error of each thread. */
#include <migraphx/extensions.h>
#include <stdatomic.h>
#include <stdio.h>

#include "support.h"

enum { most_bytes = 1 << 14 };

static _Thread_local char last_error[most_bytes];
static atomic_bool prints_errors = true;

void mgx_report(const char* function, const char* text) {
  snprintf(last_error, most_bytes, "%s", text);
  if (prints_errors) fprintf(stderr, "%s: Error: %s\n", function, text);
}

const char* migraphx_get_last_error(void) { return last_error; }

void migraphx_set_error_printing(bool value) { prints_errors = value; }

void mgx_print_error(const char* text) { fputs(text, stderr); }
