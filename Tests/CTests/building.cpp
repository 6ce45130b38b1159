// Building programs, in both dialects and in a mixture of them.
#include <migraphx/migraphx.hpp>

#include "check.h"

#include <unordered_set>

using migraphx::shape;

// A 3x3 convolution with padding 1 and stride 2 on [n, in, h, w], then relu.
struct convolution {
  std::size_t n = 2, in = 3, out = 4, h = 5, w = 7;

  std::size_t out_h() const { return (h + 1) / 2; }
  std::size_t out_w() const { return (w + 1) / 2; }

  std::vector<float> operator()(
      const std::vector<float>& x, const std::vector<float>& weights) const {
    std::vector<float> y;
    for (std::size_t batch = 0; batch < n; ++batch)
      for (std::size_t o = 0; o < out; ++o)
        for (std::size_t row = 0; row < out_h(); ++row)
          for (std::size_t column = 0; column < out_w(); ++column) {
            float sum = 0;
            for (std::size_t i = 0; i < in; ++i)
              for (std::size_t ky = 0; ky < 3; ++ky)
                for (std::size_t kx = 0; kx < 3; ++kx) {
                  // Where padding shifts a position below zero, it wraps round beyond h and w.
                  const auto yy = 2 * row + ky - 1, xx = 2 * column + kx - 1;
                  if (yy < h && xx < w)
                    sum += x[((batch * in + i) * h + yy) * w + xx] *
                           weights[((o * in + i) * 3 + ky) * 3 + kx];
                }
            y.push_back(std::max(sum, 0.0f));
          }
    return y;
  }
};

// Small whole numbers: sums of their products are exact in any order.
static std::vector<float> whole_numbers(std::size_t count, unsigned seed) {
  std::vector<float> result;
  for (std::size_t i = 0; i < count; ++i) {
    seed = seed * 1103515245 + 12345;
    result.push_back(static_cast<float>(seed >> 16 & 15) - 7);
  }
  return result;
}

static void convolution_and_relu(const migraphx::target& target) {
  const convolution size;
  const shape input(shape::float_type, {size.n, size.in, size.h, size.w});
  const shape filters(shape::float_type, {size.out, size.in, 3, 3});
  auto weights = whole_numbers(filters.elements(), 1);
  auto x = whole_numbers(input.elements(), 2);

  migraphx::program net;
  auto main = net.get_main_module();
  migraphx::instruction_ref parameter = main->add_parameter("x", input);
  migraphx::instruction_ref literal = main->add_literal(migraphx::literal{filters, weights});
  auto convolved = main->add_instruction(
      migraphx::make_op("convolution", {{"padding", {1, 1}}, {"stride", {2, 2}}}),
      {parameter, literal});
  auto relu = main->add_instruction(migraphx::make_op("relu"), {convolved});
  main->add_return({relu});
  CHECK(convolved->name() == "convolution" && convolved->inputs()[1] == literal);
  CHECK(
      relu->get_shape() ==
      shape(shape::float_type, {size.n, size.out, size.out_h(), size.out_w()}));
  CHECK(literal->get_literal() == migraphx::literal(filters, weights));
  CHECK(convolved->outputs().size() == 1 && convolved->outputs()[0] == relu);
  CHECK(convolved->get_operator().attributes().find("stride") != std::string::npos);

  migraphx::compile_options options;
  options.offload_copy = true;
  options.device_id = 0;
  net.compile(target, options);
  CHECK(net.is_compiled() && net.get_memory_usage() > 0);
  std::unordered_map<std::string, shape> inputs = net.get_inputs();
  CHECK(inputs.size() == 1 && inputs.at("x") == input && net.get_outputs().size() == 1);

  std::unordered_map<std::string, migraphx::argument> data;
  data["x"] = migraphx::argument{input, x.data()};
  std::vector<migraphx::argument> results = net.eval(data);
  CHECK(results.size() == 1 && results[0].get_shape() == relu.get_shape());
  CHECK(results[0].as_vector<float>() == size(x, weights));
}

static void amd_dialect() {
  migraphx::program p;
  migraphx::module m = p.get_main_module();
  const migraphx::shape s{migraphx_shape_float_type, {3, 3}};
  std::vector<float> x_values(9, 1), y_values(9, -1), expected(9, 0);
  auto x = m.add_literal(s, x_values.data());
  auto y = m.add_literal(s, y_values.data());
  auto r = m.add_instruction(migraphx::operation("add"), {x, y});
  m.add_return({r});
  p.compile(migraphx::target("ref"));
  auto outputs = p.eval(migraphx::program_parameters{});
  CHECK(outputs.size() == 1 && outputs[0] == migraphx::argument(s, expected.data()));
}

