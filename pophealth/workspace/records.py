"""What can be written, one class a kind: the source of forms, checks, export and the data dictionary."""

from pophealth.workspace.record import Record
from pophealth.workspace.records_align import Anchor
from pophealth.workspace.records_choosing import Ballot, Criteria, Decision, Outcome, Shortlist
from pophealth.workspace.records_drivers import Driver, Project, Ways, Why
from pophealth.workspace.records_focus import Cause, Conversation, Focus, Ladder, Staff
from pophealth.workspace.records_gather import Calendar, Event, Interest, Skills
from pophealth.workspace.records_partners import Activity, Factor, Trust
from pophealth.workspace.records_pulse import Pulse
from pophealth.workspace.records_session import Poll, Reply, Session
from pophealth.workspace.records_shared import Exchange, Note, Score, Storyboard
from pophealth.workspace.records_standing import Agreed, Rating, Reading
from pophealth.workspace.records_sustain import Control, Site, Upkeep
from pophealth.workspace.records_team import (
    Asset,
    Charter,
    Member,
    Priority,
    Stakeholder,
    Theme,
)
from pophealth.workspace.records_tests import Test
from pophealth.workspace.records_work import Adjustment, Agreement, Aim, Measure

__all__ = [
    "COMMON",
    "KINDS",
    "MODELS",
    "Activity",
    "Adjustment",
    "Agreed",
    "Agreement",
    "Aim",
    "Anchor",
    "Asset",
    "Ballot",
    "Calendar",
    "Cause",
    "Charter",
    "Control",
    "Conversation",
    "Criteria",
    "Decision",
    "Driver",
    "Event",
    "Exchange",
    "Factor",
    "Focus",
    "Interest",
    "Ladder",
    "Measure",
    "Member",
    "Note",
    "Outcome",
    "Poll",
    "Priority",
    "Project",
    "Pulse",
    "Rating",
    "Reading",
    "Record",
    "Reply",
    "Score",
    "Session",
    "Shortlist",
    "Site",
    "Skills",
    "Staff",
    "Stakeholder",
    "Storyboard",
    "Test",
    "Theme",
    "Trust",
    "Upkeep",
    "Ways",
    "Why",
]

MODELS: dict[str, type[Record]] = {
    model.kind: model
    for model in (
        Charter,
        Member,
        Interest,
        Skills,
        Calendar,
        Event,
        Rating,
        Agreed,
        Reading,
        Priority,
        Anchor,
        Stakeholder,
        Asset,
        Theme,
        Ladder,
        Staff,
        Conversation,
        Cause,
        Focus,
        Aim,
        Shortlist,
        Outcome,
        Criteria,
        Ballot,
        Decision,
        Driver,
        Why,
        Project,
        Ways,
        Test,
        Measure,
        Adjustment,
        Trust,
        Activity,
        Factor,
        Exchange,
        Storyboard,
        Upkeep,
        Control,
        Site,
        Score,
        Note,
        Pulse,
        Agreement,
    )
}
"""What a team can write."""

COMMON: dict[str, type[Record]] = {model.kind: model for model in (Session, Poll, Reply)}
"""What is written once for the whole community, and belongs to no team."""

KINDS = MODELS | COMMON
