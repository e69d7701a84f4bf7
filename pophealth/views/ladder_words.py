"""What the ladder says: how many are thriving, of how many who answered, and how far luck could move it."""

import re

import pandas as pd

from pophealth.stats import segments
from pophealth.views.phrases import moment, short, some
from pophealth.views.readings import Reading, at_most

OTHER_SURVEYS = "Do not set these figures beside those of another survey: other people were asked."
UNRECORDED = "people with no group noted"
_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}(-[0-9]{2})?")


def ladder_reading(laddered: pd.DataFrame, *, by: str | None = None, when: str | None = None) -> Reading:
    """Say how many people are thriving, of how many who answered, and how far luck could move the number.

    Parameters
    ----------
    laddered
        From `stats.segments.ladder`, of one level of confidence.
    by
        The column of the group. With rounds too, the groups of the last round are told.
    when
        The column of the round, in the order of time; without `by`, the last round is held against the first.

    Returns
    -------
    Reading
        A finding, one to three sentences, and notes.

    Examples
    --------
    >>> answers = pd.DataFrame({"now": [8, 5, 3], "future": [9, 7, 4], "count": [87, 106, 19]})
    >>> found = segments.ladder(answers, now="now", future="future", count="count", invited=400)
    >>> print(ladder_reading(found))
    Of 212 people who answered (of 400 asked), 41% are thriving and 9% suffering. Luck alone could move
    the 41% to anywhere from 35% to 48%. How the other 188 people stand, nobody knows.
    """
    last = laddered if when is None else laddered[laddered[when].eq(_last(laddered, when))]
    if by is None and len(last) > len(segments.STANDINGS):
        raise ValueError("the table holds several groups or levels; name the column of groups in by")
    if not last["denominator"].sum():
        return _nobody(last)
    if by is not None:
        sentences = _of_groups(last, by, when)
    else:
        moved = _moved(laddered, when) if when is not None else []
        sentences = [_whole(last, when, lowest=True), _luck(last), *moved, *_unknown(last)]
    told, over = at_most(sentences)
    finding = _finding(last, by)
    alt = f"Bars of people who are thriving, struggling and suffering. {' '.join(told)}"
    return Reading(finding, told, alt, _subtitle(last), (*over, *_left_out(last), OTHER_SURVEYS))


def group_name(label: object) -> str:
    """Name a group as it is written; where none was recorded, say so.

    Examples
    --------
    >>> group_name("Spanish"), group_name(None)
    ('Spanish', 'people with no group noted')
    """
    return UNRECORDED if pd.isna(label) else str(label)


def _nobody(last: pd.DataFrame) -> Reading:
    asked = _invited(last)
    so_far = [f"Nobody of the {_people(asked)} asked has answered yet."] if asked else []
    told = (*so_far, "The shares will stand here once the first answers are in.")
    return Reading("The ladder: no answers yet", told, "The ladder: no answers yet.", "")


def _last(laddered: pd.DataFrame, when: str) -> object:
    """Give the last round in which anybody answered."""
    answered = laddered.loc[laddered["denominator"] > 0, when]
    return (answered if len(answered) else laddered[when]).iloc[-1] if len(laddered) else None


def _sums(rows: pd.DataFrame) -> pd.Series:
    return rows.groupby("ladder", sort=False)["numerator"].sum()


def _answered(rows: pd.DataFrame) -> int:
    return int(rows.loc[rows["ladder"] == "thriving", "denominator"].sum())


def _invited(rows: pd.DataFrame) -> int:
    return int(rows.loc[rows["ladder"] == "thriving", "invited"].sum()) if "invited" in rows else 0


def _people(count: float) -> str:
    return f"{count:,.0f} {'person' if count == 1 else 'people'}"


def _whole(rows: pd.DataFrame, when: str | None, *, lowest: bool) -> str:
    people, asked = _answered(rows), _invited(rows)
    shares = _sums(rows) / people
    of_asked = f" (of {asked:,} asked)" if asked else ""
    then = f" in {round_name(rows[when].iloc[0])}" if when else ""
    standing = f"{short(shares['thriving'], 'percent')} are thriving"
    if lowest:
        standing += f" and {short(shares['suffering'], 'percent')} suffering"
    return f"Of {_people(people)} who answered{then}{of_asked}, {standing}."


