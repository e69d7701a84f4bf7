"""The pieces of step 10: the story on one page, what makes it last, scores, places, what others can use."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from pophealth.delivery.kept import kept
from pophealth.views import lists, progress_lines, sustain_words, theme
from pophealth.views.markup import Html
from pophealth.views.phrases import first_capital, listed, many
from pophealth.workspace import scores as scale
from pophealth.workspace.records import Aim, Control, Focus, Storyboard
from pophealth.workspace.records_sustain import OFTEN, POINTS

SEEN = "What we see."
LAST_TESTS = 6
NO_STORY = (
    "Your story will stand here in your own words.",
    "Write three short answers above: one line, what you learned, what comes next.",
)
NO_CHARTS = (
    "Your charts will stand here, for everyone and for each group.",
    "Bring in your counts in step 9. A story can begin without them.",
)
NO_TESTS = (
    "Your tests and what you decided will stand here.",
    "Try one change small in step 8. Then come back.",
)
NO_UPKEEP = (
    "What makes it last will stand here, with owners and days.",
    "Write down above one thing that must be in place, and who sees to it.",
)
NO_PLAN = (
    "Your watch plan will stand here.",
    "Write down above one thing you go on watching, and what would make you act.",
)
NO_SCORES = ("Both views of your progress will stand here.", "Give your own score above, with a reason.")
NO_PLACES = (
    "The places it spreads to will stand here, month by month.",
    "Write down above the next place, for whom, and when.",
)
NO_OFFERS = (
    "What others can use will stand here.",
    "Write down above one thing you would show to another team.",
)
NO_NOTES = ("Notes of calls with your coach will stand here.", "Your coach writes them after a call.")


def headline(story: Storyboard) -> Html:
    """Give the one line that others should remember, or what will stand here."""
    return lists.said([story.headline], heading="Our story.") if story.headline else theme.empty(*NO_STORY)


def ending(story: Storyboard) -> Html:
    """Give what was learned and what comes next, as the team wrote it."""
    known = [
        ("What we learned", story.learned),
        ("The next 30 days", story.next),
        ("Made with", story.made_with),
    ]
    told = [pair for pair in known if pair[1]]
    return theme.record_table("In our words", told) if told else theme.join()


def facts(
    aim: Aim,
    chosen: Sequence[Focus],
    partners: Sequence[Any],
    asks: Sequence[Any],
    tried: pd.DataFrame,
    *,
    main: Sequence[str],
) -> Html:
    """Show what the earlier steps decided, from the aim to the asks; nothing is typed again."""
    names = [one.name for one in partners if one.name]
    rows = [
        ("Our aim", aim.sentence if aim.what else "No aim is set yet: step 6 asks for it."),
        ("For whom first", "\n".join(one.group for one in chosen if one.group) or "Step 5 asks for it."),
        ("What has to change", "; ".join(main) or "Step 7 asks for it."),
        ("What we tried", " ".join(sustain_words.tried_says(tried)) if len(tried) else "No test yet."),
        (
            "With whom",
            first_capital(f"{many(len(names), 'partner')}: {listed(names)}.")
            if names
            else "Step 4 asks for it.",
        ),
    ]
    wanted = [("What we ask" if one.sort == "ask" else "What we offer", one.text) for one in asks if one.text]
    return theme.record_table("What stands behind it", [*rows, *wanted])


def tests(tried: pd.DataFrame) -> Html:
    """List the last tests with what was decided and learned, and count them all."""
    if tried.empty:
        return theme.empty(*NO_TESTS)
    last = tried.tail(LAST_TESTS)
    table = pd.DataFrame(
        {
            "Test": last["name"],
            "Began": last["start"].map(_short),
            "Decision": last["decision"].map(sustain_words.DECISIONS),
            "What we learned": last["learned"],
        }
    )
    said = lists.said(sustain_words.tried_says(tried), heading=SEEN)
    return theme.join(said, lists.boxed(theme.data_table(table)))


def lasting(table: pd.DataFrame) -> Html:
    """Show the eight points with what is in place, who sees to the rest, and what is overdue."""
    if table.empty:
        return theme.empty(*NO_UPKEEP)
    rows = [_point(table[table["point"].eq(name)], name) for name in POINTS.values()]
    said = sustain_words.in_place_says(table, points=len(POINTS))
    return theme.join(lists.checklist(rows), lists.said(said, heading=SEEN))


def _point(here: pd.DataFrame, name: str) -> tuple[str, bool, str]:
    """Tell of one point whether it is in place: every thing written for it must be."""
    if here.empty:
        return name, False, "Nothing is written for it yet."
    told = [f"{str(one.what).rstrip('.')} ({_by(one)})." for one in here.itertuples()]
    return name, bool(here["state"].eq("there").all()), " ".join(told)


def _by(one: Any) -> str:
    if one.state == "there":
        return f"in place, {one.owner}" if one.owner else "in place"
    due = f"by {sustain_words.day(one.due)}" if not pd.isna(one.due) else "no day yet"
    return ", ".join([one.owner or "no name yet", due, *(["overdue"] if one.overdue else [])])


def watched(plan: Sequence[Control]) -> Html:
    """Show what is watched, how often, what makes the team act, and who acts."""
    known = [one for one in plan if one.watch]
    if not known:
        return theme.empty(*NO_PLAN)
    cards = [theme.record_table(one.watch, _watch(one)) for one in known]
    nobody = [one.watch for one in known if not one.who]
    said = f"Nobody is named yet for: {listed(nobody)}." if nobody else "Each line has a name."
    return theme.join(*cards, lists.said([said], heading=SEEN))


def _watch(one: Control) -> list[tuple[str, str]]:
    """Give the parts of one line that are written, in the order in which one acts."""
    parts = [
        ("How often", OFTEN.get(one.often, "")),
        ("Done every time", one.always),
        ("We act when", one.trigger),
        ("We then", one.action),
        ("Who", one.who),
    ]
    return [part for part in parts if part[1]]


@kept
def spread(sites: pd.DataFrame, curve: pd.DataFrame) -> Html:
    """Draw how many places were planned and how many run, list them, and say what is late."""
    if curve.empty:
        return theme.empty(*NO_PLACES)
    title = sustain_words.spread_title(curve, places=len(sites))
    said = sustain_words.spread_says(curve, sites)
    wide, narrow = (progress_lines.adoption_lines(curve, title=title, width=width) for width in (860, 360))
    numbers = curve.assign(month=curve["month"].map(_month)).rename(columns=str.capitalize)
    figure = theme.figure(wide, narrow=narrow, table=numbers, alt=f"{title}. {' '.join(said)}")
    listing = pd.DataFrame(
        {
            "Place": sites["place"],
            "For whom": sites["population"],
            "Planned": sites["planned"].map(_short),
            "Running since": sites["started"].map(_short),
            "Who leads it there": sites["who"],
        }
    )
    return theme.join(figure, theme.say(said), lists.boxed(theme.data_table(listing)))


@kept
def scored(table: pd.DataFrame) -> Html:
    """Draw both views over time with their difference, and give the latest reasons and suggestions."""
    if table.empty:
        return theme.empty(*NO_SCORES)
    title = sustain_words.score_title(table)
    said = sustain_words.scores_say(table, apart=scale.APART, still=scale.STILL_MONTHS)
    wide, narrow = (progress_lines.score_lines(table, title=title, width=width) for width in (860, 360))
    numbers = table[["month", "team", "faculty", "difference"]].assign(month=table["month"].map(_month))
    figure = theme.figure(
        wide, narrow=narrow, table=numbers.rename(columns=str.capitalize), alt=f"{title}. {' '.join(said)}"
    )
    words = [theme.say(said)] if said else []
    return theme.join(figure, *words, theme.record_table("The latest reasons", _reasons(table)))


def _reasons(table: pd.DataFrame) -> list[tuple[str, str]]:
    """Give the newest reason and suggestion of each side that has given a score."""
    rows = []
    for side, name in (("team", "The team"), ("faculty", "Faculty")):
        for one in table.dropna(subset=[side]).tail(1).to_dict("records"):
            about = f"{one[side]:.1f} in {_month(one['month'])}. {one[f'why_{side}']}"
            rows.append((name, about.strip()))
            rows += [(f"{name}: what would help", one[f"next_{side}"])] if one[f"next_{side}"] else []
    return rows


def suggestion(table: pd.DataFrame, way: str) -> Html:
    """Show the ten steps of the scale with what is on record, and say what that suggests."""
    steps = table[["score", "name", "there", "means"]].itertuples(index=False, name=None)
    rows = [(f"{score:.1f} {name}", there, means) for score, name, there, means in steps]
    said = [*sustain_words.suggestion_says(table, scale.suggested(table)), *filter(None, [way])]
    return theme.join(lists.checklist(rows), lists.said(said, heading=SEEN))


def harvest(offers: Sequence[Any], tried: pd.DataFrame) -> Html:
    """Put beside each other what the team offers and what it kept after a test."""
    given = [("We offer", one.text, "") for one in offers if one.text and one.sort == "offer"]
    kept_tests = tried[tried["decision"].eq("adopt")]
    proven = [(one.name, one.learned, _month(one.start)) for one in kept_tests.itertuples()]
    if not (given or proven):
        return theme.empty(*NO_OFFERS)
    return lists.two_lists(("What others can use", given), ("What we tried and kept", proven))


def _month(when: Any) -> str:
    return "" if pd.isna(when) else f"{when:%B %Y}"


def _short(when: Any) -> str:
    return "" if pd.isna(when) else f"{when:%b %Y}"
