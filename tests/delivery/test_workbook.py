"""Every notebook, run cell by cell in this process, for every kind of team: what its cells say is true."""

import json
import re
from functools import cache
from math import sqrt

import pandas as pd
import pytest

from pophealth.delivery.opening import StopPage
from pophealth.delivery.reports import run_reports
from pophealth.delivery.workbook import open_workbook
from pophealth.views import theme
from pophealth.views.forms import CountsForm, RecordForm, RecordList
from pophealth.workspace.records import MODELS
from pophealth.workspace.samples import folder as samples
from pophealth.workspace.store import Workspace
from tests.delivery import lessons, teams

SAMPLE = [
    "gull-harbor",
    "prairie-rose",
    "st-brigid",
    "northlake",
    "alder-valley",
    "lowland",
    "painted-ridge",
    "two-forks",
]
WITH_COUNTS = [slug for slug in SAMPLE if slug != "painted-ridge"]
OWN = ["new-start", "two-points", "same-people", "just-one", "all-nine"]
WILL_STAND = re.compile(r"will (stand|have) ")


@pytest.fixture(scope="module")
def cohort(tmp_path_factory):
    """The sample cohort; teams with nothing, two points, the same people each month; of one and of nine."""
    folder = tmp_path_factory.mktemp("cohort")
    workspace = teams.cohort(folder)
    for slug, name, values in (
        ("two-points", "Two Points", {}),
        ("same-people", "Same People", {"people": "the same"}),
    ):
        book = workspace.add_team(slug, name)
        core = {"name": f"Walks of {name}", "numerator": "walked", "denominator": "asked", "better": "higher"}
        teams.write(book, "measure", "walks", chart="p", family="outcome", lead=True, **core, **values)
    for slug, name, people in (("just-one", "Just One", 1), ("all-nine", "All Nine", 9)):
        teams.grown(workspace.add_team(slug, name), people)
    teams.counted(workspace.team("two-points"), "walks", [("2021-04", 30, 60), ("2021-05", 40, 60)])
    months = [f"2020-{month:02d}" for month in range(1, 13)] + [f"2021-{month:02d}" for month in range(1, 6)]
    rows = [(month, 20 + 2 * number, 80) for number, month in enumerate(months)]
    teams.counted(workspace.team("same-people"), "walks", rows)
    return folder


@pytest.fixture(scope="module")
def walked(cohort):
    """Run a notebook for a team of the cohort, once, as its steward in Lab."""
    return cache(lambda stem, team="": lessons.run(stem, team=team, workspace=cohort))


@pytest.fixture(autouse=True)
def style_again():
    """A report leaves style out of its pieces; what comes later in this process gets it back."""
    yield
    theme.inline_style(True)


@pytest.fixture(params=["lab", "report"])
def surface(request, monkeypatch):
    monkeypatch.setenv("POPHEALTH_SURFACE", request.param)
    return request.param


@pytest.mark.parametrize("slug", SAMPLE + OWN)
def test_every_cell_of_every_step_shows_something_for_every_team(walked, slug):
    for stem in lessons.STEPS:
        lesson = walked(stem, slug)
        name = lesson.names["book"].team.name
        assert name in lesson["book.where()"].text
        for cell in lesson.cells:
            if re.match(r"book\.", cell.line):
                assert cell.value is not None, cell.line
                assert cell.text or "form" in cell.tags, cell.line
        assert not re.search(r"\b(nan|NaN|NaT|None|inf)\b", _without_exercise(lesson)), stem
        for form in lesson.forms:
            assert isinstance(form, RecordList if form.spec.get("many") else (RecordForm, CountsForm))


def _without_exercise(lesson):
    return " ".join(cell.text for cell in lesson.cells if "exercise" not in cell.tags)


