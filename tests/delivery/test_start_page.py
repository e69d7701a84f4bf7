"""START: the one next thing, the first 30 days, the path in four parts, what is new, the monthly pulse."""

import re
from datetime import date

import pytest

from pophealth.delivery.workbook import open_workbook
from pophealth.workspace.parts import PARTS
from pophealth.workspace.records import MODELS
from pophealth.workspace.records_pulse import DOMAINS
from pophealth.workspace.steps import STEPS
from pophealth.workspace.store import Workspace
from tests.delivery import lessons, teams
from tests.views.reading_age import grade

AS_OF = "2021-06-30"


@pytest.fixture(scope="module")
def cohort(tmp_path_factory):
    folder = tmp_path_factory.mktemp("start")
    teams.cohort(folder)
    return folder


@pytest.fixture(scope="module")
def shown(cohort):
    return {
        slug: lessons.run("START", team=slug, workspace=cohort, as_of=AS_OF)
        for slug in ("gull-harbor", "painted-ridge", "new-start")
    }


def opened(cohort, team, *, user="robin", step="start"):
    book = open_workbook(step, team=team, workspace=str(cohort), as_of=AS_OF)
    book.workspace = Workspace.open(cohort, user=user)
    book.team = book.workspace.team(team)
    return book


def test_the_path_stands_under_the_four_parts_of_the_method(shown):
    told = shown["painted-ridge"]["book.show_path"].text
    places = [told.index(f"{part.name} {part.about}") for part in PARTS]
    assert places == sorted(places)
    assert all(f"{step.number} {step.title}" in told for step in STEPS)
    assert told.count("✓ done") == 2
    assert told.count("not started") == 8


def test_planning_for_long_is_answered_with_a_question_and_the_day(shown):
    told = shown["painted-ridge"]["book.show_next"].text
    assert "20 weeks and no test yet: what could you try by next Tuesday? That is July 6." in told
    assert "no test yet" not in shown["gull-harbor"]["book.show_next"].text
    assert "no test yet" not in shown["new-start"]["book.show_next"].text


def test_faculty_hear_of_long_planning_too(cohort):
    from pophealth.workspace.progress import needs_a_hand

    needs = needs_a_hand(Workspace.open(cohort, user="imani"), date(2021, 6, 30)).set_index("team")
    assert (
        "20 weeks and no test yet. What could they try by next Tuesday?" in needs.loc["painted-ridge", "why"]
    )
    assert not needs.drop("painted-ridge")["why"].str.contains("no test yet").any()


def test_the_first_days_are_open_for_a_young_team_tick_themselves_and_fold_later(shown, cohort):
    new, thin, rich = (
        shown[slug]["book.show_first_days"] for slug in ("new-start", "painted-ridge", "gull-harbor")
    )
    assert '<details class="days" open>' in new.value.html
    assert new.text.count("to do:") == 9
    assert (thin.text.count("✓ done:"), "open>" in thin.value.html) == (3, True)
    assert '<details class="days">' in rich.value.html
    book = opened(cohort, "new-start")
    charter = {"purpose": "Rest", "population": "People who care for others", "why": "They are tired"}
    names = {field.name for field in MODELS["charter"].fields() if field.core}
    teams.write(
        book.team,
        "charter",
        **(dict.fromkeys(names, "Rest") | {k: v for k, v in charter.items() if k in names}),
    )
    assert (
        "✓ done: Write down in one sentence why you do this."
        in book.show_first_days().plain + lessons.words(book.show_first_days().html)
    )


def test_faculty_see_how_far_a_team_is_and_not_that_it_has_not_begun(cohort):
    told = opened(cohort, "gull-harbor", user="imani").show_next().plain
    assert "Gull Harbor ACO has done 10 of 10 steps." in told
    assert "not begun" not in told


def test_news_are_what_others_wrote_since_she_last_wrote(cohort):
    told = lessons.words(opened(cohort, "gull-harbor", user="grace").show_news(days=30).html)
    assert told.startswith("New from the others since you last wrote here, on June 22")
    assert "June 23 Luz Herrera Test of change: Readings told by phone on Fridays" in told
    assert "Grace Whitfield" not in told
    luz = opened(cohort, "gull-harbor", user="luz").show_news(days=30).plain
    assert luz.startswith("Nothing new from the others since you last wrote here, on June 23.")


def test_the_pulse_shows_months_of_three_answers_or_more_and_counts_the_others(shown, cohort):
    told = shown["gull-harbor"]["book.show_pulse"].text
    assert "For June 2021, two have answered. Fewer than three answers are never shown." in told
    assert "May 2021" in told
    assert all(domain.name in told for domain in DOMAINS.values())
    alone = lessons.words(opened(cohort, "two-forks").show_pulse().html)
    assert "nobody has answered" in alone
    assert "of 5" not in alone
    for other in ("imani",):
        assert (
            opened(cohort, "gull-harbor", user=other).show_pulse().plain.endswith("and its coach see this.")
        )


def test_a_pulse_begins_with_this_month_and_is_counted_at_once(cohort):
    book = opened(cohort, "new-start", user="robin")
    assert book.beginning("pulse")("oak") == {"round": "2021-06"}
    assert book.beginning("test") is None
    taps = dict.fromkeys(DOMAINS, 4)
    teams.write(book.team, "pulse", "a" * 32, code="oak", round="2021-06", taps=taps)
    assert "one has answered" in book.echoes("pulse")()["pulse"].plain


def test_every_domain_is_explained_in_place(shown):
    told = shown["new-start"]["book.show_domains"].text
    assert all(domain.means in told for domain in DOMAINS.values())


def test_step_ten_draws_the_months_and_says_what_could_be_done(cohort):
    piece = opened(cohort, "lowland", step="sustain").show_pulse()
    told = lessons.words(piece.html)
    assert 'alt="Inner drive was lowest in May 2021' in piece.html
    assert "inner drive has gone down" in told
    assert all(idea in told for idea in DOMAINS["drive"].ideas)
    assert not any(idea in told for idea in DOMAINS["power"].ideas)
    few = opened(cohort, "two-forks", step="sustain").show_pulse()
    assert few.plain.startswith("For May 2021, two have answered. Fewer than three")
    assert "<figure" not in few.html
    assert 'class="empty"' in opened(cohort, "painted-ridge", step="sustain").show_pulse().html


def test_without_a_team_every_piece_says_to_choose_one(cohort):
    book = opened(cohort, "gull-harbor")
    book.team = None
    pieces = (book.show_next(), book.show_news(days=30), book.show_pulse(), book.form("pulse"))
    assert all("Choose your team first" in piece.plain for piece in pieces)
    assert "Gull Harbor" in book.show_next().html
    assert "Choose your team" in book.show_first_days().html


def test_links_stand_only_in_the_app(cohort):
    book = opened(cohort, "painted-ridge")
    book.surface = "lab"
    assert "href" not in book.show_next().html + book.show_first_days().html
    book.surface = "app"
    assert "/voila/render/03_align.ipynb?team=painted-ridge" in book.show_next().html
    assert "/voila/render/08_test.ipynb?team=painted-ridge" in book.show_next().html


def test_what_the_page_says_is_easy_to_read(shown, cohort):
    for slug, lesson in shown.items():
        for name in ("next", "first_days", "domains", "pulse"):
            told = lesson[f"book.show_{name}"].text
            assert grade(re.sub(r"[✓○]", ".", told)) <= 8, (slug, name)
    for domain in DOMAINS.values():
        assert grade(" ".join([domain.statement, domain.means, *domain.ideas])) <= 8
