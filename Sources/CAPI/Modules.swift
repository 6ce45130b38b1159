import CMIGraphX
import IR
import Operators
import Support
import Tensors

// MARK: Modules

@c @implementation
public func migraphx_module_create(
  _ module: UnsafeMutablePointer<migraphx_module_t?>?, _ name: UnsafeMutablePointer<CChar>?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    let name = try name.map { (pointer) throws(MIGraphXError) in try text(pointer, "name") }
    let draft = ModuleDraft(module: Module(name: name ?? ""))
    try give(new: draft, to: module, "module")
  }
}

@c @implementation
public func migraphx_module_print(_ module: const_migraphx_module_t?) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    printText(try value(module, "module", of: ModuleDraft.self).text)
  }
}

@c @implementation
public func migraphx_module_name(
  _ out: UnsafeMutablePointer<UnsafePointer<CChar>?>?, _ module: const_migraphx_module_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    let module = try box(module, "module", of: ModuleDraft.self)
    try give(lend(module.value.module.name, of: module), to: out)
  }
}

@c @implementation
public func migraphx_module_text(
  _ out: UnsafeMutablePointer<migraphx_buffer_t?>?, _ module: const_migraphx_module_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    try give(new: Buffer(value(module, "module", of: ModuleDraft.self).text), to: out)
  }
}

@c @implementation
public func migraphx_module_instructions(
  _ out: UnsafeMutablePointer<migraphx_instructions_t?>?, _ module: const_migraphx_module_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    let draft = try box(module, "module", of: ModuleDraft.self)
    let instructions = draft.value.module.order.map {
      InstructionValue(draft: draft, value: Value($0))
    }
    try give(new: instructions, to: out)
  }
}

@c @implementation
public func migraphx_module_add_instruction(
  _ out: UnsafeMutablePointer<migraphx_instruction_t?>?, _ module: migraphx_module_t?,
  _ op: migraphx_operation_t?, _ args: migraphx_instructions_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    try check(out)
    let operation = try value(op, "op", of: OperationValue.self)
    let operands = try value(args, "args", of: [InstructionValue].self)
    try give(new: box(module, "module", of: ModuleDraft.self).add(operation, operands), to: out)
  }
}

@c @implementation
public func migraphx_module_add_instruction_with_mod_args(
  _ out: UnsafeMutablePointer<migraphx_instruction_t?>?, _ module: migraphx_module_t?,
  _ op: migraphx_operation_t?, _ args: migraphx_instructions_t?, _ module_refs: migraphx_modules_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    try check(out)
    let operation = try value(op, "op", of: OperationValue.self)
    let operands = try value(args, "args", of: [InstructionValue].self)
    let modules = try value(module_refs, "module_refs", of: [ModuleReference].self).map(\.draft)
    try give(
      new: box(module, "module", of: ModuleDraft.self).add(operation, operands, modules: modules),
      to: out)
  }
}

@c @implementation
public func migraphx_module_add_literal(
  _ out: UnsafeMutablePointer<migraphx_instruction_t?>?, _ module: migraphx_module_t?,
  _ shape: const_migraphx_shape_t?, _ buffer: UnsafePointer<CChar>?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    try check(out)
    let shape = try value(shape, "shape", of: TensorShape.self)
    let borrowed = try Argument(
      borrowing: buffer.map { UnsafeMutableRawPointer(mutating: $0) }, shape
    ) {}
    // The strides are the literal's too: all of the memory is copied, as it lies.
    let literal = Literal(try borrowed.copiedAsItLies())
    let draft = try box(module, "module", of: ModuleDraft.self)
    let value = try draft.update { (draft) throws(MIGraphXError) in
      try draft.checkOpen()
      return draft.module.addLiteral(literal)
    }
    try give(new: InstructionValue(draft: draft, value: value), to: out)
  }
}

@c @implementation
public func migraphx_module_add_parameter(
  _ out: UnsafeMutablePointer<migraphx_instruction_t?>?, _ module: migraphx_module_t?,
  _ name: UnsafePointer<CChar>?, _ shape: const_migraphx_shape_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    try check(out)
    let name = try text(name, "name")
    let given = try value(shape, "shape", of: TensorShape.self)
    let draft = try box(module, "module", of: ModuleDraft.self)
    let shape = try given.symbolic(name, draft.symbols())
    let value = try draft.update { (draft) throws(MIGraphXError) in
      try draft.checkOpen()
      if given.isDynamic { draft.ranges[name] = given.ranges }
      return try draft.module.addParameter(name, shape)
    }
    try give(new: InstructionValue(draft: draft, value: value), to: out)
  }
}

