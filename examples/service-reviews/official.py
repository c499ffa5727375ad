"""Works out official.csv from reviews.csv and values.csv, in exact fractions and without Quanheng: python3 official.py > official.csv"""
import csv
from collections import Counter, defaultdict
from decimal import Decimal
from fractions import Fraction

BAD = {"不满意", "非常不满意"}
TARGETS = {"whole_process": 30, "completed_online": 30, "two_visits": 100, "one_visit": 70}


def table(name):
    with open(name, encoding="utf-8") as file:
        return list(csv.DictReader(file))


def ranked(scores):
    """Units of one channel are ranked together; equal scores share a rank."""
    return {unit: 1 + sum(unit[0] == other[0] and scores[other] > own for other in scores) for unit, own in scores.items()}


grades, corrected = defaultdict(Counter), Counter()
for row in table("reviews.csv"):
    grades[row["unit"]][row["grade"]] += 1
    if row["grade"] in BAD and row["days_to_correct"] and int(row["days_to_correct"]) <= 15:
        corrected[row["unit"]] += 1
reviews = {}
for unit, of in grades.items():
    total, bad = sum(of.values()), sum(of[grade] for grade in BAD)
    satisfied = Fraction(total - bad, total)
    rates = [satisfied, 1 - Fraction(bad, total)] + ([Fraction(corrected[unit], bad)] if bad else [])
    hundredths = (10000 * sum(rates) / len(rates) + Fraction(1, 2)) // 1
    reviews[unit] = (Decimal(int(hundredths)) / 100, satisfied)
targets = {row["region"]: sum(Fraction(row[code]) >= least for code, least in TARGETS.items()) for row in table("values.csv")}

print("region,node,score,rank")
ranks = ranked(reviews)
for unit in sorted(reviews):
    print(f"{unit},reviews,{reviews[unit][0]},{ranks[unit]}")
ranks = ranked(targets)
for unit in sorted(targets):
    print(f"{unit},targets,{targets[unit]},{ranks[unit]}")
