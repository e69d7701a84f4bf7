"""The dictionary of step 9: how each measure is counted, since when, and how it was counted before."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pandas as pd
import pytest

from pophealth.delivery import measure_pieces
from pophealth.delivery.handout import contents
from pophealth.delivery.workbook import open_workbook
from pophealth.views import definition_words, theme
from pophealth.workspace import timeline
from pophealth.workspace.store import Workspace
from tests.delivery import lessons, teams

CORE = {"denominator": "People due", "better": "higher", "family": "process", "chart": "p"}


@pytest.fixture
def cohort(tmp_path):
    """A team that counts calls in another way since January 2021, and from then on finds twice as many."""
    book = teams.cohort(tmp_path).add_team("recount", "Recount")
    teams.write(book, "measure", "calls", name="Calls", numerator="Spoken to", lead=True, **CORE)
    months = pd.date_range("2019-09-01", "2021-05-01", freq="MS")
    luck = np.random.default_rng(3).integers(-4, 5, len(months))
    found = 40 + 40 * (months.year == 2021) + luck
    rows = [(f"{month:%Y-%m}", int(count), 100) for month, count in zip(months, found, strict=True)]
    teams.counted(book, "calls", rows)
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    book = Workspace.open(tmp_path, user="robin", clock=lambda: tomorrow).team("recount")
    entry = book.list("measure")[0]
    changed = {"numerator": "Spoken to or texted", "since": "2021-01"}
    book.save(type(entry.record).draft(entry.body | changed, "calls"), based_on=entry.revision)
    yield tmp_path
    theme.inline_style(True)


def opened(folder, team="recount"):
    return open_workbook("measure", team=team, workspace=str(folder))


def lead_chart(book):
    charted = book.charted(book.points(), measure=book.lead)
    return book.show(charted, measure=book.lead, marks=book.marks(), changes=book.changes())


def test_the_dictionary_keeps_the_old_way_with_its_dates(cohort):
    told = lessons.words(opened(cohort).show_dictionary().html)
    assert "Calls (process) since January 2021 Spoken to or texted People due" in told
    assert "Calls (process) before January 2021 Spoken to People due" in told
    assert "Calls is counted differently from January 2021. Points before and after do not compare." in told
    assert "One measure: a fine start. Four to ten tell the whole story." in told
    assert "Calls: Who is in, and who is left out, Source and Who answers for it." in told


def test_the_chart_has_a_mark_and_its_words_never_compare_across_it(cohort):
    shown = lessons.words(lead_chart(opened(cohort)).html)
    assert "A Counted differently from January 2021" in shown
    assert measure_pieces.RECOUNTED.format("January 2021") in shown
    assert "Too few to tell yet: 5 of 12 months." in shown
    assert "improvement" not in shown.split("What the chart says.")[1]


def test_others_see_the_mark_too(cohort):
    book = Workspace.open(cohort, user="robin").team("recount")
    book.share("measure", "calls", shared=True, based_on=book.list("measure")[0].revision)
    open_to_faculty = Workspace.open(cohort, user="imani")
    assert timeline.shared_changes(open_to_faculty, "recount")["kind"].tolist() == ["definition"]
    assert timeline.shared_points(open_to_faculty, "recount")["phase"].nunique() == 2


def test_the_export_holds_both_ways(cohort):
    found = contents(Workspace.open(cohort, user="robin").team("recount"))["definitions"]
    assert [(one["numerator"], one["since"], one["until"]) for one in found] == [
        ("Spoken to or texted", "2021-01-01", None),
        ("Spoken to", None, "2021-01-01"),
    ]


def test_a_measure_beside_the_lead_is_drawn_when_it_was_counted_differently(cohort):
    shown = opened(cohort, "prairie-rose").show_recounted()
    assert shown.html.count("<figure") == 1
    assert "Counted differently from January 2021" in shown.plain
    assert "as it always was" in opened(cohort, "northlake").show_recounted().plain
    assert opened(cohort, "new-start").show_dictionary().plain.startswith("Your measures will stand here.")


@pytest.mark.parametrize(
    ("count", "said"), [(3, "a fine start"), (4, "few enough"), (10, "few enough"), (11, "a lot")]
)
def test_four_to_ten_measures_are_enough(count, said):
    assert said in definition_words.how_many(["outcome"] * count)[0]


def test_a_family_that_is_missing_is_named():
    assert definition_words.how_many(["outcome", "balancing"])[1:] == [
        "Not one of them shows what you do (a process measure)."
    ]
    assert len(definition_words.how_many(["outcome", "process", "balancing", "process"])) == 1


def test_a_form_that_keeps_a_measure_writes_the_dictionary_again(cohort):
    assert "Spoken to or texted" in opened(cohort).echoes("measure")()["dictionary"].plain
