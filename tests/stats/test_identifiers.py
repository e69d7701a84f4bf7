"""What points at a person: planted cells are found, clean counts are left in peace."""

from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from pophealth.stats.identifiers import CLASSES, find_identifiers
from pophealth.stats.privacy import find_identifiers as at_the_public_place
from tests.stats import planted

SAMPLES = sorted(Path(__file__).parents[2].glob("data/samples/*.csv"))
LAYOUT = planted.LAYOUT


def found(table):
    """Which classes were found in which cell."""
    cells = defaultdict(set)
    for column, held, rows, count, _ in find_identifiers(table).itertuples(index=False):
        assert len(rows) == count
        for row in rows:
            cells[column, row].add(held)
    return cells


def counts(**columns):
    size = len(next(iter(columns.values())))
    told = dict.fromkeys(LAYOUT, [""] * size)
    told |= {"measure": ["falls"] * size, "numerator": [40] * size, "denominator": [200] * size}
    told["period"] = [f"20{year}-01" for year in range(10, 10 + size)]
    return pd.DataFrame(told | columns)


def classes(table):
    return sorted(set(find_identifiers(table)["class"]))


def test_planted_cells_are_found():
    there, seen = Counter(), Counter()
    files = list(planted.files())
    for table, put in files:
        cells = found(table)
        there.update(put.values())
        seen.update(kind for place, kind in put.items() if kind in cells[place])
    assert len(files) == 50
    assert sum(there.values()) >= 500
    assert set(there) == set(CLASSES) - {"one row a person"}
    assert len(there) == 18
    assert seen["name"] / there["name"] >= 0.90
    patterned = sum(there.values()) - there["name"]
    assert (sum(seen.values()) - seen["name"]) / patterned >= 0.98


def test_clean_counts_are_left_in_peace():
    luck = np.random.default_rng(7)
    samples = [pd.read_csv(path, dtype=str, keep_default_na=False) for path in SAMPLES]
    tables = samples + [planted.clean(luck) for _ in range(50 - len(SAMPLES))]
    alarms = [find_identifiers(table) for table in tables]
    assert sum(len(each) > 0 for each in alarms) <= 1
    assert not any(len(each) for each in alarms[: len(SAMPLES)])
    assert len(SAMPLES) >= 12


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_samples_read_as_numbers_are_clean_too(path):
    assert find_identifiers(pd.read_csv(path)).empty


def test_the_answer_never_shows_a_cell():
    for table, put in list(planted.files(3))[::5]:
        said = find_identifiers(table).drop(columns="rows").to_csv()
        told = [str(table.loc[row, column]) for column, row in put]
        assert not [cell for cell in told if len(cell) > 3 and cell in said]


def test_the_answer_names_column_class_rows_and_why():
    table = counts(note=["", "call 555-010-4477", "", "fax 555-010-4478"]).assign(
        MRN=[81, 100482, None, 100483]
    )
    before = table.copy(deep=True)
    answer = find_identifiers(table)
    assert list(answer.columns) == ["column", "class", "rows", "count", "why"]
    assert answer[["column", "class", "rows"]].to_numpy().tolist() == [
        ["note", "phone", (1,)],
        ["note", "fax", (3,)],
        ["MRN", "medical record number", (0, 1, 3)],
    ]
    assert answer["why"].str.fullmatch(r"[A-Z][^.]+\.").all()
    pd.testing.assert_frame_equal(table, before)
    assert at_the_public_place is find_identifiers


@pytest.mark.parametrize("note", planted.NOTES)
def test_harmless_notes(note):
    assert find_identifiers(counts(note=[note] * 3)).empty


@pytest.mark.parametrize(
    ("stratifier", "stratum", "clean"),
    [
        ("ZIP3", "280", True),
        ("ZIP3", "036", False),
        ("ZIP3", 36, False),
        ("zip code", "27514", False),
        ("ZIP3 x language", "692 x Spanish", False),
        ("ZIP3 x language", "691 x Spanish", True),
        ("county", "37063", True),
        ("age", "90+", True),
        ("age", "90 and over", True),
        ("age", "85-94", True),
        ("age", "93", False),
        ("room", "93", True),
    ],
)
def test_places_and_ages_as_groups(stratifier, stratum, clean):
    table = counts(stratifier=["", stratifier], stratum=["", stratum])
    assert find_identifiers(table).empty is clean
    assert set(found(table)) == (set() if clean else {("stratum", 1)})


def test_zip_columns_that_lost_a_zero():
    assert found(pd.DataFrame({"zip3": [36, 280, 59], "people": 100}))["zip3", 2] == {"place"}
    assert set(found(pd.DataFrame({"zip3": [36, 280, 59], "people": 100}))) == {("zip3", 0), ("zip3", 2)}
    assert classes(pd.DataFrame({"ZIP": [3755.0, None, 27514.0], "n": 9})) == ["place"]


