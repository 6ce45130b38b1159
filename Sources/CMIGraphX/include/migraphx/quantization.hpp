/// Using narrower element types, before compile.
#ifndef MIGRAPHX_QUANTIZATION_HPP
#define MIGRAPHX_QUANTIZATION_HPP

#include <migraphx/program.hpp>

namespace migraphx {
inline namespace api {

MIGRAPHX_HANDLE_TRAITS(quantize_op_names)
MIGRAPHX_HANDLE_TRAITS(quantize_int8_options)
MIGRAPHX_HANDLE_TRAITS(quantize_fp8_options)

/// Names of operators; none stands for all.
struct quantize_op_names : handle_base<migraphx_quantize_op_names> {
  using handle_base::handle_base;

  quantize_op_names() : handle_base(detail::fetch(&migraphx_quantize_op_names_create), own{}) {}

  void add(const std::string& name) const {
    call(&migraphx_quantize_op_names_add, get_handle_ptr(), name.c_str());
  }
};

/// What is quantised to 8-bit integers, and data to find the ranges of values with.
struct quantize_int8_options : handle_base<migraphx_quantize_int8_options> {
  using handle_base::handle_base;

  quantize_int8_options()
      : handle_base(detail::fetch(&migraphx_quantize_int8_options_create), own{}) {}

  void add_op_name(const std::string& name) const {
    call(&migraphx_quantize_int8_options_add_op_name, get_handle_ptr(), name.c_str());
  }
  void add_calibration_data(const program_parameters& data) const {
    call(
        &migraphx_quantize_int8_options_add_calibration_data, get_handle_ptr(),
        data.get_handle_ptr());
  }
};

/// Data to find the ranges of values with.
struct quantize_fp8_options : handle_base<migraphx_quantize_fp8_options> {
  using handle_base::handle_base;

  quantize_fp8_options()
      : handle_base(detail::fetch(&migraphx_quantize_fp8_options_create), own{}) {}

  void add_calibration_data(const program_parameters& data) const {
    call(
        &migraphx_quantize_fp8_options_add_calibration_data, get_handle_ptr(),
        data.get_handle_ptr());
  }
};

inline void quantize_fp16(const program& program) {
  call(&migraphx_quantize_fp16, program.get_handle_ptr());
}

inline void quantize_fp16(const program& program, const quantize_op_names& names) {
  call(&migraphx_quantize_fp16_with_op_names, program.get_handle_ptr(), names.get_handle_ptr());
}

inline void quantize_bf16(const program& program) {
  call(&migraphx_quantize_bf16, program.get_handle_ptr());
}

inline void quantize_bf16(const program& program, const quantize_op_names& names) {
  call(&migraphx_quantize_bf16_with_op_names, program.get_handle_ptr(), names.get_handle_ptr());
}

inline void quantize_int8(
    const program& program, const target& target, const quantize_int8_options& options) {
  call(
      &migraphx_quantize_int8, program.get_handle_ptr(), target.get_handle_ptr(),
      options.get_handle_ptr());
}

/// Each element of `calibration` holds the inputs of one run. Without any, results are less exact.
inline void quantize_int8(
    const program& program, const target& target,
    const std::vector<std::unordered_map<std::string, argument>>& calibration = {}) {
  quantize_int8_options options;
  for (const auto& inputs : calibration) options.add_calibration_data(inputs);
  quantize_int8(program, target, options);
}

inline void quantize_fp8(
    const program& program, const target& target, const quantize_fp8_options& options) {
  call(
      &migraphx_quantize_fp8, program.get_handle_ptr(), target.get_handle_ptr(),
      options.get_handle_ptr());
}

}  // namespace api
}  // namespace migraphx

#endif
