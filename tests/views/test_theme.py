"""Figures and pieces of a page: safe, self-contained, the same on every run."""

import base64
import re
import subprocess
import sys

import altair
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pophealth.views import charts, theme
from pophealth.views.markup import lean_style
from pophealth.workspace.errors import Problem
from tests.views.charted import LEVEL, MARKS, series

CHARTED = series(LEVEL + [value + 0.12 for value in LEVEL[:10]], baseline=16, left_out=(4,))
NASTY = "<script>alert(1)</script>\" onload='x' javascript:&"


@pytest.fixture(scope="module")
def page():
    chart = charts.control_chart(CHARTED, title="Up", better="higher", marks=MARKS.assign(label=NASTY))
    return theme.figure(chart, table=CHARTED, caption=NASTY, alt=f"Up {NASTY}").html


def pictures(page):
    return [base64.b64decode(found).decode() for found in re.findall(r'svg\+xml;base64,([^"]+)"', page)]


def test_a_figure_has_words_picture_key_and_numbers(page):
    assert page.startswith('<figure class="fig"><picture><source media="screen and (max-width: 640px)"')
    assert page.count("<img ") == 1
    for part in ("ordinary variation", "signal of improvement", "signal of concern", "left out, with reason"):
        assert part in page
    assert "<summary>The numbers behind this chart</summary>" in page
    assert "April 2019" in page


def test_a_figure_has_a_wide_and_a_narrow_drawing_with_the_font_inside(page):
    narrow, wide = pictures(page)
    widths = [float(re.search(r'width="([\d.]+)"', svg)[1]) for svg in (narrow, wide)]
    assert 300 <= widths[0] <= 350
    assert 900 <= widths[1] <= 1000
    for svg in (narrow, wide):
        assert svg.count("@font-face") == 2
        assert "http" not in svg.replace("http://www.w3.org", "")


def test_no_value_hides_in_the_picture(page):
    for svg in pictures(page):
        assert not re.search(r"aria-|<title|<desc|role=", svg)


def test_a_picture_can_be_read_on_a_dark_page_too(page):
    assert all('fill="#ffffff"' in svg.partition("<g")[0] for svg in pictures(page))


def test_names_with_other_letters_get_the_whole_font():
    plain = theme.figure(charts.control_chart(CHARTED, title="Ana", better="higher"))
    accented = theme.figure(charts.control_chart(CHARTED, title="Añá žluť", better="higher"))
    assert len(accented.html) > len(plain.html) + 10_000


def test_identical_bytes_in_two_processes_whatever_the_time_zone():
    code = (
        "from tests.views.test_theme import CHARTED, MARKS, charts, theme;"
        "chart = charts.control_chart(CHARTED, title='Up', better='higher', marks=MARKS, target=0.7);"
        "print(theme.figure(chart, table=CHARTED)._repr_html_())"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", code],
            check=False,
            env={"TZ": zone, "PYTHONHASHSEED": seed, "PATH": ""},
            capture_output=True,
        )
        for zone, seed in (("Asia/Tokyo", "1"), ("America/New_York", "2"))
    ]
    assert runs[0].returncode == 0, runs[0].stderr.decode()
    assert len(runs[0].stdout) > 10_000
    assert runs[0].stdout == runs[1].stdout


def test_any_altair_chart_can_be_shown():
    table = pd.DataFrame({"people": [3, 5], "group": ["a", "b"]})
    chart = altair.Chart(table, title="Five and three").mark_bar().encode(x="people", y="group")
    shown = theme.figure(chart, table=table)
    assert 'alt="Five and three"' in shown.html
    assert "Atkinson Hyperlegible Next" in pictures(shown.html)[0]


def test_a_chart_without_words_is_refused():
    bare = altair.Chart(pd.DataFrame({"x": [1]})).mark_bar().encode(x="x")
    with pytest.raises(ValueError, match="alt text"):
        theme.figure(bare)


def test_no_chart_says_what_will_stand_here():
    assert "will stand here" in theme.figure(None).html


