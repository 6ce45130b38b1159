extension NodeCase {
  /// Conversions and quantisation that must be refused; see ``NodeCase`` for the form.
  static let badQuantization = """
    Cast 13
      in float_type[2]
      error attribute 'to' is needed
    Cast 13 to=14
      in float_type[2]
      error element type 14
    Cast 13 to=9223372036854775807
      in float_type[2]
      error element type
    Cast 24 to=24 round_mode=odd
      in float_type[2]
      error round_mode is 'odd'; up, down or nearest is needed
    CastLike 15
      in float_type[2]
      error input 1 is needed
    CastLike 24 round_mode=none
      in float_type[2]
      in half_type[1]
      error round_mode is 'none'
    BitCast 26 to=11
      in float_type[2]
      error the same size is needed
    BitCast 26 to=8
      in float_type[2]
      error the same size is needed
    BitCast 26
      in float_type[2]
      error attribute 'to' is needed
    QuantizeLinear 13
      in float_type[2,3]
      in float_type[2]
      error must
    QuantizeLinear 13 axis=2
      in float_type[2,3]
      in float_type[3]
      error axis 2 is not among the 2 axes
    QuantizeLinear 13 axis=-9223372036854775808
      in float_type[2,3]
      in float_type[3]
      error is not among the 2 axes
    QuantizeLinear 21 block_size=-1
      in float_type[2,4]
      in float_type[2,2]
      error block_size must not be negative
    QuantizeLinear 21 block_size=9223372036854775807
      in float_type[2,4]
      in float_type[2,1]
      error block_size must not be negative or huge
    QuantizeLinear 21 block_size=3
      in float_type[2,4]
      in float_type[2,3]
      error the number of blocks
    QuantizeLinear 21
      in float_type[2,4]
      in float_type[2,2]
      error a scale or zero point must be one number or a vector
    QuantizeLinear 21 output_dtype=2
      in float_type[2]
      in float_type[]
      in int8_type[]
      error the result and the zero point must have one number type
    QuantizeLinear 13
      in bool_type[2]
      in float_type[]
      error input 0 must have a number type
    DequantizeLinear 13 axis=-3
      in int8_type[2,3]
      in float_type[3]
      error axis -3 is not among the 2 axes
    DequantizeLinear 13
      in int8_type[2,3]
      in float_type[]
      in uint8_type[]
      error inputs 0 and 2 must have one element type
    DequantizeLinear 13
      in int8_type[2,3]
      in int32_type[]
      error input 1 must have a floating-point type
    DequantizeLinear 23 output_dtype=6
      in int8_type[2,3]
      in float_type[]
      error out_type must be a floating-point type
    DynamicQuantizeLinear 11
      in int32_type[2]
      error a floating-point type is needed, found int32_type
    DynamicQuantizeLinear 11
      none
      error input 0 is needed
    MatMulInteger 10
      in uint8_type[2,3]
      in uint8_type[2,3]
      error the columns of input 0 and the rows of input 1
    MatMulInteger 10
      in float_type[2,3]
      in uint8_type[3,2]
      error input 0 must have int8_type or uint8_type
    MatMulInteger 10
      in uint8_type[]
      in uint8_type[3,2]
      error operands without axes
    ConvInteger 10
      in uint8_type[1,1,3]
      in float_type[1,1,2]
      error must have int8_type or uint8_type
    ConvInteger 10 group=0
      in uint8_type[1,1,3]
      in uint8_type[1,1,2]
      error group 0 must be between
    ConvInteger 10
      in uint8_type[1,1,3]
      in uint8_type[1,1,2]
      in uint8_type[2]
      error one number is needed
    QLinearMatMul 10
      in uint8_type[2,3]
      in float_type[]
      in uint8_type[]
      in uint8_type[2,3]
      in float_type[]
      in uint8_type[]
      in float_type[]
      in uint8_type[]
      error the columns of input 0 and the rows of input 1
    QLinearMatMul 10
      in uint8_type[2,3]
      in float_type[]
      in uint8_type[]
      in uint8_type[3,2]
      in float_type[]
      error input 6 is needed
    QLinearConv 10
      in uint8_type[1,1,3]
      in float_type[2]
      in uint8_type[]
      in uint8_type[1,1,2]
      in float_type[]
      in uint8_type[]
      in float_type[]
      in uint8_type[]
      error one number is needed
    QLinearConv 10
      in uint8_type[1,1,3]
      in float_type[]
      in uint8_type[]
      in uint8_type[1,1,2]
      in float_type[1,1,1]
      in uint8_type[]
      in float_type[]
      in uint8_type[]
      error one number or one for each channel is needed
    QLinearConv 10
      in uint8_type[1,1,3,3]
      in float_type[] 0.5
      in uint8_type[] 100
      in uint8_type[] 128
      in float_type[] 0.1
      in uint8_type[] 217
      in float_type[] 0.25
      in uint8_type[] 90
      error the weights must have the input's rank 4
    """
}
