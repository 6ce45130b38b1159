import CMIGraphX
import MIGraphX
import ONNX
import Support
import Tensors

/// How ONNX models are read, as the C interface states it.
struct ParseOptions: HandleValue {
  static let typeName = "onnx_options"

  var onnx = ONNXOptions()
  var printsProgramOnError = false
  var defaultSize: Int?
  var defaultRange: DimensionRange?

  /// - Throws: `invalidArgument` for options that exclude each other.
  func resolved() throws(MIGraphXError) -> ONNXOptions {
    if let defaultSize, let defaultRange {
      throw MIGraphXError(
        .invalidArgument,
        "default_dim_value is \(defaultSize) and default_dyn_dim_value \(defaultRange): give one")
    }
    var options = onnx
    options.defaultDimension = defaultRange ?? defaultSize.map { DimensionRange($0) }
    return options
  }
}

extension CompileOptions: HandleValue {
  static var typeName: String { "compile_options" }
}

// MARK: Reading ONNX models

@c @implementation
public func migraphx_onnx_options_create(
  _ onnx_options: UnsafeMutablePointer<migraphx_onnx_options_t?>?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    try give(new: ParseOptions(), to: onnx_options, "onnx_options")
  }
}

@c @implementation
public func migraphx_onnx_options_set_input_parameter_shape(
  _ onnx_options: migraphx_onnx_options_t?, _ name: UnsafePointer<CChar>?,
  _ dims: UnsafeMutablePointer<Int>?, _ dims_size: Int
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    let name = try text(name, "name")
    let sizes = try sizes(dims, dims_size, "dims")
    try box(onnx_options, "onnx_options", of: ParseOptions.self)
      .update { $0.onnx.inputDimensions[name] = sizes }
  }
}

@c @implementation
public func migraphx_onnx_options_set_dyn_input_parameter_shape(
  _ onnx_options: migraphx_onnx_options_t?, _ name: UnsafePointer<CChar>?,
  _ dims: migraphx_dynamic_dimensions_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    let name = try text(name, "name")
    let ranges = try value(dims, "dims", of: [DimensionRange].self)
    try box(onnx_options, "onnx_options", of: ParseOptions.self)
      .update { $0.onnx.inputRanges[name] = ranges }
  }
}

@c @implementation
public func migraphx_onnx_options_set_default_dim_value(
  _ onnx_options: migraphx_onnx_options_t?, _ value: Int
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    // 0 stands for none.
    let size = try checked(value, "value")
    try box(onnx_options, "onnx_options", of: ParseOptions.self)
      .update { $0.defaultSize = size == 0 ? nil : size }
  }
}

@c @implementation
public func migraphx_onnx_options_set_default_dyn_dim_value(
  _ onnx_options: migraphx_onnx_options_t?, _ dd: const_migraphx_dynamic_dimension_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    let range = try value(dd, "dd", of: DimensionRange.self)
    try box(onnx_options, "onnx_options", of: ParseOptions.self).update { $0.defaultRange = range }
  }
}

@c @implementation
public func migraphx_onnx_options_set_dim_param(
  _ onnx_options: migraphx_onnx_options_t?, _ name: UnsafePointer<CChar>?,
  _ dd: const_migraphx_dynamic_dimension_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    let name = try text(name, "name")
    let range = try value(dd, "dd", of: DimensionRange.self)
    try box(onnx_options, "onnx_options", of: ParseOptions.self)
      .update { $0.onnx.dimensionParameters[name] = range }
  }
}

@c @implementation
public func migraphx_onnx_options_set_default_loop_iterations(
  _ onnx_options: migraphx_onnx_options_t?, _ value: Int64
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    _ = try box(onnx_options, "onnx_options", of: ParseOptions.self)
    guard value >= 0 else { throw .badParameter("value", "\(value) is negative") }
  }
}

@c @implementation
public func migraphx_onnx_options_set_limit_loop_iterations(
  _ onnx_options: migraphx_onnx_options_t?, _ value: Int64
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    _ = try box(onnx_options, "onnx_options", of: ParseOptions.self)
    guard value >= 0 else { throw .badParameter("value", "\(value) is negative") }
  }
}

@c @implementation
public func migraphx_onnx_options_set_external_data_path(
  _ onnx_options: migraphx_onnx_options_t?, _ external_data_path: UnsafePointer<CChar>?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    let path = try text(external_data_path, "external_data_path")
    try box(onnx_options, "onnx_options", of: ParseOptions.self)
      .update { $0.onnx.externalDataDirectory = path.isEmpty ? nil : path }
  }
}

@c @implementation
public func migraphx_onnx_options_set_use_debug_symbols(
  _ onnx_options: migraphx_onnx_options_t?, _ value: Bool
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    // Instructions always know the nodes that they stem from; printing decides whether they are shown.
    _ = try box(onnx_options, "onnx_options", of: ParseOptions.self)
  }
}

@c @implementation
public func migraphx_onnx_options_set_skip_unknown_operators(
  _ onnx_options: migraphx_onnx_options_t?, _ value: Bool
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    try box(onnx_options, "onnx_options", of: ParseOptions.self).update {
      $0.onnx.skipsUnknownOperators = value
    }
  }
}

@c @implementation
public func migraphx_onnx_options_set_print_program_on_error(
  _ onnx_options: migraphx_onnx_options_t?, _ value: Bool
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    try box(onnx_options, "onnx_options", of: ParseOptions.self).update {
      $0.printsProgramOnError = value
    }
  }
}

// MARK: Compiling

@c @implementation
public func migraphx_compile_options_create(
  _ compile_options: UnsafeMutablePointer<migraphx_compile_options_t?>?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    // Results stay where the target left them, unless asked for.
    var options = CompileOptions()
    options.offloadCopy = false
    try give(new: options, to: compile_options, "compile_options")
  }
}

@c @implementation
public func migraphx_compile_options_set_offload_copy(
  _ compile_options: migraphx_compile_options_t?, _ value: Bool
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    try box(compile_options, "compile_options", of: CompileOptions.self).update {
      $0.offloadCopy = value
    }
  }
}

@c @implementation
public func migraphx_compile_options_set_fast_math(
  _ compile_options: migraphx_compile_options_t?, _ value: Bool
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    try box(compile_options, "compile_options", of: CompileOptions.self).update {
      $0.fastMath = value
    }
  }
}

@c @implementation
public func migraphx_compile_options_set_exhaustive_tune_flag(
  _ compile_options: migraphx_compile_options_t?, _ value: Bool
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    try box(compile_options, "compile_options", of: CompileOptions.self).update {
      $0.exhaustiveTune = value
    }
  }
}

@c @implementation
public func migraphx_compile_options_set_device_id(
  _ compile_options: migraphx_compile_options_t?, _ value: Int
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    try box(compile_options, "compile_options", of: CompileOptions.self).update {
      $0.deviceID = value
    }
  }
}

// MARK: Targets

@c @implementation
public func migraphx_target_create(
  _ target: UnsafeMutablePointer<migraphx_target_t?>?, _ name: UnsafePointer<CChar>?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    try give(new: TargetValue(target: Targets.named(text(name, "name"))), to: target, "target")
  }
}

@c @implementation
public func migraphx_target_name(
  _ out: UnsafeMutablePointer<UnsafePointer<CChar>?>?, _ target: const_migraphx_target_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    let target = try box(target, "target", of: TargetValue.self)
    try give(lend(target.value.target.name, of: target), to: out)
  }
}
