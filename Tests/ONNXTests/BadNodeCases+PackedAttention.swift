extension NodeCase {
  /// Nodes that must be refused; see ``NodeCase`` for the form.
  static let badPackedAttention = """
    com.microsoft.PackedAttention 1 num_heads=1
      in float_type[1,2,2]
      in float_type[2,6]
      in float_type[6]
      in int32_type[1,2]
      in int32_type[2]
      error input 0 must have rank 2
    com.microsoft.PackedAttention 1 num_heads=1
      in float_type[2,2]
      in float_type[2,6]
      in float_type[6]
      in int32_type[1,2]
      in int32_type[1]
      error the elements of input 4 and the sequences' ends must be equal, found 1 and 2
    com.microsoft.PackedAttention 1 num_heads=0
      in float_type[2,2]
      in float_type[2,6]
      in float_type[6]
      in int32_type[1,2]
      in int32_type[2]
      error num_heads must be 1 or more, found 0
    com.microsoft.PackedAttention 1 num_heads=1
      in float_type[2,2]
      in float_type[2,6]
      in float_type[6]
      in int32_type[1,2] 0 9
      in int32_type[2] 0 2
      error index 9 lies outside of axis 0
    com.microsoft.PackedAttention 1 num_heads=1
      in float_type[3,2]
      in float_type[2,6]
      in float_type[6]
      in int32_type[1,2]
      in int32_type[2]
      error inputs 0 and 1 at axis 0 must be equal
    com.microsoft.PackedMultiHeadAttention 1 num_heads=1
      in float_type[2,2]
      none
      none
      none
      in int32_type[1,2]
      in int32_type[2]
      error queries, keys and values in one input must have rank 4
    com.microsoft.PackedMultiHeadAttention 1 num_heads=1
      in float_type[2,2]
      in float_type[3,2]
      in float_type[2,2]
      none
      in int32_type[1,2]
      in int32_type[2]
      error the tokens of inputs 0 and 1 must be equal, found 3 and 2
    com.microsoft.PackedMultiHeadAttention 1 num_heads=1
      in float_type[2,2]
      in float_type[2,2]
      in float_type[2,2]
      in float_type[5]
      in int32_type[1,2]
      in int32_type[2]
      error 5
    com.microsoft.PackedMultiHeadAttention 1 num_heads=3
      in float_type[2,2]
      in float_type[2,2]
      in float_type[2,2]
      none
      in int32_type[1,2]
      in int32_type[2]
      error the query
    """
}
