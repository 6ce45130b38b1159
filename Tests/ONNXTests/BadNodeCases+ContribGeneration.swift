extension NodeCase {
  /// Nodes that must be refused; see ``NodeCase`` for the form.
  static let badContribGeneration = """
    com.microsoft.MurmurHash3 1
      in uint8_type[2]
      error input 0 must have a number type of 32 or 64 bits or be of string_type, found uint8_type
    com.microsoft.MurmurHash3 1
      in half_type[2]
      error input 0 must have a number type of 32 or 64 bits or be of string_type, found half_type
    com.microsoft.MurmurHash3 1
      error input 0 is needed
    com.microsoft.NGramRepeatBlock 1
      in int64_type[2,3]
      in float_type[2,4]
      error attribute 'ngram_size' is needed
    com.microsoft.NGramRepeatBlock 1 ngram_size=0
      in int64_type[2,3]
      in float_type[2,4]
      error ngram_size must be at least 1, found 0
    com.microsoft.NGramRepeatBlock 1 ngram_size=-9223372036854775808
      in int64_type[2,3]
      in float_type[2,4]
      error ngram_size must be at least 1
    com.microsoft.NGramRepeatBlock 1 ngram_size=1
      in int64_type[2,3]
      in float_type[3,4]
      error the sequences and the rows of scores must be equal, found 2 and 3
    com.microsoft.NGramRepeatBlock 1 ngram_size=1
      in int64_type[3]
      in float_type[3,4]
      error input 0 must have rank 2
    com.microsoft.NGramRepeatBlock 1 ngram_size=1
      in int64_type[1,3]
      in int64_type[1,4]
      error input 1 must have a floating-point type
    com.microsoft.NGramRepeatBlock 1 ngram_size=2
      in int64_type[1,4] 1 2 9 2
      in float_type[1,4]
      error token 9 of sequence 0 has no score among the 4
    com.microsoft.NGramRepeatBlock 1 ngram_size=1
      in int64_type[1,1] -9223372036854775808
      in float_type[1,0]
      error token -9223372036854775808 of sequence 0 has no score among the 0
    com.microsoft.MaxpoolWithMask 1
      in float_type[1,1,3,3]
      in int32_type[1,1,3,3]
      error attribute 'kernel_shape' is needed
    com.microsoft.MaxpoolWithMask 1 kernel_shape=[2,2]
      in float_type[1,1,3,3]
      in int32_type[1,1,3,1]
      error inputs 0 and 1 at axis 3 must be equal, found 3 and 1
    com.microsoft.MaxpoolWithMask 1 kernel_shape=[2,2]
      in float_type[1,1,3,3]
      in int32_type[3,3]
      error input 1 must have rank 4
    com.microsoft.MaxpoolWithMask 1 kernel_shape=[2,2]
      in float_type[1,1,3,3]
      in float_type[1,1,3,3]
      error input 1 must have an integer type
    com.microsoft.MaxpoolWithMask 1 kernel_shape=[2,2]
      in float_type[1,1,3,3]
      in int32_type[1,0,3,3]
      error input 1, the mask, must have a plane
    com.microsoft.MaxpoolWithMask 1 kernel_shape=[2,2] pads=[2,0,0,0]
      in float_type[1,1,3,3]
      in int32_type[1,1,3,3]
      error must be smaller than the windows
    com.microsoft.QMoE 1 quant_type=fp8
      in float_type[2,4]
      in float_type[2,3]
      in uint8_type[3,4,2]
      error quant_type 'fp8', weights_prepacked -1; integers that are not packed again are read
    com.microsoft.QMoE 1 weights_prepacked=1
      in float_type[2,4]
      in float_type[2,3]
      in uint8_type[3,4,2]
      error quant_type 'int', weights_prepacked 1; integers that are not packed again are read
    com.microsoft.QMoE 1 expert_weight_bits=3
      in float_type[2,4]
      in float_type[2,3]
      in uint8_type[3,4,2]
      in float_type[3,4]
      error attribute expert_weight_bits=3; 2, 4 and 8 are implemented
    com.microsoft.QMoE 1 fc2_expert_weight_bits=8
      in float_type[2,4]
      in float_type[2,3]
      in uint8_type[3,4,2]
      in float_type[3,4]
      none
      in uint8_type[3,4,2]
      in float_type[3,4]
      error attribute fc2_expert_weight_bits=8; only 4 is implemented
    com.microsoft.QMoE 1
      in float_type[2,4]
      in float_type[2,3]
      in float_type[3,4,2]
      in float_type[3,4]
      error packed numbers must have uint8_type
    com.microsoft.QMoE 1
      in float_type[2,4]
      in float_type[2,3]
      in uint8_type[3,4,2]
      error input 3 is needed
    com.microsoft.QMoE 1
      in float_type[2,4]
      in float_type[2,3]
      in uint8_type[3,4,2]
      in float_type[3,4]
      error the weights of two layers are needed
    com.microsoft.QMoE 1
      in float_type[2,4]
      in float_type[2,3]
      in uint8_type[3,4,2]
      in float_type[2,4]
      error (float_type, {2, 4, 1}
    com.microsoft.QMoE 1 block_size=16
      in float_type[2,32]
      in float_type[2,3]
      in uint8_type[3,4,16]
      in float_type[3,4,3]
      error the number of blocks on axis 2 of size 32 must be equal, found 3 and 2
    com.microsoft.QMoE 1 block_size=4611686018427387904
      in float_type[2,32]
      in float_type[2,3]
      in uint8_type[3,4,16]
      in float_type[3,4,1]
      error attribute 'block_size' must be a positive size
    com.microsoft.QMoE 1 k=0
      in float_type[2,4]
      in float_type[2,3]
      in uint8_type[3,4,2]
      in float_type[3,4]
      none
      in uint8_type[3,4,2]
      in float_type[3,4]
      error k must be 1 to the number of experts, 3, found 0
    com.microsoft.QMoE 1
      in float_type[2,4]
      in float_type[2,3]
      in uint8_type[3,4,2]
      in float_type[3,4]
      none
      in uint8_type[3,4,2]
      in float_type[3,4]
      none
      none
      none
      none
      none
      none
      none
      in float_type[2,2]
      error the experts' weights and scores at axis 1 must be equal, found 2 and 3
    """
}
