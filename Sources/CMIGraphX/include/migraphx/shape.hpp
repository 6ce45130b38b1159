/// Shapes of tensors, fixed and dynamic.
#ifndef MIGRAPHX_SHAPE_HPP
#define MIGRAPHX_SHAPE_HPP

#include <migraphx/detail/array_base.hpp>
#include <migraphx/detail/handle.hpp>

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <ostream>
#include <string>
#include <vector>

namespace migraphx {
inline namespace api {

MIGRAPHX_HANDLE_TRAITS(optimals)
MIGRAPHX_HANDLE_TRAITS(dynamic_dimension)
MIGRAPHX_HANDLE_TRAITS(dynamic_dimensions)
MIGRAPHX_HANDLE_TRAITS(shape)
MIGRAPHX_HANDLE_TRAITS(shapes)

namespace detail {

/// Enables a constructor for parameter packs of one or more elements of a list.
template <class Element, class... Ts>
using require_elements = std::enable_if_t<
    (sizeof...(Ts) > 0) && (std::is_convertible<const Ts&, Element>::value && ...)>;

/// The handles of a list's elements, in the form that the C interface takes.
template <class Handle, class List>
std::vector<Handle> handles(const List& list) {
  std::vector<Handle> result;
  for (const auto& element : list) result.push_back(element.get_handle_ptr());
  return result;
}

}  // namespace detail

/// Sizes for which a dynamic axis is to be fastest.
struct optimals : handle_base<migraphx_optimals> {
  using handle_base::handle_base;

  optimals(std::initializer_list<std::size_t> sizes)
      : handle_base(detail::fetch(&migraphx_optimals_create, sizes.begin(), sizes.size()), own{}) {}
};

/// The range of sizes of one axis.
struct dynamic_dimension : handle_base<const migraphx_dynamic_dimension> {
  using handle_base::handle_base;

  dynamic_dimension() = default;

  dynamic_dimension(std::size_t min, std::size_t max)
      : handle_base(
            detail::fetch(&migraphx_dynamic_dimension_create_min_max, min, max), own{}) {}

  dynamic_dimension(std::size_t min, std::size_t max, const optimals& sizes)
      : handle_base(
            detail::fetch(
                &migraphx_dynamic_dimension_create_min_max_optimals, min, max,
                sizes.get_handle_ptr()),
            own{}) {}

  bool is_fixed() const {
    return detail::fetch(&migraphx_dynamic_dimension_is_fixed, get_handle_ptr());
  }
  std::size_t min() const {
    return detail::fetch(&migraphx_dynamic_dimension_min, get_handle_ptr());
  }
  std::size_t max() const {
    return detail::fetch(&migraphx_dynamic_dimension_max, get_handle_ptr());
  }
  /// The sizes for which the axis is to be fastest, in increasing order.
  std::vector<std::size_t> optimal_sizes() const {
    return detail::fetch_sizes(&migraphx_dynamic_dimension_optimals, get_handle_ptr());
  }

  friend bool operator==(const dynamic_dimension& x, const dynamic_dimension& y) {
    return detail::fetch(
        &migraphx_dynamic_dimension_equal, x.get_handle_ptr(), y.get_handle_ptr());
  }
  friend bool operator!=(const dynamic_dimension& x, const dynamic_dimension& y) {
    return !(x == y);
  }
};

/// The ranges of sizes of all axes of a shape.
struct dynamic_dimensions : handle_base<migraphx_dynamic_dimensions>,
                            array_base<dynamic_dimensions> {
  using handle_base::handle_base;

  dynamic_dimensions(const std::vector<dynamic_dimension>& dims)
      : handle_base(create(detail::handles<const_migraphx_dynamic_dimension_t>(dims)), own{}) {}

  dynamic_dimensions(std::initializer_list<dynamic_dimension> dims)
      : dynamic_dimensions(std::vector<dynamic_dimension>(dims)) {}

  template <class... Ts, class = detail::require_elements<dynamic_dimension, Ts...>>
  dynamic_dimensions(const Ts&... dims)
      : dynamic_dimensions(std::vector<dynamic_dimension>{dims...}) {}

  std::size_t size() const {
    return detail::fetch(&migraphx_dynamic_dimensions_size, get_handle_ptr());
  }
  dynamic_dimension operator[](std::size_t index) const {
    return {detail::fetch(&migraphx_dynamic_dimensions_get, get_handle_ptr(), index),
            share_handle()};
  }

 private:
  static migraphx_dynamic_dimensions_t create(
      const std::vector<const_migraphx_dynamic_dimension_t>& dims) {
    return detail::fetch(&migraphx_dynamic_dimensions_create, dims.data(), dims.size());
  }
};

/// Element type, lengths and strides (in elements) of a tensor. Copies share one shape, which never
/// changes.
struct shape : handle_base<const migraphx_shape> {
  using type_t = migraphx_shape_datatype_t;

  static constexpr type_t tuple_type = migraphx_shape_tuple_type;
  static constexpr type_t fp4x2_type = migraphx_shape_fp4x2_type;
#define MIGRAPHX_SHAPE_ENUMERATOR(name, type) static constexpr type_t name = migraphx_shape_##name;
  MIGRAPHX_SHAPE_VISIT_TYPES(MIGRAPHX_SHAPE_ENUMERATOR)
#undef MIGRAPHX_SHAPE_ENUMERATOR

  using handle_base::handle_base;

  shape() = default;

  /// A scalar.
  explicit shape(type_t type)
      : handle_base(detail::fetch(&migraphx_shape_create_scalar, type), own{}) {}

  shape(type_t type, std::vector<std::size_t> lengths)
      : handle_base(
            detail::fetch(&migraphx_shape_create, type, lengths.data(), lengths.size()), own{}) {}

  shape(type_t type, std::initializer_list<std::size_t> lengths)
      : shape(type, std::vector<std::size_t>(lengths)) {}

  shape(type_t type, std::vector<std::size_t> lengths, std::vector<std::size_t> strides)
      : handle_base(
            detail::fetch(
                &migraphx_shape_create_with_strides, type, lengths.data(), lengths.size(),
                strides.data(), strides.size()),
            own{}) {}

  shape(type_t type, const dynamic_dimensions& dims)
      : handle_base(
            detail::fetch(&migraphx_shape_create_dynamic, type, dims.get_handle_ptr()), own{}) {}

  /// A dynamic shape whose axes say what their sizes depend on: a symbol such as "N", an expression such
  /// as "2*N", or "" for an axis of its own.
  static shape symbolic(
      type_t type, const dynamic_dimensions& dims, const std::vector<std::string>& names) {
    std::vector<const char*> pointers;
    for (const auto& name : names) pointers.push_back(name.c_str());
    return {detail::fetch(
                &migraphx_shape_create_symbolic, type, dims.get_handle_ptr(), pointers.data(),
                pointers.size()),
            own{}};
  }

  /// A packed shape whose axes lie in memory in the given order, outermost first.
  static shape from_permutation(
      type_t type, const std::vector<std::size_t>& lengths,
      const std::vector<std::size_t>& permutation) {
    return {detail::fetch(
                &migraphx_shape_create_with_permutation, type, lengths.data(), lengths.size(),
                permutation.data(), permutation.size()),
            own{}};
  }

  type_t type() const { return detail::fetch(&migraphx_shape_type, get_handle_ptr()); }
  std::vector<std::size_t> lengths() const {
    return detail::fetch_sizes(&migraphx_shape_lengths, get_handle_ptr());
  }
  std::vector<std::size_t> lens() const { return lengths(); }
  std::vector<std::size_t> strides() const {
    return detail::fetch_sizes(&migraphx_shape_strides, get_handle_ptr());
  }
  dynamic_dimensions dyn_dims() const {
    return {detail::fetch(&migraphx_shape_dyn_dims, get_handle_ptr()), own{}};
  }
  std::size_t ndim() const { return detail::fetch(&migraphx_shape_ndim, get_handle_ptr()); }
  std::size_t elements() const { return detail::fetch(&migraphx_shape_elements, get_handle_ptr()); }
  /// The size in bytes of one element.
  std::size_t type_size() const {
    return detail::fetch(&migraphx_shape_type_size, get_handle_ptr());
  }
  std::size_t bytes() const { return detail::fetch(&migraphx_shape_bytes, get_handle_ptr()); }
  bool standard() const { return detail::fetch(&migraphx_shape_standard, get_handle_ptr()); }
  bool packed() const { return detail::fetch(&migraphx_shape_packed, get_handle_ptr()); }
  bool transposed() const { return detail::fetch(&migraphx_shape_transposed, get_handle_ptr()); }
  bool broadcasted() const { return detail::fetch(&migraphx_shape_broadcasted, get_handle_ptr()); }
  bool scalar() const { return detail::fetch(&migraphx_shape_scalar, get_handle_ptr()); }
  bool dynamic() const { return detail::fetch(&migraphx_shape_dynamic, get_handle_ptr()); }
  /// Where the i-th element, counted row by row, lies in memory; in elements.
  std::size_t index(std::size_t i) const {
    return detail::fetch(&migraphx_shape_index, get_handle_ptr(), i);
  }

  friend bool operator==(const shape& x, const shape& y) {
    return detail::fetch(&migraphx_shape_equal, x.get_handle_ptr(), y.get_handle_ptr());
  }
  friend bool operator!=(const shape& x, const shape& y) { return !(x == y); }

  /// Writes, for instance, "float_type, {2, 3}, {3, 1}".
  friend std::ostream& operator<<(std::ostream& stream, const shape& x) {
    return stream << detail::fetch_bytes(&migraphx_shape_text, x.get_handle_ptr());
  }
};

/// A list of shapes.
struct shapes : handle_base<migraphx_shapes>, array_base<shapes> {
  using handle_base::handle_base;

  std::size_t size() const { return detail::fetch(&migraphx_shapes_size, get_handle_ptr()); }
  shape operator[](std::size_t index) const {
    return {detail::fetch(&migraphx_shapes_get, get_handle_ptr(), index), share_handle()};
  }
};

}  // namespace api
}  // namespace migraphx

#endif
