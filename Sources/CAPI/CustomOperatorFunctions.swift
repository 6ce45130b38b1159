import CMIGraphX
import Support

@c @implementation
public func migraphx_experimental_custom_op_create(
  _ experimental_custom_op: UnsafeMutablePointer<migraphx_experimental_custom_op_t?>?,
  _ obj: UnsafeMutableRawPointer?, _ c: migraphx_experimental_custom_op_copy?,
  _ d: migraphx_experimental_custom_op_delete?, _ obj_typename: UnsafePointer<CChar>?,
  _ name: UnsafePointer<CChar>?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    let object = try CustomObject(obj, copy: c, delete: d)
    try give(
      new: CustomOperatorValue(
        name: text(name, "name"), typeOfObject: text(obj_typename, "obj_typename"),
        object: object),
      to: experimental_custom_op, "experimental_custom_op")
  }
}

@c @implementation
public func migraphx_experimental_custom_op_set_compute(
  _ obj: migraphx_experimental_custom_op_t?, _ input: migraphx_experimental_custom_op_compute?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    try box(obj, "obj", of: CustomOperatorValue.self).update { $0.compute = input }
  }
}

@c @implementation
public func migraphx_experimental_custom_op_set_compute_shape(
  _ obj: migraphx_experimental_custom_op_t?, _ input: migraphx_experimental_custom_op_compute_shape?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    try box(obj, "obj", of: CustomOperatorValue.self).update { $0.computeShape = input }
  }
}

@c @implementation
public func migraphx_experimental_custom_op_set_output_alias(
  _ obj: migraphx_experimental_custom_op_t?, _ input: migraphx_experimental_custom_op_output_alias?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    try box(obj, "obj", of: CustomOperatorValue.self).update { $0.outputAlias = input }
  }
}

@c @implementation
public func migraphx_experimental_custom_op_set_runs_on_offload_target(
  _ obj: migraphx_experimental_custom_op_t?,
  _ input: migraphx_experimental_custom_op_runs_on_offload_target?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    try box(obj, "obj", of: CustomOperatorValue.self).update { $0.runsOnOffloadTarget = input }
  }
}

@c @implementation
public func migraphx_experimental_custom_op_register(
  _ experimental_custom_op: migraphx_experimental_custom_op_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    let definition = try value(
      experimental_custom_op, "experimental_custom_op", of: CustomOperatorValue.self)
    try CustomOperators.shared.register(definition)
  }
}
