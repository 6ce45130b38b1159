/// How failures are reported: every one throws migraphx::exception.
#ifndef MIGRAPHX_ERRORS_HPP
#define MIGRAPHX_ERRORS_HPP

#include <stdexcept>
#include <string>

namespace migraphx {
inline namespace api {

/// A failure. what() says what was seen and what was needed.
struct exception : std::runtime_error {
  /// The status that the C interface reported, or what MIGRAPHX_THROW was given.
  unsigned int error;

  explicit exception(unsigned int error = 0, const std::string& message = "")
      : std::runtime_error(message), error(error) {}
};

inline exception make_exception(
    const std::string& context, unsigned int error, const std::string& message = "") {
  return exception(error, context + ": " + message);
}

inline exception make_exception(const std::string& context, const std::string& message) {
  return make_exception(context, 0, message);
}

/// The place in the source that an exception comes from, as text.
inline std::string make_source_context(
    const std::string& file, int line, const std::string& function) {
  return file + ":" + std::to_string(line) + ": " + function;
}

}  // namespace api
}  // namespace migraphx

/// Throws an exception that names this place: MIGRAPHX_THROW(message) or (error, message).
#define MIGRAPHX_THROW(...)       \
  throw migraphx::make_exception( \
      migraphx::make_source_context(__FILE__, __LINE__, __func__), __VA_ARGS__)

#endif
