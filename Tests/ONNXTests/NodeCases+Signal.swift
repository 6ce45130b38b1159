extension NodeCase {
  /// Fourier transforms, windows and sums of products; values from ONNX Runtime or ONNX's reference; see ``NodeCase`` for the form.
  static let signal = """
    DFT 20
      in float_type[1,4,1] -0.5 -0.875 -0.5 0.5
      none
      in int64_type[] 1
      out float_type[1,4,2] -1.375 0 0 1.375 -0.625 0 0 -1.375
    DFT 20
      in float_type[2,3,2] -1 -1.375 0.625 -0.75 -0.375 -0.625 -0.75 -0.75 -0.875 0.75 -0.25 0.25
      const int64_type[] 5
      out float_type[2,5,2] -0.75 -2.75 -1.584141 -1.475118 -1.467946 -1.685385 -1.775088 -0.2373609
          0.5771751 -0.7271363 -1.875 0.25 0.04210308 0.2586293 0.08371043 -1.002961 -0.3224392
          -1.556056 -1.678374 -1.699612
    DFT 20 onesided=1
      in float_type[6,2,1] -0.25 1.25 0.25 0.625 1.5 -0.625 -0.125 -0.5 -0.875 -1.125 0 -0.75
      none
      const int64_type[] 0
      out float_type[4,2,2] 0.5 0 -1.125 0 -0.3125 -2.273317 2.5625 -1.623798 -0.8125 1.840304
          1.6875 -0.7577722 0.25 0 0.125 1.110223e-16
    DFT 17 inverse=1 axis=1
      in float_type[1,3,2] -1.375 0.375 0.125 0.75 -0.75 -0.625
      out float_type[1,3,2] -0.6666667 0.1666667 -0.751095 0.3567574 0.04276165 -0.1484241
    DFT 20 inverse=1 onesided=1
      in float_type[1,3,2] 0.5 -0.5 -1 1 -1 1.375
      out float_type[1,4,1] -0.625 -0.125 0.375 0.875
    DFT 20 inverse=1 onesided=1
      in float_type[1,3,2] 1 -1.25 0.875 -1.375 -0.125 0.75
      in int64_type[] 5
      out float_type[1,5,1] 0.5 0.6953524 0.5099921 -0.7072057 0.001861286
    STFT 17
      in float_type[1,8,1] -0.375 0 -1.375 -0.25 0 0.375 0.25 0.875
      const int64_type[] 2
      in float_type[4] 0.125 -1.375 1.125 1.5
      out float_type[1,3,3,2] -1.96875 0 1.5 -0.3750001 -1.21875 -3.278354e-08 0.734375 0 -0.1718749
          0.21875 -1.078125 7.922689e-08 1.078125 0 -0.2812498 1.828125 -0.515625 6.966503e-08
    STFT 17 onesided=0
      in float_type[1,6,1] 0.75 1.375 0.875 -0.25 0.75 -0.125
      const int64_type[] 3
      none
      const int64_type[] 3
      out float_type[1,2,3,2] 3 -6.109476e-07 -0.3750002 -0.4330124 -0.3749999 0.4330129 0.3750001
          -1.862645e-07 -0.5625004 -0.757772 -0.5624998 0.7577722
    STFT 17 onesided=0
      in float_type[1,6,2] 1.5 -0.75 -0.125 0.25 0.75 -0.875 -0.625 0.125 1.125 1.25 -0.125 0
      in int64_type[] 2
      in float_type[3] -1 1 -0.75
      out float_type[1,2,3,2] -2.1875 1.65625 -1.508073 -0.08201111 -0.8044272 0.6757611 -2.21875
          0.0625 0.904527 1.091807 -0.935777 1.470693
    HannWindow 17
      in int64_type[] 5
      out float_type[5] 0 0.3454915 0.9045085 0.9045085 0.3454915
    HannWindow 17 periodic=0 output_datatype=11
      const int32_type[] 5
      out double_type[5] 0 0.5 1 0.5 0
    HammingWindow 17
      in int64_type[] 4
      out float_type[4] 0.0869565 0.5434783 1 0.5434783
    HammingWindow 17 periodic=0
      in int64_type[] 5
      out float_type[5] 0.0869565 0.5434783 1 0.5434783 0.0869565
    BlackmanWindow 17
      in int64_type[] 4
      out float_type[4] 1.490116e-08 0.34 1 0.34
    BlackmanWindow 17 periodic=0
      in int64_type[] 5
      out float_type[5] 1.490116e-08 0.34 1 0.34 1.490116e-08
    MelWeightMatrix 17
      const int64_type[] 4
      const int64_type[] 16
      in int64_type[] 8192
      in float_type[] 0
      in float_type[] 4096
      out float_type[9,4] 1 0 0 0 0 1 0 0 0 0 1 0 0 0 0 1 0 0 0 0.5 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0
    MelWeightMatrix 17 output_datatype=11
      in int32_type[] 2
      in int32_type[] 9
      in int32_type[] 100
      in float_type[] 10
      in float_type[] 30
      out double_type[5,2] 0 0 1 1 0 0 0 0 0 0
    Einsum 12 equation=ij,jk->ik
      in float_type[2,3] -1 0.5 1.25 0.375 -1.125 1
      in float_type[3,2] -0.875 0.625 0.75 0.875 -0.625 -0.5
      out float_type[2,2] 0.46875 -0.8125 -1.796875 -1.25
    Einsum 12 equation=ii->i
      in float_type[3,3] -1.25 0.875 -1.25 -1.375 0.875 -1 -1.5 -0.5 -1.375
      out float_type[3] -1.25 0.875 -1.375
    Einsum 12 equation=...ij,...jk->...ik
      in float_type[2,2,3] 1.375 1.375 1.5 0.875 0.5 -0.375 0.5 -1 -1.375 1.125 1.375 0.875
      in float_type[1,3,2] -1 0.5 1.375 0.125 -1.5 0.125
      out float_type[2,2,2] -1.734375 1.046875 0.375 0.453125 0.1875 -0.046875 -0.546875 0.84375
    Einsum 12 equation=iji->j
      in float_type[2,3,2] 1.5 1.5 0.875 0.125 -1 -1.25 -0.125 -1.375 1.5 0.25 1.5 0.75
      out float_type[3] 0.125 1.125 -0.25
    Einsum 12 equation=ij,jk
      in float_type[2,3] -0.125 0.375 -0.75 0.75 -0.375 -0.625
      in float_type[3,2] 0.25 -0.375 -0.125 -0.75 0.125 -0.375
      out float_type[2,2] -0.171875 0.046875 0.15625 0.234375
    Einsum 12 equation=ab,bc,ca->
      in float_type[2,2] -1 -0.75 -1 1
      in float_type[2,3] -0.875 -1.125 -0.375 -0.875 0.75 0.625
      in float_type[3,2] -0.375 -0.375 -0.375 -0.5 -1.5 1.5
      out float_type[] -0.08203125
    Einsum 12 equation=i,j->ji
      in int64_type[2] 4 10
      in int64_type[3] 10 -7 -7
      out int64_type[3,2] 40 100 -28 -70 -28 -70
    """
}
