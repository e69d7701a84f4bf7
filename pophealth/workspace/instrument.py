"""The statements a team rates itself on, as data, and the score of a section.

Statements, levels and next steps are our own wording. The eight sections follow the four levers and the four
portfolios of population health named in the Pathways to Population Health Compass.
"""

from collections.abc import Mapping
from typing import NamedTuple

LEVELS = (
    (0, "not yet"),
    (1, "here and there"),
    (2, "in most places"),
    (3, "everywhere, and we keep checking"),
)
TOP = LEVELS[-1][0]


class Statement(NamedTuple):
    """One thing a team may do today."""

    name: str
    text: str


class Section(NamedTuple):
    """A part of the work, with its statements and a first step for teams who score low."""

    slug: str
    title: str
    part: str
    next_step: str
    statements: tuple[Statement, ...]


def _section(slug: str, title: str, part: str, next_step: str, *texts: str) -> Section:
    numbered = (Statement(f"{slug}-{number}", text) for number, text in enumerate(texts, start=1))
    return Section(slug, title, part, next_step, tuple(numbered))


SECTIONS: tuple[Section, ...] = (
    _section(
        "stewardship",
        "Leading together",
        "How we work",
        "Ask one leader to open the next team meeting and say why it matters to her.",
        "Our leaders speak about the health of all people here, not only of patients in the building.",
        "Someone at the top has this work in their goals and asks about it each month.",
        "We share plans and credit with partners outside health care.",
        "We stop work that does not help people, and say so.",
    ),
    _section(
        "equity",
        "Fairness",
        "How we work",
        "Split one measure by language this month and look at it together.",
        "We ask everyone about race, ethnicity and language in a kind and clear way.",
        "We look at our main results for each group, not only for everyone together.",
        "We do something different for groups who are left behind.",
        "Our staff and board look like the people we serve.",
    ),
    _section(
        "payment",
        "Money that fits",
        "How we work",
        "Find one program where keeping people well already pays, and meet its owner.",
        "Part of our income depends on people staying well.",
        "We know what our largest avoidable costs are and whom they touch.",
        "We spend some of our own money on what makes people healthy outside the clinic.",
        "Savings from better health come back to the work that made them.",
    ),
    _section(
        "experience",
        "People who live it",
        "How we work",
        "Invite two people who live with it to the next meeting, and pay for their time.",
        "People who live with what we want to change sit in the team.",
        "They are paid for their time and helped to take part.",
        "They help to choose what we work on, not only how.",
        "When they say that something does not work, we change it.",
    ),
    _section(
        "health",
        "Physical and mental health",
        "What we work on",
        "Make a list of people with one long-term illness who have not been seen this year.",
        "We know who our people are and who has not been seen for a long time.",
        "Care is given by a team, and people know who is in it.",
        "Help for mental health is there on the same day and in the same place.",
        "People with the greatest needs have one person who stays in touch.",
    ),
    _section(
        "social",
        "Social and spiritual well-being",
        "What we work on",
        "Call back five people you referred for food or housing and ask if help arrived.",
        "We ask people about food, housing, safety and money, and why we ask.",
        "When someone needs help, we connect them with a partner who can give it.",
        "We check whether the help arrived.",
        "We ask what gives people strength and meaning.",
    ),
    _section(
        "community",
        "Community health and well-being",
        "What we work on",
        "Share your plan with one partner and ask what you could do together.",
        "We know how people in our towns and streets are doing, also those who never come to us.",
        "We work with schools, housing, faith groups or business on shared aims.",
        "Our community health plan is made with residents and has money behind it.",
        "Partners can see our numbers and we can see theirs.",
    ),
    _section(
        "solutions",
        "Communities of solutions",
        "What we work on",
        "List your ten largest suppliers and ask which could be local.",
        "We hire, buy and invest in the places that need it most.",
        "We lend our space, skills or voice to local groups.",
        "We stand up for rules and laws that make people healthier.",
        "Residents have a say in decisions that shape their place.",
    ),
)


def section_score(section: Section, answers: Mapping[str, int | None]) -> float | None:
    """Score one section from 0 to 100.

    The score is the share of the highest levels that were chosen, over the statements answered; the formula
    is ours. With less than half answered there is no score.

    Parameters
    ----------
    section : Section
        The statements.
    answers : mapping of str to int or None
        Level by statement; None for "cannot say".

    Returns
    -------
    float or None
        0 (not yet) to 100 (everywhere); None when less than half is answered.

    Examples
    --------
    >>> section_score(SECTIONS[0], {"stewardship-1": 3, "stewardship-2": 0})
    50.0
    >>> section_score(SECTIONS[0], {"stewardship-1": 3}) is None
    True
    """
    given = [answers.get(statement.name) for statement in section.statements]
    levels = [level for level in given if level is not None]
    if len(levels) * 2 < len(section.statements):
        return None
    return 100 * sum(levels) / (TOP * len(levels))
