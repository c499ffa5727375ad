"""Writes the trees, the regions and the illustrative values of this project.

    python3 illustrate.py

Nothing that it writes was measured. The same numbers come out on every machine: the generator of random numbers is a
linear congruential one (modulus 2^31, multiplier 1103515245, increment 12345), and only sums and products are used.
What was published, and is not made here, stands in published.csv and official.csv.
"""

import csv
import os

SEED = 2022
HERE = os.path.dirname(os.path.abspath(__file__))


class Draws:
    """Random numbers between 0 and 1."""

    def __init__(self, seed):
        self.state = seed

    def uniform(self):
        self.state = (1103515245 * self.state + 12345) % 2**31
        return (self.state >> 8) / 2**23

    def around(self, middle, spread):
        """The mean of four draws, which is nearly normal, between 0 and 1."""
        mean = sum(self.uniform() for _ in range(4)) / 4
        return max(0.0, min(1.0, middle + spread * (mean - 0.5)))


# First level: code, name, full marks (placeholder). Second level: name, or None where it was not found.
FIRST = [("A", "组织机构"), ("B", "制度体系"), ("C", "治理能力"), ("D", "治理效果")]
SECOND = {
    "A": [None, None, None],
    "B": [None, None, None],
    "C": ["平台管理", "政民互动", None, None],
    "D": ["覆盖度", "满意度", None],
}

# How many third-level indicators stand below each second-level one, and their full marks: so many of each size.
EDITIONS = {
    "2021": {
        "A": ([3, 3, 2], [(8, 1.25)]),
        "B": ([6, 5, 5], [(16, 1.25)]),
        "C": ([9, 7, 7], [(22, 1.5), (1, 2)]),
        "D": ([7, 5, 6], [(16, 2), (2, 1.5)]),
    },
    "2022": {
        "A": ([4, 3, 3], [(10, 1)]),
        "B": ([7, 7, 6], [(20, 1)]),
        "C": ([9, 7, 7, 5], [(28, 1.25)]),
        "D": ([8, 6, 7], [(14, 1.5), (7, 2)]),
    },
    "2024": {
        "A": ([4, 3, 3], [(10, 1)]),
        "B": ([7, 7, 6], [(20, 1)]),
        "C": ([10, 8, 8, 6], [(20, 1), (12, 1.25)]),
        "D": ([10, 7, 9], [(16, 1.25), (10, 1.5)]),
    },
}
KINDS = ["binary", "ordinal", "continuous"]
GOOD = {"binary": 1, "ordinal": 4, "continuous": 100}

# The same leaves under other theories, by the second-level indicator. The assignment is a placeholder.
FIVE = {
    "工具论": ["A1", "C3", "D1"],
    "数据论": ["B3", "C4"],
    "平台论": ["A2", "C1"],
    "治理论": ["A3", "B1", "B2", "C2"],
    "赛博论": ["D2", "D3"],
}
MECHANISMS = {
    "技术赋能": ["A1", "A2", "B1", "B2", "C1", "C3", "C4", "D1"],
    "技术赋权": ["A3", "B3", "C2", "D2", "D3"],
}
FEATURES = {
    "治理内容系统化": ["B1", "B2", "B3", "D1", "D3"],
    "治理技术数字化": ["A1", "A2", "C1", "C3", "C4"],
    "治理主体多元化": ["A3", "C2", "D2"],
}
CRISIS = {
    "危机信息": ["B3", "C4"],
    "危机沟通": ["C2", "D2"],
    "危机服务": ["C1", "D1"],
}


def leaves(edition):
    """Code, name, kind, full marks and the nodes above of every leaf of an edition."""
    found = []
    for first, first_name in FIRST:
        counts, sizes = EDITIONS[edition][first]
        marks = [size for n, size in sizes for _ in range(n)]
        for second, count in enumerate(counts):
            code = f"{first}{second + 1}"
            name = SECOND[first][second] or f"{first_name}第{second + 1}项（占位）"
            for third in range(count):
                kind = KINDS[(third + second) % 3]
                leaf = f"{code}{third + 1:02}"
                leaf_name = f"{name.replace('（占位）', '')}之{third + 1}（占位）"
                found.append((leaf, leaf_name, kind, marks.pop(0), (first, first_name), (code, name)))
        assert not marks
    return found


