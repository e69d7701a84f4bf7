"""What must be in place, what was tried, and where the change goes next, as tables."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd

from pophealth.workspace.records_sustain import POINTS, Site, Upkeep

IN_PLACE = ["point", "what", "state", "owner", "due", "overdue"]
TRIED = ["name", "start", "predicted", "decision", "learned"]
PLACES = ["place", "population", "planned", "started", "people", "who"]
CURVE = ["month", "planned", "running"]


def in_place(records: Sequence[Upkeep], *, as_of: date) -> pd.DataFrame:
    """List what must be in place so that a change lasts, and what is overdue.

    A thing is overdue when its day has passed and it is not in place.

    Parameters
    ----------
    records : sequence of Upkeep
        What a team wrote.
    as_of : datetime.date
        The day to look from.

    Returns
    -------
    pandas.DataFrame
        point (its words), what, state (open, begun, there), owner, due, overdue; one row a thing, in the
        order of the eight points.

    Examples
    --------
    >>> late = Upkeep(what="A stand-in for Ana", point="backup", due="2021-05-01")
    >>> in_place([late], as_of=date(2021, 6, 30))[["point", "overdue"]].values.tolist()
    [['Somebody can step in', True]]
    """
    order = [*POINTS, ""]
    known = sorted((one for one in records if one.what), key=lambda one: order.index(one.point))
    rows = [(POINTS.get(one.point, ""), one.what, one.state, one.owner, one.due) for one in known]
    table = pd.DataFrame(rows, columns=IN_PLACE[:-1])
    table["due"] = pd.to_datetime(table["due"])
    return table.assign(overdue=table["due"].lt(pd.Timestamp(as_of)) & table["state"].ne("there"))


def tried(records: Sequence[Any]) -> pd.DataFrame:
    """List the tests of change with what was decided.

    Parameters
    ----------
    records : sequence of Test
        What a team wrote in step 8.

    Returns
    -------
    pandas.DataFrame
        name, start, predicted (True with a written prediction), decision (adopt, adapt, abandon or blank
        while it is open), learned; in the order of their first day.

    Examples
    --------
    >>> from pophealth.workspace.records import Test
    >>> tried([Test(name="A call", start="2021-02-01", decision="adapt")])["decision"].tolist()
    ['adapt']
    """
    rows = [(one.name, one.start, bool(one.prediction), one.decision, one.learned) for one in records]
    table = pd.DataFrame(rows, columns=TRIED)
    table["start"] = pd.to_datetime(table["start"])
    return table.sort_values("start", kind="stable", ignore_index=True)


def places(records: Sequence[Site], *, as_of: date) -> pd.DataFrame:
    """List the places a change spreads to; a start after the day one looks from does not count yet.

    Parameters
    ----------
    records : sequence of Site
        What a team wrote.
    as_of : datetime.date
        The day to look from.

    Returns
    -------
    pandas.DataFrame
        place, population, planned, started, people, who; in the order of the plan.

    Examples
    --------
    >>> places([Site(place="Mill Hill", planned="2021-04")], as_of=date(2021, 6, 30))["place"].tolist()
    ['Mill Hill']
    """
    known = [one for one in records if one.place]
    rows = [(one.place, one.population, one.planned, one.started, one.people, one.who) for one in known]
    table = pd.DataFrame(rows, columns=PLACES)
    months = {name: pd.to_datetime(table[name]) for name in ("planned", "started")}
    table = table.assign(**months, people=table["people"].astype("float64"))
    table["started"] = table["started"].where(table["started"].le(pd.Timestamp(as_of)))
    return table.sort_values(["planned", "started"], kind="stable", ignore_index=True)


def adoption(sites: pd.DataFrame, *, as_of: date) -> pd.DataFrame:
    """Count, month by month, how many places were planned and how many run.

    Read both columns together: where running stays below planned, something holds the spread up.

    Parameters
    ----------
    sites : pandas.DataFrame
        As `places` gives it.
    as_of : datetime.date
        The day to look from; later months have a plan and nothing that runs.

    Returns
    -------
    pandas.DataFrame
        month, planned, running; both add up from the first month; empty without any month.

    Examples
    --------
    >>> hill, today = Site(place="Mill Hill", planned="2021-04", started="2021-05"), date(2021, 6, 30)
    >>> adoption(places([hill], as_of=today), as_of=today)["running"].tolist()
    [0.0, 1.0, 1.0]
    """
    known = pd.concat([sites["planned"], sites["started"]]).dropna()
    if known.empty:
        return pd.DataFrame(columns=CURVE)
    today = pd.Timestamp(as_of).to_period("M").to_timestamp()
    months = pd.date_range(min(known.min(), today), max(known.max(), today), freq="MS")
    planned, started = (
        sites[name].value_counts().reindex(months, fill_value=0).cumsum() for name in ("planned", "started")
    )
    running = started.astype("float64").where(months <= today)
    return pd.DataFrame({"month": months, "planned": planned.to_numpy(), "running": running.to_numpy()})
