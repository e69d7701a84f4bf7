"""Step 8 as pieces of a page: what was decided, ramps, predictions, what waits, what comes next, an audit."""

from datetime import date

import pandas as pd

from pophealth.delivery.kept import kept
from pophealth.views import cycle_words, lists, ramps, theme
from pophealth.views.markup import Html
from pophealth.workspace import cycles, drivers
from pophealth.workspace.store import TeamBook

SEEN = "What we see."
SUBTITLE = "One row for each idea · the higher, the more people took part · names of the tests below"
NO_IDEAS = (
    "Your aim and your ideas will stand here.",
    "Write down three drivers and an idea in step 7. You can also begin with a test right away.",
)
NO_RAMPS = ("Your tests will stand here as ramps.", "Plan one test with one person below.")
NO_GUESSES = ("Your predictions will stand here, beside what happened.", "Write one below, before you start.")
NO_TESTS = ("What waits for you will stand here.", "Plan one test with one person below.")
NO_AUDIT = ("A look at how you test will stand here.", "It needs one test that has begun and names its idea.")
NOT_SAID = "{} without a day or without a number of people: it is not in the picture."


def ideas(book: TeamBook) -> Html:
    """Show the ideas of step 7 with how often each was tried; nothing while there are none."""
    table = drivers.drivers(book)
    ideas = table[table["level"].eq("idea")]
    if ideas.empty:
        return theme.join()
    names = dict(zip(table["key"], table["text"], strict=True))
    shown = pd.DataFrame(
        {
            "Idea to try": ideas["text"],
            "Moves the driver": ideas["parent"].map(names).fillna("none yet"),
            "Tests so far": ideas["tests"],
            "Kept": ideas["kept"],
        }
    )
    return lists.boxed(theme.data_table(shown))


@kept
def ramp_picture(tests: pd.DataFrame) -> Html:
    """Draw the tests of each idea as a ramp, and say what was decided."""
    title, said = cycle_words.ramps_title(tests), cycle_words.ramps_says(tests)
    chart = ramps.ramps(tests, title=title, subtitle=SUBTITLE)
    if chart is None:
        return theme.empty(*NO_RAMPS)
    left = len(tests) - len(ramps.drawn(tests))
    note = [theme.note(NOT_SAID.format("One test is" if left == 1 else f"{left} tests are"))] if left else []
    alt = f"{title}. {' '.join(said)}"
    figure = theme.figure(chart, table=ramps.ramp_numbers(tests), alt=alt)
    return theme.join(figure, *note, theme.say(said))


@kept
def guesses(said: pd.DataFrame) -> Html:
    """Put each prediction beside how it came."""
    if said.empty:
        return theme.empty(*NO_GUESSES)
    shown = said[["number", "name", "question", "prediction"]].assign(held=said["held"].map(cycle_words.CAME))
    shown["held"] = shown["held"].mask(said["prediction"].eq(""), "nobody can tell")
    shown["prediction"] = shown["prediction"].replace("", "no prediction")
    heads = ["Number", "Test", "Our question", "We predicted", "It came"]
    return theme.join(
        lists.boxed(theme.data_table(shown.set_axis(heads, axis="columns"))),
        lists.said(cycle_words.predictions_says(said), heading=SEEN),
    )


def waiting(tests: pd.DataFrame, *, as_of: date) -> Html:
    """Show where each test stands that is not decided, those that wait for someone first."""
    if tests.empty:
        return theme.empty(*NO_TESTS)
    rows = cycle_words.waiting(tests, as_of=as_of)
    return lists.checklist(rows) if rows else theme.note("Nothing is under way, and nothing waits.")


def learned(recent: pd.DataFrame, tests: pd.DataFrame) -> Html:
    """Show what the last month taught, or say when there was something last."""
    if recent.empty:
        return theme.note(cycle_words.nothing_learned(tests))
    return theme.record_table("", cycle_words.learned_rows(recent))


def coming(book: TeamBook, tests: pd.DataFrame, *, as_of: date) -> Html:
    """Show what each idea asks for next, and the ideas that nobody has tried."""
    rows = cycle_words.next_steps(tests)
    asked = cycle_words.untried(cycles.untried(book, tests), cycles.next_tuesday(as_of))
    table = [theme.record_table("", rows)] if rows else []
    return theme.join(*table, lists.said(asked, heading="By next Tuesday."))


@kept
def audit(points: pd.DataFrame) -> Html:
    """Show five points of good testing for each idea, and say what would help; never a score."""
    if points.empty:
        return theme.empty(*NO_AUDIT)
    signs = points[[*cycles.POINTS]].replace({True: "✓ yes", False: "○ not yet"})
    shown = pd.concat([points["idea"], signs], axis="columns")
    heads = ["Idea", *(head for head, _ in cycle_words.HELP.values())]
    return theme.join(
        lists.boxed(theme.data_table(shown.set_axis(heads, axis="columns"))),
        lists.said(cycle_words.audit_says(points), heading="What would help."),
    )