def test_a_report_runs_the_same_cells_without_style(cohort, surface):
    lesson = lessons.run("06_aim", team="gull-harbor", workspace=cohort)
    assert lesson.names["book"].surface == surface
    piece = lesson["book.show_aim"].value._repr_html_()
    assert ("<style>" in piece) is (surface == "lab")


def test_an_empty_team_is_told_what_will_stand_here_and_the_next_thing(walked):
    expected = {
        "01_gather": [
            *("book.show_purpose", "book.show_team", "book.show_gifts", "book.show_skills"),
        ],
        "02_standing": [
            *("book.show_standing", "book.show_differences", "book.show_balance"),
            *("book.show_next_steps", "book.show_readings", "book.show_moved"),
        ],
        "03_align": [
            *("book.decided", "book.show_map", "book.show_people", "book.show_overlap"),
            *("book.show_resources", "book.show_days", "book.show_decisions", "book.show_neighbors"),
        ],
        "04_matters": [
            *("book.decided", "book.show_map", "book.show_sectors", "book.show_commitment"),
            *("book.show_contacts", "book.show_kinds", "book.show_themes", "book.show_voices"),
        ],
        "05_focus": [
            *("book.show_ladder", "book.show_groups", "book.show_recorded", "book.show_gaps"),
            *("book.show_strengths", "book.show_ages", "book.show_sizes", "book.show_heard"),
            *("book.show_funnel", "book.show_review", "book.show_next_time", "book.show_choice"),
        ],
        "06_aim": [
            *("book.decided", "book.show_start", "book.show_outlook", "book.show_aim", "book.show_list"),
            *("book.show_places", "book.show_sides", "book.show_decisions"),
        ],
        "08_test": [
            *("book.decided", "book.show_ramps", "book.show_waiting", "book.show_predictions"),
            "book.show_audit",
        ],
        "09_measure": [
            *("book.show(charted, measure=lead", "book.show_groups", "book.show_last_year", "book.show_gap"),
        ],
        "10_sustain": [
            *("book.show_tests", "book.show_board", "book.show_lasting", "book.show_watched"),
            *("book.show_moved", "book.show_scores", "book.show_spread", "book.show_harvest"),
        ],
    }
    for stem, lines in expected.items():
        lesson = walked(stem, "new-start")
        for line in lines:
            piece = lesson[line].value.html
            assert 'class="empty"' in piece, line
            what, then = re.search(r"<strong>(.*?)</strong>\s*<span>(.*?)</span>", piece).groups()
            assert WILL_STAND.search(what), what
            assert then.strip(), line
        for kind in (form.desk.model for form in lesson.forms if not isinstance(form, CountsForm)):
            told = [cell for cell in lesson.cells if cell.line == f'book.record("{kind.kind}")']
            assert all("nothing is written yet" in cell.text and kind.help in cell.text for cell in told)
    start = walked("START", "new-start")
    assert start["book.show_next"].text.startswith("The one next thing. You have not begun yet. Next comes")
    assert "Nothing new in the last 30 days" in start["book.show_news"].text


def test_what_one_and_what_nine_wrote_alone_is_told_as_it_is(walked):
    rated, counted = walked("02_standing", "all-nine"), walked("06_aim", "all-nine")
    assert "9 people answered" in rated["book.show_standing"].text
    assert "Nine ballots were counted" in counted["book.show_places"].text
    assert "resident" in counted["book.show_sides"].text
    alone = walked("06_aim", "just-one")
    assert "One ballot so far" in alone["book.show_places"].text
    assert "will stand here" in alone["book.show_sides"].text
    assert "1 person answered" in walked("02_standing", "just-one")["book.show_standing"].text


def test_two_points_are_shown_and_not_judged(walked):
    lesson = walked("09_measure", "two-points")
    shown = lesson["book.show(charted, measure=lead"]
    assert "Too few to tell yet: 2 of 12 months" in shown.text
    assert "50%" in shown.text
    assert "67%" in shown.text
    assert "signal of" not in shown.text
    assert "too few to tell yet, 2 of 12 months" in lesson["book.show_measures"].text
    start = walked("06_aim", "two-points")["book.show_start"].text
    assert "70 of 120, which is 58.3%, from April 2021 to May 2021" in start


