"""What a dot plot of groups says."""

from collections.abc import Iterable

import pandas as pd

from pophealth.views.compared import WAYS, gaps_of, kinds_of, reference_of
from pophealth.views.group_phrases import (
    blank_notes,
    confidence_of,
    counted,
    hidden_names,
    line_notes,
    luck_moves,
    stands_out,
    too_few,
    unsure,
)
from pophealth.views.groups import groups_of, worst_first
from pophealth.views.phrases import short, some
from pophealth.views.readings import Reading, at_most
from pophealth.views.row_marks import Reference, reference_for

SAID = {
    "behind": "behind {}",
    "ahead": "ahead of {}",
    "above": "higher than {}",
    "below": "lower than {}",
}
BRIEF = {"behind": "behind", "ahead": "ahead", "above": "higher", "below": "lower"}


def dots_reading(
    table: pd.DataFrame,
    *,
    by: str | Iterable[str],
    name: str,
    better: str,
    reference: str | None = None,
    reference_value: float | None = None,
    compared: pd.DataFrame | None = None,
    unit: str = "percent",
) -> Reading:
    """Say which groups lie behind or ahead of the reference by more than luck, and of which nothing is sure.

    A gap is judged by the limits of the difference itself, never by whether two lines overlap. Nothing here
    says why groups differ.

    Parameters
    ----------
    table, by, better, reference, reference_value, compared, unit
        As in `dot_plot.dot_plot`.
    name
        What is measured, such as "Blood pressure control".

    Returns
    -------
    Reading
        A finding, one to three sentences, and notes.

    Examples
    --------
    >>> nothing = pd.DataFrame({"group": [], "value": []})
    >>> dots_reading(nothing, by="group", name="Blood pressure control", better="higher").finding
    'Blood pressure control: no numbers yet'
    """
    if table.empty:
        words = ("The chart and its words will stand here once the first numbers are in.",)
        return Reading(f"{name}: no numbers yet", words, f"{name}: no numbers yet.", "")
    reference = reference_of(table, reference)
    gaps = gaps_of(table, compared, by=by, reference=reference)
    groups = groups_of(table, by=by, beside=["reference_value"]).assign(
        kind=kinds_of(gaps, better=better, reference=reference),
        **{f"gap_{end}": gaps[end] for end in ("value", "lower", "upper", "even")},
    )
    groups = worst_first(groups, better=better)
    held = reference_for(groups, name=reference, value=reference_value, unit=unit)
    above, below = WAYS[better]
    finding, said = _told(groups, reference, held, unit, ways=(below, above))
    sentences, over = at_most([*said, *too_few(_few(groups, unit))])
    alone = stands_out(int(groups["gap_lower"].notna().sum()), confidence_of(table))
    notes = [*over, *blank_notes(groups), *line_notes(groups), *alone]
    subtitle = _subtitle(groups, reference, confidence_of(table))
    alt = f"Dot plot of {counted(groups)}. {name}: {finding}. {' '.join(sentences)}"
    return Reading(f"{name}: {finding}", sentences, alt, subtitle, tuple(notes))


def _subtitle(groups: pd.DataFrame, reference: str | None, confidence: float) -> str:
    held = f" · held against {reference}" if reference else ""
    return f"{counted(groups)}{held} · lines: how far luck could move each number ({confidence:.1%})".replace(
        ".0%", "%"
    )


def _told(
    groups: pd.DataFrame,
    reference: str | None,
    held: Reference | None,
    unit: str,
    *,
    ways: tuple[str, str],
) -> tuple[str, list[str]]:
    shown = groups[groups["blank"].eq("")]
    if shown.empty:
        return "too few people to tell in any group", []
    others = shown[shown["kind"].ne("reference")]
    clear = others[others["kind"].isin(list(SAID))]
    if len(clear) and reference is not None:
        return _clear(clear, reference, unit)
    if reference is not None and others["gap_lower"].notna().any():
        return _unclear(others, reference, unit, ways)
    finding, moves = _range(shown, unit)
    if reference is not None and held is None and reference in set(groups["name"]):
        return finding, [*moves, f"{reference}, the reference, is too small to show, so no gap can be told."]
    return finding, [*moves, "Whether groups truly differ is not told here, for nothing was compared."]


def _range(shown: pd.DataFrame, unit: str) -> tuple[str, list[str]]:
    """Say from where to where the groups reach, when nothing was compared."""
    first, last = shown.iloc[0], shown.iloc[-1]
    if len(shown) == 1:
        finding = f"{short(first['value'], unit)} among {first['name']}"
    else:
        ends = [f"{short(end['value'], unit)} among {end['name']}" for end in (first, last)]
        finding = f"from {ends[0]} to {ends[1]}"
    limits = first[["lower", "upper"]].to_numpy(dtype=float)
    moves = [] if pd.isna(limits).any() else [luck_moves(f"the number for {first['name']}", limits, unit)]
    return finding, moves


def _clear(clear: pd.DataFrame, reference: str, unit: str) -> tuple[str, list[str]]:
    """Say which groups lie away from the reference by more than luck, and how far the first of them."""
    sides = {kind: clear.loc[clear["kind"].eq(kind), "name"].tolist() for kind in SAID}
    lies = [
        (f"{some(names, 'group')} {'lie' if names[1:] else 'lies'}", kind)
        for kind, names in sides.items()
        if names
    ]
    (who, kind), *rest = lies
    parts = [
        f"{who} {SAID[kind].format(reference)} by more than luck",
        *(f"{who} {BRIEF[kind]}" for who, kind in rest),
    ]
    lead = clear[clear["kind"].eq(kind)]
    worst = lead.loc[(lead["gap_value"] - lead["gap_even"]).abs().idxmax()]
    return "; ".join(parts), [_gap(worst, reference, unit), _moved(worst, unit)]


def _gap(row: pd.Series, reference: str, unit: str) -> str:
    size = f"{short(row['value'], unit)} among {row['name']}"
    if row["gap_even"] == 1:
        return f"It is {size}: {short(row['gap_value'], 'ratio')} times that of {reference}."
    apart = short(abs(row["gap_value"]), "points" if unit == "percent" else unit)
    return f"It is {size}, {apart} {SAID[row['kind']].format(reference)}, the reference."


def _moved(row: pd.Series, unit: str, *, whom: str = "", ways: tuple[str, str] = ("", "")) -> str:
    word = "ratio" if row["gap_even"] == 1 else "gap"
    what = f"the widest {word}, for {whom}," if whom else f"that {word}"
    limits = row[["gap_lower", "gap_upper"]].to_numpy(dtype=float)
    if word == "ratio":
        return luck_moves(what, limits, "ratio")
    return luck_moves(what, limits, "points" if unit == "percent" else unit, ways=ways)


def _unclear(others: pd.DataFrame, reference: str, unit: str, ways: tuple[str, str]) -> tuple[str, list[str]]:
    known = others.dropna(subset=["gap_lower"])
    widest = known.loc[(known["gap_value"] - known["gap_even"]).abs().idxmax()]
    return f"luck could explain every gap to {reference}", [
        f"No group differs from {reference}, the reference, by more than luck.",
        _moved(widest, unit, whom=widest["name"], ways=ways),
        "That does not prove that all are alike: with few people a gap is hard to see.",
    ]


def _few(groups: pd.DataFrame, unit: str) -> list[str]:
    """Name groups too small to show, and those that luck moves so far that nothing can be told."""
    vague = groups["kind"].isin(["unclear", "group"]) & unsure(groups, unit=unit)
    return [*groups.loc[vague, "name"], *hidden_names(groups)]
