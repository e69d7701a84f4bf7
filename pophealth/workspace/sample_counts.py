"""The numbers of the made-up teams, drawn person by person from a seed and then counted."""

from collections.abc import Iterator
from zlib import crc32

import numpy as np
import pandas as pd

from pophealth.workspace.sample_plans import AGE, LANGUAGE, PAST_YEAR, PLANS, RACE, ZIP3, Plan

SEED = 20200801
COLUMNS = ["measure", "period", "numerator", "denominator", "value", "stratifier", "stratum", "note"]
_STEPS = 2**20
_VOLUME = {"2020-03": 0.72, "2020-04": 0.42, "2020-05": 0.5, "2020-06": 0.68}
_NOTE = "fewer visits, groups not recorded"


def counts(team: str, *, seed: int = SEED) -> pd.DataFrame:
    """Draw the counts of one made-up team.

    Every person is drawn with a language, race and ethnicity, age band and ZIP3 and then counted, so that
    groups of one split always add up to everyone. The draws are PCG64 integers below a power of two.

    Parameters
    ----------
    team : str
        Short name of the team.
    seed : int
        Another seed gives another cohort.

    Returns
    -------
    DataFrame
        The counts layout; period as text like 2020-01.

    Examples
    --------
    >>> table = counts("gull-harbor")
    >>> strata = table[(table["measure"] == "bp-control") & (table["stratifier"] == "language")]
    >>> strata.loc[strata["period"] == "2019-01", "stratum"].tolist()
    ['English', 'Spanish', 'another language']
    """
    tables = {plan.measure: _counted(plan, _draws(plan, seed)) for plan in PLANS if plan.team == team}
    for where, measure, other in PAST_YEAR:
        if where == team:
            tables[measure] = _past_year(tables[other]).assign(measure=measure)
    return pd.concat(tables.values(), ignore_index=True)[COLUMNS]


def _past_year(table: pd.DataFrame) -> pd.DataFrame:
    """Add up twelve months for each month, of everyone."""
    everyone = table[table["stratifier"].eq("")]
    sums = everyone[["numerator", "denominator"]].rolling(12).sum().dropna().astype(int)
    return everyone.loc[sums.index].assign(**sums, note="")


def _draws(plan: Plan, seed: int) -> np.random.Generator:
    """Give each measure a stream of its own, so that changing one leaves the others as they are."""
    name = crc32(f"{plan.team}/{plan.measure}".encode())
    return np.random.Generator(np.random.PCG64([seed, name, plan.draw]))


def _counted(plan: Plan, draws: np.random.Generator) -> pd.DataFrame:
    drawn = _the_same_people if plan.the_same else _people
    people = pd.concat(drawn(plan, draws), ignore_index=True)
    recorded = people[~people["period"].isin(list(_VOLUME))]
    tables = [_summed(people, [])]
    tables += [_summed(recorded, [split]) for split in (LANGUAGE, RACE, AGE, ZIP3) if split in people]
    table = pd.concat(tables, ignore_index=True)
    note = table["period"].isin(list(_VOLUME)) & table["stratifier"].eq("") & (not plan.the_same)
    return table.assign(measure=plan.measure, value="", note=note.map({True: _NOTE, False: ""}))


def _people(plan: Plan, draws: np.random.Generator) -> Iterator[pd.DataFrame]:
    """Draw each month's people; a month that is missing is drawn too, so that the others stay the same."""
    for month in pd.period_range(plan.first, plan.last, freq="M").astype(str):
        swing = int(draws.integers(-8, 9))
        size = round(people_planned(plan, month) * (1 + swing / 100))
        sway = plan.sway * int(draws.integers(-100, 101)) / 100 if plan.sway else 0
        people = people_in(month, plan._replace(chance=plan.chance + sway), draws, size=size)
        if month not in plan.missing:
            yield people


