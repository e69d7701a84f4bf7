"""Counts are taken in whole, replaced by later ones, and shown to others only when they may be."""

from datetime import UTC, datetime, timedelta, timezone

import pandas as pd
import pytest

from pophealth.workspace.errors import Problem
from pophealth.workspace.records import Agreement, Aim, Measure
from pophealth.workspace.store import Workspace

NOON = datetime(2021, 3, 1, 12, tzinfo=UTC)
BP = Measure(key="bp", name="Blood pressure", lead=True)
YEAR = pd.DataFrame(
    {"measure": "bp", "period": pd.date_range("2020-01-01", periods=12, freq="MS"), "numerator": 40.0}
).assign(denominator=100.0)


def aim(**typed):
    return Aim.draft(typed)


def bring(book, table=YEAR, name="counts.csv"):
    return book.import_counts(table, file_name=name, sha256=name.ljust(64, "0"))


def test_counts_come_back_with_gaps_shown(book):
    book.save(BP, based_on=0)
    done = bring(book, YEAR.drop(index=[3, 4]))
    assert (done.rows, done.measures, done.replaced) == (10, ("bp",), 0)
    table = book.counts()
    assert len(table) == 12
    assert table["numerator"].isna().tolist() == [False] * 3 + [True] * 2 + [False] * 7
    assert book.counts("bp").equals(table)


def test_without_a_measure_there_is_an_empty_table(book):
    assert book.counts().empty
    with pytest.raises(Problem, match="No measure is called “bp”"):
        book.counts("bp")
    with pytest.raises(ValueError, match="view is 'mine'"):
        book.counts(view="mine")


@pytest.mark.parametrize(
    ("column", "cells", "says"),
    [
        ("note", ["call 555-010-4477"], "Column note: a phone number in row 1"),
        ("note", ["", "ana.r@example.org"], "Column note: an e-mail address in row 2"),
        ("MRN", ["A-10045", "A-10046"], "Column MRN: a medical record number in rows 1 and 2"),
    ],
)
def test_a_table_that_may_point_at_a_person_is_refused_like_a_file(book, column, cells, says):
    book.save(BP, based_on=0)
    table = YEAR.head(len(cells)).assign(**{column: cells})
    with pytest.raises(Problem, match=says) as refused:
        bring(book, table)
    assert not any(cell in str(refused.value) for cell in cells if cell)
    assert book.imports().empty
    assert book.counts().empty


def test_the_same_file_twice_says_so_and_changes_nothing(book, other):
    book.save(BP, based_on=0)
    bring(book)
    before = book.revision()
    with pytest.raises(Problem, match="here already: Ana Reyes imported it as counts"):
        bring(other)
    assert (book.revision(), len(book.imports())) == (before, 1)


def test_later_rows_replace_earlier_ones_and_the_list_of_files_says_so(book):
    book.save(BP, based_on=0)
    bring(book, YEAR.head(2), "one.csv")
    assert bring(book, YEAR.tail(11).assign(numerator=50.0), "two.csv").replaced == 1
    assert book.counts()["numerator"].tolist() == [40.0] + [50.0] * 11
    bring(book, YEAR.head(1), "three.csv")
    table = book.imports()
    assert table["replaced_by"].fillna(0).tolist() == [3, 0, 0]
    assert table["file_name"].tolist() == ["one.csv", "two.csv", "three.csv"]
    assert table["rows"].tolist() == [2, 11, 1]


def test_an_import_is_whole_or_not_at_all(book):
    book.save(BP, based_on=0)
    with pytest.raises(Problem, match="No measure"):
        bring(book, pd.concat([YEAR, YEAR.assign(measure="falls")]))
    assert book.counts().empty
    assert book.imports().empty


def test_a_count_knows_the_definition_it_was_made_under(book):
    book.save(BP, based_on=0)
    bring(book, YEAR.head(6), "one.csv")
    book.save(BP.model_copy(update={"numerator": "people under 140/90"}), based_on=1)
    bring(book, YEAR.tail(6), "two.csv")
    with book._file.reading() as ledger:
        rows = ledger._connection.exec_driver_sql(
            "SELECT DISTINCT period < '2020-07', definition FROM counts"
        )
        assert set(rows) == {(1, 1), (0, 2)}


def test_the_table_that_was_given_stays_as_it_was(book):
    book.save(BP, based_on=0)
    table = YEAR.copy()
    bring(book, table)
    assert table.equals(YEAR)


def test_others_see_counts_only_when_shared_and_agreed(folder, book):
    sam = Workspace.open(folder, user="sam")
    book.save(BP, based_on=0)
    bring(book)
    for look in (lambda: sam.shared_counts("gull-harbor"), lambda: book.counts(view="shared")):
        with pytest.raises(Problem, match="Gull Harbor has not shared this measure"):
            look()
    book.share("measure", "bp", shared=True, based_on=1)
    assert sam.shared_counts("gull-harbor")["numerator"].tolist() == [40.0] * 12
    book.save(Agreement.draft({"state": "asked"}, "council"), based_on=0)
    with pytest.raises(Problem, match="waits for an agreement"):
        sam.shared_counts("gull-harbor")
    book.save(Agreement.draft({"state": "agreed"}, "council"), based_on=1)
    assert len(sam.shared_counts("gull-harbor")) == 12
    with pytest.raises(Problem, match="no team “nowhere”"):
        sam.shared_counts("nowhere")


@pytest.mark.parametrize(
    "skews",
    [
        [timedelta(hours=48), timedelta(0), timedelta(hours=-48)],
        [timedelta(hours=-48), timedelta(hours=48), timedelta(0)],
    ],
)
@pytest.mark.parametrize("zones", [(-10, 0, 14), (14, -10, 5.75)])
def test_wrong_clocks_and_other_zones_change_nothing_but_the_time_shown(folder, skews, zones):
    books = [
        Workspace.open(folder, user=user, clock=skewed(skew, zone)).team("gull-harbor")
        for user, skew, zone in zip(("ana", "ben", "owner"), skews, zones, strict=True)
    ]
    for revision in range(9):
        books[revision % 3].save(aim(what=f"words {revision}"), based_on=revision)
    books[0].save(BP, based_on=0)
    bring(books[0])
    bring(books[1], YEAR.assign(numerator=50.0), "later.csv")
    history = books[2].history("aim")
    assert [entry.revision for entry in history] == list(range(9, 0, -1))
    assert [entry.record.what for entry in history] == [f"words {number}" for number in range(8, -1, -1)]
    assert {entry.saved_at.utcoffset() for entry in history} == {timedelta(0)}
    assert history[0].saved_at == NOON + skews[2]
    assert books[2].counts()["numerator"].tolist() == [50.0] * 12
    assert books[2].counts()["period"].iloc[0] == pd.Timestamp("2020-01-01")
    assert books[2].folded_history("aim")[0].revision == 9


def skewed(skew, zone):
    return lambda: (NOON + skew).astimezone(timezone(timedelta(hours=zone)))
