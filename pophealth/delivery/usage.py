"""What a person asked for, held against what there is, before anything starts."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path

from pophealth.delivery.misuse import Misuse
from pophealth.workspace.address import place, resolved
from pophealth.workspace.errors import Problem
from pophealth.workspace.steps import STEPS, Step
from pophealth.workspace.store import Workspace

_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])", re.ASCII)


def month_end(month: str | None) -> str:
    """Turn a month into the date a report looks back from.

    Parameters
    ----------
    month
        ``YYYY-MM``, or nothing for the date the notebooks choose themselves.

    Examples
    --------
    >>> month_end("2021-02"), month_end(None)
    ('2021-02-28', '')
    """
    if not month:
        return ""
    found = _MONTH.fullmatch(month)
    if not found:
        raise Misuse(f"{month[:40]!r} is not a month. Write it as year and month, for example 2021-05.")
    year, number = int(found[1]), int(found[2])
    following = date(year + number // 12, number % 12 + 1, 1)
    return (following - timedelta(days=1)).isoformat()


def chosen_steps(wanted: Iterable[int | str] | None, *, folder: Path) -> tuple[tuple[Step, Path], ...]:
    """Pick the steps of a report and the notebook of each, in the order of the path.

    Parameters
    ----------
    wanted
        Step numbers or short names; every step that has a notebook when left out.
    folder
        Where the notebooks are.

    Raises
    ------
    Misuse
        For a step that does not exist or has no notebook.
    """
    with_notebook = [(step, folder / f"{step.notebook}.ipynb") for step in STEPS if step.notebook]
    there = {step.slug: (step, path) for step, path in with_notebook if path.is_file()}
    picked = set(there) if wanted is None else {_step_slug(str(name), there) for name in wanted}
    if not picked:
        raise Misuse(f"There is no step notebook in the folder {folder.name}. Name a folder that has them.")
    return tuple(there[step.slug] for step in STEPS if step.slug in picked)


def _step_slug(name: str, there: dict[str, tuple[Step, Path]]) -> str:
    by_name = {key: step.slug for step in STEPS for key in (str(step.number), step.slug, step.notebook)}
    slug = by_name.get(name.lstrip("0") if name.isdigit() else name)
    ready = ", ".join(str(step.number) for step, _ in there.values())
    if slug is None:
        raise Misuse(f"There is no step {name[:40]!r}. Steps with a notebook: {ready}.")
    if slug not in there:
        raise Misuse(f"Step {name} has no notebook yet, so it has no report. Steps with a notebook: {ready}.")
    return slug


def checked_formats(formats: Sequence[str]) -> None:
    """Refuse a kind of file that reports are not made in."""
    for name in formats:
        if name != "html":
            raise Misuse(f"Reports are made as html; {name[:20]!r} is not offered.")


def existing(address: str | Path) -> Path:
    """Say where the workspace is that a person means, if there is one.

    Parameters
    ----------
    address
        A folder, a file or an address; blank for ``POPHEALTH_WORKSPACE``, else ``./workspace.sqlite``.

    Returns
    -------
    pathlib.Path
        The full path of its file.

    Raises
    ------
    Misuse
        When nothing is there.
    """
    try:
        path = resolved(address).resolve()
    except Problem as problem:
        raise Misuse(str(problem)) from None
    if not path.is_file():
        raise Misuse(
            f"There is no workspace at {place(path)}. Name its folder with --workspace, or make one with "
            "`pophealth init` or `pophealth demo`."
        )
    return path


def opened(address: str | Path, user: str | None = None) -> Workspace:
    """Open a workspace for the person who asks.

    Parameters
    ----------
    address
        As ``existing`` takes it.
    user
        The person; the workspace's default person when left out.

    Raises
    ------
    Misuse
        When there is no such workspace or person.
    Problem
        When the workspace is there but cannot be used.
    """
    workspace = Workspace.open(existing(address))
    if not user:
        return workspace
    try:
        return Workspace.open(existing(address), user=user)
    except Problem as problem:
        raise Misuse(str(problem)) from None
