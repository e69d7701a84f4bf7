import html
import json
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as drawn
from hypothesis import strategies as st
from papermill import inspect_notebook

from pophealth.delivery import fanout
from pophealth.delivery.content import notebook_files
from pophealth.delivery.engine import run_notebook
from pophealth.delivery.export import fragment, scrubbed
from pophealth.delivery.folder import ReportFolder
from pophealth.delivery.misuse import Misuse
from pophealth.delivery.parameters import checked, declared
from pophealth.delivery.reports import run_reports
from pophealth.delivery.usage import chosen_steps, month_end
from pophealth.workspace.records import MODELS
from pophealth.workspace.store import Workspace
from tests.delivery import lessons
from tests.delivery.conftest import PARAMETERS, code

NAME = "theme.note(book.name)"


@pytest.fixture
def make(cohort, write_notebook, tmp_path):
    """Make reports from small notebooks."""

    def made(*cells, teams=("gull-harbor",), parameters=PARAMETERS, given=None, also=(), **options):
        folder = write_notebook(*(cells or (code(NAME),)), parameters=parameters)
        for name, more in also:
            write_notebook(*more, name=name)
        table = run_reports(
            teams, workspace=cohort, out=tmp_path / "out", notebooks=folder, parameters=given, **options
        )
        return table, tmp_path / "out"

    return made


def page(out, team="gull-harbor"):
    return (out / f"{team}.html").read_text(encoding="utf-8")


def body(text):
    return text.split("<body", 1)[1]


def test_a_team_gets_one_page_with_its_cover_and_an_index_leads_there(make):
    table, out = make(teams=None)
    assert table["status"].tolist() == ["done", "done"]
    assert sorted(path.name for path in out.iterdir()) == [
        "gull-harbor.html",
        "index.html",
        "manifest.json",
        "stone-mill.html",
    ]
    text = body(page(out))
    for said in (
        "Gull Harbor &lt;b&gt;",
        "Riverbend &lt;i&gt;",
        "Made-up data",
        "Step 9 · Make it happen",
        "Seen by",
    ):
        assert said in text
    index = (out / "index.html").read_text()
    assert "<h2>Measure over time</h2>" in text
    assert 'href="gull-harbor.html"' in index
    assert index.index("gull-harbor.html") < index.index("stone-mill.html")


def test_the_cover_says_what_the_store_says(make, cohort):
    table, out = make()
    book = Workspace.open(cohort).team("gull-harbor")
    assert table.loc[0, "revision"] == book.revision()
    assert f"<dd>number {book.revision()}</dd>" in page(out)
    assert table.loc[0, "fingerprint"] in page(out)


def test_the_cover_says_how_far_the_counts_go(make, cohort):
    team = Workspace.open(cohort).team("gull-harbor")
    values = {
        "name": "Visits",
        "numerator": "kept",
        "denominator": "booked",
        "chart": "p",
        "better": "higher",
    }
    team.save(MODELS["measure"].draft(values, key="visits"), based_on=0)
    periods = ["2021-01-01", "2021-03-01"]  # February is missing and is no row of counts
    table = pd.DataFrame(
        {"measure": "visits", "period": periods, "numerator": [9, 8], "denominator": [40, 41]}
    )
    team.import_counts(table, file_name="counts.csv", sha256="0" * 64)
    _, out = make()
    assert "<dt>Counts through</dt><dd>March 2021</dd>" in page(out)
    assert "<dt>Rows of counts</dt><dd>2</dd>" in page(out)


def test_only_the_cells_of_a_report_run_and_show(make):
    table, out = make(
        code("1 / 0", "form"),
        code("1 / 0", "exercise"),
        code("print('RECORD')", "record"),
        code("print('SHOWN')  # HIDDEN-CODE"),
    )
    assert table["status"].tolist() == ["done"]
    text = page(out)
    assert "RECORD" in text
    assert "SHOWN" in text
    for hidden in ("HIDDEN-CODE", "INTRO-TEXT", "import", "workspace:"):
        assert hidden not in body(text)


