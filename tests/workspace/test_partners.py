"""Partner answers stay with their authors; what is shown moves only when five more have answered."""

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from pophealth.stats import trust
from pophealth.views.desk import Pile
from pophealth.workspace import partners
from pophealth.workspace.errors import Problem
from pophealth.workspace.records import Activity, Factor, Trust
from pophealth.workspace.records_partners import SIDES_OF_TRUST
from pophealth.workspace.store import Workspace

MAY, AS_OF = date(2021, 5, 1), date(2021, 6, 30)


class Clock:
    def __init__(self):
        self.now = datetime(2021, 5, 20, 12, tzinfo=UTC)

    def __call__(self):
        self.now += timedelta(seconds=1)
        return self.now

    def go(self, month, day):
        self.now = datetime(2021, month, day, 12, tzinfo=UTC)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def team(folder, clock):
    return Workspace.open(folder, user="ana", clock=clock).team("gull-harbor")


def answer(book, matters=6, happens=4, *, month="2021-05", **values):
    """Let a partner answer as the form does, under a key drawn at random."""
    key = Pile(book, Trust).answer({"type": "add", "name": values.get("code", "oak")})["added"]
    marks = {name: dict.fromkeys(SIDES_OF_TRUST, mark) for name, mark in (("m", matters), ("h", happens))}
    body = {"code": "oak", "round": month, "matters": marks["m"], "happens": marks["h"], **values}
    book.save(Trust.draft(body, key), based_on=1)
    return key


def shown(book):
    (found,) = partners.trust_rounds(book, as_of=AS_OF)
    return found


def test_keys_of_answers_are_drawn_at_random_so_two_may_choose_the_same_code(team, folder, clock):
    first, second = answer(team, code="oak"), answer(team, code="oak")
    other = Workspace.open(folder, user="ben", clock=clock).team("gull-harbor")
    third = answer(other, code="oak")
    assert len({first, second, third}) == 3
    assert all(len(key) == 32 and "oak" not in key for key in (first, second, third))
    assert len(other.list("trust")) == 1


def test_four_answers_are_counted_and_not_shown(team, clock):
    for _ in range(4):
        answer(team)
    clock.go(6, 20)
    assert shown(team).answered == 4
    assert shown(team).figures.empty


def test_a_round_is_summed_up_when_its_month_is_over_and_not_before(team, clock):
    for _ in range(6):
        answer(team)
    assert shown(team).figures.empty
    assert shown(team).answered == 5
    clock.go(6, 1)
    assert shown(team).figures["shown"].all()
    assert shown(team).figures["answers"].eq(5).all()
    assert list(shown(team).figures["dimension"]) == list(SIDES_OF_TRUST)


def test_up_to_four_late_answers_change_nothing_and_the_fifth_counts_at_the_end_of_its_day(team, clock):
    for mark in (7, 6, 6, 5, 7):
        answer(team, mark)
    clock.go(6, 5)
    first = shown(team).figures
    for _ in range(4):
        answer(team, 1, 1)
        clock.go(6, clock.now.day + 1)
        assert shown(team).figures.equals(first)
    answer(team, 1, 1)
    assert shown(team).figures.equals(first)
    clock.go(6, clock.now.day + 1)
    assert not shown(team).figures.equals(first)
    assert shown(team).figures["answers"].eq(10).all()


def test_changing_or_taking_away_an_answer_later_changes_nothing_that_is_shown(team, clock):
    keys = [answer(team, mark) for mark in (7, 6, 6, 5, 7)]
    clock.go(6, 5)
    first = shown(team).figures
    mine = team.get("trust", keys[0])
    team.save(mine.record.model_copy(update={"matters": {"open": 1}}), based_on=mine.revision)
    team.delete("trust", keys[1], based_on=2)
    clock.go(6, 9)
    assert shown(team).figures.equals(first)


def test_half_an_answer_does_not_count(team, clock):
    for _ in range(4):
        answer(team)
    answer(team, happens=4, code="")
    clock.go(6, 9)
    assert shown(team).answered == 4


