#ifndef MIGRAPHX_REF_TARGET_HPP
#define MIGRAPHX_REF_TARGET_HPP

#include <migraphx/target.hpp>

namespace migraphx {
inline namespace api {
namespace ref {

/// Every operator's plain implementation on the host.
struct target : api::target {
  target() : api::target("ref") {}
};

}  // namespace ref
}  // namespace api
}  // namespace migraphx

#endif
