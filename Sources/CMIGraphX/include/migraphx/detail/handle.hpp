/// Classes that hold handles of the C interface.
#ifndef MIGRAPHX_DETAIL_HANDLE_HPP
#define MIGRAPHX_DETAIL_HANDLE_HPP

#include <migraphx/detail/call.hpp>

#include <memory>
#include <type_traits>

namespace migraphx {
inline namespace api {

/// The object destroys the handle that it is given.
struct own {};

/// Somebody else destroys the handle, after the object's last use.
struct borrow {};

/// The handle belongs to a parent, which lives on while the object does.
template <class Parent>
class share {
 public:
  share(std::shared_ptr<Parent> parent) : parent_(std::move(parent)) {}

  template <class T>
  std::shared_ptr<T> alias(T* handle) const {
    return std::shared_ptr<T>(parent_, handle);
  }

 private:
  std::shared_ptr<Parent> parent_;
};

/// Says for a C type which class holds its handles, and how they are destroyed and assigned.
template <class T>
struct handle_traits;

/// The class for a C type, or for a pointer to it.
template <class T>
using as_handle =
    typename handle_traits<std::remove_cv_t<std::remove_pointer_t<T>>>::type;

#define MIGRAPHX_HANDLE_TRAITS(name)                                \
  struct name;                                                      \
  template <>                                                       \
  struct handle_traits<migraphx_##name> {                           \
    using type = name;                                              \
    static constexpr auto destroy = &migraphx_##name##_destroy;     \
    static constexpr auto assign_to = &migraphx_##name##_assign_to; \
  };

/// Ranks overloads: of those that fit, the one with the highest rank is taken.
template <int N>
struct rank : rank<N - 1> {};

template <>
struct rank<0> {};

/// Holds a handle. Copies share it; a default-constructed object has none, which calls report.
template <class T>
class handle_base {
 public:
  handle_base() = default;
  handle_base(T* handle, own) : handle_(handle, destroy) {}
  handle_base(T* handle, borrow) : handle_(std::shared_ptr<T>(), handle) {}
  template <class Parent>
  handle_base(T* handle, const share<Parent>& parent) : handle_(parent.alias(handle)) {}

  const std::shared_ptr<T>& get_handle() const { return handle_; }
  T* get_handle_ptr() const { return handle_.get(); }
  share<T> share_handle() const { return {handle_}; }

  /// Copies what this object stands for into the object behind another handle.
  void assign_to_handle(std::remove_const_t<T>* other) const {
    call(traits::assign_to, other, get_handle_ptr());
  }

 private:
  using traits = handle_traits<std::remove_const_t<T>>;

  static void destroy(T* handle) {
    traits::destroy(const_cast<std::remove_const_t<T>*>(handle));
  }

  std::shared_ptr<T> handle_;
};

namespace detail {

/// Owns a handle of options, and passes for it where the C interface takes one.
template <class T>
class options_handle : public handle_base<T> {
 public:
  explicit options_handle(migraphx_status (*create)(T**))
      : handle_base<T>(fetch(create), own{}) {}

  operator T*() const { return this->get_handle_ptr(); }
};

}  // namespace detail
}  // namespace api
}  // namespace migraphx

#endif
