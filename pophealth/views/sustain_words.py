"""What the tables of step 10 say, in plain sentences."""

import pandas as pd

from pophealth.views.phrases import listed, many, spelled

DECISIONS = {"adopt": "kept", "adapt": "changed to try again", "abandon": "let go", "": "still open"}


def tried_says(tried: pd.DataFrame) -> tuple[str, ...]:
    """Count the tests by what was decided, and say how many had a prediction.

    Parameters
    ----------
    tried : pandas.DataFrame
        predicted, decision; one row a test.

    Returns
    -------
    tuple of str
        Two sentences.

    Examples
    --------
    >>> tried_says(pd.DataFrame({"predicted": [True, False], "decision": ["adopt", ""]}))
    ('You tried two changes: 1 kept, 1 still open.', '1 of 2 had a prediction written down.')
    """
    counts = tried["decision"].value_counts()
    parts = [f"{counts[name]} {word}" for name, word in DECISIONS.items() if counts.get(name, 0)]
    total = len(tried)
    written = int(tried["predicted"].sum())
    return (
        f"You tried {many(total, 'change')}: {', '.join(parts)}.",
        f"{written} of {total} had a prediction written down.",
    )


def in_place_says(table: pd.DataFrame, *, points: int) -> tuple[str, ...]:
    """Say how many of the points are in place, and name what is overdue with its owner.

    Parameters
    ----------
    table : pandas.DataFrame
        point, what, state, owner, due, overdue.
    points : int
        How many points there are.

    Returns
    -------
    tuple of str
        One sentence, and one for each overdue thing.

    Examples
    --------
    >>> row = {"point": ["Somebody can step in"], "what": ["A stand-in"], "state": ["open"], "owner": ["Ana"]}
    >>> table = pd.DataFrame(row).assign(due=pd.Timestamp("2021-05-01"), overdue=True)
    >>> in_place_says(table, points=8)[1]
    'Overdue since May 1, 2021: A stand-in. Ask Ana what stands in the way.'
    """
    there = table.loc[table["state"].eq("there"), "point"].nunique()
    late = table[table["overdue"]].sort_values("due", kind="stable")
    sentences = [
        f"Overdue since {day(one.due)}: {str(one.what).rstrip('.')}. "
        f"Ask {one.owner or 'each other'} what stands in the way."
        for one in late.itertuples()
    ]
    return (f"{there} of {points} points {'is' if there == 1 else 'are'} in place.", *sentences)


def spread_title(curve: pd.DataFrame, *, places: int) -> str:
    """Say in one line at how many places the change runs.

    Parameters
    ----------
    curve : pandas.DataFrame
        month, planned, running.
    places : int
        How many places are in the plan.

    Returns
    -------
    str
        The title of the chart.

    Examples
    --------
    >>> spread_title(pd.DataFrame({"running": [1.0, None]}), places=3)
    'It runs at 1 of 3 places'
    """
    running = curve["running"].dropna()
    return f"It runs at {_of(int(running.iloc[-1]) if len(running) else 0, places, 'place')}"


def spread_says(curve: pd.DataFrame, sites: pd.DataFrame) -> tuple[str, ...]:
    """Say how the spread goes against its plan, and name the places that are late.

    Parameters
    ----------
    curve : pandas.DataFrame
        month, planned, running.
    sites : pandas.DataFrame
        place, planned, started.

    Returns
    -------
    tuple of str
        Up to three sentences.

    Examples
    --------
    >>> curve = pd.DataFrame({"month": pd.to_datetime(["2021-05-01"]), "planned": [1], "running": [0.0]})
    >>> sites = pd.DataFrame({"place": ["Mill Hill"], "planned": pd.to_datetime(["2021-05-01"])})
    >>> spread_says(curve, sites.assign(started=pd.NaT))[1]
    'Mill Hill should have begun by now: what would help there?'
    """
    today = curve.dropna(subset=["running"]).iloc[-1]
    planned, running = int(today["planned"]), int(today["running"])
    late = sites[sites["planned"].le(today["month"]) & sites["started"].isna()]["place"].tolist()
    coming = sites[sites["planned"].gt(today["month"]) & sites["started"].isna()]
    ahead = f"{many(len(coming), 'place')} still to come." if len(coming) else ""
    named = f"{listed(late)} should have begun by now: what would help there?" if late else ""
    sentences = (_by(today["month"], planned, running), named, ahead)
    return tuple(filter(None, sentences))


