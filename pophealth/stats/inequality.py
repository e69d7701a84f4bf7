"""Measures that sum up inequality between groups, for one setting or for thousands at once."""

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import pandas as pd

from pophealth.stats import columns
from pophealth.stats.attributable import gain, paf, par
from pophealth.stats.draws import if_all_alike
from pophealth.stats.findings import Finding, Question
from pophealth.stats.intervals import level
from pophealth.stats.measure_words import Luck, readings
from pophealth.stats.pairs import difference, ratio
from pophealth.stats.ranked import aci, rci, rii, sii
from pophealth.stats.references import sign_of
from pophealth.stats.settings import Layout, Settings, left_out, read
from pophealth.stats.spread_measures import spread_measures
from pophealth.stats.spreads import groups_of

Measure = Callable[[Settings, Question], Finding]

ALONE: dict[str, Measure] = {
    **{"difference": difference, "ratio": ratio, "sii": sii, "rii": rii, "aci": aci, "rci": rci},
    **{"par": par, "paf": paf},
}
ORDERED = ("sii", "rii", "aci", "rci")
REFERENCED = ("mdru", "mdrw")
WEIGHED = ("bgv", "bgsd", "cov", "mdrw", "mdbw", "mdmw", "idisw", "mld", "ti")
AVERAGED = ("par", "paf", "mdmu", "idisu")
NAMES = (
    *ALONE,
    *("bgv", "bgsd", "cov", "mdru", "mdrw", "mdbu", "mdbw", "mdmu", "mdmw", "idisu", "idisw", "mld", "ti"),
)
OWN = (
    *("measure", "value", "se", "lower", "upper", "reading", "reference", "luck_middle", "luck_high"),
    *("confidence", "method", "reason"),
)


def measures(
    table: pd.DataFrame,
    *,
    group: str,
    estimate: str,
    better: str,
    reference: str | None = None,
    population: str | None = None,
    se: str | None = None,
    order: str | None = None,
    average: str | float | None = None,
    model: str = "logistic",
    rci: str = "standard",
    bounds: tuple[float, float] | None = None,
    scale: float = 100,
    confidence: float = 0.95,
    names: Iterable[str] | str | None = None,
    by: str | Iterable[str] | None = None,
) -> pd.DataFrame:
    """Sum up how unequally groups of people fare, in the measures of the World Health Organization.

    Read `reading` first: it says in words who fares worse, and what luck alone does to groups of this size.
    A measure that cannot be negative has limits above zero even where all groups truly fare alike; so its
    limits prove nothing, and `reading` holds the value against luck instead. No sign needs decoding.

    Parameters
    ----------
    table : DataFrame
        A row for each group of each setting.
    group, estimate : str
        Columns: the group's name, and its figure, such as the percent of people vaccinated.
    better : str
        ``higher`` or ``lower``: which figure is the better one.
    reference : str, optional
        A group's label, ``best`` (of groups with 30 people or more), ``largest`` or ``overall`` (the
        average). ``mdru`` and ``mdrw`` need one. Without one, difference and ratio hold the worst against
        the best group, few people or not; par and paf take the last group in `order`, or else the best.
    population, se : str, optional
        Columns: people in each group, and standard errors of the figures.
    order : str, optional
        Column: 1 = most disadvantaged. Difference and ratio then compare the two ends.
    average : str or float, optional
        The figure for all people, as a number or a column. mdmu and idisu use it; par, paf and ``overall``
        use it where the people in groups are not known. Else it is worked out from the groups.
    model : str
        ``logistic`` or ``linear``: the line of sii and rii.
    rci : str
        ``standard``, ``wagstaff`` or ``erreygers``; the last two need `bounds`.
    bounds : tuple of float, optional
        Lowest and highest figure there can be; aci and rci are then worked out from 0 to 1.
    scale : float
        The figure that stands for everybody: 100 for percent, 1,000 for a rate per 1,000.
    confidence : float
        Above 0 and below 1.
    names : str or list of str, optional
        Which measures, in which order: ``difference ratio sii rii aci rci par paf bgv bgsd cov mdru mdrw
        mdbu mdbw mdmu mdmw idisu idisw mld ti``. All of them unless told.
    by : str or list of str, optional
        Columns that tell settings apart, such as place and year; none may have the name of a result column.

    Returns
    -------
    DataFrame
        A row for each setting and measure: `by`, ``measure``, ``value``, ``se`` (for ratio and rii of the
        logarithm), ``lower``, ``upper``, ``reading``, ``reference`` (the group or average used),
        ``luck_middle`` and ``luck_high`` (what luck alone makes of the measure in the middle of all draws
        and in one of 20), ``confidence``, ``method``, and ``reason``: why something is missing or left
        out, or "". Luck of difference and ratio is told as a difference.

    Raises
    ------
    ValueError
        If a column is missing or unreadable, a group stands twice in a setting, an option cannot be, no
        group has the label of `reference`, or a measure asked for by name lacks what it needs.

    Notes
    -----
    A. Schlotheuber and A. R. Hosseinpoor, International Journal of Environmental Research and Public Health
    19, 2022, 3697. Values agree with healthequal 1.0.1, and so do limits made by formula. We differ where
    it errs: limits of mld, ti (x 1,000) and paf (x 100) are on the scale of the value; the logistic sii and
    rii count each person once, and their standard error is on the scale of the value; a ratio without
    standard errors, a single group, groups all alike and missing figures give an answer or a reason. Where
    it draws 100 times, 10,000 draws are taken. A group without people is left out. Up to 15% of the figures
    may be missing; sii, rii, aci, rci and measures against the last in `order` need every one.
    See docs/methods-equity.md.

    Examples
    --------
    >>> table = pd.DataFrame(
    ...     {
    ...         "fifth": ["lowest", "second", "middle", "fourth", "highest"],
    ...         "income": [1, 2, 3, 4, 5],
    ...         "vaccinated": [61.0, 70, 74, 80, 85],
    ...         "people": [400, 380, 410, 390, 420],
    ...     }
    ... )
    >>> found = measures(
    ...     table,
    ...     group="fifth",
    ...     estimate="vaccinated",
    ...     better="higher",
    ...     population="people",
    ...     order="income",
    ...     names=["sii", "mdmw"],
    ... )
    >>> found[["measure", "value", "lower", "upper"]].round(1)
      measure  value  lower  upper
    0     sii   29.0   26.6   31.3
    1    mdmw    6.9    NaN    NaN
    >>> print(found.loc[0, "reading"])
    The most disadvantaged end fares worse by 29; luck could move it from 26.6 to 31.3.
    >>> print(found.loc[1, "reading"])
    Per person, groups lie 6.86 from the average: more than luck does (seldom over 2.56).
    """
    asked = _names(names)
    question = Question(
        sign=sign_of(better),
        reference=reference,
        ordered=order is not None,
        model=_one_of(model, "model", ("logistic", "linear")),
        rci=_one_of(rci, "rci", ("standard", "wagstaff", "erreygers")),
        bounds=_bounds(bounds, rci),
        scale=_scale(scale),
        confidence=level(confidence),
    )
    layout = Layout(group, estimate, _settings_named(by), population, se, order, average)
    lacking = {name: text for name in asked if (text := _lacking(name, layout, reference))}
    if names is not None and lacking:
        raise ValueError(f"{next(iter(lacking))} needs {next(iter(lacking.values()))}")
    settings = read(table, layout)
    _check_bounds(settings, question)
    if not settings.given.size:
        lacking = dict.fromkeys(asked, "groups")
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        found = _found(settings, question, [name for name in asked if name not in lacking])
        found |= {name: _nothing(settings, text) for name, text in lacking.items()}
        return _laid_out(settings, question, asked, found)


