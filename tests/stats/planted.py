"""Made-up files, seeded: clean counts of groups, and the same with identifiers put into single cells."""

import numpy as np
import pandas as pd

LAYOUT = ["measure", "period", "numerator", "denominator", "value", "stratifier", "stratum", "note"]
FIRST = [
    *("Ana", "Ben", "Carla", "Dev", "Elif", "Femi", "Grace", "Hiro"),
    *("Ines", "Jamal", "Kofi", "Lena", "Mei", "Noor", "Omar", "Petra"),
]
LAST = [
    *("Abara", "Brandt", "Castillo", "Diaz", "Eriksen", "Farouk"),
    *("Garcia", "Huang", "Ibarra", "Jensen", "Kowalski", "Lindqvist"),
]
SPLITS = {
    "age": ["under 18", "18-44", "45-64", "65-74", "75-89", "90+"],
    "age band": ["0-4", "5-9", "85-89", "90 and over"],
    "ZIP3": ["280", "281", "282", "551", "972", "640"],
    "race and ethnicity": ["Black", "Hispanic or Latino", "White", "another or more than one"],
    "language": ["English", "Spanish", "Somali", "not recorded"],
    "sex": ["female", "male", "another"],
    "county": ["Alder County", "Birch County"],
    "insurance": ["Medicaid", "Medicare", "none"],
    "clinic": ["North Street Clinic", "St. Mary's", "Clinic 3"],
    "race x language": ["Black x English", "White x Spanish"],
}
NOTES = [
    *("", "", "fewer visits", "phone visits counted too", "clinic closed from 2020-03-16 to 2020-05-04"),
    *("new definition since 2021-01", "3 of them moved away", "data pulled 2021-06-30", "10 of 12 weeks"),
    *("flood in town; 2 clinics shut", "counted again in May 2021", "aged 90 and over counted in 85+"),
    *("Patient Safety Committee looked at this", "from the plan 2020-2021", "no record 2020-02"),
    *("Medicaid: 12,400 people; Medicare: 950", "20 patients on the way", "target 80% by Dec 2021"),
    *("admission rules changed on 2020-10-01", "Q3 2020, FY2021", "A1c below 9.0, see version 2.1"),
]
MEASURES = ["a1c-below-9", "bp-control", "visits-kept", "falls", "food-asked", "ssi-rate", "name-pronounced"]


def clean(luck):
    """Counts of one or two measures, for everyone and split in some way, with harmless notes."""
    months = pd.date_range(f"20{luck.integers(15, 22)}-01-01", periods=int(luck.integers(8, 30)), freq="MS")
    written = str(luck.choice(["%Y-%m", "%Y-%m-%d", "%B %Y", "%Y"]))
    rows = []
    for measure in luck.choice(MEASURES, int(luck.integers(1, 3)), replace=False):
        splits = ["", *luck.choice(list(SPLITS), int(luck.integers(1, 4)), replace=False)]
        for stratifier, stratum in ((one, each) for one in splits for each in SPLITS.get(one, [""])):
            for month in months[:: 12 if written == "%Y" else 1]:
                people = int(luck.integers(12, 150_000))
                counted = int(luck.integers(0, people))
                note = luck.choice(NOTES)
                rows.append(
                    (measure, month.strftime(written), counted, people, "", stratifier, stratum, note)
                )
    table = pd.DataFrame(rows, columns=LAYOUT)
    kind = luck.integers(3)
    if kind == 1:
        table = table.assign(period=pd.to_datetime(table["period"], format=written))
    if kind == 2:
        table = table[["period", "numerator", "denominator"]].set_axis(["month", "deaths", "births"], axis=1)
    return table


def digits(luck, pattern):
    """Fill a pattern: 9 any digit, 8 one from 2 to 9, § a letter, ¤ a hexadecimal digit."""
    signs = {"9": "0123456789", "8": "23456789", "§": "ACDEFGHJKMNPRTUVWXY", "¤": "0123456789abcdef"}
    return "".join(luck.choice(list(signs[sign])) if sign in signs else sign for sign in pattern)


def person(luck):
    return f"{luck.choice(FIRST)} {luck.choice(LAST)}"


def _day(luck, written="%Y-%m-%d"):
    return (pd.Timestamp("1925-01-01") + pd.Timedelta(days=int(luck.integers(0, 33_000)))).strftime(written)


def _written(*patterns):
    return lambda luck: digits(luck, luck.choice(list(patterns)))


def _born(luck):
    how = luck.choice(["%Y-%m-%d", "%m/%d/%Y", "%m/%d/%y", "%B %d, %Y", "%d %b %Y", "%m-%d-%Y"])
    what = luck.choice(["DOB", "DOB:", "born", "died on", "admitted on", "date of birth:"])
    return f"{what} {_day(luck, how)}"


def _old(luck):
    return luck.choice(["aged {}", "{} years old", "{}-year-old", "age {}"]).format(luck.integers(90, 106))


def _mail(luck):
    name = f"{luck.choice(FIRST)}{luck.choice(['.', '_', ''])}{luck.choice(LAST)}".lower()
    return f"{name}@{luck.choice(['example.org', 'mail.example.com', 'clinic.example.net'])}"


def _where(luck):
    street = f"{luck.integers(1, 9999)} {luck.choice(['Maple', 'N. Cedar', 'Old Mill'])} "
    street += luck.choice(["Street", "Ave", "Rd", "Blvd."])
    town = digits(luck, f"{luck.choice(['Durham, NC', 'Springfield IL'])} 99999")
    return luck.choice([street, town, digits(luck, "99999-9999"), digits(luck, "zip 99999")])


