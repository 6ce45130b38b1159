extension NodeCase {
  /// Quantised operators of ONNX Runtime that must be refused; see ``NodeCase`` for the form.
  static let badContribQuantization = """
    com.microsoft.QLinearAdd 1
      in uint8_type[2,3]
      in float_type[]
      in uint8_type[]
      in uint8_type[2,4]
      in float_type[]
      in uint8_type[]
      in float_type[]
      in uint8_type[]
      error must be
    com.microsoft.QLinearAdd 1
      in uint8_type[2,3]
      in float_type[2]
      in uint8_type[]
      in uint8_type[2,3]
      in float_type[]
      in uint8_type[]
      in float_type[]
      in uint8_type[]
      error one number is needed
    com.microsoft.QLinearMul 1
      in uint8_type[2,3]
      in float_type[]
      in uint8_type[]
      in uint8_type[2,4]
      in float_type[]
      in uint8_type[]
      in float_type[]
      in uint8_type[]
      error must be
    com.microsoft.QLinearMul 1
      in uint8_type[2,3]
      in float_type[2]
      in uint8_type[]
      in uint8_type[2,3]
      in float_type[]
      in uint8_type[]
      in float_type[]
      in uint8_type[]
      error one number is needed
    com.microsoft.QLinearSigmoid 1
      in uint8_type[1,2,3]
      in float_type[]
      in int8_type[]
      in float_type[]
      in uint8_type[]
      error inputs 0 and 2 must have one element type
    com.microsoft.QLinearSigmoid 1
      in uint8_type[1,2,3]
      in float_type[]
      in uint8_type[]
      in float_type[2]
      in uint8_type[]
      error one number is needed
    com.microsoft.QLinearLeakyRelu 1 alpha=0.5
      in uint8_type[1,2,3]
      in float_type[]
      in int8_type[]
      in float_type[]
      in uint8_type[]
      error inputs 0 and 2 must have one element type
    com.microsoft.QLinearLeakyRelu 1 alpha=0.5
      in uint8_type[1,2,3]
      in float_type[]
      in uint8_type[]
      in float_type[2]
      in uint8_type[]
      error one number is needed
    com.microsoft.QLinearSoftmax 1 opset=13
      in uint8_type[1,2,3]
      in float_type[]
      in int8_type[]
      in float_type[]
      in uint8_type[]
      error inputs 0 and 2 must have one element type
    com.microsoft.QLinearSoftmax 1 opset=13
      in uint8_type[1,2,3]
      in float_type[]
      in uint8_type[]
      in float_type[2]
      in uint8_type[]
      error one number is needed
    com.microsoft.QLinearGlobalAveragePool 1
      in uint8_type[1,2,3]
      in float_type[]
      in int8_type[]
      in float_type[]
      in uint8_type[]
      error inputs 0 and 2 must have one element type
    com.microsoft.QLinearGlobalAveragePool 1
      in uint8_type[1,2,3]
      in float_type[]
      in uint8_type[]
      in float_type[2]
      in uint8_type[]
      error one number is needed
    com.microsoft.QLinearAveragePool 1 kernel_shape=[2]
      in uint8_type[1,2,3]
      in float_type[]
      in int8_type[]
      in float_type[]
      in uint8_type[]
      error inputs 0 and 2 must have one element type
    com.microsoft.QLinearAveragePool 1 kernel_shape=[2]
      in uint8_type[1,2,3]
      in float_type[]
      in uint8_type[]
      in float_type[2]
      in uint8_type[]
      error one number is needed
    com.microsoft.QLinearReduceMean 1 axes=[1]
      in uint8_type[1,2,3]
      in float_type[]
      in int8_type[]
      in float_type[]
      in uint8_type[]
      error inputs 0 and 2 must have one element type
    com.microsoft.QLinearReduceMean 1 axes=[1]
      in uint8_type[1,2,3]
      in float_type[]
      in uint8_type[]
      in float_type[2]
      in uint8_type[]
      error one number is needed
    com.microsoft.QLinearSoftmax 1 opset=13 axis=3
      in uint8_type[1,2,3]
      in float_type[]
      in uint8_type[]
      in float_type[]
      in uint8_type[]
      error axis 3 is not among the 3 axes
    com.microsoft.QLinearAveragePool 1
      in uint8_type[1,2,3]
      in float_type[]
      in uint8_type[]
      in float_type[]
      in uint8_type[]
      error attribute 'kernel_shape' is needed
    com.microsoft.QLinearReduceMean 1 axes=[7]
      in uint8_type[1,2,3]
      in float_type[]
      in uint8_type[]
      in float_type[]
      in uint8_type[]
      error axis 7 is not among the 3 axes
    com.microsoft.QLinearConcat 1 axis=0
      in float_type[]
      in uint8_type[]
      in uint8_type[2]
      in float_type[]
      error three inputs for each part are needed
    com.microsoft.QLinearConcat 1
      in float_type[]
      in uint8_type[]
      in uint8_type[2]
      in float_type[]
      in uint8_type[]
      error attribute 'axis' is needed
    com.microsoft.QLinearConcat 1 axis=4
      in float_type[]
      in uint8_type[]
      in uint8_type[2]
      in float_type[]
      in uint8_type[]
      error axis 4 is not among the 1 axes
    com.microsoft.QLinearWhere 1
      in float_type[2]
      in uint8_type[2]
      in float_type[]
      in uint8_type[]
      in uint8_type[2]
      in float_type[]
      in uint8_type[]
      in float_type[]
      in uint8_type[]
      error must have bool_type
    com.microsoft.QLinearWhere 1
      in bool_type[2]
      in uint8_type[2]
      in float_type[]
      in uint8_type[]
      in uint8_type[2]
      in float_type[]
      in uint8_type[]
      in float_type[]
      in uint8_type[2]
      error one number is needed
    com.microsoft.QGemm 1
      in uint8_type[2,3]
      in float_type[]
      in uint8_type[]
      in uint8_type[2,3]
      in float_type[]
      in uint8_type[]
      error the columns of input 0 and the rows of input 1
    com.microsoft.QGemm 1
      in uint8_type[1,2,3]
      in float_type[]
      in uint8_type[]
      in uint8_type[3,2]
      in float_type[]
      in uint8_type[]
      error input 0 must be a matrix
    com.microsoft.DynamicQuantizeMatMul 1
      in float_type[2,3]
      in int8_type[2,3]
      in float_type[]
      error the columns of input 0 and the rows of input 1
    com.microsoft.DynamicQuantizeMatMul 1
      in float_type[2,3]
      in float_type[3,2]
      in float_type[]
      error must have int8_type or uint8_type
    com.microsoft.MatMulIntegerToFloat 1
      in uint8_type[2,3]
      in int8_type[2,3]
      in float_type[]
      in float_type[]
      error the columns of input 0 and the rows of input 1
    com.microsoft.MatMulIntegerToFloat 1
      in uint8_type[2,3]
      in int8_type[3,2]
      in float_type[]
      error input 3 is needed
    com.microsoft.MatMulNBits 1 K=32 N=2 bits=3 block_size=16
      in float_type[1,32]
      in uint8_type[2,2,8]
      in float_type[2,2]
      error attribute bits=3; 2, 4 and 8 are implemented
    com.microsoft.MatMulNBits 1 K=-1 N=2 block_size=16
      in float_type[1,32]
      in uint8_type[2,2,8]
      in float_type[2,2]
      error attribute 'K' must be a positive size, found -1
    com.microsoft.MatMulNBits 1 K=32 N=9223372036854775807 block_size=16
      in float_type[1,32]
      in uint8_type[2,2,8]
      in float_type[2,2]
      error attribute 'N' must be a positive size
    com.microsoft.MatMulNBits 1 K=32 N=2
      in float_type[1,32]
      in uint8_type[2,2,8]
      in float_type[2,2]
      error attribute 'block_size' must be a positive size, found none
    com.microsoft.MatMulNBits 1 K=32 N=2 bits=4 block_size=16
      in float_type[1,31]
      in uint8_type[2,2,8]
      in float_type[2,2]
      error the columns of input 0 and the rows of input 1
    com.microsoft.MatMulNBits 1 K=32 N=2 bits=4 block_size=16
      in float_type[1,32]
      in uint8_type[2,2,7]
      in float_type[2,2]
      error elements
    com.microsoft.MatMulNBits 1 K=32 N=2 bits=4 block_size=16
      in float_type[1,32]
      in int8_type[2,2,8]
      in float_type[2,2]
      error packed numbers must have uint8_type
    com.microsoft.GatherBlockQuantized 1 block_size=16 quantize_axis=0
      in uint8_type[4,8]
      in int64_type[1]
      in float_type[4,1]
      error they must differ
    com.microsoft.GatherBlockQuantized 1 block_size=16
      in uint8_type[4,8]
      in int64_type[1]
      in float_type[4]
      error must have rank 2, found 1
    com.microsoft.GatherBlockQuantized 1 block_size=-16
      in uint8_type[4,8]
      in int64_type[1]
      in float_type[4,1]
      error attribute 'block_size' must be a positive size, found -16
    com.microsoft.GatherBlockQuantized 1 block_size=16
      in uint8_type[4,8]
      in int64_type[1]
      in float_type[4,3]
      error the number of blocks
    com.microsoft.MatMulBnb4 1 K=8 N=3 block_size=16 quant_type=2
      in float_type[2,8]
      in uint8_type[12]
      in float_type[2]
      error quant_type must be 0 or 1, found 2
    com.microsoft.MatMulBnb4 1 K=8 N=3 block_size=16 quant_type=1
      in float_type[2,8]
      in uint8_type[11]
      in float_type[2]
      error elements
    com.microsoft.MatMulBnb4 1 K=8 N=3 block_size=16 quant_type=1
      in float_type[2,8]
      in uint8_type[12]
      in float_type[3]
      error the numbers of elements
    com.microsoft.QuantizeLinear 1 axis=5
      in float_type[2,3]
      in float_type[3]
      in uint8_type[3]
      error axis 5 is not among the 2 axes
    com.microsoft.QuantizeLinear 1
      in float_type[2,3]
      in float_type[2,3,1]
      error a scale or zero point must be one number or a vector
    com.microsoft.DequantizeLinear 1
      in int8_type[2,3]
      in float_type[]
      in uint8_type[]
      error inputs 0 and 2 must have one element type
    com.microsoft.DequantizeLinear 1
      in int8_type[2,3]
      error input 1 is needed
    com.microsoft.DynamicQuantizeLSTM 1 hidden_size=2
      in float_type[2,1,2]
      in int8_type[2,8]
      in int8_type[1,2,8]
      none
      none
      none
      none
      none
      in float_type[1]
      in int8_type[1]
      in float_type[1]
      in int8_type[1]
      error input 1 must have rank 3
    com.microsoft.DynamicQuantizeLSTM 1 hidden_size=2
      in float_type[2,1,2]
      in int8_type[1,2,8]
      in int8_type[1,2,8]
      none
      none
      none
      none
      none
      in float_type[1]
      in uint8_type[1]
      in float_type[1]
      in int8_type[1]
      error inputs 0 and 2 must have one element type
    com.microsoft.QAttention 1 num_heads=0
      in uint8_type[1,2,4]
      in int8_type[4,12]
      in float_type[12]
      in float_type[]
      in float_type[]
      error num_heads must be 1 or more, found 0
    com.microsoft.QAttention 1 num_heads=2
      in uint8_type[2,4]
      in int8_type[4,12]
      in float_type[12]
      in float_type[]
      in float_type[]
      error input 0
    com.microsoft.QAttention 1 num_heads=2
      in uint8_type[1,2,4]
      in int8_type[5,12]
      in float_type[12]
      in float_type[]
      in float_type[]
      error the columns of input 0 and the rows of input 1
    """
}
