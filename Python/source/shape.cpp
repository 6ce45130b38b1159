#include "elements.h"

#include <nanobind/operators.h>
#include <nanobind/stl/variant.h>

#include <variant>

using TypeName = std::variant<migraphx_shape_datatype_t, std::string>;
using Sizes = std::vector<size_t>;

DynamicDimensionHandle DynamicDimension::handle() const {
  std::vector<size_t> sizes(optimals.begin(), optimals.end());
  auto preferred = create<OptimalsHandle>(migraphx_optimals_create, sizes.data(), sizes.size());
  return create<DynamicDimensionHandle>(
      migraphx_dynamic_dimension_create_min_max_optimals, min, max, preferred);
}

DynamicDimensionsHandle dynamic_dimensions(const std::vector<DynamicDimension>& ranges) {
  std::vector<DynamicDimensionHandle> handles;
  for (const auto& range : ranges) handles.push_back(range.handle());
  std::vector<const_migraphx_dynamic_dimension_t> pointers(handles.begin(), handles.end());
  return create<DynamicDimensionsHandle>(
      migraphx_dynamic_dimensions_create, pointers.data(), pointers.size());
}

Shape::Shape(const_migraphx_shape_t borrowed)
    : handle(create<ShapeHandle>(migraphx_shape_create_scalar, migraphx_shape_float_type)) {
  check(migraphx_shape_assign_to(handle, borrowed));
}

std::vector<size_t> Shape::lens() const {
  auto [first, size] = array<size_t>(migraphx_shape_lengths, handle);
  return {first, first + size};
}

std::vector<size_t> Shape::strides() const {
  auto [first, size] = array<size_t>(migraphx_shape_strides, handle);
  return {first, first + size};
}

namespace {

ShapeHandle make_shape(
    const TypeName& type_name, Sizes lens, std::optional<Sizes> strides,
    std::optional<Sizes> permutation, std::optional<std::vector<DynamicDimension>> dyn_dims,
    const std::optional<std::vector<std::string>>& symbols) {
  const auto* name = std::get_if<std::string>(&type_name);
  const auto type =
      name ? element_type(*name).type : std::get<migraphx_shape_datatype_t>(type_name);
  if (symbols && !symbols->empty()) {
    std::vector<const char*> names;
    for (const auto& symbol : *symbols) names.push_back(c_string(symbol));
    return create<ShapeHandle>(
        migraphx_shape_create_symbolic, type,
        dynamic_dimensions(dyn_dims.value_or(std::vector<DynamicDimension>())), names.data(),
        names.size());
  }
  if (dyn_dims && !dyn_dims->empty())
    return create<ShapeHandle>(migraphx_shape_create_dynamic, type, dynamic_dimensions(*dyn_dims));
  if (strides && !strides->empty())
    return create<ShapeHandle>(
        migraphx_shape_create_with_strides, type, lens.data(), lens.size(), strides->data(),
        strides->size());
  if (permutation && !permutation->empty())
    return create<ShapeHandle>(
        migraphx_shape_create_with_permutation, type, lens.data(), lens.size(),
        permutation->data(), permutation->size());
  return create<ShapeHandle>(migraphx_shape_create, type, lens.data(), lens.size());
}

std::vector<DynamicDimension> ranges(const Shape& shape) {
  auto all = create<DynamicDimensionsHandle>(migraphx_shape_dyn_dims, shape.handle);
  std::vector<DynamicDimension> result;
  for (size_t i = 0; i < get<size_t>(migraphx_dynamic_dimensions_size, all); ++i) {
    auto one = get<const_migraphx_dynamic_dimension_t>(migraphx_dynamic_dimensions_get, all, i);
    auto [first, size] = array<size_t>(migraphx_dynamic_dimension_optimals, one);
    result.push_back(
        {get<size_t>(migraphx_dynamic_dimension_min, one),
         get<size_t>(migraphx_dynamic_dimension_max, one), {first, first + size}});
  }
  return result;
}

std::string range_text(const DynamicDimension& range) {
  std::string text = "[" + std::to_string(range.min) + ".." + std::to_string(range.max);
  const char* separator = ", {";
  for (size_t size : range.optimals) {
    text += separator + std::to_string(size);
    separator = ", ";
  }
  return text + (range.optimals.empty() ? "]" : "}]");
}

template <migraphx_status (*function)(bool*, const_migraphx_shape_t)>
bool has(const Shape& shape) {
  return get<bool>(function, shape.handle);
}

template <migraphx_status (*function)(size_t*, const_migraphx_shape_t)>
size_t count(const Shape& shape) {
  return get<size_t>(function, shape.handle);
}

}  // namespace

