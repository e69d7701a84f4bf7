"""Every measure of inequality again, one setting at a time, in plain steps straight from its formula.

Slow and simple on purpose: lists and sums, Newton's method on two numbers. A group is a dict with e (the
figure), n (people), s (standard error), o (place in the order) and label.
"""

from math import exp, log, sqrt


def shares(groups):
    everybody = sum(g["n"] for g in groups)
    return [g["n"] / everybody for g in groups]


def mean(groups):
    return sum(p * g["e"] for p, g in zip(shares(groups), groups, strict=True))


def ranks(groups, weights):
    """Middle of each group's stretch of all people, from the most disadvantaged on."""
    everybody = sum(weights)
    found = []
    for g in groups:
        below = sum(w for h, w in zip(groups, weights, strict=True) if h["o"] < g["o"])
        beside = sum(w for h, w in zip(groups, weights, strict=True) if h["o"] == g["o"])
        found.append((below + beside / 2) / everybody)
    return found


def solve(a, b, c, y0, y1):
    """Solve [[a, b], [b, c]] x = y."""
    det = a * c - b * b
    return (c * y0 - b * y1) / det, (a * y1 - b * y0) / det


def inverse(a, b, c):
    det = a * c - b * b
    return [[c / det, -b / det], [-b / det, a / det]]


def robust(groups, xs, weights, scores):
    """HC1: bread, meat of each group's score, bread; times groups / (groups - 2)."""
    bread = inverse(
        sum(weights),
        sum(w * x for w, x in zip(weights, xs, strict=True)),
        sum(w * x * x for w, x in zip(weights, xs, strict=True)),
    )
    meat = [[0.0, 0.0], [0.0, 0.0]]
    for x, u in zip(xs, scores, strict=True):
        for i, left in enumerate((1, x)):
            for j, right in enumerate((1, x)):
                meat[i][j] += u * u * left * right
    small = len(groups) / (len(groups) - 2)
    return [
        [small * sum(bread[i][k] * meat[k][m] * bread[m][j] for k in (0, 1) for m in (0, 1)) for j in (0, 1)]
        for i in (0, 1)
    ]


def quadratic(matrix, slopes):
    return sum(slopes[i] * matrix[i][j] * slopes[j] for i in (0, 1) for j in (0, 1))


