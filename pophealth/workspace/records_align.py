"""What a team writes about how its organization acts as a neighbor: step 3."""

from typing import ClassVar

from pophealth.workspace.fields import Text, choice, story, words
from pophealth.workspace.record import Record

ANCHORS = {
    "hire": "hire: jobs for people who live here",
    "buy": "buy: goods and services from here",
    "invest": "invest: money that stays here",
    "lend": "lend: rooms, land or vans",
}
"""What a large organization can do for its place besides care."""


class Anchor(Record):
    """Something a large organization does for its place as an employer, buyer, investor or landlord."""

    kind: ClassVar[str] = "anchor"
    title: ClassVar[str] = "Anchor action"
    plural: ClassVar[str] = "Anchor actions"
    help: ClassVar[str] = (
        "How your organization hires, buys, invests or lends space for the good of this place."
    )
    step: ClassVar[str] = "align"
    many: ClassVar[bool] = True

    action: Text = words("What we do", "Such as: the kitchen buys from three farms.", core=True)
    sort: Text = choice("Kind of action", "What it mainly is.", ANCHORS, core=True)
    gains: Text = words("Who gains", "The people or streets that are better off.", core=True)
    owner: Text = words("Owner", "Who answers for it. If there is no one, write: nobody yet.", core=True)
    state: Text = choice(
        "How far it is",
        "An idea is a good start.",
        {"idea": "an idea", "begun": "begun", "there": "in place"},
        first="idea",
    )
    size: Text = words("How much", "Such as 12 jobs, or two evenings a week.")
    made_with: Text = story("Made with", "Who of the people who gain had a say, how, and were they paid?")
