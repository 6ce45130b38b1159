/* Tensors: borrowed, owned and shared memory. */
#define _XOPEN_SOURCE 700
#include "check.h"

#include <sys/resource.h>
#include <unistd.h>

static migraphx_shape_t float_shape(size_t rows, size_t columns) {
  migraphx_shape_t shape = NULL;
  CHECK_OK(migraphx_shape_create(
      &shape, migraphx_shape_float_type, (size_t[]){rows, columns}, 2));
  return shape;
}

static const float* elements(const_migraphx_argument_t argument) {
  char* data = NULL;
  CHECK_OK(migraphx_argument_buffer(&data, argument));
  return (const float*)(const void*)data;
}

static bool equal(const_migraphx_argument_t x, const_migraphx_argument_t y) {
  bool result = false;
  CHECK_OK(migraphx_argument_equal(&result, x, y));
  return result;
}

static void borrowed_and_owned_memory(void) {
  float values[] = {1, 2, 3, 4, 5, 6};
  migraphx_shape_t shape = float_shape(2, 3), other = float_shape(3, 2);
  const_migraphx_shape_t seen = NULL;
  migraphx_argument_t borrowed = NULL, owned = NULL, reshaped = NULL;
  bool same = false;
  CHECK_OK(migraphx_argument_create(&borrowed, shape, values));
  CHECK_OK(migraphx_argument_create_empty(&owned, shape));
  CHECK_OK(migraphx_argument_create(&reshaped, other, values));
  CHECK(elements(borrowed) == values);
  CHECK(elements(owned) != values);
  CHECK_OK(migraphx_argument_shape(&seen, borrowed));
  CHECK_OK(migraphx_shape_equal(&same, seen, shape));
  CHECK(same);

  memcpy((void*)elements(owned), values, sizeof(values));
  CHECK(equal(borrowed, owned));
  CHECK(!equal(borrowed, reshaped));
  CHECK_OK(migraphx_argument_fill(owned, 2.5));
  CHECK(elements(owned)[5] == 2.5f);
  CHECK(!equal(borrowed, owned));
  CHECK_OK(migraphx_argument_assign_to(owned, borrowed));
  CHECK(equal(borrowed, owned));

  CHECK_BAD_PARAM("buffer", migraphx_argument_create(&borrowed, shape, NULL));
  CHECK_OK(migraphx_shape_destroy(shape));
  CHECK_OK(migraphx_shape_destroy(other));
  CHECK_OK(migraphx_argument_destroy(borrowed));
  CHECK_OK(migraphx_argument_destroy(owned));
  CHECK_OK(migraphx_argument_destroy(reshaped));
}

static void text_and_copies(void) {
  float values[] = {1, 2, 3, 4, 5, 6};
  migraphx_shape_t transposed = NULL;
  migraphx_argument_t argument = NULL, copy = NULL;
  migraphx_buffer_t buffer = NULL;
  const char* text = NULL;
  size_t size = 0;
  CHECK_OK(migraphx_shape_create_with_strides(
      &transposed, migraphx_shape_float_type, (size_t[]){2, 3}, 2, (size_t[]){1, 2}, 2));
  CHECK_OK(migraphx_argument_create(&argument, transposed, values));
  CHECK_OK(migraphx_argument_copy(&copy, argument));
  const float expected[] = {1, 3, 5, 2, 4, 6};
  CHECK(memcmp(elements(copy), expected, sizeof(expected)) == 0);
  CHECK_OK(migraphx_argument_text(&buffer, argument));
  CHECK_OK(migraphx_buffer_data(&text, &size, buffer));
  CHECK(strcmp(text, "1, 3, 5, 2, 4, 6") == 0);
  CHECK_OK(migraphx_buffer_destroy(buffer));
  CHECK_OK(migraphx_argument_destroy(argument));
  CHECK_OK(migraphx_argument_destroy(copy));
  CHECK_OK(migraphx_shape_destroy(transposed));
}

/* The values that MIGraphX 2.16 gives for these seeds. */
static void generated_values(void) {
  const float seed0[] = {0.4375f, 0.75f, 0.1875f, 0.25f, 0.25f, 0.9375f};
  const float seed7[] = {0.0f, 0.75f, 0.8125f, 0.1875f, 0.8125f, -0.8125f};
  const int32_t integers[] = {-369623, -158140, 406317, -15924};
  migraphx_shape_t shape = float_shape(2, 3), ints = NULL;
  migraphx_argument_t argument = NULL;
  CHECK_OK(migraphx_argument_generate(&argument, shape, 0));
  CHECK(memcmp(elements(argument), seed0, sizeof(seed0)) == 0);
  CHECK_OK(migraphx_argument_destroy(argument));
  CHECK_OK(migraphx_argument_generate(&argument, shape, 7));
  CHECK(memcmp(elements(argument), seed7, sizeof(seed7)) == 0);
  CHECK_OK(migraphx_argument_destroy(argument));
  CHECK_OK(migraphx_shape_create(&ints, migraphx_shape_int32_type, (size_t[]){4}, 1));
  CHECK_OK(migraphx_argument_generate(&argument, ints, 0));
  CHECK(memcmp(elements(argument), integers, sizeof(integers)) == 0);
  CHECK_OK(migraphx_argument_destroy(argument));
  CHECK_OK(migraphx_shape_destroy(ints));
  CHECK_OK(migraphx_shape_destroy(shape));
}

