"""The three-part review of step 5 as pieces of a page: what was heard, causes, pillars, strengths, choice."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pandas as pd

from pophealth.delivery.kept import kept
from pophealth.stats.triangulation import SOURCES
from pophealth.views import choosing, heard_words, lists, theme
from pophealth.views.markup import Html
from pophealth.views.review_words import pillars_reading, saturation_reading, triangulation_reading
from pophealth.views.theme_bars import theme_bars
from pophealth.workspace import review as tables
from pophealth.workspace.records import Asset, Focus, Theme
from pophealth.workspace.records_team import STRENGTHS
from pophealth.workspace.store import TeamBook

MOST_THEMES = 12
SEEN = "What we see."
NO_HEARD = (
    "Themes from care teams and people will stand here.",
    "Write down one talk above. The second one will be easier.",
)
NO_CAUSES = (
    "What numbers, staff and people say about each cause will stand here.",
    "Write down above one thing that may lie behind the gap.",
)
NO_CHOICE = ("Your groups will stand here, with your reasons.", "Choose one above. You can change it later.")
NO_STRENGTHS = (
    "Needs will stand here, and strengths beside them.",
    "Write down in step 4 what matters to people, and what is already good here.",
)


def strengths(book: TeamBook, causes: pd.DataFrame) -> Html:
    """Put what matters to people beside what is strong here, and say which strengths nobody uses yet."""
    needs = list(_needs(book.records("theme")))
    assets = [one for one in book.records("asset") if isinstance(one, Asset) and one.name]
    if not (needs or assets):
        return theme.empty(*NO_STRENGTHS)
    used = {_plain(name): cause for cause, name in causes[["cause", "asset"]].itertuples(index=False) if name}
    rows = [(one.name, one.offers, _use(one, used)) for one in assets]
    free = [one.name for one in assets if _plain(one.name) not in used]
    beside = lists.two_lists(("What matters to people", needs), ("What is strong here", rows))
    return theme.join(beside, lists.said(heard_words.strengths(len(needs), len(assets), free), heading=SEEN))


def _needs(themes: list[Any]) -> Iterator[tuple[str, str, str]]:
    """Give each theme once, with words somebody agreed to, and who said so how often."""
    known = [one for one in themes if isinstance(one, Theme) and one.theme]
    for name in dict.fromkeys(_plain(one.theme) for one in known):
        here = [one for one in known if _plain(one.theme) == name]
        words = next((f"“{one.said}”" for one in here if one.consent and one.said), "")
        yield here[0].theme, words, heard_words.told_by([one.segment for one in here])


def _use(asset: Asset, used: dict[str, str]) -> str:
    where = ", ".join(filter(None, (STRENGTHS.get(asset.sort, ""), asset.where)))
    cause = used.get(_plain(asset.name), "")
    return f"{where} · helps with: {cause}" if cause else f"{where} · not used yet"


def _plain(words: str) -> str:
    return " ".join(words.casefold().split())


@kept
def heard(found: pd.DataFrame, talks: pd.DataFrame) -> Html:
    """Draw the themes, say how many talks there were, and whether new ones still bring something new."""
    named = found[found["theme"].ne("")]
    if named.empty:
        return theme.empty(*NO_HEARD)
    themes = pd.crosstab(named["theme"], named["source"])
    themes = themes.reindex(columns=["people", "care teams"], fill_value=0).rename_axis("theme").reset_index()
    themes = themes.sort_values(["people", "care teams"], ascending=False, kind="stable", ignore_index=True)
    title = heard_words.heard_title(themes, len(talks))
    sentences = (*saturation_reading(talks).sentences, *heard_words.apart(themes))
    chart = theme_bars(themes.head(MOST_THEMES), title=title, subtitle=choosing.talked(len(talks)))
    table = themes.set_axis(["Theme", "People", "Care teams"], axis="columns")
    figure = theme.figure(chart, table=table, alt=f"{title}. {' '.join(sentences)}")
    return theme.join(figure, theme.say(sentences))


@kept
def review(table: pd.DataFrame) -> Html:
    """Show what the three sources say about each cause, those with most support first."""
    if table.empty:
        return theme.empty(*NO_CAUSES)
    signs = table[[*SOURCES]].map(lambda word: heard_words.SIGNS[word])
    shown = pd.concat([table["cause"], signs], axis="columns")
    shown["agree"] = [f"{count} of {len(SOURCES)}" for count in table["supporting"]]
    heads = ["What may lie behind it", "Numbers", "Care teams", "People themselves", "Support it"]
    return theme.join(
        lists.boxed(theme.data_table(shown.set_axis(heads, axis="columns"))),
        lists.said(triangulation_reading(table).sentences, heading=SEEN),
    )


@kept
def pillars(counted: pd.DataFrame, causes: pd.DataFrame) -> Html:
    """Show what stands under each of the four pillars, with the empty ones."""
    named = causes.groupby("pillar")["cause"].agg("; ".join)
    rows = [(heard_words.PILLARS[name], named.get(name, "nothing yet")) for name in counted["pillar"]]
    return theme.join(
        theme.record_table("The four pillars", rows),
        lists.said(pillars_reading(counted).sentences, heading=SEEN),
    )


def choice(book: TeamBook, *, as_of: date) -> Html:
    """Show the groups the team chose, with their reasons, and say what is still missing."""
    chosen = [one for one in book.records("focus") if isinstance(one, Focus) and one.group]
    if not chosen:
        return theme.empty(*NO_CHOICE)
    voices = [one.segment for one in tables.conversations(book, as_of=as_of)]
    voices += [getattr(one, "segment", "") for one in book.records("theme")]
    silent = [one.group for one in chosen if not any(_same_people(one, voice) for voice in voices)]
    said = choosing.chosen(
        [one.group for one in chosen],
        voiceless=silent if book.can("read", "conversation") else [],
        reasonless=sum(not one.reason for one in chosen),
    )
    rows = [(one.group, one.reason or "No reason is written yet.") for one in chosen]
    return theme.join(theme.record_table("", rows), lists.said(said, heading=SEEN))


def _same_people(focus: Focus, voice: str) -> bool:
    """Tell whether words came from the people of a group, as far as both are named alike."""
    said, group, stratum = _plain(voice), _plain(focus.group), _plain(focus.stratum)
    return bool(said) and (said in group or group in said or bool(stratum and stratum in said))
