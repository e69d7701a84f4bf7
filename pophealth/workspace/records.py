"""What a team can write, one class a kind: the source of forms, checks, export and the data dictionary."""

from pophealth.workspace.record import Record
from pophealth.workspace.records_focus import Cause, Conversation, Focus, Ladder, Staff
from pophealth.workspace.records_partners import Activity, Factor, Trust
from pophealth.workspace.records_shared import Exchange, Note, Score, Storyboard
from pophealth.workspace.records_sustain import Control, Site, Upkeep
from pophealth.workspace.records_team import (
    Agreed,
    Asset,
    Charter,
    Member,
    Priority,
    Rating,
    Stakeholder,
    Theme,
)
from pophealth.workspace.records_work import Adjustment, Agreement, Aim, Driver, Measure, Test

__all__ = [
    "MODELS",
    "Activity",
    "Adjustment",
    "Agreed",
    "Agreement",
    "Aim",
    "Asset",
    "Cause",
    "Charter",
    "Control",
    "Conversation",
    "Driver",
    "Exchange",
    "Factor",
    "Focus",
    "Ladder",
    "Measure",
    "Member",
    "Note",
    "Priority",
    "Rating",
    "Record",
    "Score",
    "Site",
    "Staff",
    "Stakeholder",
    "Storyboard",
    "Test",
    "Theme",
    "Trust",
    "Upkeep",
]

MODELS: dict[str, type[Record]] = {
    model.kind: model
    for model in (
        Charter,
        Member,
        Rating,
        Agreed,
        Priority,
        Stakeholder,
        Asset,
        Theme,
        Ladder,
        Staff,
        Conversation,
        Cause,
        Focus,
        Aim,
        Driver,
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
        Agreement,
    )
}
