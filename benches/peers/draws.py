"""What numpy takes for drawn weights: prints "peer<TAB>draws<TAB>processor seconds".

Called by `cargo bench --bench figures -- draws`, which says so where numpy is not installed. Weights of 65 indicators that
are uniform on the simplex, the scores of 31 regions, their ranks, and how often each region has each rank, over 1,000,000
draws in blocks of 10,000. The least of three runs counts.
"""

import sys
import time

import numpy

REGIONS, INDICATORS, DRAWS, BLOCK = 31, 65, 1_000_000, 10_000
generator = numpy.random.default_rng(1)
scores = 100 * generator.random((INDICATORS, REGIONS))
least = float("inf")
for _ in range(3):
    start = time.process_time()
    counts = numpy.zeros((REGIONS, REGIONS), dtype=numpy.int64)
    for _ in range(DRAWS // BLOCK):
        weights = generator.standard_exponential((BLOCK, INDICATORS))
        weights /= weights.sum(axis=1, keepdims=True)
        order = numpy.argsort(-(weights @ scores), axis=1)
        for place in range(REGIONS):
            counts[:, place] += numpy.bincount(order[:, place], minlength=REGIONS)
    least = min(least, time.process_time() - start)
print(f"peer\tdraws\t{least:.6f}")
print(f"numpy {numpy.__version__}", file=sys.stderr)
