"""The pictures of step 5 that come from numbers, each made from its table alone."""

from typing import Any

import pandas as pd

from pophealth.delivery.kept import kept
from pophealth.delivery.measure_pieces import named
from pophealth.views import choosing, theme
from pophealth.views.dot_plot import dot_plot
from pophealth.views.ladder_bars import ladder_bars
from pophealth.views.markup import Html
from pophealth.views.phrases import moment, span
from pophealth.workspace.records import Measure

NO_LADDER = (
    "A bar for each group will stand here: thriving, struggling, suffering.",
    "Ask the two ladder questions below, and write down the answers of one group.",
)
NOT_YOURS = "Only the team and its coach see the ladder answers."
NO_COUNTS = (
    "Each group will have a dot here.",
    "Bring counts by group in step 9: stratifier and stratum, such as language and Spanish.",
)
NO_WAY = ("Each group will have a dot here.", "Say in step 9 which way is better for your measure.")
NO_SHARES = (
    "Your groups cannot be set side by side yet.",
    "It takes two groups, and counts of people out of all people. Look at the charts of step 9 instead.",
)


def why_no_groups(every: pd.DataFrame, measure: Measure) -> tuple[str, str]:
    """Say what will stand where groups are compared, and the one thing to do next."""
    if not every["stratum"].ne("").any():
        return NO_COUNTS
    return NO_SHARES if measure.better in ("higher", "lower") else NO_WAY


@kept
def ladder(found: pd.DataFrame) -> Html:
    return Html("")
