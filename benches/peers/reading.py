"""What polars takes to read a CSV file: prints "peer<TAB>reading<TAB>seconds<TAB>processor seconds".

Called by `cargo bench --bench figures -- reading`, which says so where the package is not installed. The argument is the
file.
"""

import sys
import time

import polars

start, before = time.perf_counter(), time.process_time()
polars.read_csv(sys.argv[1])
print(f"peer\treading\t{time.perf_counter() - start:.6f}\t{time.process_time() - before:.6f}")