def test_only_the_team_and_its_coach_see_figures_and_nobody_sees_answers(team, folder, clock):
    for _ in range(6):
        answer(team, comment="canary")
    clock.go(6, 9)
    figures = shown(team).figures
    for user in ("ben", "cora", "owner"):
        book = Workspace.open(folder, user=user, clock=clock).team("gull-harbor")
        assert shown(book).figures.equals(figures)
        assert book.list("trust") == []
    for call in (partners.trust_rounds, partners.footprint):
        with pytest.raises(Problem, match="Only Gull Harbor and its coach see this"):
            call(Workspace.open(folder, user="fay", clock=clock).team("gull-harbor"), as_of=AS_OF)
    assert "canary" not in repr(shown(team))


def test_rounds_after_the_day_looked_from_are_left_out(team, clock):
    answer(team, month="2021-05")
    answer(team, month="2021-04")
    clock.go(7, 9)
    found = partners.trust_rounds(team, as_of=date(2021, 4, 30))
    assert [one.month.month for one in found] == [4]


def test_the_difference_of_what_is_shown_before_and_after_one_more_answer_is_nothing(folder, clock):
    """Who knows all answers but the last, and what was shown before and after it, learns nothing from it."""
    generator = np.random.default_rng(11)
    steward = Workspace.open(folder, clock=clock)
    for turn in range(12):
        team = steward.add_team(f"team-{turn}", f"Team {turn}")
        known = generator.integers(1, 8, size=5 + turn % 4)
        clock.go(5, 10)
        for mark in known:
            answer(team, int(mark), 4)
        clock.go(6, 2)
        before = shown(team).figures
        answer(team, int(generator.integers(1, 8)), 4)
        clock.go(6, 9)
        assert shown(team).figures.equals(before)


def test_with_the_answer_inside_the_figures_do_not_give_it_away(folder, clock):
    generator = np.random.default_rng(12)
    steward, right = Workspace.open(folder, clock=clock), []
    for turn in range(12):
        team, marks = (
            steward.add_team(f"in-{turn}", f"In {turn}"),
            generator.integers(1, 8, size=5 + turn % 4),
        )
        clock.go(5, 10)
        for mark in marks:
            answer(team, int(mark), 4)
        clock.go(6, 2)
        for mean in shown(team).figures["importance"]:
            right.append(round(mean * len(marks) - marks[:-1].sum()) == marks[-1])
    assert np.mean(right) < 0.45
    assert trust.MEAN_MOVE >= 1.5


WORK = {"activity": "Home  visit", "month": "2021-05", "amount": "300", "unit": "km", "contacts": "20"}
FACTOR = {"activity": "home visit", "factor": "0.2", "lower": "0.1", "upper": "0.4", "unit": "KM"}
FACTOR |= {"source": "made up", "year": "2020"}


def test_work_and_factors_become_a_footprint_however_they_are_spelled(team):
    team.save(Activity.draft(WORK, "a"), based_on=0)
    team.save(Activity.draft({**WORK, "amount": ""}, "half"), based_on=0)
    team.save(Factor.draft(FACTOR, "f"), based_on=0)
    found = partners.footprint(team, as_of=AS_OF)
    assert found[["kg", "lower", "upper", "per_contact"]].to_numpy().tolist() == [[60, 30, 120, 3]]
    assert partners.footprint(team, as_of=date(2021, 4, 30)).empty


def test_a_missing_factor_is_said_in_one_sentence(team):
    team.save(Activity.draft(WORK, "a"), based_on=0)
    with pytest.raises(Problem, match="“home visit” has no factor\\. Add one"):
        partners.footprint(team, as_of=AS_OF)


@pytest.mark.parametrize(
    ("model", "typed", "field", "says"),
    [
        (Trust, {"matters": {"open": 9}}, "matters", "Choose a level for each statement again"),
        (Activity, {"amount": "-4"}, "amount", "below 0"),
        (Factor, {"factor": "2", "lower": "3"}, "lower", "The least is above the factor itself"),
        (Factor, {"factor": "2", "upper": "1"}, "upper", "The most is below the factor itself"),
        (Factor, {"year": "21"}, "year", "four digits"),
    ],
)
def test_a_problem_says_what_is_wrong(model, typed, field, says):
    assert says in model.draft(typed).problems()[field]
