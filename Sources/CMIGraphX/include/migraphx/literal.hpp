/// Constant tensors.
#ifndef MIGRAPHX_LITERAL_HPP
#define MIGRAPHX_LITERAL_HPP

#include <migraphx/argument.hpp>

#include <iterator>

namespace migraphx {
inline namespace api {
namespace detail {

/// The element type of a C++ type.
template <class T>
constexpr shape::type_t element_type() {
  static_assert(std::is_arithmetic<T>::value && sizeof(T) <= 8, "no element type for this type");
  if (std::is_same<T, bool>::value) return shape::bool_type;
  if (std::is_floating_point<T>::value)
    return sizeof(T) == 4 ? shape::float_type : shape::double_type;
  if (std::is_signed<T>::value)
    return sizeof(T) == 1   ? shape::int8_type
           : sizeof(T) == 2 ? shape::int16_type
           : sizeof(T) == 4 ? shape::int32_type
                            : shape::int64_type;
  return sizeof(T) == 1   ? shape::uint8_type
         : sizeof(T) == 2 ? shape::uint16_type
         : sizeof(T) == 4 ? shape::uint32_type
                          : shape::uint64_type;
}

/// Calls `visit` with `data` as a pointer to elements of `type`; returns whether C++ has that type.
template <class Visitor>
bool visit_elements(shape::type_t type, char* data, Visitor visit) {
  switch (type) {
    case shape::bool_type: return visit(reinterpret_cast<bool*>(data)), true;
    case shape::float_type: return visit(reinterpret_cast<float*>(data)), true;
    case shape::double_type: return visit(reinterpret_cast<double*>(data)), true;
    case shape::uint8_type: return visit(reinterpret_cast<std::uint8_t*>(data)), true;
    case shape::int8_type: return visit(reinterpret_cast<std::int8_t*>(data)), true;
    case shape::uint16_type: return visit(reinterpret_cast<std::uint16_t*>(data)), true;
    case shape::int16_type: return visit(reinterpret_cast<std::int16_t*>(data)), true;
    case shape::int32_type: return visit(reinterpret_cast<std::int32_t*>(data)), true;
    case shape::int64_type: return visit(reinterpret_cast<std::int64_t*>(data)), true;
    case shape::uint32_type: return visit(reinterpret_cast<std::uint32_t*>(data)), true;
    case shape::uint64_type: return visit(reinterpret_cast<std::uint64_t*>(data)), true;
    default: return false;
  }
}

}  // namespace detail

/// A tensor whose elements are known. Copies share its memory.
struct literal {
  literal() = default;

  /// A scalar.
  template <class T, class = std::enable_if_t<std::is_arithmetic<T>::value>>
  literal(T value) : literal(shape(detail::element_type<T>()), std::vector<T>{value}) {}

  /// Elements row by row, converted to the shape's type.
  template <class T>
  literal(const shape& shape, const std::vector<T>& values)
      : literal(shape, values.begin(), values.end()) {}

  template <class T>
  literal(const shape& shape, std::initializer_list<T> values)
      : literal(shape, values.begin(), values.end()) {}

  /// A copy of memory that is laid out as the shape says.
  template <class T>
  literal(const shape& shape, const T* data) : data_(shape) {
    if (shape.bytes() > 0) std::memcpy(data_.data(), data, shape.bytes());
  }

  /// The elements of an argument that nothing changes any more.
  explicit literal(const argument& data) : data_(data) {}

  shape get_shape() const { return data_.get_shape(); }
  const char* data() const { return data_.data(); }
  argument get_argument() const { return data_; }

  friend bool operator==(const literal& x, const literal& y) { return x.data_ == y.data_; }
  friend bool operator!=(const literal& x, const literal& y) { return !(x == y); }
  friend std::ostream& operator<<(std::ostream& stream, const literal& x) {
    return stream << x.data_;
  }

 private:
  template <class Iterator>
  literal(const shape& shape, Iterator first, Iterator last) : data_(shape) {
    const auto count = static_cast<std::size_t>(std::distance(first, last));
    if (count != shape.elements())
      throw exception(
          migraphx_status_bad_param, "literal: " + std::to_string(count) + " values for " +
                                         std::to_string(shape.elements()) + " elements");
    if (count == 0) return;
    const auto index = [&, standard = shape.standard()](std::size_t i) {
      return standard ? i : shape.index(i);
    };
    const bool known = detail::visit_elements(shape.type(), data_.data(), [&](auto* elements) {
      using element = std::remove_pointer_t<decltype(elements)>;
      auto value = first;
      for (std::size_t i = 0; i < count; ++i, ++value)
        elements[index(i)] = static_cast<element>(*value);
    });
    if (known) return;
    // The library converts to types that C++ does not have.
    const api::shape element(shape.type());
    for (std::size_t i = 0; i < count; ++i, ++first)
      argument(element, data_.data() + index(i) * shape.type_size())
          .fill(static_cast<double>(*first));
  }

  argument data_;
};

}  // namespace api
}  // namespace migraphx

#endif
