"""Step 9 beyond the sample: advice on charts and limits, odd counts, the same people, exercises."""

import numpy as np
import pandas as pd
import pytest

from pophealth.delivery import group_table, handout, measure_history, measure_lists, measure_pieces
from pophealth.delivery.workbook import open_workbook
from pophealth.stats import spc
from pophealth.views import theme
from pophealth.workspace.records import Measure
from pophealth.workspace.store import Workspace
from tests.delivery import lessons, teams

MONTHS = [f"{date:%Y-%m}" for date in pd.date_range("2018-07-01", "2021-05-01", freq="MS")]
CORE = {"numerator": "walked", "denominator": "asked", "better": "higher", "family": "outcome"}


@pytest.fixture
def cohort(tmp_path):
    """A team whose share of walkers has moved for good, and one that counts the same people in two groups."""
    workspace = teams.cohort(tmp_path)
    moved = workspace.add_team("moved", "Moved")
    teams.write(moved, "measure", "walks", name="Walks", chart="p", lead=True, **CORE)
    sides = [(month, 40 + 30 * (number >= 20) + number % 3, 100) for number, month in enumerate(MONTHS)]
    teams.counted(moved, "walks", sides)
    same = workspace.add_team("same", "Same")
    teams.write(same, "measure", "sleep", name="Sleep", chart="p", lead=True, people="the same", **CORE)
    teams.write(same, "measure", "rest", name="Rest", chart="p", window="rolling", **CORE)
    teams.write(same, "focus", "one", stratifier="language", stratum="Spanish", reference="English")
    counted_by_group(same, "sleep")
    teams.counted(same, "rest", [(month, 50, 90) for month in MONTHS])
    yield tmp_path
    theme.inline_style(True)


def counted_by_group(book, measure):
    """Bring counts of everyone and of two groups."""
    rows = [
        {"period": month, "numerator": 30, "denominator": 60, "stratifier": split, "stratum": group}
        for month in MONTHS
        for split, group in (("", ""), ("language", "English"), ("language", "Spanish"))
    ]
    table = pd.DataFrame(rows).assign(measure=measure, value=float("nan"), note="")
    table["period"] = pd.to_datetime(table["period"])
    book.import_counts(table, file_name=f"{measure}.csv", sha256="ab" * 32)


def walk(folder, team):
    return lessons.run("09_measure", team=team, workspace=folder)


def test_new_limits_are_advised_and_start_only_once_a_person_says_why(cohort):
    before = walk(cohort, "moved")
    assert "The 15 months since March 2020 lie mostly above the middle" in before["book.show_new_limits"].text
    assert "New limits from" not in before["book.show(charted, measure=lead"].text
    form = before['book.form("adjustment")'].value
    added = form.reply({"type": "add", "name": "walks", "owner": "a", "sequence": 1})["added"]
    opened = form.reply({"type": "open", "key": added, "owner": "a", "sequence": 2})
    started = {"measure": "walks", "change": "new limits", "start": "2020-03"}
    blank = dict.fromkeys(("end", "reason", "decided_by", "decided_on", "made_with"), "")
    assert opened["values"] == blank | started
    assert "New limits from" not in walk(cohort, "moved")["book.show(charted, measure=lead"].text
    said = {"reason": "A path around the lake opened.", "decided_by": "Luz", "decided_on": "2021-06-01"}
    save = {"type": "save", "key": added, "values": opened["values"] | said, "based_on": opened["revision"]}
    assert form.reply(save | {"owner": "a", "sequence": 3})["type"] == "kept"
    after = walk(cohort, "moved")
    shown = after["book.show(charted, measure=lead"].text
    assert (
        "A New limits from March 2020: A path around the lake opened. (Decided: Luz, June 1, 2021)" in shown
    )
    assert "No measure has moved for good." in after["book.show_new_limits"].text


@pytest.mark.parametrize("name", ["Walks", " WALKS "])
def test_a_note_may_be_added_under_the_name_as_well(cohort, name):
    begin = open_workbook("measure", team="moved", workspace=str(cohort)).beginning("adjustment")
    assert begin(name) == {"measure": "walks", "change": "new limits", "start": "2020-03"}
    assert begin("something else") == {}


