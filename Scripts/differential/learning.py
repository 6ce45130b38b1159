"""Operators of machine learning: encoders, scalers, linear models, support vectors and trees."""
import numpy as np

from .graphs import Rejected
from .registry import operator

DOMAIN = "ai.onnx.ml"
TRANSFORMS = ["NONE", "SOFTMAX", "LOGISTIC", "SOFTMAX_ZERO"]


def floats(g, count):
    return [g.float() for _ in range(count)]


def finite_rows(g):
    """A new matrix of finite numbers: which sums infinities enter depends on the algorithm."""
    x = g.array(np.float32, g.shape(2, low=1))
    return g.new(np.nan_to_num(x, nan=0, posinf=2, neginf=-2))


@operator("Binarizer")
def binarizer(g, op):
    return g.add(op, [g.pick([np.float32], low=1)], domain=DOMAIN, threshold=g.float())


@operator("Scaler")
def scaler(g, op):
    x = g.pick([np.float32], rank=2, low=1)
    count = g.one_of([1, g.values[x].shape[1]])
    return g.add(op, [x], domain=DOMAIN, offset=floats(g, count), scale=floats(g, count))


@operator("Normalizer")
def normalizer(g, op):
    return g.add(op, [finite_rows(g)], domain=DOMAIN, norm=g.one_of(["MAX", "L1", "L2"]))


@operator("Imputer")
def imputer(g, op):
    x = g.pick([np.float32, np.int64], rank=2, low=1)
    value = g.values[x]
    count = g.one_of([1, value.shape[1]])
    replaced = value.reshape(-1)[g.int(0, value.size - 1)]
    if value.dtype == np.int64:
        return g.add(op, [x], domain=DOMAIN, replaced_value_int64=int(replaced),
                     imputed_value_int64s=[g.int(-5, 5) for _ in range(count)])
    return g.add(op, [x], domain=DOMAIN, replaced_value_float=float(replaced),
                 imputed_value_floats=floats(g, count))


@operator("LabelEncoder")
def label_encoder(g, op):
    kinds = {
        "strings": ["a", "B", "3.5", ""], "int64s": [-1, 0, 2, 5], "floats": [-0.5, 0.0, 1.0, 2.0]}
    source, target = g.one_of([("strings", "int64s"), ("strings", "floats"), ("int64s", "strings"),
                               ("int64s", "floats"), ("floats", "strings"), ("floats", "int64s"),
                               ("strings", "strings"), ("int64s", "int64s"), ("floats", "floats")])
    x = g.pick([{"strings": str, "int64s": np.int64, "floats": np.float32}[source]], low=1)
    attributes = {f"keys_{source}": kinds[source], f"values_{target}": kinds[target]}
    if g.chance(0.5):
        attributes[f"default_{target[:-1]}"] = {"strings": "none", "int64s": 9, "floats": 0.25}[target]
    return g.add(op, [x], domain=DOMAIN, **attributes)


@operator("CategoryMapper")
def category_mapper(g, op):
    x = g.pick([str, np.int64], low=1)
    return g.add(op, [x], domain=DOMAIN, cats_strings=["a", "B", "é"], cats_int64s=[0, 3, -2],
                 default_string="none", default_int64=7)


@operator("OneHotEncoder")
def one_hot_encoder(g, op):
    x = g.pick([str, np.int64, np.float32], low=1)
    if g.values[x].dtype == object:
        return g.add(op, [x], domain=DOMAIN, cats_strings=["a", "B", "é"], zeros=1)
    if not np.isfinite(g.values[x].astype(np.float64)).all():
        raise Rejected("undefined")
    return g.add(op, [x], domain=DOMAIN, cats_int64s=[0, 3, -2, 1], zeros=1)


@operator("ArrayFeatureExtractor")
def feature_extractor(g, op):
    x = g.pick([np.float32, np.int64, np.float64, np.int32, str], rank=range(1, 4), low=1)
    places = g.rng.integers(0, g.values[x].shape[-1], size=[1, g.int(1, 4)])
    return g.add(op, [x, g.new(places.astype(np.int64))], domain=DOMAIN)


