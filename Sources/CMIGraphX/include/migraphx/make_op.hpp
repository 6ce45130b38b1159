/// Making operators by name.
#ifndef MIGRAPHX_MAKE_OP_HPP
#define MIGRAPHX_MAKE_OP_HPP

#include <migraphx/operation.hpp>
#include <migraphx/value.hpp>

namespace migraphx {
inline namespace api {

/// An operator with its defaults.
inline operation make_op(const std::string& name) { return operation(name.c_str()); }

/// An operator with attributes in (relaxed) JSON.
inline operation make_op(const std::string& name, const char* attributes) {
  return {detail::fetch(&migraphx_operation_create_from_json, name.c_str(), attributes), own{}};
}

/// An operator with attributes such as `{{"padding", {1, 1}}, {"group", 2}}`.
inline operation make_op(const std::string& name, const value& attributes) {
  return make_op(name, attributes.to_json().c_str());
}

}  // namespace api
}  // namespace migraphx

#endif
