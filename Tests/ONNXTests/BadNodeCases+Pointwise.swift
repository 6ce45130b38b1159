extension NodeCase {
  /// Pointwise operators that must be refused; see ``NodeCase`` for the form.
  static let badPointwise = """
    Celu 12
      error input 0 is needed
    Celu 12
      in int32_type[2,3]
      error must have a floating-point type, found int32_type
    Elu 6
      error input 0 is needed
    Elu 6
      in int32_type[2,3]
      error must have a floating-point type, found int32_type
    Gelu 20
      error input 0 is needed
    Gelu 20
      in int32_type[2,3]
      error must have a floating-point type, found int32_type
    Hardmax 13 axis=2
      in float_type[2,3]
      error axis 2 is not among the 2 axes
    Hardmax 11 axis=-3
      in float_type[2,3]
      error axis -3 is not among the 2 axes
    Hardmax 13
      in int32_type[2,3]
      error must have a floating-point type, found int32_type
    LeakyRelu 16
      error input 0 is needed
    LeakyRelu 16
      in int32_type[2,3]
      error must have a floating-point type, found int32_type
    LogSoftmax 13 axis=2
      in float_type[2,3]
      error axis 2 is not among the 2 axes
    LogSoftmax 11 axis=-3
      in float_type[2,3]
      error axis -3 is not among the 2 axes
    LogSoftmax 13
      in int32_type[2,3]
      error must have a floating-point type, found int32_type
    Mish 18
      error input 0 is needed
    Mish 18
      in int32_type[2,3]
      error must have a floating-point type, found int32_type
    Selu 6
      error input 0 is needed
    Selu 6
      in int32_type[2,3]
      error must have a floating-point type, found int32_type
    Sigmoid 13
      error input 0 is needed
    Sigmoid 13
      in int32_type[2,3]
      error must have a floating-point type, found int32_type
    Softmax 13 axis=2
      in float_type[2,3]
      error axis 2 is not among the 2 axes
    Softmax 11 axis=-3
      in float_type[2,3]
      error axis -3 is not among the 2 axes
    Softmax 13
      in int32_type[2,3]
      error must have a floating-point type, found int32_type
    Softplus 22
      error input 0 is needed
    Softplus 22
      in int32_type[2,3]
      error must have a floating-point type, found int32_type
    Swish 24
      error input 0 is needed
    Swish 24
      in int32_type[2,3]
      error must have a floating-point type, found int32_type
    HardSigmoid 6
      error input 0 is needed
    HardSigmoid 6
      in int32_type[2,3]
      error must have a floating-point type, found int32_type
    HardSwish 14
      error input 0 is needed
    HardSwish 14
      in int32_type[2,3]
      error must have a floating-point type, found int32_type
    Exp 13
      error input 0 is needed
    Exp 13
      in int32_type[2,3]
      error must have a floating-point type, found int32_type
    Log 13
      error input 0 is needed
    Log 13
      in int32_type[2,3]
      error must have a floating-point type, found int32_type
    Sqrt 13
      error input 0 is needed
    Sqrt 13
      in int32_type[2,3]
      error must have a floating-point type, found int32_type
    Erf 13
      error input 0 is needed
    Erf 13
      in int32_type[2,3]
      error must have a floating-point type, found int32_type
    Sin 22
      error input 0 is needed
    Sin 22
      in int32_type[2,3]
      error must have a floating-point type, found int32_type
    Cos 22
      error input 0 is needed
    Cos 22
      in int32_type[2,3]
      error must have a floating-point type, found int32_type
    Tan 22
      error input 0 is needed
    Tan 22
      in int32_type[2,3]
      error must have a floating-point type, found int32_type
    Asin 22
      error input 0 is needed
    Asin 22
      in int32_type[2,3]
      error must have a floating-point type, found int32_type
    Acos 22
      error input 0 is needed
    Acos 22
      in int32_type[2,3]
      error must have a floating-point type, found int32_type
    Atan 22
      error input 0 is needed
    Atan 22
      in int32_type[2,3]
      error must have a floating-point type, found int32_type
    Sinh 22
      error input 0 is needed
    Sinh 22
      in int32_type[2,3]
      error must have a floating-point type, found int32_type
    Cosh 22
      error input 0 is needed
    Cosh 22
      in int32_type[2,3]
      error must have a floating-point type, found int32_type
    Asinh 22
      error input 0 is needed
    Asinh 22
      in int32_type[2,3]
      error must have a floating-point type, found int32_type
    Acosh 22
      error input 0 is needed
    Acosh 22
      in int32_type[2,3]
      error must have a floating-point type, found int32_type
    Atanh 22
      error input 0 is needed
    Atanh 22
      in int32_type[2,3]
      error must have a floating-point type, found int32_type
    Tanh 13
      error input 0 is needed
    Tanh 13
      in int32_type[2,3]
      error must have a floating-point type, found int32_type
    Ceil 13
      error input 0 is needed
    Ceil 13
      in int32_type[2,3]
      error must have a floating-point type, found int32_type
    Floor 13
      error input 0 is needed
    Floor 13
      in int32_type[2,3]
      error must have a floating-point type, found int32_type
    Round 22
      error input 0 is needed
    Round 22
      in int32_type[2,3]
      error must have a floating-point type, found int32_type
    Reciprocal 13
      error input 0 is needed
    Reciprocal 13
      in int32_type[2,3]
      error must have a floating-point type, found int32_type
    IsNaN 20
      error input 0 is needed
    IsNaN 20
      in int32_type[2,3]
      error must have a floating-point type, found int32_type
    IsInf 20
      error input 0 is needed
    IsInf 20
      in int32_type[2,3]
      error must have a floating-point type, found int32_type
    Gelu 20 approximate=sigmoid
      in float_type[2,3]
      error approximate is 'sigmoid'; 'none' or 'tanh' is needed
    Abs 13
      error input 0 is needed
    Abs 13
      in bool_type[2,3]
      error bool_type
    Neg 13
      error input 0 is needed
    Neg 13
      in bool_type[2,3]
      error bool_type
    Sign 13
      error input 0 is needed
    Sign 13
      in bool_type[2,3]
      error bool_type
    Relu 14
      error input 0 is needed
    Relu 14
      in bool_type[2,3]
      error bool_type
    Softsign 22
      error input 0 is needed
    Softsign 22
      in bool_type[2,3]
      error bool_type
    Shrink 9
      error input 0 is needed
    Shrink 9
      in bool_type[2,3]
      error bool_type
    ThresholdedRelu 22
      error input 0 is needed
    ThresholdedRelu 22
      in bool_type[2,3]
      error bool_type
    SwiGLU 28
      in float_type[2,3]
      in float_type[2,4]
      error the sizes of inputs 0 and 1 at axis 1 must be equal, found 3 and 4
    SwiGLU 28
      in float_type[2,3]
      in float_type[3]
      error inputs 0 and 1 must have one rank
    PRelu 16
      in float_type[2,3]
      in float_type[2]
      error axis 0 of (float_type, {2}, {1}) and the size to broadcast to
    PRelu 16
      in float_type[2,3]
      in float_type[1,2,3]
      error does not fit into the 2 axes
    Not 1
      in float_type[2,3]
      error input 0 must have bool_type, found float_type
    Not 1
      error input 0 is needed
    BitwiseNot 18
      in float_type[2,3]
      error input 0 must have an integer type, found float_type
    BitwiseNot 18
      error input 0 is needed
    BitShift 11 direction=UP
      in uint8_type[2]
      in uint8_type[2]
      error direction is 'UP'; LEFT or RIGHT is needed
    BitShift 11
      in uint8_type[2]
      in uint8_type[2]
      error direction is ''
    BitShift 11 direction=LEFT
      in float_type[2,3]
      in float_type[2,3]
      error must have an integer type, found float_type
    Add 14
      in float_type[2,3]
      in float_type[2,4]
      error must be equal, found
    Add 14
      in bool_type[2,3]
      in bool_type[2,3]
      error must have
    Sub 14
      in float_type[2,3]
      in float_type[2,4]
      error must be equal, found
    Sub 14
      in bool_type[2,3]
      in bool_type[2,3]
      error must have
    Mul 14
      in float_type[2,3]
      in float_type[2,4]
      error must be equal, found
    Mul 14
      in bool_type[2,3]
      in bool_type[2,3]
      error must have
    Div 14
      in float_type[2,3]
      in float_type[2,4]
      error must be equal, found
    Div 14
      in bool_type[2,3]
      in bool_type[2,3]
      error must have
    Mod 13
      in float_type[2,3]
      in float_type[2,4]
      error must be equal, found
    Mod 13
      in bool_type[2,3]
      in bool_type[2,3]
      error must have
    Pow 15
      in float_type[2,3]
      in float_type[2,4]
      error must be equal, found
    Pow 15
      in bool_type[2,3]
      in bool_type[2,3]
      error must have
    Max 13
      in float_type[2,3]
      in float_type[2,4]
      error must be equal, found
    Max 13
      in bool_type[2,3]
      in bool_type[2,3]
      error must have
    Min 13
      in float_type[2,3]
      in float_type[2,4]
      error must be equal, found
    Min 13
      in bool_type[2,3]
      in bool_type[2,3]
      error must have
    And 7
      in bool_type[2,3]
      in bool_type[2,4]
      error must be equal, found
    And 7
      in float_type[2,3]
      in float_type[2,3]
      error must have
    Or 7
      in bool_type[2,3]
      in bool_type[2,4]
      error must be equal, found
    Or 7
      in float_type[2,3]
      in float_type[2,3]
      error must have
    Xor 7
      in bool_type[2,3]
      in bool_type[2,4]
      error must be equal, found
    Xor 7
      in float_type[2,3]
      in float_type[2,3]
      error must have
    BitwiseAnd 18
      in int32_type[2,3]
      in int32_type[2,4]
      error must be equal, found
    BitwiseAnd 18
      in float_type[2,3]
      in float_type[2,3]
      error must have
    BitwiseOr 18
      in int32_type[2,3]
      in int32_type[2,4]
      error must be equal, found
    BitwiseOr 18
      in float_type[2,3]
      in float_type[2,3]
      error must have
    BitwiseXor 18
      in int32_type[2,3]
      in int32_type[2,4]
      error must be equal, found
    BitwiseXor 18
      in float_type[2,3]
      in float_type[2,3]
      error must have
    Equal 13
      in float_type[2,3]
      in float_type[2,4]
      error must be equal, found
    Equal 13
      in float_type[2,3]
      in int32_type[2,3]
      error inputs must have one element type
    Less 13
      in float_type[2,3]
      in float_type[2,4]
      error must be equal, found
    Less 13
      in float_type[2,3]
      in int32_type[2,3]
      error inputs must have one element type
    Greater 13
      in float_type[2,3]
      in float_type[2,4]
      error must be equal, found
    Greater 13
      in float_type[2,3]
      in int32_type[2,3]
      error inputs must have one element type
    LessOrEqual 16
      in float_type[2,3]
      in float_type[2,4]
      error must be equal, found
    LessOrEqual 16
      in float_type[2,3]
      in int32_type[2,3]
      error inputs must have one element type
    GreaterOrEqual 16
      in float_type[2,3]
      in float_type[2,4]
      error must be equal, found
    GreaterOrEqual 16
      in float_type[2,3]
      in int32_type[2,3]
      error inputs must have one element type
    Sum 13
      in float_type[2,3]
      in float_type[2,4]
      error must be equal, found
    Sum 13
      in float_type[2,3]
      in int32_type[2,3]
      error inputs must have one element type
    Sum 13
      error input 0 is needed
    Mean 13
      in float_type[2,3]
      in float_type[2,4]
      error must be equal, found
    Mean 13
      in float_type[2,3]
      in int32_type[2,3]
      error inputs must have one element type
    Mean 13
      error input 0 is needed
    Where 16
      in bool_type[2,3]
      in float_type[2,3]
      in float_type[4]
      error must be equal, found
    Where 16
      in float_type[2,3]
      in float_type[2,3]
      in float_type[2,3]
      error input 0 must have bool_type
    Clip 13
      in float_type[2,3]
      in float_type[2]
      error a limit must be one number
    Clip 13
      in float_type[2,3]
      in int32_type[]
      error inputs must have one element type
    Mod 13
      in int32_type[2] 1 2
      in int32_type[1] 0
      error integer division by zero
    Div 14
      in int32_type[2] 1 2
      in int32_type[1] 0
      error integer division by zero
    Pow 15
      in int32_type[1] 0
      in int32_type[1] -1
      error integer division by zero
    Add 6 broadcast=1 axis=2
      in float_type[2,3]
      in float_type[3]
      error axis 2 is not among the 2 axes
    Add 6 broadcast=1 axis=1
      in float_type[2,3]
      in float_type[3,1]
      error axis 1 leaves 1 axes of input 0, found 2 in input 1
    Cast 1 to=REAL
      in float_type[2,3]
      error 'REAL', which is no element type
    Cast 13 to=99
      in float_type[2,3]
      error attribute 'to' has element type 99
    CastLike 15
      in float_type[2,3]
      error input 1 is needed
    CastLike 15
      error input 1 is needed
    Cast 13
      in float_type[2,3]
      error attribute 'to' is needed
    """
}
