#include "graph.h"

#include <array>

namespace {

struct Operation {
  OperationHandle handle;
};

/// A builder of several instructions.
struct Macro {
  std::string name;
  nb::dict options;
};

enum class PoolingMode { average, max, lpnorm };
enum class RNNDirection { forward, reverse, bidirectional };

/// What JSON takes for an attribute that Python's encoder doesn't know.
nb::object json_value(nb::handle value) {
  if (nb::isinstance<DynamicDimension>(value)) {
    const auto& range = nb::cast<const DynamicDimension&>(value);
    nb::dict result;
    result["min"] = range.min;
    result["max"] = range.max;
    result["optimals"] = nb::list(nb::cast(range.optimals));
    return result;
  }
  if (nb::hasattr(value, "tolist")) return value.attr("tolist")();
  return nb::module_::import_("operator").attr("index")(value);
}

OperationHandle make_operation(const std::string& name, const nb::kwargs& attributes) {
  const auto json = nb::module_::import_("json").attr("dumps")(
      attributes, "default"_a = nb::cpp_function(json_value));
  return create<OperationHandle>(
      migraphx_operation_create_from_json, c_string(name), nb::cast<std::string>(json).c_str());
}

std::string operation_name(const Operation& self) {
  std::array<char, 256> name{};
  check(migraphx_operation_name(name.data(), name.size(), self.handle));
  return name.data();
}

InstructionsHandle handles(const std::vector<const Instruction*>& instructions) {
  std::vector<const_migraphx_instruction_t> pointers;
  for (auto* instruction : instructions) {
    if (!instruction) throw nb::type_error("an instruction is needed, not None");
    pointers.push_back(migraphx_instruction_t(instruction->handle));
  }
  return create<InstructionsHandle>(
      migraphx_instructions_create, pointers.data(), pointers.size());
}

std::vector<Instruction> list(
    const std::shared_ptr<ProgramHandle>& owner, const InstructionsHandle& instructions) {
  std::vector<Instruction> result;
  for (size_t i = 0; i < get<size_t>(migraphx_instructions_size, instructions); ++i)
    result.push_back(
        {owner, create<InstructionHandle>(migraphx_instructions_get, instructions, i)});
  return result;
}

template <migraphx_status (*function)(migraphx_instructions_t*, const_migraphx_instruction_t)>
std::vector<Instruction> neighbours(const Instruction& self) {
  return list(self.owner, create<InstructionsHandle>(function, self.handle));
}

Instruction add_instruction(
    const Module& self, const Operation& op, const std::vector<const Instruction*>& args,
    const std::vector<const Module*>& mod_args) {
  std::vector<migraphx_module_t> pointers;
  for (auto* module : mod_args) {
    if (!module) throw nb::type_error("a module is needed, not None");
    pointers.push_back(module->handle);
  }
  auto modules = create<ModulesHandle>(migraphx_modules_create, pointers.data(), pointers.size());
  return {
      self.owner, create<InstructionHandle>(
                      migraphx_module_add_instruction_with_mod_args, self.handle, op.handle,
                      handles(args), modules)};
}

Instruction add_literal(const Module& self, nb::handle data) {
  const ArgumentView view(data);
  const Argument packed(create<ArgumentHandle>(migraphx_argument_copy, view.argument->handle));
  return {
      self.owner,
      create<InstructionHandle>(
          migraphx_module_add_literal, self.handle,
          get<const_migraphx_shape_t>(migraphx_argument_shape, packed.handle), packed.data())};
}

[[noreturn]] std::vector<Instruction> refuse_macro(const Macro& macro) {
  throw Error(
      "macro '" + macro.name +
      "' isn't supported: there are no builders of several instructions; add them one by one");
}

void bind_operations(nb::module_& module) {
  nb::class_<Operation> type(module, "op", "An operator with its attributes.");
  nb::enum_<PoolingMode>(type, "pooling_mode", "How a pooling sums up.", nb::is_arithmetic())
      .value("average", PoolingMode::average)
      .value("max", PoolingMode::max)
      .value("lpnorm", PoolingMode::lpnorm);
  nb::enum_<RNNDirection>(
      type, "rnn_direction", "How a recurrent network reads its sequence.", nb::is_arithmetic())
      .value("forward", RNNDirection::forward)
      .value("reverse", RNNDirection::reverse)
      .value("bidirectional", RNNDirection::bidirectional);
  type.def("__init__",
           [](Operation* self, const std::string& name, const nb::kwargs& attributes) {
             new (self) Operation{make_operation(name, attributes)};
           },
           "name"_a, "attributes"_a,
           "An operator by name. Attributes that aren't given have their defaults.")
      .def("name", operation_name, "The name.")
      .def("values",
           [](const Operation& self) {
             return nb::module_::import_("json").attr("loads")(
                 text(migraphx_operation_attributes, self.handle));
           },
           nb::sig("def values(self) -> dict"), "The attributes.")
      .def("__repr__",
           [](const Operation& self) { return text(migraphx_operation_text, self.handle); });

  nb::class_<Macro>(module, "macro", "A builder of several instructions. None is supported yet.")
      .def("__init__",
           [](Macro* self, const std::string& name, const nb::kwargs& options) {
             new (self) Macro{name, nb::dict(options)};
           },
           "name"_a, "options"_a)
      .def("name", [](const Macro& self) { return self.name; }, "The name.")
      .def("options", [](const Macro& self) { return self.options; }, "The options.");
}

void bind_instruction(nb::module_& module) {
  nb::class_<Instruction>(module, "instruction_ref", "An instruction of a module.")
      .def("shape",
           [](const Instruction& self) {
             return Shape(create<ShapeHandle>(migraphx_instruction_shape, self.handle));
           },
           nb::sig("def shape(self) -> migraphx.shape"), "The shape of its result.")
      .def("op",
           [](const Instruction& self) {
             return Operation{create<OperationHandle>(migraphx_instruction_op, self.handle)};
           },
           nb::sig("def op(self) -> migraphx.op"), "Its operator.")
      .def("inputs", neighbours<migraphx_instruction_inputs>, "The instructions it reads.")
      .def("outputs", neighbours<migraphx_instruction_outputs>, "The instructions that read it.")
      .def("name",
           [](const Instruction& self) {
             return get<const char*>(migraphx_instruction_name, self.handle);
           },
           "Its operator's name, or \"@param\", \"@literal\" or \"@return\".")
      .def("get_literal",
           [](const Instruction& self) {
             return Argument(
                 create<ArgumentHandle>(migraphx_instruction_literal_value, self.handle), true);
           },
           "The value of a literal.")
      .def("__hash__",
           [](const Instruction& self) {
             return get<size_t>(migraphx_instruction_hash, self.handle);
           })
      .def("__eq__",
           [](const Instruction& self, const Instruction& other) {
             return get<bool>(migraphx_instruction_equal, self.handle, other.handle);
           }, nb::is_operator(), equality);
}

}  // namespace

