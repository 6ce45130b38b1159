extension NodeCase {
  /// Movements of elements that must be refused; see ``NodeCase`` for the form.
  static let badRearrangement = """
    Pad 13
      in float_type[2,3]
      in int64_type[3] 1 1 1
      error 4 pads are needed, two for each axis; found 3
    Pad 13 mode=mirror
      in float_type[2,3]
      in int64_type[4] 1 1 1 1
      error mode is 'mirror'
    Pad 13 mode=reflect
      in float_type[2,3]
      in int64_type[4] 2 0 0 0
      error axis 0 of size 2 is too small for 2 of mode reflect
    Pad 13 mode=wrap
      in float_type[0,3]
      const int64_type[4] 1 0 0 0
      error is too small
    Pad 13
      in float_type[2,3]
      in int64_type[4] -2 0 -1 0
      error pads -2 and -1 cut more than size 2 off axis 0
    Pad 13
      in float_type[2,3]
      const int64_type[4] 1152921504606846976 0 0 0
      error too large
    Pad 13
      in string_type[1,2] a b
      in int64_type[4] 0 1000000000000 0 0
      error and working memory
    Pad 13
      in uint8_type[2]
      in int64_type[2] 0 1000000000000
      error and working memory
    Pad 18
      in float_type[2,3]
      in int64_type[2] 1 1
      none
      in int64_type[1] 2
      error axis 2 is not among the 2 axes
    Pad 13
      in float_type[2,3]
      in int64_type[4]
      in int64_type[] 1
      error the value must have float_type
    Pad 2
      in float_type[2,3]
      error attribute 'pads' is needed
    Split 13
      in float_type[4]
      in float_type[1]
      error input 1 must have int64_type or int32_type
    Split 13 axis=1
      in float_type[4]
      in int64_type[1] 4
      error axis 1 is not among the 1 axes
    Squeeze 13
      in float_type[1,3]
      in int64_type[1] 1
      error axis 1 must have size 1, found 3
    Squeeze 13
      in float_type[2,3]
      in int64_type[1]
      error 1 axes of size 1 are to be dropped
    Squeeze 13
      in float_type[1,3]
      in int64_type[2]
      error 2 axes of size 1 are to be dropped
    Unsqueeze 13
      in float_type[2,3]
      in int64_type[1] 3
      error axis 3 is not among the 3 axes
    Unsqueeze 13
      in float_type[2,3]
      error input 1 is needed
    Unsqueeze 13
      in float_type[2,3]
      in float_type[1]
      error int64_type or int32_type
    Slice 13
      in float_type[4]
      in int64_type[1]
      in int64_type[1] 2
      in int64_type[1] 1
      error axis 1 is not among the 1 axes
    Slice 13
      in float_type[4]
      in int64_type[1]
      in int64_type[1] 2
      in int64_type[1]
      in int64_type[1]
      error the step of a slice must not be 0
    Slice 13
      in float_type[4]
      in int64_type[2]
      in int64_type[2] 2 2
      in int64_type[2]
      error 2 axes are more than
    ReduceSum 13
      in float_type[2,3]
      in int64_type[1] 2
      error axis 2 is not among the 2 axes
    ReduceSum 13
      in float_type[2,3]
      in int64_type[3] 0 0 1
      error 3 axes are more than
    ReduceMax 18
      in float_type[2,3]
      in int64_type[2] 0 -2
      error named twice
    ReduceLogSumExp 18
      in float_type[2,3]
      in int64_type[1] 4611686018427387904
      error is not among the 2 axes
    ReduceLogSumExp 18
      in bool_type[2,3]
      error input 0 must have a number type, found bool_type
    CenterCropPad 18
      in float_type[2,3]
      in int64_type[1] 2
      error 2 sizes are needed, one for each axis
    CenterCropPad 18 axes=[2]
      in float_type[2,3]
      in int64_type[1] 2
      error axis 2 is not among the 2 axes
    CenterCropPad 18
      in float_type[2,3]
      in int64_type[2] -1 3
      error cut more than size 2 off axis 0
    DepthToSpace 13 blocksize=2
      in float_type[1,6,1,1]
      error must be equal, found 4 and 6
    DepthToSpace 13 blocksize=0
      in float_type[1,4,1,1]
      error attribute 'blocksize' must be a positive number
    DepthToSpace 13 blocksize=2 mode=RCD
      in float_type[1,4,1,1]
      error mode is 'RCD'
    SpaceToDepth 13 blocksize=2
      in float_type[1,1,3,2]
      error must be equal, found 4 and 6
    SpaceToDepth 13
      in float_type[1,1,2,2]
      error attribute 'blocksize' must be a positive number
    SpaceToDepth 13 blocksize=2
      in float_type[1,2,2]
      error input 0 must have rank 4
    EyeLike 9
      in float_type[2,3,4]
      error input 0 must be a matrix
    EyeLike 9 dtype=99
      in float_type[2,3]
      error attribute 'dtype'
    Trilu 14
      in float_type[3]
      error input 0 must have rank 2
    Trilu 14
      in float_type[3,3]
      in int64_type[2] 1 2
      error the elements of input 1 and 1
    Trilu 14
      in float_type[3,3]
      in float_type[]
      error input 1 must have int64_type or int32_type
    ReverseSequence 10
      in float_type[4,3]
      in int64_type[2] 1 4
      error the lengths and the batches
    ReverseSequence 10
      in float_type[4,3]
      in int64_type[3] 1 5 0
      error a length must be 0 to 4, found 5
    ReverseSequence 10 time_axis=1
      in float_type[4,3]
      in int64_type[3] 1 1 1
      error time_axis and batch_axis must be 0 and 1
    ReverseSequence 10
      in float_type[4]
      in int64_type[1] 1
      error input 0 must have rank 2
    GatherElements 13
      in float_type[2,3]
      in int64_type[1,3] 2 0 0
      error index 2 lies outside of axis 0
    GatherElements 13
      in float_type[2,3]
      in int64_type[2]
      error inputs 0 and 1 must have one rank
    GatherND 13
      in float_type[2,3]
      in int64_type[1,3]
      error must have size 1 to 2, found 3
    GatherND 13 batch_dims=2
      in float_type[2,3]
      in int64_type[2,1]
      error batch_dims must be at least 0
    """
}
