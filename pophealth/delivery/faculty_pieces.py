"""The pieces of the page for faculty: signals, gaps with reasons, tests with predictions, scores."""

from collections.abc import Hashable, Iterable
from typing import Any

import pandas as pd

from pophealth.views import lists, theme, words
from pophealth.views.markup import Html
from pophealth.views.phrases import first_capital, many
from pophealth.views.sustain_words import DECISIONS
from pophealth.workspace import signs
from pophealth.workspace.overview import Gap
from pophealth.workspace.records import Focus, Measure

NO_GAPS = ("The gaps between groups will stand here, with reasons.", "Teams choose a group in step 5.")
NO_TESTS = ("Tests that are under way will stand here.", "Ask each team what it could try by next Tuesday.")
NO_SCORES = ("Both views of each team's progress will stand here.", "Give yours below, with a reason.")
UNSEEN = "No numbers by group to be seen here yet."


def signals(found: pd.DataFrame, tested: pd.DataFrame, *, teams: int) -> Html:
    """Count in four cards what lead measures show and how teams test."""
    holds = int((found["direction"].eq("improvement") & found["holds"]).sum())
    worse = int(found["direction"].eq("concern").sum())
    calm = int(found["direction"].eq("").sum())
    all_tests, predicted = int(tested["tests"].sum()), int(tested["predicted"].sum())
    named = f"{len(found)} of {teams} teams have a lead measure with a chart you may see"
    return theme.cards(
        [
            (holds, f"with a signal of improvement that still holds; {named}"),
            (worse, "with a signal of concern in the phase in force"),
            (calm, "within ordinary variation, or with too few points to tell"),
            (all_tests, f"tests begun, {predicted} of them with a written prediction"),
        ]
    )


def gaps(found: Iterable[Gap]) -> Html:
    """Say for each team what its gap does, why, and why this group was chosen."""
    cards = [_gap(gap) for gap in found]
    return lists.beside(cards) if cards else theme.empty(*NO_GAPS)


def _gap(gap: Gap) -> Html:
    focus = gap.focus
    seen = not gap.groups.empty
    finding, why = gap_words(gap.groups, gap.measure, focus) if seen else (UNSEEN, "")
    rows = [
        ("For whom first", focus.group),
        ("The gap", finding),
        ("Why", why),
        ("Why this group", focus.reason),
    ]
    return theme.record_table(gap.name, [row for row in rows if row[1]])


def gap_words(groups: pd.DataFrame, measure: Measure, focus: Focus) -> tuple[str, str]:
    """Say what the gap between two groups does, and why."""
    pair = (focus.stratum, focus.reference)
    charted = signs.charted_gap(groups, measure, behind=pair[0], reference=pair[1])
    behind, other = (signs.charted(groups[groups["stratum"].eq(name)], measure) for name in pair)
    reading = words.gap_reading(
        charted,
        behind=behind,
        other=other,
        behind_name=pair[0],
        other_name=pair[1],
        rules=signs.rules_of(measure)["rules"],
    )
    finding, *why = reading.sentences
    return finding, " ".join(why)


def tests(table: pd.DataFrame) -> Html:
    """List tests that are open or began lately, with what was predicted before."""
    if table.empty:
        return theme.empty(*NO_TESTS)
    shown = pd.DataFrame(
        {
            "Team": table["name"],
            "Test": table["test"],
            "Began": table["start"],
            "Prediction": table["prediction"].replace("", "none written"),
            "Decision": table["decision"].map(DECISIONS),
        }
    )
    bare = int(table["prediction"].eq("").sum())
    count = first_capital(many(len(table), "test"))
    said = f"{count} open or begun in the last eight weeks; {bare} without a prediction."
    return theme.join(lists.said([said], heading="What we see."), lists.boxed(theme.data_table(shown)))


def scores(table: pd.DataFrame) -> Html:
    """Put both scores of each team beside each other, with their difference and reasons."""
    if table.empty:
        return theme.empty(*NO_SCORES)
    return lists.beside(_both(row) for row in table.to_dict("records"))


def _both(row: dict[Hashable, Any]) -> Html:
    both = f"{_score(row['team'])} and {_score(row['faculty'])}, {_apart(row['difference'])}"
    rows = [
        ("Own and faculty", both),
        ("Why, says the team", row["why_team"]),
        ("Why, says faculty", row["why_faculty"]),
        ("What would help next", row["next_faculty"]),
    ]
    told = [(label, words) for label, words in rows if not pd.isna(words) and words]
    return theme.record_table(f"{row['name']}, {row['month']:%B %Y}", told)


def _score(value: float) -> str:
    return "–" if pd.isna(value) else f"{value:.1f}"


def _apart(value: float) -> str:
    return "one view only" if pd.isna(value) else "the same" if value == 0 else f"{abs(value):.1f} apart"