def test_the_theme_touches_nothing_global():
    before = altair.theme.active
    theme.figure(charts.control_chart(CHARTED, title="Up", better="higher"))
    assert altair.theme.active == before


PIECES = {
    "say": theme.say,
    "say many": lambda text: theme.say([text, text]),
    "note": theme.note,
    "empty": lambda text: theme.empty(text, text),
    "cards": lambda text: theme.cards([(text, text)]),
    "help_line": lambda text: theme.help_line(text, text),
    "asks": lambda text: theme.asks([("ask", text, text)]),
    "record_table": lambda text: theme.record_table(text, [(text, text)]),
    "data_table": lambda text: theme.data_table(pd.DataFrame({text: [text]}), caption=text),
    "path_table": lambda text: theme.path_table(
        [{"team": text, "steps": {1: "done"}, text: text}], steps=[(1, text)], extra=[text]
    ),
    "download": lambda text: theme.download(text, b"x", mime="text/csv", label=text),
}


@pytest.mark.parametrize("piece", PIECES)
@settings(max_examples=60, deadline=None)
@given(text=st.text(st.sampled_from("<>\"'&;:=/ abonclickscriptjavascript\n\x00\u202e"), max_size=60))
def test_what_teams_write_stays_text(piece, text):
    page = PIECES[piece](f"{text}{NASTY}").html
    assert "<script" not in page
    assert not re.search(r"<[^>]*\son\w+\s*=\s*'x'[^>]*>", re.sub(r'"[^"]*"', '""', page))
    assert "\u202e" not in page


def test_the_figure_keeps_text_as_text(page):
    assert "<script" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize("value", [None, float("nan"), pd.NA, pd.NaT])
def test_nothing_is_shown_for_a_missing_value(value):
    assert theme.safe_text(value) == ""


def test_the_path_is_told_in_words_as_well():
    rows = [{"team": "Gull Harbor", "steps": {1: "done", 2: "in progress"}, "Own score": 3.5}]
    page = theme.path_table(
        rows, steps=[(1, "Gather"), (2, "Standing"), (3, "Align")], extra=["Own score"]
    ).html
    assert re.findall(r'class="unseen">([^<]+)<', page) == ["done", "in progress", "not started"]
    assert "3.5" in page


def test_a_download_carries_its_file():
    page = theme.download("counts.csv", b"month,seen", mime="text/csv", label="Your counts").html
    assert base64.b64encode(b"month,seen").decode() in page
    assert 'download="counts.csv"' in page


def test_a_large_download_is_refused_in_one_sentence():
    with pytest.raises(Problem, match=r"2.1 MB; a page can hand out 2 MB at most"):
        theme.download("counts.csv", b"x" * 2_200_000, mime="text/csv", label="Your counts")


def test_numbers_stand_right_and_missing_ones_are_a_dash():
    page = theme.data_table(pd.DataFrame({"Seen": [1234, None], "Who": ["a", None]})).html
    assert '<td class="n">1,234</td>' in page
    assert page.count(">–</td>") == 2


def test_style_travels_only_where_the_page_has_none():
    piece = theme.note("Made-up data")
    try:
        theme.inline_style(False)
        assert piece._repr_html_() == '<div class="ph"><p class="note">Made-up data</p></div>'
        theme.inline_style(True)
        assert piece._repr_html_().startswith("<style>:root{")
    finally:
        theme.inline_style(True)


def test_the_style_that_travels_leaves_the_rest_of_the_page_alone():
    rules = re.sub(r"@media[^{]*\{", "", lean_style())
    names = {name.strip() for group in re.findall(r"([^{}]+)\{", rules) for name in group.split(",")}
    foreign = {
        name for name in names if not re.match(r"(\.ph|\.jp-OutputArea \.ph|:root|\.unseen|dfn)", name)
    }
    assert not foreign
    assert len(lean_style()) < 8_000


def test_pieces_can_be_joined():
    joined = theme.join(theme.note("one"), theme.note("two"))
    assert joined.html.count("<p") == 2
    assert repr(joined) == "one two"


def test_warming_up_changes_nothing():
    theme.warm()
    theme.warm()
