/* Reading ONNX models, and saving and loading programs. conv_relu.onnx is relu(conv(x, w)): x is
 * [N, 1, 3, 3] with an open N, w is 2x2 with the elements 1, 0, 0, -1; the convolution's result is
 * named "convolved", the output "y". */
#include "building.h"

static migraphx_program_t read_model(size_t most) {
  migraphx_onnx_options_t options = NULL;
  migraphx_program_t program = NULL;
  CHECK_OK(migraphx_onnx_options_create(&options));
  CHECK_OK(migraphx_onnx_options_set_input_parameter_shape(
      options, "x", (size_t[]){most, 1, 3, 3}, 4));
  CHECK_OK(migraphx_parse_onnx(&program, "conv_relu.onnx", options));
  CHECK_OK(migraphx_onnx_options_destroy(options));
  return program;
}

static migraphx_program_parameters_t model_input(float* x, size_t batch) {
  migraphx_shape_t shape = NULL;
  migraphx_argument_t argument = NULL;
  migraphx_program_parameters_t parameters = NULL;
  CHECK_OK(migraphx_shape_create(
      &shape, migraphx_shape_float_type, (size_t[]){batch, 1, 3, 3}, 4));
  CHECK_OK(migraphx_argument_create(&argument, shape, x));
  CHECK_OK(migraphx_program_parameters_create(&parameters));
  CHECK_OK(migraphx_program_parameters_add(parameters, "x", argument));
  CHECK_OK(migraphx_argument_destroy(argument));
  CHECK_OK(migraphx_shape_destroy(shape));
  return parameters;
}

/* Runs a compiled model on two pictures and checks every element. */
static void check_model(migraphx_program_t program) {
  float x[18] = {9, 8, 7, 6, 5, 4, 3, 2, 1, 1, 2, 3, 4, 5, 6, 7, 8, 9};
  migraphx_program_parameters_t parameters = model_input(x, 2);
  migraphx_arguments_t results = NULL;
  CHECK_OK(migraphx_program_run(&results, program, parameters));
  const float* y = result_elements(results, 0);
  for (int picture = 0; picture < 2; ++picture)
    for (int row = 0; row < 2; ++row)
      for (int column = 0; column < 2; ++column) {
        const float* corner = x + 9 * picture + 3 * row + column;
        const float sum = corner[0] - corner[4];
        CHECK(y[4 * picture + 2 * row + column] == (sum > 0 ? sum : 0));
      }
  CHECK_OK(migraphx_arguments_destroy(results));
  CHECK_OK(migraphx_program_parameters_destroy(parameters));
}

static void reading(void) {
  migraphx_program_t program = read_model(4), buffered = NULL;
  migraphx_program_parameter_shapes_t shapes = NULL;
  const_migraphx_shape_t shape = NULL;
  const size_t* lengths = NULL;
  size_t size = 0;
  CHECK_OK(migraphx_program_get_inputs(&shapes, program));
  CHECK_OK(migraphx_program_parameter_shapes_get(&shape, shapes, "x"));
  CHECK_OK(migraphx_shape_lengths(&lengths, &size, shape));
  CHECK(size == 4 && lengths[0] == 4 && lengths[2] == 3);
  CHECK_OK(migraphx_program_parameter_shapes_destroy(shapes));
  CHECK_OK(migraphx_program_get_outputs(&shapes, program));
  CHECK_OK(migraphx_program_parameter_shapes_get(&shape, shapes, "y"));
  CHECK_OK(migraphx_shape_lengths(&lengths, &size, shape));
  CHECK(size == 4 && lengths[0] == 4 && lengths[2] == 2);
  CHECK_OK(migraphx_program_parameter_shapes_destroy(shapes));
  compile_for(program, "ref");
  check_model(program);
  CHECK_OK(migraphx_program_destroy(program));

  static char bytes[65536];
  FILE* file = fopen("conv_relu.onnx", "rb");
  CHECK(file != NULL);
  size = file ? fread(bytes, 1, sizeof(bytes), file) : 0;
  if (file) fclose(file);
  migraphx_onnx_options_t options = NULL;
  CHECK_OK(migraphx_onnx_options_create(&options));
  CHECK_OK(migraphx_onnx_options_set_default_dim_value(options, 2));
  CHECK_OK(migraphx_parse_onnx_buffer(&buffered, bytes, size, options));
  compile_for(buffered, "ref");
  check_model(buffered);
  CHECK_OK(migraphx_program_destroy(buffered));

  buffered = NULL;
  CHECK_FAILS("", migraphx_parse_onnx_buffer(&buffered, bytes, size / 2, options));
  CHECK_FAILS("absent.onnx", migraphx_parse_onnx(&buffered, "absent.onnx", options));
  CHECK(buffered == NULL);
  CHECK_OK(migraphx_onnx_options_destroy(options));
}

