import Support
import Tensors

/// `body` of each number of a block.
@inline(__always)
func mapBlock<Domain: BitwiseCopyable>(_ x: [Domain], _ body: (Domain) -> Domain) -> [Domain] {
  unsafe [Domain](unsafeUninitializedCapacity: x.count) { result, count in
    unsafe x.withUnsafeBufferPointer { x in
      for index in 0..<x.count { unsafe result[index] = body(x[index]) }
    }
    count = x.count
  }
}

/// `body` of each pair of numbers of two blocks, as many as the shorter one has.
@inline(__always)
func mapBlock<Domain: BitwiseCopyable>(
  _ x: [Domain], _ y: [Domain], _ body: (Domain, Domain) -> Domain
) -> [Domain] {
  let length = min(x.count, y.count)
  return unsafe [Domain](unsafeUninitializedCapacity: length) { result, count in
    unsafe x.withUnsafeBufferPointer { x in
      unsafe y.withUnsafeBufferPointer { y in
        for index in 0..<length { unsafe result[index] = body(x[index], y[index]) }
      }
    }
    count = length
  }
}

/// Numbers of `x` where `condition` is true, of `y` elsewhere. All blocks have one length.
func selectBlock<Domain: ScalarDomain>(
  _ condition: [Domain], _ x: [Domain], _ y: [Domain]
) -> [Domain] {
  let length = min(condition.count, x.count, y.count)
  return unsafe [Domain](unsafeUninitializedCapacity: length) { result, count in
    for index in 0..<length {
      unsafe result[index] = condition[index].isTrue ? x[index] : y[index]
    }
    count = length
  }
}

/// Work for one element type that, being called in this module, is compiled for each type.
protocol BlockVisitor {
  associatedtype Result
  func visit<Element: TensorElement>(_ type: Element.Type) -> Result
}

/// Calls `visitor` with the Swift type of `type`; nil for strings, which have none.
@inline(__always)
func dispatch<Visitor: BlockVisitor>(
  _ type: ElementType, _ visitor: Visitor
) -> Visitor.Result? {
  switch type {
  case .bool: visitor.visit(Bool8.self)
  case .half: visitor.visit(Float16.self)
  case .bfloat16: visitor.visit(BFloat16.self)
  case .float: visitor.visit(Float.self)
  case .double: visitor.visit(Double.self)
  case .int8: visitor.visit(Int8.self)
  case .int16: visitor.visit(Int16.self)
  case .int32: visitor.visit(Int32.self)
  case .int64: visitor.visit(Int64.self)
  case .uint8: visitor.visit(UInt8.self)
  case .uint16: visitor.visit(UInt16.self)
  case .uint32: visitor.visit(UInt32.self)
  case .uint64: visitor.visit(UInt64.self)
  case .float8e4m3fn: visitor.visit(Float8E4M3FN.self)
  case .float8e4m3fnuz: visitor.visit(Float8E4M3FNUZ.self)
  case .float8e5m2: visitor.visit(Float8E5M2.self)
  case .float8e5m2fnuz: visitor.visit(Float8E5M2FNUZ.self)
  case .float8e8m0: visitor.visit(Float8E8M0.self)
  case .float4e2m1: visitor.visit(Float4E2M1.self)
  case .int4: visitor.visit(Int4.self)
  case .uint4: visitor.visit(UInt4.self)
  case .int2: visitor.visit(Int2.self)
  case .uint2: visitor.visit(UInt2.self)
  case .string: nil
  }
}

/// Reads runs of elements, in row-major order, of a tensor with any strides.
struct ElementReader<Domain: ScalarDomain>: Sendable {
  private let argument: Argument
  /// The axes outside the innermost one; neighbours that form one run of memory are merged.
  private var outer: [(length: Int, stride: Int)] = []
  private var inner = (length: 1, stride: 1)

  /// `argument` is no string tensor.
  init(_ argument: Argument) {
    self.argument = argument
    var axes: [(length: Int, stride: Int)] = []
    for (length, stride) in zip(argument.lens, argument.strides) where length != 1 {
      if let last = axes.last, last.stride == stride.multipliedReportingOverflow(by: length).0 {
        axes[axes.count - 1] = (last.length * length, stride)
      } else {
        axes.append((length, stride))
      }
    }
    if let last = axes.popLast() { inner = last }
    outer = axes
  }

