"""Race, ethnicity and language: from the form that was used to groups that can be compared."""

from collections.abc import Callable, Iterable

import pandas as pd

from pophealth.stats import columns
from pophealth.stats.category_labels import (
    ANOTHER_LANGUAGE,
    DECLINED,
    HISPANIC,
    LANGUAGE_CODES,
    MULTIRACIAL,
    NOT_HISPANIC,
    NOT_RECORDED,
    SAID_TO_ETHNICITY,
    SCHEMES,
    UNKNOWN,
    WRITTEN,
)

RACE = "race and ethnicity"
IN_COMBINATION = "race and ethnicity, alone or in combination"
_COUNTS = ["numerator", "denominator"]
_ORDER = [*SCHEMES["spd15-2024"].groups, MULTIRACIAL, *UNKNOWN]
_MEANT = {also: group for group, words in WRITTEN.items() for also in [group.lower(), *words.split(", ")]}


def crosswalk(
    table: pd.DataFrame,
    *,
    precedence: str,
    race: str = "race",
    ethnicity: str | None = None,
    by: str | Iterable[str] | None = None,
    numerator: str = "numerator",
    denominator: str = "denominator",
    separator: str = ";",
) -> pd.DataFrame:
    """Bring counts by race and ethnicity, from either form, into the groups of the 2024 form.

    Read ``exclusive`` before adding anything up: under ``alone_or_in_combination`` one person may stand in
    several groups, so the groups together are more than everyone; `add_up` refuses to add them. People whose
    group is not known stay as groups of their own. From the older form nobody can be told to be Middle
    Eastern or North African: most of them answered White.

    Parameters
    ----------
    table : DataFrame
        One row for each answer and whatever `by` names, with counts of people.
    precedence : str
        ``hispanic_first``: who is Hispanic or Latino counts there alone, of any race; who chose several
        other groups is Multiracial; each person stands in one group. ``alone_or_in_combination``: each
        person counts in every group chosen.
    race : str
        Column of the one question of 2024, or of the race question of the older form. Several answers
        stand in one cell with `separator` between them.
    ethnicity : str, optional
        Column of the ethnicity question of the older form.
    by : str or list of str, optional
        Columns to keep apart, such as the period and the measure.
    numerator, denominator : str
        Columns of counts. A row in which one is missing adds nothing.
    separator : str
        What stands between several answers.

    Returns
    -------
    DataFrame
        One row per group that is there: the columns of `by`, ``stratifier``, ``stratum``, ``numerator``,
        ``denominator``, ``exclusive`` (False: never add up) and ``method`` (the precedence).

    Raises
    ------
    ValueError
        If a label is unknown, a column is missing or unreadable, or the precedence is unknown.

    Notes
    -----
    Statistical Policy Directive No. 15 of the U.S. Office of Management and Budget, 1997 and 2024; see
    `category_labels.SCHEMES`.

    Examples
    --------
    >>> table = pd.DataFrame({"race": ["Asian", "Asian; White", "White", "White", None]})
    >>> table = table.assign(ethnicity=["no", "no", "no", "yes", "declined"], numerator=5, denominator=20)
    >>> once = crosswalk(table, ethnicity="ethnicity", precedence="hispanic_first")
    >>> once[["stratum", "denominator", "exclusive"]]
                  stratum  denominator  exclusive
    0               Asian         20.0       True
    1  Hispanic or Latino         20.0       True
    2               White         20.0       True
    3         Multiracial         20.0       True
    4            declined         20.0       True
    >>> each = crosswalk(table, ethnicity="ethnicity", precedence="alone_or_in_combination")
    >>> each[["stratum", "denominator", "exclusive"]]
                  stratum  denominator  exclusive
    0               Asian         40.0      False
    1  Hispanic or Latino         20.0      False
    2               White         60.0      False
    3            declined         20.0       True
    """
    if precedence not in _PRECEDENCE:
        raise ValueError(f"there is no precedence {precedence!r}; choose one of {', '.join(_PRECEDENCE)}")
    held = columns.names(by)
    asked = [race] if ethnicity is None else [race, ethnicity]
    columns.require(table, [*held, *asked, numerator, denominator])
    chosen = _chosen(table, race, ethnicity, separator).map(_PRECEDENCE[precedence])
    overlap = precedence == "alone_or_in_combination"
    split = IN_COMBINATION if overlap else RACE
    found = _summed(table[held], _read(table, numerator, denominator), chosen, split, _ORDER)
    return found.assign(exclusive=found["stratum"].isin(UNKNOWN) | (not overlap), method=precedence)


