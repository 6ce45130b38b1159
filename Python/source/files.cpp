// Reading and saving programs.
#include "bindings.h"

namespace {

using Dimensions = std::map<std::string, std::vector<size_t>>;
using DynamicDimensions = std::map<std::string, std::vector<DynamicDimension>>;
using Key = std::optional<nb::bytes>;

/// The bytes of a buffer, or of a str in UTF-8.
class Bytes {
 public:
  explicit Bytes(nb::handle object) {
    source = nb::isinstance<nb::str>(object) ? object.attr("encode")() : nb::borrow(object);
    if (PyObject_GetBuffer(source.ptr(), &view, PyBUF_SIMPLE) != 0) throw nb::python_error();
  }
  Bytes(const Bytes&) = delete;
  ~Bytes() { PyBuffer_Release(&view); }

  const void* data() const { return view.buf; }
  size_t size() const { return size_t(view.len); }

 private:
  nb::object source;
  Py_buffer view{};
};

OnnxOptionsHandle onnx_options(
    size_t default_dim_value, const DynamicDimension& default_dyn_dim_value,
    const Dimensions& map_input_dims, const DynamicDimensions& map_dyn_input_dims,
    bool skip_unknown_operators, bool print_program_on_error, bool use_debug_symbols) {
  auto options = create<OnnxOptionsHandle>(migraphx_onnx_options_create);
  const bool has_range = !(default_dyn_dim_value == DynamicDimension{1, 1, {}});
  if (default_dim_value && has_range)
    throw Error("default_dim_value and default_dyn_dim_value exclude each other");
  if (!map_input_dims.empty() && !map_dyn_input_dims.empty())
    throw Error("map_input_dims and map_dyn_input_dims exclude each other");
  if (default_dim_value)
    check(migraphx_onnx_options_set_default_dim_value(options, default_dim_value));
  if (has_range)
    check(migraphx_onnx_options_set_default_dyn_dim_value(options, default_dyn_dim_value.handle()));
  for (auto [name, lens] : map_input_dims)
    check(migraphx_onnx_options_set_input_parameter_shape(
        options, c_string(name), lens.data(), lens.size()));
  for (const auto& [name, ranges] : map_dyn_input_dims)
    check(migraphx_onnx_options_set_dyn_input_parameter_shape(
        options, c_string(name), dynamic_dimensions(ranges)));
  check(migraphx_onnx_options_set_skip_unknown_operators(options, skip_unknown_operators));
  check(migraphx_onnx_options_set_print_program_on_error(options, print_program_on_error));
  check(migraphx_onnx_options_set_use_debug_symbols(options, use_debug_symbols));
  return options;
}

Program parse_onnx(
    const Path& filename, size_t default_dim_value, const DynamicDimension& default_dyn_dim_value,
    const std::map<std::string, DynamicDimension>& dim_params, const Dimensions& map_input_dims,
    const DynamicDimensions& map_dyn_input_dims, bool skip_unknown_operators,
    bool print_program_on_error, int64_t max_loop_iterations, int64_t limit_max_iterations,
    bool use_debug_symbols) {
  auto options = onnx_options(
      default_dim_value, default_dyn_dim_value, map_input_dims, map_dyn_input_dims,
      skip_unknown_operators, print_program_on_error, use_debug_symbols);
  for (const auto& [name, range] : dim_params)
    check(migraphx_onnx_options_set_dim_param(options, c_string(name), range.handle()));
  check(migraphx_onnx_options_set_default_loop_iterations(options, max_loop_iterations));
  check(migraphx_onnx_options_set_limit_loop_iterations(options, limit_max_iterations));
  nb::gil_scoped_release no_gil;
  return Program(create<ProgramHandle>(migraphx_parse_onnx, filename, options));
}

Program parse_onnx_buffer(
    nb::handle filename, size_t default_dim_value, const DynamicDimension& default_dyn_dim_value,
    const Dimensions& map_input_dims, const DynamicDimensions& map_dyn_input_dims,
    bool skip_unknown_operators, bool print_program_on_error, const Path& external_data_path,
    bool use_debug_symbols) {
  const Bytes model(filename);
  auto options = onnx_options(
      default_dim_value, default_dyn_dim_value, map_input_dims, map_dyn_input_dims,
      skip_unknown_operators, print_program_on_error, use_debug_symbols);
  check(migraphx_onnx_options_set_external_data_path(options, external_data_path));
  nb::gil_scoped_release no_gil;
  return Program(
      create<ProgramHandle>(migraphx_parse_onnx_buffer, model.data(), model.size(), options));
}

Program parse_tf(
    const Path& filename, bool is_nhwc, size_t batch_size, const Dimensions& map_input_dims,
    const std::vector<std::string>& output_names) {
  auto options = create<TfOptionsHandle>(migraphx_tf_options_create);
  check(migraphx_tf_options_set_nhwc(options, is_nhwc));
  check(migraphx_tf_options_set_default_dim_value(options, batch_size));
  for (auto [name, lens] : map_input_dims)
    check(migraphx_tf_options_set_input_parameter_shape(
        options, c_string(name), lens.data(), lens.size()));
  std::vector<const char*> names;
  for (const auto& name : output_names) names.push_back(c_string(name));
  check(migraphx_tf_options_set_output_names(options, names.data(), names.size()));
  nb::gil_scoped_release no_gil;
  return Program(create<ProgramHandle>(migraphx_parse_tf, filename, options));
}

std::vector<std::string> onnx_operators() {
  std::vector<std::string> names(get<size_t>(migraphx_get_onnx_operators_size));
  for (size_t i = 0; i < names.size(); ++i)
    names[i] = get<char*>(migraphx_get_onnx_operator_name_at_index, i);
  return names;
}

FileOptionsHandle file_options(const std::string& format, const Key& key) {
  auto options = create<FileOptionsHandle>(migraphx_file_options_create);
  check(migraphx_file_options_set_file_format(options, c_string(format)));
  if (key)
    check(migraphx_file_options_set_encryption_key(options, key->c_str(), key->size()));
  return options;
}

FileOptionsHandle load_options(
    const std::string& format, const Key& key, size_t device_id, bool trust_code) {
  auto options = file_options(format, key);
  check(migraphx_file_options_set_device_id(options, device_id));
  check(migraphx_file_options_set_trust_code(options, trust_code));
  return options;
}

Program load(
    const Path& filename, const std::string& format, const Key& key, size_t device_id,
    bool trust_code) {
  auto options = load_options(format, key, device_id, trust_code);
  nb::gil_scoped_release no_gil;
  return Program(create<ProgramHandle>(migraphx_load, filename, options));
}

Program load_buffer(nb::handle b, const Key& key, size_t device_id, bool trust_code) {
  const Bytes file(b);
  auto options = load_options("msgpack", key, device_id, trust_code);
  nb::gil_scoped_release no_gil;
  return Program(
      create<ProgramHandle>(migraphx_load_buffer, file.data(), file.size(), options));
}

void save(const Program& p, const Path& filename, const std::string& format, const Key& key) {
  auto options = file_options(format, key);
  nb::gil_scoped_release no_gil;
  check(migraphx_save(p, filename, options));
}

nb::bytes save_buffer(const Program& p, const Key& key) {
  auto options = file_options("msgpack", key);
  BufferHandle file;
  {
    nb::gil_scoped_release no_gil;
    file = create<BufferHandle>(migraphx_save_buffer, p, options);
  }
  auto [first, size] = array<char>(migraphx_buffer_data, file);
  return nb::bytes(first, size);
}

}  // namespace

