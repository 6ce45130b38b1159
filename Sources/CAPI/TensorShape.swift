import CMIGraphX
import Support
import Tensors

/// The type of a value as the C interface knows it: a tensor's shape, whose sizes are numbers or ranges, or that of
/// a structure of tensors.
struct TensorShape: HandleValue, Equatable {
  static let typeName = "shape"

  enum Sizes: Equatable {
    case fixed(lens: [Int], strides: [Int])
    /// Sizes in ranges. An axis may name the symbol of a parameter, or an expression over symbols.
    case dynamic([DimensionRange], names: [String])
    /// No tensor, but a sequence, an optional value or a tuple.
    case structure(ValueType)
  }

  /// The type of the elements; of a structure, which has none, that of bools.
  let elementType: ElementType
  let sizes: Sizes

  /// Names say how a parameter's sizes depend on others, and not what a shape is.
  static func == (a: TensorShape, b: TensorShape) -> Bool {
    guard a.elementType == b.elementType else { return false }
    if case (.dynamic(let first, _), .dynamic(let second, _)) = (a.sizes, b.sizes) {
      return first == second
    }
    return a.sizes == b.sizes
  }

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

  /// - Parameter names: for each axis the text of its size, empty for one that has no name; or none at all.
  init(_ elementType: ElementType, _ ranges: [DimensionRange], names: [String] = []) {
    self.elementType = elementType
    sizes = .dynamic(ranges, names: names)
  }

  /// The type of any value.
  init(_ type: ValueType) {
    if let shape = type.shape {
      self.init(shape)
    } else {
      self.init(elementType: .bool, sizes: .structure(type))
    }
  }

  private init(elementType: ElementType, sizes: Sizes) {
    self.elementType = elementType
    self.sizes = sizes
  }

  /// The shape with symbolic sizes as ranges.
  init(_ shape: Shape) {
    elementType = shape.elementType
    if let lens = shape.lens, let strides = constants(of: shape.strides) {
      sizes = .fixed(lens: lens, strides: strides)
    } else {
      sizes = .dynamic(shape.ranges, names: [])
    }
  }

  /// The shape of fixed size.
  ///
  /// - Throws: `invalidShape` for a dynamic one.
  func fixed(_ what: String) throws(MIGraphXError) -> Shape {
    if case .structure(let type) = sizes {
      throw MIGraphXError(
        .invalidShape, "\(what) called on the type (\(type)), which is no tensor's")
    }
    guard case .fixed(let lens, let strides) = sizes else {
      throw MIGraphXError(
        .invalidShape,
        "SHAPE: \(what) called on a dynamic shape {\(self)}; map_input_dims gives an input's axes "
          + "their maximum sizes")
    }
    return Shape(elementType, lens: lens, strides: strides)
  }

  /// The number of the C interface for the element type, or for structures.
  ///
  /// - Throws: `unsupported` for a type that the C interface doesn't have.
  func code() throws(MIGraphXError) -> migraphx_shape_datatype_t {
    if case .structure = sizes { return migraphx_shape_tuple_type }
    return try elementType.code()
  }

  /// The type with a symbol for each axis of several sizes: one that the axis names, or else one named after
  /// `parameter` and the axis.
  ///
  /// - Parameter symbols: those known where the shape is used.
  /// - Throws: `invalidArgument` for a name that is no size.
  func symbolic(
    _ parameter: String, _ symbols: [String: Symbol]
  ) throws(MIGraphXError) -> ValueType {
    switch sizes {
    case .structure(let type): return type
    case .fixed(let lens, let strides):
      return .tensor(Shape(elementType, lens: lens, strides: strides))
    case .dynamic(let ranges, let names):
      var dimensions: [Dimension] = []
      for (axis, range) in ranges.enumerated() {
        let name = axis < names.count ? names[axis] : ""
        if !name.isEmpty {
          dimensions.append(try TensorShape.size(name, range, symbols))
        } else if range.isFixed {
          dimensions.append(Dimension(range.minimum))
        } else {
          dimensions.append(
            Dimension(
              Symbol("\(parameter)_\(axis)", minimum: range.minimum, maximum: range.maximum)))
        }
      }
      return .tensor(Shape(elementType, dimensions))
    }
  }

  /// The size that `text` names. A symbol that is not known may stand alone, and gets the range.
  private static func size(
    _ text: String, _ range: DimensionRange, _ symbols: [String: Symbol]
  ) throws(MIGraphXError) -> Dimension {
    let size = try Dimension.parse(text) { name in
      symbols[name] ?? Symbol(name, minimum: range.minimum, maximum: range.maximum)
    }
    if size.symbol == nil,
      let unknown = size.symbols.sorted().first(where: { symbols[$0.name] == nil })
    {
      throw MIGraphXError(
        .invalidArgument, "the size '\(text)' uses '\(unknown.name)', which no parameter has")
    }
    return size
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
    case .dynamic(let ranges, _): ranges
    case .structure: []
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
  /// `float_type, {2, 3}, {3, 1}`, `dynamic, float_type, {[1..4], 3}` or `sequence[float_type, {2}, {1}]`
  var description: String {
    switch sizes {
    case .fixed(let lens, let strides):
      Shape(elementType, lens: lens, strides: strides).description
    case .dynamic(let ranges, _):
      "dynamic, \(elementType.rawValue), {\(ranges.map(\.description).joined(separator: ", "))}"
    case .structure(let type): "\(type)"
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
    (migraphx_shape_string_type, .string),
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
