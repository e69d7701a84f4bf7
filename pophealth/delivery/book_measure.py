"""Step 9 as a notebook works with it: charts over time, for whom, and the gap, each with its words."""

import pandas as pd

from pophealth.delivery.workbook import Workbook
from pophealth.stats import spc
from pophealth.views import charts, theme, words
from pophealth.views.markup import Html
from pophealth.workspace import history, signs, timeline
from pophealth.workspace.records import Measure

NO_COUNTS = (
    "Your chart will stand here.",
    "Write down below what you count. Then bring in your counts: pophealth import counts.csv --team …",
)
WHY_NO_LIMITS = (
    "Here one point shares people with the next, so the points lean on each other.",
    "Limits and rules would cry wolf, so there are none. Look at the whole line.",
)
ONLY_A_LINE = "a line to look at, without limits"
KINDS = {"p": "p chart (shares)", "i": "i chart (single numbers)", "run": "run chart"}


class MeasureBook(Workbook):
    """A team's measures over time."""

    def history(self, slug: str) -> pd.DataFrame:
        """Give the counts of a series from history, everyone together.

        Parameters
        ----------
        slug : str
            "vienna" or "scutari".

        Returns
        -------
        pandas.DataFrame
            Counts layout; a missing period is a row of missing values.
        """
        return history.counts(slug)

    def history_measure(self, slug: str) -> Measure:
        """Give the definition of a series from history."""
        return history.measure(slug)

    def history_marks(self, slug: str) -> pd.DataFrame:
        """Give the tests of change of a series from history: number, date, label."""
        return timeline.marks(history.team(slug), history.measure(slug).key)

    def show(self, charted: pd.DataFrame, *, measure: Measure, marks: pd.DataFrame | None = None) -> Html:
        """Draw one series over time, and say what it shows.

        Parameters
        ----------
        charted : pandas.DataFrame
            From `stats.spc.control_chart`.
        measure : Measure
            What is counted, and which way is better.
        marks : pandas.DataFrame, optional
            Tests of change: number, date, label.

        Returns
        -------
        Html
            Figure and words, or what will stand here.
        """
        if charted.empty or charted["value"].isna().all():
            return theme.empty(*NO_COUNTS)
        if timeline.tied(measure):
            return _only_a_line(charted, measure=measure, marks=marks)
        look = {"better": measure.better or "neither", "unit": measure.unit, "marks": marks}
        reading = words.two_phase_reading(charted, name=measure.name, **look)
        chart = charts.control_chart(
            charted,
            title=reading.finding,
            subtitle=" · ".join(filter(None, (defined(measure), reading.subtitle))),
            target=_target(measure),
            **look,
        )
        return theme.join(theme.figure(chart, table=charted, alt=reading.alt), theme.say(reading))

    def show_groups(
        self, charted: pd.DataFrame, *, measure: Measure, marks: pd.DataFrame | None = None
    ) -> Html:
        """Draw each group over time on one scale, and say what it shows.

        Parameters
        ----------
        charted : pandas.DataFrame
            From `stats.spc.control_chart` with ``by="stratum"``.
        measure : Measure
            What is counted, and which way is better.
        marks : pandas.DataFrame, optional
            Tests of change: number, date, label.

        Returns
        -------
        Html
            Figure and words, or what will stand here.
        """
        if charted.empty or not charted["stratum"].astype(str).str.len().any():
            return theme.empty(
                "Each group will have its own chart here.",
                "Bring counts by group: stratifier and stratum, such as language and Spanish.",
            )
        better, unit = measure.better or "neither", measure.unit
        reading = words.reading(
            charted, name=measure.name, by="stratum", better=better, unit=unit, marks=marks
        )
        chart = charts.small_multiples(
            charted,
            by="stratum",
            title=reading.finding,
            subtitle=" · ".join(filter(None, (defined(measure), reading.subtitle))),
            marks=marks,
            better=better,
            unit=unit,
        )
        return theme.join(theme.figure(chart, table=charted, alt=reading.alt), theme.say(reading))

    def reference(self, groups: pd.DataFrame) -> str:
        """Name the group to compare with: the one written down in step 5, or the one doing best.

        Parameters
        ----------
        groups : pandas.DataFrame
            Counts with a column stratum.

        Returns
        -------
        str
            A stratum; empty when there are none.
        """
        named = self.focus.reference
        if named in set(groups["stratum"]) or groups.empty:
            return named
        sums = groups.groupby("stratum")[["numerator", "denominator"]].sum()
        share = sums["numerator"] / sums["denominator"]
        return str(share.idxmin() if self.lead.better == "lower" else share.idxmax())

    def show_gap(self, gap: pd.DataFrame, by_group: pd.DataFrame, *, measure: Measure) -> Html:
        """Draw the gap over time, and say whether it is closing and why.

        Parameters
        ----------
        gap : pandas.DataFrame
            From `stats.equity.gap`.
        by_group : pandas.DataFrame
            The charted groups it was made from.
        measure : Measure
            What is counted, and which way is better.

        Returns
        -------
        Html
            Figure and words, or what will stand here.
        """
        behind = self._left_behind(gap, better=measure.better)
        if not behind:
            return theme.empty(
                "The gap between two groups will stand here.",
                "Choose a group in step 5 and bring its counts, and those of the group you compare with.",
            )
        other = self.reference(by_group)
        charted = self._charted_gap(gap[gap["stratum"] == behind], by_group, better=measure.better)
        reading = words.gap_reading(
            charted,
            behind=by_group[by_group["stratum"] == behind],
            other=by_group[by_group["stratum"] == other],
            behind_name=behind,
            other_name=other,
        )
        chart = charts.control_chart(
            charted, title=reading.finding, subtitle=reading.subtitle, better="lower", unit="points"
        )
        return theme.join(theme.figure(chart, table=charted, alt=reading.alt), theme.say(reading))

    def show_measures(self) -> Html:
        """List all measures with what each chart says in a few words."""
        measures = self.records("measure")
        if not measures:
            return theme.empty(
                "Your measures will stand here.", "Start with one: the one that shows your aim."
            )
        rows = [self._measure_row(measure) for measure in measures]
        return theme.data_table(pd.DataFrame(rows), caption="Your measures")

    def _measure_row(self, measure: Measure) -> dict[str, str]:
        points = self.points(measure.key)
        known = points.loc[points["value"].notna() | points["denominator"].gt(0), "period"]
        return {
            "Measure": measure.name,
            "Family": measure.family or "not said yet",
            "Months": f"{len(known)}",
            "Latest": f"{known.max():%B %Y}" if len(known) else "no counts yet",
            "What its chart says": self._found(points, measure),
        }

    def _found(self, points: pd.DataFrame, measure: Measure) -> str:
        if timeline.tied(measure):
            return ONLY_A_LINE
        look = {"name": measure.name, "better": measure.better or "neither", "unit": measure.unit}
        found = words.reading(signs.charted(points, measure), **look).finding
        return found.removeprefix(f"{measure.name}: ")

    def _left_behind(self, gap: pd.DataFrame, *, better: str) -> str:
        if gap.empty or gap["difference"].isna().all():
            return ""
        groups = gap.groupby("stratum")["difference"].mean()
        named = self.focus.stratum
        if named in groups.index:
            return named
        return str(groups.idxmax() if better == "lower" else groups.idxmin())

    def _charted_gap(self, gap: pd.DataFrame, by_group: pd.DataFrame, *, better: str) -> pd.DataFrame:
        """Chart how far a group is behind; below 0 in a period where it is ahead, never folded back."""
        behind_is = 1 if better == "lower" else -1
        behind = by_group[by_group["stratum"] == gap["stratum"].iloc[0]]
        noted = behind[["period", "phase", "excluded", "baseline"]]
        size = gap.assign(value=behind_is * gap["difference"])[["period", "value"]].merge(noted, on="period")
        return spc.control_chart(
            size, chart="i", phase="phase", baseline="baseline", exclude="excluded", better="lower"
        )


