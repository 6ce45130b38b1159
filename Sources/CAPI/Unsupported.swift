import CMIGraphX
import Support

// What later versions bring: the signatures are final, the functions report that they are missing.

/// How TensorFlow models would be read. Nothing is kept, since none can be.
struct TensorFlowOptions: HandleValue {
  static let typeName = "tf_options"
}

/// Names of operators to quantise.
struct OperatorNames: HandleValue {
  static let typeName = "quantize_op_names"
  var names: [String] = []
}

/// How a program is quantised to 8-bit integers.
struct QuantizeInt8Options: HandleValue {
  static let typeName = "quantize_int8_options"
  var names: [String] = []
  var calibration: [NamedArguments] = []
}

/// How a program is quantised to 8-bit floats.
struct QuantizeFP8Options: HandleValue {
  static let typeName = "quantize_fp8_options"
  var calibration: [NamedArguments] = []
}

/// The error of functions that this version doesn't have, after their parameters were checked.
private let noTensorFlow = MIGraphXError(
  .unsupported, "TensorFlow models can't be read; export the model to ONNX")
private let noQuantization = MIGraphXError(
  .unsupported, "this version can't quantise programs; quantise the ONNX model")

// MARK: TensorFlow

@c @implementation
public func migraphx_tf_options_create(
  _ tf_options: UnsafeMutablePointer<migraphx_tf_options_t?>?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    try give(new: TensorFlowOptions(), to: tf_options, "tf_options")
  }
}

@c @implementation
public func migraphx_tf_options_set_nhwc(
  _ tf_options: migraphx_tf_options_t?, _ is_nhwc: Bool
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    _ = try box(tf_options, "tf_options", of: TensorFlowOptions.self)
  }
}

@c @implementation
public func migraphx_tf_options_set_input_parameter_shape(
  _ tf_options: migraphx_tf_options_t?, _ name: UnsafePointer<CChar>?,
  _ dims: UnsafeMutablePointer<Int>?, _ dims_size: Int
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    _ = try box(tf_options, "tf_options", of: TensorFlowOptions.self)
    _ = try text(name, "name")
    _ = try sizes(dims, dims_size, "dims")
  }
}

@c @implementation
public func migraphx_tf_options_set_default_dim_value(
  _ tf_options: migraphx_tf_options_t?, _ value: Int
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    _ = try box(tf_options, "tf_options", of: TensorFlowOptions.self)
    _ = try checked(value, "value")
  }
}

@c @implementation
public func migraphx_tf_options_set_output_names(
  _ tf_options: migraphx_tf_options_t?, _ names: UnsafeMutablePointer<UnsafePointer<CChar>?>?,
  _ names_size: Int
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    _ = try box(tf_options, "tf_options", of: TensorFlowOptions.self)
    guard names != nil || names_size == 0 else { throw .badParameter("names", "Null pointer") }
  }
}

@c @implementation
public func migraphx_parse_tf(
  _ out: UnsafeMutablePointer<migraphx_program_t?>?, _ name: UnsafePointer<CChar>?,
  _ options: migraphx_tf_options_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    _ = try box(options, "options", of: TensorFlowOptions.self)
    throw noTensorFlow
  }
}

@c @implementation
public func migraphx_parse_tf_buffer(
  _ out: UnsafeMutablePointer<migraphx_program_t?>?, _ data: UnsafeRawPointer?, _ size: Int,
  _ options: migraphx_tf_options_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    _ = try box(options, "options", of: TensorFlowOptions.self)
    throw noTensorFlow
  }
}

// MARK: Quantisation

@c @implementation
public func migraphx_quantize_op_names_create(
  _ quantize_op_names: UnsafeMutablePointer<migraphx_quantize_op_names_t?>?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    try give(new: OperatorNames(), to: quantize_op_names, "quantize_op_names")
  }
}

