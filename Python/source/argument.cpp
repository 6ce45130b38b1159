#include "elements.h"

#include <cstdlib>
#include <sstream>

namespace {

Argument generated(const Shape& shape, size_t seed) {
  return Argument(create<ArgumentHandle>(migraphx_argument_generate, shape.handle, seed));
}

Argument filled(const Shape& shape, double value) {
  Argument result(create<ArgumentHandle>(migraphx_argument_create_empty, shape.handle));
  check(migraphx_argument_fill(result.handle, value));
  return result;
}

Argument with_values(const Shape& shape, const std::vector<double>& values) {
  if (values.size() != shape.elements())
    throw Error(
        "Values and shape elements do not match: there are " + std::to_string(values.size()) +
        " values for " + text(migraphx_shape_text, shape.handle));
  Argument result(create<ArgumentHandle>(migraphx_argument_create_empty, shape.handle));
  const Shape scalar(create<ShapeHandle>(migraphx_shape_create_scalar, shape.type()));
  for (size_t i = 0; i < values.size(); ++i) {
    const auto offset = get<size_t>(migraphx_shape_index, shape.handle, i) * shape.type_size();
    const Argument element(
        create<ArgumentHandle>(migraphx_argument_create, scalar.handle, result.data() + offset));
    check(migraphx_argument_fill(element.handle, values[i]));
  }
  return result;
}

Argument at_address(const Shape& shape, uintptr_t address) {
  if (!address) throw nb::value_error("the address is 0");
  return Argument(create<ArgumentHandle>(
      migraphx_argument_create, shape.handle, reinterpret_cast<void*>(address)));
}

nb::list values(const Argument& argument) {
  if (argument.is_text()) {
    nb::list result;
    for (size_t i = 0; i < argument.shape().elements(); ++i) {
      const auto buffer = create<BufferHandle>(migraphx_argument_element_text, argument.handle, i);
      auto [first, size] = array<char>(migraphx_buffer_data, buffer);
      result.append(nb::str(first, size));
    }
    return result;
  }
  const Argument packed(create<ArgumentHandle>(migraphx_argument_copy, argument.handle));
  const Shape shape = packed.shape();
  const auto& type = element_type(shape.type());
  if (type.is_small_float()) {
    // Python has no such numbers, but the library has texts for them.
    nb::list result;
    std::istringstream texts(text(migraphx_argument_text, argument.handle));
    // Texts are those of floats, and not of doubles.
    for (std::string word; std::getline(texts, word, ',');)
      result.append(nb::float_(std::strtof(word.c_str(), nullptr)));
    return result;
  }
  const char* first = packed.data();
  nb::list result;
  for (size_t i = 0; i < shape.elements(); ++i) result.append(element(type, first + i * type.size));
  return result;
}

/// NumPy asks for this when it can't have a buffer; without it, it makes an array of one object.
nb::object to_array(const Argument& self, nb::handle dtype, nb::handle copy) {
  if (self.is_text()) {
    if (copy.is(nb::handle(Py_False)))
      throw nb::value_error("text can't be had without a copy");
    const auto numpy = nb::module_::import_("numpy");
    nb::object kind = dtype.is_none() ? nb::object(nb::module_::import_("builtins").attr("object"))
                                      : nb::borrow(dtype);
    const Shape shape = self.shape();
    const bool is_scalar = get<bool>(migraphx_shape_scalar, shape.handle) && shape.elements() == 1;
    nb::object array = numpy.attr("array")(values(self), "dtype"_a = kind);
    return array.attr("reshape")(is_scalar ? nb::cast(std::vector<size_t>()) : nb::cast(shape.lens()));
  }
  throw nb::value_error(
      (std::string("NumPy has no ") + element_type(self.shape().type()).name +
       ": use tolist() or DLPack")
          .c_str());
}

}  // namespace

