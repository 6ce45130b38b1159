/// Operators with their attributes.
#ifndef MIGRAPHX_OPERATION_HPP
#define MIGRAPHX_OPERATION_HPP

#include <migraphx/detail/handle.hpp>

#include <cstring>

namespace migraphx {
inline namespace api {

MIGRAPHX_HANDLE_TRAITS(operation)

struct operation : handle_base<migraphx_operation> {
  using handle_base::handle_base;

  operation() = default;

  /// `attributes` is a printf format of relaxed JSON, such as "{axes: [%i, %i]}".
  template <class... Ts>
  operation(const char* name, const char* attributes = nullptr, Ts... xs) {
    static_assert((std::is_scalar<Ts>::value && ...), "printf takes numbers and C strings");
    migraphx_operation_t handle = nullptr;
    call(&migraphx_operation_create, &handle, name, attributes, xs...);
    *this = operation(handle, own{});
  }

  std::string name() const {
    std::string result(1024, '\0');
    call(&migraphx_operation_name, &result[0], result.size(), get_handle_ptr());
    result.resize(std::strlen(result.c_str()));
    return result;
  }

  /// The attributes as JSON.
  std::string attributes() const {
    return detail::fetch_bytes(&migraphx_operation_attributes, get_handle_ptr());
  }
};

}  // namespace api
}  // namespace migraphx

#endif
