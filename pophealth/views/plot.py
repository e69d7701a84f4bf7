"""One control chart as the layers of a drawing, with the room it needs above."""

from typing import Any

import pandas as pd

from pophealth.views import edges, layers
from pophealth.views.flags import flag_layers, placed_flags, top_of


def control_layers(
    points: pd.DataFrame, panel: layers.Panel, *, known: pd.DataFrame, target: float | None = None
) -> list[dict[str, Any]]:
    """Return the layers of one control chart, from the grey band at the back to the labels in front."""
    placed, names = placed_flags(known, panel), edges.phase_names(points, panel)
    return [
        *layers.series_layers(points, panel, target=target),
        *flag_layers(placed, panel),
        *layers.point_layers(points, panel),
        *edges.name_layers(names, panel, top_of(placed)),
        *edges.edge_labels(points, panel, target),
    ]


def height_above(points: pd.DataFrame, panel: layers.Panel, known: pd.DataFrame) -> float:
    """Return how many pixels the flags and the phase names of a chart take above its plot."""
    return top_of(placed_flags(known, panel)) + edges.strip(edges.phase_names(points, panel))
