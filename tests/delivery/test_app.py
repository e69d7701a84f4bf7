"""Serving: the settings, the address, the page's pieces, and the built files that go with their sources."""

import hashlib
import json
import os
import socket
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from pophealth.delivery import app, doors, writer
from pophealth.workspace.errors import Problem

ROOT = Path(__file__).parents[2]
STATIC = writer.TEMPLATE / "static"
RESOURCES = {"base_url": "/", "metadata": {"name": "step"}}


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings tell kernels about the template through the environment: put it back."""
    for name in ("JUPYTER_PATH", "POPHEALTH_SURFACE"):
        monkeypatch.setenv(name, "")


def page(**about: Any) -> dict[str, Any]:
    return {
        "kind": "step", "title": "Measure", "number": 9, "eyebrow": "Step 9", "community": "", "banner": "",
        "person": "Ana", "people": [], "team": None, "teams": [], "rail": [], "start_href": "/x",
        "previous": None, "next": None, "note": "", "private": "", "stop": "",
    } | about  # fmt: skip


def begins(about: dict[str, Any]) -> Any:
    cell = new_code_cell(metadata={"tags": ["setup"]})
    cell.outputs = [new_output("display_data", {writer.PAGE: about})]
    return cell


def a_page(*cells: Any, states: dict[str, Any] | None = None) -> list[str]:
    """What is given out after each cell, and at the end."""
    executor = SimpleNamespace(widget_state=states or {}, widget_buffers={})

    class Renderer:
        def cells(self) -> None:
            """Stands in for Voila's generator, which knows its executor."""

    renderer = Renderer()
    renderer.executor = executor  # type: ignore[attr-defined]
    one = writer.PageWriter(new_notebook(cells=list(cells)), RESOURCES, renderer.cells)
    return [*(one.take(cell) for cell in cells), one.finish()]


# --- where it listens -------------------------------------------------------------------------------------


@pytest.mark.parametrize("ip", ["0.0.0.0", "", "::", "192.0.2.7", "workbook.example"])  # noqa: S104
def test_an_address_open_to_others_needs_a_proxy(ip: str) -> None:
    with pytest.raises(Problem, match=r"would open the workbook to others.*--behind-proxy"):
        app.check_address(ip, behind_proxy=False)
    app.check_address(ip, behind_proxy=True)


@pytest.mark.parametrize("ip", ["127.0.0.1", "127.0.0.9", "::1", "localhost"])
def test_this_machines_own_addresses_are_fine(ip: str) -> None:
    app.check_address(ip, behind_proxy=False)


def test_a_taken_port_is_told_in_one_sentence() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(Problem, match=f"Port {taken.getsockname()[1]} on 127.0.0.1 is taken"):
            app.free_port("127.0.0.1", taken.getsockname()[1])
    assert app.free_port("127.0.0.1") > 0


def test_a_folder_without_notebooks_is_told(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="There are no notebooks in"):
        app.serve(str(tmp_path), tmp_path)


def test_kernels_learn_whose_pages_they_make(tmp_path: Path) -> None:
    told = app.environment(str(tmp_path), user="ana", identity_file=tmp_path / "identity.json")
    assert told == {
        "POPHEALTH_WORKSPACE": str(tmp_path.resolve()),
        "POPHEALTH_USER": "ana",
        "POPHEALTH_IDENTITY": str(tmp_path.resolve() / "identity.json"),
    }
    assert app.environment("sqlite:///x.sqlite") == {"POPHEALTH_WORKSPACE": "sqlite:///x.sqlite"}


# --- settings ---------------------------------------------------------------------------------------------


def test_settings_close_what_voila_leaves_open() -> None:
    config = app.settings()
    assert config.VoilaConfiguration.allow_template_override == "NO"
    assert config.VoilaConfiguration.allow_theme_override == "NO"
    assert config.VoilaConfiguration.file_allowlist == []
    assert config.VoilaConfiguration.show_tracebacks is False
    assert config.MappingKernelManager.cull_idle_timeout > 0
    assert config.TagRemovePreprocessor.remove_cell_tags == {"record", "exercise"}
    assert os.environ["POPHEALTH_SURFACE"] == "app"


