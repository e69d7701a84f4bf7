"""What luck alone does to a page of many charts."""

from collections.abc import Iterable, Sequence

from pophealth.stats.spc import Rule, false_alarms
from pophealth.views.phrases import many

TEENS = {11: "eleven", 12: "twelve"}


def many_charts(points: Sequence[int], *, chart: str = "p", rules: str | Iterable[Rule] = "anhoej") -> str:
    """Say how many signals to expect by luck alone on a page of many charts.

    Parameters
    ----------
    points
        How many points each chart has.
    chart, rules
        As in `stats.spc.false_alarms`.

    Returns
    -------
    str
        One sentence; "" for a page without charts.

    Examples
    --------
    >>> many_charts([24] * 12)
    'On a page of twelve steady charts like these, expect about one signal by luck alone.'
    >>> many_charts([24] * 6)
    'On a page of six steady charts like these, luck alone shows a signal about one time in two.'
    """
    rules = rules if isinstance(rules, str) else tuple(rules)
    chances = [false_alarms(count, rules, chart) for count in points if count > 0]
    if not chances:
        return ""
    page = "On one steady chart like this" if len(chances) == 1 else f"On a page of {_charts(len(chances))}"
    expected = sum(chances)
    if expected >= 0.75:
        signals = many(max(1, round(expected)), "signal")
        return f"{page}, expect about {signals} by luck alone."
    calm = 1.0
    for chance in chances:
        calm *= 1 - chance
    if calm == 1:
        return f"{page}, luck alone shows next to no signals."
    return f"{page}, luck alone shows a signal about one time in {_counted(max(2, round(1 / (1 - calm))))}."


def _charts(count: int) -> str:
    return f"{TEENS.get(count) or _counted(count)} steady charts like these"


def _counted(number: int) -> str:
    return many(number, "").strip().removesuffix("s").strip()
