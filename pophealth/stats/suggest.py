"""Which chart fits a series, and why, in one sentence."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd

from pophealth.stats import columns
from pophealth.stats.columns import Layout
from pophealth.stats.traits import luck_in_sigma, traits

ENOUGH = 12  # points that limits need
RARE = 1.4  # events a point: below it, luck alone leaves more than a quarter of the points empty
WORTH_IT = 1.15  # times luck alone: a smaller excess hardly moves the limits
_THIN = 0.2  # a share this far from none and from all is not rare, only made of few people


class Fit(NamedTuple):
    """A chart and the sentence that says why it fits."""

    chart: str
    reason: str


FITS = {
    "few": Fit(
        "run", "There are {points} of the {enough} points that limits need, so a run chart fits for now."
    ),
    "zero gap": Fit("g", "Some gaps are zero, which a t chart cannot draw, so a g chart fits."),
    "gap": Fit("t", "Each point is a gap between two events and all are above zero, so a t chart fits."),
    "sums": Fit("i'", "Each point is a sum over a changing number of people, so an i' chart fits."),
    "groups": Fit(
        "xbar", "Each date has about {together:.0f} values, so chart the mean of each date: an xbar chart."
    ),
    "measured": Fit("i", "Each point is one measured number, not a count, so an i chart fits."),
    "no event": Fit(
        "t", "There was no event in {points} {unit}, so write down the day of each one for a t chart later."
    ),
    "everyone": Fit(
        "g", "No one was missed in {points} {unit}, so count the people between misses: a g chart."
    ),
    "thin": Fit("run", "Each point stands on only about {people:.1f} people, so a run chart fits for now."),
    "rare share": Fit(
        "g",
        "In {low} of {points} {unit} there was no event or just one, "
        "so count the people between events: a g chart.",
    ),
    "rare miss": Fit(
        "g",
        "In {full} of {points} {unit} no one or just one was missed, "
        "so count the people between misses: a g chart.",
    ),
    "rare": Fit(
        "t",
        "In {low} of {points} {unit} there was no event or just one, "
        "so count the days between events: a t chart.",
    ),
    "wide share": Fit(
        "p'",
        "The shares swing about {sigma_z:.1f} times as much as luck alone would make them, "
        "so the p' chart fits better than the p chart.",
    ),
    "wide rate": Fit(
        "u'",
        "The rates swing about {sigma_z:.1f} times as much as luck alone would make them, "
        "so the u' chart fits better than the u chart.",
    ),
    "wide count": Fit(
        "i",
        "The counts swing about {sigma_z:.1f} times as much as luck alone would make them, "
        "so an i chart fits better than a c chart.",
    ),
    "calm share": Fit(
        "p",
        "The shares swing only {sigma_z:.1f} times as much as luck would make them, "
        "so keep to the p chart and ask how they are counted.",
    ),
    "calm rate": Fit(
        "u",
        "The rates swing only {sigma_z:.1f} times as much as luck would make them, "
        "so keep to the u chart and ask how they are counted.",
    ),
    "calm count": Fit(
        "c",
        "The counts swing only {sigma_z:.1f} times as much as luck would make them, "
        "so keep to the c chart and ask how they are counted.",
    ),
    "share": Fit(
        "p", "Each point is a share of about {people:.0f} people and swings as luck would make it: a p chart."
    ),
    "rate": Fit("u", "Each point is a rate of events and swings as luck would make it, so a u chart fits."),
    "count": Fit(
        "c",
        "Each point is a count, about {average:.1f} on average, and swings as luck would make it: a c chart.",
    ),
}


def suggest_chart(
    table: pd.DataFrame,
    *,
    when: str = "period",
    value: str = "value",
    numerator: str = "numerator",
    denominator: str = "denominator",
    by: str | Iterable[str] | None = None,
    kind: str | None = None,
) -> pd.DataFrame:
    """Suggest the chart that fits each series, with the reason in one sentence.

    It is advice; the person who knows the numbers decides. Say what the numbers are with `kind` where
    the table cannot tell: counts of events and measured numbers may look alike.

    Parameters
    ----------
    table : DataFrame
        One row per date and series. Rows of one date are one point: counts summed, values averaged.
    when : str
        Column of the date; any order.
    value, numerator, denominator : str
        Columns of the values or counts, as far as there are any.
    by : str or list of str, optional
        Columns that tell series apart; each series gets its own answer.
    kind : str, optional
        ``share`` (people out of people), ``rate`` (events for so many people or days), ``count``,
        ``measurement`` or ``between`` (the gap from one event to the next). None: found out for each
        series. Then a numerator above its denominator makes a rate, and whole numbers that average at
        most 20 and swing as much as counts do by luck make a count.

    Returns
    -------
    DataFrame
        One row per series: the `by` columns, ``chart``, ``reason``, ``points`` (with a value) and
        ``sigma_z``: how many times as much as by luck alone the counts swing, missing for other numbers.

    Raises
    ------
    ValueError
        If a column is missing or unreadable, the kind is unknown, or counts cannot be of that kind.

    Notes
    -----
    A prime chart is suggested where sigma z is above 1.15 and above what luck alone brings about in 1 of
    100 steady series; never where it is below 1. Sigma z: D. B. Laney, Quality Engineering 14(4), 2002,
    531-537. Below 1.4 events a point, luck alone leaves more than a quarter of the points without any.

    Examples
    --------
    >>> table = pd.DataFrame({"period": range(12), "numerator": [0, 1, 0, 2, 0, 0, 1, 0, 0, 1, 0, 0]})
    >>> suggest_chart(table).loc[0, "chart"]
    't'
    >>> print(suggest_chart(table).loc[0, "reason"])
    In 11 of 12 periods there was no event or just one, so count the days between events: a t chart.
    """
    series = columns.names(by)
    layout = Layout(when, value, numerator, denominator, series, None, None, None)
    found = traits(table, layout, kind)
    case = _cases(found)
    numbers = found.assign(enough=ENOUGH).to_dict("records")
    reasons = [FITS[name].reason.format(**row) for name, row in zip(case, numbers, strict=True)]
    labels = table[series].iloc[found["row"]].reset_index(drop=True)
    advice = pd.DataFrame({"chart": [FITS[name].chart for name in case], "reason": reasons})
    return pd.concat([labels, advice, found[["points", "sigma_z"]].reset_index(drop=True)], axis="columns")


def _cases(found: pd.DataFrame) -> np.ndarray:
    kind, share, counts = found["kind"], found["kind"] == "share", found["average"].notna()
    measured, excess = kind == "measurement", found["sigma_z"] - 1
    luck = luck_in_sigma(found["points"])
    thin = share & found["centre"].between(_THIN, 1 - _THIN)
    rare = counts & ((found["average"] < RARE) | (2 * found["low"] > found["points"]))
    missed = share & ((found["misses"] < RARE) | (2 * found["full"] > found["points"]))
    ladder = [
        (found["points"] < ENOUGH, "few"),
        ((kind == "between") & (found["lowest"] <= 0), "zero gap"),
        (kind == "between", "gap"),
        (measured & found["paired"], "sums"),
        (measured & (found["together"] >= 2), "groups"),
        (measured, "measured"),
        (found["average"] == 0, "no event"),
        (share & (found["misses"] == 0), "everyone"),
        (thin & (rare | missed), "thin"),
        (rare & share, "rare share"),
        (missed, "rare miss"),
        (rare, "rare"),
        (excess > luck.clip(lower=WORTH_IT - 1), "wide " + kind),
        (excess < -luck, "calm " + kind),
    ]
    return np.select([met for met, _ in ladder], [case for _, case in ladder], kind)
