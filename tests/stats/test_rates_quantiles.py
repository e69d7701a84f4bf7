import numpy as np
import pandas as pd
import pytest

from pophealth.stats import rates
from tests.stats import rates_by_hand


def values(numbers, **more):
    return pd.DataFrame({"value": numbers, **more})


@pytest.mark.parametrize("first", ["highest", "lowest"])
@pytest.mark.parametrize("groups", [2, 3, 5, 10])
@pytest.mark.parametrize("size", [10, 23, 388])
def test_areas_are_put_into_groups_as_worked_out_by_hand(first, groups, size):
    numbers = np.random.default_rng([size, groups]).integers(0, size, size) / 4
    found = rates.quantile(values(numbers), groups=groups, first=first)
    assert found["quantile"].tolist() == rates_by_hand.quantile(numbers.tolist(), groups, first)
    assert found["reason"].eq("").all()


@pytest.mark.parametrize(("size", "groups"), [(388, 20), (60, 7), (100, 10), (49, 7)])
def test_group_one_holds_the_highest_and_rounding_moves_no_area(size, groups):
    found = rates.quantile(values(range(size)), groups=groups)["quantile"].to_numpy()
    assert found[-1] == 1
    assert found[0] == groups
    assert set(np.bincount(found)[1:]) <= {size // groups, -(-size // groups)}
    assert (np.diff(found) <= 0).all()


def test_an_area_at_the_edge_of_a_group_is_put_by_whole_numbers():
    found = rates.quantile(values(range(388)), groups=20)["quantile"]
    at = 388 - 98  # the place of rank 98, counted from the highest
    assert (388 + 1 - 98) / (388 / 20) > 15  # what should be 15 divides to a little more
    assert found[at] == 20 + 1 - 15


def test_areas_of_equal_value_stay_together_even_if_a_group_is_empty():
    found = rates.quantile(values([1, 1, 1, 1, 9]), groups=5)
    assert found["quantile"].tolist() == [2, 2, 2, 2, 1]
    other = rates.quantile(values([1, 1, 1, 1, 9]), groups=5, first="lowest")
    assert other["quantile"].tolist() == [1, 1, 1, 1, 5]


def test_rows_keep_their_places_and_what_is_missing_has_a_reason():
    table = values([4, None, 2, 9, 8, 1], place=["n", "n", "n", "s", "s", None]).set_index([list("abcdef")])
    before = table.copy(deep=True)
    found = rates.quantile(table, groups=2, by="place")
    assert list(found.index) == list("abcdef")
    assert found["quantile"].fillna(0).tolist() == [1, 0, 2, 1, 2, 0]
    assert found["reason"].tolist() == ["", "no value", "", "", "", "too few areas for 2 groups: 1"]
    assert np.isnan(np.asarray(found["quantile"], dtype=float)).sum() == 2
    pd.testing.assert_frame_equal(table, before)
    assert rates.quantile(table.iloc[:0], groups=2).empty


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"groups": 1}, "groups is 1; give a whole number from 2, such as 5 for fifths"),
        ({"groups": 2.5}, "groups is 2.5; give a whole number from 2"),
        ({"groups": 5, "first": "top"}, "first is 'top'; choose highest or lowest"),
        ({"groups": 5, "value": "score"}, "column 'score' is not in the table"),
    ],
)
def test_bad_input_is_one_clear_sentence(asked, sentence):
    with pytest.raises(ValueError, match=sentence):
        rates.quantile(values([1, 2]), **asked)