static void files(void) {
  float values[] = {1, 2, 3, 4};
  migraphx_shape_t shape = float_shape(2, 2);
  migraphx_argument_t saved = NULL, loaded = NULL;
  CHECK_OK(migraphx_argument_create(&saved, shape, values));
  CHECK_OK(migraphx_argument_save(saved, "argument.msgpack"));
  CHECK_OK(migraphx_argument_load(&loaded, "argument.msgpack"));
  CHECK(equal(saved, loaded));
  CHECK_OK(migraphx_argument_destroy(saved));
  CHECK_OK(migraphx_argument_destroy(loaded));
  CHECK_OK(migraphx_shape_destroy(shape));

  loaded = NULL;
  CHECK_FAILS("absent.msgpack", migraphx_argument_load(&loaded, "absent.msgpack"));
  CHECK(loaded == NULL);
}

/* A file that grows too large is an error, not the end of the process, and leaves nothing behind. */
static void limited_files(void) {
  struct rlimit before, limit;
  migraphx_shape_t shape = float_shape(100, 100);
  migraphx_argument_t argument = NULL;
  CHECK_OK(migraphx_argument_generate(&argument, shape, 0));
  CHECK(getrlimit(RLIMIT_FSIZE, &before) == 0);
  limit = before;
  limit.rlim_cur = 1000;
  CHECK(setrlimit(RLIMIT_FSIZE, &limit) == 0);
  CHECK_FAILS("File too large", migraphx_argument_save(argument, "large.mxr"));
  CHECK(setrlimit(RLIMIT_FSIZE, &before) == 0);
  CHECK(access("large.mxr", F_OK) != 0);
  CHECK_OK(migraphx_argument_save(argument, "large.mxr"));
  CHECK_OK(migraphx_argument_destroy(argument));
  CHECK_OK(migraphx_shape_destroy(shape));
}

static void count_release(void* owner) { ++*(int*)owner; }

static void shared_memory(void) {
  float values[] = {1, 2, 3, 4, 5, 6};
  int releases = 0;
  migraphx_shape_t shape = float_shape(2, 3);
  migraphx_argument_t argument = NULL, copy = NULL;
  migraphx_program_parameters_t parameters = NULL;
  CHECK_OK(migraphx_argument_create_shared(
      &argument, shape, values, NULL, count_release, &releases));
  CHECK_OK(migraphx_program_parameters_create(&parameters));
  CHECK_OK(migraphx_program_parameters_add(parameters, "x", argument));
  CHECK_OK(migraphx_argument_destroy(argument));
  CHECK(releases == 0); /* the parameters still use it */
  CHECK_OK(migraphx_program_parameters_destroy(parameters));
  CHECK(releases == 1);

  /* Rows from last to first. */
  releases = 0;
  const int64_t backwards[] = {-12, 4};
  CHECK_OK(migraphx_argument_create_shared(
      &argument, shape, values + 3, backwards, count_release, &releases));
  CHECK_OK(migraphx_argument_copy(&copy, argument));
  const float expected[] = {4, 5, 6, 1, 2, 3};
  CHECK(memcmp(elements(copy), expected, sizeof(expected)) == 0);
  CHECK_OK(migraphx_argument_destroy(argument));
  CHECK_OK(migraphx_argument_destroy(copy));
  CHECK(releases == 1);

  releases = 0;
  CHECK_BAD_PARAM(
      "Null pointer",
      migraphx_argument_create_shared(&argument, NULL, values, NULL, count_release, &releases));
  CHECK(releases == 1);
  CHECK_OK(migraphx_shape_destroy(shape));
}

static void device_memory(void) {
  float values[] = {1, 2, 3, 4};
  migraphx_shape_t shape = float_shape(2, 2);
  migraphx_argument_t host = NULL, device = NULL, back = NULL, empty = NULL;
  CHECK_OK(migraphx_argument_create(&host, shape, values));
  CHECK_OK(migraphx_gpu_copy_to(&device, host, false));
  CHECK_OK(migraphx_gpu_sync());
  CHECK_OK(migraphx_gpu_copy_from(&back, device));
  CHECK(elements(device) != values && elements(back) != values);
  CHECK(equal(host, back));
  CHECK_OK(migraphx_gpu_allocate(&empty, shape, true));
  CHECK(elements(empty) != NULL);
  CHECK_OK(migraphx_argument_destroy(host));
  CHECK_OK(migraphx_argument_destroy(device));
  CHECK_OK(migraphx_argument_destroy(back));
  CHECK_OK(migraphx_argument_destroy(empty));
  CHECK_OK(migraphx_shape_destroy(shape));
}

int main(void) {
  borrowed_and_owned_memory();
  text_and_copies();
  generated_values();
  files();
  limited_files();
  shared_memory();
  device_memory();
  return check_result();
}
