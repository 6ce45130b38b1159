extension NodeCase {
  /// Nodes that must be refused; see ``NodeCase`` for the form.
  static let badAttention = """
    Attention 23
      in float_type[1,2,4]
      in float_type[1,2,4]
      in float_type[1,2,4]
      error q_num_heads and kv_num_heads are needed for inputs of rank 3
    Attention 23 q_num_heads=0 kv_num_heads=1
      in float_type[1,2,4]
      in float_type[1,2,4]
      in float_type[1,2,4]
      error Q must have 1 or more heads, found 0
    Attention 23 q_num_heads=4611686018427387904 kv_num_heads=1
      in float_type[1,2,4]
      in float_type[1,2,4]
      in float_type[1,2,4]
      error the last axis of Q and 4611686018427387904 parts must be equal, found 4 and 0
    Attention 23 q_num_heads=3 kv_num_heads=1
      in float_type[1,2,4]
      in float_type[1,2,4]
      in float_type[1,2,4]
      error the last axis of Q and 3 parts must be equal, found 4 and 3
    Attention 23
      in float_type[1,3,2,4]
      in float_type[1,2,2,4]
      in float_type[1,2,2,4]
      error the number of heads and a multiple of 2 must be equal, found 3 and 2
    Attention 23
      in float_type[1,2,2,4]
      in float_type[1,2,2,3]
      in float_type[1,2,2,4]
      error the columns of input 0 and the rows of input 1 must be equal, found 4 and 3
    Attention 23
      in float_type[2,4]
      in float_type[2,4]
      in float_type[2,4]
      error Q must have rank 4, found (float_type, {2, 4}, {4, 1})
    Attention 23
      in float_type[1,1,2,4]
      in float_type[1,1,2,4]
      in float_type[1,1,2,4]
      in float_type[3,2]
      error axis 0 of (float_type, {3, 2}, {2, 1}) and the size to broadcast to must be equal, f
    Attention 23
      in float_type[1,1,2,4]
      in float_type[1,1,2,4]
      in float_type[1,1,2,4]
      in float_type[]
      error a mask must have 1 or more axes, found (float_type, {1}, {0})
    Attention 23
      in float_type[1,1,2,4]
      in float_type[1,1,2,4]
      in float_type[1,1,2,4]
      in float_type[2,3]
      error a mask for 2 keys has 3 of them, (float_type, {2, 3}, {3, 1})
    Attention 23
      in float_type[1,1,2,4]
      in float_type[1,1,2,4]
      in float_type[1,1,2,4]
      none
      in float_type[1,1,1,4]
      error past_key and past_value must be given together
    Attention 23 qk_matmul_output_mode=4
      in float_type[1,1,2,4]
      in float_type[1,1,2,4]
      in float_type[1,1,2,4]
      error qk_matmul_output_mode must be 0 to 3, found 4
    Attention 24
      in float_type[1,1,2,4]
      in float_type[1,1,2,4]
      in float_type[1,1,2,4]
      none
      in float_type[1,1,1,4]
      in float_type[1,1,1,4]
      in int64_type[1]
      error nonpad_kv_seqlen can't be combined with past_key
    Attention 25 left_window_size=-2
      in float_type[1,1,2,4]
      in float_type[1,1,2,4]
      in float_type[1,1,2,4]
      error left_window_size must be -1 or a size, found -2
    Attention 25 q_num_heads=1
      in float_type[1,1,2,4]
      in float_type[1,1,2,4]
      in float_type[1,1,2,4]
      error q_num_heads and kv_num_heads are for inputs of rank 3 only
    Attention 23
      in int32_type[1,1,2,4]
      in int32_type[1,1,2,4]
      in int32_type[1,1,2,4]
      error input 0 must have a floating-point type, found int32_type
    RotaryEmbedding 23
      in float_type[1,2,4]
      in float_type[1,2,1]
      in float_type[1,2,1]
      error num_heads is needed for an input of rank 3
    RotaryEmbedding 23
      in float_type[1,1,2,4]
      in float_type[5,2]
      in float_type[5,2]
      error without positions, input 1 must have rank 3, found (float_type, {5, 2}, {2, 1})
    RotaryEmbedding 23
      in float_type[1,1,2,4]
      in float_type[1,2,3]
      in float_type[1,2,3]
      error twice the number of angles and the turned elements must be equal, found 6 and 4
    RotaryEmbedding 23 rotary_embedding_dim=3
      in float_type[1,1,2,4]
      in float_type[1,2,2]
      in float_type[1,2,2]
      error rotary_embedding_dim must be even and not negative, found 3
    RotaryEmbedding 23
      in float_type[2,4]
      in float_type[1,2,2]
      in float_type[1,2,2]
      error input 0 must have rank 3 or 4, found (float_type, {2, 4}, {4, 1})
    RotaryEmbedding 23
      in float_type[1,1,2,4]
      in float_type[5,2]
      in float_type[5,2]
      const int64_type[1,2] 0 5
      error index 5 lies outside of axis 0, whose indices are -5 to 4
    LinearAttention 27 q_num_heads=2 kv_num_heads=2 update_rule=gated
      in float_type[1,2,4]
      in float_type[1,2,4]
      in float_type[1,2,4]
      error update_rule 'gated' needs a decay and no beta
    LinearAttention 27 update_rule=linear
      in float_type[1,2,4]
      in float_type[1,2,4]
      in float_type[1,2,4]
      error q_num_heads and kv_num_heads are needed
    LinearAttention 27 q_num_heads=2 kv_num_heads=2 update_rule=cubic
      in float_type[1,2,4]
      in float_type[1,2,4]
      in float_type[1,2,4]
      error update_rule must be linear, gated, delta or gated_delta, found 'cubic'
    LinearAttention 27 q_num_heads=3 kv_num_heads=2 update_rule=linear
      in float_type[1,2,6]
      in float_type[1,2,4]
      in float_type[1,2,4]
      error the heads of input 0 must be a multiple of those of input 1, found 3 and 2
    LinearAttention 27 q_num_heads=2 kv_num_heads=2 update_rule=linear
      in float_type[1,2,4]
      in float_type[1,2,4]
      in float_type[1,2,4]
      in float_type[1,2,2,3]
      error axis 3 of input 3 and what the inputs before need must be equal, found 3 and 2
    LinearAttention 27 q_num_heads=2 kv_num_heads=2 update_rule=linear
      in float_type[1,2,4]
      in float_type[1,3,4]
      in float_type[1,2,4]
      error axis 2 of input 1 and what the inputs before need must be equal, found 3 and 2
    SimplifiedLayerNormalization 13
      in float_type[2,3]
      in float_type[4]
      error axis 0 of (float_type, {4}, {1}) and the size to broadcast to must be equal, found 4
    SimplifiedLayerNormalization 13 axis=2
      in float_type[2,3]
      in float_type[3]
      error axis 2 is not among the 2 axes of the input
    com.microsoft.Attention 1
      in float_type[1,2,3]
      in float_type[3,12]
      error num_heads must be 1 or more, found none
    com.microsoft.Attention 1 num_heads=-1
      in float_type[1,2,3]
      in float_type[3,12]
      error num_heads must be 1 or more, found -1
    com.microsoft.Attention 1 num_heads=3
      in float_type[1,2,3]
      in float_type[3,12]
      error the last axis of the query and 3 parts must be equal, found 4 and 3
    com.microsoft.Attention 1 num_heads=2 qkv_hidden_sizes=[4,4]
      in float_type[1,2,3]
      in float_type[3,12]
      error qkv_hidden_sizes must be 3 sizes, found [4, 4]
    com.microsoft.Attention 1 num_heads=2
          qkv_hidden_sizes=[4,4611686018427387904,-4611686018427387904]
      in float_type[1,2,3]
      in float_type[3,12]
      error qkv_hidden_sizes must be 3 sizes, found [4, 4611686018427387904, -461168601842738790
    com.microsoft.Attention 1 num_heads=2 qkv_hidden_sizes=[4,2,6]
      in float_type[1,2,3]
      in float_type[3,12]
      error the columns of input 0 and the rows of input 1 must be equal, found 2 and 1
    com.microsoft.Attention 1 num_heads=2
      in float_type[1,2,3]
      in float_type[3,12]
      none
      in int32_type[3]
      error the lengths that the mask holds and the batches must be equal, found 3 and 1
    com.microsoft.Attention 1 num_heads=2
      in float_type[1,2,3]
      in float_type[3,12]
      none
      in int32_type[1,3]
      error a mask for 2 keys has 3 of them, (int32_type, {1, 1, 1, 3}, {3, 3, 3, 1})
    com.microsoft.Attention 1 num_heads=2 do_rotary=1
      in float_type[1,2,3]
      in float_type[3,12]
      error attribute do_rotary=1; only 0 is implemented
    com.microsoft.Attention 1 num_heads=2
      in float_type[1,2,3]
      in float_type[3,12]
      none
      none
      in float_type[1,1,2,1,2]
      error axis 0 and the sum of its parts must be equal, found 1 and 2
    com.microsoft.DecoderMaskedSelfAttention 1 num_heads=2 past_present_share_buffer=1
      in float_type[1,1,3]
      in float_type[3,12]
      in float_type[12]
      none
      in float_type[2,1,2,1,2]
      error attribute past_present_share_buffer=1; only 0 is implemented
    com.microsoft.DecoderMaskedSelfAttention 1 num_heads=2
      in float_type[1,1,3]
      in float_type[4,12]
      in float_type[12]
      none
      in float_type[2,1,2,1,2]
      error the columns of input 0 and the rows of input 1 must be equal, found 3 and 4
    com.microsoft.MultiHeadAttention 1 num_heads=3
      in float_type[1,2,4]
      error axis 2 and the sum of its parts must be equal, found 4 and 3
    com.microsoft.MultiHeadAttention 1 num_heads=2
      in float_type[1,2,4]
      in float_type[1,2,4]
      error inputs 1 and 2, key and value, are needed
    com.microsoft.MultiHeadAttention 1 num_heads=2
      in float_type[1,2,4]
      in float_type[1,2,4]
      in float_type[1,2,4]
      in float_type[11]
      error axis 0 and the sum of its parts must be equal, found 11 and 12
    com.microsoft.MultiHeadAttention 1 num_heads=2
      in float_type[1,2,4]
      in float_type[1,2,4]
      in float_type[1,2,4]
      none
      none
      none
      in float_type[1,2,1,2]
      error past keys and past values must be given together
    com.microsoft.MultiHeadAttention 1 num_heads=2
      in float_type[1,2,4]
      in float_type[1,2,4]
      in float_type[1,3,4]
      error the columns of input 0 and the rows of input 1 must be equal, found 2 and 3
    com.microsoft.DecoderMaskedMultiHeadAttention 1 num_heads=2
      in float_type[1,1,4]
      in float_type[1,1,4]
      in float_type[1,1,4]
      none
      none
      none
      none
      none
      none
      in int32_type[1,2,3]
      error input 9, cache_indirection, with several beams
    com.microsoft.DecoderMaskedMultiHeadAttention 1 num_heads=2
      in float_type[1,1,5]
      in float_type[1,1,4]
      in float_type[1,1,4]
      error the last axis of the query and 2 parts must be equal, found 5 and 4
    com.microsoft.GroupQueryAttention 1 num_heads=3 kv_num_heads=2
      in float_type[1,2,8]
      in float_type[1,2,4]
      in float_type[1,2,4]
      none
      none
      in int32_type[1]
      in int32_type[]
      error num_heads must be a multiple of kv_num_heads, found 3 and 2
    com.microsoft.GroupQueryAttention 1 num_heads=2 kv_num_heads=1
      in float_type[1,2,8]
      in float_type[1,2,4]
      in float_type[1,2,4]
      none
      none
      in int32_type[2]
      in int32_type[]
      error the numbers of elements of sizes [1] and [2] must be equal, found 1 and 2
    com.microsoft.GroupQueryAttention 1 num_heads=2 kv_num_heads=1
      in float_type[1,2,8]
      in float_type[1,2,4]
      in float_type[1,2,4]
      none
      none
      in int32_type[1]
      error input 6 is needed; the node has 6 inputs
    com.microsoft.GroupQueryAttention 1 num_heads=2 kv_num_heads=1
      in float_type[1,2,8]
      in float_type[1,2,4]
      in float_type[1,2,4]
      none
      none
      in int32_type[1]
      const int32_type[] 5
      error without a past, total_sequence_length and the queries must be equal, found 5 and 2
    com.microsoft.GroupQueryAttention 1 num_heads=2 kv_num_heads=1 k_quant_type=PER_TENSOR
      in float_type[1,2,8]
      in float_type[1,2,4]
      in float_type[1,2,4]
      none
      none
      in int32_type[1]
      in int32_type[]
      error k_quant_type 'PER_TENSOR'; the cache must not be quantised
    com.microsoft.GroupQueryAttention 1 num_heads=2 kv_num_heads=1 do_rotary=1
      in float_type[1,2,8]
      in float_type[1,2,4]
      in float_type[1,2,4]
      none
      none
      in int32_type[1]
      const int32_type[] 2
      error input 7 is needed; the node has 7 inputs
    com.microsoft.LinearAttention 1 q_num_heads=2 kv_num_heads=2 update_rule=linear
          state_window=2
      in float_type[1,2,4]
      in float_type[1,2,4]
      in float_type[1,2,4]
      error attribute state_window=2; only 0 is implemented
    com.microsoft.LinearAttention 1 q_num_heads=2 kv_num_heads=2 update_rule=delta
      in float_type[1,2,4]
      in float_type[1,2,4]
      in float_type[1,2,4]
      error update_rule 'delta' needs no decay and a beta
    com.microsoft.RotaryEmbedding 1
      in float_type[1,2,4]
      in int64_type[1]
      in float_type[5,3]
      in float_type[5,3]
      error the last axis and heads of twice 3 must be equal, found 4 and 0
    com.microsoft.RotaryEmbedding 1
      in float_type[1,1,2,4]
      in int64_type[1]
      in float_type[5,3]
      in float_type[5,3]
      error twice the number of angles and the turned elements must be equal, found 6 and 4
    com.microsoft.RotaryEmbedding 1
      in float_type[1,2,4]
      in int64_type[3]
      in float_type[5,1]
      in float_type[5,1]
      error the numbers of elements of sizes [1] and [3] must be equal, found 1 and 3
    com.microsoft.RotaryEmbedding 1
      in float_type[4]
      in int64_type[1]
      in float_type[5,1]
      in float_type[5,1]
      error input 0 must have rank 3 or 4, found (float_type, {4}, {1})
    ai.onnx.preview.FlexAttention 1
      in float_type[1,2,2,4]
      in float_type[2,3,4]
      in float_type[1,2,3,4]
      error input 1 must have rank 4, found (float_type, {2, 3, 4}, {12, 4, 1})
    ai.onnx.preview.FlexAttention 1
      in float_type[1,3,2,4]
      in float_type[1,2,3,4]
      in float_type[1,2,3,4]
      error the number of heads and a multiple of 2 must be equal, found 3 and 2
    ai.onnx.preview.FlexAttention 1
      in float_type[1,2,2,4]
      in float_type[1,2,3,4]
      in float_type[1,2,2,4]
      error the columns of input 0 and the rows of input 1 must be equal, found 3 and 2
    """
}
