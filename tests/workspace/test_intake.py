"""Files of counts, good and bad: what is said about them and what is kept."""

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pophealth.workspace import intake
from pophealth.workspace.errors import Problem
from pophealth.workspace.records import Measure
from pophealth.workspace.samples import folder
from pophealth.workspace.store import Workspace

HEADER = "measure,period,numerator,denominator,stratifier,stratum\n"


@pytest.fixture
def put(tmp_path):
    def write(content, name="counts.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return path

    return write


@pytest.fixture
def book(tmp_path):
    workspace = Workspace.create(tmp_path / "workspace.sqlite")
    team = workspace.add_team("harbor", "Harbor")
    team.save(Measure(key="visits", name="Visits kept", exclusive="language"), based_on=0)
    team.save(Measure(key="maternal-deaths", name="Mothers who died", better="lower"), based_on=0)
    return team


def problems(path, **more):
    found = intake.check(path, **more).problems
    return list(found.itertuples(index=False, name=None))


def first(path, **more):
    return problems(path, **more)[0]


def test_vienna_comes_in_from_its_own_column_names(book, put):
    lines = ["date,births,deaths"]
    for row in pd.read_csv(folder() / "01-vienna.csv").itertuples():
        lines.append(f"{row.period}-01,{row.denominator},{row.numerator}")
    path = put("\n".join(lines))
    named = {"measure": "maternal-deaths", "period": "date", "numerator": "deaths", "denominator": "births"}

    checked = intake.check(path, book=book, **named)
    assert checked.problems.empty
    assert "maternal-deaths: no row for December 1841. This is shown as a gap." in checked.notes

    imported = intake.load(path, book=book, **named)
    assert (imported.rows, imported.measures) == (98, ("maternal-deaths",))
    counts = book.counts("maternal-deaths")
    assert len(counts) == 99
    assert counts["numerator"].sum() == 2060 + 142
    assert counts["denominator"].sum() == 19571 + 6595


def test_a_second_import_of_the_same_file_says_so_and_changes_nothing(book, put):
    path = put(HEADER + "visits,2020-01,4,9,,\n")
    intake.load(path, book=book)
    with pytest.raises(Problem, match="already"):
        intake.load(path, book=book)
    assert len(book.imports()) == 1


def test_nothing_is_half_imported(book, put):
    path = put(HEADER + "visits,2020-01,4,9,,\nvisits,2020-02,10,9,,\n")
    with pytest.raises(
        intake.Refused, match=r"Nothing was imported from counts.csv. Row 3, numerator"
    ) as refused:
        intake.load(path, book=book)
    assert book.counts("visits").empty
    assert refused.value.checked.problems["row"].tolist() == [3]


@pytest.mark.parametrize(
    ("rows", "row", "column", "words"),
    [
        ("visits,2020-01,171,168,,\n", 2, "numerator", "171 is more than the 168"),
        ("visits,2020-01,4,9,,\nvisits,soon,4,9,,\n", 3, "period", "“soon” is not a month"),
        ("visits,,4,9,,\n", 2, "period", "The month is missing."),
        ("visits,20-Jan,4,9,,\n", 2, "period", "not a month we can read"),
        ("visits,01/02/2020,4,9,,\n", 2, "period", "not a month we can read"),
        ("visits,2020-13,4,9,,\n", 2, "period", "not a month we can read"),
        ("visits,2020-01,many,9,,\n", 2, "numerator", "“many” is not a number"),
        ("visits,2020-01,inf,9,,\n", 2, "numerator", "not a number"),
        ("visits,2020-01,-4,9,,\n", 2, "numerator", "below zero"),
        ("visits,2020-01,4.5,9,,\n", 2, "numerator", "not a whole number"),
        ("visits,2020-01,<11,40,,\n", 2, "numerator", "hidden count"),
        ("visits,2020-01,,9,,\n", 2, "numerator", "missing while the other"),
        ("visits,2020-01,4,,,\n", 2, "denominator", "missing while the other"),
        ("visits,2020-01,4,9,,\nvisits,Jan-20,5,9,,\n", 3, "period", "stand in row 2"),
        ("visits,2020-01,4,9,language,\n", 2, "stratum", "not the group"),
        ("visits,2020-01,4,9,,Spanish\n", 2, "stratum", "not what it is split by"),
        (",2020-01,4,9,,\n", 2, "measure", "The measure is missing."),
    ],
)
def test_each_problem_names_row_column_and_what_to_do(put, rows, row, column, words):
    found = first(put(HEADER + rows))
    assert found[:2] == (row, column)
    assert words in found[2]
    assert found[3].endswith(".")


def test_row_numbers_are_those_of_a_spreadsheet(put):
    path = put(HEADER + '\n\n"visits",2020-01,4,9,,\n,,,,,\nvisits,2020-02,10,9,,\n')
    assert first(path)[0] == 6


def test_an_unknown_measure_is_a_problem_only_when_a_team_is_named(book, put):
    path = put(HEADER + "naps,2020-01,4,9,,\n")
    assert "There is no measure naps." in first(path, book=book)[2]
    checked = intake.check(path)
    assert checked.problems.empty
    assert "Measures were not checked, because no team was named." in checked.notes


def test_a_measure_may_be_called_by_its_full_name(book, put):
    checked = intake.check(put(HEADER + "visits KEPT,2020-01,4,9,,\n"), book=book)
    assert checked.table["measure"].tolist() == ["visits"]


def test_groups_that_add_up_to_more_than_everyone(book, put):
    rows = "visits,2020-01,4,9,,\nvisits,2020-01,3,6,{0},Spanish\nvisits,2020-01,1,5,{0},English\n"
    path = put(HEADER + rows.format("language"))
    assert [found[:2] for found in problems(path, book=book)] == [(3, "denominator")]
    assert "add up to 11 in January 2020, more than the 9 of everyone" in first(path, book=book)[2]
    may_overlap = put(HEADER + rows.format("illness"), "other.csv")
    checked = intake.check(may_overlap, book=book)
    assert checked.problems.empty
    assert any("overlap" in note for note in checked.notes)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2020-01", "2020-01-01"),
        ("2020-01-15", "2020-01-01"),
        ("2020/1/15", "2020-01-01"),
        ("2020-01-01 00:00:00", "2020-01-01"),
        ("Jan-20", "2020-01-01"),
        ("January 2020", "2020-01-01"),
        ("Sept. 2019", "2019-09-01"),
        ("01/2020", "2020-01-01"),
        ("202001", "2020-01-01"),
        ("1/15/2020", "2020-01-01"),
        ("15.1.2020", "2020-01-01"),
        ("15/1/2020", "2020-01-01"),
        ("43831", "2020-01-01"),
        ("Q2 2020", "2020-04-01"),
        ("1846", "1846-01-01"),
    ],
)
def test_months_are_read_as_people_and_spreadsheets_write_them(put, text, period):
    checked = intake.check(put(HEADER + f"visits,{text},4,9,,\n"))
    assert checked.problems.empty
    assert checked.table["period"].tolist() == [pd.Timestamp(period)]


