extension NodeCase {
  /// Convolutions, pooling, normalisations and recurrent networks that must be refused; see ``NodeCase`` for the form.
  static let badNeural = """
    Conv 11
      in float_type[1,4,5,5]
      in float_type[4,3,3,3]
      error channels
    Conv 11 kernel_shape=[2,2]
      in float_type[1,4,5,5]
      in float_type[4,4,3,3]
      error kernel_shape is [2, 2]
    Conv 11 strides=[0,1]
      in float_type[1,4,5,5]
      in float_type[4,4,3,3]
      error stride 0 must be between 1
    Conv 11 group=9223372036854775807
      in float_type[1,4,5,5]
      in float_type[4,4,3,3]
      error group
    Conv 11 pads=[1,1]
      in float_type[1,4,5,5]
      in float_type[4,4,3,3]
      error attribute 'pads' must have 4 values
    Conv 11
      in float_type[1,4]
      in float_type[4,4,3,3]
      error spatial axes
    Conv 11 dilations=[9223372036854775807,1]
      in float_type[1,4,5,5]
      in float_type[4,4,3,3]
      error dilation
    ConvTranspose 11
      in float_type[1,4,5,5]
      in float_type[3,4,3,3]
      error channels
    ConvTranspose 11 output_padding=[-1,0]
      in float_type[1,4,5,5]
      in float_type[4,4,3,3]
      error output_padding -1 must be between 0
    ConvTranspose 11 output_shape=[7]
      in float_type[1,4,5,5]
      in float_type[4,4,3,3]
      error output_shape [7] must have 2 values
    ConvTranspose 11 pads=[9,9,9,9]
      in float_type[1,4,5,5]
      in float_type[4,4,3,3]
      error padding leaves
    ConvTranspose 11 output_shape=[9223372036854775807,5]
      in float_type[1,4,5,5]
      in float_type[4,4,3,3]
      error output_shape 9223372036854775807 must be between 1 and 2147483647
    CausalConvWithState 27
      in float_type[1,2]
      in float_type[2,1,3]
      error inputs 0 and 1 must have rank 3
    CausalConvWithState 27
      in float_type[1,2,4]
      in float_type[2,1,3]
      none
      in float_type[1,2,3]
      error the length of the state and the taps less 1 must be equal, found 3 and 2
    CausalConvWithState 27 activation=relu
      in float_type[1,2,4]
      in float_type[2,1,3]
      error activation is 'relu'
    DeformConv 19
      in float_type[1,4,5,5]
      in float_type[4,4,3,3]
      in float_type[1,17,3,3]
      error the size of input 2 at axis 1
    DeformConv 19
      in float_type[1,4,5,5]
      in float_type[4,4,3,3]
      in float_type[1,18,2,3]
      error the size of input 2 at axis 2
    DeformConv 19 offset_group=3
      in float_type[1,4,5,5]
      in float_type[4,4,3,3]
      in float_type[1,54,3,3]
      error 3 offset groups
    DeformConv 19
      in float_type[1,4,5,5]
      in float_type[4,4,3,3]
      in float_type[1,18,3,3]
      none
      in float_type[1,8,3,3]
      error the size of input 3 at axis 1
    DeformConv 19
      in int32_type[1,4,5,5]
      in int32_type[4,4,3,3]
      in int32_type[1,18,3,3]
      error floating-point
    Det 11
      in float_type[2,3]
      error the rows and columns of a matrix must be equal, found 2 and 3
    Det 11
      in float_type[3]
      error input 0 must have rank
    Det 11
      in int32_type[3,3]
      error floating-point
    Gemm 13
      in float_type[2,3]
      in float_type[2,3]
      error must be equal
    Gemm 13
      in float_type[3]
      in float_type[2,3]
      error input 0 must be a matrix
    Gemm 13
      in float_type[2,3]
      in float_type[3,2]
      in float_type[3]
      error the size to broadcast to
    MatMul 13
      in float_type[2,3]
      in float_type[2,3]
      error must be equal
    MatMul 13
      in float_type[]
      in float_type[2,3]
      error operands without axes
    MatMul 13
      in float_type[2,2,3]
      in float_type[3,3,2]
      error must be equal
    MaxPool 12
      in float_type[1,4,5,5]
      error attribute 'kernel_shape' is needed
    MaxPool 12 kernel_shape=[6,1]
      in float_type[1,4,5,5]
      error larger than the input
    MaxPool 12 kernel_shape=[2,2] pads=[2,0,0,0]
      in float_type[1,4,5,5]
      error padding [2, 0, 0, 0] must be smaller than the windows
    MaxPool 12 kernel_shape=[2]
      in float_type[1,4,5,5]
      error 'kernel_shape' must have 2 values
    MaxPool 12 kernel_shape=[2,2]
      in bool_type[1,4,5,5]
      error must have a number type
    MaxPool 12 kernel_shape=[2,2,2,2]
      in float_type[1,1,2,2,2,2]
      error input 0 must have rank 3 to 5
    AveragePool 19 kernel_shape=[2,2]
      in int32_type[1,4,5,5]
      error floating-point
    AveragePool 19 kernel_shape=[2,2] dilations=[0,1]
      in float_type[1,4,5,5]
      error dilation 0 must be between 1
    LpPool 18 kernel_shape=[2,2] p=0
      in float_type[1,4,5,5]
      error lp_order 0 must be at least 1
    LpPool 1 kernel_shape=[2,2] p=1.5
      in float_type[1,4,5,5]
      error attribute 'p' is 1.5
    LpPool 18
      in float_type[1,4,5,5]
      error attribute 'kernel_shape' is needed
    GlobalLpPool 2 p=-1
      in float_type[1,4,5,5]
      error lp_order -1
    GlobalLpPool 2
      in float_type[2,3]
      error must have rank
    GlobalAveragePool 22
      in float_type[2,3]
      error must have rank
    GlobalAveragePool 22
      in int8_type[1,1,2]
      error floating-point
    GlobalMaxPool 22
      in float_type[2,3]
      error must have rank
    GlobalMaxPool 22
      in bool_type[1,1,2]
      error must have a number type
    MaxUnpool 11 kernel_shape=[2] strides=[2]
      in float_type[1,1,2]
      in int64_type[1,1,2] 0 4
      error position 4 must be between 0 and 3
    MaxUnpool 11 kernel_shape=[2] strides=[2]
      in float_type[1,1,2]
      in int64_type[1,1,3]
      error inputs 0 and 1 at axis 2
    MaxUnpool 11 kernel_shape=[2]
      in float_type[1,1,2]
      in int64_type[1,1,2]
      in int64_type[3] 1 1 2
      error axis 2 must have at least 3 elements, found 2
    MaxUnpool 11
      in float_type[1,1,2]
      in int64_type[1,1,2]
      error attribute 'kernel_shape' is needed
    MaxUnpool 11 kernel_shape=[2]
      in float_type[1,1,2]
      in int64_type[1,1,2]
      in int64_type[3] 1 1 4611686018427387904
      error needs more than the largest size of a tensor
    LRN 13
      in float_type[1,4,5,5]
      error attribute 'size' is needed
    LRN 13 size=0
      in float_type[1,4,5,5]
      error size 0 must be between 1
    LRN 13 size=3
      in float_type[4]
      error must have rank
    InstanceNormalization 22
      in float_type[1,4,5,5]
      in float_type[3]
      in float_type[4]
      error must be equal
    InstanceNormalization 22
      in float_type[2,3]
      in float_type[3]
      in float_type[3]
      error with spatial axes
    InstanceNormalization 22
      in float_type[1,4,5,5]
      in float_type[4,1]
      in float_type[4]
      error input 1 must have rank 1
    GroupNormalization 21 num_groups=3
      in float_type[1,4,5,5]
      in float_type[4]
      in float_type[4]
      error 3 groups
    GroupNormalization 21 num_groups=0
      in float_type[1,4,5,5]
      in float_type[4]
      in float_type[4]
      error 'num_groups' of at least 1
    GroupNormalization 18 num_groups=2
      in float_type[1,4,5,5]
      in float_type[4]
      in float_type[4]
      error must be equal
    GroupNormalization 21 num_groups=2 stash_type=7
      in float_type[1,4,5,5]
      in float_type[4]
      in float_type[4]
      error stash_type is int64_type
    LayerNormalization 17 axis=2
      in float_type[2,3]
      in float_type[3]
      error axis 2 is not among the 2 axes
    LayerNormalization 17
      in float_type[2,3]
      in float_type[2]
      error the size to broadcast to
    LayerNormalization 17
      in int32_type[2,3]
      in int32_type[3]
      error floating-point
    LayerNormalization 17
      in float_type[2,3]
      in float_type[2,2,3]
      error does not fit into the 2 axes
    RMSNormalization 23 axis=-3
      in float_type[2,3]
      in float_type[3]
      error axis -3 is not among the 2 axes
    RMSNormalization 23
      in float_type[2,3]
      in float_type[2]
      error the size to broadcast to
    LpNormalization 22 p=3
      in float_type[2,3]
      error attribute 'p' must be 1 or 2
    LpNormalization 22 axis=2
      in float_type[2,3]
      error axis 2 is not among the 2 axes
    LpNormalization 22
      in int32_type[2,3]
      error floating-point
    MeanVarianceNormalization 13
      in float_type[2,3]
      error axis 2 is not among the 2 axes
    MeanVarianceNormalization 13 axes=[0]
      in int32_type[2,3]
      error floating-point
    BatchNormalization 15
      in float_type[1,4,5,5]
      in float_type[3]
      in float_type[3]
      in float_type[3]
      in float_type[3]
      error channels
    BatchNormalization 15 training_mode=1
      in float_type[4]
      in float_type[4]
      in float_type[4]
      in float_type[4]
      in float_type[4]
      error an input [N, C, ...] is needed
    BatchNormalization 15
      in float_type[1,4,5,5]
      in float_type[4]
      in float_type[4]
      in float_type[4]
      error input 4 is needed
    BatchNormalization 7 spatial=0
      in float_type[1,4,5,5]
      in float_type[4]
      in float_type[4]
      in float_type[4]
      in float_type[4]
      error must be equal
    RNN 14 hidden_size=2
      in float_type[4,2,3]
      in float_type[1,2,3]
      error input 2 is needed
    RNN 14 hidden_size=3
      in float_type[4,2,3]
      in float_type[1,2,3]
      in float_type[1,2,2]
      error the size of W at axis 1
    RNN 14 hidden_size=2
      in float_type[4,3]
      in float_type[1,2,3]
      in float_type[1,2,2]
      error input 0 must have rank 3
    RNN 14 hidden_size=2 direction=up
      in float_type[4,2,3]
      in float_type[1,2,3]
      in float_type[1,2,2]
      error direction is 'up'
    RNN 14 hidden_size=2 activations=[Cosh]
      in float_type[4,2,3]
      in float_type[1,2,3]
      in float_type[1,2,2]
      error Cosh
    RNN 14 hidden_size=2 clip=-1.0
      in float_type[4,2,3]
      in float_type[1,2,3]
      in float_type[1,2,2]
      error clip -1.0 must not be negative
    RNN 14 hidden_size=2
      in float_type[4,2,3]
      in float_type[1,2,3]
      in float_type[1,2,2]
      none
      in int32_type[2] 5 1
      error sequence length 5 must be between 0 and 4
    RNN 14 hidden_size=2
      in float_type[4,2,3]
      in float_type[1,2,3]
      in float_type[1,2,2]
      none
      in int32_type[3]
      error the size of sequence_lens at axis 0
    RNN 14 hidden_size=2 direction=bidirectional
      in float_type[4,2,3]
      in float_type[1,2,3]
      in float_type[1,2,2]
      error the size of W at axis 0
    GRU 14 hidden_size=2
      in float_type[4,2,3]
      in float_type[1,6,3]
      error input 2 is needed
    GRU 14 hidden_size=3
      in float_type[4,2,3]
      in float_type[1,6,3]
      in float_type[1,6,2]
      error the size of W at axis 1
    GRU 14 hidden_size=2
      in float_type[4,3]
      in float_type[1,6,3]
      in float_type[1,6,2]
      error input 0 must have rank 3
    GRU 14 hidden_size=2 direction=up
      in float_type[4,2,3]
      in float_type[1,6,3]
      in float_type[1,6,2]
      error direction is 'up'
    GRU 14 hidden_size=2 activations=[Cosh]
      in float_type[4,2,3]
      in float_type[1,6,3]
      in float_type[1,6,2]
      error activations are given
    GRU 14 hidden_size=2 clip=-1.0
      in float_type[4,2,3]
      in float_type[1,6,3]
      in float_type[1,6,2]
      error clip -1.0 must not be negative
    GRU 14 hidden_size=2
      in float_type[4,2,3]
      in float_type[1,6,3]
      in float_type[1,6,2]
      none
      in int32_type[2] 5 1
      error sequence length 5 must be between 0 and 4
    GRU 14 hidden_size=2
      in float_type[4,2,3]
      in float_type[1,6,3]
      in float_type[1,6,2]
      none
      in int32_type[3]
      error the size of sequence_lens at axis 0
    GRU 14 hidden_size=2 direction=bidirectional
      in float_type[4,2,3]
      in float_type[1,6,3]
      in float_type[1,6,2]
      error the size of W at axis 0
    LSTM 14 hidden_size=2
      in float_type[4,2,3]
      in float_type[1,8,3]
      error input 2 is needed
    LSTM 14 hidden_size=3
      in float_type[4,2,3]
      in float_type[1,8,3]
      in float_type[1,8,2]
      error the size of W at axis 1
    LSTM 14 hidden_size=2
      in float_type[4,3]
      in float_type[1,8,3]
      in float_type[1,8,2]
      error input 0 must have rank 3
    LSTM 14 hidden_size=2 direction=up
      in float_type[4,2,3]
      in float_type[1,8,3]
      in float_type[1,8,2]
      error direction is 'up'
    LSTM 14 hidden_size=2 activations=[Cosh]
      in float_type[4,2,3]
      in float_type[1,8,3]
      in float_type[1,8,2]
      error activations are given
    LSTM 14 hidden_size=2 clip=-1.0
      in float_type[4,2,3]
      in float_type[1,8,3]
      in float_type[1,8,2]
      error clip -1.0 must not be negative
    LSTM 14 hidden_size=2
      in float_type[4,2,3]
      in float_type[1,8,3]
      in float_type[1,8,2]
      none
      in int32_type[2] 5 1
      error sequence length 5 must be between 0 and 4
    LSTM 14 hidden_size=2
      in float_type[4,2,3]
      in float_type[1,8,3]
      in float_type[1,8,2]
      none
      in int32_type[3]
      error the size of sequence_lens at axis 0
    LSTM 14 hidden_size=2 direction=bidirectional
      in float_type[4,2,3]
      in float_type[1,8,3]
      in float_type[1,8,2]
      error the size of W at axis 0
    """
}