def _the_same_people(plan: Plan, draws: np.random.Generator) -> Iterator[pd.DataFrame]:
    """Ask the same people every month; for seven in eight nothing has changed since the month before."""
    marks = draws.integers(0, _STEPS, size=plan.people)
    for month in pd.period_range(plan.first, plan.last, freq="M").astype(str):
        anew = draws.integers(0, 8, size=plan.people) == 0
        marks = np.where(anew, draws.integers(0, _STEPS, size=plan.people), marks)
        people = pd.DataFrame(index=range(plan.people)).assign(period=month)
        people["yes"] = marks < np.round(_chance(plan, people, month) / 100 * _STEPS)
        yield people


def people_in(month: str, plan: Plan, draws: np.random.Generator, *, size: int) -> pd.DataFrame:
    """Draw the people of one month, each with their groups and what was found.

    Parameters
    ----------
    month : str
        As text like 2020-01.
    plan : Plan
        One measure of one team.
    draws : Generator
        Where the draws come from.
    size : int
        How many people.

    Returns
    -------
    DataFrame
        A column for each split of the plan; period; yes, whether the person is in the numerator.

    Examples
    --------
    >>> draws = np.random.Generator(np.random.PCG64(1))
    >>> people_in("2019-01", PLANS[0], draws, size=3)["language"].tolist()
    ['Spanish', 'English', 'another language']
    """
    marks = draws.integers(0, _STEPS, size=(size, 5))
    people = _groups(plan, marks).assign(period=month)
    chance = _chance(plan, people, month)
    people["yes"] = marks[:, 4] < np.round(chance / 100 * _STEPS)
    return people


def people_planned(plan: Plan, month: str) -> float:
    """Say how many people a plan has in a month, before chance moves it; fewer in spring 2020.

    Parameters
    ----------
    plan : Plan
        One measure of one team.
    month : str
        As text like 2020-01.

    Returns
    -------
    float
        People.

    Examples
    --------
    >>> people_planned(PLANS[0], "2020-04") < people_planned(PLANS[0], "2020-01")
    True
    """
    return plan.people * _VOLUME.get(month, 1.0)


def _groups(plan: Plan, marks: np.ndarray) -> pd.DataFrame:
    people = pd.DataFrame(index=range(len(marks)))
    if plan.languages:
        people[LANGUAGE] = _drawn(marks[:, 0], plan.languages)
    if plan.races:
        people[RACE] = ""
        for language, weights in plan.races:
            speaks = people[LANGUAGE].eq(language).to_numpy()
            people.loc[speaks, RACE] = _drawn(marks[speaks, 1], weights)
    for column, (name, weights) in {2: (AGE, plan.ages), 3: (ZIP3, plan.places)}.items():
        if weights:
            people[name] = _drawn(marks[:, column], weights)
    return people


def _drawn(marks: np.ndarray, weights: tuple[tuple[str, int], ...]) -> np.ndarray:
    names = np.array([name for name, _ in weights], dtype=object)
    edges = np.cumsum([weight for _, weight in weights]) * _STEPS // sum(weight for _, weight in weights)
    return names[np.searchsorted(edges, marks, side="right").clip(max=len(names) - 1)]


def _chance(plan: Plan, people: pd.DataFrame, month: str) -> np.ndarray:
    chance = np.full(len(people), float(plan.chance))
    if month in _VOLUME:
        chance += plan.spring_2020
    for effect in plan.effects:
        if effect.since <= month <= effect.until:
            here = people[effect.stratifier].eq(effect.stratum) if effect.stratifier else True
            chance += np.where(here, effect.points, 0.0)
    return chance.clip(0.1, 99)


def _summed(people: pd.DataFrame, split: list[str]) -> pd.DataFrame:
    groups = people.groupby(["period", *split], sort=True)["yes"].agg(numerator="sum", denominator="size")
    table = groups.reset_index().rename(columns=dict.fromkeys(split, "stratum"))
    table["stratifier"] = split[0] if split else ""
    return table.assign(stratum=table["stratum"] if split else "").sort_values(
        ["stratum", "period"], kind="stable"
    )
