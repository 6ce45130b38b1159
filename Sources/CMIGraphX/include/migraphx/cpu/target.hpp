#ifndef MIGRAPHX_CPU_TARGET_HPP
#define MIGRAPHX_CPU_TARGET_HPP

#include <migraphx/target.hpp>

namespace migraphx {
inline namespace api {
namespace cpu {

/// Compiled for this processor.
struct target : api::target {
  target() : api::target("cpu") {}
};

}  // namespace cpu
}  // namespace api
}  // namespace migraphx

#endif
