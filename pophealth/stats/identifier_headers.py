"""What the name of a column says about the people in it."""

import re

NUMBER = r"(?:ids?|identifiers?|no|nr|num|numbers?|code|key|uid|guid)"
_PERSON = (
    r"(?:patient|pt|client|person|member|resident|participant|respondent|subject|beneficiary|enrollee|"
    r"insured|subscriber|policy ?holder|guarantor|caregiver|carer|guardian|parent|mother|father|spouse|"
    r"husband|wife|partner|child|son|daughter|baby|infant|newborn|sibling|brother|sister|relative|kin|"
    r"contact|friend|neighbou?r|witness|employee|employer|staff|provider|physician|doctor|clinician|"
    r"nurse|midwife|surgeon|therapist|counsell?or|interviewer|interpreter|care manager|case manager|"
    r"social worker|case worker|attending|teacher|pcp|owner|reporter|caller|head|party)"
)
_ALONE = (
    r"(?:patient|client|person|resident|participant|respondent|caregiver|carer|guardian|mother|father|"
    r"spouse|physician|doctor|nurse|employee|subscriber|guarantor|first|last|given|family|middle|provider|"
    r"pcp|attending|worker|manager|surgeon|therapist|staff|staff member|party|signature|owner|reporter|"
    r"caller|interviewer|interpreter|member|kin|contact)"
)
_PHONE = r"\b(?:tele ?)?phone\b|\btel\b|\bmobile\b|\bcell(?:ular)?\b|\bpager\b|\bcontact ?(?:no|number)\b"

_SAYS = {
    "social security number": r"\bssn\b|\bsoc(?:ial)? ?sec(?:urity)?\b|\bitin\b|\btax ?(?:payer )?id\b",
    "e-mail": r"\be ?mails?\b",
    "IP address": r"\bip ?(?:addr(?:ess)?|v[46])\b|^ip$|\bip$",
    "device number": (
        rf"\b(?:device|pump|pacemaker|implant|glucometer|monitor|inhaler) ?(?:serial ?)?{NUMBER}\b|"
        rf"\bserial(?: ?{NUMBER})?\b|\budi\b|\bimei\b|\bmac ?addr(?:ess)?\b"
    ),
    "fax": r"\bfax\b|\bfacsimile\b",
    "phone": _PHONE,
    "web address": (
        r"\burls?\b|\bweb ?(?:site|page|address|link)\b|\bhome ?page\b|\b(?:profile|social) ?link\b"
    ),
    "vehicle number": (
        rf"\bvin\b|\b(?:vehicle|car|auto) ?(?:{NUMBER}|reg(?:istration)?|plate|tag|serial)\b|"
        r"\b(?:licen[cs]e|number|registration) ?plate\b|\bplate\b"
    ),
    "license number": (
        r"\blicen[cs]e\b|\bdriver ?s? ?lic\b|\bcertificate\b|\bpassport\b|\bpermit\b|\bdea\b|"
        rf"\bcert ?{NUMBER}\b"
    ),
    "medical record number": (
        r"\bmrn\b|\bmr ?(?:no|num|number)\b|\bmed(?:ical)? ?rec(?:ord)?s?\b|\be?mpi\b|"
        rf"\b(?:chart|hospital|ehr|emr|health record) ?{NUMBER}\b|\brecord ?(?:no|nr|num|number)\b"
    ),
    "health plan number": (
        rf"\b(?:health ?)?plan ?(?:member |beneficiary )?{NUMBER}\b|\bmbi\b|\bhicn\b|"
        rf"\b(?:member|subscriber|beneficiary|insured|enrollee|policy|insurance|medicare|medicaid|payer) ?"
        rf"{NUMBER}\b"
    ),
    "account number": (
        rf"\b(?:account|acct|acc|bank|billing|invoice|credit ?card|card) ?{NUMBER}\b|"
        r"\b(?:credit|debit) ?card\b|\b(?:bank|billing) ?acc(?:oun)?t\b|\biban\b|^acc(?:oun)?t$"
    ),
    "body print": (
        r"\b(?:finger|thumb|palm) ?prints?\b|\bvoice ?(?:prints?|recording|sample|id)\b|"
        r"\bretina(?:l|s)?\b|\biris\b|\bbiometrics?\b|\bface ?(?:print|template|id|scan)\b"
    ),
    "photo": r"\bphotos?\b|\bphotograph\w*|\bpicture\b|\bimages?\b|\bheadshot\b|\bselfie\b|\bportrait\b",
}
NUMBERED = ("device number", "vehicle number", "license number", "health plan number", "account number")
BIRTH = re.compile(r"\bd ?o ?b\b|\bbirth ?(?:date|day|dt)\b|\b(?:date|day) ?of ?birth\b|\bborn(?: on)?$")
EVENT = re.compile(
    r"\b(?:admi(?:t|ssion|tted|t date)|discharged?|deceased|died|death|dod|visit|visited|encounter|service|"
    r"appointment|appt|procedure|surgery|operation|diagnosis|dx|onset|exposure|specimen|collection|enroll"
    r"(?:ed|ment)?|referral|screening|vaccination|immunization|delivery|seen|treatment|consent|interview|"
    r"call|contact) ?(?:on|date|dt|day|time|datetime|timestamp)\b|"
    r"\b(?:date|day|time) ?of ?(?:admission|discharge|death|visit|service|procedure|surgery|diagnosis|onset|"
    r"exposure|collection|enrollment|referral|screening|vaccination|delivery|treatment|interview)\b|^do[ads]$|"
    r"^(?:admission|discharge|admitted|discharged|died|deceased|appointment|last visit|next visit|last seen)$"
)
WHEN = re.compile(r"\b(?:period|date|day|month|week|quarter|year|time)s?\b")
AGE = re.compile(r"\bage\b(?!s)")
NO_AGE = re.compile(
    r"\d|\b(?:mean|average|avg|median|max|min|group|band|standard\w*|adjust\w*|std|sd)\b|\bat least\b"
)
ADDRESS = re.compile(
    r"(?<!mail )\baddress(?: ?\d)?\b(?! (?:status|stability|type))|"
    r"\baddr\b|\bstreet\b|\bhouse ?(?:no|number)\b|\bapartment\b|\bapt\b|"
    r"\bp ?o ?box\b"
)
SPOT = re.compile(
    r"\blat(?:itude)?\b|\blon(?:g|gitude)?\b|\blng\b|\bgps\b|\bgeo ?(?:code|location)\b|\bcoordinates?\b"
)
ZIP = re.compile(r"\bzip ?(?:codes?|\d)?\b|\bpost(?:al)? ?codes?\b|\bzcta\d?\b")
AREA = re.compile(
    r"\b(?:zip|post(?:al)? ?code|zcta|geograph\w*|area|place|neighbou?rhood|location|where)\b|zip ?\d"
)
TOWN = re.compile(
    r"\b(?:city|town|county|parish|precinct|village|municipality|census ?(?:tract|block)|tract|"
    r"neighbou?rhood|hometown|birth ?place)\b"
)
_NAME = (
    r"\b(?:sur|fore|first|last|middle|given|family|full|maiden|legal|preferred|birth|nick|chosen|second) ?"
    r"names?\b|"
    r"\bnames? ?(?:first|last|middle|given|family)\b|\b[flm]name\b|"
    r"\b(?:first|last|middle|pt|patient) ?nm\b|\binitials\b|\balias\b|^names?$|"
    rf"\b{_PERSON}(?: s)? ?(?:\w+ )?names?\b|\bnames? ?of ?(?:the )?{_PERSON}s?\b|\bnext ?of ?kin\b|"
    r"\bemergency ?contact\b|^last first$|^first last$"
)
_ONE_PERSON = re.compile(rf"\b{_ALONE}$")
ONE_OF_THEM = ("patient", "client", "person", "resident", "participant", "respondent", "subject", "member")
_CODE = (
    rf"\b{_PERSON} ?{NUMBER}\b|\b(?:study|case|record|encounter|visit|claim|specimen|accession|referral|"
    rf"household|family|user|login|unique|row|deidentified|hash(?:ed)?) ?{NUMBER}\b|"
    r"^(?:ids?|uid|uuid|guid|pid|identifier|key|user|login|handle|hash|token|rfid)$|"
    r"\b(?:uuid|guid|bar ?code|user ?name|screen ?name|qr ?code|token)\b"
)
_COUNTED = re.compile(
    r"^(?:n|num|den|denom|counts?|total|people|persons|patients|clients|residents|women|men|children|invited|"
    r"answered|asked|events|cases|births|deaths|screened|eligible|admissions|"
    r"discharges|referrals|members|enrollees)$|\b(?:numerator|denominator|population)\b|"
    r"\b(?:counts?|total)\b|\bnumber of (?:people|persons|patients|clients|residents|births|deaths|children|"
    r"women|men|adults|mothers|visits|cases|events)\b"
)
_NO_CELLS = re.compile(
    r"^(?:number of|n of|count of|how many|percent|pct|share of|rate of|total)\b|\bcounts?$"
)
_TRAIT = re.compile(
    r"\b(?:sex|gender|race|ethnicity|language|insurance|payer|marital|diagnosis|dx|zip ?\d?|religion)\b"
)


