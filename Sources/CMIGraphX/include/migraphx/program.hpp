/// Programs: models that can be compiled and run.
#ifndef MIGRAPHX_PROGRAM_HPP
#define MIGRAPHX_PROGRAM_HPP

#include <migraphx/compile_options.hpp>
#include <migraphx/context.hpp>
#include <migraphx/detail/type_name.hpp>
#include <migraphx/module.hpp>
#include <migraphx/parameters.hpp>
#include <migraphx/target.hpp>

// Programs for MIGraphX rely on this one.
#include <iostream>

namespace migraphx {
inline namespace api {

MIGRAPHX_HANDLE_TRAITS(trace_info)
MIGRAPHX_HANDLE_TRAITS(program)

/// What a callback of program::run_trace learns about one instruction.
struct trace_info : handle_base<migraphx_trace_info> {
  using handle_base::handle_base;

  trace_info() : handle_base(detail::fetch(&migraphx_trace_info_create), own{}) {}

  /// The instruction's position in the main module.
  std::size_t get_index() const {
    return detail::fetch(&migraphx_trace_info_get_index, get_handle_ptr());
  }
  std::string get_name() const {
    return detail::fetch(&migraphx_trace_info_get_name, get_handle_ptr());
  }
  /// The result, in the host's memory.
  argument get_result() const {
    return {detail::fetch(&migraphx_trace_info_get_result, get_handle_ptr()), share_handle()};
  }
};

/// A model. Copies share it.
struct program : handle_base<migraphx_program> {
  using handle_base::handle_base;

  /// A program with an empty main module.
  program() : handle_base(detail::fetch(&migraphx_program_create), own{}) {}

  void compile(const target& target, const compile_options& options = {}) const {
    call(
        &migraphx_program_compile, get_handle_ptr(), target.get_handle_ptr(),
        options.get_handle_ptr());
  }
  bool is_compiled() const {
    return detail::fetch(&migraphx_program_is_compiled, get_handle_ptr());
  }

  program_parameter_shapes get_parameter_shapes() const {
    return {detail::fetch(&migraphx_program_get_parameter_shapes, get_handle_ptr()), own{}};
  }
  shapes get_output_shapes() const {
    return {detail::fetch(&migraphx_program_get_output_shapes, get_handle_ptr()), own{}};
  }

  /// The inputs by name; dynamic axes at their maximum.
  std::unordered_map<std::string, shape> get_inputs() const {
    return program_parameter_shapes(
        detail::fetch(&migraphx_program_get_inputs, get_handle_ptr()), own{});
  }
  /// The outputs by name; dynamic axes at their maximum.
  std::unordered_map<std::string, shape> get_outputs() const {
    return program_parameter_shapes(
        detail::fetch(&migraphx_program_get_outputs, get_handle_ptr()), own{});
  }

  /// The bytes that one run needs besides weights, inputs and outputs; after compile.
  std::size_t get_memory_usage() const {
    return detail::fetch(&migraphx_program_get_memory_usage, get_handle_ptr());
  }

  /// Runs the compiled program, and gives its outputs in the model's order.
  arguments eval(const program_parameters& params) const {
    return {detail::fetch(&migraphx_program_run, get_handle_ptr(), params.get_handle_ptr()), own{}};
  }
  arguments eval(std::initializer_list<std::pair<std::string, argument>> params) const {
    return eval(program_parameters(params));
  }

  /// The same with a map. Where the program was compiled without offload_copy, entries under the
  /// names of outputs are the memory that those are written to.
  std::vector<argument> eval(const std::unordered_map<std::string, argument>& params) const {
    return eval(program_parameters(params));
  }

  /// Gives only the named tensors, in this order: outputs, or intermediate ones by their ONNX name.
  std::vector<argument> eval(
      const std::unordered_map<std::string, argument>& params,
      const std::vector<std::string>& output_names) const {
    std::vector<const char*> names;
    for (const auto& name : output_names) names.push_back(name.c_str());
    return arguments(
        detail::fetch(
            &migraphx_program_run_outputs, get_handle_ptr(),
            program_parameters(params).get_handle_ptr(), names.data(), names.size()),
        own{});
  }

  /// Runs the program in a queue of the target, such as a hipStream_t.
  template <class Stream>
  arguments run_async(const program_parameters& params, Stream* stream) const {
    return {detail::fetch(
                &migraphx_program_run_async, get_handle_ptr(), params.get_handle_ptr(), stream,
                get_type_name<Stream>().c_str()),
            own{}};
  }

  /// Runs the program, and calls `callback` with the trace_info of every instruction.
  template <class Callback>
  arguments run_trace(const program_parameters& params, Callback callback) const {
    struct state {
      Callback& callback;
      std::string failure;
    } state{callback, {}};
    const migraphx_trace_callback_t trampoline = [](migraphx_trace_info_t info, void* data) {
      auto& state = *static_cast<struct state*>(data);
      try {
        state.callback(trace_info(info, borrow{}));
        return migraphx_status_success;
      } catch (const std::exception& error) {
        state.failure = error.what();
      } catch (...) {
        state.failure = "an exception of unknown type";
      }
      return migraphx_status_unknown_error;
    };
    migraphx_arguments_t results = nullptr;
    const auto status = migraphx_program_run_trace(
        &results, get_handle_ptr(), params.get_handle_ptr(), trampoline, &state);
    if (!state.failure.empty()) throw exception(status, "run_trace: callback: " + state.failure);
    if (status != migraphx_status_success) throw exception(status, migraphx_get_last_error());
    return {results, own{}};
  }

  module get_main_module() const {
    return {detail::fetch(&migraphx_program_get_main_module, get_handle_ptr()), share_handle()};
  }
  module create_module(const std::string& name) const {
    return {detail::fetch(&migraphx_program_create_module, get_handle_ptr(), name.c_str()),
            share_handle()};
  }
  context experimental_get_context() const {
    return {detail::fetch(&migraphx_program_experimental_get_context, get_handle_ptr()),
            share_handle()};
  }

  /// Prints the program to standard output.
  void print() const { call(&migraphx_program_print, get_handle_ptr()); }

  /// Brings the instructions into an order that depends on the graph alone.
  program sort() const {
    call(&migraphx_program_sort, get_handle_ptr());
    return *this;
  }

  friend bool operator==(const program& x, const program& y) {
    return detail::fetch(&migraphx_program_equal, x.get_handle_ptr(), y.get_handle_ptr());
  }
  friend bool operator!=(const program& x, const program& y) { return !(x == y); }

  friend std::ostream& operator<<(std::ostream& stream, const program& x) {
    return stream << detail::fetch_bytes(&migraphx_program_text, x.get_handle_ptr());
  }
};

}  // namespace api
}  // namespace migraphx

#endif
