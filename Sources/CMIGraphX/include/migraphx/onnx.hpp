/// Reading ONNX models.
#ifndef MIGRAPHX_ONNX_HPP
#define MIGRAPHX_ONNX_HPP

#include <migraphx/program.hpp>

#include <optional>

namespace migraphx {
inline namespace api {

MIGRAPHX_HANDLE_TRAITS(onnx_options)

/// How ONNX models are read: a plain value, whose fields and setters do the same.
struct onnx_options {
  /// Sizes of inputs: the maximum of an axis that the model leaves open, otherwise its size.
  std::unordered_map<std::string, std::vector<std::size_t>> map_input_dims;
  /// Ranges of sizes of inputs.
  std::unordered_map<std::string, dynamic_dimensions> map_dyn_input_dims;
  /// Ranges of the model's symbolic sizes.
  std::unordered_map<std::string, dynamic_dimension> dim_params;
  /// The size of axes that nothing else gives one.
  std::optional<std::size_t> default_dim_value;
  /// The range of sizes of axes that nothing else gives one.
  std::optional<dynamic_dimension> default_dyn_dim_value;
  /// How often a loop without a trip count runs.
  std::optional<std::int64_t> max_loop_iterations;
  /// The most that a loop may run.
  std::optional<std::int64_t> limit_max_iterations;
  /// Whether operators that are not known become placeholders.
  bool skip_unknown_operators = false;
  /// Whether a failure prints the program as far as it was read.
  bool print_program_on_error = false;
  /// Whether instructions keep the names of the nodes that they come from.
  bool use_debug_symbols = false;
  /// The folder of weights that are kept outside a model read from memory.
  std::string external_data_path;

  void set_input_parameter_shape(const std::string& name, std::vector<std::size_t> dims) {
    map_input_dims[name] = std::move(dims);
  }
  void set_dyn_input_parameter_shape(const std::string& name, const dynamic_dimensions& dims) {
    map_dyn_input_dims[name] = dims;
  }
  void set_default_dim_value(std::size_t value) { default_dim_value = value; }
  void set_default_dyn_dim_value(const dynamic_dimension& value) { default_dyn_dim_value = value; }
  void set_default_loop_iterations(std::int64_t value) { max_loop_iterations = value; }
  void set_limit_loop_iterations(std::int64_t value) { limit_max_iterations = value; }
  void set_external_data_path(const std::string& path) { external_data_path = path; }
  void set_use_debug_symbols(bool value = true) { use_debug_symbols = value; }

  /// These options for the C interface. The result owns them.
  detail::options_handle<migraphx_onnx_options> get_handle_ptr() const {
    detail::options_handle<migraphx_onnx_options> handle(&migraphx_onnx_options_create);
    for (auto [name, dims] : map_input_dims)
      call(
          &migraphx_onnx_options_set_input_parameter_shape, handle, name.c_str(), dims.data(),
          dims.size());
    for (const auto& [name, dims] : map_dyn_input_dims)
      call(
          &migraphx_onnx_options_set_dyn_input_parameter_shape, handle, name.c_str(),
          dims.get_handle_ptr());
    for (const auto& [name, range] : dim_params)
      call(
          &migraphx_onnx_options_set_dim_param, handle, name.c_str(), range.get_handle_ptr());
    if (default_dim_value)
      call(&migraphx_onnx_options_set_default_dim_value, handle, *default_dim_value);
    if (default_dyn_dim_value)
      call(
          &migraphx_onnx_options_set_default_dyn_dim_value, handle,
          default_dyn_dim_value->get_handle_ptr());
    if (max_loop_iterations)
      call(&migraphx_onnx_options_set_default_loop_iterations, handle, *max_loop_iterations);
    if (limit_max_iterations)
      call(&migraphx_onnx_options_set_limit_loop_iterations, handle, *limit_max_iterations);
    if (!external_data_path.empty())
      call(
          &migraphx_onnx_options_set_external_data_path, handle, external_data_path.c_str());
    call(&migraphx_onnx_options_set_skip_unknown_operators, handle, skip_unknown_operators);
    call(&migraphx_onnx_options_set_print_program_on_error, handle, print_program_on_error);
    call(&migraphx_onnx_options_set_use_debug_symbols, handle, use_debug_symbols);
    return handle;
  }
};

/// Reads a model file.
inline program parse_onnx(const std::string& filename, const onnx_options& options = {}) {
  return {
      detail::fetch(&migraphx_parse_onnx, filename.c_str(), options.get_handle_ptr()), own{}};
}

/// Reads a model in memory.
inline program parse_onnx_buffer(
    const void* data, std::size_t size, const onnx_options& options = {}) {
  return {detail::fetch(&migraphx_parse_onnx_buffer, data, size, options.get_handle_ptr()), own{}};
}

inline program parse_onnx_buffer(const std::string& model, const onnx_options& options = {}) {
  return parse_onnx_buffer(model.data(), model.size(), options);
}

/// The names of the ONNX operators that can be read.
inline std::vector<std::string> get_onnx_operators() {
  std::vector<std::string> names(detail::fetch(&migraphx_get_onnx_operators_size));
  for (std::size_t i = 0; i < names.size(); ++i)
    names[i] = detail::fetch(&migraphx_get_onnx_operator_name_at_index, i);
  return names;
}

}  // namespace api
}  // namespace migraphx

#endif
