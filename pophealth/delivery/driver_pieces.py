"""The pieces of step 7, each made from its table alone: diagram, causes, ideas, projects, ways of working."""

from typing import Any

import pandas as pd

from pophealth.delivery.kept import kept
from pophealth.views import diagrams, drawing, driver_words, lists, theme
from pophealth.views.heard_words import PILLARS
from pophealth.views.impact_effort import impact_effort
from pophealth.views.lettering import cut
from pophealth.views.markup import Html
from pophealth.views.mermaid import flowchart
from pophealth.views.own_plan import own_plan
from pophealth.views.phrases import first_capital, many
from pophealth.views.sheet import SMALL
from pophealth.views.tree_places import AIM
from pophealth.workspace import drivers as tree
from pophealth.workspace.records import Aim, Ways
from pophealth.workspace.records_drivers import EVIDENCE, HOW_FAR, LEVELS, SOURCES, STATES, WAYS
from pophealth.workspace.records_team import PORTFOLIOS

SEEN = "What we see."
GROUP = 168
"""Room for the name of a group in a box of the diagram."""

READ = "If we try an idea, a driver will change; if the driver changes, more people reach the aim"
GUESSED = "A guess of the team, from 1 to 5; each number is one idea"
NO_AIM = "Your aim of step 6 will stand here."
NO_DRIVERS = (
    "Your driver diagram will stand here, with the aim as its root.",
    "Write down three main drivers: what would have to change to reach the aim?",
)
NO_DOWNLOADS = "Once it is drawn, you can take the diagram along from here."
AGAIN = "It has changed. Load the page again for the new picture (PNG)."
NO_CAUSES = (
    "The causes of step 5 will stand here, with the whys behind them.",
    "You can begin with drivers, and come back when you have talked with people.",
)
NO_CARRIED = (
    "The strengths of step 4 will stand here, beside the drivers they carry.",
    "Write down a strength in step 4, and name it in the form of a driver or an idea.",
)
NO_IDEAS = (
    "Your ideas will stand here: where they come from, for whom they are, how sure you are.",
    "Write down above one idea you could try by next Tuesday.",
)
NO_GUESSES = (
    "Your ideas will stand here by how much they could help and how much work they are.",
    "Guess both, as a team, under “More, when you need it” of an idea.",
)
NO_PLACES = (
    "Your ideas will stand here under the four portfolios and the four pillars.",
    "Say under “More, when you need it” of an idea where it works and what it changes.",
)
NO_PROJECTS = (
    "Your projects will stand here, with their owners and the promise each one serves.",
    "Add one above once somebody carries an idea.",
)
NO_WAYS = ("How you see yourselves will stand here.", "Talk over the ten ways above; it takes ten minutes.")


@kept
def diagram(table: pd.DataFrame, aim: Aim) -> Html:
    """Draw the diagram with its table."""
    if table.empty:
        return theme.empty(*NO_DRIVERS)
    title = driver_words.diagram_title(table)
    chart = diagrams.driver_diagram(nodes(table, aim), title=title, subtitle=READ)
    return theme.figure(chart, table=_listed(table), alt=f"{title}. {driver_words.diagram_alt(table)}")


@kept
def downloads(table: pd.DataFrame, aim: Aim, *, picture: bool = True) -> Html:
    """Hand out the diagram as a drawing and as text for other programs, and mostly as a picture."""
    if table.empty:
        return theme.note(NO_DOWNLOADS)
    all_nodes = nodes(table, aim)
    chart = diagrams.driver_diagram(all_nodes, title=driver_words.diagram_title(table), subtitle=READ)
    spec = {name: part for name, part in chart.to_dict(validate=False).items() if name != "usermeta"}
    svg, text = drawing.draw(spec).encode(), flowchart(all_nodes).encode()
    dots = theme.note(AGAIN)
    if picture:
        png = drawing.png(spec)
        dots = theme.download("drivers.png", png, mime="image/png", label="As a picture (PNG)")
    return theme.join(
        theme.download("drivers.svg", svg, mime="image/svg+xml", label="As a drawing (SVG)"),
        dots,
        theme.download("drivers.mmd", text, mime="text/plain", label="As text (Mermaid)"),
    )