def defined(measure: Measure) -> str:
    """Say in one line how a measure is counted.

    Parameters
    ----------
    measure : Measure
        Its definition.

    Returns
    -------
    str
        Numerator out of denominator, and the kind of chart.

    Examples
    --------
    >>> defined(Measure(numerator="Mothers who died.", denominator="Births", chart="p"))
    'Mothers who died, out of births · p chart (shares)'
    """
    parts = [part.strip().rstrip(".") for part in (measure.numerator, measure.denominator) if part]
    counted = ", out of ".join([*parts[:1], *(part[:1].lower() + part[1:] for part in parts[1:])])
    return " · ".join(part for part in (counted, KINDS[measure.chart or "run"]) if part)


def _only_a_line(charted: pd.DataFrame, *, measure: Measure, marks: pd.DataFrame | None) -> Html:
    """Draw points that share people as a plain line, and say why it has no limits."""
    blank = dict.fromkeys(("centre", "lower", "upper"), float("nan"))
    line = charted.assign(**blank, signal="", direction="")
    title = f"{measure.name}: {ONLY_A_LINE}"
    chart = charts.control_chart(
        line, title=title, subtitle=defined(measure), better="neither", unit=measure.unit, marks=marks
    )
    return theme.join(theme.figure(chart, table=line), theme.say(WHY_NO_LIMITS))


def _target(measure: Measure) -> float | None:
    if measure.target is None:
        return None
    return measure.target / 100 if measure.unit == "percent" else measure.target
