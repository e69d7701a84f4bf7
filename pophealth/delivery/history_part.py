"""Series from history to learn on, the same for every team."""

import pandas as pd

from pophealth.delivery import measure_history
from pophealth.delivery.workbook import Workbook
from pophealth.workspace.records import Measure


class HistoryPart(Workbook):
    """Charts that changed history, drawn before a visitor waits for them."""

    @classmethod
    def warm(cls) -> None:
        """Draw the charts that every team sees before a visitor waits for them."""
        super().warm()
        measure_history.draw()

    def history(self, slug: str) -> pd.DataFrame:
        """Give the counts of a series from history, everyone together.

        Parameters
        ----------
        slug : str
            "vienna", "scutari" or "prussia".

        Returns
        -------
        pandas.DataFrame
            Counts layout; a missing period is a row of missing values.
        """
        return measure_history.counts(slug)

    def history_measure(self, slug: str, *, chart: str = "") -> Measure:
        """Give the definition of a series from history, for another chart when one is named."""
        return measure_history.measure(slug, chart=chart)

    def history_marks(self, slug: str) -> pd.DataFrame:
        """Give the tests of change of a series from history: number, date, label."""
        return measure_history.marks(slug)
