"""Which workspace, person and team a notebook is opened for."""

import json
from datetime import date

import pytest

from pophealth.delivery import opening
from pophealth.workspace.errors import Problem
from pophealth.workspace.store import Workspace


@pytest.fixture
def real(tmp_path, monkeypatch):
    monkeypatch.delenv("POPHEALTH_WORKSPACE", raising=False)
    monkeypatch.delenv("POPHEALTH_USER", raising=False)
    monkeypatch.delenv("POPHEALTH_IDENTITY", raising=False)
    workspace = Workspace.create(tmp_path / "ours", community="Ours")
    workspace.add_team("oak", "Oak")
    workspace.add_team("elm", "Elm")
    workspace.add_person("ana", "Ana", "member", ["oak"])
    return workspace


def bound(tmp_path, user):
    return Workspace.open(tmp_path / "ours", user=user)


def test_the_workspace_given_comes_first(real, tmp_path, monkeypatch):
    monkeypatch.setenv("POPHEALTH_WORKSPACE", str(tmp_path / "nowhere"))
    assert opening.find_workspace(str(tmp_path / "ours")).settings.community == "Ours"


def test_then_the_environment_then_one_beside_or_above(real, tmp_path, monkeypatch):
    below = tmp_path / "ours" / "notebooks"
    below.mkdir()
    monkeypatch.chdir(below)
    assert opening.find_workspace().settings.community == "Ours"
    Workspace.create(tmp_path / "other", community="Other")
    monkeypatch.setenv("POPHEALTH_WORKSPACE", str(tmp_path / "other"))
    assert opening.find_workspace().settings.community == "Other"


def test_without_any_it_is_the_made_up_sample(tmp_path, monkeypatch):
    monkeypatch.delenv("POPHEALTH_WORKSPACE", raising=False)
    monkeypatch.chdir(tmp_path)
    assert opening.find_workspace().settings.made_up


def test_the_identity_file_names_the_person_before_the_environment(real, tmp_path, monkeypatch):
    monkeypatch.setenv("POPHEALTH_USER", "owner")
    assert opening.who() == "owner"
    identity = tmp_path / "identity.json"
    identity.write_text(json.dumps({"user": "ana"}))
    monkeypatch.setenv("POPHEALTH_IDENTITY", str(identity))
    assert opening.who() == "ana"


@pytest.mark.parametrize("wished", ["../x", "oak/../elm", "Oak", "o" * 50, "<b>", "nobody"])
@pytest.mark.parametrize("on", opening.SURFACES)
def test_an_unknown_team_is_one_sentence_and_no_team(real, wished, on):
    opened = opening.choose_team(real, wished, on=on)
    assert opened.team is None
    assert opened.stop
    assert "<" not in opened.stop or "“" in opened.stop


def test_a_team_in_the_address_is_a_wish_held_against_the_rights(real, tmp_path):
    ana = bound(tmp_path, "ana")
    assert opening.choose_team(ana, "oak", on="app").team.slug == "oak"
    refused = opening.choose_team(ana, "elm", on="app")
    unknown = opening.choose_team(ana, "ash", on="app")
    assert refused.team is None
    assert refused.stop.replace("elm", "…") == unknown.stop.replace("ash", "…")


def test_one_team_is_opened_without_asking_and_several_are_asked_for(real, tmp_path):
    assert opening.choose_team(bound(tmp_path, "ana"), "", on="app").team.slug == "oak"
    assert "Choose one from the list" in opening.choose_team(real, "", on="app").stop
    assert "oak, elm" in opening.choose_team(real, "", on="lab").stop


def test_a_report_never_guesses_a_team(real, tmp_path):
    assert "needs a team" in opening.choose_team(bound(tmp_path, "ana"), "", on="report").stop


def test_pages_about_everyone_need_no_team(real):
    assert opening.choose_team(real, "", on="app", needed=False) == opening.Opened(real, None, "")


def test_the_day_is_asked_for_or_today(real):
    assert opening.day_of("2021-03-01", real) == date(2021, 3, 1)
    assert opening.day_of("", real) == date.today()
    with pytest.raises(Problem, match="as_of"):
        opening.day_of("soon", real)


def test_a_stop_shows_one_sentence_and_no_traceback():
    assert opening.StopPage("Choose a team.")._render_traceback_() == ["Choose a team."]
