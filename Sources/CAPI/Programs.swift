import CMIGraphX
import Formats
import IR
import MIGraphX
import Support
import Tensors

// MARK: Making and compiling

@c @implementation
public func migraphx_program_create(
  _ program: UnsafeMutablePointer<migraphx_program_t?>?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    try give(new: ProgramValue(), to: program, "program")
  }
}

@c @implementation
public func migraphx_program_get_main_module(
  _ out: UnsafeMutablePointer<migraphx_module_t?>?, _ program: migraphx_program_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    let main = try value(program, "program", of: ProgramValue.self).main
    try give(HandleTable.shared.part(.name("main"), of: program) { main }, to: out)
  }
}

@c @implementation
public func migraphx_program_create_module(
  _ out: UnsafeMutablePointer<migraphx_module_t?>?, _ program: migraphx_program_t?,
  _ name: UnsafePointer<CChar>?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    try check(out)
    let name = try text(name, "name")
    let box = try box(program, "program", of: ProgramValue.self)
    let draft = Box(ModuleDraft(module: Module(name: name), enclosing: box.value.main))
    try box.update { (value) throws(MIGraphXError) in
      guard name != value.main.value.module.name, value.modules[name] == nil else {
        throw MIGraphXError(.invalidProgram, "the program has a module '\(name)' already")
      }
      value.modules[name] = draft
    }
    try give(HandleTable.shared.part(.name("module:\(name)"), of: program) { draft }, to: out)
  }
}

@c @implementation
public func migraphx_program_compile(
  _ program: migraphx_program_t?, _ target: migraphx_target_t?,
  _ options: migraphx_compile_options_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    let box = try box(program, "program", of: ProgramValue.self)
    let target = try value(target, "target", of: TargetValue.self).target
    let compiled = try box.value.source().compiled(for: target, options: value(options, "options"))
    try box.update { (program) throws(MIGraphXError) in try program.keep(compiled) }
  }
}

@c @implementation
public func migraphx_program_is_compiled(
  _ out: UnsafeMutablePointer<Bool>?, _ program: const_migraphx_program_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    try give(value(program, "program", of: ProgramValue.self).compiled != nil, to: out)
  }
}

@c @implementation
public func migraphx_program_sort(_ program: migraphx_program_t?) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    // Instructions stand in an order in which they can run from the start.
    _ = try box(program, "program", of: ProgramValue.self)
  }
}

@c @implementation
public func migraphx_program_equal(
  _ out: UnsafeMutablePointer<Bool>?, _ program: const_migraphx_program_t?,
  _ x: const_migraphx_program_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    let first = try value(program, "program", of: ProgramValue.self)
    try give(first.isEqual(to: value(x, "x")), to: out)
  }
}

// MARK: Asking

@c @implementation
public func migraphx_program_get_parameter_shapes(
  _ out: UnsafeMutablePointer<migraphx_program_parameter_shapes_t?>?, _ program: migraphx_program_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    try give(new: value(program, "program", of: ProgramValue.self).inputs(), to: out)
  }
}

@c @implementation
public func migraphx_program_get_output_shapes(
  _ out: UnsafeMutablePointer<migraphx_shapes_t?>?, _ program: migraphx_program_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    let outputs = try value(program, "program", of: ProgramValue.self).outputs()
    try give(new: outputs.entries.map(\.shape), to: out)
  }
}

@c @implementation
public func migraphx_program_get_inputs(
  _ out: UnsafeMutablePointer<migraphx_program_parameter_shapes_t?>?,
  _ program: const_migraphx_program_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    try give(new: value(program, "program", of: ProgramValue.self).inputs(), to: out)
  }
}

@c @implementation
public func migraphx_program_get_outputs(
  _ out: UnsafeMutablePointer<migraphx_program_parameter_shapes_t?>?,
  _ program: const_migraphx_program_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    try give(new: value(program, "program", of: ProgramValue.self).outputs(), to: out)
  }
}

@c @implementation
public func migraphx_program_get_memory_usage(
  _ out: UnsafeMutablePointer<Int>?, _ program: const_migraphx_program_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    let program = try value(program, "program", of: ProgramValue.self)
    try give(program.executable().memoryUsage(), to: out)
  }
}

@c @implementation
public func migraphx_program_print(_ program: const_migraphx_program_t?) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    printText(try value(program, "program", of: ProgramValue.self).current.text())
  }
}

@c @implementation
public func migraphx_program_text(
  _ out: UnsafeMutablePointer<migraphx_buffer_t?>?, _ program: const_migraphx_program_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    try give(new: Buffer(value(program, "program", of: ProgramValue.self).current.text()), to: out)
  }
}

@c @implementation
public func migraphx_program_python(
  _ out: UnsafeMutablePointer<migraphx_buffer_t?>?, _ program: const_migraphx_program_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    let program = try value(program, "program", of: ProgramValue.self).current
    try give(new: Buffer(program.python()), to: out)
  }
}

@c @implementation
public func migraphx_program_cpp(
  _ out: UnsafeMutablePointer<migraphx_buffer_t?>?, _ program: const_migraphx_program_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    let program = try value(program, "program", of: ProgramValue.self).current
    try give(new: Buffer(program.cpp()), to: out)
  }
}

