"""Step 5: what its pictures say is what the counts say; odd counts, other viewers, forms, exercises."""

import base64
import re

import numpy as np
import pandas as pd
import pytest

from pophealth.delivery.workbook import open_workbook
from pophealth.views import theme
from pophealth.workspace.samples import folder as samples
from pophealth.workspace.store import Workspace
from tests.delivery import lessons, teams
from tests.views.reading_age import grade


def base64_text(markup):
    """The text of all pictures on a page."""
    found = re.findall(r"data:image/svg\+xml;base64,([A-Za-z0-9+/=]+)", markup)
    return " ".join(base64.b64decode(one).decode() for one in found)


CORE = {"numerator": "walked", "denominator": "asked", "family": "outcome"}


@pytest.fixture(scope="module")
def cohort(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cohort")
    teams.cohort(folder)
    return folder


@pytest.fixture(scope="module")
def harbor(cohort):
    """Step 5 of the team with most to see, run once for all tests that only read."""
    return lessons.run("05_focus", team="gull-harbor", workspace=cohort)


@pytest.fixture(autouse=True)
def style_again():
    yield
    theme.inline_style(True)


def counts(measure="bp-control", split="language", name="04-gull-harbor"):
    """The sample's counts as they lie in their file, in the months the team chose by."""
    table = pd.read_csv(samples() / f"{name}.csv", keep_default_na=False)
    table = table[table["measure"].eq(measure) & table["stratifier"].eq(split)]
    spring = table["period"].between("2020-03", "2020-06")
    table = table[table["period"].between("2018-09", "2020-08") & ~spring]
    return table.groupby("stratum")[["numerator", "denominator"]].sum().astype(int)


def test_groups_and_people_in_words_are_those_of_the_counts(harbor):
    table = counts()
    share = table["numerator"] / table["denominator"]
    people = round((share["English"] - share["Spanish"]) * table.loc["Spanish", "denominator"])
    said = harbor["book.show_groups"].text
    assert f"It is {share['Spanish']:.0%} among Spanish" in said
    assert f"{100 * (share['English'] - share['Spanish']):.0f} points behind English, the reference" in said
    told = harbor["book.show_gaps"]
    assert f"{people} more people among Spanish than if they had fared like English" in told.value.plain
    assert f"Most people are among Spanish: {people} more than if they had fared like English." in told.text
    assert "The months you chose by: January 2019 to August 2020." in said


def test_age_made_alike_is_worked_out_by_hand(harbor):
    table = counts("heart-emergencies", "language x age", "14-gull-harbor-heart").reset_index()
    table[["group", "band"]] = table["stratum"].str.split(" x ", expand=True)
    weights = table.groupby("band")["denominator"].sum()
    spanish = table[table["group"].eq("Spanish")].set_index("band")
    rate = (spanish["numerator"] / spanish["denominator"] * weights).sum() / weights.sum() * 1000
    crude = 1000 * spanish["numerator"].sum() / spanish["denominator"].sum()
    said = harbor["book.show_ages"].text
    assert f"from {crude:.0f} as counted to {rate:.0f} per 1,000 with ages made alike" in said
    assert "The place changes for Spanish and English" in said


def test_the_ladder_says_how_many_answered_of_those_asked(harbor):
    asked = pd.read_csv(samples() / "13-ladder-invited.csv")
    last = asked[asked["team"].eq("gull-harbor") & asked["month"].eq("2021-05")]
    answers = pd.read_csv(samples() / "13-ladder.csv")
    given = answers[answers["team"].eq("gull-harbor") & answers["month"].eq("2021-05")]
    whole = given.dropna(subset=["now", "future"])
    said = harbor["book.show_ladder"].text
    asked = last["invited"].sum()
    assert f"Of {asked} people asked, {asked - len(whole)} did not answer" in said
    blank = len(given) - len(whole)
    assert f"{blank} people left a question out, and no answer was guessed for them." in said
    assert f"For all {len(whole)} people counted, the group is written down." in said
    spanish = whole[whole["group"].eq("Spanish")]
    thriving = (spanish["now"].ge(7) & spanish["future"].ge(8)).mean()
    assert re.search(rf"Spanish \d+% .* {thriving:.0%} \(", said)


def test_beside_every_chart_by_group_stands_for_how_many_the_group_is_known(harbor):
    people = counts()["denominator"].sum()
    full = f"For all {people:,} people counted, language is written down."
    short = "As above, language is written down for everyone."
    assert f"<figcaption>{full}" in harbor["book.show_groups"].value.html
    assert harbor["book.show_gaps"].value.html.count(f"<figcaption>{short}</figcaption>") == 2
    assert short in harbor["book.show_sizes"].text
    heart = counts("heart-emergencies", "language", "14-gull-harbor-heart")["denominator"].sum()
    assert f"For all {heart:,} people counted, language is" in harbor["book.show_ages"].value.html
    ways = "ZIP3, age, language and race and ethnicity"
    assert f"As above, {ways} are written down for everyone." in harbor["book.show_funnel"].text
    for cell in harbor.cells:
        assert cell.text.count(full) <= 1
    assert harbor.text.count(full) == 1


def test_the_funnel_holds_every_group_against_everyone(harbor):
    tables = {split: counts(split=split) for split in ("language", "race and ethnicity", "age", "ZIP3")}
    groups = pd.concat(tables)
    whole = counts(split="")
    target = whole["numerator"].sum() / whole["denominator"].sum()
    share = groups["numerator"] / groups["denominator"]
    away = (share - target).abs() / np.sqrt(target * (1 - target) / groups["denominator"])
    far = [name for _, name in groups.index[away > 3.0902]]
    said = harbor["book.show_funnel"]
    assert said.text.count("outside the outer limits") == len(far)
    assert f"{len(far)} of {len(groups)} groups" in said.value.plain.replace("five of", "5 of")
    assert f"average {100 * target:.0f}%" in base64_text(said.value.html)
    assert "never add these groups up" in said.text


def test_few_people_are_said_to_say_little_and_few_groups_make_no_funnel(cohort):
    forks = lessons.run("05_focus", team="two-forks", workspace=cohort)
    told = "too uncertain: fewer than 30 people"
    assert told in forks["book.show_groups"].text
    assert told in forks["book.show_gaps"].text
    assert "Too uncertain to build on: Spanish." in forks["book.show_gaps"].text
    assert "It takes five groups or more" in forks["book.show_funnel"].text
    assert 'class="empty"' in forks["book.show_funnel"].value.html


def test_people_whose_group_is_not_known_stay_in_sight(harbor):
    table = counts("heart-emergencies", "race and ethnicity", "14-gull-harbor-heart")["denominator"]
    known = table.sum() - table["not recorded"] - table["declined"]
    said = harbor["book.show_recorded"].text
    assert f"race and ethnicity are written down ({known:,} of {table.sum():,} counted)" in said
    assert f"Of the others, {table['declined']} declined and {table['not recorded']} have no answer." in said
    assert "That is many who are in no group." in said


def test_what_was_heard_and_what_lies_behind_it(harbor):
    assert "12 conversations brought six themes." in harbor["book.show_heard"].text
    assert "Care teams named it and no person did: Forgetting." in harbor["book.show_heard"].text
    assert (
        "All three sources support “Calls and letters come in English only”"
        in harbor["book.show_review"].text
    )
    assert "Not used yet: The net menders' circle." in harbor["book.show_strengths"].text
    assert "helps with: There is no place near home" in harbor["book.show_strengths"].text
    assert "You chose one group to start with." in harbor["book.show_choice"].text


def test_nothing_of_a_talk_without_a_yes_is_on_the_page(cohort):
    book = Workspace.open(cohort, user="robin").team("two-forks")
    teams.write(
        book, "conversation", "x", segment="Elders", month="2021-05", themes="a secret", matters="hush"
    )
    said = lessons.run("05_focus", team="two-forks", workspace=cohort)
    assert "secret" not in " ".join(cell.text for cell in said.cells)
    assert "Three conversations" not in said["book.show_heard"].text


def test_words_are_for_everyone(harbor):
    lines = ("show_groups", "show_heard", "show_review", "show_next_time", "show_strengths")
    for line in lines:
        said = re.split(r"What (?:the chart says|we see)\.|Next time\.", harbor[f"book.{line}"].text)[-1]
        assert grade(said) <= 8, (line, said)
    every = " ".join(cell.text for cell in harbor.cells).lower()
    for word in ("the poor", "non-compliant", "hard to reach", "minorit", "disparit"):
        assert word not in every


@pytest.mark.parametrize(
    ("chart", "better", "numbers", "says"),
    [
        ("u", "lower", (30, 20), "Your groups will stand side by side here."),
        ("p", "", (5, 20), "Each group will have a dot here. Say in step 9 which way is better"),
        ("p", "higher", (5, 20), "will have a dot here. Bring counts by group"),
    ],
)
def test_counts_that_cannot_be_set_side_by_side_say_what_to_do(tmp_path, chart, better, numbers, says):
    workspace = teams.cohort(tmp_path)
    book = workspace.add_team("odd", "Odd")
    teams.write(book, "measure", "walks", name="Walks", chart=chart, better=better, lead=True, **CORE)
    groups = ("a", "b") if better != "higher" else ("",)
    rows = [{"stratum": name, "stratifier": "side" if name else ""} for name in groups]
    table = pd.DataFrame(rows).assign(measure="walks", period=pd.Timestamp("2021-04-01"), note="")
    table = table.assign(numerator=numbers[0], denominator=numbers[1], value=np.nan)
    book.import_counts(table, file_name="walks.csv", sha256="ef" * 32)
    lesson = lessons.run("05_focus", team="odd", workspace=tmp_path)
    assert says in lesson["book.show_groups"].text
    assert 'class="empty"' in lesson["book.show_gaps"].value.html


def test_faculty_see_no_ladder_no_talks_and_only_shared_counts(cohort, monkeypatch):
    monkeypatch.setenv("POPHEALTH_USER", "imani")
    lesson = lessons.run("05_focus", team="gull-harbor", workspace=cohort)
    assert lesson["book.show_ladder"].text == "Only the team and its coach see the answers on the ladder."
    assert lesson.names["heard"].empty
    assert "people" not in lesson["book.show_choice"].text.split("What we see.")[1]
    small = lesson.names["groups"][["numerator", "denominator"]]
    assert not small["numerator"].between(1, 10).any()
    assert lesson["book.show_ages"].text.startswith("Groups with their ages made alike will stand here.")


def test_a_choice_and_a_talk_are_drawn_again_once_kept(cohort):
    book = open_workbook("focus", team="new-start", workspace=str(cohort))
    form = book.form("focus")
    key = form.reply({"type": "add", "name": "Elders of the hill", "owner": "a", "sequence": 1})["added"]
    values = {"group": "Elders of the hill", "reason": "Nobody visits."}
    save = {"type": "save", "key": key, "values": values, "based_on": 1, "owner": "a", "sequence": 2}
    assert form.reply(save)["type"] == "kept"
    assert set(form.echo) == {"choice"}
    said = lessons.words(form.echo["choice"])
    assert "Nobody visits." in said
    assert "Nobody of this group has been heard yet: Elders of the hill." in said
    talk = book.form("conversation")
    added = talk.reply({"type": "add", "name": "Elders", "owner": "a", "sequence": 1})["added"]
    assert re.fullmatch(r"[0-9a-f]{32}", added)
    assert set(talk.echo) == {"heard", "choice"}
    again = lessons.run("05_focus", team="new-start", workspace=cohort)
    for name in ("choice", "heard", "review", "pillars", "strengths", "ladder"):
        assert f'data-live="{name}"' in again.html


@pytest.mark.parametrize("name", ["focus-excess", "focus-supported"])
@pytest.mark.parametrize("team", ["gull-harbor", "painted-ridge"])
def test_exercises_answer_kindly(cohort, name, team):
    book = open_workbook("focus", team=team, workspace=str(cohort))
    for answer in (None, "", "many", [1], float("nan"), pd.NA, pd.DataFrame(), 1e300):
        assert book.check(name, answer).plain
        assert "✓ Yes" not in book.check(name, answer).plain


def test_exercises_know_what_is_right(cohort, harbor):
    gaps, review = harbor.names["gaps"], harbor.names["review"]
    book = open_workbook("focus", team="gull-harbor", workspace=str(cohort))
    right = {
        "focus-excess": round(gaps.loc[gaps["excess"] > 0, "excess"].sum()),
        "focus-supported": int((review["supporting"] == 3).sum()),
    }
    for name, answer in right.items():
        assert "✓ Yes" in book.check(name, answer).plain
        assert "Not yet" in book.check(name, answer + 1).plain
