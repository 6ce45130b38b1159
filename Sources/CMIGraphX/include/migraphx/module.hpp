/// Modules: the graphs that programs consist of.
#ifndef MIGRAPHX_MODULE_HPP
#define MIGRAPHX_MODULE_HPP

#include <migraphx/instruction_ref.hpp>

namespace migraphx {
inline namespace api {

struct module;

template <>
struct handle_traits<migraphx_module> {
  using type = module;
};

MIGRAPHX_HANDLE_TRAITS(modules)

/// A graph of a program. It belongs to the program, which lives on while the object does.
struct module : handle_base<migraphx_module> {
  using handle_base::handle_base;

  module() = default;

  /// So that modules can also be used like pointers.
  const module* operator->() const { return this; }

  std::string name() const { return detail::fetch(&migraphx_module_name, get_handle_ptr()); }

  /// Prints the instructions to standard output.
  void print() const { call(&migraphx_module_print, get_handle_ptr()); }

  /// The instructions in their order.
  std::vector<instruction> instructions() const {
    return api::instructions(
        detail::fetch(&migraphx_module_instructions, get_handle_ptr()), own{});
  }

  /// Adds an operator. Parameters, literals and returns have functions of their own.
  instruction add_instruction(const operation& op, const api::instructions& args) const {
    return {detail::fetch(
                &migraphx_module_add_instruction, get_handle_ptr(), op.get_handle_ptr(),
                args.get_handle_ptr()),
            own{}};
  }

  /// Adds an operator that runs modules, such as "if".
  instruction add_instruction(
      const operation& op, const api::instructions& args, const modules& module_args) const;

  instruction add_parameter(const std::string& name, const shape& shape) const {
    return {detail::fetch(
                &migraphx_module_add_parameter, get_handle_ptr(), name.c_str(),
                shape.get_handle_ptr()),
            own{}};
  }

  instruction add_literal(const literal& value) const {
    return add_literal(value.get_shape(), value.data());
  }

  /// Adds a copy of memory that is laid out as the shape says.
  template <class T>
  instruction add_literal(const shape& shape, const T* data) const {
    return {detail::fetch(
                &migraphx_module_add_literal, get_handle_ptr(), shape.get_handle_ptr(),
                reinterpret_cast<const char*>(data)),
            own{}};
  }

  /// Adds values row by row, converted to the shape's type.
  template <class T>
  instruction add_literal(const shape& shape, const std::vector<T>& values) const {
    return add_literal(literal(shape, values));
  }

  template <class T>
  instruction add_literal(const shape& shape, std::initializer_list<T> values) const {
    return add_literal(literal(shape, values));
  }

  /// Adds memory for a result, for custom operators that write to an input.
  instruction add_allocation(const shape& shape) const {
    return {
        detail::fetch(&migraphx_module_add_allocation, get_handle_ptr(), shape.get_handle_ptr()),
        own{}};
  }

  instruction add_return(const api::instructions& args) const {
    return {
        detail::fetch(&migraphx_module_add_return, get_handle_ptr(), args.get_handle_ptr()),
        own{}};
  }

  /// Makes the module return other values.
  instruction replace_return(const api::instructions& args) const {
    return {
        detail::fetch(&migraphx_module_replace_return, get_handle_ptr(), args.get_handle_ptr()),
        own{}};
  }

  friend std::ostream& operator<<(std::ostream& stream, const module& x) {
    return stream << detail::fetch_bytes(&migraphx_module_text, x.get_handle_ptr());
  }
};

/// A list of modules.
struct modules : handle_base<migraphx_modules> {
  using handle_base::handle_base;

  modules(const std::vector<module>& elements)
      : handle_base(create(detail::handles<migraphx_module_t>(elements)), own{}) {}

  modules(std::initializer_list<module> elements) : modules(std::vector<module>(elements)) {}

  template <class... Ts, class = detail::require_elements<module, Ts...>>
  modules(const Ts&... elements) : modules(std::vector<module>{elements...}) {}

 private:
  static migraphx_modules_t create(std::vector<migraphx_module_t> elements) {
    return detail::fetch(&migraphx_modules_create, elements.data(), elements.size());
  }
};

inline instruction module::add_instruction(
    const operation& op, const api::instructions& args, const modules& module_args) const {
  return {detail::fetch(
              &migraphx_module_add_instruction_with_mod_args, get_handle_ptr(),
              op.get_handle_ptr(), args.get_handle_ptr(), module_args.get_handle_ptr()),
          own{}};
}

}  // namespace api
}  // namespace migraphx

#endif
