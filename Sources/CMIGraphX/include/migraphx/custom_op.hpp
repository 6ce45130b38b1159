/// Operators that the client defines.
#ifndef MIGRAPHX_CUSTOM_OP_HPP
#define MIGRAPHX_CUSTOM_OP_HPP

#include <migraphx/argument.hpp>
#include <migraphx/context.hpp>
#include <migraphx/detail/type_name.hpp>

#include <algorithm>

namespace migraphx {
inline namespace api {

MIGRAPHX_HANDLE_TRAITS(experimental_custom_op)

/// An operator that the client defines. After registration, operation(name) makes it. What its
/// functions throw becomes the text of a migraphx::exception.
struct experimental_custom_op_base {
  experimental_custom_op_base() = default;
  experimental_custom_op_base(const experimental_custom_op_base&) = default;
  experimental_custom_op_base& operator=(const experimental_custom_op_base&) = default;
  virtual ~experimental_custom_op_base() = default;

  virtual std::string name() const = 0;
  /// Gives the result, of the shape that compute_shape gave.
  virtual argument compute(context context, shape output, arguments inputs) const = 0;
  virtual shape compute_shape(shapes inputs) const = 0;
  /// The inputs whose memory the result shares.
  virtual std::vector<std::size_t> output_alias(shapes) const { return {}; }
  /// Whether it works on the target's memory, rather than the host's.
  virtual bool runs_on_offload_target() const = 0;
};

/// The C interface's form of an operator. Copies of `object` do the work.
struct experimental_custom_op : handle_base<migraphx_experimental_custom_op> {
  using handle_base::handle_base;

  template <
      class T, class = std::enable_if_t<std::is_base_of<experimental_custom_op_base, T>::value>>
  explicit experimental_custom_op(T& object)
      : handle_base(
            detail::fetch(
                &migraphx_experimental_custom_op_create, static_cast<void*>(&object), &copy<T>,
                &destroy<T>, get_type_name<T>().c_str(), object.name().c_str()),
            own{}) {
    call(&migraphx_experimental_custom_op_set_compute, get_handle_ptr(), &compute<T>);
    call(&migraphx_experimental_custom_op_set_compute_shape, get_handle_ptr(), &compute_shape<T>);
    call(&migraphx_experimental_custom_op_set_output_alias, get_handle_ptr(), &output_alias<T>);
    call(
        &migraphx_experimental_custom_op_set_runs_on_offload_target, get_handle_ptr(),
        &runs_on_offload_target<T>);
  }

  void register_op() const { call(&migraphx_experimental_custom_op_register, get_handle_ptr()); }

 private:
  /// Runs `body`; what it throws becomes a status and a text.
  template <class Body>
  static migraphx_status guarded(char* message, std::size_t message_size, Body body) {
    std::string failure;
    try {
      body();
      return migraphx_status_success;
    } catch (const std::exception& error) {
      failure = error.what();
    } catch (...) {
      failure = "an exception of unknown type";
    }
    if (message_size > 0) message[failure.copy(message, message_size - 1)] = '\0';
    return migraphx_status_unknown_error;
  }

  template <class T>
  static migraphx_status copy(void** out, void* input) {
    return guarded(nullptr, 0, [&] { *out = new T(*static_cast<const T*>(input)); });
  }

  template <class T>
  static migraphx_status destroy(void* input) {
    return guarded(nullptr, 0, [&] { delete static_cast<T*>(input); });
  }

  template <class T>
  static migraphx_status compute(
      migraphx_argument_t out, void* object, char* message, std::size_t message_size,
      migraphx_context_t ctx, migraphx_shape_t output, migraphx_arguments_t inputs) {
    return guarded(message, message_size, [&] {
      static_cast<const T*>(object)
          ->compute(context(ctx, borrow{}), shape(output, borrow{}), arguments(inputs, borrow{}))
          .assign_to_handle(out);
    });
  }

  template <class T>
  static migraphx_status compute_shape(
      migraphx_shape_t out, void* object, char* message, std::size_t message_size,
      migraphx_shapes_t inputs) {
    return guarded(message, message_size, [&] {
      static_cast<const T*>(object)->compute_shape(shapes(inputs, borrow{})).assign_to_handle(out);
    });
  }

  template <class T>
  static migraphx_status output_alias(
      std::size_t* out, std::size_t* out_size, void* object, char* message,
      std::size_t message_size, migraphx_shapes_t inputs) {
    return guarded(message, message_size, [&] {
      const auto indices = static_cast<const T*>(object)->output_alias(shapes(inputs, borrow{}));
      if (indices.size() > *out_size)
        throw exception(migraphx_status_bad_param, "too many aliases");
      std::copy(indices.begin(), indices.end(), out);
      *out_size = indices.size();
    });
  }

  template <class T>
  static migraphx_status runs_on_offload_target(
      bool* out, void* object, char* message, std::size_t message_size) {
    return guarded(message, message_size, [&] {
      *out = static_cast<const T*>(object)->runs_on_offload_target();
    });
  }
};

/// Makes an operator known by its name. T is final and can be copied.
template <class T>
void register_experimental_custom_op(T& object) {
  static_assert(std::is_base_of<experimental_custom_op_base, T>::value, "not a custom operator");
  static_assert(std::is_final<T>::value, "copies of a derived class would lose a part");
  static_assert(std::is_copy_constructible<T>::value, "the operator keeps copies");
  experimental_custom_op(object).register_op();
}

}  // namespace api
}  // namespace migraphx

#endif
