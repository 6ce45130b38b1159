// The Python module's classes, and what its parts offer each other.
#pragma once

#include "handles.h"

#include <nanobind/nanobind.h>
#include <nanobind/stl/map.h>
#include <nanobind/stl/optional.h>
#include <nanobind/stl/set.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace nb = nanobind;
using namespace nb::literals;

struct DynamicDimension {
  size_t min = 0;
  size_t max = 0;
  std::set<size_t> optimals;

  bool operator==(const DynamicDimension& other) const {
    return min == other.min && max == other.max && optimals == other.optimals;
  }
  DynamicDimensionHandle handle() const;
};

/// Ranges as the C interface takes them.
DynamicDimensionsHandle dynamic_dimensions(const std::vector<DynamicDimension>& ranges);

struct Shape {
  ShapeHandle handle;

  Shape() = default;
  explicit Shape(ShapeHandle handle) : handle(std::move(handle)) {}
  /// A copy of a shape that something else owns.
  explicit Shape(const_migraphx_shape_t borrowed);

  migraphx_shape_datatype_t type() const {
    return get<migraphx_shape_datatype_t>(migraphx_shape_type, handle);
  }
  std::vector<size_t> lens() const;
  std::vector<size_t> strides() const;
  size_t elements() const { return get<size_t>(migraphx_shape_elements, handle); }
  size_t type_size() const { return get<size_t>(migraphx_shape_type_size, handle); }
};

struct Argument {
  ArgumentHandle handle;
  /// Whether the memory belongs to an object that forbids writing to it.
  bool readonly = false;

  Argument() = default;
  explicit Argument(ArgumentHandle handle, bool readonly = false)
      : handle(std::move(handle)), readonly(readonly) {}
  /// Shares the memory of an argument that something else owns.
  explicit Argument(const_migraphx_argument_t borrowed);

  Shape shape() const {
    return Shape(get<const_migraphx_shape_t>(migraphx_argument_shape, handle));
  }
  char* data() const { return get<char*>(migraphx_argument_buffer, handle); }
  bool is_text() const { return shape().type() == migraphx_shape_string_type; }
};

struct Target {
  TargetHandle handle;
};

/// Shared with the modules and instructions that are parts of it.
struct Program {
  std::shared_ptr<ProgramHandle> handle;

  explicit Program(ProgramHandle handle)
      : handle(std::make_shared<ProgramHandle>(std::move(handle))) {}
  operator migraphx_program_t() const { return *handle; }
};

/// Program parameters, and whether one of them must not be written to.
struct Parameters {
  ProgramParametersHandle handle;
  std::set<std::string> readonly;

  /// Lists and None are values for the program's inputs that are no tensors.
  explicit Parameters(const nb::dict& values, const Program* program = nullptr);
};

/// What Python has for a value: an argument, a list, a tuple, or None.
nb::object object_from_value(const_migraphx_value_t value);
/// A value from a list of values, None, or what an argument can be made of.
ValueHandle value_from_object(nb::handle object);

/// A file's name as the operating system takes it: the bytes of a str, bytes or path.
struct Path {
  std::string bytes;
  operator const char*() const { return bytes.c_str(); }
};

/// A name as the C interface takes it. Throws a ValueError when it contains a zero.
inline const char* c_string(const std::string& name) {
  if (name.find('\0') != std::string::npos)
    throw nb::value_error("a name contains a zero character");
  return name.c_str();
}

/// An argument on the memory of a Python object, which is kept alive: a buffer or a DLPack tensor. Text is copied.
Argument argument_from_object(nb::handle object);
Argument argument_from_dlpack(nb::handle object);
/// The argument that `object` is, or one on its memory.
struct ArgumentView {
  std::optional<Argument> made;
  const Argument* argument;

  explicit ArgumentView(nb::handle object);
};

/// The slots by which arguments export their memory as Python buffers.
extern PyType_Slot argument_slots[];
/// The methods by which they export it as DLPack tensors.
void bind_dlpack(nb::class_<Argument>& type);

/// Comparison with anything: with other classes it gives False.
inline const nb::sig equality("def __eq__(self, other: object, /) -> bool");

void bind_shape(nb::module_& module);
void bind_argument(nb::module_& module);
void bind_graph(nb::module_& module);
void bind_program(nb::module_& module);
void bind_files(nb::module_& module);
void bind_quantization(nb::module_& module);

template <>
struct nb::detail::type_caster<Path> {
  NB_TYPE_CASTER(Path, const_name("str | bytes | os.PathLike"))

  bool from_python(handle source, uint32_t, cleanup_list*) noexcept {
    PyObject* bytes = nullptr;
    if (!PyUnicode_FSConverter(source.ptr(), &bytes)) {
      PyErr_Clear();
      return false;
    }
    value.bytes = steal<nb::bytes>(bytes).c_str();
    return true;
  }
};