@operator("FeatureVectorizer")
def feature_vectorizer(g, op):
    count, dtype = g.int(1, 3), g.one_of([np.float32, np.int64, np.int32, np.float64])
    widths = [g.int(1, 3) for _ in range(g.int(1, 3))]
    names = [g.new(g.array(dtype, [count, width])) for width in widths]
    return g.add(op, names, domain=DOMAIN, inputdimensions=widths)


@operator("LinearRegressor")
def linear_regressor(g, op):
    x, targets = finite_rows(g), g.int(1, 3)
    width = g.values[x].shape[1]
    return g.add(op, [x], domain=DOMAIN, targets=targets, coefficients=floats(g, targets * width),
                 intercepts=floats(g, targets) if g.chance(0.7) else None,
                 post_transform=g.one_of(TRANSFORMS) if targets > 1 else None)


@operator("LinearClassifier")
def linear_classifier(g, op):
    x, classes = finite_rows(g), g.int(2, 4)
    width = g.values[x].shape[1]
    return g.add(op, [x], outputs=2, domain=DOMAIN, coefficients=floats(g, classes * width),
                 intercepts=floats(g, classes), classlabels_ints=list(range(3, 3 + classes)),
                 post_transform=g.one_of(TRANSFORMS))


@operator("SVMRegressor")
def svm_regressor(g, op):
    x, supports = finite_rows(g), g.int(1, 3)
    width = g.values[x].shape[1]
    return g.add(op, [x], domain=DOMAIN, kernel_type=g.one_of(["LINEAR", "POLY", "RBF", "SIGMOID"]),
                 kernel_params=[g.float(0.1, 1), g.float(0, 1), 2.0], coefficients=floats(g, supports),
                 support_vectors=floats(g, supports * width), n_supports=supports, rho=[g.float()],
                 one_class=g.int(0, 1))


def trees(g, features):
    """The attributes of one to three complete trees, and pairs of tree and node of their leaves."""
    lists = {name: [] for name in (
        "treeids", "nodeids", "featureids", "values", "modes", "truenodeids", "falsenodeids",
        "missing_value_tracks_true")}
    leaves = []
    for tree in range(g.int(1, 3)):
        inner = 2 ** g.int(1, 3) - 1
        for node in range(2 * inner + 1):
            mode = g.one_of(["BRANCH_LEQ", "BRANCH_LT", "BRANCH_GTE", "BRANCH_GT", "BRANCH_EQ",
                             "BRANCH_NEQ"])
            row = [tree, node, g.int(0, features - 1), g.float(), mode, 2 * node + 1, 2 * node + 2,
                   g.int(0, 1)]
            if node >= inner:
                row[2:] = [0, 0.0, "LEAF", 0, 0, 0]
                leaves.append((tree, node))
            for values, value in zip(lists.values(), row):
                values.append(value)
    return {f"nodes_{name}": values for name, values in lists.items()}, leaves


@operator("TreeEnsembleRegressor", "TreeEnsembleClassifier")
def tree_ensemble(g, op):
    x = g.pick([np.float32], rank=2, low=1)
    attributes, leaves = trees(g, g.values[x].shape[1])
    count = g.int(2, 4) if op == "TreeEnsembleClassifier" else g.int(1, 3)
    kind = "class" if op == "TreeEnsembleClassifier" else "target"
    places = [(tree, node, k) for tree, node in leaves for k in range(count) if k == 0 or g.chance(0.5)]
    for name, column in zip(("treeids", "nodeids", "ids"), zip(*places)):
        attributes[f"{kind}_{name}"] = list(column)
    attributes[f"{kind}_weights"] = floats(g, len(places))
    attributes["post_transform"] = g.one_of(TRANSFORMS)
    if op == "TreeEnsembleClassifier":
        return g.add(op, [x], outputs=2, domain=DOMAIN, classlabels_int64s=list(range(count)), **attributes)
    attributes["aggregate_function"] = g.one_of(["SUM", "AVERAGE", "MIN", "MAX"])
    return g.add(op, [x], domain=DOMAIN, n_targets=count, **attributes)