  /// The `count` elements from number `start`, all of which the tensor must have.
  func read(_ start: Int, _ count: Int) -> [Domain] {
    if count <= 0 { return [] }
    precondition(start >= 0 && start + count <= argument.elementCount)
    return dispatch(argument.elementType, Run(reader: self, start: start, count: count)) ?? []
  }

  private struct Run: BlockVisitor {
    let reader: ElementReader
    let start: Int
    let count: Int

    func visit<Element: TensorElement>(_ type: Element.Type) -> [Domain] {
      let storage = reader.argument.storage
      return unsafe [Domain](unsafeUninitializedCapacity: count) { buffer, initialised in
        initialised = count
        guard var target = buffer.baseAddress else { return }
        unsafe storage.withUnsafeBytes { bytes in
          guard let base = bytes.baseAddress else { return }
          reader.forEachRun(start, count) { offset, length in
            let source = unsafe base + (reader.argument.byteOffset + offset * width(type))
            unsafe copy(type, source, reader.inner.stride, length, target)
            unsafe target += length
          }
        }
      }
    }

    @inline(__always)
    private func width<Element>(_ type: Element.Type) -> Int { MemoryLayout<Element>.stride }

    @inline(__always)
    private func copy<Element: TensorElement>(
      _ type: Element.Type, _ source: UnsafeRawPointer, _ stride: Int, _ count: Int,
      _ target: UnsafeMutablePointer<Domain>
    ) {
      if stride == 0 {
        let value = unsafe Domain.load(source.loadUnaligned(as: type))
        unsafe target.initialize(repeating: value, count: count)
      } else if stride == 1 {
        for index in 0..<count {
          unsafe target[index] = Domain.load(
            source.loadUnaligned(fromByteOffset: index * width(type), as: type))
        }
      } else {
        for index in 0..<count {
          unsafe target[index] = Domain.load(
            source.loadUnaligned(fromByteOffset: index * stride * width(type), as: type))
        }
      }
    }
  }

  /// Calls `body` with the offset of the first element and the length of each part of a row in a run.
  @inline(__always)
  private func forEachRun(_ start: Int, _ count: Int, _ body: (Int, Int) -> Void) {
    var column = start % inner.length
    var row = start / inner.length
    var left = count
    while left > 0 {
      var (offset, rest) = (column * inner.stride, row)
      for axis in outer.reversed() {
        offset += rest % axis.length * axis.stride
        rest /= axis.length
      }
      let length = min(left, inner.length - column)
      body(offset, length)
      left -= length
      column = 0
      row += 1
    }
  }
}

/// A new tensor whose elements concurrent tasks write, each its own part.
struct ElementWriter: Sendable {
  /// The tensor; read it when all tasks have ended.
  let argument: Argument

  /// Allocates a tensor with sizes `lens`, which is no string tensor.
  init(_ type: ElementType, lens: [Int]) throws(MIGraphXError) {
    argument = try Argument(zeros: Shape(type, lens: lens))
  }

  /// Converts `values` and writes them from element number `start`; they must fit.
  func write<Domain: ScalarDomain>(_ values: [Domain], at start: Int) {
    if values.isEmpty { return }
    precondition(start >= 0 && start + values.count <= argument.elementCount)
    _ = dispatch(argument.elementType, Run(writer: self, values: values, start: start))
  }

  private struct Run<Domain: ScalarDomain>: BlockVisitor {
    let writer: ElementWriter
    let values: [Domain]
    let start: Int

    func visit<Element: TensorElement>(_ type: Element.Type) {
      unsafe writer.argument.storage.withUnsafeMutableBytes { bytes in
        guard let base = bytes.baseAddress else { return }
        // A new tensor starts at its storage's first byte, which is aligned.
        let target = unsafe (base + start * MemoryLayout<Element>.stride)
          .assumingMemoryBound(to: type)
        unsafe values.withUnsafeBufferPointer { values in
          for index in 0..<values.count {
            unsafe target[index] = values[index].stored(as: type)
          }
        }
      }
    }
  }
}
