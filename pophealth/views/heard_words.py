"""What the three-part review says, in plain sentences."""

from collections.abc import Sequence

import pandas as pd

from pophealth.stats.pillars import NOT_PLACED
from pophealth.views.phrases import SPELLED, first_capital, listed, many, some

SIGNS = {
    "supports": "✓ supports it",
    "contradicts": "✕ says the opposite",
    "divided": "± divided",
    "silent": "– silent",
}
"""What a source says about a cause: a sign and a word, never a color alone."""

PILLARS = {
    "behavior": "Behavior: what people do each day",
    "place and community": "Place and community: streets, homes, neighbors",
    "integrated care": "Integrated care: services that work as one",
    "wider determinants": "Wider determinants: money, work, school, rights",
    NOT_PLACED: "Not placed yet",
}


def told_by(segments: Sequence[str]) -> str:
    """Say which groups named something, and how often.

    Examples
    --------
    >>> told_by(["Parents", "Parents"]), told_by([""])
    ('Parents, heard twice', 'heard once')
    """
    groups = [name for name in dict.fromkeys(segments) if name]
    times = {1: "once", 2: "twice"}.get(len(segments), f"{len(segments)} times")
    return ", ".join(filter(None, [listed(groups) if groups else "", f"heard {times}"]))


def strengths(needs: int, assets: int, free: Sequence[str]) -> tuple[str, ...]:
    """Say how many needs and strengths are written down, and which strengths nobody uses yet.

    Examples
    --------
    >>> strengths(2, 1, ["Parish hall"])
    ('Two needs and one strength are written down.', 'Not used yet: Parish hall. What could it help with?')
    """
    verb = "is" if needs + assets == 1 else "are"
    first = first_capital(f"{many(needs, 'need')} and {many(assets, 'strength')} {verb} written down.")
    if not assets:
        return (first, "Ask what is good here, too. People who are only asked about trouble stop answering.")
    if not free:
        return (first, "Each strength is tied to something it could help with.")
    helps = "it" if len(free) == 1 else "each of them"
    return (first, f"Not used yet: {some(list(free), 'strength')}. What could {helps} help with?")


def heard_title(themes: pd.DataFrame, talks: int) -> str:
    """Say in one line which theme comes back most.

    Examples
    --------
    >>> themes = pd.DataFrame({"theme": ["A ride", "Cost"], "people": [3, 1], "care teams": [0, 1]})
    >>> heard_title(themes, 4)
    'A ride comes back most: in three of four conversations'
    """
    if not talks:
        return "What care teams say; no conversation with people yet"
    most = themes[themes["people"].eq(themes["people"].max())]["theme"].tolist()
    count = int(themes["people"].max())
    if count < 2:
        return "Each theme was named by one person so far"
    verb = "comes" if len(most) == 1 else "come"
    return f"{some(most, 'theme')} {verb} back most: in {_of(count, talks)}"


def _of(count: int, talks: int) -> str:
    spelled = SPELLED[count] if count < len(SPELLED) else f"{count:,}"
    return f"{spelled} of {many(talks, 'conversation')}"


def heard(themes: pd.DataFrame, talks: pd.DataFrame) -> tuple[str, ...]:
    """Say whether new talks still bring new themes, and where care teams and people see it differently.

    Parameters
    ----------
    themes
        theme, and how many talks named it: people, care teams.
    talks
        From `stats.segments.saturation`.

    Returns
    -------
    tuple of str
        One to three sentences.
    """
    said = [_still_new(talks)] if len(talks) else []
    only_staff = themes.loc[themes["people"].eq(0) & themes["care teams"].gt(0), "theme"].tolist()
    only_people = themes.loc[themes["care teams"].eq(0) & themes["people"].gt(1), "theme"].tolist()
    if only_staff and len(talks):
        said.append(f"Care teams named it and no person did: {some(only_staff, 'theme')}.")
    if only_people and themes["care teams"].any():
        said.append(f"People named it and no care team did: {some(only_people, 'theme')}.")
    return tuple(said) or ("Now talk with people themselves. They know what no team can see.",)


def _still_new(talks: pd.DataFrame) -> str:
    last = talks.iloc[-1]
    if last["saturated"]:
        return "The last three talks brought nothing new. You have likely heard the main themes."
    if len(talks) < 3:
        return "It is too early to tell whether you have heard the main themes."
    new = int(last["new_in_last_three"])
    return f"The last three talks still brought {many(new, 'new theme')}. Go on asking."


def review(table: pd.DataFrame) -> tuple[str, ...]:
    """Say which causes all three sources support, and where they do not agree.

    Parameters
    ----------
    table
        From `stats.segments.triangulate`.

    Returns
    -------
    tuple of str
        One to three sentences.

    Examples
    --------
    >>> table = pd.DataFrame({"cause": ["no ride"], "supporting": [3], "contradicting": [0]})
    >>> review(table)
    ('All three sources support: no ride.',)
    """
    whole = table.loc[table["supporting"].eq(3), "cause"].tolist()
    apart = table.loc[table["contradicting"].gt(0), "cause"].tolist()
    thin = table.loc[table["supporting"].le(1) & table["contradicting"].eq(0), "cause"].tolist()
    said = [f"All three sources support: {some(whole, 'cause')}."] if whole else []
    if apart:
        said.append(f"They do not agree on: {some(apart, 'cause')}. Ask why, for there is most to learn.")
    if thin:
        said.append(f"One source or none speaks for: {some(thin, 'cause')}. Ask the others.")
    return tuple(said) or ("No cause is supported by all three sources yet.",)


def pillars(counted: pd.DataFrame) -> tuple[str, ...]:
    """Say which pillars are empty.

    Examples
    --------
    >>> pillars(pd.DataFrame({"pillar": ["behavior", "integrated care"], "count": [0, 2]}))
    ('Nothing stands under behavior. Is there nothing, or did nobody ask?',)
    """
    placed = counted[counted["pillar"].ne(NOT_PLACED)]
    empty = placed.loc[placed["count"].eq(0), "pillar"].tolist()
    if len(empty) == len(placed):
        return ("All four pillars are empty so far. They fill with the causes you write down.",)
    if not empty:
        return ("Something stands under each pillar.",)
    return (f"Nothing stands under {listed(empty)}. Is there nothing, or did nobody ask?",)