def test_points_that_share_people_get_a_line_without_limits_or_signals(walked):
    lesson = walked("09_measure", "same-people")
    shown = lesson["book.show(charted, measure=lead"]
    assert "The same people are counted each time, so limits and rules would cry wolf" in shown.text
    assert "signal of" not in shown.text
    assert "will stand" not in shown.text
    assert 'alt="Line chart of Walks of Same People' in shown.value.html
    measures = lesson["book.show_measures"].text
    assert not re.search(r"improvement|concern|above the|below the", measures), measures


def _rows(slug):
    """The lead measure of a sample team, straight from its files."""
    story = json.loads(next(samples().glob(f"*-{slug}.json")).read_text(encoding="utf-8"))
    entries = {(entry["kind"], entry.get("key", "")): entry["body"] for entry in story["entries"]}
    (lead,) = [key for (kind, key), body in entries.items() if kind == "measure" and body.get("lead")]
    table = pd.read_csv(next(samples().glob(f"*-{slug}.csv")), keep_default_na=False)
    table = table[table["measure"].eq(lead) & table["stratum"].eq("")]
    table = table.assign(period=pd.to_datetime(table["period"]), out=False)
    for (kind, _), body in entries.items():
        if kind == "adjustment" and body["measure"] == lead and body["change"] == "leave out":
            table["out"] |= table["period"].between(body["start"], body.get("end", body["start"]))
    return entries["measure", lead], table.astype({"numerator": int, "denominator": int})


@pytest.mark.parametrize("slug", WITH_COUNTS)
def test_the_start_of_an_aim_is_the_last_twelve_months_counted_by_hand(walked, slug):
    measure, table = _rows(slug)
    last = table[~table["out"]].sort_values("period").tail(12)
    counted, of = last["numerator"].sum(), last["denominator"].sum()
    share, z = counted / of, 1.959964
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z / (1 + z * z / of) * sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    said = walked("06_aim", slug)["book.show_start"].text
    span = f"from {last['period'].min():%B %Y} to {last['period'].max():%B %Y}"
    assert f"{measure['name']}: {counted:,} of {of:,}, which is {100 * share:.1f}%, {span}." in said
    assert f"between {100 * (middle - half):.1f}% and {100 * (middle + half):.1f}%." in said


@pytest.mark.parametrize("slug", [slug for slug in WITH_COUNTS if slug != "two-forks"])
def test_the_middle_line_and_its_words_come_from_the_baseline_counts(walked, slug):
    measure, table = _rows(slug)
    used = table[~table["out"]].sort_values("period")
    base = used.head(measure["baseline_points"])
    centre = base["numerator"].sum() / base["denominator"].sum()
    lesson = walked("09_measure", slug)
    charted = lesson.names["points"]
    assert charted.loc[~charted["excluded"], "numerator"].sum() == used["numerator"].sum()
    said = lesson["book.show(charted, measure=lead"].text
    assert re.search(rf"\b{100 * centre:.0f}(\.\d)?%", said), said[-300:]
    outside = re.search(r"(\d+) of (\d+) months lie (above|below)", said)
    if outside:
        assert int(outside[2]) == len(used)
        half = 3 * (centre * (1 - centre) / used["denominator"]) ** 0.5
        share = used["numerator"] / used["denominator"]
        beyond = share > centre + half if outside[3] == "above" else share < centre - half
        assert beyond.sum() == int(outside[1])


