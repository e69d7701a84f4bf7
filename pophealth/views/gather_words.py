"""What a team that gathers sees about itself, in plain sentences."""

import pandas as pd

from pophealth.views.phrases import first_capital, listed, many, spelled

SIDE_WORDS = {
    "institution": ("works in care", "work in care"),
    "connector": ("links people here", "link people here"),
    "resident": ("lives with it", "live with it"),
}

FEW = 3
"""Up to how many things to learn are named in a sentence."""


def team_title(sides: pd.DataFrame) -> str:
    """Say in one line how many people there are, and from how many of the three sides.

    Examples
    --------
    >>> team_title(pd.DataFrame({"side": ["institution", "connector", "resident"], "people": [1, 0, 0]}))
    'One person, from one of three sides'
    """
    there = int(sides["people"].gt(0).sum())
    from_where = "all three sides" if there == len(sides) else f"{spelled(there)} of three sides"
    people = _people(int(sides["people"].sum()))
    return first_capital(f"{people}, from {from_where}")


def team_said(people: pd.DataFrame, sides: pd.DataFrame) -> tuple[str, ...]:
    """Say who is in the team, and what to think about before the next meeting.

    Examples
    --------
    >>> ana = pd.DataFrame({"name": ["Ana"], "side": ["institution"]})
    >>> print(team_said(ana, pd.DataFrame({"side": ["institution"], "people": [1]}))[0])
    One person is in the team: one works in care.
    """
    placed = sides[sides["people"].gt(0)]
    parts = [_side(str(side), int(count)) for side, count in placed[["side", "people"]].to_numpy()]
    count = len(people)
    verb = "is" if count == 1 else "are"
    who = f"{first_capital(_people(count))} {verb} in the team"
    lines = [f"{who}: {listed(parts)}." if parts else f"{who}."]
    open_side = count - int(sides["people"].sum())
    if open_side:
        verb = "has" if open_side == 1 else "have"
        lines.append(
            f"{first_capital(_people(open_side))} {verb} no side yet. Ask from where each one sees it."
        )
    alone = sides[sides["side"].eq("resident") & sides["people"].eq(1)]
    if len(alone) and count > 2:
        lines.append("One person alone has to speak for all who live with it. Invite a second one.")
    return tuple(lines)


def gifts_said(gifts: pd.DataFrame, people: int) -> tuple[str, ...]:
    """Say what a team brings, and what nobody brings yet.

    Examples
    --------
    >>> table = pd.DataFrame({"gift": ["will", "ability"], "people": [2, 0]})
    >>> gifts_said(table, 2)
    ('Of two people, two bring will and none brings ability.', 'Look for ability first.')
    """
    parts = [_gift(str(gift), int(count)) for gift, count in gifts[["gift", "people"]].to_numpy()]
    none = gifts.loc[gifts["people"].eq(0), "gift"].tolist()
    if len(none) == len(gifts):
        return ("Nobody has ticked yet what each of you brings. Ask each other; it is a good first talk.",)
    first = f"Of {_people(people)}, {listed(parts)}."
    return (
        (first, f"Look for {listed(none)} first.")
        if none
        else (first, "Will, ability and resources are all there.")
    )


def skills_said(skills: pd.DataFrame) -> tuple[str, ...]:
    """Say what a team can do together, what hangs on one person, and what to learn.

    Examples
    --------
    >>> table = pd.DataFrame({"skill": ["Drawing a run chart"], "people": [0], "step": [9]})
    >>> skills_said(table)[1]
    'To learn together: drawing a run chart (step 9).'
    """
    done, alone = skills[skills["people"].gt(0)], skills[skills["people"].eq(1)]
    count = spelled(len(done)) if len(done) else "none"
    lines = [f"Together you have done {count} of these {spelled(len(skills))} things."]
    if len(alone):
        one = "one person" if len(alone) == 1 else "one person each"
        lines.append(
            f"{first_capital(_listed(alone['skill']))}: known to {one}. Do it in pairs, so that it stays."
        )
    new = skills[skills["people"].eq(0)]
    if len(new) > FEW:
        lines.append(
            f"The other {spelled(len(new))} are new to all of you. Below you see which step teaches each."
        )
    elif len(new):
        steps = [f"{_small(skill)} (step {step})" for skill, step in new[["skill", "step"]].to_numpy()]
        lines.append(f"To learn together: {listed(steps)}.")
    return tuple(lines)


def calendar_title(calendar: pd.DataFrame, today: pd.Timestamp) -> str:
    """Say in one line what comes next.

    Examples
    --------
    >>> days = pd.to_datetime(["2020-09-15"])
    >>> table = pd.DataFrame({"name": ["Learning session 1"], "sort": "session", "date": days, "until": days})
    >>> calendar_title(table, pd.Timestamp("2020-09-01"))
    'Next: Learning session 1, in 14 days'
    """
    coming = _coming(calendar, today)
    if coming.empty:
        return "All dates lie behind you"
    days = (coming["date"].iloc[0] - today).days
    when = "today" if days <= 0 else "tomorrow" if days == 1 else f"in {days} days"
    return f"Next: {coming['name'].iloc[0]}, {when}"


def calendar_said(calendar: pd.DataFrame, today: pd.Timestamp) -> tuple[str, ...]:
    """Say how many dates there are, which is next, and how many the team moved.

    Examples
    --------
    >>> days = pd.to_datetime(["2020-09-15"])
    >>> table = pd.DataFrame({"name": ["Learning session 1"], "sort": "session", "date": days, "until": days})
    >>> calendar_said(table.assign(moved=False, topic=""), pd.Timestamp("2020-09-01"))[1]
    'Learning session 1 is on Tuesday, September 15, 2020.'
    """
    dates, coming = calendar[calendar["sort"].ne("period")], _coming(calendar, today)
    behind = len(dates) - len(coming)
    verb = "lies" if behind == 1 else "lie"
    lines = [f"There are {len(dates)} dates; {behind or 'none'} of them {verb} behind you."]
    if len(coming):
        one = coming.iloc[0]
        topic = f" It is about: {_small(one['topic'])}." if one["topic"] else ""
        lines.append(f"{one['name']} is on {day_of(one['date'])}.{topic}")
    moved, own = int(calendar["moved"].sum()), int(calendar["sort"].eq("own").sum())
    yours = [f"{verb} {many(count, 'date')}" for verb, count in (("moved", moved), ("added", own)) if count]
    if yours:
        lines.append(f"You {listed(yours)}.")
    return tuple(lines)


def day_of(day: pd.Timestamp, *, weekday: bool = True) -> str:
    """Write a day as people say it.

    Examples
    --------
    >>> day_of(pd.Timestamp("2020-09-15"))
    'Tuesday, September 15, 2020'
    """
    return f"{f'{day:%A}, ' if weekday else ''}{day:%B} {day.day}, {day.year}"


def _coming(calendar: pd.DataFrame, today: pd.Timestamp) -> pd.DataFrame:
    return calendar[calendar["sort"].ne("period") & calendar["until"].ge(today)]


def _people(count: int) -> str:
    return "one person" if count == 1 else f"{spelled(count)} people"


def _side(side: str, count: int) -> str:
    return f"{spelled(count)} {SIDE_WORDS[side][count != 1]}"


def _gift(gift: str, count: int) -> str:
    return f"{spelled(count) if count else 'none'} {'bring' if count > 1 else 'brings'} {gift}"


def _listed(names: pd.Series) -> str:
    return listed([_small(name) for name in names])


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]
