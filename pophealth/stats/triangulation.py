"""The three-part review: what numbers, staff and people say about each cause, side by side."""

import pandas as pd

from pophealth.stats import columns, labels

SOURCES = ("numbers", "staff", "people")
SUPPORTS, CONTRADICTS, SILENT, DIVIDED = "supports", "contradicts", "silent", "divided"


def triangulate(
    table: pd.DataFrame, *, cause: str = "cause", source: str = "source", says: str = "says"
) -> pd.DataFrame:
    """Set what numbers, staff and people say about each root cause side by side.

    Trust a cause the more sources support it. Where one contradicts, do not drop the cause: ask why, for
    that is where the most is to be learned. Silent may mean that nobody was asked yet.

    Parameters
    ----------
    table : DataFrame
        A row for each thing a source says about a cause.
    cause : str
        Column: the root cause, in the same words each time; capitals and spaces do not matter.
    source : str
        Column: ``numbers``, ``staff`` (care teams) or ``people`` (those who live with it).
    says : str
        Column: ``supports``, ``contradicts`` or ``silent``; a blank is silent.

    Returns
    -------
    DataFrame
        A row for each cause, those with most support first and equal ones by name: the cause; ``numbers``,
        ``staff`` and ``people``, each supports, contradicts, silent, or divided where some of that source
        support and others contradict; ``supporting`` (sources that support, 0 to 3) and ``contradicting``
        (sources that contradict or are divided, 0 to 3).

    Raises
    ------
    ValueError
        If a column is missing, a cause or a source is blank, or a word is not one of those above.

    Notes
    -----
    The three-part data review of the Institute for Healthcare Improvement: numbers, care teams, and 10 to 15
    conversations with people themselves, joined to find root causes.

    Examples
    --------
    >>> told = [
    ...     ("no rides", "numbers", "supports"),
    ...     ("no rides", "people", "supports"),
    ...     ("fear of cost", "staff", "contradicts"),
    ...     ("fear of cost", "people", "supports"),
    ... ]
    >>> triangulate(pd.DataFrame(told, columns=["cause", "source", "says"]))
              cause   numbers        staff    people  supporting  contradicting
    0      no rides  supports       silent  supports           2              0
    1  fear of cost    silent  contradicts  supports           1              1
    """
    columns.require(table, [cause, source, says])
    columns.refuse(labels.plain(table[cause]).isna(), f"column {cause!r} is blank", "name the cause")
    columns.refuse(labels.plain(table[source]).isna(), f"column {source!r} is blank", "name the source")
    said = pd.DataFrame(
        {
            cause: labels.first_written(table[cause]).to_numpy(),
            "source": labels.one_of(table, source, SOURCES).to_numpy(),
            "says": labels.one_of(table, says, (SUPPORTS, CONTRADICTS, SILENT)).to_numpy(),
        }
    )
    supports, contradicts = (_sources_that(said, cause, word) for word in (SUPPORTS, CONTRADICTS))
    found = pd.DataFrame(SILENT, index=supports.index, columns=list(SOURCES))
    found = found.mask(supports, SUPPORTS).mask(contradicts, CONTRADICTS)
    found = found.mask(supports & contradicts, DIVIDED).reset_index()
    found["supporting"] = (found[[*SOURCES]] == SUPPORTS).sum(axis="columns")
    found["contradicting"] = found[[*SOURCES]].isin([CONTRADICTS, DIVIDED]).sum(axis="columns")
    return found.sort_values(["supporting", cause], ascending=[False, True], kind="stable", ignore_index=True)


def _sources_that(said: pd.DataFrame, cause: str, word: str) -> pd.DataFrame:
    """Tell which sources say a word about a cause, with all causes and all sources there."""
    told = said[said["says"] == word]
    causes = pd.Index(said[cause].unique(), name=cause)
    times = pd.crosstab(told[cause], told["source"])
    return times.reindex(index=causes, columns=list(SOURCES), fill_value=0) > 0
