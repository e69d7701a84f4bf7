"""The dictionary of a team's measures: how each is counted, since when, and how it was counted before."""

from collections.abc import Sequence

import pandas as pd

from pophealth.delivery.measure_pieces import named
from pophealth.views import definition_words, lists, theme
from pophealth.views.markup import Html
from pophealth.workspace import definitions
from pophealth.workspace.records import Measure

OPEN = "–"
HOW = "If you begin to count in another way, write the first month of it into the form. Nothing old is lost."


def dictionary(table: pd.DataFrame, measures: Sequence[Measure]) -> Html:
    """List how each measure is counted, the old ways below the new, and say what is still open.

    Parameters
    ----------
    table : pandas.DataFrame
        From `workspace.definitions.table`.
    measures : sequence of Measure
        As they stand now.

    Returns
    -------
    Html
        A table with its words.
    """
    said = [*definition_words.how_many([one.family for one in measures]), *definition_words.recounted(table)]
    unsaid = {named(one): definitions.unsaid(one) for one in measures}
    asked = definition_words.still_to_say(unsaid)
    pieces = [lists.boxed(theme.data_table(_told(table), caption="What we count, and how"))]
    pieces += [lists.said(said, heading="What we see.")]
    pieces += [lists.said(asked, heading="Still to say.")] if asked else []
    return theme.join(*pieces, theme.note(HOW))


def _told(table: pd.DataFrame) -> pd.DataFrame:
    shown = pd.DataFrame(
        {
            "Measure": table.apply(definition_words.called, axis="columns"),
            "Since when": table.apply(definition_words.since_when, axis="columns"),
            "Who or what is counted": table["numerator"],
            "Out of": table["denominator"],
            "Who is in, who is out": table["covers"],
            "Source": table["source"],
            "How often": table.apply(definition_words.counted_how, axis="columns"),
            "Target": table.apply(definition_words.aimed_at, axis="columns"),
            "Who answers for it": table["owner"],
        }
    )
    return shown.replace("", OPEN)
