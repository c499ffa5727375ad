"""What numpy takes for the correlations of 1,000 columns of 3,000 rows: prints "peer<TAB>correlations<TAB>seconds".

Called by `cargo bench --bench figures -- describe`, which says so where numpy is not installed. The columns are random
numbers. The least of five runs counts.
"""

import sys
import time

import numpy

columns = numpy.random.default_rng(1).normal(size=(1000, 3000))
least = float("inf")
for _ in range(5):
    start = time.perf_counter()
    numpy.corrcoef(columns)
    least = min(least, time.perf_counter() - start)
print(f"peer\tcorrelations\t{least:.6f}")
print(f"numpy {numpy.__version__}", file=sys.stderr)