def test_the_surface_and_the_person_reach_the_notebook(make):
    look = "import os\nours = {name: os.environ[name] for name in os.environ if 'POPHEALTH' in name}\n"
    look += "print(os.path.isdir(ours.pop('POPHEALTH_KEPT')), sorted(ours.items()))"
    _, out = make(code(look), user="cole")
    shown = "True [('POPHEALTH_SURFACE', 'report'), ('POPHEALTH_USER', 'cole')]"
    assert shown in html.unescape(page(out))


def test_what_is_alike_for_all_teams_is_drawn_once_and_not_left_behind(make, tmp_path):
    drawn = tmp_path / "drawn"
    draw = f"""import os
from pophealth.delivery.kept import kept
from pophealth.views.markup import Html

@kept
def piece(name):
    with open({str(drawn)!r}, "a") as times:
        times.write(os.environ["POPHEALTH_KEPT"] + chr(10))
    return Html("<p>ALIKE</p>")

piece("x")"""
    _, out = make(code(draw), teams=None, workers=1)
    assert all("ALIKE" in page(out, team) for team in ("gull-harbor", "stone-mill"))
    (folder,) = drawn.read_text().splitlines()
    assert not Path(folder).exists()


def test_a_coach_reports_on_her_teams_only(make, cohort):
    with pytest.raises(Misuse):
        make(teams=["stone-mill"], user="cole")
    table, _ = make(teams=None, user="cole")
    assert set(table["team"]) == {"gull-harbor"}


def test_a_page_asks_nothing_from_anywhere(make):
    """The page holds fonts and pictures; its policy forbids the rest."""
    outside = "from IPython.display import HTML\nHTML('<img src=\"https://far.example/x.png\"><p>kept</p>')"
    _, out = make(code(outside))
    for name in ("gull-harbor.html", "index.html"):
        text = (out / name).read_text()
        assert "default-src 'none'" in text
        assert not re.search(r"https?://|<script|<link|@import|url\((?!data:)", text)
    assert "<p>kept</p>" in page(out)


def test_a_failing_notebook_is_named_and_the_others_are_written(make):
    also = [("02_standing", [code("raise ValueError('Ana, born 3 May')")])]
    table, out = make(teams=None, also=also)
    assert sorted(table.loc[table["status"].eq("failed"), "team"]) == ["gull-harbor", "stone-mill"]
    assert "A part is missing from this report" in page(out)
    assert "Step 9 · Make it happen" in page(out)
    index = (out / "index.html").read_text()
    assert "Step 2 is missing: One of its cells stopped (ValueError)" in index
    for path in out.iterdir():
        assert "born 3 May" not in path.read_text()


def test_a_problem_of_a_notebook_is_told_in_its_own_words(make):
    stop = "from pophealth.workspace.errors import Problem\nraise Problem('Name a <b>team</b>.')"
    table, out = make(code(stop))
    assert table.loc[0, "sentence"] == "Name a <b>team</b>."
    assert "Name a &lt;b&gt;team&lt;/b&gt;." in page(out)


@pytest.mark.parametrize("end", ["os._exit(0)", "os.kill(os.getpid(), 9)"])
def test_a_notebook_that_takes_its_process_down_is_named(make, end):
    also = [("02_standing", [code(f"import os\n{end}")])]
    table, out = make(teams=None, also=also)
    failed = table[table["status"].eq("failed")]
    assert failed["step"].tolist() == ["standing", "standing"]
    assert failed["sentence"].str.contains("ended without an answer").all()
    assert (table["step"].eq("measure") & table["status"].eq("done")).sum() == 2
    assert "Step 9 · Make it happen" in page(out)


