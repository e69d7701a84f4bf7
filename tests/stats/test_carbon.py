"""Carbon: amount times factor, by period, per contact, and what must be there before a number is given."""

import pandas as pd
import pytest

from pophealth.stats import carbon

CAR, CLINIC = "visit by car", "clinic visit"


def done():
    rows = [
        ("2020-11-01", CAR, 300, "km", 20),
        ("2020-11-01", CLINIC, 10, "visits", 10),
        ("2021-01-01", CAR, 100, "km", 10),
        ("2021-01-01", CAR, 50, "km", 5),
        ("2021-01-01", CLINIC, 15, "visits", 15),
    ]
    table = pd.DataFrame(rows, columns=["period", "activity", "amount", "unit", "contacts"])
    return table.assign(period=pd.to_datetime(table["period"]))


def factors():
    rows = [(CAR, 0.2, 0.1, 0.4, "km", "made up", 2020), (CLINIC, 3, 2, 5, "visits", "made up", 2020)]
    return pd.DataFrame(rows, columns=["activity", "factor", "lower", "upper", "unit", "source", "year"])


def test_amount_times_factor_with_its_range():
    found = carbon.footprint(done(), factors(), contacts="contacts").set_index(["period", "activity"])
    november = found.loc[(pd.Timestamp("2020-11-01"), CAR)]
    assert november[["kg", "lower", "upper", "contacts", "per_contact"]].tolist() == [60, 30, 120, 20, 3]
    assert found.loc[(pd.Timestamp("2021-01-01"), CAR), "kg"] == 30
    assert found["source"].eq("made up").all()


def test_periods_add_up_and_are_told_per_contact():
    found = carbon.total(carbon.footprint(done(), factors(), contacts="contacts"))
    assert found["kg"].tolist() == [90, 75]
    assert found["lower"].tolist() == [50, 45]
    assert found["contacts"].tolist() == [30, 30]
    assert found["per_contact_upper"].round(3).tolist() == [5.667, 4.5]


def test_where_nobody_was_met_there_is_no_figure_per_contact():
    table = done().assign(contacts=[20, 10, 0, 0, None])
    found = carbon.total(carbon.footprint(table, factors(), contacts="contacts"))
    assert found["per_contact"].isna().tolist() == [False, True]


def test_a_factor_without_range_leaves_the_sum_without_range():
    open_ended = factors().assign(lower=[None, 2], upper=[None, 5])
    found = carbon.total(carbon.footprint(done(), open_ended))
    assert found["kg"].notna().all()
    assert found[["lower", "upper"]].isna().all(axis=None)


def test_each_period_takes_the_factor_in_force_in_its_year():
    newer = pd.concat([factors(), factors().head(1).assign(factor=0.1, year=2021)])
    found = carbon.footprint(done(), newer).set_index(["period", "activity"])
    assert found.loc[(pd.Timestamp("2020-11-01"), CAR), ["factor", "year"]].tolist() == [0.2, 2020]
    assert found.loc[(pd.Timestamp("2021-01-01"), CAR), ["factor", "year"]].tolist() == [0.1, 2021]
    assert not carbon.compare(found.reset_index(), since=pd.Timestamp("2021-01-01"))["same_factors"].any()


def test_before_and_after_lie_side_by_side():
    rows = carbon.footprint(done(), factors(), contacts="contacts")
    found = carbon.compare(rows, since=pd.Timestamp("2021-01-01")).set_index("measure")
    assert found.loc["kg", ["before", "after", "change", "lower", "upper"]].tolist() == [90, 75, -15, -35, -5]
    assert found.loc["kg a contact", "change"] == -0.5
    assert found["same_factors"].all()
    with pytest.raises(ValueError, match="no period before"):
        carbon.compare(rows, since=pd.Timestamp("2020-11-01"))


@pytest.mark.parametrize(
    ("activities", "known", "says"),
    [
        (done().replace(CAR, "bus"), factors(), "“bus” has no factor. Add one with its source and year."),
        (done(), factors().assign(year=2021), "“visit by car” has no factor for its first periods."),
        (
            done().replace("km", "miles"),
            factors(),
            "“visit by car” is not counted in the unit of its factor.",
        ),
        (done().assign(amount=-1), factors(), "“visit by car” has an amount below 0."),
        (done().assign(amount=[None, 1, 1, 1, 1]), factors(), "“visit by car” has no amount."),
        (done(), factors().assign(source=["made up", " "]), "“clinic visit” has a factor without a source."),
        (done(), factors().assign(year=[2020, None]), "“clinic visit” has a factor without a year."),
        (done(), factors().assign(upper=0.15), "“visit by car” has a factor outside its own range."),
        (done(), pd.concat([factors()] * 2), "“visit by car” has two factors for one year."),
        (done().drop(columns="unit"), factors(), "column 'unit' is not in the table"),
    ],
)
def test_what_is_missing_is_said_in_one_sentence_that_names_the_activity(activities, known, says):
    with pytest.raises(ValueError, match=says):
        carbon.footprint(activities, known)


def test_tables_keep_as_they_were_and_rows_may_come_in_any_order():
    activities, known = done(), factors()
    before = activities.copy(), known.copy()
    found = carbon.footprint(activities, known)
    pd.testing.assert_frame_equal(activities, before[0])
    pd.testing.assert_frame_equal(known, before[1])
    mixed = carbon.footprint(activities.iloc[::-1], known.iloc[::-1])
    pd.testing.assert_frame_equal(carbon.total(mixed), carbon.total(found))
