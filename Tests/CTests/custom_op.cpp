// Operators defined in C++.
#include <migraphx/migraphx.hpp>

#include "check.h"

#include <cmath>

// sigmoid of the first input, written to the second.
struct sigmoid_custom_op final : migraphx::experimental_custom_op_base {
  std::string name() const override { return "sigmoid_custom_op"; }

  migraphx::argument compute(
      migraphx::context, migraphx::shape, migraphx::arguments inputs) const override {
    const auto x = inputs[0].as_vector<float>();
    auto* y = reinterpret_cast<float*>(inputs[1].data());
    std::transform(x.begin(), x.end(), y, [](float x) { return 1 / (1 + std::exp(-x)); });
    return inputs[1];
  }

  migraphx::shape compute_shape(migraphx::shapes inputs) const override {
    if (inputs.size() != 2) throw std::runtime_error("op must have two inputs");
    if (inputs.front() != inputs.back()) throw std::runtime_error("inputs must have one shape");
    return inputs.back();
  }

  std::vector<std::size_t> output_alias(migraphx::shapes) const override { return {1}; }

  bool runs_on_offload_target() const override { return true; }
};

// Keeps its input, and counts its copies.
struct counted_op final : migraphx::experimental_custom_op_base {
  static int alive;
  counted_op() { ++alive; }
  counted_op(const counted_op& other) : experimental_custom_op_base(other) { ++alive; }
  ~counted_op() override { --alive; }

  std::string name() const override { return "counted_op"; }
  migraphx::argument compute(
      migraphx::context, migraphx::shape, migraphx::arguments inputs) const override {
    if (inputs[0].as_vector<float>()[0] > 99) throw std::runtime_error("too much");
    return inputs[0];
  }
  migraphx::shape compute_shape(migraphx::shapes inputs) const override { return inputs.front(); }
  std::vector<std::size_t> output_alias(migraphx::shapes) const override { return {0}; }
  bool runs_on_offload_target() const override { return false; }
};
int counted_op::alive = 0;

static const migraphx::shape vector12(migraphx_shape_float_type, {12});

static void result_in_an_allocation(const char* target) {
  migraphx::program p;
  migraphx::module m = p.get_main_module();
  auto x = m.add_parameter("x", vector12);
  auto allocation = m.add_allocation(vector12);
  auto y = m.add_instruction(migraphx::operation("sigmoid_custom_op"), {x, allocation});
  m.add_return({m.add_instruction(migraphx::operation("neg"), {y})});
  p.compile(migraphx::target(target));

  const auto input = migraphx::argument::generate(vector12);
  const auto results = p.eval({{"x", input}});
  std::vector<float> expected;
  for (float value : input.as_vector<float>()) expected.push_back(-(1 / (1 + std::exp(-value))));
  CHECK(results[0].as_vector<float>() == expected);
}

static void errors() {
  migraphx::program p;
  migraphx::module m = p.get_main_module();
  auto x = m.add_parameter("x", vector12);
  CHECK_THROWS(
      "Error in compute_shape of: sigmoid_custom_op: op must have two inputs",
      m.add_instruction(migraphx::operation("sigmoid_custom_op"), {x}));
  m.add_return({m.add_instruction(migraphx::operation("counted_op"), {x})});
  p.compile(migraphx::target("ref"));
  CHECK_THROWS(
      "Error in compute of: counted_op: too much",
      p.eval({{"x", migraphx::fill_argument(vector12, 100)}}));
}

static void alias_of_an_input() {
  migraphx::program p;
  migraphx::module m = p.get_main_module();
  auto x = m.add_parameter("x", vector12);
  auto doubled = m.add_instruction(migraphx::operation("add"), {x, x});
  auto kept = m.add_instruction(migraphx::operation("counted_op"), {doubled});
  m.add_return({m.add_instruction(migraphx::operation("add"), {kept, doubled})});
  p.compile(migraphx::target("ref"));
  const auto results = p.eval({{"x", migraphx::fill_argument(vector12, 3)}});
  CHECK(results[0].as_vector<float>() == std::vector<float>(12, 12));
}

int main() {
  sigmoid_custom_op sigmoid;
  migraphx::register_experimental_custom_op(sigmoid);
  CHECK(migraphx::operation("sigmoid_custom_op").name() == "sigmoid_custom_op");
  {
    counted_op counted;
    migraphx::register_experimental_custom_op(counted);
  }
  CHECK(counted_op::alive > 0);
  const int alive = counted_op::alive;
  run(result_in_an_allocation, "ref");
  run(result_in_an_allocation, "cpu");
  run(errors);
  run(alias_of_an_input);
  CHECK(counted_op::alive == alive);  // programs give back their copies
  return check_result();
}
