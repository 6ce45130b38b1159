extension NodeCase {
  /// Shapes, joins, optionals and control flow that must be refused; see ``NodeCase`` for the form.
  static let badStructure = """
    Concat 13 axis=2
      in float_type[2,3]
      in float_type[2,3]
      error axis 2 is not among the 2 axes
    Concat 13 axis=0
      in float_type[2,3]
      in float_type[2,4]
      error inputs 0 and 1 at axis 1 must be equal, found 3 and 4
    Constant 13
      error a constant needs an attribute with its value
    Constant 13 value_int=0.5
      error attribute 'value_int' has type
    ConstantOfShape 9
      const int64_type[2] -1 2
      error sizes must not be negative, found [-1, 2]
    ConstantOfShape 9
      in float_type[2]
      error must have int64_type or int32_type, found float_type
    Expand 13
      in float_type[2,3]
      const int64_type[2] 4 3
      error must be equal, found 2 and 4
    Expand 13
      in float_type[2,3]
      in float_type[2]
      error must have int64_type or int32_type, found float_type
    Flatten 13 axis=3
      in float_type[2,3]
      error axis 3 is not among the 2 axes
    Flatten 13 axis=-3
      in float_type[2,3]
      error axis -3 is not among the 2 axes
    Gather 13 axis=2
      in float_type[2,3]
      in int64_type[1]
      error axis 2 is not among the 2 axes
    Gather 13
      in float_type[2,3]
      in float_type[1]
      error must have int64_type or int32_type, found float_type
    Identity 13
      error input 0 is needed
    Identity 13
      in float_type[2]
      out float_type[2]
      out float_type[2]
      error the node has 2 outputs; 1 of them are supported
    If 16
      error input 0 is needed
    If 16
      in bool_type[]
      error attribute 'then_branch' is needed
    If 16 then_branch=1
      in bool_type[]
      error attribute 'then_branch' has type int; graph is needed
    Loop 16
      in int64_type[]
      error attribute 'body' is needed
    Loop 16 body=1
      in int64_type[]
      error attribute 'body' has type int; graph is needed
    NonZero 13
      error input 0 is needed
    NonZero 13
      in float_type[2]
      out int64_type[2]
      out int64_type[2]
      error the node has 2 outputs; 1 of them are supported
    Optional 15
      error an input or attribute 'type' is needed
    Optional 15 type=1
      error attribute 'type' has type int
    OptionalGetElement 18
      error input 0 is needed
    OptionalGetElement 15
      in float_type[2]
      error input 0 must be an optional, found (float_type
    OptionalHasElement 15
      error input 0 is needed
    OptionalHasElement 17
      list float_type[2]
      error input 0 must be an optional, found (
    Range 11
      in float_type[2]
      in float_type[]
      in float_type[]
      error must be equal, found 2 and 1
    Range 11
      in int64_type[]
      in float_type[]
      in int64_type[]
      error inputs must have one element type, found int64_type and float_type
    Scan 11
      in float_type[4]
      error attribute 'body' is needed
    Scan 11 body=1
      in float_type[4]
      error attribute 'body' has type int; graph is needed
    Shape 15
      error input 0 is needed
    Shape 15 start=0.5
      in float_type[2]
      error attribute 'start' has type float; int is needed
    Size 13
      error input 0 is needed
    Size 13
      in float_type[2]
      out int64_type[]
      out int64_type[]
      error the node has 2 outputs; 1 of them are supported
    Transpose 13 perm=[0,0]
      in float_type[2,3]
      error axis 0 is named twice
    Transpose 13 perm=[0,1,2]
      in float_type[2,3]
      error axis 2 is not among the 2 axes
    """
}
