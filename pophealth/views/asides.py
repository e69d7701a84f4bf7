"""What stands beside a reading in small print: gaps in the series, rough limits, a year before."""

import numpy as np
import pandas as pd

from pophealth.stats import spc
from pophealth.views.phrases import first_capital, many, moment, short
from pophealth.views.series import counted, period_of, when_column
from pophealth.views.story import Story
from pophealth.views.suppressed import hidden

LEANING = 0.5
"""Above this, one point looks so much like the next that rules cry wolf clearly more often."""

KINDS = {
    "mr": "Each point is the step from one period to the next, not the value itself.",
    "s": "Each point shows how far the values of one period lie apart.",
}
BETWEEN = {
    "g": "Each point counts what went well between two events",
    "t": "Each point is the time between two events",
}
LONGER = {"higher": "; longer is better.", "lower": "; shorter is better."}


def notes_of(charted: pd.DataFrame, story: Story, *, chart: str, better: str, unit: str) -> list[str]:
    """List what people should know beside the sentences on one series.

    Parameters
    ----------
    charted
        One series from `stats.spc.control_chart`.
    story
        What happened in it.
    chart, better, unit
        As in `words.reading`.

    Returns
    -------
    list of str
        Short notes; often none.
    """
    if story.kind == "empty":
        return []
    notes = [_kind(chart, better), *_missing(charted, chart), _width(charted, story, chart)]
    if story.kind not in ("few", "same"):
        notes += [_few_steps(charted, story, chart), _leaning(charted, story, chart)]
    return [note for note in [*notes, year_before(charted, unit)] if note]


def _kind(chart: str, better: str) -> str:
    if chart in BETWEEN:
        return BETWEEN[chart] + LONGER.get(better, ".")
    return KINDS.get(chart, "")


def _missing(charted: pd.DataFrame, chart: str) -> list[str]:
    """Count the periods without a point: those with nobody to count, and those without numbers.

    The first point of an mr chart, which needs the one before, is not missing.
    """
    if chart == "mr":
        return []
    period, empty = period_of(charted), charted["value"].isna()
    nobody = empty & charted["denominator"].eq(0) if "denominator" in charted else empty & False
    protected = hidden(charted)
    missing = int((empty & ~nobody & ~protected).sum())
    people, told = int((nobody & ~protected).sum()), []
    if protected.any():
        few = int(protected.sum())
        told.append(f"{many(few, period)} {'has' if few == 1 else 'have'} too few people to show.")
    if missing:
        told.append(f"{many(missing, period)} {'is' if missing == 1 else 'are'} missing.")
    if people:
        told.append(f"{many(people, period)} had nobody to count, so there is no point.")
    return [first_capital(note) for note in told]


def _width(charted: pd.DataFrame, story: Story, chart: str) -> str:
    """Say so when limits are wider, or narrower, than the counts alone would make them."""
    if chart not in ("p'", "u'") or story.kind in ("few", "same"):
        return ""
    wider = _widening(charted[counted(charted)], chart)
    if wider > 1.05:
        return (
            "The limits are wider than usual because the points swing more than luck alone would make them."
        )
    if wider < 0.95:
        return (
            "The limits are narrower than usual, for the points swing less than luck alone would make them."
        )
    return ""


def _widening(points: pd.DataFrame, chart: str) -> float:
    scale = float((points["value"] * points["denominator"] / points["numerator"]).median())
    centre, people = points["centre"] / scale, points["denominator"]
    spread = np.sqrt(centre * (1 - centre) / people) if chart == "p'" else np.sqrt(centre / people)
    reach = np.maximum(points["upper"] - points["centre"], points["centre"] - points["lower"]) / scale
    return float((reach / (3 * spread)).median())


def _few_steps(charted: pd.DataFrame, story: Story, chart: str) -> str:
    """Warn when most periods repeat the one before, so that limits come from a few steps."""
    if chart not in ("", "i", "i'", "mr", "t"):
        return ""
    points = charted[counted(charted) & charted["phase"].eq(charted["phase"].iloc[-1])]
    steps = points["value"].diff().dropna()
    moving = int(steps.ne(0).sum())
    if moving >= len(steps) / 2 or points["upper"].isna().all():
        return ""
    return f"Most {story.period}s repeat the one before, so the limits lean on only {many(moving, 'step')}."


def _leaning(charted: pd.DataFrame, story: Story, chart: str) -> str:
    if chart == "mr":
        return ""
    leaning = spc.autocorrelation(charted)["lag_1"].iloc[-1]
    if pd.isna(leaning) or leaning <= LEANING:
        return ""
    return f"One {story.period} here looks much like the next, so the rules cry wolf more often."


def year_before(charted: pd.DataFrame, unit: str) -> str:
    """Say the latest value and that of the same time a year before, once two years are in.

    A point that was left out with a reason is not held against another.

    Examples
    --------
    >>> months = pd.date_range("2019-06-01", periods=24, freq="MS")
    >>> table = pd.DataFrame({"period": months, "value": [0.63] * 23 + [0.72]})
    >>> year_before(table, "percent")
    'May 2021: 72%. A year before: 63%.'
    """
    when, period = when_column(charted), period_of(charted)
    if period not in ("month", "quarter"):
        return ""
    in_use = counted(charted) if "excluded" in charted else charted["value"].notna()
    known = charted[in_use].set_index(when)["value"]
    known.index = pd.to_datetime(known.index)
    if known.empty or len(pd.period_range(known.index[0], known.index[-1], freq="M")) < _TWO_YEARS[period]:
        return ""
    last = known.index[-1]
    earlier = known.get(last - pd.DateOffset(years=1))
    if earlier is None:
        return ""
    now = f"{first_capital(moment(last, period))}: {short(float(known.iloc[-1]), unit)}."
    return f"{now} A year before: {short(float(earlier), unit)}."


_TWO_YEARS = {"month": 24, "quarter": 22}
"""Months from the first point to the last; eight quarters span 22."""
