"""What charts say: golden sentences for the situations teams meet."""

import pandas as pd
import pytest

from pophealth.views import words
from pophealth.views.phrases import luck_words, short
from tests.views.charted import LEVEL, MARKS, by_hand, series, vienna
from tests.views.reading_age import grade

NAME = "Blood pressure control"


def up(count, by=0.12):
    return [round(value + by, 3) for value in LEVEL[:count]]


def two_groups():
    flat = series(LEVEL + LEVEL[:10], baseline=16).assign(language="English speakers")
    better = series(LEVEL + up(10), baseline=16).assign(language="Spanish speakers")
    return pd.concat([flat, better])[["language", *flat.columns[:-1]]]


HAND_WASHING = pd.DataFrame({"number": [1], "date": ["1847-05-15"], "label": ["hand washing with chlorine"]})
EARLIER = MARKS.assign(date=["2020-02-12", "2020-06-15"])

GOLDEN = {
    "improvement in the month of a test": (
        lambda: words.reading(series(LEVEL + up(9), baseline=16), name=NAME, better="higher", marks=MARKS),
        "up since August 2020, a signal of improvement",
        "All nine months since August 2020 lie above the baseline average: 50% before, 62% now. "
        "This is a signal of improvement. Luck alone draws a run this long in about 1 chart of 60. "
        "It began in the month of mark 1 (reminder calls in Spanish, early August 2020). "
        "The chart cannot say why.",
    ),
    "improvement that holds": (
        lambda: words.reading(series(LEVEL + up(11), baseline=16), name=NAME, better="higher"),
        "up since August 2020, an improvement that holds",
        "All 11 months since August 2020 lie above the baseline average: 50% before, 62% now. "
        "This is an improvement that holds. Luck alone draws a run this long in fewer than 1 chart of 100.",
    ),
    "a test some months before": (
        lambda: words.reading(series(LEVEL + up(9), baseline=16), name=NAME, better="higher", marks=EARLIER),
        "up since August 2020, a signal of improvement",
        "All nine months since August 2020 lie above the baseline average: 50% before, 62% now. "
        "This is a signal of improvement. Luck alone draws a run this long in about 1 chart of 60. "
        "Before it came mark 4 (Saturday clinic, mid-June 2020). The chart cannot say why.",
    ),
    "concern": (
        lambda: words.reading(series(LEVEL + up(10, -0.1), baseline=16), name=NAME, better="higher"),
        "down since July 2020, a signal of concern",
        "All 11 months since July 2020 lie below the baseline average: 50% before, 40% now. "
        "This is a signal of concern. Luck alone draws a run this long in fewer than 1 chart of 100.",
    ),
    "down is good": (
        lambda: words.reading(
            series(LEVEL + up(11, -0.1), baseline=16, better="lower"), name="Missed visits", better="lower"
        ),
        "down since July 2020, an improvement that holds",
        "All 12 months since July 2020 lie below the baseline average: 50% before, 40% now. "
        "This is an improvement that holds. Luck alone draws a run this long in fewer than 1 chart of 100.",
    ),
    "nothing happened": (
        lambda: words.reading(series(LEVEL + LEVEL[:8]), name=NAME, better="higher"),
        "ordinary variation",
        "Here nothing points to a change. The points show ordinary variation around the average of 50%.",
    ),
    "too few": (
        lambda: words.reading(series(LEVEL[:7]), name=NAME, better="higher"),
        "too few to tell yet, 7 of 12 months",
        "Too few to tell yet: 7 of 12 months. Limits and signals show once 12 are in. "
        "Until then, look at each point by itself.",
    ),
    "empty": (
        lambda: words.reading(series(LEVEL).head(0), name=NAME, better="higher"),
        "no numbers yet",
        "The chart and its words will stand here once the first numbers are in.",
    ),
    "one month outside": (
        lambda: words.reading(
            series([*LEVEL, 0.71, *LEVEL[:7]], better="lower"), name="Missed visits", better="lower"
        ),
        "one month above the limits, a signal of concern",
        "August 2020 lies above the limits. This is a signal of concern. "
        "Luck alone shows this in about 1 chart of 15.",
    ),
    "two months outside": (
        lambda: words.reading(
            series([*LEVEL, 0.66, 0.68, *LEVEL[:3]], baseline=16), name=NAME, better="higher"
        ),
        "two months above the limits, a signal of improvement",
        "August 2020 and September 2020 lie above the limits. This is a signal of improvement. "
        "Luck alone shows this in fewer than 1 chart of 100.",
    ),
    "many months outside": (
        lambda: words.reading(
            series([*LEVEL, 0.33, 0.5, 0.34, 0.51, 0.33, 0.5, 0.3, 0.51], baseline=16),
            name=NAME,
            better="higher",
        ),
        "four months below the limits, a signal of concern",
        "4 of 24 months lie below the limits, February 2021 the latest. This is a signal of concern. "
        "Luck alone shows this in fewer than 1 chart of 100.",
    ),
    "up and back again": (
        lambda: words.reading(
            series([0.62, 0.65, *LEVEL[:12], *up(12), *LEVEL[:14]], baseline=14), name=NAME, better="higher"
        ),
        "up from June 2020 to May 2021, a signal of improvement",
        "From June 2020 to May 2021, 12 months in a row lay above the baseline average; then it went back. "
        "This is a signal of improvement. Luck alone draws a run this long in about 1 chart of 50.",
    ),
    "a slow change": (
        lambda: words.reading(
            series(
                [
                    0.45,
                    0.46,
                    0.47,
                    0.44,
                    0.45,
                    0.46,
                    0.51,
                    0.45,
                    0.46,
                    0.55,
                    0.56,
                    0.54,
                    0.48,
                    0.55,
                    0.54,
                    0.52,
                    0.53,
                    0.47,
                    0.48,
                    0.49,
                    0.53,
                    0.54,
                    0.55,
                    0.52,
                ]
            ),
            name=NAME,
            better="higher",
        ),
        "a slow change, not ordinary variation",
        "The line crosses its average only seven times; by luck alone it would nearly always do so at least "
        "eight times. Something moves it slowly up or down. The rule does not say which way; "
        "look at the whole line.",
    ),
    "neither way is good": (
        lambda: words.reading(
            series(LEVEL + up(9), baseline=16, better="neither"), name="Visits by phone", better="neither"
        ),
        "up since August 2020, a signal on the high side",
        "All nine months since August 2020 lie above the baseline average: 50% before, 62% now. "
        "This is a signal on the high side. Luck alone draws a run this long in about 1 chart of 60. "
        "Whether that is good or bad is for you to say.",
    ),
    "run chart": (
        lambda: words.reading(
            series([value * 40 for value in LEVEL + up(10)], chart="run", better="lower"),
            name="Wait for the first visit",
            better="lower",
            unit="days",
        ),
        "up since August 2020, a signal of concern",
        "All ten months since August 2020 lie above the median: 20 days before, 25 days now. "
        "This is a signal of concern. Luck alone draws a run this long in about 1 chart of 60.",
    ),
    "new limits, too few yet": (
        lambda: words.reading(series(LEVEL + up(7), phases=[16, 7]), name=NAME, better="higher"),
        "too few to tell yet, 7 of 12 months",
        "With new limits from August 2020, too few to tell yet: 7 of 12 months. Limits and signals show once "
        "12 are in. Until then, look at each point by itself.",
    ),
    "new limits, calm since": (
        lambda: words.reading(series(LEVEL + up(14), phases=[16, 14]), name=NAME, better="higher"),
        "ordinary variation",
        "New limits began in August 2020. Since then nothing points to a change. "
        "The points show ordinary variation around the average of 62%.",
    ),
    "quarters": (
        lambda: words.reading(series(LEVEL + up(9), baseline=16, every="QS"), name=NAME, better="higher"),
        "up since the second quarter of 2023, a signal of improvement",
        "All nine quarters since the second quarter of 2023 lie above the baseline average: 50% before, 62% "
        "now. This is a signal of improvement. Luck alone draws a run this long in about 1 chart of 60.",
    ),
    "two groups": (
        lambda: words.reading(two_groups(), name=NAME, better="higher", by="language"),
        "up among Spanish speakers and unchanged among English speakers",
        "Among Spanish speakers, all ten months since August 2020 lie above the baseline average: 50% "
        "before, 62% now. This is a signal of improvement. Luck alone draws a run this long in fewer "
        "than 1 chart of 100. Among English speakers, there is no sign of change.",
    ),
    "Vienna": (
        lambda: words.two_phase_reading(
            vienna(), name="Deaths of mothers", better="lower", marks=HAND_WASHING
        ),
        "better, down from 10.5% to 2.2% since June 1847",
        "First, the months before June 1847 were not steady themselves: 36 of 76 lie outside their own "
        "limits. So limits held from them are rough. Since June 1847 all 22 months lie below the earlier "
        "average: 10.5% before, 2.2% since. Before it "
        "came mark 1 (hand washing with chlorine, mid-May 1847). "
        "The chart cannot say why.",
    ),
    "two steady phases": (
        lambda: words.two_phase_reading(series(LEVEL + up(14), phases=[16, 14]), name=NAME, better="higher"),
        "better, up from 50% to 62% since August 2020",
        "The months before August 2020 were steady: none of 16 lies outside its limits. Since August 2020 "
        "all 14 months lie above the earlier average: 50% before, 62% since. Luck alone draws a run this "
        "long in fewer than 1 chart of 100.",
    ),
    "two phases alike": (
        lambda: words.two_phase_reading(
            series(LEVEL + LEVEL[:12], phases=[16, 12]), name=NAME, better="higher"
        ),
        "no clear change since August 2020",
        "The months before August 2020 were steady: none of 16 lies outside its limits. Since August 2020 "
        "5 of 12 months lie below the earlier average: 50% before, 50% since. "
        "That is no more than luck alone often draws.",
    ),
}


