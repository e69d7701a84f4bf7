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
"""What a page calls the pillars of `stats.segments.pillars`."""


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


def apart(themes: pd.DataFrame) -> tuple[str, ...]:
    """Say what care teams see and people do not, and the other way around.

    Parameters
    ----------
    themes
        theme, and how many talks named it: people, care teams.

    Returns
    -------
    tuple of str
        None to two sentences.

    Examples
    --------
    >>> apart(pd.DataFrame({"theme": ["A ride", "Cost"], "people": [3, 0], "care teams": [1, 1]}))
    ('Care teams named it and no person did: Cost.',)
    """
    only_staff = themes.loc[themes["people"].eq(0) & themes["care teams"].gt(0), "theme"].tolist()
    only_people = themes.loc[themes["care teams"].eq(0) & themes["people"].gt(1), "theme"].tolist()
    said = []
    if only_staff and themes["people"].any():
        said.append(f"Care teams named it and no person did: {some(only_staff, 'theme')}.")
    if only_people and themes["care teams"].any():
        said.append(f"People named it and no care team did: {some(only_people, 'theme')}.")
    return tuple(said)
