"""What a team writes to gather, to hold its promises together and to learn what matters: steps 1, 3 and 4."""

from typing import Any, ClassVar, Self

from pophealth.workspace.fields import (
    Day,
    Number,
    Text,
    YesNo,
    choice,
    day,
    number,
    story,
    words,
    yes_no,
)
from pophealth.workspace.record import Record

SIDES = {
    "institution": "works for a care organization",
    "connector": "links people and groups in the community",
    "resident": "lives with what we want to change",
}
PORTFOLIOS = {
    "health": "Physical and mental health",
    "social": "Social and spiritual well-being",
    "community": "Community health and well-being",
    "solutions": "Communities of solutions",
}
STRENGTHS = {
    "people": "people who care and act",
    "places": "places and open spaces",
    "skills": "skills and stories",
    "associations": "clubs, groups and congregations",
    "institutions": "schools, clinics and offices",
    "economy": "shops, farms and local work",
}
PROMISED = {
    "strategy": "a strategy or goal",
    "duty": "a duty: a law, a contract, a report",
    "program": "a program or project",
}
MONEY = {
    "enough": "there is money for it",
    "part": "there is money for a part of it",
    "none": "there is no money yet",
}
FITS = {"well": "it serves our purpose", "partly": "in part", "not": "it serves something else"}
SECTORS = {
    "residents": "people who live here",
    "institution": "clinics and hospitals",
    "council": "local government",
    "business": "shops and employers",
    "school": "schools",
    "fire": "fire and rescue",
    "voluntary": "volunteers and charities",
    "housing": "housing",
    "social services": "social services",
    "police": "police",
    "law enforcement": "law enforcement",
}
"""Who takes part in the health of a place: Delgado and others, BMJ 2021;373:n966, in our own words."""

ALL_SECTORS = {**SECTORS, "faith": "faith groups", "other": "other: say which under More"}
COMMITMENT = {
    "against": "0 · works against it",
    "aside": "1 · stands aside",
    "lets": "2 · lets it happen",
    "helps": "3 · helps it happen",
    "makes": "4 · makes it happen with us",
}
"""From 0 to 4, in this order."""

HEARD = {
    "conversation": "a conversation, one to one",
    "listening": "a listening session",
    "staff": "staff who meet people each day",
    "survey": "a survey with room for words",
}


class Charter(Record):
    """Why a team exists and who carries it."""

    kind: ClassVar[str] = "charter"
    title: ClassVar[str] = "Team charter"
    plural: ClassVar[str] = "Team charter"
    help: ClassVar[str] = "A few lines that say why you meet. You can change them at any time."
    step: ClassVar[str] = "gather"

    purpose: Text = story(
        "Our purpose", "What you want for people here, in words you would use at home.", core=True
    )
    population: Text = words("Whose health", "The people this is about.", core=True)
    lead: Text = words("Team lead", "Who calls the meetings.", core=True)
    sponsor: Text = words("Sponsor", "The leader who clears the way.")
    data_lead: Text = words("Data lead", "Who brings the numbers.")
    meet: Text = words("When and where we meet", "A fixed day, and a place all can reach.")
    decide: Text = words("How we decide", "Such as: everyone speaks once, then we vote.")
    disagree: Text = words("When we do not agree", "What you do then.")
    fair: Text = words("How everyone can come", "Pay for time, rides, child care, language.")
    how_we_work: Text = story("How we work together", "What else you promise each other.")


class Member(Record):
    """One person in the team."""

    kind: ClassVar[str] = "member"
    title: ClassVar[str] = "Team member"
    plural: ClassVar[str] = "Team members"
    help: ClassVar[str] = "Everyone in the team, from all three sides. First name is enough."
    step: ClassVar[str] = "gather"
    many: ClassVar[bool] = True

    name: Text = words("Name", "As this person likes to be called.", core=True)
    role: Text = words("Role", "What this person does.", core=True)
    side: Text = choice("Side", "From where this person sees it.", SIDES, core=True)
    time: Text = words("Time", "How much time this person can give, such as half a day a week.")
    will: YesNo = yes_no("Brings will", "Wants it, and can win others for it.")
    ability: YesNo = yes_no("Brings ability", "Knows how to do a part of it.")
    resources: YesNo = yes_no("Brings resources", "Time, money, a room, or a say in things.")
    brings: Text = story("What this person brings", "In a sentence, such as: knows every street.")


