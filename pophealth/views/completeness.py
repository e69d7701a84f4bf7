"""Of how many people the group is written down, in plain words beside a chart by group."""


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
    verb = "are" if " and " in what else "is"
    if not people:
        return ""
    if recorded == people:
        return f"For all {people:,} people counted, {what} {verb} written down."
    known = f"{what} {verb} written down ({recorded:,} of {people:,} counted)"
    return f"For {_of_ten(recorded / people)} people, {known}. {_others(declined, not_recorded)}"


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