def test_a_notebook_that_dies_once_is_run_again(make, tmp_path):
    mark = f"import os, pathlib\nmark = pathlib.Path({str(tmp_path)!r}, team)"
    once = f"{mark}\nif not mark.exists():\n    mark.touch()\n    os._exit(1)"
    table, _ = make(code(once), teams=None)
    assert table["status"].tolist() == ["done", "done"]


def test_a_notebook_that_never_ends_is_ended(make, monkeypatch):
    monkeypatch.setattr(fanout, "PATIENCE", 6.0)
    table, _ = make(code("import time\nif team == 'gull-harbor':\n    time.sleep(600)"), teams=None)
    assert dict(zip(table["team"], table["status"], strict=True)) == {
        "gull-harbor": "failed",
        "stone-mill": "done",
    }


def test_nothing_of_one_team_is_left_for_the_next(make):
    leave = (
        "import builtins, os\nleft = hasattr(builtins, 'left') or 'LEFT' in os.environ\n"
        "print('LEFT' if left else 'CLEAN')\n"
        "builtins.left = team\nos.environ['LEFT'] = team"
    )
    _, out = make(code(leave), teams=None)
    assert all("CLEAN" in page(out, team) for team in ("gull-harbor", "stone-mill"))


def test_the_machine_is_not_named(make, cohort, tmp_path):
    tell = "import sys, os, pathlib\nprint(workspace, os.getcwd(), sys.prefix, pathlib.Path.home(), 'END')"
    _, out = make(code(tell))
    for path in out.iterdir():
        text = re.sub(r"base64,[A-Za-z0-9+/=]+", "", path.read_text())
        for folder in (tmp_path, cohort, Path.home(), Path(sys.prefix), Path.cwd()):
            assert str(folder) not in text
    assert "workspace.sqlite" in page(out)


def test_the_index_says_what_changed_since_the_last_report(make, cohort):
    make(teams=None)
    team = Workspace.open(cohort).team("stone-mill")
    team.save(MODELS["aim"].draft({"what": "Walk"}), based_on=0)
    _, out = make(teams=None)
    index = re.sub(r"\s+", " ", (out / "index.html").read_text())
    assert re.search(r"Gull Harbor.*Nothing has changed since", index)
    assert re.search(r"Stone Mill.*Since \w+ \d+, \d+: our aim \(new\)\.", index)


def test_the_manifest_keeps_teams_that_were_not_run_again(make):
    _, out = make(teams=None)
    make(teams=["stone-mill"])
    manifest = json.loads((out / "manifest.json").read_text())
    assert set(manifest["teams"]) == {"gull-harbor", "stone-mill"}
    assert manifest["teams"]["gull-harbor"]["steps"]["measure"]["status"] == "done"


def test_a_damaged_manifest_is_a_first_report(make, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "manifest.json").write_text("{not json")
    _, out = make()
    assert "First report in this folder" in page(out)


def test_month_reaches_the_notebook_as_its_last_day(make):
    _, out = make(code("print('FROM', as_of)"), month="2021-02")
    assert "FROM 2021-02-28" in page(out)
    assert "<dd>February 28, 2021</dd>" in page(out)


def test_a_declared_parameter_reaches_the_notebook_with_its_type(make):
    more = PARAMETERS + "\nrows: int = 3  # how many rows"
    _, out = make(code("print('ROWS', rows + 1)"), parameters=more, given={"rows": "4"})
    assert "ROWS 5" in page(out)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"teams": ["nowhere"]}, "nowhere"),
        ({"teams": ["../x"]}, "short name"),
        ({"teams": [""]}, "short name"),
        ({"teams": []}, "no team"),
        ({"steps": [99]}, "no step '99'"),
        ({"steps": ["../09_measure"]}, "no step"),
        ({"steps": [3]}, "no notebook yet"),
        ({"month": "2021-13"}, "not a month"),
        ({"formats": ("exe",)}, "not offered"),
        ({"user": "nobody"}, "nobody"),
        ({"given": {"teem": "x"}}, "no parameter “teem”"),
        ({"given": {"team": "x"}}, "set by the report itself"),
    ],
)
def test_what_is_not_there_is_said_before_anything_runs(make, tmp_path, options, said):
    with pytest.raises(Exception, match=said):
        make(code("1 / 0"), **options)
    assert not list(tmp_path.glob("out/*.html"))


