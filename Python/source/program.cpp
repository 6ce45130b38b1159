#include "graph.h"

namespace {

using NamedShapes = std::vector<std::pair<std::string, Shape>>;

NamedShapes named_shapes(const ProgramParameterShapesHandle& shapes) {
  std::vector<const char*> names(get<size_t>(migraphx_program_parameter_shapes_size, shapes));
  check(migraphx_program_parameter_shapes_names(names.data(), shapes));
  NamedShapes result;
  for (auto* name : names)
    result.emplace_back(
        name, Shape(get<const_migraphx_shape_t>(
                  migraphx_program_parameter_shapes_get, shapes, name)));
  return result;
}

NamedShapes inputs(const Program& self) {
  return named_shapes(create<ProgramParameterShapesHandle>(migraphx_program_get_inputs, self));
}

NamedShapes outputs(const Program& self) {
  return named_shapes(create<ProgramParameterShapesHandle>(migraphx_program_get_outputs, self));
}

nb::dict dictionary(NamedShapes shapes) {
  nb::dict result;
  for (auto& [name, shape] : shapes) result[name.c_str()] = nb::cast(std::move(shape));
  return result;
}

bool contains(const NamedShapes& shapes, const std::string& name) {
  for (const auto& [known, shape] : shapes)
    if (known == name) return true;
  return false;
}

/// A parameter under an output's name is where the result is written.
void check_destinations(const Program& program, const Parameters& parameters) {
  if (parameters.readonly.empty()) return;
  const auto destinations = outputs(program), sources = inputs(program);
  for (const auto& name : parameters.readonly)
    if (contains(destinations, name) && !contains(sources, name))
      throw nb::value_error(
          ("output '" + name + "' can't be written to memory that is read-only").c_str());
}

/// The names of the inputs that are no tensors.
std::set<std::string> structured_inputs(const Program& program) {
  std::set<std::string> names;
  for (const auto& [name, shape] : inputs(program))
    if (shape.type() == migraphx_shape_tuple_type) names.insert(name);
  return names;
}

void compile(
    const Program& self, const Target& t, bool offload_copy, bool fast_math, bool exhaustive_tune,
    size_t device_id) {
  auto options = create<CompileOptionsHandle>(migraphx_compile_options_create);
  check(migraphx_compile_options_set_offload_copy(options, offload_copy));
  check(migraphx_compile_options_set_fast_math(options, fast_math));
  check(migraphx_compile_options_set_exhaustive_tune_flag(options, exhaustive_tune));
  check(migraphx_compile_options_set_device_id(options, device_id));
  nb::gil_scoped_release no_gil;
  check(migraphx_program_compile(self, t.handle, options));
}

nb::list run(
    const Program& self, const nb::dict& params,
    const std::optional<std::vector<std::string>>& output_names) {
  const Parameters parameters(params, &self);
  check_destinations(self, parameters);
  std::vector<const char*> names;
  if (output_names)
    for (const auto& name : *output_names) names.push_back(c_string(name));
  ValuesHandle all;
  {
    nb::gil_scoped_release no_gil;
    all = create<ValuesHandle>(
        migraphx_program_run_values, self, parameters.handle, names.data(), names.size());
  }
  nb::list list;
  for (size_t i = 0; i < get<size_t>(migraphx_values_size, all); ++i)
    list.append(object_from_value(get<const_migraphx_value_t>(migraphx_values_get, all, i)));
  return list;
}

std::vector<Argument> run_async(
    const Program& self, const nb::dict& params, uintptr_t stream,
    const std::string& stream_name) {
  const Parameters parameters(params, &self);
  check_destinations(self, parameters);
  ArgumentsHandle all;
  {
    nb::gil_scoped_release no_gil;
    all = create<ArgumentsHandle>(
        migraphx_program_run_async, self, parameters.handle, reinterpret_cast<void*>(stream),
        c_string(stream_name));
  }
  std::vector<Argument> list;
  for (size_t i = 0; i < get<size_t>(migraphx_arguments_size, all); ++i)
    list.emplace_back(get<const_migraphx_argument_t>(migraphx_arguments_get, all, i));
  return list;
}

std::vector<Shape> output_shapes(const Program& self) {
  auto all = create<ShapesHandle>(migraphx_program_get_output_shapes, self);
  std::vector<Shape> list;
  for (size_t i = 0; i < get<size_t>(migraphx_shapes_size, all); ++i)
    list.emplace_back(get<const_migraphx_shape_t>(migraphx_shapes_get, all, i));
  return list;
}

Program sorted(const Program& self) {
  check(migraphx_program_sort(self));
  auto copy = create<ProgramHandle>(migraphx_program_create);
  check(migraphx_program_assign_to(copy, migraphx_program_t(self)));
  return Program(std::move(copy));
}

}  // namespace

Parameters::Parameters(const nb::dict& values, const Program* program)
    : handle(create<ProgramParametersHandle>(migraphx_program_parameters_create)) {
  const auto structured = program ? structured_inputs(*program) : std::set<std::string>();
  for (auto [key, value] : values) {
    if (!nb::isinstance<nb::str>(key))
      throw nb::type_error("the keys of the parameters must be names: strings");
    std::string name;
    if (!nb::try_cast(key, name)) throw nb::value_error("a parameter's name isn't Unicode");
    if (structured.count(name)) {
      const auto made = value_from_object(value);
      check(migraphx_program_parameters_add_value(handle, c_string(name), made));
      continue;
    }
    const ArgumentView view(value);
    check(migraphx_program_parameters_add(handle, c_string(name), view.argument->handle));
    if (view.argument->readonly) readonly.insert(name);
  }
}