void bind_files(nb::module_& module) {
  const DynamicDimension one{1, 1, {}};
  module.def("parse_onnx", parse_onnx, "filename"_a, "default_dim_value"_a = 0,
             "default_dyn_dim_value"_a = one,
             "dim_params"_a = std::map<std::string, DynamicDimension>(),
             "map_input_dims"_a = Dimensions(), "map_dyn_input_dims"_a = DynamicDimensions(),
             "skip_unknown_operators"_a = false, "print_program_on_error"_a = false,
             "max_loop_iterations"_a = 10, "limit_max_iterations"_a = 65535,
             "use_debug_symbols"_a = false,
             "The program of an ONNX file. map_input_dims gives the largest shapes of inputs with "
             "open axes.");
  module.def("parse_onnx_buffer", parse_onnx_buffer, "filename"_a, "default_dim_value"_a = 0,
             "default_dyn_dim_value"_a = one, "map_input_dims"_a = Dimensions(),
             "map_dyn_input_dims"_a = DynamicDimensions(), "skip_unknown_operators"_a = false,
             "print_program_on_error"_a = false, "external_data_path"_a = "",
             "use_debug_symbols"_a = false,
             "The program of an ONNX model's bytes, which are what filename stands for.");
  module.def("parse_tf", parse_tf, "filename"_a, "is_nhwc"_a = true, "batch_size"_a = 1,
             "map_input_dims"_a = Dimensions(), "output_names"_a = std::vector<std::string>(),
             "The program of a TensorFlow file. Not supported yet: raises Error.");
  module.def("get_onnx_operators", onnx_operators, "The ONNX operators that are read, sorted.");

  module.def("load", load, "filename"_a, "format"_a = "msgpack", nb::kw_only(),
             "key"_a = nb::none(), "device_id"_a = 0, "trust_code"_a = false,
             "The program that a file holds; key decrypts it.");
  module.def("load_buffer", load_buffer, "b"_a, nb::kw_only(), "key"_a = nb::none(),
             "device_id"_a = 0, "trust_code"_a = false, "The program that bytes hold.");
  module.def("save", save, "p"_a, "filename"_a, "format"_a = "msgpack", nb::kw_only(),
             "key"_a = nb::none(), "Saves a program; key encrypts it.");
  module.def("save_buffer", save_buffer, "p"_a, nb::kw_only(), "key"_a = nb::none(),
             "The bytes of a saved program.");
}
