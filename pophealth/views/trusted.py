"""How far each number of a table of groups can be trusted, as a column of words and a sentence."""

from collections.abc import Iterable

import pandas as pd

from pophealth.views.groups import names_of
from pophealth.views.phrases import some
from pophealth.views.suppressed import hidden

HEAD = "How sure"
SURE = "sure enough"
UNCERTAIN = "too uncertain"


def trusted(table: pd.DataFrame, names: Iterable[str], *, by: str | Iterable[str]) -> dict[str, list[str]]:
    """Give the column that says how far to trust each number; nothing where the table does not tell.

    Parameters
    ----------
    table
        From `stats.reliability.reliability`, perhaps after `stats.privacy.suppress`.
    names
        The groups, in the order of the rows to be filled.
    by
        Column or columns that name the group.

    Returns
    -------
    dict
        Title and words; blank for groups that may not be shown, or have no value.

    Examples
    --------
    >>> table = pd.DataFrame({"group": ["A", "B"], "value": [0.4, 0.5]})
    >>> flags = {"reliability": ["", "too uncertain"], "reliability_reason": ["", "fewer than 30 people"]}
    >>> trusted(table.assign(**flags), ["A", "B"], by="group")
    {'How sure': ['sure enough', 'too uncertain: fewer than 30 people']}
    """
    if "reliability" not in table:
        return {}
    told = dict(zip(names_of(table, by), _told(table), strict=True))
    return {HEAD: [told.get(name, "") for name in names]}


def trust_notes(table: pd.DataFrame, *, by: str | Iterable[str]) -> list[str]:
    """Name the groups whose numbers say too little to build on.

    Parameters
    ----------
    table, by
        As in `trusted`.

    Returns
    -------
    list of str
        One sentence, or none.

    Examples
    --------
    >>> table = pd.DataFrame({"group": ["B"], "value": [0.5], "reliability": ["too uncertain"]})
    >>> trust_notes(table.assign(reliability_reason="fewer than 30 people"), by="group")
    ['Too uncertain to build on: B. Join groups or months first.']
    """
    if "reliability" not in table:
        return []
    vague = table["reliability"].eq(UNCERTAIN) & ~hidden(table)
    names = names_of(table, by)[vague].tolist()
    return (
        [f"Too uncertain to build on: {some(names, 'group')}. Join groups or months first."] if names else []
    )


def _told(table: pd.DataFrame) -> list[str]:
    known = table["value"].notna() & ~hidden(table)
    flags = table[["reliability", "reliability_reason"]].astype(str).to_numpy()
    words = [f"{flag}: {reason}" if flag else SURE for flag, reason in flags]
    return [text if there else "" for text, there in zip(words, known, strict=True)]