def score_title(scores: pd.DataFrame) -> str:
    """Say in one line where both sides see the team, or the one side that has given a score.

    Parameters
    ----------
    scores : pandas.DataFrame
        month, team, faculty, difference.

    Returns
    -------
    str
        The title of the chart.

    Examples
    --------
    >>> month = pd.to_datetime(["2021-05-01"])
    >>> score_title(pd.DataFrame({"month": month, "team": [3.5], "faculty": [3.5], "difference": [0.0]}))
    'May 2021: both see you at 3.5'
    """
    both = scores.dropna(subset=["difference"])
    if both.empty:
        side = "team" if scores["team"].notna().any() else "faculty"
        last = scores.dropna(subset=[side]).iloc[-1]
        return f"{last['month']:%B %Y}: {'the team' if side == 'team' else 'faculty'} says {last[side]:.1f}"
    last = both.iloc[-1]
    if not last["difference"]:
        return f"{last['month']:%B %Y}: both see you at {last['team']:.1f}"
    return f"{last['month']:%B %Y}: the team says {last['team']:.1f}, faculty {last['faculty']:.1f}"


def scores_say(scores: pd.DataFrame, *, apart: float, still: int) -> tuple[str, ...]:
    """Say how far both views are from each other, and whether the own score has moved lately.

    Parameters
    ----------
    scores : pandas.DataFrame
        month, team, faculty, difference.
    apart : float
        From which difference one should talk.
    still : int
        After how many months without a change one should ask.

    Returns
    -------
    tuple of str
        Up to three sentences.

    Examples
    --------
    >>> month = pd.to_datetime(["2021-02-01", "2021-05-01"])
    >>> table = pd.DataFrame({"month": month, "team": [3.0, 3.0], "faculty": [3.0, 2.0]})
    >>> scores_say(table.assign(difference=table["team"] - table["faculty"]), apart=1, still=3)[1]
    'Now they are 1.0 apart: ask each other what you have seen.'
    """
    both, own = scores.dropna(subset=["difference"]), scores.dropna(subset=["team"])
    said = []
    if len(both):
        same, last = int(both["difference"].eq(0).sum()), abs(both["difference"].iloc[-1])
        said.append(f"In {_of(same, len(both), 'month')} both gave the same score.")
        said += (
            [f"Now they are {last:.1f} apart: ask each other what you have seen."] if last >= apart else []
        )
    months = _months_still(own)
    if months >= still:
        said.append(f"Your own score has been {own['team'].iloc[-1]:.1f} for {months} months.")
    return tuple(said)


def suggestion_says(table: pd.DataFrame, score: float) -> tuple[str, ...]:
    """Say what the record suggests, and what is not on record for the step after it.

    Parameters
    ----------
    table : pandas.DataFrame
        score, name, means, there.
    score : float
        The step up to which everything is on record.

    Returns
    -------
    tuple of str
        Two or three sentences.

    Examples
    --------
    >>> table = pd.DataFrame({"score": [0.5, 1.0], "name": ["a", "A team"], "means": ["", "Two said yes."]})
    >>> suggestion_says(table.assign(there=[True, False]), 0.5)[1]
    'Not on record yet for 1.0: Two said yes.'
    """
    coming = table[table["score"].gt(score)].head(1)
    later = table[table["score"].gt(score) & table["there"]]["score"].tolist()
    nexts = [f"Not on record yet for {one.score:.1f}: {one.means}" for one in coming.itertuples()]
    beyond = (
        [f"Something is on record for {listed([f'{one:.1f}' for one in later])} already."] if later else []
    )
    if table["there"].all():
        return ("What you wrote down speaks for all steps. You set the score, never the program.",)
    first = f"What you wrote down speaks for {score:.1f} so far. You set the score, never the program."
    return (first, *nexts, *beyond)


def way_says(way: float, lower: float, upper: float) -> str:
    """Say how much of the way to the aim is done, in rounded numbers with their range.

    Parameters
    ----------
    way, lower, upper : float
        Percent of the way, and how far luck could move it.

    Returns
    -------
    str
        One sentence.

    Examples
    --------
    >>> way_says(58.2, 31, 84)
    'About 60% of the way to the aim is done; luck alone could make it 30% to 80%.'
    """
    low, high = sorted((round(lower, -1), round(upper, -1)))
    said = f"About {round(way, -1):.0f}% of the way to the aim is done"
    return f"{said}; luck alone could make it {low:.0f}% to {high:.0f}%."


def day(when: pd.Timestamp) -> str:
    """Write a day as people say it; blank when there is none.

    Examples
    --------
    >>> day(pd.Timestamp("2021-05-01"))
    'May 1, 2021'
    """
    return "" if pd.isna(when) else f"{when:%B} {when.day}, {when.year}"


def _months_still(own: pd.DataFrame) -> int:
    """Count the months since a score last changed, up to the last one."""
    if own.empty:
        return 0
    same = own["team"].eq(own["team"].iloc[-1])[::-1].cummin()[::-1]
    first, last = own.loc[same, "month"].iloc[0], own["month"].iloc[-1]
    return (last.year - first.year) * 12 + last.month - first.month


def _by(month: pd.Timestamp, planned: int, running: int) -> str:
    """Say how many places the plan has by a month, and at how many it runs."""
    return f"By {month:%B %Y} the plan has {many(planned, 'place')}, and it runs at {spelled(running)}."


def _of(count: int, total: int, noun: str) -> str:
    return f"{count} of {total} {noun}{'s' if total != 1 else ''}"
