"""Works out official.csv (equal weights) and entropy.csv from values.csv and tree.csv, without Quanheng: python3 official.py"""
import csv
import math

PERIODS = range(2016, 2024)


def table(name):
    with open(name, encoding="utf-8") as file:
        return list(csv.DictReader(file))


tree = table("tree.csv")
nodes = [row["code"] for row in tree if row["parent"] == "innovation"]
leaves = [row for row in tree if row["parent"] in nodes]
rows = {(row["region"], int(row["period"])): row for row in table("values.csv")}
regions = sorted({region for region, _ in rows})


def cell(leaf, region, period):
    row = rows[region, period]
    top, below = row[leaf["code"]], row[leaf["denominator"]] if leaf["denominator"] else "1"
    return None if "" in (top, below) else float(top) / float(below) * float(leaf["scale"] or 1)


def line(points, period):
    """Between two known years a straight line, before the first and after the last known one its value."""
    before = [p for p in points if p <= period]
    after = [p for p in points if p >= period]
    if not before or not after:
        return points[max(before) if before else min(after)]
    low, high = max(before), min(after)
    share = (period - low) / (high - low) if high > low else 0
    return points[low] + (points[high] - points[low]) * share


shares = {}
for leaf in leaves:
    filled = {}
    for region in regions:
        known = {p: cell(leaf, region, p) for p in PERIODS}
        known = {p: x for p, x in known.items() if x is not None}
        filled.update({(region, p): line(known, p) for p in PERIODS})
    least, most = min(filled.values()), max(filled.values())
    shares[leaf["code"]] = {key: (x - least) / (most - least) for key, x in filled.items()}


def write(name, scores):
    with open(name, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["region", "period", "node", "score", "rank"])
        for (region, period, node), score in scores.items():
            rank = ""
            if node == "innovation":
                rank = 1 + sum(scores[other, period, node] > score for other in regions)
            writer.writerow([region, period, node, repr(score), rank])


equal, entropy = {}, {}
for period in PERIODS:
    for region in regions:
        means = {}
        for node in nodes:
            own = [100 * shares[leaf["code"]][region, period] for leaf in leaves if leaf["parent"] == node]
            means[node] = math.fsum(own) / len(own)
        equal[region, period, "innovation"] = math.fsum(means.values()) / len(means)
        equal.update({(region, period, node): mean for node, mean in means.items()})
write("official.csv", equal)

divergence = {}
scores = {code: {key: 0.2 + 99.4 * x for key, x in of.items()} for code, of in shares.items()}
for code, of in scores.items():
    total = math.fsum(of.values())
    parts = [x / total for x in of.values()]
    divergence[code] = 1 + math.fsum(p * math.log(p) for p in parts) / math.log(len(parts))
whole = math.fsum(divergence.values())
for period in PERIODS:
    for region in regions:
        sums = [divergence[code] / whole * of[region, period] for code, of in scores.items()]
        entropy[region, period, "innovation"] = math.fsum(sums)
write("entropy.csv", entropy)