def _names(names: Iterable[str] | str | None) -> list[str]:
    asked = list(NAMES) if names is None else [names] if isinstance(names, str) else list(names)
    wrong = [name for name in asked if name not in NAMES]
    if wrong or not asked:
        told = f"there is no measure {wrong[0]!r}" if wrong else "names is empty"
        raise ValueError(f"{told}; choose from {' '.join(NAMES)}")
    return list(dict.fromkeys(asked))


def _settings_named(by: str | Iterable[str] | None) -> list[str]:
    named = columns.names(by)
    taken = [name for name in named if name in OWN]
    if taken:
        raise ValueError(
            f"by names column {taken[0]!r}, and so does the result; rename it, such as to 'indicator'"
        )
    return named


def _one_of(given: str, what: str, known: tuple[str, ...]) -> str:
    if not isinstance(given, str) or given not in known:
        raise ValueError(f"{what} is {given!r}; choose one of {', '.join(known)}")
    return given


def _number(given: object) -> bool:
    return (
        isinstance(given, int | float | np.number)
        and not isinstance(given, bool)
        and bool(np.isfinite(given))
    )


def _scale(scale: float) -> float:
    if not _number(scale) or scale <= 0:
        raise ValueError(
            f"scale is {scale!r}; give the figure that stands for everybody, such as 100 for percent"
        )
    return float(scale)


def _bounds(bounds: tuple[float, float] | None, rci: str) -> tuple[float, float] | None:
    if bounds is None:
        if rci in ("wagstaff", "erreygers"):
            raise ValueError(
                f"rci={rci!r} needs bounds: the lowest and highest figure there can be, as (0, 100)"
            )
        return None
    if not isinstance(bounds, tuple | list) or len(bounds) != 2 or not all(map(_number, bounds)):
        raise ValueError(
            f"bounds is {columns.told(bounds)}; give the lowest and the highest figure, as (0, 100)"
        )
    if bounds[0] >= bounds[1]:
        raise ValueError(f"bounds is {bounds!r}; give the lowest figure first, as (0, 100)")
    return float(bounds[0]), float(bounds[1])


