/// Reading TensorFlow models.
#ifndef MIGRAPHX_TF_HPP
#define MIGRAPHX_TF_HPP

#include <migraphx/program.hpp>

#include <optional>

namespace migraphx {
inline namespace api {

MIGRAPHX_HANDLE_TRAITS(tf_options)

/// How TensorFlow models are read: a plain value, whose fields and setters do the same.
struct tf_options {
  std::unordered_map<std::string, std::vector<std::size_t>> map_input_dims;
  std::optional<std::size_t> default_dim_value;
  std::vector<std::string> output_names;
  /// Whether the model's images have their channels last.
  bool is_nhwc = true;

  void set_nhwc(bool value = true) { is_nhwc = value; }
  void set_input_parameter_shape(const std::string& name, std::vector<std::size_t> dims) {
    map_input_dims[name] = std::move(dims);
  }
  void set_default_dim_value(std::size_t value) { default_dim_value = value; }
  void set_output_names(const std::vector<const char*>& names) {
    output_names.assign(names.begin(), names.end());
  }

  /// These options for the C interface. The result owns them.
  detail::options_handle<migraphx_tf_options> get_handle_ptr() const {
    detail::options_handle<migraphx_tf_options> handle(&migraphx_tf_options_create);
    call(&migraphx_tf_options_set_nhwc, handle, is_nhwc);
    for (auto [name, dims] : map_input_dims)
      call(
          &migraphx_tf_options_set_input_parameter_shape, handle, name.c_str(), dims.data(),
          dims.size());
    if (default_dim_value)
      call(&migraphx_tf_options_set_default_dim_value, handle, *default_dim_value);
    std::vector<const char*> names;
    for (const auto& name : output_names) names.push_back(name.c_str());
    if (!names.empty())
      call(&migraphx_tf_options_set_output_names, handle, names.data(), names.size());
    return handle;
  }
};

/// Reads a model file.
inline program parse_tf(const std::string& filename, const tf_options& options = {}) {
  return {detail::fetch(&migraphx_parse_tf, filename.c_str(), options.get_handle_ptr()), own{}};
}

/// Reads a model in memory.
inline program parse_tf_buffer(
    const void* data, std::size_t size, const tf_options& options = {}) {
  return {detail::fetch(&migraphx_parse_tf_buffer, data, size, options.get_handle_ptr()), own{}};
}

inline program parse_tf_buffer(const std::string& model, const tf_options& options = {}) {
  return parse_tf_buffer(model.data(), model.size(), options);
}

}  // namespace api
}  // namespace migraphx

#endif
