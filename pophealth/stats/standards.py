"""Standard populations: how many people of each age a standard counts, with its source."""

from typing import NamedTuple

import pandas as pd

from pophealth.stats.intervals import chosen


class Standard(NamedTuple):
    """A standard population: age bands and the people in each."""

    title: str
    source: str
    bands: tuple[str, ...]
    population: tuple[int, ...]


_FIVE_YEARS = tuple(f"{age}-{age + 4}" for age in range(5, 85, 5))
_TEN_YEARS = tuple(f"{age}-{age + 9}" for age in range(5, 85, 10))

STANDARDS = {
    "us2000_19": Standard(
        title="United States 2000, 19 age groups",
        source="National Cancer Institute, SEER: 2000 U.S. standard million (Census P25-1130), 19 age groups",
        bands=("<1", "1-4", *_FIVE_YEARS, "85+"),
        population=(
            *(13_818, 55_317, 72_533, 73_032, 72_169, 66_478, 64_529, 71_044, 80_762, 81_851),
            *(72_118, 62_716, 48_454, 38_793, 34_264, 31_773, 26_999, 17_842, 15_508),
        ),
    ),
    "us2000_11": Standard(
        title="United States 2000, 11 age groups",
        source=(
            "R. N. Anderson and H. M. Rosenberg, Age Standardization of Death Rates, National Vital "
            "Statistics Reports 47(3), National Center for Health Statistics, 1998: standard million"
        ),
        bands=("<1", "1-4", *_TEN_YEARS, "85+"),
        population=(
            *(13_818, 55_317, 145_565, 138_646, 135_573, 162_613),
            *(134_834, 87_247, 66_037, 44_842, 15_508),
        ),
    ),
    "esp2013": Standard(
        title="European Standard Population 2013",
        source="Eurostat, Revision of the European Standard Population, 2013 edition, doi:10.2785/11470",
        bands=("0-4", *_FIVE_YEARS, "85-89", "90+"),
        population=(
            *(5_000, 5_500, 5_500, 5_500, 6_000, 6_000, 6_500, 7_000, 7_000, 7_000),
            *(7_000, 6_500, 6_000, 5_500, 5_000, 4_000, 2_500, 1_500, 1_000),
        ),
    ),
}


def standard(name: str) -> pd.DataFrame:
    """Give a standard population as a table.

    Rates that were adjusted to different standards cannot be held against each other: name the standard
    beside every adjusted rate.

    Parameters
    ----------
    name : str
        ``us2000_19``, ``us2000_11`` or ``esp2013``.

    Returns
    -------
    DataFrame
        ``age_band`` and ``population``; ``.attrs`` holds ``name``, ``title`` and ``source``.

    Raises
    ------
    ValueError
        If there is no such standard.

    Notes
    -----
    The two American tables are not sums of each other: rounding to a million puts 138,646 people in 15-24
    and 44,842 in 75-84 into the table of 11 groups, and 138,647 and 44,841 into that of 19.

    Examples
    --------
    >>> standard("esp2013").tail(2)
       age_band  population
    17    85-89        1500
    18      90+        1000
    >>> standard("us2000_19")["population"].sum()
    np.int64(1000000)
    """
    known = chosen(STANDARDS, name, "standard")
    table = pd.DataFrame({"age_band": known.bands, "population": known.population})
    table.attrs = {"name": name, "title": known.title, "source": known.source}
    return table
