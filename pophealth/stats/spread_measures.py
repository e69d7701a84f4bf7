"""Measures of spread over all groups of a setting, with limits by formula or by draws."""

import numpy as np

from pophealth.stats.draws import DRAWS, SEED, Drawn, around_estimates
from pophealth.stats.findings import Finding, Question, found
from pophealth.stats.settings import Settings, why_not
from pophealth.stats.spreads import FLOOR, groups_of, spreads
from pophealth.stats.yardsticks import Held, held

BY_DRAWS = ("bgsd", "cov", "mdru", "mdrw", "mdbu", "mdbw", "mdmu", "mdmw", "idisu", "idisw")
_NO_PEOPLE = ("mdru", "mdbu")
_RELATIVE = ("cov", "idisu", "idisw", "mld", "ti")


def spread_measures(settings: Settings, question: Question, names: list[str]) -> dict[str, Finding]:
    """Work out the measures of spread that are asked for.

    Parameters
    ----------
    settings : Settings
        From `stats.settings.read`.
    question : Question
        Its reference is needed for ``mdru`` and ``mdrw``.
    names : list of str
        Any of ``bgv``, ``mld``, ``ti`` (limits by formula) and `BY_DRAWS`; others are passed over.

    Returns
    -------
    dict of Finding
        One for each measure of spread asked for.

    Notes
    -----
    Formulas of the standard errors: J. Ahn and others, JCO Clinical Cancer Informatics 2, 2018, 1-19.

    Examples
    --------
    >>> import pandas as pd
    >>> from pophealth.stats.settings import Layout, read
    >>> table = pd.DataFrame({"place": ["a", "b"], "rate": [40.0, 60.0], "people": [300, 100]})
    >>> settings = read(table, Layout("place", "rate", [], population="people"))
    >>> spread_measures(settings, Question(1), ["mdmw"])["mdmw"].value.tolist()
    [7.5]
    """
    wanted = tuple(name for name in (*_ERRORS, *BY_DRAWS) if name in names)
    drawn = tuple(name for name in wanted if name in BY_DRAWS)
    groups = groups_of(settings, question)
    figures = settings.known(settings.estimate - groups.base)[:, :, None]
    values = {name: value[:, 0] for name, value in spreads(groups, figures, wanted).items()}
    level = {"scale": question.scale, "confidence": question.confidence}
    limits = around_estimates(settings, groups, drawn, **level) if drawn else {}
    return {name: _finding(settings, question, name, values[name], limits.get(name)) for name in wanted}


def _finding(
    settings: Settings, question: Question, name: str, value: np.ndarray, drawn: Drawn | None
) -> Finding:
    reference = _reference(settings, question, name)
    reason = _reason(settings, name, reference)
    made = found(
        value,
        _ERRORS[name](settings) if drawn is None else drawn.sd,
        reason,
        question=question,
        method="normal, Ahn" if drawn is None else f"{DRAWS:,} draws, seed {SEED}",
        reference=None if reference is None else reference.label,
    )
    if drawn is None:
        return made
    lost = np.isnan(made.se)
    lower, upper = (np.where(lost, np.nan, end) for end in (drawn.lower, drawn.upper))
    return made._replace(lower=lower, upper=upper)


def _reference(settings: Settings, question: Question, name: str) -> Held | None:
    if name in ("mdru", "mdrw"):
        return held(settings, question.reference, question.sign) if question.reference is not None else None
    if name in ("mdbu", "mdbw"):
        return held(settings, None, question.sign)
    return None


def _reason(settings: Settings, name: str, reference: Held | None) -> np.ndarray:
    average = name in ("mdmu", "idisu")
    reason = why_not(settings, people=name not in _NO_PEOPLE and not average, every=False)
    if average:
        unknown = np.isnan(settings.average) & np.isnan(settings.mean)
        reason = np.where((reason == "") & unknown, "the average is not known", reason)
    if name in _RELATIVE:
        level = (
            np.where(np.isnan(settings.average), settings.level, settings.average)
            if average
            else settings.mean
        )
        reason = np.where((reason == "") & ~(level > 0), "the average is zero or below", reason)
    if name in ("mld", "ti"):
        below = (settings.known(settings.estimate) < 0).any(axis=1)
        reason = np.where((reason == "") & below, "an estimate is below zero", reason)
    if reference is not None:
        reason = np.where(reason != "", reason, reference.reason)
    return reason.astype(object)


def _bgv_error(settings: Settings) -> np.ndarray:
    share, away = settings.share, settings.known(settings.estimate - settings.mean[:, None])
    variance = settings.known(settings.se) ** 2
    first = 4 * (share**2 * variance * away**2).sum(axis=1)
    crossed = (share**2 * variance).sum(axis=1) ** 2 - (share**4 * variance**2).sum(axis=1)
    own = (share**2 * (1 - share) ** 2 * variance**2).sum(axis=1)
    return np.sqrt(first + 2 * (crossed + own))


def _parts(settings: Settings) -> tuple[np.ndarray, np.ndarray]:
    """Give each figure over the average, and the standard error of its share in that average."""
    figures = settings.known(np.where(settings.estimate == 0, FLOOR, settings.estimate))
    mean = (settings.share * figures).sum(axis=1, keepdims=True)
    part = np.where(settings.used, figures / mean, 1.0)
    return part, settings.share * settings.known(settings.se) / mean


def _mld_error(settings: Settings) -> np.ndarray:
    part, error = _parts(settings)
    return 1000 * np.sqrt(((error * (1 - 1 / part)) ** 2).sum(axis=1))


def _ti_error(settings: Settings) -> np.ndarray:
    part, error = _parts(settings)
    slope = 1 + np.log(part)
    middle = (settings.share * part * slope).sum(axis=1, keepdims=True)
    return 1000 * np.sqrt(((error * (slope - middle)) ** 2).sum(axis=1))


_ERRORS = {"bgv": _bgv_error, "mld": _mld_error, "ti": _ti_error}
