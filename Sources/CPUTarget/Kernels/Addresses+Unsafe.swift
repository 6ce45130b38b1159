import Tensors

/// Addresses that concurrent closures work on, writing to disjoint parts.
@safe struct SharedPointers: @unchecked Sendable {
  let read: UnsafeRawPointer
  let write: UnsafeMutableRawPointer
}

extension Argument {
  /// Calls `body` with the addresses of the first elements of this tensor and of `target`.
  @unsafe func withAddresses(to target: Argument, _ body: (SharedPointers) -> Void) {
    unsafe storage.withUnsafeBytes { source in
      unsafe target.storage.withUnsafeMutableBytes { output in
        guard let read = source.baseAddress, let write = output.baseAddress else { return }
        body(
          unsafe SharedPointers(
            read: read + byteOffset, write: write + target.byteOffset))
      }
    }
  }

  /// Calls `body` with the address of the first element.
  @unsafe func withAddress(_ body: (UnsafeRawPointer) -> Void) {
    unsafe storage.withUnsafeBytes { bytes in
      if let base = bytes.baseAddress { unsafe body(base + byteOffset) }
    }
  }
}

/// The addresses of what a tile problem works on, valid while a closure runs.
@safe struct TilePointers {
  let left: UnsafeRawPointer
  let right: UnsafeRawPointer
  let bias: UnsafeRawPointer
  let residual: UnsafeRawPointer?
  let result: UnsafeMutableRawPointer

  static func with(
    _ left: Argument, _ right: PackedColumns, _ bias: PackedBias, _ residual: Argument?,
    _ result: Argument, _ body: (TilePointers) -> Void
  ) {
    unsafe left.withAddresses(to: result) { pointers in
      unsafe right.argument.withAddress { right in
        unsafe bias.argument.withAddress { bias in
          // Without a residual its place is taken by something that is there anyway.
          unsafe (residual ?? left).withAddress { added in
            body(
              unsafe TilePointers(
                left: pointers.read, right: right, bias: bias,
                residual: residual == nil ? nil : added, result: pointers.write))
          }
        }
      }
    }
  }
}
