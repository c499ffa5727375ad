"""Works out official.csv from tickets.csv, in exact fractions and without Quanheng: python3 official.py > official.csv"""
import csv
from collections import defaultdict
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

CREDIT = {"满意": Fraction(1), "基本满意": Fraction(9, 10), "不满意": Fraction(0)}
cells = defaultdict(lambda: [0, 0, 0, Fraction(0)])
with open("tickets.csv", encoding="utf-8") as file:
    for row in csv.DictReader(file):
        time = datetime.strptime(row["created"], "%Y-%m-%d %H:%M")
        for month in range(1, 13):
            end = datetime(2025, month, 18, 12)
            begin = datetime(2025, month, 1) - timedelta(days=1)
            if begin.replace(day=19) <= time < end and row["callback"] == "有效":
                for region in {"C", row["district"], row["subdistrict"], row["department"]} - {""}:
                    cell = cells[region, f"2025-{month:02}"]
                    cell[0] += 1
                    cell[1] += row["reached"] == "是"
                    cell[2] += row["solved"] == "是"
                    cell[3] += CREDIT[row["grade"]]

results = {}
for (region, period), (base, reached, solved, satisfied) in cells.items():
    score = (10 * Fraction(reached) + 50 * Fraction(solved) + 40 * satisfied) / base
    tenths = (10 * score + Fraction(1, 2)) // 1
    results[region, period] = (Decimal(int(tenths)) / 10, base)
print("region,period,node,score,rank")
for region, period in sorted(results):
    own = results[region, period]
    league = [v for (r, p), v in results.items() if (r[0], p) == (region[0], period)]
    rank = "" if region == "C" else 1 + sum(other > own for other in league)
    print(f"{region},{period},three_rates,{own[0]},{rank}")