def nodes(table: pd.DataFrame, aim: Aim) -> pd.DataFrame:
    """Put the aim before its drivers, and hang measures and tests on them as small notes."""
    root = (AIM, "", AIM, aim.sentence if aim.what else NO_AIM, _for_whom(aim))
    rows = [
        (f"d-{row.key}", _above(row), row.level or "idea", row.text, _notes(row))
        for row in table.itertuples(index=False)
    ]
    return pd.DataFrame([root, *rows], columns=["key", "parent", "level", "text", "note"])


def _above(row: Any) -> str:
    if row.level == "primary":
        return AIM
    return f"d-{row.parent}" if row.parent else ""


def _for_whom(aim: Aim) -> list[str]:
    if not aim.equity_group or aim.equity_target is None:
        return []
    sign = "%" if aim.unit == "percent" else ""
    return [f"{aim.equity_group}: {aim.equity_target:g}{sign}"]


def _notes(row: Any) -> list[str]:
    measure = [f"Measure: {row.measure}"] if row.measure else []
    if row.level == "primary" and not row.measure:
        measure = ["No measure of its own yet"]
    group = cut(row.group, width=GROUP, size=SMALL)
    whom = [f"For: {group}"] if group and row.level == "idea" else []
    return [*whom, *measure, *filter(None, [first_capital(_tried(row))])]


def _tried(row: Any) -> str:
    return driver_words.tried(row.tests, row.kept) if row.level == "idea" or row.tests else ""


def _listed(table: pd.DataFrame) -> pd.DataFrame:
    texts = table.set_index("key")["text"]
    return pd.DataFrame(
        {
            "Level": table["level"].map(LEVELS),
            "What": table["text"],
            "Hangs on": [
                "the aim" if row.level == "primary" else texts.get(row.parent, "nothing yet")
                for row in table.itertuples(index=False)
            ],
            "Measure": table["measure"],
            "Tried": [_tried(row) for row in table.itertuples(index=False)],
            "Owner": table["owner"],
        }
    )


def causes(table: pd.DataFrame) -> Html:
    """Show the causes of step 5, the whys behind each, and which driver takes it on."""
    if table.empty:
        return theme.empty(*NO_CAUSES)
    rows = [(row.cause, "\n".join(_cause(row))) for row in table.itertuples(index=False)]
    listed = theme.record_table("Causes, and why", rows)
    return theme.join(listed, lists.said(driver_words.causes(table), heading=SEEN))


def _cause(row: Any) -> list[str]:
    whys = [f"Why? {why}" if place == 0 else f"And why? {why}" for place, why in enumerate(row.whys)]
    taken = f"Taken on by: {'; '.join(row.drivers)}" if row.drivers else "No driver takes it on yet"
    return [f"{row.supporting} of 3 sources support it", *whys, taken]


@kept
def carried(table: pd.DataFrame) -> Html:
    """Show which strengths carry which main drivers, and which nobody uses yet."""
    if table.empty or not len(table.columns):
        return theme.empty(*NO_CARRIED)
    shown = table.replace({True: "✓ carries it", False: ""}).reset_index()
    shown = shown.rename(columns={"strength": "Strength"})
    said = lists.said(driver_words.carried(table), heading=SEEN)
    return theme.join(lists.boxed(theme.data_table(shown, caption="Strengths and main drivers")), said)


@kept
def ideas(table: pd.DataFrame) -> Html:
    """Show the bank of ideas, each with its source, how sure the team is, for whom, and what is different."""
    if table.empty:
        return theme.empty(*NO_IDEAS)
    rows = [(row.text, "\n".join(_idea(row))) for row in table.itertuples(index=False)]
    return theme.join(theme.record_table("Ideas", rows), lists.said(driver_words.ideas(table), heading=SEEN))