@pytest.mark.parametrize("situation", GOLDEN)
def test_golden_sentences(situation):
    make, finding, sentences = GOLDEN[situation]
    read = make()
    assert read.finding.partition(": ")[2] == finding
    assert str(read) == sentences


@pytest.mark.parametrize("situation", GOLDEN)
def test_a_grown_up_of_any_schooling_can_read_it(situation):
    make, _, _ = GOLDEN[situation]
    assert grade(str(make())) <= 8


@pytest.mark.parametrize("situation", GOLDEN)
def test_no_word_claims_a_cause(situation):
    read = GOLDEN[situation][0]()
    told = f"{read.finding} {read}".lower()
    assert not {"because", "caused", "thanks to", "led to", "due to", "trend"} & set(told.split())


def test_those_who_do_not_see_the_chart_are_told_the_same():
    read = words.reading(series(LEVEL + up(9), baseline=16), name=NAME, better="higher")
    assert read.alt.startswith("Line chart of Blood pressure control, 25 months, April 2019 to April 2021")
    assert str(read) in read.alt


def gap(shift):
    level = [0.15 + (value - 0.5) * 0.6 for value in LEVEL]
    return series(level + [value + shift for value in level[:10]], baseline=16, chart="i", better="lower")


FLAT = LEVEL + LEVEL[:10]
GAPS = {
    "closing": (gap(-0.1), LEVEL + up(10), FLAT, "closing", "Spanish speakers improved"),
    "other got worse": (
        gap(-0.1),
        FLAT,
        LEVEL + up(10, -0.1),
        "narrower because the other group got worse",
        "English speakers got worse. That is no success yet.",
    ),
    "both moved together, other worse": (
        gap(-0.1),
        LEVEL + up(10),
        LEVEL + up(10, -0.1),
        "narrower because the other group got worse",
        "That is no success yet.",
    ),
    "unclear": (gap(-0.1), FLAT, FLAT, "narrower", "wait before you call it closing"),
    "left further behind": (
        gap(0.1),
        FLAT,
        LEVEL + up(10),
        "wider",
        "English speakers improved, Spanish speakers did not.",
    ),
    "worse": (gap(0.1), LEVEL + up(10, -0.1), FLAT, "wider", "Spanish speakers got worse."),
    "same": (gap(0), FLAT, FLAT, "unchanged within ordinary variation", "looks like luck so far"),
    "both better": (
        gap(0),
        LEVEL + up(10),
        LEVEL + up(10),
        "unchanged within ordinary variation",
        "Both groups improved",
    ),
}


