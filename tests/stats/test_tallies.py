import numpy as np
import pandas as pd
import pytest

from pophealth.stats import tallies

KINDS = {
    "sorted text": pd.Series(["a", "a", "b", "b", "c"]),
    "rising text": pd.Series(list("abcde")),
    "rising text with a gap": pd.Series(["a", "b", None, "d", "e"]),
    "rising numbers": pd.Series([1.5, 2, 3, 4, np.nan]),
    "mixed text": pd.Series(["b", "a", "b", None, "a"]),
    "numbers": pd.Series([2, 1, 1, 2, 2]),
    "numbers with gaps": pd.Series([2.0, np.nan, np.nan, 1, 2]),
    "numbers that may be missing": pd.Series([2, None, None, 1, 2], dtype="Int64"),
    "text and numbers": pd.Series(["a", 1, 1, None, "a"], dtype=object),
    "categories": pd.Series(["b", "a", "b", None, "a"], dtype="category"),
    "dates": pd.Series(pd.to_datetime(["2021-02-01", "2021-01-01", "2021-01-01", None, "2021-02-01"])),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("more", [[], ["site"]])
def test_groups_are_numbered_as_pandas_numbers_them(kind, more):
    table = pd.DataFrame({"group": KINDS[kind], "site": [1, 1, 2, 2, 2]})
    grouped = table.groupby(["group", *more], dropna=False, observed=True)
    number, labels = tallies.groups(table, ["group", *more])
    assert number.tolist() == grouped.ngroup().tolist()
    shown = labels.iloc[number].reset_index(drop=True)
    pd.testing.assert_frame_equal(shown, table[["group", *more]])


def test_no_columns_make_one_group_and_no_rows_make_none():
    table = pd.DataFrame({"group": ["a", "b"]})
    assert tallies.groups(table, [])[0].tolist() == [0, 0]
    assert len(tallies.groups(table.iloc[:0], [])[1]) == 0
    assert len(tallies.groups(table.iloc[:0], ["group"])[1]) == 0


def test_a_column_of_lists_tells_no_groups_apart():
    with pytest.raises(ValueError, match="column 'group' holds lists, which tell no series apart"):
        tallies.groups(pd.DataFrame({"group": [["a"], ["b"]]}), ["group"])
    with pytest.raises(ValueError, match="by names column 'value', which the result fills itself"):
        tallies.groups(pd.DataFrame({"value": [1, 2]}), ["value"])


def test_sums_leave_out_rows_that_lack_a_count_or_people():
    table = pd.DataFrame({"group": list("aaab"), "seen": [1, None, 5, 3], "all": [9, 9, 0, None]})
    found = tallies.tally(table, ["group"], ["seen", "all"])
    assert found["seen"].fillna(-1).tolist() == [1, -1]
    assert found["all"].fillna(-1).tolist() == [9, -1]
