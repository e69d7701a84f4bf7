"""Centre lines and limits worked out point by point from the printed formulas, slowly and in plain Python.

Nothing here is shared with the package. A number that cannot be worked out is None.
"""

import math
import statistics
from itertools import groupby, pairwise

WEIGHED = ("p", "p'", "u", "u'", "i'")


def limits(rows, *, chart, baseline=None, centre=None, screen=True, scale=1):
    """Chart rows (dicts with series, period, label, first, out, value, numerator, denominator)."""
    charted = []
    rows = sorted(rows, key=lambda row: (row["series"], row["period"]))
    for _, series in groupby(rows, key=lambda row: row["series"]):
        dates = [list(same) for _, same in groupby(series, key=lambda row: row["period"])]
        points = [point(same, chart) for same in dates]
        for _, phase in groupby(points, key=lambda point: point["label"]):
            charted += phase_lines(list(phase), chart, baseline, centre, screen)
    return [[None if number is None else number * scale for number in point] for point in charted]


def point(rows, chart):
    made = {
        "label": rows[0]["label"],
        "first": any(row["first"] for row in rows),
        "out": any(row["out"] for row in rows),
    }
    if chart in WEIGHED:
        whole = [row for row in rows if row["numerator"] is not None and (row["denominator"] or 0) > 0]
        made["n"] = sum(row["denominator"] for row in whole) if whole else None
        made["y"] = sum(row["numerator"] for row in whole) / made["n"] if whole else None
        return made
    name = "numerator" if chart == "c" else "value"
    numbers = [row[name] for row in rows if row[name] is not None]
    made["n"] = len(numbers)
    if chart == "c":
        made["y"] = sum(numbers) if numbers else None
    else:
        made["y"] = sum(numbers) / len(numbers) if numbers else None
    made["s"] = statistics.stdev(numbers) if len(numbers) > 1 else None
    return made


def phase_lines(points, chart, baseline, centre, screen):
    flagged = baseline == "first" and any(point["first"] for point in points)
    for at, point in enumerate(points):
        within = point["first"] if flagged else at < baseline if isinstance(baseline, int) else True
        point["counts"] = within and not point["out"]
    drawn = CHARTS[chart](points, centre, screen)
    return [[point["y"], *lines] for point, lines in zip(points, drawn, strict=True)]


def mean(numbers):
    return sum(numbers) / len(numbers) if numbers else None


def known(points, name="y"):
    return [point[name] for point in points if point["counts"] and point[name] is not None]


def around(middle, reach, least=-math.inf, most=math.inf):
    if middle is None or reach is None:
        return [middle, None, None]
    return [middle, min(max(middle - reach, least), most), min(max(middle + reach, least), most)]


def screened(steps, screen, limit=3.267):
    average = mean(steps)
    if not screen or average is None:
        return average
    left = mean([step for step in steps if step < limit * average])
    return left or average or None


def steps(numbers):
    return [abs(b - a) for a, b in pairwise(numbers) if a is not None and b is not None]


def run(points, centre, _screen):
    values = known(points)
    middle = centre if centre is not None else statistics.median(values) if values else None
    return [[middle, None, None]] * len(points)


def i(points, centre, screen):
    middle = mean(known(points)) if centre is None else centre
    step = screened(steps([point["y"] for point in points if point["counts"]]), screen)
    return [around(middle, None if step is None else 3 * step / 1.128)] * len(points)


def mr(points, centre, _screen):
    before = None
    for point in points:
        value = point["y"]
        point["y"] = None if value is None or before is None else abs(value - before)
        before = before if point["out"] else value
    middle = mean(known(points)) if centre is None else centre
    return [[middle, None if middle is None else 0, None if middle is None else 3.267 * middle]] * len(points)


def xbar(points, centre, _screen):
    counted = [point for point in points if point["counts"] and point["n"]]
    people = sum(point["n"] for point in counted)
    middle = sum(point["n"] * point["y"] for point in counted) / people if counted else None
    middle = middle if centre is None else centre
    spread = typical_spread(points)
    drawn = []
    for point in points:
        n = point["n"]
        wide = n > 1 and spread is not None
        drawn.append(around(middle, 3 * spread / (c4(n) * math.sqrt(n)) if wide else None))
    return drawn


