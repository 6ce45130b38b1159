/// Device memory, for programs compiled with offload_copy = false.
#ifndef MIGRAPHX_GPU_HIP_HPP
#define MIGRAPHX_GPU_HIP_HPP

#include <migraphx/argument.hpp>

namespace migraphx {
inline namespace api {
namespace gpu {

/// Device memory, or with `host` memory of the host that copies fast.
inline argument allocate_gpu(const shape& shape, bool host = false) {
  return {detail::fetch(&migraphx_gpu_allocate, shape.get_handle_ptr(), host), own{}};
}

/// A copy in device memory.
inline argument to_gpu(const argument& data, bool host = false) {
  return {detail::fetch(&migraphx_gpu_copy_to, data.get_handle_ptr(), host), own{}};
}

/// A copy in the host's memory.
inline argument from_gpu(const argument& data) {
  return {detail::fetch(&migraphx_gpu_copy_from, data.get_handle_ptr()), own{}};
}

/// Waits until the device is idle.
inline void gpu_sync() { call(&migraphx_gpu_sync); }
inline void sync() { gpu_sync(); }

}  // namespace gpu
}  // namespace api
}  // namespace migraphx

#endif