static void open_sizes(void) {
  migraphx_onnx_options_t options = NULL;
  migraphx_dynamic_dimension_t ranges[4] = {NULL, NULL, NULL, NULL};
  migraphx_dynamic_dimensions_t dims = NULL;
  migraphx_program_t program = NULL;
  migraphx_program_parameter_shapes_t shapes = NULL;
  const_migraphx_shape_t shape = NULL;
  const size_t least[] = {1, 1, 3, 3}, most[] = {5, 1, 3, 3};
  bool dynamic = false;
  for (int i = 0; i < 4; ++i)
    CHECK_OK(migraphx_dynamic_dimension_create_min_max(&ranges[i], least[i], most[i]));
  CHECK_OK(migraphx_dynamic_dimensions_create(
      &dims, (const const_migraphx_dynamic_dimension_t*)ranges, 4));
  CHECK_OK(migraphx_onnx_options_create(&options));
  CHECK_OK(migraphx_onnx_options_set_dyn_input_parameter_shape(options, "x", dims));
  CHECK_OK(migraphx_parse_onnx(&program, "conv_relu.onnx", options));
  CHECK_OK(migraphx_program_get_parameter_shapes(&shapes, program));
  CHECK_OK(migraphx_program_parameter_shapes_get(&shape, shapes, "x"));
  CHECK_OK(migraphx_shape_dynamic(&dynamic, shape));
  CHECK(dynamic);
  compile_for(program, "ref");
  check_model(program);
  float x[54] = {0};
  migraphx_program_parameters_t parameters = model_input(x, 6);
  migraphx_arguments_t results = NULL;
  CHECK_FAILS("must be 1 to 5, found 6", migraphx_program_run(&results, program, parameters));
  for (int i = 0; i < 4; ++i) CHECK_OK(migraphx_dynamic_dimension_destroy(ranges[i]));
  CHECK_OK(migraphx_dynamic_dimensions_destroy(dims));
  CHECK_OK(migraphx_onnx_options_destroy(options));
  CHECK_OK(migraphx_program_parameters_destroy(parameters));
  CHECK_OK(migraphx_program_parameter_shapes_destroy(shapes));
  CHECK_OK(migraphx_program_destroy(program));
}

static void chosen_outputs(void) {
  float x[] = {1, 2, 3, 4, 5, 6, 7, 8, 9};
  migraphx_program_t program = read_model(4);
  migraphx_program_parameters_t parameters = model_input(x, 1);
  migraphx_arguments_t results = NULL;
  compile_for(program, "ref");
  CHECK_OK(migraphx_program_run_outputs(
      &results, program, parameters, (const char*[]){"convolved", "y"}, 2));
  CHECK(result_elements(results, 0)[0] == -4 && result_elements(results, 1)[0] == 0);
  CHECK_OK(migraphx_arguments_destroy(results));
  results = NULL;
  CHECK_FAILS(
      "convolved",
      migraphx_program_run_outputs(
          &results, program, parameters, (const char*[]){"convolvd"}, 1));
  CHECK(results == NULL);
  CHECK_OK(migraphx_program_parameters_destroy(parameters));
  CHECK_OK(migraphx_program_destroy(program));
}

