/// How programs are compiled.
#ifndef MIGRAPHX_COMPILE_OPTIONS_HPP
#define MIGRAPHX_COMPILE_OPTIONS_HPP

#include <migraphx/detail/handle.hpp>

namespace migraphx {
inline namespace api {

MIGRAPHX_HANDLE_TRAITS(compile_options)

/// How programs are compiled: a plain value, whose fields and setters do the same.
struct compile_options {
  /// Whether inputs and outputs are in the host's memory, rather than the target's.
  bool offload_copy = false;
  /// Whether operators may be replaced by faster, less exact ones.
  bool fast_math = true;
  /// Whether to search all the ways of computing an operator for the fastest.
  bool exhaustive_tune = false;
  /// The device that the program runs on.
  std::size_t device_id = 0;

  void set_offload_copy(bool value = true) { offload_copy = value; }
  void set_fast_math(bool value = true) { fast_math = value; }
  void set_exhaustive_tune_flag(bool value = true) { exhaustive_tune = value; }

  /// These options for the C interface. The result owns them.
  detail::options_handle<migraphx_compile_options> get_handle_ptr() const {
    detail::options_handle<migraphx_compile_options> handle(&migraphx_compile_options_create);
    call(&migraphx_compile_options_set_offload_copy, handle, offload_copy);
    call(&migraphx_compile_options_set_fast_math, handle, fast_math);
    call(&migraphx_compile_options_set_exhaustive_tune_flag, handle, exhaustive_tune);
    call(&migraphx_compile_options_set_device_id, handle, device_id);
    return handle;
  }
};

}  // namespace api
}  // namespace migraphx

#endif
