"""Below charts by group over time: how each group stands in the last year, and how sure that is."""

import pandas as pd

from pophealth.stats import rates
from pophealth.stats.reliability import reliability
from pophealth.views import lists, theme
from pophealth.views.equity_charts import dot_numbers
from pophealth.views.markup import Html
from pophealth.views.phrases import span
from pophealth.views.series import period_of
from pophealth.views.trusted import trust_notes
from pophealth.workspace import groups as split
from pophealth.workspace.periods import months_in
from pophealth.workspace.records import Measure

YEAR = 12
COUNTED = {"p": "proportion", "p'": "proportion", "u": "rate", "u'": "rate"}


def last_year(charted: pd.DataFrame, measure: Measure) -> list[Html]:
    """List each group with its latest year together, how far luck could move it, and how sure it is.

    Parameters
    ----------
    charted : pandas.DataFrame
        Charted groups, told apart by a column stratum.
    measure : Measure
        What is counted.

    Returns
    -------
    list of Html
        A table on a card and a note; nothing where the measure is no share and no rate.
    """
    kind = COUNTED.get(measure.chart)
    if kind is None:
        return []
    year = split.latest(charted, max(1, YEAR // months_in(charted["period"])))
    try:
        found = _worked_out(year, kind, measure.scale)
    except ValueError:
        return []
    table = dot_numbers(found, by="stratum", better=measure.better or "neither", unit=measure.said_in)
    when = span(year["period"].min(), year["period"].max(), period_of(year))
    listed = theme.data_table(table, caption=f"The latest year together: {when}")
    notes = [theme.note(sentence) for sentence in trust_notes(found, by="stratum")]
    return [lists.boxed(listed), *notes] if len(found) else []


def _worked_out(year: pd.DataFrame, kind: str, scale: float) -> pd.DataFrame:
    rate_of = rates.proportion if kind == "proportion" else rates.rate
    return reliability(rate_of(year, by="stratum", scale=scale), kind=kind, scale=scale)
