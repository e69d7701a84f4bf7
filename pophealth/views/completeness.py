"""Of how many people the group is written down, in plain words beside a chart by group."""

from collections.abc import Mapping

from pophealth.views.phrases import listed, short


def completeness_sentence(*, what: str, recorded: int, people: int, declined: int, not_recorded: int) -> str:
    """Say for how many of the people counted something is written down.

    Parameters
    ----------
    what
        What they were asked, such as language.
    recorded, people
        Of how many it is written down, and all who were counted.
    declined, not_recorded
        Who did not want to say, and who has no answer on record.

    Returns
    -------
    str
        One or two sentences; "" when nobody was counted.

    Examples
    --------
    >>> completeness_sentence(what="language", recorded=1204, people=1340, declined=40, not_recorded=96)
    'For about 9 of 10 people, language is written down (1,204 of 1,340 counted). Of the others, 40 declined
    and 96 have no answer.'
    """
    if not people:
        return ""
    if recorded == people:
        return f"For all {people:,} people counted, {_written(what)}."
    known = f"{_written(what)} ({recorded:,} of {people:,} counted)"
    return f"For {_of_ten(recorded / people)} people, {known}. {_others(declined, not_recorded)}"


def completeness_pointer(shares: Mapping[str, float | None]) -> str:
    """Say in few words what an earlier chart of the same people has told in full.

    Parameters
    ----------
    shares
        What people were asked, and for which share of them it is written down; None where nobody can tell.

    Returns
    -------
    str
        One sentence; "" when nothing was asked.

    Examples
    --------
    >>> completeness_pointer({"language": 0.898, "age": 1.0})
    'As above, language is written down for 90%; age is written down for everyone.'
    >>> completeness_pointer({"language": None})
    'As above, nobody can tell for how many people language is written down.'
    """
    found: dict[str, list[str]] = {}
    for what, share in shares.items():
        found.setdefault(_for_whom(share), []).append(what)
    told = [f"{_written(listed(found[whom]))} for {whom}" for whom in found if whom]
    hidden = [f"nobody can tell for how many people {_written(listed(found['']))}"] if "" in found else []
    return f"As above, {'; '.join([*told, *hidden])}." if found else ""


def completeness_untold(*, what: str, own: bool, people: bool = True) -> str:
    """Say why nobody can tell for how many people something is written down, and what to do.

    Parameters
    ----------
    what
        What they were asked, such as language.
    own
        Whether the team itself looks, who can do something about it.
    people
        Whether the measure counts people at all.

    Returns
    -------
    str
        One or two sentences.

    Examples
    --------
    >>> completeness_untold(what="language", own=False)
    'For how many people language is written down is not told here.'
    """
    if not people:
        return f"This measure counts no people, so it cannot tell for how many people {_written(what)}."
    if not own:
        return f"For how many people {_written(what)} is not told here."
    return (
        f"Nobody can tell yet for how many people {_written(what)}. If each person has one place in it, "
        "name it in step 9 under “Groups that add up to everyone”."
    )


def _written(what: str) -> str:
    return f"{what} {'are' if ' and ' in what else 'is'} written down"


def _for_whom(share: float | None) -> str:
    if share is None:
        return ""
    return "everyone" if share == 1 else short(min(share, 0.999), "percent")


def _others(declined: int, not_recorded: int) -> str:
    answer = f"{'has' if not_recorded == 1 else 'have'} no answer"
    if declined and not_recorded:
        return f"Of the others, {declined:,} declined and {not_recorded:,} {answer}."
    return f"The other {declined:,} declined." if declined else f"The other {not_recorded:,} {answer}."


def _of_ten(share: float) -> str:
    """Say a share below one as so many of ten, or in words at the edges."""
    tenths = round(10 * share)
    if tenths == 10:
        return "nearly all"
    if tenths == 0:
        return "hardly any" if share else "none of the"
    return f"{'' if abs(10 * share - tenths) < 0.01 else 'about '}{tenths} of 10"
