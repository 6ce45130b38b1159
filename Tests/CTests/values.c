/* Values that are more than one tensor, text, and sizes that are symbols. */
#include <stdlib.h>

#include "check.h"

static migraphx_argument_t floats(float* data, size_t length) {
  migraphx_shape_t shape = NULL;
  migraphx_argument_t argument = NULL;
  CHECK_OK(migraphx_shape_create(&shape, migraphx_shape_float_type, &length, 1));
  CHECK_OK(migraphx_argument_create(&argument, shape, data));
  CHECK_OK(migraphx_shape_destroy(shape));
  return argument;
}

static void making_and_reading(void) {
  float data[] = {1, 2};
  size_t count = 99;
  migraphx_value_kind_t kind = migraphx_value_tuple;
  migraphx_argument_t argument = floats(data, 2);
  migraphx_value_t tensor = NULL, sequence = NULL, some = NULL, none = NULL, empty = NULL;
  const_migraphx_value_t part = NULL;
  const_migraphx_argument_t inner = NULL;
  char* buffer = NULL;
  CHECK_OK(migraphx_value_create(&tensor, argument));
  const const_migraphx_value_t elements[] = {tensor, tensor};
  CHECK_OK(migraphx_value_create_sequence(&sequence, elements, 2));
  CHECK_OK(migraphx_value_create_sequence(&empty, NULL, 0));
  CHECK_OK(migraphx_value_create_optional(&some, sequence));
  CHECK_OK(migraphx_value_create_none(&none));
  CHECK_OK(migraphx_value_destroy(tensor));
  CHECK_OK(migraphx_argument_destroy(argument));

  CHECK_OK(migraphx_value_kind(&kind, some));
  CHECK(kind == migraphx_value_optional);
  CHECK_OK(migraphx_value_size(&count, none));
  CHECK(count == 0);
  CHECK_OK(migraphx_value_size(&count, empty));
  CHECK(count == 0);
  CHECK_OK(migraphx_value_size(&count, some));
  CHECK(count == 1);
  CHECK_OK(migraphx_value_get(&part, some, 0));
  CHECK_OK(migraphx_value_kind(&kind, part));
  CHECK(kind == migraphx_value_sequence);
  CHECK_OK(migraphx_value_get(&part, part, 1));
  CHECK_OK(migraphx_value_argument(&inner, part));
  CHECK_OK(migraphx_argument_buffer(&buffer, inner));
  CHECK((float*)(void*)buffer == data);

  CHECK_BAD_PARAM("2 is no index", migraphx_value_get(&part, sequence, 2));
  CHECK_BAD_PARAM("0 is no index", migraphx_value_get(&part, none, 0));
  CHECK_BAD_PARAM("tensor is needed", migraphx_value_argument(&inner, sequence));
  CHECK_OK(migraphx_value_get(&part, sequence, 0));
  CHECK_BAD_PARAM("no parts", migraphx_value_size(&count, part));
  CHECK_BAD_PARAM("belongs to another", migraphx_value_destroy((migraphx_value_t)part));
  CHECK_OK(migraphx_value_destroy(sequence));
  CHECK_OK(migraphx_value_destroy(empty));
  CHECK_OK(migraphx_value_destroy(some));
  CHECK_OK(migraphx_value_destroy(none));
}

