"""What the monthly pulse says, in plain sentences; only what is clear is put into words."""

from collections.abc import Mapping, Sequence

import pandas as pd

from pophealth.stats.pulse import LEAST, clear
from pophealth.views.phrases import first_capital, listed, spelled

WIDE, BESIDE = 1.5, 0.2


def count_says(month: pd.Timestamp, answered: int) -> str:
    """Say how many have answered for a month, and why nothing more is shown yet.

    Parameters
    ----------
    month : pandas.Timestamp
        The month.
    answered : int
        Whole answers, counted up to three.

    Returns
    -------
    str
        Two sentences.

    Examples
    --------
    >>> count_says(pd.Timestamp("2021-06-01"), 2)
    'For June 2021, two have answered. Fewer than three answers are never shown.'
    """
    have = "nobody has" if not answered else "one has" if answered == 1 else f"{spelled(answered)} have"
    said = f"For {month:%B %Y}, {have} answered."
    if answered < LEAST:
        return f"{said} Fewer than {spelled(LEAST)} answers are never shown."
    return f"For {month:%B %Y}, {spelled(LEAST)} or more have answered. Figures come once the month is over."


def lowest(latest: pd.DataFrame) -> list[str]:
    """Name the domains that are clearly lower than the highest, also with the chance amounts in mind.

    Parameters
    ----------
    latest : pandas.DataFrame
        domain, answers, mean; one month.

    Returns
    -------
    list of str
        The lowest domain and those next to it; empty when none stands out.

    Examples
    --------
    >>> lowest(pd.DataFrame({"domain": ["power", "learn"], "mean": [2.1, 4.0], "answers": 3}))
    ['power']
    """
    if latest.empty or latest["mean"].max() - latest["mean"].min() < clear(int(latest["answers"].min())):
        return []
    near = latest["mean"] <= latest["mean"].min() + BESIDE
    return latest.loc[near, "domain"].tolist()


def title(table: pd.DataFrame, names: Mapping[str, str]) -> str:
    """Say in one line which domain is lowest, or that none stands out.

    Parameters
    ----------
    table : pandas.DataFrame
        month, domain, mean; all months that may be shown.
    names : mapping of str to str
        Domains as people call them.

    Returns
    -------
    str
        The title of the chart.

    Examples
    --------
    >>> may = pd.Timestamp("2021-05-01")
    >>> table = pd.DataFrame({"month": may, "domain": ["power", "learn"], "mean": [2.1, 4.0]}).assign(
    ...     answers=3
    ... )
    >>> title(table, {"power": "shared power", "learn": "learning"})
    'Shared power was lowest in May 2021: 2.1 of 5'
    """
    latest = last_month(table)
    low, month = lowest(latest), latest["month"].iloc[0]
    if not low:
        return f"All {spelled(len(latest))} lay close together in {month:%B %Y}"
    named = first_capital(listed([names[one] for one in low]))
    if len(low) > 1:
        return f"{named} were lowest in {month:%B %Y}"
    return f"{named} was lowest in {month:%B %Y}: {latest['mean'].min():.1f} of 5"


def says(table: pd.DataFrame, names: Mapping[str, str]) -> tuple[str, ...]:
    """Say what has moved since the first month, and where people do not see it alike.

    Parameters
    ----------
    table : pandas.DataFrame
        month, domain, answers, mean, spread; all months that may be shown.
    names : mapping of str to str
        Domains as people call them.

    Returns
    -------
    tuple of str
        One to three sentences.

    Examples
    --------
    >>> months = pd.to_datetime(["2021-01-01", "2021-05-01"])
    >>> table = pd.DataFrame({"month": months, "domain": "power", "mean": [2.1, 3.9], "spread": 0.5})
    >>> says(table.assign(answers=3), {"power": "shared power"})[0]
    'Since January 2021, shared power has gone up (2.1 to 3.9).'
    """
    latest = last_month(table)
    first = table[table["month"].eq(table["month"].min())]
    moved = _moved(first, latest, names)
    wide = [names[one] for one in latest.loc[latest["spread"].ge(WIDE), "domain"]]
    apart = (
        [f"You do not live it alike: answers on {listed(wide)} lie far apart. Talk about that first."]
        if wide
        else []
    )
    few = int(latest["answers"].min())
    people = f"{first_capital(spelled(few))} to {spelled(few + LEAST - 1)} people answered"
    return (*moved, *apart, f"{people} in {latest['month'].iloc[0]:%B %Y}.")


def last_month(table: pd.DataFrame) -> pd.DataFrame:
    """Give the rows of the latest month."""
    return table[table["month"].eq(table["month"].max())].reset_index(drop=True)


def numbers(table: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """Give the figures as a table for people: month, what, answers, mean of 5, spread.

    Parameters
    ----------
    table : pandas.DataFrame
        month, domain, answers, mean, spread.
    names : mapping of str to str
        Domains as people call them.

    Returns
    -------
    pandas.DataFrame
        Newest month first.

    Examples
    --------
    >>> row = {
    ...     "month": pd.Timestamp("2021-05-01"),
    ...     "domain": "power",
    ...     "answers": 3,
    ...     "mean": 2.1,
    ...     "spread": 0.5,
    ... }
    >>> numbers(pd.DataFrame([row]), {"power": "shared power"}).values.tolist()
    [['May 2021', 'shared power', '3 to 5', '2.1', '0.5']]
    """
    newest = table.sort_values("month", ascending=False, kind="stable")
    return pd.DataFrame(
        {
            "Month": newest["month"].map(lambda month: f"{month:%B %Y}"),
            "What": newest["domain"].map(names),
            "Answers": [f"{n} to {n + LEAST - 1}" for n in newest["answers"].astype(int)],
            "Mean of 5": newest["mean"].map("{:.1f}".format),
            "Spread": newest["spread"].map("{:.1f}".format),
        }
    )


def _moved(first: pd.DataFrame, latest: pd.DataFrame, names: Mapping[str, str]) -> Sequence[str]:
    """Tell of the domains that moved clearly, also with the chance amounts in mind."""
    if first["month"].iloc[0] == latest["month"].iloc[0]:
        return []
    both = latest.merge(first, on="domain", suffixes=("", "_first"))
    bar = both[["answers", "answers_first"]].astype(int).min(axis=1).map(clear)
    change = both["mean"] - both["mean_first"]
    told = [
        f"{names[one.domain]} has gone {word} ({one.mean_first:.1f} to {one.mean:.1f})"
        for word, rows in (("up", both[change.ge(bar)]), ("down", both[change.le(-bar)]))
        for one in rows.itertuples()
    ]
    since = f"Since {first['month'].iloc[0]:%B %Y}"
    return [f"{since}, {listed(told)}."] if told else [f"{since}, there is no clear change."]
