extension NodeCase {
  /// Values from ONNX Runtime; see ``NodeCase`` for the form.
  static let selection = """
    NonZero 13
      in float_type[2,3] 1 0 3 0 -2 0
      out int64_type[2,3] 0 0 1 0 2 1
    NonZero 9
      in int64_type[] 5
      out int64_type[1,1] 0
    NonZero 13
      in bool_type[2,2] 0 0 0 0
      out int64_type[2,0]
    Compress 11 axis=1
      in float_type[2,3] 1.75 -0.75 0.25 -0.25 1.5 -2
      in bool_type[3] 1 0 1
      out float_type[2,2] 1.75 0.25 -0.25 -2
    Compress 9
      in float_type[2,3] -0.25 -0.5 1.25 -1 -0.25 -1
      in bool_type[4] 0 1 0 1
      out float_type[2] -0.5 -1
    Compress 11 axis=-2
      in float_type[3,2] 0 0.5 -1 1.25 1 0.5
      in bool_type[4] 0 1 1 1
      out float_type[2,2] -1 1.25 1 0.5
    Unique 11
      in float_type[6] 2 1 1 3 4 3
      out float_type[4] 1 2 3 4
      out int64_type[4] 1 0 3 4
      out int64_type[6] 1 0 0 2 3 2
      out int64_type[4] 2 1 2 1
    Unique 11 sorted=0
      in int64_type[6] 2 1 1 3 4 3
      out int64_type[4] 2 1 3 4
      out int64_type[4] 0 1 3 4
      out int64_type[6] 0 1 1 2 3 2
      out int64_type[4] 1 2 2 1
    Unique 11 axis=-1
      in float_type[2,3] 1 0 1 2 3 2
      out float_type[2,2] 0 1 3 2
      out int64_type[2] 1 0
      out int64_type[3] 1 0 1
      out int64_type[2] 1 2
    Unique 11 axis=0 sorted=0
      in int64_type[3,2] 3 1 0 1 3 1
      out int64_type[2,2] 3 1 0 1
      out int64_type[2] 0 1
      out int64_type[3] 0 1 0
      out int64_type[2] 2 1
    TopK 9 k=2 axis=0
      in float_type[3,2] 1 -0.75 0 -1 -0.25 0.5
      out float_type[2,2] 1 0.5 0 -0.75
      out int64_type[2,2] 0 2 1 0
    TopK 10
      in float_type[2,4] -0.75 -0.5 -0.75 -0.75 -0.75 0 -1 0.25
      in int64_type[1] 3
      out float_type[2,3] -0.5 -0.75 -0.75 0.25 0 -0.75
      out int64_type[2,3] 1 0 2 3 1 0
    TopK 11 largest=0 axis=1
      in float_type[2,4,2] 1.75 0.75 -0.25 -1 -0.75 1.75 0 -0.75 0.25 2 0 0.5 0.25 -0.25 -1.25
          -0.25
      const int64_type[1] 2
      out float_type[2,2,2] -0.75 -1 -0.25 -0.75 -1.25 -0.25 0 -0.25
      out int64_type[2,2,2] 2 1 1 3 3 2 1 3
    TopK 11
      in int64_type[1,5] 1 3 3 2 3
      in int64_type[1] 4
      out int64_type[1,4] 3 3 3 2
      out int64_type[1,4] 1 2 4 3
    TopK 11 largest=0
      in int32_type[1,5] 1 3 1 2 1
      in int64_type[1] 4
      out int32_type[1,4] 1 1 1 2
      out int64_type[1,4] 0 2 4 3
    TopK 11
      in float_type[2,3] -0.25 0.5 0.75 1 0.25 1
      in int64_type[1] 0
      out float_type[2,0]
      out int64_type[2,0]
    NonMaxSuppression 11
      in float_type[1,6,4] 0 0 1 1 0 0.1 1 1.1 0 -0.1 1 0.9 0 10 1 11 0 10.1 1 11.1 0 100 1 101
      in float_type[1,1,6] 0.9 0.75 0.6 0.95 0.5 0.3
      in int64_type[1] 3
      in float_type[1] 0.5
      in float_type[1] 0
      out int64_type[3,3] 0 0 3 0 0 0 0 0 5
    NonMaxSuppression 10
      in float_type[1,6,4] 0 0 1 1 0 0.1 1 1.1 0 -0.1 1 0.9 0 10 1 11 0 10.1 1 11.1 0 100 1 101
      in float_type[1,1,6] 0.9 0.75 0.6 0.95 0.5 0.3
      in int64_type[] 2
      in float_type[] 0.5
      out int64_type[2,3] 0 0 3 0 0 0
    NonMaxSuppression 11
      in float_type[1,6,4] 0 0 1 1 0 0.1 1 1.1 0 -0.1 1 0.9 0 10 1 11 0 10.1 1 11.1 0 100 1 101
      in float_type[1,1,6] 0.9 0.75 0.6 0.95 0.5 0.3
      in int64_type[1] 9
      none
      in float_type[1] 0.4
      out int64_type[2,3] 0 0 3 0 0 0
    NonMaxSuppression 11
      in float_type[1,6,4] 0 0 1 1 0 0.1 1 1.1 0 -0.1 1 0.9 0 10 1 11 0 10.1 1 11.1 0 100 1 101
      in float_type[1,1,6] 0.9 0.75 0.6 0.95 0.5 0.3
      out int64_type[0,3]
    NonMaxSuppression 11 center_point_box=1
      in float_type[1,3,4] 0.5 0.5 1 1 0.5 0.6 1 1 0.5 10.5 1 1
      in float_type[1,2,3] 0.9 0.75 0.6 0.3 0.75 0.75
      const int64_type[1] 3
      const float_type[1] 0.5
      out int64_type[4,3] 0 0 0 0 0 2 0 1 1 0 1 2
    OneHot 11
      in int64_type[4] 0 2 -1 5
      in int64_type[] 3
      in float_type[2] -0.75 1.25
      out float_type[4,3] 1.25 -0.75 -0.75 -0.75 -0.75 1.25 -0.75 -0.75 1.25 -0.75 -0.75 -0.75
    OneHot 9 axis=0
      in int64_type[2,2] 1 0 2 1
      const int64_type[1] 3
      in int64_type[2] 0 7
      out int64_type[3,2,2] 0 7 0 0 7 0 0 7 0 0 7 0
    OneHot 11 axis=1
      in float_type[2] 1 -2
      in float_type[] 4
      in float_type[2] 0.5 -0.25
      out float_type[2,4] 0.5 -0.25 0.5 0.5 0.5 0.5 -0.25 0.5
    CumSum 11
      in float_type[2,3] 0.5 0 1.25 1.5 2.25 -1.5
      in int32_type[] 1
      out float_type[2,3] 0.5 0.5 1.75 1.5 3.75 2.25
    CumSum 14 exclusive=1 reverse=1
      in float_type[2,3] -1.5 -0.5 0.25 1 0.25 -2
      const int64_type[] -2
      out float_type[2,3] 1 0.25 -2 0 0 0
    CumSum 14 reverse=1
      in int32_type[4] 1 2 3 4
      in int64_type[1] 0
      out int32_type[4] 10 9 7 4
    CumProd 26 exclusive=1
      in float_type[2,3] -0.25 0.75 0.25 0.75 -0.25 -0.25
      in int64_type[] 1
      out float_type[2,3] 1 -0.25 -0.1875 1 0.75 -0.1875
    CumProd 26 reverse=1
      in int64_type[3] 2 3 4
      const int64_type[] 0
      out int64_type[3] 24 12 4
    Scatter 9 axis=1
      in float_type[2,3] 0.25 0.5 0.25 0 -0.75 0.5
      in int64_type[2,2] 2 0 1 -1
      in float_type[2,2] 0 1.25 1.25 0.25
      out float_type[2,3] 1.25 0.5 0 0 1.25 0.25
    ScatterElements 18 reduction=none axis=1
      in float_type[2,3] -0.5 -0.75 0.5 0 -0.25 0
      in int64_type[2,2] 2 2 -1 0
      in float_type[2,2] -0.5 0.75 -0.5 1.25
      out float_type[2,3] -0.5 -0.75 0.75 1.25 -0.25 -0.5
    ScatterND 18 reduction=none
      in float_type[3,2] 0.5 0.5 -1 0.25 0.75 -1
      in int64_type[3,1] 2 0 1
      in float_type[3,2] -0.25 0 -1.25 0.25 0.75 -0.75
      out float_type[3,2] -1.25 0.25 0.75 -0.75 -0.25 0
    ScatterElements 18 reduction=add axis=1
      in float_type[2,3] 0.25 -1.25 0 -1.5 1 0.5
      in int32_type[2,2] 2 2 -1 0
      in float_type[2,2] 0 -0.75 1.25 2
      out float_type[2,3] 0.25 -1.25 -0.75 0.5 1 1.75
    ScatterND 18 reduction=add
      in float_type[3,2] -1.75 1.25 1.75 0.25 -1.25 0.75
      in int64_type[3,1] 2 0 2
      in float_type[3,2] -0.25 -0.5 -1.25 0.5 0.75 -0.5
      out float_type[3,2] -3 1.75 1.75 0.25 -0.75 -0.25
    ScatterElements 18 reduction=mul axis=1
      in float_type[2,3] 0.5 -1.25 0.75 0 -0.25 0
      in int64_type[2,2] 2 2 -1 0
      in float_type[2,2] 0.75 0.75 0.5 0.25
      out float_type[2,3] 0.5 -1.25 0.421875 0 -0.25 0
    ScatterND 18 reduction=mul
      in float_type[3,2] 0 0.5 0.25 0.75 -0.25 -2.5
      in int64_type[3,1] 2 0 2
      in float_type[3,2] 1 2.25 0.5 0 -0.25 0
      out float_type[3,2] 0 0 0.25 0.75 0.0625 0
    ScatterElements 18 reduction=add
      in bool_type[4] 1 0 1 0
      in int64_type[4] 0 0 1 3
      in bool_type[4] 0 1 1 1
      out bool_type[4] 1 1 1 1
    ScatterElements 18 reduction=mul
      in bool_type[4] 1 0 1 0
      in int64_type[4] 0 0 1 3
      in bool_type[4] 0 1 1 1
      out bool_type[4] 0 0 1 0
    ScatterND 18 reduction=add
      in bool_type[4] 1 0 1 0
      in int64_type[4,1] 0 0 1 3
      in bool_type[4] 0 1 1 1
      out bool_type[4] 1 1 1 1
    ScatterND 18 reduction=mul
      in bool_type[4] 1 0 1 0
      in int64_type[4,1] 0 0 1 3
      in bool_type[4] 0 1 1 1
      out bool_type[4] 0 0 1 0
    ScatterElements 18 reduction=min axis=1
      in float_type[2,3] 0 -1 -0.5 -1 0.25 -0.25
      in int64_type[2,2] 2 2 -1 0
      in float_type[2,2] 0.5 -0.25 1 0.25
      out float_type[2,3] 0 -1 -0.5 -1 0.25 -0.25
    ScatterND 18 reduction=min
      in float_type[3,2] 2.25 -2 -0.75 1 2.5 -0.25
      in int64_type[3,1] 2 0 2
      in float_type[3,2] 0 -0.25 1.25 -0.25 0.75 -0.25
      out float_type[3,2] 1.25 -2 -0.75 1 0 -0.25
    ScatterElements 18 reduction=max axis=1
      in float_type[2,3] -1.25 0.25 0.5 1.25 0 -0.5
      in int64_type[2,2] 2 2 -1 0
      in float_type[2,2] 0.5 0.25 0.25 0
      out float_type[2,3] -1.25 0.25 0.5 1.25 0 0.25
    ScatterND 18 reduction=max
      in float_type[3,2] 1.25 0.25 2 1 0.75 -1.75
      in int64_type[3,1] 2 0 2
      in float_type[3,2] 0.5 0.5 0.75 1 -0.5 0.75
      out float_type[3,2] 1.25 1 2 1 0.75 0.75
    ScatterElements 11
      in int64_type[2,2] 1 2 3 4
      in int64_type[1,2] 1 0
      in int64_type[1,2] 8 9
      out int64_type[2,2] 1 9 8 4
    ScatterND 11
      in int32_type[2,2] 1 2 3 4
      in int64_type[2,2] -1 0 0 1
      in int32_type[2] 8 9
      out int32_type[2,2] 1 9 8 4
    TensorScatter 24
      in float_type[2,4,2] -0.5 2 -1.25 -1.75 -1.75 -1 -1 2 -0.25 -1.25 1 -0.5 -1.25 1 0.5 -0.5
      in float_type[2,2,2] 1.5 0.25 1.5 0.5 1.5 0 -1.25 2.5
      in int64_type[2] 2 0
      out float_type[2,4,2] -0.5 2 -1.25 -1.75 1.5 0.25 1.5 0.5 1.5 0 -1.25 2.5 -1.25 1 0.5 -0.5
    TensorScatter 24 mode=circular axis=1
      in float_type[2,3,2] -0.5 -0.25 -0.75 -0.25 0.25 0.25 0.75 1.75 0 -1.25 -1.25 -0.75
      in float_type[2,2,2] -1.75 0.75 -0.5 -0.25 0 -1.5 -0.75 0.75
      in int64_type[2] 2 0
      out float_type[2,3,2] -0.5 -0.25 -0.75 -0.25 -1.75 0.75 0 -1.5 -0.75 0.75 -1.25 -0.75
    TensorScatter 24
      in float_type[2,3,2] 0.5 -0.5 1.75 -1.25 -0.25 -0.25 -2.75 2 0.25 -1 2 0.5
      in float_type[2,2,2] 0.5 -0.5 0 -1.5 0.75 -0.25 0.25 1.25
      out float_type[2,3,2] 0.5 -0.5 0 -1.5 -0.25 -0.25 0.75 -0.25 0.25 1.25 2 0.5
    """
}
