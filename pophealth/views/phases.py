"""What changed between two phases of a series, and whether the first was steady at all."""

import pandas as pd

from pophealth.views.luck import chance_of_run, chance_of_side
from pophealth.views.phrases import first_capital, luck_words, moment, short, span
from pophealth.views.readings import Reading, mark_sentence, reading
from pophealth.views.series import ENOUGH, counted, period_of, pooled, when_column
from pophealth.views.story import Story, marked


def two_phase_reading(
    charted: pd.DataFrame, *, name: str, better: str, unit: str = "percent", marks: pd.DataFrame | None = None
) -> Reading:
    """Say what changed between the first phase and the last, and first whether the first was steady at all.

    Limits taken from months that swing by themselves are too rough to lean on; so that is said before
    anything else. Then: what changed, since when, and which mark came before.

    Parameters
    ----------
    charted
        One series with at least two phases, from `stats.spc.control_chart` with `phase`.
    name, better, unit, marks
        As in `reading`.
    """
    if charted["phase"].nunique() < 2:
        return reading(charted, name=name, better=better, unit=unit, marks=marks)
    first, last = (
        charted[charted["phase"] == number]
        for number in (charted["phase"].iloc[0], charted["phase"].iloc[-1])
    )
    start, period = pd.Timestamp(last[when_column(charted)].iloc[0]), period_of(charted)
    if counted(last).sum() < ENOUGH:
        return reading(charted, name=name, better=better, unit=unit, marks=marks)
    middle, now = float(first["centre"].iloc[-1]), pooled(last[counted(last)])
    count, side = _leaning(last, middle)
    useful, rough = int(counted(last).sum()), int(marked(first[counted(first)], "outside").sum())
    lie = f"all {useful}" if count == useful else f"{count} of {useful}"
    values = f"{short(middle, unit)} before, {short(now, unit)} since"
    clear = chance_of_side(count, useful) < 0.05
    sentences = [
        _steadiness(first, rough, start, period),
        f"Since {moment(start, period)} {lie} {period}s lie {side} the earlier average: {values}.",
        *_two_phase_luck(first, count, useful, rough, clear),
        *mark_sentence(Story("run", period, dates=(start,)), marks),
    ]
    change = f"{_way_word(side, better)}from {short(middle, unit)} to {short(now, unit)}"
    finding = f"{name}: {change if clear else 'no clear change'} since {moment(start, period)}"
    alt = f"Line chart of {name} in two phases. {' '.join(sentences)}"
    return Reading(finding, tuple(sentences), alt, _phases_subtitle(first, last, unit))


def _leaning(last: pd.DataFrame, middle: float) -> tuple[int, str]:
    """Count the points on the side of the earlier average where most of them lie."""
    points = last.loc[counted(last), "value"]
    above, below = int((points > middle).sum()), int((points < middle).sum())
    return (above, "above") if above > below else (below, "below")


def _way_word(side: str, better: str) -> str:
    good = {"higher": "above", "lower": "below"}.get(better)
    way = "up" if side == "above" else "down"
    return f"{way} " if good is None else f"{'better' if side == good else 'worse'}, {way} "


def _two_phase_luck(first: pd.DataFrame, count: int, useful: int, rough: int, clear: bool) -> list[str]:
    """Say how often luck alone would do this, where the first phase is steady enough to tell."""
    before = int(counted(first).sum())
    if not clear:
        return ["That is no more than luck alone often draws."]
    if rough or before < ENOUGH or count < useful:
        return []
    return [f"Luck alone draws a run this long {luck_words(chance_of_run(useful, before + useful, before))}."]


def _steadiness(first: pd.DataFrame, outside: int, start: pd.Timestamp, period: str) -> str:
    points = int(counted(first).sum())
    before = f"the {period}s before {moment(start, period)}"
    if outside:
        return (
            f"First, {before} were not steady themselves: "
            f"{outside} of {points} lie outside their own limits. So limits held from them are rough."
        )
    if points < ENOUGH:
        return f"First, {before} are few, {points} in all, so their average is rough."
    return f"{first_capital(before)} were steady: none of {points} lies outside its limits."


def _phases_subtitle(first: pd.DataFrame, last: pd.DataFrame, unit: str) -> str:
    parts = []
    for rows in (first, last):
        dates = rows.loc[rows["value"].notna(), when_column(rows)]
        parts.append(f"{span(dates.iloc[0], dates.iloc[-1])}: {short(float(rows['centre'].iloc[-1]), unit)}")
    return " · ".join(parts)