@pytest.mark.parametrize("situation", GAPS)
def test_a_gap_closes_only_when_those_left_behind_gain(situation):
    charted, behind, other, verdict, why = GAPS[situation]
    read = words.gap_reading(
        charted,
        behind=series(behind, baseline=16),
        other=series(other, baseline=16),
        behind_name="Spanish speakers",
        other_name="English speakers",
    )
    assert read.finding.startswith(f"The gap is {verdict}: about ")
    assert why in str(read)
    assert grade(str(read)) <= 8


def test_a_group_that_is_ahead_now_is_said_to_be_so():
    alike = series(FLAT, baseline=16)
    read = words.gap_reading(gap(-0.3), behind=alike, other=alike, behind_name="a", other_name="b")
    assert "the other way in the last" in read.finding
    assert "−" not in read.finding


def test_a_gap_with_few_points_is_left_open():
    few = series(LEVEL[:7])
    read = words.gap_reading(few, behind=few, other=few, behind_name="a", other_name="b")
    assert read.finding == "The gap: too few to tell yet, 7 of 12 months"


def test_a_missing_last_month_changes_no_words():
    known = series(LEVEL + up(9), baseline=16)
    open_end = pd.concat([known, known.tail(1).assign(value=float("nan"), signal="", direction="")])
    open_end.iloc[-1, 0] = pd.Timestamp("2021-05-01")
    open_end = open_end.reset_index(drop=True)
    assert words.reading(open_end, name=NAME, better="higher").sentences == (
        words.reading(known, name=NAME, better="higher").sentences
    )


