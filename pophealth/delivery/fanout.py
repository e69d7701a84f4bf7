"""Many notebooks for many teams, a few at a time."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import partial
from threading import Timer
from typing import IO, Any, cast

Batch = list[dict[str, Any]]
_COMMAND = [sys.executable, "-m", "pophealth.delivery.worker"]
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
PATIENCE = 120.0


def cores() -> int:
    """Count the cores this process may use.

    Examples
    --------
    >>> cores() >= 1
    True
    """
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def quiet(_done: int, _total: int) -> None:
    """Say nothing while work goes on."""


def batches(jobs: list[dict[str, Any]], *, width: int) -> list[Batch]:
    """Put the jobs of a team together, or each alone when there are fewer teams than workers.

    A batch shares the start of one process. It never holds two teams, so that nothing of one team can
    be left in memory when another team's notebook runs.
    """
    by_team: dict[str, Batch] = {}
    for job in jobs:
        by_team.setdefault(job["team"], []).append(job)
    if len(by_team) >= width:
        return list(by_team.values())
    return [[job] for job in jobs]


@contextmanager
def _worker(work: list[Batch], *, width: int, environment: dict[str, str]) -> Iterator[IO[str]]:
    """Start a worker with its orders; give what it says; leave nothing running, whatever happens here."""
    worker = subprocess.Popen(  # noqa: S603  our own module
        _COMMAND,
        env=ONE_THREAD | environment,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    longest = Timer(PATIENCE * (sum(map(len, work)) + 1), _end, [worker])
    longest.start()
    try:
        with cast("IO[str]", worker.stdin) as orders, suppress(BrokenPipeError):
            json.dump({"batches": work, "width": width, "patience": PATIENCE}, orders)
        with cast("IO[str]", worker.stdout) as said:
            yield said
        worker.wait()
    finally:
        longest.cancel()
        _end(worker)


def _end(worker: subprocess.Popen[str]) -> None:
    """End a worker and all its forks."""
    if worker.poll() is None:
        if hasattr(os, "killpg"):
            os.killpg(worker.pid, signal.SIGKILL)
        else:
            worker.kill()
        worker.wait()


def run_together(work: list[Batch], *, width: int, environment: dict[str, str]) -> Iterator[int]:
    """Run batches in one worker, as forks where the system can; give the number of each as it ends."""
    with _worker(work, width=width, environment=environment) as said:
        yield from (int(line) for line in said)


def run_alone(batch: Batch, *, environment: dict[str, str]) -> None:
    """Run one batch in a worker of its own and wait for it."""
    with _worker([batch], width=1, environment=environment) as said:
        said.read()


def run_all(
    jobs: list[dict[str, Any]],
    *,
    workers: int,
    environment: dict[str, str],
    map: Callable[..., Iterable[Any]] | None = None,  # noqa: A002  the name of the built-in it stands for
    tell: Callable[[int, int], None] = quiet,
) -> None:
    """Run every job; each writes its answer to its own file.

    Parameters
    ----------
    jobs
        What ``worker.run_job`` takes, with ``team`` and ``answer`` (the file to write).
    workers
        How many at a time, never more than there are cores.
    environment
        The environment of the processes.
    map
        Your own ``map(function, batches)``, for other machines; each batch then gets a process of its own.
    tell
        Called with the number of notebooks done and of all notebooks.
    """
    width = max(1, min(workers, cores()))
    work = batches(jobs, width=width)
    done = 0
    for number in _ways(work, width=width, environment=environment, map=map):
        done += len(work[number])
        tell(done, len(jobs))


def _ways(
    work: list[Batch],
    *,
    width: int,
    environment: dict[str, str],
    map: Callable[..., Iterable[Any]] | None,  # noqa: A002
) -> Iterator[int]:
    alone = partial(run_alone, environment=environment)
    if map is not None:
        yield from (number for number, _ in enumerate(map(alone, work)))
    elif sys.platform == "linux" and len(work) > 1:
        yield from run_together(work, width=width, environment=environment)
    else:
        with ThreadPoolExecutor(width) as pool:
            yield from (number for number, _ in enumerate(pool.map(alone, work)))
