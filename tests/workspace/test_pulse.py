"""The monthly pulse: five taps each, read by nobody else, shown from three answers on."""

from datetime import UTC, date, datetime, timedelta

import pytest

from pophealth.views.desk import Pile
from pophealth.workspace import pulse, samples
from pophealth.workspace.errors import Problem
from pophealth.workspace.records import Pulse
from pophealth.workspace.records_pulse import DOMAINS
from pophealth.workspace.store import Workspace

AS_OF = date(2021, 5, 31)


class Clock:
    def __init__(self):
        self.now = datetime(2021, 5, 20, 12, tzinfo=UTC)

    def __call__(self):
        self.now += timedelta(seconds=1)
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def team(folder, clock):
    return Workspace.open(folder, user="ana", clock=clock).team("gull-harbor")


def tap(book, mark=4, *, code="oak", month="2021-05", **taps):
    """Let a person answer as the form does, under a key drawn at random."""
    pile = Pile(book, Pulse, lambda _name: {"round": month})
    key = pile.answer({"type": "add", "name": code})["added"]
    entry = book.get("pulse", key)
    body = {"code": code, "round": month, "taps": dict.fromkeys(DOMAINS, mark) | taps}
    book.save(Pulse.draft(body, key), based_on=entry.revision)
    return key


def shown(book):
    (found,) = pulse.pulse_rounds(book, as_of=AS_OF)
    return found


def test_an_answer_is_whole_with_all_five_taps():
    four = dict.fromkeys([*DOMAINS][:4], 3)
    answer = Pulse.draft({"code": "oak", "round": "2021-05", "taps": four})
    assert answer.missing == ("Five taps",)
    whole = answer.model_copy(update={"taps": four | {[*DOMAINS][4]: None}})
    assert whole.complete
    assert whole.summary == "oak, May 2021"


def test_a_tap_lies_between_1_and_5():
    typed = Pulse.draft({"taps": {"power": 6}})
    assert typed.taps == {}
    assert "Choose a level for each statement again" in typed.problems()["taps"]


def test_two_are_counted_and_nothing_is_shown(team, folder, clock):
    tap(team)
    tap(Workspace.open(folder, user="ben", clock=clock).team("gull-harbor"), code="elm")
    clock.now = datetime(2021, 6, 2, tzinfo=UTC)
    assert shown(team).answered == 2
    assert pulse.over_time([shown(team)]).empty


def test_three_are_shown_once_the_month_is_over(team, clock):
    for mark in (2, 4, 5):
        tap(team, mark)
    assert shown(team).answered == 3
    assert shown(team).figures.empty
    clock.now = datetime(2021, 6, 1, tzinfo=UTC)
    table = pulse.over_time([shown(team)])
    assert table["domain"].tolist() == list(DOMAINS)
    assert table["answers"].eq(3).all()


def test_one_or_two_late_answers_move_nothing(team, clock):
    for mark in (2, 4, 5):
        tap(team, mark)
    clock.now = datetime(2021, 6, 2, tzinfo=UTC)
    first = shown(team).figures
    for _ in range(2):
        tap(team, 1)
        clock.now += timedelta(days=1)
        assert shown(team).figures.equals(first)
    tap(team, 1)
    clock.now += timedelta(days=1)
    assert shown(team).figures["answers"].eq(6).all()


def test_only_the_team_and_its_coach_see_figures_and_nobody_reads_an_answer(team, folder, clock):
    for _ in range(3):
        tap(team, code="canary")
    clock.now = datetime(2021, 6, 2, tzinfo=UTC)
    for user in ("ben", "cora", "owner"):
        workspace = Workspace.open(folder, user=user, clock=clock)
        book = workspace.team("gull-harbor")
        assert len(shown(book).figures) == 5
        assert book.list("pulse") == []
        assert "pulse" not in workspace.status_of("gull-harbor")["present"]
    with pytest.raises(Problem, match="Only Gull Harbor and its coach see this"):
        shown(Workspace.open(folder, user="fay", clock=clock).team("gull-harbor"))


def test_five_sample_teams_tapped_over_months_and_one_stays_below_three():
    workspace = samples.sample_workspace()
    months = {}
    for team in workspace.teams():
        found = pulse.pulse_rounds(workspace.team(team.slug), as_of=samples.LAST_DAY)
        months[team.slug] = (len(found), pulse.over_time(found)["month"].nunique())
    assert {slug: counted for slug, counted in months.items() if counted[0]} == {
        "gull-harbor": (8, 7),
        "prairie-rose": (7, 6),
        "northlake": (4, 4),
        "lowland": (6, 6),
        "two-forks": (3, 0),
    }
