extension NodeCase {
  /// Nodes that must be refused; see ``NodeCase`` for the form.
  static let badContribMath = """
    com.microsoft.ExpandDims 1
      in float_type[2,3]
      const int32_type[] 4
      error axis 4 is not among the 3 axes, -3 to 2
    com.microsoft.ExpandDims 1
      in float_type[2,3]
      const int32_type[2] 0 1
      error input 1, the axis, must be one number
    com.microsoft.ExpandDims 1
      in float_type[2,3]
      in int32_type[]
      error the axis (input 1) must be constant
    com.microsoft.GatherND 1
      in float_type[2,3]
      in int64_type[2,3]
      error the innermost axis of input 1 must have size 1 to 2, found 3
    com.microsoft.GatherND 1
      in float_type[2,3]
      const int64_type[1,1] 2
      error index 2 lies outside of axis 0, whose indices are -2 to 1
    com.microsoft.Range 1
      in float_type[2]
      in float_type[1]
      error the elements of input 0 and 1 must be equal, found 2 and 1
    com.microsoft.Range 1
      in float_type[]
      in float_type[]
      in float_type[]
      error the delta of a range must not be 0
    com.microsoft.Pad 1
      in float_type[2,3]
      const int64_type[3] 0 0 0
      error 4 pads are needed, two for each axis; found 3
    com.microsoft.Pad 1
      in float_type[2,3]
      const int64_type[1,4] 4611686018427387904 4611686018427387904 4611686018427387904
          4611686018427387904
      error pads 4611686018427387904 and 4611686018427387904 are too large
    com.microsoft.Trilu 1
      in float_type[3]
      error input 0 must have rank 2 to 64, found (float_type, {3}, {1})
    com.microsoft.Trilu 1
      in float_type[2,3]
      in int64_type[2]
      error the elements of input 1 and 1 must be equal, found 2 and 1
    com.microsoft.Unique 1
      none
      error input 0 is needed; the node has 0 inputs
    com.microsoft.Unique 1
      in float_type[]
      error input 0 must have rank 1, found (float_type, {1}, {0})
    com.microsoft.MoE 1 k=4
      in float_type[2,4]
      in float_type[2,3]
      in float_type[3,2,4]
      none
      in float_type[3,4,2]
      error k must be 1 to the number of experts, 3, found 4
    com.microsoft.MoE 1
      in float_type[2,4]
      in float_type[3,3]
      in float_type[3,2,4]
      none
      in float_type[3,4,2]
      error the router's rows and the tokens must be equal, found 3 and 2
    com.microsoft.MoE 1
      in float_type[2,4]
      in float_type[2,3]
      in float_type[3,2,3]
      none
      in float_type[3,4,2]
      error the columns of input 0 and the rows of input 1 must be equal, found 4 and 3
    com.microsoft.MoE 1
      in float_type[4]
      in float_type[1,3]
      in float_type[3,2,4]
      none
      in float_type[3,4,2]
      error input 0 must have rank 2 or 3, found (float_type, {4}, {1})
    com.microsoft.MoE 1 activation_type=sine
      in float_type[2,4]
      in float_type[2,3]
      in float_type[3,2,4]
      none
      in float_type[3,4,2]
      error activation_type 'sine' is not known
    com.microsoft.MoE 1 activation_type=swiglu swiglu_fusion=1
      in float_type[2,4]
      in float_type[2,3]
      in float_type[3,3,4]
      none
      in float_type[3,4,2]
      error the last axis of the gated layer and 2 parts must be equal, found 3 and 2
    com.microsoft.MatMulBnb4 1 K=4 N=2 block_size=16 quant_type=2
      in float_type[2,4]
      in uint8_type[4]
      in float_type[1]
      error quant_type must be 0 or 1, found 2
    com.microsoft.MatMulBnb4 1 K=4 N=2 block_size=16 quant_type=0
      in float_type[2,4]
      in uint8_type[3]
      in float_type[1]
      error the numbers of elements of sizes [4, 1] and [3] must be equal, found 4 and 3
    com.microsoft.MatMulBnb4 1 K=4611686018427387904 N=4611686018427387904 block_size=16
          quant_type=0
      in float_type[2,4]
      in uint8_type[4]
      in float_type[1]
      error attributes N, K and block_size must be positive
    com.microsoft.MatMulBnb4 1 K=4 N=2 block_size=16 quant_type=0
      in float_type[2,4]
      in float_type[4]
      in float_type[1]
      error input 1 must have uint8_type, found float_type
    com.microsoft.MatMulBnb4 1 K=4 N=2 block_size=0 quant_type=0
      in float_type[2,4]
      in uint8_type[4]
      in float_type[1]
      error attributes N, K and block_size must be positive
    com.microsoft.CausalConvWithState 1 state_window=1
      in float_type[1,2,3]
      in float_type[2,1,2]
      error attribute state_window=1; only 0 is implemented
    com.microsoft.CausalConvWithState 1
      in float_type[1,2,3]
      in float_type[2,1,2]
      none
      in float_type[1,2,2]
      error the length of the state and the taps less 1 must be equal, found 2 and 1
    com.microsoft.ComplexMul 1
      in float_type[2,3]
      in float_type[2,3]
      error axis 1 and the sum of its parts must be equal, found 3 and 2
    com.microsoft.ComplexMul 1
      in float_type[]
      in float_type[2]
      error input 0 must have rank 1 or more
    com.microsoft.ComplexMulConj 1
      in float_type[2,3]
      in float_type[2,3]
      error axis 1 and the sum of its parts must be equal, found 3 and 2
    com.microsoft.ComplexMulConj 1
      in float_type[]
      in float_type[2]
      error input 0 must have rank 1 or more
    com.microsoft.Rfft 1 signal_ndim=2
      in float_type[2,4]
      error attribute signal_ndim=2; only 1 is implemented
    com.microsoft.Rfft 1 signal_ndim=1
      in float_type[]
      error input 0 must have rank 2 to 64, found (float_type, {1}, {1})
    com.microsoft.Irfft 1 signal_ndim=2
      in float_type[2,4,2]
      error attribute signal_ndim=2; only 1 is implemented
    com.microsoft.Irfft 1 signal_ndim=1
      in float_type[2,4,1]
      error the parts of the numbers of input 0 and 2 must be equal, found 1 and 2
    com.microsoft.Inverse 1
      in float_type[2,3]
      error the rows and columns of a matrix must be equal, found 2 and 3
    com.microsoft.Inverse 1
      in float_type[3]
      error input 0 must have rank 2 to 64, found (float_type, {3}, {1})
    com.microsoft.Inverse 1
      in int32_type[2,2]
      error input 0 must have a floating-point type, found int32_type
    com.microsoft.CDist 1
      in float_type[2,3]
      in float_type[2,4]
      error the columns of inputs 0 and 1 must be equal, found 3 and 4
    com.microsoft.CDist 1
      in float_type[2,3]
      in float_type[3]
      error input 1 must have rank 2, found (float_type, {3}, {1})
    com.microsoft.CDist 1 metric=cosine
      in float_type[2,3]
      in float_type[2,3]
      error metric 'cosine' is not known
    com.microsoft.CropAndResize 1
      in float_type[1,2,3,3]
      in float_type[1,3]
      in int32_type[1]
      const int32_type[2] 2 2
      error the numbers of a region and 4 must be equal, found 3 and 4
    com.microsoft.CropAndResize 1
      in float_type[1,2,3,3]
      in float_type[1,4]
      in int32_type[1]
      const int32_type[2] 0 0
      error input 3 must be two positive sizes
    com.microsoft.CropAndResize 1
      in float_type[1,2,3,3]
      in float_type[1,4]
      const int32_type[1] 1
      const int32_type[2] 2 2
      error index 1 lies outside of axis 0, whose indices are -1 to 0
    com.microsoft.CropAndResize 1
      in float_type[2,3,3]
      in float_type[1,4]
      in int32_type[1]
      const int32_type[2] 2 2
      error input 0 must have rank 4, found (float_type, {2, 3, 3}, {9, 3, 1})
    com.microsoft.RelativePositionBias 1
      in float_type[8,2]
      in int64_type[]
      in int64_type[]
      error max_distance and a known number of buckets are needed, found 8
    com.microsoft.RelativePositionBias 1 max_distance=4
      in float_type[8,2]
      in int64_type[]
      in int64_type[]
      error max_distance must exceed half of the buckets, found 4 for 8
    com.microsoft.RelativePositionBias 1 max_distance=9
      in float_type[8]
      in int64_type[]
      in int64_type[]
      error the table must have rank 2, found (float_type, {8}, {1})
    com.microsoft.RelativePositionBias 1 max_distance=9
      in float_type[8,2]
      in int64_type[2]
      in int64_type[]
      error the numbers of elements of sizes [] and [2] must be equal, found 1 and 2
    com.microsoft.GatedRelativePositionBias 1 num_heads=2
      in float_type[1,2,4]
      in float_type[3]
      in float_type[1,2,2,2]
      in float_type[2,4]
      in float_type[4]
      in float_type[1,2,1,1]
      error axis 0 of (float_type, {3}, {1}) and the size to broadcast to must be equal, found 3
    com.microsoft.GatedRelativePositionBias 1 num_heads=2
      in float_type[1,2,4]
      in float_type[4]
      in float_type[1,2,2,2]
      in float_type[2,3]
      in float_type[3]
      in float_type[1,2,1,1]
      error the last axis of the gates and 2 parts must be equal, found 3 and 2
    com.microsoft.RemovePadding 1
      in float_type[2,3]
      in int32_type[2]
      error input 0 must have rank 3, found (float_type, {2, 3}, {3, 1})
    com.microsoft.RemovePadding 1
      in float_type[2,3,2]
      in int32_type[3]
      error axis 0 of (bool_type, {3, 3}, {3, 1}) and the size to broadcast to must be equal, fo
    com.microsoft.RestorePadding 1
      in float_type[2]
      in int32_type[2,3]
      error the tokens must have rank 2, found (float_type, {2}, {1})
    com.microsoft.RestorePadding 1
      in float_type[1,2]
      const int32_type[2,3] 7 7 7 7 7 7
      error index 7 lies outside of axis 0, whose indices are -6 to 5
    com.microsoft.RestorePadding 1
      in float_type[7,2]
      in int32_type[2,3]
      error inputs 0 and 1 at axis 0 must be equal, found 7 and 6
    com.microsoft.GridSample 1
      in float_type[2,3]
      in float_type[1,2,2,2]
      error input 0 must have rank 3 to 5, found (float_type, {2, 3}, {3, 1})
    com.microsoft.GridSample 1
      in float_type[1,2,3,4]
      in float_type[1,2,2,3]
      error the innermost axis of input 1 and the number of spatial axes must be equal, found 3
    """
}
