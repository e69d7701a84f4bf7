"""What the made-up teams count: how many people a month, in which groups, and what changes when."""

from typing import NamedTuple

LANGUAGE = "language"
RACE = "race and ethnicity"
AGE = "age"
ZIP3 = "ZIP3"

SPANISH, ENGLISH, PORTUGUESE, SOMALI, OTHER = "Spanish", "English", "Portuguese", "Somali", "another language"
WHITE, BLACK, LATINO, ASIAN = "White", "Black", "Hispanic or Latino", "Asian"
MORE = "another or more than one"


class Effect(NamedTuple):
    """A change in how often something happens, in percentage points; blank groups mean everyone."""

    points: float
    since: str = "1800-01"
    until: str = "2999-12"
    stratifier: str = ""
    stratum: str = ""


class Plan(NamedTuple):
    """One measure of one team as its numbers are drawn; `draw` picks one of many equal fates.

    Months differ by up to `sway` points either way. Of people who are `the_same`, one in eight is asked anew.
    """

    team: str
    measure: str
    first: str
    people: int
    chance: float
    effects: tuple[Effect, ...] = ()
    last: str = "2021-05"
    languages: tuple[tuple[str, int], ...] = ()
    races: tuple[tuple[str, tuple[tuple[str, int], ...]], ...] = ()
    ages: tuple[tuple[str, int], ...] = ()
    places: tuple[tuple[str, int], ...] = ()
    missing: tuple[str, ...] = ()
    spring_2020: float = -9.0
    sway: float = 0.0
    the_same: bool = False
    draw: int = 0


def _at(language: str, points: float, since: str = "1800-01") -> Effect:
    return Effect(points, since, stratifier=LANGUAGE, stratum=language)


_ADULTS = (("18-44", 31), ("45-64", 42), ("65 and over", 27))
_EVERY_AGE = (("under 18", 24), ("18-44", 36), ("45-64", 26), ("65 and over", 14))
_MIXED = (
    (ENGLISH, ((WHITE, 56), (BLACK, 30), (MORE, 14))),
    (SPANISH, ((LATINO, 1),)),
    (PORTUGUESE, ((WHITE, 46), (BLACK, 22), (MORE, 32))),
    (OTHER, ((WHITE, 30), (MORE, 70))),
)
_THREE = (
    (ENGLISH, ((WHITE, 68), (BLACK, 32))),
    (SPANISH, ((LATINO, 1),)),
    (PORTUGUESE, ((WHITE, 50), (BLACK, 50))),
    (SOMALI, ((BLACK, 1),)),
)

