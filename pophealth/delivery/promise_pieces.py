"""The promises of step 3 as pieces of a page: map, people, overlap, resources, days, decisions, neighbors."""

from typing import Any

import pandas as pd

from pophealth.delivery.kept import kept
from pophealth.views import lists, promise_words, theme
from pophealth.views.markup import Html
from pophealth.views.portfolio_bars import portfolio_bars
from pophealth.workspace.records_align import ANCHORS
from pophealth.workspace.records_team import MONEY, PORTFOLIOS

SEEN = "What we see."
NO_PROMISE = (
    "Your promises will stand here, in four portfolios.",
    "Write down one promise above. One is enough to begin.",
)
NO_OVERLAP = ("Promises for the same people will stand here.", "Write down a second promise above.")
NO_RESOURCES = (
    "Promises without an owner or without money will stand here.",
    "Write down one promise above, with its owner.",
)
NO_DAYS = ("Promises that are due soon will stand here.", "Open a promise above and add its day.")
NO_DECISION = ("What you keep, join and stop will stand here.", "Write down one promise above, and decide.")
NO_ANCHOR = (
    "What your organization does as a neighbor will stand here.",
    "Ask those who hire, those who buy, and those who look after the rooms.",
)
HEADS = {"keep": "Keep", "join": "Join with our work", "stop": "Stop", "": "Not decided yet"}


@kept
def portfolios(counts: pd.DataFrame, promises: pd.DataFrame) -> Html:
    """Draw how many promises each portfolio holds, and name them with the people they are for."""
    if promises.empty:
        return theme.empty(*NO_PROMISE)
    named = counts.assign(portfolio=counts["portfolio"].map(PORTFOLIOS))
    title = promise_words.map_title(named)
    said = promise_words.map_sentences(named, len(promises))
    chart = portfolio_bars(named, title=title, subtitle="Promises in each portfolio")
    table = named.set_axis(["Portfolio", "Keep", "Join", "Stop", "Not decided"], axis="columns")
    figure = theme.figure(chart, table=table, alt=f"{title}. {' '.join(said)}")
    return theme.join(figure, theme.say(said))


@kept
def for_whom(promises: pd.DataFrame) -> Html:
    """Put the promises where they belong: a row for each group of people, a column for each portfolio."""
    if promises.empty:
        return theme.empty(*NO_PROMISE)
    names = promises["name"] + promises["decision"].eq("stop").map({True: " (stops)", False: ""})
    found = promises.assign(name=names, population=promises["population"].replace("", "Not said yet"))
    grid = found.pivot_table("name", "population", "portfolio", aggfunc="; ".join, sort=False)
    grid = grid.reindex(columns=[*PORTFOLIOS]).rename(columns=PORTFOLIOS)
    grid = grid.astype(object).fillna("–").rename_axis(index="Who it is for", columns=None).reset_index()
    return lists.boxed(theme.data_table(grid))


@kept
def overlap(found: pd.DataFrame, promises: pd.DataFrame) -> Html:
    """Say which promises go to the same people in the same portfolio."""
    if len(promises) < 2:
        return theme.empty(*NO_OVERLAP)
    named = found.assign(portfolio=found["portfolio"].map(PORTFOLIOS))
    going = promises[promises["decision"].ne("stop")]
    return lists.said(promise_words.overlaps(named, int(going["population"].eq("").sum())), heading=SEEN)


@kept
def resources(lacking: pd.DataFrame, promises: pd.DataFrame) -> Html:
    """List what is promised and lacks an owner or money, and say so."""
    if promises.empty:
        return theme.empty(*NO_RESOURCES)
    going = promises[promises["decision"].ne("stop")]
    said = promise_words.resources(lacking, going[going["money"].eq("")]["name"].tolist())
    rows = lacking.assign(money=lacking["money"].map(MONEY), owner=lacking["owner"].replace("", "nobody yet"))
    return _listed(rows, {"name": "Promise", "owner": "Owner", "money": "Money", "funds": "How much"}, said)


@kept
def days(coming: pd.DataFrame, promises: pd.DataFrame) -> Html:
    """Say which promises are due in the next half year, and which were due already."""
    going = promises[promises["decision"].ne("stop")]
    if going["deadline"].isna().all():
        return theme.empty(*NO_DAYS)
    said = promise_words.due(coming, int(going["deadline"].isna().sum()))
    heads = {"deadline": "Promised by", "name": "Promise", "owner": "Owner"}
    written = [f"{day:%B} {day.day}, {day.year}" for day in coming["deadline"]]
    rows = coming.assign(owner=coming["owner"].replace("", "nobody yet"), deadline=written)
    return _listed(rows, heads, said)


@kept
def decisions(promises: pd.DataFrame) -> Html:
    """Show what is kept, joined and stopped, each with its reason, and what is still open."""
    if promises.empty:
        return theme.empty(*NO_DECISION)
    tables = []
    for word, head in HEADS.items():
        here = promises[promises["decision"].eq(word)]
        reasons = here["reason"].replace("", "No reason is written yet.")
        rows = [*zip(here["name"], reasons, strict=True)]
        tables += [theme.record_table(head, rows)] if rows else []
    return theme.join(*tables, lists.said(promise_words.decided(promises), heading=SEEN))


@kept
def neighbors(actions: pd.DataFrame) -> Html:
    """Show what is done as a neighbor in each of the four ways, with the ways that are not used yet."""
    if actions.empty:
        return theme.empty(*NO_ANCHOR)
    told = {sort: [_action(row) for row in here.itertuples()] for sort, here in actions.groupby("sort")}
    rows = [(label, "\n".join(told.get(sort, ["nothing yet"]))) for sort, label in ANCHORS.items()]
    rows += [("not said yet", "\n".join(told[""]))] if "" in told else []
    ownerless = actions[actions["owner"].eq("")]["action"].tolist()
    said = promise_words.anchors({sort: len(told.get(sort, [])) for sort in ANCHORS}, ownerless)
    return theme.join(theme.record_table("", rows), lists.said(said, heading=SEEN))


def _action(row: Any) -> str:
    state = {"there": "in place", "idea": "an idea"}.get(row.state, row.state)
    about = [f"for: {row.gains}" if row.gains else "", row.size, state]
    return " · ".join(filter(None, [row.action, *about]))


def _listed(rows: pd.DataFrame, heads: dict[str, str], said: tuple[str, ...]) -> Html:
    told = lists.said(said, heading=SEEN)
    if rows.empty:
        return told
    shown = rows[[*heads]].rename(columns=heads).replace("", None)
    return theme.join(lists.boxed(theme.data_table(shown)), told)