Argument::Argument(const_migraphx_argument_t borrowed)
    : handle(create<ArgumentHandle>(
          migraphx_argument_create_empty,
          create<ShapeHandle>(migraphx_shape_create_scalar, migraphx_shape_float_type))) {
  check(migraphx_argument_assign_to(handle, borrowed));
}

void bind_argument(nb::module_& module) {
  nb::class_<Argument> type(
      module, "argument", nb::type_slots(argument_slots),
      "A tensor. It is a buffer, so np.array(argument) copies it and np.asarray(argument) shares "
      "its memory, and a DLPack tensor.");
  type.def("__init__",
           [](Argument* self, nb::handle data) { new (self) Argument(argument_from_object(data)); },
           "data"_a, nb::sig("def __init__(self, data: object) -> None"),
           "An argument on the memory of a buffer or DLPack tensor, which it keeps alive.")
      .def("get_shape", &Argument::shape, "The shape.")
      .def("data_ptr",
           [](const Argument& self) { return reinterpret_cast<uintptr_t>(self.data()); },
           "The address of the first element.")
      .def("tolist", values, nb::sig("def tolist(self) -> list"),
           "The elements in logical order, whatever the strides.")
      .def("save",
           [](const Argument& self, const Path& filename) {
             nb::gil_scoped_release no_gil;
             check(migraphx_argument_save(self.handle, filename));
           },
           "filename"_a, "Saves the argument to a file.")
      .def_static("load",
           [](const Path& filename) {
             nb::gil_scoped_release no_gil;
             return Argument(create<ArgumentHandle>(migraphx_argument_load, filename));
           },
           "filename"_a, "The argument that a file holds.")
      .def("__array__", to_array, "dtype"_a = nb::none(), nb::kw_only(), "copy"_a = nb::none(),
           nb::sig("def __array__(self, dtype: object = None, *, copy: bool | None = None) -> "
                   "object"),
           "An array of text. Raises ValueError for numbers, which NumPy reads as a buffer.")
      .def("__eq__",
           [](const Argument& self, const Argument& other) {
             return get<bool>(migraphx_argument_equal, self.handle, other.handle);
           }, nb::is_operator(), equality)
      .def("__repr__",
           [](const Argument& self) { return text(migraphx_argument_text, self.handle); });
  type.attr("__hash__") = nb::none();
  bind_dlpack(type);

  module.def("generate_argument", generated, "s"_a, "seed"_a = 0,
             "An argument of pseudo-random values.");
  module.def("fill_argument", filled, "s"_a, "value"_a,
             "An argument whose elements are all value.");
  module.def("create_argument", with_values, nb::arg(), nb::arg(),
             nb::sig("def create_argument(s: shape, values: collections.abc.Sequence[float], /) -> "
                     "argument"),
             "An argument of the values, in logical order.");
  module.def("argument_from_pointer", at_address, "shape"_a, "address"_a,
             "An argument on the memory at an address, which the caller keeps valid.");
  module.def("from_dlpack", argument_from_dlpack, "x"_a,
             nb::sig("def from_dlpack(x: object) -> argument"),
             "An argument on the memory of a DLPack tensor.");

  module.def("allocate_gpu",
             [](const Shape& s, bool host) {
               return Argument(create<ArgumentHandle>(migraphx_gpu_allocate, s.handle, host));
             },
             "s"_a, "host"_a = false, "An argument in the memory of the device.");
  module.def("to_gpu",
             [](const Argument& arg, bool host) {
               return Argument(create<ArgumentHandle>(migraphx_gpu_copy_to, arg.handle, host));
             },
             "arg"_a, "host"_a = false, "A copy of the argument in the memory of the device.");
  module.def("from_gpu",
             [](const Argument& arg) {
               return Argument(create<ArgumentHandle>(migraphx_gpu_copy_from, arg.handle));
             },
             "arg"_a, "A copy of the argument in the memory of the host.");
  module.def("gpu_sync", [] { check(migraphx_gpu_sync()); },
             "Waits until the device has done its work.");
}
