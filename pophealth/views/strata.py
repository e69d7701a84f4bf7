"""What happened to each of several groups, and whether a group moved that no test had reached."""

import pandas as pd

from pophealth.views.findings import SIGNALS, short_finding
from pophealth.views.marks import UNKNOWN, groups_of, mark_sentence, marks_before, named, reaching
from pophealth.views.phrases import RARE, by_luck, first_capital, listed, moment, some, span
from pophealth.views.sentences import told
from pophealth.views.story import Story

Stories = dict[str, Story]


def strata_finding(stories: Stories) -> str:
    """Say in one line which groups moved."""
    moved, still, same, few = _sorted(stories)
    alike = _alike({group: short_finding(story) for group, story in moved.items()})
    findings = [f"{what} among {some(groups, 'group')}" for what, groups in alike.items()]
    findings += [f"unchanged among {some(still, 'group')}"] if still else []
    findings += [f"always the same among {some(same, 'group')}"] if same else []
    findings += [f"too few to tell among {some(few, 'group')}"] if few else []
    plain = len(findings) < 3 and not any(" and " in text for text in findings)
    return (listed(findings) if plain else "; ".join(findings)) or "no numbers yet"


def strata_told(stories: Stories, *, unit: str, marks: pd.DataFrame | None, by: str) -> list[str]:
    """Say what happened to several groups, most important first."""
    moved, still, same, few = _sorted(stories)
    rest = _rest(few, stories)
    if not moved:
        return [*_calm(still, same), *rest]
    unmoved = f"nothing changed among {some([*still, *same], 'group')}" if still or same else ""
    beside, after = _beside(moved, unmoved, marks, by)
    return [*_moves(moved, unit), *beside, *rest, *after]


def _sorted(stories: Stories) -> tuple[Stories, list[str], list[str], list[str]]:
    moved = {group: story for group, story in stories.items() if story.moved}

    def of(*kinds: str) -> list[str]:
        return [group for group, story in stories.items() if story.kind in kinds]

    return moved, of("ordinary"), of("same"), of("few", "empty")


def _alike(told_of: dict[str, str]) -> dict[str, list[str]]:
    """Bring groups together of which the same is said."""
    alike: dict[str, list[str]] = {}
    for group, text in told_of.items():
        alike.setdefault(text, []).append(group)
    return alike


def _calm(still: list[str], same: list[str]) -> list[str]:
    calm, flat = "Nothing points to a change among", "The points are always the same among"
    return [
        *([f"{calm} {some(still, 'group')}: the points show ordinary variation."] if still else []),
        *([f"{flat} {some(same, 'group')}."] if same else []),
    ]


def _rest(few: list[str], stories: Stories) -> list[str]:
    if not few:
        return []
    return [f"Among {some(few, 'group')}, there are too few {stories[few[0]].period}s to tell yet."]


def _moves(moved: Stories, unit: str) -> list[str]:
    """Say what moved, and how often luck alone would draw it."""
    if len(moved) == 1:
        ((group, story),) = moved.items()
        what, *then = told(story, unit, tight=True)
        return [f"Among {group}, {what}", *then]
    alike = _alike({group: _since(story) for group, story in moved.items()})
    what = listed([f"{text} among {some(groups, 'group')}" for text, groups in alike.items()])
    directions = {story.direction for story in moved.values()}
    word = SIGNALS[directions.pop()] if len(directions) == 1 else SIGNALS[""]
    likeliest = max(story.chance for story in moved.values())
    return [f"The line is {what}.", f"Each is {word}; {by_luck('the weakest', likeliest).replace(RARE, '')}."]


def _since(story: Story) -> str:
    if story.kind in ("slow", "zigzag", "near_middle"):
        return short_finding(story)
    if story.kind in ("outside", "near_limit"):
        return f"{short_finding(story)} in {moment(story.dates[-1], story.period)}"
    stretch = f"from {span(story.dates[0], story.dates[-1], story.period)}"
    began = f"since {moment(story.dates[0], story.period)}"
    return f"{short_finding(story)} {began if story.ongoing else stretch}"


def _beside(moved: Stories, unmoved: str, marks: pd.DataFrame | None, by: str) -> tuple[list[str], list[str]]:
    """Name the test before the first move, and whether groups it did not reach moved or stayed.

    Gives the sentence beside the move, and what may stand after everything else.
    """
    stayed = [first_capital(f"{unmoved}.")] if unmoved else []
    for group, story in moved.items():
        reached = reaching(marks, group, by)
        before = marks_before(reached, story)
        others = _unreached(moved, before, marks, by)
        if others:
            which = f"{some(others, 'group')}, which {named(before, dated=False)} did not reach,"
            return [f"{first_capital(which)} moved too, so something else may be at work."], stayed
        if len(before):
            return mark_sentence(story, reached, unmoved), [UNKNOWN] if unmoved else []
    return stayed, []


def _unreached(moved: Stories, before: pd.DataFrame, marks: pd.DataFrame | None, by: str) -> list[str]:
    """List the groups that moved although every test written down was for somebody else."""
    here, anywhere = groups_of(before, by), groups_of(marks, by)
    if here is None or anywhere is None or here.empty or here.eq("").any():
        return []
    return [group for group in moved if group not in set(anywhere)]