static void files(void) {
  const char* formats[] = {"msgpack", "json"};
  migraphx_program_t program = read_model(2), loaded = NULL;
  migraphx_file_options_t options = NULL;
  bool equal = false;
  CHECK_OK(migraphx_file_options_create(&options));
  for (int i = 0; i < 2; ++i) {
    CHECK_OK(migraphx_file_options_set_file_format(options, formats[i]));
    CHECK_OK(migraphx_save(program, "program.mxr", options));
    CHECK_OK(migraphx_load(&loaded, "program.mxr", options));
    CHECK_OK(migraphx_program_equal(&equal, program, loaded));
    CHECK(equal);
    CHECK_OK(migraphx_program_destroy(loaded));
  }
  loaded = NULL;
  CHECK_BAD_PARAM("xml", migraphx_file_options_set_file_format(options, "xml"));
  CHECK_OK(migraphx_file_options_destroy(options));

  CHECK_OK(migraphx_file_options_create(&options));
  compile_for(program, "ref");
  CHECK_OK(migraphx_save(program, "compiled.mxr", options));
  CHECK_OK(migraphx_load(&loaded, "compiled.mxr", options));
  CHECK_OK(migraphx_program_is_compiled(&equal, loaded));
  CHECK(equal);
  check_model(loaded);
  CHECK_OK(migraphx_program_destroy(loaded));
  loaded = NULL;
  CHECK_FAILS("", migraphx_load(&loaded, "conv_relu.onnx", options));
  CHECK_FAILS("absent.mxr", migraphx_load(&loaded, "absent.mxr", options));
  CHECK_FAILS("", migraphx_save(program, "absent/folder.mxr", options));
  CHECK(loaded == NULL);
  CHECK_OK(migraphx_file_options_destroy(options));
  CHECK_OK(migraphx_program_destroy(program));
}

static void encrypted_buffers(void) {
  const char key[] = "sixteen bytes ok", wrong[] = "sixteen bytes no";
  migraphx_program_t program = read_model(2), loaded = NULL;
  migraphx_file_options_t options = NULL;
  migraphx_buffer_t buffer = NULL;
  const char* bytes = NULL;
  size_t size = 0;
  bool equal = false;
  CHECK_OK(migraphx_file_options_create(&options));
  CHECK_OK(migraphx_file_options_set_encryption_key(options, key, 16));
  CHECK_OK(migraphx_save_buffer(&buffer, program, options));
  CHECK_OK(migraphx_buffer_data(&bytes, &size, buffer));
  CHECK_OK(migraphx_load_buffer(&loaded, bytes, size, options));
  CHECK_OK(migraphx_program_equal(&equal, program, loaded));
  CHECK(equal);
  CHECK_OK(migraphx_program_destroy(loaded));
  loaded = NULL;
  CHECK_OK(migraphx_file_options_set_encryption_key(options, wrong, 16));
  CHECK_FAILS("", migraphx_load_buffer(&loaded, bytes, size, options));
  CHECK_BAD_PARAM("5", migraphx_file_options_set_encryption_key(options, key, 5));
  CHECK(loaded == NULL);
  CHECK_OK(migraphx_buffer_destroy(buffer));
  CHECK_OK(migraphx_file_options_destroy(options));
  CHECK_OK(migraphx_program_destroy(program));
}

static void operators_that_can_be_read(void) {
  char* name = NULL;
  size_t size = 0;
  bool found = false;
  CHECK_OK(migraphx_get_onnx_operators_size(&size));
  for (size_t i = 0; i < size; ++i) {
    CHECK_OK(migraphx_get_onnx_operator_name_at_index(&name, i));
    found = found || strcmp(name, "Conv") == 0;
  }
  CHECK(found);
  CHECK_BAD_PARAM("index", migraphx_get_onnx_operator_name_at_index(&name, size));
}

static void not_supported(void) {
  migraphx_program_t program = read_model(2), parsed = NULL;
  migraphx_tf_options_t options = NULL;
  migraphx_quantize_op_names_t names = NULL;
  const char* outputs[] = {"y"};
  CHECK_OK(migraphx_tf_options_create(&options));
  CHECK_OK(migraphx_tf_options_set_nhwc(options, true));
  CHECK_OK(migraphx_tf_options_set_output_names(options, outputs, 1));
  CHECK_FAILS("unsupported", migraphx_parse_tf(&parsed, "model.pb", options));
  CHECK_OK(migraphx_tf_options_destroy(options));
  CHECK_OK(migraphx_quantize_op_names_create(&names));
  CHECK_OK(migraphx_quantize_op_names_add(names, "dot"));
  CHECK_FAILS("unsupported", migraphx_quantize_fp16_with_op_names(program, names));
  CHECK_OK(migraphx_quantize_op_names_destroy(names));
  CHECK_OK(migraphx_program_destroy(program));
}

int main(void) {
  reading();
  open_sizes();
  chosen_outputs();
  files();
  encrypted_buffers();
  operators_that_can_be_read();
  not_supported();
  return check_result();
}
