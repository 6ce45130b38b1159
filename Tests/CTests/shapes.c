/* Shapes and ranges of sizes. */
#include "check.h"

static void check_sizes(
    migraphx_status (*get)(const size_t**, size_t*, const_migraphx_shape_t),
    const_migraphx_shape_t shape, size_t count, const size_t* expected) {
  const size_t* sizes = NULL;
  size_t size = 0;
  CHECK_OK(get(&sizes, &size, shape));
  CHECK(size == count && memcmp(sizes, expected, count * sizeof(size_t)) == 0);
}

static void check_flags(
    const_migraphx_shape_t shape, bool standard, bool packed, bool transposed, bool broadcasted) {
  bool flag = !standard;
  CHECK_OK(migraphx_shape_standard(&flag, shape));
  CHECK(flag == standard);
  CHECK_OK(migraphx_shape_packed(&flag, shape));
  CHECK(flag == packed);
  CHECK_OK(migraphx_shape_transposed(&flag, shape));
  CHECK(flag == transposed);
  CHECK_OK(migraphx_shape_broadcasted(&flag, shape));
  CHECK(flag == broadcasted);
  CHECK_OK(migraphx_shape_dynamic(&flag, shape));
  CHECK(!flag);
}

static void check_text(const_migraphx_shape_t shape, const char* expected) {
  migraphx_buffer_t buffer = NULL;
  const char* text = NULL;
  size_t size = 0;
  CHECK_OK(migraphx_shape_text(&buffer, shape));
  CHECK_OK(migraphx_buffer_data(&text, &size, buffer));
  CHECK(size == strlen(expected) && strcmp(text, expected) == 0);
  CHECK_OK(migraphx_buffer_destroy(buffer));
}

static void standard_shape(void) {
  size_t lengths[] = {2, 3, 4}, value = 0;
  migraphx_shape_t shape = NULL;
  CHECK_OK(migraphx_shape_create(&shape, migraphx_shape_float_type, lengths, 3));
  lengths[0] = 9; /* the shape has a copy */
  check_sizes(migraphx_shape_lengths, shape, 3, (size_t[]){2, 3, 4});
  check_sizes(migraphx_shape_strides, shape, 3, (size_t[]){12, 4, 1});
  CHECK_OK(migraphx_shape_ndim(&value, shape));
  CHECK(value == 3);
  CHECK_OK(migraphx_shape_elements(&value, shape));
  CHECK(value == 24);
  CHECK_OK(migraphx_shape_bytes(&value, shape));
  CHECK(value == 96);
  CHECK_OK(migraphx_shape_type_size(&value, shape));
  CHECK(value == 4);
  CHECK_OK(migraphx_shape_index(&value, shape, 17));
  CHECK(value == 17);
  migraphx_shape_datatype_t type = migraphx_shape_tuple_type;
  CHECK_OK(migraphx_shape_type(&type, shape));
  CHECK(type == migraphx_shape_float_type);
  check_flags(shape, true, true, false, false);
  check_text(shape, "float_type, {2, 3, 4}, {12, 4, 1}");
  CHECK_OK(migraphx_shape_destroy(shape));
}

static void strided_shapes(void) {
  migraphx_shape_t shape = NULL;
  size_t value = 0;
  CHECK_OK(migraphx_shape_create_with_strides(
      &shape, migraphx_shape_double_type, (size_t[]){2, 3}, 2, (size_t[]){1, 2}, 2));
  check_flags(shape, false, true, true, false);
  CHECK_OK(migraphx_shape_index(&value, shape, 1)); /* row 0, column 1 */
  CHECK(value == 2);
  CHECK_OK(migraphx_shape_destroy(shape));

  CHECK_OK(migraphx_shape_create_with_strides(
      &shape, migraphx_shape_int8_type, (size_t[]){2, 3}, 2, (size_t[]){0, 1}, 2));
  check_flags(shape, false, false, false, true);
  CHECK_OK(migraphx_shape_elements(&value, shape));
  CHECK(value == 6);
  CHECK_OK(migraphx_shape_bytes(&value, shape)); /* both rows are one */
  CHECK(value == 3);
  CHECK_OK(migraphx_shape_destroy(shape));

  CHECK_OK(migraphx_shape_create_with_permutation(
      &shape, migraphx_shape_half_type, (size_t[]){2, 3, 4, 5}, 4, (size_t[]){0, 2, 3, 1}, 4));
  check_sizes(migraphx_shape_strides, shape, 4, (size_t[]){60, 1, 15, 3});
  CHECK_OK(migraphx_shape_destroy(shape));

  CHECK_OK(migraphx_shape_create_scalar(&shape, migraphx_shape_bool_type));
  check_sizes(migraphx_shape_lengths, shape, 1, (size_t[]){1});
  check_sizes(migraphx_shape_strides, shape, 1, (size_t[]){0});
  bool scalar = false;
  CHECK_OK(migraphx_shape_scalar(&scalar, shape));
  CHECK(scalar);
  check_text(shape, "bool_type, {1}, {0}");
  CHECK_OK(migraphx_shape_destroy(shape));
}

