extension NodeCase {
  /// Values from ONNX Runtime of operators that interpolate; see ``NodeCase`` for the form.
  static let sampling = """
    Resize 19 mode=linear axes=[3,2]
      in float_type[1,1,3,4] 0 -1.25 1.5 0.25 1 0.75 -0.75 -2 -1 1.25 -1 0.75
      none
      in float_type[2] 1.5 2
      out float_type[1,1,6,6] 0 -0.625 -0.7916668 1.041667 0.875 0.25 0.25 -0.25 -0.4687501
          0.6562498 0.3125 -0.3125 0.75 0.5 0.1770833 -0.1145833 -0.8125 -1.4375 0.5 0.6875
          0.5937501 -0.5312498 -1.0625 -1.3125 -0.5 0.3125 0.78125 -0.5937498 -0.4375 0.0625 -1
          0.125 0.8750001 -0.6249998 -0.125 0.75
    Resize 19 mode=linear coordinate_transformation_mode=tf_crop_and_resize
          extrapolation_value=7.5
      in float_type[1,1,3,4] 0 -1.25 1.5 0.25 1 0.75 -0.75 -2 -1 1.25 -1 0.75
      in float_type[8] 0 0 0.25 -0.25 1 1 0.9 1.25
      none
      in int64_type[4] 1 1 3 5
      out float_type[1,1,3,5] 7.5 -0.46875 0.125 0.71875 7.5 7.5 0.90625 0 -1.53125 7.5 7.5
          -0.15625 0.125 0.09375 7.5
    Resize 19 mode=linear coordinate_transformation_mode=half_pixel_symmetric
      in float_type[1,1,3,4] 0 -1.25 1.5 0.25 1 0.75 -0.75 -2 -1 1.25 -1 0.75
      none
      const float_type[4] 1 1 0.7 1.3
      out float_type[1,1,2,5] 0.2857142 -0.4189562 0.08928571 0.5206045 -0.392857 -0.4285712
          0.6936814 0.0892857 -0.6881868 -0.03571457
    Resize 19 mode=nearest axes=[3,2]
      in float_type[1,1,3,4] 0 -1.25 1.5 0.25 1 0.75 -0.75 -2 -1 1.25 -1 0.75
      none
      in float_type[2] 1.5 2
      out float_type[1,1,6,6] 0 0 -1.25 1.5 1.5 0.25 0 0 -1.25 1.5 1.5 0.25 1 1 0.75 -0.75 -0.75
          -2 1 1 0.75 -0.75 -0.75 -2 -1 -1 1.25 -1 -1 0.75 -1 -1 1.25 -1 -1 0.75
    Resize 19 mode=nearest coordinate_transformation_mode=tf_crop_and_resize
          extrapolation_value=7.5
      in float_type[1,1,3,4] 0 -1.25 1.5 0.25 1 0.75 -0.75 -2 -1 1.25 -1 0.75
      in float_type[8] 0 0 0.25 -0.25 1 1 0.9 1.25
      none
      in int64_type[4] 1 1 3 5
      out float_type[1,1,3,5] 7.5 0 -1.25 0.25 7.5 7.5 1 0.75 -2 7.5 7.5 -1 1.25 0.75 7.5
    Resize 19 mode=nearest coordinate_transformation_mode=half_pixel_symmetric
      in float_type[1,1,3,4] 0 -1.25 1.5 0.25 1 0.75 -0.75 -2 -1 1.25 -1 0.75
      none
      const float_type[4] 1 1 0.7 1.3
      out float_type[1,1,2,5] 0 -1.25 -1.25 1.5 0.25 -1 1.25 1.25 -1 0.75
    Resize 19 mode=cubic axes=[3,2]
      in float_type[1,1,3,4] 0 -1.25 1.5 0.25 1 0.75 -0.75 -2 -1 1.25 -1 0.75
      none
      in float_type[2] 1.5 2
      out float_type[1,1,6,6] 0.01219346 -1.083038 -1.097891 1.363272 1.41214 0.3787981 0.3933446
          -0.4288025 -0.6271229 0.8371242 0.4913025 -0.4741073 1.048632 0.657196 0.1413453
          -0.02501356 -1.040009 -1.916246 0.6157229 1.061859 0.8167447 -0.6831194 -1.527679
          -1.663764 -0.6609161 0.5566711 1.017673 -0.7655572 -0.6963196 0.1407605 -1.429139
          0.2642517 1.150791 -0.8278331 -0.2115173 1.219414
    Resize 19 mode=cubic coordinate_transformation_mode=tf_crop_and_resize extrapolation_value=7.5
      in float_type[1,1,3,4] 0 -1.25 1.5 0.25 1 0.75 -0.75 -2 -1 1.25 -1 0.75
      in float_type[8] 0 0 0.25 -0.25 1 1 0.9 1.25
      none
      in int64_type[4] 1 1 3 5
      out float_type[1,1,3,5] 7.5 -0.6317139 0.125 0.8817139 7.5 7.5 1.008789 0.09375 -1.648438
          7.5 7.5 -0.04089355 0.171875 -0.02893066 7.5
    Resize 19 mode=cubic coordinate_transformation_mode=half_pixel_symmetric
      in float_type[1,1,3,4] 0 -1.25 1.5 0.25 1 0.75 -0.75 -2 -1 1.25 -1 0.75
      none
      const float_type[4] 1 1 0.7 1.3
      out float_type[1,1,2,5] 0.3805282 -0.6532569 0.1133382 0.7559248 -0.5007571 -0.472153
          1.044007 0.1498952 -1.037472 -0.04841799
    Resize 19 mode=linear antialias=1
      in float_type[1,1,5,4] -0.5 0.5 -1.75 1.25 0 1 0.25 0.75 0 0.75 -1.5 -1 0.75 0 -0.25 -0.25
          0.5 -0.5 0.5 -1
      none
      none
      in int64_type[4] 1 1 2 3
      out float_type[1,1,2,3] 0.06999999 -0.105 0.1563636 0.3390909 -0.09500001 -0.5290909
    Resize 19 mode=linear antialias=1 exclude_outside=1
      in float_type[1,1,5,4] -0.5 1 1 -1 0.75 -1 0.75 -2 -1 -0.5 -0.25 1.5 1 1.5 1.25 -0.25 -0.25
          1 0 -0.25
      none
      const float_type[4] 1 1 0.6 0.5
      out float_type[1,1,3,2] 0.2040816 -0.2091837 -0.09920633 0.25 0.7193879 0.2959184
    Resize 19 mode=cubic antialias=1
      in float_type[1,1,5,4] -1.25 0 -2.75 -0.5 -1 0.75 -0.5 -0.25 1.25 -1 0.25 -2 0 0.5 0.75 -1
          0.25 0.25 0 0.25
      none
      none
      in int64_type[4] 1 1 2 3
      out float_type[1,1,2,3] -0.3460168 -0.5562755 -1.018334 0.3204382 0.35165 -0.4118271
    Resize 19 mode=cubic antialias=1 exclude_outside=1
      in float_type[1,1,5,4] 0.5 0.5 -1 -1.25 2.5 2 -1.5 0.5 0.75 0.75 0.25 -1 -0.25 -0.5 0.25
          -0.25 -0.25 1 1.25 -1.25
      none
      const float_type[4] 1 1 0.6 0.5
      out float_type[1,1,3,2] 1.085209 -0.7282695 0.8052921 -0.2177401 0.1224462 0.07809506
    Resize 18 mode=nearest keep_aspect_ratio_policy=not_larger axes=[2,3]
      in float_type[1,1,3,4] 0 -1.25 1.5 0.25 1 0.75 -0.75 -2 -1 1.25 -1 0.75
      none
      none
      in int64_type[2] 7 7
      out float_type[1,1,5,7] 0 0 -1.25 -1.25 1.5 0.25 0.25 0 0 -1.25 -1.25 1.5 0.25 0.25 1 1 0.75
          0.75 -0.75 -2 -2 1 1 0.75 0.75 -0.75 -2 -2 -1 -1 1.25 1.25 -1 0.75 0.75
    Resize 18 mode=linear keep_aspect_ratio_policy=not_smaller axes=[2,3]
      in float_type[1,1,3,4] 0 -1.25 1.5 0.25 1 0.75 -0.75 -2 -1 1.25 -1 0.75
      none
      none
      const int64_type[2] 5 5
      out float_type[1,1,5,7] 0 -0.5000001 -1.25 0.4000004 1.25 0.4999998 0.25 0.4 0.06000002
          -0.4499999 0.1800001 0.3499999 -0.4000003 -0.6500001 1 0.9 0.75 -0.1500002 -1 -1.75 -2
          -0.2000003 0.2999999 1.05 -0.1200003 -0.79 -0.4599997 -0.3499996 -1 -0.0999999 1.25
          -0.1000003 -0.6499999 0.4000003 0.75
    Resize 19 mode=linear coordinate_transformation_mode=tf_crop_and_resize axes=[2]
      in float_type[1,1,3,4] 0 -1.25 1.5 0.25 1 0.75 -0.75 -2 -1 1.25 -1 0.75
      const float_type[2] 0.25 0.75
      none
      const int64_type[1] 2
      out float_type[1,1,2,4] 0.5 -0.25 0.375 -0.875 0 1 -0.875 -0.625
    Upsample 9 mode=linear
      in float_type[1,1,3,4] 0 -1.25 1.5 0.25 1 0.75 -0.75 -2 -1 1.25 -1 0.75
      in float_type[4] 1 1 2 1.5
      out float_type[1,1,6,6] 0 -0.8333334 -0.3333332 1.5 0.6666666 0.25 0.5 -2.980232e-08
          -0.04166663 0.375 -0.4583334 -0.875 1 0.8333333 0.2499999 -0.75 -1.583333 -2 0 0.6666667
          0.3749999 -0.875 -0.7083334 -0.625 -1 0.5000001 0.4999999 -1 0.1666668 0.75 -1 0.5000001
          0.4999999 -1 0.1666668 0.75
    GridSample 16 mode=bilinear padding_mode=zeros
      in float_type[1,1,3,4] 0 -1.25 1.5 0.25 1 0.75 -0.75 -2 -1 1.25 -1 0.75
      in float_type[1,2,3,2] 0.5 -0.5 0.75 0 0 -1.25 0.25 -0.25 -0.75 -0.25 -0.25 0
      out float_type[1,1,2,3] 0.3125 -2 0.015625 0.09375 0.625 0.75
    GridSample 16 mode=bilinear padding_mode=border
      in float_type[1,1,3,4] 0 -1.25 1.5 0.25 1 0.75 -0.75 -2 -1 1.25 -1 0.75
      in float_type[1,2,3,2] 0.5 -0.5 0.75 0 0 -1.25 0.25 -0.25 -0.75 -0.25 -0.25 0
      out float_type[1,1,2,3] 0.3125 -2 0.125 0.09375 0.625 0.75
    GridSample 16 mode=bilinear padding_mode=reflection
      in float_type[1,1,3,4] 0 -1.25 1.5 0.25 1 0.75 -0.75 -2 -1 1.25 -1 0.75
      in float_type[1,2,3,2] 0.5 -0.5 0.75 0 0 -1.25 0.25 -0.25 -0.75 -0.25 -0.25 0
      out float_type[1,1,2,3] 0.3125 -2 0.125 0.09375 0.625 0.75
    GridSample 16 mode=bilinear padding_mode=reflection align_corners=1
      in float_type[1,1,3,4] 0 -1.25 1.5 0.25 1 0.75 -0.75 -2 -1 1.25 -1 0.75
      in float_type[1,2,3,2] 0.5 -0.5 0.75 0 0 -1.25 0.25 -0.25 -0.75 -0.25 -0.25 0
      out float_type[1,1,2,3] 0.0625 -1.53125 0.09375 -0.1328125 0.5625 0.5625
    GridSample 16 mode=nearest padding_mode=zeros
      in float_type[1,1,3,4] 0 -1.25 1.5 0.25 1 0.75 -0.75 -2 -1 1.25 -1 0.75
      in float_type[1,2,3,2] 0.5 -0.5 0.75 0 0 -1.25 0.25 -0.25 -0.75 -0.25 -0.25 0
      out float_type[1,1,2,3] 1.5 -2 0 -0.75 1 0.75
    GridSample 16 mode=nearest padding_mode=border
      in float_type[1,1,3,4] 0 -1.25 1.5 0.25 1 0.75 -0.75 -2 -1 1.25 -1 0.75
      in float_type[1,2,3,2] 0.5 -0.5 0.75 0 0 -1.25 0.25 -0.25 -0.75 -0.25 -0.25 0
      out float_type[1,1,2,3] 1.5 -2 1.5 -0.75 1 0.75
    GridSample 16 mode=nearest padding_mode=reflection
      in float_type[1,1,3,4] 0 -1.25 1.5 0.25 1 0.75 -0.75 -2 -1 1.25 -1 0.75
      in float_type[1,2,3,2] 0.5 -0.5 0.75 0 0 -1.25 0.25 -0.25 -0.75 -0.25 -0.25 0
      out float_type[1,1,2,3] 1.5 -2 1.5 -0.75 1 0.75
    GridSample 16 mode=nearest padding_mode=reflection align_corners=1
      in float_type[1,1,3,4] 0 -1.25 1.5 0.25 1 0.75 -0.75 -2 -1 1.25 -1 0.75
      in float_type[1,2,3,2] 0.5 -0.5 0.75 0 0 -1.25 0.25 -0.25 -0.75 -0.25 -0.25 0
      out float_type[1,1,2,3] 1.5 -2 1.5 -0.75 1 0.75
    GridSample 16 mode=bicubic padding_mode=zeros
      in float_type[1,1,3,4] 0 -1.25 1.5 0.25 1 0.75 -0.75 -2 -1 1.25 -1 0.75
      in float_type[1,2,3,2] 0.5 -0.5 0.75 0 0 -1.25 0.25 -0.25 -0.75 -0.25 -0.25 0
      out float_type[1,1,2,3] 0.579834 -2 0.01338196 0.1871338 0.859375 0.75
    GridSample 16 mode=bicubic padding_mode=border
      in float_type[1,1,3,4] 0 -1.25 1.5 0.25 1 0.75 -0.75 -2 -1 1.25 -1 0.75
      in float_type[1,2,3,2] 0.5 -0.5 0.75 0 0 -1.25 0.25 -0.25 -0.75 -0.25 -0.25 0
      out float_type[1,1,2,3] 0.4913025 -2 0.1253204 0.08825684 0.859375 0.75
    GridSample 16 mode=bicubic padding_mode=reflection
      in float_type[1,1,3,4] 0 -1.25 1.5 0.25 1 0.75 -0.75 -2 -1 1.25 -1 0.75
      in float_type[1,2,3,2] 0.5 -0.5 0.75 0 0 -1.25 0.25 -0.25 -0.75 -0.25 -0.25 0
      out float_type[1,1,2,3] 0.4913025 -2 0.1275635 0.08825684 0.859375 0.75
    GridSample 16 mode=bicubic padding_mode=reflection align_corners=1
      in float_type[1,1,3,4] 0 -1.25 1.5 0.25 1 0.75 -0.75 -2 -1 1.25 -1 0.75
      in float_type[1,2,3,2] 0.5 -0.5 0.75 0 0 -1.25 0.25 -0.25 -0.75 -0.25 -0.25 0
      out float_type[1,1,2,3] 0.3239746 -1.785767 0.1184692 0.001961708 0.7753344 0.5881348
    GridSample 20 mode=linear padding_mode=border
      in float_type[1,1,2,2,2] -0.5 0 0 0.25 1.5 -0.25 0.75 0.25
      in float_type[1,1,2,2,3] -1.25 1.25 0.25 -0.25 1.25 -1 0 -1.25 0.25 -0.75 0.25 1.25
      out float_type[1,1,1,2,2] 0.5625 0.0625 0.40625 0.9375
    AffineGrid 20
      in float_type[1,2,3] -0.25 -0.25 1 1 0.75 3.25
      in int64_type[4] 1 1 2 3
      out float_type[1,2,3,2] 1.291667 2.208333 1.125 2.875 0.9583333 3.541667 1.041667 2.958333
          0.875 3.625 0.7083333 4.291667
    AffineGrid 20 align_corners=1
      in float_type[1,2,3] -0.5 -0.5 -1 0.5 -0.75 -2.75
      const int64_type[4] 1 1 3 2
      out float_type[1,3,2,2] 0 -2.5 -1 -1.5 -0.5 -3.25 -1.5 -2.25 -1 -4 -2 -3
    AffineGrid 20 align_corners=1
      in float_type[1,3,4] -1.25 0 1 -1.5 -0.5 -0.25 -0.75 0.5 0 0.25 -0.75 1.5
      in int64_type[5] 1 1 2 1 2
      out float_type[1,2,1,2,3] -1.25 1.5 2.5 -3.75 0.5 2.5 0.75 0 1 -1.75 -1 1
    RoiAlign 16 mode=avg output_height=2 output_width=2
      in float_type[2,2,3,4] 0 1.25 -0.5 0.5 -0.75 -1 -0.75 0 -0.25 1.5 -1.25 -1 1.75 0.5 -2 0.5
          0.25 -2.25 -0.25 0 0.75 1 0 1 -0.25 -0.75 -1 0.5 -2 0.75 -1 -0.25 0.5 1.25 -2 -0.75 0
          -0.5 0.75 -2 0.25 0.5 0 1 -1.25 1 -0.75 0.75
      in float_type[3,4] 0 0 3 2 1 0.5 3.5 2.5 2 1 2.5 8
      in int64_type[3] 0 1 0
      out float_type[3,2,2,2] 0.390625 0.109375 -0.828125 -0.78125 1.359375 -1.0625 -0.53125
          -0.859375 -0.3242188 -0.578125 0.2890625 -1.125 0.09375 0.046875 0.3867188 0.09375
          -0.3339844 -0.6347656 0 0 -0.1279297 -0.1103516 0 0
    RoiAlign 10 mode=avg output_height=2 output_width=1 sampling_ratio=2 spatial_scale=0.5
      in float_type[1,1,3,4] -0.25 0.75 0.75 -1.5 -0.25 0 -0.25 -0.75 1.75 0.25 1.5 -0.5
      in float_type[3,4] 0 0 3 2 1 0.5 3.5 2.5 2 2 -1 8
      in int64_type[3] 0 0 0
      out float_type[3,1,2,1] 0.3046875 0.0390625 0.2890625 0.01416016 0.5625 0.4375
    RoiAlign 16 mode=max output_height=2 output_width=2
      in float_type[2,2,3,4] -1 0.25 -0.5 2.5 0.25 1.25 -0.25 -0.25 0 0.25 0.75 0 -0.75 -1 0 0.5
          0.5 0 -0.5 0.25 0.5 0 0 -0.25 1 -0.5 0.25 0.5 0.75 1.5 0.75 0.5 -1.5 0.5 2.25 -0.75 -1
          -0.25 1 0.5 -0.5 0 1 0.75 2.5 1 0.25 0.5
      in float_type[3,4] 0 0 3 2 1 0.5 3.5 2.5 2 1 2.5 8
      in int64_type[3] 0 1 0
      out float_type[3,2,2,2] 0.15625 0.3125 0.78125 0.78125 0 0.0625 0.5 0.03125 0.609375
          0.3515625 0.609375 1.054688 0.21875 0.46875 0.40625 0.46875 0.46875 0.65625 0 0 0 0 0 0
    RoiAlign 10 mode=max output_height=2 output_width=1 sampling_ratio=2 spatial_scale=0.5
      in float_type[1,1,3,4] -0.25 -1 0.25 0.5 -1.5 -0.5 -0.25 0.25 -0.25 0.5 0 1
      in float_type[3,4] 0 0 3 2 1 0.5 3.5 2.5 2 2 -1 8
      in int64_type[3] 0 0 0
      out float_type[3,1,2,1] 0.02734375 0.01171875 0.06835938 0.05078125 0.375 0.375
    RoiAlign 16 coordinate_transformation_mode=output_half_pixel
      in float_type[1,1,3,4] -1.75 1.75 1.5 0 0.75 0.5 -0.75 0.25 0.75 0.25 1 0
      in float_type[3,4] 0 0 3 2 1 0.5 3.5 2.5 2 2 -1 8
      const int64_type[3] 0 0 0
      out float_type[3,1,1,1] 0.375 0.1736111 0.08333334
    MaxRoiPool 1 pooled_shape=[2,2]
      in float_type[2,1,4,4] 0 -0.75 -0.25 -0.5 1.75 0.25 -1 0.5 -0.25 -3 0.5 -1.5 0.5 -1 -1.5 0.5
          -1.5 -0.5 0.25 0.5 0.75 0 -0.75 2 -0.5 1.75 -0.5 1.25 1 -1 0.25 0.75
      in float_type[2,5] 1 0 0 2 3 0 1 1 1 1
      out float_type[2,1,2,2] 0.75 0.25 1.75 1.75 0.25 0.25 0.25 0.25
    MaxRoiPool 1 pooled_shape=[1,3] spatial_scale=0.5
      in float_type[1,2,4,4] 0.75 -0.25 0.25 -0.5 -1.25 1 -0.5 1.5 0.5 -1 -0.25 -0.25 -0.75 0.5
          -0.5 1.75 0.75 -1 0 -0.25 -1.5 1 1 1 -0.5 1 -0.25 1 1.75 0.25 -1.5 -0.25
      in float_type[2,5] 0 0 2 5 7 0 6 6 20 20
      out float_type[2,2,1,3] 1 1 1.75 1.75 1 1 1.75 0 0 -0.25 0 0
    Col2Im 18
      in float_type[1,4,4] 0.75 1.25 -1.25 -0.25 0.25 0.5 1 -1 -0.5 1 0.5 0.5 1.25 0 0.5 -0.25
      in int64_type[2] 3 3
      in int64_type[2] 2 2
      out float_type[1,1,3,3] 0.75 1.5 0.5 -1.75 3 -1 0.5 1 -0.25
    Col2Im 18 pads=[1,0,0,1] strides=[2,1] dilations=[1,2]
      in float_type[1,4,6] -1.25 -1.25 0 -0.25 -0.75 0.25 -1 0 0 -0.75 -2.25 1.5 0.25 -2.75 -0.5
          0.5 -0.25 0.5 -1 0.25 0 -0.25 -0.25 0.25
      in int64_type[2] 4 4
      const int64_type[2] 2 2
      out float_type[1,1,4,4] 0.25 -2.75 -1.5 0.25 -0.25 -0.75 -0.5 -2.25 0.5 -0.25 0.25 -0.25 0 0
          0 0
    Col2Im 18
      in float_type[2,4,3] 1 -0.5 -0.5 0.25 0 0.5 0.75 1.25 0 -2.25 0 0.25 -0.25 -0.25 -2.5 0.5
          -0.25 -1.5 -0.75 -0.75 0.5 0.5 1.5 0.75
      const int64_type[1] 4
      const int64_type[1] 2
      out float_type[2,2,4] 1 -0.25 -0.5 0.5 0.75 -1 0 0.25 -0.25 0.25 -2.75 -1.5 -0.75 -0.25 2
          0.75
    """
}