def test_days_moved_to_the_first_of_the_month_are_noted(put):
    notes = intake.check(put(HEADER + "visits,2020-01-15,4,9,,\n")).notes
    assert "1 day was moved to the first day of the month." in notes


def test_the_order_of_day_and_month_comes_from_the_whole_column(put):
    months_first = put(HEADER + "visits,01/01/2020,4,9,,\nvisits,02/01/2020,4,9,,\nvisits,12/01/2020,4,9,,\n")
    assert intake.check(months_first).table["period"].dt.month.tolist() == [1, 2, 12]
    days_first = put(HEADER + "visits,01/01/2020,4,9,,\nvisits,01/02/2020,4,9,,\nvisits,01/12/2020,4,9,,\n")
    assert intake.check(days_first).table["period"].dt.month.tolist() == [1, 2, 12]


@pytest.mark.parametrize(
    ("content", "numerator"),
    [
        (b"\xef\xbb\xbf" + HEADER.encode() + b"visits,2020-01,4,9,,\n", 4),
        (b"measure;period;numerator;denominator\nvisits;2020-01;1.204;9.000\n", 1204),
        (b"measure\tperiod\tnumerator\tdenominator\nvisits\t2020-01\t4\t9\n", 4),
        (HEADER.encode() + b'visits,2020-01,"1,204","9,000",,\n', 1204),
        ((HEADER + "visits,2020-01,1 204,9 000,,\n").encode(), 1204),
        ((HEADER + "visits,2020-01,4,9,language,Português\n").encode("latin-1"), 4),
        ((HEADER + "visits,2020-01,4,9,,\n").encode("utf-16"), 4),
        (b"sep=;\nMeasure ; MONTH;Num;Den\r\nvisits;2020-01;4;9\r\n", 4),
        (HEADER.encode() + b"'visits,'2020-01,'4,'9,,\n", 4),
    ],
)
def test_files_come_in_many_shapes(put, content, numerator):
    checked = intake.check(put(content))
    assert checked.problems.empty
    assert checked.table["numerator"].tolist() == [numerator]
    assert checked.table["measure"].tolist() == ["visits"]


