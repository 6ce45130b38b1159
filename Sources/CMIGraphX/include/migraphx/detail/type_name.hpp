/// Names of C++ types.
#ifndef MIGRAPHX_DETAIL_TYPE_NAME_HPP
#define MIGRAPHX_DETAIL_TYPE_NAME_HPP

#include <string>

namespace migraphx {
inline namespace api {

/// The name of a type as the source spells it, such as "ihipStream_t".
template <class Named>
std::string get_type_name() {
  // Compilers write "… [Named = T]" or "… [with Named = T; …]".
  const std::string function = __PRETTY_FUNCTION__;
  const std::string key = "Named = ";
  const auto begin = function.find(key) + key.size();
  return function.substr(begin, function.find_first_of(";]", begin) - begin);
}

}  // namespace api
}  // namespace migraphx

#endif
