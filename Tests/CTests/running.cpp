// Running, tracing, saving and reading programs. models.c says what conv_relu.onnx is.
#include <migraphx/migraphx.hpp>

#include "check.h"

#include <fstream>
#include <iterator>

using migraphx::shape;
using inputs_by_name = std::unordered_map<std::string, migraphx::argument>;

static migraphx::program add_and_subtract() {
  migraphx::program p;
  migraphx::module m = p.get_main_module();
  const shape s{migraphx_shape_float_type, {3, 3}};
  std::vector<float> x_values(9, 1), y_values(9, 2);
  auto x = m.add_parameter("x", s);
  auto y = m.add_literal(s, y_values.data());
  auto sum = m.add_instruction(migraphx::operation("add"), {x, y});
  m.add_return({m.add_instruction(migraphx::operation("sub"), {sum, x})});
  p.compile(migraphx::target("ref"));
  return p;
}

static void tracing() {
  const auto p = add_and_subtract();
  std::vector<float> values(9, 5);
  const migraphx::program_parameters params{
      {"x", migraphx::argument(shape(shape::float_type, {3, 3}), values.data())}};
  std::vector<std::string> names;
  std::vector<std::size_t> indices;
  std::vector<float> sum;
  const auto results = p.run_trace(params, [&](const migraphx::trace_info& info) {
    names.push_back(info.get_name().substr(0, 3));
    indices.push_back(info.get_index());
    if (names.back() == "add") sum = info.get_result().as_vector<float>();
  });
  CHECK(names == std::vector<std::string>({"add", "sub"}));
  CHECK(indices.size() == 2 && indices[0] < indices[1]);
  CHECK(sum == std::vector<float>(9, 7));
  CHECK(results[0].as_vector<float>() == std::vector<float>(9, 2));
  CHECK_THROWS(
      "enough is enough", p.run_trace(params, [](const migraphx::trace_info&) {
        throw std::runtime_error("enough is enough");
      }));
  CHECK_THROWS("unknown type", p.run_trace(params, [](const migraphx::trace_info&) { throw 0; }));
}

struct stream {};

static void running() {
  const auto p = add_and_subtract();
  std::vector<float> values(9, 5);
  const shape s(shape::float_type, {3, 3});
  const migraphx::argument x(s, values.data());
  stream queue;
  CHECK(migraphx::get_type_name<stream>() == "stream");
  CHECK(p.run_async({{"x", x}}, &queue)[0].as_vector<float>() == std::vector<float>(9, 2));
  p.experimental_get_context().finish();
  CHECK(p.experimental_get_context().get_queue<stream*>() == nullptr);
  CHECK_THROWS("not found: x", p.eval(migraphx::program_parameters()));
  CHECK_THROWS(
      "for parameter: x", p.eval({{"x", migraphx::argument(shape(shape::float_type, {9}))}}));
  CHECK_THROWS("compile", migraphx::program().eval({{"x", x}}));
}

static void check_result_of_model(const migraphx::program& net, std::size_t batch) {
  std::vector<float> x(9 * batch);
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = static_cast<float>(i * i % 11);
  const shape s(shape::float_type, {batch, 1, 3, 3});
  const auto results = net.eval(inputs_by_name{{"x", migraphx::argument(s, x.data())}});
  CHECK(results[0].get_shape().lens() == std::vector<std::size_t>({batch, 1, 2, 2}));
  std::vector<float> expected;
  for (std::size_t i = 0; i < batch; ++i)
    for (std::size_t corner : {0, 1, 3, 4}) {
      const float difference = x[9 * i + corner] - x[9 * i + corner + 4];
      expected.push_back(difference > 0 ? difference : 0);
    }
  CHECK(results[0].as_vector<float>() == expected);
}

static void dynamic_shapes() {
  migraphx::onnx_options options;
  options.map_input_dims["x"] = {8, 1, 3, 3};
  const auto net = migraphx::parse_onnx("conv_relu.onnx", options);
  CHECK(net.get_inputs().at("x").lens() == std::vector<std::size_t>({8, 1, 3, 3}));
  CHECK(net.get_outputs().at("y").lens() == std::vector<std::size_t>({8, 1, 2, 2}));
  net.compile(migraphx::ref::target{});
  for (std::size_t batch : {1, 2, 8}) check_result_of_model(net, batch);
  CHECK_THROWS("must be 0 to 8, found 9", check_result_of_model(net, 9));

  const auto open = migraphx::parse_onnx("conv_relu.onnx");
  CHECK_THROWS("map_input_dims", open.get_inputs().at("x").lens());

  migraphx::onnx_options ranges;
  ranges.set_dyn_input_parameter_shape("x", {{1, 4}, {1, 1}, {3, 3}, {3, 3}});
  const auto ranged = migraphx::parse_onnx("conv_relu.onnx", ranges);
  CHECK(ranged.get_parameter_shapes()["x"].dyn_dims()[0] == migraphx::dynamic_dimension(1, 4));

  migraphx::onnx_options symbols;
  symbols.dim_params["N"] = {2, 6};
  const auto named = migraphx::parse_onnx("conv_relu.onnx", symbols);
  CHECK(named.get_inputs().at("x").dyn_dims()[0] == migraphx::dynamic_dimension(2, 6));
}

