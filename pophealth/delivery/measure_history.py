"""The series from history that step 9 teaches with, and their charts, drawn before anyone waits."""

import pandas as pd

from pophealth.delivery import measure_pieces
from pophealth.stats import spc
from pophealth.workspace import history, timeline
from pophealth.workspace.records import Measure


def counts(slug: str) -> pd.DataFrame:
    """Give the counts of a series from history; a plain count a year also as its numerator."""
    table = history.counts(slug)
    return table.assign(numerator=table["numerator"].fillna(table["value"]))


def measure(slug: str, *, chart: str = "") -> Measure:
    """Give the definition of a series from history, for another chart when one is named."""
    defined = history.measure(slug)
    return defined.model_copy(update={"chart": chart}) if chart else defined


def marks(slug: str) -> pd.DataFrame:
    """Give the tests of change of a series from history: number, date, label."""
    return timeline.marks(history.team(slug), history.measure(slug).key)


def draw() -> None:
    """Draw every chart from history once, as the lesson does."""
    vienna = counts("vienna")
    vienna["phase"] = vienna["period"] >= "1847-06"
    kinds = ("p", "p'")
    charts = [spc.control_chart(vienna, chart=kind, phase="phase", better="lower") for kind in kinds]
    both = pd.concat([table.assign(chart=kind) for table, kind in zip(charts, kinds, strict=True)])
    measure_pieces.series(charts[0], measure("vienna"), marks("vienna"), None)
    measure_pieces.beside(both, measure("vienna"), marks("vienna"))
    for slug, kind, noted in (("scutari", "p'", marks("scutari")), ("prussia", "c", None)):
        charted = spc.control_chart(counts(slug), chart=kind, better="lower")
        measure_pieces.series(charted, measure(slug, chart=kind), noted, None)
