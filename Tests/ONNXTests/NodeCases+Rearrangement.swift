extension NodeCase {
  /// Values from ONNX Runtime of operators that move elements; see ``NodeCase`` for the form.
  static let rearrangement = """
    Pad 2 pads=[1,0,0,2] value=1.5
      in float_type[2,2] 0.25 0.25 0.25 -0.75
      out float_type[3,4] 1.5 1.5 1.5 1.5 0.25 0.25 1.5 1.5 0.25 -0.75 1.5 1.5
    Pad 11
      in float_type[2,2] 0.75 1.5 0.75 1
      in int64_type[4] 0 1 1 0
      in float_type[] 2.5
      out float_type[3,3] 2.5 0.75 1.5 2.5 0.75 1 2.5 2.5 2.5
    Pad 13
      in string_type[1,2] a b
      in int64_type[4] 1 0 0 1
      out string_type[2,3] "" "" "" a b ""
    Pad 13
      in string_type[1,2] a b
      in int64_type[4] 0 1 1 0
      in string_type[] z
      out string_type[2,3] z a b z z z
    Pad 13 mode=edge
      in string_type[2] a b
      in int64_type[2] 1 2
      out string_type[5] a a b b b
    Pad 13 mode=reflect
      in float_type[3,3] -1 -0.75 -1.5 1.25 -0.25 1.5 -0.75 -0.5 0
      in int64_type[4] 2 1 0 2
      out float_type[5,6] -0.5 -0.75 -0.5 0 -0.5 -0.75 -0.25 1.25 -0.25 1.5 -0.25 1.25 -0.75 -1
          -0.75 -1.5 -0.75 -1 -0.25 1.25 -0.25 1.5 -0.25 1.25 -0.5 -0.75 -0.5 0 -0.5 -0.75
    Pad 13 mode=edge
      in float_type[2,3] 1 0 0.25 0 0.25 -1
      const int64_type[4] 1 2 1 0
      out float_type[4,5] 1 1 1 0 0.25 1 1 1 0 0.25 0 0 0 0.25 -1 0 0 0 0.25 -1
    Pad 19 mode=wrap
      in float_type[2,3] 0 -0.25 0 0.5 -0.75 0
      const int64_type[4] 1 2 3 4
      out float_type[6,9] -0.75 0 0.5 -0.75 0 0.5 -0.75 0 0.5 -0.25 0 0 -0.25 0 0 -0.25 0 0 -0.75
          0 0.5 -0.75 0 0.5 -0.75 0 0.5 -0.25 0 0 -0.25 0 0 -0.25 0 0 -0.75 0 0.5 -0.75 0 0.5
          -0.75 0 0.5 -0.25 0 0 -0.25 0 0 -0.25 0 0
    Pad 18
      in float_type[2,2] -0.25 0.5 0.75 -1
      const int64_type[2] 1 -1
      none
      const int64_type[1] -1
      out float_type[2,2] 0 -0.25 0 0.75
    Pad 18
      in int64_type[2,2] 1 2 3 4
      in int64_type[4] 1 0 0 1
      in int64_type[] -3
      in int64_type[2] 1 0
      out int64_type[3,3] -3 1 2 -3 3 4 -3 -3 -3
    Pad 13 mode=constant
      in float_type[3,3] 0.5 2 -1.5 -0.75 -1 -0.25 1.5 0 -0.75
      const int64_type[4] -1 0 1 -2
      const float_type[] 9
      out float_type[3,1] -0.75 1.5 9
    Split 13 axis=1
      in float_type[2,5] 0.5 -0.5 1 0.25 1.5 -0.75 3 0.75 0.75 0
      in int64_type[2] 2 3
      out float_type[2,2] 0.5 -0.5 -0.75 3
      out float_type[2,3] 1 0.25 1.5 0.75 0.75 0
    Split 18 num_outputs=3
      in float_type[7] -0.75 -0.75 -0.25 -0.75 0.25 -0.75 0.5
      out float_type[3] -0.75 -0.75 -0.25
      out float_type[3] -0.75 0.25 -0.75
      out float_type[1] 0.5
    Split 2 split=[1,2] axis=-1
      in float_type[2,3] 1 -0.75 1.25 -0.25 1.25 0.5
      out float_type[2,1] 1 -0.25
      out float_type[2,2] -0.75 1.25 1.25 0.5
    Split 13
      in float_type[4,1] 1 -1 0 1.5
      out float_type[2,1] 1 -1
      out float_type[2,1] 0 1.5
    Squeeze 13
      in float_type[1,2,1,3] -0.5 -2 -2 -2.5 -2 -0.5
      in int64_type[1] -2
      out float_type[1,2,3] -0.5 -2 -2 -2.5 -2 -0.5
    Squeeze 13
      in float_type[1,2,1,3] 1.25 -0.5 0.25 0 0 -0.25
      in int64_type[2] 0 2
      out float_type[2,3] 1.25 -0.5 0.25 0 0 -0.25
    Squeeze 13
      in float_type[1,2,1] -0.25 0.5
      out float_type[2] -0.25 0.5
    Unsqueeze 13
      in float_type[2,3] -1.25 1 1 -0.25 0.75 -0.75
      in int64_type[2] 1 -1
      out float_type[2,1,3,1] -1.25 1 1 -0.25 0.75 -0.75
    Unsqueeze 13
      in float_type[] -0.5
      in int64_type[1] 0
      out float_type[1] -0.5
    Slice 13
      in float_type[4,5] 0.25 -0.25 -0.5 -0.75 -0.5 1 -2 0.25 -0.25 0.75 0.5 -2.75 0.5 0.25 0 -0.5
          0.75 -0.5 1.75 0.5
      in int64_type[2] 3 -1
      in int64_type[2] 0 -9
      in int64_type[2] 0 1
      in int64_type[2] -2 -2
      out float_type[2,3] 0.5 -0.5 -0.5 0.75 0.25 1
    Slice 13
      in float_type[4,5] 2.25 -0.75 -1.75 0.75 0.75 0 -1.5 -0.5 0.5 -0.25 0 -0.25 -1 -0.5 -1.5
          1.75 -0.5 0.5 -1 0.75
      in int64_type[1] 1
      in int64_type[1] 3
      in int64_type[1] -1
      out float_type[4,2] -0.75 -1.75 -1.5 -0.5 -0.25 -1 -0.5 0.5
    Slice 11
      in float_type[4,5] -1.75 1 0 2 -1.25 0 0.25 1.25 -0.5 0 -2.25 -0.75 0.5 1 -0.25 2 1.75 0
          -2.5 -1.75
      const int64_type[1] 1
      const int64_type[1] 9
      const int64_type[1] 1
      in int64_type[1] 2
      out float_type[4,2] 1 2 0.25 -0.5 -0.75 1 1.75 -2.5
    Reshape 14 allowzero=1
      in float_type[0,3]
      in int64_type[2] 3 0
      out float_type[3,0]
    Reshape 13
      in float_type[2,3] -0.75 1 0.25 -2 -0.25 1.5
      in int64_type[3] 0 -1 1
      out float_type[2,3,1] -0.75 1 0.25 -2 -0.25 1.5
    Expand 13
      in float_type[3,1] -0.25 -0.75 2
      in int64_type[3] 2 1 2
      out float_type[2,3,2] -0.25 -0.25 -0.75 -0.75 2 2 -0.25 -0.25 -0.75 -0.75 2 2
    Tile 13
      in float_type[2,1] 0 -0.5
      in int64_type[2] 2 3
      out float_type[4,3] 0 0 0 -0.5 -0.5 -0.5 0 0 0 -0.5 -0.5 -0.5
    ConstantOfShape 9
      in int64_type[2] 2 3
      out float_type[2,3] 0 0 0 0 0 0
    ConstantOfShape 9
      in int64_type[1] 0
      out float_type[0]
    Range 11
      in int64_type[] 10
      in int64_type[] 4
      in int64_type[] -2
      out int64_type[3] 10 8 6
    Range 11
      in float_type[] 0.5
      in float_type[] 2.5
      in float_type[] 0.75
      out float_type[3] 0.5 1.25 2
    CenterCropPad 18
      in float_type[3,4] 0.25 0 -0.5 1.25 1 0.75 0 1.25 0 0.5 1 0.75
      in int64_type[2] 5 2
      out float_type[5,2] 0 0 0 -0.5 0.75 0 0.5 1 0 0
    CenterCropPad 18 axes=[-1]
      in float_type[2,5] 1.75 0.5 -1.75 -1.25 1.25 -0.25 0.5 -0.75 1 -0.5
      in int64_type[1] 2
      out float_type[2,2] 0.5 -1.75 0.5 -0.75
    CenterCropPad 18 axes=[1,0]
      in float_type[2,3] 1.5 -0.5 1 0.75 -0.75 1
      const int64_type[2] 4 1
      out float_type[1,4] 1.5 -0.5 1 0
    CenterCropPad 18
      in string_type[3] a b c
      in int64_type[1] 5
      out string_type[5] "" a b c ""
    DepthToSpace 13 blocksize=2
      in float_type[1,4,1,2] -1 -0.75 0.75 -0.75 -0.5 -0.25 -1 1
      out float_type[1,1,2,4] -1 0.75 -0.75 -0.75 -0.5 -1 -0.25 1
    DepthToSpace 13 blocksize=2 mode=CRD
      in float_type[1,8,1,1] 0.5 0 0 0.5 1.75 0.75 -0.5 0.75
      out float_type[1,2,2,2] 0.5 0 0 0.5 1.75 0.75 -0.5 0.75
    SpaceToDepth 13 blocksize=2
      in float_type[1,2,2,4] 0 -0.25 1.75 -0.5 -0.5 -2 -1.5 0.5 -0.75 0.5 -1 -0.75 0.75 1.5 0.5
          1.25
      out float_type[1,8,1,2] 0 1.75 -0.75 -1 -0.25 -0.5 0.5 -0.75 -0.5 -1.5 0.75 0.5 -2 0.5 1.5
          1.25
    EyeLike 9 dtype=7 k=-1
      in float_type[3,4] 1.75 1 -1 0 0.75 -0.5 0.5 -1.5 -0.75 0.5 -2.25 -1
      out int64_type[3,4] 0 0 0 0 1 0 0 0 0 1 0 0
    EyeLike 9
      in float_type[2,2] 0 -1.75 0 -0.75
      out float_type[2,2] 1 0 0 1
    Trilu 14
      in float_type[3,4] -0.25 -0.25 0.25 -0.5 0 -0.5 0.5 1.75 0.25 0.25 -1.25 0.75
      in int64_type[] 1
      out float_type[3,4] 0 -0.25 0.25 -0.5 0 0 0.5 1.75 0 0 0 0.75
    Trilu 14 upper=0
      in float_type[2,2,3] -0.75 -0.75 0.5 0.25 1 1.5 -0.5 0.25 1.75 1 0.75 1.25
      const int64_type[] -1
      out float_type[2,2,3] 0 0 0 0.25 0 0 0 0 0 1 0 0
    Trilu 14 upper=0
      in int64_type[2,2] 1 2 3 4
      out int64_type[2,2] 1 0 3 4
    Trilu 14 upper=0
      in string_type[2,3] a b c d e f
      out string_type[2,3] a "" "" d e ""
    ReverseSequence 10
      in float_type[4,3] -0.5 0.75 1.5 1.5 -0.75 -0.25 0.5 -0.25 -0.5 0.75 -0.25 -1.75
      in int64_type[3] 1 4 2
      out float_type[4,3] -0.5 -0.25 -0.25 1.5 -0.25 1.5 0.5 -0.75 -0.5 0.75 0.75 -1.75
    ReverseSequence 10 time_axis=1 batch_axis=0
      in float_type[2,3,2] 0.25 -0.5 -0.75 -1.5 1 -2.25 -1.75 -0.25 1.25 1.25 -1.25 -0.25
      in int64_type[2] 3 2
      out float_type[2,3,2] 1 -2.25 -0.75 -1.5 0.25 -0.5 1.25 1.25 -1.75 -0.25 -1.25 -0.25
    GatherND 12 batch_dims=1
      in float_type[2,3,2] -1.5 1 -1.5 -0.25 1 -0.25 1.5 -0.75 0.25 0.75 -0.25 1.5
      in int64_type[2,1] 1 -1
      out float_type[2,2] -1.5 -0.25 -0.25 1.5
    GatherElements 13 axis=1
      in float_type[2,3] 0.5 -1.75 4 0.75 0 -1.5
      in int32_type[2,4] 0 -1 2 1 1 1 0 -3
      out float_type[2,4] 0.5 4 4 -1.75 0 0 0.75 0.75
    GatherElements 11
      in float_type[3,2] 0 -0.5 0.75 0.25 1.75 0.25
      in int64_type[1,2] 2 -3
      out float_type[1,2] 1.75 -0.5
    ReduceSum 13 keepdims=0
      in float_type[2,3,2] 0.5 0.25 -0.25 -0.25 1 0.75 -0.75 -1 0 1.25 0 1.75
      in int64_type[1] -1
      out float_type[2,3] 0.75 -0.5 1.75 -1.75 1.25 1.75
    ReduceMax 18
      in float_type[2,3,2] -0.75 0.25 -2.5 -0.5 -0.25 0.5 1.75 0 1.5 0.75 1 -0.5
      in int64_type[2] 0 2
      out float_type[1,3,1] 1.75 1.5 1
    ReduceLogSumExp 18 keepdims=0
      in float_type[3,2] 1000 1000.5 -inf -inf -2 inf
      in int64_type[1] 1
      out float_type[3] 1000.974 -inf inf
    ReduceMin 18 noop_with_empty_axes=1
      in float_type[2,2] 1.5 -1 0.5 -1
      in int64_type[0]
      out float_type[2,2] 1.5 -1 0.5 -1
    ReduceMean 18 keepdims=0
      in float_type[2,2] -0.5 -1.5 -0.5 0.25
      in int64_type[0]
      out float_type[] -0.5625
    """
}
