"""What step 9 says about all measures together: which chart fits, where each stands, new limits to weigh."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from pophealth.delivery.kept import kept
from pophealth.delivery.measure_pieces import KINDS, named
from pophealth.stats import spc
from pophealth.views import theme, words
from pophealth.views.markup import Html
from pophealth.views.measure_table import measure_table
from pophealth.views.series import period_of
from pophealth.views.tied_lines import ONLY_A_LINE
from pophealth.workspace import signs, timeline
from pophealth.workspace.records import Measure

KIND_OF = {
    "p": "share",
    "p'": "share",
    "u": "rate",
    "u'": "rate",
    "c": "count",
    "i": "measurement",
    "g": "between",
    "t": "between",
}
TIED = ("just a line", "One point shares people with the next, so limits and rules would cry wolf.")
LATEST = (
    "The pictures judge the latest point alone: is it unusual, and would the target be met each time if "
    "nothing changed? The words look at the whole chart."
)
STEADY = "No measure has moved for good. Keep the limits you have."
YOURS = (
    "This is advice, and nothing changes by itself. If you know what changed then, add a note below "
    "under the short name. Once 12 points are there, the month is filled in. Write why, and who decided."
)


@kept
def fits(measures: tuple[Measure, ...], points: tuple[pd.DataFrame, ...]) -> Html:
    """Say which chart fits each measure, and why; a person decides."""
    rows = [
        {"Measure": named(measure, short=True), "Chart now": KINDS[measure.chart or "run"]}
        | dict(zip(("What fits", "Why"), _fit(measure, table), strict=True))
        for measure, table in zip(measures, points, strict=True)
    ]
    return theme.data_table(pd.DataFrame(rows), caption="Which chart fits")


def _fit(measure: Measure, points: pd.DataFrame) -> tuple[str, str]:
    known = points[timeline.known(points) & ~points["excluded"]]
    if timeline.tied(measure):
        return TIED
    if known.empty:
        return "–", "There are no counts yet."
    try:
        advice = spc.suggest_chart(known, kind=KIND_OF.get(measure.chart)).iloc[0]
    except ValueError as problem:
        return "just a line for now", f"{str(problem)[:1].upper()}{str(problem)[1:]}."
    fitting = advice["chart"] == measure.chart
    return "✓ it fits" if fitting else KINDS.get(advice["chart"], f"{advice['chart']} chart"), advice[
        "reason"
    ]


@kept
def summary(measures: tuple[Measure, ...], points: tuple[pd.DataFrame, ...]) -> Html:
    """List measures with their latest point, what each chart says, and how often luck alone says so."""
    rows = [_row(measure, table) for measure, table in zip(measures, points, strict=True)]
    table = measure_table(pd.DataFrame(rows), caption="Your measures")
    return theme.join(table, theme.note(LATEST), *_luck(measures, points))


def _row(measure: Measure, points: pd.DataFrame) -> dict[str, Any]:
    chart = signs.charted(points, measure)
    counted = chart[chart["value"].notna()]
    last = counted.iloc[-1] if len(counted) else None
    return {
        "name": named(measure),
        "family": measure.family or "not said yet",
        "latest": "no counts yet" if last is None else last["period"],
        "value": None if last is None else words.short(float(last["value"]), measure.said_in),
        "target": _target(measure),
        **_verdict(chart, measure),
        "finding": _found(chart, measure),
    }


def _target(measure: Measure) -> str | None:
    aim = measure.target_on_chart
    return None if aim is None else words.short(aim, measure.said_in)


def _verdict(chart: pd.DataFrame, measure: Measure) -> dict[str, str]:
    """Judge the latest point; blank where limits are held back, and never where points share people.

    Limits tell whether a target will be met only while nothing changes.
    """
    if timeline.tied(measure):
        return {"variation": "line", "assurance": ""}
    if not judged(chart):
        return {"variation": "", "assurance": ""}
    found = spc.verdict(chart, better=measure.better or "neither", target=measure.target_on_chart).iloc[0]
    moving = found["variation"] != "common_cause" and found["assurance"]
    return {"variation": found["variation"], "assurance": "moving" if moving else found["assurance"]}


def judged(chart: pd.DataFrame) -> bool:
    """Tell whether the phase in force has enough points for limits, and has any."""
    now = chart[chart["phase"].eq(chart["phase"].max())]
    counted = now["value"].notna() & ~now["excluded"].astype(bool)
    return bool(counted.sum() >= signs.ENOUGH and now["upper"].notna().any())


def _found(chart: pd.DataFrame, measure: Measure) -> str:
    if timeline.tied(measure):
        return ONLY_A_LINE
    look: dict[str, Any] = {"better": measure.better or "neither", "unit": measure.said_in}
    found = words.reading(chart, name=named(measure), **look, **signs.rules_of(measure)).finding
    return found.removeprefix(f"{named(measure)}: ")


def _luck(measures: tuple[Measure, ...], points: tuple[pd.DataFrame, ...]) -> list[Html]:
    """Say how many signals luck alone would draw on all these charts."""
    charts = [
        (signs.charted(table, measure), measure)
        for measure, table in zip(measures, points, strict=True)
        if not timeline.tied(measure)
    ]
    counts = [int(chart["value"].notna().sum()) for chart, _ in charts if judged(chart)]
    if not counts:
        return []
    lead = timeline.lead([measure for _, measure in charts])
    return [theme.note(words.many_charts(counts, **signs.rules_of(lead)))]


@kept
def new_limits(measures: tuple[Measure, ...], points: tuple[pd.DataFrame, ...]) -> Html:
    """Say which measures have shifted for good, and what new limits would change; a person decides."""
    found = [
        (named(measure, short=True), _weighed(row, measure))
        for measure, table in zip(measures, points, strict=True)
        for row in suggested(table, measure)
    ]
    if not found:
        return theme.note(STEADY)
    return theme.join(theme.record_table("", found), theme.note(YOURS))


def suggested(points: pd.DataFrame, measure: Measure) -> list[dict[str, Any]]:
    """Find where a shift that lasts began in a measure, as `stats.spc.suggest_phase` tells it."""
    if timeline.tied(measure) or points.empty:
        return []
    chart = signs.charted(points, measure)
    return spc.suggest_phase(chart).assign(period=period_of(chart)).to_dict("records")


def note_begins(name: str, measures: Sequence[Measure], points: Sequence[pd.DataFrame]) -> dict[str, str]:
    """Say what a note on a measure's chart starts with: the month of a shift that lasts, if there is one."""
    wanted = name.strip().lower()
    meant = [pair for pair in zip(measures, points, strict=True) if wanted in _called(pair[0])]
    found = [row for one, table in meant for row in suggested(table, one)]
    start = [f"{row['start']:%Y-%m}" for row in found if row["enough"]]
    known = {"measure": meant[0][0].key} if meant else {}
    return known | ({"change": "new limits", "start": start[0]} if start else {})


def _called(measure: Measure) -> tuple[str, str]:
    return measure.key, measure.name.lower()


def _weighed(row: dict[str, Any], measure: Measure) -> str:
    look = {"name": named(measure), "unit": measure.said_in, "period": row["period"]}
    return " ".join(words.rebase_reading(row, **look).sentences[:2])