def _lacking(name: str, layout: Layout, reference: str | None) -> str:
    """Tell what a measure needs and was not given, or ""."""
    if name in ORDERED and layout.order is None:
        return "order, a column in which 1 is the most disadvantaged group"
    if name in REFERENCED and reference is None:
        return "a reference, such as a group's label, best, largest or overall"
    if name in WEIGHED and layout.population is None:
        return "population, a column with the number of people in each group"
    if name in AVERAGED and layout.population is None and layout.average is None:
        return "population, a column with the number of people in each group, or the average"
    return ""


def _check_bounds(settings: Settings, question: Question) -> None:
    if question.bounds is None:
        return
    low, high = question.bounds
    outside = settings.used & ((settings.estimate < low) | (settings.estimate > high))
    if outside.any():
        told = ", ".join(dict.fromkeys(settings.labels[outside][:5]))
        raise ValueError(
            f"bounds are {low:g} and {high:g}, and the figure of {told} lies outside; correct one"
        )


def _found(settings: Settings, question: Question, names: list[str]) -> dict[str, Finding]:
    spread = spread_measures(settings, question, names)
    return {name: spread[name] if name in spread else ALONE[name](settings, question) for name in names}


def _nothing(settings: Settings, text: str) -> Finding:
    blank = np.full(len(settings.keys), np.nan)
    return Finding(blank, blank, blank, blank, np.full(len(blank), f"it needs {text}", dtype=object), "")


def _luck(settings: Settings, question: Question, found: dict[str, Finding]) -> dict[str, Luck]:
    """Tell for each measure that has no ends what luck alone makes of it."""
    groups = groups_of(settings, question)
    if question.ordered and question.reference is None:
        groups = groups._replace(reference=gain(settings, question).reference.place)
    source = {name: drawn for name, drawn in _sources(question).items() if name in found}
    drawn = if_all_alike(settings, groups, tuple(set(source.values())), scale=question.scale)
    percent = 100 / np.where(settings.mean > 0, settings.mean, np.nan)
    lucks = {}
    for name, by in source.items():
        times = np.where(np.isnan(found[name].value), np.nan, percent if name == "paf" else 1)
        lucks[name] = Luck(drawn[by].lower * times, drawn[by].upper * times)
    return lucks


def _sources(question: Question) -> dict[str, str]:
    """Tell what is drawn for each measure; a group picked because it is best is picked again in each draw."""
    picked = question.reference in (None, "best")
    sources = {name: name for name in NAMES if name not in ALONE}
    if picked:
        sources |= {"mdru": "mdbu", "mdrw": "mdbw"}
    if not question.ordered:
        sources |= dict.fromkeys(("difference", "ratio"), "range" if picked else "behind")
    last = question.ordered and question.reference is None
    return sources | dict.fromkeys(("par", "paf"), "mdbw" if picked and not last else "gain")


def _laid_out(
    settings: Settings, question: Question, names: list[str], found: dict[str, Finding]
) -> pd.DataFrame:
    size = len(settings.keys)
    luck = _luck(settings, question, found)
    blank = np.full(size, np.nan)
    lucks = {name: luck.get(name, Luck(blank, blank)) for name in names}
    said = {name: readings(name, found[name], luck.get(name), sign=question.sign) for name in names}
    note = left_out(settings)

    def column(pick: Callable[[str], Any], kind: str | type = float) -> np.ndarray:
        return np.array([pick(name) for name in names], dtype=kind).reshape(len(names), size).T.ravel()

    numbers = {part: column(lambda name, part=part: getattr(found[name], part)) for part in _NUMBERS}
    reason = column(lambda name: _joined(found[name].reason, note), object)
    keys = settings.keys.loc[settings.keys.index.repeat(len(names))].reset_index(drop=True)
    return keys.assign(
        measure=list(names) * size,
        **numbers,
        reading=column(said.__getitem__, object),
        reference=column(lambda name: _shown(found[name], size), object),
        luck_middle=column(lambda name: lucks[name].middle),
        luck_high=column(lambda name: lucks[name].high),
        confidence=question.confidence,
        method=column(lambda name: [found[name].method] * size, object),
        reason=reason,
    )


_NUMBERS = ("value", "se", "lower", "upper")


def _joined(reason: np.ndarray, note: np.ndarray) -> np.ndarray:
    between = np.where((reason != "") & (note != ""), "; ", "").astype(object)
    return reason + between + note


def _shown(finding: Finding, size: int) -> np.ndarray:
    return np.full(size, "", dtype=object) if finding.reference is None else finding.reference