@c @implementation
public func migraphx_program_experimental_get_context(
  _ out: UnsafeMutablePointer<migraphx_context_t?>?, _ program: const_migraphx_program_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    _ = try value(program, "program", of: ProgramValue.self).executable()
    try give(.name("context"), of: program, ContextValue(), to: out)
  }
}

@c @implementation
public func migraphx_context_finish(_ context: const_migraphx_context_t?) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    _ = try box(context, "context", of: ContextValue.self)
  }
}

@c @implementation
public func migraphx_context_get_queue(
  _ out: UnsafeMutablePointer<UnsafeMutableRawPointer?>?, _ context: migraphx_context_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    _ = try box(context, "context", of: ContextValue.self)
    try give(nil, to: out)
  }
}

// MARK: Running

@c @implementation
public func migraphx_program_run(
  _ out: UnsafeMutablePointer<migraphx_arguments_t?>?, _ program: migraphx_program_t?,
  _ params: migraphx_program_parameters_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    let program = try value(program, "program", of: ProgramValue.self)
    let inputs = try value(params, "params", of: NamedArguments.self).values
    try give(new: program.run(inputs), to: out)
  }
}

@c @implementation
public func migraphx_program_run_async(
  _ out: UnsafeMutablePointer<migraphx_arguments_t?>?, _ program: migraphx_program_t?,
  _ params: migraphx_program_parameters_t?, _ s: UnsafeMutableRawPointer?,
  _ name: UnsafePointer<CChar>?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    let program = try value(program, "program", of: ProgramValue.self)
    let inputs = try value(params, "params", of: NamedArguments.self).values
    _ = try text(name, "name")
    try give(new: program.run(inputs), to: out)
  }
}

@c @implementation
public func migraphx_program_run_outputs(
  _ out: UnsafeMutablePointer<migraphx_arguments_t?>?, _ program: const_migraphx_program_t?,
  _ params: migraphx_program_parameters_t?, _ names: UnsafePointer<UnsafePointer<CChar>?>?,
  _ names_size: Int
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    let program = try value(program, "program", of: ProgramValue.self)
    let inputs = try value(params, "params", of: NamedArguments.self).values
    try give(
      new: program.run(inputs, outputs: chosen(names, names_size)), to: out)
  }
}

@c @implementation
public func migraphx_program_run_values(
  _ out: UnsafeMutablePointer<migraphx_values_t?>?, _ program: const_migraphx_program_t?,
  _ params: migraphx_program_parameters_t?, _ names: UnsafePointer<UnsafePointer<CChar>?>?,
  _ names_size: Int
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    let program = try value(program, "program", of: ProgramValue.self)
    let inputs = try value(params, "params", of: NamedArguments.self).values
    let results = try program.runValues(inputs, outputs: chosen(names, names_size))
    try give(new: results.map(\.value), to: out)
  }
}

/// The names of the outputs asked for; nil, for all of them, if there are none.
private func chosen(
  _ names: UnsafePointer<UnsafePointer<CChar>?>?, _ count: Int
) throws(MIGraphXError) -> [String]? {
  if count == 0 { return nil }
  var chosen: [String] = []
  for pointer in try array(names, count, "names") { chosen.append(try text(pointer, "names")) }
  return chosen
}

@c @implementation
public func migraphx_program_run_trace(
  _ out: UnsafeMutablePointer<migraphx_arguments_t?>?, _ program: migraphx_program_t?,
  _ params: migraphx_program_parameters_t?, _ callback: migraphx_trace_callback_t?,
  _ data: UnsafeMutableRawPointer?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    let program = try value(program, "program", of: ProgramValue.self)
    let inputs = try value(params, "params", of: NamedArguments.self).values
    guard let callback else { throw .badParameter("callback", "Null pointer") }
    let main = try program.executable().executable.lowered.main
    try give(
      new: program.run(inputs) { (run) throws(MIGraphXError) in
        let info = TraceInfo(
          index: run.index, name: main[run.id].op?.text ?? main[run.id].name,
          result: try run.results.first?.argument?.copied())
        let handles = TemporaryHandles()
        guard callback(handles.add(Box(info)), data) == migraphx_status_success else {
          throw MIGraphXError(.invalidArgument, "the trace callback failed at \(info.name)")
        }
      }, to: out)
  }
}

@c @implementation
public func migraphx_trace_info_create(
  _ trace_info: UnsafeMutablePointer<migraphx_trace_info_t?>?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    try give(new: TraceInfo(), to: trace_info, "trace_info")
  }
}

@c @implementation
public func migraphx_trace_info_get_index(
  _ out: UnsafeMutablePointer<Int>?, _ trace_info: const_migraphx_trace_info_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    try give(value(trace_info, "trace_info", of: TraceInfo.self).index, to: out)
  }
}

@c @implementation
public func migraphx_trace_info_get_name(
  _ out: UnsafeMutablePointer<UnsafePointer<CChar>?>?, _ trace_info: const_migraphx_trace_info_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    let info = try box(trace_info, "trace_info", of: TraceInfo.self)
    try give(lend(info.value.name, of: info), to: out)
  }
}

@c @implementation
public func migraphx_trace_info_get_result(
  _ out: UnsafeMutablePointer<const_migraphx_argument_t?>?,
  _ trace_info: const_migraphx_trace_info_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    guard let result = try value(trace_info, "trace_info", of: TraceInfo.self).result else {
      throw MIGraphXError(.unsupported, "the result is no tensor")
    }
    try give(.name("result"), of: trace_info, result, to: out)
  }
}