def test_the_gap_in_words_is_the_gap_in_the_counts(walked):
    table = pd.read_csv(samples() / "04-gull-harbor.csv", keep_default_na=False)
    table = table[table["measure"].eq("bp-control") & table["stratifier"].eq("language")]
    last = table[table["period"].isin(sorted(table["period"].unique())[-6:])]
    shares = last.astype({"numerator": int, "denominator": int}).assign(
        share=lambda rows: rows["numerator"] / rows["denominator"]
    )
    months = shares.pivot_table(index="period", columns="stratum", values="share")
    points = 100 * (months["English"] - months["Spanish"]).mean()
    said = walked("09_measure", "gull-harbor")["book.show_gap"].text
    now = re.search(r"about ([\d.]+) points? in the last six months", said)
    assert abs(float(now[1]) - points) < 0.5, (now[1], points)
    assert "The gap is closing" in said


def test_section_scores_in_words_equal_the_answers(cohort, walked):
    ratings = Workspace.open(cohort, user="robin").team("two-forks").records("rating")
    lesson = walked("02_standing", "two-forks")
    assert f"{len(ratings)} people answered." in lesson["book.show_standing"].text
    scores = lesson.names["scores"].set_index(["rater", "section"])["score"]
    for rating in ratings:
        levels = list(rating.answers.values())[:4]
        known = [level for level in levels if level is not None]
        assert scores[rating.rater, "Leading together"] == pytest.approx(100 * sum(known) / len(known) / 3)


def test_exercises_answer_kindly_whatever_is_filled_in(cohort):
    book = open_workbook("measure", team="gull-harbor", workspace=str(cohort))
    empty = open_workbook("aim", team="new-start", workspace=str(cohort))
    assert (
        "✓ Yes" in book.check("vienna-above", 37).plain or "Not yet" in book.check("vienna-above", 37).plain
    )
    for answer in (None, "", "many", [1], float("nan")):
        for name in ("vienna-above", "standing-widest", "aim-pace", "no such"):
            assert book.check(name, answer).plain
            assert empty.check(name, answer).plain
    assert "nothing to check yet" in empty.check("aim-pace", 3).plain


def test_the_aim_form_draws_the_sentence_and_the_points_again(cohort):
    book = open_workbook("aim", team="two-points", workspace=str(cohort))
    form = book.form("aim")
    assert form.echo == {}
    values = {"what": "walks after dinner", "baseline": "50", "target": "70", "by_when": "2022-01-31"}
    form.reply({"type": "save", "owner": "a", "sequence": 1, "values": values, "based_on": 0})
    assert set(form.echo) == {"aim", "points"}
    assert "By January 31, 2022, walks after dinner among … in …" in lessons.words(form.echo["aim"])
    assert "will go from 50% to 70%." in lessons.words(form.echo["aim"])
    assert "about 2.9 percentage points a month" in lessons.words(form.echo["aim"])
    assert "✓ there: A number that moves." in lessons.words(form.echo["points"])
    again = lessons.run("06_aim", team="two-points", workspace=cohort)
    for name, line in (("aim", "book.show_aim"), ("points", "book.show_checks")):
        assert f'data-live="{name}"' in again[line].value.html
        assert form.echo[name] in again[line].value.html
    assert open_workbook("measure", team="two-points", workspace=str(cohort)).echoes("adjustment") is None


@pytest.mark.parametrize("on", ["lab", "report"])
def test_the_faculty_page_is_refused_for_members(cohort, monkeypatch, on):
    monkeypatch.setenv("POPHEALTH_USER", "ana")
    monkeypatch.setenv("POPHEALTH_SURFACE", on)
    with pytest.raises(StopPage, match=r"^This page is for faculty and coaches\. Yours is Start here\.$"):
        lessons.run("faculty", workspace=cohort)


def test_a_member_may_not_open_another_team(cohort, monkeypatch):
    monkeypatch.setenv("POPHEALTH_USER", "ana")
    for stem in lessons.STEPS:
        with pytest.raises(StopPage, match="There is no team “prairie-rose” that you can open"):
            lessons.run(stem, team="prairie-rose", workspace=cohort)