def test_the_template_is_found_without_being_installed() -> None:
    from voila.paths import collect_template_paths

    app.settings()
    app.settings()
    assert os.environ["JUPYTER_PATH"].split(os.pathsep).count(str(app.SHARE)) == 1
    assert str(writer.TEMPLATE) in collect_template_paths(["voila", "nbconvert"], "pophealth", prune=True)


def test_scripts_in_the_page_are_the_ones_the_policy_names() -> None:
    html = "".join(a_page(begins(page(rail=[{"phase": "Build will", "steps": []}]))))
    html += writer.PageWriter(new_notebook(), RESOURCES, None).boot("kernel", str)
    inline = [part.split("</script>")[0] for part in html.split("<script>")[1:]]
    assert len(inline) == 2
    for text in inline:
        assert f"'sha256-{app._hash(text)}'" in app.headers()["Content-Security-Policy"]


def test_plain_voila_reads_the_same_settings() -> None:
    merged: list[Any] = []
    text = (ROOT / "notebooks" / "voila.py").read_text(encoding="utf-8")
    exec(compile(text, "voila.py", "exec"), {"c": SimpleNamespace(merge=merged.append)})  # noqa: S102
    assert merged == [app.settings()]


# --- the page ---------------------------------------------------------------------------------------------


def test_what_comes_before_the_header_waits_for_it() -> None:
    title, intro = (
        new_markdown_cell("# Measure"),
        new_markdown_cell("- 40 minutes", metadata={"tags": ["intro"]}),
    )
    given = a_page(title, intro, begins(page()), new_markdown_cell("## Why"))
    assert given[:2] == ["", ""]
    assert given[2].index("<header") < given[2].index("<h1>Measure</h1>") < given[2].index("40 minutes")
    assert "chips" in given[2]
    assert "<h2>Why</h2>" in given[3]


def test_questions_at_the_end_are_a_list_not_chips() -> None:
    given = a_page(begins(page()), new_markdown_cell("- What now?", metadata={"tags": ["intro"]}))
    assert "chips" not in given[1]


def test_what_is_for_later_waits_behind_its_heading() -> None:
    more, calendar = "## More, when you need it: your calendar\n\nAll dates follow.", new_code_cell()
    calendar.outputs = [new_output("display_data", {"text/html": "<b>May</b>"})]
    cells = [new_markdown_cell(more), calendar, new_markdown_cell("## Talk about it")]
    _, opens, inside, after, _ = a_page(begins(page()), *cells)
    assert opens.index("<summary><h2>More, when you need it: your calendar</h2>") < opens.index("All dates")
    assert "details" not in inside
    assert after.startswith("</details>")
    *_, end = a_page(begins(page()), new_markdown_cell(more))
    assert end.index("</details>") < end.index("</main>")


def test_a_page_that_stops_shows_its_sentence_and_nothing_else() -> None:
    wrong = begins(
        page(stop="Which team?", teams=[{"slug": "a", "name": "A", "href": "/a", "current": False}])
    )
    wrong.outputs.append(new_output("error", ename="StopPage", evalue="Which team?", traceback=["a secret"]))
    given = "".join(a_page(new_markdown_cell("# Measure\n\nWords."), wrong, new_markdown_cell("## After")))
    assert "Which team?" in given
    assert 'href="/a"' in given
    for never in ("Words.", "After", "a secret", "StopPage"):
        assert never not in given


def test_a_page_without_a_set_up_is_shown_when_all_has_run() -> None:
    given = a_page(new_markdown_cell("# Plain"), new_markdown_cell("Words."))
    assert given[:2] == ["", ""]
    assert given[2].index("<header") < given[2].index("<h1>Plain</h1>") < given[2].index("Words.")


def test_record_and_exercise_cells_never_show() -> None:
    for tag in ("record", "exercise"):
        cell = new_code_cell(metadata={"tags": [tag]})
        cell.outputs = [new_output("stream", name="stdout", text="never")]
        assert "never" not in "".join(
            a_page(begins(page()), cell, new_markdown_cell("x", metadata={"tags": [tag]}))
        )


def test_a_picture_keeps_its_words() -> None:
    cell = new_code_cell()
    cell.outputs = [new_output("display_data", {"image/svg+xml": "<svg/>"}, metadata={"alt": 'Up "a lot"'})]
    assert (
        '<img alt="Up &#34;a lot&#34;" src="data:image/svg+xml;base64,PHN2Zy8+">'
        in a_page(begins(page()), cell)[1]
    )


