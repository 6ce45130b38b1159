import CMIGraphX
import IR
import Support
import Tensors

extension Argument: HandleValue {
  static var typeName: String { "argument" }

  /// The shape as callers see it.
  var visibleShape: TensorShape { TensorShape(shape) }

  /// The address of the first element.
  ///
  /// - Throws: `unsupported` for text, and for memory that the host can't reach.
  func address() throws(MIGraphXError) -> UnsafeMutableRawPointer {
    guard storage.strings == nil, storage.space == .host else {
      throw MIGraphXError(.unsupported, "the address of {\(shape)} in space '\(storage.space)'")
    }
    let base = storage.withUnsafeMutableBytes { $0.baseAddress.map { $0 + byteOffset } }
    guard let base else { throw MIGraphXError(.invalidArgument, "{\(shape)} has no memory") }
    return base
  }

  /// A tensor of fixed size on memory that somebody else owns.
  init(
    borrowing data: UnsafeMutableRawPointer?, _ shape: TensorShape,
    release: @escaping @Sendable () -> Void
  ) throws(MIGraphXError) {
    let fixed = try shape.fixed("argument()")
    let (lens, strides) = (fixed.lens ?? [], constants(of: fixed.strides) ?? [])
    let byteCount = fixed.byteCount.constant ?? 0
    guard let data else {
      guard byteCount == 0 else { throw .badParameter("buffer", "Null pointer") }
      try self.init(zeros: fixed)
      return
    }
    let storage = Storage(base: data, byteCount: byteCount, release: release)
    try self.init(storage, fixed.elementType, lens: lens, strides: strides)
  }
}

@c @implementation
public func migraphx_argument_create(
  _ argument: UnsafeMutablePointer<migraphx_argument_t?>?, _ shape: const_migraphx_shape_t?,
  _ buffer: UnsafeMutableRawPointer?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    let shape = try value(shape, "shape", of: TensorShape.self)
    try give(new: Argument(borrowing: buffer, shape) {}, to: argument, "argument")
  }
}

@c @implementation
public func migraphx_argument_create_empty(
  _ argument: UnsafeMutablePointer<migraphx_argument_t?>?, _ shape: const_migraphx_shape_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    let shape = try value(shape, "shape", of: TensorShape.self).fixed("argument()")
    try give(new: Argument(zeros: shape), to: argument, "argument")
  }
}

@c @implementation
public func migraphx_argument_create_shared(
  _ argument: UnsafeMutablePointer<migraphx_argument_t?>?, _ shape: const_migraphx_shape_t?,
  _ data: UnsafeMutableRawPointer?, _ byte_strides: UnsafePointer<Int64>?,
  _ release: migraphx_release_t?, _ owner: UnsafeMutableRawPointer?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    // Whatever happens, the owner is told once when its memory is no longer in use.
    let owner = BorrowedOwner(owner, release)
    let shape = try value(shape, "shape", of: TensorShape.self)
    let strides = try byte_strides.map { (pointer) throws(MIGraphXError) in
      try array(pointer, shape.ranges.count, "byte_strides").map(Int.init)
    }
    try give(new: owner.argument(data, shape, byteStrides: strides), to: argument, "argument")
  }
}

@c @implementation
public func migraphx_argument_shape(
  _ out: UnsafeMutablePointer<const_migraphx_shape_t?>?, _ argument: const_migraphx_argument_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    let shape = try value(argument, "argument", of: Argument.self).visibleShape
    try give(.name("shape"), of: argument, shape, to: out)
  }
}

@c @implementation
public func migraphx_argument_buffer(
  _ out: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?, _ argument: const_migraphx_argument_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    let address = try value(argument, "argument", of: Argument.self).address()
    try give(address.assumingMemoryBound(to: CChar.self), to: out)
  }
}

@c @implementation
public func migraphx_argument_equal(
  _ out: UnsafeMutablePointer<Bool>?, _ argument: const_migraphx_argument_t?,
  _ x: const_migraphx_argument_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    let first = try value(argument, "argument", of: Argument.self)
    try give(first.hasElements(of: value(x, "x")), to: out)
  }
}

@c @implementation
public func migraphx_argument_generate(
  _ out: UnsafeMutablePointer<migraphx_argument_t?>?, _ s: const_migraphx_shape_t?, _ seed: Int
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    let shape = try value(s, "s", of: TensorShape.self).fixed("generate_argument()")
    try give(new: generateArgument(shape, seed: UInt64(UInt(bitPattern: seed))), to: out)
  }
}

@c @implementation
public func migraphx_argument_copy(
  _ out: UnsafeMutablePointer<migraphx_argument_t?>?, _ argument: const_migraphx_argument_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    try give(new: value(argument, "argument", of: Argument.self).copied(), to: out)
  }
}

@c @implementation
public func migraphx_argument_fill(
  _ argument: migraphx_argument_t?, _ value: Double
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    try box(argument, "argument", of: Argument.self).value.fill(value)
  }
}

@c @implementation
public func migraphx_argument_text(
  _ out: UnsafeMutablePointer<migraphx_buffer_t?>?, _ argument: const_migraphx_argument_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    let argument = try value(argument, "argument", of: Argument.self)
    let most = 1 << 24
    guard argument.elementCount <= most else {
      throw MIGraphXError(
        .limitExceeded, "{\(argument.shape)} has more elements than are printed, \(most)")
    }
    try give(new: Buffer(argument.elementTexts.joined(separator: ", ")), to: out)
  }
}

@c @implementation
public func migraphx_arguments_size(
  _ out: UnsafeMutablePointer<Int>?, _ arguments: migraphx_arguments_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    try give(value(arguments, "arguments", of: [Argument].self).count, to: out)
  }
}

@c @implementation
public func migraphx_arguments_get(
  _ out: UnsafeMutablePointer<const_migraphx_argument_t?>?, _ arguments: migraphx_arguments_t?,
  _ idx: Int
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    try giveElement(idx, of: arguments, "arguments", Argument.self, to: out)
  }
}

// MARK: Device memory

@c @implementation
public func migraphx_gpu_allocate(
  _ out: UnsafeMutablePointer<migraphx_argument_t?>?, _ shape: const_migraphx_shape_t?, _ host: Bool
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    let shape = try value(shape, "shape", of: TensorShape.self).fixed("allocate_gpu()")
    try give(new: Argument(zeros: shape), to: out)
  }
}

@c @implementation
public func migraphx_gpu_copy_to(
  _ out: UnsafeMutablePointer<migraphx_argument_t?>?, _ argument: const_migraphx_argument_t?,
  _ host: Bool
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    try give(new: value(argument, "argument", of: Argument.self).copied(), to: out)
  }
}

@c @implementation
public func migraphx_gpu_copy_from(
  _ out: UnsafeMutablePointer<migraphx_argument_t?>?, _ argument: const_migraphx_argument_t?
) -> migraphx_status {
  answer { () throws(MIGraphXError) in
    try give(new: value(argument, "argument", of: Argument.self).copied(), to: out)
  }
}

@c @implementation
public func migraphx_gpu_sync() -> migraphx_status {
  migraphx_status_success
}
