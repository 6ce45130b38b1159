/* An operator defined in C: y = factor * x. */
#include "building.h"

#include <stdlib.h>

struct scale {
  float factor;
};

static int live_copies;

static migraphx_status copy_scale(void** out, void* input) {
  struct scale* copy = malloc(sizeof(struct scale));
  if (copy == NULL) return migraphx_status_unknown_error;
  *copy = *(const struct scale*)input;
  *out = copy;
  ++live_copies;
  return migraphx_status_success;
}

static migraphx_status delete_scale(void* input) {
  free(input);
  --live_copies;
  return migraphx_status_success;
}

static migraphx_status shape_of_scale(
    migraphx_shape_t out, void* object, char* message, size_t message_size,
    migraphx_shapes_t inputs) {
  (void)object;
  const_migraphx_shape_t shape = NULL;
  size_t size = 0;
  if (migraphx_shapes_size(&size, inputs) != migraphx_status_success || size != 1) {
    snprintf(message, message_size, "scale takes one input, got %zu", size);
    return migraphx_status_bad_param;
  }
  CHECK_OK(migraphx_shapes_get(&shape, inputs, 0));
  return migraphx_shape_assign_to(out, shape);
}

static migraphx_status compute_scale(
    migraphx_argument_t out, void* object, char* message, size_t message_size,
    migraphx_context_t context, migraphx_shape_t output, migraphx_arguments_t inputs) {
  (void)context;
  const float* x = result_elements(inputs, 0);
  const float factor = ((const struct scale*)object)->factor;
  if (x[0] < 0) {
    snprintf(message, message_size, "scale takes no negative numbers");
    return migraphx_status_unknown_error;
  }
  migraphx_argument_t result = NULL;
  char* buffer = NULL;
  CHECK_OK(migraphx_argument_create_empty(&result, output));
  CHECK_OK(migraphx_argument_buffer(&buffer, result));
  for (int i = 0; i < 4; ++i) ((float*)(void*)buffer)[i] = factor * x[i];
  CHECK_OK(migraphx_argument_assign_to(out, result));
  return migraphx_argument_destroy(result);
}

static migraphx_status no_alias(
    size_t* out, size_t* out_size, void* object, char* message, size_t message_size,
    migraphx_shapes_t inputs) {
  (void)out, (void)object, (void)message, (void)message_size, (void)inputs;
  CHECK(*out_size > 0); /* how many there is room for */
  *out_size = 0;
  return migraphx_status_success;
}

static migraphx_status on_host(bool* out, void* object, char* message, size_t message_size) {
  (void)object, (void)message, (void)message_size;
  *out = false;
  return migraphx_status_success;
}

static void register_scale(void) {
  struct scale scale = {3};
  migraphx_experimental_custom_op_t op = NULL;
  CHECK_OK(migraphx_experimental_custom_op_create(
      &op, &scale, copy_scale, delete_scale, "struct scale", "scale"));
  CHECK_OK(migraphx_experimental_custom_op_set_compute(op, compute_scale));
  CHECK_OK(migraphx_experimental_custom_op_set_compute_shape(op, shape_of_scale));
  CHECK_OK(migraphx_experimental_custom_op_set_output_alias(op, no_alias));
  CHECK_OK(migraphx_experimental_custom_op_set_runs_on_offload_target(op, on_host));
  CHECK_OK(migraphx_experimental_custom_op_register(op));
  CHECK_OK(migraphx_experimental_custom_op_destroy(op));
  CHECK(live_copies > 0); /* the registry has its own */
  scale.factor = 0;
}

/* scale(x) + y */
static migraphx_program_t scaled_sum(void) {
  migraphx_program_t program = NULL;
  migraphx_module_t module = NULL;
  migraphx_shape_t shape = new_shape(migraphx_shape_float_type, 2, 2);
  CHECK_OK(migraphx_program_create(&program));
  CHECK_OK(migraphx_program_get_main_module(&module, program));
  migraphx_instruction_t x = add_parameter(module, "x", shape);
  migraphx_instruction_t y = add_parameter(module, "y", shape);
  migraphx_instruction_t scaled = add_operator(module, "scale", x, NULL);
  migraphx_instruction_t sum = add_operator(module, "add", scaled, y);
  add_return(module, sum);
  CHECK_OK(migraphx_instruction_destroy(x));
  CHECK_OK(migraphx_instruction_destroy(y));
  CHECK_OK(migraphx_instruction_destroy(scaled));
  CHECK_OK(migraphx_instruction_destroy(sum));
  CHECK_OK(migraphx_shape_destroy(shape));
  return program;
}

