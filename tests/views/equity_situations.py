"""Situations that teams meet when they look at groups, each as the reading of a made-up table."""

from collections.abc import Callable

from pophealth.views import equity_words as words
from pophealth.views.equity_words import Reading
from tests.views import grouped
from tests.views.grouped import ALIKE, CRUDE, NAMES

CONTROL = {"by": "language", "name": "Blood pressure control", "better": "higher"}
ENGLISH = CONTROL | {"reference": "English"}
STAYS = {"by": "race", "name": "Stays in hospital", "better": "lower"}
SITES = {"by": "site", "name": "Blood pressure control", "better": "higher", "noun": "site"}
LACK = {"by": "language", "name": "Without control"}


def dots(table=None, **look) -> Reading:
    table = grouped.shares() if table is None else table
    return words.dots_reading(table, **(ENGLISH | {"compared": grouped.gaps()} | look))


def alike(values, **look) -> Reading:
    crude = grouped.stays(CRUDE, **look)
    return words.standardised_reading(grouped.stays(values), crude=crude, **STAYS)


def excess(table) -> Reading:
    return words.excess_reading(table, **LACK)


def close(**changed):
    """Make segments of which luck could explain every gap."""
    table = grouped.segments()
    wide = {"excess_lower": table["excess"] - 90, "excess_upper": table["excess"] + 90}
    return table.assign(**wide, difference_lower=-0.4, difference_upper=0.4, **changed)


WIDE = (0.3, 0.11, 0.2, 0.25, 0.3)
ALL = tuple(NAMES)

SITUATIONS: dict[str, Callable[[], Reading]] = {
    "some behind, one ahead": dots,
    "all within luck": lambda: dots(compared=grouped.gaps(reach=WIDE)),
    "one ahead only": lambda: dots(compared=grouped.gaps((0.01, 0.02, 0.07, 0.02, 0.0))),
    "neither way is good": lambda: dots(better="neither"),
    "lower is better": lambda: dots(better="lower"),
    "ratios": lambda: dots(compared=grouped.ratios()),
    "ratios within luck": lambda: dots(compared=grouped.ratios(reach=(1.5, 1.6, 1.7, 1.9, 2.0))),
    "nothing compared": lambda: dots(reference=None, compared=None),
    "everyone else": lambda: dots(grouped.segments(reference="everyone else"), compared=None, reference=None),
    "reference too small": lambda: dots(grouped.shares(few=("English",))),
    "all too small": lambda: dots(grouped.shares(few=ALL)),
    "one group": lambda: dots(grouped.shares().head(1), reference=None, compared=None),
    "a group without people": lambda: dots(
        grouped.shares(
            reason=["", "", "no people counted", "", "", ""], value=[0.7, 0.56, None, 0.77, 0.5, 0.6]
        )
    ),
    "no groups": lambda: dots(grouped.shares().head(0)),
    "ladder of groups": lambda: words.ladder_bars_reading(grouped.ladder(), by="language"),
    "ladder, one too small": lambda: words.ladder_bars_reading(grouped.ladder(few=["Korean"]), by="language"),
    "ladder, few answers": lambda: words.ladder_bars_reading(
        grouped.ladder(counts={"English": (120, 95, 12), "Spanish": (2, 5, 1), "Korean": (3, 4, 2)}),
        by="language",
    ),
    "ladder of everyone": lambda: words.ladder_bars_reading(grouped.ladder().head(3)),
    "ladder, all answered": lambda: words.ladder_bars_reading(
        grouped.ladder(invited=(227, 201, 73)), by="language"
    ),
    "ladder, all too small": lambda: words.ladder_bars_reading(grouped.ladder(few=["English"]).head(3)),
    "ladder, nobody yet": lambda: words.ladder_bars_reading(grouped.ladder().head(0), by="language"),
    "ages change the first": lambda: alike([700, 740, 520, 480]),
    "ages change the order": lambda: alike([980, 500, 640, 610]),
    "ages change nothing": lambda: alike([980, 640, 420, 500]),
    "ages, one too small": lambda: alike(ALIKE, few=["Asian"]),
    "ages, crude alike": lambda: alike(CRUDE),
    "ages, all too small": lambda: alike(ALIKE, few=["Black", "White", "Asian", "Native"]),
    "excess": lambda: excess(grouped.segments()),
    "excess within luck": lambda: excess(close()),
    "no excess": lambda: excess(grouped.segments().assign(excess=[0, -4, -2, -20, -3, -1], excess_upper=-1)),
    "excess, reference too small": lambda: excess(grouped.segments(few=("English",))),
    "excess, all too small": lambda: excess(grouped.segments(few=ALL, reference="everyone else")),
    "segments": lambda: words.segment_picture_reading(grouped.segments(), **CONTROL),
    "segments parted by luck": lambda: words.segment_picture_reading(close(rank=1), **CONTROL),
    "segments, two first": lambda: words.segment_picture_reading(
        grouped.segments().assign(rank=[5, 1, 3, 6, 1, 3]), **CONTROL
    ),
    "segments, all too small": lambda: words.segment_picture_reading(grouped.segments(few=ALL), **CONTROL),
    "funnel, some outside": lambda: words.funnel_reading(
        grouped.funnel({20: 0.4, 30: 0.75, 35: 0.635}), **SITES
    ),
    "funnel, inner limits only": lambda: words.funnel_reading(grouped.funnel({35: 0.635}), **SITES),
    "funnel, none outside": lambda: words.funnel_reading(grouped.funnel(), **SITES),
    "funnel, one level": lambda: words.funnel_reading(grouped.funnel({20: 0.4}, levels=(0.95,)), **SITES),
    "funnel, one too small": lambda: words.funnel_reading(grouped.funnel({20: 0.4}, few=["Site 1"]), **SITES),
    "funnel, more than luck": lambda: words.funnel_reading(
        grouped.funnel({20: 0.4, 30: 0.75}).assign(dispersion=3.1), **SITES
    ),
    "funnel, all too small": lambda: words.funnel_reading(
        grouped.funnel(few=["Site 1", "Site 2"], sites=2), **SITES
    ),
}
