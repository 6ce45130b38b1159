/// Calling the C interface.
#ifndef MIGRAPHX_DETAIL_CALL_HPP
#define MIGRAPHX_DETAIL_CALL_HPP

#include <migraphx/errors.hpp>
#include <migraphx/extensions.h>

#include <string>
#include <utility>
#include <vector>

namespace migraphx {
inline namespace api {

/// Calls a C function, and throws what it reports.
template <class Function, class... Arguments>
void call(Function function, Arguments&&... arguments) {
  const migraphx_status status = function(std::forward<Arguments>(arguments)...);
  if (status != migraphx_status_success) throw exception(status, migraphx_get_last_error());
}

namespace detail {

/// Calls a C function that gives one result, and returns the result.
template <class Result, class... Parameters, class... Arguments>
Result fetch(migraphx_status (*function)(Result*, Parameters...), Arguments&&... arguments) {
  Result result{};
  call(function, &result, std::forward<Arguments>(arguments)...);
  return result;
}

/// Calls a C function that gives a borrowed array, and returns a copy of it.
template <class Object>
std::vector<std::size_t> fetch_sizes(
    migraphx_status (*function)(const std::size_t**, std::size_t*, const Object*),
    const Object* object) {
  const std::size_t* sizes = nullptr;
  std::size_t count = 0;
  call(function, &sizes, &count, object);
  return std::vector<std::size_t>(sizes, sizes + count);
}

/// Calls a C function that gives a block of bytes, and returns a copy of them.
template <class Bytes = std::string, class... Parameters, class... Arguments>
Bytes fetch_bytes(
    migraphx_status (*function)(migraphx_buffer_t*, Parameters...), Arguments&&... arguments) {
  struct owner {
    migraphx_buffer_t buffer;
    ~owner() { migraphx_buffer_destroy(buffer); }
  } owner{fetch(function, std::forward<Arguments>(arguments)...)};
  const char* data = nullptr;
  std::size_t size = 0;
  call(&migraphx_buffer_data, &data, &size, owner.buffer);
  return Bytes(data, data + size);
}

}  // namespace detail
}  // namespace api
}  // namespace migraphx

#endif