void bind_shape(nb::module_& module) {
  nb::class_<Shape> type(module, "shape", "Element type, lengths and strides of a tensor.");

#define VALUE(name, cpp) .value(#name, migraphx_shape_##name)
  nb::enum_<migraphx_shape_datatype_t>(
      type, "type_t", "The types of a tensor's elements.", nb::is_arithmetic())
      MIGRAPHX_SHAPE_VISIT_TYPES(VALUE)
      .value("tuple_type", migraphx_shape_tuple_type)
      .value("string_type", migraphx_shape_string_type)
      .value("fp8e8m0_type", migraphx_shape_fp8e8m0_type)
      .value("fp4e2m1_type", migraphx_shape_fp4e2m1_type)
      .value("int4_type", migraphx_shape_int4_type)
      .value("uint4_type", migraphx_shape_uint4_type)
      .value("int2_type", migraphx_shape_int2_type)
      .value("uint2_type", migraphx_shape_uint2_type);
#undef VALUE

  nb::class_<DynamicDimension>(
      type, "dynamic_dimension", "A range of sizes, with those for which it is to be fastest.")
      .def(nb::init<>(), "The range {0, 0}.")
      .def("__init__",
           [](DynamicDimension* self, size_t min, size_t max, std::set<size_t> optimals) {
             DynamicDimension range{min, max, std::move(optimals)};
             range.handle();
             new (self) DynamicDimension(std::move(range));
           },
           "min"_a, "max"_a, "optimals"_a = std::set<size_t>(), "The range from min to max.")
      .def_ro("min", &DynamicDimension::min, "The least size.")
      .def_ro("max", &DynamicDimension::max, "The largest size.")
      .def_ro("optimals", &DynamicDimension::optimals, "The sizes that are to be fastest.")
      .def("is_fixed", [](const DynamicDimension& self) { return self.min == self.max; },
           "Whether there is only one size.")
      .def("__eq__", &DynamicDimension::operator==, nb::is_operator(), equality)
      .def("__repr__", range_text)
      .attr("__hash__") = nb::none();

  type.def("__init__",
           [](Shape* self, const TypeName& type, Sizes lens, std::optional<Sizes> strides,
              std::optional<Sizes> permutation,
              std::optional<std::vector<DynamicDimension>> dyn_dims,
              const std::optional<std::vector<std::string>>& symbols) {
             new (self) Shape(make_shape(
                 type, std::move(lens), std::move(strides), std::move(permutation),
                 std::move(dyn_dims), symbols));
           },
           nb::kw_only(), "type"_a = "float", "lens"_a = Sizes{1}, "strides"_a = nb::none(),
           "permutation"_a = nb::none(), "dyn_dims"_a = nb::none(), "symbols"_a = nb::none(),
           "A shape. dyn_dims wins over all else, strides over permutation, which lists the axes "
           "as they lie in memory, outermost first. With dyn_dims, symbols may say for each axis "
           "what its size depends on: \"N\", \"2*N\", or \"\" for an axis of its own.")
      .def("type", &Shape::type, "The element type.")
      .def("lens", &Shape::lens, "The lengths. Raises Error for a dynamic shape.")
      .def("strides", &Shape::strides, "The strides in elements. Raises Error for a dynamic shape.")
      .def("ndim", count<migraphx_shape_ndim>, "The number of axes.")
      .def("elements", &Shape::elements, "The number of elements.")
      .def("bytes", count<migraphx_shape_bytes>, "The bytes that the elements span.")
      .def("type_size", &Shape::type_size, "The bytes of one element.")
      .def("type_string",
           [](const Shape& self) {
             const auto type = self.type();
             return type == migraphx_shape_tuple_type ? "tuple_type" : element_type(type).name;
           },
           "The element type's name, such as \"float_type\"; \"tuple_type\" for an input or output "
           "that is no tensor, but a sequence, say.")
      .def("dyn_dims", ranges, "The ranges of a dynamic shape's axes.")
      .def("packed", has<migraphx_shape_packed>, "Whether the elements fill their memory.")
      .def("transposed", has<migraphx_shape_transposed>,
           "Whether the axes lie in memory in another order.")
      .def("broadcasted", has<migraphx_shape_broadcasted>, "Whether an axis repeats its elements.")
      .def("standard", has<migraphx_shape_standard>,
           "Whether the elements fill their memory in order.")
      .def("scalar", has<migraphx_shape_scalar>, "Whether all elements are one.")
      .def("dynamic", has<migraphx_shape_dynamic>, "Whether an axis is a range.")
      .def("__eq__",
           [](const Shape& self, const Shape& other) {
             return get<bool>(migraphx_shape_equal, self.handle, other.handle);
           }, nb::is_operator(), equality)
      .def("__repr__", [](const Shape& self) { return text(migraphx_shape_text, self.handle); });
  type.attr("__hash__") = nb::none();
}