HOSTILE = [
    "a=1\nimport os; os.system('touch {canary}')\nb",
    "team = open('{canary}', 'w')\nteam",
    "__import__('os').system('touch {canary}')",
    "team;open('{canary}','w')",
    "team\u2028x",
    "\u0074eam",
    "ｔｅａｍ",
    "team ",
    "TEAM",
    "",
    "a" * 500,
]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_parameter_name_is_refused_and_never_run(make, tmp_path, name):
    canary = tmp_path / "canary"
    with pytest.raises(Misuse):
        make(given={name.replace("{canary}", str(canary)): "1"})
    assert not canary.exists()


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@drawn(name=st.text(max_size=60), value=st.one_of(st.text(), st.integers(), st.floats(), st.none()))
def test_only_declared_names_pass(write_notebook, name, value):
    path = write_notebook(code(NAME)) / "09_measure.ipynb"
    try:
        passed = checked(path, {name: value})
    except Misuse:
        return
    assert set(passed) <= {"team", "workspace", "as_of"}
    assert all(isinstance(each, str) for each in passed.values())


@pytest.mark.parametrize(
    "value",
    [
        "'); open('{canary}', 'w'); ('",
        '"""\nopen("{canary}", "w")\n"""',
        "{{canary}}",
        "\\",
        "\u2028",
        "a\nb",
        "${HOME}",
    ],
)
def test_a_hostile_value_arrives_as_text(write_notebook, tmp_path, cohort, value):
    canary = tmp_path / "canary"
    words = value.replace("{canary}", str(canary))
    look = code(f"print('SAME' if words == {words!r} else 'OTHER')")
    path = write_notebook(look, parameters=PARAMETERS + '\nwords: str = ""  # any words') / "09_measure.ipynb"
    values = {"team": "gull-harbor", "workspace": str(cohort), "words": words}
    assert "SAME" in fragment(run_notebook(path, checked(path, values)), prefix="")
    assert not canary.exists()


def test_values_that_do_not_fit_are_refused(write_notebook):
    kinds = 'rows: int = 3  # a\nshare: float = 0.5  # b\nloud: bool = False  # c\nwords: str = ""  # d'
    path = write_notebook(parameters=kinds) / "09_measure.ipynb"
    good = {"rows": "7", "share": "0.25", "loud": "yes", "words": 3}
    assert checked(path, good) == {"rows": 7, "share": 0.25, "loud": True, "words": "3"}
    for name, value in {"rows": "7.5", "share": "half", "loud": "perhaps", "words": "x" * 5000}.items():
        with pytest.raises(Misuse, match=r"09_measure\.ipynb"):
            checked(path, {name: value})


@pytest.mark.parametrize("path", notebook_files(), ids=lambda path: path.stem)
def test_declared_parameters_are_those_that_papermill_finds(path):
    found = {name: entry["inferred_type_name"] for name, entry in inspect_notebook(path).items()}
    assert declared(path) == found == {"team": "str", "workspace": "str", "as_of": "str"}


def test_a_notebook_without_parameters_is_refused(tmp_path):
    path = tmp_path / "09_measure.ipynb"
    for text in ("", "{}", '{"cells": []}'):
        path.write_text(text)
        with pytest.raises(Misuse, match="no cell of parameters"):
            declared(path)


