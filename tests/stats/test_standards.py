import pandas as pd
import pytest

from pophealth.stats import age_bands, standards


@pytest.mark.parametrize(
    ("name", "bands", "total", "first", "last"),
    [
        ("us2000_19", 19, 1_000_000, ("<1", 13_818), ("85+", 15_508)),
        ("us2000_11", 11, 1_000_000, ("<1", 13_818), ("85+", 15_508)),
        ("esp2013", 19, 100_000, ("0-4", 5_000), ("90+", 1_000)),
    ],
)
def test_a_standard_has_its_bands_and_its_total(name, bands, total, first, last):
    found = standards.standard(name)
    assert len(found) == bands
    assert found["population"].sum() == total
    assert tuple(found.iloc[0]) == first
    assert tuple(found.iloc[-1]) == last
    assert found.attrs["name"] == name
    assert found.attrs["source"]
    assert found.attrs["title"]


def test_the_american_tables_differ_where_their_source_rounds():
    fine, coarse = (standards.standard(name)["population"].tolist() for name in ("us2000_19", "us2000_11"))
    pairs = fine[:2] + [fine[at] + fine[at + 1] for at in range(2, 18, 2)] + fine[18:]
    other = {
        band: (ours, theirs)
        for band, ours, theirs in zip(standards.standard("us2000_11")["age_band"], pairs, coarse, strict=True)
        if ours != theirs
    }
    assert other == {"15-24": (138_647, 138_646), "75-84": (44_841, 44_842)}


def test_bands_follow_each_other_without_a_gap():
    for name in standards.STANDARDS:
        spans = [age_bands.span(band) for band in standards.standard(name)["age_band"]]
        assert spans[0][0] == 0
        assert spans[-1][1] is None
        assert [first for first, _ in spans[1:]] == [last + 1 for _, last in spans[:-1] if last is not None]


def test_an_unknown_standard_is_one_clear_sentence():
    with pytest.raises(ValueError, match="no standard 'who'; choose one of us2000_19, us2000_11, esp2013"):
        standards.standard("who")


@pytest.mark.parametrize(
    ("written", "band"),
    [
        *(
            ("5-9", "5-9"),
            ("5 to 9", "5-9"),
            ("5–9 years", "5-9"),
            ("05-09", "5-9"),
            (5, "5-9"),
            (5.0, "5-9"),
        ),
        *(("85+", "85+"), ("85 and over", "85+"), ("85 or older", "85+"), ("85 +", "85+"), ("85plus", "85+")),
        *(("<1", "<1"), ("under 1", "<1"), ("0", "<1"), ("1 - 4", "1-4"), ("age group 10", "10-14")),
    ],
)
def test_a_band_is_found_in_every_way_it_is_written(written, band):
    bands = standards.STANDARDS["us2000_19"].bands
    place = age_bands.positions(pd.Series([written]), bands, name="age", of="us2000_19")
    assert bands[place[0]] == band


@pytest.mark.parametrize("written", ["0-4", "5-14", "all ages", "90+", "7", "", "-3"])
def test_what_is_no_band_is_one_clear_sentence(written):
    bands = standards.STANDARDS["us2000_19"].bands
    with pytest.raises(ValueError, match=r"which is no age band of us2000_19; its bands are <1, 1-4, 5-9"):
        age_bands.positions(pd.Series(["85+", written]), bands, name="age", of="us2000_19")


def test_a_blank_band_is_named_by_its_row():
    with pytest.raises(ValueError, match="column 'age' is blank in row 1"):
        age_bands.positions(pd.Series(["85+", None]), ["85+"], name="age", of="ours")


def test_bands_of_ones_own_are_found_as_they_stand():
    place = age_bands.positions(pd.Series(["old ", "young"]), ["young", "old"], name="age", of="ours")
    assert place.tolist() == [1, 0]
