extension NodeCase {
  /// Activation functions and operators on bits; values from ONNX Runtime, of SwiGLU and Swish from ONNX's reference; see ``NodeCase`` for the form.
  static let activations = """
    Celu 12
      in float_type[2,4] -3 -1 -0.5 0 0.25 1 2.5 20
      out float_type[2,4] -0.950213 -0.6321205 -0.3934693 0 0.25 1 2.5 20
    Celu 12 alpha=2.0
      in float_type[2,4] -3 -1 -0.5 0 0.25 1 2.5 20
      out float_type[2,4] -1.55374 -0.7869387 -0.4423984 0 0.25 1 2.5 20
    Gelu 20
      in float_type[2,4] -3 -1 -0.5 0 0.25 1 2.5 20
      out float_type[2,4] -0.004049689 -0.1586553 -0.1542688 0 0.1496766 0.8413447 2.484476 20
    Gelu 20 approximate=tanh
      in float_type[2,4] -3 -1 -0.5 0 0.25 1 2.5 20
      out float_type[2,4] -0.003637522 -0.158808 -0.154286 0 0.1496754 0.841192 2.484916 20
    Hardmax 13
      in float_type[2,4] 1 -1.25 -1 -0.875 -1 1 1.125 0.25
      out float_type[2,4] 1 0 0 0 0 0 1 0
    Hardmax 11 axis=1
      in float_type[2,2,3] -1.5 -1.25 -0.5 -0.25 0.375 -0.125 -0.75 -1.125 0.625 0.75 -1.5 -1.25
      out float_type[2,2,3] 0 0 0 0 1 0 0 0 0 1 0 0
    Hardmax 13 axis=0
      in float_type[2,3] 1 3 3 2 2 0
      out float_type[2,3] 0 1 1 1 0 0
    Mish 18
      in float_type[2,4] -3 -1 -0.5 0 0.25 1 2.5 20
      out float_type[2,4] -0.1456475 -0.3034014 -0.2207438 0 0.1695724 0.8650985 2.471392 20
    Selu 6
      in float_type[2,4] -3 -1 -0.5 0 0.25 1 2.5 20
      out float_type[2,4] -1.670569 -1.111331 -0.6917582 0 0.2626753 1.050701 2.626753 21.01402
    Selu 6 alpha=2.0 gamma=0.5
      in float_type[2,4] -3 -1 -0.5 0 0.25 1 2.5 20
      out float_type[2,4] -0.950213 -0.6321205 -0.3934693 0 0.125 0.5 1.25 10
    Selu 1
      in float_type[2,4] -3 -1 -0.5 0 0.25 1 2.5 20
      out float_type[2,4] -1.670504 -1.111288 -0.6917313 0 0.262675 1.0507 2.62675 21.014
    Shrink 9
      in float_type[2,4] -3 -1 -0.5 0 0.25 1 2.5 20
      out float_type[2,4] -3 -1 0 0 0 1 2.5 20
    Shrink 9 lambd=1.5 bias=1.5
      in float_type[2,4] -3 -1 -0.5 0 0.25 1 2.5 20
      out float_type[2,4] -1.5 0 0 0 0 0 1 18.5
    Shrink 9 lambd=2.0 bias=2.0
      in int8_type[5] -1 -3 10 0 -2
      out int8_type[5] 0 -1 8 0 0
    Softplus 1
      in float_type[7] -200 -20 -1 0 1 20 200
      out float_type[7] 0 2.061154e-09 0.3132617 0.6931472 1.313262 20 200
    Softsign 1
      in float_type[2,4] -3 -1 -0.5 0 0.25 1 2.5 20
      out float_type[2,4] -0.75 -0.5 -0.3333333 0 0.2 0.5 0.7142857 0.952381
    SwiGLU 28
      in float_type[2,3] -0.25 0.5 0.25 -1 0.75 0.75
      in float_type[2,3] 1.375 0.875 -0.625 -0.625 0.5 0.5
      out float_type[2,3] -0.1505018 0.272326 -0.08784008 0.1680884 0.254692 0.254692
    SwiGLU 28 alpha=0.5
      in float_type[2,3] -0.25 0.5 0.25 -1 0.75 0.75
      in float_type[2,3] 1.375 0.875 -0.625 -0.625 0.5 0.5
      out float_type[2,3] -0.1611468 0.2459522 -0.08300147 0.2359629 0.22225 0.22225
    Swish 24
      in float_type[2,4] -3 -1 -0.5 0 0.25 1 2.5 20
      out float_type[2,4] -0.1422776 -0.2689414 -0.1887703 0 0.1405441 0.7310586 2.310354 20
    Swish 24 alpha=2.0
      in float_type[2,4] -3 -1 -0.5 0 0.25 1 2.5 20
      out float_type[2,4] -0.00741787 -0.1192029 -0.1344707 0 0.1556148 0.880797 2.483268 20
    ThresholdedRelu 10
      in float_type[2,4] -3 -1 -0.5 0 0.25 1 2.5 20
      out float_type[2,4] 0 0 0 0 0 0 2.5 20
    ThresholdedRelu 10 alpha=0.25
      in float_type[2,4] -3 -1 -0.5 0 0.25 1 2.5 20
      out float_type[2,4] 0 0 0 0 0 1 2.5 20
    BitShift 11 direction=RIGHT
      in uint8_type[2,3] 16 4 1 255 3 128
      in uint8_type[3] 1 2 7
      out uint8_type[2,3] 8 1 0 127 0 1
    BitShift 11 direction=LEFT
      in uint8_type[2,3] 16 4 1 255 3 128
      in uint8_type[3] 1 2 8
      out uint8_type[2,3] 32 16 0 254 12 0
    BitwiseAnd 18
      in int32_type[2,3] 5 9 -5 11 -12 -11
      in int32_type[3] 12 11 -5
      out int32_type[2,3] 4 9 -5 8 0 -15
    BitwiseAnd 18
      in uint8_type[2] 35 80
      in uint8_type[2] 10 227
      out uint8_type[2] 2 64
    BitwiseOr 18
      in int32_type[2,3] 5 9 -5 11 -12 -11
      in int32_type[3] 12 11 -5
      out int32_type[2,3] 13 11 -5 15 -1 -1
    BitwiseOr 18
      in uint8_type[2] 168 149
      in uint8_type[2] 62 120
      out uint8_type[2] 190 253
    BitwiseXor 18
      in int32_type[2,3] 5 9 -5 11 -12 -11
      in int32_type[3] 12 11 -5
      out int32_type[2,3] 9 2 0 7 -1 14
    BitwiseXor 18
      in uint8_type[2] 48 197
      in uint8_type[2] 120 7
      out uint8_type[2] 72 194
    BitwiseNot 18
      in int32_type[2,3] 5 9 -5 11 -12 -11
      out int32_type[2,3] -6 -10 4 -12 11 10
    BitwiseNot 18
      in uint8_type[3] 0 1 255
      out uint8_type[3] 255 254 0
    """
}
