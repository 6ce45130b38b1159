/// What a tile kernel is told, in the order of its block of arguments; each takes eight bytes.
enum TileArgument: Int, CaseIterable {
  /// The address of the left operand.
  case left
  /// The address of as many byte offsets as the tile has rows.
  case rowOffsets
  /// The address of as many byte offsets as there are taps.
  case tapOffsets
  case tapCount
  /// The elements that are summed for each tap.
  case depth
  /// The address of the packed right operand.
  case right
  /// The address of the numbers that sums begin with, one for each column.
  case bias
  case result
  /// The bytes between rows of the result.
  case resultPitch
  /// The address of what is added to the result; null if nothing is.
  case residual
  case residualPitch
  /// The limits of the result, floats.
  case lowest, highest
  /// The number of columns in the last vector.
  case lastLanes
}
