extension NodeCase {
  /// Quantisation and conversion. Outputs are ONNX Runtime's, or the ONNX reference's where that has no kernel.
  static let quantization = """
    QuantizeLinear 10
      in float_type[2,4] -3 -1.5 0 0.25 0.75 2.5 70 nan
      in float_type[] 0.5
      in uint8_type[] 128
      out uint8_type[2,4] 122 125 128 128 130 133 255 0
    QuantizeLinear 10
      in float_type[2,4] -3 -1.5 0 0.25 0.75 2.5 70 nan
      in float_type[] 0.5
      out uint8_type[2,4] 0 0 0 0 2 5 140 0
    QuantizeLinear 13 axis=0
      in float_type[2,4] -3 -1.5 0 0.25 0.75 2.5 70 nan
      const float_type[2] 0.5 0.25
      const int8_type[2] 0 -3
      out int8_type[2,4] -6 -3 0 0 0 7 127 -128
    QuantizeLinear 13 axis=-1
      in float_type[2,4] -3 -1.5 0 0.25 0.75 2.5 70 nan
      in float_type[4] 1 2 0.5 4
      in uint8_type[4] 0 1 2 3
      out uint8_type[2,4] 0 0 2 3 1 2 142 0
    QuantizeLinear 13
      in int32_type[4] -1000 3 5 7
      in float_type[] 2
      in int8_type[] 1
      out int8_type[4] -128 3 3 5
    QuantizeLinear 21
      in float_type[2,4] -3 -1.5 0 0.25 0.75 2.5 70 nan
      in float_type[] 0.001
      in uint16_type[] 5
      out uint16_type[2,4] 0 0 5 255 755 2505 65535 0
    QuantizeLinear 21 output_dtype=5
      in float_type[2,4] -3 -1.5 0 0.25 0.75 2.5 70 nan
      in float_type[] 0.5
      out int16_type[2,4] -6 -3 0 0 2 5 140 -32768
    QuantizeLinear 21
      in half_type[1,4] -3 -1.5 0 0.25
      in half_type[] 0.5
      in int8_type[] 3
      out int8_type[1,4] -3 0 3 3
    QuantizeLinear 21 axis=1 block_size=2
      in float_type[2,4] -9 1 2 3 4 5 60 7
      in float_type[2,2] 1 2 0.5 4
      in int8_type[2,2] 0 1 1 0
      out int8_type[2,4] -9 1 2 3 9 11 15 2
    QuantizeLinear 21 axis=1 block_size=2 output_dtype=3
      in float_type[2,3] -9 1 2 4 5 60
      in float_type[2,2] 1 2 0.5 4
      out int8_type[2,3] -9 1 1 8 10 15
    QuantizeLinear 21
      in float_type[1,4] -9 1.5 2.5 30
      in float_type[] 1
      const int4_type[] 1
      out int4_type[1,4] -8 3 3 7
    QuantizeLinear 25 output_dtype=25
      in float_type[1,4] -9 1.5 2.5 30
      in float_type[] 1
      out uint2_type[1,4] 0 2 2 3
    QuantizeLinear 19
      in float_type[1,4] -1000 0.3 1e-05 inf
      in float_type[] 1
      const fp8e4m3fn_type[] 0
      out fp8e4m3fn_type[1,4] -448 0.3125 0 448
    QuantizeLinear 19 saturate=0
      in float_type[1,4] -1000 0.3 1e-05 1000000
      in float_type[] 1
      const fp8e5m2_type[] 0
      out fp8e5m2_type[1,4] -1024 0.3125 1.525879e-05 inf
    QuantizeLinear 23 precision=10 output_dtype=3
      in float_type[1,3] 1.1 2.3 -7
      in float_type[1] 0.3
      out int8_type[1,3] 4 8 -23
    DequantizeLinear 10
      in uint8_type[1,3] 0 128 255
      in float_type[] 0.5
      in uint8_type[] 128
      out float_type[1,3] -64 0 63.5
    DequantizeLinear 10
      in int32_type[3] 7 -8 1048576
      in float_type[] 0.25
      out float_type[3] 1.75 -2 262144
    DequantizeLinear 13 axis=1
      const int8_type[2,2] -128 127 1 2
      const float_type[2] 0.5 2
      const int8_type[2] 1 -1
      out float_type[2,2] -64.5 256 0 6
    DequantizeLinear 19
      in int8_type[2,2] -128 127 1 2
      in half_type[] 0.09997559
      out half_type[2,2] -12.79688 12.69531 0.09997559 0.1999512
    DequantizeLinear 21 axis=-1 block_size=2
      in int16_type[1,5] 1 2 3 4 5
      in float_type[1,3] 0.5 2 4
      in int16_type[1,3] 1 2 3
      out float_type[1,5] 0 0.5 2 4 8
    DequantizeLinear 21 axis=0 block_size=2
      const int4_type[2,2] -8 7 1 0
      const float_type[1,2] 0.5 2
      const int4_type[1,2] 1 0
      out float_type[2,2] -4.5 14 0 0
    DequantizeLinear 21
      const fp4e2m1_type[3] -6 0.5 4
      in float_type[] 0.5
      out float_type[3] -3 0.25 2
    DequantizeLinear 23 output_dtype=10
      in uint8_type[2] 0 200
      in float_type[] 0.5
      out half_type[2] 0 100
    DynamicQuantizeLinear 11
      in float_type[6] 0 2 -3 -2.5 1.34 0.5
      out uint8_type[6] 153 255 0 26 221 179
      out float_type[] 0.01960784
      out uint8_type[] 153
    DynamicQuantizeLinear 11
      in float_type[2,2] 1 2.1 1.3 2.5
      out uint8_type[2,2] 102 214 133 255
      out float_type[] 0.009803922
      out uint8_type[] 0
    DynamicQuantizeLinear 11
      in float_type[2] 0 0
      out uint8_type[2] 0 0
      out float_type[] 1
      out uint8_type[] 0
    MatMulInteger 10
      in uint8_type[2,3] 207 21 45 60 46 205
      in int8_type[3,2] 94 21 -118 -104 -43 -18
      out int32_type[2,2] 15045 1353 -8603 -7214
    MatMulInteger 10
      in uint8_type[2,3] 207 21 45 60 46 205
      in int8_type[3,2] 94 21 -118 -104 -43 -18
      in uint8_type[] 12
      const int8_type[1] 3
      out int32_type[2,2] 15138 1854 -8624 -6827
    MatMulInteger 10
      in uint8_type[2,3] 207 21 45 60 46 205
      in int8_type[3,2] 94 21 -118 -104 -43 -18
      in uint8_type[1] 12
      in int8_type[2] 3 -7
      out int32_type[2,2] 15138 4224 -8624 -4077
    MatMulInteger 10
      in uint8_type[2,2,3] 159 122 67 40 177 188 8 29 115 100 227 132
      in int8_type[3,2] -21 -18 42 22 -84 60
      in uint8_type[] 100
      out int32_type[2,2,2] 2457 -2558 -2898 8054 -2310 994 2646 4714
    MatMulInteger 10
      in uint8_type[3] 193 244 201
      in uint8_type[3] 72 81 166
      in uint8_type[] 100
      in uint8_type[] 3
      out int32_type[] 34112
    ConvInteger 10
      in uint8_type[1,1,3,3] 166 178 222 74 240 0 19 249 241
      in uint8_type[1,1,2,2] 76 35 80 11
      out int32_type[1,1,2,2] 27406 40498 18283 40811
    ConvInteger 10 pads=[1,1,0,0]
      in uint8_type[1,1,3,3] 228 169 149 62 120 48 197 121 7
      in uint8_type[1,1,2,2] 65 180 133 95
      in uint8_type[] 100
      out int32_type[1,1,3,3] 12160 23579 13832 19430 17586 11025 2375 16026 -14102
    QLinearMatMul 10
      in uint8_type[2,3] 207 21 45 60 46 205
      in float_type[] 0.5
      in uint8_type[] 100
      in int8_type[3,2] 94 21 -118 -104 -43 -18
      in float_type[] 0.25
      in int8_type[] 3
      in float_type[] 21.5
      in uint8_type[] 128
      out uint8_type[2,2] 255 195 117 145
    QLinearMatMul 10
      in uint8_type[2,3] 207 21 45 60 46 205
      in float_type[] 0.5
      in uint8_type[] 100
      in int8_type[3,2] 94 21 -118 -104 -43 -18
      const float_type[2] 0.25 0.1
      const int8_type[2] 3 -2
      in float_type[] 21.5
      in uint8_type[] 128
      out uint8_type[2,2] 255 155 117 135
    QLinearConv 10
      in uint8_type[1,1,3,3] 233 109 244 194 83 224 98 26 151
      in float_type[] 0.5
      in uint8_type[] 100
      in uint8_type[1,1,1,1] 217
      in float_type[] 0.1
      in uint8_type[] 128
      in float_type[] 20
      in uint8_type[] 90
      out uint8_type[1,1,3,3] 120 92 122 111 86 118 90 74 101
    QLinearConv 10 group=2 pads=[0,0,1,1]
      in uint8_type[1,2,3,3] 168 100 230 122 98 37 54 178 204 74 160 223 37 70 134 143 101 102
      in float_type[] 0.5
      in uint8_type[] 100
      const int8_type[2,1,2,2] -95 28 110 -78 76 -82 -117 63
      const float_type[2] 0.1 0.05
      const int8_type[2] 0 0
      in float_type[] 20
      in uint8_type[] 90
      const int32_type[2] 500 -900
      out uint8_type[1,2,3,3] 82 112 43 58 88 135 108 80 67 87 89 96 80 83 92 93 89 89
    Cast 13 to=3
      in float_type[8] 0 -0.0 1.5 -3.7 300 -300 70000 nan
      out int8_type[8] 0 0 1 -3 44 -44 112 0
    Cast 13 to=2
      in float_type[7] 0 -0.0 1.5 -3.7 300 -300 70000
      out uint8_type[7] 0 0 1 253 44 212 112
    Cast 13 to=5
      in float_type[7] 0 -0.0 1.5 -3.7 300 -300 70000
      out int16_type[7] 0 0 1 -3 300 -300 4464
    Cast 13 to=12
      in float_type[7] 0 -0.0 1.5 -3.7 300 -300 70000
      out uint32_type[7] 0 0 1 4294967293 300 4294966996 70000
    Cast 13 to=10
      in int32_type[3] -3 5 40000
      out half_type[3] -3 5 40000
    Cast 19 to=17
      in float_type[9] 0 -0.0 1.5 -3.7 300 -300 70000 nan inf
      out fp8e4m3fn_type[9] 0 -0.0 1.5 -3.75 288 -288 448 nan 448
    Cast 19 to=19 saturate=0
      in float_type[9] 0 -0.0 1.5 -3.7 300 -300 70000 nan inf
      out fp8e5m2_type[9] 0 -0.0 1.5 -3.5 320 -320 inf nan inf
    Cast 19 to=18 saturate=0
      in float_type[9] 0 -0.0 1.5 -3.7 300 -300 70000 nan inf
      out fp8e4m3fnuz_type[9] 0 0 1.5 -3.75 nan nan nan nan nan
    Cast 24 to=24 round_mode=up
      in float_type[6] 0.1 1 1.2 1.6 3 1e+38
      out fp8e8m0_type[6] 0.125 1 2 2 4 1.701412e+38
    Cast 24 to=24 round_mode=down
      in float_type[6] 0.1 1 1.2 1.6 3 1e+38
      out fp8e8m0_type[6] 0.0625 1 1 1 2 8.507059e+37
    Cast 24 to=24 round_mode=nearest
      in float_type[6] 0.1 1 1.2 1.6 3 1e+38
      out fp8e8m0_type[6] 0.125 1 1 2 4 8.507059e+37
    Cast 24 to=24
      in int32_type[4] 0 1 3 5
      out fp8e8m0_type[4] 5.877472e-39 1 4 8
    CastLike 19
      in float_type[7] 0 -0.0 1.5 -3.7 300 -300 70000
      in fp8e5m2fnuz_type[] 0
      out fp8e5m2fnuz_type[7] 0 0 1.5 -3.5 320 -320 57344
    CastLike 15
      in float_type[3] 1.5 -9 20
      in uint4_type[] 0
      out uint4_type[3] 1 7 4
    BitCast 26 to=6
      in float_type[3] 1 -2 0
      out int32_type[3] 1065353216 -1073741824 0
    BitCast 26 to=2
      in int8_type[3] 1 -1 127
      out uint8_type[3] 1 255 127
    BitCast 26 to=21
      in int4_type[3] 1 -1 -8
      out uint4_type[3] 1 15 8
    BitCast 26 to=23
      in uint4_type[2] 15 3
      out fp4e2m1_type[2] -6 1.5
    """
}