static void chosen_outputs() {
  migraphx::onnx_options options;
  options.set_input_parameter_shape("x", {1, 1, 3, 3});
  const auto net = migraphx::parse_onnx("conv_relu.onnx", options);
  net.compile(migraphx::ref::target{});
  std::vector<float> x{1, 2, 3, 4, 5, 6, 7, 8, 9};
  const inputs_by_name inputs{{"x", migraphx::argument(net.get_inputs().at("x"), x.data())}};
  const auto results = net.eval(inputs, {"y", "convolved"});
  CHECK(results.size() == 2);
  CHECK(results[0].as_vector<float>() == std::vector<float>(4, 0));
  CHECK(results[1].as_vector<float>() == std::vector<float>(4, -4));
  CHECK_THROWS("nowhere", net.eval(inputs, {"nowhere"}));
}

// Without offload_copy, entries under the names of outputs are where results go.
static void device_memory() {
  migraphx::onnx_options options;
  options.map_input_dims["x"] = {1, 1, 3, 3};
  const auto net = migraphx::parse_onnx("conv_relu.onnx", options);
  migraphx::compile_options compile_options;
  compile_options.offload_copy = false;
  net.compile(migraphx::ref::target{}, compile_options);

  std::vector<float> x{9, 8, 7, 6, 5, 4, 3, 2, 1};
  const auto input = migraphx::gpu::to_gpu(migraphx::argument(net.get_inputs().at("x"), x.data()));
  const auto output = migraphx::gpu::allocate_gpu(net.get_outputs().at("y"));
  const auto results = net.eval(inputs_by_name{{"x", input}, {"y", output}});
  migraphx::gpu::sync();
  CHECK(results[0].data() == output.data());
  CHECK(migraphx::gpu::from_gpu(results[0]).as_vector<float>() == std::vector<float>(4, 4));
  const migraphx::argument small(shape(shape::float_type, {1, 1, 2, 1}));
  CHECK_THROWS("can't be written", net.eval(inputs_by_name{{"x", input}, {"y", small}}));
}

static void files() {
  migraphx::onnx_options options;
  options.map_input_dims["x"] = {2, 1, 3, 3};
  const auto net = migraphx::parse_onnx("conv_relu.onnx", options);
  migraphx::save(net, "running.mxr");
  CHECK(migraphx::load("running.mxr").sort() == net.sort());
  migraphx::file_options json;
  json.set_file_format("json");
  migraphx::save(net, "running.json", json);
  CHECK(migraphx::load("running.json", json) == net);

  net.compile(migraphx::ref::target{});
  migraphx::save(net, "running.mxr");
  migraphx::file_options device;
  device.device_id = 0;
  const auto loaded = migraphx::load("running.mxr", device);
  check_result_of_model(loaded, 2);
  CHECK(loaded.get_outputs().at("y") == net.get_outputs().at("y"));

  migraphx::file_options secret;
  secret.encryption_key = "0123456789abcdef";
  const auto bytes = migraphx::save_buffer(net, secret);
  check_result_of_model(migraphx::load_buffer(bytes, secret), 1);
  CHECK_THROWS("", migraphx::load_buffer(bytes));
  CHECK_THROWS("absent.mxr", migraphx::load("absent.mxr"));

  std::vector<float> values{1, 2, 3, 4};
  const migraphx::argument argument(shape(shape::float_type, {2, 2}), values.data());
  migraphx::argument::save_argument(argument, "argument_cpp.msgpack");
  CHECK(migraphx::argument::load_argument("argument_cpp.msgpack") == argument);
}

static void models_in_memory() {
  std::ifstream file("conv_relu.onnx", std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  migraphx::onnx_options options;
  options.set_default_dim_value(3);
  const auto net = migraphx::parse_onnx_buffer(bytes, options);
  CHECK(net == migraphx::parse_onnx_buffer(bytes.data(), bytes.size(), options));
  net.compile(migraphx::ref::target{});
  check_result_of_model(net, 3);
  CHECK_THROWS("not a valid protobuf", migraphx::parse_onnx_buffer("not a model"));
  CHECK_THROWS("absent.onnx", migraphx::parse_onnx("absent.onnx"));

  const auto operators = migraphx::get_onnx_operators();
  CHECK(std::find(operators.begin(), operators.end(), "Conv") != operators.end());
}

static void not_supported() {
  const auto net = migraphx::parse_onnx("conv_relu.onnx");
  CHECK_THROWS("unsupported", migraphx::quantize_fp16(net));
  CHECK_THROWS("unsupported", migraphx::quantize_bf16(net, migraphx::quantize_op_names()));
  CHECK_THROWS("unsupported", migraphx::quantize_int8(net, migraphx::ref::target{}));
  migraphx::tf_options options;
  options.set_output_names({"y"});
  CHECK_THROWS("unsupported", migraphx::parse_tf("model.pb", options));
}

int main() {
  run(tracing);
  run(running);
  run(dynamic_shapes);
  run(chosen_outputs);
  run(device_memory);
  run(files);
  run(models_in_memory);
  run(not_supported);
  return check_result();
}
