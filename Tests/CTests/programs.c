/* Building, inspecting, compiling, running and tracing programs. */
#include "building.h"

static void operators(void) {
  migraphx_operation_t operation = NULL;
  migraphx_buffer_t buffer = NULL;
  const char* json = NULL;
  size_t size = 0;
  char name[64], small[4];
  CHECK_OK(migraphx_operation_create(&operation, "reduce_mean", "{axes: [%i, %i]}", 1, -1));
  CHECK_OK(migraphx_operation_name(name, sizeof(name), operation));
  CHECK(strcmp(name, "reduce_mean") == 0);
  CHECK_OK(migraphx_operation_attributes(&buffer, operation));
  CHECK_OK(migraphx_buffer_data(&json, &size, buffer));
  CHECK(strstr(json, "\"axes\"") != NULL && strstr(json, "-1") != NULL);
  CHECK_OK(migraphx_buffer_destroy(buffer));
  (void)migraphx_operation_name(small, sizeof(small), operation);
  CHECK(memchr(small, '\0', sizeof(small)) != NULL);
  CHECK_OK(migraphx_operation_destroy(operation));

  CHECK_OK(migraphx_operation_create(&operation, "convert", "{\"target_type\": %d}", 4));
  CHECK_OK(migraphx_operation_destroy(operation));
  /* What is inserted may be much longer than the format. */
  char longer[4096];
  memset(longer, ' ', sizeof(longer) - 1);
  longer[sizeof(longer) - 1] = '\0';
  CHECK_OK(migraphx_operation_create(&operation, "softmax", "{axis: %s1}", longer));
  CHECK_OK(migraphx_operation_destroy(operation));
  CHECK_OK(migraphx_operation_create_from_json(&operation, "concat", "{axis: 1}"));
  CHECK_OK(migraphx_operation_destroy(operation));

  operation = NULL;
  CHECK_FAILS("no_such_op", migraphx_operation_create(&operation, "no_such_op", NULL));
  CHECK_FAILS("volume", migraphx_operation_create(&operation, "relu", "{volume: 11}"));
  CHECK_FAILS("", migraphx_operation_create(&operation, "concat", "{axis: "));
  CHECK_FAILS("", migraphx_operation_create(&operation, "concat", "{axis: \"x\"}"));
  CHECK_FAILS("@return", migraphx_operation_create(&operation, "@return", NULL));
  CHECK(operation == NULL);
}

static void run_and_reuse(void) {
  float x[] = {1, 2, 3, 4}, y[] = {5, 6, 7, 8};
  const float expected[] = {6, 14, 24, 36};
  migraphx_program_t program = multiply_and_add();
  migraphx_shape_t shape = new_shape(migraphx_shape_float_type, 2, 2);
  migraphx_program_parameters_t parameters = parameters_xy(shape, x, y);
  migraphx_arguments_t first = NULL, second = NULL;
  size_t size = 0;
  bool compiled = true;

  CHECK_OK(migraphx_program_is_compiled(&compiled, program));
  CHECK(!compiled);
  CHECK_FAILS("compile", migraphx_program_run(&first, program, parameters));
  compile_for(program, "ref");
  CHECK_OK(migraphx_program_is_compiled(&compiled, program));
  CHECK(compiled);

  CHECK_OK(migraphx_program_run(&first, program, parameters));
  CHECK_OK(migraphx_arguments_size(&size, first));
  CHECK(size == 1);
  const float* elements = result_elements(first, 0);
  CHECK(memcmp(elements, expected, sizeof(expected)) == 0);
  x[0] = 100;
  CHECK_OK(migraphx_program_run_async(&second, program, parameters, NULL, "ihipStream_t"));
  CHECK(result_elements(second, 0)[0] == 600);
  CHECK(elements[0] == 6); /* a later run leaves earlier results alone */
  CHECK_BAD_PARAM("1 is no index of a list of 1", migraphx_arguments_get(&(const_migraphx_argument_t){NULL}, first, 1));

  migraphx_context_t context = NULL;
  void* queue = program;
  CHECK_OK(migraphx_program_experimental_get_context(&context, program));
  CHECK_OK(migraphx_context_finish(context));
  CHECK_OK(migraphx_context_get_queue(&queue, context));
  CHECK(queue == NULL);

  CHECK_OK(migraphx_arguments_destroy(first));
  CHECK_OK(migraphx_arguments_destroy(second));
  CHECK_OK(migraphx_program_parameters_destroy(parameters));
  CHECK_OK(migraphx_shape_destroy(shape));
  CHECK_OK(migraphx_program_destroy(program));
}