class Priority(Record):
    """Something the organization has already promised."""

    kind: ClassVar[str] = "priority"
    title: ClassVar[str] = "Promise or duty"
    plural: ClassVar[str] = "Promises and duties"
    help: ClassVar[str] = "Plans, duties and programs that are already there."
    step: ClassVar[str] = "align"
    many: ClassVar[bool] = True

    name: Text = words("Name", "Of the plan, duty or program.", core=True)
    owner: Text = words("Owner", "Who answers for it. If there is no one, write: nobody yet.", core=True)
    portfolio: Text = choice("Portfolio", "Where it mainly works.", PORTFOLIOS, core=True)
    population: Text = words(
        "Who it is for", "The people, in the same words each time, so that overlap can be seen.", core=True
    )
    decision: Text = choice(
        "What we do with it",
        "Be ready to stop something.",
        {"keep": "keep as it is", "join": "join with our work", "stop": "stop"},
        core=True,
    )
    reason: Text = story("Why", "In one or two sentences.", core=True)
    sort: Text = choice("What it is", "What kind of promise.", PROMISED)
    deadline: Day = day("Promised by", "The day by which it has to be done or reported.")
    money: Text = choice("Money", "Whether it can be paid for.", MONEY)
    funds: Text = words("How much, and from where", "Such as 40,000 dollars a year from a grant.")
    fit: Text = choice("Fit with our purpose", "Hold it against your purpose from step 1.", FITS)
    made_with: Text = story("Made with", "Who of the people it is for had a say, how, and were they paid?")


class Stakeholder(Record):
    """A person or group that affects the work or is affected by it."""

    kind: ClassVar[str] = "stakeholder"
    title: ClassVar[str] = "Partner or group"
    plural: ClassVar[str] = "Partners and groups"
    help: ClassVar[str] = "Who is affected, and who can help."
    step: ClassVar[str] = "matters"
    many: ClassVar[bool] = True

    name: Text = words("Name", "Of the group or organization.", core=True)
    sector: Text = choice("Sector", "The part of life here that it belongs to.", ALL_SECTORS, core=True)
    affected: YesNo = yes_no(
        "Affected by what we want to change",
        "People who are affected always come first, however little power they have.",
        core=True,
    )
    influence: Number = number("Influence", "How far it can help or hinder, from 1 to 5 (much).", core=True)
    interest: Number = number("Interest", "How much it cares, from 1 (little) to 5 (much).", core=True)
    matters: Text = story("What matters to them", "In their words, without names.", core=True)
    sector_words: Text = words("Sector in your own words", "Where no choice above fits.")
    knows: Text = words(
        "Whom they know well", "Groups whose life they know, in the words of step 5, with commas between."
    )
    will: Text = words("Will", "What they want to do, as they said it.")
    ability: Text = words("Ability", "What they know and can do.")
    resources: Text = words("Resources", "What they could share, such as a room, time, money or data.")
    now: Text = choice("Commitment today", "What they do, not what they say.", COMMITMENT)
    needed: Text = choice(
        "Commitment we need", "What the work needs from them. It is not always 4.", COMMITMENT
    )
    owner: Text = words("Who keeps in touch", "One of us.")
    next_contact: Day = day("Next contact", "The day of the next call or visit.")

    @classmethod
    def from_body(cls, body: dict[str, Any], key: str = "") -> Self:
        """Read a record back; a sector once typed freely becomes a choice, and its words are kept."""
        written = str(body.get("sector") or "").strip()
        if written in {"", *ALL_SECTORS}:
            return super().from_body(body, key)
        sector = written.casefold() if written.casefold() in ALL_SECTORS else "other"
        words_kept = body.get("sector_words") or written
        return super().from_body({**body, "sector": sector, "sector_words": words_kept}, key)

    def check(self) -> dict[str, str]:
        """Hold both marks to 1 to 5."""
        marks = {"influence": self.influence, "interest": self.interest}
        return {
            name: "Write a number from 1 (little) to 5 (much)."
            for name, mark in marks.items()
            if mark is not None and not 1 <= mark <= 5
        }


class Asset(Record):
    """Something good that is already there and that the work can build on."""

    kind: ClassVar[str] = "asset"
    title: ClassVar[str] = "Strength of this place"
    plural: ClassVar[str] = "Strengths of this place"
    help: ClassVar[str] = "What people, places and groups here already give. Start from what is strong."
    step: ClassVar[str] = "matters"
    many: ClassVar[bool] = True

    name: Text = words("Name", "Of the person's role, the place or the group. No private names.", core=True)
    sort: Text = choice("Kind of strength", "What it mainly is.", STRENGTHS, core=True)
    where: Text = words("Where", "A street, a village, a day of the week, so that others find it.", core=True)
    offers: Text = story("What it offers", "Such as a room, trust, time, a skill, a ride.", core=True)
    contact: Text = words("Who to ask", "A role or an office, such as the parish desk.")


class Theme(Record):
    """Something that matters to people, as they said it."""

    kind: ClassVar[str] = "theme"
    title: ClassVar[str] = "Theme"
    plural: ClassVar[str] = "What matters to people"
    help: ClassVar[str] = "One thing you heard, in people's own words. Ask first, and write no names."
    step: ClassVar[str] = "matters"
    many: ClassVar[bool] = True

    theme: Text = words("Theme", "In a few words, the same words each time you hear it.", core=True)
    segment: Text = words("Who said it", "The group, never the person.", core=True)
    source: Text = choice("Where you heard it", "How these words came to you.", HEARD, core=True)
    said: Text = story("What matters, as it was said", "Their words, without names.", core=True)
    consent: YesNo = yes_no(
        "They agreed that we use these words", "Ask before you write them down.", core=True
    )
    date: Day = day("Heard on", "The day you heard it.", core=True)
