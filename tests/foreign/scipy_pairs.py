"""All pairs of countries by shared topics, as the sparse product M·Mᵀ of scipy, beside ours."""

import subprocess
import sys
import time
from pathlib import Path

import numpy
import scipy
from scipy import sparse

from ours import rows

folder, rounds, timed = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]

works = list(rows(folder / "works.csv"))
topics = {topic: n for n, topic in enumerate(sorted({topic for topic, _ in works}))}
countries = {country: n for n, country in enumerate(sorted({country for _, country in works}))}
shape = (len(countries), len(topics))


def matrix(entries, values, shape):
    """A matrix in compressed rows, of whole numbers."""
    places = tuple(numpy.array(list(places), dtype=numpy.int32) for places in zip(*entries, strict=True))
    return sparse.csr_array((numpy.fromiter(values, dtype=numpy.int32), places), shape=shape)


m = matrix([(countries[country], topics[topic]) for topic, country in works], [1] * len(works), shape)
# Both ways round are at hand before the clock starts, as they are on our side.
transposed = m.T.tocsr()

pairs = [(countries[one], countries[other], int(shared)) for one, other, shared in rows(folder / "pairs.csv")]
if not pairs:
    sys.exit("there is nothing to compare with")
ours = matrix([pair[:2] for pair in pairs], [shared for *_, shared in pairs], (len(countries),) * 2)
theirs = sparse.triu(m @ transposed, k=1, format="csr")
if any(one >= other for one, other, _ in pairs) or (ours != theirs).nnz or ours.nnz != theirs.nnz:
    sys.exit(f"scipy counts other pairs: {theirs.nnz} of them, and we {ours.nnz}")
print(
    f"scipy {scipy.__version__}: {shape[0]} countries, {shape[1]} topics, {m.nnz} entries;"
    f" {ours.nnz} pairs, all the same as ours"
)

# One round of each after the other, so that whatever else the machine does falls on both.
seconds = {"ours": [], "scipy": []}
with subprocess.Popen(timed, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1) as process:
    for _ in range(rounds):
        print(file=process.stdin)
        answer = process.stdout.readline().split()
        if len(answer) != 2 or int(answer[1]) != theirs.sum():
            sys.exit("the side that is timed ends early, or counts other pairs")
        seconds["ours"].append(int(answer[0]) / 1e9)
        start = time.perf_counter()
        m @ transposed
        seconds["scipy"].append(time.perf_counter() - start)
    process.stdin.close()
for side, times in seconds.items():
    print(f"{side}: best {1e3 * min(times):.3f} ms, median {1e3 * numpy.median(times):.3f} ms of {rounds} rounds")
best, median = (of(seconds["ours"]) / of(seconds["scipy"]) for of in (min, numpy.median))
print(f"ours / scipy: {best:.2f} by the best, {median:.2f} by the median")
