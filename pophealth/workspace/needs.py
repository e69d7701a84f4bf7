"""Who needs a hand, in sentences computed from what is there; never a ranking of teams."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

import pandas as pd

from pophealth.workspace import timeline
from pophealth.workspace.errors import Problem
from pophealth.workspace.records import Aim, Focus, Measure, Note, Score
from pophealth.workspace.signs import ENOUGH, Sign, charted, gap_sign, sign_of
from pophealth.workspace.store import TeamBook, Workspace

QUIET_WEEKS = 6
SILENT_WEEKS = 6
COLUMNS = ["team", "name", "sentence", "why"]


class Finding(NamedTuple):
    """One reason to call a team; a lower number is more pressing."""

    urgency: float
    sentence: str
    why: str = ""


class _Seen(NamedTuple):
    """What this person may see of a team."""

    book: TeamBook
    measure: Measure
    sign: Sign
    status: dict
    as_of: date


def needs_a_hand(workspace: Workspace, as_of: date, *, private: bool = True) -> pd.DataFrame:
    """List the teams that may be glad of a call, the most pressing first.

    Read it as a list of questions for the next calls. It is for coaches and faculty only, and it says
    nothing about how good a team is.

    Parameters
    ----------
    workspace : Workspace
        Bound to a coach, a faculty member or a steward.
    as_of : datetime.date
        The day to count weeks from.
    private : bool
        Also what scores and coach notes say; False for a page that is handed on.

    Returns
    -------
    DataFrame
        team, name, sentence (the main reason), why (what supports it, other reasons, the last coach note).
        A team without any reason has no row.
    """
    rows = []
    for team in workspace.cohort():
        try:
            seen = _look(workspace, team.slug, as_of)
        except Problem:
            continue
        findings = sorted(_findings(seen, private=private))
        if findings:
            first, *others = findings
            also = [f"{other.sentence} {other.why}".strip() for other in others]
            why = " ".join(part for part in (first.why, *also, _last_note(seen) if private else "") if part)
            rows.append((first.urgency, team.slug, team.name, first.sentence, why))
    table = pd.DataFrame(rows, columns=["urgency", *COLUMNS])
    return table.sort_values("urgency", kind="stable", ignore_index=True)[COLUMNS]


def _look(workspace: Workspace, slug: str, as_of: date) -> _Seen:
    status, book = workspace.status_of(slug), workspace.team(slug)
    measure = timeline.lead(book.records("measure"))
    sign = Sign()
    if measure.lead and not timeline.tied(measure):
        try:
            sign = sign_of(charted(timeline.points(book, measure.key), measure))
        except Problem:
            measure = Measure()
    return _Seen(book, measure, sign, status, as_of)


def _findings(seen: _Seen, *, private: bool) -> Iterator[Finding]:
    looks = (_concern, *([_scores_apart] if private else []), _gap_wider, _no_test, _too_little, _silent)
    for look in (*looks, _planning):
        found = look(seen)
        if found:
            yield found


def _concern(seen: _Seen) -> Finding | None:
    if seen.sign.direction != "concern" or seen.sign.since is None:
        return None
    return Finding(
        1, f"Their lead measure has a signal of concern since {_month(seen.sign.since, seen.as_of)}."
    )


def _scores_apart(seen: _Seen) -> Finding | None:
    scores = [one for one in seen.book.records("score") if isinstance(one, Score) and one.month and one.value]
    latest = {
        who: max((s for s in scores if s.by == who), key=_score_month, default=None)
        for who in ("team", "faculty")
    }
    own, faculty = latest["team"], latest["faculty"]
    if own is None or faculty is None or abs((own.value or 0) - (faculty.value or 0)) < 1:
        return None
    sentence = f"Own score {own.value:.1f}, faculty {faculty.value:.1f}."
    if seen.sign.points and not seen.sign.direction:
        rise = (own.value or 0) > (faculty.value or 0)
        said = "The rise they report is" if rise else "Their chart stays"
        return Finding(2, sentence, f"{said} within ordinary variation.")
    return Finding(2, sentence, "Talk about what each of you has seen.")


def _gap_wider(seen: _Seen) -> Finding | None:
    focus = next((one for one in seen.book.records("focus") if isinstance(one, Focus) and one.stratum), None)
    if focus is None or seen.sign.direction != "improvement":
        return None
    groups = timeline.points(seen.book, seen.measure.key, stratifier=focus.stratifier)
    gap = gap_sign(groups, seen.measure, behind=focus.stratum, reference=focus.reference)
    if gap.direction != "concern":
        return None
    own = sign_of(charted(groups[groups["stratum"].eq(focus.stratum)], seen.measure))
    why = "" if own.direction == "improvement" else "The group left behind did not improve."
    return Finding(3, "Better overall, but the gap is wider.", why)


def _no_test(seen: _Seen) -> Finding | None:
    started = [one for one in seen.status["present"].get("aim", ()) if one.complete]
    if not started:
        return None
    tried = timeline.last_tried(seen.book.records("test"), seen.as_of)
    days = [one.saved_at.date() for one in seen.status["present"].get("test", ())]
    days += [tried] if tried else []
    weeks = _weeks(max(days, default=started[0].saved_at.date()), seen.as_of)
    if weeks < QUIET_WEEKS:
        return None
    said = f"No test for {weeks} weeks." if days else f"{weeks} weeks with an aim and no test yet."
    return Finding(4 - weeks / 1000, said, "What could they try by next Tuesday?")


def _too_little(seen: _Seen) -> Finding | None:
    aims = [one for one in seen.book.records("aim") if isinstance(one, Aim)]
    if not (aims and seen.measure.key) or seen.sign.points >= ENOUGH:
        return None
    points = timeline.points(seen.book, seen.measure.key)
    if timeline.joined(points):
        return None
    period = {"day": "event"}.get(seen.measure.period, seen.measure.period or "month")
    said = f"one {period}" if seen.sign.points == 1 else f"{seen.sign.points} {period}s"
    return Finding(
        5, f"Too little data to tell: {said} of their lead measure.", f"A chart needs about {ENOUGH}."
    )


def _silent(seen: _Seen) -> Finding | None:
    days = [one.saved_at.date() for traces in seen.status["present"].values() for one in traces]
    weeks = _weeks(max(days), seen.as_of) if days else 0
    if days and weeks < SILENT_WEEKS:
        return None
    said = f"Nothing written for {weeks} weeks." if days else "Nothing written yet."
    return Finding(6, said, "A call may help more than a mail.")


def _planning(seen: _Seen) -> Finding | None:
    """Tell of a charter long ago and nothing tried since; an aim without a test is told above."""
    present, begun = seen.status["present"], seen.status["begun"]
    aimed = any(one.complete for one in present.get("aim", ()))
    if begun is None or aimed or present.get("test"):
        return None
    weeks = _weeks(begun.date(), seen.as_of)
    if weeks < QUIET_WEEKS:
        return None
    return Finding(7, f"{weeks} weeks and no test yet.", "What could they try by next Tuesday?")


def _last_note(seen: _Seen) -> str:
    if not seen.book.can("read", "note"):
        return ""
    days = [entry.saved_at.date() for entry in seen.book.list("note") if isinstance(entry.record, Note)]
    past = [day for day in days if day <= seen.as_of]
    if not past:
        return ""
    ago = (seen.as_of - max(past)).days
    return f"Last coach note: {'today' if ago == 0 else 'yesterday' if ago == 1 else f'{ago} days ago'}."


def _score_month(score: Score) -> str:
    return str(score.month)


def _weeks(day: date, as_of: date) -> int:
    return max(0, (as_of - day).days // 7)


def _month(when: pd.Timestamp, as_of: date) -> str:
    return f"{when:%B}" if (as_of - when.date()).days < 330 else f"{when:%B %Y}"
