import CMIGraphX
import Support
import Tensors

// MARK: Ranges of sizes

@c @implementation
public func migraphx_optimals_create(
  _ optimals: UnsafeMutablePointer<migraphx_optimals_t?>?, _ ptr: UnsafePointer<Int>?, _ size: Int
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    try give(new: Optimals(sizes: sizes(ptr, size, "ptr")), to: optimals, "optimals")
  }
}

@c @implementation
public func migraphx_dynamic_dimension_create_min_max(
  _ dynamic_dimension: UnsafeMutablePointer<migraphx_dynamic_dimension_t?>?, _ min: Int, _ max: Int
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    try give(new: range(min, max), to: dynamic_dimension, "dynamic_dimension")
  }
}

@c @implementation
public func migraphx_dynamic_dimension_create_min_max_optimals(
  _ dynamic_dimension: UnsafeMutablePointer<migraphx_dynamic_dimension_t?>?, _ min: Int, _ max: Int,
  _ optimals: migraphx_optimals_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    let optimals = try value(optimals, "optimals", of: Optimals.self).sizes
    try give(new: range(min, max, optimals), to: dynamic_dimension, "dynamic_dimension")
  }
}

/// A range from the numbers of the C interface, where the largest size means that there is no bound.
private func range(
  _ minimum: Int, _ maximum: Int, _ optimals: [Int] = []
) throws(MIGraphXError) -> DimensionRange {
  let range = DimensionRange(
    minimum: try checked(minimum, "min"), maximum: maximum < 0 ? nil : maximum, optimals: optimals)
  guard range.maximum ?? .max >= minimum else {
    throw .badParameter("max", "\(maximum) is less than the minimum, \(minimum)")
  }
  try range.validate()
  return range
}

@c @implementation
public func migraphx_dynamic_dimension_is_fixed(
  _ out: UnsafeMutablePointer<Bool>?, _ dynamic_dimension: const_migraphx_dynamic_dimension_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    try give(
      value(dynamic_dimension, "dynamic_dimension", of: DimensionRange.self).isFixed, to: out)
  }
}

@c @implementation
public func migraphx_dynamic_dimension_equal(
  _ out: UnsafeMutablePointer<Bool>?, _ dynamic_dimension: const_migraphx_dynamic_dimension_t?,
  _ x: const_migraphx_dynamic_dimension_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    let first = try value(dynamic_dimension, "dynamic_dimension", of: DimensionRange.self)
    try give(first == value(x, "x"), to: out)
  }
}

@c @implementation
public func migraphx_dynamic_dimension_min(
  _ out: UnsafeMutablePointer<Int>?, _ dynamic_dimension: const_migraphx_dynamic_dimension_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    try give(
      value(dynamic_dimension, "dynamic_dimension", of: DimensionRange.self).minimum, to: out)
  }
}

@c @implementation
public func migraphx_dynamic_dimension_max(
  _ out: UnsafeMutablePointer<Int>?, _ dynamic_dimension: const_migraphx_dynamic_dimension_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    // No bound is the largest size_t, whose bits are those of -1.
    let range = try value(dynamic_dimension, "dynamic_dimension", of: DimensionRange.self)
    try give(range.maximum ?? -1, to: out)
  }
}

@c @implementation
public func migraphx_dynamic_dimension_optimals(
  _ out: UnsafeMutablePointer<UnsafePointer<Int>?>?, _ out_size: UnsafeMutablePointer<Int>?,
  _ dynamic_dimension: const_migraphx_dynamic_dimension_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    let range = try box(dynamic_dimension, "dynamic_dimension", of: DimensionRange.self)
    try lend(range.value.optimals, of: range, to: out, count: out_size)
  }
}

@c @implementation
public func migraphx_dynamic_dimensions_create(
  _ dynamic_dimensions: UnsafeMutablePointer<migraphx_dynamic_dimensions_t?>?,
  _ ptr: UnsafePointer<const_migraphx_dynamic_dimension_t?>?, _ size: Int
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    let ranges = try values(ptr, size, "ptr", of: DimensionRange.self)
    try give(new: ranges, to: dynamic_dimensions, "dynamic_dimensions")
  }
}

@c @implementation
public func migraphx_dynamic_dimensions_size(
  _ out: UnsafeMutablePointer<Int>?, _ dynamic_dimensions: migraphx_dynamic_dimensions_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    try give(
      value(dynamic_dimensions, "dynamic_dimensions", of: [DimensionRange].self).count, to: out)
  }
}

@c @implementation
public func migraphx_dynamic_dimensions_get(
  _ out: UnsafeMutablePointer<const_migraphx_dynamic_dimension_t?>?,
  _ dynamic_dimensions: migraphx_dynamic_dimensions_t?, _ idx: Int
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    try giveElement(idx, of: dynamic_dimensions, "dynamic_dimensions", DimensionRange.self, to: out)
  }
}

// MARK: Shapes