@c @implementation
public func migraphx_module_add_return(
  _ out: UnsafeMutablePointer<migraphx_instruction_t?>?, _ module: migraphx_module_t?,
  _ args: migraphx_instructions_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    try check(out)
    let results = try value(args, "args", of: [InstructionValue].self)
    try give(new: box(module, "module", of: ModuleDraft.self).addReturn(results), to: out)
  }
}

@c @implementation
public func migraphx_module_replace_return(
  _ out: UnsafeMutablePointer<migraphx_instruction_t?>?, _ module: migraphx_module_t?,
  _ args: migraphx_instructions_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    try check(out)
    let results = try value(args, "args", of: [InstructionValue].self)
    let draft = try box(module, "module", of: ModuleDraft.self)
    try give(new: draft.addReturn(results, replacing: true), to: out)
  }
}

@c @implementation
public func migraphx_module_add_allocation(
  _ out: UnsafeMutablePointer<migraphx_instruction_t?>?, _ module: migraphx_module_t?,
  _ s: const_migraphx_shape_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    try check(out)
    let shape = try value(s, "s", of: TensorShape.self).fixed("allocate")
    let draft = try box(module, "module", of: ModuleDraft.self)
    try give(new: draft.add(.apply(Allocate(shape)), []), to: out)
  }
}

@c @implementation
public func migraphx_modules_create(
  _ modules: UnsafeMutablePointer<migraphx_modules_t?>?,
  _ ptr: UnsafeMutablePointer<migraphx_module_t?>?, _ size: Int
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    var list: [ModuleReference] = []
    for (index, handle) in try array(ptr, size, "ptr").enumerated() {
      list.append(ModuleReference(draft: try box(handle, "ptr[\(index)]")))
    }
    try give(new: list, to: modules, "modules")
  }
}

// MARK: Instructions

@c @implementation
public func migraphx_instructions_create(
  _ instructions: UnsafeMutablePointer<migraphx_instructions_t?>?,
  _ ptr: UnsafePointer<const_migraphx_instruction_t?>?, _ size: Int
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    let list = try values(ptr, size, "ptr", of: InstructionValue.self)
    try give(new: list, to: instructions, "instructions")
  }
}

@c @implementation
public func migraphx_instructions_size(
  _ out: UnsafeMutablePointer<Int>?, _ instructions: const_migraphx_instructions_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    try give(value(instructions, "instructions", of: [InstructionValue].self).count, to: out)
  }
}

@c @implementation
public func migraphx_instructions_get(
  _ out: UnsafeMutablePointer<migraphx_instruction_t?>?,
  _ instructions: const_migraphx_instructions_t?, _ idx: Int
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    let list = try value(instructions, "instructions", of: [InstructionValue].self)
    try give(new: element(idx, list), to: out)
  }
}

@c @implementation
public func migraphx_instruction_kind(
  _ out: UnsafeMutablePointer<migraphx_instruction_kind_t>?,
  _ instruction: const_migraphx_instruction_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    let kind =
      switch try value(instruction, "instruction", of: InstructionValue.self).found().instruction
        .body
      {
      case .parameter: migraphx_instruction_parameter
      case .literal: migraphx_instruction_literal
      case .apply: migraphx_instruction_operation
      case .result: migraphx_instruction_return
      }
    try give(kind, to: out)
  }
}

@c @implementation
public func migraphx_instruction_name(
  _ out: UnsafeMutablePointer<UnsafePointer<CChar>?>?, _ instruction: const_migraphx_instruction_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    let instruction = try box(instruction, "instruction", of: InstructionValue.self)
    try give(lend(instruction.value.found().instruction.name, of: instruction), to: out)
  }
}

@c @implementation
public func migraphx_instruction_shape(
  _ out: UnsafeMutablePointer<migraphx_shape_t?>?, _ instruction: const_migraphx_instruction_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    let instruction = try value(instruction, "instruction", of: InstructionValue.self)
    try give(new: TensorShape(instruction.type()), to: out)
  }
}