/* sequence.onnx gives the sequence that it takes. */
static void running(void) {
  float first[] = {1, 2}, second[] = {3, 4, 5};
  migraphx_argument_t arguments[] = {floats(first, 2), floats(second, 3)};
  migraphx_value_t tensors[] = {NULL, NULL}, sequence = NULL, none = NULL;
  for (int i = 0; i < 2; ++i) CHECK_OK(migraphx_value_create(&tensors[i], arguments[i]));
  CHECK_OK(migraphx_value_create_sequence(
      &sequence, (const const_migraphx_value_t*)tensors, 2));
  CHECK_OK(migraphx_value_create_none(&none));

  migraphx_onnx_options_t options = NULL;
  migraphx_compile_options_t compile_options = NULL;
  migraphx_target_t target = NULL;
  migraphx_program_t program = NULL;
  migraphx_program_parameters_t parameters = NULL;
  migraphx_program_parameter_shapes_t shapes = NULL;
  migraphx_values_t results = NULL;
  migraphx_arguments_t tensor_results = NULL;
  const_migraphx_shape_t shape = NULL;
  const_migraphx_value_t result = NULL, part = NULL;
  const_migraphx_argument_t argument = NULL;
  migraphx_shape_datatype_t type = migraphx_shape_float_type;
  migraphx_buffer_t text = NULL;
  const char* characters = NULL;
  const size_t* lengths = NULL;
  size_t count = 0;
  char* buffer = NULL;
  CHECK_OK(migraphx_onnx_options_create(&options));
  CHECK_OK(migraphx_parse_onnx(&program, "sequence.onnx", options));
  CHECK_OK(migraphx_program_get_inputs(&shapes, program));
  CHECK_OK(migraphx_program_parameter_shapes_get(&shape, shapes, "x"));
  CHECK_OK(migraphx_shape_type(&type, shape));
  CHECK(type == migraphx_shape_tuple_type);
  CHECK_OK(migraphx_shape_text(&text, shape));
  CHECK_OK(migraphx_buffer_data(&characters, &count, text));
  CHECK(strcmp(characters, "sequence[float_type, {'?'}, {1}]") == 0);
  CHECK_FAILS("no tensor", migraphx_shape_lengths(&lengths, &count, shape));

  CHECK_OK(migraphx_compile_options_create(&compile_options));
  CHECK_OK(migraphx_target_create(&target, "ref"));
  CHECK_OK(migraphx_program_compile(program, target, compile_options));
  CHECK_OK(migraphx_program_parameters_create(&parameters));
  CHECK_OK(migraphx_program_parameters_add_value(parameters, "x", sequence));
  CHECK_OK(migraphx_program_run_values(&results, program, parameters, NULL, 0));
  CHECK_OK(migraphx_values_size(&count, results));
  CHECK(count == 1);
  CHECK_OK(migraphx_values_get(&result, results, 0));
  CHECK_OK(migraphx_value_size(&count, result));
  CHECK(count == 2);
  CHECK_OK(migraphx_value_get(&part, result, 1));
  CHECK_OK(migraphx_value_argument(&argument, part));
  CHECK_OK(migraphx_argument_buffer(&buffer, argument));
  CHECK(((float*)(void*)buffer)[2] == 5 && (float*)(void*)buffer != second);
  CHECK_BAD_PARAM("1 is no index", migraphx_values_get(&result, results, 1));
  CHECK_FAILS("run_values", migraphx_program_run(&tensor_results, program, parameters));
  CHECK_OK(migraphx_program_parameters_add_value(parameters, "x", none));
  CHECK_FAILS("sequence[", migraphx_program_run_values(&results, program, parameters, NULL, 0));
  CHECK_OK(migraphx_program_parameters_add(parameters, "x", arguments[0]));
  CHECK_FAILS("found a tensor", migraphx_program_run_values(&results, program, parameters, NULL, 0));

  CHECK_OK(migraphx_values_destroy(results));
  CHECK_OK(migraphx_buffer_destroy(text));
  CHECK_OK(migraphx_program_parameter_shapes_destroy(shapes));
  CHECK_OK(migraphx_program_parameters_destroy(parameters));
  CHECK_OK(migraphx_program_destroy(program));
  CHECK_OK(migraphx_target_destroy(target));
  CHECK_OK(migraphx_compile_options_destroy(compile_options));
  CHECK_OK(migraphx_onnx_options_destroy(options));
  for (int i = 0; i < 2; ++i) {
    CHECK_OK(migraphx_value_destroy(tensors[i]));
    CHECK_OK(migraphx_argument_destroy(arguments[i]));
  }
  CHECK_OK(migraphx_value_destroy(sequence));
  CHECK_OK(migraphx_value_destroy(none));
}

static void text(void) {
  const size_t lengths[] = {2, 1}, sizes[] = {1, 3};
  const char* const elements[] = {"a", "b\0c"};
  migraphx_argument_t argument = NULL, bad = NULL;
  const_migraphx_shape_t shape = NULL;
  migraphx_shape_datatype_t type = migraphx_shape_float_type;
  migraphx_buffer_t buffer = NULL;
  const char* characters = NULL;
  char* memory = NULL;
  size_t size = 0;
  CHECK_OK(migraphx_argument_create_text(&argument, lengths, 2, elements, sizes, 2));
  CHECK_OK(migraphx_argument_shape(&shape, argument));
  CHECK_OK(migraphx_shape_type(&type, shape));
  CHECK(type == migraphx_shape_string_type);
  CHECK_OK(migraphx_argument_element_text(&buffer, argument, 1));
  CHECK_OK(migraphx_buffer_data(&characters, &size, buffer));
  CHECK(size == 3 && memcmp(characters, "b\0c", 3) == 0);
  CHECK_OK(migraphx_buffer_destroy(buffer));
  CHECK_BAD_PARAM("2 is no index", migraphx_argument_element_text(&buffer, argument, 2));
  CHECK_FAILS("address", migraphx_argument_buffer(&memory, argument));
  CHECK_FAILS("elements", migraphx_argument_create_text(&bad, lengths, 1, elements, sizes, 1));
  const char* const broken[] = {"\xff"};
  CHECK_BAD_PARAM("UTF-8", migraphx_argument_create_text(&bad, NULL, 0, broken, sizes, 1));
  const char* const missing[] = {NULL};
  CHECK_BAD_PARAM("Null", migraphx_argument_create_text(&bad, NULL, 0, missing, sizes, 1));
  CHECK_OK(migraphx_argument_destroy(argument));
}

