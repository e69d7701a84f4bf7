import pytest

from pophealth.delivery import content as module
from pophealth.delivery.content import content, copy_notebooks, notebook_files
from pophealth.workspace.errors import Problem


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """A package without a checkout around it."""
    package = tmp_path / "site-packages" / "pophealth"
    package.mkdir(parents=True)
    monkeypatch.setattr(module, "_PACKAGE", package)
    return package


def test_a_checkout_gives_what_stands_beside_the_package():
    assert (content("notebooks") / "09_measure.ipynb").is_file()
    assert (content("samples") / "01-vienna.csv").is_file()


def test_an_installed_package_gives_its_own_copy(installed):
    (installed / "_content" / "samples").mkdir(parents=True)
    assert content("samples") == installed / "_content" / "samples"


def test_a_folder_of_that_name_beside_an_installed_package_is_not_ours(installed):
    (installed.parent / "notebooks").mkdir()
    (installed / "_content" / "notebooks").mkdir(parents=True)
    assert content("notebooks") == installed / "_content" / "notebooks"


def test_a_missing_folder_is_said_in_words(installed):
    with pytest.raises(Problem, match="Install pophealth again"):
        content("notebooks")


def test_start_comes_first_and_hidden_copies_are_left_out(tmp_path):
    for name in ("10_sustain", "START", "09_measure", ".hidden"):
        (tmp_path / f"{name}.ipynb").touch()
    assert [path.stem for path in notebook_files(tmp_path)] == ["START", "09_measure", "10_sustain"]


def test_copying_overwrites_nothing_and_names_what_differs(tmp_path):
    (tmp_path / "START.ipynb").write_text("mine")
    assert copy_notebooks(tmp_path) == ("START.ipynb",)
    assert (tmp_path / "START.ipynb").read_text() == "mine"
    assert (tmp_path / "09_measure.ipynb").is_file()
    assert (tmp_path / "voila.py").is_file()