def test_ages_over_89():
    assert set(found(pd.DataFrame({"age": [42, 89, 90, 101], "n": 30}))) == {("age", 2), ("age", 3)}
    for header in ("mean age", "age group", "people aged 90", "age standardized rate"):
        assert find_identifiers(pd.DataFrame({header: [91, 95], "n": 30})).empty, header


def test_days_of_groups_are_no_days_of_people():
    days = [f"2020-03-{day:02d}" for day in range(1, 21)]
    assert find_identifiers(pd.DataFrame({"date": days, "births": range(20), "deaths": 1})).empty
    assert find_identifiers(pd.DataFrame({"visit date": days, "patients": range(20)})).empty
    assert find_identifiers(pd.DataFrame({"admission date": days, "admissions": range(20)})).empty
    assert find_identifiers(counts(period=days)).empty
    assert find_identifiers(counts(period=pd.to_datetime(days))).empty
    assert classes(counts(period=days).assign(admission_date=days)) == ["date or age"]
    assert classes(counts(period=days).assign(**{"Date of birth": pd.to_datetime(days)})) == ["date or age"]


def test_a_row_for_each_person_is_seen_from_its_shape():
    size = 15
    ages, days = list(range(20, 20 + size)), pd.date_range("2021-01-01", periods=size)
    assert classes(pd.DataFrame({"age": ages, "when": days})) == ["date or age", "one row a person"]
    assert classes(pd.DataFrame({"age": ages, "sex": "f", "a1c": 7.2})) == ["one row a person"]
    assert find_identifiers(pd.DataFrame({"age": ages, "sex": "f", "population": 5000})).empty
    assert find_identifiers(pd.DataFrame({"age": ["18-44", "45+"], "sex": "f", "score": 3.5})).empty
    codes = [f"RB-{number}" for number in range(4000, 4000 + size)]
    people = pd.DataFrame({"tag": codes, "when": days, "town": "Alder", "a1c": 7.2})
    assert found(people)["tag", 3] == {"other code"}
    assert found(people)["when", 3] == {"date or age"}
    assert found(people)["town", 3] == {"place"}
    assert find_identifiers(pd.DataFrame({"site": codes, "n": 120})).empty
    assert classes(counts(numerator=[1, 0] * 6, denominator=[1] * 12)) == ["one row a person"]
    assert find_identifiers(counts(numerator=[1, 0] * 5, denominator=[1] * 10)).empty


@pytest.mark.parametrize(
    "header",
    [
        *("measure_name", "clinic name", "team name", "County name", "number of e-mails", "phone visits"),
        *("Photo ID checks", "device days", "patient days", "members", "licensed beds", "plan type"),
        *("name changes", "total", "percent", "language", "classname", "insurance", "first quarter"),
    ],
)
def test_headers_that_promise_nothing(header):
    cells = ["North Clinic", "South Clinic"] if header.lower().endswith("name") else [1204, 980]
    assert find_identifiers(pd.DataFrame({"period": ["2020-01", "2020-02"], header: cells, "n": 40})).empty


def test_a_running_number_beside_counts_is_no_code():
    assert find_identifiers(counts(note=[""] * 5).assign(id=range(1, 6))).empty
    assert classes(counts(note=[""] * 5).assign(id=[7, 19, 4, 88, 2])) == ["other code"]


def test_a_header_that_is_itself_a_person():
    table = pd.DataFrame({"falls": [1], "ana@example.org": ["x"]})
    answer = find_identifiers(table).iloc[0]
    assert answer[["column", "class", "rows", "count"]].tolist() == ["number 2", "e-mail", (), 0]
    assert "ana" not in answer["why"]


def test_odd_tables():
    for table in (pd.DataFrame(), counts(note=["x"]).iloc[:0], pd.DataFrame({"a": [None, None]})):
        answer = find_identifiers(table)
        assert answer.empty
        assert list(answer.columns) == ["column", "class", "rows", "count", "why"]
    twice = pd.DataFrame([["fine", "ana@example.org"]], columns=["note", "note"])
    assert find_identifiers(twice)["column"].tolist() == ["note"]
    assert find_identifiers(pd.DataFrame({2020: ["x"], None: ["y"]})).empty
    assert found(pd.DataFrame({"note": [["ana@example.org"], None, {}]}))["note", 0] == {"e-mail"}
    kinds = pd.Series(["ana@example.org", "by mail"], dtype="category")
    assert find_identifiers(pd.DataFrame({"note": kinds}))["rows"].tolist() == [(0,)]
    with pytest.raises(ValueError, match="table is a list; give a pandas DataFrame"):
        find_identifiers([["ana"]])  # pyright: ignore[reportArgumentType]


def test_a_long_cell_does_not_hold_anybody_up():
    for letters in ("a", "1", "a.", "1-", " A1", "@", "-"):
        assert find_identifiers(counts(note=[letters * (16_000 // len(letters))] * 2)) is not None