PATTERNED = {
    "social security number": _written("899-99-9999", "899 99 9999"),
    "phone": _written("(899) 899-9999", "899-899-9999", "899.899.9999", "+1 899 899 9999", "899 899 9999"),
    "fax": _written("fax 899-899-9999", "Fax: (899) 899-9999", "FAX 8998999999"),
    "e-mail": _mail,
    "web address": _written("https://example.org/u/999", "www.example.com/~999", "http://example.net/§§§"),
    "IP address": _written(
        "10.99.99.8", "192.168.9.99", "2001:db8:¤¤¤¤:¤¤¤¤:¤¤¤¤:¤¤¤¤:¤¤¤¤:¤¤¤¤", "fe80::¤¤¤¤"
    ),
    "medical record number": _written(
        "MRN 99999999", "MRN: §99999", "MRN#999999", "medical record number 99999"
    ),
    "health plan number": _written(
        "8§§9-§§9-§§99", "member ID §99999999", "Medicaid no. 99999999§", "policy # §§999999"
    ),
    "account number": _written(
        "account 99999999", "acct # 999999", "8999 9999 9999 9999", "account no. §9999-99"
    ),
    "license number": _written(
        "driver's license §9999999", "license no. 99999", "passport §99999999", "DEA: §§9999999"
    ),
    "vehicle number": _written(
        "1§§§§99§§§§999999", "VIN 8§99999§§99999999", "plate §§§-9999", "license plate 9§§§999"
    ),
    "device number": _written(
        "(01)99999999999999", "¤¤:¤¤:¤¤:¤¤:¤¤:¤¤", "serial no. §99999", "pacemaker serial 999999"
    ),
    "body print": _written("finger_999.wsq", "voice-999.wav", "fingerprint 99999", "call 99.mp3"),
    "photo": _written("face_999.jpg", "IMG_9999.JPEG", "photo 9.png", "wound-99.heic"),
    "place": _where,
    "date or age": lambda luck: _born(luck) if luck.random() < 0.7 else _old(luck),
    "other code": _written(
        "¤¤¤¤¤¤¤¤-¤¤¤¤-4¤¤¤-9¤¤¤-¤¤¤¤¤¤¤¤¤¤¤¤", "patient id 9999", "study no. §-999", "¤" * 32
    ),
}
NAMES = [
    *("first_name", "Last Name", "PatientName", "surname", "patient", "mother's maiden name", "full name"),
    *("Next of kin", "emergency contact", "caregiver name", "name", "Client_Name", "fname", "LastName"),
    *("guardian", "employer name", "name of spouse", "Physician", "contact person name", "pt_name"),
]
CODED = {
    "SSN": ("social security number", "899999999"),
    "home_phone": ("phone", "8998999999"),
    "FaxNumber": ("fax", "8998999999"),
    "MRN": ("medical record number", "999999"),
    "Medical Record No": ("medical record number", "§99999"),
    "Member ID": ("health plan number", "999999999"),
    "acct_no": ("account number", "99999999"),
    "DriversLicense": ("license number", "§999999"),
    "VIN": ("vehicle number", "99999"),
    "device serial": ("device number", "§§9999"),
    "patient_id": ("other code", "9999"),
    "DOB": ("date or age", "day"),
    "ZIP": ("place", "99999"),
    "age": ("date or age", "age"),
}


def with_cells(luck, kinds):
    """A clean file with identifiers in single cells of its notes: the file, and what was put where."""
    table = clean(luck)
    while len(table) < len(kinds):
        table = clean(luck)
    table = table if "note" in table else table.assign(note="")
    free = [int(row) for row in luck.permutation(len(table))[: len(kinds)]]
    planted = {}
    for row, kind in zip(free, kinds, strict=True):
        before, after = (
            luck.choice(["", "see ", "told us: ", "left word, "]),
            luck.choice(["", ", again", " (new)"]),
        )
        table.loc[row, "note"] = f"{before}{PATTERNED[kind](luck)}{after}"
        planted["note", row] = kind
    return table, planted


def with_columns(luck, headers):
    """A list of people with columns whose names promise what they hold: the file, and what stands where."""
    size = int(luck.integers(3, 12))
    table, planted = pd.DataFrame({"visits": luck.integers(0, 9, size)}), {}
    for header in headers:
        kind, pattern = CODED.get(header, ("name", ""))
        told = [_filled(luck, header, pattern) for _ in range(size)]
        table[header] = told
        planted |= {(header, row): kind for row in range(size)}
    return table, planted


def _filled(luck, header, pattern):
    if header == "DOB":
        return _day(luck)
    if header == "age":
        return int(luck.integers(90, 104))
    if not pattern:
        return person(luck) if "first" not in header else luck.choice(FIRST)
    filled = digits(luck, pattern)
    return int(filled) if filled.isdigit() and header in ("SSN", "home_phone", "MRN") else filled


def files(seed=1):
    """Fifty files: thirty with cells of every patterned class, twenty with promising columns."""
    luck = np.random.default_rng(seed)
    kinds = list(PATTERNED)
    for number in range(30):
        yield with_cells(luck, [kinds[at % len(kinds)] for at in range(number, number + 17)])
    for number in range(20):
        coded = [list(CODED)[at % len(CODED)] for at in range(3 * number, 3 * number + 3)]
        yield with_columns(luck, [NAMES[number], *coded])
