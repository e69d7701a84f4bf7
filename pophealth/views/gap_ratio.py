"""The ratio between two groups beside their difference: whether it tells another story."""

from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.special import ndtri

from pophealth.views.series import counted, when_column
from pophealth.views.story import Story

CLEAR, CLEAR_ALONE = 2, 3
"""Standard errors: beside a signal in the difference, and where the difference shows none."""

RECENT = 6


class Ratio(NamedTuple):
    """The larger share over the smaller, pooled before and now."""

    before: float
    now: float
    narrower: bool


def ratio_of(gap: pd.DataFrame, story: Story) -> Ratio | None:
    """Return the ratio before and now where it clearly moved another way than the difference.

    Parameters
    ----------
    gap
        The charted gap; without ``ratio``, ``ratio_lower`` and ``ratio_upper`` there is nothing to say.
    story
        What happened to the difference; improvement means narrower.
    """
    if not {"ratio", "ratio_lower", "ratio_upper"} <= set(gap.columns):
        return None
    rows = gap[counted(gap)].assign(**_logs(gap)).dropna(subset=["log", "error"])
    before, now = _split(rows, story)
    if before.empty or now.empty:
        return None
    (earlier, error), (later, other_error) = _pooled(before), _pooled(now)
    side = 1 if earlier >= 0 else -1
    moved = side * (later - earlier) / np.hypot(error, other_error)
    same_way = {"improvement": moved < 0, "concern": moved > 0}.get(story.direction)
    if same_way or abs(moved) < (CLEAR_ALONE if same_way is None else CLEAR):
        return None
    return Ratio(float(np.exp(side * earlier)), float(np.exp(side * later)), bool(moved < 0))


def _logs(gap: pd.DataFrame) -> dict[str, pd.Series]:
    confidence = gap.get("confidence", 0.95)
    reach = 2 * ndtri(0.5 + confidence / 2)
    usable = gap["ratio_lower"].gt(0) & gap["ratio_upper"].gt(gap["ratio_lower"])
    logs = np.log(gap[["ratio", "ratio_lower", "ratio_upper"]].where(usable))
    return {"log": logs["ratio"], "error": (logs["ratio_upper"] - logs["ratio_lower"]) / reach}


def _split(rows: pd.DataFrame, story: Story) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Part the points where the difference began to move, else the baseline from the last six points."""
    now = rows.tail(RECENT)
    dates = pd.to_datetime(rows[when_column(rows)])
    if story.dates:
        return rows[dates < pd.Timestamp(story.dates[0])], now
    earlier = rows[~rows.index.isin(now.index)]
    held = earlier[earlier["baseline"].astype(bool)]
    return (earlier if held.empty else held), now


def _pooled(rows: pd.DataFrame) -> tuple[float, float]:
    """Average logarithms of ratios by how sure each is."""
    weight = 1 / rows["error"] ** 2
    return float((rows["log"] * weight).sum() / weight.sum()), float(1 / np.sqrt(weight.sum()))
