"""One plain sentence for each measure of inequality: which end fares worse, and what luck alone does."""

from collections.abc import Callable
from math import isnan
from typing import NamedTuple

import numpy as np

from pophealth.stats.findings import Finding


class Luck(NamedTuple):
    """How large luck alone makes a measure: in the middle of all draws, and in one of 20."""

    middle: np.ndarray
    high: np.ndarray


class Row(NamedTuple):
    """What one sentence needs."""

    value: float
    lower: float
    upper: float
    middle: float
    high: float
    sign: int
    facts: dict[str, object]


Sentence = Callable[[Row], str]
_PLAIN = 1e-4  # below it, and from here on, Python would write an exponent
_LONG = 999.5


def told(number: float) -> str:
    """Write a number with three figures that count.

    >>> told(4.0), told(0.12345), told(1234.6), told(-3.456)
    ('4', '0.123', '1,235', '−3.46')
    """
    size = abs(number)
    if _PLAIN <= size < _LONG:
        text = f"{size:.3g}"
    elif size >= _LONG:
        text = f"{size:,.0f}"
    else:
        text = f"{size:.9f}".rstrip("0").rstrip(".")
    return f"−{text}" if number < 0 and text != "0" else text


def readings(name: str, finding: Finding, luck: Luck | None, *, sign: int) -> list[str]:
    """Say in one sentence for each setting what a measure found.

    Words say who fares worse, never a sign alone. Where a measure cannot fall below "all alike", its
    limits prove nothing, and the sentence tells what luck alone does to groups of this size: "seldom over"
    stands before what 19 of 20 draws stay below.

    Parameters
    ----------
    name : str
        The measure.
    finding : Finding
        What it found.
    luck : Luck or None
        None where the people in groups are not known, or the measure has ends.
    sign : int
        1 where higher is better, -1 where lower is.

    Returns
    -------
    list of str
        A sentence for each setting.

    Examples
    --------
    >>> ones = np.ones(1)
    >>> finding = Finding(4.2 * ones, ones, ones, ones, np.array([""]), "normal")
    >>> readings("mdmu", finding, Luck(1.1 * ones, 2.3 * ones), sign=1)
    ['Groups lie 4.2 from the average: more than luck does (seldom over 2.3).']
    """
    blank = np.full(len(finding.value), np.nan)
    middle, high = luck or (blank, blank)
    facts = dict(finding.facts or {})
    if finding.reference is not None:
        facts["reference"] = finding.reference
    each = [{name: values[at] for name, values in facts.items()} for at in range(len(blank))]
    numbers = (finding.value, finding.lower, finding.upper, middle, high)
    rows = map(Row, *(array.tolist() for array in numbers), [sign] * len(blank), each)
    say = _SENTENCES[name]
    return [
        f"Not worked out: {reason}." if isnan(row.value) else say(row)
        for row, reason in zip(rows, finding.reason, strict=True)
    ]


def _verdict(row: Row, value: float) -> str:
    """Judge by what luck alone does, and never by limits."""
    if isnan(row.high):
        return "how much of it is luck cannot be said"
    return "more than luck does" if value > row.high else "luck can do it"


def _luck(row: Row) -> str:
    seldom = "" if isnan(row.high) else f" (seldom over {told(row.high)})"
    return f"{_verdict(row, abs(row.value))}{seldom}"


def _moved(low: float, high: float) -> str:
    if isnan(low):
        return "how far luck moves it is not known"
    return f"luck could move it from {told(low)} to {told(high)}"


def _distance(row: Row) -> str:
    """Tell the limits of a difference as a distance, whichever way it points."""
    return _moved(*((row.lower, row.upper) if row.value > 0 else (-row.upper, -row.lower)))


def _times(row: Row) -> str:
    """Tell the limits of a ratio as the higher figure over the lower."""
    if row.value > 1 or isnan(row.lower):
        return _moved(row.lower, row.upper)
    return _moved(1 / row.upper, 1 / row.lower)


def _difference(row: Row) -> str:
    worse, better = _pair(row)
    if told(row.value) == "0":
        return f"{worse} and {better} fare alike."
    if row.facts["picked"]:
        return f"{worse} fares worse than {better} by {told(abs(row.value))}: {_luck(row)}."
    if row.lower <= 0 <= row.upper:
        return f"It is open whether {worse} fares worse than {better}: {_distance(row)}."
    return f"{worse} fares worse than {better} by {told(abs(row.value))}; {_distance(row)}."


