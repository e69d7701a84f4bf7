"""What changed between two phases of a series, and whether the first was steady at all."""

from collections.abc import Iterable
from typing import Any, NamedTuple

import pandas as pd

from pophealth.stats.luck import chance_of_side
from pophealth.stats.spc import Rule
from pophealth.views.asides import notes_of
from pophealth.views.marks import mark_sentence
from pophealth.views.patterns import marked
from pophealth.views.phrases import by_luck, first_capital, moment, short, span
from pophealth.views.readings import MOST, Reading, at_most, reading
from pophealth.views.sentences import told
from pophealth.views.series import ENOUGH, counted, period_of, when_column
from pophealth.views.story import MIDDLES, Story, level, story_of


class Change(NamedTuple):
    """How the last phase lies to the average of the first."""

    start: pd.Timestamp
    period: str
    middle: float
    now: float
    count: int
    useful: int
    side: str
    middle_word: str
    before: int
    rough: int

    @property
    def clear(self) -> bool:
        """Tell whether luck would seldom put so many points on one side."""
        return self.chance < 0.05

    @property
    def chance(self) -> float:
        """Tell how often luck alone puts so many points on one side of the average before them."""
        return chance_of_side(self.count, self.useful, self.before)


def two_phase_reading(
    charted: pd.DataFrame,
    *,
    name: str,
    better: str,
    unit: str = "percent",
    marks: pd.DataFrame | None = None,
    chart: str = "",
    rules: str | Iterable[Rule] = "anhoej",
) -> Reading:
    """Say what changed between the first phase and the last, and whether the first was steady at all.

    Limits taken from months that swing by themselves are too rough to lean on; so that is said before
    anything else. Then: what changed, since when, and which mark came before.

    Parameters
    ----------
    charted
        One series with at least two phases, from `stats.spc.control_chart` with `phase`.
    name, better, unit, marks, chart, rules
        As in `reading`.

    Returns
    -------
    Reading
        A finding, one to three sentences, and notes.
    """
    look: dict[str, Any] = {"chart": chart, "rules": rules if isinstance(rules, str) else tuple(rules)}
    phases = charted["phase"].unique() if len(charted) else []
    last = charted[charted["phase"] == phases[-1]] if len(phases) else charted
    if len(phases) < 2 or counted(last).sum() < ENOUGH or not counted(_first(charted)).any():
        return reading(charted, name=name, better=better, unit=unit, marks=marks, **look)
    first = _first(charted)
    change = _change(first, last, chart)
    sentences, over = _told(change, unit, marks)
    story = story_of(charted, **look)
    newest = [f"Within the new limits: {told(story, unit)[0]}"] if story.moved else []
    values = f"{_way_word(change, better)}from {short(change.middle, unit)} to {short(change.now, unit)}"
    finding = f"{name}: {values if change.clear else 'no clear change'} since {_began(change)}"
    alt = f"Line chart of {name} in two phases. {' '.join(sentences)}"
    notes = (*over, *newest, *notes_of(charted, story, chart=chart, better=better, unit=unit))
    return Reading(finding, sentences, alt, _phases_subtitle(first, last, unit), notes)


def _first(charted: pd.DataFrame) -> pd.DataFrame:
    return charted[charted["phase"] == charted["phase"].iloc[0]]


def _change(first: pd.DataFrame, last: pd.DataFrame, chart: str) -> Change:
    middle = float(first["centre"].dropna().iloc[-1])
    count, side = _leaning(last, middle)
    return Change(
        start=pd.Timestamp(last[when_column(last)].iloc[0]),
        period="event" if chart in ("g", "t") else period_of(pd.concat([first, last])),
        middle=middle,
        now=level(last[counted(last)], chart),
        count=count,
        useful=int(counted(last).sum()),
        side=side,
        middle_word=MIDDLES.get(chart, "average"),
        before=int(counted(first).sum()),
        rough=int(marked(first[counted(first)], "outside").sum()),
    )


def _told(change: Change, unit: str, marks: pd.DataFrame | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Order the sentences: a first phase that was not steady comes first, one that was gives way."""
    story = Story("run", change.period, dates=(change.start,))
    beside = [*_luck(change), *mark_sentence(story, marks)]
    steady = _steadiness(change)
    if change.rough or change.before < ENOUGH or len(beside) < MOST - 1:
        return at_most(
            [steady, _lean(change, unit, since=_began(change) if change.rough else "then"), *beside]
        )
    return at_most([_lean(change, unit, since=_began(change)), *beside, steady])


def _lean(change: Change, unit: str, *, since: str) -> str:
    lie = f"all {change.useful}" if change.count == change.useful else f"{change.count} of {change.useful}"
    values = f"{short(change.middle, unit)} then, {short(change.now, unit)} now"
    return f"Since {since} {lie} {change.period}s lie {change.side} the old {change.middle_word}: {values}."


def _began(change: Change) -> str:
    return moment(change.start, change.period)


def _leaning(last: pd.DataFrame, middle: float) -> tuple[int, str]:
    """Count the points on the side of the earlier average where most of them lie."""
    points = last.loc[counted(last), "value"]
    above, below = int((points > middle).sum()), int((points < middle).sum())
    return (above, "above") if above > below else (below, "below")


def _way_word(change: Change, better: str) -> str:
    good = {"higher": "above", "lower": "below"}.get(better)
    way = "up" if change.side == "above" else "down"
    return f"{way} " if good is None else f"{'better' if change.side == good else 'worse'}, {way} "


def _luck(change: Change) -> list[str]:
    """Say how often luck alone would do this, where the first phase is steady enough to tell."""
    if not change.clear:
        return ["That is no more than luck alone often draws."]
    if change.rough or change.before < ENOUGH:
        return []
    return [f"{first_capital(by_luck('so many', change.chance))}."]


def _steadiness(change: Change) -> str:
    before = f"the {change.period}s before {_began(change)}"
    if change.rough:
        return (
            f"First, {before} were not steady themselves: {change.rough} of {change.before} "
            "lie outside their limits, so these are rough."
        )
    if change.before < ENOUGH:
        return f"{first_capital(before)} are few, so their {change.middle_word} is rough."
    return f"{first_capital(before)} were steady: none of the {change.before} lies outside the limits."


def _phases_subtitle(first: pd.DataFrame, last: pd.DataFrame, unit: str) -> str:
    parts = []
    for rows in (first, last):
        dates = rows.loc[rows["value"].notna(), when_column(rows)]
        middle = short(float(rows["centre"].dropna().iloc[-1]), unit)
        parts.append(f"{span(dates.iloc[0], dates.iloc[-1])}: {middle}")
    return " · ".join(parts)
