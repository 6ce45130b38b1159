extension NodeCase {
  /// Values from ONNX Runtime; see ``NodeCase`` for the form.
  static let resizing = """
    Resize 10 mode=nearest
      in float_type[1,1,3,4] 1 -0.5 -3 1.75 1.25 2 2.5 1.5 2.25 -2.5 2.5 2.5
      const float_type[4] 1 1 2 1.5
      out float_type[1,1,6,6] 1 1 -0.5 -3 -3 1.75 1 1 -0.5 -3 -3 1.75 1.25 1.25 2 2.5 2.5 1.5 1.25
          1.25 2 2.5 2.5 1.5 2.25 2.25 -2.5 2.5 2.5 2.5 2.25 2.25 -2.5 2.5 2.5 2.5
    Resize 10 mode=linear
      in float_type[1,1,3,4] 1 -0.5 -3 1.75 1.25 2 2.5 1.5 2.25 -2.5 2.5 2.5
      const float_type[4] 1 1 2 1.5
      out float_type[1,1,6,6] 1 -2.980232e-08 -1.333333 -3 0.166667 1.75 1.125 0.875 0.4166666 -0.25
          1 1.625 1.25 1.75 2.166667 2.5 1.833333 1.5 1.75 0.4166666 0.6666669 2.5 2.166667 2 2.25
          -0.9166668 -0.833333 2.5 2.5 2.5 2.25 -0.9166668 -0.833333 2.5 2.5 2.5
    Resize 10 mode=nearest
      in float_type[1,1,3,4] 1 -0.5 -3 1.75 1.25 2 2.5 1.5 2.25 -2.5 2.5 2.5
      const float_type[4] 1 1 0.67 0.5
      out float_type[1,1,2,2] 1 -3 2.25 2.5
    Resize 10 mode=linear
      in float_type[1,1,3,4] 1 -0.5 -3 1.75 1.25 2 2.5 1.5 2.25 -2.5 2.5 2.5
      const float_type[4] 1 1 0.67 0.5
      out float_type[1,1,2,2] 1 -3 1.742537 2.5
    Resize 10 mode=nearest
      in float_type[1,1,3,4] 1 -0.5 -3 1.75 1.25 2 2.5 1.5 2.25 -2.5 2.5 2.5
      const float_type[4] 1 1 2 0.5
      out float_type[1,1,6,2] 1 -3 1 -3 1.25 2.5 1.25 2.5 2.25 2.5 2.25 2.5
    Resize 10 mode=linear
      in float_type[1,1,3,4] 1 -0.5 -3 1.75 1.25 2 2.5 1.5 2.25 -2.5 2.5 2.5
      const float_type[4] 1 1 2 0.5
      out float_type[1,1,6,2] 1 -3 1.125 -0.25 1.25 2.5 1.75 2.5 2.25 2.5 2.25 2.5
    Upsample 7 scales=[1.0,1.0,2.0,2.0]
      in float_type[1,1,3,4] 1 -0.5 -3 1.75 1.25 2 2.5 1.5 2.25 -2.5 2.5 2.5
      out float_type[1,1,6,8] 1 1 -0.5 -0.5 -3 -3 1.75 1.75 1 1 -0.5 -0.5 -3 -3 1.75 1.75 1.25 1.25
          2 2 2.5 2.5 1.5 1.5 1.25 1.25 2 2 2.5 2.5 1.5 1.5 2.25 2.25 -2.5 -2.5 2.5 2.5 2.5 2.5 2.25
          2.25 -2.5 -2.5 2.5 2.5 2.5 2.5
    Upsample 9 mode=linear
      in float_type[1,1,3,4] 1 -0.5 -3 1.75 1.25 2 2.5 1.5 2.25 -2.5 2.5 2.5
      const float_type[4] 1 1 1 2
      out float_type[1,1,3,8] 1 0.25 -0.5 -1.75 -3 -0.625 1.75 1.75 1.25 1.625 2 2.25 2.5 2 1.5 1.5
          2.25 -0.125 -2.5 0 2.5 2.5 2.5 2.5
    Upsample 9
      in float_type[1,1,3,4] 1 -0.5 -3 1.75 1.25 2 2.5 1.5 2.25 -2.5 2.5 2.5
      in float_type[4] 1 1 2 1
      out float_type[1,1,6,4] 1 -0.5 -3 1.75 1 -0.5 -3 1.75 1.25 2 2.5 1.5 1.25 2 2.5 1.5 2.25 -2.5
          2.5 2.5 2.25 -2.5 2.5 2.5
    Resize 11 coordinate_transformation_mode=half_pixel mode=linear
      in float_type[1,1,3,4] 1 -0.5 -3 1.75 1.25 2 2.5 1.5 2.25 -2.5 2.5 2.5
      const float_type[0]
      const float_type[4] 1 1 1.5 0.5
      out float_type[1,1,4,2] 0.25 -0.625 0.9375 0.6875 1.333333 2.083333 0.1666669 2.416667
    Resize 11 coordinate_transformation_mode=asymmetric mode=linear
      in float_type[1,1,3,4] 1 -0.5 -3 1.75 1.25 2 2.5 1.5 2.25 -2.5 2.5 2.5
      const float_type[0]
      const float_type[4] 1 1 1.5 0.5
      out float_type[1,1,4,2] 1 -3 1.166667 0.6666668 1.583333 2.5 2.25 2.5
    Resize 11 coordinate_transformation_mode=align_corners mode=linear
      in float_type[1,1,3,4] 1 -0.5 -3 1.75 1.25 2 2.5 1.5 2.25 -2.5 2.5 2.5
      const float_type[0]
      const float_type[4] 1 1 1.5 0.5
      out float_type[1,1,4,2] 1 1.75 1.166667 1.583333 1.583333 1.833333 2.25 2.5
    Resize 11 coordinate_transformation_mode=pytorch_half_pixel mode=linear
      in float_type[1,1,3,4] 1 -0.5 -3 1.75 1.25 2 2.5 1.5 2.25 -2.5 2.5 2.5
      const float_type[0]
      const float_type[4] 1 1 1.5 0.5
      out float_type[1,1,4,2] 0.25 -0.625 0.9375 0.6875 1.333333 2.083333 0.1666669 2.416667
    Resize 13 coordinate_transformation_mode=half_pixel mode=nearest
      in float_type[1,1,3,4] 1 -0.5 -3 1.75 1.25 2 2.5 1.5 2.25 -2.5 2.5 2.5
      const float_type[0]
      const float_type[4] 1 1 1.5 0.5
      out float_type[1,1,4,2] 1 -3 1 -3 1.25 2.5 2.25 2.5
    Resize 13 coordinate_transformation_mode=asymmetric mode=nearest
      in float_type[1,1,3,4] 1 -0.5 -3 1.75 1.25 2 2.5 1.5 2.25 -2.5 2.5 2.5
      const float_type[0]
      const float_type[4] 1 1 1.5 0.5
      out float_type[1,1,4,2] 1 -3 1.25 2.5 1.25 2.5 2.25 2.5
    Resize 13 coordinate_transformation_mode=align_corners mode=nearest
      in float_type[1,1,3,4] 1 -0.5 -3 1.75 1.25 2 2.5 1.5 2.25 -2.5 2.5 2.5
      const float_type[0]
      const float_type[4] 1 1 1.5 0.5
      out float_type[1,1,4,2] 1 1.75 1.25 1.5 1.25 1.5 2.25 2.5
    Resize 13 coordinate_transformation_mode=pytorch_half_pixel mode=nearest
      in float_type[1,1,3,4] 1 -0.5 -3 1.75 1.25 2 2.5 1.5 2.25 -2.5 2.5 2.5
      const float_type[0]
      const float_type[4] 1 1 1.5 0.5
      out float_type[1,1,4,2] 1 -3 1 -3 1.25 2.5 2.25 2.5
    Resize 13 nearest_mode=floor coordinate_transformation_mode=asymmetric
      in float_type[1,1,3,4] 1 -0.5 -3 1.75 1.25 2 2.5 1.5 2.25 -2.5 2.5 2.5
      none
      none
      const int64_type[4] 1 1 5 3
      out float_type[1,1,5,3] 1 -0.5 -3 1 -0.5 -3 1.25 2 2.5 1.25 2 2.5 2.25 -2.5 2.5
    Resize 13 nearest_mode=ceil coordinate_transformation_mode=asymmetric
      in float_type[1,1,3,4] 1 -0.5 -3 1.75 1.25 2 2.5 1.5 2.25 -2.5 2.5 2.5
      none
      none
      const int64_type[4] 1 1 5 3
      out float_type[1,1,5,3] 1 -3 1.75 1.25 2.5 1.5 2.25 2.5 2.5 2.25 2.5 2.5 2.25 2.5 2.5
    Resize 13 nearest_mode=round_prefer_floor coordinate_transformation_mode=asymmetric
      in float_type[1,1,3,4] 1 -0.5 -3 1.75 1.25 2 2.5 1.5 2.25 -2.5 2.5 2.5
      none
      none
      const int64_type[4] 1 1 5 3
      out float_type[1,1,5,3] 1 -0.5 1.75 1.25 2 1.5 1.25 2 1.5 2.25 -2.5 2.5 2.25 -2.5 2.5
    Resize 13 nearest_mode=round_prefer_ceil coordinate_transformation_mode=asymmetric
      in float_type[1,1,3,4] 1 -0.5 -3 1.75 1.25 2 2.5 1.5 2.25 -2.5 2.5 2.5
      none
      none
      const int64_type[4] 1 1 5 3
      out float_type[1,1,5,3] 1 -0.5 1.75 1.25 2 1.5 1.25 2 1.5 2.25 -2.5 2.5 2.25 -2.5 2.5
    Resize 11 coordinate_transformation_mode=tf_half_pixel_for_nn nearest_mode=floor
      in float_type[1,1,3,4] 1 -0.5 -3 1.75 1.25 2 2.5 1.5 2.25 -2.5 2.5 2.5
      const float_type[0]
      const float_type[4] 1 1 1.5 2
      out float_type[1,1,4,8] 1 1 -0.5 -0.5 -3 -3 1.75 1.75 1.25 1.25 2 2 2.5 2.5 1.5 1.5 1.25 1.25
          2 2 2.5 2.5 1.5 1.5 2.25 2.25 -2.5 -2.5 2.5 2.5 2.5 2.5
    Resize 19 coordinate_transformation_mode=half_pixel_symmetric mode=linear
      in float_type[1,1,3,4] 1 -0.5 -3 1.75 1.25 2 2.5 1.5 2.25 -2.5 2.5 2.5
      none
      const float_type[4] 1 1 1.5 0.7
      out float_type[1,1,4,2] -0.1785714 -1.982143 1.166667 0.8630948 0.7321428 2.357143 -1.482143
          2.5
    Resize 13 mode=cubic cubic_coeff_a=-0.5
      in float_type[1,1,3,4] 1 -0.5 -3 1.75 1.25 2 2.5 1.5 2.25 -2.5 2.5 2.5
      const float_type[0]
      const float_type[4] 1 1 1.5 2
      out float_type[1,1,4,8] 1.100156 0.7170592 -0.1255512 -1.421503 -3.170798 -2.47384 0.6693705
          2.121849 1.064697 1.086182 1.127686 0.7263184 -0.1179199 0.02807617 1.164307 1.689941
          1.369497 1.400671 1.473244 1.893618 2.661792 2.65747 1.880651 1.520657 2.418127 1.202139
          -1.420238 -1.297969 1.568948 2.841607 2.52001 2.363593
    Resize 18 mode=cubic antialias=1
      in float_type[1,1,2,2] 2 1.5 1 -1
      none
      none
      const int64_type[4] 1 1 1 3
      out float_type[1,1,1,3] 1.608507 0.875 0.1414935
    Resize 18 mode=cubic antialias=1 exclude_outside=1
      in float_type[1,1,2,2] 2 1.5 1 -1
      none
      none
      const int64_type[4] 1 1 1 3
      out float_type[1,1,1,3] 1.626689 0.875 0.1233114
    Resize 13 mode=cubic exclude_outside=1
      in float_type[1,1,3,4] 1 -0.5 -3 1.75 1.25 2 2.5 1.5 2.25 -2.5 2.5 2.5
      const float_type[0]
      const float_type[4] 1 1 1.5 2
      out float_type[1,1,4,8] 1.210304 0.7096802 -0.03078154 -1.758406 -3.545331 -2.494843 0.5932277
          2.502534 1.028571 1.076729 1.182857 0.6139231 -0.3573382 -0.1253098 1.084629 1.827597
          1.419614 1.397599 1.333915 1.888669 2.77986 2.781919 1.956563 1.455101 2.665723 1.163024
          -1.311361 -1.269491 1.462245 2.985019 2.551477 2.333418
    Resize 13 mode=linear
      in float_type[1,1,3,4] 1 -0.5 -3 1.75 1.25 2 2.5 1.5 2.25 -2.5 2.5 2.5
      none
      none
      in int64_type[4] 1 1 2 6
      out float_type[1,1,2,6] 1.0625 0.59375 -0.1666666 -1.333333 0.03125 1.6875 2 0.3125 -0.7291668
          1.854166 2.375 2.25
    Resize 18 axes=[3,2]
      in float_type[1,1,3,4] 1 -0.5 -3 1.75 1.25 2 2.5 1.5 2.25 -2.5 2.5 2.5
      none
      const float_type[2] 2 0.5
      out float_type[1,1,1,8] 1 1 -0.5 -0.5 -3 -3 1.75 1.75
    Resize 18 axes=[-2,3] mode=linear
      in float_type[1,1,3,4] 1 -0.5 -3 1.75 1.25 2 2.5 1.5 2.25 -2.5 2.5 2.5
      none
      none
      const int64_type[2] 2 6
      out float_type[1,1,2,6] 1.0625 0.59375 -0.1666666 -1.333333 0.03125 1.6875 2 0.3125 -0.7291668
          1.854166 2.375 2.25
    Resize 13 mode=linear
      in int32_type[1,1,2,3] 7 0 5 -3 7 0
      none
      const float_type[4] 1 1 0.5 3
      out int32_type[1,1,1,9] 2 2 2 3 3 3 2 2 2
    Resize 13 mode=linear coordinate_transformation_mode=align_corners
      in int32_type[1,1,1,4] 5 1 -4 7
      none
      const float_type[4] 1 1 1 2.5
      out int32_type[1,1,1,10] 5 3 2 1 0 -2 -4 0 3 7
    """
}
