"""What tests of change say in plain sentences: ramps, predictions, what waits, what comes next."""

from collections.abc import Mapping
from datetime import date

import pandas as pd

from pophealth.views.phrases import first_capital, listed, many, some, spelled
from pophealth.views.ramps import climbs

MOST = 4
WITH = {"1": "one person", "3": "three people", "5": "five people", "everyone": "everyone"}
LARGER = {"1": "three people", "3": "five people", "5": "everyone"}
CAME = {
    "": "not looked back on yet",
    "as predicted": "as predicted",
    "partly": "partly as predicted",
    "otherwise": "other than predicted",
    "unclear": "we cannot tell",
}
HELP = {
    "linked": ("Cycles linked", "Let one cycle grow out of another, and say from which: {}."),
    "predicted": ("Predicted", "Write a prediction before each start: {}."),
    "small": ("Began small", "Begin the next idea with one person. These began with many: {}."),
    "data": ("Numbers over time", "Follow a number, month by month. Fewer than 12 so far for: {}."),
    "theory": ("Driver named", "Hang it on a driver in step 7, so that you know why it should help: {}."),
}
"""The five points that make a test teach more: a heading, and what would help."""

_BEGUN = ("running", "look back", "decided")
_DECIDED = (("adopt", "keep"), ("adapt", "change"), ("abandon", "let go of"))


def ramps_title(tests: pd.DataFrame) -> str:
    """Say in one line how much was tried, and whether it grew.

    Examples
    --------
    >>> one = {"number": [1], "idea": ["A ride"], "scale": ["1"], "state": ["running"], "predicted": [True]}
    >>> ramps_title(pd.DataFrame(one).assign(start=pd.Timestamp("2021-03-01")))
    'One test on one idea so far'
    """
    begun = _begun(tests)
    what = f"{many(len(begun), 'test')} on {many(begun['idea'].nunique(), 'idea')}"
    grown = climbs(tests)
    return first_capital(f"{what}, and {many(grown, 'ramp')} that climbed" if grown else f"{what} so far")


def ramps_says(tests: pd.DataFrame) -> tuple[str, ...]:
    """Say what was decided, and how the next test could teach more.

    Parameters
    ----------
    tests
        From `workspace.cycles.cycles`.

    Returns
    -------
    tuple of str
        One to three plain sentences.
    """
    said = (_decided(tests["decision"]), _at_once(_begun(tests)), _blind(tests))
    return tuple(sentence for sentence in said if sentence)


def predictions_says(said: pd.DataFrame) -> tuple[str, ...]:
    """Say how many predictions came true, and that a wrong one teaches most.

    Parameters
    ----------
    said
        From `workspace.cycles.predictions`.

    Returns
    -------
    tuple of str
        One or two plain sentences.

    Examples
    --------
    >>> predictions_says(pd.DataFrame({"held": ["otherwise", "as predicted", ""]}))[0]
    'Of two predictions you looked back on, one came as predicted.'
    """
    back = said["held"][said["held"].ne("")]
    if back.empty:
        return ("You have not looked back on a prediction yet. Put it beside what happened.",)
    right = int(back.eq("as predicted").sum())
    first = (
        f"Of {many(len(back), 'prediction')} you looked back on, {spelled(right)} came as predicted."
        if len(back) > 1
        else f"You looked back on one prediction. It came {CAME[back.iloc[0]]}."
    )
    if right == len(back) and right > 2:
        return (first, "Next time, ask about something you are less sure of.")
    return (first, "A prediction that does not hold is no failure. It shows what you did not know.")


def waiting(tests: pd.DataFrame, *, as_of: date) -> list[tuple[str, bool, str]]:
    """Say of each test that is not decided where it stands; those that wait for someone come first.

    Parameters
    ----------
    tests
        From `workspace.cycles.cycles`.
    as_of
        The day to look from.

    Returns
    -------
    list of tuple
        Test, whether all is well with it, and one plain sentence.
    """
    open_ = tests[tests["state"].ne("decided")]
    rows = [(test["name"], *_stands(test, as_of)) for test in open_.to_dict("records")]
    return sorted(rows, key=lambda row: row[1])


def next_steps(tests: pd.DataFrame) -> list[tuple[str, str]]:
    """Say for each idea what its last test asks for; nothing where a test is going on or the idea was let go.

    Parameters
    ----------
    tests
        From `workspace.cycles.cycles`.

    Returns
    -------
    list of tuple
        Idea and one plain sentence.
    """
    last = tests[tests["idea"].ne("")].groupby("idea", sort=False).tail(1)
    decided = last[last["state"].eq("decided") & ~last["key"].isin(tests["after"])]
    rows = [(test["idea"], _asks_for(test)) for test in decided.to_dict("records")]
    return [(idea, sentence) for idea, sentence in rows if sentence]