def languages(
    table: pd.DataFrame,
    *,
    keep: Iterable[str],
    language: str = "language",
    by: str | Iterable[str] | None = None,
    numerator: str = "numerator",
    denominator: str = "denominator",
) -> pd.DataFrame:
    """Bring counts by preferred language into a few groups, with those not recorded as a group of their own.

    Ask which language somebody prefers for talking about health, and whether an interpreter is needed:
    what is spoken at home does not tell it.

    Parameters
    ----------
    table : DataFrame
        One row for each language and whatever `by` names, with counts of people.
    keep : iterable of str
        Languages that stay groups; all others become "another language".
    language : str
        Column of the preferred language: its English name, or its code in ISO 639.
    by : str or list of str, optional
        Columns to keep apart.
    numerator, denominator : str
        Columns of counts. A row in which one is missing adds nothing.

    Returns
    -------
    DataFrame
        As `crosswalk` gives it; each person stands in one group.

    Raises
    ------
    ValueError
        If a column is missing or unreadable.

    Examples
    --------
    >>> table = pd.DataFrame({"language": ["en", "Spanish", "vie", ""], "numerator": 5, "denominator": 20})
    >>> languages(table, keep=["English", "Spanish"])["stratum"].tolist()
    ['English', 'Spanish', 'another language', 'not recorded']
    """
    held, kept = columns.names(by), [*keep]
    columns.require(table, [*held, language, numerator, denominator])
    known = {name.lower(): name for name in kept}
    known |= {label: group for label, group in _MEANT.items() if group in UNKNOWN}
    told = _plain(table[language]).replace(LANGUAGE_CODES).str.lower()
    chosen = told.map(lambda text: (known.get(text, ANOTHER_LANGUAGE),))
    counts, order = _read(table, numerator, denominator), [*kept, ANOTHER_LANGUAGE, *UNKNOWN]
    found = _summed(table[held], counts, chosen, "language", order)
    return found.assign(exclusive=True, method="preferred language")


def add_up(
    table: pd.DataFrame,
    *,
    by: str | Iterable[str] | None = None,
    numerator: str = "numerator",
    denominator: str = "denominator",
) -> pd.DataFrame:
    """Add up the groups of one split, unless somebody would be counted twice.

    Parameters
    ----------
    table : DataFrame
        Counts with ``stratifier``, ``stratum`` and ``exclusive``, as `crosswalk` gives them.
    by : str or list of str, optional
        Columns to keep apart, such as the period.
    numerator, denominator : str
        Columns of counts.

    Returns
    -------
    DataFrame
        The columns of `by`, ``numerator`` and ``denominator``.

    Raises
    ------
    ValueError
        If groups overlap, or rows of different splits would be added.

    Examples
    --------
    >>> table = pd.DataFrame({"stratifier": "language", "stratum": ["English", "Spanish"]})
    >>> add_up(table.assign(numerator=[3, 2], denominator=[10, 20], exclusive=True))
       numerator  denominator
    0        5.0         30.0
    """
    held = columns.names(by)
    columns.require(table, [*held, "stratifier", "stratum", "exclusive", numerator, denominator])
    _refuse_twice(table, held)
    counts = _read(table, numerator, denominator)
    if not held:
        return counts.sum(min_count=1).to_frame().T
    rows = pd.concat([table[held].reset_index(drop=True), counts], axis="columns")
    return rows.groupby(held, dropna=False, observed=True)[_COUNTS].sum(min_count=1).reset_index()


def is_unknown(strata: pd.Series) -> pd.Series:
    """Tell which groups are of people whose group is not known: ``not recorded``, ``declined``, or "".

    Parameters
    ----------
    strata : Series
        Names of groups.

    Returns
    -------
    Series
        Text, with the index of `strata`.

    Examples
    --------
    >>> is_unknown(pd.Series(["Spanish", "Unknown", "refused"])).tolist()
    ['', 'not recorded', 'declined']
    """
    meant = _plain(strata).map(_MEANT)
    return meant.where(meant.isin(UNKNOWN), "").set_axis(strata.index)


def _plain(labels: pd.Series) -> pd.Series:
    """Give labels as text in small letters; a blank is not recorded."""
    texts = labels.reset_index(drop=True).astype(object)
    texts = texts.where(texts.notna(), "").map(lambda label: " ".join(str(label).lower().split()))
    return texts.mask(texts.eq(""), NOT_RECORDED)


