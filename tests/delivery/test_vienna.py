"""The main job on real input: a fresh workspace, Vienna's births and deaths, step 9 on every surface."""

import json
import re
import sys

import nbformat
import papermill
import pytest

from pophealth.delivery import cli
from pophealth.delivery.content import content
from pophealth.delivery.reports import run_reports
from pophealth.stats import spc
from pophealth.views import theme
from pophealth.workspace.store import Workspace
from tests.delivery import lessons
from tests.delivery.vienna import brought

FIRST = (
    "First, the months before June 1847 were not steady themselves: 36 of 76 lie outside their limits, "
    "so these are rough."
)
THEN = "Since June 1847 all 22 months lie below the old average: 10.5% then, 2.2% now."
MARK = "Before it came mark 1 (Hand washing, mid-May 1847); the chart cannot say why."
ROWS = ("1 76 2,060 19,571 10.5258% 36", "2 22 142 6,595 2.1531% 1")


@pytest.fixture(scope="module")
def clinic(tmp_path_factory):
    """A workspace with one team, its records saved and its counts brought through the command line."""
    return brought(tmp_path_factory.mktemp("clinic"))


@pytest.fixture(scope="module")
def lesson(clinic):
    """Step 9 for this team, in Lab."""
    return lessons.run("09_measure", team="first-clinic", workspace=clinic)


def in_order(text, *parts):
    """Whether a text holds these parts one after the other."""
    for part in parts:
        _, found, text = text.partition(part)
        if not found:
            return False
    return True


def test_the_command_line_brought_every_month_and_told_of_the_gap(clinic, monkeypatch, capsys):
    counts = Workspace.open(clinic).team("first-clinic").counts("maternal-deaths")
    known = counts.dropna(subset=["numerator"])
    assert (len(known), known["numerator"].sum(), known["denominator"].sum()) == (98, 2202, 26166)
    names = ["--period", "date", "--numerator", "deaths", "--denominator", "births"]
    command = ["pophealth", "check", str(clinic / "clinic.csv"), "--measure", "maternal-deaths", *names]
    where = ["--team", "first-clinic", "--workspace", str(clinic), "--json"]
    monkeypatch.setattr(sys, "argv", [*command, *where])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    told = json.loads(capsys.readouterr().out)
    assert ended.value.code == 0
    assert (told["rows"], told["problems"]) == (98, [])
    assert "maternal-deaths: no row for December 1841. This is shown as a gap." in told["notes"]


def test_a_column_that_is_not_there_is_said(clinic, monkeypatch, capsys):
    command = ["pophealth", "check", str(clinic / "clinic.csv"), "--numerator", "cases"]
    monkeypatch.setattr(sys, "argv", command)
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 1
    said = capsys.readouterr().err
    assert said == "clinic.csv has no column cases. It has: date, births, deaths.\n"


def test_two_phases_with_the_centres_of_the_counts(lesson):
    charted = lesson.names["spc"].control_chart(
        lesson.names["points"], chart="p", phase="phase", baseline="baseline", better="lower"
    )
    for phase, months, deaths, births, centre in (
        (1, 76, 2060, 19571, 0.105258),
        (2, 22, 142, 6595, 0.021531),
    ):
        rows = charted[charted["phase"].eq(phase) & charted["value"].notna()]
        assert (len(rows), rows["numerator"].sum(), rows["denominator"].sum()) == (months, deaths, births)
        assert rows["centre"].iloc[0] == pytest.approx(deaths / births)
        assert rows["centre"].iloc[0] == pytest.approx(centre, abs=5e-7)
    early = charted[charted["phase"].eq(1)]
    assert early["signal"].str.contains("outside").sum() == 36


def test_with_limits_held_all_later_months_lie_below_the_old_centre(lesson):
    points = lesson.names["points"]
    held = spc.limits(points.assign(first=points["period"] < "1847-06"), chart="p", baseline="first")
    later = held[(held["period"] >= "1847-06") & held["value"].notna()]
    assert len(later) == 22
    assert (later["value"] < later["centre"]).all()
    assert later["centre"].iloc[0] == pytest.approx(2060 / 19571)
    assert "22 of the 22 later months lie below the old middle line." in lesson['book.say(f"{below}'].text


def test_december_1841_is_a_gap(lesson):
    points = lesson.names["points"].set_index("period")
    assert points.loc["1841-12-01", ["numerator", "denominator", "value"]].isna().all()
    own = lesson["book.show(charted, measure=lead"].text
    assert re.search(r"December 1841 – – – [\d.]+% – – missing January 1842", own)


def test_what_the_chart_says_in_order(lesson):
    own = lesson["book.show(charted, measure=lead"]
    assert in_order(own.text, "What the chart says.", FIRST, THEN, MARK)
    alt = lessons.html.unescape(re.search(r'<img alt="([^"]*)"', own.value.html)[1])
    assert "June 1847" in alt
    assert "1 Hand washing" in own.text
    row = lesson["book.show_measures"].text
    assert "Mothers who died outcome 4.9% March 1849" in row


def test_the_report_says_the_same(clinic, tmp_path):
    table = run_reports(["first-clinic"], workspace=clinic, steps=[9], out=tmp_path)
    assert table["status"].tolist() == ["done"]
    page = lessons.words((tmp_path / "first-clinic.html").read_text(encoding="utf-8"))
    assert in_order(page, *ROWS, FIRST, THEN, MARK)
    assert "March 1849" in page.split("What the chart says.")[0]


def test_plain_papermill_says_the_same(clinic, tmp_path):
    given = {"team": "first-clinic", "workspace": str(clinic)}
    source, out = content("notebooks") / "09_measure.ipynb", tmp_path / "out.ipynb"
    papermill.execute_notebook(source, out, given, progress_bar=False)
    assert in_order(_outputs(out), *ROWS, FIRST, THEN, MARK)


def test_the_committed_notebook_holds_the_same_numbers():
    text = _outputs(content("notebooks") / "09_measure.ipynb")
    assert in_order(text, FIRST, THEN, "(Hand washing with chlorine, mid-May 1847)", *ROWS)
    assert "22 of the 22 later months lie below the old middle line." in text


def _outputs(path):
    notebook = nbformat.read(path, as_version=4)
    outputs = (output for cell in notebook.cells for output in cell.get("outputs", ()))
    return lessons.words("\n".join(output.get("data", {}).get("text/html", "") for output in outputs))


@pytest.fixture(autouse=True)
def style_again():
    yield
    theme.inline_style(True)
