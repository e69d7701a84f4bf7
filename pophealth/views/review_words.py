"""What the three-part review says: where sources agree, what is still new, who was heard, what is empty."""

import pandas as pd

from pophealth.stats.saturation import LAST
from pophealth.stats.triangulation import CONTRADICTS, DIVIDED, SILENT, SOURCES, SUPPORTS
from pophealth.views.phrases import first_capital, listed, many, some
from pophealth.views.readings import Reading, at_most

MEANS = {
    "behavior": "what people do each day",
    "place and community": "where people live, and with whom",
    "integrated care": "care that works as one",
    "wider determinants": "homes, work, school and money",
}

TALKS = 10
"""Conversations in one group from which on most of what matters has usually been heard."""


def triangulation_reading(found: pd.DataFrame, *, cause: str = "cause") -> Reading:
    """Say which cause most sources support, where they do not agree, and who has not been asked.

    Parameters
    ----------
    found
        From `stats.segments.triangulate`.
    cause
        The column of the cause.

    Returns
    -------
    Reading
        A finding and one to three sentences.

    Examples
    --------
    >>> from pophealth.stats import segments
    >>> rows = [("no rides", "numbers", "supports"), ("no rides", "people", "supports")]
    >>> found = segments.triangulate(pd.DataFrame(rows, columns=["cause", "source", "says"]))
    >>> print(triangulation_reading(found))
    Numbers and people both support “no rides”. Nothing has come from staff yet, so ask before you choose.
    """
    if found.empty:
        return _waiting("The three-part review", "the first cause is written down")
    most = int(found["supporting"].max())
    top = found[found["supporting"] == most]
    names = some([f"“{name}”" for name in top[cause]], "cause")
    finding = f"{_so_many(most)} {names}" if most else "No source supports any cause yet"
    sentences = [_support(top, names, most, finding), *_against(found, cause), *_silent(found)]
    return _told(finding, sentences, "Table of causes and what each source says.")


def _support(top: pd.DataFrame, names: str, most: int, finding: str) -> str:
    """Name the sources where they are the same for all causes that stand first."""
    alike = top[[*SOURCES]].eq(SUPPORTS).drop_duplicates()
    if most not in (1, 2) or len(alike) > 1:
        return f"{finding}."
    who = listed([source for source in SOURCES if alike[source].iloc[0]])
    if most == 2:
        return f"{first_capital(who)} both support {names}."
    return f"Only {who} support {names}."


def _so_many(supporting: int) -> str:
    return ("", "One of three sources supports", "Two of three sources support", "All three sources support")[
        supporting
    ]


def _against(found: pd.DataFrame, cause: str) -> list[str]:
    """Keep what speaks against a cause in sight."""
    against = found[found["contradicting"] > 0]
    if against.empty:
        return []
    if len(against) > 1:
        names = some([f"“{name}”" for name in against[cause]], "cause")
        return [f"Not all agree on {names}: ask why before you drop one."]
    row = against.iloc[0]
    words = [
        f"{listed(sources)} {verb}"
        for verb, said in (("speak against", CONTRADICTS), ("are divided on", DIVIDED))
        if (sources := [source for source in SOURCES if row[source] == said])
    ]
    return [f"{first_capital(listed(words))} “{row[cause]}”: ask why before you drop it."]


def _silent(found: pd.DataFrame) -> list[str]:
    sources = [source for source in SOURCES if found[source].eq(SILENT).all()]
    return [f"Nothing has come from {listed(sources)} yet, so ask before you choose."] if sources else []


def saturation_reading(found: pd.DataFrame) -> Reading:
    """Say how many themes the conversations brought, and whether the last three still brought new ones.

    Parameters
    ----------
    found
        From `stats.segments.saturation`.

    Returns
    -------
    Reading
        A finding and one to three sentences.

    Examples
    --------
    >>> from pophealth.stats import segments
    >>> table = pd.DataFrame({"date": [1, 2, 3, 4], "theme": ["rides", "rides", "rides", "rides"]})
    >>> print(saturation_reading(segments.saturation(table)))
    Four conversations brought one theme. The last three brought nothing new, so you have likely heard what
    matters most to the people you talk with. Plan for 10 to 15 in each group.
    """
    if found.empty:
        return _waiting("What people say", "the first conversation is written down")
    talks, themes = len(found), int(found["cumulative"].iloc[-1])
    sentences = [f"{many(talks, 'conversation')} brought {many(themes, 'theme')}.", _still_new(found)]
    sentences += ["Plan for 10 to 15 in each group."] if talks < TALKS else []
    finding = f"{many(themes, 'theme')} in {many(talks, 'conversation')}"
    return _told(first_capital(finding), sentences, "Line of themes named so far.")