void bind_graph(nb::module_& module) {
  nb::class_<Module> type(module, "module", "A sequence of instructions, part of a program.");
  bind_operations(module);
  bind_instruction(module);
  type.def("add_instruction", add_instruction, "op"_a, "args"_a,
           "mod_args"_a = std::vector<const Module*>(), "Adds an operator's instruction.")
      .def("add_literal", add_literal, "data"_a,
           nb::sig("def add_literal(self, data: object) -> instruction_ref"),
           "Adds a constant: a copy of an argument or buffer.")
      .def("add_parameter",
           [](const Module& self, const std::string& name, const Shape& shape) {
             return Instruction{
                 self.owner, create<InstructionHandle>(
                                 migraphx_module_add_parameter, self.handle, c_string(name),
                                 shape.handle)};
           },
           "name"_a, "shape"_a, "Adds an input.")
      .def("add_return",
           [](const Module& self, const std::vector<const Instruction*>& args) {
             return Instruction{
                 self.owner, create<InstructionHandle>(
                                 migraphx_module_add_return, self.handle, handles(args))};
           },
           "args"_a, "Adds the instruction that names the results.")
      .def("replace_return",
           [](const Module& self, const std::vector<const Instruction*>& args) {
             return Instruction{
                 self.owner, create<InstructionHandle>(
                                 migraphx_module_replace_return, self.handle, handles(args))};
           },
           "args"_a, "Makes the return name other results.")
      .def("add_macro",
           [](const Module&, const Macro& macro, const std::vector<const Instruction*>&,
              const std::vector<const Module*>&) { return refuse_macro(macro); },
           "macro"_a, "args"_a, "mod_args"_a = std::vector<const Module*>(),
           "Raises Error: no macro is supported yet.")
      .def("insert_macro",
           [](const Module&, const Instruction&, const Macro& macro,
              const std::vector<const Instruction*>&,
              const std::vector<const Module*>&) { return refuse_macro(macro); },
           "ins"_a, "macro"_a, "args"_a, "mod_args"_a = std::vector<const Module*>(),
           "Raises Error: no macro is supported yet.")
      .def("print",
           [](const Module& self) { nb::print(text(migraphx_module_text, self.handle).c_str()); },
           "Prints the module.")
      .def("__iter__",
           [](const Module& self) {
             return nb::iter(nb::cast(list(
                 self.owner,
                 create<InstructionsHandle>(migraphx_module_instructions, self.handle))));
           },
           nb::sig("def __iter__(self) -> collections.abc.Iterator[instruction_ref]"),
           "The instructions in order.")
      .def("__repr__", [](const Module& self) { return text(migraphx_module_text, self.handle); });
}
