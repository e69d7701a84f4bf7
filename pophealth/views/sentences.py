"""The sentences for what happened to one series, most important first."""

from collections.abc import Callable

from pophealth.views.findings import signal_word
from pophealth.views.phrases import RARE, by_luck, listed, many, moment, short, span
from pophealth.views.series import ENOUGH
from pophealth.views.story import Story

NAMED = 3
"""Periods outside the limits that are named one by one."""


def told(story: Story, unit: str, *, tight: bool = False) -> list[str]:
    """Say what happened to one series, in one to three sentences; the first may follow "Among ...,".

    Parameters
    ----------
    story
        What happened.
    unit
        As in `charts.control_chart`.
    tight
        Join what it is and how often luck draws it, to make room for one sentence more.
    """
    sentences = _TOLD[story.kind](story, unit)
    if not tight or not story.moved:
        return sentences
    what, signal, by_chance = sentences
    return [what, f"{signal.removesuffix('.')}; {by_chance.replace(RARE, '')}"]


def _empty(_story: Story, _unit: str) -> list[str]:
    return ["the chart and its words will stand here once the first numbers are in."]


def _few(story: Story, _unit: str) -> list[str]:
    since = f"with new limits from {moment(story.since, story.period)}, " if story.since is not None else ""
    return [
        f"{since}too few to tell yet: {story.useful} of {ENOUGH} {story.period}s.",
        f"Limits and signals show once {ENOUGH} are in; until then, look at each point by itself.",
    ]


def _same(story: Story, unit: str) -> list[str]:
    if story.now == 0:
        return [
            f"all {story.useful} {story.period}s are 0.",
            "If you count something rare, a chart of the time between two events tells more.",
        ]
    return [
        f"all {story.useful} {story.period}s are the same: {short(story.now, unit)}.",
        "A line that never moves has no limits, so check first how it is counted.",
    ]


def _ordinary(story: Story, unit: str) -> list[str]:
    around = f"the {story.middle_word} of {short(story.middle, unit)}"
    began = f"new limits began in {moment(story.since, story.period)}." if story.since else ""
    return [
        *([began] if began else []),
        f"{'Since then' if began else 'here'} nothing points to a change.",
        f"The points go up and down around {around}: ordinary variation.",
    ]


def _judged(story: Story, what: str) -> tuple[str, str]:
    """Say what a signal is, and how often luck alone draws it."""
    return f"This is {signal_word(story)}.", f"{by_luck(what, story.chance)}."


def _run(story: Story, unit: str) -> list[str]:
    side = "above" if story.up else "below"
    count = many(len(story.dates), story.period)
    if story.ongoing:
        since = moment(story.dates[0], story.period)
        values = f"{short(story.before, unit)} before, {short(story.now, unit)} now"
        what = f"all {count} since {since} lie {side} the {_held(story)}: {values}."
    else:
        stretch = span(story.dates[0], story.dates[-1], story.period)
        what = f"from {stretch}, {count} in a row lay {side} the {_held(story)}; then it went back."
    return [what, *_judged(story, "such a run")]


def _held(story: Story) -> str:
    """Name the middle as short as can be: the average of a baseline is the baseline."""
    return "baseline" if story.middle_word.startswith("baseline") else story.middle_word


def _climb(story: Story, unit: str) -> list[str]:
    way = "rising" if story.up else "falling"
    stretch = span(story.dates[0], story.dates[-1], story.period)
    count = many(len(story.dates), story.period)
    what = f"from {stretch} the numbers kept {way}, {count} in a row: {_from_to(story, unit)}."
    such = "such a rise" if story.up else "such a fall"
    return [what, *_judged(story, such)]


def _from_to(story: Story, unit: str) -> str:
    return f"from {short(story.before, unit)} to {short(story.now, unit)}"


def _outside(story: Story, _unit: str) -> list[str]:
    side = "above" if story.up else "below"
    one = len(story.dates) == 1
    if len(story.dates) <= NAMED:
        what = f"{_names(story)} {'lies' if one else 'lie'} {side} the limits."
    else:
        last = moment(story.dates[-1], story.period)
        count = f"{len(story.dates)} of {story.useful} {story.period}s"
        what = f"{count} lie {side} the limits, {last} the latest."
    such = "such a point" if one else "so many"
    return [what, *_judged(story, such)]


def _names(story: Story) -> str:
    return listed([moment(date, story.period) for date in story.dates])


def _near_limit(story: Story, _unit: str) -> list[str]:
    limit = "upper" if story.up else "lower"
    pair = "two out of three in a row" if len(story.dates) < 3 else "three in a row"
    what = f"{_names(story)} lie close to the {limit} limit, {pair}."
    return [what, *_judged(story, "such a pair")]


def _near_middle(story: Story, _unit: str) -> list[str]:
    stretch = span(story.dates[0], story.dates[-1], story.period)
    count = many(len(story.dates), story.period)
    return [
        f"from {stretch}, {count} in a row lie closer to the {story.middle_word} than luck would leave them.",
        f"This is {signal_word(story)} that the limits may not fit.",
        f"{by_luck('it', story.chance)}.",
    ]


def _slow(story: Story, _unit: str) -> list[str]:
    times, least = story.crossings
    return [
        f"the line crosses its {story.middle_word} only {many(times, 'time')}; "
        f"{many(least, 'time')} or more is usual.",
        "Something moves it slowly, up or down.",
        f"{by_luck('so few', story.chance)}.",
    ]


def _zigzag(story: Story, _unit: str) -> list[str]:
    times, most = story.crossings
    return [
        f"the line crosses its {story.middle_word} {many(times, 'time')}; "
        f"{many(most, 'time')} at most is usual.",
        f"Two kinds of {story.period}s may be mixed in one line.",
        f"{by_luck('so many', story.chance)}.",
    ]


_TOLD: dict[str, Callable[[Story, str], list[str]]] = {
    "empty": _empty,
    "few": _few,
    "same": _same,
    "ordinary": _ordinary,
    "run": _run,
    "climb": _climb,
    "outside": _outside,
    "near_limit": _near_limit,
    "near_middle": _near_middle,
    "slow": _slow,
    "zigzag": _zigzag,
}
