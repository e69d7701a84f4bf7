"""Many measures in one table: where each stands at its latest point, and what its chart says."""

from typing import Any

import pandas as pd

from pophealth.views.icons import ASSURANCE, VARIATION, Icon, image
from pophealth.views.markup import Html, element, missing, safe_text
from pophealth.views.phrases import moment
from pophealth.views.pieces import empty, told

CHANGING = {
    "improvement": "a signal of improvement",
    "concern": "a signal of concern",
    "high": "a signal, high",
    "low": "a signal, low",
    "common_cause": "ordinary variation",
    "line": "not judged, just a line",
    "": "too few to tell yet",
}
MEETING = {
    "consistent_pass": "likely to meet it each time",
    "consistent_fail": "likely to miss it each time",
    "inconsistent": "may meet it or miss it",
    "moving": "cannot tell while it is moving",
    "": "not judged",
}
HEADS = ("Value", "Is it changing?", "Target", "Will it meet the target?")


def measure_table(rows: pd.DataFrame, *, caption: str = "") -> Html:
    """List measures with a picture and plain words for what the latest point of each shows.

    Read a row from left to right: what the latest point is, whether it is a signal or ordinary variation, and
    whether the target would be met each time if nothing changed. Each picture differs from the others by its
    shape and its letter, and the same is said beside it.

    Parameters
    ----------
    rows
        A row per measure: `name`, `family`, `latest` (the period of the latest point: a date or words),
        `value` and `target` (a number or ready words), `variation` and `assurance` (as
        `stats.spc.verdict` returns them; blank where limits are held back, `line` where points share
        people, `moving` where limits from before a change say nothing about a target), `finding` (one
        sentence).
    caption
        One line above the table.

    Raises
    ------
    ValueError
        If a verdict is not one of ours.

    Examples
    --------
    >>> row = {"name": "Control", "family": "outcome", "latest": "May 2021", "value": "70%", "target": None}
    >>> verdict = {"variation": "common_cause", "assurance": "", "finding": "Nothing changed."}
    >>> measure_table(pd.DataFrame([row | verdict])).plain[-76:]
    'Control outcome 70% May 2021 ordinary variation – no target Nothing changed.'
    """
    if rows.empty:
        return empty("Your measures will stand here.", "They need at least one month of counts.")
    title = element("caption", safe_text(caption)) if caption else ""
    body = "".join(_row(row) for row in rows.to_dict("records"))
    table = element("table", f"{title}{_heads()}{element('tbody', body)}", class_="measures")
    return Html(element("div", element("div", table, class_="scroll", tabindex="0"), class_="fig"))


def _heads() -> str:
    def head(words: str, **given: str) -> str:
        return element("th", safe_text(words), **({"scope": "col"} | given))

    tall = {"rowspan": "2"}
    first = head("Measure", **tall) + head("Latest point", scope="colgroup", colspan=str(len(HEADS)))
    second = "".join(head(words) for words in HEADS)
    last = head("What its chart says", **tall)
    return element("thead", element("tr", first + last) + element("tr", second))


def _row(row: dict[str, Any]) -> str:
    name = _with_note(row["name"], row.get("family"))
    variation, assurance = _code(row, "variation", VARIATION), _code(row, "assurance", ASSURANCE)
    meeting = "no target" if missing(row.get("target")) and not assurance else MEETING[assurance]
    cells = (
        _with_note(told(row.get("value")), _period(row.get("latest")), strong=True),
        _verdict(VARIATION[variation], CHANGING[variation]),
        safe_text(told(row.get("target"))),
        _verdict(ASSURANCE[assurance], meeting),
        safe_text(row.get("finding")),
    )
    return element("tr", element("th", name, scope="row") + "".join(element("td", cell) for cell in cells))


def _code(row: dict[str, Any], column: str, known: dict[str, Icon]) -> str:
    code = "" if missing(row.get(column)) else str(row[column])
    if code not in known:
        raise ValueError(f"column {column!r} holds {code!r}; use one of {', '.join(filter(None, known))}")
    return code


def _period(latest: Any) -> str:
    return moment(latest) if isinstance(latest, pd.Timestamp) else "" if missing(latest) else str(latest)


def _with_note(text: object, note: object, *, strong: bool = False) -> str:
    first = element("strong", safe_text(text)) if strong else safe_text(text)
    return f"{first} {element('small', safe_text(note))}" if safe_text(note) else first


def _verdict(icon: Icon, words: str) -> str:
    return element("span", f"{image(icon)} {element('span', safe_text(words))}", class_="verdict")