static void branches() {
  const migraphx::shape values{migraphx_shape_float_type, {3, 3}}, truth{migraphx_shape_bool_type};
  migraphx::program p;
  auto mm = p.get_main_module();
  auto condition = mm.add_parameter("condition", truth);
  auto x = mm.add_parameter("x", values);
  auto y = mm.add_parameter("y", values);
  auto then = p.create_module("then");
  then.add_return({then.add_instruction(migraphx::operation("neg"), {x})});
  auto otherwise = p.create_module("otherwise");
  otherwise.add_return({otherwise.add_instruction(migraphx::operation("identity"), {y})});
  auto choice =
      mm.add_instruction(migraphx::operation("if"), {condition}, {then, otherwise});
  auto element = migraphx::operation("get_tuple_elem", "{index: %i}", 0);
  mm.add_return({mm.add_instruction(element, {choice})});
  p.compile(migraphx::target("ref"));

  std::vector<float> x_data(9, 1), y_data(9, 2);
  for (bool taken : {true, false}) {
    auto outputs = p.eval({{"condition", migraphx::argument(truth, &taken)},
                           {"x", migraphx::argument(values, x_data.data())},
                           {"y", migraphx::argument(values, y_data.data())}});
    CHECK(outputs.front().as_vector<float>() == std::vector<float>(9, taken ? -1 : 2));
  }
}

// One program in both dialects.
static void mixture() {
  migraphx::program net;
  migraphx::module m = net.get_main_module();
  auto x = m.add_parameter("x", migraphx::shape{migraphx_shape_float_type, {2}});
  auto two = m->add_literal(migraphx::shape(migraphx::shape::float_type, {2}), {2, 2});
  auto product = m.add_instruction(migraphx::operation("mul"), {x, two});
  auto sum = m->add_instruction(migraphx::make_op("reduce_sum", {{"axes", {0}}}), {product});
  m.add_return({product, sum});

  migraphx::compile_options options;
  options.set_offload_copy();
  options.device_id = 0;
  CHECK(options.offload_copy);
  net.compile(migraphx::target("ref"), options);

  float values[] = {3, 4};
  const migraphx::argument data(net.get_inputs().at("x"), values);
  migraphx::program_parameters params;
  params.add("x", data);
  migraphx::arguments listed = net.eval(params);
  std::vector<migraphx::argument> plain = net.eval({{"x", data}});
  std::vector<migraphx::argument> mapped =
      net.eval(std::unordered_map<std::string, migraphx::argument>{{"x", data}});
  CHECK(listed.size() == 2 && plain.size() == 2 && mapped.size() == 2);
  CHECK(listed[0] == plain[0] && listed[1] == mapped[1]);
  CHECK(plain[0].as_vector<float>() == std::vector<float>({6, 8}));
  CHECK(mapped[1].as_vector<float>() == std::vector<float>({14}));
}

static void operators() {
  CHECK(migraphx::operation("add").name() == "add");
  CHECK(migraphx::operation("reduce_mean", "{axes : [1, 2, 3, 4]}").name() == "reduce_mean");
  CHECK(migraphx::operation("reduce_mean", "{\"axes\" : [1, 2]}").name() == "reduce_mean");
  const migraphx::operation formatted("reduce_mean", "{axes : [%i, %i]}", 1, 2);
  const auto from_values = migraphx::make_op("reduce_mean", {{"axes", {1, 2}}});
  const auto from_text = migraphx::make_op("reduce_mean", "{axes: [1, 2]}");
  CHECK(formatted.attributes() == from_values.attributes());
  CHECK(formatted.attributes() == from_text.attributes());
  CHECK(migraphx::make_op("relu", {}).name() == "relu");
  CHECK_THROWS("no_such_op", migraphx::make_op("no_such_op"));
  CHECK_THROWS("volume", migraphx::make_op("relu", {{"volume", 11}}));
}

// Parameters, literals and returns have functions of their own.
static void refused_operators() {
  migraphx::program net;
  auto main = net.get_main_module();
  auto x = main.add_parameter("x", shape(shape::float_type, {2}));
  for (const char* name : {"@param", "@literal", "@return"})
    CHECK_THROWS(name, main.add_instruction(migraphx::make_op(name), {x}));
  main.add_return({x});
  CHECK_THROWS("", main.add_parameter("x", shape(shape::float_type, {2})));
  CHECK(main.instructions().size() == 2);
}

static void instructions_of_modules() {
  migraphx::program net;
  auto main = net.get_main_module();
  auto x = main.add_parameter("x", shape(shape::float_type, {2}));
  auto y = main.add_instruction(migraphx::make_op("neg"), x);
  main.add_return({x});
  const auto all = main.instructions();
  CHECK(all.size() == 3 && all[0] == x && all[1] == y && all[1] != x);
  CHECK(all[0].name() == "@param" && all[2].name() == "@return");
  const std::unordered_set<migraphx::instruction> set(all.begin(), all.end());
  CHECK(set.size() == 3 && set.count(y) == 1);
  main.replace_return({y, x});
  CHECK(main.instructions().back().inputs() == std::vector<migraphx::instruction_ref>({y, x}));
}

int main() {
  run(convolution_and_relu, migraphx::ref::target{});
  run(convolution_and_relu, migraphx::cpu::target{});
  run(amd_dialect);
  run(branches);
  run(mixture);
  run(operators);
  run(refused_operators);
  run(instructions_of_modules);
  return check_result();
}
