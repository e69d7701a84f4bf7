"""How counts come into a team's workbook: a sheet to fill in, and the place to bring it."""

from typing import Any

import pandas as pd

from pophealth.delivery.workbook import Workbook
from pophealth.views import theme
from pophealth.views.markup import Html
from pophealth.workspace.counts_sheet import counts_sheet

NO_SHEET = (
    "A sheet to fill in will stand here.",
    "Write down above what you count. Your measures, groups and months will stand in it already.",
)


class CountsPart(Workbook):
    """The sheet for a team's next counts, and the door through which they come."""

    def counts_form(self) -> Any:
        """Show the place for a file of counts: checked in words first, kept when the person says so.

        Returns
        -------
        Widget
            What it keeps stands on the charts when the page is loaded again.
        """
        from pophealth.views.forms import CountsForm

        return CountsForm(self._team)

    def show_sheet(self) -> Html:
        """Hand out a sheet for the next counts, with measures, groups and months in it already.

        Returns
        -------
        Html
            A file to download, or what will stand here.
        """
        sheet = counts_sheet(self._team, as_of=self.as_of) if self._sees_own_counts else pd.DataFrame()
        if sheet.empty:
            return theme.empty(*NO_SHEET)
        content = sheet.to_csv(index=False).encode("utf-8-sig")
        label = "A sheet for your next counts (CSV)"
        return theme.download(f"{self._team.slug}-counts.csv", content, mime="text/csv", label=label)