def untried(ideas: list[str], tuesday: date) -> tuple[str, ...]:
    """Name ideas that nobody has tried, and ask for one.

    Examples
    --------
    >>> untried(["A call script"], date(2021, 7, 6))
    ('Not tried yet: A call script.', 'What could you try with one person by Tuesday, July 6?')
    """
    named = (f"Not tried yet: {some(ideas, 'idea', most=MOST)}.",) if ideas else ()
    return (*named, f"What could you try with one person by Tuesday, {tuesday:%B} {tuesday.day}?")


def audit_says(points: pd.DataFrame) -> tuple[str, ...]:
    """Say what would help the next tests teach more, point by point; never how good anybody is.

    Parameters
    ----------
    points
        From `workspace.cycles.audit`.

    Returns
    -------
    tuple of str
        One sentence for each point that is open somewhere; an idea that was let go asks for nothing more.
    """
    alive = points[~points["let_go"]]
    open_ = {name: alive.loc[~alive[name], "idea"].tolist() for name in HELP}
    said = (HELP[name][1].format(some(ideas, "idea", most=3)) for name, ideas in open_.items() if ideas)
    return tuple(said) or ("All five are there. Keep at it.",)


def learned_rows(tests: pd.DataFrame) -> list[tuple[str, str]]:
    """Tell what was learned, the newest first: the test with its last day, and what it taught."""
    rows = tests.sort_values("end", ascending=False, kind="stable").to_dict("records")
    return [(f"{test['name']}, {_day(test['end'])}", _taught(test)) for test in rows]


def nothing_learned(tests: pd.DataFrame) -> str:
    """Say that the last month brought nothing new, and when there was something last."""
    before = tests[tests["learned"].ne("") & tests["end"].notna()].sort_values("end", kind="stable")
    if before.empty:
        return "Nothing has been looked back on yet."
    test = before.iloc[-1]
    return (
        f"Nothing was looked back on in the last month. The last was “{test['name']}”, "
        f"{_day(test['end'])}: {test['learned']}"
    )


def _begun(tests: pd.DataFrame) -> pd.DataFrame:
    return tests[tests["predicted"] & tests["state"].isin(_BEGUN)]


def _decided(decisions: pd.Series) -> str:
    counts = [(int(decisions.eq(name).sum()), word) for name, word in _DECIDED]
    known = [f"to {word} {spelled(count)}" for count, word in counts if count]
    return f"Looking back, you chose {listed(known)}." if known else "Nothing is decided yet."


def _at_once(begun: pd.DataFrame) -> str:
    wide = int(begun.groupby("idea")["scale"].first().eq("everyone").sum())
    said = f"{first_capital(many(wide, 'idea'))} began with everyone at once."
    return f"{said} Begin the next one with one person." if wide else ""


def _blind(tests: pd.DataFrame) -> str:
    count = int((tests["state"].eq("decided") & ~tests["predicted"]).sum())
    counts = "does not count as begun" if count == 1 else "do not count as begun"
    said = f"{first_capital(many(count, 'test'))} had no prediction and {counts}:"
    return f"{said} nobody can say what you had expected." if count else ""


def _stands(test: Mapping[str, object], as_of: date) -> tuple[bool, str]:
    state, due = test["state"], test["due"]
    if state == "no prediction":
        return False, "Its day has come, and it has no prediction. Write what you expect, then begin."
    if state == "look back":
        late = (pd.Timestamp(as_of) - pd.Timestamp(str(due))).days
        return False, f"Look back on it: the day for that was {_day(due)}, {many(late, 'day')} ago."
    if state == "running":
        return True, f"Under way. Look back on {_day(due)}."
    begins = f"It begins on {_day(test['start'])}." if pd.notna(test["start"]) else "It has no day yet."
    return True, f"Planned. {begins}"


def _asks_for(test: Mapping[str, object]) -> str:
    scale, wanted = str(test["scale"]), f" Your plan: {test['next']}" if test["next"] else ""
    if test["decision"] == "adapt":
        return f"“{test['name']}” is to be changed. Plan the next cycle, as small as the last.{wanted}"
    if test["decision"] != "adopt":
        return ""
    if scale == "everyone":
        return f"“{test['name']}” was kept with everyone. Step 10 asks how it lasts.{wanted}"
    tried = f" with {WITH[scale]}" if scale in WITH else ""
    return f"“{test['name']}” was kept{tried}. Try it with {LARGER.get(scale, 'a few more people')}.{wanted}"


def _taught(test: Mapping[str, object]) -> str:
    return (
        f"{test['learned']} What surprised us: {test['surprise']}"
        if test["surprise"]
        else str(test["learned"])
    )


def _day(when: object) -> str:
    day = pd.Timestamp(str(when))
    return f"{day:%B} {day.day}, {day.year}"
