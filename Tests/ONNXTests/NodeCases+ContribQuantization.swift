extension NodeCase {
  /// Quantised operators of ONNX Runtime, with its outputs. By formula instead: QLinearReduceMean, which has no kernel
  /// there, and MatMulBnb4 with transB=0, which leaves outputs unset there. An odd zero point of the result shows whether
  /// it is added before or after rounding.
  static let contribQuantization = """
    com.microsoft.QLinearAdd 1
      in uint8_type[2,3] 207 21 45 60 46 205
      in float_type[] 0.5
      in uint8_type[] 100
      in uint8_type[2,3] 222 149 10 24 85 110
      in float_type[] 0.25
      in uint8_type[] 30
      in float_type[] 2
      in uint8_type[] 128
      out uint8_type[2,3] 179 123 112 117 121 164
    com.microsoft.QLinearAdd 1
      in int8_type[6] -28 99 4 -21 -18 42
      in float_type[] 0.25
      in int8_type[] 3
      in int8_type[6] 16 -3 5 7 -128 127
      in float_type[] 0.5
      in int8_type[] -6
      in float_type[] 0.5
      in int8_type[] 7
      out int8_type[6] 14 58 18 8 -126 127
    com.microsoft.QLinearAdd 1
      in uint8_type[7] 197 0 45 213 240 3 91
      in float_type[] 0.013
      in uint8_type[] 7
      in uint8_type[] 5
      in float_type[] 0.0213
      in uint8_type[] 101
      in float_type[] 0.0371
      in uint8_type[] 31
      out uint8_type[7] 42 0 0 48 58 0 5
    com.microsoft.QLinearMul 1
      in uint8_type[2,3] 207 21 45 60 46 205
      in float_type[] 0.5
      in uint8_type[] 100
      in uint8_type[2,3] 222 149 10 24 85 110
      in float_type[] 0.25
      in uint8_type[] 30
      in float_type[] 2
      in uint8_type[] 128
      out uint8_type[2,3] 255 0 197 143 0 255
    com.microsoft.QLinearMul 1
      in int8_type[6] -28 99 4 -21 -18 42
      in float_type[] 0.25
      in int8_type[] 3
      in int8_type[6] 16 -3 5 7 -128 127
      in float_type[] 0.5
      in int8_type[] -6
      in float_type[] 2
      in int8_type[] 7
      out int8_type[6] -36 25 8 -12 127 127
    com.microsoft.QLinearSigmoid 1
      in int8_type[2,3] -28 99 4 -21 -18 42
      in float_type[] 0.05
      in int8_type[] 3
      in float_type[] 0.00390625
      in int8_type[] -128
      out int8_type[2,3] -83 126 3 -69 -62 96
    com.microsoft.QLinearLeakyRelu 1 alpha=0.125
      in uint8_type[2,3] 150 44 188 193 244 201
      in float_type[] 0.05
      in uint8_type[] 130
      in float_type[] 0.04
      in uint8_type[] 90
      out uint8_type[2,3] 115 77 163 169 233 179
    com.microsoft.QLinearSoftmax 1 axis=-1 opset=13
      in uint8_type[2,4] 72 81 166 166 178 222 74 240
      in float_type[] 0.02
      in uint8_type[] 130
      in float_type[] 0.00390625
      in uint8_type[] 0
      out uint8_type[2,4] 17 20 110 110 37 88 5 127
    com.microsoft.QLinearSoftmax 1 axis=1 opset=11
      in uint8_type[2,2,2] 0 19 249 241 76 35 80 11
      in float_type[] 0.02
      in uint8_type[] 130
      in float_type[] 0.00390625
      in uint8_type[] 0
      out uint8_type[2,2,2] 1 1 137 117 92 40 99 25
    com.microsoft.QLinearConcat 1 axis=0
      in float_type[] 0.5
      in uint8_type[] 100
      in uint8_type[1,2] 228 169
      in float_type[] 0.5
      in uint8_type[] 100
      in uint8_type[2,2] 149 62 120 48
      in float_type[] 0.25
      in uint8_type[] 10
      out uint8_type[3,2] 228 169 170 126 155 119
    com.microsoft.QLinearAveragePool 1 kernel_shape=[2,2] strides=[2,2]
      in uint8_type[1,2,4,4] 197 121 7 65 180 133 95 64 23 155 169 133 238 237 53 155 161 63 76 124
          189 74 184 167 55 99 212 215 168 1 174 57
      in float_type[] 0.5
      in uint8_type[] 100
      in float_type[] 0.25
      in uint8_type[] 90
      out uint8_type[1,2,2,2] 206 6 216 145 134 166 52 219
    com.microsoft.QLinearAveragePool 1 kernel_shape=[3,3] pads=[1,1,1,1] strides=[2,2] count_include_pad=1 channels_last=1
      in uint8_type[1,4,4,2] 197 161 121 63 7 76 65 124 180 189 133 74 95 184 64 167 23 55 155 99
          169 212 133 215 238 168 237 1 53 174 155 57
      in float_type[] 0.5
      in uint8_type[] 100
      in float_type[] 0.25
      in uint8_type[] 90
      out uint8_type[1,2,2,2] 141 109 64 110 171 87 155 153
    com.microsoft.QLinearAveragePool 1 kernel_shape=[1,2] strides=[1,2]
      in uint8_type[1,1,2,6] 101 102 104 105 104 106 109 110 120 123 200 201
      in float_type[] 0.5
      in uint8_type[] 100
      in float_type[] 0.5
      in uint8_type[] 91
      out uint8_type[1,1,2,3] 92 96 96 100 112 192
    com.microsoft.QLinearGlobalAveragePool 1
      in uint8_type[1,2,4,4] 197 121 7 65 180 133 95 64 23 155 169 133 238 237 53 155 161 63 76 124
          189 74 184 167 55 99 212 215 168 1 174 57
      in float_type[] 0.5
      in uint8_type[] 100
      in float_type[] 0.25
      in uint8_type[] 90
      out uint8_type[1,2,1,1] 143 142
    com.microsoft.QLinearGlobalAveragePool 1 channels_last=1
      in uint8_type[1,2,4,2] 197 161 121 63 7 76 65 124 180 189 133 74 95 184 64 167
      in float_type[] 0.5
      in uint8_type[] 100
      in float_type[] 0.25
      in uint8_type[] 90
      out uint8_type[1,1,1,2] 106 150
    com.microsoft.QLinearReduceMean 1 axes=[1] keepdims=0
      in uint8_type[2,3] 209 233 109 244 194 83
      in float_type[] 0.5
      in uint8_type[] 100
      in float_type[] 0.25
      in uint8_type[] 90
      out uint8_type[2] 255 237
    com.microsoft.QLinearWhere 1
      in bool_type[1,3] 1 0 1
      in uint8_type[2,3] 224 98 26 151 217 168
      in float_type[] 0.5
      in uint8_type[] 100
      in uint8_type[2,3] 100 230 122 98 37 54
      in float_type[] 0.25
      in uint8_type[] 10
      in float_type[] 0.5
      in uint8_type[] 90
      out uint8_type[2,3] 214 200 16 141 104 158
    com.microsoft.QGemm 1
      in uint8_type[2,3] 178 204 74 160 223 37
      in float_type[] 0.5
      in uint8_type[] 100
      in int8_type[3,2] -58 6 15 -27 -26 -95
      in float_type[] 0.25
      in int8_type[] 3
      const int32_type[2] 500 -900
      in float_type[] 20
      in uint8_type[] 90
      out uint8_type[2,2] 76 82 91 101
    com.microsoft.QGemm 1 transB=1 alpha=0.5
      in uint8_type[2,3] 156 238 50 204 46 11
      in float_type[] 0.5
      in uint8_type[] 100
      in int8_type[2,3] 63 -82 64 -44 17 112
      const float_type[2] 0.25 0.5
      const int8_type[2] 0 0
      out float_type[2,2] -686.75 -714.75 330.25 -1932.75
    com.microsoft.DynamicQuantizeMatMul 1
      in float_type[2,4] -4 -1.75 1.5 2.25 -4.25 -1 0.75 -1.25
      const int8_type[4,3] 107 9 -34 -115 -107 -60 -79 55 -74 32 91 -2
      const float_type[1] 0.25
      const int8_type[1] 3
      const float_type[3] -0.75 -3.5 3.25
      out float_type[2,3] -67.48334 107.7647 36.21519 -106.3113 -0.4156861 45.61471
    com.microsoft.DynamicQuantizeMatMul 1
      in float_type[2,4] -4 -1.75 1.5 2.25 -4.25 -1 0.75 -1.25
      const int8_type[4,3] -96 17 119 111 53 -121 -74 63 11 113 52 81
      const float_type[3] 0.25 0.5 0.1
      out float_type[2,3] 82.78578 25.06961 -6.517843 25.61765 -71.71667 -47.93177
    com.microsoft.MatMulIntegerToFloat 1
      in uint8_type[2,3] 13 75 174 162 94 40
      in int8_type[3,2] 22 -106 43 77 43 -112
      in float_type[] 0.5
      const float_type[2] 0.25 0.1
      in uint8_type[] 100
      const int8_type[2] 1 2
      const float_type[2] 1.25 -2.5
      out float_type[2,2] 30.125 -48.25 -182.5 -17.8
    com.microsoft.MatMulIntegerToFloat 1
      in uint8_type[2,3] 133 9 126 158 32 236
      in int8_type[3,2] -5 119 9 58 70 -1
      in float_type[] 0.5
      in float_type[] 0.25
      out float_type[2,2] 1029.5 2027.875 2002.25 2552.75
    com.microsoft.MatMulNBits 1 K=20 N=3 bits=4 block_size=16
      in float_type[2,20] -2.25 -0.5 -1.75 3 1.25 -0.5 -1 1 -1.5 -1.75 1 5 -0.5 -1 -2.25 -2.75 1
          1.75 0 0.75 0.25 0.25 -3 -1 0.25 -1.5 -1 -1.75 -0.75 1.75 -0.75 -0.25 1.75 1.25 3.5 -4.25
          1.75 -1 0.25 1.75
      const uint8_type[3,2,8] 100 170 5 158 135 38 52 8 189 175 99 244 97 78 232 21 100 6 89 185 89
          126 123 15 23 76 139 18 235 218 144 187 190 2 242 12 215 213 190 34 208 245 209 177 64 141
          123 222
      const float_type[3,2] 0.75 1.75 0.5 3.75 1.75 3
      out float_type[2,3] 25.25 -58.5625 -4.3125 33.125 28.8125 74.625
    com.microsoft.MatMulNBits 1 K=20 N=3 bits=4 block_size=16
      in float_type[2,20] 2.25 2 0.25 3.25 -0.5 -0.25 1.5 -1 4.25 2 4.25 -0.0 -0.75 0.25 1.5 -1.25
          0.75 -0.0 3.25 -1.25 2 -1.25 -2 -1.5 -2.5 0.25 2 0.25 1.25 3.25 0.5 0.5 -0.5 -3.25 1.5
          -3.5 1.25 -0.0 2.25 -0.25
      const uint8_type[3,2,8] 100 170 5 158 135 38 52 8 189 175 99 244 97 78 232 21 100 6 89 185 89
          126 123 15 23 76 139 18 235 218 144 187 190 2 242 12 215 213 190 34 208 245 209 177 64 141
          123 222
      const float_type[3,2] 0.75 1.75 0.5 3.75 1.75 3
      const uint8_type[3,1] 87 182 29
      none
      const float_type[3] 0.75 -1 -0.25
      out float_type[2,3] 73.875 51 -180.0625 87.875 14.375 161.6875
    com.microsoft.MatMulNBits 1 K=20 N=3 bits=2 block_size=16
      in float_type[2,20] -0.25 0.25 -2.5 1.25 1.5 -2.25 -1.25 -0.25 -1.25 3.5 0.5 -2 -1.5 -0.0 4.5
          -0.25 0.25 1 -0.0 4.5 -1 1.5 0.25 1.25 -2.25 3.5 -0.25 0 -1.75 -1.5 1.25 2 1.5 2.5 1.5 0
          1.75 1.25 -0.25 1.5
      const uint8_type[3,2,4] 71 97 195 168 77 41 110 124 107 168 26 184 138 3 171 207 92 111 148
          111 132 143 152 71
      const float_type[3,2] 0.5 2.25 1.25 1.25 3.75 0.75
      out float_type[2,3] -9.3125 8.125 -5.8125 -9 -5 38.0625
    com.microsoft.MatMulNBits 1 K=20 N=3 bits=2 block_size=16
      in float_type[2,20] 2.5 0.5 -0.75 1.5 3.75 -0.5 -0.25 -0.25 2.5 -3.75 0.75 2.5 -1.75 3 1 -1
          0.5 -3 -1.25 3.75 -1.75 3.75 -0.25 2 0 -4.5 -1.25 0.5 -2.25 -2.75 0.75 -1.25 -3.5 -1.25
          1.75 -1 1.75 3 0 -2.25
      const uint8_type[3,2,4] 71 97 195 168 77 41 110 124 107 168 26 184 138 3 171 207 92 111 148
          111 132 143 152 71
      const float_type[3,2] 0.5 2.25 1.25 1.25 3.75 0.75
      const uint8_type[3,1] 95 173 9
      none
      const float_type[3] 1.75 0.5 1
      out float_type[2,3] -6.8125 6.125 35.3125 14 -7.9375 -32.9375
    com.microsoft.MatMulNBits 1 K=20 N=3 bits=8 block_size=16
      in float_type[2,20] -2.25 1.25 0.5 1.5 -1.25 3.5 0.75 -0.25 -1 -0.5 1.75 -0.5 2.25 1.25 2.75
          1.75 -0.25 -3.75 0.5 1.5 0.25 1 -1 -0.75 -2 2.75 0.25 -1 -2.75 -0.25 3 1 -1.5 2.75 2.75 2
          1.5 2.25 1 1.5
      const uint8_type[3,2,16] 160 161 157 6 7 114 213 176 106 175 62 88 56 91 166 42 12 177 62 96
          77 66 66 59 187 107 151 112 231 151 179 248 75 115 83 59 31 125 62 11 154 137 187 70 75
          165 88 45 205 49 245 207 21 198 18 115 194 93 126 17 108 131 162 151 194 136 17 217 246
          188 245 204 106 190 120 246 69 118 150 188 52 74 136 222 231 119 129 45 211 67 45 170 226
          154 31 207
      const float_type[3,2] 3.25 1.5 1.75 2.75 1.5 0.5
      out float_type[2,3] -1642.25 970.25 196.75 -169.9375 1014.125 454
    com.microsoft.MatMulNBits 1 K=20 N=3 bits=8 block_size=16
      in float_type[2,20] -1.5 3 0.5 4 -4 1.5 2 -0.75 1 1.5 1.25 -1 -0.25 2 2.5 0.25 0.25 0.5 2 -2
          -2.75 0.25 -2.25 -1.25 0.25 1 -2.25 1.5 -3.5 1 -3.25 -2.5 1.25 -0.75 -1.5 -1 1 -0.0 -0.0 2
      const uint8_type[3,2,16] 160 161 157 6 7 114 213 176 106 175 62 88 56 91 166 42 12 177 62 96
          77 66 66 59 187 107 151 112 231 151 179 248 75 115 83 59 31 125 62 11 154 137 187 70 75
          165 88 45 205 49 245 207 21 198 18 115 194 93 126 17 108 131 162 151 194 136 17 217 246
          188 245 204 106 190 120 246 69 118 150 188 52 74 136 222 231 119 129 45 211 67 45 170 226
          154 31 207
      const float_type[3,2] 3.25 1.5 1.75 2.75 1.5 0.5
      const uint8_type[3,2] 54 92 150 194 9 211
      none
      const float_type[3] 2.25 2 2.5
      out float_type[2,3] 3463.5 -59.5625 2046.75 -3083.562 1053.125 -3462.375
    com.microsoft.MatMulNBits 1 K=32 N=2 bits=4 block_size=16
      in float_type[1,32] -0.0 -0.25 1.75 -0.75 1.75 1.5 -1.5 -0.25 -0.25 3.5 5.25 -0.25 0 -4.5 0.5
          -0.0 -2.25 1.5 -3.25 -0.5 0.25 -2.5 1.75 2 -2.75 -2.75 1.25 -0.0 -2.5 -0.5 -0.25 -0.25
      const uint8_type[2,2,8] 70 138 180 213 201 124 29 69 83 150 14 159 60 98 187 235 239 53 250
          130 17 181 102 167 223 61 129 224 89 24 200 137
      const float_type[2,2] 1 2 0.5 0.25
      const float_type[2,2] 8 7.5 3 4
      out float_type[1,2] 124.5 -5.5
    com.microsoft.MatMulNBits 1 K=32 N=2 bits=4 block_size=16
      in float_type[1,32] 0.25 -0.5 0.5 -1 0.25 -0.0 0.5 3.75 -0.75 0 -0.5 1.25 -2.25 -1.5 -0.0 1
          -0.0 -1 -1.75 1 3 0.75 0.5 1 -2 -0.5 -0.5 0.5 -0.0 -2.5 2.25 3.5
      const uint8_type[2,2,8] 221 130 135 229 200 206 163 223 249 220 121 122 218 38 210 55 150 223
          129 41 110 171 165 7 50 229 112 96 165 205 78 119
      const float_type[2,2] 1 2 0.5 0.25
      none
      const int32_type[32] 1 0 1 0 1 0 1 0 1 0 1 0 1 0 1 0 1 0 1 0 1 0 1 0 1 0 1 0 1 0 1 0
      out float_type[1,2] -19.25 -15.125
    com.microsoft.GatherBlockQuantized 1 block_size=16 bits=4 quantize_axis=1
      const uint8_type[4,16] 55 31 27 118 205 30 224 9 213 74 180 102 154 23 14 25 225 7 121 124 175
          50 30 3 190 88 37 38 245 35 181 142 135 50 167 16 58 43 127 39 22 110 71 107 73 67 42 109
          106 128 16 128 6 26 85 189 253 25 186 218 109 241 51 16
      in int64_type[1,2] 2 0
      const float_type[4,2] 1.25 1 2.25 2.5 1.75 1.75 2.75 2.5
      const uint8_type[4,1] 31 12 119 206
      out float_type[1,2,32] 0 1.75 -8.75 -7 0 5.25 -12.25 -10.5 5.25 -7 7 -8.75 14 0 0 -8.75 -1.75
          -10.5 12.25 -1.75 0 -5.25 7 -1.75 3.5 -5.25 -7 -5.25 5.25 -8.75 10.5 -1.75 -10 -15 0 -17.5
          -5 -17.5 -11.25 -10 -2.5 -3.75 -1.25 -17.5 -18.75 -1.25 -7.5 -18.75 4 12 9 3 3 10 5 5 9 8
          6 0 13 -1 8 0
    com.microsoft.GatherBlockQuantized 1 block_size=16 bits=8 quantize_axis=1
      const uint8_type[4,16] 41 101 149 182 10 73 120 145 41 123 122 154 46 163 0 202 107 5 109 40
          138 119 31 87 127 104 76 133 20 20 105 69 170 42 77 8 182 247 201 45 3 183 55 137 72 171
          151 89 124 10 145 76 18 108 73 240 41 108 190 72 174 82 78 97
      in int32_type[2] 3 -1
      const float_type[4,1] 1 1 1 1
      out float_type[2,16] -4 -118 17 -52 -110 -20 -55 112 -87 -20 62 -56 46 -46 -50 -31 -4 -118 17
          -52 -110 -20 -55 112 -87 -20 62 -56 46 -46 -50 -31
    com.microsoft.GatherBlockQuantized 1 block_size=16 gather_axis=1 quantize_axis=0
      const int4_type[16,3] 6 -3 -6 -7 -8 -1 -3 -2 2 -1 7 2 0 -4 -6 -1 1 -7 -8 -8 5 -5 -3 1 -7 4 -6
          -6 5 -5 6 5 -6 -6 7 -5 5 7 -3 -5 -8 0 -6 0 -2 7 -5 4
      in int64_type[2] 2 0
      const float_type[1,3] 1 2 3
      const int4_type[1,3] 1 -1 0
      out float_type[16,2] -18 5 -3 -8 6 -4 6 -2 -18 -1 -21 -2 15 -9 3 -6 -18 -8 -15 -7 -18 5 -15 -7
          -9 4 0 -6 -6 -7 12 6
    com.microsoft.MatMulBnb4 1 K=8 N=3 block_size=16 quant_type=0
      in float_type[2,8] 0.5 0 -1 1 -2.75 -2.25 -0.25 -1.75 -1.5 -0.25 -0.25 -0.5 3.25 2 2.5 -0.0
      const uint8_type[12] 46 183 212 233 221 79 106 12 250 34 247 171
      const float_type[2] 1 0.5
      out float_type[2,3] 2.259115 0.7916666 0.9583333 -2.208333 0.125 -0.9687501
    com.microsoft.MatMulBnb4 1 K=8 N=3 block_size=16 quant_type=1
      in float_type[2,8] 3.25 2 -1.75 1 -1.5 1.75 -0.25 1.75 5.25 1.75 4.75 0.25 -0.75 2.75 3.5 -1
      const uint8_type[12] 81 208 225 247 174 166 163 215 154 165 129 52
      const float_type[2] 1 0.5
      out float_type[2,3] -6.530252 0.5231038 -0.6684866 1.277285 4.402087 -0.3367826
    com.microsoft.MatMulBnb4 1 K=8 N=3 block_size=16 quant_type=1 transB=0
      in float_type[2,3] -2.75 0.75 1.5 1.25 0.5 -2.5
      const uint8_type[12] 19 25 62 176 68 184 35 151 169 114 184 32
      const float_type[2] 1 0.5
      out float_type[2,8] 1.885783 0.9933897 2.167967 -0.7766776 0.9456547 -2.224634 -1.202374 2
          -1.320102 -0.8370303 -0.7012834 0.8972942 -1.178577 0.6067619 1.1592 0
    com.microsoft.QuantizeLinear 1
      in float_type[2,3] -0.25 0.75 2.75 1 -3.75 -0.75
      in float_type[] 0.25
      in uint8_type[] 100
      out uint8_type[2,3] 99 103 111 104 85 97
    com.microsoft.QuantizeLinear 1 axis=0
      in float_type[2,3] 0.5 0.25 -2.5 -3.25 1 0.75
      const float_type[2] 0.5 0.25
      const int16_type[2] 3 4
      out int16_type[2,3] 4 3 -2 -9 8 7
    com.microsoft.DequantizeLinear 1
      in uint16_type[1,2] 3 9
      in float_type[] 0.25
      in uint16_type[] 100
      out float_type[1,2] -24.25 -22.75
    com.microsoft.DequantizeLinear 1 axis=0
      in uint8_type[2,2] 33 162 0 176
      const float_type[2] 0.5 0.25
      const uint8_type[2] 3 4
      out float_type[2,2] 15 79.5 -1 43
    com.microsoft.DynamicQuantizeLSTM 1 hidden_size=2
      in float_type[2,1,2] -0.75 1 1.75 -0.5
      const int8_type[1,2,8] -45 65 61 60 -41 -81 40 24 -98 100 37 77 -30 -79 114 51
      const int8_type[1,2,8] -110 -31 -36 -79 68 120 -28 7 -10 -62 -43 13 -104 40 -47 116
      const float_type[1,16] -0.25 -0.25 -0.1875 0.375 -0.125 0.1875 -0.0625 -0.4375 0.4375 -0.5 0
          0.75 -0.5625 -0 -0.8125 -0.25
      none
      none
      none
      none
      const float_type[1] 0.005
      const int8_type[1] 3
      const float_type[1] 0.004
      const int8_type[1] 0
      out float_type[2,1,1,2] -0.0869323 -0.1412937 -0.213723 -0.2457334
      out float_type[1,1,2] -0.213723 -0.2457334
      out float_type[1,1,2] -0.3963344 -0.3127587
    com.microsoft.DynamicQuantizeLSTM 1 hidden_size=2
      in float_type[2,1,2] -0.75 1 1.75 -0.5
      const int8_type[1,2,8] -45 65 61 60 -41 -81 40 24 -98 100 37 77 -30 -79 114 51
      const int8_type[1,2,8] -110 -31 -36 -79 68 120 -28 7 -10 -62 -43 13 -104 40 -47 116
      const float_type[1,16] -0.25 -0.25 -0.1875 0.375 -0.125 0.1875 -0.0625 -0.4375 0.4375 -0.5 0
          0.75 -0.5625 -0 -0.8125 -0.25
      none
      none
      none
      none
      const float_type[1,8] 0.005 0.004 0.003 0.002 0.001 0.002 0.003 0.004
      const int8_type[1,8] 0 0 0 0 0 0 0 0
      const float_type[1,8] 0.004 0.004 0.004 0.004 0.004 0.004 0.004 0.004
      const int8_type[1,8] 0 0 0 0 0 0 0 0
      out float_type[2,1,1,2] -0.1127438 -0.1404098 -0.2152247 -0.2435982
      out float_type[1,1,2] -0.2152247 -0.2435982
      out float_type[1,1,2] -0.4316887 -0.3215827
    com.microsoft.DynamicQuantizeLSTM 1 hidden_size=2 direction=bidirectional
      in float_type[3,2,2] 1.75 -2.5 -2 -1.75 -2 1.75 2 0.25 -3 -2.5 -1.25 -0.5
      const int8_type[2,2,8] 31 -6 -61 -88 49 60 -120 -99 -13 -28 99 4 -21 -18 42 22 -84 60 65 116 73
          -56 -47 38 38 50 94 -54 112 -128 -109 121
      const int8_type[2,2,8] 113 -52 -93 -48 -117 100 41 21 -66 -8 -80 69 -7 -121 -63 52 5 -33 -64
          -105 27 41 5 110 109 -75 27 33 -65 -52 -4 61
      none
      in int32_type[2] 3 2
      in float_type[2,2,2] -0.5 0.25 0.25 -0.75 -0.25 0.5 0.5 0.25
      in float_type[2,2,2] -1 0.25 -0.75 0.5 0.75 -0.25 0.75 0.5
      none
      const float_type[2] 0.005 0.004
      const int8_type[2] 0 0
      const float_type[2] 0.004 0.006
      const int8_type[2] 0 0
      out float_type[3,2,2,2] -0.1339448 -0.109707 0.05446122 0.3375012 0.08734828 -0.2112206
          0.1234545 0.09260614 -0.05972689 0.1888636 -0.1329928 0.006087772 0.0853804 0.01626772
          0.1930562 0.3405916 0.1247921 0.4255223 0 0 0.1111972 -0.1338815 0 0
      out float_type[2,2,2] 0.1247921 0.4255223 -0.1329928 0.006087772 0.08734828 -0.2112206 0.1234545
          0.09260614
      out float_type[2,2,2] 0.3127925 0.6008186 -0.3980222 0.01952842 0.2375638 -0.2757285 0.5921178
          0.2685604
    com.microsoft.QAttention 1 num_heads=2
      in uint8_type[1,2,4] 207 21 45 60 46 205 222 149
      const int8_type[4,12] -118 -104 -43 -18 31 -6 -61 -88 49 60 -120 -99 -13 -28 99 4 -21 -18 42
          22 -84 60 65 116 73 -56 -47 38 38 50 94 -54 112 -128 -109 121 113 -52 -93 -48 -117 100 41
          21 -66 -8 -80 69
      const float_type[12] -0.5 2 -1.75 -0.5 1.75 1.25 0.25 1.25 -5.75 2 -2 -3.25
      in float_type[] 0.02
      in float_type[] 0.01
      none
      in uint8_type[] 128
      in int8_type[] 3
      out float_type[1,2,4] -6.084799 -0.5659977 -2.282199 -10.13618 -4.339706 3.320584 -2.268945
          -9.924218
    com.microsoft.QAttention 1 num_heads=1 unidirectional=1
      in uint8_type[2,2,4] 215 168 1 174 57 209 233 109 244 194 83 224 98 26 151 217
      const int8_type[4,12] 40 -28 102 -6 -30 -91 -74 50 76 -54 32 95 -91 -58 6 15 -27 -26 -95 28
          110 -78 76 -82 -117 63 -82 64 -44 17 112 107 -7 -76 -64 89 22 -85 98 118 120 31 121 27 0
          120 26 73
      const float_type[12] 0.75 -1.25 3.25 -2.5 0.75 -2 2.75 -0.0 -0.75 -3.5 3.25 1.5
      in float_type[] 0.02
      in float_type[] 0.01
      in int32_type[2] 1 2
      in uint8_type[] 128
      in int8_type[] 0
      out float_type[2,2,4] 1.6302 -2.0292 6.2796 0.908 1.6302 -2.0292 6.2796 0.908 2.5282 -2.7944
          6.0708 3.2222 -3.482171 0.2015855 1.676021 4.311594
    """
}
