#ifndef MIGRAPHX_GPU_TARGET_HPP
#define MIGRAPHX_GPU_TARGET_HPP

#include <migraphx/target.hpp>

namespace migraphx {
inline namespace api {
namespace gpu {

/// Compiled for a graphics processor.
struct target : api::target {
  target() : api::target("gpu") {}
};

}  // namespace gpu
}  // namespace api
}  // namespace migraphx

#endif
