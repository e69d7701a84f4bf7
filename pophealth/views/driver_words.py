"""What step 7 says in plain sentences: the diagram, causes, ideas, projects, ways of working."""

from collections.abc import Mapping, Sequence

import pandas as pd

from pophealth.views.phrases import first_capital, many, spelled

MOST = 4
"""Things that are named in one sentence."""


def diagram_title(table: pd.DataFrame) -> str:
    """Say how many main drivers and ideas carry the aim.

    Examples
    --------
    >>> diagram_title(pd.DataFrame({"level": ["primary", "idea", "idea"]}))
    'One main driver and two ideas to try'
    """
    counts = table["level"].value_counts()
    main, ideas = (int(counts.get(level, 0)) for level in ("primary", "idea"))
    return first_capital(f"{many(main, 'main driver')} and {many(ideas, 'idea')} to try")


def diagram_alt(table: pd.DataFrame) -> str:
    """Tell the diagram to those who do not see it: each thing, and what it hangs on.

    Examples
    --------
    >>> rows = {"key": ["a", "b"], "text": ["Calls", "A script"], "parent": ["", "a"]}
    >>> diagram_alt(pd.DataFrame(rows | {"level": ["primary", "idea"]}))
    'Calls moves the aim. A script hangs on Calls.'
    """
    texts = table.set_index("key")["text"]
    hung = [
        f"{row.text} moves the aim."
        if row.level == "primary"
        else f"{row.text} hangs on {texts.get(row.parent, 'nothing yet')}."
        for row in table.itertuples(index=False)
    ]
    return " ".join(hung)


def tried(tests: int, kept: int) -> str:
    """Say how often an idea was tried.

    Examples
    --------
    >>> tried(3, 1), tried(1, 0), tried(0, 0)
    ('three tests, one of them kept', 'one test', 'not tried yet')
    """
    if not tests:
        return "not tried yet"
    told = many(tests, "test")
    if not kept:
        return told
    return f"{told}, kept" if tests == 1 else f"{told}, {spelled(kept)} of them kept"


def causes(table: pd.DataFrame) -> tuple[str, ...]:
    """Say which causes are well supported, and which no driver takes on.

    Parameters
    ----------
    table
        From `workspace.drivers.whys`.

    Returns
    -------
    tuple of str
        Plain sentences; none for no causes.

    Examples
    --------
    >>> row = {"cause": ["No ride"], "supporting": [3], "whys": [["The bus stops at six"]], "drivers": [[]]}
    >>> causes(pd.DataFrame(row))
    ('All three sources support: No ride.', 'No driver takes on: No ride. Is that on purpose?')
    """
    sure = table.loc[table["supporting"].eq(3), "cause"].tolist()
    open_ones = table.loc[table["drivers"].str.len().eq(0) & table["supporting"].ge(2), "cause"].tolist()
    asked = int(table["whys"].str.len().gt(0).sum())
    said = [f"All three sources support: {_joined(sure)}."] if sure else []
    if open_ones:
        said.append(f"No driver takes on: {_joined(open_ones)}. Is that on purpose?")
    if asked and asked < len(table):
        said.append(f"You asked why for {spelled(asked)} of {many(len(table), 'cause')}.")
    return tuple(said)


def ideas(table: pd.DataFrame) -> tuple[str, ...]:
    """Say where ideas come from, and for how many it is written what is different for a chosen group.

    Parameters
    ----------
    table
        The ideas of `workspace.drivers.drivers`.

    Returns
    -------
    tuple of str
        Plain sentences; none without ideas.
    """
    if table.empty:
        return ()
    count = len(table)
    own, people = int(table["group"].ne("").sum()), int(table["source"].eq("people").sum())
    guess = int(table["evidence"].isin(["", "hunch"]).sum())
    said = [f"{_of(own, count)} made for a group you chose."]
    said.append(
        f"{_of(people, count)} from people themselves."
        if people
        else "Not one comes from people themselves yet. Who of them could you ask this week?"
    )
    if guess:
        said.append(f"{_of(guess, count)} a guess so far. A small test will tell you more than a long talk.")
    return tuple(said)


def guesses(table: pd.DataFrame) -> tuple[str, ...]:
    """Say which ideas could help much for little work, and how many nobody has judged yet.

    Parameters
    ----------
    table
        The ideas, with impact and effort from 1 to 5.

    Returns
    -------
    tuple of str
        Plain sentences.

    Examples
    --------
    >>> guesses(pd.DataFrame({"text": ["Calls"], "impact": [5.0], "effort": [1.0]}))
    ('Much help for little work: Calls. Start there.',)
    """
    judged = table.dropna(subset=["impact", "effort"])
    quick = judged.loc[judged["impact"].ge(4) & judged["effort"].le(2), "text"].tolist()
    big = judged.loc[judged["impact"].ge(4) & judged["effort"].ge(4), "text"].tolist()
    said = [f"Much help for little work: {_joined(quick)}. Start there." if quick else ""]
    said.append(f"Much help for much work: {_joined(big)}. Try a small piece of it first." if big else "")
    rest = len(table) - len(judged)
    said.append(f"Not judged yet: {many(rest, 'idea')}." if rest else "")
    return tuple(filter(None, said))


