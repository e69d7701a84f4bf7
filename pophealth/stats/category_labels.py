"""Race, ethnicity and language as people are asked: the groups of each form, and other ways to write them."""

from typing import NamedTuple


class Scheme(NamedTuple):
    """A way of asking: the groups of the question, those of a second question, and where it comes from."""

    groups: tuple[str, ...]
    second: tuple[str, ...]
    source: str


HISPANIC = "Hispanic or Latino"
NOT_HISPANIC = "Not Hispanic or Latino"
MULTIRACIAL = "Multiracial"
NOT_RECORDED = "not recorded"
DECLINED = "declined"
UNKNOWN = (NOT_RECORDED, DECLINED)
ANOTHER_LANGUAGE = "another language"

SCHEMES = {
    "spd15-2024": Scheme(
        (
            "American Indian or Alaska Native",
            "Asian",
            "Black or African American",
            HISPANIC,
            "Middle Eastern or North African",
            "Native Hawaiian or Pacific Islander",
            "White",
        ),
        (),
        "U.S. Office of Management and Budget, Statistical Policy Directive No. 15, 2024; in force since "
        "March 28, 2024, and federal data follow it by March 28, 2029",
    ),
    "spd15-1997": Scheme(
        (
            "American Indian or Alaska Native",
            "Asian",
            "Black or African American",
            "Native Hawaiian or Pacific Islander",
            "White",
        ),
        (HISPANIC, NOT_HISPANIC),
        "U.S. Office of Management and Budget, Statistical Policy Directive No. 15, 1997; there the fourth "
        "group is called Native Hawaiian or Other Pacific Islander",
    ),
}
"""Since 2024 one question with seven groups, of which several may be chosen; before, race and ethnicity."""

WRITTEN = {
    "American Indian or Alaska Native": (
        "ai/an, aian, american indian, alaska native, american indian and alaska native, "
        "american indian/alaska native, native american, indigenous"
    ),
    "Asian": "asian american",
    "Black or African American": "black, african american, black/african american",
    HISPANIC: "hispanic, latino, latina, latinx, latine, hispanic/latino, hispanic or latino/a",
    NOT_HISPANIC: "not hispanic, non-hispanic, non hispanic, not hispanic/latino, non-hispanic or latino",
    "Middle Eastern or North African": "mena, middle eastern, north african, middle eastern/north african",
    "Native Hawaiian or Pacific Islander": (
        "nhpi, nhopi, native hawaiian, pacific islander, native hawaiian or other pacific islander, "
        "native hawaiian/pacific islander, native hawaiian and other pacific islander"
    ),
    "White": "caucasian",
    MULTIRACIAL: (
        "two or more races, more than one race, multiple races, more than one, multiracial and/or multiethnic"
    ),
    NOT_RECORDED: (
        "unknown, missing, blank, not asked, not known, not reported, not stated, unspecified, "
        "none recorded, n/a, na"
    ),
    DECLINED: (
        "declined to answer, declined to say, patient declined, refused, prefer not to say, "
        "prefer not to answer, choose not to disclose, decline to answer"
    ),
}
"""Other ways in which a group is written, in small letters, with commas between."""

SAID_TO_ETHNICITY = {"yes": HISPANIC, "y": HISPANIC, "no": NOT_HISPANIC, "n": NOT_HISPANIC}
"""What is written down for the second question, whether somebody is Hispanic or Latino."""

LANGUAGE_CODES = {
    **dict.fromkeys(("en", "eng"), "English"),
    **dict.fromkeys(("es", "spa"), "Spanish"),
    **dict.fromkeys(("zh", "zho", "chi"), "Chinese"),
    **dict.fromkeys(("vi", "vie"), "Vietnamese"),
    **dict.fromkeys(("tl", "tgl", "fil"), "Tagalog"),
    **dict.fromkeys(("ar", "ara"), "Arabic"),
    **dict.fromkeys(("ko", "kor"), "Korean"),
    **dict.fromkeys(("ru", "rus"), "Russian"),
    **dict.fromkeys(("fr", "fra", "fre"), "French"),
    **dict.fromkeys(("ht", "hat"), "Haitian Creole"),
    **dict.fromkeys(("pt", "por"), "Portuguese"),
    **dict.fromkeys(("so", "som"), "Somali"),
    "und": NOT_RECORDED,
    **dict.fromkeys(("ase", "sgn"), "American Sign Language"),
}
"""Codes of ISO 639 for languages that clinics in the United States often write down."""
