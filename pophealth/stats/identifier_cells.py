"""What a cell looks like: numbers, addresses and codes that point at a person wherever they stand."""

import re
from functools import cache

import numpy as np
import pandas as pd

LOW_ZIP3 = (
    *("036", "059", "063", "102", "203", "556", "692", "790", "821"),
    *("823", "830", "831", "878", "879", "884", "890", "893"),
)
"""ZIP3 areas of 20,000 people or fewer, 2000 Census: HHS, guidance on 45 CFR 164.514(b), 2012."""

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*\.?"
_DAY = (
    r"(?:\d{4}-\d{1,2}-\d{1,2}|\d{4}/\d{1,2}/\d{1,2}|\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})|"
    rf"{_MONTH} ?\d{{1,2}}(?:st|nd|rd|th)?,? ?\d{{4}}|\d{{1,2}}[ -]{_MONTH}[ -]\d{{4}})"
)
_TIME = r"(?:[ t]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[ap]m|z|[+-]\d{2}:?\d{2})?)?"
_NO_YEAR = r"(?!(?:19|20)\d\d(?:[-/]\d+)*(?![\w-]))"
_SIGN = r"(?: ?(?:no|nr|num|number|id|identifier)\b\.?(?: is| was)? ?[:#=-]? ?| ?[:#=] ?| ?# ?)"
_KEYED = (
    rf"(?:{_SIGN}{_NO_YEAR}(?=(?:[a-z-]*\d){{3}})| {_NO_YEAR}(?=(?:[a-z-]*\d){{5}}))[a-z0-9][a-z0-9-]{{3,}}"
)
_NUMBERED = r" (?:no|nr|num|number|id|identifier|#)\.? ?[:#=-]? ?(?=(?:[a-z-]*\d){3})[a-z0-9][a-z0-9-]{3,}"
_WAYS = (
    "Street St Avenue Ave Road Rd Boulevard Blvd Lane Ln Drive Dr Court Ct Terrace Circle Parkway Highway Way"
)
_WAY = "|".join([*_WAYS.split(), *_WAYS.upper().split()])
_LOW = "|".join(LOW_ZIP3)
_LIFE = (
    r"d\.?o\.?b\.?|born|date of birth|birth ?date|birthday|died|deceased|passed away|admitted|discharged|"
    r"date of death|death date|admission date|discharge date|(?<!site )visit on|visited|seen on|appointment|"
    r"surgery"
)

DAY = re.compile(_DAY + _TIME, re.IGNORECASE)
MONTH = re.compile(
    rf"\d{{4}}-\d{{1,2}}|\d{{1,2}}/\d{{4}}|{_MONTH},? ?\d{{4}}|(?:19|20)\d{{6}}", re.IGNORECASE
)
NUMBER = re.compile(r"[+-]?[\d,]*\.?\d+%?")
AGE = re.compile(r"(?:9\d|1[0-2]\d)(?:\.\d+)?(?: ?(?:years?|yrs?|y|yo|y/o|years? old))?", re.IGNORECASE)
SINGLE_AGE = re.compile(r"\d{1,3}(?:\.\d+)?(?: ?(?:years?|yrs?|y|yo|y/o|years? old))?", re.IGNORECASE)
ZIP5 = re.compile(r"(?<![\d-])\d{5}(?:-?\d{4})?(?![\d-])")
SHORT_ZIP5, UP_TO_THREE = re.compile(r"\d{4}"), re.compile(r"\d{1,3}")
ZIP3 = re.compile(r"(?<!\d)(?:" + _LOW + r")(?:x+|\*+)?(?![\d*])", re.IGNORECASE)
DEGREES = re.compile(r"[-+]?\d{1,3}\.\d{2,}.*")
LETTER, LONG_NUMBER = re.compile(r"[^\W\d_]"), re.compile(r"\d{6,}")
FOUR_DIGITS, SEVEN_DIGITS = re.compile(r"(?:\d\D{0,2}){4}"), re.compile(r"(?:\d\D{0,3}){7}")
CODE = re.compile(r"(?:\d\D{0,20}){3}|[^\W\d_][^\d]{0,20}\d|\d[\d\W_]{0,20}[^\W\d_]")
TWO_NAMES = re.compile(r"[A-ZÀ-Þ][\w'’.-]*,? (?:[A-ZÀ-Þ][\w'’.-]*,? )?[A-ZÀ-Þ][\w'’.-]+")
A_GROUP = re.compile(
    r"\b(?:clinics?|hospitals?|cent(?:er|re)s?|health|medical|care|county|team|practice|group|services?|"
    r"network|system|community|school|agency|department|associates|llc|inc|partners)\b",
    re.IGNORECASE,
)
UNIQUE_CODE = re.compile(r"(?=(?:.*\d){3})[a-z0-9][a-z0-9_-]{4,}", re.IGNORECASE)

