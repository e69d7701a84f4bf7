"""What happened to one series in a few words, for a title or a row of a table."""

from collections.abc import Callable

from pophealth.views.phrases import many, moment, short, span
from pophealth.views.series import ENOUGH
from pophealth.views.story import Story

SIGNALS = {
    "improvement": "a signal of improvement",
    "concern": "a signal of concern",
    "high": "a signal on the high side",
    "low": "a signal on the low side",
    "": "a signal",
}


def signal_word(story: Story) -> str:
    """Name a signal; an improvement holds only after two further periods."""
    if story.holds and story.direction == "improvement":
        return "an improvement that holds"
    return SIGNALS[story.direction]


def finding_of(story: Story, unit: str) -> str:
    """Say in a few words what happened.

    Examples
    --------
    >>> finding_of(Story("few", useful=7), "percent")
    'too few to tell yet, 7 of 12 months'
    """
    return _FINDINGS[story.kind](story, unit)


def short_finding(story: Story) -> str:
    """Say in one to four words what happened to a group that moved.

    Examples
    --------
    >>> short_finding(Story("climb", up=False))
    'falling'
    """
    ways = {
        "run": ("up", "down"),
        "climb": ("rising", "falling"),
        "outside": ("above the limits", "below the limits"),
        "near_limit": ("close to the upper limit", "close to the lower limit"),
    }
    still = {"slow": "slowly changing", "zigzag": "up and down", "near_middle": "close to the middle"}
    return still.get(story.kind) or ways[story.kind][0 if story.up else 1]


def _same(story: Story, unit: str) -> str:
    count = f"all {story.useful} {story.period}s are"
    return f"{count} 0" if story.now == 0 else f"{count} the same: {short(story.now, unit)}"


def _moved(story: Story, _unit: str) -> str:
    if story.ongoing:
        since = moment(story.dates[0], story.period)
        return f"{short_finding(story)} since {since}, {signal_word(story)}"
    stretch = span(story.dates[0], story.dates[-1], story.period)
    return f"{short_finding(story)} from {stretch}, {signal_word(story)}"


def _beyond(story: Story, _unit: str) -> str:
    return f"{many(len(story.dates), story.period)} {short_finding(story)}, {signal_word(story)}"


_FINDINGS: dict[str, Callable[[Story, str], str]] = {
    "empty": lambda _story, _unit: "no numbers yet",
    "few": lambda story, _unit: f"too few to tell yet, {story.useful} of {ENOUGH} {story.period}s",
    "same": _same,
    "ordinary": lambda _story, _unit: "ordinary variation",
    "run": _moved,
    "climb": _moved,
    "outside": _beyond,
    "near_limit": _beyond,
    "near_middle": lambda _story, _unit: "closer to the middle than luck would leave it",
    "slow": lambda _story, _unit: "a slow change, not ordinary variation",
    "zigzag": lambda _story, _unit: "up and down more often than luck would draw",
}