static void runs_on(const char* target) {
  float x[] = {1, 2, 3, 4}, y[] = {10, 20, 30, 40};
  const float expected[] = {13, 26, 39, 52};
  migraphx_program_t program = scaled_sum();
  migraphx_shape_t shape = new_shape(migraphx_shape_float_type, 2, 2);
  migraphx_program_parameters_t parameters = parameters_xy(shape, x, y);
  migraphx_arguments_t results = NULL;
  compile_for(program, target);
  CHECK_OK(migraphx_program_run(&results, program, parameters));
  CHECK(memcmp(result_elements(results, 0), expected, sizeof(expected)) == 0);
  CHECK_OK(migraphx_arguments_destroy(results));
  x[0] = -1;
  CHECK_FAILS(
      "Error in compute of: struct scale: scale takes no negative numbers",
      migraphx_program_run(&results, program, parameters));
  CHECK_OK(migraphx_program_parameters_destroy(parameters));
  CHECK_OK(migraphx_shape_destroy(shape));
  CHECK_OK(migraphx_program_destroy(program));
}

static void wrong_inputs(void) {
  migraphx_program_t program = NULL;
  migraphx_module_t module = NULL;
  migraphx_operation_t operation = NULL;
  migraphx_instructions_t arguments = NULL;
  migraphx_instruction_t result = NULL;
  migraphx_shape_t shape = new_shape(migraphx_shape_float_type, 2, 2);
  CHECK_OK(migraphx_program_create(&program));
  CHECK_OK(migraphx_program_get_main_module(&module, program));
  migraphx_instruction_t x = add_parameter(module, "x", shape);
  CHECK_OK(migraphx_operation_create(&operation, "scale", NULL));
  CHECK_OK(migraphx_instructions_create(
      &arguments, (const const_migraphx_instruction_t[]){x, x}, 2));
  CHECK_FAILS(
      "Error in compute_shape of: struct scale: scale takes one input, got 2",
      migraphx_module_add_instruction(&result, module, operation, arguments));
  CHECK(result == NULL);
  CHECK_OK(migraphx_instruction_destroy(x));
  CHECK_OK(migraphx_instructions_destroy(arguments));
  CHECK_OK(migraphx_operation_destroy(operation));
  CHECK_OK(migraphx_shape_destroy(shape));
  CHECK_OK(migraphx_program_destroy(program));
}

/* An operator without functions can be made, and says what is missing when it is used. */
static void missing_functions(void) {
  struct scale scale = {1};
  migraphx_experimental_custom_op_t op = NULL;
  migraphx_program_t program = NULL;
  migraphx_module_t module = NULL;
  migraphx_operation_t operation = NULL;
  migraphx_instructions_t arguments = NULL;
  migraphx_instruction_t result = NULL;
  CHECK_OK(migraphx_experimental_custom_op_create(
      &op, &scale, copy_scale, delete_scale, "struct scale", "hollow"));
  CHECK_OK(migraphx_experimental_custom_op_register(op));
  CHECK_OK(migraphx_experimental_custom_op_destroy(op));
  CHECK_OK(migraphx_program_create(&program));
  CHECK_OK(migraphx_program_get_main_module(&module, program));
  CHECK_OK(migraphx_operation_create(&operation, "hollow", NULL));
  CHECK_OK(migraphx_instructions_create(&arguments, NULL, 0));
  CHECK_FAILS(
      "compute_shape", migraphx_module_add_instruction(&result, module, operation, arguments));
  CHECK_OK(migraphx_instructions_destroy(arguments));
  CHECK_OK(migraphx_operation_destroy(operation));
  CHECK_OK(migraphx_program_destroy(program));
}

int main(void) {
  register_scale();
  runs_on("ref");
  runs_on("cpu");
  wrong_inputs();
  missing_functions();
  return check_result();
}