static void bad_arguments(void) {
  float x[] = {1, 2, 3, 4}, y[] = {5, 6, 7, 8};
  migraphx_program_t program = multiply_and_add();
  migraphx_shape_t shape = new_shape(migraphx_shape_float_type, 2, 2);
  migraphx_shape_t larger = new_shape(migraphx_shape_float_type, 1, 4);
  migraphx_shape_t integers = new_shape(migraphx_shape_int32_type, 2, 2);
  const_migraphx_shape_t wrong[] = {larger, integers};
  migraphx_program_parameters_t parameters = NULL;
  migraphx_argument_t argument = NULL;
  migraphx_arguments_t results = NULL;
  compile_for(program, "ref");
  for (int i = 0; i < 2; ++i) {
    parameters = parameters_xy(shape, x, y);
    CHECK_OK(migraphx_argument_create(&argument, wrong[i], y));
    CHECK_OK(migraphx_program_parameters_add(parameters, "y", argument));
    CHECK_FAILS("for parameter: y", migraphx_program_run(&results, program, parameters));
    CHECK_OK(migraphx_argument_destroy(argument));
    CHECK_OK(migraphx_program_parameters_destroy(parameters));
  }
  CHECK_OK(migraphx_program_parameters_create(&parameters));
  CHECK_FAILS("not found: x", migraphx_program_run(&results, program, parameters));
  CHECK(results == NULL);
  CHECK_OK(migraphx_program_parameters_destroy(parameters));
  CHECK_OK(migraphx_shape_destroy(shape));
  CHECK_OK(migraphx_shape_destroy(larger));
  CHECK_OK(migraphx_shape_destroy(integers));
  CHECK_OK(migraphx_program_destroy(program));

  migraphx_target_t target = NULL;
  CHECK_FAILS("abacus", migraphx_target_create(&target, "abacus"));
  CHECK(target == NULL);
}

static void parameters_and_outputs(void) {
  migraphx_program_t program = multiply_and_add();
  migraphx_shape_t expected = new_shape(migraphx_shape_float_type, 2, 2);
  migraphx_program_parameter_shapes_t shapes = NULL;
  migraphx_shapes_t outputs = NULL;
  const_migraphx_shape_t shape = NULL;
  const char* names[2] = {NULL, NULL};
  size_t size = 0;
  bool equal = false;
  CHECK_OK(migraphx_program_get_parameter_shapes(&shapes, program));
  CHECK_OK(migraphx_program_parameter_shapes_size(&size, shapes));
  CHECK(size == 2);
  CHECK_OK(migraphx_program_parameter_shapes_names(names, shapes));
  CHECK(strlen(names[0]) == 1 && strlen(names[1]) == 1 && names[0][0] + names[1][0] == 'x' + 'y');
  CHECK_OK(migraphx_program_parameter_shapes_get(&shape, shapes, "y"));
  CHECK_OK(migraphx_shape_equal(&equal, shape, expected));
  CHECK(equal);
  CHECK_FAILS("z", migraphx_program_parameter_shapes_get(&shape, shapes, "z"));
  CHECK_OK(migraphx_program_get_output_shapes(&outputs, program));
  CHECK_OK(migraphx_shapes_size(&size, outputs));
  CHECK(size == 1);
  CHECK_OK(migraphx_shapes_get(&shape, outputs, 0));
  CHECK_OK(migraphx_shape_equal(&equal, shape, expected));
  CHECK(equal);
  CHECK_BAD_PARAM("1 is no index of a list of 1", migraphx_shapes_get(&shape, outputs, 1));
  CHECK_OK(migraphx_program_parameter_shapes_destroy(shapes));
  CHECK_OK(migraphx_shapes_destroy(outputs));

  CHECK_FAILS("compile", migraphx_program_get_memory_usage(&size, program));
  compile_for(program, "ref");
  CHECK_OK(migraphx_program_get_memory_usage(&size, program));
  CHECK(size >= 4 * sizeof(float)); /* the product, at least */
  CHECK_OK(migraphx_shape_destroy(expected));
  CHECK_OK(migraphx_program_destroy(program));
}

