"""What makes a driver diagram strong, looked at one point at a time, in words."""

from collections.abc import Sequence

import pandas as pd

from pophealth.workspace import drivers as tree

COLUMNS = ["point", "there", "sentence"]
MOST_NAMED = 3


def look_at(table: pd.DataFrame, *, groups: Sequence[str] = ()) -> pd.DataFrame:
    """Look at a driver diagram point by point.

    Read it as a talk with a friendly coach: nothing here blocks a team.

    Parameters
    ----------
    table : DataFrame
        From `workspace.drivers.drivers`; may be half filled.
    groups : sequence of str
        The groups the team chose in step 5, in words.

    Returns
    -------
    pandas.DataFrame
        One row a point: point, there (True or False), sentence.

    Examples
    --------
    >>> start = {"key": ["a"], "text": ["A call"], "level": ["idea"], "parent": [""], "group": [""]}
    >>> look_at(pd.DataFrame(start).assign(measure=""))["sentence"].iloc[1]
    'Hang it on a driver: A call. If it moves no driver, let it go or name the driver.'
    """
    main = _main(int(table["level"].eq("primary").sum()))
    if table.empty:
        return pd.DataFrame([main], columns=COLUMNS)
    points = [
        main,
        _point(
            "Everything hangs on a driver",
            tree.loose(table)["text"].tolist(),
            "Each idea moves a driver, and each driver moves the aim.",
            "Hang it on a driver: {}. If it moves no driver, let it go or name the driver.",
        ),
        _point(
            "An idea for each driver",
            tree.without_ideas(table)["text"].tolist(),
            "For each driver there is something to try.",
            "Nothing to try yet: {}. Ask someone who lives with it what would help.",
        ),
        _point(
            "A measure for each main driver",
            tree.without_measure(table)["text"].tolist(),
            "Each main driver has a number that shows whether it moves.",
            "No measure yet: {}. What could you count each week?",
        ),
        *_own_ideas(table, groups),
    ]
    return pd.DataFrame(points, columns=COLUMNS)


def _main(count: int) -> tuple[str, bool, str]:
    name = "Few main drivers"
    if count == 0:
        return name, False, "Name what would have to change first. Three main drivers are a good start."
    if count > tree.MOST_MAIN:
        told = f"There are {count} main drivers. Nobody can keep more than {tree.MOST_MAIN} in mind:"
        return name, False, f"{told} which of them belong together?"
    return (
        name,
        True,
        "They fit into one head." if count > 1 else "One so far. What else would have to change?",
    )


def _own_ideas(table: pd.DataFrame, groups: Sequence[str]) -> list[tuple[str, bool, str]]:
    """Ask for an idea for each chosen group; nothing to ask while no group is chosen."""
    if not groups:
        return []
    return [
        _point(
            "Something of its own for each chosen group",
            tree.without_own_idea(table, groups),
            "Each group you chose has an idea that is made for it.",
            "No idea of its own yet: {}. What helps everyone often helps those who are well first.",
        )
    ]


def _point(name: str, open_ones: Sequence[str], yes: str, no: str) -> tuple[str, bool, str]:
    return name, not open_ones, no.format(_named(open_ones)) if open_ones else yes


def _named(texts: Sequence[str]) -> str:
    shown = "; ".join(texts[:MOST_NAMED])
    rest = len(texts) - MOST_NAMED
    return f"{shown}; and {rest} more" if rest > 0 else shown
