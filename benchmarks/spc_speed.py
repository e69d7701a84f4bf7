"""CPU seconds for limits and signals: ours against four packages from the package index, in one run.

1,000 series of 36 points and one series of 100,000, on i and p charts. Each package does its own limits and
run rules on the same numbers, in an environment of its own: ours takes all series in one call, the others one
after the other. Prints the medians of three turns, ratios to the fastest of the others, and the memory of
1,000, 2,000 and 4,000 series; says so and fails if less than what is wanted was found. That is held for our
usual rules, and shown for the set nearest to what the others test. For one p chart of 100,000 points it is
only shown: there shewhart, too, works in whole arrays, with four simple rules, and the same work written out
in bare numpy without a single check is only about four times quicker than it.
`python benchmarks/spc_speed.py [FOLDER]` keeps the environments in a folder for the next run.
"""

import contextlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import tracemalloc
from pathlib import Path

import numpy as np
from spc_peers import ours

PEERS = {
    "pycontrolcharts": "pycontrolcharts==0.1.2",
    "shewhart": "shewhart==0.1.1",
    "abspc": "abspc==1.1.0",
    "qikit": "clinical-qikit==0.5.0",
}
OURS = ("ours", "ours_shewhart")
SIZES = {(1_000, 36): {"i": 15, "p": 15}, (1, 100_000): {"i": 10, "p": 0}}  # times less CPU that is wanted
MANY = (1_000, 2_000, 4_000)
TURNS = 3
TIME_LIMIT = 120
GROWTH = 1.1  # bytes per point at 4,000 series, against 1,000: no more than this is linear

Medians = dict[str, float | None]


def environment(folder: Path, package: str) -> Path:
    """Make an environment that holds one package, unless it is there; give its Python."""
    place = folder / package.replace("==", "-")
    python = place / "bin" / "python"
    if python.exists():
        return python
    if shutil.which("uv"):
        steps = [["uv", "venv", "-q", str(place)], ["uv", "pip", "install", "-q", "-p", str(python), package]]
    else:
        install = [str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check", package]
        steps = [[sys.executable, "-m", "venv", str(place)], install]
    for step in steps:
        subprocess.run(step, check=True, stderr=subprocess.DEVNULL)
    return python


def numbers(series: int, points: int) -> dict[str, np.ndarray]:
    """Draw steady series: single values, and events among people."""
    luck = np.random.default_rng([series, points])
    people = luck.integers(150, 400, (series, points))
    return {
        "value": luck.normal(50, 5, (series, points)),
        "numerator": luck.binomial(people, 0.3),
        "denominator": people,
    }


def turn(python: Path, name: str, chart: str, file: Path, size: tuple[int, int]) -> float | None:
    """Time one package once; None when it needs more than the time limit."""
    script = Path(__file__).with_name("spc_peers.py")
    command = [str(python), str(script), name, chart, str(file), *map(str, size)]
    with contextlib.suppress(subprocess.TimeoutExpired):
        done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=TIME_LIMIT)
        return float(done.stdout)
    return None


def medians(pythons: dict[str, Path], chart: str, file: Path, size: tuple[int, int]) -> Medians:
    """Let all take turns, so that a busy machine is busy for all; who ran out of time is not asked again."""
    found: dict[str, list[float]] = {name: [] for name in pythons}
    late: set[str] = set()
    for _ in range(TURNS):
        for name in set(pythons) - late:
            seconds = turn(pythons[name], name, chart, file, size)
            late |= {name} if seconds is None else set()
            found[name] += [] if seconds is None else [seconds]
    return {name: None if name in late else statistics.median(each) for name, each in found.items()}


def compare(pythons: dict[str, Path], chart: str, file: Path, size: tuple[int, int]) -> bool:
    """Print one table; tell whether ours takes as little CPU as wanted."""
    found = medians(pythons, chart, file, size)
    print(f"\n{size[0]:,} x {size[1]:,} points, {chart} chart: CPU seconds")
    for name, seconds in found.items():
        print(f"  {name:<16} " + (f"{seconds:8.3f}" if seconds else f"not done in {TIME_LIMIT} s"))
    fastest = min((seconds for name in PEERS if (seconds := found[name])), default=float(TIME_LIMIT))
    ratios = {name: fastest / seconds for name in OURS if (seconds := found[name])}
    wanted = SIZES[size][chart]
    enough = ratios.get("ours", 0) >= wanted
    verdict = f"wanted: {wanted}; {'met' if enough else 'MISSED'}" if wanted else "shown only"
    shown = ", ".join(f"{name} {ratio:.1f} times less" for name, ratio in ratios.items())
    print(f"  than the fastest of the others: {shown} ({verdict})")
    return enough


def memory() -> bool:
    """Print the most memory held while working, per point; tell whether it grows with the points alone."""
    print("\nPeak memory of limits and signals, i chart")
    per_point = []
    for series in MANY:
        work = ours(numbers(series, 36), "i")
        work()
        tracemalloc.start()
        work()
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        per_point.append(peak / series / 36)
        print(f"  {series:>5,} x 36      {peak / 1e6:6.1f} MB   {per_point[-1]:.0f} bytes per point")
    linear = per_point[-1] <= GROWTH * per_point[0]
    print(f"  {'linear' if linear else 'NOT linear'}")
    return linear


def main(folder: str = "") -> int:
    """Measure all and print what was found."""
    with tempfile.TemporaryDirectory(prefix="pophealth-") as place:
        kept = Path(folder or place).resolve()
        pythons = {name: Path(sys.executable) for name in OURS}
        pythons |= {name: environment(kept, package) for name, package in PEERS.items()}
        print("Compared with " + ", ".join(PEERS.values()))
        met = []
        for size in SIZES:
            file = Path(place, "numbers.npz")
            np.savez(file, allow_pickle=False, **numbers(*size))
            met += [compare(pythons, chart, file, size) for chart in ("i", "p")]
        return 0 if all([*met, memory()]) else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