def whole(n):
    return float(-(-n // 1))


def line(groups, scale, model):
    """Return both ends of the line, the spread of its two numbers and the slopes of both ends in them."""
    ws = [whole(g["n"]) for g in groups]
    xs = ranks(groups, ws)
    if model == "linear":
        ys = [g["e"] / scale for g in groups]
        a, b = solve(
            sum(ws),
            sum(w * x for w, x in zip(ws, xs, strict=True)),
            sum(w * x * x for w, x in zip(ws, xs, strict=True)),
            sum(w * y for w, y in zip(ws, ys, strict=True)),
            sum(w * x * y for w, x, y in zip(ws, xs, ys, strict=True)),
        )
        scores = [w * (y - a - b * x) for w, x, y in zip(ws, xs, ys, strict=True)]
        return a, a + b, robust(groups, xs, ws, scores), (1, 0), (1, 1)
    cases = [round(g["e"] / scale * w) for g, w in zip(groups, ws, strict=True)]
    a = b = 0.0
    for _ in range(60):
        fit = [1 / (1 + exp(-a - b * x)) for x in xs]
        vs = [w * f * (1 - f) for w, f in zip(ws, fit, strict=True)]
        scores = [y - w * f for y, w, f in zip(cases, ws, fit, strict=True)]
        da, db = solve(
            sum(vs),
            sum(v * x for v, x in zip(vs, xs, strict=True)),
            sum(v * x * x for v, x in zip(vs, xs, strict=True)),
            sum(scores),
            sum(u * x for u, x in zip(scores, xs, strict=True)),
        )
        a, b = a + da, b + db
    start, end = 1 / (1 + exp(-a)), 1 / (1 + exp(-a - b))
    first, last = start * (1 - start), end * (1 - end)
    return start, end, robust(groups, xs, vs, scores), (first, 0), (last, last)


def sii(groups, scale=100, model="logistic"):
    start, end, spread, first, last = line(groups, scale, model)
    slopes = [after - before for before, after in zip(first, last, strict=True)]
    return (end - start) * scale, sqrt(quadratic(spread, slopes)) * scale


def rii(groups, scale=100, model="logistic"):
    start, end, spread, first, last = line(groups, scale, model)
    slopes = [after / end - before / start for before, after in zip(first, last, strict=True)]
    return end / start, sqrt(quadratic(spread, slopes))


def aci(groups, low=0, high=1):
    """The index as the slope of a weighted line, and that line's ordinary standard error."""
    ps, es = shares(groups), [(g["e"] - low) / (high - low) for g in groups]
    xs = ranks(groups, [g["n"] for g in groups])
    wide = sum(p * (x - 0.5) ** 2 for p, x in zip(ps, xs, strict=True))
    ys = [2 * wide * e for e in es]
    level = sum(p * y for p, y in zip(ps, ys, strict=True))
    slope = sum(p * (x - 0.5) * (y - level) for p, x, y in zip(ps, xs, ys, strict=True)) / wide
    left = [y - level - slope * (x - 0.5) for x, y in zip(xs, ys, strict=True)]
    scatter = sum(p * r * r for p, r in zip(ps, left, strict=True)) / (len(groups) - 2)
    return slope, sqrt(scatter / wide), sum(p * e for p, e in zip(ps, es, strict=True))


def rci(groups, variant="standard", low=0, high=1):
    value, se, level = aci(groups, low, high)
    times = {"standard": 1 / level, "wagstaff": 1 / level / (1 - level), "erreygers": 4}[variant]
    return value * times, se * times


def best(groups, better):
    return (max if better == "higher" else min)(groups, key=lambda g: g["e"])


def two(groups, better, *, reference=None, ordered=False):
    """The two that are compared, as y1 and y2 of the formulas."""
    if ordered:
        low, high = min(groups, key=lambda g: g["o"]), max(groups, key=lambda g: g["o"])
    else:
        high = (
            best(groups, better) if reference is None else next(g for g in groups if g["label"] == reference)
        )
        low = best([g for g in groups if g is not high], "lower" if better == "higher" else "higher")
    return (high, low) if better == "higher" else (low, high)


def difference(groups, better, **how):
    one, other = two(groups, better, **how)
    return one["e"] - other["e"], sqrt(one["s"] ** 2 + other["s"] ** 2)


def ratio(groups, better, **how):
    one, other = two(groups, better, **how)
    return one["e"] / other["e"], sqrt((one["s"] / one["e"]) ** 2 + (other["s"] / other["e"]) ** 2)


def par(groups, better, *, scale=100, ordered=False):
    goal = max(groups, key=lambda g: g["o"]) if ordered else best(groups, better)
    level = mean(groups)
    gain = goal["e"] - level
    gain = gain if (gain > 0) == (better == "higher") else 0.0
    c = goal["e"] / scale * goal["n"]
    d = goal["n"] - c
    everybody = sum(g["n"] for g in groups)
    a = level / scale * everybody - c
    b = everybody - a - goal["n"]
    error = sqrt(c * everybody * (a * d * (everybody - c) + b * c * c) / ((a + c) ** 3 * (c + d) ** 3))
    return gain, level * error


def paf(groups, better, **how):
    gain, se = par(groups, better, **how)
    return 100 * gain / mean(groups), 100 * se / mean(groups)


def bgv(groups):
    level, value, parts = mean(groups), 0.0, [0.0] * 4
    for p, g in zip(shares(groups), groups, strict=True):
        value += p * (g["e"] - level) ** 2
        parts[0] += p**2 * g["s"] ** 2 * (g["e"] - level) ** 2
        parts[1] += p**2 * g["s"] ** 2
        parts[2] += p**4 * g["s"] ** 4
        parts[3] += p**2 * (1 - p) ** 2 * g["s"] ** 4
    return value, sqrt(4 * parts[0] + 2 * (parts[1] ** 2 - parts[2] + parts[3]))


def mld(groups):
    level = mean(groups)
    value = sum(-p * log(g["e"] / level) for p, g in zip(shares(groups), groups, strict=True))
    variance = sum(
        (g["s"] * p / level * (1 - level / g["e"])) ** 2 for p, g in zip(shares(groups), groups, strict=True)
    )
    return 1000 * value, 1000 * sqrt(variance)


def ti(groups):
    level = mean(groups)
    rs = [g["e"] / level for g in groups]
    ps = shares(groups)
    value = sum(p * r * log(r) for p, r in zip(ps, rs, strict=True))
    middle = sum(p * r * (1 + log(r)) for p, r in zip(ps, rs, strict=True))
    variance = sum(
        ((1 + log(r) - middle) * p * g["s"] / level) ** 2 for p, r, g in zip(ps, rs, groups, strict=True)
    )
    return 1000 * value, 1000 * sqrt(variance)


def distances(groups, centre, *, weighed):
    weights = shares(groups) if weighed else [1 / len(groups)] * len(groups)
    return sum(w * abs(g["e"] - centre) for w, g in zip(weights, groups, strict=True))


def by_draws(groups, better, reference):
    """The measures without a formula for limits."""
    level, top = mean(groups), best(groups, better)["e"]
    held = next(g["e"] for g in groups if g["label"] == reference)
    bgsd = sqrt(bgv(groups)[0])
    found = {"bgsd": bgsd, "cov": 100 * bgsd / level}
    for name, centre in (("mdr", held), ("mdb", top), ("mdm", level)):
        found[f"{name}u"] = distances(groups, centre, weighed=False)
        found[f"{name}w"] = distances(groups, centre, weighed=True)
    found["idisu"] = 100 * found["mdmu"] / level
    found["idisw"] = 100 * found["mdmw"] / level
    return found