PLANS: tuple[Plan, ...] = (
    Plan(
        team="gull-harbor",
        draw=10,
        measure="bp-control",
        first="2019-01",
        people=640,
        chance=70,
        effects=(_at(SPANISH, -14), _at(OTHER, -6), _at(SPANISH, 14.5, "2020-09")),
        languages=((ENGLISH, 46), (SPANISH, 40), (OTHER, 14)),
        races=_MIXED,
        ages=_ADULTS,
        places=(("282", 48), ("280", 34), ("281", 18)),
    ),
    Plan("gull-harbor", "calls-in-language", "2020-09", 96, 42, (Effect(24, "2021-01"),)),
    Plan("gull-harbor", "home-cuff", "2019-06", 120, 31, missing=("2020-04",)),
    Plan("gull-harbor", "long-wait", "2019-01", 410, 18, spring_2020=-4),
    Plan(
        team="prairie-rose",
        draw=2,
        measure="first-visit-kept",
        first="2018-12",
        people=900,
        chance=74,
        effects=(
            *(_at(SPANISH, -9), _at(PORTUGUESE, -17)),
            *(_at(SPANISH, 9, "2020-11"), _at(PORTUGUESE, 15, "2020-11"), _at(ENGLISH, 2, "2020-11")),
        ),
        languages=((ENGLISH, 36), (SPANISH, 38), (PORTUGUESE, 26)),
        races=_MIXED,
        ages=_EVERY_AGE,
        places=(("641", 52), ("640", 27), ("661", 21)),
    ),
    Plan("prairie-rose", "reminder-reached", "2020-10", 230, 57, (Effect(14, "2021-01"),)),
    Plan("prairie-rose", "third-next", "2019-03", 96, 63, missing=("2020-04", "2020-05")),
    Plan("prairie-rose", "desk-overtime", "2019-01", 84, 21, spring_2020=5),
    Plan(
        "prairie-rose",
        "felt-welcome",
        "2020-01",
        110,
        72,
        missing=("2020-03", "2020-04", "2020-05", "2020-06"),
    ),
    Plan(
        team="st-brigid",
        draw=1,
        measure="seen-in-7-days",
        first="2019-01",
        people=900,
        chance=61,
        effects=(
            *(Effect(-9, stratifier=RACE, stratum=BLACK), Effect(-5, stratifier=RACE, stratum=LATINO)),
            Effect(14, "2020-12", stratifier=RACE, stratum=WHITE),
            Effect(6, "2020-12", stratifier=RACE, stratum=LATINO),
        ),
        languages=((ENGLISH, 86), (SPANISH, 14)),
        races=_THREE,
        ages=(("18-44", 17), ("45-64", 34), ("65 and over", 49)),
        places=(("432", 55), ("430", 28), ("431", 17)),
        missing=("2020-04",),
    ),
    Plan(
        "st-brigid", "booked-before-home", "2019-07", 150, 38, (Effect(19, "2020-12"),), missing=("2020-04",)
    ),
    Plan("st-brigid", "back-in-30-days", "2019-01", 300, 16, spring_2020=-3),
    Plan("st-brigid", "falls-on-wards", "2019-01", 1450, 0.4, spring_2020=0),
    Plan(
        team="northlake",
        draw=159,
        measure="a1c-below-9",
        first="2019-01",
        people=420,
        chance=64,
        effects=(_at(SPANISH, -10), _at(SOMALI, -13), Effect(2, "2021-02")),
        languages=((ENGLISH, 63), (SPANISH, 20), (SOMALI, 17)),
        races=_THREE,
        ages=_ADULTS,
        places=(("554", 61), ("551", 39)),
    ),
    Plan("northlake", "eye-check", "2019-01", 160, 47),
    Plan("northlake", "messages-opened", "2019-01", 4200, 58, spring_2020=0, sway=5),
    Plan("northlake", "plan-in-own-words", "2020-10", 75, 33),
    Plan(
        team="alder-valley",
        measure="food-asked",
        first="2019-01",
        people=95,
        chance=41,
        effects=(_at(SPANISH, -8),),
        languages=((ENGLISH, 68), (SPANISH, 32)),
        ages=(("under 45", 48), ("45 and over", 52)),
        places=(("972", 70), ("973", 30)),
        spring_2020=-14,
    ),
    Plan("alder-valley", "food-box-home", "2020-09", 22, 45),
    Plan("alder-valley", "food-lasted", "2019-01", 140, 46, spring_2020=-6, the_same=True),
    Plan("alder-valley", "left-before-seen", "2019-01", 780, 5, spring_2020=-1),
    Plan(
        team="lowland",
        measure="shots-by-two",
        first="2019-01",
        people=480,
        chance=71,
        effects=(_at(SPANISH, -5), _at(PORTUGUESE, -7), Effect(-13, "2021-02")),
        languages=((ENGLISH, 57), (SPANISH, 29), (PORTUGUESE, 14)),
        races=_THREE,
        ages=(("first child", 41), ("second or later child", 59)),
        places=(("336", 44), ("335", 33), ("337", 23)),
    ),
    Plan("lowland", "ride-offered", "2020-10", 48, 37),
    Plan("lowland", "well-visit-15", "2019-01", 240, 66, (Effect(-6, "2021-02"),)),
    Plan("lowland", "nurse-line-wait", "2019-04", 350, 12, missing=("2020-03", "2020-04"), spring_2020=0),
    Plan("two-forks", "asked-about-mood", "2021-04", 44, 58, languages=((ENGLISH, 81), (SPANISH, 19))),
    Plan("two-forks", "phone-visit-works", "2020-11", 52, 61),
    Plan("two-forks", "mile-wait", "2020-09", 38, 29, missing=("2020-12", "2021-01")),
)

PAST_YEAR = (("lowland", "shots-past-year", "shots-by-two"),)
"""Measures that add up the last twelve months of another one: team, measure, the other."""