def test_what_was_guessed_is_said(put):
    notes = " ".join(
        intake.check(put("Measure;Month;Num;Den\nvisits;2020-01;1.204;9.000\n".encode("cp1252"))).notes
    )
    for words in ("semicolons", "Month was read as period", "Marks between thousands were dropped"):
        assert words in notes
    latin = intake.check(put((HEADER + "visits,2020-01,4,9,language,Portugu\xeas\n").encode("latin-1")))
    assert latin.table["stratum"].tolist() == ["Português"]
    assert any("Latin-1" in note for note in latin.notes)


def test_a_decimal_comma_is_read_in_values(put):
    checked = intake.check(put("measure;period;value\nsleep;2020-01;7,5\n"))
    assert checked.table["value"].tolist() == [7.5]
    assert any("decimal" in note for note in checked.notes)


def test_a_number_that_could_mean_two_things_is_not_guessed(put):
    found = first(put(HEADER + "visits,2020-01,1.204,9000,,\n"))
    assert "not a whole number" in found[2]
    assert "If it means 1204" in found[3]


def test_a_leading_apostrophe_is_dropped_from_text(put):
    checked = intake.check(put(HEADER + "visits,2020-01,4,9,language,'=Spanish\n"))
    assert checked.table["stratum"].tolist() == ["=Spanish"]


def test_empty_numbers_and_nobody_counted_are_gaps(put):
    checked = intake.check(put(HEADER + "visits,2020-01,,,,\nvisits,2020-02,0,0,,\nvisits,2020-04,4,9,,\n"))
    assert checked.problems.empty
    said = " ".join(checked.notes)
    for words in ("No numbers in row 2", "Nobody was counted in row 3", "no row for March 2020"):
        assert words in said


def test_one_row_is_fine(put):
    checked = intake.check(put(HEADER + "visits,2020-01,4,9,,\n"))
    assert checked.problems.empty
    assert len(checked.table) == 1


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("measure,numerator,denominator", "period"),
        ("period,numerator,denominator", "measure"),
        ("measure,period,denominator", "numerator"),
        ("measure,period,numerator", "denominator"),
    ],
)
def test_a_missing_column_is_named(put, header, column):
    width = header.count(",") + 1
    found = first(put(header + "\n" + ",".join(["1"] * width) + "\n"))
    assert found[:2] == (1, column)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (HEADER.encode(), "no rows"),
        (HEADER.encode() + b"\n\n", "no rows"),
        (b"PK\x03\x04rest", "a spreadsheet or zip file"),
        (b"\x89PNG\x00\x00", "not a text file"),
        (b"%PDF-1.7", "a PDF"),
        (b'{"a": 1}', "a JSON file"),
        (b"<html>", "a web page"),
        (HEADER.encode() + b"visits,2020-01,4,9,,,,7\n", "more cells than columns in row 2"),
        (b"measure,period,period\na,b,c\n", "two columns named period"),
        (HEADER.encode() + b"visits,2020-01,4,9,," + b"x" * 40_000 + b"\n", "32,000 letters in row 2"),
        (HEADER.encode() + b'visits,2020-01,4,9,,"' + b"x" * 200_000, "cannot be read near row 2"),
        (b",".join(b"c%d" % number for number in range(501)) + b"\n1\n", "more than 500 columns"),
        (
            b"mrn,period,numerator,denominator\n1,2020-01,1,1\n",
            "Column mrn: a medical record number in row 2",
        ),
        (b"First Name,visit\nAda,1\n", "Column First Name: a name in row 2"),
        (HEADER.encode() + b"visits,2020-01,4,9,who,123-45-6789\n", "a social security number in row 2"),
        (HEADER.encode() + b"visits,2020-01,4,9,who,ana@example.org\n", "an e-mail address in row 2"),
    ],
)
def test_a_file_that_cannot_be_read_gets_one_sentence(put, content, words):
    with pytest.raises(Problem, match=words) as found:
        intake.check(put(content))
    assert "Ada" not in str(found.value)
    assert "\n" not in str(found.value)


def test_one_row_per_person_is_seen_from_its_shape(put):
    rows = "".join(f"visits,2020-01,{number % 2},1,,\n" for number in range(12))
    with pytest.raises(
        Problem, match="Column denominator: one row for each person in rows 2, 3, 4, 5, 6 and 7"
    ):
        intake.check(put(HEADER + rows))


