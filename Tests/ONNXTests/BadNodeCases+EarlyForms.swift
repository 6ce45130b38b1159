extension NodeCase {
  /// Early forms of operators that must be refused; see ``NodeCase`` for the form.
  static let badEarlyForms = """
    Reshape 1
      in float_type[2,3]
      error attribute 'shape' is needed
    Reshape 1 shape=[5]
      in float_type[2,3]
      error the numbers of elements
    Tile 1
      in float_type[2,3]
      in int64_type[]
      const int64_type[] 0
      error must be constant
    Tile 1
      in float_type[2,3]
      const int64_type[] 2
      const int64_type[] 2
      error axis 2 is not among the 2 axes
    Upsample 1 height_scale=0.0 width_scale=1.0
      in float_type[1,1,2,2]
      error scale 0.0 must be a positive number
    Upsample 1 height_scale=2.0 width_scale=2.0
      in float_type[2,3]
      error 4 scales
    """
}
