/// Tensors.
#ifndef MIGRAPHX_ARGUMENT_HPP
#define MIGRAPHX_ARGUMENT_HPP

#include <migraphx/shape.hpp>

#include <cstring>
#include <string>

namespace migraphx {
inline namespace api {

MIGRAPHX_HANDLE_TRAITS(argument)
MIGRAPHX_HANDLE_TRAITS(arguments)

/// A tensor. Copies share its memory.
struct argument : handle_base<const migraphx_argument> {
  using handle_base::handle_base;

  argument() = default;

  /// Memory of its own.
  explicit argument(const shape& shape)
      : handle_base(detail::fetch(&migraphx_argument_create_empty, shape.get_handle_ptr()), own{}) {
  }

  /// The caller's memory, which outlives every use of the argument.
  argument(const shape& shape, void* data)
      : handle_base(
            detail::fetch(&migraphx_argument_create, shape.get_handle_ptr(), data), own{}) {}

  /// Memory that is kept as long as the argument or a result that shares it.
  template <class T>
  argument(const shape& shape, const std::shared_ptr<T>& data)
      : handle_base(create_shared(shape, data), own{}) {}

  shape get_shape() const {
    return {detail::fetch(&migraphx_argument_shape, get_handle_ptr()), share_handle()};
  }

  char* data() const { return detail::fetch(&migraphx_argument_buffer, get_handle_ptr()); }

  /// The elements, row by row whatever the strides. T has the size of an element.
  template <class T>
  std::vector<T> as_vector() const {
    static_assert(std::is_trivially_copyable<T>::value, "elements are copied as bytes");
    const auto shape = get_shape();
    if (shape.type_size() != sizeof(T))
      throw exception(
          migraphx_status_bad_param, "as_vector: elements have " +
                                         std::to_string(shape.type_size()) + " bytes, not " +
                                         std::to_string(sizeof(T)));
    std::vector<T> result(shape.elements());
    if (result.empty()) return result;
    const auto* elements = reinterpret_cast<const T*>(data());
    if (shape.standard()) return std::vector<T>(elements, elements + result.size());
    for (std::size_t i = 0; i < result.size(); ++i) result[i] = elements[shape.index(i)];
    return result;
  }

  /// Sets every element to `value`, converted to the element type.
  void fill(double value) const {
    call(&migraphx_argument_fill, const_cast<migraphx_argument_t>(get_handle_ptr()), value);
  }

  /// A tensor of its own memory with the same elements, in standard order.
  argument copy() const {
    return {detail::fetch(&migraphx_argument_copy, get_handle_ptr()), own{}};
  }

  static void save_argument(const argument& argument, const std::string& filename) {
    call(&migraphx_argument_save, argument.get_handle_ptr(), filename.c_str());
  }
  static argument load_argument(const std::string& filename) {
    return {detail::fetch(&migraphx_argument_load, filename.c_str()), own{}};
  }

  /// Pseudo-random elements.
  static argument generate(const shape& shape, std::size_t seed = 0) {
    return {detail::fetch(&migraphx_argument_generate, shape.get_handle_ptr(), seed), own{}};
  }

  friend bool operator==(const argument& x, const argument& y) {
    return detail::fetch(&migraphx_argument_equal, x.get_handle_ptr(), y.get_handle_ptr());
  }
  friend bool operator!=(const argument& x, const argument& y) { return !(x == y); }

  /// Writes the elements, such as "1, 2, 3".
  friend std::ostream& operator<<(std::ostream& stream, const argument& x) {
    return stream << detail::fetch_bytes(&migraphx_argument_text, x.get_handle_ptr());
  }

 private:
  template <class T>
  static migraphx_argument_t create_shared(const shape& shape, const std::shared_ptr<T>& data) {
    const auto release = [](void* owner) { delete static_cast<std::shared_ptr<T>*>(owner); };
    return detail::fetch(
        &migraphx_argument_create_shared, shape.get_handle_ptr(), data.get(), nullptr, release,
        new std::shared_ptr<T>(data));
  }
};

/// A list of tensors.
struct arguments : handle_base<migraphx_arguments>, array_base<arguments> {
  using handle_base::handle_base;

  std::size_t size() const { return detail::fetch(&migraphx_arguments_size, get_handle_ptr()); }
  argument operator[](std::size_t index) const {
    return {detail::fetch(&migraphx_arguments_get, get_handle_ptr(), index), share_handle()};
  }

  operator std::vector<argument>() const { return {begin(), end()}; }
};

}  // namespace api
}  // namespace migraphx

#endif
