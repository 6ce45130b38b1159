extension NodeCase {
  /// Loss functions and steps of optimisers; values from ONNX Runtime, of optimisers from ONNX's reference; see ``NodeCase`` for the form.
  static let losses = """
    NegativeLogLikelihoodLoss 12
      in float_type[3,3] -1.125 -0.75 0 1 0.25 -0.25 -0.5 1 0.25
      in int64_type[3] 0 2 1
      out float_type[] 0.125
    NegativeLogLikelihoodLoss 13 ignore_index=-1 reduction=mean
      in float_type[2,3,2] -0.25 0.5 1.5 1 -0.25 -0.75 -0.625 0.5 1 -1.375 1.125 -1.375
      in int32_type[2,2] 0 -1 2 1
      in float_type[3] 1 0.125 0.25
      out float_type[] 0.1022727
    NegativeLogLikelihoodLoss 13 reduction=none
      in float_type[3,3] -1.125 -0.75 0 1 0.25 -0.25 -0.5 1 0.25
      in int64_type[3] 0 2 1
      in float_type[3] 0.25 0.125 1.25
      out float_type[3] 0.28125 0.3125 -0.125
    SoftmaxCrossEntropyLoss 12
      in float_type[3,3] -1.125 -0.75 0 1 0.25 -0.25 -0.5 1 0.25
      in int64_type[3] 0 2 1
      out float_type[] 1.351259
      out float_type[3,3] -1.711129 -1.336129 -0.5861292 -0.5646723 -1.314672 -1.814672 -2.027976
          -0.5279758 -1.277976
    SoftmaxCrossEntropyLoss 13 ignore_index=9 reduction=sum
      in float_type[2,3,2] -0.25 -0.375 0.625 0 -0.375 -0.125 -0.25 -0.875 0.75 -1.375 -1.5 -1
      in int64_type[2,2] 0 9 2 1
      in float_type[3] 1.125 1.375 1.25
      out float_type[] 6.874272
    ai.onnx.preview.training.Adagrad 1 norm_coefficient=0.125 decay_factor=0.25 epsilon=0.001
      in float_type[] 0.5
      in int64_type[] 2
      in float_type[2] -0.5 0.25
      in float_type[2] -0.25 -1.25
      in float_type[2] 0.75 1
      out float_type[2] -0.3869821 0.5075278
      out float_type[2] 0.8476562 2.485352
    ai.onnx.preview.training.Adagrad 1
      in float_type[] 0.5
      in int64_type[] 0
      in float_type[2] 0.75 1
      in float_type[1] 0.625
      in float_type[2] 1.5 -0.375
      in float_type[1] -1.125
      in float_type[2] 0 0.25
      in float_type[1] 0.375
      out float_type[2] 0.2500003 1.299999
      out float_type[1] 1.064155
      out float_type[2] 2.25 0.390625
      out float_type[1] 1.640625
    ai.onnx.preview.training.Adam 1 alpha=0.75 beta=0.5 epsilon=0.001 norm_coefficient=0.125
      in float_type[] 0.5
      in int64_type[] 0
      in float_type[2] 0.5 0.25
      in float_type[2] 0.5 0.25
      in float_type[2] 1 0.25
      in float_type[2] 0.875 1.25
      out float_type[2] -0.07621908 0.09206533
      out float_type[2] 0.890625 0.2578125
      out float_type[2] 0.5957031 0.6645508
    ai.onnx.preview.training.Adam 1 norm_coefficient_post=0.25
      in float_type[] 0.5
      in int64_type[] 3
      in float_type[2] 1.125 1.375
      in float_type[2] 0 -1.375
      in float_type[2] 0.625 -0.375
      in float_type[2] 0.5 1.375
      out float_type[2] 0.7834584 1.061931
      out float_type[2] 0.5625 -0.475
      out float_type[2] 0.4995 1.375516
    ai.onnx.preview.training.Momentum 1 norm_coefficient=0.125 alpha=0.75 beta=0.5 mode=standard
      in float_type[] 0.5
      in int64_type[] 0
      in float_type[2] -1.375 -0.375
      in float_type[2] -1.25 1
      in float_type[2] -1.5 0.5
      out float_type[2] -0.1015625 -1.039062
      out float_type[2] -2.546875 1.328125
    ai.onnx.preview.training.Momentum 1 norm_coefficient=0.125 alpha=0.75 beta=0.5 mode=nesterov
      in float_type[] 0.5
      in int64_type[] 2
      in float_type[2] 0 0.25
      in float_type[2] 0 -1.25
      in float_type[2] -1.5 1
      out float_type[2] 0.421875 0.8066406
      out float_type[2] -1.125 0.140625
    """
}