def _thriving(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[(rows["ladder"] == "thriving") & (rows["denominator"] > 0)]


def _luck(rows: pd.DataFrame) -> str:
    row = _thriving(rows).iloc[0]
    return f"Luck alone could move the {short(row['value'], 'percent')} to anywhere from {_from_to(row)}."


def _from_to(row: pd.Series) -> str:
    return f"{short(row['lower'], 'percent')} to {short(row['upper'], 'percent')}"


def _unknown(rows: pd.DataFrame) -> list[str]:
    rest = _invited(rows) - _answered(rows)
    return [f"How the other {_people(rest)} stand, nobody knows."] if rest > 0 else []


def _left_out(rows: pd.DataFrame) -> list[str]:
    blank = int(rows.loc[rows["ladder"] == "thriving", "not_answered"].sum())
    who = f"{blank:,} people" if blank > 1 else "One person"
    return [f"{who} left a question out, and no answer was guessed for them."] if blank else []


def _moved(laddered: pd.DataFrame, when: str) -> list[str]:
    """Hold the last round against the first, and say whether luck alone may have moved it so far."""
    rounds = _thriving(laddered)
    if len(rounds) < 2:
        return []
    first = rounds.iloc[0]
    ends = rounds.iloc[[0, -1]].assign(round=["first", "last"])[["round", "numerator", "denominator"]]
    held = (
        segments.compare(ends, by="round", reference="first", better="higher").set_index("round").loc["last"]
    )
    seldom = held["difference_lower"] > 0 or held["difference_upper"] < 0
    luck = "luck alone seldom moves it so far" if seldom else "luck alone may move it so far"
    return [f"In {round_name(first[when])} it was {short(first['value'], 'percent')}: {luck}."]


def round_name(label: object) -> str:
    """Name a round: a month where it is one, else as it is written.

    Examples
    --------
    >>> round_name("2021-05"), round_name("spring")
    ('May 2021', 'spring')
    """
    dated = isinstance(label, pd.Timestamp) or bool(_MONTH.fullmatch(str(label)))
    return moment(pd.Timestamp(str(label))) if dated else str(label)


def _of_groups(rows: pd.DataFrame, by: str, when: str | None) -> list[str]:
    groups = _thriving(rows).sort_values("value", kind="stable")
    return [_whole(rows, when, lowest=False), *_lowest(groups, by), *_silent(rows, by), *_fewest(groups, by)]


def _lowest(groups: pd.DataFrame, by: str) -> list[str]:
    if len(groups) < 2:
        return []
    low = groups.iloc[0]
    return [
        f"The lowest share is {short(low['value'], 'percent')}, among {group_name(low[by])}; "
        f"luck alone could make it {_from_to(low)}."
    ]


def _silent(rows: pd.DataFrame, by: str) -> list[str]:
    nobody = rows[(rows["ladder"] == "thriving") & (rows["denominator"] == 0)]
    names = [group_name(label) for label in nobody[by]]
    return [f"Nobody has answered yet among {some(names, 'group')}."] if names else []


def _fewest(groups: pd.DataFrame, by: str) -> list[str]:
    """Name the group of which the smallest part answered."""
    asked = groups[groups["invited"] > 0] if "invited" in groups else groups.iloc[:0]
    if len(asked) < 2:
        return []
    least = asked.loc[(asked["denominator"] / asked["invited"]).idxmin()]
    return [
        f"We know least about {group_name(least[by])}, where {least['denominator']:,.0f} "
        f"of {least['invited']:,.0f} answered."
    ]


def _finding(rows: pd.DataFrame, by: str | None) -> str:
    groups = _thriving(rows).sort_values("value", kind="stable") if by else rows.iloc[:0]
    if len(groups) > 1:
        low = groups.iloc[0]
        return f"Thriving is least common among {group_name(low[by])}: {short(low['value'], 'percent')}"
    share = _sums(rows)["thriving"] / _answered(rows)
    return f"{short(share, 'percent')} of those who answered are thriving"


def _subtitle(rows: pd.DataFrame) -> str:
    asked = _invited(rows)
    return f"{_answered(rows):,} people answered" + (f" of {asked:,} asked" if asked else "")
