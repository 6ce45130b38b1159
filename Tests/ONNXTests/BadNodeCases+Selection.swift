extension NodeCase {
  /// Selections and scatters that must be refused; see ``NodeCase`` for the form.
  static let badSelection = """
    NonZero 13
      error input 0 is needed
    Compress 11 axis=2
      in float_type[2,3]
      in bool_type[3]
      error axis 2 is not among the 2 axes
    Compress 11 axis=1
      in float_type[2,3]
      in float_type[3]
      error the condition must be a vector of bool
    Compress 11
      in float_type[2,3]
      in bool_type[2,3]
      error the condition must be a vector of bool
    Unique 11 axis=-3
      in float_type[2,3]
      error axis -3 is not among the 2 axes
    Unique 11 axis=0
      in float_type[]
      error axis 0 is not among the 0 axes
    TopK 11 axis=2
      in float_type[2,3]
      in int64_type[1] 1
      error axis 2 is not among the 2 axes
    TopK 11
      in float_type[2,3]
      const int64_type[1] 4
      error k must be 0 to 3
    TopK 11
      in float_type[2,3]
      in int64_type[1] -1
      error k must be 0 to 3
    TopK 11
      in float_type[2,3]
      in int64_type[2] 1 1
      error the elements of input 1 and 1
    TopK 11
      in float_type[2,3]
      in float_type[1]
      error input 1 must have int64_type or int32_type
    TopK 9
      in float_type[2,3]
      error attribute 'k' is needed
    TopK 11
      in bool_type[2,3]
      in int64_type[1] 1
      error input 0 must have a number type
    NonMaxSuppression 11
      in float_type[1,6,3]
      in float_type[1,1,6]
      error the innermost axis of input 0 and 4
    NonMaxSuppression 11
      in float_type[1,6,4]
      in float_type[1,1,5]
      error the boxes and the scores of each class
    NonMaxSuppression 11
      in float_type[6,4]
      in float_type[1,1,6]
      error input 0 must have rank 3
    NonMaxSuppression 11
      in float_type[1,6,4]
      in float_type[1,1,6]
      in int64_type[1] 3
      in float_type[1] 1.5
      error must be 0 to 1, found 1.5
    NonMaxSuppression 11
      in float_type[1,6,4]
      in float_type[1,1,6]
      in float_type[1]
      error input 2 must have int64_type or int32_type
    OneHot 11
      in int64_type[2]
      in int64_type[] 3
      in float_type[3]
      error the number of values and 2
    OneHot 11 axis=2
      in int64_type[2]
      in int64_type[] 3
      in float_type[2]
      error axis 2 is not among the 2 axes
    OneHot 11
      in int64_type[2]
      const int64_type[] -1
      in float_type[2]
      error the depth must not be negative
    OneHot 11
      in int64_type[2]
      in int64_type[] -1
      in float_type[2]
      error negative
    OneHot 11
      in int64_type[2]
      in int64_type[] 1152921504606846976
      in float_type[2]
      error needs more than the largest size of a tensor
    CumSum 11
      in float_type[2,3]
      const int64_type[] 2
      error axis 2 is not among the 2 axes
    CumSum 11
      in float_type[2,3]
      in int64_type[] -3
      error axis -3 is not among the 2 axes
    CumSum 11
      in bool_type[2,3]
      const int64_type[]
      error input 0 must have a number type
    CumProd 26
      in float_type[2,3]
      in int64_type[2] 0 1
      error the elements of input 1 and 1
    CumProd 26
      in float_type[]
      in int64_type[]
      error input 0 must have rank
    Scatter 9
      in float_type[2,3]
      in int64_type[2]
      in float_type[2]
      error inputs 0 and 1 must have one rank
    Scatter 9 axis=2
      in float_type[2,3]
      in int64_type[1,3]
      in float_type[1,3]
      error axis 2 is not among the 2 axes
    Scatter 9
      in float_type[2,3]
      in int64_type[1,3] 2 0 0
      in float_type[1,3]
      error index 2 lies outside of axis 0
    ScatterElements 18
      in float_type[2,3]
      in int64_type[2]
      in float_type[2]
      error inputs 0 and 1 must have one rank
    ScatterElements 18 axis=2
      in float_type[2,3]
      in int64_type[1,3]
      in float_type[1,3]
      error axis 2 is not among the 2 axes
    ScatterElements 18
      in float_type[2,3]
      in int64_type[1,3] 2 0 0
      in float_type[1,3]
      error index 2 lies outside of axis 0
    ScatterElements 18
      in float_type[2,3]
      in int64_type[1,3]
      in float_type[1,2]
      error must be equal, found 3 and 2
    ScatterElements 18
      in float_type[2,3]
      in int64_type[1,4]
      in float_type[1,4]
      error must have at most size 3, found 4
    ScatterElements 18
      in float_type[2,3]
      in float_type[1,3]
      in float_type[1,3]
      error input 1 must have int64_type or int32_type
    ScatterElements 18
      in float_type[2,3]
      in int64_type[1,3]
      in int32_type[1,3]
      error one element type
    ScatterElements 18 reduction=sub
      in float_type[2,3]
      in int64_type[1,3]
      in float_type[1,3]
      error reduction is 'sub'
    ScatterElements 18 reduction=add
      in string_type[2]
      in int64_type[1]
      in string_type[1]
      error input 0
    ScatterND 18 reduction=max
      in string_type[2]
      in int64_type[1,1]
      in string_type[1]
      error input 0
    ScatterND 18
      in float_type[2,3]
      in int64_type[2,3]
      in float_type[2]
      error the innermost axis of input 1 must have size 1 to 2, found 3
    ScatterND 18
      in float_type[2,3]
      in int64_type[2,1]
      in float_type[2,2]
      error must be equal, found 2 and 3
    ScatterND 18
      in float_type[2,3]
      in int64_type[1,1] -3
      in float_type[1,3]
      error index -3 lies outside of axis 0
    ScatterND 18 reduction=add
      in string_type[2] a b
      in int64_type[1,1]
      in string_type[1] c
      error input 0 must have a number type or bool_type, found string_type
    TensorScatter 24 axis=0
      in float_type[2,3,2]
      in float_type[2,3,2]
      error axis 0 names the batches
    TensorScatter 24
      in float_type[2,3,2]
      in float_type[2,4,2]
      error must have at most size 3, found 4
    TensorScatter 24
      in float_type[2,3,2]
      in float_type[2,2,2]
      in int64_type[2] 0 2
      error position 2 is not possible
    TensorScatter 24
      in float_type[2,3,2]
      in float_type[2,2,2]
      in int64_type[1]
      error the positions and the batches
    TensorScatter 24 mode=round
      in float_type[2,3,2]
      in float_type[2,2,2]
      error mode is 'round'
    """
}