static void instructions_of_modules(void) {
  const migraphx_instruction_kind_t kinds[] = {
      migraphx_instruction_parameter, migraphx_instruction_parameter,
      migraphx_instruction_operation, migraphx_instruction_operation, migraphx_instruction_return};
  const char* names[] = {"@param", "@param", "mul", "add", "@return"};
  const size_t inputs[] = {0, 0, 2, 2, 1}, uses[] = {2, 1, 1, 1, 0};
  migraphx_program_t program = multiply_and_add();
  migraphx_module_t module = NULL;
  migraphx_instructions_t list = NULL, others = NULL;
  migraphx_instruction_t instruction = NULL, again = NULL;
  migraphx_instruction_kind_t kind = migraphx_instruction_literal;
  const char* name = NULL;
  size_t size = 0, hash = 0, other_hash = 1;
  bool equal = false;
  CHECK_OK(migraphx_program_get_main_module(&module, program));
  CHECK_OK(migraphx_module_name(&name, module));
  CHECK(strcmp(name, "main") == 0);
  CHECK_OK(migraphx_module_instructions(&list, module));
  CHECK_OK(migraphx_instructions_size(&size, list));
  CHECK(size == 5);
  for (size_t i = 0; i < 5; ++i) {
    CHECK_OK(migraphx_instructions_get(&instruction, list, i));
    CHECK_OK(migraphx_instruction_kind(&kind, instruction));
    CHECK(kind == kinds[i]);
    CHECK_OK(migraphx_instruction_name(&name, instruction));
    CHECK(strcmp(name, names[i]) == 0);
    CHECK_OK(migraphx_instruction_inputs(&others, instruction));
    CHECK_OK(migraphx_instructions_size(&size, others));
    CHECK(size == inputs[i]);
    CHECK_OK(migraphx_instructions_destroy(others));
    CHECK_OK(migraphx_instruction_outputs(&others, instruction));
    CHECK_OK(migraphx_instructions_size(&size, others));
    CHECK(size == uses[i]);
    CHECK_OK(migraphx_instructions_destroy(others));
    CHECK_OK(migraphx_instruction_destroy(instruction));
  }
  CHECK_OK(migraphx_instructions_get(&instruction, list, 2));
  CHECK_OK(migraphx_instructions_get(&again, list, 2));
  CHECK_OK(migraphx_instruction_equal(&equal, instruction, again));
  CHECK_OK(migraphx_instruction_hash(&hash, instruction));
  CHECK_OK(migraphx_instruction_hash(&other_hash, again));
  CHECK(equal && hash == other_hash);
  CHECK_OK(migraphx_instruction_destroy(again));
  CHECK_OK(migraphx_instructions_get(&again, list, 3));
  CHECK_OK(migraphx_instruction_equal(&equal, instruction, again));
  CHECK(!equal);

  migraphx_operation_t operation = NULL;
  migraphx_argument_t value = NULL;
  migraphx_shape_t shape = NULL;
  char operator_name[16] = "";
  CHECK_OK(migraphx_instruction_op(&operation, instruction));
  CHECK_OK(migraphx_operation_name(operator_name, sizeof(operator_name), operation));
  CHECK(strcmp(operator_name, "mul") == 0);
  CHECK_OK(migraphx_instruction_shape(&shape, instruction));
  CHECK_OK(migraphx_shape_elements(&size, shape));
  CHECK(size == 4);
  CHECK_FAILS("literal", migraphx_instruction_literal_value(&value, instruction));
  CHECK_BAD_PARAM("5 is no index of a list of 5", migraphx_instructions_get(&again, list, 5));
  CHECK_OK(migraphx_operation_destroy(operation));
  CHECK_OK(migraphx_shape_destroy(shape));
  CHECK_OK(migraphx_instruction_destroy(instruction));
  CHECK_OK(migraphx_instruction_destroy(again));
  CHECK_OK(migraphx_instructions_destroy(list));
  CHECK_OK(migraphx_program_destroy(program));
}

