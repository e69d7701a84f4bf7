"""One lead measure a team counts, and only when it was named before it showed anything."""

from datetime import UTC, datetime

import pandas as pd
import pytest

from pophealth.workspace import leads, overview, progress
from pophealth.workspace.records import Measure
from pophealth.workspace.store import Workspace

MONTHS = pd.date_range("2019-01-01", periods=30, freq="MS")
JUMP = 22


def counts(measure):
    rose = [40 if number < JUMP else 80 for number in range(len(MONTHS))]
    swing = [2 * (number % 3) for number in range(len(MONTHS))]
    table = pd.DataFrame({"measure": measure, "period": MONTHS, "denominator": 200})
    return table.assign(numerator=[a + b for a, b in zip(rose, swing, strict=True)])


def named(folder, key, when, *, user="ana"):
    moment = datetime.combine(pd.Timestamp(when).date(), datetime.min.time(), UTC)
    book = Workspace.open(folder, user=user, clock=lambda: moment).team("gull-harbor")
    measure = Measure(key=key, name=key, chart="p", better="higher", lead=True, baseline_points=18)
    kept = book.save(measure, based_on=0)
    book.share("measure", key, shared=True, based_on=kept.entry.revision)
    book.import_counts(counts(key), file_name=f"{key}.csv", sha256=key.ljust(64, "0"))
    return book


@pytest.mark.parametrize(("when", "counted"), [("2020-10-20", 1), ("2020-11-30", 1), ("2021-03-01", 0)])
def test_a_measure_picked_after_its_signal_does_not_count(folder, when, counted):
    named(folder, "calls", when)
    room = progress.room(Workspace.open(folder, user="fay"))
    assert (room.measures, room.improved, room.held) == (1, counted, counted)
    shown = overview.signals(Workspace.open(folder, user="cora"))
    assert shown["direction"].tolist() == ["improvement" if counted else ""]


def test_a_team_has_one_lead_measure_however_many_it_calls_so(folder):
    named(folder, "calls", "2020-10-20")
    named(folder, "visits", "2020-10-21")
    workspace = Workspace.open(folder, user="fay")
    assert [entry.key for entry, _ in leads.shared_leads(workspace)] == ["calls"]
    assert progress.room(workspace).measures == 1


def test_the_day_counts_from_which_it_was_the_lead_without_a_break(folder):
    book = named(folder, "calls", "2020-10-20")
    workspace = Workspace.open(folder, user="sam")
    assert leads.named_on(workspace, "gull-harbor", "calls").isoformat() == "2020-10-20"
    entry = book.get("measure", "calls")
    off = book.save(entry.record.model_copy(update={"lead": False}), based_on=entry.revision).entry
    assert leads.named_on(workspace, "gull-harbor", "calls") is None
    later = Workspace.open(folder, user="ana", clock=lambda: datetime(2021, 4, 1, tzinfo=UTC))
    later.team("gull-harbor").save(entry.record, based_on=off.revision)
    assert leads.named_on(workspace, "gull-harbor", "calls").isoformat() == "2021-04-01"
