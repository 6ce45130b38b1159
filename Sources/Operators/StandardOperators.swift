import IR

extension OperatorRegistry {
  /// Every operator that is part of the system.
  public static let standard = OperatorRegistry(
    contractions + control + images + machineLearning + movement + neural + pointwise + quantization
      + random + reductions + selection + sequences + signal + text)

  private static let contractions: [any RegisteredOperator.Type] = [
    Col2Im.self, Convolution.self, ConvolutionBackwards.self, DeformableConvolution.self,
    Determinant.self, Dot.self, Inverse.self, QuantDot.self,
  ]

  private static let control: [any RegisteredOperator.Type] = [
    Allocate.self, If.self, Loop.self, Scan.self,
  ]

  private static let images: [any RegisteredOperator.Type] = [ImageDecoder.self]

  private static let machineLearning: [any RegisteredOperator.Type] = [
    CastMap.self, ChooseClass.self, DictVectorizer.self, LabelEncoder.self, OneHotEncoder.self,
    SVMClassifier.self, SVMRegressor.self, TransformScores.self, TreeEnsemble.self,
    TreeEnsembleClassifier.self, ZipMap.self,
  ]

  private static let movement: [any RegisteredOperator.Type] = [
    Broadcast.self, Concat.self, Contiguous.self, Diagonal.self, DimensionsOf.self, Gather.self,
    GatherElements.self, GatherND.self, Identity.self, Multibroadcast.self, Pad.self,
    RangeOperator.self, Reshape.self, ReshapeLazy.self, ReverseSequence.self, ShapeValue.self,
    Slice.self, Split.self, Squeeze.self, Tile.self, Transpose.self, Trilu.self, Undefined.self,
    Unsqueeze.self,
  ]

  private static let neural: [any RegisteredOperator.Type] = [
    AffineGrid.self, BatchNormInference.self, GRU.self, GridSample.self, LRN.self, LSTM.self,
    LinearAttention.self, MaskedPooling.self, MaxRoiPool.self, MaxUnpool.self,
    Pooling.self, PoolingPositions.self, RNN.self, Resize.self, RoiAlign.self,
  ]

  private static let pointwise: [any RegisteredOperator.Type] = [
    Abs.self, Acos.self, Acosh.self, Add.self, Asin.self, Asinh.self, Atan.self, Atanh.self,
    BitwiseAnd.self, BitwiseNot.self, BitwiseOr.self, BitwiseXor.self, Ceil.self, Clip.self,
    BitCast.self, Convert.self, Cos.self, Cosh.self, Div.self, Elu.self, Equal.self, Erf.self,
    Exp.self,
    FMod.self, Floor.self, Greater.self, IsInf.self, IsNaN.self, LeakyRelu.self, Less.self,
    Log.self, LogicalAnd.self, LogicalOr.self, LogicalXor.self, Max.self, Min.self, Mod.self,
    Mul.self, NearbyInt.self, Neg.self, Not.self, PRelu.self, Pow.self, RSqrt.self, Recip.self,
    Relu.self, ShiftLeft.self, ShiftRight.self, Sigmoid.self, Sign.self, Sin.self, Sinh.self,
    SqDiff.self, Sqrt.self, Sub.self, Tan.self, Tanh.self, Where.self,
  ]

  private static let quantization: [any RegisteredOperator.Type] = [
    DequantizeLinear.self, QuantConvolution.self, QuantizeLinear.self, UnpackInt2.self,
    UnpackInt4.self,
  ]

  private static let random: [any RegisteredOperator.Type] = [
    Multinomial.self, RandomNormal.self, RandomSeed.self, RandomUniform.self,
  ]

  private static let sequences: [any RegisteredOperator.Type] = [
    ConcatFromSequence.self, OptionalConstruct.self, OptionalEmpty.self, OptionalGetElement.self,
    OptionalHasElement.self, SequenceAt.self, SequenceConstruct.self, SequenceEmpty.self,
    SequenceErase.self, SequenceInsert.self, SequenceLength.self, SplitToSequence.self,
  ]

  private static let reductions: [any RegisteredOperator.Type] = [
    ArgMax.self, ArgMin.self, Hardmax.self, LayerNorm.self, LogSoftmax.self,
    PrefixScanProduct.self, PrefixScanSum.self, ReduceLogSumExp.self, ReduceMax.self,
    ReduceMean.self, ReduceMin.self, ReduceProd.self, ReduceSum.self, Softmax.self,
  ]

  private static let selection: [any RegisteredOperator.Type] = [
    NonMaxSuppression.self, NonZero.self, OneHot.self, ScatterAdd.self, ScatterMax.self,
    ScatterMin.self, ScatterMul.self, ScatterNDAdd.self, ScatterNDMax.self, ScatterNDMin.self,
    ScatterNDMul.self, ScatterNDNone.self, ScatterNone.self, TensorScatter.self, TopK.self,
    Unique.self,
  ]

  private static let signal: [any RegisteredOperator.Type] = [
    DFT.self, MelWeightMatrix.self, STFT.self,
  ]

  private static let text: [any RegisteredOperator.Type] = [
    MurmurHash.self, NGramRepeatBlock.self, NumberToText.self, RegexFullMatch.self,
    StringConcat.self, StringNormalizer.self,
    StringSplit.self, TextToNumber.self, TfIdfVectorizer.self,
  ]
}
