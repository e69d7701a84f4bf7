"""What charts say in plain words: the door to the readings, and what luck does to a page of many charts."""

from collections.abc import Sequence

from pophealth.stats.spc import false_alarms
from pophealth.views.gaps import gap_reading
from pophealth.views.phases import two_phase_reading
from pophealth.views.phrases import many, short
from pophealth.views.readings import Reading, reading
from pophealth.views.tables import numbers

__all__ = ["Reading", "gap_reading", "many_charts", "numbers", "reading", "short", "two_phase_reading"]


def many_charts(points: Sequence[int], *, chart: str = "p") -> str:
    """Say what luck alone does to a page of many charts.

    Parameters
    ----------
    points
        How many points each chart has.
    chart
        ``run``, ``i`` or ``p``.

    Examples
    --------
    >>> many_charts([24] * 6)
    'On a page of six steady charts like these, luck alone shows at least one signal about one time in two.'
    """
    calm = 1.0
    for count in points:
        calm *= 1 - false_alarms(count, chart=chart)
    charts = (
        "one steady chart like this"
        if len(points) == 1
        else f"{many(len(points), 'steady chart')} like these"
    )
    often = many(max(2, round(1 / (1 - calm))), "").strip().removesuffix("s").strip()
    return f"On a page of {charts}, luck alone shows at least one signal about one time in {often}."
