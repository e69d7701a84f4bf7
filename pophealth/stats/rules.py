"""Rules: the signs that something other than luck is at work, and the sets in which they are used."""

from collections.abc import Iterable
from numbers import Real
from typing import NamedTuple

LENGTHS: dict[str, int | None] = {
    "outside": None,
    "long_run": None,
    "few_crossings": None,
    "shift": 8,
    "trend": 6,
    "two_in_three": 3,
    "fifteen_near": 15,
    "runs": None,
}
_WITHOUT_LENGTH = ("outside", "few_crossings", "runs")


class Rule(NamedTuple):
    """A sign that something other than luck is at work.

    Attributes
    ----------
    name : str
        ``outside``: beyond a limit. ``long_run``: the longest run on one side, and too long.
        ``few_crossings``: the centre line is crossed too seldom. ``shift``: so many points in a row on
        one side. ``trend``: so many points in a row that rise, or that fall. ``two_in_three``: of three
        points in a row all but one lie beyond two thirds of the way to the limit, on one side.
        ``fifteen_near``: fifteen points in a row within one third of the way. ``runs``: too few or too
        many runs.
    length : int, optional
        So many points in a row. None: the usual length, 8 for shift, 6 for trend, 3 and 15; for
        ``long_run`` the limit that grows with the series.
    ties_break : bool
        Whether a point on the centre line ends a shift, and a point equal to the one before it ends a
        trend. Else such a point is stepped over.
    missing_breaks : bool
        Whether a missing value ends the pattern. Else it is stepped over, as excluded points always are.
    outside_counts : bool
        For ``two_in_three``: whether a point beyond the limit counts among those near it.
    one_side : bool
        For ``two_in_three``: whether all of the points must lie on one side of the centre line.
    alone : bool
        Whether a point that meets this rule is not named for the rules after it.

    Examples
    --------
    >>> Rule("shift", length=7, ties_break=True).length
    7
    """

    name: str
    length: int | None = None
    ties_break: bool = False
    missing_breaks: bool = False
    outside_counts: bool = True
    one_side: bool = False
    alone: bool = False


def _nhs(name: str, length: int | None = None) -> Rule:
    strict = {"ties_break": True, "missing_breaks": True, "outside_counts": False, "one_side": True}
    return Rule(name, length, **strict, alone=True)


ANHOEJ = (Rule("outside"), Rule("long_run"), Rule("few_crossings"))
IHI_RUN = (Rule("shift", 6), Rule("trend", 5), Rule("runs"))
SHEWHART = (
    Rule("outside"),
    Rule("shift", 8),
    Rule("trend", 6),
    Rule("two_in_three", 3),
    Rule("fifteen_near", 15),
)
NHS = (_nhs("outside"), _nhs("trend", 7), _nhs("two_in_three", 3), _nhs("shift", 7))
SETS = {"anhoej": ANHOEJ, "ihi_run": IHI_RUN, "shewhart": SHEWHART, "nhs": NHS}


def rule_set(rules: str | Iterable[Rule]) -> tuple[Rule, ...]:
    """Give the rules of a named set, or check rules of the caller's own.

    Parameters
    ----------
    rules : str or tuple of Rule
        ``anhoej``, ``ihi_run``, ``shewhart``, ``nhs``, or rules.

    Returns
    -------
    tuple of Rule
        The rules, in order.

    Raises
    ------
    ValueError
        If there is no such set or rule, or a length cannot be.

    Notes
    -----
    ``anhoej``: J. Anhoej and A. V. Olesen, PLoS ONE 9(11), 2014, e113825. ``ihi_run``: R. J. Perla,
    L. P. Provost and S. K. Murray, BMJ Quality and Safety 20, 2011, 46-51. ``shewhart``: L. P. Provost
    and S. K. Murray, The Health Care Data Guide. ``nhs``: NHS England, Making Data Count, with the
    lengths of the R package NHSRplotthedots 0.2.2.

    Examples
    --------
    >>> [rule.name for rule in rule_set("nhs")]
    ['outside', 'trend', 'two_in_three', 'shift']
    """
    if isinstance(rules, str):
        if rules not in SETS:
            raise ValueError(
                f"there is no rule set {rules!r}; choose {', '.join(SETS)}, or give your own rules"
            )
        return SETS[rules]
    if not isinstance(rules, Iterable):
        raise ValueError(f"rules is {rules!r}; choose {', '.join(SETS)}, or give your own rules")
    chosen = tuple(rules)
    unknown = [rule for rule in chosen if not isinstance(rule, Rule) or rule.name not in LENGTHS]
    if unknown or not chosen:
        asked = repr(unknown[0]) if unknown else "an empty list"
        raise ValueError(f"{asked} is no rule; give a Rule named {', '.join(LENGTHS)}")
    for rule in chosen:
        _check_length(rule)
    return chosen


def _check_length(rule: Rule) -> None:
    if rule.length is None:
        return
    if rule.name in _WITHOUT_LENGTH:
        raise ValueError(f"rule {rule.name!r} has no length; leave it out")
    number = isinstance(rule.length, Real) and not isinstance(rule.length, bool)
    if not number or not rule.length >= 2 or rule.length % 1:
        raise ValueError(f"the length of rule {rule.name!r} is {rule.length!r}; give a whole number from 2")