static void assignment_and_equality(void) {
  migraphx_shape_t x = NULL, y = NULL;
  bool equal = true;
  CHECK_OK(migraphx_shape_create(&x, migraphx_shape_float_type, (size_t[]){2, 3}, 2));
  CHECK_OK(migraphx_shape_create(&y, migraphx_shape_float_type, (size_t[]){3, 2}, 2));
  CHECK_OK(migraphx_shape_equal(&equal, x, y));
  CHECK(!equal);
  CHECK_OK(migraphx_shape_assign_to(y, x));
  CHECK_OK(migraphx_shape_destroy(x));
  check_sizes(migraphx_shape_lengths, y, 2, (size_t[]){2, 3});
  CHECK_OK(migraphx_shape_destroy(y));
}

static void every_type(void) {
  /* Bytes per element, in the order of the enumeration. */
  const size_t bytes[] = {1, 2, 4, 8, 1, 1, 2, 2, 4, 8, 4, 8, 1, 1, 1, 2, 1};
  for (int type = migraphx_shape_bool_type; type <= migraphx_shape_uint2_type; ++type) {
    if (type == migraphx_shape_fp8e5m2fnuz_type + 1) type = migraphx_shape_fp8e8m0_type;
    migraphx_shape_t shape = NULL;
    migraphx_shape_datatype_t seen = migraphx_shape_tuple_type;
    size_t size = 0;
    CHECK_OK(migraphx_shape_create(
        &shape, (migraphx_shape_datatype_t)type, (size_t[]){3}, 1));
    CHECK_OK(migraphx_shape_type(&seen, shape));
    CHECK(seen == (migraphx_shape_datatype_t)type);
    CHECK_OK(migraphx_shape_type_size(&size, shape));
    /* Elements of the extensions take a byte each. */
    CHECK(size == (type < migraphx_shape_fp8e8m0_type ? bytes[type - migraphx_shape_bool_type] : 1));
    CHECK_OK(migraphx_shape_destroy(shape));
  }
  migraphx_shape_t pairs = NULL;
  CHECK(migraphx_shape_create(&pairs, migraphx_shape_fp4x2_type, (size_t[]){3}, 1) !=
        migraphx_status_success);
  CHECK(strstr(migraphx_get_last_error(), "4-bit") != NULL);
}

