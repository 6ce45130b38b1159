import CMIGraphX
import Support
import Tensors

/// A tensor's shape as the C interface knows it: sizes are numbers or ranges, without symbols.
struct TensorShape: HandleValue, Hashable {
  static let typeName = "shape"

  enum Sizes: Hashable {
    case fixed(lens: [Int], strides: [Int])
    case dynamic([DimensionRange])
  }

  let elementType: ElementType
  let sizes: Sizes

  /// - Throws: what is wrong with sizes and strides.
  init(_ elementType: ElementType, lens: [Int], strides: [Int]? = nil) throws(MIGraphXError) {
    if let strides, strides.count != lens.count {
      throw .badParameter("strides", "\(lens.count) are needed, found \(strides.count)")
    }
    // The scalar of MIGraphX is the tensor without axes.
    let isScalar = lens == [1] && strides == [0]
    let shape =
      isScalar
      ? Shape(elementType, lens: [])
      : strides.map { Shape(elementType, lens: lens, strides: $0) }
        ?? Shape(elementType, lens: lens)
    try shape.validate()
    self.init(shape)
  }

  init(_ elementType: ElementType, _ ranges: [DimensionRange]) {
    self.elementType = elementType
    sizes = .dynamic(ranges)
  }

  /// The shape with symbolic sizes as ranges.
  init(_ shape: Shape) {
    elementType = shape.elementType
    if let lens = shape.lens, let strides = constants(of: shape.strides) {
      sizes = .fixed(lens: lens, strides: strides)
    } else {
      sizes = .dynamic(
        shape.dimensions.map { size in
          DimensionRange(minimum: max(size.lowerBound ?? 0, 0), maximum: size.upperBound)
        })
    }
  }

  /// The shape of fixed size.
  ///
  /// - Throws: `invalidShape` for a dynamic one.
  func fixed(_ what: String) throws(MIGraphXError) -> Shape {
    guard case .fixed(let lens, let strides) = sizes else {
      throw MIGraphXError(
        .invalidShape,
        "SHAPE: \(what) called on a dynamic shape {\(self)}; map_input_dims gives an input's axes "
          + "their maximum sizes")
    }
    return Shape(elementType, lens: lens, strides: strides)
  }

  /// The shape with a symbol for each axis of several sizes, named after `name` and the axis.
  func symbolic(_ name: String) -> Shape {
    switch sizes {
    case .fixed(let lens, let strides): Shape(elementType, lens: lens, strides: strides)
    case .dynamic(let ranges):
      Shape(
        elementType,
        ranges.enumerated().map { axis, range in
          range.isFixed
            ? Dimension(range.minimum)
            : Dimension(
              Symbol("\(name)_\(axis)", minimum: range.minimum, maximum: range.maximum))
        })
    }
  }

  /// The sizes as callers see them: a tensor without axes has one of size 1.
  func lens() throws(MIGraphXError) -> [Int] {
    let lens = try fixed("lens()").lens ?? []
    return lens.isEmpty ? [1] : lens
  }

  /// The strides as callers see them: that of a tensor without axes is 0.
  func strides() throws(MIGraphXError) -> [Int] {
    let strides = constants(of: try fixed("strides()").strides) ?? []
    return strides.isEmpty ? [0] : strides
  }

  var ranges: [DimensionRange] {
    switch sizes {
    case .fixed(let lens, _): lens.isEmpty ? [1] : lens.map { DimensionRange($0) }
    case .dynamic(let ranges): ranges
    }
  }

  var isDynamic: Bool { if case .dynamic = sizes { true } else { false } }

  /// A property of the strides; false for dynamic shapes.
  func has(_ property: (Shape) -> Bool) -> Bool {
    if case .fixed(let lens, let strides) = sizes {
      property(Shape(elementType, lens: lens, strides: strides))
    } else {
      false
    }
  }
}

extension TensorShape: CustomStringConvertible {
  /// `float_type, {2, 3}, {3, 1}` or `dynamic, float_type, {[1..4], 3}`
  var description: String {
    switch sizes {
    case .fixed(let lens, let strides):
      Shape(elementType, lens: lens, strides: strides).description
    case .dynamic(let ranges):
      "dynamic, \(elementType.rawValue), {\(ranges.map(\.description).joined(separator: ", "))}"
    }
  }
}

extension DimensionRange: HandleValue {
  static var typeName: String { "dynamic_dimension" }
}

/// Sizes that are worth code of their own.
struct Optimals: HandleValue {
  static let typeName = "optimals"
  let sizes: [Int]
}

extension Array: HandleValue where Element: HandleValue {
  static var typeName: String { "\(Element.typeName)s" }
  var assigned: [Element] { map(\.assigned) }
}

extension ElementType {
  private static let codes: [(migraphx_shape_datatype_t, ElementType)] = [
    (migraphx_shape_bool_type, .bool), (migraphx_shape_half_type, .half),
    (migraphx_shape_float_type, .float), (migraphx_shape_double_type, .double),
    (migraphx_shape_uint8_type, .uint8), (migraphx_shape_int8_type, .int8),
    (migraphx_shape_uint16_type, .uint16), (migraphx_shape_int16_type, .int16),
    (migraphx_shape_int32_type, .int32), (migraphx_shape_int64_type, .int64),
    (migraphx_shape_uint32_type, .uint32), (migraphx_shape_uint64_type, .uint64),
    (migraphx_shape_bf16_type, .bfloat16), (migraphx_shape_fp8e4m3fnuz_type, .float8e4m3fnuz),
    (migraphx_shape_fp8e4m3fn_type, .float8e4m3fn), (migraphx_shape_fp8e5m2_type, .float8e5m2),
    (migraphx_shape_fp8e5m2fnuz_type, .float8e5m2fnuz),
    (migraphx_shape_fp8e8m0_type, .float8e8m0), (migraphx_shape_fp4e2m1_type, .float4e2m1),
    (migraphx_shape_int4_type, .int4), (migraphx_shape_uint4_type, .uint4),
    (migraphx_shape_int2_type, .int2), (migraphx_shape_uint2_type, .uint2),
  ]

  /// The type that a number of the C interface stands for.
  ///
  /// - Throws: `badParameter` for no number of a type, `unsupported` for a type that this system doesn't have.
  init(_ code: migraphx_shape_datatype_t) throws(MIGraphXError) {
    if let type = ElementType.codes.first(where: { $0.0 == code })?.1 {
      self = type
      return
    }
    guard [migraphx_shape_tuple_type, migraphx_shape_fp4x2_type].contains(code) else {
      throw .badParameter("type", "\(code.rawValue) is no element type")
    }
    throw MIGraphXError(
      .unsupported, "tensors of tuples or of pairs of 4-bit floats (type \(code.rawValue))")
  }

  /// The number of the C interface.
  ///
  /// - Throws: `unsupported` for text.
  func code() throws(MIGraphXError) -> migraphx_shape_datatype_t {
    guard let code = ElementType.codes.first(where: { $0.1 == self })?.0 else {
      throw MIGraphXError(.unsupported, "the C interface has no \(rawValue)")
    }
    return code
  }
}
