"""What a notebook opens: one team's words and numbers, on whichever surface it runs."""

from collections.abc import Callable
from datetime import date
from importlib import import_module
from importlib.metadata import version
from typing import Any

import pandas as pd
from IPython.display import publish_display_data

from pophealth.delivery.books import book_of
from pophealth.delivery.content import content, sentences
from pophealth.delivery.opening import (
    Opened,
    StopPage,
    choose_team,
    day_of,
    everyone,
    find_workspace,
    surface,
    wish,
)
from pophealth.delivery.page import MIME, page, stopped
from pophealth.delivery.telling import changed, told
from pophealth.views import glossary, theme
from pophealth.views.markup import Html
from pophealth.views.plain_tables import plain
from pophealth.workspace import timeline
from pophealth.workspace.errors import Problem
from pophealth.workspace.record import Record
from pophealth.workspace.records import KINDS, Aim, Charter, Focus, Measure
from pophealth.workspace.records_standing import SECTION
from pophealth.workspace.steps import BY_SLUG
from pophealth.workspace.store import TeamBook, Workspace


def open_workbook(step: str, *, team: str = "", workspace: str = "", as_of: str = "") -> "Workbook":
    """Open a team's workbook for a notebook.

    Parameters
    ----------
    step : str
        The step's slug, or "start", "room", "faculty".
    team : str
        The team; empty to take it from the address (app), the sample (Lab) or to be told (report).
    workspace : str
        Where words and numbers are kept; empty to look for it.
    as_of : str
        The day to look from, such as "2021-06-30"; empty for today or the sample's last day.

    Returns
    -------
    Workbook
        Called `book` in the notebooks.

    Raises
    ------
    StopPage
        With one sentence, when there is no such team or workspace for this person.
    """
    on = surface()
    if on == "app":
        book_of(step).warm()
        team = team or wish()
    theme.inline_style(on == "lab")
    try:
        found = find_workspace(workspace)
        opened = everyone(found, step, team) or choose_team(found, team, on=on, needed=step != "start")
        day = day_of(as_of, found)
    except Problem as problem:
        if on == "app":
            publish_display_data({MIME: stopped(step, str(problem))})
        raise StopPage(str(problem)) from None
    if on == "app":
        publish_display_data({MIME: page(step, found, opened.team, as_of=day, stop=opened.stop)})
    if opened.stop:
        raise StopPage(opened.stop)
    return book_of(step)(step, opened, on=on, as_of=day)