@c @implementation
public func migraphx_quantize_op_names_add(
  _ quantize_op_names: migraphx_quantize_op_names_t?, _ name: UnsafePointer<CChar>?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    let name = try text(name, "name")
    try box(quantize_op_names, "quantize_op_names", of: OperatorNames.self)
      .update { $0.names.append(name) }
  }
}

@c @implementation
public func migraphx_quantize_int8_options_create(
  _ quantize_int8_options: UnsafeMutablePointer<migraphx_quantize_int8_options_t?>?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    try give(new: QuantizeInt8Options(), to: quantize_int8_options, "quantize_int8_options")
  }
}

@c @implementation
public func migraphx_quantize_int8_options_add_op_name(
  _ quantize_int8_options: migraphx_quantize_int8_options_t?, _ name: UnsafePointer<CChar>?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    let name = try text(name, "name")
    try box(quantize_int8_options, "quantize_int8_options", of: QuantizeInt8Options.self)
      .update { $0.names.append(name) }
  }
}

@c @implementation
public func migraphx_quantize_int8_options_add_calibration_data(
  _ quantize_int8_options: migraphx_quantize_int8_options_t?, _ data: migraphx_program_parameters_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    let data = try value(data, "data", of: NamedArguments.self)
    try box(quantize_int8_options, "quantize_int8_options", of: QuantizeInt8Options.self)
      .update { $0.calibration.append(data) }
  }
}

@c @implementation
public func migraphx_quantize_fp8_options_create(
  _ quantize_fp8_options: UnsafeMutablePointer<migraphx_quantize_fp8_options_t?>?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    try give(new: QuantizeFP8Options(), to: quantize_fp8_options, "quantize_fp8_options")
  }
}

@c @implementation
public func migraphx_quantize_fp8_options_add_calibration_data(
  _ quantize_fp8_options: migraphx_quantize_fp8_options_t?, _ data: migraphx_program_parameters_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    let data = try value(data, "data", of: NamedArguments.self)
    try box(quantize_fp8_options, "quantize_fp8_options", of: QuantizeFP8Options.self)
      .update { $0.calibration.append(data) }
  }
}

@c @implementation
public func migraphx_quantize_fp16(_ prog: migraphx_program_t?) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    _ = try box(prog, "prog", of: ProgramValue.self)
    throw noQuantization
  }
}

@c @implementation
public func migraphx_quantize_fp16_with_op_names(
  _ prog: migraphx_program_t?, _ name: migraphx_quantize_op_names_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    _ = try box(prog, "prog", of: ProgramValue.self)
    _ = try box(name, "name", of: OperatorNames.self)
    throw noQuantization
  }
}

@c @implementation
public func migraphx_quantize_bf16(_ prog: migraphx_program_t?) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    _ = try box(prog, "prog", of: ProgramValue.self)
    throw noQuantization
  }
}

@c @implementation
public func migraphx_quantize_bf16_with_op_names(
  _ prog: migraphx_program_t?, _ name: migraphx_quantize_op_names_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    _ = try box(prog, "prog", of: ProgramValue.self)
    _ = try box(name, "name", of: OperatorNames.self)
    throw noQuantization
  }
}

@c @implementation
public func migraphx_quantize_int8(
  _ prog: migraphx_program_t?, _ target: migraphx_target_t?,
  _ options: migraphx_quantize_int8_options_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    _ = try box(prog, "prog", of: ProgramValue.self)
    _ = try box(target, "target", of: TargetValue.self)
    _ = try box(options, "options", of: QuantizeInt8Options.self)
    throw noQuantization
  }
}

@c @implementation
public func migraphx_quantize_fp8(
  _ prog: migraphx_program_t?, _ target: migraphx_target_t?,
  _ options: migraphx_quantize_fp8_options_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    _ = try box(prog, "prog", of: ProgramValue.self)
    _ = try box(target, "target", of: TargetValue.self)
    _ = try box(options, "options", of: QuantizeFP8Options.self)
    throw noQuantization
  }
}
