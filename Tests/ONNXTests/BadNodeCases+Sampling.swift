extension NodeCase {
  /// Samplings that must be refused; see ``NodeCase`` for the form.
  static let badSampling = """
    Resize 19 antialias=1
      in float_type[1,1,2,2]
      none
      none
      const int64_type[4] 1 1 1 1
      error antialias needs mode linear or cubic
    Resize 19 axes=[4]
      in float_type[1,1,2,2]
      none
      in float_type[1] 2
      error axis 4 is not among the 4 axes
    Resize 19 axes=[2,2]
      in float_type[1,1,2,2]
      none
      in float_type[2] 2 2
      error named twice
    Resize 19 keep_aspect_ratio_policy=larger
      in float_type[1,1,2,2]
      none
      none
      const int64_type[4] 1 1 1 1
      error keep_aspect_ratio_policy 'larger'
    Resize 19 coordinate_transformation_mode=tf_crop_and_resize
      in float_type[1,1,2,2]
      const float_type[2]
      none
      const int64_type[4] 1 1 1 1
      error a region of 8 finite numbers is needed
    Resize 19
      in float_type[1,1,2,2]
      none
      none
      in int64_type[3] 1 1 2
      error the size of input 1 and the number of axes
    Resize 19
      in float_type[1,1,2,2]
      none
      in float_type[4] 1 1 -2 1
      error must be a positive number
    GridSample 16
      in float_type[1,1,2,2]
      in float_type[1,2,2,3]
      error the innermost axis of input 1 and the number of spatial axes
    GridSample 16
      in float_type[1,1,2,2]
      in float_type[2,2,2,2]
      error inputs 0 and 1 at axis 0
    GridSample 16 mode=bilinearly
      in float_type[1,1,2,2]
      in float_type[1,2,2,2]
      error mode is 'bilinearly'
    GridSample 16 padding_mode=wrap
      in float_type[1,1,2,2]
      in float_type[1,2,2,2]
      error padding_mode is 'wrap'
    GridSample 16
      in float_type[1,1,2,2]
      in float_type[1,2,2]
      error input 1 must have rank 4
    AffineGrid 20
      in float_type[1,2,3]
      in int64_type[3] 1 1 2
      error 4 sizes are needed, found 3
    AffineGrid 20
      in float_type[1,2,4]
      in int64_type[4] 1 1 2 2
      error axis 2 of input 0 and its need
    AffineGrid 20
      in float_type[1,4,4]
      in int64_type[4] 1 1 2 2
      error input 0 must be [N, 2, 3] or [N, 3, 4]
    AffineGrid 20
      in float_type[2,2,3]
      in int64_type[4] 1 1 2 2
      error the number of maps and the first size
    AffineGrid 20
      in float_type[1,2,3]
      in int64_type[4] 1 1 -2 2
      error a size must not be negative
    RoiAlign 16
      in float_type[1,1,2,2]
      in float_type[2,4]
      in int64_type[1]
      error the regions and their batches
    RoiAlign 16
      in float_type[1,1,2,2]
      in float_type[2,5]
      in int64_type[2]
      error the coordinates of a region and 4
    RoiAlign 16
      in float_type[1,1,2,2]
      in float_type[2,4]
      in int64_type[2] 0 1
      error index 1 lies outside of axis 0
    RoiAlign 16 mode=sum
      in float_type[1,1,2,2]
      in float_type[2,4]
      in int64_type[2]
      error mode is 'sum'
    RoiAlign 16 output_height=0
      in float_type[1,1,2,2]
      in float_type[2,4]
      in int64_type[2]
      error the numbers of cells must be positive
    RoiAlign 16 sampling_ratio=-1
      in float_type[1,1,2,2]
      in float_type[2,4]
      in int64_type[2]
      error sampling_ratio must be 0 to 1024
    RoiAlign 16
      in float_type[1,1,2,2]
      in float_type[1,4] 0 0 1e+30 1e+30
      in int64_type[1]
      error points in a cell are more than
    RoiAlign 16
      in float_type[1,1,2,2]
      in float_type[1,4] 0 0 nan 1
      in int64_type[1]
      error a region must have finite coordinates
    MaxRoiPool 1
      in float_type[1,1,2,2]
      in float_type[1,5]
      error attribute 'pooled_shape' is needed
    MaxRoiPool 1 pooled_shape=[2]
      in float_type[1,1,2,2]
      in float_type[1,5]
      error pooled_shape must be two positive numbers
    MaxRoiPool 1 pooled_shape=[2,2]
      in float_type[1,1,2,2]
      in float_type[1,4]
      error the numbers of a region and 5
    MaxRoiPool 1 pooled_shape=[2,2]
      in float_type[1,1,2,2]
      in float_type[1,5] 3 0 0 1 1
      error index 3 lies outside of axis 0
    Col2Im 18
      in float_type[1,5,4]
      in int64_type[2] 3 3
      const int64_type[2] 2 2
      error whole windows of [2, 2]
    Col2Im 18
      in float_type[1,4,5]
      in int64_type[2] 3 3
      in int64_type[2] 2 2
      error is not made of windows of [2, 2]
    Col2Im 18
      in float_type[1,4,4]
      in int64_type[2] 3 3
      in int64_type[1] 2
      error inputs 1 and 2 must have one length
    Col2Im 18 strides=[0,1]
      in float_type[1,4,4]
      in int64_type[2] 3 3
      in int64_type[2] 2 2
      error strides must be 2 numbers
    Col2Im 18
      in float_type[1,4,4]
      in int64_type[2] 1099511627776 3
      in int64_type[2] 2 2
      error have no windows of
    """
}
