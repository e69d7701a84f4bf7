"""Lists on a page escape what people typed and say in words what signs show."""

from pophealth.views.lists import checklist, said, step_list

BAD = "<img src=x onerror=alert(1)>"


def test_team_text_stays_text():
    for piece in (
        said([BAD], heading=BAD),
        checklist([(BAD, False, BAD)]),
        step_list([(BAD, BAD, BAD, "done", 'x"><script>')]),
    ):
        assert "<img" not in piece.html
        assert "<script" not in piece.html


def test_a_sign_never_stands_alone():
    assert "there:" in checklist([("A place", True, "Yes.")]).html
    assert "open:" in checklist([("A place", False, "No.")]).html


def test_steps_stand_under_their_phases_and_link_only_with_an_address():
    rows = [("Build", "1 Gather", "Who?", "done", "/a"), ("Build", "2 Stand", "Where?", "", "")]
    html = step_list([*rows, ("Make", "9 Measure", "Better?", "in progress", "")]).html
    assert html.count("<h3>") == 2
    assert html.count("<a ") == 1
