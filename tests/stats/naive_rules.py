"""The rules once more: slow, point by point, in whole numbers, to hold the fast ones against.

A point is a dictionary of whole numbers: value (or None), centre, lower, upper (or None) and excluded.
"""

import itertools


def marks(points, rule):
    """Give each point's mark: 0, or 1, or for a trend which way it goes."""
    return {
        "outside": outside,
        "shift": shift,
        "long_run": shift,
        "trend": trend,
        "two_in_three": two_in_three,
        "fifteen_near": fifteen_near,
    }[rule.name](points, rule)


def outside(points, rule):
    return [int(beyond(point)) for point in points]


def beyond(point):
    value, lower, upper = point["value"], point["lower"], point["upper"]
    if value is None:
        return False
    return (upper is not None and value > upper) or (lower is not None and value < lower)


def windows(points, rule, stepped_over):
    """Give every stretch of as many points, in order, without a break in it."""
    line = []
    for at, point in enumerate(points):
        if point["excluded"]:
            continue
        if point["value"] is None:
            line += [None] if rule.missing_breaks else []
        elif not stepped_over(point, points[line[-1]] if line and line[-1] is not None else None):
            line.append(at)
    found = [line[start : start + rule.length] for start in range(len(line) - rule.length + 1)]
    return [window for window in found if None not in window]


def shift(points, rule):
    hit = [0] * len(points)
    for window in windows(
        points, rule, lambda point, _: point["value"] == point["centre"] and not rule.ties_break
    ):
        values = [points[at] for at in window]
        if all(p["value"] > p["centre"] for p in values) or all(p["value"] < p["centre"] for p in values):
            for at in window:
                hit[at] = 1
    return hit


def trend(points, rule):
    hit = [0] * len(points)
    for window in windows(
        points,
        rule,
        lambda point, before: bool(before) and point["value"] == before["value"] and not rule.ties_break,
    ):
        values = [points[at]["value"] for at in window]
        pairs = list(itertools.pairwise(values))
        way = all(a < b for a, b in pairs) - all(a > b for a, b in pairs)
        for at in window:
            hit[at] = way or hit[at]
    return hit


def ways(point):
    """Give the way down and up to each limit; in place of a cut or missing one, the longer of both."""
    lower, upper, centre = point["lower"], point["upper"], point["centre"]
    down = None if lower is None else centre - lower
    up = None if upper is None else upper - centre
    known = [way for way in (down, up) if way is not None]
    if down is None or lower == 0:
        down = max(known, default=None)
    if up is None:
        up = max(known, default=None)
    return down or None, up or None


def near_limit(point):
    down, up = ways(point)
    above = up is not None and 3 * (point["value"] - point["centre"]) > 2 * up
    below = down is not None and 3 * (point["centre"] - point["value"]) > 2 * down
    return above - below


def two_in_three(points, rule):
    hit = [0] * len(points)
    for window in windows(points, rule, lambda *_: False):
        for way in (1, -1):
            side = [at for at in window if way * (points[at]["value"] - points[at]["centre"]) > 0]
            if rule.outside_counts:
                near = [at for at in side if near_limit(points[at]) == way or beyond(points[at])]
            else:
                near = [at for at in side if near_limit(points[at]) == way and not beyond(points[at])]
            if len(near) >= rule.length - 1 and (len(side) == rule.length or not rule.one_side):
                for at in near:
                    hit[at] = 1
    return hit


def fifteen_near(points, rule):
    hit = [0] * len(points)
    for window in windows(points, rule, lambda *_: False):
        if all(in_inner_third(points[at]) for at in window):
            for at in window:
                hit[at] = 1
    return hit


def in_inner_third(point):
    down, up = ways(point)
    if down is None or up is None:
        return False
    return -down <= 3 * (point["value"] - point["centre"]) <= up


def names_and_ways(points, rules):
    """Give each point its names and which way it is called: 1 up, -1 down, 0 where it has no name."""
    found = [marks(points, rule) for rule in rules]
    named = []
    for at, point in enumerate(points):
        names, way = [], 0
        for rule, hit in zip(rules, found, strict=True):
            if hit[at]:
                names.append(rule.name)
                way = hit[at] if rule.name == "trend" else way
                if rule.alone:
                    break
        if names and set(names) != {"trend"}:
            way = 1 if point["value"] > point["centre"] else -1
        named.append((" ".join(names), way))
    return named
