"""A driver diagram, typed as a person types: hung by choosing, drawn at once, there again, reported."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from pophealth.delivery.reports import run_reports
from tests.browser.typist import Typist, answers, field, found, more
from tests.delivery import lessons

pytestmark = pytest.mark.browser

MAIN = ("Someone calls in our language", "The hour fits the shift", "We know what it <b>costs</b>")
IDEA = "Ring after supper"
ALT = f"{IDEA} hangs on {MAIN[0]}."


def test_a_driver_diagram_goes_from_the_keyboard_to_the_report(typist: Typist, tmp_path: Path) -> None:
    typist.opens("07_drivers")
    diagram, checks = typist.live("diagram"), typist.live("checks")
    expect(diagram).to_contain_text("Your driver diagram will stand here")
    for text in MAIN:
        answers(typist.adds("drivers and ideas", text), {"Level": "primary"})
    expect(diagram.locator("img")).to_have_attribute(
        "alt", f"Three main drivers and no ideas to try. {_moves()}"
    )
    form = typist.adds("drivers and ideas", IDEA)
    answers(form, {"Level": "idea"})
    expect(checks).to_contain_text(f"Hang it on a driver: {IDEA}.")

    more(form)
    offered = field(form, "Hangs on").locator("option").all_inner_texts()
    assert offered == ["Choose …", *MAIN]
    answers(form, {"Hangs on": MAIN[0]})
    expect(diagram.locator("img")).to_have_attribute("alt", f"{_title()} {_moves(ALT)}")
    expect(checks).not_to_contain_text("Hang it on a driver")
    expect(typist.live("ideas")).to_contain_text(IDEA)

    typist.reloads()
    expect(diagram.locator("img")).to_have_attribute("alt", f"{_title()} {_moves(ALT)}")
    form = typist.reopens("drivers and ideas", IDEA)
    more(form)
    found(form, {"Hangs on": "someone-calls-in-our-language"})

    table = run_reports(["new-start"], workspace=typist.folder, steps=["drivers"], out=tmp_path, user="robin")
    assert table["status"].tolist() == ["done"]
    report = lessons.words((tmp_path / "new-start.html").read_text(encoding="utf-8"))
    assert "Hangs on Someone calls in our language" in report
    assert "We know what it <b>costs</b>" in report


def _title() -> str:
    return "Three main drivers and one idea to try."


def _moves(after_first: str = "") -> str:
    first, *rest = (f"{text} moves the aim." for text in MAIN)
    return " ".join(filter(None, [first, after_first, *rest]))