def test_points_left_out_are_said_and_not_counted():
    read = words.reading(series(LEVEL + up(9), baseline=16, left_out=(11, 12)), name=NAME, better="higher")
    assert "two months left out, with reason" in read.subtitle


def test_words_do_not_change_the_table():
    charted = by_hand()
    before = charted.copy(deep=True)
    words.reading(charted, name=NAME, better="higher", marks=MARKS)
    words.numbers(charted)
    pd.testing.assert_frame_equal(charted, before)


def test_the_numbers_hold_back_what_the_chart_holds_back():
    table = words.numbers(series(LEVEL[:7]))
    assert list(table.columns) == ["Month", "Value", "Counted", "Out of", "Note"]
    shown = words.numbers(series(LEVEL + up(9), baseline=16, left_out=(3,)))
    assert list(shown.columns[2:]) == ["Counted", "Out of", "Average", "Lower limit", "Upper limit", "Note"]
    assert shown.loc[3, "Note"] == "left out, with reason"
    assert shown.loc[20, "Note"] == "signal of improvement"


def test_a_page_of_many_charts_says_what_luck_does():
    assert words.many_charts([24] * 6).endswith("at least one signal about one time in two.")


@pytest.mark.parametrize(
    ("number", "unit", "told"),
    [
        (0.105258, "percent", "10.5%"),
        (0.5, "percent", "50%"),
        (0.986, "percent", "98.6%"),
        (1.0, "percent", "100%"),
        (0.0, "percent", "0%"),
        (-0.153, "points", "−15 points"),
        (0.01, "points", "1 point"),
        (12345.6, "number", "12,346"),
        (3.25, "days", "3.2 days"),
        (float("nan"), "percent", "–"),
    ],
)
def test_numbers_are_short(number, unit, told):
    assert short(number, unit) == told


@pytest.mark.parametrize(
    ("chance", "told"),
    [
        (0.3, "1 chart of 3"),
        (0.033, "1 chart of 30"),
        (0.0143, "1 chart of 70"),
        (0.0099, "fewer than 1 chart"),
    ],
)
def test_luck_is_told_in_charts(chance, told):
    assert told in luck_words(chance)
