/// Arguments and shapes by name.
#ifndef MIGRAPHX_PARAMETERS_HPP
#define MIGRAPHX_PARAMETERS_HPP

#include <migraphx/argument.hpp>

#include <unordered_map>

namespace migraphx {
inline namespace api {

MIGRAPHX_HANDLE_TRAITS(program_parameter_shapes)
MIGRAPHX_HANDLE_TRAITS(program_parameters)

/// Shapes by name.
struct program_parameter_shapes : handle_base<migraphx_program_parameter_shapes> {
  using handle_base::handle_base;

  program_parameter_shapes() = default;

  std::size_t size() const {
    return detail::fetch(&migraphx_program_parameter_shapes_size, get_handle_ptr());
  }
  shape operator[](const char* name) const {
    return {detail::fetch(&migraphx_program_parameter_shapes_get, get_handle_ptr(), name),
            share_handle()};
  }

  /// The names, which last as long as this object or a copy of it.
  std::vector<const char*> names() const {
    std::vector<const char*> result(size());
    if (!result.empty())
      call(&migraphx_program_parameter_shapes_names, result.data(), get_handle_ptr());
    return result;
  }

  operator std::unordered_map<std::string, shape>() const {
    std::unordered_map<std::string, shape> result;
    for (const char* name : names()) result.emplace(name, (*this)[name]);
    return result;
  }
};

/// Arguments by name.
struct program_parameters : handle_base<migraphx_program_parameters> {
  using handle_base::handle_base;

  program_parameters() : handle_base(detail::fetch(&migraphx_program_parameters_create), own{}) {}

  program_parameters(std::initializer_list<std::pair<std::string, argument>> elements)
      : program_parameters() {
    for (const auto& element : elements) add(element.first.c_str(), element.second);
  }

  program_parameters(const std::unordered_map<std::string, argument>& elements)
      : program_parameters() {
    for (const auto& element : elements) add(element.first.c_str(), element.second);
  }

  void add(const char* name, const argument& argument) const {
    call(
        &migraphx_program_parameters_add, get_handle_ptr(), name, argument.get_handle_ptr());
  }
};

}  // namespace api
}  // namespace migraphx

#endif
