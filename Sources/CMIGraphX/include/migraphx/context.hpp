/// What compiled programs run in.
#ifndef MIGRAPHX_CONTEXT_HPP
#define MIGRAPHX_CONTEXT_HPP

#include <migraphx/detail/handle.hpp>

namespace migraphx {
inline namespace api {

struct context;

template <>
struct handle_traits<migraphx_context> {
  using type = context;
};

/// What a compiled program runs in. It belongs to the program.
struct context : handle_base<migraphx_context> {
  using handle_base::handle_base;

  /// Waits until all that was started is done.
  void finish() const { call(&migraphx_context_finish, get_handle_ptr()); }

  /// The target's queue, or a null pointer where there is none.
  template <class Queue>
  Queue get_queue() const {
    return static_cast<Queue>(detail::fetch(&migraphx_context_get_queue, get_handle_ptr()));
  }
};

}  // namespace api
}  // namespace migraphx

#endif