def test_no_target_is_judged_by_limits_from_before_a_change(cohort):
    book = open_workbook("measure", team="moved", workspace=str(cohort))
    aimed, points = book.lead.model_copy(update={"target": 90}), book.points()
    assert "cannot tell while it is moving" in measure_lists.summary((aimed,), (points,)).plain
    steady = points[points["period"] < "2020-01"]
    assert "likely to miss it each time" in measure_lists.summary((aimed,), (steady,)).plain


def test_only_notes_on_charts_start_with_advice(cohort):
    assert open_workbook("measure", team="moved", workspace=str(cohort)).beginning("measure") is None


def test_counts_that_do_not_fit_their_chart_are_a_line_and_told(cohort):
    book = Workspace.open(cohort, user="robin").add_team("rates", "Rates")
    teams.write(book, "measure", "calls", name="Calls", chart="u", lead=True, **CORE)
    teams.counted(book, "calls", [(month, 300 + number % 5, 100) for number, month in enumerate(MONTHS)])
    entry = book.list("measure")[0]
    book.save(entry.record.model_copy(update={"chart": "p"}), based_on=entry.revision)
    lesson = walk(cohort, "rates")
    assert "just a line for now" in lesson["book.show_fits"].text
    assert lesson.names["charted"]["upper"].isna().all()
    assert "Calls" in lesson["book.show(charted, measure=lead"].value.html


def test_groups_of_the_same_people_are_lines_without_a_gap_chart(cohort):
    lesson = walk(cohort, "same")
    shown = lesson["book.show_groups"]
    assert "Sleep, a line for each group" in shown.value.html
    assert "The same people are counted each time" in shown.text
    assert lesson["book.show_gap"].text == measure_pieces.NO_GAP_CHART
    lines = lesson["book.show_lines"]
    assert lines.value.html.count("<figure") == 1
    assert "Each point covers months that the next one covers too" in lines.text
    assert lesson["book.show_measures"].text.count("not judged, just a line") == 2


