/* Checks of test programs, in C and C++. A failed check is printed; check_result() gives the status
 * to exit with. */
#ifndef CHECK_H
#define CHECK_H

#include <migraphx/extensions.h>
#include <stdio.h>
#include <string.h>

static int checks_made, checks_failed;

static inline void check(
    bool holds, const char* file, int line, const char* text, const char* seen) {
  ++checks_made;
  if (holds) return;
  ++checks_failed;
  printf("%s:%d: check failed: %s\n", file, line, text);
  if (seen != NULL) printf("  seen: %s\n", seen);
}

static inline int check_result(void) {
  printf("%d checks, %d failed\n", checks_made, checks_failed);
  return checks_failed > 0 || checks_made == 0;
}

#define CHECK(condition) check((condition), __FILE__, __LINE__, #condition, NULL)

/* The call succeeds. */
#define CHECK_OK(call) \
  check((call) == migraphx_status_success, __FILE__, __LINE__, #call, migraphx_get_last_error())

/* The call fails, with a text that contains `part`. */
#define CHECK_FAILS(part, call)                                                                   \
  check(                                                                                          \
      (call) != migraphx_status_success && strstr(migraphx_get_last_error(), (part)) != NULL,     \
      __FILE__, __LINE__, #call, migraphx_get_last_error())

/* The call reports a bad parameter, with a text that contains `part`. */
#define CHECK_BAD_PARAM(part, call)                                                               \
  check(                                                                                          \
      (call) == migraphx_status_bad_param && strstr(migraphx_get_last_error(), (part)) != NULL,   \
      __FILE__, __LINE__, #call, migraphx_get_last_error())

#ifdef __cplusplus

#include <migraphx/errors.hpp>

/* Runs a part of a program, and goes on when it throws. */
template <class... Parameters, class... Arguments>
void run(void (*test)(Parameters...), const Arguments&... arguments) {
  try {
    test(arguments...);
  } catch (const std::exception& error) {
    check(false, "uncaught", 0, "no exception", error.what());
  }
}

/* The expression throws a migraphx::exception whose text contains `part`. */
#define CHECK_THROWS(part, expression)                                                     \
  do {                                                                                     \
    const char* seen = "no exception";                                                     \
    std::string text;                                                                      \
    try {                                                                                  \
      (void)(expression);                                                                  \
    } catch (const migraphx::exception& error) {                                           \
      text = error.what();                                                                 \
      seen = text.c_str();                                                                 \
    }                                                                                      \
    check(text.find(part) != std::string::npos, __FILE__, __LINE__, #expression, seen);    \
  } while (false)

#endif

#endif