static void dynamic_shapes(void) {
  migraphx_optimals_t optimals = NULL;
  migraphx_dynamic_dimension_t range = NULL, fixed = NULL;
  migraphx_dynamic_dimensions_t dims = NULL, seen = NULL;
  const_migraphx_dynamic_dimension_t element = NULL;
  migraphx_shape_t shape = NULL;
  const size_t* sizes = NULL;
  size_t value = 0;
  bool flag = false;

  CHECK_OK(migraphx_optimals_create(&optimals, (size_t[]){4, 2}, 2));
  CHECK_OK(migraphx_dynamic_dimension_create_min_max_optimals(&range, 1, 4, optimals));
  CHECK_OK(migraphx_optimals_destroy(optimals));
  CHECK_OK(migraphx_dynamic_dimension_create_min_max(&fixed, 3, 3));
  CHECK_OK(migraphx_dynamic_dimension_is_fixed(&flag, range));
  CHECK(!flag);
  CHECK_OK(migraphx_dynamic_dimension_is_fixed(&flag, fixed));
  CHECK(flag);
  CHECK_OK(migraphx_dynamic_dimension_min(&value, range));
  CHECK(value == 1);
  CHECK_OK(migraphx_dynamic_dimension_max(&value, range));
  CHECK(value == 4);
  CHECK_OK(migraphx_dynamic_dimension_optimals(&sizes, &value, range));
  CHECK(value == 2 && sizes[0] == 2 && sizes[1] == 4);

  const_migraphx_dynamic_dimension_t elements[] = {range, fixed};
  CHECK_OK(migraphx_dynamic_dimensions_create(&dims, elements, 2));
  CHECK_OK(migraphx_shape_create_dynamic(&shape, migraphx_shape_float_type, dims));
  CHECK_OK(migraphx_shape_dynamic(&flag, shape));
  CHECK(flag);
  CHECK_OK(migraphx_shape_ndim(&value, shape));
  CHECK(value == 2);
  CHECK_OK(migraphx_shape_dyn_dims(&seen, shape));
  CHECK_OK(migraphx_dynamic_dimensions_size(&value, seen));
  CHECK(value == 2);
  CHECK_OK(migraphx_dynamic_dimensions_get(&element, seen, 0));
  CHECK_OK(migraphx_dynamic_dimension_equal(&flag, element, range));
  CHECK(flag);
  CHECK_OK(migraphx_dynamic_dimension_equal(&flag, element, fixed));
  CHECK(!flag);
  CHECK_BAD_PARAM("2", migraphx_dynamic_dimensions_get(&element, seen, 2));
  CHECK_FAILS("dynamic", migraphx_shape_lengths(&sizes, &value, shape));
  CHECK_FAILS("dynamic", migraphx_shape_elements(&value, shape));

  CHECK_OK(migraphx_dynamic_dimension_destroy(range));
  CHECK_OK(migraphx_dynamic_dimension_destroy(fixed));
  CHECK_OK(migraphx_dynamic_dimensions_destroy(dims));
  CHECK_OK(migraphx_dynamic_dimensions_destroy(seen));
  CHECK_OK(migraphx_shape_destroy(shape));
}

static void bad_shapes(void) {
  migraphx_shape_t shape = NULL;
  migraphx_dynamic_dimension_t range = NULL;
  size_t lengths[] = {2, 3};
  CHECK_BAD_PARAM("99", migraphx_shape_create(&shape, (migraphx_shape_datatype_t)99, lengths, 2));
  CHECK_BAD_PARAM("lengths", migraphx_shape_create(&shape, migraphx_shape_float_type, NULL, 2));
  CHECK_FAILS(
      "strides", migraphx_shape_create_with_strides(
                     &shape, migraphx_shape_float_type, lengths, 2, lengths, 1));
  CHECK_BAD_PARAM(
      "18446744073709551615",
      migraphx_shape_create(&shape, migraphx_shape_float_type, (size_t[]){SIZE_MAX, 2}, 2));
  CHECK_FAILS(
      "largest size",
      migraphx_shape_create(&shape, migraphx_shape_float_type, (size_t[]){SIZE_MAX / 4, 3}, 2));
  CHECK_FAILS(
      "permutation", migraphx_shape_create_with_permutation(
                         &shape, migraphx_shape_float_type, lengths, 2, (size_t[]){0, 0}, 2));
  CHECK_FAILS("4", migraphx_dynamic_dimension_create_min_max(&range, 4, 1));
  CHECK(shape == NULL && range == NULL);

  size_t index = 0;
  CHECK_OK(migraphx_shape_create(&shape, migraphx_shape_float_type, lengths, 2));
  CHECK_FAILS("6", migraphx_shape_index(&index, shape, 6));
  CHECK_OK(migraphx_shape_destroy(shape));
}

int main(void) {
  standard_shape();
  strided_shapes();
  assignment_and_equality();
  every_type();
  dynamic_shapes();
  bad_shapes();
  return check_result();
}
