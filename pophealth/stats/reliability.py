"""How far a number can be trusted, apart from whether it may be shown."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from pophealth.stats import columns

CARE = "use with care"
UNCERTAIN = "too uncertain"
LEAST_EVENTS, WIDEST_RATE = 10, 1.6
LEAST_PEOPLE, NARROW, WIDE, WIDEST_SHARE = 30, 0.05, 0.30, 1.3
LEAST_FREEDOM = 8
Check = tuple[np.ndarray, str, str]


def reliability(
    table: pd.DataFrame,
    *,
    kind: str,
    value: str = "value",
    lower: str = "lower",
    upper: str = "upper",
    numerator: str = "numerator",
    denominator: str = "denominator",
    effective_n: str | None = None,
    freedom: str | None = None,
    scale: float = 1,
) -> pd.DataFrame:
    """Flag numbers that luck alone moves so far that they say little.

    ``too uncertain``: do not draw a conclusion from it, and do not rank by it; join groups or periods. ``use
    with care``: show its limits beside it. This says nothing about privacy: a number may be reliable and
    still point at a person, or the other way round.

    Parameters
    ----------
    table : DataFrame
        Values with 95% limits, as `stats.rates` gives them.
    kind : str
        ``proportion``: a share of people; ``rate``: events for so many people or days.
    value, lower, upper, numerator, denominator : str
        Columns.
    effective_n : str, optional
        Column: people that a complex survey is worth; without it, the denominator.
    freedom : str, optional
        Column: degrees of freedom of a survey.
    scale : float
        What a proportion was multiplied by: 100 for percent.

    Returns
    -------
    DataFrame
        The rows with ``reliability`` ("", ``use with care`` or ``too uncertain``) and ``reliability_reason``.

    Raises
    ------
    ValueError
        If a column is missing or unreadable, or the kind is unknown.

    Notes
    -----
    Proportions: National Center for Health Statistics Data Presentation Standards for Proportions, Vital and
    Health Statistics 2(175), 2017. Too uncertain: fewer than 30 people (counted or effective), limits 0.30 or
    more apart, or limits more than 0.05 apart and further apart than 130% of the value. With care: nobody or
    everybody has it, fewer than 8 degrees of freedom, or the share of the others would be too uncertain.
    Rates: the Standards for Rates and Counts, Vital and Health Statistics 2(200), 2023. Too uncertain: fewer
    than 10 events or 10 people, or limits further apart than 160% of the value; with care: fewer than 8
    degrees of freedom. NCHS uses exact limits for proportions: ask `stats.rates.proportion` for
    ``method="exact"`` to follow the standard to the letter.

    Examples
    --------
    >>> table = pd.DataFrame(
    ...     {"numerator": [40, 57, 3], "denominator": [400, 60, 20], "value": [0.1, 0.95, 0.15]}
    ... )
    >>> table = table.assign(lower=[0.072, 0.861, 0.032], upper=[0.134, 0.990, 0.379])
    >>> found = reliability(table, kind="proportion")
    >>> found["reliability"].tolist()
    ['', 'use with care', 'too uncertain']
    >>> found["reliability_reason"].tolist()
    ['', 'the share of the others is too uncertain', 'fewer than 30 people']
    """
    if kind not in _KINDS:
        raise ValueError(f"there is no kind {kind!r}; choose one of {', '.join(_KINDS)}")
    wanted = {"value": value, "lower": lower, "upper": upper, "events": numerator, "people": denominator}
    wanted |= {"worth": effective_n or denominator, **({"freedom": freedom} if freedom else {})}
    columns.require(table, wanted.values())
    read = {name: columns.numbers(table, column).to_numpy() for name, column in wanted.items()}
    checks = _KINDS[kind](read, scale)
    if freedom:
        checks.append((read["freedom"] < LEAST_FREEDOM, CARE, "the survey has few places to compare"))
    masks, flags, reasons = zip(*checks, strict=True)
    return table.assign(
        reliability=np.select(masks, flags, default=""),
        reliability_reason=np.select(masks, reasons, default=""),
    )


def _proportion(read: dict[str, np.ndarray], scale: float) -> list[Check]:
    share = read["value"] / scale
    width = (read["upper"] - read["lower"]) / scale
    far = f"its limits lie further apart than {WIDEST_SHARE:.0%} of the value"
    nobody = (read["events"] == 0) | (read["events"] == read["people"])
    return [
        (np.isnan(share), "", ""),
        (
            np.fmin(read["people"], read["worth"]) < LEAST_PEOPLE,
            UNCERTAIN,
            f"fewer than {LEAST_PEOPLE} people",
        ),
        (
            width >= WIDE - 1e-12,
            UNCERTAIN,
            f"its limits lie {WIDE * 100:.0f} percentage points apart, or more",
        ),
        (~nobody & _too_wide(width, share), UNCERTAIN, far),
        (nobody, CARE, "it is true of nobody, or of everybody"),
        (_too_wide(width, 1 - share), CARE, "the share of the others is too uncertain"),
    ]


def _too_wide(width: np.ndarray, share: np.ndarray) -> np.ndarray:
    return (width > NARROW + 1e-12) & (width > WIDEST_SHARE * share + 1e-12)


def _rate(read: dict[str, np.ndarray], _scale: float) -> list[Check]:
    width = read["upper"] - read["lower"]
    few = (np.fmin(read["people"], read["worth"]) < LEAST_EVENTS) | (read["events"] < LEAST_EVENTS)
    far = f"its limits lie further apart than {WIDEST_RATE:.0%} of the value"
    return [
        (np.isnan(read["value"]), "", ""),
        (few, UNCERTAIN, f"fewer than {LEAST_EVENTS} events or people"),
        (width > WIDEST_RATE * read["value"] + 1e-12, UNCERTAIN, far),
    ]


_KINDS: dict[str, Callable[[dict[str, np.ndarray], float], list[Check]]] = {
    "proportion": _proportion,
    "rate": _rate,
}
