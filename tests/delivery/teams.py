"""Teams for tests, written through the same doors as people use: records saved, counts brought."""

import hashlib
from pathlib import Path

import pandas as pd

from pophealth.workspace.records import MODELS
from pophealth.workspace.records_choosing import CRITERIA, statement
from pophealth.workspace.samples import sample_workspace
from pophealth.workspace.store import TeamBook, Workspace

EMPTY = ("new-start", "New Start")


def cohort(folder: Path) -> Workspace:
    """The sample cohort with one team that has written nothing, opened for its steward."""
    sample_workspace().snapshot_to(folder)
    workspace = Workspace.open(folder, user="robin")
    workspace.add_team(*EMPTY)
    return workspace


def write(book: TeamBook, kind: str, key: str = "", *, shared: bool = False, **values: object) -> None:
    """Save a new record as a form does, and share it when told to."""
    kept = book.save(MODELS[kind].draft(values, key), based_on=0)
    if shared:
        book.share(kind, key, shared=True, based_on=kept.entry.revision)


def grown(book: TeamBook, people: int) -> None:
    """Let a number of people, half of them residents, write what each writes alone in steps 1, 2 and 6."""
    for name in ("Sleep", "Rides"):
        write(book, "outcome", name.lower(), name=name, whom="Neighbors")
    for number in range(1, people + 1):
        resident, mark = number % 2 == 0, number % 4
        role = "neighbor" if resident else "nurse"
        side = "resident" if resident else "institution"
        write(book, "member", f"p-{number}", name=f"Person {number}", role=role, side=side)
        answers = dict.fromkeys((one.name for one in book.instrument.statements), mark)
        about = {"rater": f"r{number}", "role": role, "round": "2021-06", "answers": answers}
        write(book, "rating", f"r-{number}", shared=False, **about)
        scores = {
            statement(name, f"own-{item}"): mark + better
            for name in CRITERIA
            for item, better in (("sleep", 1), ("rides", 0))
        }
        view = "resident" if resident else "staff"
        dots = {"own-sleep": 2, "own-rides": 1}
        write(book, "ballot", f"b-{number}", code=f"b{number}", view=view, scores=scores, dots=dots)


def counted(book: TeamBook, measure: str, rows: list[tuple[str, int, int]]) -> None:
    """Bring months, numerators and denominators of one measure."""
    table = pd.DataFrame(rows, columns=["period", "numerator", "denominator"])
    table = table.assign(
        measure=measure, period=pd.to_datetime(table["period"]), value=float("nan"), stratifier="", stratum=""
    )
    sign = hashlib.sha256(repr((measure, rows)).encode()).hexdigest()
    book.import_counts(table.assign(note=""), file_name=f"{measure}.csv", sha256=sign)
