import CMIGraphX
import MIGraphX
import Tensors

// The end of every kind of handle, and assignment from one handle to another of its kind.

@c @implementation
public func migraphx_optimals_destroy(_ optimals: migraphx_optimals_t?) -> migraphx_status {
  destroy(optimals, "optimals", Optimals.self)
}

@c @implementation
public func migraphx_optimals_assign_to(
  _ output: migraphx_optimals_t?, _ input: const_migraphx_optimals_t?
) -> migraphx_status {
  assign(output, input, Optimals.self)
}

@c @implementation
public func migraphx_dynamic_dimension_destroy(
  _ dynamic_dimension: migraphx_dynamic_dimension_t?
) -> migraphx_status {
  destroy(dynamic_dimension, "dynamic_dimension", DimensionRange.self)
}

@c @implementation
public func migraphx_dynamic_dimension_assign_to(
  _ output: migraphx_dynamic_dimension_t?, _ input: const_migraphx_dynamic_dimension_t?
) -> migraphx_status {
  assign(output, input, DimensionRange.self)
}

@c @implementation
public func migraphx_dynamic_dimensions_destroy(
  _ dynamic_dimensions: migraphx_dynamic_dimensions_t?
) -> migraphx_status {
  destroy(dynamic_dimensions, "dynamic_dimensions", [DimensionRange].self)
}

@c @implementation
public func migraphx_dynamic_dimensions_assign_to(
  _ output: migraphx_dynamic_dimensions_t?, _ input: const_migraphx_dynamic_dimensions_t?
) -> migraphx_status {
  assign(output, input, [DimensionRange].self)
}

@c @implementation
public func migraphx_shape_destroy(_ shape: migraphx_shape_t?) -> migraphx_status {
  destroy(shape, "shape", TensorShape.self)
}

@c @implementation
public func migraphx_shape_assign_to(
  _ output: migraphx_shape_t?, _ input: const_migraphx_shape_t?
) -> migraphx_status {
  assign(output, input, TensorShape.self)
}

@c @implementation
public func migraphx_argument_destroy(_ argument: migraphx_argument_t?) -> migraphx_status {
  destroy(argument, "argument", Argument.self)
}

@c @implementation
public func migraphx_argument_assign_to(
  _ output: migraphx_argument_t?, _ input: const_migraphx_argument_t?
) -> migraphx_status {
  assign(output, input, Argument.self)
}

@c @implementation
public func migraphx_target_destroy(_ target: migraphx_target_t?) -> migraphx_status {
  destroy(target, "target", TargetValue.self)
}

@c @implementation
public func migraphx_target_assign_to(
  _ output: migraphx_target_t?, _ input: const_migraphx_target_t?
) -> migraphx_status {
  assign(output, input, TargetValue.self)
}

@c @implementation
public func migraphx_program_parameter_shapes_destroy(
  _ program_parameter_shapes: migraphx_program_parameter_shapes_t?
) -> migraphx_status {
  destroy(program_parameter_shapes, "program_parameter_shapes", NamedShapes.self)
}

@c @implementation
public func migraphx_program_parameter_shapes_assign_to(
  _ output: migraphx_program_parameter_shapes_t?,
  _ input: const_migraphx_program_parameter_shapes_t?
) -> migraphx_status {
  assign(output, input, NamedShapes.self)
}

@c @implementation
public func migraphx_program_parameters_destroy(
  _ program_parameters: migraphx_program_parameters_t?
) -> migraphx_status {
  destroy(program_parameters, "program_parameters", NamedArguments.self)
}

@c @implementation
public func migraphx_program_parameters_assign_to(
  _ output: migraphx_program_parameters_t?, _ input: const_migraphx_program_parameters_t?
) -> migraphx_status {
  assign(output, input, NamedArguments.self)
}

@c @implementation
public func migraphx_arguments_destroy(_ arguments: migraphx_arguments_t?) -> migraphx_status {
  destroy(arguments, "arguments", [Argument].self)
}

@c @implementation
public func migraphx_arguments_assign_to(
  _ output: migraphx_arguments_t?, _ input: const_migraphx_arguments_t?
) -> migraphx_status {
  assign(output, input, [Argument].self)
}

@c @implementation
public func migraphx_shapes_destroy(_ shapes: migraphx_shapes_t?) -> migraphx_status {
  destroy(shapes, "shapes", [TensorShape].self)
}

@c @implementation
public func migraphx_shapes_assign_to(
  _ output: migraphx_shapes_t?, _ input: const_migraphx_shapes_t?
) -> migraphx_status {
  assign(output, input, [TensorShape].self)
}

@c @implementation
public func migraphx_instruction_destroy(
  _ instruction: migraphx_instruction_t?
) -> migraphx_status {
  destroy(instruction, "instruction", InstructionValue.self)
}

@c @implementation
public func migraphx_instruction_assign_to(
  _ output: migraphx_instruction_t?, _ input: const_migraphx_instruction_t?
) -> migraphx_status {
  assign(output, input, InstructionValue.self)
}

@c @implementation
public func migraphx_instructions_destroy(
  _ instructions: migraphx_instructions_t?
) -> migraphx_status {
  destroy(instructions, "instructions", [InstructionValue].self)
}

@c @implementation
public func migraphx_instructions_assign_to(
  _ output: migraphx_instructions_t?, _ input: const_migraphx_instructions_t?
) -> migraphx_status {
  assign(output, input, [InstructionValue].self)
}

@c @implementation
public func migraphx_modules_destroy(_ modules: migraphx_modules_t?) -> migraphx_status {
  destroy(modules, "modules", [ModuleReference].self)
}

@c @implementation
public func migraphx_modules_assign_to(
  _ output: migraphx_modules_t?, _ input: const_migraphx_modules_t?
) -> migraphx_status {
  assign(output, input, [ModuleReference].self)
}