@c @implementation
public func migraphx_shape_create(
  _ shape: UnsafeMutablePointer<migraphx_shape_t?>?, _ type: migraphx_shape_datatype_t,
  _ lengths: UnsafeMutablePointer<Int>?, _ lengths_size: Int
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    let lens = try sizes(lengths, lengths_size, "lengths")
    try give(new: TensorShape(ElementType(type), lens: lens), to: shape, "shape")
  }
}

@c @implementation
public func migraphx_shape_create_with_strides(
  _ shape: UnsafeMutablePointer<migraphx_shape_t?>?, _ type: migraphx_shape_datatype_t,
  _ lengths: UnsafeMutablePointer<Int>?, _ lengths_size: Int, _ strides: UnsafeMutablePointer<Int>?,
  _ strides_size: Int
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    let lens = try sizes(lengths, lengths_size, "lengths")
    let steps = try sizes(strides, strides_size, "strides")
    try give(new: TensorShape(ElementType(type), lens: lens, strides: steps), to: shape, "shape")
  }
}

@c @implementation
public func migraphx_shape_create_scalar(
  _ shape: UnsafeMutablePointer<migraphx_shape_t?>?, _ type: migraphx_shape_datatype_t
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    try give(new: TensorShape(ElementType(type), lens: []), to: shape, "shape")
  }
}

@c @implementation
public func migraphx_shape_create_dynamic(
  _ shape: UnsafeMutablePointer<migraphx_shape_t?>?, _ type: migraphx_shape_datatype_t,
  _ dims: migraphx_dynamic_dimensions_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    let ranges = try value(dims, "dims", of: [DimensionRange].self)
    guard ranges.count <= Shape.maximumRank else {
      throw .badParameter("dims", "\(ranges.count) axes are too many")
    }
    try give(new: TensorShape(ElementType(type), ranges), to: shape, "shape")
  }
}

@c @implementation
public func migraphx_shape_create_symbolic(
  _ shape: UnsafeMutablePointer<migraphx_shape_t?>?, _ type: migraphx_shape_datatype_t,
  _ dims: migraphx_dynamic_dimensions_t?, _ names: UnsafePointer<UnsafePointer<CChar>?>?,
  _ names_size: Int
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    let ranges = try value(dims, "dims", of: [DimensionRange].self)
    guard ranges.count <= Shape.maximumRank else {
      throw .badParameter("dims", "\(ranges.count) axes are too many")
    }
    var sizes: [String] = []
    for pointer in try array(names, names_size, "names") {
      sizes.append(
        try pointer.map { (name) throws(MIGraphXError) in try text(name, "names") } ?? "")
    }
    guard sizes.count == ranges.count else {
      throw .badParameter("names", "\(ranges.count) are needed, found \(sizes.count)")
    }
    for name in sizes where !name.isEmpty { _ = try Dimension.parse(name) { Symbol($0) } }
    try give(
      new: TensorShape(ElementType(type), ranges, names: sizes), to: shape, "shape")
  }
}

@c @implementation
public func migraphx_shape_create_with_permutation(
  _ shape: UnsafeMutablePointer<migraphx_shape_t?>?, _ type: migraphx_shape_datatype_t,
  _ lengths: UnsafePointer<Int>?, _ lengths_size: Int, _ permutation: UnsafePointer<Int>?,
  _ permutation_size: Int
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    let lens = try sizes(lengths, lengths_size, "lengths")
    let order = try sizes(permutation, permutation_size, "permutation")
    guard order.sorted() == Array(lens.indices) else {
      throw .badParameter("permutation", "\(order) doesn't name each of \(lens.count) axes once")
    }
    let elementType = try ElementType(type)
    // Checks the sizes before their products are made.
    _ = try TensorShape(elementType, lens: lens)
    var strides = lens
    var stride = 1
    for axis in order.reversed() {
      strides[axis] = stride
      stride *= max(lens[axis], 1)
    }
    try give(new: TensorShape(elementType, lens: lens, strides: strides), to: shape, "shape")
  }
}

@c @implementation
public func migraphx_shape_lengths(
  _ out: UnsafeMutablePointer<UnsafePointer<Int>?>?, _ out_size: UnsafeMutablePointer<Int>?,
  _ shape: const_migraphx_shape_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    let shape = try box(shape, "shape", of: TensorShape.self)
    try lend(shape.value.lens(), of: shape, to: out, count: out_size)
  }
}

@c @implementation
public func migraphx_shape_strides(
  _ out: UnsafeMutablePointer<UnsafePointer<Int>?>?, _ out_size: UnsafeMutablePointer<Int>?,
  _ shape: const_migraphx_shape_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    let shape = try box(shape, "shape", of: TensorShape.self)
    try lend(shape.value.strides(), of: shape, to: out, count: out_size)
  }
}

