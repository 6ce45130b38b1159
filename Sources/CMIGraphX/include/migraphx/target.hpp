/// What programs are compiled for.
#ifndef MIGRAPHX_TARGET_HPP
#define MIGRAPHX_TARGET_HPP

#include <migraphx/detail/handle.hpp>

namespace migraphx {
inline namespace api {

MIGRAPHX_HANDLE_TRAITS(target)

struct target : handle_base<migraphx_target> {
  using handle_base::handle_base;

  target() = default;

  target(const char* name) : handle_base(detail::fetch(&migraphx_target_create, name), own{}) {}

  target(const std::string& name) : target(name.c_str()) {}

  std::string name() const { return detail::fetch(&migraphx_target_name, get_handle_ptr()); }
};

}  // namespace api
}  // namespace migraphx

#endif
