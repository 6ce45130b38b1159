#include "bindings.h"

namespace {

using Names = std::vector<std::string>;
using Calibration = std::vector<nb::dict>;

QuantizeOpNamesHandle operator_names(const Names& names) {
  auto result = create<QuantizeOpNamesHandle>(migraphx_quantize_op_names_create);
  for (const auto& name : names) check(migraphx_quantize_op_names_add(result, c_string(name)));
  return result;
}

void quantize_fp16(const Program& prog, const Names& ins_names) {
  check(migraphx_quantize_fp16_with_op_names(prog, operator_names(ins_names)));
}

void quantize_bf16(const Program& prog, const Names& ins_names) {
  check(migraphx_quantize_bf16_with_op_names(prog, operator_names(ins_names)));
}

void quantize_int8(
    const Program& prog, const Target& t, const Calibration& calibration,
    const std::set<std::string>& ins_names) {
  auto options = create<QuantizeInt8OptionsHandle>(migraphx_quantize_int8_options_create);
  for (const auto& name : ins_names)
    check(migraphx_quantize_int8_options_add_op_name(options, c_string(name)));
  for (const auto& values : calibration)
    check(migraphx_quantize_int8_options_add_calibration_data(
        options, Parameters(values).handle));
  nb::gil_scoped_release no_gil;
  check(migraphx_quantize_int8(prog, t.handle, options));
}

void quantize_fp8(const Program& prog, const Target& t, const Calibration& calibration) {
  auto options = create<QuantizeFp8OptionsHandle>(migraphx_quantize_fp8_options_create);
  for (const auto& values : calibration)
    check(migraphx_quantize_fp8_options_add_calibration_data(options, Parameters(values).handle));
  nb::gil_scoped_release no_gil;
  check(migraphx_quantize_fp8(prog, t.handle, options));
}

}  // namespace

void bind_quantization(nb::module_& module) {
  module.def("quantize_fp16", quantize_fp16, "prog"_a, "ins_names"_a = Names{"all"},
             "Makes operators compute in half precision.");
  module.def("quantize_bf16", quantize_bf16, "prog"_a, "ins_names"_a = Names{"all"},
             "Makes operators compute in bfloat16.");
  module.def("quantize_int8", quantize_int8, "prog"_a, "t"_a, "calibration"_a = Calibration(),
             "ins_names"_a = std::set<std::string>{"dot", "convolution"},
             "Makes operators compute in 8-bit integers; calibration holds inputs by name.");
  module.def("quantize_fp8", quantize_fp8, "prog"_a, "t"_a, "calibration"_a = Calibration(),
             "Makes operators compute in 8-bit floats; calibration holds inputs by name.");
  module.def("autocast_fp8",
             [](const Program&) { throw Error("autocast_fp8 isn't supported yet"); }, "prog"_a,
             "Makes 8-bit floats of inputs and outputs floats. Not supported yet: raises Error.");
}
