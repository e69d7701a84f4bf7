"""Partner trust and carbon as pieces of a page: for the team, for others, and with nothing there yet."""

from datetime import date

import pytest

from pophealth.delivery import partner_pieces
from pophealth.workspace.store import Workspace
from tests.delivery.teams import EMPTY, cohort, write

DAY = date(2021, 6, 30)


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    folder = tmp_path_factory.mktemp("partners") / "community"
    cohort(folder)
    return folder


@pytest.fixture
def sample(place):
    return Workspace.open(place, user="robin")


def test_the_sample_says_what_its_story_says(sample):
    said = partner_pieces.trust_piece(sample.team("gull-harbor"), DAY).html
    assert "Partners say being open matters most (6.4 of 7) but happens less" in said
    assert "moved a little by chance" in said
    assert (
        "too few answers to show (4 of 5)" in partner_pieces.trust_piece(sample.team("two-forks"), DAY).html
    )
    cost = partner_pieces.carbon_piece(sample.team("gull-harbor")).html
    assert "CO2e for each contact" in cost
    assert "Made up for this sample" in cost


def test_an_empty_team_is_told_what_to_do_next(sample):
    team = sample.team(EMPTY[0])
    assert "Ask at least five partners" in partner_pieces.trust_piece(team, DAY).plain
    assert "Write down one month of work" in partner_pieces.carbon_piece(team).plain


def test_who_is_not_of_the_team_sees_no_figure(place):
    team = Workspace.open(place, user="imani").team("gull-harbor")
    for piece in (partner_pieces.trust_piece(team, DAY), partner_pieces.carbon_piece(team)):
        assert piece.plain == "Only Gull Harbor ACO and its coach see this."
        assert "<img" not in piece.html


def test_a_missing_factor_is_said_where_the_chart_will_stand(sample):
    book = sample.team("lowland")
    work = {"activity": "<b>bus</b>", "month": "2021-05", "amount": "5", "unit": "km"}
    write(book, "activity", "bus", **work)
    said = partner_pieces.carbon_piece(book).html
    assert "&lt;b&gt;bus&lt;/b&gt;” has no factor. Add one with its source and year." in said
    assert "<b>" not in said


def test_days_before_the_first_round_show_nothing_yet(sample):
    early = partner_pieces.trust_piece(sample.team("gull-harbor"), date(2020, 9, 1))
    assert "Ask at least five partners" in early.plain