class Workbook:
    """One team's words and numbers, as a notebook works with them.

    Attributes
    ----------
    step : str
        The step this notebook is about.
    workspace : Workspace
        Bound to the person at the screen.
    team : TeamBook or None
        The team; None on pages about everyone.
    surface : str
        lab, app or report.
    as_of : datetime.date
        The day to look from.
    """

    def __init__(self, step: str, opened: Opened, *, on: str, as_of: date) -> None:
        self.step = step
        self.workspace: Workspace = opened.workspace
        self.team: TeamBook | None = opened.team
        self.surface = on
        self.as_of = as_of

    @classmethod
    def warm(cls) -> None:
        """Load and draw once what makes a first page slow, before a visitor is waiting for it."""
        import_module("pophealth.views.forms")
        theme.warm()

    def where(self) -> Html:
        """Say whose workbook this is, as of when, and whether the data are made up."""
        name = self.team.name if self.team else self.workspace.settings.community
        note = "Made-up data, to try things out. " if self.workspace.settings.made_up else ""
        own = " For the team only: small numbers stand here as they are." if self._sees_own_counts else ""
        said = theme.note(
            f"{note}{name}, as seen on {self.as_of:%B} {self.as_of.day}, {self.as_of.year}.{own}"
        )
        return theme.join(said, _words_of(self.step)) if self.surface == "lab" else said

    def form(self, kind: str, key: str = "") -> Any:
        """Show the form of a kind of record: one form, or a list to add to.

        Parameters
        ----------
        kind : str
            Such as "aim".
        key : str
            One of several; empty for the list.

        Returns
        -------
        Widget
            It keeps what is typed by itself.
        """
        from pophealth.views.forms import RecordForm, RecordList

        model = _model(kind)
        then, ask = self.echoes(kind), self.asking(kind)
        if model.many and not key:
            ways = {"begin": self.beginning(kind), "follow": self.following(kind)}
            return RecordList(self._team, model, then=then, ask=ask, **ways)
        return RecordForm(self._team, model, key, then=then, ask=ask)

    def echoes(self, _kind: str) -> Callable[[], dict[str, Html]] | None:
        """Say which pieces of the page show what a form keeps; a step adds its own."""
        return None

    def beginning(self, _kind: str) -> Callable[[str], dict[str, str]] | None:
        """Say what a new record starts with, by the name it is added under; a step adds its own."""
        return None

    def following(self, _kind: str) -> Any:
        """Say how the next record is made from one that is there, as a `desk.Follow`; a step adds its own."""
        return None

    def asking(self, _kind: str) -> Callable[[], dict[str, list[Any]]] | None:
        """Say what fields ask about where that is the team's own, as in `desk.Sheet`; a step adds its own."""
        return None

    def record(self, kind: str) -> Html:
        """Show what is on record, as words.

        Parameters
        ----------
        kind : str
            Such as "aim".

        Returns
        -------
        Html
            A table of labels and words; what will stand here when there is nothing yet.
        """
        model = _model(kind)
        written = self._team.list(kind)
        if not written:
            return theme.empty(f"{model.title}: nothing is written yet.", model.help)
        names = self._named_by(model)
        tables = [
            [(label, names.get(label, {}).get(text, text)) for label, text in told(entry.record)]
            + changed(self._team, entry)
            for entry in written
        ]
        return theme.join(*(theme.record_table(model.title, pairs) for pairs in tables))

    def _named_by(self, model: type[Record]) -> dict[str, dict[str, str]]:
        """List for each field that names another record, by its label, what those records are called."""
        asked = [question for question in model.fields() if question.of]
        return {one.label: self._names(one.of) for one in asked}

    def _names(self, kind: str) -> dict[str, str]:
        if kind == SECTION:
            return {section.slug: section.title for section in self._team.instrument.sections}
        return {other.key: other.summary for other in self.records(kind)}

    def records(self, kind: str) -> list[Any]:
        """List what the team wrote of one kind.

        Parameters
        ----------
        kind : str
            Such as "test".

        Returns
        -------
        list of Record
            In the order they were first written.
        """
        _model(kind)
        return self._team.records(kind)

    def one(self, kind: str) -> Any:
        """Give the first record of a kind, or an empty one.

        Parameters
        ----------
        kind : str
            Such as "aim".

        Returns
        -------
        Record
            Never None, so that a lesson reads the same for a new team.
        """
        return next(iter(self.records(kind)), _model(kind)())

    @property
    def aim(self) -> Aim:
        """The team's aim, or an empty one."""
        return self.one("aim")

    @property
    def charter(self) -> Charter:
        """The team's charter, or an empty one."""
        return self.one("charter")

    @property
    def focus(self) -> Focus:
        """The first group the team chose, or an empty one."""
        return self.one("focus")

    @property
    def lead(self) -> Measure:
        """The lead measure, else the first, else an empty one; "neither" is better until it is written."""
        lead = timeline.lead(self.records("measure"))
        return lead.model_copy(update={"better": lead.better or "neither"})

    def points(self, measure: str = "", *, stratifier: str = "") -> pd.DataFrame:
        """Give the counts of a measure, with the months left out and the phases that people noted.

        Parameters
        ----------
        measure : str
            Short name; empty for the lead measure.
        stratifier : str
            How everyone is split; empty for everyone together.

        Returns
        -------
        pandas.DataFrame
            Counts layout with phase, excluded, reason and baseline; empty when there are none.
        """
        return timeline.points(self._team, measure, stratifier=stratifier)

    def marks(self, measure: str = "") -> pd.DataFrame:
        """Give the tests of change to mark on a chart.

        Parameters
        ----------
        measure : str
            Short name; empty for the lead measure.

        Returns
        -------
        pandas.DataFrame
            number, date, label.
        """
        return timeline.marks(self._team, measure or self.lead.key)

    def table(self, frame: pd.DataFrame, *, caption: str = "") -> Html:
        """Show a table; in Lab with the names one types, elsewhere with headings in plain words.

        Parameters
        ----------
        frame : pandas.DataFrame
            Rows and columns in the order in which they are to be read.
        caption : str
            One line above it.

        Returns
        -------
        Html
            The table, or what will stand here.
        """
        if frame.empty:
            return theme.empty("A table will stand here.", "It fills with your own answers and counts.")
        return theme.data_table(frame if self.surface == "lab" else plain(frame), caption=caption)

    def say(self, sentence: str) -> Html:
        """Show a computed sentence.

        Parameters
        ----------
        sentence : str
            Plain words.

        Returns
        -------
        Html
            The sentence.
        """
        return theme.say(sentence)

    def words(self, *terms: str) -> Html:
        """Explain a few words of the field.

        Parameters
        ----------
        *terms : str
            Names from the glossary.

        Returns
        -------
        Html
            A list of words and what they mean.
        """
        return glossary.words_in_use(terms)

    def show_example(self) -> Html:
        """Point to a real example from elsewhere that belongs to this step."""
        from pophealth.delivery import cases

        return cases.shown(self.step, linked=self.surface == "app")

    def check(self, exercise: str, answer: Any) -> Html:
        """Hold an answer to an exercise against this team's own tables; never an error.

        Parameters
        ----------
        exercise : str
            Its name.
        answer : Any
            What the reader found.

        Returns
        -------
        Html
            One or two friendly sentences.
        """
        from pophealth.delivery import exercises

        return theme.note(exercises.check(exercise, answer, self))

    def versions(self) -> Html:
        """Say which versions, data and revisions this page was made from."""
        rows = {
            "As seen on": f"{self.as_of:%Y-%m-%d}",
            "Made with": ", ".join(f"{name} {version(name)}" for name in ("pophealth", "pandas", "altair")),
        }
        if self.team is not None:
            team = self.team
            about = {"Team": team.name, "Revision": str(team.revision()), "Counts": timeline.facts(team)}
            rows = about | rows
        return theme.record_table("How this page was made", list(rows.items()))

    @property
    def _sees_own_counts(self) -> bool:
        return self.team is not None and self.team.can("counts")

    @property
    def _team(self) -> TeamBook:
        if self.team is None:
            raise Problem("This page is about one team. Open it with a team, such as team = 'gull-harbor'.")
        return self.team


def _words_of(step: str) -> Html:
    """Explain the terms of a page's text; the app and reports mark them in the text itself."""
    name = BY_SLUG[step].notebook if step in BY_SLUG else "START" if step == "start" else step
    path = content("notebooks") / f"{name}.ipynb"
    return glossary.words_of(sentences(path) if path.is_file() else "")


def _model(kind: str) -> type[Record]:
    if kind not in KINDS:
        raise Problem(f"There is no record called {kind!r}. Choose one of: {', '.join(KINDS)}.")
    return KINDS[kind]