PERSONS = """measure,period,numerator,denominator,stratifier,stratum,note,Patient Name
visits,2020-01,4,9,,,,Ada King
visits,2020-02,5,9,,,call 555-010-4477,Ada Lovelace

visits,2020-03,5,9,ZIP3,036,born 3/14/1957,Ada Byron
visits,2020-04,5,9,ZIP3,280,,
"""


def test_what_points_at_a_person_is_listed_in_words_and_nothing_is_stored(book, put):
    path = put(PERSONS)
    with pytest.raises(intake.Refused) as refused:
        intake.load(path, book=book)
    said = str(refused.value)
    assert said == (
        "counts.csv may point at a person, so nothing was kept. Column stratum: a place smaller than a state "
        "in row 5. Column note: a day in a person's life or an age over 89 in row 5. Column note: a phone "
        "number in row 3. Column Patient Name: a name in rows 2, 3 and 5. Count the people where their "
        "records are kept, then bring only the counts."
    )
    problems = refused.value.checked.problems
    assert problems[["row", "column"]].to_numpy().tolist() == [
        *([5, "stratum"], [5, "note"], [3, "note"], [2, "Patient Name"])
    ]
    assert not any(cell in said + problems.to_csv() for cell in ("Ada", "036", "555", "1957"))
    assert book.imports().empty
    assert book.counts("visits").empty
    with pytest.raises(intake.Refused):
        intake.check(path)


def test_many_places_that_point_at_a_person_are_not_all_told(put):
    heads = ["mrn", "ssn", "phone", "fax", "email", "first name", "dob", "address"]
    row = ["7", "899001234", "5550104477", "5550104478", "ana@example.org", "Ana", "1957-03-14", "4 Mill Rd"]
    with pytest.raises(intake.Refused, match=r"There are 3 more such places\. Count the people") as refused:
        intake.check(put(f"{','.join(heads)}\n{','.join(row)}\n"))
    assert len(refused.value.checked.problems) == 8
    assert str(refused.value).count("Column ") == 5


def test_a_file_without_headings_does_not_repeat_the_first_person(put):
    with pytest.raises(
        intake.Refused, match="Column number 2: an e-mail address in the name of the column"
    ) as refused:
        intake.check(put("Ana,ana@example.org\nBen,\n"))
    assert "ana" not in str(refused.value)


@pytest.mark.parametrize(
    "note", ["clinic closed from 2020-03-16", "3 of them moved away", "aged 90 and over"]
)
def test_harmless_notes_and_groups_come_in(book, put, note):
    rows = f"visits,2020-01,40,90,,,{note}\nvisits,2020-01,12,30,age,90+,\nvisits,2020-01,12,30,ZIP3,280,\n"
    assert intake.load(put(HEADER.replace("\n", ",note\n") + rows), book=book).rows == 3


def test_files_that_are_too_large_or_absent(put, tmp_path, monkeypatch):
    monkeypatch.setattr("pophealth.workspace.sheets.MOST_BYTES", 20)
    with pytest.raises(Problem, match="larger than"):
        intake.check(put(HEADER + "visits,2020-01,4,9,,\n"))
    monkeypatch.undo()
    monkeypatch.setattr("pophealth.workspace.sheets.MOST_ROWS", 1)
    with pytest.raises(Problem, match="more than 1 rows"):
        intake.check(put(HEADER + "visits,2020-01,4,9,,\n" * 3))
    with pytest.raises(Problem, match=r"There is no file gone.csv"):
        intake.check(tmp_path / "gone.csv")
    with pytest.raises(Problem, match="is a folder"):
        intake.check(tmp_path)


def test_columns_that_are_not_kept_are_named(put):
    notes = intake.check(put("measure,period,numerator,denominator,clinic\nvisits,2020-01,4,9,north\n")).notes
    assert any("clinic" in note for note in notes)


def test_a_column_asked_for_that_is_not_there(put):
    with pytest.raises(Problem, match=r"has no column deaths\. It has: measure"):
        intake.check(put(HEADER + "visits,2020-01,4,9,,\n"), numerator="deaths")


COUNTS = [path for path in sorted(folder().glob("*.csv")) if "ladder" not in path.stem]


@pytest.mark.parametrize("path", COUNTS, ids=lambda path: path.stem)
def test_every_sample_file_is_clean(path):
    assert intake.check(path).problems.empty


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: (HEADER + text).encode()))
def test_any_bytes_give_a_table_or_one_sentence(put, content):
    said = columns = None
    try:
        columns = list(intake.check(put(content)).problems)
    except Problem as problem:
        said = str(problem)
    assert columns == ["row", "column", "what", "do"] or (said or "").endswith(".")
