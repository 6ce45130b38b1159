extension NodeCase {
  /// What operators up to opset 6 had in other forms; values from formulas; see ``NodeCase`` for the form.
  static let earlyForms = """
    Add 6 axis=1 broadcast=1
      in float_type[2,3,2] 0.75 -1 -0.125 0.875 1.5 -1.375 1.125 -1.125 -1.5 0 -1.375 0.625
      in float_type[3] -0.375 0.25 0.875
      out float_type[2,3,2] 0.375 -1.375 0.125 1.125 2.375 -0.5 0.75 -1.5 -1.25 0.25 -0.5 1.5
    Sub 6 axis=1 broadcast=1
      in float_type[2,3,2] 0.75 -1 -0.125 0.875 1.5 -1.375 1.125 -1.125 -1.5 0 -1.375 0.625
      in float_type[3] -0.375 0.25 0.875
      out float_type[2,3,2] 1.125 -0.625 -0.375 0.625 0.625 -2.25 1.5 -0.75 -1.75 -0.25 -2.25 -0.25
    Mul 6 axis=1 broadcast=1
      in float_type[2,3,2] 0.75 -1 -0.125 0.875 1.5 -1.375 1.125 -1.125 -1.5 0 -1.375 0.625
      in float_type[3] -0.375 0.25 0.875
      out float_type[2,3,2] -0.28125 0.375 -0.03125 0.21875 1.3125 -1.203125 -0.421875 0.421875
          -0.375 0 -1.203125 0.546875
    Div 6 axis=1 broadcast=1
      in float_type[2,3,2] 0.75 -1 -0.125 0.875 1.5 -1.375 1.125 -1.125 -1.5 0 -1.375 0.625
      in float_type[3] -0.375 0.25 0.875
      out float_type[2,3,2] -2 2.666667 -0.5 3.5 1.714286 -1.571429 -3 3 -6 0 -1.571429 0.7142857
    Pow 1 axis=-2 broadcast=1
      in float_type[2,3,2] 0.75 1 0.125 0.875 1.5 1.375 1.125 1.125 1.5 0 1.375 0.625
      in float_type[3] -0.375 0.25 0.875
      out float_type[2,3,2] 1.113915 1 0.5946035 0.9671682 1.42587 1.321341 0.9567926 0.9567926
          1.106682 0 1.321341 0.6628191
    And 1 axis=1 broadcast=1
      in bool_type[2,3,2] 1 0 0 1 1 0 1 0 0 0 0 1
      in bool_type[3] 0 1 1
      out bool_type[2,3,2] 0 0 0 1 1 0 0 0 0 0 0 1
    Or 1 axis=1 broadcast=1
      in bool_type[2,3,2] 1 0 0 1 1 0 1 0 0 0 0 1
      in bool_type[3] 0 1 1
      out bool_type[2,3,2] 1 0 1 1 1 1 1 0 1 1 1 1
    Xor 1 axis=1 broadcast=1
      in bool_type[2,3,2] 1 0 0 1 1 0 1 0 0 0 0 1
      in bool_type[3] 0 1 1
      out bool_type[2,3,2] 1 0 1 0 0 1 1 0 1 1 1 0
    Greater 1 axis=1 broadcast=1
      in float_type[2,3,2] 0.75 -1 -0.125 0.875 1.5 -1.375 1.125 -1.125 -1.5 0 -1.375 0.625
      in float_type[3] -0.375 0.25 0.875
      out bool_type[2,3,2] 1 0 0 1 1 0 1 0 0 0 0 0
    Less 1 axis=1 broadcast=1
      in float_type[2,3,2] 0.75 -1 -0.125 0.875 1.5 -1.375 1.125 -1.125 -1.5 0 -1.375 0.625
      in float_type[3] -0.375 0.25 0.875
      out bool_type[2,3,2] 0 1 1 0 0 1 0 1 1 1 1 1
    Equal 1 axis=0 broadcast=1
      in int32_type[2,2] 1 0 1 1
      in int32_type[2] 1 0
      out bool_type[2,2] 1 0 0 0
    Add 1 broadcast=1 consumed_inputs=[0,0]
      in float_type[2,3,2] 0.75 -1 -0.125 0.875 1.5 -1.375 1.125 -1.125 -1.5 0 -1.375 0.625
      in float_type[2] -1.5 1
      out float_type[2,3,2] -0.75 0 -1.625 1.875 0 -0.375 -0.375 -0.125 -3 1 -2.875 1.625
    PRelu 6
      in float_type[2,3,2] 0.75 -1 -0.125 0.875 1.5 -1.375 1.125 -1.125 -1.5 0 -1.375 0.625
      in float_type[3] -0.375 0.25 0.875
      out float_type[2,3,2] 0.75 0.375 -0.03125 0.875 1.5 -1.203125 1.125 0.421875 -0.375 0
          -1.203125 0.625
    Cast 1 to=INT32
      in float_type[2] 1.75 -2.5
      out int32_type[2] 1 -2
    Clip 6 min=-0.5 max=0.75
      in float_type[2,3,2] 0.75 -1 -0.125 0.875 1.5 -1.375 1.125 -1.125 -1.5 0 -1.375 0.625
      out float_type[2,3,2] 0.75 -0.5 -0.125 0.75 0.75 -0.5 0.75 -0.5 -0.5 0 -0.5 0.625
    Gemm 6 broadcast=1 alpha=0.5 beta=2.0
      in float_type[2,3] -0.75 -1.125 0.625 0.125 -0.5 -1.125
      in float_type[3,2] -1 -0.125 -1.5 0.625 -0.75 -0.75
      in float_type[2] 1.375 -0.625
      out float_type[2,2] 3.734375 -1.789062 3.484375 -0.9921875
    Concat 1
      in float_type[1,2] -1.375 0.5
      in float_type[1,1] 0.125
      out float_type[1,3] -1.375 0.5 0.125
    Reshape 1 shape=[3,-1]
      in float_type[2,3] -0.75 -1.125 0.625 0.125 -0.5 -1.125
      out float_type[3,2] -0.75 -1.125 0.625 0.125 -0.5 -1.125
    Tile 1
      in float_type[2,3] -0.75 -1.125 0.625 0.125 -0.5 -1.125
      const int64_type[] 2
      const int64_type[] 1
      out float_type[2,6] -0.75 -1.125 0.625 -0.75 -1.125 0.625 0.125 -0.5 -1.125 0.125 -0.5 -1.125
    Split 1 axis=1
      in float_type[2,3] -0.75 -1.125 0.625 0.125 -0.5 -1.125
      const int64_type[2] 1 2
      out float_type[2,1] -0.75 0.125
      out float_type[2,2] -1.125 0.625 -0.5 -1.125
    Split 1 axis=1 split=[2,1]
      in float_type[2,3] -0.75 -1.125 0.625 0.125 -0.5 -1.125
      out float_type[2,2] -0.75 -1.125 0.125 -0.5
      out float_type[2,1] 0.625 -1.125
    Upsample 1 height_scale=2.0 width_scale=1.5 mode=nearest
      in float_type[1,1,1,2] 1.5 1.25
      out float_type[1,1,2,3] 1.5 1.5 1.25 1.5 1.5 1.25
    Sum 6
      in float_type[2,3] -0.75 -1.125 0.625 0.125 -0.5 -1.125
      in float_type[2,3] -0.75 -1.125 0.625 0.125 -0.5 -1.125
      out float_type[2,3] -1.5 -2.25 1.25 0.25 -1 -2.25
    Mean 6
      in float_type[2,3] -0.75 -1.125 0.625 0.125 -0.5 -1.125
      in float_type[2,3] -0.75 -1.125 0.625 0.125 -0.5 -1.125
      out float_type[2,3] -0.75 -1.125 0.625 0.125 -0.5 -1.125
    """
}
