extension NodeCase {
  /// Random numbers where there is no choice, by definition of the operators; see ``NodeCase`` for the form.
  static let random = """
    RandomUniform 22 shape=[2,3] low=2.5 high=2.5
      out float_type[2,3] 2.5 2.5 2.5 2.5 2.5 2.5
    RandomUniformLike 1 low=-1.0 high=-1.0 dtype=11 seed=3.0
      in float_type[2] 1.375 0.375
      out double_type[2] -1 -1
    RandomNormal 1 shape=[3] scale=0.0 mean=1.5 dtype=10
      out half_type[3] 1.5 1.5 1.5
    RandomNormalLike 22 scale=0.0 mean=-0.5
      in float_type[2,1] -1.25 -0.625
      out float_type[2,1] -0.5 -0.5
    Bernoulli 15
      in float_type[4] 0 1 1 0
      out float_type[4] 0 1 1 0
    Bernoulli 22 dtype=6 seed=1.0
      in double_type[2] 0 1
      out int32_type[2] 0 1
    Multinomial 7 sample_size=3
      in float_type[2,3] -inf 0 -inf 3 -inf -inf
      out int32_type[2,3] 1 1 1 0 0 0
    Multinomial 22 dtype=7 seed=2.0
      in double_type[1,1] 5
      out int64_type[1,1] 0
    Dropout 6 is_test=1
      in float_type[2,2] 0.25 0.875 -1.25 -1.5
      out float_type[2,2] 0.25 0.875 -1.25 -1.5
      out float_type[2,2] 1 1 1 1
    Dropout 10 ratio=0.5
      in float_type[2,2] 0.25 0.875 -1.25 -1.5
      out float_type[2,2] 0.25 0.875 -1.25 -1.5
      out bool_type[2,2] 1 1 1 1
    Dropout 12
      in float_type[2,2] 0.25 0.875 -1.25 -1.5
      const float_type[] 0
      const bool_type[] 1
      out float_type[2,2] 0.25 0.875 -1.25 -1.5
      out bool_type[2,2] 1 1 1 1
    Dropout 22
      in float_type[2,2] 0.25 0.875 -1.25 -1.5
      in float_type[] 0.75
      in bool_type[] 0
      out float_type[2,2] 0.25 0.875 -1.25 -1.5
      out bool_type[2,2] 1 1 1 1
    """
}
