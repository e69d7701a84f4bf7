"""What a charted measure says, as facts that sentences are made of."""

from typing import Any, NamedTuple

import pandas as pd

from pophealth.stats import equity, spc
from pophealth.workspace.groups import of_people
from pophealth.workspace.records import Measure

ENOUGH = 12
_NOTED = {"phase": "phase", "exclude": "excluded", "baseline": "baseline"}


class Sign(NamedTuple):
    """What the latest months of a chart say.

    Attributes
    ----------
    direction : str
        improvement, concern, or "" when the series stays within ordinary variation.
    since : Timestamp or None
        First point of the signal that still stands.
    holds : bool
        Whether two further periods have followed on the same side.
    points : int
        Points with a value that are not left out.
    """

    direction: str = ""
    since: pd.Timestamp | None = None
    holds: bool = False
    points: int = 0


def charted(points: pd.DataFrame, measure: Measure, *, by: str | None = None) -> pd.DataFrame:
    """Chart a measure the way its definition says.

    Parameters
    ----------
    points : DataFrame
        As `timeline.points` gives them.
    measure : Measure
        Its definition.
    by : str, optional
        Column that tells groups apart.

    Returns
    -------
    DataFrame
        As `stats.spc.control_chart` gives it; a run chart while the counts do not fit the measure's own.
    """
    look: dict[str, Any] = {**rules_of(measure), **_NOTED, "by": by, "scale": measure.scale}
    look["better"] = measure.better or "neither"
    try:
        return spc.control_chart(points, **look)
    except ValueError:
        return spc.control_chart(points, **look | {"chart": "run"})


def rules_of(measure: Measure) -> dict[str, str]:
    """Give the chart of a measure and its rules, as `stats.spc` takes them.

    Parameters
    ----------
    measure : Measure
        Its definition.

    Returns
    -------
    dict
        ``chart`` and ``rules``.

    Examples
    --------
    >>> rules_of(Measure(chart="u"))
    {'chart': 'u', 'rules': 'anhoej'}
    """
    return {"chart": measure.chart or "p", "rules": measure.rules or "anhoej"}


def sign_of(chart: pd.DataFrame) -> Sign:
    """Find the signal that still stands in the latest points of one charted series.

    A signal stands when one of the last three points carries it and no later point lies on the other side
    of the centre line. It holds when two further points have followed the first. Measures whose points
    share people are never judged by rules; leave them out before.

    Parameters
    ----------
    chart : DataFrame
        One series, as `charted` gives it.

    Returns
    -------
    Sign
        The direction and since when.

    Examples
    --------
    >>> table = pd.DataFrame({"period": pd.date_range("2020-01-01", periods=18, freq="MS")})
    >>> table = table.assign(value=[5, 6] * 6 + [9] * 6, first=[True] * 12 + [False] * 6)
    >>> found = spc.control_chart(table, chart="i", better="lower", baseline="first")
    >>> sign_of(found)
    Sign(direction='concern', since=Timestamp('2021-01-01 00:00:00'), holds=True, points=18)
    """
    counted = chart[chart["value"].notna() & ~chart["excluded"]]
    if counted.empty:
        return Sign()
    latest = counted[counted["phase"].eq(counted["phase"].iloc[-1])]
    signed = latest[latest["direction"].isin(["improvement", "concern"])]
    if signed.empty or not signed.index.isin(latest.index[-3:]).any():
        return Sign(points=len(counted))
    side = (latest["value"] > latest["centre"]).astype(int)
    stands = side.ne(side.loc[signed.index[-1]])[::-1].cumsum().eq(0)[::-1]
    run = signed[stands.reindex(signed.index)]
    if run.empty:
        return Sign(points=len(counted))
    since = pd.Timestamp(run["period"].iloc[0])
    holds = int(latest["period"].gt(since).sum()) >= 2
    return Sign(str(run["direction"].iloc[-1]), since, holds, len(counted))


def gap_sign(groups: pd.DataFrame, measure: Measure, *, behind: str, reference: str) -> Sign:
    """Find whether the gap between two groups has a signal; a smaller gap is an improvement.

    Parameters
    ----------
    groups : DataFrame
        All groups of one split, as `timeline.points` gives them.
    measure : Measure
        Its definition.
    behind, reference : str
        The two groups.

    Returns
    -------
    Sign
        Empty when one of the groups is not there, or the counts are no shares of people.
    """
    if not ({behind, reference} <= set(groups["stratum"]) and of_people(groups)):
        return Sign()
    return sign_of(charted_gap(groups, measure, behind=behind, reference=reference))


def charted_gap(groups: pd.DataFrame, measure: Measure, *, behind: str, reference: str) -> pd.DataFrame:
    """Chart how far one group is behind another, with the phases and points left out of its measure.

    Parameters
    ----------
    groups : DataFrame
        All groups of one split, as `timeline.points` or `charted` gives them.
    measure : Measure
        Its definition: which way is better, and the rules.
    behind, reference : str
        The two groups, both of them there.

    Returns
    -------
    DataFrame
        As `stats.equity.charted_gap` gives it.
    """
    found = equity.gap(groups, by="stratum", reference=reference)
    noted = groups.loc[groups["stratum"].eq(behind), ["period", *_NOTED.values()]]
    gaps = found[found["stratum"].eq(behind)].merge(noted, on="period")
    return equity.charted_gap(gaps, better=measure.better, rules=rules_of(measure)["rules"], **_NOTED)
