"""Step 4 as pieces of a page, each made from its tables alone: map, partners, strengths, what was heard."""

from datetime import date

import pandas as pd

from pophealth.delivery.kept import kept
from pophealth.delivery.review_pieces import SEEN
from pophealth.stats.pillars import NOT_PLACED
from pophealth.stats.stakeholders import NOT_RATED
from pophealth.views import heard_words, lists, matters_words, theme
from pophealth.views.markup import Html
from pophealth.views.partner_map import partner_map
from pophealth.views.review_words import saturation_reading, voices_reading
from pophealth.views.theme_bars import theme_bars
from pophealth.workspace.records_team import ALL_SECTORS, COMMITMENT, SECTORS, STRENGTHS

MOST_THEMES = 12
NO_PARTNERS = (
    "Your map of partners and groups will stand here.",
    "Write down three of them above. Begin with people who live with what you want to change.",
)
NO_SECTORS = (
    "Who is missing will stand here.",
    "Choose a sector for the first partner you write down.",
)
NO_COMMITMENT = (
    "How far each partner has to move will stand here.",
    "Open a partner above, and choose its commitment today and as you need it.",
)
NO_CONTACTS = (
    "Calls and visits that are due will stand here.",
    "Write down a partner above, and the day of the next contact.",
)
NO_STRENGTHS = (
    "The strengths of this place will stand here.",
    "Write down one below: a person's role, a place, a group, a skill.",
)
NO_THEMES = (
    "What matters to people will stand here.",
    "Ask one person what matters most, and write it down below.",
)
NO_CHOSEN = (
    "The people you choose in step 5 will stand here, and who knows them.",
    "Say of a partner above whom they know well. You can do so before you choose.",
)
NO_VOICES = (
    "Whose voice was heard will stand here.",
    "Write down below what one group said, and whether they agreed.",
)
SOURCES = ("people", "care teams")


@kept
def partners(mapped: pd.DataFrame) -> Html:
    """Draw the map, with its table beside, and say who comes first."""
    if mapped.empty:
        return theme.empty(*NO_PARTNERS)
    title, sentences = matters_words.map_title(mapped), matters_words.map_says(mapped)
    place = mapped["place"].str.capitalize()
    shown = mapped[["name", "interest", "influence"]].assign(sector=mapped["sector"].map(ALL_SECTORS))
    shown = shown.assign(place=place)[["place", "name", "sector", "influence", "interest"]]
    shown = shown.set_axis(["Place", "Partner or group", "Sector", "Influence", "Interest"], axis="columns")
    if mapped["place"].eq(NOT_RATED).all():
        table = lists.boxed(theme.data_table(shown, caption="Who is there so far"))
        return theme.join(table, lists.said(sentences, heading=SEEN))
    chart = partner_map(mapped, title=title)
    figure = theme.figure(chart, table=shown, alt=f"{title}. {' '.join(sentences)}")
    return theme.join(figure, theme.say(sentences))


@kept
def sectors(found: pd.DataFrame) -> Html:
    """Name the sectors of which nobody is there."""
    if not found["there"].any():
        return theme.empty(*NO_SECTORS)
    return lists.said([matters_words.sectors_say(found, SECTORS)], heading="Who is missing?")


@kept
def commitment(gaps: pd.DataFrame) -> Html:
    """Show what each partner gives today and what is needed, the largest gap first."""
    if gaps.empty:
        return theme.empty(*NO_COMMITMENT)
    steps = dict(enumerate(COMMITMENT.values()))
    shown = pd.DataFrame(
        {
            "Partner or group": gaps["name"],
            "Today": gaps["now"].map(steps),
            "Needed": gaps["needed"].map(steps),
            "Steps to go": gaps["gap"].clip(lower=0).astype(int),
            "Who keeps in touch": gaps["owner"],
        }
    )
    said = lists.said(matters_words.commitment_says(gaps, COMMITMENT), heading=SEEN)
    return theme.join(lists.boxed(theme.data_table(shown)), said)