static void changed_return(void) {
  float x[] = {1, 2, 3, 4}, y[] = {5, 6, 7, 8};
  const float product[] = {5, 12, 21, 32};
  migraphx_program_t program = multiply_and_add();
  migraphx_module_t module = NULL;
  migraphx_instructions_t list = NULL, values = NULL;
  migraphx_instruction_t instruction = NULL, result = NULL;
  CHECK_OK(migraphx_program_get_main_module(&module, program));
  CHECK_OK(migraphx_module_instructions(&list, module));
  CHECK_OK(migraphx_instructions_get(&instruction, list, 2));
  CHECK_OK(migraphx_instructions_create(
      &values, (const const_migraphx_instruction_t[]){instruction}, 1));
  CHECK_OK(migraphx_module_replace_return(&result, module, values));
  compile_for(program, "ref");
  migraphx_shape_t shape = new_shape(migraphx_shape_float_type, 2, 2);
  migraphx_program_parameters_t parameters = parameters_xy(shape, x, y);
  migraphx_arguments_t results = NULL;
  CHECK_OK(migraphx_program_run(&results, program, parameters));
  CHECK(memcmp(result_elements(results, 0), product, sizeof(product)) == 0);
  CHECK_OK(migraphx_arguments_destroy(results));
  CHECK_OK(migraphx_program_parameters_destroy(parameters));
  CHECK_OK(migraphx_shape_destroy(shape));
  CHECK_OK(migraphx_instruction_destroy(instruction));
  CHECK_OK(migraphx_instruction_destroy(result));
  CHECK_OK(migraphx_instructions_destroy(values));
  CHECK_OK(migraphx_instructions_destroy(list));
  CHECK_OK(migraphx_program_destroy(program));
}

static void comparison_and_text(void) {
  migraphx_program_t program = multiply_and_add(), same = multiply_and_add(), other = NULL;
  migraphx_buffer_t buffer = NULL;
  const char* text = NULL;
  size_t size = 0;
  bool equal = false;
  CHECK_OK(migraphx_program_equal(&equal, program, same));
  CHECK(equal);
  CHECK_OK(migraphx_program_create(&other));
  CHECK_OK(migraphx_program_equal(&equal, program, other));
  CHECK(!equal);
  CHECK_OK(migraphx_program_assign_to(other, program));
  CHECK_OK(migraphx_program_equal(&equal, program, other));
  CHECK(equal);
  compile_for(program, "ref"); /* the assigned one is a copy */
  CHECK_OK(migraphx_program_is_compiled(&equal, other));
  CHECK(!equal);
  CHECK_OK(migraphx_program_sort(other));
  CHECK_OK(migraphx_program_sort(same));
  CHECK_OK(migraphx_program_equal(&equal, other, same));
  CHECK(equal);

  migraphx_status (*texts[])(migraphx_buffer_t*, const_migraphx_program_t) = {
      migraphx_program_text, migraphx_program_python};
  const char* parts[] = {"= mul(", "add_instruction"};
  for (int i = 0; i < 2; ++i) {
    CHECK_OK(texts[i](&buffer, same));
    CHECK_OK(migraphx_buffer_data(&text, &size, buffer));
    CHECK(size == strlen(text) && strstr(text, parts[i]) != NULL);
    CHECK_OK(migraphx_buffer_destroy(buffer));
  }
  CHECK_OK(migraphx_program_print(same));
  CHECK_OK(migraphx_program_destroy(program));
  CHECK_OK(migraphx_program_destroy(same));
  CHECK_OK(migraphx_program_destroy(other));
}

struct trace {
  size_t calls, multiplications;
  float product;
  bool fail;
};

