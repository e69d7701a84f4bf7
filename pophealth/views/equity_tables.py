"""The numbers behind charts of groups, as tables people can read; groups too small keep a row of words."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from pophealth.views.compared import gap_words, gaps_of, reference_of
from pophealth.views.excess_bars import excess_of, excess_told
from pophealth.views.funnels import funnel_of
from pophealth.views.groups import bare, groups_of, head_of, reach, with_reach, worst_first
from pophealth.views.ladders import STANDINGS, ladders_of
from pophealth.views.phrases import first_capital
from pophealth.views.segment_picture import segments_of
from pophealth.views.standardised_plot import pairs_of
from pophealth.views.trusted import trusted

LUCK = "Luck could move it"


def _counts(groups: pd.DataFrame) -> dict[str, list[str]]:
    titles = {"Counted": "numerator", "Out of": "denominator"}
    return {
        title: [_count(value) for value in groups[name]]
        for title, name in titles.items()
        if groups[name].notna().any()
    }


def _count(value: float) -> str:
    return "" if np.isnan(value) else f"{value:,.0f}"


def _finished(columns: dict[str, list[str]], groups: pd.DataFrame) -> pd.DataFrame:
    """Put columns of words together; the last says why a row is empty."""
    table = pd.DataFrame({"Group": groups["name"].tolist(), **columns})
    return table.assign(Note=groups["blank"].tolist()) if groups["blank"].ne("").any() else table


def dot_numbers(
    table: pd.DataFrame,
    *,
    by: str | Iterable[str],
    better: str,
    reference: str | None = None,
    compared: pd.DataFrame | None = None,
    unit: str = "percent",
) -> pd.DataFrame:
    """Put the numbers of a dot plot into a table; the arguments are those of `dot_plot.dot_plot`.

    Examples
    --------
    >>> table = pd.DataFrame({"language": ["Spanish"], "value": [0.2], "suppressed": ["primary"]})
    >>> dot_numbers(table, by="language", better="higher").to_dict("records")
    [{'Group': 'Spanish', 'Value': '', 'Luck could move it': '', 'Note': 'too few to show'}]
    """
    reference = reference_of(table, reference)
    told = gap_words(gaps_of(table, compared, by=by, reference=reference), unit=unit)
    groups = worst_first(groups_of(table, by=by).assign(told=told), better=better)
    columns = _counts(groups) | {
        head_of(unit): [bare(value, unit) for value in groups["value"]],
        LUCK: [reach(limits, unit) for limits in groups[["lower", "upper"]].to_numpy()],
    }
    if any(told):
        columns |= {f"Difference from {reference or 'the reference'}": groups["told"].tolist()}
    return _finished(columns | trusted(table, groups["name"], by=by), groups)


def ladder_numbers(table: pd.DataFrame, *, by: str | Iterable[str] | None = None) -> pd.DataFrame:
    """Put the shares of the ladder into a table, with how many answered of those asked."""
    ladders = worst_first(ladders_of(table, by=by), better="higher", value="thriving")
    titles = {"Answered": "answered", "Asked": "invited"}
    columns = {
        title: [_count(value) for value in ladders[name]]
        for title, name in titles.items()
        if ladders[name].notna().any()
    }
    for name in STANDINGS:
        rows = ladders[[name, f"{name}_lower", f"{name}_upper"]].to_numpy()
        columns[f"{first_capital(name)} (luck)"] = [with_reach(row[0], row[1:], "percent") for row in rows]
    return _finished(columns, ladders)


def funnel_numbers(
    table: pd.DataFrame, *, by: str | Iterable[str], better: str, unit: str = "percent"
) -> pd.DataFrame:
    """Put the numbers of a funnel into a table; those outside the limits come first."""
    funnel = funnel_of(table, by=by, better=better)
    points = funnel.points.assign(away=(funnel.points["value"] - funnel.centre).abs())
    points = points.sort_values(["far", "away"], ascending=False, kind="stable")
    words = [
        "" if kind == "unclear" else f"{kind}, outside the {'outer' if far else 'inner'} limits"
        for kind, far in zip(points["kind"], points["far"], strict=True)
    ]
    columns = _counts(points) | {
        head_of(unit): [bare(value, unit) for value in points["value"]],
        "Where": words,
    }
    shown = _finished(columns, points)
    rest = {**dict.fromkeys(funnel.few, "too few to show"), **dict.fromkeys(funnel.blank, "no value yet")}
    blanks = pd.DataFrame({"Group": list(rest), "Where": list(rest.values())}, dtype=object)
    return pd.concat([shown, blanks], ignore_index=True).fillna("") if rest else shown


def standardised_numbers(
    standardised: pd.DataFrame,
    *,
    crude: pd.DataFrame,
    by: str | Iterable[str],
    better: str,
    unit: str = "per 100,000",
) -> pd.DataFrame:
    """Put crude and standardized numbers of groups into a table, with the place of each in either order."""
    pairs = worst_first(pairs_of(standardised, crude, by=by, better=better), better=better)
    columns = _counts(pairs)
    for title, name, ends in (("Crude", "crude", "crude_"), ("Standardized", "value", "")):
        rows = pairs[[name, f"{ends}lower", f"{ends}upper"]].to_numpy()
        columns[f"{title} (luck)"] = [with_reach(row[0], row[1:], unit) for row in rows]
    columns |= {
        "Place, crude": [_count(place) for place in pairs["crude_place"]],
        "Place, standardized": [_count(place) for place in pairs["place"]],
    }
    return _finished(columns, pairs)


def excess_numbers(table: pd.DataFrame, *, by: str | Iterable[str]) -> pd.DataFrame:
    """Put the excess of each group into a table, with the shares added up from the top."""
    groups = excess_of(table, by=by)
    columns = _counts(groups) | {
        "Excess (luck)": excess_told(groups),
        "Share of excess shown": [bare(share, "percent") for share in groups["share"]],
        "Added up": [bare(share, "percent") for share in groups["together"]],
    }
    return _finished(columns, groups)


def segment_numbers(
    table: pd.DataFrame, *, by: str | Iterable[str], better: str, unit: str = "percent"
) -> pd.DataFrame:
    """Put the table of segments into words and short numbers, in the order of places."""
    segments = segments_of(table, by=by, better=better, unit=unit)
    limits = segments[["value", "lower", "upper"]].to_numpy()
    columns = {"Place": [_count(place) for place in segments["place"]]} | _counts(segments)
    columns |= {
        f"{head_of(unit)} (luck)": [with_reach(row[0], row[1:], unit) for row in limits],
        f"Difference from {reference_of(table, None) or 'the reference'}": segments["gap_told"].tolist(),
        "Excess (luck)": segments["excess_told"].tolist(),
        "Share of excess shown": [bare(share, "percent") for share in segments["share"]],
    }
    return _finished(columns | trusted(table, segments["name"], by=by), segments)