@c @implementation
public func migraphx_shape_dyn_dims(
  _ out: UnsafeMutablePointer<migraphx_dynamic_dimensions_t?>?, _ shape: const_migraphx_shape_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    try give(new: value(shape, "shape", of: TensorShape.self).ranges, to: out)
  }
}

@c @implementation
public func migraphx_shape_type(
  _ out: UnsafeMutablePointer<migraphx_shape_datatype_t>?, _ shape: const_migraphx_shape_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    try give(value(shape, "shape", of: TensorShape.self).code(), to: out)
  }
}

@c @implementation
public func migraphx_shape_elements(
  _ out: UnsafeMutablePointer<Int>?, _ shape: const_migraphx_shape_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    let shape = try value(shape, "shape", of: TensorShape.self).fixed("elements()")
    try give(shape.elementCount.constant ?? 0, to: out)
  }
}

@c @implementation
public func migraphx_shape_bytes(
  _ out: UnsafeMutablePointer<Int>?, _ shape: const_migraphx_shape_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    let shape = try value(shape, "shape", of: TensorShape.self).fixed("bytes()")
    try give(shape.byteCount.constant ?? 0, to: out)
  }
}

@c @implementation
public func migraphx_shape_ndim(
  _ out: UnsafeMutablePointer<Int>?, _ shape: const_migraphx_shape_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    try give(value(shape, "shape", of: TensorShape.self).ranges.count, to: out)
  }
}

@c @implementation
public func migraphx_shape_equal(
  _ out: UnsafeMutablePointer<Bool>?, _ shape: const_migraphx_shape_t?, _ x: const_migraphx_shape_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    try give(value(shape, "shape", of: TensorShape.self) == value(x, "x"), to: out)
  }
}

@c @implementation
public func migraphx_shape_standard(
  _ out: UnsafeMutablePointer<Bool>?, _ shape: const_migraphx_shape_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    try give(value(shape, "shape", of: TensorShape.self).has(\.isStandard), to: out)
  }
}

@c @implementation
public func migraphx_shape_packed(
  _ out: UnsafeMutablePointer<Bool>?, _ shape: const_migraphx_shape_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    try give(value(shape, "shape", of: TensorShape.self).has(\.isPacked), to: out)
  }
}

@c @implementation
public func migraphx_shape_transposed(
  _ out: UnsafeMutablePointer<Bool>?, _ shape: const_migraphx_shape_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    try give(value(shape, "shape", of: TensorShape.self).has(\.isTransposed), to: out)
  }
}

@c @implementation
public func migraphx_shape_broadcasted(
  _ out: UnsafeMutablePointer<Bool>?, _ shape: const_migraphx_shape_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    try give(value(shape, "shape", of: TensorShape.self).has(\.isBroadcasted), to: out)
  }
}

@c @implementation
public func migraphx_shape_scalar(
  _ out: UnsafeMutablePointer<Bool>?, _ shape: const_migraphx_shape_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    try give(value(shape, "shape", of: TensorShape.self).has(\.isScalar), to: out)
  }
}

@c @implementation
public func migraphx_shape_dynamic(
  _ out: UnsafeMutablePointer<Bool>?, _ shape: const_migraphx_shape_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    try give(value(shape, "shape", of: TensorShape.self).isDynamic, to: out)
  }
}

@c @implementation
public func migraphx_shape_index(
  _ out: UnsafeMutablePointer<Int>?, _ shape: const_migraphx_shape_t?, _ i: Int
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    let shape = try value(shape, "shape", of: TensorShape.self).fixed("index()")
    var rest = try checked(i, "i")
    guard rest < shape.elementCount.constant ?? 0 else {
      throw .badParameter("i", "\(i) is no index of {\(shape)}")
    }
    var index: [Int] = []
    for len in (shape.lens ?? []).reversed() {
      index.insert(rest % len, at: 0)
      rest /= len
    }
    try give(shape.index(of: index).constant ?? 0, to: out)
  }
}

@c @implementation
public func migraphx_shape_type_size(
  _ out: UnsafeMutablePointer<Int>?, _ shape: const_migraphx_shape_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    try give(value(shape, "shape", of: TensorShape.self).elementType.byteCount(of: 1), to: out)
  }
}

@c @implementation
public func migraphx_shape_text(
  _ out: UnsafeMutablePointer<migraphx_buffer_t?>?, _ shape: const_migraphx_shape_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    try give(new: Buffer(value(shape, "shape", of: TensorShape.self).description), to: out)
  }
}

@c @implementation
public func migraphx_shapes_size(
  _ out: UnsafeMutablePointer<Int>?, _ shapes: migraphx_shapes_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    try give(value(shapes, "shapes", of: [TensorShape].self).count, to: out)
  }
}

@c @implementation
public func migraphx_shapes_get(
  _ out: UnsafeMutablePointer<const_migraphx_shape_t?>?, _ shapes: migraphx_shapes_t?, _ idx: Int
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    try giveElement(idx, of: shapes, "shapes", TensorShape.self, to: out)
  }
}
