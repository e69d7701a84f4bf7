"""Rates and their limits worked out one by one from the printed formulas, slowly and in plain Python.

Nothing here is shared with the package; quantiles come from scipy.stats.
"""

import math

from scipy import stats


def z_of(confidence):
    return stats.norm.ppf(1 - (1 - confidence) / 2)


def byar(events, confidence):
    z = z_of(confidence)
    lower = events * (1 - 1 / (9 * events) - z / (3 * math.sqrt(events))) ** 3
    more = events + 1
    return lower, more * (1 - 1 / (9 * more) + z / (3 * math.sqrt(more))) ** 3


def poisson(events, confidence):
    tail = (1 - confidence) / 2
    lower = stats.chi2.ppf(tail, 2 * events) / 2 if events else 0.0
    return lower, stats.chi2.ppf(1 - tail, 2 * events + 2) / 2


def events_limits(events, confidence):
    return poisson(events, confidence) if events < 10 else byar(events, confidence)


def direct(bands, method, confidence):
    """Adjust bands of (events, people, weight)."""
    total = sum(weight for _, _, weight in bands)
    rate = sum(weight * events / people for events, people, weight in bands) / total
    variance = sum(weight**2 * events / people**2 for events, people, weight in bands) / total**2
    events = sum(events for events, _, _ in bands)
    if method == "dobson":
        lower, upper = byar(events, confidence)
        unit = math.sqrt(variance / events)
        return rate, rate + unit * (lower - events), rate + unit * (upper - events)
    heaviest = max(weight / (people * total) for _, people, weight in bands)
    tail = (1 - confidence) / 2
    lower = stats.gamma.ppf(tail, rate**2 / variance, scale=variance / rate) if rate else 0.0
    mean, spread = rate + heaviest, variance + heaviest**2
    return rate, lower, stats.gamma.ppf(1 - tail, mean**2 / spread, scale=spread / mean)


def expected(bands):
    """Add up what bands of (people, reference events, reference people) would have."""
    return sum(people * events / all_people for people, events, all_people in bands)


def life(deaths, people, confidence):
    """Give years of life left with limits for each of the 20 bands of an abridged life table."""
    widths, lived = [1, 4] + [5] * 17, [0.1] + [0.5] * 18
    rates = [each / many for each, many in zip(deaths, people, strict=True)]
    alive, dying = [100_000.0], []
    for width, part, rate in zip(widths, lived, rates[:-1], strict=True):
        dying.append(min(1, width * rate / (1 + width * rate * (1 - part))))
        alive.append(alive[-1] * (1 - dying[-1]))
    years = [
        width * (alive[at + 1] + part * (alive[at] - alive[at + 1]))
        for at, (width, part) in enumerate(zip(widths, lived, strict=True))
    ]
    years.append(alive[-1] / rates[-1])
    left = [sum(years[at:]) / alive[at] for at in range(20)]
    spread = []
    for at in range(19):
        chance = dying[at] ** 2 * (1 - dying[at]) / deaths[at] if deaths[at] else 0
        reach = (1 - lived[at]) * widths[at] + left[at + 1]
        spread.append(alive[at] ** 2 * reach**2 * chance)
    spread.append((alive[-1] / 2) ** 2 * 4 / (deaths[-1] * rates[-1] ** 2))
    errors = [math.sqrt(sum(spread[at:]) / alive[at] ** 2) for at in range(20)]
    z = z_of(confidence)
    return [(each, each - z * error, each + z * error) for each, error in zip(left, errors, strict=True)]


def quantile(values, groups, first):
    """Put each value into a group; None where there is no value or there are too few."""
    there = [value for value in values if value is not None]
    if len(there) < groups:
        return [None] * len(values)
    ahead = (
        (lambda other, value: other > value) if first == "highest" else (lambda other, value: other < value)
    )
    ranks = [None if v is None else 1 + sum(ahead(other, v) for other in there) for v in values]
    return [
        None if rank is None else groups + 1 + (-((len(there) + 1 - rank) * groups) // len(there))
        for rank in ranks
    ]


def poisson_limit(expected_events, chance, side):
    """Search the count whose exact limit is what is expected, by halving."""
    low, high = 0.0, expected_events * 3 + 50
    for _ in range(70):
        middle = (low + high) / 2
        if side == "upper":
            limit = stats.chi2.ppf(chance, 2 * middle) / 2 if middle else 0.0
        else:
            limit = stats.chi2.ppf(1 - chance, 2 * middle + 2) / 2
        low, high = (middle, high) if limit < expected_events else (low, middle)
    return low


def dispersion(values, errors, target):
    """Give the winsorised dispersion and the additive variance between places."""
    z = [(value - target) / error for value, error in zip(values, errors, strict=True)]
    ordered = sorted(z)

    def cut(share):
        at = share * (len(z) - 1)
        below = math.floor(at)
        above = min(below + 1, len(z) - 1)
        return ordered[below] + (at - below) * (ordered[above] - ordered[below])

    low, high = cut(0.1), cut(0.9)
    phi = sum(min(max(each, low), high) ** 2 for each in z) / len(z)
    weights = [1 / error**2 for error in errors]
    room = sum(weights) - sum(weight**2 for weight in weights) / sum(weights)
    return phi, max((len(z) * phi - (len(z) - 1)) / room, 0)
