import Tensors

/// Brings the elements that a file holds into the form that tensors have in memory.
///
/// Elements of the other byte order are turned around; any true bool becomes 1.
func normalise(_ storage: Storage, _ header: NumPyHeader) {
  let width = header.elementType.bitWidth / 8
  unsafe storage.withUnsafeMutableBytes { bytes in
    if header.elementType == .bool {
      for index in bytes.indices where unsafe bytes[index] > 1 { unsafe bytes[index] = 1 }
    }
    guard header.isBigEndian else { return }
    switch width {
    case 2: unsafe swapBytes(bytes, as: UInt16.self)
    case 4: unsafe swapBytes(bytes, as: UInt32.self)
    case 8: unsafe swapBytes(bytes, as: UInt64.self)
    default: break
    }
  }
}

/// Turns the bytes of each word around.
private func swapBytes<Word: FixedWidthInteger>(
  _ bytes: UnsafeMutableRawBufferPointer, as type: Word.Type
) {
  let words = unsafe bytes.bindMemory(to: Word.self)
  for index in words.indices { unsafe words[index] = words[index].byteSwapped }
}