def test_both_engines_show_the_same(write_notebook, cohort):
    cells = [
        code("print('before')\ndisplay(theme.note('words'))\nprint('after')\n1 + 1"),
        code("import pandas as pd\npd.DataFrame({'x': [1.5, None], 't': ['<b>', 'é']})"),
    ]
    path = write_notebook(*cells) / "09_measure.ipynb"
    given_values = {"team": "gull-harbor", "workspace": str(cohort)}
    ours, plain = (run_notebook(path, given_values, engine=engine) for engine in ("pophealth", "nbclient"))
    assert fragment(ours, prefix="s-") == fragment(plain, prefix="s-")


def test_without_forks_and_with_a_map_of_ones_own_the_pages_are_the_same(make, monkeypatch):
    def told(out):
        return re.sub(r"First report.*?</p>|Nothing has.*?</p>", "", page(out))

    _, out = make(teams=None)
    forked = told(out)
    monkeypatch.setattr(sys, "platform", "elsewhere")
    make(teams=None)
    assert told(out) == forked
    with ThreadPoolExecutor(1) as pool:
        make(teams=None, map=pool.map)
    assert told(out) == forked


def test_batches_never_mix_teams_and_use_all_workers():
    jobs = [{"team": team, "step": step} for team in "abc" for step in (1, 2)]
    assert [len(batch) for batch in fanout.batches(jobs, width=2)] == [2, 2, 2]
    assert [len(batch) for batch in fanout.batches(jobs, width=4)] == [1] * 6
    for width in (1, 2, 4):
        assert all(len({job["team"] for job in batch}) == 1 for batch in fanout.batches(jobs, width=width))


def test_the_worker_forks_before_any_thread_or_socket_exists():
    """Forking is safe only from a process with one thread; the warm process must stay that way."""
    warm = "import os; from pophealth.delivery import worker; worker._load(worker._FIRST + worker._ALSO)"
    look = f"{warm}; print(len(os.listdir('/proc/self/task')))"
    environment = fanout.ONE_THREAD | {"PATH": "/usr/bin:/bin"}
    done = subprocess.run(
        [sys.executable, "-c", look], capture_output=True, text=True, env=environment, check=True
    )
    assert done.stdout.strip() == "1"


def test_a_link_in_the_folder_is_not_followed(make, tmp_path):
    (tmp_path / "out").mkdir()
    elsewhere = tmp_path / "elsewhere.html"
    elsewhere.write_text("mine")
    (tmp_path / "out" / "gull-harbor.html").symlink_to(elsewhere)
    with pytest.raises(Misuse, match="leads somewhere else"):
        make()
    assert elsewhere.read_text() == "mine"