def words_of(name: object) -> str:
    """Give the name of a column as plain words with spaces between them.

    >>> words_of("PatientID"), words_of("date_of_birth "), words_of("E-Mail")
    ('patient id', 'date of birth', 'e mail')
    """
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", str(name))
    return re.sub(r"[^a-z0-9]+", " ", apart.lower()).strip()


def class_of(words: str) -> str:
    """Tell which identifier the name of a column promises; "" for none.

    >>> class_of("home phone"), class_of("patient id"), class_of("mother s name"), class_of("measure name")
    ('phone', 'other code', 'name', '')
    """
    if _NO_CELLS.search(words):
        return ""
    held = next((held for held, pattern in _SAYS.items() if re.search(pattern, words)), "")
    return held or ("name" if re.search(_NAME, words) else "other code" if re.search(_CODE, words) else "")


def names_one_person(words: str) -> bool:
    """Tell whether a column is called after one person, such as patient; its cells must decide.

    >>> names_one_person("referring physician"), names_one_person("patients")
    (True, False)
    """
    return bool(_ONE_PERSON.search(words))


def counts_people(words: str) -> bool:
    """Tell whether a column is called as counts are.

    >>> counts_people("denominator"), counts_people("number of births"), counts_people("weight")
    (True, True, False)
    """
    return bool(_COUNTED.search(words))


def tells_a_trait(words: str) -> bool:
    """Tell whether a column says something about one person that others share, such as sex.

    >>> tells_a_trait("gender"), tells_a_trait("period")
    (True, False)
    """
    return bool(_TRAIT.search(words))