def balance(table: pd.DataFrame, names: Mapping[str, str]) -> tuple[str, ...]:
    """Name the portfolios and pillars without any idea.

    Parameters
    ----------
    table
        From `workspace.drivers.balance`.
    names
        How a portfolio or a pillar is called on the page.

    Returns
    -------
    tuple of str
        Plain sentences.

    Examples
    --------
    >>> rows = {"by": ["portfolio", "pillar"], "name": ["health", "behavior"], "count": [1, 0]}
    >>> balance(pd.DataFrame(rows), {"behavior": "Behavior"})
    ('No idea yet under: Behavior. Is nothing needed there, or did nobody think of it?',)
    """
    bare = [names.get(name, name) for name in table.loc[table["count"].eq(0), "name"]]
    if not bare:
        return ("There is an idea in each portfolio and under each pillar.",)
    return (f"No idea yet under: {_joined(bare)}. Is nothing needed there, or did nobody think of it?",)


def projects(table: pd.DataFrame, main: Sequence[tuple[str, Sequence[str]]]) -> tuple[str, ...]:
    """Say how many projects run, which serve no promise, and which main driver nobody works on.

    Parameters
    ----------
    table
        From `workspace.drivers.projects`.
    main
        For each main driver its words, and the keys of all that belongs to it.

    Returns
    -------
    tuple of str
        Plain sentences; none without projects.
    """
    if table.empty:
        return ()
    running = int(table["state"].eq("running").sum())
    said = [f"{_of(running, len(table), 'project')} running."]
    alone = table.loc[table["priority"].eq(""), "name"].tolist()
    if alone:
        said.append(f"No promise of step 3 stands behind: {_joined(alone)}. Who will pay for it next year?")
    there = set(table.loc[table["state"].ne("stopped"), "key"])
    idle = [text for text, keys in main if not there & set(keys)]
    if idle:
        said.append(f"Nobody works yet on: {_joined(idle)}.")
    return tuple(said)


def ways(answers: Mapping[str, int | None], names: Mapping[str, str]) -> tuple[str, ...]:
    """Say how many of the ten ways are how a team works, and which to talk about first.

    Parameters
    ----------
    answers
        1 (not yet) to 3 (how we work) by the name of a way; None for cannot say.
    names
        The words of each way.

    Returns
    -------
    tuple of str
        Plain sentences; none without an answer.

    Examples
    --------
    >>> ways({"small": 3, "bold": 1}, {"bold": "Our aim is bold.", "small": "We try small things."})
    ('One of the two is how you work today.', 'Talk first about: “Our aim is bold.”')
    """
    known = {name: level for name, level in answers.items() if level is not None and name in names}
    if not known:
        return ()
    here, lowest = sum(level == 3 for level in known.values()), min(known.values())
    whole = f"of the {spelled(len(names))}"
    count = "not one" if here == 0 else spelled(here)
    told = f"{count} {whole} {'is' if here < 2 else 'are'}"
    told = f"all {spelled(here)} are" if here == len(names) else told
    said = [first_capital(f"{told} how you work today.")]
    if lowest < 3:
        first = [f"“{words}”" for name, words in names.items() if known.get(name) == lowest][:3]
        said.append(f"Talk first about: {' '.join(first)}")
    return tuple(said)


def carried(table: pd.DataFrame) -> tuple[str, ...]:
    """Say how many strengths carry a driver, which drivers stand on none, and which strengths are unused.

    Parameters
    ----------
    table
        From `workspace.drivers.carried`.

    Examples
    --------
    >>> names = pd.Index(["Radio hour", "Parish hall"])
    >>> for sentence in carried(pd.DataFrame({"Somebody calls": [True, False]}, index=names)):
    ...     print(sentence)
    One of two strengths carries a main driver.
    What could it do: Parish hall?
    """
    used, stood = table.any(axis="columns"), table.any(axis="index")
    count, whole = int(used.sum()), len(table)
    start = f"{'Not one' if count == 0 else first_capital(spelled(count))} of {many(whole, 'strength')}"
    said = [f"{start} {'carries' if count < 2 else 'carry'} a main driver."] if whole > 1 else []
    bare, idle = table.columns[~stood].tolist(), table.index[~used].tolist()
    said += [f"No strength carries yet: {_joined(bare)}."] if bare else []
    said += [f"What could {'it' if len(idle) == 1 else 'these'} do: {_joined(idle)}?"] if idle else []
    return tuple(said)


def _of(count: int, whole: int, noun: str = "idea") -> str:
    """Begin a sentence on how many of all: not one of four ideas is, all four ideas are."""
    told = many(whole, noun)
    if count == whole > 1:
        return f"Both {noun}s are" if whole == 2 else f"All {told} are"
    said = "not one" if count == 0 else spelled(count)
    return first_capital(f"{said} of {told} {'is' if count < 2 else 'are'}")


def _joined(texts: Sequence[str]) -> str:
    rest = len(texts) - MOST
    return "; ".join([*texts[:MOST], *([f"and {spelled(rest)} more"] if rest > 0 else [])])
