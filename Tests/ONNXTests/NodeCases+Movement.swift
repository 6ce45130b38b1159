extension NodeCase {
  /// Values from ONNX Runtime; see ``NodeCase`` for the form.
  static let movement = """
    Slice 9 starts=[1] ends=[3] axes=[2]
      in float_type[2,3,4] -1.25 2.25 2.5 -3 0 2 -2.25 1.75 -2.5 -0.25 2 -1.25 -1 -1.5 1.25 -1.5 3
          -0.25 -0.25 0 0.5 0.25 0 3
      out float_type[2,3,2] 2.25 2.5 2 -2.25 -0.25 2 -1.5 1.25 -0.25 -0.25 0.25 0
    Slice 9 starts=[0,-3] ends=[2,-1] axes=[0,-1]
      in float_type[2,3,4] -1.25 2.25 2.5 -3 0 2 -2.25 1.75 -2.5 -0.25 2 -1.25 -1 -1.5 1.25 -1.5 3
          -0.25 -0.25 0 0.5 0.25 0 3
      out float_type[2,3,2] 2.25 2.5 2 -2.25 -0.25 2 -1.5 1.25 -0.25 -0.25 0.25 0
    Slice 9 starts=[-100] ends=[100] axes=[1]
      in float_type[2,3,4] -1.25 2.25 2.5 -3 0 2 -2.25 1.75 -2.5 -0.25 2 -1.25 -1 -1.5 1.25 -1.5 3
          -0.25 -0.25 0 0.5 0.25 0 3
      out float_type[2,3,4] -1.25 2.25 2.5 -3 0 2 -2.25 1.75 -2.5 -0.25 2 -1.25 -1 -1.5 1.25 -1.5 3
          -0.25 -0.25 0 0.5 0.25 0 3
    Slice 9 starts=[3] ends=[3] axes=[2]
      in float_type[2,3,4] -1.25 2.25 2.5 -3 0 2 -2.25 1.75 -2.5 -0.25 2 -1.25 -1 -1.5 1.25 -1.5 3
          -0.25 -0.25 0 0.5 0.25 0 3
      out float_type[2,3,0]
    Slice 10
      in float_type[2,3,4] -1.25 2.25 2.5 -3 0 2 -2.25 1.75 -2.5 -0.25 2 -1.25 -1 -1.5 1.25 -1.5 3
          -0.25 -0.25 0 0.5 0.25 0 3
      const int64_type[1] 1
      const int64_type[1] 3
      const int64_type[1] 2
      out float_type[2,3,2] 2.25 2.5 2 -2.25 -0.25 2 -1.5 1.25 -0.25 -0.25 0.25 0
    Slice 10
      in float_type[2,3,4] -1.25 2.25 2.5 -3 0 2 -2.25 1.75 -2.5 -0.25 2 -1.25 -1 -1.5 1.25 -1.5 3
          -0.25 -0.25 0 0.5 0.25 0 3
      const int64_type[2] 0 -3
      const int64_type[2] 2 -1
      const int64_type[2] 0 -1
      out float_type[2,3,2] 2.25 2.5 2 -2.25 -0.25 2 -1.5 1.25 -0.25 -0.25 0.25 0
    Slice 10
      in float_type[2,3,4] -1.25 2.25 2.5 -3 0 2 -2.25 1.75 -2.5 -0.25 2 -1.25 -1 -1.5 1.25 -1.5 3
          -0.25 -0.25 0 0.5 0.25 0 3
      const int64_type[1] -100
      const int64_type[1] 100
      const int64_type[1] 1
      out float_type[2,3,4] -1.25 2.25 2.5 -3 0 2 -2.25 1.75 -2.5 -0.25 2 -1.25 -1 -1.5 1.25 -1.5 3
          -0.25 -0.25 0 0.5 0.25 0 3
    Slice 10
      in float_type[2,3,4] -1.25 2.25 2.5 -3 0 2 -2.25 1.75 -2.5 -0.25 2 -1.25 -1 -1.5 1.25 -1.5 3
          -0.25 -0.25 0 0.5 0.25 0 3
      const int64_type[1] 3
      const int64_type[1] 3
      const int64_type[1] 2
      out float_type[2,3,0]
    Slice 7 starts=[1,1] ends=[2,2]
      in float_type[2,3,4] -1.25 2.25 2.5 -3 0 2 -2.25 1.75 -2.5 -0.25 2 -1.25 -1 -1.5 1.25 -1.5 3
          -0.25 -0.25 0 0.5 0.25 0 3
      out float_type[1,1,4] 3 -0.25 -0.25 0
    Slice 13
      in float_type[2,3,4] -1.25 2.25 2.5 -3 0 2 -2.25 1.75 -2.5 -0.25 2 -1.25 -1 -1.5 1.25 -1.5 3
          -0.25 -0.25 0 0.5 0.25 0 3
      const int64_type[2] 1 0
      const int64_type[2] 2 3
      out float_type[1,3,4] -1 -1.5 1.25 -1.5 3 -0.25 -0.25 0 0.5 0.25 0 3
    Slice 11
      in float_type[2,3,4] -1.25 2.25 2.5 -3 0 2 -2.25 1.75 -2.5 -0.25 2 -1.25 -1 -1.5 1.25 -1.5 3
          -0.25 -0.25 0 0.5 0.25 0 3
      const int64_type[1] -1
      const int64_type[1] -100
      const int64_type[1] 2
      const int64_type[1] -2
      out float_type[2,3,2] -3 2.25 1.75 2 -1.25 -0.25 -1.5 -1.5 0 -0.25 3 0.25
    Slice 13
      in float_type[2,3,4] -1.25 2.25 2.5 -3 0 2 -2.25 1.75 -2.5 -0.25 2 -1.25 -1 -1.5 1.25 -1.5 3
          -0.25 -0.25 0 0.5 0.25 0 3
      in int64_type[1] -1
      in int64_type[1] -100
      const int64_type[1] 2
      const int64_type[1] -2
      out float_type[2,3,2] -3 2.25 1.75 2 -1.25 -0.25 -1.5 -1.5 0 -0.25 3 0.25
    Slice 13
      in float_type[2,3,4] -1.25 2.25 2.5 -3 0 2 -2.25 1.75 -2.5 -0.25 2 -1.25 -1 -1.5 1.25 -1.5 3
          -0.25 -0.25 0 0.5 0.25 0 3
      in int64_type[2] 0 2
      in int64_type[2] 2 0
      none
      const int64_type[2] 1 -1
      out float_type[2,2,4] -2.5 -0.25 2 -1.25 0 2 -2.25 1.75 0.5 0.25 0 3 3 -0.25 -0.25 0
    Slice 13
      in float_type[2,3,4] -1.25 2.25 2.5 -3 0 2 -2.25 1.75 -2.5 -0.25 2 -1.25 -1 -1.5 1.25 -1.5 3
          -0.25 -0.25 0 0.5 0.25 0 3
      in int32_type[1] 1
      in int32_type[1] 9
      const int32_type[1] -1
      out float_type[2,3,3] 2.25 2.5 -3 2 -2.25 1.75 -0.25 2 -1.25 -1.5 1.25 -1.5 -0.25 -0.25 0 0.25
          0 3
    Split 7 axis=1
      in float_type[2,4] 2.25 0.75 -2.5 -2.75 -0.25 -3 -2.25 0
      out float_type[2,2] 2.25 0.75 -0.25 -3
      out float_type[2,2] -2.5 -2.75 -2.25 0
    Split 11 axis=-1 split=[2,3]
      in float_type[2,5] 2 1.75 1.25 0.75 -1 3 -0.25 -1.75 2.25 -2
      out float_type[2,2] 2 1.75 3 -0.25
      out float_type[2,3] 1.25 0.75 -1 -1.75 2.25 -2
    Split 13 axis=1
      in float_type[2,5] 2 1.75 1.25 0.75 -1 3 -0.25 -1.75 2.25 -2
      const int64_type[3] 4 0 1
      out float_type[2,4] 2 1.75 1.25 0.75 3 -0.25 -1.75 2.25
      out float_type[2,0]
      out float_type[2,1] -1 -2
    Split 13
      in float_type[4] 3 -0.25 2 2.5
      out float_type[2] 3 -0.25
      out float_type[2] 2 2.5
    Split 18 num_outputs=3
      in float_type[7] 2 0.75 -0.25 0 -1.5 0 -0.75
      out float_type[3] 2 0.75 -0.25
      out float_type[3] 0 -1.5 0
      out float_type[1] -0.75
    Split 18 num_outputs=2
      in float_type[4] -1.5 3 -3 -2.5
      out float_type[2] -1.5 3
      out float_type[2] -3 -2.5
    Squeeze 11 axes=[0,-2]
      in float_type[1,3,1,2] -2 3 1.25 2.5 -1.75 1.5
      out float_type[3,2] -2 3 1.25 2.5 -1.75 1.5
    Squeeze 7
      in float_type[1,3,1,2] -2 3 1.25 2.5 -1.75 1.5
      out float_type[3,2] -2 3 1.25 2.5 -1.75 1.5
    Squeeze 13
      in float_type[1,3,1,2] -2 3 1.25 2.5 -1.75 1.5
      const int64_type[1] -2
      out float_type[1,3,2] -2 3 1.25 2.5 -1.75 1.5
    Squeeze 13
      in float_type[1,3,1,2] -2 3 1.25 2.5 -1.75 1.5
      out float_type[3,2] -2 3 1.25 2.5 -1.75 1.5
    Unsqueeze 11 axes=[0,-1]
      in float_type[3] -0.75 0 -3
      out float_type[1,3,1] -0.75 0 -3
    Unsqueeze 13
      in float_type[3] 0.75 2 1
      const int64_type[2] 2 0
      out float_type[1,3,1] 0.75 2 1
    Reshape 7
      in float_type[2,3,4] -1.25 2.25 2.5 -3 0 2 -2.25 1.75 -2.5 -0.25 2 -1.25 -1 -1.5 1.25 -1.5 3
          -0.25 -0.25 0 0.5 0.25 0 3
      const int64_type[2] 0 -1
      out float_type[2,12] -1.25 2.25 2.5 -3 0 2 -2.25 1.75 -2.5 -0.25 2 -1.25 -1 -1.5 1.25 -1.5 3
          -0.25 -0.25 0 0.5 0.25 0 3
    Reshape 14
      in float_type[2,3,4] -1.25 2.25 2.5 -3 0 2 -2.25 1.75 -2.5 -0.25 2 -1.25 -1 -1.5 1.25 -1.5 3
          -0.25 -0.25 0 0.5 0.25 0 3
      in int64_type[3] 4 -1 2
      out float_type[4,3,2] -1.25 2.25 2.5 -3 0 2 -2.25 1.75 -2.5 -0.25 2 -1.25 -1 -1.5 1.25 -1.5 3
          -0.25 -0.25 0 0.5 0.25 0 3
    Reshape 13
      in float_type[1] 5
      const int64_type[0]
      out float_type[] 5
    Flatten 11 axis=0
      in float_type[2,3,4] -1.25 2.25 2.5 -3 0 2 -2.25 1.75 -2.5 -0.25 2 -1.25 -1 -1.5 1.25 -1.5 3
          -0.25 -0.25 0 0.5 0.25 0 3
      out float_type[1,24] -1.25 2.25 2.5 -3 0 2 -2.25 1.75 -2.5 -0.25 2 -1.25 -1 -1.5 1.25 -1.5 3
          -0.25 -0.25 0 0.5 0.25 0 3
    Flatten 11 axis=1
      in float_type[2,3,4] -1.25 2.25 2.5 -3 0 2 -2.25 1.75 -2.5 -0.25 2 -1.25 -1 -1.5 1.25 -1.5 3
          -0.25 -0.25 0 0.5 0.25 0 3
      out float_type[2,12] -1.25 2.25 2.5 -3 0 2 -2.25 1.75 -2.5 -0.25 2 -1.25 -1 -1.5 1.25 -1.5 3
          -0.25 -0.25 0 0.5 0.25 0 3
    Flatten 11 axis=3
      in float_type[2,3,4] -1.25 2.25 2.5 -3 0 2 -2.25 1.75 -2.5 -0.25 2 -1.25 -1 -1.5 1.25 -1.5 3
          -0.25 -0.25 0 0.5 0.25 0 3
      out float_type[24,1] -1.25 2.25 2.5 -3 0 2 -2.25 1.75 -2.5 -0.25 2 -1.25 -1 -1.5 1.25 -1.5 3
          -0.25 -0.25 0 0.5 0.25 0 3
    Flatten 11 axis=-1
      in float_type[2,3,4] -1.25 2.25 2.5 -3 0 2 -2.25 1.75 -2.5 -0.25 2 -1.25 -1 -1.5 1.25 -1.5 3
          -0.25 -0.25 0 0.5 0.25 0 3
      out float_type[6,4] -1.25 2.25 2.5 -3 0 2 -2.25 1.75 -2.5 -0.25 2 -1.25 -1 -1.5 1.25 -1.5 3
          -0.25 -0.25 0 0.5 0.25 0 3
    Flatten 7
      in float_type[2,3,4] -1.25 2.25 2.5 -3 0 2 -2.25 1.75 -2.5 -0.25 2 -1.25 -1 -1.5 1.25 -1.5 3
          -0.25 -0.25 0 0.5 0.25 0 3
      out float_type[2,12] -1.25 2.25 2.5 -3 0 2 -2.25 1.75 -2.5 -0.25 2 -1.25 -1 -1.5 1.25 -1.5 3
          -0.25 -0.25 0 0.5 0.25 0 3
    Transpose 7
      in float_type[2,3,4] -1.25 2.25 2.5 -3 0 2 -2.25 1.75 -2.5 -0.25 2 -1.25 -1 -1.5 1.25 -1.5 3
          -0.25 -0.25 0 0.5 0.25 0 3
      out float_type[4,3,2] -1.25 -1 0 3 -2.5 0.5 2.25 -1.5 2 -0.25 -0.25 0.25 2.5 1.25 -2.25 -0.25
          2 0 -3 -1.5 1.75 0 -1.25 3
    Transpose 13 perm=[1,0,2]
      in float_type[2,3,4] -1.25 2.25 2.5 -3 0 2 -2.25 1.75 -2.5 -0.25 2 -1.25 -1 -1.5 1.25 -1.5 3
          -0.25 -0.25 0 0.5 0.25 0 3
      out float_type[3,2,4] -1.25 2.25 2.5 -3 -1 -1.5 1.25 -1.5 0 2 -2.25 1.75 3 -0.25 -0.25 0 -2.5
          -0.25 2 -1.25 0.5 0.25 0 3
    Concat 11 axis=-1
      in float_type[2,3] 2.75 0.75 1.25 2.5 0.5 1.75
      in float_type[2,1] -2.25 0.25
      out float_type[2,4] 2.75 0.75 1.25 -2.25 2.5 0.5 1.75 0.25
    Concat 7 axis=0
      in float_type[1] 1
      out float_type[1] 1
    Expand 8
      in float_type[2,1] 1 2
      const int64_type[1] 3
      out float_type[2,3] 1 1 1 2 2 2
    Expand 13
      in float_type[2,1] 1 2
      in int64_type[3] 2 1 3
      out float_type[2,2,3] 1 1 1 2 2 2 1 1 1 2 2 2
    Tile 13
      in float_type[2,3] 2.75 0.75 1.25 2.5 0.5 1.75
      const int64_type[2] 2 1
      out float_type[4,3] 2.75 0.75 1.25 2.5 0.5 1.75 2.75 0.75 1.25 2.5 0.5 1.75
    Tile 7
      in float_type[2] 1 2
      in int64_type[1] 3
      out float_type[6] 1 2 1 2 1 2
    Gather 11 axis=1
      in float_type[2,3] 2.75 0.75 1.25 2.5 0.5 1.75
      in int64_type[2] 2 -1
      out float_type[2,2] 1.25 1.25 1.75 1.75
    Gather 7
      in float_type[2,3] 2.75 0.75 1.25 2.5 0.5 1.75
      in int32_type[] 1
      out float_type[3] 2.5 0.5 1.75
    GatherElements 11 axis=1
      in float_type[2,3] 2.75 0.75 1.25 2.5 0.5 1.75
      in int64_type[2,1] 2 -1
      out float_type[2,1] 1.25 1.75
    GatherND 11
      in float_type[2,3] 2.75 0.75 1.25 2.5 0.5 1.75
      in int64_type[2,2] 0 2 1 -1
      out float_type[2] 1.25 1.75
    GatherND 12 batch_dims=1
      in float_type[2,3] 2.75 0.75 1.25 2.5 0.5 1.75
      in int64_type[2,1] 0 -1
      out float_type[2] 2.75 1.75
    Shape 7
      in float_type[2,3,4] -1.25 2.25 2.5 -3 0 2 -2.25 1.75 -2.5 -0.25 2 -1.25 -1 -1.5 1.25 -1.5 3
          -0.25 -0.25 0 0.5 0.25 0 3
      out int64_type[3] 2 3 4
    Shape 15 start=1
      in float_type[2,3,4] -1.25 2.25 2.5 -3 0 2 -2.25 1.75 -2.5 -0.25 2 -1.25 -1 -1.5 1.25 -1.5 3
          -0.25 -0.25 0 0.5 0.25 0 3
      out int64_type[2] 3 4
    Shape 15 start=-1
      in float_type[2,3,4] -1.25 2.25 2.5 -3 0 2 -2.25 1.75 -2.5 -0.25 2 -1.25 -1 -1.5 1.25 -1.5 3
          -0.25 -0.25 0 0.5 0.25 0 3
      out int64_type[1] 4
    Shape 15 end=-1
      in float_type[2,3,4] -1.25 2.25 2.5 -3 0 2 -2.25 1.75 -2.5 -0.25 2 -1.25 -1 -1.5 1.25 -1.5 3
          -0.25 -0.25 0 0.5 0.25 0 3
      out int64_type[2] 2 3
    Shape 15 start=1 end=2
      in float_type[2,3,4] -1.25 2.25 2.5 -3 0 2 -2.25 1.75 -2.5 -0.25 2 -1.25 -1 -1.5 1.25 -1.5 3
          -0.25 -0.25 0 0.5 0.25 0 3
      out int64_type[1] 3
    Shape 15 start=-9 end=9
      in float_type[2,3,4] -1.25 2.25 2.5 -3 0 2 -2.25 1.75 -2.5 -0.25 2 -1.25 -1 -1.5 1.25 -1.5 3
          -0.25 -0.25 0 0.5 0.25 0 3
      out int64_type[3] 2 3 4
    Shape 15 start=2 end=1
      in float_type[2,3,4] -1.25 2.25 2.5 -3 0 2 -2.25 1.75 -2.5 -0.25 2 -1.25 -1 -1.5 1.25 -1.5 3
          -0.25 -0.25 0 0.5 0.25 0 3
      out int64_type[0]
    Size 13
      in float_type[2,3,4] -1.25 2.25 2.5 -3 0 2 -2.25 1.75 -2.5 -0.25 2 -1.25 -1 -1.5 1.25 -1.5 3
          -0.25 -0.25 0 0.5 0.25 0 3
      out int64_type[] 24
    Size 13
      in float_type[] 1
      out int64_type[] 1
    Range 11
      const int64_type[] 5
      const int64_type[] 0
      const int64_type[] -2
      out int64_type[3] 5 3 1
    Range 11
      in float_type[] 0
      in float_type[] 1
      in float_type[] 0.25
      out float_type[4] 0 0.25 0.5 0.75
    ConstantOfShape 9
      const int64_type[2] 2 1
      out float_type[2,1] 0 0
    ConstantOfShape 9 value=int32_type[1]:7
      in int64_type[1] 2
      out int32_type[2] 7 7
    ConstantOfShape 9 value=float_type[1]:2.5
      const int64_type[0]
      out float_type[] 2.5
    Constant 13 value_float=1.5
      out float_type[] 1.5
    Constant 12 value_floats=[1.0,2.5]
      out float_type[2] 1 2.5
    Constant 12 value_int=-3
      out int64_type[] -3
    Constant 12 value_ints=[4,5]
      out int64_type[2] 4 5
    Constant 7 value=float_type[1,2]:1,2
      out float_type[1,2] 1 2
    """
}
