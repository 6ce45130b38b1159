/* One compiled program, run by many threads at once. */
#include "building.h"

#include <pthread.h>

enum { thread_count = 8, runs = 1000 };

struct work {
  migraphx_program_t program;
  float factor;
  int right;
};

/* Counts right results; check_ functions are not for threads. */
static void* run_often(void* data) {
  struct work* work = data;
  for (int run = 0; run < runs; ++run) {
    const float a = work->factor, b = (float)run;
    float x[] = {a, a + 1, a + 2, a + 3}, y[] = {b, b, b, b};
    migraphx_shape_t shape = NULL;
    migraphx_argument_t arguments[2] = {NULL, NULL};
    migraphx_program_parameters_t parameters = NULL;
    migraphx_arguments_t results = NULL;
    const_migraphx_argument_t result = NULL;
    char* buffer = NULL;
    bool right =
        !migraphx_shape_create(&shape, migraphx_shape_float_type, (size_t[]){2, 2}, 2) &&
        !migraphx_argument_create(&arguments[0], shape, x) &&
        !migraphx_argument_create(&arguments[1], shape, y) &&
        !migraphx_program_parameters_create(&parameters) &&
        !migraphx_program_parameters_add(parameters, "x", arguments[0]) &&
        !migraphx_program_parameters_add(parameters, "y", arguments[1]) &&
        !migraphx_program_run(&results, work->program, parameters) &&
        !migraphx_arguments_get(&result, results, 0) && !migraphx_argument_buffer(&buffer, result);
    for (int i = 0; right && i < 4; ++i)
      right = ((const float*)(const void*)buffer)[i] == x[i] * y[i] + x[i];
    right = right && !migraphx_arguments_destroy(results) &&
            !migraphx_program_parameters_destroy(parameters) &&
            !migraphx_argument_destroy(arguments[0]) && !migraphx_argument_destroy(arguments[1]) &&
            !migraphx_shape_destroy(shape);
    work->right += right;
  }
  return NULL;
}

static void many_threads(const char* target) {
  pthread_t threads[thread_count];
  struct work work[thread_count];
  migraphx_program_t program = multiply_and_add();
  compile_for(program, target);
  for (int i = 0; i < thread_count; ++i) {
    work[i] = (struct work){program, (float)(10 * i), 0};
    CHECK(pthread_create(&threads[i], NULL, run_often, &work[i]) == 0);
  }
  for (int i = 0; i < thread_count; ++i) {
    CHECK(pthread_join(threads[i], NULL) == 0);
    CHECK(work[i].right == runs);
  }
  CHECK_OK(migraphx_program_destroy(program));
}

/* Each thread has its own last error. */
static void* fail(void* data) {
  migraphx_target_t target = NULL;
  *(bool*)data = migraphx_target_create(&target, "abacus") == migraphx_status_unknown_target &&
                 strstr(migraphx_get_last_error(), "abacus") != NULL;
  return NULL;
}

static void errors_per_thread(void) {
  pthread_t thread;
  bool failed = false;
  migraphx_operation_t operation = NULL;
  CHECK_FAILS("", migraphx_operation_create(&operation, "no_such_op", NULL));
  CHECK(pthread_create(&thread, NULL, fail, &failed) == 0);
  CHECK(pthread_join(thread, NULL) == 0);
  CHECK(failed);
  CHECK(strstr(migraphx_get_last_error(), "no_such_op") != NULL);
}

int main(void) {
  many_threads("ref");
  many_threads("cpu");
  errors_per_thread();
  return check_result();
}
