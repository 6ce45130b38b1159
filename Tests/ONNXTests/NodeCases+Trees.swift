extension NodeCase {
  /// Decision trees of ai.onnx.ml; values from ONNX Runtime. See ``NodeCase`` for the form.
  static let trees = #"""
    ai.onnx.ml.TreeEnsembleRegressor 3 aggregate_function=SUM base_values=[0.06] n_targets=1
          nodes_falsenodeids=[0,2,0,4,0,0] nodes_featureids=[0,0,0,1,0,0]
          nodes_missing_value_tracks_true=[0,1,0,1,0,0]
          nodes_modes=[LEAF,BRANCH_EQ,LEAF,BRANCH_GTE,LEAF,LEAF] nodes_nodeids=[0,0,1,2,3,4]
          nodes_treeids=[0,1,1,1,1,1] nodes_truenodeids=[0,1,0,3,0,0]
          nodes_values=[0.0,3.0,0.0,-0.23,0.0,0.0] post_transform=NONE target_ids=[0,0,0,0]
          target_nodeids=[0,1,3,4] target_treeids=[0,1,1,1]
          target_weights=[-0.67,-1.06,-0.39,0.48]
      in float_type[3,2] nan 0.03638935 2.318731 1 -0.7578431 -0.2742585
      out float_type[3,1] -1.67 -0.9999999 -0.13
    ai.onnx.ml.TreeEnsembleClassifier 1 base_values=[0.04,0.02] class_ids=[1,1,1,1,1]
          class_nodeids=[2,3,4,1,2] class_treeids=[0,0,0,1,1]
          class_weights=[-0.45,0.38,0.81,0.43,-1.73] classlabels_int64s=[0,1]
          nodes_falsenodeids=[4,3,0,0,0,2,0,0] nodes_featureids=[1,1,0,0,0,0,0,0]
          nodes_missing_value_tracks_true=[0,0,0,0,0,0,0,0]
          nodes_modes=[BRANCH_LEQ,BRANCH_GT,LEAF,LEAF,LEAF,BRANCH_LT,LEAF,LEAF]
          nodes_nodeids=[0,1,2,3,4,0,1,2] nodes_treeids=[0,0,0,0,0,1,1,1]
          nodes_truenodeids=[1,2,0,0,0,1,0,0] nodes_values=[-0.17,-1.38,0.0,0.0,0.0,0.76,0.0,0.0]
          post_transform=NONE
      in int64_type[3,2] 2 0 0 0 0 1
      out int64_type[3] 1 1 1
      out float_type[3,2] 0 0.02 0 0.02 0 0.02
    ai.onnx.ml.TreeEnsembleClassifier 1 base_values=[0.09,0.1,0.08] class_ids=[2,2,2,0,1]
          class_nodeids=[2,3,5,6,0] class_treeids=[0,0,0,0,1]
          class_weights=[0.27,-2.24,0.49,0.25,0.13] classlabels_int64s=[0,1,2]
          nodes_falsenodeids=[4,3,0,0,6,0,0,0] nodes_featureids=[1,0,0,0,0,0,0,0]
          nodes_missing_value_tracks_true=[1,1,0,0,1,0,0,0]
          nodes_modes=[BRANCH_GT,BRANCH_NEQ,LEAF,LEAF,BRANCH_LT,LEAF,LEAF,LEAF]
          nodes_nodeids=[0,1,2,3,4,5,6,0] nodes_treeids=[0,0,0,0,0,0,0,1]
          nodes_truenodeids=[1,2,0,0,5,0,0,0] nodes_values=[-0.66,2.0,0.0,0.0,0.08,0.0,0.0,0.0]
          post_transform=NONE
      in int64_type[3,2] 2 0 1 3 2 -1
      out int64_type[3] 1 2 0
      out float_type[3,3] 0.09 0.23 -2.16 0.09 0.23 0.35 0.34 0.23 0.08
    ai.onnx.ml.TreeEnsembleClassifier 1 class_ids=[0,1,2,0,1,2,0,1,2,0,1,2]
          class_nodeids=[0,0,0,2,2,2,3,3,3,4,4,4] class_treeids=[0,0,0,1,1,1,1,1,1,1,1,1]
          class_weights=[0.1,0.06,0.13,0.09,0.17,0.04,0.09,0.06,0.03,0.16,0.17,0.04]
          classlabels_int64s=[0,1,2] nodes_falsenodeids=[0,4,3,0,0,0]
          nodes_featureids=[0,0,0,0,0,0] nodes_missing_value_tracks_true=[0,1,1,0,0,0]
          nodes_modes=[LEAF,BRANCH_GTE,BRANCH_GTE,LEAF,LEAF,LEAF] nodes_nodeids=[0,0,1,2,3,4]
          nodes_treeids=[0,1,1,1,1,1] nodes_truenodeids=[0,1,2,0,0,0]
          nodes_values=[0.0,-0.16,0.05,0.0,0.0,0.0] post_transform=SOFTMAX
      in float_type[3,2] nan 1 2 -0.05438496 0.1194703 -2.483411
      out int64_type[3] 1 1 1
      out float_type[3,3] 0.3310152 0.3445242 0.3244606 0.3310152 0.3445242 0.3244606 0.3310152
          0.3445242 0.3244606
    """#
}