def test_a_folder_that_cannot_be_used_is_said(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(Misuse, match="cannot be used for reports"):
        ReportFolder(tmp_path / "file")


PAYLOADS = [
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    '<a href="javascript:alert(1)">x</a>',
    '<a href="https://far.example">x</a>',
    '<a href="data:text/html;base64,PHNjcmlwdD4=">x</a>',
    '<svg onload="alert(1)"></svg>',
    '<iframe src="//far.example"></iframe>',
    '<form action="//far.example"><input></form>',
    '<img src="data:image/svg+xml,<svg onload=alert(1)>">',
    '<picture><source srcset="//far.example/x.png 2x"></picture>',
    '<style>@import "//far.example"</style>',
    '<p style="background:url(//far.example)">x</p>',
    '<base href="//far.example">',
    '<meta http-equiv="refresh" content="0;url=//far.example">',
    '<math><mtext></mtext><mglyph><style><img src=x onerror="alert(1)">',
    '<details ontoggle="alert(1)" open>x</details>',
    "[x](javascript:alert(1))",
    "![x](https://far.example/x.png)",
]


def shown(html):
    output = nbformat.v4.new_output("display_data", data={"text/html": html})
    cell = nbformat.v4.new_code_cell("x", outputs=[output])
    return fragment(nbformat.v4.new_notebook(cells=[cell]), prefix="s09-")


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_source_brings_a_script_or_an_address(payload):
    marked = nbformat.v4.new_output("display_data", data={"text/markdown": payload})
    cells = [nbformat.v4.new_markdown_cell(payload), nbformat.v4.new_code_cell("x", outputs=[marked])]
    from_text = fragment(nbformat.v4.new_notebook(cells=cells), prefix="")
    tags = " ".join(re.findall(r"<[^>]*>", shown(payload) + from_text))
    assert not re.search(
        r"script|\bon\w+=|javascript|far\.example|<svg|<iframe|<form|style|<base|<meta", tags
    )


def test_our_figures_survive():
    figure = """<div class="ph"><figure class="fig" role="group" aria-label="a"><picture>
<source media="(max-width: 640px)" srcset="data:image/svg+xml;base64,PHN2Zz4=">
<img alt="what it shows" src="data:image/svg+xml;base64,PHN2Zz4="></picture><figcaption>c</figcaption>
<details><summary>s</summary><table><tbody><tr><th scope="row">x</th><td class="n">1</td></tr></tbody></table>
</details></figure><p><dfn title="where it started">baseline</dfn></p>
<a download="a.csv" href="data:text/csv;base64,eA==">file</a></div>"""

    def parts(text):
        return sorted(re.findall(r'[\w-]+="[^"]*"|<\w+', text))

    assert parts(shown(figure)) == parts(figure)


@pytest.mark.parametrize(
    "kind", ["text/csv", "text/plain", "text/calendar;charset=utf-8", "image/png", "image/svg+xml"]
)
def test_a_file_that_a_page_hands_out_is_carried_inside_the_report(kind):
    name, link = "our.file", f"data:{kind};base64,eA=="
    assert f'<a href="{link}" download="{name}">' in shown(f'<a href="{link}" download="{name}">our file</a>')


def test_the_diagram_and_the_calendar_of_a_team_can_be_taken_from_its_report():
    for stem, cell, files in (
        ("07_drivers", "book.show_downloads", {"drivers.svg", "drivers.png", "drivers.mmd"}),
        ("01_gather", "book.show_calendar", {"gull-harbor.ics"}),
    ):
        one = lessons.run(stem, team="gull-harbor", workspace="")[cell]
        assert not one.tags & {"intro", "form", "exercise", "closing"}
        carried = re.findall(r'<a href="data:[^"]+" download="([^"]+)"', shown(one.value.html))
        assert set(carried) == files


def test_ids_of_two_notebooks_do_not_meet_on_a_page():
    assert shown('<p id="a">x</p><a href="#a">y</a>') == '<p id="s09-a">x</p><a href="#s09-a">y</a>'


def test_scrubbing_leaves_pictures_and_longer_names_alone():
    text = (
        'see /srv/our/x.csv, /srv/ourselves and <img src="data:image/png;base64,AA/srv/our/AA"> in /srv/our'
    )
    assert scrubbed(text, ["/srv/our", "/"]) == (
        'see x.csv, /srv/ourselves and <img src="data:image/png;base64,AA/srv/our/AA"> in '
    )


def test_steps_are_found_by_number_name_and_file(write_notebook):
    folder = write_notebook()
    for name in (9, "9", "09", "measure", "09_measure"):
        ((step, path),) = chosen_steps([name], folder=folder)
        assert (step.number, path.name) == (9, "09_measure.ipynb")


@pytest.mark.parametrize("text", ["2021", "2021-1", "2021-00", "٢٠٢١-٠١", "2021-01-01", "last"])
def test_what_is_not_a_month_is_refused(text):
    with pytest.raises(Misuse):
        month_end(text)


def test_a_workspace_that_is_not_there_is_said(tmp_path, write_notebook):
    with pytest.raises(Misuse, match=r"no workspace at nowhere/workspace\.sqlite"):
        run_reports(["x"], workspace=tmp_path / "nowhere", out=tmp_path / "out", notebooks=write_notebook())