static migraphx_shape_t symbolic(size_t max, const char* const* names) {
  migraphx_dynamic_dimension_t range = NULL, fixed = NULL;
  migraphx_dynamic_dimensions_t dims = NULL;
  migraphx_shape_t shape = NULL;
  CHECK_OK(migraphx_dynamic_dimension_create_min_max(&range, 1, max));
  CHECK_OK(migraphx_dynamic_dimension_create_min_max(&fixed, 4, 4));
  const const_migraphx_dynamic_dimension_t both[] = {range, fixed};
  CHECK_OK(migraphx_dynamic_dimensions_create(&dims, both, 2));
  CHECK_OK(migraphx_shape_create_symbolic(&shape, migraphx_shape_float_type, dims, names, 2));
  CHECK_BAD_PARAM("2 are needed", migraphx_shape_create_symbolic(
                                      &shape, migraphx_shape_float_type, dims, names, 1));
  CHECK_OK(migraphx_dynamic_dimensions_destroy(dims));
  CHECK_OK(migraphx_dynamic_dimension_destroy(range));
  CHECK_OK(migraphx_dynamic_dimension_destroy(fixed));
  return shape;
}

static void symbols(void) {
  const char* const names[] = {"N", NULL};
  const char* const sums[] = {"N + M", ""};
  const char* const doubles[] = {"2*N", NULL};
  migraphx_program_t program = NULL;
  migraphx_module_t module = NULL;
  migraphx_shape_t shape = symbolic(8, names), twice = symbolic(16, doubles);
  migraphx_shape_t sum = symbolic(9, sums), seen = NULL;
  migraphx_instruction_t x = NULL, y = NULL, rows = NULL;
  migraphx_instructions_t operands = NULL;
  migraphx_operation_t reshape = NULL, wrong = NULL;
  migraphx_buffer_t text = NULL;
  const char* characters = NULL;
  size_t size = 0;
  CHECK_OK(migraphx_program_create(&program));
  CHECK_OK(migraphx_program_get_main_module(&module, program));
  CHECK_OK(migraphx_module_add_parameter(&x, module, "x", shape));
  CHECK_OK(migraphx_module_add_parameter(&y, module, "y", twice));
  CHECK_BAD_PARAM("'M'", migraphx_module_add_parameter(&rows, module, "z", sum));
  CHECK_OK(migraphx_operation_create(&reshape, "reshape", "{dims: ['2*N', %i]}", 2));
  CHECK_OK(migraphx_operation_create(&wrong, "reshape", "{dims: ['K', 4]}"));
  CHECK_BAD_PARAM("no size", migraphx_operation_create(&wrong, "reshape", "{dims: [1.5]}"));
  const const_migraphx_instruction_t one[] = {x};
  CHECK_OK(migraphx_instructions_create(&operands, one, 1));
  CHECK_OK(migraphx_module_add_instruction(&rows, module, reshape, operands));
  CHECK_OK(migraphx_instruction_shape(&seen, rows));
  CHECK_OK(migraphx_shape_text(&text, seen));
  CHECK_OK(migraphx_buffer_data(&characters, &size, text));
  CHECK(strcmp(characters, "dynamic, float_type, {[2..16], 2}") == 0);
  CHECK_OK(migraphx_buffer_destroy(text));
  CHECK_OK(migraphx_operation_text(&text, reshape));
  CHECK_OK(migraphx_buffer_data(&characters, &size, text));
  CHECK(strcmp(characters, "reshape[dims={2*N, 2}]") == 0);
  CHECK_FAILS("'K'", migraphx_module_add_instruction(&rows, module, wrong, operands));
  CHECK_OK(migraphx_buffer_destroy(text));
  CHECK_OK(migraphx_shape_destroy(seen));
  CHECK_OK(migraphx_shape_destroy(shape));
  CHECK_OK(migraphx_shape_destroy(twice));
  CHECK_OK(migraphx_shape_destroy(sum));
  CHECK_OK(migraphx_operation_destroy(reshape));
  CHECK_OK(migraphx_operation_destroy(wrong));
  CHECK_OK(migraphx_instructions_destroy(operands));
  CHECK_OK(migraphx_instruction_destroy(x));
  CHECK_OK(migraphx_instruction_destroy(y));
  CHECK_OK(migraphx_instruction_destroy(rows));
  CHECK_OK(migraphx_program_destroy(program));
}

int main(void) {
  migraphx_set_error_printing(false);
  making_and_reading();
  running();
  text();
  symbols();
  return check_result();
}
