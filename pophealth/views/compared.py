"""Which groups truly differ from the reference: told by the limits of the difference itself."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from pophealth.views.groups import groups_of, reach
from pophealth.views.phrases import short

WAYS = {
    "higher": ("ahead", "behind"),
    "lower": ("behind", "ahead"),
    "neither": ("above", "below"),
}
"""What a group is called that lies above, or below, the reference."""


def kinds_of(
    groups: pd.DataFrame,
    compared: pd.DataFrame | None,
    *,
    by: str | Iterable[str],
    better: str,
    reference: str | None,
) -> list[str]:
    """Say for each group whether more than luck sets it ahead of the reference, or behind.

    Parameters
    ----------
    groups
        From `groups.groups_of`.
    compared
        A row per group with `lower` and `upper`, the limits of its difference from the reference (or of the
        ratio, as the column `measure` says); None when nothing was compared.
    by, better, reference
        As in `dot_plot.dot_plot`.

    Returns
    -------
    list of str
        ``ahead``, ``behind``, ``above``, ``below``, ``unclear``, ``reference``, or ``group`` where nothing
        was compared.

    Raises
    ------
    ValueError
        If `better` is none of ours.
    """
    if better not in WAYS:
        raise ValueError(f"better is {better!r}; use one of {', '.join(WAYS)}")
    if compared is None:
        return ["reference" if name == reference else "group" for name in groups["name"]]
    limits = differences_of(compared, by=by).set_index("name").reindex(groups["name"])
    above, below = WAYS[better]
    known = limits["lower"].notna() & limits["upper"].notna()
    kinds = np.select(
        [groups["name"].eq(reference), limits["lower"] > 0, limits["upper"] < 0, known],
        ["reference", above, below, "unclear"],
        default="group",
    )
    return kinds.tolist()


def differences(
    groups: pd.DataFrame, compared: pd.DataFrame | None, *, by: str | Iterable[str], unit: str
) -> list[str]:
    """Write each difference from the reference with the range in which luck could move it."""
    if compared is None:
        return [""] * len(groups)
    unit = "number" if _is_ratio(compared) else "points" if unit == "percent" else unit
    found = groups_of(compared, by=by).set_index("name")[["value", "lower", "upper"]]
    rows = found.reindex(groups.loc[groups["blank"].eq(""), "name"]).reindex(groups["name"])
    return [
        f"{short(value, unit)} ({reach(limits, unit)})" if reach(limits, unit) else ""
        for value, *limits in rows.to_numpy()
    ]


def differences_of(compared: pd.DataFrame, *, by: str | Iterable[str]) -> pd.DataFrame:
    """Return the limits of each comparison so that 0 means no gap: of a ratio, 1 is taken away."""
    found = groups_of(compared, by=by)[["name", "value", "lower", "upper"]]
    even = 1.0 if _is_ratio(compared) else 0.0
    return found.assign(**{name: found[name] - even for name in ("value", "lower", "upper")})


def _is_ratio(compared: pd.DataFrame) -> bool:
    """Tell whether groups were compared by a ratio, as the column `measure` says."""
    return "measure" in compared and compared["measure"].astype(str).str.endswith("ratio").any()