@c @implementation
public func migraphx_instruction_op(
  _ out: UnsafeMutablePointer<migraphx_operation_t?>?, _ instruction: const_migraphx_instruction_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    let found = try value(instruction, "instruction", of: InstructionValue.self).found()
    guard let op = found.instruction.op else {
      throw .badParameter("instruction", "\(found.instruction.name) has no operator")
    }
    try give(new: OperationValue.apply(op), to: out)
  }
}

@c @implementation
public func migraphx_instruction_literal_value(
  _ out: UnsafeMutablePointer<migraphx_argument_t?>?, _ instruction: const_migraphx_instruction_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    let found = try value(instruction, "instruction", of: InstructionValue.self).found()
    guard let literal = found.instruction.literal else {
      throw .badParameter("instruction", "\(found.instruction.name) is no literal")
    }
    try literal.argument.storage.verify()
    try give(new: literal.argument.copiedAsItLies(), to: out)
  }
}

@c @implementation
public func migraphx_instruction_inputs(
  _ out: UnsafeMutablePointer<migraphx_instructions_t?>?,
  _ instruction: const_migraphx_instruction_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    let instruction = try value(instruction, "instruction", of: InstructionValue.self)
    let inputs = try instruction.found().instruction.inputs.map {
      InstructionValue(draft: instruction.draft, value: $0)
    }
    try give(new: inputs, to: out)
  }
}

@c @implementation
public func migraphx_instruction_outputs(
  _ out: UnsafeMutablePointer<migraphx_instructions_t?>?,
  _ instruction: const_migraphx_instruction_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    let instruction = try value(instruction, "instruction", of: InstructionValue.self)
    let users = try instruction.found().module.users(of: instruction.value.instruction).map {
      InstructionValue(draft: instruction.draft, value: Value($0))
    }
    try give(new: users, to: out)
  }
}

@c @implementation
public func migraphx_instruction_equal(
  _ out: UnsafeMutablePointer<Bool>?, _ instruction: const_migraphx_instruction_t?,
  _ x: const_migraphx_instruction_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    let first = try value(instruction, "instruction", of: InstructionValue.self)
    try give(first.isSame(as: value(x, "x")), to: out)
  }
}

@c @implementation
public func migraphx_instruction_hash(
  _ out: UnsafeMutablePointer<Int>?, _ instruction: const_migraphx_instruction_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    let instruction = try value(instruction, "instruction", of: InstructionValue.self)
    var hasher = Hasher()
    hasher.combine(ObjectIdentifier(instruction.draft))
    hasher.combine(instruction.value)
    try give(hasher.finalize(), to: out)
  }
}

// MARK: Operators

@c @implementation
public func migraphx_operation_create_from_json(
  _ operation: UnsafeMutablePointer<migraphx_operation_t?>?, _ name: UnsafePointer<CChar>?,
  _ attributes: UnsafePointer<CChar>?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    let attributes = try attributes.map { (pointer) throws(MIGraphXError) in
      try text(pointer, "attributes")
    }
    try give(
      new: OperationValue(text(name, "name"), json: attributes), to: operation, "operation")
  }
}

@c @implementation
public func migraphx_operation_name(
  _ out: UnsafeMutablePointer<CChar>?, _ out_size: Int, _ operation: migraphx_operation_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    let name = Array(try value(operation, "operation", of: OperationValue.self).name.utf8CString)
    guard let out else { throw .badParameter("out", "Null pointer") }
    guard out_size >= name.count else {
      throw .badParameter("out_size", "\(name.count) bytes are needed, found \(out_size)")
    }
    for (index, character) in name.enumerated() { out[index] = character }
  }
}

@c @implementation
public func migraphx_operation_attributes(
  _ out: UnsafeMutablePointer<migraphx_buffer_t?>?, _ operation: const_migraphx_operation_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    let attributes = try value(operation, "operation", of: OperationValue.self).attributes()
    try give(new: Buffer(attributes.json()), to: out)
  }
}

@c @implementation
public func migraphx_operation_text(
  _ out: UnsafeMutablePointer<migraphx_buffer_t?>?, _ operation: const_migraphx_operation_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    try give(new: Buffer(value(operation, "operation", of: OperationValue.self).text), to: out)
  }
}
