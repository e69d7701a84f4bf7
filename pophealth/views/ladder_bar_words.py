"""What the bars of the ladder say."""

from collections.abc import Iterable

import pandas as pd

from pophealth.views.group_phrases import UNSURE, counted, hidden_names, line_notes, luck_moves, too_few
from pophealth.views.groups import worst_first
from pophealth.views.ladders import EVERYONE, ladders_of
from pophealth.views.phrases import short, some
from pophealth.views.readings import Reading, at_most
from pophealth.views.suppressed import TOO_FEW

OTHER_SURVEYS = "Do not hold these shares against another survey: other people answered there."


def ladder_bars_reading(
    table: pd.DataFrame, *, by: str | Iterable[str] | None = None, name: str = "Life today and in five years"
) -> Reading:
    """Say who is thriving, how far luck could move that, and how many never answered.

    Parameters
    ----------
    table, by
        As in `ladder_bars.ladder_bars`.
    name
        What was asked.

    Returns
    -------
    Reading
        A finding, one to three sentences, and notes.

    Examples
    --------
    >>> rows = {"ladder": ["thriving", "struggling", "suffering"], "value": [0.5, 0.4, 0.1], "answered": 90}
    >>> ladder_bars_reading(pd.DataFrame(rows)).finding
    'Life today and in five years: 50% are thriving, 10% suffering'
    """
    if table.empty:
        words = ("The bars and their words will stand here once the first answers are in.",)
        return Reading(f"{name}: no answers yet", words, f"{name}: no answers yet.", "")
    ladders = worst_first(ladders_of(table, by=by), better="higher", value="thriving")
    vague = (ladders["thriving_upper"] - ladders["thriving_lower"]).ge(UNSURE)
    known = ladders[ladders["blank"].eq("") & ~vague]
    finding, said = _told(known, ladders)
    few = [*ladders.loc[vague, "name"], *hidden_names(ladders)]
    sentences, over = at_most([*said, *_silent(ladders), *too_few([one for one in few if one != EVERYONE])])
    lines = line_notes(ladders, lower="thriving_lower")
    notes = (*over, *_nobody(ladders), *_left_out(ladders), *lines, OTHER_SURVEYS)
    subtitle = (
        "Thriving: 7 or more now and 8 or more in five years · suffering: 4 or less on both · "
        "thin lines: how far luck could move an end"
    )
    alt = f"Bars of {counted(ladders)}. {name}: {finding}. {' '.join(sentences)}"
    return Reading(f"{name}: {finding}", sentences, alt, subtitle, notes)


def _told(known: pd.DataFrame, ladders: pd.DataFrame) -> tuple[str, list[str]]:
    if known.empty:
        return "too few people to tell", [] if len(ladders) > 1 else ["There are too few people to tell."]
    first, last = known.iloc[0], known.iloc[-1]
    if len(known) == 1:
        among = "" if first["name"] == EVERYONE else f" among {first['name']}"
        both = f"{short(first['thriving'], 'percent')} are thriving"
        return f"{both}{among}, {short(first['suffering'], 'percent')} suffering", _moves(first)
    ends = [f"{short(row['thriving'], 'percent')} among {row['name']}" for row in (first, last)]
    return f"thriving goes from {ends[0]} to {ends[1]}", [_worst(known), *_moves(first)]


def _worst(known: pd.DataFrame) -> str:
    worst = known.loc[known["suffering"].idxmax()]
    return f"Most are suffering among {worst['name']}: {short(worst['suffering'], 'percent')}."


def _moves(row: pd.Series) -> list[str]:
    limits = row[["thriving_lower", "thriving_upper"]].to_numpy(dtype=float)
    among = "" if row["name"] == EVERYONE else f" among {row['name']}"
    what = f"the share thriving{among}"
    return [] if pd.isna(limits).any() else [luck_moves(what, limits, "percent")]


def _silent(ladders: pd.DataFrame) -> list[str]:
    """Say how many were asked and never answered, among the groups that are shown."""
    known = ladders.dropna(subset=["answered", "invited"])
    if known.empty:
        return []
    asked, silent = known["invited"].sum(), (known["invited"] - known["answered"]).sum()
    if silent <= 0:
        return ["All who were asked answered."]
    return [f"Of {asked:,.0f} people asked, {silent:,.0f} did not answer, and nobody knows how they stand."]


def _nobody(ladders: pd.DataFrame) -> list[str]:
    """Name the groups that were asked and have not answered yet."""
    names = ladders.loc[ladders["blank"].ne("") & ladders["blank"].ne(TOO_FEW), "name"].tolist()
    return [f"Nobody has answered yet among {some(names, 'group')}."] if names else []


def _left_out(ladders: pd.DataFrame) -> list[str]:
    """Say how many people answered one question only, among the groups that are shown."""
    blank = ladders["not_answered"].sum()
    who = f"{blank:,.0f} people" if blank > 1 else "One person"
    return [f"{who} left a question out, and no answer was guessed for them."] if blank else []