def _ratio(row: Row) -> str:
    worse, better = _pair(row)
    if told(row.value) == "1":
        return f"{worse} and {better} fare alike."
    if row.value == 0:
        return f"{worse} fares worse than {better}: one of the two figures is zero."
    times = told(max(row.value, 1 / row.value))
    start = f"{worse} fares worse than {better}: one figure is {times} times the other"
    if row.facts["picked"]:
        apart = abs(_fact(row, "one") - _fact(row, "other"))
        return f"{start}; {_verdict(row, apart)}."
    if row.lower <= 1 <= row.upper:
        return f"It is open whether {worse} fares worse than {better}: {_times(row)}."
    return f"{start}; {_times(row)}."


def _pair(row: Row) -> tuple[str, str]:
    """Name the one that fares worse, then the better one."""
    one, other = (_name(row, name) for name in ("label", "other_label"))
    ahead = row.sign * (_fact(row, "one") - _fact(row, "other")) > 0
    return (other, one) if ahead else (one, other)


def _fact(row: Row, name: str) -> float:
    return float(str(row.facts[name]))


def _name(row: Row, name: str) -> str:
    label = str(row.facts[name])
    return "the average" if label == "overall" else label


def _slope(row: Row) -> str:
    if told(row.value) == "0":
        return "Both ends of the order fare alike."
    apart = told(abs(row.value))
    if row.lower <= 0 <= row.upper:
        return f"It is open which end fares worse: they lie {apart} apart, and luck could turn them round."
    return f"The {_worse_end(row, row.value)} disadvantaged end fares worse by {apart}; {_distance(row)}."


def _slope_ratio(row: Row) -> str:
    if told(row.value) == "1":
        return "Both ends of the order fare alike."
    times = told(max(row.value, 1 / row.value))
    if row.lower <= 1 <= row.upper:
        return f"It is open which end fares worse: luck could turn their ratio of {times} round."
    worse = _worse_end(row, row.value - 1)
    return f"The {worse} disadvantaged end fares worse, by {times} to 1; {_times(row)}."


def _index(row: Row) -> str:
    if told(row.value) == "0":
        return "The figure gathers at neither end of the order."
    size = told(abs(row.value))
    if row.lower <= 0 <= row.upper:
        return f"It is open which end fares worse: the index is {size}, and luck could turn it round."
    worse = _worse_end(row, row.value)
    return f"The {worse} disadvantaged end fares worse: the index is {size}; {_distance(row)}."


def _worse_end(row: Row, rises: float) -> str:
    """Tell which end fares worse when the figure rises, or falls, from the most disadvantaged on."""
    return "most" if row.sign * rises > 0 else "least"


def _gain(unit: str) -> Sentence:
    def say(row: Row) -> str:
        reference = _name(row, "reference")
        if row.value == 0:
            return f"The average is as good as {reference} or better: there is no gain to show."
        better = f"{told(abs(row.value))}{unit} better"
        return f"If all fared like {reference}, the average would be {better}: {_luck(row)}."

    return say


def _apart(start: str, end: str) -> Sentence:
    def say(row: Row) -> str:
        if told(row.value) == "0":
            return "All groups fare alike."
        reference = _name(row, "reference") if "reference" in row.facts else ""
        return f"{start} {told(row.value)}{end.format(reference=reference)}: {_luck(row)}."

    return say


_SENTENCES: dict[str, Sentence] = {
    "difference": _difference,
    "ratio": _ratio,
    "sii": _slope,
    "rii": _slope_ratio,
    "aci": _index,
    "rci": _index,
    "par": _gain(""),
    "paf": _gain("%"),
    "bgv": _apart("The squared distance from the average is", ""),
    "bgsd": _apart("Groups spread", " around the mean"),
    "cov": _apart("Groups spread", "% around the mean"),
    "mdru": _apart("Groups lie", " from {reference}"),
    "mdrw": _apart("Per person, groups lie", " from {reference}"),
    "mdbu": _apart("Groups lie", " behind {reference}"),
    "mdbw": _apart("Per person, groups lie", " behind {reference}"),
    "mdmu": _apart("Groups lie", " from the average"),
    "mdmw": _apart("Per person, groups lie", " from the average"),
    "idisu": _apart("Groups lie", "% from the average"),
    "idisw": _apart("Per person, groups lie", "% from the average"),
    "mld": _apart("The log measure of spread is", ""),
    "ti": _apart("The Theil measure of spread is", ""),
}