def _still_new(found: pd.DataFrame) -> str:
    if len(found) < LAST:
        return "It takes at least three to tell whether new ones still come."
    new = int(found["new_in_last_three"].iloc[-1])
    if new:
        return f"The last three still brought {many(new, 'new theme')}, so go on and talk with more people."
    heard = "so you have likely heard what matters most to the people you talk with"
    return f"The last three brought nothing new, {heard}."


def voices_reading(found: pd.DataFrame, *, segment: str = "segment") -> Reading:
    """Say which groups were heard, which were not, and which did not agree that their words are used.

    Parameters
    ----------
    found
        From `stats.segments.voices`.
    segment
        The column of the group.

    Returns
    -------
    Reading
        A finding and one to three sentences.

    Examples
    --------
    >>> from pophealth.stats import segments
    >>> table = pd.DataFrame({"segment": ["Spanish", "Somali"], "consent": [True, False]})
    >>> print(voices_reading(segments.voices(table, segments=["English", "Spanish", "Somali"])))
    One of three groups has been heard and agreed that its words are used. Not heard yet: English. Somali
    spoke, but nobody has agreed yet that the words are used.
    """
    if found.empty:
        return _waiting("Whose voice is heard", "the first group is written down")
    heard, groups = int(found["heard"].sum()), len(found)
    have = "has been heard and agreed that its" if heard < 2 else "have been heard and agreed that their"
    of_all = _part(heard, groups, "group")
    silent = found.loc[found["entries"] == 0, segment].tolist()
    unused = found.loc[(found["entries"] > 0) & ~found["heard"], segment].tolist()
    sentences = [f"{of_all} {have} words are used."]
    sentences += [f"Not heard yet: {some(silent, 'group')}."] if silent else []
    agreed = "spoke, but nobody has agreed yet that the words are used"
    sentences += [f"{some(unused, 'group')} {agreed}."] if unused else []
    finding = f"{of_all} {'has' if heard < 2 else 'have'} a voice"
    return _told(first_capital(finding), sentences, "Bars of what was heard in each group.")


def pillars_reading(found: pd.DataFrame, *, pillar: str = "pillar") -> Reading:
    """Say under which of the four pillars of a population's health nothing stands yet.

    Parameters
    ----------
    found
        From `stats.segments.pillars`.
    pillar
        The column of the pillar.

    Returns
    -------
    Reading
        A finding and one or two sentences.

    Examples
    --------
    >>> from pophealth.stats import segments
    >>> found = segments.pillars(pd.DataFrame({"pillar": ["integrated care", "behavior"]}))
    >>> print(pillars_reading(found))
    Two of four pillars hold something. Still empty: place and community (where people live, and with whom);
    wider determinants (homes, work, school and money).
    """
    counts = found.groupby(pillar, sort=False)["count"].sum()
    four = counts.drop(labels="not placed", errors="ignore")
    full, empty = int((four > 0).sum()), four.index[four == 0].tolist()
    written = f"{_part(full, len(four), 'pillar')} {'holds' if full < 2 else 'hold'} something"
    finding = first_capital(written) if full else "Nothing is written down under any pillar yet"
    sentences = [f"{finding}."] + (
        [f"Still empty: {'; '.join(f'{name} ({MEANS[name]})' for name in empty)}."] if full and empty else []
    )
    return _told(finding, sentences, "Bars of what stands under each pillar.")


def _part(count: int, whole: int, noun: str) -> str:
    """Say how many of all there are, such as "two of four pillars"."""
    if count == whole:
        return {1: f"the one {noun}", 2: f"both {noun}s"}.get(whole, f"all {many(whole, noun)}")
    return f"{many(count, noun).split()[0] if count else 'none'} of {many(whole, noun)}"


def _waiting(what: str, until: str) -> Reading:
    return Reading(
        f"{what}: nothing yet", (f"It will stand here once {until}.",), f"{what}: nothing yet.", ""
    )


def _told(finding: str, sentences: list[str], picture: str) -> Reading:
    told, over = at_most(sentences)
    return Reading(finding, told, f"{picture} {' '.join(told)}", "", over)
