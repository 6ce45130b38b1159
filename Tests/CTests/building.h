/* Building and running programs, for tests in C. */
#ifndef BUILDING_H
#define BUILDING_H

#include "check.h"

static inline migraphx_shape_t new_shape(
    migraphx_shape_datatype_t type, size_t rows, size_t columns) {
  migraphx_shape_t shape = NULL;
  CHECK_OK(migraphx_shape_create(&shape, type, (size_t[]){rows, columns}, 2));
  return shape;
}

static inline migraphx_instruction_t add_parameter(
    migraphx_module_t module, const char* name, const_migraphx_shape_t shape) {
  migraphx_instruction_t result = NULL;
  CHECK_OK(migraphx_module_add_parameter(&result, module, name, shape));
  return result;
}

/* Adds an operator on one input, or on two when `y` is given. */
static inline migraphx_instruction_t add_operator(
    migraphx_module_t module, const char* name, const_migraphx_instruction_t x,
    const_migraphx_instruction_t y) {
  const_migraphx_instruction_t inputs[] = {x, y};
  migraphx_operation_t operation = NULL;
  migraphx_instructions_t arguments = NULL;
  migraphx_instruction_t result = NULL;
  CHECK_OK(migraphx_operation_create(&operation, name, NULL));
  CHECK_OK(migraphx_instructions_create(&arguments, inputs, y == NULL ? 1 : 2));
  CHECK_OK(migraphx_module_add_instruction(&result, module, operation, arguments));
  CHECK_OK(migraphx_operation_destroy(operation));
  CHECK_OK(migraphx_instructions_destroy(arguments));
  return result;
}

static inline void add_return(migraphx_module_t module, const_migraphx_instruction_t value) {
  migraphx_instructions_t values = NULL;
  migraphx_instruction_t result = NULL;
  CHECK_OK(migraphx_instructions_create(&values, &value, 1));
  CHECK_OK(migraphx_module_add_return(&result, module, values));
  CHECK_OK(migraphx_instructions_destroy(values));
  CHECK_OK(migraphx_instruction_destroy(result));
}

static inline void compile_for(migraphx_program_t program, const char* name) {
  migraphx_target_t target = NULL;
  migraphx_compile_options_t options = NULL;
  CHECK_OK(migraphx_target_create(&target, name));
  CHECK_OK(migraphx_compile_options_create(&options));
  CHECK_OK(migraphx_program_compile(program, target, options));
  CHECK_OK(migraphx_target_destroy(target));
  CHECK_OK(migraphx_compile_options_destroy(options));
}

/* The parameters of a program with inputs x and y of one shape. */
static inline migraphx_program_parameters_t parameters_xy(
    const_migraphx_shape_t shape, float* x, float* y) {
  migraphx_program_parameters_t parameters = NULL;
  migraphx_argument_t argument = NULL;
  CHECK_OK(migraphx_program_parameters_create(&parameters));
  CHECK_OK(migraphx_argument_create(&argument, shape, x));
  CHECK_OK(migraphx_program_parameters_add(parameters, "x", argument));
  CHECK_OK(migraphx_argument_destroy(argument));
  CHECK_OK(migraphx_argument_create(&argument, shape, y));
  CHECK_OK(migraphx_program_parameters_add(parameters, "y", argument));
  CHECK_OK(migraphx_argument_destroy(argument));
  return parameters;
}

/* The elements of a result; zeros after a failure, so that tests go on. */
static inline const float* result_elements(migraphx_arguments_t results, size_t index) {
  static const float zeros[64];
  const_migraphx_argument_t argument = NULL;
  char* data = NULL;
  CHECK_OK(migraphx_arguments_get(&argument, results, index));
  CHECK_OK(migraphx_argument_buffer(&data, argument));
  return data == NULL ? zeros : (const float*)(const void*)data;
}

/* The program x * y + x on 2x2 tensors, not compiled. */
static inline migraphx_program_t multiply_and_add(void) {
  migraphx_program_t program = NULL;
  migraphx_module_t main_module = NULL;
  migraphx_shape_t shape = new_shape(migraphx_shape_float_type, 2, 2);
  CHECK_OK(migraphx_program_create(&program));
  CHECK_OK(migraphx_program_get_main_module(&main_module, program));
  migraphx_instruction_t x = add_parameter(main_module, "x", shape);
  migraphx_instruction_t y = add_parameter(main_module, "y", shape);
  migraphx_instruction_t product = add_operator(main_module, "mul", x, y);
  migraphx_instruction_t sum = add_operator(main_module, "add", product, x);
  add_return(main_module, sum);
  CHECK_OK(migraphx_instruction_destroy(x));
  CHECK_OK(migraphx_instruction_destroy(y));
  CHECK_OK(migraphx_instruction_destroy(product));
  CHECK_OK(migraphx_instruction_destroy(sum));
  CHECK_OK(migraphx_shape_destroy(shape));
  return program;
}

#endif
