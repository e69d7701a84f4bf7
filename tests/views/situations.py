"""Situations that teams meet, each as the reading of a made-up series."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from pophealth.stats import spc
from pophealth.views import words
from pophealth.views.words import Reading
from tests.views.charted import LEVEL, MARKS, series, vienna

NAME = "Blood pressure control"
HAND_WASHING = pd.DataFrame({"number": [1], "date": ["1847-05-15"], "label": ["hand washing with chlorine"]})
EARLIER = MARKS.assign(date=["2020-02-12", "2020-06-15"])
ZIGZAG = [0.5, 0.56] * 9 + [0.5, 0.55, 0.51, 0.56, 0.5, 0.56]
SLOW = [45, 46, 47, 44, 45, 46, 51, 45, 46, 55, 56, 54, 48, 55, 54, 52, 53, 47, 48, 49, 53, 54, 55, 52]
WILD, LOW, HIGH = [21, 18, 22, 17, 21, 23, 18, 22, 17, 21], [1, 2, 1, 2, 1], [8, 9, 8, 9, 9]
UP_AND_DOWN = [0.33, 0.5, 0.34, 0.51, 0.33, 0.5, 0.3, 0.51]


def up(count, by=0.12):
    return [round(value + by, 3) for value in LEVEL[:count]]


def charted(values, *, chart, rules="anhoej", better="higher", **layout):
    """Chart plain monthly values; counts and denominators come as further columns of the layout."""
    extra = {name: layout.pop(name) for name in ("numerator", "denominator") if name in layout}
    table = pd.DataFrame({"period": pd.date_range("2019-04-01", periods=len(values), freq="MS")})
    table = table.assign(value=values, **extra)
    return spc.control_chart(table, chart=chart, rules=rules, better=better, **layout)


def told(values, *, chart="i", rules="anhoej", better="higher", unit="days", **layout):
    """Chart and read plain values in one step."""
    made = charted(values, chart=chart, rules=rules, better=better, **layout)
    return words.reading(made, name="Wait", better=better, unit=unit, chart=chart, rules=rules)


def shares(values, **look) -> Reading:
    """Chart and read monthly shares of 200 people."""
    keys = ("baseline", "phases", "every", "better", "left_out")
    layout = {key: look.pop(key) for key in keys if key in look}
    better = layout.get("better", "higher")
    return words.reading(series(values, **layout), name=NAME, better=better, **look)


def noise(count, seed=1, size=1.0, about=20.0):
    return about + size * np.random.default_rng(seed).standard_normal(count).round(2)


def counts(values, people, chart):
    return told(
        [np.nan] * len(people),
        chart=chart,
        numerator=values,
        denominator=people,
        unit="percent" if chart in ("p", "p'") else "number",
    )


def over_dispersed(chart):
    swing = np.random.default_rng(5).normal(0.3, 0.04, 24).clip(0.1, 0.9)
    return counts((swing * 4000).round(), np.full(24, 4000), chart)


def tripled(values, chart):
    """Give every month three values."""
    months = np.repeat(pd.date_range("2019-04-01", periods=len(values), freq="MS"), 3)
    spread = np.tile([-2.0, 0, 2], len(values)) * np.repeat(1 + np.arange(len(values)) % 3, 3)
    table = pd.DataFrame({"period": months, "value": np.repeat(values, 3) + spread})
    made = spc.control_chart(table, chart=chart, better="lower", baseline=16)
    return words.reading(made, name="Wait", better="lower", unit="days", chart=chart)


def between(values, chart, better):
    """Chart the days, or the cases, between one event and the next."""
    dates = pd.Timestamp("2018-01-05") + pd.to_timedelta(np.cumsum(values), unit="D")
    table = pd.DataFrame({"period": dates, "value": values})
    made = spc.control_chart(table, chart=chart, better=better, baseline=14)
    return words.reading(made, name="Falls", better=better, unit="days", chart=chart)


DAYS = [12, 30, 5, 22, 9, 40, 14, 3, 18, 27, 8, 16, 11, 21]

SITUATIONS: dict[str, Callable[[], Reading]] = {
    "improvement in the month of a test": lambda: shares(LEVEL + up(9), baseline=16, marks=MARKS),
    "improvement that holds": lambda: shares(LEVEL + up(11), baseline=16),
    "improvement that holds, after a test": lambda: shares(LEVEL + up(11), baseline=16, marks=EARLIER),
    "a test some months before": lambda: shares(LEVEL + up(9), baseline=16, marks=EARLIER),
    "concern": lambda: shares(LEVEL + up(10, -0.1), baseline=16),
    "down is good": lambda: shares(LEVEL + up(11, -0.1), baseline=16, better="lower"),
    "nothing happened": lambda: shares(LEVEL + LEVEL[:8]),
    "too few": lambda: shares(LEVEL[:7]),
    "one point": lambda: shares(LEVEL[:1]),
    "empty": lambda: words.reading(series(LEVEL).head(0), name=NAME, better="higher"),
    "one month like the next": lambda: told(40 + 3 * np.sin(np.arange(24) / 2.0)),
    "one month outside": lambda: shares([*LEVEL, 0.71, *LEVEL[:7]], better="lower"),
    "two months outside": lambda: shares([*LEVEL, 0.66, 0.68, *LEVEL[:3]], baseline=16),
    "many months outside": lambda: shares(LEVEL + UP_AND_DOWN, baseline=16),
    "up and back again": lambda: shares([0.62, 0.65, *LEVEL[:12], *up(12), *LEVEL[:14]], baseline=14),
    "a slow change": lambda: shares(np.array(SLOW) / 100),
    "neither way is good": lambda: shares(LEVEL + up(9), baseline=16, better="neither"),
    "neither way is good, after a test": lambda: shares(
        LEVEL + up(9), baseline=16, better="neither", marks=EARLIER
    ),
    "run chart": lambda: told(np.array(LEVEL + up(10)) * 40, chart="run", better="lower"),
    "all the same": lambda: told([5.0] * 14, unit="number"),
    "all zero": lambda: told([0] * 14, chart="c", numerator=[0] * 14, unit="number"),
    "always everyone": lambda: counts(np.full(13, 80), np.full(13, 80), "p"),
    "nearly always the same": lambda: told([4.0] * 9 + [5, 4, 4, 6, 4, 4, 4.0]),
    "months missing": lambda: told([20, 21, np.nan, 19, 20, np.nan, 21, 20, 19, 20, 21, 19, 20, 21, 20.0]),
    "a month with nobody to count": lambda: counts(
        [5, 6, 4, 0, 5, 6, 5, 4, 6, 5, 5, 6, 4], np.array([20] * 3 + [0] + [20] * 9), "p"
    ),
    "new limits, too few yet": lambda: shares(LEVEL + up(7), phases=[16, 7]),
    "new limits, one month": lambda: shares(LEVEL + up(1), phases=[16, 1]),
    "new limits, calm since": lambda: shares(LEVEL + up(14), phases=[16, 14]),
    "quarters": lambda: shares(LEVEL + up(9), baseline=16, every="QS"),
    "shift, IHI": lambda: told([*noise(16), *noise(6, about=23, size=0.5)], chart="run", rules="ihi_run"),
    "shift, Shewhart": lambda: told(
        [*noise(16), *noise(10, seed=3, about=22, size=0.5)], rules="shewhart", better="lower", baseline=16
    ),
    "shift, NHS": lambda: told(
        [*noise(16), *noise(9, seed=3, about=21.5, size=0.4)], rules="nhs", better="lower", baseline=16
    ),
    "rising": lambda: told(
        [21, 19, 20, 22, 20, 21, 19, 22, 18, 19.5, 20.1, 20.7, 21.2, 21.9, 22.5, 21], rules="shewhart"
    ),
    "falling, ongoing": lambda: told(
        [21, 19, 20, 22, 20, 21, 19, 22, 21.6, 21.1, 20.7, 20.2, 19.9, 19.4], rules="ihi_run", chart="run"
    ),
    "close to a limit": lambda: told(
        [*noise(16), 20, 21.9, 20.5, 21.8, 20, 19.5], rules="shewhart", better="lower", baseline=16
    ),
    "too calm": lambda: told([*WILD, *noise(15, size=0.1), 18, 22], rules="shewhart"),
    "too few runs": lambda: told([*LOW, *HIGH, *LOW, *HIGH], chart="run", rules="ihi_run"),
    "too many runs": lambda: told(np.array(ZIGZAG) * 40, chart="run", rules="ihi_run"),
    "c chart": lambda: told(
        [np.nan] * 13,
        chart="c",
        numerator=[4, 6, 3, 5, 7, 4, 5, 3, 6, 4, 5, 4, 15],
        better="lower",
        unit="falls",
    ),
    "u chart": lambda: counts(
        [4, 6, 3, 5, 7, 4, 5, 3, 6, 4, 5, 4, 5], np.array([2.0, 2, 2, 2, 3, 2, 2, 2, 2, 2, 2, 2, 2]), "u"
    ),
    "p prime chart": lambda: over_dispersed("p'"),
    "u prime chart": lambda: over_dispersed("u'"),
    "i prime chart": lambda: counts(noise(20).round(), np.full(20, 10.0), "i'"),
    "moving ranges": lambda: told([*noise(16), 26, 20, 21], chart="mr", better="lower"),
    "averages of three": lambda: tripled([*noise(16), *noise(9, about=24)], "xbar"),
    "spreads of three": lambda: tripled(noise(16), "s"),
    "cases between events": lambda: between([*DAYS, 35, 44, 31, 52, 29, 61, 38, 47, 33, 40], "g", "higher"),
    "days between events": lambda: between([*DAYS, 150, 20], "t", "higher"),
    "Vienna": lambda: words.two_phase_reading(
        vienna(), name="Deaths of mothers", better="lower", marks=HAND_WASHING
    ),
    "two steady phases": lambda: phases(LEVEL + up(14), [16, 14]),
    "two steady phases, after a test": lambda: phases(LEVEL + up(14), [16, 14], marks=MARKS),
    "two phases alike": lambda: phases(LEVEL + LEVEL[:12], [16, 12]),
    "two phases, the first short": lambda: phases(LEVEL[:6] + up(14), [6, 14]),
    "a signal within new limits": lambda: phases([*LEVEL, *up(14), 0.85], [16, 15]),
}


def phases(values, lengths, marks=None) -> Reading:
    return words.two_phase_reading(series(values, phases=lengths), name=NAME, better="higher", marks=marks)


def by_group(marks=None, better="higher", **groups) -> Reading:
    """Chart and read several groups side by side."""
    frames = [
        series(values, baseline=16, better=better).assign(language=group.replace("_", " "))
        for group, values in groups.items()
    ]
    table = pd.concat(frames)
    table = table[["language", *frames[0].columns[:-1]]]
    return words.reading(table, name=NAME, better=better, by="language", marks=marks)


FLAT, GAIN, LOSS = LEVEL + LEVEL[:10], LEVEL + up(10), LEVEL + up(10, -0.1)
FOR_SPANISH = MARKS.head(1).assign(label="reminder calls", stratum="Spanish")

SITUATIONS |= {
    "one group moved": lambda: by_group(Spanish_speakers=GAIN, English_speakers=FLAT),
    "the test reached one group, the other stayed": lambda: by_group(
        Spanish=GAIN, English=FLAT, marks=FOR_SPANISH
    ),
    "the test reached one group, the other moved too": lambda: by_group(
        Spanish=GAIN, English=GAIN, marks=FOR_SPANISH
    ),
    "the test was for everyone": lambda: by_group(
        Spanish=GAIN, English=GAIN, marks=FOR_SPANISH.assign(stratum="")
    ),
    "a group moved that no test was for": lambda: by_group(Spanish=FLAT, English=GAIN, marks=FOR_SPANISH),
    "two groups moved apart": lambda: by_group(Spanish=GAIN, English=LOSS),
    "many groups": lambda: by_group(
        A=GAIN, B=LOSS, C=GAIN, D=FLAT, E=FLAT, F=FLAT, G=FLAT, H=FLAT, I=FLAT[:7]
    ),
    "no group moved": lambda: by_group(Spanish=FLAT, English=FLAT, Tribal=FLAT[:9]),
    "groups always the same": lambda: by_group(Spanish=[0.5] * 20, English=[0.5] * 20),
    "groups just begun": lambda: by_group(Spanish=FLAT[:3], English=FLAT[:3]),
}


def gap(shift):
    level = [0.15 + (value - 0.5) * 0.6 for value in LEVEL]
    return series(level + [value + shift for value in level[:10]], baseline=16, chart="i", better="lower")


def gap_told(shift, behind, other, *, ratio=None, **look) -> Reading:
    """Read a gap; `ratio` gives the ratio before and since."""
    charted_gap = gap(shift)
    if ratio is not None:
        values = np.repeat(ratio, [16, 10])
        charted_gap = charted_gap.assign(ratio=values, ratio_lower=values / 1.5, ratio_upper=values * 1.5)
    return words.gap_reading(
        charted_gap,
        behind=series(behind, baseline=min(16, len(behind))),
        other=series(other, baseline=min(16, len(other))),
        behind_name="Spanish speakers",
        other_name="English speakers",
        **look,
    )


GAPS: dict[str, Callable[[], Reading]] = {
    "closing": lambda: gap_told(-0.1, GAIN, FLAT),
    "closing, after a test": lambda: gap_told(-0.1, GAIN, FLAT, marks=EARLIER),
    "other got worse": lambda: gap_told(-0.1, FLAT, LOSS),
    "both moved together, other worse": lambda: gap_told(-0.1, GAIN, LOSS),
    "unclear": lambda: gap_told(-0.1, FLAT, FLAT),
    "only the other gained": lambda: gap_told(-0.1, FLAT, GAIN),
    "narrower though those behind lost": lambda: gap_told(-0.1, LOSS, FLAT),
    "too few behind": lambda: gap_told(-0.1, GAIN[-9:], FLAT),
    "left further behind": lambda: gap_told(0.1, FLAT, GAIN),
    "worse": lambda: gap_told(0.1, LOSS, FLAT),
    "both worse": lambda: gap_told(0.1, LOSS, LOSS),
    "same": lambda: gap_told(0, FLAT, FLAT),
    "both better": lambda: gap_told(0, GAIN, GAIN),
    "narrower in points, wider as a ratio": lambda: gap_told(-0.1, GAIN, FLAT, ratio=[1.4, 2.1]),
    "ratio agrees": lambda: gap_told(-0.1, GAIN, FLAT, ratio=[1.8, 1.2]),
    "only the ratio moved": lambda: gap_told(0, FLAT, FLAT, ratio=[1.4, 2.4]),
    "ratio below one": lambda: gap_told(-0.1, GAIN, FLAT, ratio=[0.8, 0.4]),
    "picked as worst": lambda: gap_told(-0.1, GAIN, FLAT, picked=("2019-06-01", "2019-12-01")),
    "picked before the baseline": lambda: gap_told(-0.1, GAIN, FLAT, picked=("2018-06-01", "2018-12-01")),
}


def months(count, value=0.6):
    dates = pd.date_range("2019-06-01", periods=count, freq="MS")
    return pd.DataFrame({"period": dates, "value": np.linspace(value, value + 0.005 * count, count)})


LINES: dict[str, Callable[[], Reading]] = {
    "rolling": lambda: words.line_reading(months(24), name="Asthma visits", window="rolling"),
    "the same people": lambda: words.line_reading(months(24), name="Asthma visits", people="the same"),
    "one year only": lambda: words.line_reading(months(12), name="Asthma visits", window="rolling"),
    "nothing yet": lambda: words.line_reading(months(0), name="Asthma visits", window="rolling"),
}


def suggestion(**changed):
    row = {"start": pd.Timestamp("2020-08-01"), "points": 14, "side": "above", "centre": 0.5}
    row |= {"new_centre": 0.62, "outside_now": 9, "outside_then": 1, "enough": True}
    return pd.Series(row | changed)


REBASE: dict[str, Callable[[], Reading]] = {
    "enough months": lambda: words.rebase_reading(suggestion(), name=NAME),
    "too few months": lambda: words.rebase_reading(suggestion(points=10, enough=False), name=NAME),
}
