import IR

extension OperatorRegistry {
  /// Every operator that is part of the system.
  public static let standard = OperatorRegistry([
    Add.self,
    Broadcast.self,
    Concat.self,
    Contiguous.self,
    DimensionsOf.self,
    Gather.self,
    GatherElements.self,
    GatherND.self,
    Identity.self,
    Multibroadcast.self,
    Pad.self,
    RangeOperator.self,
    Reshape.self,
    ReshapeLazy.self,
    ShapeValue.self,
    Slice.self,
    Squeeze.self,
    Tile.self,
    Transpose.self,
    Undefined.self,
    Unsqueeze.self,
  ])
}
