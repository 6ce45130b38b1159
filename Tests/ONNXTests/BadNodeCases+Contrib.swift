extension NodeCase {
  /// Nodes that must be refused; see ``NodeCase`` for the form.
  static let badContrib = """
    com.microsoft.BiasGelu 1
      in float_type[2,3]
      in float_type[4]
      error axis 0 of (float_type, {4}, {1}) and the size to broadcast to must be equal, found 4
    com.microsoft.BiasGelu 1
      in float_type[2,3]
      in float_type[2,3]
      error input 1 must have rank 1, found (float_type, {2, 3}, {3, 1})
    com.microsoft.FastGelu 1
      in float_type[2,3]
      in float_type[4]
      error axis 0 of (float_type, {4}, {1}) and the size to broadcast to must be equal, found 4
    com.microsoft.FastGelu 1
      in float_type[2,3]
      in float_type[2,3]
      error input 1 must have rank 1, found (float_type, {2, 3}, {3, 1})
    com.microsoft.Gelu 1
      in int32_type[2,3]
      error input 0 must have a floating-point type, found int32_type
    com.microsoft.Gelu 1
      none
      error input 0 is needed; the node has 0 inputs
    com.microsoft.QuickGelu 1
      in int32_type[2,3]
      error input 0 must have a floating-point type, found int32_type
    com.microsoft.QuickGelu 1
      none
      error input 0 is needed; the node has 0 inputs
    com.microsoft.BiasAdd 1
      in float_type[2,3]
      in float_type[4]
      in float_type[2,3]
      error axis 0 of (float_type, {4}, {1}) and the size to broadcast to must be equal, found 4
    com.microsoft.BiasAdd 1
      in float_type[2,3]
      in float_type[3]
      in float_type[3,2]
      error inputs 0 and 1 at axis 0 must be equal, found 2 and 3
    com.microsoft.BiasDropout 1
      in float_type[2,3]
      in float_type[4]
      error axis 0 of (float_type, {4}, {1}) and the size to broadcast to must be equal, found 4
    com.microsoft.BiasDropout 1
      in float_type[2,3]
      in float_type[3]
      in float_type[2]
      error inputs 0 and 1 must have one rank, found (float_type, {2, 3}, {3, 1}) and (float_typ
    com.microsoft.BiasSoftmax 1 axis=1 is_inner_broadcast=0
      in float_type[2,3]
      in float_type[2,2]
      error axis 1 of (float_type, {2, 2}, {2, 1}) and the size to broadcast to must be equal, f
    com.microsoft.BiasSoftmax 1 axis=2 is_inner_broadcast=0
      in float_type[2,3]
      in float_type[3]
      error axis 2 is not among the 2 axes of the input
    com.microsoft.BiasSplitGelu 1
      in float_type[2,3]
      in float_type[3]
      error the last axis of input 0 and 2 parts must be equal, found 3 and 2
    com.microsoft.BiasSplitGelu 1
      in float_type[2,4]
      in float_type[3]
      error axis 0 of (float_type, {3}, {1}) and the size to broadcast to must be equal, found 3
    com.microsoft.GemmFastGelu 1
      in float_type[2,3]
      in float_type[4,2]
      error the columns of input 0 and the rows of input 1 must be equal, found 3 and 4
    com.microsoft.GemmFastGelu 1
      in float_type[2,3]
      in float_type[3,2]
      in float_type[3]
      error axis 0 of (float_type, {3}, {1}) and the size to broadcast to must be equal, found 3
    com.microsoft.SkipLayerNormalization 1
      in float_type[1,2,3]
      in float_type[1,2,4]
      in float_type[3]
      error axis 2 of (float_type, {1, 2, 4}, {8, 4, 1}) and the size to broadcast to must be eq
    com.microsoft.SkipLayerNormalization 1
      in float_type[1,2,3]
      in float_type[1,2,3]
      in float_type[4]
      error axis 0 of (float_type, {4}, {1}) and the size to broadcast to must be equal, found 4
    com.microsoft.SkipSimplifiedLayerNormalization 1
      in float_type[1,2,3]
      in float_type[1,2,4]
      in float_type[3]
      error axis 2 of (float_type, {1, 2, 4}, {8, 4, 1}) and the size to broadcast to must be eq
    com.microsoft.SkipSimplifiedLayerNormalization 1
      in float_type[1,2,3]
      in float_type[1,2,3]
      in float_type[4]
      error axis 0 of (float_type, {4}, {1}) and the size to broadcast to must be equal, found 4
    com.microsoft.EmbedLayerNormalization 1
      in int32_type[2,3]
      none
      in float_type[4,2]
      in float_type[2,2]
      none
      in float_type[2]
      in float_type[2]
      error axis 0 of (float_type, {2, 2}, {2, 1}) and the size to broadcast to must be equal, f
    com.microsoft.EmbedLayerNormalization 1
      in int32_type[3]
      none
      in float_type[4,2]
      in float_type[3,2]
      none
      in float_type[2]
      in float_type[2]
      error input 0 must have rank 2, found (int32_type, {3}, {1})
    com.microsoft.EmbedLayerNormalization 1
      const int32_type[1,2] 4 4
      none
      in float_type[4,2]
      in float_type[3,2]
      none
      in float_type[2]
      in float_type[2]
      error index 4 lies outside of axis 0, whose indices are -4 to 3
    com.microsoft.GroupNorm 1 groups=3 activation=0
      in float_type[1,2,2,4]
      in float_type[4]
      in float_type[4]
      error what is left of 4 channels by 3 groups must be equal, found 1 and 0
    com.microsoft.GroupNorm 1 groups=2 activation=0
      in float_type[1,2,4]
      in float_type[4]
      in float_type[4]
      error input 0 must have rank 4, found (float_type, {1, 2, 4}, {8, 4, 1})
    com.microsoft.GroupNorm 1 groups=0 activation=0
      in float_type[1,2,2,4]
      in float_type[4]
      in float_type[4]
      error attribute 'num_groups' of at least 1 is needed
    com.microsoft.GroupNorm 1 groups=2 activation=2
      in float_type[1,2,2,4]
      in float_type[4]
      in float_type[4]
      error activation must be 0 or 1, found 2
    com.microsoft.SkipGroupNorm 1 groups=2 activation=0
      in float_type[1,2,2,4]
      in float_type[4]
      in float_type[4]
      in float_type[1,2]
      error axis 3 of (float_type, {1, 1, 1, 2}, {2, 2, 2, 1}) and the size to broadcast to must
    com.microsoft.SkipGroupNorm 1 groups=2 activation=0
      in float_type[1,2,2,4]
      in float_type[3]
      in float_type[4]
      in float_type[1,4]
      error axis 0 of (float_type, {3}, {1}) and the size to broadcast to must be equal, found 3
    com.microsoft.FusedMatMul 1
      in float_type[2,3]
      in float_type[2,3]
      error the columns of input 0 and the rows of input 1 must be equal, found 3 and 2
    com.microsoft.FusedMatMul 1 transB=1
      in float_type[2,3]
      in float_type[3,2]
      error the columns of input 0 and the rows of input 1 must be equal, found 3 and 2
    com.microsoft.FusedMatMul 1 alpha=1
      in float_type[2,3]
      in float_type[3,2]
      error attribute 'alpha' has type int; float is needed
    com.microsoft.TransposeMatMul 1
      in float_type[2,3]
      in float_type[2,3]
      error the columns of input 0 and the rows of input 1 must be equal, found 3 and 2
    com.microsoft.TransposeMatMul 1 transB=1
      in float_type[2,3]
      in float_type[3,2]
      error the columns of input 0 and the rows of input 1 must be equal, found 3 and 2
    com.microsoft.TransposeMatMul 1 alpha=1
      in float_type[2,3]
      in float_type[3,2]
      error attribute 'alpha' has type int; float is needed
    com.microsoft.FusedMatMulActivation 1 activation=Relu
      in float_type[2,3]
      in float_type[2,3]
      error the columns of input 0 and the rows of input 1 must be equal, found 3 and 2
    com.microsoft.FusedMatMulActivation 1 activation=Sine
      in float_type[2,3]
      in float_type[3,2]
      error activation 'Sine' is not known
    com.microsoft.FusedConv 1 activation=Relu
      in float_type[1,2,3,3]
      in float_type[2,3,2,2]
      error the channels of the input and of the weights' groups must be equal, found 2 and 3
    com.microsoft.FusedConv 1 activation=Clip
      in float_type[1,2,3,3]
      in float_type[2,2,2,2]
      error activation 'Clip' needs 2 numbers, found []
    com.microsoft.FusedConv 1 activation=Relu
      in float_type[1,2,3,3]
      in float_type[2,2,2,2]
      none
      in float_type[1,2,3,3]
      error inputs 0 and 1 at axis 2 must be equal, found 2 and 3
    com.microsoft.FusedConv 1 activation=Sine
      in float_type[1,2,3,3]
      in float_type[2,2,2,2]
      error activation 'Sine' is not known
    com.microsoft.FusedGemm 1 activation=Relu
      in float_type[2,3]
      in float_type[2,3]
      error the columns of input 0 and the rows of input 1 must be equal, found 3 and 2
    com.microsoft.FusedGemm 1 activation=Sine
      in float_type[2,3]
      in float_type[3,2]
      error activation 'Sine' is not known
    com.microsoft.NhwcConv 1
      in float_type[1,3]
      in float_type[2,2,2,2]
      error input 0 must have rank 3 or more, found (float_type, {1, 3}, {3, 1})
    com.microsoft.NhwcConv 1
      in float_type[1,3,3,2]
      in float_type[2,3,2,2]
      error the channels of the input and of the weights' groups must be equal, found 2 and 3
    com.microsoft.NhwcFusedConv 1
      in float_type[1,3]
      in float_type[2,2,2,2]
      error input 0 must have rank 3 or more, found (float_type, {1, 3}, {3, 1})
    com.microsoft.NhwcFusedConv 1
      in float_type[1,3,3,2]
      in float_type[2,3,2,2]
      error the channels of the input and of the weights' groups must be equal, found 2 and 3
    com.microsoft.NhwcMaxPool 1
      in float_type[1,3,3,2]
      error attribute 'kernel_shape' is needed
    com.microsoft.NhwcMaxPool 1 kernel_shape=[2,2]
      in float_type[3]
      error input 0 must have rank 3 or more, found (float_type, {3}, {1})
    com.microsoft.ConvTransposeWithDynamicPads 1
      in float_type[1,2,3,3]
      in float_type[2,1,2,2]
      error input 2, the pads, is needed
    com.microsoft.ConvTransposeWithDynamicPads 1
      in float_type[1,2,3,3]
      in float_type[3,1,2,2]
      const int64_type[4] 0 0 0 0
      error the channels of the input and of the weights must be equal, found 2 and 3
    """
}
