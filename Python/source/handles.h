// Handles of the C interface as C++ values, and its failures as exceptions.
#pragma once

#include <migraphx/extensions.h>

#include <stdexcept>
#include <string>
#include <utility>

/// What Python sees as migraphx.Error.
struct Error : std::runtime_error {
  using std::runtime_error::runtime_error;
};

inline void check(migraphx_status status) {
  if (status != migraphx_status_success) throw Error(migraphx_get_last_error());
}

/// Owns a handle.
template <class T, migraphx_status (*destroy)(T)>
class Handle {
 public:
  Handle() = default;
  explicit Handle(T value) : value(value) {}
  Handle(Handle&& other) noexcept : value(std::exchange(other.value, nullptr)) {}
  Handle& operator=(Handle&& other) noexcept {
    std::swap(value, other.value);
    return *this;
  }
  ~Handle() {
    if (value) destroy(value);
  }

  operator T() const { return value; }
  /// Where a function of the C interface puts a new handle. Only for an empty one.
  T* receive() { return &value; }

 private:
  T value = nullptr;
};

#define HANDLE(Name, name) \
  using Name##Handle = Handle<migraphx_##name##_t, migraphx_##name##_destroy>
HANDLE(Argument, argument);
HANDLE(Arguments, arguments);
HANDLE(Buffer, buffer);
HANDLE(CompileOptions, compile_options);
HANDLE(DynamicDimension, dynamic_dimension);
HANDLE(DynamicDimensions, dynamic_dimensions);
HANDLE(FileOptions, file_options);
HANDLE(Instruction, instruction);
HANDLE(Instructions, instructions);
HANDLE(Modules, modules);
HANDLE(OnnxOptions, onnx_options);
HANDLE(Operation, operation);
HANDLE(Optimals, optimals);
HANDLE(Program, program);
HANDLE(ProgramParameters, program_parameters);
HANDLE(ProgramParameterShapes, program_parameter_shapes);
HANDLE(QuantizeFp8Options, quantize_fp8_options);
HANDLE(QuantizeInt8Options, quantize_int8_options);
HANDLE(QuantizeOpNames, quantize_op_names);
HANDLE(Shape, shape);
HANDLE(Shapes, shapes);
HANDLE(Target, target);
HANDLE(TfOptions, tf_options);
HANDLE(Value, value);
HANDLE(Values, values);
#undef HANDLE

/// The handle that `create` makes.
template <class H, class Function, class... Arguments>
H create(Function create, Arguments&&... arguments) {
  H handle;
  check(create(handle.receive(), std::forward<Arguments>(arguments)...));
  return handle;
}

/// The value that `function` gives.
template <class T, class Function, class... Arguments>
T get(Function function, Arguments&&... arguments) {
  T value{};
  check(function(&value, std::forward<Arguments>(arguments)...));
  return value;
}

/// The elements of an array that `function` gives.
template <class T, class Function, class Owner>
std::pair<const T*, size_t> array(Function function, const Owner& owner) {
  const T* first = nullptr;
  size_t size = 0;
  check(function(&first, &size, owner));
  return {first, size};
}

/// The text that `function` gives.
template <class Function, class Owner>
std::string text(Function function, const Owner& owner) {
  auto buffer = create<BufferHandle>(function, owner);
  auto [first, size] = array<char>(migraphx_buffer_data, buffer);
  return {first, size};
}
