/// Instructions of modules.
#ifndef MIGRAPHX_INSTRUCTION_REF_HPP
#define MIGRAPHX_INSTRUCTION_REF_HPP

#include <migraphx/literal.hpp>
#include <migraphx/operation.hpp>

#include <functional>

namespace migraphx {
inline namespace api {

MIGRAPHX_HANDLE_TRAITS(instruction)
MIGRAPHX_HANDLE_TRAITS(instructions)

/// An instruction of a module.
struct instruction : handle_base<const migraphx_instruction> {
  using handle_base::handle_base;

  instruction() = default;

  /// So that instructions can also be used like pointers.
  const instruction* operator->() const { return this; }

  /// "@param", "@literal", "@return" or the operator's name.
  std::string name() const { return detail::fetch(&migraphx_instruction_name, get_handle_ptr()); }
  shape get_shape() const {
    return {detail::fetch(&migraphx_instruction_shape, get_handle_ptr()), own{}};
  }
  operation get_operator() const {
    return {detail::fetch(&migraphx_instruction_op, get_handle_ptr()), own{}};
  }
  literal get_literal() const {
    return literal(
        argument(detail::fetch(&migraphx_instruction_literal_value, get_handle_ptr()), own{}));
  }
  std::vector<instruction> inputs() const;
  std::vector<instruction> outputs() const;

  friend bool operator==(const instruction& x, const instruction& y) {
    return detail::fetch(&migraphx_instruction_equal, x.get_handle_ptr(), y.get_handle_ptr());
  }
  friend bool operator!=(const instruction& x, const instruction& y) { return !(x == y); }
};

using instruction_ref = instruction;

/// A list of instructions.
struct instructions : handle_base<migraphx_instructions>, array_base<instructions> {
  using handle_base::handle_base;

  instructions(const std::vector<instruction>& elements)
      : handle_base(create(detail::handles<const_migraphx_instruction_t>(elements)), own{}) {}

  instructions(std::initializer_list<instruction> elements)
      : instructions(std::vector<instruction>(elements)) {}

  template <class... Ts, class = detail::require_elements<instruction, Ts...>>
  instructions(const Ts&... elements) : instructions(std::vector<instruction>{elements...}) {}

  std::size_t size() const { return detail::fetch(&migraphx_instructions_size, get_handle_ptr()); }
  instruction operator[](std::size_t index) const {
    return {detail::fetch(&migraphx_instructions_get, get_handle_ptr(), index), own{}};
  }

  operator std::vector<instruction>() const { return {begin(), end()}; }

 private:
  static migraphx_instructions_t create(const std::vector<const_migraphx_instruction_t>& elements) {
    return detail::fetch(&migraphx_instructions_create, elements.data(), elements.size());
  }
};

inline std::vector<instruction> instruction::inputs() const {
  return instructions(detail::fetch(&migraphx_instruction_inputs, get_handle_ptr()), own{});
}

inline std::vector<instruction> instruction::outputs() const {
  return instructions(detail::fetch(&migraphx_instruction_outputs, get_handle_ptr()), own{});
}

}  // namespace api
}  // namespace migraphx

template <>
struct std::hash<migraphx::instruction> {
  std::size_t operator()(const migraphx::instruction& x) const {
    return migraphx::detail::fetch(&migraphx_instruction_hash, x.get_handle_ptr());
  }
};

#endif