@kept
def contacts(due: pd.DataFrame, known: int, as_of: date) -> Html:
    """List the calls and visits that are due."""
    if not known:
        return theme.empty(*NO_CONTACTS)
    said = lists.said(matters_words.due_says(due, known), heading=f"As of {as_of:%B} {as_of.day}.")
    dated = due[due["due"].ne("no date")]
    if dated.empty:
        return said
    shown = pd.DataFrame(
        {
            "Day": dated["next_contact"],
            "Partner or group": dated["name"],
            "Who": dated["owner"],
            "When": dated["due"],
        }
    )
    return theme.join(lists.boxed(theme.data_table(shown)), said)


@kept
def strengths(table: pd.DataFrame, kinds: pd.DataFrame) -> Html:
    """List what is strong here by kind, the empty kinds with it."""
    if table.empty:
        return theme.empty(*NO_STRENGTHS)
    lines = table.assign(line=[_strength(*row) for row in table[["name", "where", "contact"]].to_numpy()])
    held = lines.groupby("sort")["line"].agg("\n".join)
    rows = [(STRENGTHS[one].capitalize(), held.get(one, "nothing yet")) for one in kinds["sort"]]
    rows += [(NOT_PLACED.capitalize(), held[""])] if "" in held.index else []
    said = lists.said([matters_words.kinds_say(kinds, STRENGTHS)], heading=SEEN)
    return theme.join(theme.record_table("Six kinds of strength", rows), said)


def _strength(name: str, where: str, contact: str) -> str:
    place = f" ({where})" if where else ""
    return f"{name}{place}" + (f". Contact: {contact}" if contact else "")


@kept
def themes(log: pd.DataFrame, talks: pd.DataFrame, left_out: int) -> Html:
    """Draw what matters, theme by theme, and show which group named what."""
    if log.empty:
        return theme.empty(*NO_THEMES) if not left_out else _only_waiting(left_out)
    named = log.drop_duplicates(["talk", "theme"])
    counted = pd.crosstab(named["theme"], named["source"]).reindex(columns=[*SOURCES], fill_value=0)
    counted = counted.rename_axis("theme").reset_index()
    counted = counted.sort_values([*SOURCES], ascending=False, kind="stable", ignore_index=True)
    groups = by_group(log)
    title = heard_words.heard_title(counted, int(named.loc[named["source"].eq("people"), "talk"].nunique()))
    said = [*saturation_reading(talks).sentences, matters_words.shared_themes(groups)]
    chart = theme_bars(counted.head(MOST_THEMES), title=title)
    shown = groups.reset_index().rename(columns={"theme": "Theme"})
    figure = theme.figure(chart, table=shown, alt=f"{title}. {' '.join(said)}")
    return theme.join(figure, theme.say(said), *_waiting(left_out))


def by_group(log: pd.DataFrame) -> pd.DataFrame:
    """Count in how many talks each group named each theme."""
    named = log.drop_duplicates(["talk", "theme"])
    table = pd.crosstab(named["theme"], named["segment"].where(named["segment"].ne(""), "not said"))
    return table.rename_axis(columns=None)


def _only_waiting(left_out: int) -> Html:
    return theme.empty(NO_THEMES[0], matters_words.waiting(left_out))


def _waiting(left_out: int) -> list[Html]:
    return [theme.note(matters_words.waiting(left_out))] if left_out else []


@kept
def voices(found: pd.DataFrame) -> Html:
    """Say which groups were heard, and of which nobody was."""
    if found.empty:
        return theme.empty(*NO_VOICES)
    shown = found.assign(heard=found["heard"].map({True: "✓ yes", False: "○ not yet"}))
    heads = ["Group", "Written down", "They agreed", "Heard"]
    table = theme.data_table(shown[["segment", "entries", "consented", "heard"]].set_axis(heads, axis=1))
    return theme.join(lists.boxed(table), lists.said(voices_reading(found).sentences, heading=SEEN))


def known(groups: pd.DataFrame) -> Html:
    """Say of each group of step 5 whether a partner knows it."""
    if groups.empty:
        return theme.empty(*NO_CHOSEN)
    return lists.checklist(matters_words.known_rows(groups))
