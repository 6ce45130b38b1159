extension NodeCase {
  /// Transforms, sums of products, random numbers, losses and optimisers that must be refused; see ``NodeCase`` for the form.
  static let badSignal = """
    DFT 20
      in float_type[2,4,3]
      error must have size 1 or 2, found 3
    DFT 20
      in float_type[4]
      error must have rank
    DFT 17 axis=2
      in float_type[2,4,1]
      error must not be the last one
    DFT 20 onesided=1
      in float_type[2,4,2]
      error a one-sided transform needs a real signal
    DFT 20
      in float_type[2,4,1]
      in int64_type[] 0
      error the length must be
    DFT 20
      in float_type[2,4,1]
      none
      const int64_type[] 5
      error axis 5 is not among the 3 axes
    DFT 20
      in float_type[2,4,1]
      const int64_type[] 4611686018427387904
      error needs more than the largest size of a tensor
    DFT 20
      in int32_type[2,4,1]
      error floating-point
    STFT 17
      in float_type[1,4,1]
      in int64_type[] 0
      in float_type[2]
      error the step must be at least 1, found 0
    STFT 17
      in float_type[1,4,1]
      in int64_type[] 1
      in float_type[5]
      error is larger than the signal
    STFT 17
      in float_type[1,4,1]
      in int64_type[] 1
      in float_type[3]
      const int64_type[] 2
      error the window's size and the frame length
    STFT 17
      in float_type[4,1]
      in int64_type[] 1
      in float_type[3]
      error a signal of rank 3
    STFT 17
      in float_type[1,4,2]
      in int64_type[] 1
      in float_type[3]
      error 2 if both sides are wanted
    HannWindow 17
      in int64_type[2]
      error the elements of input 1 and 1
    HannWindow 17 output_datatype=99
      in int64_type[] 3
      error element type 99
    HannWindow 17
      in int64_type[] 4611686018427387904
      error is larger than this machine's memory
    HammingWindow 17
      in int64_type[2]
      error the elements of input 1 and 1
    HammingWindow 17 output_datatype=99
      in int64_type[] 3
      error element type 99
    HammingWindow 17
      in int64_type[] 4611686018427387904
      error is larger than this machine's memory
    BlackmanWindow 17
      in int64_type[2]
      error the elements of input 1 and 1
    BlackmanWindow 17 output_datatype=99
      in int64_type[] 3
      error element type 99
    BlackmanWindow 17
      in int64_type[] 4611686018427387904
      error is larger than this machine's memory
    MelWeightMatrix 17
      in int64_type[] 4
      in int64_type[] 16
      in int64_type[] 0
      in float_type[] 0
      in float_type[] 4096
      error sample rate 0 must be between 1
    MelWeightMatrix 17
      in int64_type[] 4
      in int64_type[] 16
      in int64_type[] 8192
      in float_type[] 0
      in float_type[] 8192
      error at most half of the sample rate
    MelWeightMatrix 17
      in int64_type[] 4
      in int64_type[] 16
      in int64_type[] 8192
      in float_type[] -1
      in float_type[] 4096
      error must not be negative
    MelWeightMatrix 17
      in int64_type[] -1
      in int64_type[] 16
      in int64_type[] 8192
      in float_type[] 0
      in float_type[] 4096
      error number of bands -1
    MelWeightMatrix 17
      in int64_type[] 4
      in int64_type[] 16
      in int64_type[] 8192
      in float_type[] 0
      error input 4 is needed
    MelWeightMatrix 17 output_datatype=9
      in int64_type[] 4
      in int64_type[] 16
      in int64_type[] 8192
      in float_type[] 0
      in float_type[] 4096
      error dtype must be a number type, found bool_type
    Einsum 12
      in float_type[2,3]
      error attribute 'equation' is needed
    Einsum 12 equation=ij,jk->ik
      in float_type[2,3]
      error must have 1 terms
    Einsum 12 equation=ijk->i
      in float_type[2,3]
      error doesn't fit the 2 axes
    Einsum 12 equation=ij->k
      in float_type[2,3]
      error must name axes of the operands
    Einsum 12 equation=ii->i
      in float_type[2,3]
      error must be equal, found
    Einsum 12 equation=i1->i
      in float_type[2,3]
      error must consist of letters
    Einsum 12 equation=ij,ij->
      in float_type[2,3]
      in float_type[2,4]
      error sizes of one name
    Einsum 12 equation=ij->ii
      in float_type[2,3]
      error each once
    Einsum 12 equation=...->
      in float_type[2,3]
      error ellipsis
    Einsum 12 equation=i->j->k
      in float_type[2]
      error one '->' at most
    NegativeLogLikelihoodLoss 13
      in float_type[2,3]
      in int64_type[3]
      error the sizes of the scores and of axis 0
    NegativeLogLikelihoodLoss 13
      in float_type[2,3]
      in int64_type[2,1]
      error a target [N, ...]
    NegativeLogLikelihoodLoss 13 reduction=max
      in float_type[2,3]
      in int64_type[2]
      error reduction is 'max'
    NegativeLogLikelihoodLoss 13
      in float_type[2,3]
      in int64_type[2] 0 3
      error index 3 lies outside
    NegativeLogLikelihoodLoss 13
      in float_type[2,3]
      in int64_type[2]
      in float_type[2]
      error the number of weights and of classes
    SoftmaxCrossEntropyLoss 13
      in float_type[2,3]
      in int64_type[3]
      error the sizes of the scores
    SoftmaxCrossEntropyLoss 13 reduction=max
      in float_type[2,3]
      in int64_type[2]
      error reduction is 'max'
    SoftmaxCrossEntropyLoss 13
      in int32_type[2,3]
      in int64_type[2]
      error floating-point
    RandomUniform 22
      error attribute 'shape' is needed
    RandomUniform 22 shape=[-1]
      error negative
    RandomUniform 22 shape=[2] dtype=7
      error floating-point
    RandomUniform 22 shape=[4611686018427387904]
      error needs more than the largest size of a tensor
    RandomNormal 22
      error attribute 'shape' is needed
    RandomNormal 22 shape=[2] dtype=9
      error floating-point
    RandomUniformLike 22
      in int32_type[2,3]
      error floating-point
    RandomUniformLike 22
      error input 0 is needed
    RandomNormalLike 22
      in int32_type[2,3]
      error floating-point
    RandomNormalLike 22
      error input 0 is needed
    Bernoulli 22
      error input 0 is needed
    Bernoulli 22 dtype=99
      in float_type[2,3]
      error element type 99
    Dropout 22
      error input 0 is needed
    Dropout 22
      in float_type[2,3]
      in float_type[2]
      in bool_type[]
      error the numbers of elements
    Multinomial 22
      in float_type[3]
      error must have rank 2
    Multinomial 22 dtype=1
      in float_type[2,3]
      error dtype must be int32_type or int64_type
    Multinomial 22 sample_size=-1
      in float_type[2,3]
      error negative
    Multinomial 22
      in float_type[2,0]
      error there is no outcome
    ai.onnx.preview.training.Adagrad 1
      in float_type[]
      in int64_type[]
      in float_type[2]
      error 3 inputs are needed for each tensor
    ai.onnx.preview.training.Adagrad 1
      in float_type[]
      in int64_type[]
      in float_type[2]
      in float_type[3]
      in float_type[2]
      error must be equal
    ai.onnx.preview.training.Adagrad 1
      in float_type[]
      in int64_type[]
      in float_type[2]
      in float_type[2,1]
      in float_type[2]
      error must have one rank
    ai.onnx.preview.training.Adam 1
      in float_type[]
      in int64_type[]
      in float_type[2]
      error 4 inputs are needed for each tensor
    ai.onnx.preview.training.Adam 1
      in float_type[]
      in int64_type[]
      in float_type[2]
      in float_type[3]
      in float_type[2]
      in float_type[2]
      error must be equal
    ai.onnx.preview.training.Adam 1
      in float_type[]
      in int64_type[]
      in float_type[2]
      in float_type[2,1]
      in float_type[2]
      in float_type[2]
      error must have one rank
    ai.onnx.preview.training.Momentum 1 mode=standard norm_coefficient=0.0 alpha=0.5 beta=0.5
      in float_type[]
      in int64_type[]
      in float_type[2]
      error 3 inputs are needed for each tensor
    ai.onnx.preview.training.Momentum 1 mode=standard norm_coefficient=0.0 alpha=0.5 beta=0.5
      in float_type[]
      in int64_type[]
      in float_type[2]
      in float_type[3]
      in float_type[2]
      error must be equal
    ai.onnx.preview.training.Momentum 1 mode=standard norm_coefficient=0.0 alpha=0.5 beta=0.5
      in float_type[]
      in int64_type[]
      in float_type[2]
      in float_type[2,1]
      in float_type[2]
      error must have one rank
    ai.onnx.preview.training.Momentum 1 mode=fast
      in float_type[]
      in int64_type[]
      in float_type[2]
      in float_type[2]
      in float_type[2]
      error 'standard' or 'nesterov'
    ai.onnx.preview.training.Gradient 1
      in float_type[2,3]
      error unknown operators: ai.onnx.preview.training.Gradient
    """
}