def s(points, centre, _screen):
    middle = typical_spread(points) if centre is None else centre
    drawn = []
    for point in points:
        point["y"], n = point["s"], point["n"]
        if n < 2 or middle is None:
            drawn.append([middle, None, None])
            continue
        wide = 3 * math.sqrt(1 - c4(n) ** 2) / c4(n)
        drawn.append([middle, max(0, 1 - wide) * middle, (1 + wide) * middle])
    return drawn


def typical_spread(points):
    counted = [point for point in points if point["counts"] and point["s"] is not None]
    if not counted:
        return None
    if len({point["n"] for point in points if point["n"]}) == 1:
        return mean([point["s"] for point in counted])
    squares = sum((point["n"] - 1) * point["s"] ** 2 for point in counted)
    return math.sqrt(squares / sum(point["n"] - 1 for point in counted))


def c4(n):
    return math.sqrt(2 / (n - 1)) * math.gamma(n / 2) / math.gamma((n - 1) / 2)


def pooled(points, centre):
    counted = [point for point in points if point["counts"] and point["y"] is not None]
    if centre is not None or not counted:
        return centre
    return sum(point["y"] * point["n"] for point in counted) / sum(point["n"] for point in counted)


def counts(points, centre, screen, *, binomial, prime):
    middle = pooled(points, centre)
    if middle is None:
        return [[None, None, None]] * len(points)
    spread = middle * (1 - middle) if binomial else middle
    deviations = [math.sqrt(spread / point["n"]) if point["n"] else None for point in points]
    wider = 1
    if prime:
        z = [
            (point["y"] - middle) / deviation if deviation else None
            for point, deviation in zip(points, deviations, strict=True)
            if point["counts"]
        ]
        step = screened(steps(z), screen)
        wider = None if step is None else step / 1.128
    return [
        around(middle, None if d is None or wider is None else 3 * d * wider, 0, 1 if binomial else math.inf)
        for d in deviations
    ]


def p(points, centre, screen):
    return counts(points, centre, screen, binomial=True, prime=False)


def p_prime(points, centre, screen):
    return counts(points, centre, screen, binomial=True, prime=True)


def u(points, centre, screen):
    return counts(points, centre, screen, binomial=False, prime=False)


def u_prime(points, centre, screen):
    return counts(points, centre, screen, binomial=False, prime=True)


def i_prime(points, centre, screen):
    middle = pooled(points, centre)
    found = []
    for a, b in pairwise([point for point in points if point["counts"]]):
        if a["y"] is not None and b["y"] is not None:
            weight = math.sqrt(1 / a["n"] + 1 / b["n"])
            found.append(math.sqrt(math.pi / 2) * abs(b["y"] - a["y"]) / weight)
    step = screened(found, screen, 3.2665)
    return [
        around(middle, None if point["y"] is None or step is None else 3 * step / math.sqrt(point["n"]))
        for point in points
    ]


def c(points, centre, _screen):
    middle = mean(known(points)) if centre is None else centre
    return [around(middle, None if middle is None else 3 * math.sqrt(middle), 0)] * len(points)


def g(points, centre, _screen):
    average = mean(known(points)) if centre is None else centre
    if average is None:
        return [[None, None, None]] * len(points)
    middle = statistics.median(known(points)) if centre is None else 0.693 * centre
    reach = 3 * math.sqrt(average * (average + 1))
    return [[middle, max(0, average - reach), average + reach]] * len(points)


def t(points, centre, screen):
    near_normal = [
        {**point, "y": None if point["y"] is None else point["y"] ** (1 / 3.6)} for point in points
    ]
    return [
        [None if line is None else max(line, 0) ** 3.6 for line in lines]
        for lines in i(near_normal, centre, screen)
    ]


CHARTS = {
    "run": run,
    "i": i,
    "mr": mr,
    "xbar": xbar,
    "s": s,
    "p": p,
    "p'": p_prime,
    "u": u,
    "u'": u_prime,
    "i'": i_prime,
    "c": c,
    "g": g,
    "t": t,
}