def _chosen(table: pd.DataFrame, race: str, ethnicity: str | None, separator: str) -> pd.Series:
    """Give for each row the groups that were chosen, in the order of the form."""
    groups = _understood(table[race], race, separator, {*_MEANT.values()} - {NOT_HISPANIC})
    if ethnicity is None:
        return groups
    said = _plain(table[ethnicity]).replace(SAID_TO_ETHNICITY)
    second = _understood(said, ethnicity, separator, {HISPANIC, NOT_HISPANIC, *UNKNOWN})
    pairs = pd.Series([*zip(groups, second, strict=True)], dtype=object)
    return pairs.map({pair: _both(*pair) for pair in set(pairs)})


def _both(races: tuple[str, ...], ethnicity: tuple[str, ...]) -> tuple[str, ...]:
    """Join the answers to two questions; not knowing one of them does not undo the other."""
    if HISPANIC in ethnicity:
        return tuple(sorted({*races, HISPANIC} - {*UNKNOWN}, key=_ORDER.index))
    if races == (NOT_RECORDED,) and DECLINED in ethnicity:
        return (DECLINED,)
    return races


def _understood(labels: pd.Series, name: str, separator: str, allowed: set[str]) -> pd.Series:
    texts = _plain(labels)
    read = {text: _groups_of(text, separator) for text in texts.unique()}
    odd = texts.map({text: "" if groups <= allowed else text for text, groups in read.items()})
    if odd.ne("").any():
        first = str(labels.reset_index(drop=True)[odd.ne("")].iloc[0])
        same = odd.eq(" ".join(first.lower().split()))
        columns.refuse(
            same,
            f"column {name!r} holds {first!r}, which is no group of the form,",
            f"write one of: {', '.join(sorted(allowed, key=_place))}",
        )
    return texts.map({text: tuple(sorted(groups, key=_place)) for text, groups in read.items()})


def _groups_of(text: str, separator: str) -> set[str]:
    """Read the answers in one cell; beside a group, an unknown says nothing."""
    parts = [part.strip() for part in text.split(separator.lower()) if part.strip()]
    groups = {_MEANT.get(text, "")} - {""} or {_MEANT.get(part, part) for part in parts}
    return groups - {*UNKNOWN} or groups


def _place(group: str) -> int:
    return _ORDER.index(group) if group in _ORDER else -1


def _hispanic_first(groups: tuple[str, ...]) -> tuple[str, ...]:
    if HISPANIC in groups:
        return (HISPANIC,)
    return groups if len(groups) == 1 else (MULTIRACIAL,)


def _every(groups: tuple[str, ...]) -> tuple[str, ...]:
    """Give all groups; that somebody is Multiracial says nothing new beside them."""
    return tuple(group for group in groups if group != MULTIRACIAL) or groups


_PRECEDENCE: dict[str, Callable[[tuple[str, ...]], tuple[str, ...]]] = {
    "hispanic_first": _hispanic_first,
    "alone_or_in_combination": _every,
}


def _read(table: pd.DataFrame, numerator: str, denominator: str) -> pd.DataFrame:
    cases, people = columns.numbers(table, numerator), columns.numbers(table, denominator)
    columns.check_counts(cases, people)
    known = cases.notna() & people.notna()
    return pd.DataFrame({"numerator": cases.where(known), "denominator": people.where(known)})


def _summed(
    held: pd.DataFrame, counts: pd.DataFrame, chosen: pd.Series, stratifier: str, order: list[str]
) -> pd.DataFrame:
    """Add up counts by group; one row counts in each of its groups."""
    rows = pd.concat([held.reset_index(drop=True), counts], axis="columns")
    rows = rows.assign(stratifier=stratifier, stratum=chosen.to_numpy()).explode("stratum", ignore_index=True)
    rows["stratum"] = pd.Categorical(rows["stratum"], categories=order, ordered=True)
    groups = rows.groupby([*held, "stratifier", "stratum"], dropna=False, observed=True)
    summed = groups[_COUNTS].sum(min_count=1).reset_index()
    return summed.assign(stratum=summed["stratum"].astype(object))


def _refuse_twice(table: pd.DataFrame, held: list[str]) -> None:
    """Raise a ValueError when adding up would count somebody twice."""
    number = columns.series_numbers(table, held)
    splits = pd.Series(table["stratifier"].to_numpy()).groupby(number).nunique(dropna=False)
    if (splits > 1).any():
        named = ", ".join(map(repr, dict.fromkeys(table["stratifier"])))
        raise ValueError(
            f"rows of different splits ({named}) hold the same people; add up one split at a time"
        )
    overlap = ~columns.flags(table, "exclusive")
    alone = pd.Series(number).groupby(number).transform("size").eq(1)
    columns.refuse(
        overlap & ~alone,
        "one person can stand in several groups (exclusive is False)",
        "do not add them up: take the row of everyone, or a split in which each person has one group",
    )