def test_pages_about_one_team_say_so_when_there_is_none(cohort):
    book = open_workbook("start", workspace=str(cohort))
    assert book.team is not None
    with pytest.raises(Exception, match="There is no record called 'aims'"):
        book.form("aims")
    room = open_workbook("room", workspace=str(cohort))
    with pytest.raises(Exception, match="This page is about one team"):
        room.form("aim")


TEXTS = ("text", "long")
LEFT_ALONE = {"agreement"}


def _marked(slug, kind, question):
    return f"canary-{slug}-{kind}-{question.name}"


@pytest.fixture(scope="module")
def secrets(tmp_path_factory):
    """The sample cohort where every team wrote canary words into every kind of record and shared none."""
    folder = tmp_path_factory.mktemp("secrets")
    workspace = teams.cohort(folder)
    with workspace.together():
        for team in workspace.teams():
            book = workspace.team(team.slug)
            for kind, model in MODELS.items():
                if kind in LEFT_ALONE or (not model.many and book.get(kind)):
                    continue
                fields = [question for question in model.fields() if question.input in TEXTS]
                values = {question.name: _marked(team.slug, kind, question) for question in fields}
                teams.write(book, kind, "canary" if model.many else "", **values)
    return folder


@pytest.mark.parametrize("user", ["ana", "sam", "imani", "robin"])
def test_the_room_shows_nothing_that_was_not_shared(secrets, monkeypatch, user):
    monkeypatch.setenv("POPHEALTH_USER", user)
    lesson = lessons.run("room", workspace=secrets)
    assert "Gull Harbor" in lesson.text
    assert "canary" not in lesson.html


def test_the_faculty_page_tells_faculty_no_words_that_were_not_shared(secrets, monkeypatch):
    monkeypatch.setenv("POPHEALTH_USER", "imani")
    assert "canary" not in lessons.run("faculty", workspace=secrets).html


def test_the_faculty_page_tells_a_coach_words_of_her_own_teams_only(secrets, monkeypatch):
    monkeypatch.setenv("POPHEALTH_USER", "sam")
    own = Workspace.open(secrets, user="sam").person.teams
    lesson = lessons.run("faculty", workspace=secrets, team="painted-ridge")
    found = set(re.findall(r"canary-([a-z-]+?)-(focus|note|score)-", lesson.html))
    assert ("painted-ridge", "note") in found
    assert {team for team, kind in found if kind == "note"} == {"painted-ridge"}
    assert {team for team, _ in found} <= set(own)


@pytest.mark.parametrize("user", ["ana", "sam", "robin"])
def test_no_page_of_a_team_shows_words_of_another(secrets, monkeypatch, user):
    monkeypatch.setenv("POPHEALTH_USER", user)
    for stem in lessons.STEPS:
        shown = lessons.run(stem, team="gull-harbor", workspace=secrets)
        state = json.dumps([[form.spec, form.state, form.echo] for form in shown.forms])
        found = set(re.findall(r"canary-[a-z_-]+", shown.html + state))
        assert all(mark.startswith("canary-gull-harbor-") for mark in found), (stem, found)


def test_reports_show_no_private_note_and_no_words_of_another_team(secrets, tmp_path):
    named = ["gull-harbor", "new-start"]
    table = run_reports(named, workspace=secrets, out=tmp_path, user="robin")
    assert set(table["status"]) == {"done"}
    for slug in named:
        found = set(re.findall(r"canary-[a-z_-]+", (tmp_path / f"{slug}.html").read_text(encoding="utf-8")))
        assert found, slug
        assert all(mark.startswith(f"canary-{slug}-") for mark in found), found
        assert not any("-note-" in mark or "-score-" in mark for mark in found), found
    assert "canary" not in (tmp_path / "index.html").read_text(encoding="utf-8")
    listed = (tmp_path / "manifest.json").read_text(encoding="utf-8")
    assert "canary-" not in listed
    assert not re.search(r'"(note|score)/', listed)
