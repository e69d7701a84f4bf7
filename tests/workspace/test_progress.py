"""How far teams have come, who may be glad of a call, and what comes next."""

import shutil
from datetime import UTC, date, datetime

import pandas as pd
import pytest

from pophealth.workspace import progress, samples
from pophealth.workspace.records import Aim, Charter, Test
from pophealth.workspace.store import Workspace

TODAY = samples.LAST_DAY


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    place = tmp_path_factory.mktemp("sample") / "workspace.sqlite"
    samples.build(place)
    return place


@pytest.fixture(scope="module")
def needs(place):
    return progress.needs_a_hand(Workspace.open(place, user="robin"), TODAY).set_index("team")


def test_the_most_pressing_comes_first(needs):
    assert needs.index.tolist() == [
        "lowland",
        "northlake",
        "st-brigid",
        "alder-valley",
        "two-forks",
        "painted-ridge",
    ]


@pytest.mark.parametrize(
    ("team", "sentence", "why"),
    [
        (
            "lowland",
            "Their lead measure has a signal of concern since February.",
            "Last coach note: 26 days ago.",
        ),
        ("northlake", "Own score 3.5, faculty 2.5.", "The rise they report is within ordinary variation."),
        ("st-brigid", "Better overall, but the gap is wider.", "The group left behind did not improve."),
        ("alder-valley", "No test for 9 weeks.", "What could they try by next Tuesday?"),
        ("two-forks", "Too little data to tell: 2 months of their lead measure.", "A chart needs about 12."),
        ("painted-ridge", "Nothing written for 10 weeks.", "A call may help more than a mail."),
    ],
)
def test_sentences_are_computed_from_what_is_there(needs, team, sentence, why):
    assert needs.loc[team, "sentence"] == sentence
    assert why in needs.loc[team, "why"]


def test_teams_that_do_well_are_not_on_the_list(needs):
    assert not {"gull-harbor", "prairie-rose", "vienna", "scutari"} & set(needs.index)


def test_faculty_see_the_same_reasons_but_no_coach_notes(place, needs):
    seen = progress.needs_a_hand(Workspace.open(place, user="imani"), TODAY)
    assert seen["team"].tolist() == needs.index.tolist()
    assert seen["sentence"].tolist() == needs["sentence"].tolist()
    assert not seen["why"].str.contains("coach note").any()


def test_a_coach_sees_her_teams_and_a_member_nobody_else(place):
    lucia = progress.needs_a_hand(Workspace.open(place, user="lucia"), TODAY)
    assert lucia["team"].tolist() == ["lowland", "northlake", "st-brigid", "two-forks"]
    assert progress.needs_a_hand(Workspace.open(place, user="ana"), TODAY).empty


def test_the_path_has_ten_steps_for_each_team_one_may_see(place):
    table = progress.path(Workspace.open(place, user="imani"))
    assert list(table) == ["team", "name", "step", "number", "status"]
    assert len(table) == 80
    ridge = table[table["team"].eq("painted-ridge")]
    assert ridge["status"].tolist() == ["done"] * 2 + ["not started"] * 8
    assert set(progress.path(Workspace.open(place, user="ana"))["team"]) == {"gull-harbor"}


def test_the_room_counts_shared_things_only(place):
    room = progress.room(Workspace.open(place, user="ana"))
    assert (room.teams, room.focused) == (8, 6)
    assert (room.measures, room.improved, room.held) == (7, 3, 3)
    assert 0 < room.by_luck < 1
    assert room.tests >= 40
    assert room.predicted < room.tests
    assert (room.asks, room.offers) == (8, 6)


def test_what_is_no_longer_shared_leaves_the_room(place, tmp_path):
    shutil.copy2(place, tmp_path)
    workspace = Workspace.open(tmp_path / place.name, user="robin")
    before = progress.room(workspace)
    book = workspace.team("gull-harbor")
    measure = book.get("measure", "bp-control")
    book.share("measure", "bp-control", shared=False, based_on=measure.revision)
    after = progress.room(workspace)
    assert (after.measures, after.improved) == (before.measures - 1, before.improved - 1)


def test_an_empty_team_is_told_where_to_begin(book):
    where, thing = progress.team_next(book, as_of=TODAY)
    assert where == "You have not begun yet."
    assert thing.startswith("Next comes step 1, Gather the team: Who is in this with us, and why?")


def test_a_half_filled_step_goes_on(book):
    book.save(Charter(purpose="Nobody waits alone."), based_on=0)
    where, thing = progress.team_next(book, as_of=TODAY)
    assert where == "You have done 0 of 10 steps."
    assert thing.startswith("Go on with step 1")


def test_planning_for_long_gets_a_kind_question(folder):
    long_ago = Workspace.open(folder, user="ana", clock=lambda: datetime(2021, 3, 22, tzinfo=UTC))
    long_ago.team("gull-harbor").save(Aim(what="sleep"), based_on=0)
    book = long_ago.team("gull-harbor")
    assert progress.team_next(book, as_of=TODAY)[-1] == (
        "14 weeks and no test yet: what could you try by next Tuesday?"
    )
    book.save(Test(key="walk", name="Walk", start=date(2021, 6, 21)), based_on=0)
    assert len(progress.team_next(book, as_of=TODAY)) == 2


def test_a_team_that_has_done_all_is_asked_for_its_counts(place):
    book = Workspace.open(place, user="ana").team("gull-harbor")
    assert progress.team_next(book, as_of=TODAY)[1].startswith("Keep going")
    assert "Bring your counts for June" in progress.team_next(book, as_of=date(2021, 8, 5))[1]


def test_what_is_new_is_listed_newest_first(place):
    book = Workspace.open(place, user="ana").team("gull-harbor")
    news = progress.since_last(book, date(2021, 6, 1), as_of=TODAY)
    assert list(news) == ["Day", "Who", "What"]
    assert news["Day"].is_monotonic_decreasing
    assert news["What"].str.contains("Counts: 85 rows").any()
    assert news["What"].str.contains("Test of change: Readings sent as a photo").any()
    assert set(news["Who"]) <= {"Ana Reyes", "Luz Herrera", "Grace Whitfield", "Sam Okafor", "Tomás Beltrán"}
    assert progress.since_last(book, date(2022, 1, 1), as_of=date(2022, 2, 1)).empty


def test_no_words_rank_teams(needs):
    text = " ".join([*needs["sentence"], *needs["why"]]).lower()
    for word in ("worst", "best team", "rank", "fail", "behind schedule", "late "):
        assert word not in text


def test_nothing_given_is_changed(place):
    first = progress.path(Workspace.open(place, user="robin"))
    pd.testing.assert_frame_equal(first, progress.path(Workspace.open(place, user="robin")))
