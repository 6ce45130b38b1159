extension NodeCase {
  /// Values from ONNX Runtime; see ``NodeCase`` for the form.
  static let pointwise = """
    Abs 14
      in float_type[4] -2.5 -0.5 0 1.5
      out float_type[4] 2.5 0.5 0 1.5
    Asinh 14
      in float_type[4] -2.5 -0.5 0 1.5
      out float_type[4] -1.647231 -0.4812118 0 1.194763
    Atan 14
      in float_type[4] -2.5 -0.5 0 1.5
      out float_type[4] -1.19029 -0.4636475 0 0.9827938
    Ceil 14
      in float_type[4] -2.5 -0.5 0 1.5
      out float_type[4] -2 -0 0 2
    Cos 14
      in float_type[4] -2.5 -0.5 0 1.5
      out float_type[4] -0.8011436 0.8775826 1 0.0707372
    Cosh 14
      in float_type[4] -2.5 -0.5 0 1.5
      out float_type[4] 6.132289 1.127626 1 2.35241
    Erf 14
      in float_type[4] -2.5 -0.5 0 1.5
      out float_type[4] -0.9995931 -0.5204999 0 0.9661052
    Exp 14
      in float_type[4] -2.5 -0.5 0 1.5
      out float_type[4] 0.082085 0.6065307 1 4.481689
    Floor 14
      in float_type[4] -2.5 -0.5 0 1.5
      out float_type[4] -3 -1 0 1
    Identity 14
      in float_type[4] -2.5 -0.5 0 1.5
      out float_type[4] -2.5 -0.5 0 1.5
    Neg 14
      in float_type[4] -2.5 -0.5 0 1.5
      out float_type[4] 2.5 0.5 -0 -1.5
    Relu 14
      in float_type[4] -2.5 -0.5 0 1.5
      out float_type[4] 0 0 0 1.5
    Round 14
      in float_type[4] -2.5 -0.5 0 1.5
      out float_type[4] -2 -0 0 2
    Sigmoid 14
      in float_type[4] -2.5 -0.5 0 1.5
      out float_type[4] 0.07585818 0.3775407 0.5 0.8175744
    Sign 14
      in float_type[4] -2.5 -0.5 0 1.5
      out float_type[4] -1 -1 0 1
    Sin 14
      in float_type[4] -2.5 -0.5 0 1.5
      out float_type[4] -0.5984722 -0.4794255 0 0.997495
    Sinh 14
      in float_type[4] -2.5 -0.5 0 1.5
      out float_type[4] -6.050205 -0.5210953 0 2.129279
    Tan 14
      in float_type[4] -2.5 -0.5 0 1.5
      out float_type[4] 0.7470223 -0.5463025 0 14.10142
    Tanh 14
      in float_type[4] -2.5 -0.5 0 1.5
      out float_type[4] -0.9866143 -0.4621172 0 0.9051482
    HardSwish 14
      in float_type[4] -2.5 -0.5 0 1.5
      out float_type[4] -0.2083333 -0.2083333 0 1.125
    Acos 7
      in float_type[4] -1 -0.5 0 0.75
      out float_type[4] 3.141593 2.094395 1.570796 0.7227343
    Asin 7
      in float_type[4] -1 -0.5 0 0.75
      out float_type[4] -1.570796 -0.5235987 0 0.8480622
    Acosh 9
      in float_type[3] 1 1.5 3
      out float_type[3] 0 0.9624237 1.762747
    Atanh 9
      in float_type[3] -0.5 0 0.75
      out float_type[3] -0.5493062 0 0.9729551
    Log 13
      in float_type[3] 0.5 1 4
      out float_type[3] -0.6931472 0 1.386294
    Sqrt 13
      in float_type[3] 0 2.25 2
      out float_type[3] 0 1.5 1.414214
    Reciprocal 13
      in float_type[2] -0.5 4
      out float_type[2] -2 0.25
    Not 7
      in bool_type[2] 1 0
      out bool_type[2] 0 1
    IsNaN 13
      in float_type[4] nan -inf 2.5 -0.5
      out bool_type[4] 1 0 0 0
    IsInf 10
      in float_type[4] inf -inf nan 1
      out bool_type[4] 1 1 0 0
    IsInf 10 detect_negative=0
      in float_type[4] inf -inf nan 1
      out bool_type[4] 1 0 0 0
    IsInf 10 detect_positive=0
      in float_type[4] inf -inf nan 1
      out bool_type[4] 0 1 0 0
    IsInf 10 detect_negative=0 detect_positive=0
      in float_type[4] inf -inf nan 1
      out bool_type[4] 0 0 0 0
    Elu 7
      in float_type[2] -1 2
      out float_type[2] -0.6321205 2
    LeakyRelu 7
      in float_type[2] -1 2
      out float_type[2] -0.01 2
    HardSigmoid 7
      in float_type[4] -4 -1 2 4
      out float_type[4] 0 0.3 0.9 1
    Elu 7 alpha=0.5
      in float_type[2] -1 2
      out float_type[2] -0.3160603 2
    LeakyRelu 7 alpha=0.5
      in float_type[2] -1 2
      out float_type[2] -0.5 2
    HardSigmoid 7 alpha=0.5
      in float_type[4] -4 -1 2 4
      out float_type[4] 0 0 1 1
    HardSigmoid 7 alpha=0.25 beta=0.125
      in float_type[2] -1 2
      out float_type[2] 0 0.625
    PRelu 9
      in float_type[2,3] 2.75 0.75 1.25 2.5 0.5 1.75
      in float_type[3] 0.5 2 -1
      out float_type[2,3] 2.75 0.75 1.25 2.5 0.5 1.75
    PRelu 7
      in float_type[1,2,2] 2 -1.75 -2.75 -1.25
      in float_type[2,1] 0.5 0.25
      out float_type[1,2,2] 2 -0.875 -0.6875 -0.3125
    Add 7
      in float_type[2,3] 2.75 0.75 1.25 2.5 0.5 1.75
      in float_type[3] 0.5 -2 4
      out float_type[2,3] 3.25 -1.25 5.25 3 -1.5 5.75
    Add 14
      in int32_type[2,1] 7 -7
      in int32_type[2] 2 -3
      out int32_type[2,2] 9 4 -5 -10
    Sub 7
      in float_type[2,3] 2.75 0.75 1.25 2.5 0.5 1.75
      in float_type[3] 0.5 -2 4
      out float_type[2,3] 2.25 2.75 -2.75 2 2.5 -2.25
    Sub 14
      in int32_type[2,1] 7 -7
      in int32_type[2] 2 -3
      out int32_type[2,2] 5 10 -9 -4
    Mul 7
      in float_type[2,3] 2.75 0.75 1.25 2.5 0.5 1.75
      in float_type[3] 0.5 -2 4
      out float_type[2,3] 1.375 -1.5 5 1.25 -1 7
    Mul 14
      in int32_type[2,1] 7 -7
      in int32_type[2] 2 -3
      out int32_type[2,2] 14 -21 -14 21
    Div 7
      in float_type[2,3] 2.75 0.75 1.25 2.5 0.5 1.75
      in float_type[3] 0.5 -2 4
      out float_type[2,3] 5.5 -0.375 0.3125 5 -0.25 0.4375
    Div 14
      in int32_type[2,1] 7 -7
      in int32_type[2] 2 -3
      out int32_type[2,2] 3 -2 -3 2
    And 7
      in bool_type[2,1] 1 0
      in bool_type[2] 1 0
      out bool_type[2,2] 1 0 0 0
    Or 7
      in bool_type[2,1] 1 0
      in bool_type[2] 1 0
      out bool_type[2,2] 1 1 1 0
    Xor 7
      in bool_type[2,1] 1 0
      in bool_type[2] 1 0
      out bool_type[2,2] 0 1 1 0
    Equal 11
      in float_type[3] nan 1 2
      in float_type[3] nan 1 1
      out bool_type[3] 0 1 0
    Greater 11
      in float_type[3] nan 1 2
      in float_type[3] nan 1 1
      out bool_type[3] 0 0 1
    Less 11
      in float_type[3] nan 1 2
      in float_type[3] nan 1 1
      out bool_type[3] 0 0 0
    GreaterOrEqual 12
      in float_type[4] nan 1 2 0
      in float_type[4] nan 1 1 1
      out bool_type[4] 0 1 1 0
    LessOrEqual 12
      in float_type[4] nan 1 2 0
      in float_type[4] nan 1 1 1
      out bool_type[4] 0 1 0 1
    Max 8
      in float_type[2,3] 2.75 0.75 1.25 2.5 0.5 1.75
      in float_type[3] 1 0 -1
      in float_type[1] 0.5
      out float_type[2,3] 2.75 0.75 1.25 2.5 0.5 1.75
    Max 13
      in float_type[2] 1 -2
      out float_type[2] 1 -2
    Min 8
      in float_type[2,3] 2.75 0.75 1.25 2.5 0.5 1.75
      in float_type[3] 1 0 -1
      in float_type[1] 0.5
      out float_type[2,3] 0.5 0 -1 0.5 0 -1
    Min 13
      in float_type[2] 1 -2
      out float_type[2] 1 -2
    Sum 8
      in float_type[2,3] 2.75 0.75 1.25 2.5 0.5 1.75
      in float_type[3] 1 0 -1
      in float_type[1] 0.5
      out float_type[2,3] 4.25 1.25 0.75 4 1 1.25
    Sum 13
      in float_type[2] 1 -2
      out float_type[2] 1 -2
    Mean 8
      in float_type[2,3] 2.75 0.75 1.25 2.5 0.5 1.75
      in float_type[3] 1 0 -1
      in float_type[1] 0.5
      out float_type[2,3] 1.416667 0.4166667 0.25 1.333333 0.3333333 0.4166667
    Mean 13
      in float_type[2] 1 -2
      out float_type[2] 1 -2
    Where 9
      in bool_type[2,1] 1 0
      in float_type[2] 1 2
      in float_type[1] 3
      out float_type[2,2] 1 2 3 3
    Pow 7
      in float_type[3] 1 2 3
      in float_type[1] 2
      out float_type[3] 1 4 9
    Pow 13
      in float_type[2] 4 9
      in int64_type[2] 2 0
      out float_type[2] 16 1
    Pow 13
      in int32_type[2] 4 9
      in float_type[1] 0.5
      out int32_type[2] 2 3
    Pow 15
      in half_type[4] -1 -1 2 300
      in int32_type[4] 2147483647 4097 3 1
      out half_type[4] -1 -1 8 300
    Pow 15
      in half_type[4] -2 4 2 -1
      const float_type[4] 1.0001 0.5 3 3
      out half_type[4] nan 2 8 -1
    Pow 15
      in int32_type[3] -1 4 100
      in int64_type[3] 4294967297 2 4
      out int32_type[3] -1 16 100000000
    Pow 12
      in int64_type[2] 2 -3
      in int32_type[1] 3
      out int64_type[2] 8 -27
    Mod 13
      in int32_type[4] 7 -7 7 -7
      in int32_type[4] 3 3 -3 -3
      out int32_type[4] 1 2 -2 -1
    Mod 10 fmod=1
      in int32_type[4] 7 -7 7 -7
      in int32_type[4] 3 3 -3 -3
      out int32_type[4] 1 -1 1 -1
    Mod 13
      in int8_type[4] 7 -7 7 -7
      in int8_type[4] 3 3 -3 -3
      out int8_type[4] 1 2 -2 -1
    Mod 10 fmod=1
      in int8_type[4] 7 -7 7 -7
      in int8_type[4] 3 3 -3 -3
      out int8_type[4] 1 -1 1 -1
    Mod 13 fmod=1
      in float_type[2] 5.5 -5.5
      in float_type[2] 2 2
      out float_type[2] 1.5 -1.5
    Clip 7 min=-1.0 max=1.0
      in float_type[3] -2 0.5 3
      out float_type[3] -1 0.5 1
    Clip 10 max=1.0
      in float_type[3] -2 0.5 3
      out float_type[3] -2 0.5 1
    Clip 11
      in float_type[3] -2 0.5 3
      const float_type[] -1
      const float_type[] 1
      out float_type[3] -1 0.5 1
    Clip 12
      in int32_type[3] -5 0 5
      none
      in int32_type[] 3
      out int32_type[3] -5 0 3
    Clip 13
      in float_type[3] -2 0.5 3
      const float_type[] 0
      out float_type[3] 0 0.5 3
    Clip 13
      in float_type[3] -2 0.5 3
      in float_type[] 1
      in float_type[] -1
      out float_type[3] -1 -1 -1
    Clip 13
      in float_type[2] -2 3
      out float_type[2] -2 3
    Cast 13 to=6
      in float_type[3] -2.5 0 1.75
      out int32_type[3] -2 0 1
    Cast 13 to=7
      in float_type[3] -2.5 0 1.75
      out int64_type[3] -2 0 1
    Cast 13 to=9
      in float_type[3] -2.5 0 1.75
      out bool_type[3] 1 0 1
    Cast 13 to=10
      in float_type[3] -2.5 0 1.75
      out half_type[3] -2.5 0 1.75
    Cast 13 to=11
      in float_type[3] -2.5 0 1.75
      out double_type[3] -2.5 0 1.75
    Cast 13 to=3
      in float_type[3] -2.5 0 1.75
      out int8_type[3] -2 0 1
    Cast 9 to=1
      in bool_type[2] 1 0
      out float_type[2] 1 0
    Cast 13 to=2
      in int32_type[2] 300 -1
      out uint8_type[2] 44 255
    CastLike 15
      in float_type[2] 1.5 -2
      in int32_type[1] 0
      out int32_type[2] 1 -2
    Dropout 7 ratio=0.5
      in float_type[2] 1 2
      out float_type[2] 1 2
    Dropout 7
      in float_type[2] 1 2
      out float_type[2] 1 2
      out float_type[2] 1 1
    Dropout 10
      in float_type[2] 1 2
      out float_type[2] 1 2
      out bool_type[2] 1 1
    Dropout 13
      in float_type[2] 1 2
      const float_type[] 0.5
      const bool_type[] 0
      out float_type[2] 1 2
      out bool_type[2] 1 1
    """
}
