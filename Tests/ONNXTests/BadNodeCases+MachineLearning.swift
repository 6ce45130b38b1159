extension NodeCase {
  /// Nodes of ai.onnx.ml that must be refused; see ``NodeCase`` for the form.
  static let badMachineLearning = #"""
    ai.onnx.ml.LabelEncoder 2 keys_int64s=[1,2] values_int64s=[1]
      in int64_type[2]
      error the numbers of keys and values must be equal, found 2 and 1
    ai.onnx.ml.LabelEncoder 2 keys_int64s=[1,2] values_int64s=[1,2]
      in float_type[2]
      error inputs 0 and 1, of keys, must have one element type, found float_type and int64_type
    ai.onnx.ml.LabelEncoder 2 values_int64s=[1,2]
      in float_type[2]
      error one of the attributes 'keys_…' is needed
    ai.onnx.ml.LabelEncoder 2 keys_int64s=[1] values_int64s=[1] default_string=5.5
      in int64_type[2]
      error attribute 'default_string' has type float
    ai.onnx.ml.CategoryMapper 1 cats_int64s=[1,2] cats_strings=[a]
      in int64_type[2]
      error 'cats_strings' and 'cats_int64s' must have one length, found 1 and 2
    ai.onnx.ml.CategoryMapper 1 cats_int64s=[1] cats_strings=[a]
      in float_type[2]
      error inputs 0 and 1, of keys, must have one element type, found float_type and int64_type
    ai.onnx.ml.Scaler 1 offset=[1.5] scale=[1.5,2.5]
      in float_type[2,2]
      error 'offset' and 'scale' must have one length, found 1 and 2
    ai.onnx.ml.Scaler 1 offset=[1.5,2.5,3.5] scale=[1.5,2.5,3.5]
      in float_type[2,2]
      error 2
    ai.onnx.ml.Normalizer 1 norm=L3
      in float_type[2,2]
      error 'norm' must be MAX, L1 or L2, found 'L3'
    ai.onnx.ml.Normalizer 1
      in float_type[2,2,2]
      error input 0 must have rank 1 or 2, found 3
    ai.onnx.ml.Binarizer 1 threshold=x
      in float_type[2]
      error attribute 'threshold' has type string
    ai.onnx.ml.Binarizer 1
      in string_type[1] a
      error string_type
    ai.onnx.ml.OneHotEncoder 1
      in int64_type[2]
      error one of 'cats_int64s' and 'cats_strings' must have elements
    ai.onnx.ml.OneHotEncoder 1 cats_int64s=[1,2] zeros=0
      in int64_type[2] 1 3
      error element 1 is none of the 2 categories
    ai.onnx.ml.OneHotEncoder 1 cats_strings=[a,b]
      in int64_type[2] 1 3
      error inputs 0 and 1 must have one element type, found int64_type and string_type
    ai.onnx.ml.Imputer 1
      in float_type[2]
      error numbers to put in place of others
    ai.onnx.ml.Imputer 1 imputed_value_floats=[1.5,2.5,3.5]
      in float_type[2,2]
      error 2
    ai.onnx.ml.FeatureVectorizer 1 inputdimensions=[1]
      in float_type[2,2]
      in float_type[2,2]
      error 'inputdimensions' must be sizes for 2 inputs, found [1]
    ai.onnx.ml.FeatureVectorizer 1 inputdimensions=[-9223372036854775808]
      in float_type[2,2]
      error 'inputdimensions' must be sizes for 1 inputs
    ai.onnx.ml.ArrayFeatureExtractor 1
      in float_type[2,2]
      in int64_type[1] 2
      error index 2 lies outside
    ai.onnx.ml.ArrayFeatureExtractor 1
      in float_type[2,2]
      in float_type[1] 1
      error input 1 must
    ai.onnx.ml.ZipMap 1 classlabels_int64s=[1,2]
      in float_type[2,3]
      error the numbers of values and keys must be equal, found 3 and 2
    ai.onnx.ml.ZipMap 1
      in float_type[2,3]
      error one of 'classlabels_int64s' and 'classlabels_strings' must have elements
    ai.onnx.ml.DictVectorizer 1 int64_vocabulary=[1,2]
      in float_type[2,3]
      error input 0 must be a map
    ai.onnx.ml.DictVectorizer 1
      in float_type[2,3]
      error one of 'int64_vocabulary' and 'string_vocabulary' must have elements
    ai.onnx.ml.CastMap 1 cast_to=TO_DOUBLE
      in float_type[2,3]
      error 'cast_to' must be TO_FLOAT, TO_STRING or TO_INT64
    ai.onnx.ml.CastMap 1 map_form=SPARSE max_map=-1
      in float_type[2,3]
      error 'max_map' must be positive, found -1
    ai.onnx.ml.LinearRegressor 1 coefficients=[1.5,2.5,3.5] targets=2
      in float_type[2,3]
      error 3 coefficients can't be those of 2 scores
    ai.onnx.ml.LinearRegressor 1 coefficients=[1.5,2.5,3.5]
      in float_type[2,2]
      error 3
    ai.onnx.ml.LinearRegressor 1 coefficients=[1.5,2.5] targets=-9223372036854775808
      in float_type[2,2]
      error 2 coefficients can't be those of -9223372036854775808 scores
    ai.onnx.ml.LinearClassifier 1 coefficients=[1.5,2.5] intercepts=[1.5]
      in float_type[2,2]
      error one of 'classlabels_ints' and 'classlabels_strings' must have elements
    ai.onnx.ml.LinearClassifier 1 coefficients=[1.5,2.5] intercepts=[1.5] classlabels_ints=[1,2,3]
      in float_type[2,2]
      error 1 intercepts don't fit 3 labels of classes
    ai.onnx.ml.LinearClassifier 1 coefficients=[1.5] classlabels_ints=[1] post_transform=X
      in float_type[2,1]
      error 'post_transform' must be NONE, SOFTMAX, LOGISTIC, SOFTMAX_ZERO or PROBIT, found 'X'
    ai.onnx.ml.SVMRegressor 1 coefficients=[1.5,2.5] support_vectors=[1.5,2.5,3.5] n_supports=2
      in float_type[2,2]
      error 3 numbers can't be 2 support vectors of one length
    ai.onnx.ml.SVMRegressor 1 coefficients=[1.5] support_vectors=[1.5,2.5,3.5] n_supports=1
      in float_type[2,2]
      error rows must have 3 features like the support vectors
    ai.onnx.ml.SVMRegressor 1 coefficients=[1.5] n_supports=1 kernel_type=COSINE
      in float_type[2,2]
      error 'kernel_type' must be LINEAR, POLY, RBF or SIGMOID, found 'COSINE'
    ai.onnx.ml.SVMClassifier 1 classlabels_ints=[1,2] vectors_per_class=[1,9223372036854775807]
      in float_type[2,2]
      error 2 classes or more with numbers of vectors are needed
    ai.onnx.ml.SVMClassifier 1 classlabels_ints=[1,2] vectors_per_class=[1,1]
          support_vectors=[1.5,2.5,3.5,4.5] coefficients=[1.5]
      in float_type[2,2]
      error 2 classes with 2 vectors have 0 rho, 0 prob_a, 0 prob_b and 1 coefficients
    ai.onnx.ml.SVMClassifier 1 classlabels_ints=[1,2] vectors_per_class=[1]
      in float_type[2,2]
      error 'vectors_per_class' must have 2 elements, found 1
    """#

  /// Decision trees that must be refused; see ``NodeCase`` for the form.
  static let badTrees = #"""
    ai.onnx.ml.TreeEnsembleRegressor 1 nodes_treeids=[0,0,0] nodes_nodeids=[0,1,2]
          nodes_featureids=[0,0,0] nodes_modes=[BRANCH_LEQ,BRANCH_LT,LEAF] nodes_values=[0.5,0.5,0.5]
          nodes_truenodeids=[1,0,0] nodes_falsenodeids=[2,2,0] target_treeids=[0] target_nodeids=[2]
          target_ids=[0] target_weights=[1.5]
      in float_type[2,2]
      error tree 0 has no root; its nodes form a cycle
    ai.onnx.ml.TreeEnsembleRegressor 1 nodes_treeids=[0,0,0,0] nodes_nodeids=[0,1,2,3]
          nodes_featureids=[0,0,0,0] nodes_modes=[BRANCH_LEQ,BRANCH_LT,BRANCH_GT,LEAF]
          nodes_values=[0.5,0.5,0.5,0.5] nodes_truenodeids=[1,2,1,0] nodes_falsenodeids=[3,3,3,0]
          target_treeids=[0] target_nodeids=[3] target_ids=[0] target_weights=[1.5]
      in float_type[2,2]
      error of a tree is reached from itself
    ai.onnx.ml.TreeEnsembleRegressor 1 nodes_treeids=[0,0] nodes_nodeids=[0,1] nodes_featureids=[0,0]
          nodes_modes=[BRANCH_LEQ,LEAF] nodes_values=[0.5,0.5] nodes_truenodeids=[1,0]
          nodes_falsenodeids=[9,0] target_treeids=[0] target_nodeids=[1] target_ids=[0]
          target_weights=[1.5]
      in float_type[2,2]
      error there is no node 9 of tree 0
    ai.onnx.ml.TreeEnsembleRegressor 1 nodes_treeids=[0] nodes_nodeids=[0] nodes_featureids=[0]
          nodes_modes=[LEAF] nodes_values=[0.5] nodes_truenodeids=[0] nodes_falsenodeids=[0]
          target_treeids=[0] target_nodeids=[0] target_ids=[1] target_weights=[1.5]
      in float_type[2,2]
      error a leaf has target 1; there are 1
    ai.onnx.ml.TreeEnsembleRegressor 1 nodes_treeids=[0,0,0] nodes_nodeids=[0,1,2]
          nodes_featureids=[5,0,0] nodes_modes=[BRANCH_LEQ,LEAF,LEAF] nodes_values=[0.5,0.5,0.5]
          nodes_truenodeids=[1,0,0] nodes_falsenodeids=[2,0,0] target_treeids=[0] target_nodeids=[2]
          target_ids=[0] target_weights=[1.5]
      in float_type[2,2]
      error the trees look at 6 features; rows have 2
    ai.onnx.ml.TreeEnsembleRegressor 1 nodes_treeids=[0,0] nodes_nodeids=[0,0] nodes_featureids=[0,0]
          nodes_modes=[LEAF,LEAF] nodes_values=[0.5,0.5] nodes_truenodeids=[0,0]
          nodes_falsenodeids=[0,0] target_treeids=[0] target_nodeids=[0] target_ids=[0]
          target_weights=[1.5]
      in float_type[2,2]
      error node 0 of tree 0 is there twice
    ai.onnx.ml.TreeEnsembleClassifier 1 nodes_treeids=[0] nodes_nodeids=[0] nodes_featureids=[0]
          nodes_modes=[BRANCH_WHAT] nodes_values=[0.5] nodes_truenodeids=[0] nodes_falsenodeids=[0]
          class_treeids=[0] class_nodeids=[0] class_ids=[0] class_weights=[1.5]
          classlabels_int64s=[0,1]
      in float_type[2,2]
      error a node has mode 'BRANCH_WHAT'
    ai.onnx.ml.TreeEnsembleClassifier 1 nodes_treeids=[0] nodes_nodeids=[0] nodes_featureids=[0]
          nodes_modes=[LEAF] nodes_values=[0.5] nodes_truenodeids=[0] nodes_falsenodeids=[0]
          class_treeids=[0] class_nodeids=[0] class_ids=[0] class_weights=[1.5]
      in float_type[2,2]
      error one of 'classlabels_int64s' and 'classlabels_strings' must have elements
    ai.onnx.ml.TreeEnsemble 5 tree_roots=[0] nodes_featureids=[0] nodes_modes=uint8_type[1]:0
          nodes_splits=float_type[1]:0.5 nodes_truenodeids=[7] nodes_trueleafs=[0]
          nodes_falsenodeids=[0] nodes_falseleafs=[1] leaf_targetids=[0]
          leaf_weights=float_type[1]:1.5
      in float_type[2,2]
      error there is no node or leaf 7 among 1 nodes and 1 leaves
    ai.onnx.ml.TreeEnsemble 5 tree_roots=[0] nodes_featureids=[0] nodes_modes=uint8_type[1]:9
          nodes_splits=float_type[1]:0.5 nodes_truenodeids=[0] nodes_trueleafs=[1]
          nodes_falsenodeids=[0] nodes_falseleafs=[1] leaf_targetids=[0]
          leaf_weights=float_type[1]:1.5
      in float_type[2,2]
      error a node's mode must be 0 to 6, found 9
    """#
}
