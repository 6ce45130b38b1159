/// Saving programs, and loading them.
#ifndef MIGRAPHX_LOAD_SAVE_HPP
#define MIGRAPHX_LOAD_SAVE_HPP

#include <migraphx/program.hpp>

namespace migraphx {
inline namespace api {

MIGRAPHX_HANDLE_TRAITS(file_options)

/// How programs are saved and loaded: a plain value, whose fields and setters do the same.
struct file_options {
  /// "msgpack", a binary file, or "json".
  std::string format = "msgpack";
  /// The device that a loaded program runs on.
  std::size_t device_id = 0;
  /// Encrypts what is saved and decrypts what is loaded: 16, 24 or 32 bytes.
  std::string encryption_key;
  /// Whether machine code in a file is run that nothing authenticates.
  bool trust_code = false;

  void set_file_format(const char* name) { format = name; }

  /// These options for the C interface. The result owns them.
  detail::options_handle<migraphx_file_options> get_handle_ptr() const {
    detail::options_handle<migraphx_file_options> handle(&migraphx_file_options_create);
    call(&migraphx_file_options_set_file_format, handle, format.c_str());
    call(&migraphx_file_options_set_device_id, handle, device_id);
    if (!encryption_key.empty())
      call(
          &migraphx_file_options_set_encryption_key, handle, encryption_key.data(),
          encryption_key.size());
    call(&migraphx_file_options_set_trust_code, handle, trust_code);
    return handle;
  }
};

inline void save(
    const program& program, const std::string& filename, const file_options& options = {}) {
  call(&migraphx_save, program.get_handle_ptr(), filename.c_str(), options.get_handle_ptr());
}

inline program load(const std::string& filename, const file_options& options = {}) {
  return {detail::fetch(&migraphx_load, filename.c_str(), options.get_handle_ptr()), own{}};
}

/// Saves a program to memory.
inline std::vector<char> save_buffer(const program& program, const file_options& options = {}) {
  return detail::fetch_bytes<std::vector<char>>(
      &migraphx_save_buffer, program.get_handle_ptr(), options.get_handle_ptr());
}

/// Loads a program from memory.
inline program load_buffer(
    const char* data, std::size_t size, const file_options& options = {}) {
  return {detail::fetch(&migraphx_load_buffer, data, size, options.get_handle_ptr()), own{}};
}

inline program load_buffer(const std::vector<char>& data, const file_options& options = {}) {
  return load_buffer(data.data(), data.size(), options);
}

}  // namespace api
}  // namespace migraphx

#endif
