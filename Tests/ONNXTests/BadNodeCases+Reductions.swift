extension NodeCase {
  /// Reductions that must be refused; see ``NodeCase`` for the form.
  static let badReductions = """
    ReduceL1 18
      in float_type[2,3]
      const int64_type[1] 2
      error axis 2 is not among the 2 axes
    ReduceL1 11 axes=[-3]
      in float_type[2,3]
      error axis -3 is not among the 2 axes
    ReduceSum 13
      in float_type[2,3]
      const int64_type[1] 9223372036854775807
      error is not among the 2 axes
    ReduceSum 13
      in bool_type[2,3]
      error input 0 must have a number type, found bool_type
    ArgMax 13 axis=2
      in float_type[2,3]
      error axis 2 is not among the 2 axes
    ArgMax 13
      in float_type[0,3]
      error has no elements
    ReduceL2 18
      in float_type[2,3]
      const int64_type[1] -3
      error axis -3 is not among the 2 axes
    ReduceL2 11
      in bool_type[2,3]
      error must have a number type, found bool_type
    ReduceLogSum 18
      in float_type[2,3]
      const int64_type[1] -3
      error axis -3 is not among the 2 axes
    ReduceLogSum 11
      in bool_type[2,3]
      error must have a number type, found bool_type
    ReduceLogSumExp 18
      in float_type[2,3]
      const int64_type[1] -3
      error axis -3 is not among the 2 axes
    ReduceLogSumExp 11
      in bool_type[2,3]
      error must have a number type, found bool_type
    ReduceMax 18
      in float_type[2,3]
      const int64_type[1] -3
      error axis -3 is not among the 2 axes
    ReduceMax 11 axes=[0,2]
      in float_type[2,3]
      error axis 2 is not among the 2 axes
    ReduceMean 18
      in float_type[2,3]
      const int64_type[1] -3
      error axis -3 is not among the 2 axes
    ReduceMean 11
      in bool_type[2,3]
      error must have a number type, found bool_type
    ReduceMin 18
      in float_type[2,3]
      const int64_type[1] -3
      error axis -3 is not among the 2 axes
    ReduceMin 11 axes=[0,2]
      in float_type[2,3]
      error axis 2 is not among the 2 axes
    ReduceProd 18
      in float_type[2,3]
      const int64_type[1] -3
      error axis -3 is not among the 2 axes
    ReduceProd 11
      in bool_type[2,3]
      error must have a number type, found bool_type
    ReduceSumSquare 18
      in float_type[2,3]
      const int64_type[1] -3
      error axis -3 is not among the 2 axes
    ReduceSumSquare 11
      in bool_type[2,3]
      error must have a number type, found bool_type
    ArgMin 13 axis=-3
      in float_type[2,3]
      error axis -3 is not among the 2 axes
    ArgMin 13
      in float_type[0,3]
      error has no elements
    """
}
