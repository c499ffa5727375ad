"""Writes reviews.csv, values.csv and regions.csv, all of them invented, from a fixed seed: python3 illustrate.py"""
import csv
import random

GRADES = ["非常满意", "满意", "基本满意", "不满意", "非常不满意"]
draw = random.Random(2019)


def write(name, head, rows):
    with open(name, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(rows)


numerals = "一二三四五六七八九"
regions = [(f"H{k + 1}", f"大厅{c}", f"Hall {k + 1}", "hall") for k, c in enumerate(numerals)]
regions += [(f"P{k + 1}", f"平台{c}", f"Platform {k + 1}", "platform") for k, c in enumerate(numerals[:6])]
write("regions.csv", ["code", "name_zh", "name_en", "channel"], regions)

reviews, number = [], 0
for code, *_ in regions:
    good = draw.uniform(0.55, 0.9)
    careful = draw.uniform(0.5, 1.0)
    for _ in range(draw.randint(80, 240)):
        number += 1
        weights = [good, (1 - good) * 0.5, (1 - good) * 0.3, (1 - good) * 0.14, (1 - good) * 0.06]
        grade = draw.choices(GRADES, weights)[0]
        days = ""
        if grade in GRADES[3:] and draw.random() < 0.95:
            days = draw.randint(1, 15) if draw.random() < careful else draw.randint(16, 30)
        reviews.append([f"R{number:05}", code, grade, days])
# One platform has opened and has no review yet.
reviews = [row for row in reviews if row[1] != "P6"]
write("reviews.csv", ["review", "unit", "grade", "days_to_correct"], reviews)

values = []
for code, *_ in regions:
    whole = round(draw.uniform(18, 55), 1)
    done = round(draw.uniform(20, 48), 1)
    two = draw.choice([100, 100, 100, 99.2, 97.5])
    one = round(draw.uniform(60, 92), 1)
    values.append([code, whole, done, two, one])
write("values.csv", ["region", "whole_process", "completed_online", "two_visits", "one_visit"], values)
