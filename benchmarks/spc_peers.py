"""CPU seconds of one package for the limits and signals of many series: run by `spc_speed.py`.

`python spc_peers.py PACKAGE CHART DATA SERIES POINTS`, in an environment that has the package. Loading it,
shaping the data into what it takes and a small call to warm it are not counted.
"""

import sys
import time
from collections.abc import Callable
from importlib import import_module

import numpy as np
import pandas as pd

Data = dict[str, np.ndarray]
Work = Callable[[], object]


def ours(data: Data, chart: str, rules: str = "anhoej") -> Work:
    """Put all series into one table, worked out in one call; one series alone needs no name."""
    spc = import_module("pophealth.stats.spc")
    series, points = data["value"].shape
    table = pd.DataFrame({name: numbers.ravel() for name, numbers in data.items()})
    table["series"] = np.repeat([f"clinic {number}" for number in range(series)], points)
    table["period"] = np.tile(np.arange(points), series)
    by = "series" if series > 1 else None
    return lambda: spc.control_chart(table, chart=chart, rules=rules, by=by)


def ours_shewhart(data: Data, chart: str) -> Work:
    """Hold ours to the rules nearest to what the others test."""
    return ours(data, chart, rules="shewhart")


def pycontrolcharts(data: Data, chart: str) -> Work:
    """Work out limits and five of Nelson's rules."""
    package = import_module("pycontrolcharts")
    if chart == "i":
        values = data["value"].tolist()
        return lambda: [package.calc_xmr(value) for value in values]
    counts = list(zip(data["numerator"].tolist(), data["denominator"].tolist(), strict=True))
    return lambda: [package.calc_p(events, sample_size=people) for events, people in counts]


def shewhart(data: Data, chart: str) -> Work:
    """Work out limits and Nelson's rules: eight for i, four for p."""
    package = import_module("shewhart")
    if chart == "i":
        return lambda: [package.imr(value).to_frame() for value in data["value"]]
    counts = list(zip(data["numerator"], data["denominator"], strict=True))
    return lambda: [package.p_chart(events, size=people).to_frame() for events, people in counts]


def abspc(data: Data, chart: str) -> Work:
    """Work out limits and the four rules of Making Data Count."""
    package = import_module("abspc")
    kind, name = ("xmr", "value") if chart == "i" else ("p", "numerator")
    shaped = zip(data[name], data["denominator"], strict=True)
    frames = [pd.DataFrame({"value": value, "subgroup_size": people}) for value, people in shaped]
    return lambda: [
        package.detect_special_causes(package.calculate_control_limits(frame, kind)) for frame in frames
    ]


def qikit(data: Data, chart: str) -> Work:
    """Work out limits and the Anhoej rules."""
    package = import_module("qikit")
    if chart == "i":
        return lambda: [package.qic(y=value, chart="i") for value in data["value"]]
    counts = list(zip(data["numerator"], data["denominator"], strict=True))
    return lambda: [package.qic(y=events, n=people, chart="p") for events, people in counts]


PACKAGES = {work.__name__: work for work in (ours, ours_shewhart, pycontrolcharts, shewhart, abspc, qikit)}


def main(name: str, chart: str, file: str, series: str, points: str) -> None:
    """Print the seconds of one turn."""
    with np.load(file) as saved:
        data = {column: saved[column].reshape(int(series), int(points)) for column in saved.files}
    PACKAGES[name]({column: numbers[:20, :36] for column, numbers in data.items()}, chart)()
    work = PACKAGES[name](data, chart)
    began = time.process_time()
    work()
    print(time.process_time() - began)


if __name__ == "__main__":
    main(*sys.argv[1:])