@c @implementation
public func migraphx_trace_info_destroy(_ trace_info: migraphx_trace_info_t?) -> migraphx_status {
  destroy(trace_info, "trace_info", TraceInfo.self)
}

@c @implementation
public func migraphx_trace_info_assign_to(
  _ output: migraphx_trace_info_t?, _ input: const_migraphx_trace_info_t?
) -> migraphx_status {
  assign(output, input, TraceInfo.self)
}

@c @implementation
public func migraphx_program_destroy(_ program: migraphx_program_t?) -> migraphx_status {
  destroy(program, "program", ProgramValue.self)
}

@c @implementation
public func migraphx_program_assign_to(
  _ output: migraphx_program_t?, _ input: const_migraphx_program_t?
) -> migraphx_status {
  assign(output, input, ProgramValue.self)
}

@c @implementation
public func migraphx_operation_destroy(_ operation: migraphx_operation_t?) -> migraphx_status {
  destroy(operation, "operation", OperationValue.self)
}

@c @implementation
public func migraphx_operation_assign_to(
  _ output: migraphx_operation_t?, _ input: const_migraphx_operation_t?
) -> migraphx_status {
  assign(output, input, OperationValue.self)
}

@c @implementation
public func migraphx_onnx_options_destroy(
  _ onnx_options: migraphx_onnx_options_t?
) -> migraphx_status {
  destroy(onnx_options, "onnx_options", ParseOptions.self)
}

@c @implementation
public func migraphx_onnx_options_assign_to(
  _ output: migraphx_onnx_options_t?, _ input: const_migraphx_onnx_options_t?
) -> migraphx_status {
  assign(output, input, ParseOptions.self)
}

@c @implementation
public func migraphx_file_options_destroy(
  _ file_options: migraphx_file_options_t?
) -> migraphx_status {
  destroy(file_options, "file_options", FileOptions.self)
}

@c @implementation
public func migraphx_file_options_assign_to(
  _ output: migraphx_file_options_t?, _ input: const_migraphx_file_options_t?
) -> migraphx_status {
  assign(output, input, FileOptions.self)
}

@c @implementation
public func migraphx_compile_options_destroy(
  _ compile_options: migraphx_compile_options_t?
) -> migraphx_status {
  destroy(compile_options, "compile_options", CompileOptions.self)
}

@c @implementation
public func migraphx_compile_options_assign_to(
  _ output: migraphx_compile_options_t?, _ input: const_migraphx_compile_options_t?
) -> migraphx_status {
  assign(output, input, CompileOptions.self)
}

@c @implementation
public func migraphx_tf_options_destroy(_ tf_options: migraphx_tf_options_t?) -> migraphx_status {
  destroy(tf_options, "tf_options", TensorFlowOptions.self)
}

@c @implementation
public func migraphx_tf_options_assign_to(
  _ output: migraphx_tf_options_t?, _ input: const_migraphx_tf_options_t?
) -> migraphx_status {
  assign(output, input, TensorFlowOptions.self)
}

@c @implementation
public func migraphx_quantize_op_names_destroy(
  _ quantize_op_names: migraphx_quantize_op_names_t?
) -> migraphx_status {
  destroy(quantize_op_names, "quantize_op_names", OperatorNames.self)
}

@c @implementation
public func migraphx_quantize_op_names_assign_to(
  _ output: migraphx_quantize_op_names_t?, _ input: const_migraphx_quantize_op_names_t?
) -> migraphx_status {
  assign(output, input, OperatorNames.self)
}

@c @implementation
public func migraphx_quantize_int8_options_destroy(
  _ quantize_int8_options: migraphx_quantize_int8_options_t?
) -> migraphx_status {
  destroy(quantize_int8_options, "quantize_int8_options", QuantizeInt8Options.self)
}

@c @implementation
public func migraphx_quantize_int8_options_assign_to(
  _ output: migraphx_quantize_int8_options_t?, _ input: const_migraphx_quantize_int8_options_t?
) -> migraphx_status {
  assign(output, input, QuantizeInt8Options.self)
}

@c @implementation
public func migraphx_quantize_fp8_options_destroy(
  _ quantize_fp8_options: migraphx_quantize_fp8_options_t?
) -> migraphx_status {
  destroy(quantize_fp8_options, "quantize_fp8_options", QuantizeFP8Options.self)
}

@c @implementation
public func migraphx_quantize_fp8_options_assign_to(
  _ output: migraphx_quantize_fp8_options_t?, _ input: const_migraphx_quantize_fp8_options_t?
) -> migraphx_status {
  assign(output, input, QuantizeFP8Options.self)
}

@c @implementation
public func migraphx_experimental_custom_op_destroy(
  _ experimental_custom_op: migraphx_experimental_custom_op_t?
) -> migraphx_status {
  destroy(experimental_custom_op, "experimental_custom_op", CustomOperatorValue.self)
}

@c @implementation
public func migraphx_experimental_custom_op_assign_to(
  _ output: migraphx_experimental_custom_op_t?, _ input: const_migraphx_experimental_custom_op_t?
) -> migraphx_status {
  assign(output, input, CustomOperatorValue.self)
}

@c @implementation
public func migraphx_buffer_destroy(_ buffer: migraphx_buffer_t?) -> migraphx_status {
  destroy(buffer, "buffer", Buffer.self)
}

@c @implementation
public func migraphx_value_destroy(_ value: migraphx_value_t?) -> migraphx_status {
  destroy(value, "value", RuntimeValue.self)
}

@c @implementation
public func migraphx_values_destroy(_ values: migraphx_values_t?) -> migraphx_status {
  destroy(values, "values", [RuntimeValue].self)
}
