"""What to keep in mind when a team chooses whom to focus on, in plain sentences."""

from collections.abc import Sequence

import pandas as pd

from pophealth.views.completeness import completeness_sentence
from pophealth.views.phrases import SPELLED, many, short, some

MOST = 3
"""Groups a team can work with well at a time."""

TALKS = (10, 15)
"""How many conversations a review asks for, at the least and at the most."""

FEW = 0.1
"""Share of people without a group above which groups should not be compared yet."""

MANY = "That is many who are in no group. Ask who they are before you compare."

WORST = "The smaller the groups, the more of what looks worst is bad luck, which will not stay."
STEP = "The worst of many groups has often been a little unlucky too. Do not take that step for progress."


def next_time(gaps: pd.DataFrame, *, by: str, unit: str = "percent") -> tuple[str, ...]:
    """Say what the group that looks worst is likely to show next time, if nothing changes.

    Parameters
    ----------
    gaps
        From `stats.segments.compare`: its first row is the group that fares worst with luck allowed for.
    by
        Column that names the group.
    unit
        As in `charts.control_chart`.

    Returns
    -------
    tuple of str
        Sentences; none without two groups that have a value.

    Examples
    --------
    >>> gaps = pd.DataFrame({"group": ["a", "b"], "value": [0.5, 0.7], "shrunk": [0.53, 0.69]})
    >>> limits = {"difference_lower": [-0.3, None], "difference_upper": [-0.1, None]}
    >>> next_time(gaps.assign(**limits), by="group")[1]
    'By luck alone it would show about 53% next time, even if nothing changes.'
    """
    known = gaps.dropna(subset=["value", "shrunk"])
    if len(known) < 2:
        return ()
    worst = known.iloc[0]
    now, expected = (short(float(worst[name]), unit) for name in ("value", "shrunk"))
    first = f"Of {many(len(known), 'group')}, {worst[by]} fares worst: {now}."
    if worst["difference_lower"] <= 0 <= worst["difference_upper"]:
        return (first, "Luck alone could explain the whole distance. Look again with more people.", WORST)
    if expected == now:
        return (first, "So many people were counted that it would show much the same next time.", WORST)
    return (first, f"By luck alone it would show about {expected} next time, even if nothing changes.", STEP)


def chosen(groups: Sequence[str], *, voiceless: Sequence[str], reasonless: int) -> tuple[str, ...]:
    """Say how a choice stands: how many groups, who has not been heard, what is missing.

    Parameters
    ----------
    groups
        The groups that were chosen.
    voiceless
        Those of them of whom nobody has been heard.
    reasonless
        How many have no reason yet.

    Returns
    -------
    tuple of str
        One to three sentences.

    Examples
    --------
    >>> chosen(["Men who work alone"], voiceless=[], reasonless=0)
    ('You chose one group to start with.',)
    """
    said = [f"You chose {many(len(groups), 'group')} to start with."]
    if len(groups) > MOST:
        said = [
            f"You chose {many(len(groups), 'group')}. Start with {MOST} at the most; the others can wait."
        ]
    if reasonless:
        said.append(f"Write down why for {'the one' if reasonless == 1 else 'those'} without a reason.")
    if voiceless:
        said.append(f"Nobody of this group has been heard yet: {some(list(voiceless), 'group')}.")
    return tuple(said)


def missing(recorded: pd.DataFrame) -> tuple[str, ...]:
    """Say where many people have no group written down.

    Parameters
    ----------
    recorded
        From `stats.completeness.completeness`, all periods together.

    Returns
    -------
    tuple of str
        One to three sentences.

    Examples
    --------
    >>> table = pd.DataFrame({"stratifier": ["language"], "numerator": [150], "denominator": [200]})
    >>> missing(table.assign(declined=10, not_recorded=40, value=0.75))[-1]
    'That is many who are in no group. Ask who they are before you compare.'
    """
    worst = recorded.loc[recorded["value"].idxmin()]
    if worst["value"] == 1:
        return ("Everyone who was counted has a group, in each way you split them.",)
    first = completeness_sentence(
        what=str(worst["stratifier"]),
        recorded=int(worst["numerator"]),
        people=int(worst["denominator"]),
        declined=int(worst["declined"]),
        not_recorded=int(worst["not_recorded"]),
    )
    return (first, MANY) if 1 - worst["value"] > FEW else (first,)


def talked(count: int) -> str:
    """Say how far the conversations have come.

    Examples
    --------
    >>> talked(4), talked(12)
    ('Four conversations so far. Six more make ten.', '12 conversations. That is what a review asks for.')
    """
    least, most = TALKS
    had = f"{many(count, 'conversation')}".capitalize()
    if count < least:
        left = SPELLED[least - count].capitalize()
        return f"{had} so far. {left} more {'makes' if left == 'One' else 'make'} ten."
    return f"{had}. That is what a review asks for." if count <= most else f"{had}. That is plenty."