def _idea(row: Any) -> list[str]:
    known = [SOURCES.get(row.source, ""), EVIDENCE.get(row.evidence, "")]
    whence = "; ".join(filter(None, known))
    told = {
        "For": row.group or "everyone",
        "What is different for them": row.different if row.group else "",
        "Comes from": whence,
        "How we know": row.told,
        "Builds on": row.asset,
        "Answers": row.cause,
        "Tried": driver_words.tried(row.tests, row.kept),
    }
    return [f"{name}: {words}" for name, words in told.items() if words]


@kept
def picture(table: pd.DataFrame) -> Html:
    """Draw ideas by how much they could help and how much work they are."""
    judged = table.dropna(subset=["impact", "effort"])
    if judged.empty:
        return theme.empty(*NO_GUESSES)
    said = driver_words.guesses(table)
    title = f"Where {many(len(judged), 'idea')} stand" if len(judged) > 1 else "Where one idea stands"
    chart = impact_effort(judged, title=title, subtitle=GUESSED)
    guesses = judged[["impact", "effort"]].astype(int)
    shown = pd.DataFrame({"Idea": judged["text"], "Help": guesses["impact"], "Work": guesses["effort"]})
    figure = theme.figure(chart, table=shown, alt=f"{title}. {' '.join(said)}")
    return theme.join(figure, lists.said(said, heading=SEEN))


def balance(counted: pd.DataFrame) -> Html:
    """Show which ideas work in each portfolio and under each pillar, with the empty ones."""
    if not counted["count"].sum():
        return theme.empty(*NO_PLACES)
    names = PORTFOLIOS | PILLARS
    sides = [
        (heading, [_place(row, names) for row in counted[counted["by"].eq(by)].itertuples(index=False)])
        for heading, by in (("Four portfolios", "portfolio"), ("Four pillars of health", "pillar"))
    ]
    said = driver_words.balance(counted, {name: words.partition(":")[0] for name, words in names.items()})
    return theme.join(lists.two_lists(*sides), lists.said(said, heading=SEEN))


def _place(row: Any, names: dict[str, str]) -> tuple[str, str, str]:
    return names[row.name], "; ".join(row.ideas), many(row.count, "idea") if row.ideas else "nothing yet"


def projects(table: pd.DataFrame, drivers: pd.DataFrame) -> Html:
    """Show projects with owner, state, what they work on, and the promise of step 3 they serve."""
    if table.empty:
        return theme.empty(*NO_PROJECTS)
    rows = [(row.name, "\n".join(_project(row))) for row in table.itertuples(index=False)]
    main = drivers[drivers["level"].eq("primary")]
    under = [
        (text, [key, *tree.below(drivers, key)["key"]])
        for key, text in zip(main["key"], main["text"], strict=True)
    ]
    said = driver_words.projects(table, under)
    return theme.join(theme.record_table("Projects", rows), lists.said(said, heading=SEEN))


def _project(row: Any) -> list[str]:
    told = {
        "State": STATES.get(row.state, ""),
        "Carried by": row.owner,
        "Works on": row.driver,
        "Serves": row.priority,
        "Next": row.next,
    }
    return [f"{name}: {words}" for name, words in told.items() if words]


def ways(seen: Ways) -> Html:
    """Show how a team sees itself in the ten ways of working."""
    names = dict(WAYS)
    said = driver_words.ways(seen.answers, names)
    if not said:
        return theme.empty(*NO_WAYS)
    levels = dict(HOW_FAR) | {None: "cannot say"}
    rows = [(words, levels.get(seen.answers.get(name), "")) for name, words in names.items()]
    more = [("What we will do", seen.next)] if seen.next else []
    return theme.join(
        theme.record_table("Ten ways of working", [*rows, *more]), lists.said(said, heading=SEEN)
    )


@kept
def plan() -> Html:
    """Show the page of a plan of one's own."""
    return theme.figure(
        own_plan(), caption="For one person, to print and fill in by hand. Nothing of it is kept."
    )


@kept
def plan_file() -> Html:
    """Hand out the page of a plan of one's own, to print."""
    spec = own_plan().to_dict(validate=False)
    spec.pop("usermeta")
    page = drawing.png(spec)
    return theme.download("my-own-plan.png", page, mime="image/png", label="The page to print (PNG)")
