"""The measures of a team in plain words: how many, of which kind, what they leave unsaid, and since when."""

from collections.abc import Sequence

import pandas as pd

from pophealth.views.phrases import first_capital, listed, many, moment, short, span, spelled

FEWEST, MOST = 4, 10
PURPOSES = {
    "outcome": "what people get out of it (an outcome measure)",
    "process": "what you do (a process measure)",
    "balancing": "what must not get worse (a balancing measure)",
}
OFTEN = {
    "month": "every month",
    "quarter": "every quarter",
    "year": "every year",
    "day": "each time it happens",
}


def how_many(families: Sequence[str]) -> list[str]:
    """Say whether there are few or many measures, and which kind is still missing; never a reproach.

    Parameters
    ----------
    families : sequence of str
        outcome, process, balancing or blank, one a measure.

    Returns
    -------
    list of str
        One or two sentences.

    Examples
    --------
    >>> how_many(["outcome", "process"])[1]
    'Not one of them shows what must not get worse (a balancing measure).'
    """
    there = first_capital(many(len(families), "measure"))
    missing = [words for name, words in PURPOSES.items() if name not in families]
    lacking = [f"Not one of them shows {' or '.join(missing)}."] if missing else []
    return [f"{there}: {_enough(len(families))}", *lacking]


def _enough(count: int) -> str:
    right = f"{first_capital(spelled(FEWEST))} to {spelled(MOST)} tell the whole story"
    if count > MOST:
        return (
            f"that is a lot to count. {right}, and counting wears people out. "
            "Which ones has nobody looked at for three months?"
        )
    if count < FEWEST:
        return f"a fine start. {right}."
    return "enough to tell the whole story, and few enough to keep up."


def since_when(row: pd.Series) -> str:
    """Say for which time a definition holds.

    Parameters
    ----------
    row : pandas.Series
        since, until, in_force.

    Returns
    -------
    str
        A few words.

    Examples
    --------
    >>> since_when(pd.Series({"since": pd.NaT, "until": pd.Timestamp("2021-02-01"), "in_force": False}))
    'before February 2021'
    """
    since, until = row["since"], row["until"]
    if row["in_force"]:
        return "from the first count" if pd.isna(since) else f"since {moment(since)}"
    if pd.isna(since):
        return f"before {moment(until)}"
    return span(since, until - pd.DateOffset(months=1))


def called(row: pd.Series) -> str:
    """Name a measure with its family.

    Examples
    --------
    >>> called(pd.Series({"name": "Calls", "key": "calls", "family": "process"}))
    'Calls (process)'
    """
    name = row["name"] or row["key"]
    return f"{name} ({row['family']})" if row["family"] else name


def aimed_at(row: pd.Series) -> str:
    """Say the target of a measure and the day by which it is to be reached.

    Examples
    --------
    >>> day = pd.Timestamp("2021-06-30")
    >>> aimed_at(pd.Series({"target": 70.0, "unit": "percent", "target_by": day}))
    '70% by June 30, 2021'
    """
    if pd.isna(row["target"]):
        return ""
    share = row["target"] / 100 if row["unit"] == "percent" else row["target"]
    by = "" if pd.isna(row["target_by"]) else f" by {moment(row['target_by'], 'event')}"
    return f"{short(share, row['unit'])}{by}"


def counted_how(row: pd.Series) -> str:
    """Say how often something is counted, and what the points share.

    Examples
    --------
    >>> counted_how(pd.Series({"period": "month", "window": "rolling", "people": "the same"}))
    'every month, looking back over a longer time, the same people each time'
    """
    parts = [OFTEN.get(row["period"], "not said yet")]
    parts += ["looking back over a longer time"] if row["window"] == "rolling" else []
    return ", ".join(parts + (["the same people each time"] if row["people"] == "the same" else []))


def recounted(table: pd.DataFrame) -> list[str]:
    """Name the measures that were counted in another way before, and what that means for their charts.

    Parameters
    ----------
    table : pandas.DataFrame
        name, until, in_force: one row a definition.

    Returns
    -------
    list of str
        One sentence a change.
    """
    before = table[~table["in_force"]]
    return [
        f"{name} is counted differently from {moment(until)}. Points before and after do not compare."
        for name, until in zip(before["name"], before["until"], strict=True)
    ]


def still_to_say(unsaid: dict[str, list[str]]) -> list[str]:
    """Say what definitions leave open, measure by measure, so that two people may count two ways.

    Parameters
    ----------
    unsaid : dict
        Name of a measure, with the labels of its form that are empty.

    Returns
    -------
    list of str
        One sentence a measure.

    Examples
    --------
    >>> still_to_say({"Calls": ["Source"], "Visits": []})
    ['Calls: Source.']
    """
    return [f"{name}: {listed(labels)}." for name, labels in unsaid.items() if labels]