def test_a_widgets_state_comes_with_it_and_only_once() -> None:
    cell = new_code_cell()
    cell.outputs = [new_output("display_data", {writer.VIEW: {"model_id": "m1"}})]
    given = a_page(
        begins(page()), cell, states={"m1": {"_model_module": "anywidget", "text": "</script><b>"}}
    )
    assert 'data-widget="m1"' in given[1]
    assert "</script><b>" not in given[1]
    assert '"m1"' not in given[2]


@given(st.text(min_size=1, max_size=60))
def test_texts_of_people_are_always_escaped(text: str) -> None:
    hostile = f"<script>{text}</script><img src=x onerror='{text}'>"
    named = {"slug": "a", "name": hostile, "href": f"javascript:{text}", "current": True}
    rail = [
        {
            "phase": hostile,
            "steps": [{"number": 1, "name": hostile, "href": hostile, "status": hostile, "current": True}],
        }
    ]
    people = [{"user": hostile, "name": hostile, "current": False}]
    fields = dict.fromkeys(("title", "eyebrow", "community", "banner", "person", "note", "private"), hostile)
    about = page(
        team=named,
        teams=[named, named],
        people=people,
        rail=rail,
        previous={"label": hostile, "href": hostile},
        **fields,
    )
    for stop in ("", hostile):
        html = "".join(a_page(begins(about | {"stop": stop}))).replace(
            f"<script>{writer.script('fold')}</script>", ""
        )
        assert "<script>" not in html
        assert "<img" not in html
        assert 'href="javascript:' not in html


@pytest.mark.parametrize(
    "href", ["//evil.example", "https://evil.example", "javascript:alert(1)", "", None, "x"]
)
def test_links_lead_only_to_this_server(href: str | None) -> None:
    assert str(writer.frame().link(href)).strip() == "#"


# --- the demo's person ------------------------------------------------------------------------------------


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "identity.json"
    for user in ("ana", "kim"):
        doors.write_whole(path, json.dumps({"user": user}))
        assert json.loads(path.read_text()) == {"user": user}
    assert list(tmp_path.iterdir()) == [path]


# --- the built files --------------------------------------------------------------------------------------


def manifest() -> dict[str, dict[str, str]]:
    return json.loads((STATIC / "manifest.json").read_text(encoding="utf-8"))


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_built_files_are_those_of_the_sources() -> None:
    told = manifest()
    for file, sha in {**told["sources"], **told["built"]}.items():
        assert digest(ROOT / file) == sha, f"{file} changed: run `make bundle`"


def test_no_source_and_no_built_file_is_forgotten() -> None:
    told = manifest()
    folders = [ROOT / "frontend" / name for name in ("src", "style", "licences")]
    sources = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    sources += [ROOT / "frontend" / name for name in ("package.json", "build.mjs")]
    assert {path.relative_to(ROOT).as_posix() for path in sources} == set(told["sources"])
    built = [path for path in STATIC.rglob("*") if path.is_file() and path.name != "manifest.json"]
    assert {path.relative_to(ROOT).as_posix() for path in built} == set(told["built"])


def test_the_scripts_are_small_and_ask_nobody() -> None:
    assert (STATIC / "page.js").stat().st_size < 30_000
    assert (STATIC / "library.js").stat().st_size < 700_000
    for name in ("page.js", "style.css", "library.css"):
        text = (STATIC / name).read_text(encoding="utf-8")
        assert "cdn" not in text
        assert "@import" not in text


def test_every_bundled_package_is_named_with_its_licence() -> None:
    notice = (STATIC / "NOTICE.txt").read_text(encoding="utf-8")
    for name in ("@jupyter-widgets/base", "@lumino/widgets", "backbone", "jquery", "nouislider"):
        assert f"\n{name} " in notice


def test_versions_are_exact_and_there_is_no_lock_file() -> None:
    told = json.loads((ROOT / "frontend" / "package.json").read_text(encoding="utf-8"))
    versions = [*told["dependencies"].values(), *told["devDependencies"].values()]
    assert all(version[0].isdigit() for version in versions)
    assert not list((ROOT / "frontend").glob("*lock*"))
