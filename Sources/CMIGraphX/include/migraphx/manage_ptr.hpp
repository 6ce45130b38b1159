/// Smart pointers to objects of C libraries.
#ifndef MIGRAPHX_MANAGE_PTR_HPP
#define MIGRAPHX_MANAGE_PTR_HPP

#include <memory>
#include <type_traits>

namespace migraphx {
inline namespace api {

/// Calls a C function to release an object.
template <auto Release>
struct manage_deleter {
  template <class T>
  void operator()(T* object) const {
    if (object != nullptr) (void)Release(object);
  }
};

/// Owns a `T` that `Release` releases.
template <class T, auto Release>
using manage_ptr = std::unique_ptr<T, manage_deleter<Release>>;

}  // namespace api
}  // namespace migraphx

/// The type of a smart pointer to `T` that calls the C function `release`:
/// `using file_ptr = MIGRAPHX_MANAGE_PTR(FILE, fclose);`
#define MIGRAPHX_MANAGE_PTR(T, release) migraphx::manage_ptr<std::remove_pointer_t<T>, &release>

#endif