def grouped(folder, slug, **measure):
    """A team whose people have a language written down, but for some."""
    book = Workspace.open(folder, user="robin").add_team(slug, slug.title())
    teams.write(book, "measure", "walks", shared=True, name="Walks", chart="p", lead=True, **CORE, **measure)
    teams.write(
        book, "focus", "one", shared=True, stratifier="language", stratum="Spanish", reference="English"
    )
    rows = [
        {"period": month, "numerator": people // 2, "denominator": people, "stratum": group}
        for month in MONTHS
        for group, people in (("", 200), ("English", 100), ("Spanish", 60), ("declined", 24))
    ]
    table = pd.DataFrame(rows).assign(measure="walks", value=float("nan"), note="")
    table["stratifier"] = table["stratum"].ne("").map({True: "language", False: ""})
    table["period"] = pd.to_datetime(table["period"])
    book.import_counts(table, file_name="walks.csv", sha256="ef" * 32)


def beside_groups(folder, team):
    """What stands at the groups of a team, how many people are shown in all, and whether they are its own."""
    book = open_workbook("measure", team=team, workspace=str(folder))
    groups = book.points(stratifier=book.focus.stratifier)
    charted = book.charted(groups, measure=book.lead, by="stratum")
    everyone = int(book.points()["denominator"].sum())
    return book.show_groups(charted, measure=book.lead).plain, everyone, book._team.can("counts")


def test_beside_the_groups_stands_for_how_many_the_group_is_known(cohort, monkeypatch):
    grouped(cohort, "once", exclusive="language")
    grouped(cohort, "twice")
    months = len(MONTHS)
    own, people, _ = beside_groups(cohort, "once")
    known = f"For 8 of 10 people, language is written down ({160 * months:,} of {people:,} counted)."
    assert people == 200 * months
    assert f"{known} Of the others, {24 * months:,} declined and {16 * months:,} have no answer." in own
    twice, _, _ = beside_groups(cohort, "twice")
    assert f"language is written down ({176 * months:,} of {people:,} counted)" in twice
    nobody = "Nobody can tell yet for how many people language is written down."
    assert nobody in beside_groups(cohort, "same")[0]
    monkeypatch.setenv("POPHEALTH_USER", "imani")
    told, shown, own_counts = beside_groups(cohort, "once")
    assert not own_counts
    assert f"({shown * 8 // 10:,} of {shown:,} counted)" in told


def test_the_gap_points_back_to_for_how_many_the_group_is_known(cohort):
    grouped(cohort, "once", exclusive="language")
    gap = walk(cohort, "once")["book.show_gap"].value
    assert gap.html.count("<figcaption>As above, language is written down for 80%.</figcaption>") == 1


def test_below_the_groups_stands_the_latest_year_and_how_sure_it_is(cohort):
    grouped(cohort, "once")
    shown = walk(cohort, "once")["book.show_last_year"].text
    assert "12 months with counts, June 2020 to May 2021" in shown
    assert shown.endswith("As above, language is written down for 88%.")
    assert "English 600 of 1,200 50% (47% to 53%) sure enough" in shown
    book = Workspace.open(cohort, user="robin").add_team("tiny", "Tiny")
    teams.write(book, "measure", "walks", name="Walks", chart="p", lead=True, **CORE)
    teams.write(book, "focus", "one", stratifier="side", stratum="a")
    sizes = {"": 60, "a": 58, "b": 2}
    rows = [
        {"period": pd.Timestamp(month), "numerator": people // 2, "denominator": people, "stratum": name}
        for month in MONTHS
        for name, people in sizes.items()
    ]
    table = pd.DataFrame(rows).assign(measure="walks", value=float("nan"), note="")
    table["stratifier"] = table["stratum"].ne("").map({True: "side", False: ""})
    book.import_counts(table, file_name="tiny.csv", sha256="cc" * 32)
    shown = walk(cohort, "tiny")["book.show_last_year"].text
    assert "b 12 of 24 50% (31% to 69%) too uncertain: fewer than 30 people" in shown
    assert "Too uncertain to build on: b. Join groups or months first." in shown


def test_a_rate_by_group_has_a_latest_year_and_a_plain_number_has_none():
    months = pd.date_range("2020-06-01", periods=12, freq="MS")
    table = pd.DataFrame({"stratum": "a", "period": months, "value": 1.0, "numerator": 3.0})
    table = table.assign(denominator=900.0, excluded=False)
    falls = Measure(chart="u", per=1000, unit="number", better="lower")
    assert "a 36 of 10,800 3.3 (2.3 to 4.6) sure enough" in group_table.last_year(table, falls, "").plain
    rolling = falls.model_copy(update={"window": "rolling"})
    assert "a 3 of 900 3.3" in group_table.last_year(table, rolling, "").plain
    for other in (
        (table, Measure(chart="i", unit="number")),
        (table.assign(numerator=1e3), Measure(chart="p")),
    ):
        assert 'class="empty"' in group_table.last_year(*other, "").html


@pytest.mark.parametrize(
    ("chosen", "says"),
    [
        ({}, "Once shared, others see no count of 1 to 10 (the Medicare rule)."),
        ({"policy": "own", "smallest": 5}, "Once shared, others see no count of 1 to 4."),
        (
            {"policy": "none", "policy_reason": "Published."},
            "Once shared, others see all counts, small ones too. Why: P",
        ),
    ],
)
def test_the_page_and_the_file_say_which_rule_for_small_numbers_was_chosen(cohort, chosen, says):
    grouped(cohort, "once", **chosen)
    assert says in walk(cohort, "once")["book.show_measures"].text
    told = handout.contents(Workspace.open(cohort, user="robin").team("once"))
    assert told["small_numbers"]["walks"].startswith(says)


def test_others_see_by_group_what_the_rule_that_was_chosen_allows(cohort, monkeypatch):
    for slug, chosen in (("strict", {}), ("milder", {"policy": "ons3"})):
        book = Workspace.open(cohort, user="robin").add_team(slug, slug.title())
        teams.write(
            book, "measure", "walks", shared=True, name="Walks", chart="p", lead=True, **CORE, **chosen
        )
        teams.write(book, "focus", "one", shared=True, stratifier="side", stratum="a")
        rows = [
            {"period": pd.Timestamp("2021-05-01"), "numerator": n, "denominator": 4 * n, "stratum": name}
            for name, n in (("", 40), ("a", 34), ("b", 6))
        ]
        table = pd.DataFrame(rows).assign(measure="walks", value=float("nan"), note="")
        table["stratifier"] = table["stratum"].ne("").map({True: "side", False: ""})
        book.import_counts(table, file_name=f"{slug}.csv", sha256=slug.ljust(64, "0"))
    monkeypatch.setenv("POPHEALTH_USER", "imani")
    assert "Too few to show: side." in walk(cohort, "strict")["book.show_groups"].text
    assert "b 6 of 24 25%" in walk(cohort, "milder")["book.show_last_year"].text
    focus = lessons.run("05_focus", team="strict", workspace=cohort)
    assert focus["book.show_groups"].text.startswith("Too few to show: side.")
    focus = lessons.run("05_focus", team="milder", workspace=cohort)
    assert "Once shared, others see no count of 1 or 2" in focus["book.show_groups"].text


def test_nothing_is_said_of_groups_other_than_those_of_the_chart(cohort):
    grouped(cohort, "once", exclusive="language")
    book = open_workbook("measure", team="once", workspace=str(cohort))
    groups = book.points(stratifier="language")
    charted = book.charted(groups[groups["stratum"].ne("Spanish")], measure=book.lead, by="stratum")
    assert "written down" not in book.show_groups(charted, measure=book.lead).plain
    other = book.history_measure("vienna")
    assert "written down" not in book.show_groups(charted, measure=other).plain


def test_who_sees_only_what_is_shared_meets_no_count_that_is_not(cohort, monkeypatch):
    book = Workspace.open(cohort, user="robin").add_team("few", "Few")
    teams.write(book, "measure", "falls", shared=True, name="Falls", chart="t", lead=True, **CORE)
    days = pd.DataFrame({"period": pd.to_datetime(MONTHS), "value": range(7, 7 + len(MONTHS))})
    days = days.assign(
        measure="falls", numerator=np.nan, denominator=np.nan, stratifier="", stratum="", note=""
    )
    book.import_counts(days, file_name="falls.csv", sha256="cd" * 32)
    assert "Each point is the time between" in walk(cohort, "few")["book.show(charted, measure=lead"].text
    monkeypatch.setenv("POPHEALTH_USER", "imani")
    lesson = walk(cohort, "few")
    assert "will stand here" in lesson["book.show(charted, measure=lead"].text
    assert "no counts yet" in lesson["book.show_measures"].text


def test_the_charts_from_history_are_drawn_before_anyone_waits(cohort, tmp_path, monkeypatch):
    kept = tmp_path / "kept"
    kept.mkdir()
    monkeypatch.setenv("POPHEALTH_KEPT", str(kept))
    theme.inline_style(True)
    measure_history.draw()
    drawn = {path.name for path in kept.iterdir()}
    walk(cohort, "new-start")
    assert len(drawn) == 4
    assert {path.name for path in kept.iterdir()} == drawn


ODD = [
    None,
    "",
    "many",
    [1],
    {},
    float("nan"),
    float("inf"),
    10**400,
    1j,
    b"37",
    np.array([1, 2]),
    np.array([37]),
    pd.Series([1.0]),
    pd.NA,
    pd.NaT,
    pd.DataFrame(),
    object(),
    lambda: 1,
    True,
]


@pytest.mark.parametrize("name", ["vienna-above", "luck-twelve", "lead-outside", "no such", "", None, [1]])
@pytest.mark.parametrize("team", ["gull-harbor", "new-start"])
def test_exercises_answer_kindly_whatever_is_typed(cohort, name, team):
    book = open_workbook("measure", team=team, workspace=str(cohort))
    for answer in ODD:
        assert "✓ Yes" not in book.check(name, answer).plain
        assert book.check(name, answer).plain


def test_exercises_know_what_is_right(cohort):
    book = open_workbook("measure", team="gull-harbor", workspace=str(cohort))
    vienna = book.history("vienna")
    early = spc.limits(vienna[vienna["period"] < "1847-06"], chart="p")
    above = int((early["value"] > early["centre"]).sum())
    outside = book.charted(book.points(), measure=book.lead)["signal"].str.contains("outside").sum()
    right = {
        "vienna-above": above,
        "luck-twelve": 12 * spc.false_alarms(24, "anhoej", "p"),
        "lead-outside": outside,
    }
    for name, answer in right.items():
        assert "✓ Yes" in book.check(name, answer).plain
        assert "✓ Yes" in book.check(name, str(answer)).plain
        assert "Not yet" in book.check(name, answer + 1).plain
