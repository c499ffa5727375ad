"""What scikit-criteria takes for a branch of a multiverse: prints "peer<TAB>figure<TAB>seconds a branch".

Called by `cargo bench --bench figures -- multiverse`; left out where the package is not installed. The argument is the
folder of the ASEM example; absent cells are given the mean of their column, since the package takes none.
"""

import csv
import sys
import time
import warnings
from importlib.metadata import version

import numpy as np
import skcriteria as skc
from skcriteria.agg.simple import WeightedProductModel, WeightedSumModel
from skcriteria.agg.topsis import TOPSIS
from skcriteria.pipelines import mkcombinatorial
from skcriteria.preprocessing.invert_objectives import NegateMinimize
from skcriteria.preprocessing.scalers import MinMaxScaler, SumScaler
from skcriteria.preprocessing.push_negatives import PushNegatives
from skcriteria.preprocessing.increment import AddValueToZero
from skcriteria.preprocessing.weighters import CRITIC, EqualWeighter, StdWeighter

warnings.simplefilter("ignore")
folder = sys.argv[1]
with open(f"{folder}/tree.csv", encoding="utf-8") as file:
    nodes = list(csv.DictReader(file))
parents = {node["parent"] for node in nodes}
leaves = [node for node in nodes if node["code"] not in parents]
with open(f"{folder}/values.csv", encoding="utf-8") as file:
    rows = list(csv.DictReader(file))
codes = [leaf["code"] for leaf in leaves if leaf["code"] in rows[0]]
down = {leaf["code"] for leaf in leaves if leaf.get("direction", "") in ("-1", "negative")}
matrix = np.array([[float(row[c]) if row[c] not in ("", "NA") else np.nan for c in codes] for row in rows])
gaps = np.isnan(matrix)
matrix[gaps] = np.broadcast_to(np.nanmean(matrix, axis=0), matrix.shape)[gaps]
data = skc.mkdm(matrix, [min if c in down else max for c in codes])

grid = mkcombinatorial(
    [NegateMinimize()],
    [PushNegatives("matrix")],
    [AddValueToZero("matrix", value=0.01)],
    [MinMaxScaler("matrix"), SumScaler("matrix")],
    [AddValueToZero("matrix", value=0.01)],
    [EqualWeighter(), StdWeighter(), CRITIC()],
    [WeightedSumModel(), WeightedProductModel(), TOPSIS()],
)
least = float("inf")
for _ in range(3):
    start = time.perf_counter()
    result = grid.evaluate(data)
    least = min(least, time.perf_counter() - start)
count = len(result.ranks)
print(f"peer\tmultiverse, a branch\t{least / count:.9f}")
print(f"scikit-criteria {version('scikit-criteria')}: {count} pipelines over {matrix.shape} in {least:.3f} s", file=sys.stderr)