nb::object object_from_value(const_migraphx_value_t value) {
  const auto kind = get<migraphx_value_kind_t>(migraphx_value_kind, value);
  if (kind == migraphx_value_tensor)
    return nb::cast(Argument(get<const_migraphx_argument_t>(migraphx_value_argument, value)));
  nb::list parts;
  for (size_t i = 0; i < get<size_t>(migraphx_value_size, value); ++i)
    parts.append(object_from_value(get<const_migraphx_value_t>(migraphx_value_get, value, i)));
  if (kind == migraphx_value_tuple) return nb::tuple(parts);
  if (kind == migraphx_value_sequence) return parts;
  return parts.size() ? nb::object(parts[0]) : nb::none();
}

ValueHandle value_from_object(nb::handle object) {
  if (object.is_none()) return create<ValueHandle>(migraphx_value_create_none);
  if (!nb::isinstance<nb::list>(object) && !nb::isinstance<nb::tuple>(object)) {
    const ArgumentView view(object);
    return create<ValueHandle>(migraphx_value_create, view.argument->handle);
  }
  std::vector<ValueHandle> elements;
  for (auto element : object) elements.push_back(value_from_object(element));
  std::vector<const_migraphx_value_t> pointers;
  for (const auto& element : elements) pointers.push_back(migraphx_value_t(element));
  return create<ValueHandle>(migraphx_value_create_sequence, pointers.data(), pointers.size());
}

void bind_program(nb::module_& module) {
  nb::class_<Target>(module, "target", "What programs are compiled for.")
      .def("__repr__", [](const Target& self) {
        return "target(\"" +
               std::string(get<const char*>(migraphx_target_name, self.handle)) + "\")";
      });
  module.def("get_target",
             [](const std::string& name) {
               return Target{create<TargetHandle>(migraphx_target_create, c_string(name))};
             },
             "name"_a, "A target by name, such as \"ref\".");

  nb::class_<Program>(
      module, "program",
      "A model. After compile it runs, in any number of threads at once.")
      .def("__init__",
           [](Program* self) {
             new (self) Program(create<ProgramHandle>(migraphx_program_create));
           },
           "A program whose main module is empty.")
      .def("get_parameter_names",
           [](const Program& self) {
             std::vector<std::string> names;
             for (auto& [name, shape] : named_shapes(create<ProgramParameterShapesHandle>(
                      migraphx_program_get_parameter_shapes, self)))
               names.push_back(name);
             return names;
           },
           "The names of the inputs, in the model's order.")
      .def("get_parameter_shapes",
           [](const Program& self) {
             return dictionary(named_shapes(create<ProgramParameterShapesHandle>(
                 migraphx_program_get_parameter_shapes, self)));
           },
           nb::sig("def get_parameter_shapes(self) -> dict[str, shape]"),
           "The shapes of the inputs by name.")
      .def("get_output_shapes", output_shapes, "The shapes of the outputs, in the model's order.")
      .def("get_inputs", [](const Program& self) { return dictionary(inputs(self)); },
           nb::sig("def get_inputs(self) -> dict[str, shape]"),
           "The shapes of the inputs by name, in the model's order; sizes are the largest.")
      .def("get_outputs", [](const Program& self) { return dictionary(outputs(self)); },
           nb::sig("def get_outputs(self) -> dict[str, shape]"),
           "The shapes of the outputs by name, in the model's order; sizes are the largest.")
      .def("get_memory_usage",
           [](const Program& self) {
             return get<size_t>(migraphx_program_get_memory_usage, self);
           },
           "The bytes that one run needs besides weights, inputs and outputs. The program must be "
           "compiled.")
      .def("is_compiled",
           [](const Program& self) { return get<bool>(migraphx_program_is_compiled, self); },
           "Whether the program can run.")
      .def("compile", compile, "t"_a, "offload_copy"_a = true, "fast_math"_a = true,
           "exhaustive_tune"_a = false, "device_id"_a = 0, "Makes the program run on a target.")
      .def("run", run, "params"_a, "output_names"_a = nb::none(),
           nb::sig("def run(self, params: dict[str, object], "
                   "output_names: collections.abc.Sequence[str] | None = None) -> list"),
           "Runs the program on arguments, buffers or DLPack tensors by name. Gives the outputs in "
           "the model's order, or those named, which may be intermediate tensors too: arguments, "
           "lists for sequences, None for an optional value that isn't there. Inputs of these "
           "kinds are given in the same way. Arrays of str and of objects that are str are text.")
      .def("run_async", run_async, "params"_a, "stream"_a, "stream_name"_a,
           nb::sig("def run_async(self, params: dict[str, object], stream: int, stream_name: str) "
                   "-> list[argument]"),
           "Runs the program on a stream of the device.")
      .def("get_main_module",
           [](const Program& self) {
             return Module{
                 self.handle, get<migraphx_module_t>(migraphx_program_get_main_module, self)};
           },
           "The main module.")
      .def("create_module",
           [](const Program& self, const std::string& name) {
             return Module{
                 self.handle,
                 get<migraphx_module_t>(migraphx_program_create_module, self, c_string(name))};
           },
           "name"_a, "Adds an empty module.")
      .def("to_py", [](const Program& self) { return text(migraphx_program_python, self); },
           "Python that rebuilds the program.")
      .def("sort", sorted, "Sorts the instructions so that inputs come first, and gives a copy.")
      .def("print",
           [](const Program& self) { nb::print(text(migraphx_program_text, self).c_str()); },
           "Prints the program.")
      .def("__eq__",
           [](const Program& self, const Program& other) {
             return get<bool>(
                 migraphx_program_equal, self, const_migraphx_program_t(migraphx_program_t(other)));
           }, nb::is_operator(), equality)
      .def("__repr__", [](const Program& self) { return text(migraphx_program_text, self); })
      .attr("__hash__") = nb::none();
}
