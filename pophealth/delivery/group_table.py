"""Below charts by group over time: how each group stands in the last year, and how sure that is."""

import pandas as pd

from pophealth.stats import rates
from pophealth.stats.reliability import reliability
from pophealth.views import lists, theme
from pophealth.views.equity_tables import LUCK, dot_numbers
from pophealth.views.groups import head_of
from pophealth.views.markup import Html
from pophealth.views.phrases import many, span
from pophealth.views.series import period_of
from pophealth.views.trusted import HEAD, trust_notes
from pophealth.workspace import groups as split
from pophealth.workspace import timeline
from pophealth.workspace.periods import months_in
from pophealth.workspace.records import Measure

YEAR = 12
NO_YEAR = (
    "Each group will stand here with its latest year together.",
    "It takes groups that are counted as a share of people, or as a rate.",
)
COUNTED = {"p": "proportion", "p'": "proportion", "u": "rate", "u'": "rate"}


def last_year(charted: pd.DataFrame, measure: Measure, known: str) -> Html:
    """List each group with its latest year together, how far luck could move it, and how sure it is.

    Parameters
    ----------
    charted : pandas.DataFrame
        Charted groups, told apart by a column stratum.
    measure : Measure
        What is counted.
    known : str
        Of how many people the group is written down, in short.

    Returns
    -------
    Html
        A table on a card and a note, or what will stand here.
    """
    periods = 1 if timeline.tied(measure) else max(1, YEAR // months_in(charted["period"]))
    there = {"numerator", "denominator"} <= set(charted) and measure.chart in COUNTED
    year = split.latest(charted, periods) if there else charted.iloc[:0]
    try:
        found = _worked_out(year, measure) if len(year) else year
    except ValueError:
        found = year.iloc[:0]
    if found.empty:
        return theme.empty(*NO_YEAR)
    table = _narrow(found, measure)
    length = period_of(charted)
    when = span(year["period"].min(), year["period"].max(), length)
    counted = f"{many(year['period'].nunique(), length)} with counts, {when}"
    listed = lists.boxed(theme.data_table(table, caption=counted))
    notes = " ".join(filter(None, [*trust_notes(found, by="stratum"), known]))
    return theme.join(listed, theme.note(notes)) if notes else listed


def _worked_out(year: pd.DataFrame, measure: Measure) -> pd.DataFrame:
    """Work out each group's number with its limits, and how sure it is."""
    kind, scale = COUNTED[measure.chart], measure.scale
    rate_of = rates.proportion if kind == "proportion" else rates.rate
    return reliability(rate_of(year, by="stratum", scale=scale), kind=kind, scale=scale)


def _narrow(found: pd.DataFrame, measure: Measure) -> pd.DataFrame:
    """Put the numbers into four columns, so that they fit on a phone."""
    unit = measure.said_in
    table = dot_numbers(found, by="stratum", better=measure.better or "neither", unit=unit)
    value = table[head_of(unit)] + " (" + table[LUCK] + ")"
    columns = {"Group": table["Group"], "Counted": table["Counted"] + " of " + table["Out of"]}
    return pd.DataFrame({**columns, f"{head_of(unit)} (luck)": value, HEAD: table[HEAD]})
