"""Works out official.csv from answers.csv and matters.csv, in exact fractions and without Quanheng:
python3 official.py > official.csv"""
import csv
from collections import defaultdict
from decimal import Decimal
from fractions import Fraction

counts = defaultdict(lambda: defaultdict(int))
with open("answers.csv", encoding="utf-8") as file:
    for row in csv.DictReader(file):
        for region in (row["county"], row["city"], row["province"]):
            cell = counts[region, row["year"]]
            cell["asked"] += 1
            cell["realised"] += row["one_visit"] == "是"
            cell["satisfied"] += row["satisfied"] == "是"
with open("matters.csv", encoding="utf-8") as file:
    for row in csv.DictReader(file):
        for region in (row["county"], row["city"], row["province"]):
            cell, is_covered = counts[region, row["year"]], row["one_visit"] == "是"
            cell["matters"] += 1
            cell["covered"] += is_covered
            cell["cases"] += int(row["cases"])
            cell["covered_cases"] += int(row["cases"]) * is_covered

results = {}
for key, cell in counts.items():
    survey = Fraction(cell["realised"] + cell["satisfied"], 2 * cell["asked"])
    coverage = (Fraction(cell["covered"], cell["matters"]) + Fraction(cell["covered_cases"], cell["cases"])) / 2
    score = 60 * survey + 40 * coverage
    results[key] = Decimal(int((100 * score + Fraction(1, 2)) // 1)) / 100
print("region,period,node,score,rank")
for region, year in sorted(results):
    score = results[region, year]
    league = [other for (r, y), other in results.items() if (r[0], y) == (region[0], year)]
    print(f"{region},{year},one_visit,{score},{1 + sum(other > score for other in league)}")