_LOOKS = {
    "social security number": [
        r"(?<![\d-])\d{3}(?P<gap>[ -])\d{2}(?P=gap)\d{4}(?![\d-])",
        r"\bssn\b[ :#]{0,3}\d{9}\b",
    ],
    "fax": [r"\b(?:fax|facsimile)\b[^\d+(]{0,15}[+(]?\d[\d ().-]{5,}\d"],
    "phone": [
        r"(?<![\d.-])(?:\+?1[ .-]?)?(?:\(\d{3}\) ?|\d{3}[ .-])\d{3}[ .-]\d{4}(?![\d-])",
        r"(?<!\w)\+\d{1,3}[ .-]?(?:\(?\d{1,4}\)?[ .-]?){2,5}\d{2,4}(?!\d)",
        r"(?<![\w.,$€£-])[2-9]\d{9}(?![\w.,-])",
        r"\b(?:phone|tel|cell|mobile|call)\b[^\d+(]{0,12}(?:\d{10}|\d{3}-\d{4})(?![\d-])",
    ],
    "e-mail": [r"[\w.+-]{1,64} ?(?:@|\(at\)|\[at\]) ?[\w-]{1,63}(?:\.[\w-]{1,63}){0,4}\.[a-z]{2,24}\b"],
    "web address": [
        r"\b(?:https?|ftp)://\S",
        r"\bwww\.[\w-]+\.\w",
        r"(?<![@\w.-])[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|edu|gov)(?:/\S*)?(?![\w@])",
    ],
    "IP address": [
        r"(?<![\d.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\d.])",
        r"(?<![\w:])(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}(?![\w:])",
        r"(?<![\w:])(?:[0-9a-f]{1,4}:){1,6}(?::[0-9a-f]{1,4}){1,6}(?![\w:])",
    ],
    "medical record number": [
        rf"\b(?:mrn|medical record|med rec|chart|record)\b{_KEYED}",
        r"\bmrn?[-_#]? ?\d{4,}|\bmrn[-_]?\d{3}",
    ],
    "health plan number": [
        r"\b[1-9][ac-hj-np-rt-y][ac-hj-np-rt-y\d]\d-?[ac-hj-np-rt-y][ac-hj-np-rt-y\d]\d-?"
        r"[ac-hj-np-rt-y]{2}\d{2}(?![\w-])",
        rf"\b(?:member|policy|subscriber|beneficiary)\b{_KEYED}",
        rf"\b(?:medicaid|medicare|insurance|plan)\b{_NUMBERED}",
        r"\b(?:hpn|bcbs|uhc)[-_#]?\d{5,}",
    ],
    "account number": [
        rf"\b(?:account|acct|invoice|iban|card)\b{_KEYED}",
        r"\bac(?:c|ct)[-_]?\d{5,}",
        r"(?<![\d-])(?:\d{4}[ -]){3}\d{4}(?![\d-])",
        r"\b[a-z]{2}\d{2}(?:[a-z0-9]{4}){3,7}[a-z0-9]{0,3}(?<=\d)\b|\b[a-z]{2}\d{2}(?: [a-z0-9]{4}){4,7}",
    ],
    "license number": [
        rf"\b(?:licen[cs]e|lic|dl|dea|passport|certificate|cert|permit)\b(?! plate){_KEYED}",
        r"\b(?:lic|dl|cert)[-_]?\d{5,}",
    ],
    "vehicle number": [
        r"\b(?=(?:[a-z]*\d){3})(?=\d*[a-z])[a-hj-npr-z\d]{17}\b",
        rf"\bvin\b{_KEYED}",
        r"\bplate(?: ?(?:no|number))?\.? ?[:#=]? ?"
        r"(?-i:[A-Z0-9-]*[A-Z][A-Z-]* ?\d|\d[A-Z0-9]*[A-Z])[A-Z0-9-]*",
    ],
    "device number": [
        r"\(01\)\d{14}",
        r"(?<![\w:-])[0-9a-f]{2}(?P<mark>[:-])(?:[0-9a-f]{2}(?P=mark)){4}[0-9a-f]{2}(?![\w:-])",
        rf"\b(?:serial|s/n|sn|imei|udi|device|pump|pacemaker)\b(?: serial)?{_KEYED}",
        r"\b(?:dev|imei|udi|sn)[-_]?\d{5,}",
    ],
    "body print": [
        r"[\w)-]\.(?:wsq|fpt|iso-fmr|ansi-fmr|wav|mp3|m4a|flac|ogg|amr|opus)\b",
        r"\b(?:finger|thumb|palm|voice|face)[ _-]?print[ _:#-]{0,5}[\w-]{0,40}\d",
        r"\b(?:iris|retina)[ _-]?(?:scan|code|template|id)[ _:#-]{0,5}[\w-]{0,40}\d{2}",
        r"\b(?:fp|finger|thumb|palm|iris|retina|voice|biometric)[\w-]{0,40}\.[a-z0-9]{2,4}\b",
        r"\bbiometric\b\D{0,20}\d{2}",
    ],
    "photo": [r"[\w)-]\.(?:jpe?g|png|gif|bmp|tiff?|heic|heif|webp|dcm|raw|mp4|mov|avi)\b"],
    "place": [
        r"(?<![\d-])\d{5}-\d{4}(?![\d-])",
        r"\b(?-i:[A-Z]{2}),? \d{5}(?![\d-])",
        r"\bzip(?: ?code)?\b[ :#]{0,3}\d{5}(?!\d)",
        rf"\bzip(?:3| ?code)?\b[ :#]{{0,3}}(?:{_LOW})(?:x+|\*+)?(?!\d)",
        rf"\b\d{{1,5}}[a-z]? (?-i:(?:[A-Z0-9][\w'.]* ){{1,4}}(?:{_WAY}))\b",
        r"\bp\.? ?o\.? ?box \d",
        r"(?<![\d.])-?\d{1,2}\.\d{4,},? ?-?\d{1,3}\.\d{4,}",
    ],
    "date or age": [
        rf"\b(?:{_LIFE})[ .]*(?:on|in|is|was|[:=,-])? ?{_DAY}",
        r"\bage[d:]? ?(?:of )?(?:9\d|1[0-2]\d)\b(?! ?(?:%|\+|and|or|to|plus|through|[-–—]))",
        r"(?<![\d–-])(?:9\d|1[0-2]\d)[ -]?(?:years?[ -]old|yrs?[ -]old|yo|y/o)\b(?! ?(?:\+|and|or) )",
        r"\b(?:patient|client|resident|she|he|woman|man|mother|father)(?: is| was|,)? (?:a )?"
        r"(?:9\d|1[0-2]\d)\b(?![%\d.,]| ?(?:%|percent|of|times|and|or|to)\b)",
    ],
    "name": [
        r"\b(?-i:Mr|Mrs|Ms)\.? (?-i:[A-Z])[\w'’-]+",
        r"\b(?:patient|client|person|first|last|full|her|his|their|mother'?s?)(?: ?'?s)? names?(?: is| was)?"
        r" ?[:=]? ?(?-i:[A-Z])[\w'’-]+",
        r"\b(?-i:(?:patient|client|mother|father) [A-Z][a-z]+ [A-Z][a-z]+)",
    ],
    "other code": [
        r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b",
        r"\b(?=[0-9a-f]*\d)(?:[0-9a-f]{64}|[0-9a-f]{40}|[0-9a-f]{32})\b",
        r"\b(?:patient|client|person|participant|study|subject) (?:id|no|nr|number|#)\.? ?[:#=-]? ?"
        r"(?=[a-z0-9-]*\d)[a-z0-9][a-z0-9-]+",
        r"\b(?-i:ID)\b(?: ?(?:no|number)\b)?[ :#=.-]{1,2}(?=(?:[a-z-]*\d){4})[a-z0-9-]+",
        r"\bbar ?code\b[ :#]{0,2}\d{5,}",
        r"\b(?-i:[A-Z]{1,4})-?\d{6,}\b",
    ],
}


@cache
def patterns() -> dict[str, re.Pattern[str]]:
    """Give for each class the pattern of what its cells look like; made on first use, as it takes a while.

    >>> list(patterns())[:3]
    ['social security number', 'fax', 'phone']
    """
    return {held: re.compile("|".join(looks), re.IGNORECASE) for held, looks in _LOOKS.items()}


def seen(pattern: re.Pattern[str], texts: pd.Series) -> np.ndarray:
    """Tell which texts hold what a pattern looks for.

    >>> seen(patterns()["e-mail"], pd.Series(["ana@example.org", "by e-mail"])).tolist()
    [True, False]
    """
    return texts.map(lambda text: pattern.search(text) is not None).to_numpy(dtype=bool)


def whole(pattern: re.Pattern[str], texts: pd.Series) -> np.ndarray:
    """Tell which texts are, from end to end, what a pattern looks for.

    >>> whole(DAY, pd.Series(["2021-06-30", "March 3, 2021", "2021-06", "since 2021-06-30"])).tolist()
    [True, True, False, False]
    """
    return texts.map(lambda text: pattern.fullmatch(text) is not None).to_numpy(dtype=bool)