def write(name, rows):
    with open(os.path.join(HERE, name), "w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


FACTS = ["三级指标代码", "三级指标", "类型", "满分", "最差值", "最优值", "下限", "上限"]


def facts(leaf, name, kind, marks):
    return [leaf, name, kind, marks, 0, GOOD[kind], 0, GOOD[kind]]


def tree(edition):
    """A tree as people draw it: what stands above is left blank below."""
    rows = [["一级指标代码", "一级指标", "二级指标代码", "二级指标"] + FACTS]
    seen = set()
    for leaf, name, kind, marks, first, second in leaves(edition):
        above = [cell for node in (first, second) for cell in (node if node not in seen else ("", ""))]
        seen |= {first, second}
        rows.append(above + facts(leaf, name, kind, marks))
    write(f"tree-{edition}.csv", rows)


def recut(name, groups):
    """The leaves of 2022 below other nodes."""
    rows = [["一级指标"] + [head.replace("三级", "二级") for head in FACTS]]
    for group, seconds in groups.items():
        first = True
        for leaf, leaf_name, kind, marks, _, second in leaves("2022"):
            if second[0] in seconds:
                rows.append([group if first else ""] + facts(leaf, leaf_name, kind, marks))
                first = False
    write(f"tree-{name}.csv", rows)


PROVINCES = """110000 北京 东部 华北|120000 天津 东部 华北|130000 河北 东部 华北|140000 山西 中部 华北
150000 内蒙古 西部 华北|210000 辽宁 东北 东北|220000 吉林 东北 东北|230000 黑龙江 东北 东北
310000 上海 东部 华东|320000 江苏 东部 华东|330000 浙江 东部 华东|340000 安徽 中部 华东
350000 福建 东部 华东|360000 江西 中部 华东|370000 山东 东部 华东|410000 河南 中部 华中
420000 湖北 中部 华中|430000 湖南 中部 华中|440000 广东 东部 华南|450000 广西 西部 华南
460000 海南 东部 华南|500000 重庆 西部 西南|510000 四川 西部 西南|520000 贵州 西部 西南
530000 云南 西部 西南|540000 西藏 西部 西南|610000 陕西 西部 西北|620000 甘肃 西部 西北
630000 青海 西部 西北|640000 宁夏 西部 西北|650000 新疆 西部 西北"""
# 副省级 by law, and 苏州, which the publication counts with them.
VICE_PROVINCIAL = """210100 沈阳|210200 大连|220100 长春|230100 哈尔滨|320100 南京|320500 苏州|330100 杭州|330200 宁波
350200 厦门|370100 济南|370200 青岛|420100 武汉|440100 广州|440300 深圳|510100 成都|610100 西安"""
CAPITALS = """130100 石家庄|140100 太原|150100 呼和浩特|210100 沈阳|220100 长春|230100 哈尔滨|320100 南京|330100 杭州
340100 合肥|350100 福州|360100 南昌|370100 济南|410100 郑州|420100 武汉|430100 长沙|440100 广州|450100 南宁
460100 海口|510100 成都|520100 贵阳|530100 昆明|540100 拉萨|610100 西安|620100 兰州|630100 西宁|640100 银川
650100 乌鲁木齐"""


def listed(text):
    return [line.split() for line in text.replace("\n", "|").split("|")]


def main():
    for edition in EDITIONS:
        tree(edition)
    for name, groups in (("five", FIVE), ("mechanisms", MECHANISMS), ("features", FEATURES), ("crisis", CRISIS)):
        recut(name, groups)

    by_province = {code[:2]: (region4, region7) for code, _, region4, region7 in listed(PROVINCES)}
    vice, capitals = dict(listed(VICE_PROVINCIAL)), dict(listed(CAPITALS))
    regions = [(code, name, "province", four, seven) for code, name, four, seven in listed(PROVINCES)]
    cities = sorted({**vice, **capitals}.items())
    regions += [(code, name, "city", *by_province[code[:2]]) for code, name in cities]
    # The other 68 cities of the publication were not found, so that they have no names of real places.
    areas = list(dict.fromkeys(by_province.values()))
    ordinary = [(f"city{n:02}", f"普通城市{n:02}（占位）", "city", *areas[n % len(areas)]) for n in range(1, 69)]
    regions += ordinary
    assert len(regions) == 31 + 101
    write("regions.csv", [["code", "name", "level", "region4", "region7"]] + [list(row) for row in regions])
    members = [(code, "副省级") for code in vice] + [(code, "省会") for code in capitals]
    members += [(row[0], "普通") for row in ordinary]
    write("classes.csv", [["region", "class"]] + sorted(map(list, members)))

    draws = Draws(SEED)
    level = {"东部": 0.62, "中部": 0.52, "西部": 0.46, "东北": 0.46}
    able = {}
    for code, _, kind, region4, _ in regions:
        lift = 0.08 if code in vice else 0.0 if kind == "province" or code in capitals else -0.06
        able[code] = draws.around(level[region4] + lift, 0.5)
    columns = [leaf[0] for leaf in leaves("2024")]
    kind_of = {leaf[0]: leaf[2] for leaf in leaves("2024")}
    # A leaf follows the level of its region, what the region is good at, and how hard the leaf is.
    hard = {leaf: draws.around(0.5, 0.8) for leaf in columns}
    seconds = list(dict.fromkeys(leaf[:2] for leaf in columns))
    good_at = {region[0]: {second: draws.around(0.5, 1.2) for second in seconds} for region in regions}
    rows = [["region", "period"] + columns]
    for step, edition in enumerate(EDITIONS):
        asked = {leaf[0] for leaf in leaves(edition)}
        for code, *_ in regions:
            row = [code, edition]
            for leaf in columns:
                middle = 0.5 * able[code] + 0.3 * good_at[code][leaf[:2]] + 0.2 * (1 - hard[leaf])
                x = draws.around(middle + 0.04 * step, 0.9)
                if leaf not in asked:
                    row.append("")
                elif kind_of[leaf] == "binary":
                    row.append(int(x > 0.5))
                elif kind_of[leaf] == "ordinal":
                    row.append(min(4, int(5 * x)))
                else:
                    row.append(round(100 * x, 1))
            rows.append(row)
    write("values.csv", rows)


main()