static migraphx_status record(migraphx_trace_info_t info, void* data) {
  struct trace* trace = data;
  const char* name = NULL;
  size_t index = 99;
  ++trace->calls;
  CHECK_OK(migraphx_trace_info_get_name(&name, info));
  CHECK_OK(migraphx_trace_info_get_index(&index, info));
  CHECK(name[0] != '@' && index < 99);
  if (strncmp(name, "mul", 3) == 0) {
    const_migraphx_argument_t result = NULL;
    char* buffer = NULL;
    CHECK_OK(migraphx_trace_info_get_result(&result, info));
    CHECK_OK(migraphx_argument_buffer(&buffer, result));
    trace->product = *(const float*)(const void*)buffer;
    ++trace->multiplications;
  }
  return trace->fail ? migraphx_status_unknown_error : migraphx_status_success;
}

static void tracing(void) {
  float x[] = {2, 2, 3, 4}, y[] = {5, 6, 7, 8};
  struct trace trace = {0, 0, 0, false};
  migraphx_program_t program = multiply_and_add();
  migraphx_shape_t shape = new_shape(migraphx_shape_float_type, 2, 2);
  migraphx_program_parameters_t parameters = parameters_xy(shape, x, y);
  migraphx_arguments_t results = NULL;
  compile_for(program, "ref");
  CHECK_OK(migraphx_program_run_trace(&results, program, parameters, record, &trace));
  CHECK(trace.calls == 2 && trace.multiplications == 1 && trace.product == 10);
  CHECK(result_elements(results, 0)[0] == 12);
  CHECK_OK(migraphx_arguments_destroy(results));

  trace = (struct trace){0, 0, 0, true};
  results = NULL;
  CHECK_FAILS("callback", migraphx_program_run_trace(&results, program, parameters, record, &trace));
  CHECK(trace.calls == 1 && results == NULL);
  CHECK_BAD_PARAM("callback", migraphx_program_run_trace(&results, program, parameters, NULL, NULL));

  migraphx_trace_info_t empty = NULL;
  CHECK_OK(migraphx_trace_info_create(&empty));
  CHECK_OK(migraphx_trace_info_destroy(empty));
  CHECK_OK(migraphx_program_parameters_destroy(parameters));
  CHECK_OK(migraphx_shape_destroy(shape));
  CHECK_OK(migraphx_program_destroy(program));
}

/* The target ref computes nothing before a run: literals alone give instructions, too. */
static void tracing_of_constants(void) {
  const float two[] = {2, 2, 2, 2};
  struct trace trace = {0, 0, 0, false};
  migraphx_program_t program = NULL;
  migraphx_module_t module = NULL;
  migraphx_shape_t shape = new_shape(migraphx_shape_float_type, 2, 2);
  migraphx_program_parameters_t parameters = NULL;
  migraphx_arguments_t results = NULL;
  migraphx_instruction_t x = NULL, y = NULL, product = NULL, end = NULL;
  migraphx_instructions_t operands = NULL, values = NULL;
  migraphx_operation_t mul = NULL;
  CHECK_OK(migraphx_program_create(&program));
  CHECK_OK(migraphx_program_get_main_module(&module, program));
  CHECK_OK(migraphx_module_add_literal(&x, module, shape, (const char*)two));
  CHECK_OK(migraphx_module_add_literal(&y, module, shape, (const char*)two));
  CHECK_OK(migraphx_operation_create(&mul, "mul", NULL));
  const const_migraphx_instruction_t both[] = {x, y};
  CHECK_OK(migraphx_instructions_create(&operands, both, 2));
  CHECK_OK(migraphx_module_add_instruction(&product, module, mul, operands));
  const const_migraphx_instruction_t one[] = {product};
  CHECK_OK(migraphx_instructions_create(&values, one, 1));
  CHECK_OK(migraphx_module_add_return(&end, module, values));
  compile_for(program, "ref");
  CHECK_OK(migraphx_program_parameters_create(&parameters));
  CHECK_OK(migraphx_program_run_trace(&results, program, parameters, record, &trace));
  CHECK(trace.calls == 1 && trace.multiplications == 1 && trace.product == 4);
  CHECK_OK(migraphx_arguments_destroy(results));
  CHECK_OK(migraphx_program_parameters_destroy(parameters));
  CHECK_OK(migraphx_instruction_destroy(x));
  CHECK_OK(migraphx_instruction_destroy(y));
  CHECK_OK(migraphx_instruction_destroy(product));
  CHECK_OK(migraphx_instruction_destroy(end));
  CHECK_OK(migraphx_instructions_destroy(operands));
  CHECK_OK(migraphx_instructions_destroy(values));
  CHECK_OK(migraphx_operation_destroy(mul));
  CHECK_OK(migraphx_shape_destroy(shape));
  CHECK_OK(migraphx_program_destroy(program));
}

