"""What the work costs the climate: a drawing, and words."""

from typing import Any

import pandas as pd

from pophealth.views import drawing
from pophealth.views.frame import Drawn
from pophealth.views.lettering import wrapped
from pophealth.views.phrases import many, moment, short, span
from pophealth.views.scales import date_ticks, milliseconds, value_scale

WIDE, NARROW = 1000, 340
ABOUT_CARBON = "Kilograms of CO2e: how much you did, times a factor · band: low to high end of the factors"


def carbon_chart(totals: pd.DataFrame, *, title: str, width: int = WIDE) -> Any:
    """Draw what the work cost the climate, month by month: in all, and for each contact.

    Read the line for the way it goes, and the band for how rough it is: a factor that is too high is so in
    every month, so the whole line may lie higher or lower, but its shape stays.

    Parameters
    ----------
    totals : pandas.DataFrame
        From `stats.carbon.total`, with contacts.
    title : str
        The finding.
    width : int
        Of the whole drawing, in pixels; one for phones goes along.

    Returns
    -------
    altair chart or None
        None when there is no number.
    """
    if totals.empty or totals["kg"].isna().all():
        return None
    wide, narrow = (_carbon(totals, title=title, width=size) for size in (width, NARROW))
    notes = {"title": title, "alt": f"{title}. {ABOUT_CARBON}", "unit": "number", "kinds": [], "marks": []}
    return Drawn(**wide, usermeta=notes | {"narrow": narrow})


def _carbon(totals: pd.DataFrame, *, title: str, width: int) -> dict[str, Any]:
    narrow = width < 500
    each = width - 62 if narrow else (width - 40) // 2 - 60
    parts = [("In all, kg CO2e", ("kg", "lower", "upper"))]
    if totals["per_contact"].notna().any():
        parts += [("For each contact, kg CO2e", ("per_contact", "per_contact_lower", "per_contact_upper"))]
    panels = [
        _cost(totals, name, list(names), width=each, height=150 if narrow else 210) for name, names in parts
    ]
    heading = {
        "text": wrapped(title, width=width, size=17),
        "subtitle": wrapped(ABOUT_CARBON, width=width, size=13),
    }
    return {"vconcat" if narrow else "hconcat": panels, "spacing": 26, "title": heading | {"offset": 16}}


def _cost(totals: pd.DataFrame, name: str, names: list[str], *, width: int, height: int) -> dict[str, Any]:
    rows = totals[["period", *names]].set_axis(["period", "y", "low", "high"], axis=1)
    rows = rows.assign(x=milliseconds(rows["period"])).drop(columns="period").dropna(subset=["y"])
    scale = value_scale([0, *rows[["y", "low", "high"]].max(), rows["y"].max()], unit="number", ticks=4)
    ticks = date_ticks(totals["period"].min(), totals["period"].max(), most=max(2, width // 48))
    words = "{" + ",".join(f"'{tick}': {label}" for tick, label in ticks.items()) + "}"
    dates = {"values": list(ticks), "labelExpr": f"{words}[toNumber(datum.value)]", "title": None}
    room = 15 * 86_400_000
    span_shown = {"type": "utc", "domain": [int(rows["x"].min()) - room, int(rows["x"].max()) + room]}
    y = {"scale": {"domain": [0, scale.high], "nice": False}, "type": "quantitative"}
    axes = {
        "x": {"field": "x", "type": "temporal", "scale": span_shown | {"nice": False}, "axis": dates},
        "y": y | {"field": "y", "axis": {"values": list(scale.ticks), "title": None, "minExtent": 30}},
    }
    band = rows.dropna(subset=["low", "high"])
    layers = [] if band.empty else [_band(band, axes)]
    layers += [
        _layer(rows, "line", axes),
        _layer(rows, "point", axes, size=52, color=drawing.TEAL, opacity=1),
    ]
    heading = {"text": name, "fontSize": 14, "frame": "group", "offset": 10}
    return {"layer": layers, "width": width, "height": height, "title": heading}


def _band(rows: pd.DataFrame, axes: dict[str, Any]) -> dict[str, Any]:
    low = axes["y"] | {"field": "low"}
    return _layer(rows, "area", axes | {"y": low, "y2": {"field": "high"}}, color=drawing.BAND, opacity=1)


def carbon_finding(totals: pd.DataFrame) -> str:
    """Say in one line what a contact costs, first and last, or what it is in all.

    Examples
    --------
    >>> months = pd.date_range("2021-01-01", periods=6, freq="MS")
    >>> totals = pd.DataFrame({"period": months, "kg": [60.0, 60, 60, 40, 40, 40], "contacts": 20.0})
    >>> carbon_finding(totals)
    'CO2e for each contact: 3 kg in the first three months, 2 kg in the last three'
    """
    if len(totals) < 6 or not totals["contacts"].sum() > 0:
        return f"About {short(totals['kg'].sum(), 'number')} kg of CO2e in {many(len(totals), 'month')}"
    ends = [_each(totals.head(3)), _each(totals.tail(3))]
    first, last = (short(value, "number") for value in ends)
    return f"CO2e for each contact: {first} kg in the first three months, {last} kg in the last three"


def _each(totals: pd.DataFrame) -> float:
    met = totals["contacts"].sum()
    return float(totals["kg"].sum() / met) if met > 0 else float("nan")


def carbon_says(rows: pd.DataFrame, totals: pd.DataFrame) -> tuple[str, ...]:
    """Say in up to three sentences what the work cost the climate, and how sure that is.

    Examples
    --------
    >>> rows = pd.DataFrame({"activity": ["visit by car"], "kg": [60.0]})
    >>> totals = pd.DataFrame({"period": [pd.Timestamp("2021-01-01")], "kg": [60.0], "lower": [45.0]})
    >>> carbon_says(rows, totals.assign(upper=75.0))[1]
    'The largest part is visit by car (100%).'
    """
    when = span(totals["period"].min(), totals["period"].max())
    kilograms = short(totals["kg"].sum(), "number")
    parts = rows.groupby("activity")["kg"].sum().sort_values(ascending=False, kind="stable")
    largest = f"The largest part is {parts.index[0]} ({short(parts.iloc[0] / parts.sum(), 'percent')})."
    low, high = (totals[name].sum(min_count=len(totals)) for name in ("lower", "upper"))
    rough = f"Factors are rough: it may be {short(low, 'number')} to {short(high, 'number')} kg."
    first = f"From {when} your work made about {kilograms} kg of CO2e."
    return first, largest if parts.sum() > 0 else "", rough if pd.notna(low) else ""


def carbon_numbers(rows: pd.DataFrame) -> pd.DataFrame:
    """Put each month and activity into a table, with the factor and where it is from."""
    return pd.DataFrame(
        {
            "Month": rows["period"].map(moment),
            "What": rows["activity"],
            "How much": [
                f"{amount:,.0f} {unit}" for amount, unit in zip(rows["amount"], rows["unit"], strict=True)
            ],
            "Factor": [f"{factor:g} kg" for factor in rows["factor"]],
            "From": rows["source"].astype(str) + " (" + rows["year"].astype(str) + ")",
            "kg CO2e": rows["kg"].round(1),
            "At the least": rows["lower"].round(1),
            "At the most": rows["upper"].round(1),
            "People met": rows["contacts"],
        }
    )


def _layer(rows: pd.DataFrame, mark: str, encoding: dict[str, Any], **look: Any) -> dict[str, Any]:
    return {"data": {"values": rows.to_dict("records")}, "mark": {"type": mark, **look}, "encoding": encoding}