/* if (condition) { x } else { y }, with the branches as modules. */
static void branches(void) {
  float x[] = {1, 2, 3, 4}, y[] = {5, 6, 7, 8};
  migraphx_program_t program = NULL;
  migraphx_module_t module = NULL, then = NULL, otherwise = NULL;
  migraphx_shape_t shape = new_shape(migraphx_shape_float_type, 2, 2), truth = NULL;
  CHECK_OK(migraphx_program_create(&program));
  CHECK_OK(migraphx_program_get_main_module(&module, program));
  CHECK_OK(migraphx_program_create_module(&then, program, "then"));
  CHECK_OK(migraphx_program_create_module(&otherwise, program, "otherwise"));
  CHECK_OK(migraphx_shape_create_scalar(&truth, migraphx_shape_bool_type));
  migraphx_instruction_t condition = add_parameter(module, "condition", truth);
  migraphx_instruction_t px = add_parameter(module, "x", shape);
  migraphx_instruction_t py = add_parameter(module, "y", shape);
  add_return(then, add_operator(then, "neg", px, NULL));
  add_return(otherwise, add_operator(otherwise, "identity", py, NULL));

  migraphx_operation_t operation = NULL, element = NULL;
  migraphx_instructions_t arguments = NULL;
  migraphx_modules_t modules = NULL;
  migraphx_instruction_t choice = NULL, result = NULL;
  migraphx_module_t both[] = {then, otherwise};
  CHECK_OK(migraphx_operation_create(&operation, "if", NULL));
  CHECK_OK(migraphx_instructions_create(
      &arguments, (const const_migraphx_instruction_t[]){condition}, 1));
  CHECK_OK(migraphx_modules_create(&modules, both, 2));
  CHECK_OK(migraphx_module_add_instruction_with_mod_args(
      &choice, module, operation, arguments, modules));
  CHECK_OK(migraphx_instructions_destroy(arguments));
  CHECK_OK(migraphx_operation_create(&element, "get_tuple_elem", "{index: 0}"));
  CHECK_OK(migraphx_instructions_create(
      &arguments, (const const_migraphx_instruction_t[]){choice}, 1));
  CHECK_OK(migraphx_module_add_instruction(&result, module, element, arguments));
  add_return(module, result);
  compile_for(program, "ref");

  const float expected[] = {5, -1};
  for (int i = 0; i < 2; ++i) {
    bool value = i == 1;
    migraphx_argument_t argument = NULL;
    migraphx_arguments_t results = NULL;
    migraphx_program_parameters_t parameters = parameters_xy(shape, x, y);
    CHECK_OK(migraphx_argument_create(&argument, truth, &value));
    CHECK_OK(migraphx_program_parameters_add(parameters, "condition", argument));
    CHECK_OK(migraphx_program_run(&results, program, parameters));
    CHECK(result_elements(results, 0)[0] == expected[i]);
    CHECK_OK(migraphx_arguments_destroy(results));
    CHECK_OK(migraphx_argument_destroy(argument));
    CHECK_OK(migraphx_program_parameters_destroy(parameters));
  }
  CHECK_OK(migraphx_operation_destroy(operation));
  CHECK_OK(migraphx_operation_destroy(element));
  CHECK_OK(migraphx_instructions_destroy(arguments));
  CHECK_OK(migraphx_modules_destroy(modules));
  CHECK_OK(migraphx_shape_destroy(shape));
  CHECK_OK(migraphx_shape_destroy(truth));
  CHECK_OK(migraphx_program_destroy(program));
}

int main(void) {
  operators();
  run_and_reuse();
  bad_arguments();
  parameters_and_outputs();
  instructions_of_modules();
  changed_return();
  comparison_and_text();
  tracing();
  tracing_of_constants();
  branches();
  return check_result();
}
