"""Words and counts are kept, merged, shown in history and shared; nothing is ever overwritten."""

import json
from datetime import UTC, date, datetime, timedelta

import pandas as pd
import pytest

from pophealth.workspace.errors import Problem
from pophealth.workspace.records import Aim, Driver, Measure, Member, Storyboard
from pophealth.workspace.store import Conflict, Workspace

NOON = datetime(2021, 3, 1, 12, tzinfo=UTC)
BP = Measure(key="bp", name="Blood pressure", lead=True)
YEAR = pd.DataFrame(
    {"measure": "bp", "period": pd.date_range("2020-01-01", periods=12, freq="MS"), "numerator": 40.0}
).assign(denominator=100.0)


def aim(**typed):
    return Aim.draft(typed)


def bring(book, table=YEAR, name="counts.csv"):
    return book.import_counts(table, file_name=name, sha256=name.ljust(64, "0"))


def test_what_is_saved_is_found_again_also_what_could_not_be_read(book, other):
    saved = book.save(aim(what="sleep", target="most"), based_on=0)
    entry = other.get("aim")
    assert (entry, saved.merged) == (saved.entry, False)
    assert (entry.record.what, entry.record.unread) == ("sleep", {"target": "most"})
    assert (entry.revision, entry.author, entry.shared, entry.deleted) == (1, "ana", False, False)
    assert entry.saved_at.utcoffset() == timedelta(0)


def test_nothing_is_there_at_first(book):
    assert book.get("aim") is None
    assert (book.list("driver"), book.records("driver"), book.history("aim"), book.revision()) == (
        [],
        [],
        [],
        0,
    )


def test_saving_the_same_again_writes_nothing(book):
    first = book.save(aim(what="sleep"), based_on=0)
    assert book.save(aim(what="sleep"), based_on=1) == first
    assert book.revision() == 1


def test_two_fields_of_two_people_go_together(book, other):
    book.save(aim(what="sleep"), based_on=0)
    book.save(aim(what="sleep", place="North"), based_on=1)
    saved = other.save(aim(what="sleep", owner="Ben"), based_on=1)
    assert saved.merged
    assert (saved.entry.revision, saved.entry.record.place, saved.entry.record.owner) == (3, "North", "Ben")


def test_the_same_field_of_two_people_is_a_conflict_and_both_are_kept(book, other):
    book.save(aim(what="sleep"), based_on=0)
    book.save(aim(what="sleep well", place="North"), based_on=1)
    with pytest.raises(Conflict, match="Ana Reyes changed the same words") as caught:
        other.save(aim(what="rest", owner="Ben"), based_on=1)
    found = caught.value
    assert found.fields == ("what",)
    assert [side["what"] for side in (found.base, found.theirs, found.mine)] == [
        "sleep",
        "sleep well",
        "rest",
    ]
    assert found.theirs_entry == other.get("aim")
    refused = other.history("aim")[0]
    assert (refused.refused, refused.record.what, refused.record.owner, refused.author) == (
        True,
        "rest",
        "Ben",
        "ben",
    )
    assert other.save(aim(what="rest"), based_on=found.theirs_entry.revision).entry.revision == 4


def test_one_person_in_two_windows_is_told_so(book):
    book.save(aim(what="sleep"), based_on=0)
    with pytest.raises(Conflict, match="You, in another window,"):
        book.save(aim(what="rest"), based_on=0)


def test_two_who_begin_at_once_are_merged_over_an_empty_form(book, other):
    book.save(aim(what="sleep"), based_on=0)
    saved = other.save(aim(place="North"), based_on=0)
    assert (saved.merged, saved.entry.record.what, saved.entry.record.place) == (True, "sleep", "North")


def test_a_page_with_nothing_new_learns_what_others_wrote(book, other):
    book.save(aim(what="sleep"), based_on=0)
    book.save(aim(what="sleep", place="North"), based_on=1)
    saved = other.save(aim(what="sleep"), based_on=1)
    assert (saved.merged, saved.entry.revision, book.revision()) == (True, 2, 2)


@pytest.mark.parametrize("number", [2, 99, -1])
def test_a_revision_that_is_not_here_is_refused_in_words(book, number):
    book.save(aim(what="sleep"), based_on=0)
    with pytest.raises(Problem, match="is not here"):
        book.save(aim(what="rest"), based_on=number)


def test_lists_are_in_the_order_they_were_begun(book):
    for key in ("zoe", "adam", "mo"):
        book.save(Member(key=key, name=key), based_on=0)
    book.save(Member(key="zoe", name="Zoe"), based_on=1)
    assert [entry.key for entry in book.list("member")] == ["zoe", "adam", "mo"]
    assert [record.name for record in book.records("member")] == ["Zoe", "adam", "mo"]


def test_a_list_needs_a_key_and_a_kind_must_be_known(book):
    with pytest.raises(Problem, match="short name of a team member"):
        book.save(Member(name="Zoe"), based_on=0)
    with pytest.raises(Problem, match="not something a team can write"):
        book.get("diary")


def test_endless_words_are_refused(book):
    with pytest.raises(Problem, match="Shorten it"):
        book.save(Aim.draft({"target": "9x" * 200_000}), based_on=0)


def test_deleting_is_a_revision_and_can_be_written_over(book, other):
    book.save(Driver(key="a", text="visits"), based_on=0)
    gone = book.delete("driver", "a", based_on=1).entry
    assert (gone.revision, gone.deleted, book.get("driver", "a"), book.list("driver")) == (2, True, None, [])
    with pytest.raises(Problem, match="has no such"):
        book.delete("driver", "a", based_on=2)
    with pytest.raises(Conflict, match="took this away"):
        other.save(Driver(key="a", text="home visits"), based_on=1)
    assert other.save(Driver(key="a", text="home visits"), based_on=2).entry.revision == 4
    assert [entry.deleted for entry in book.history("driver", "a")] == [False, False, True, False]
    assert [entry.refused for entry in book.history("driver", "a")] == [False, True, False, False]


def test_what_has_changed_unseen_is_neither_deleted_nor_shared(book, other):
    book.save(Storyboard(headline="one"), based_on=0)
    other.save(Storyboard(headline="two"), based_on=1)
    for act in (
        lambda: book.delete("storyboard", based_on=1),
        lambda: book.share("storyboard", shared=True, based_on=1),
    ):
        with pytest.raises(Conflict, match="since you last saw") as caught:
            act()
        assert caught.value.fields == ("headline",)
        assert caught.value.theirs["headline"] == "two"
    assert book.get("storyboard").shared is False


def test_sharing_is_a_revision_stays_while_writing_and_ends_with_deleting(folder, book):
    book.save(Storyboard(headline="one"), based_on=0)
    assert book.share("storyboard", shared=True, based_on=1).entry.revision == 2
    assert book.share("storyboard", shared=True, based_on=2).entry.revision == 2
    assert book.save(Storyboard(headline="two"), based_on=2).entry.shared
    sam = Workspace.open(folder, user="sam")
    assert [(entry.team, entry.record.headline) for entry in sam.shared("storyboard")] == [
        ("gull-harbor", "two")
    ]
    book.share("storyboard", shared=False, based_on=3)
    assert sam.shared("storyboard") == []
    book.share("storyboard", shared=True, based_on=4)
    book.delete("storyboard", based_on=5)
    assert book.save(Storyboard(headline="three"), based_on=0).entry.shared is False
    assert sam.shared("storyboard") == []
    with pytest.raises(Problem, match="has no such"):
        book.share("aim", shared=True, based_on=0)


def test_a_refused_version_is_never_shown_as_the_newest(folder, book, other):
    book.save(Storyboard(headline="one"), based_on=0)
    book.share("storyboard", shared=True, based_on=1)
    with pytest.raises(Conflict):
        other.save(Storyboard(headline="secret"), based_on=0)
    assert Workspace.open(folder, user="sam").shared("storyboard")[0].record.headline == "one"


def test_one_authors_revisions_within_ten_minutes_fold(folder):
    now = [NOON]
    books = [
        Workspace.open(folder, user=user, clock=lambda: now[0]).team("gull-harbor") for user in ("ana", "ben")
    ]
    for revision, (minute, writer) in enumerate([(0, 0), (4, 0), (9, 0), (12, 1), (13, 0), (24, 0)]):
        now[0] = NOON + timedelta(minutes=minute)
        books[writer].save(aim(what=f"words {revision + 1}"), based_on=revision)
    assert [entry.revision for entry in books[0].folded_history("aim")] == [6, 5, 4, 3]
    assert len(books[0].history("aim")) == 6


def test_sharing_deleting_and_refused_versions_never_fold(book, other):
    book.save(aim(what="one"), based_on=0)
    book.share("aim", shared=True, based_on=1)
    with pytest.raises(Conflict):
        book.save(aim(what="two"), based_on=0)
    book.delete("aim", based_on=2)
    assert len(book.folded_history("aim")) == 4


def test_status_says_how_far_without_a_word(folder, book):
    book.save(aim(what="canary"), based_on=0)
    fay = Workspace.open(folder, user="fay")
    found = fay.status_of("gull-harbor")
    assert found["steps"]["aim"] == "in progress"
    assert ([trace.complete for trace in found["present"]["aim"]], found["has_counts"]) == ([False], False)
    assert "canary" not in repr(found)
    book.save(BP, based_on=0)
    bring(book)
    assert fay.status_of("gull-harbor")["has_counts"]


def test_settings_people_and_teams(folder):
    workspace = Workspace.open(folder)
    workspace.change_settings(start=date(2020, 8, 1), last_day=date(2021, 6, 30), made_up=True, months=10)
    again = Workspace.open(folder, user="ana")
    assert again.settings == workspace.settings
    assert again.settings.community == "Riverbend"
    assert (again.person.name, again.person.title, again.person.teams) == (
        "Ana Reyes",
        "data lead",
        ("gull-harbor",),
    )
    assert [team.slug for team in again.teams()] == ["gull-harbor"]
    assert [team.slug for team in again.teams(all=True)] == ["gull-harbor", "vienna"]
    assert [team.slug for team in again.cohort()] == ["gull-harbor", "stone-creek"]
    assert again.team("vienna").team.history
    assert Workspace.open(folder, user="ana").team("gull-harbor").name_of("ben") == "Ben Ode"


def test_an_unknown_team_and_a_forbidden_one_are_told_apart_only_for_a_steward(folder):
    ana, owner = Workspace.open(folder, user="ana"), Workspace.open(folder)
    said = {}
    for slug in ("stone-creek", "nowhere"):
        with pytest.raises(Problem) as caught:
            ana.team(slug)
        said[slug] = str(caught.value).replace(slug, "")
    assert said["stone-creek"] == said["nowhere"]
    assert "Stone" not in said["nowhere"]
    with pytest.raises(Problem, match="Choose one of: Gull Harbor, Stone Creek"):
        owner.team("nowhere")


def test_the_person_may_come_from_the_environment(folder, monkeypatch):
    monkeypatch.setenv("POPHEALTH_USER", "ben")
    monkeypatch.setenv("POPHEALTH_WORKSPACE", str(folder))
    assert Workspace.open().person.user == "ben"
    assert Workspace.open(user="ana").person.user == "ana"


def save_then_fail(workspace):
    with workspace.together():
        workspace.team("gull-harbor").save(aim(what="sleep"), based_on=0)
        assert workspace.team("gull-harbor").get("aim") is not None
        raise RuntimeError


def test_saves_made_together_are_one_piece(folder, book):
    workspace = Workspace.open(folder, user="ana")
    with pytest.raises(RuntimeError):
        save_then_fail(workspace)
    assert book.get("aim") is None
    with workspace.together(), workspace.together():
        workspace.team("gull-harbor").save(aim(what="sleep"), based_on=0)
    assert book.get("aim").record.what == "sleep"


def test_a_copy_holds_everything_and_goes_its_own_way(folder, book, tmp_path):
    book.save(aim(what="sleep"), based_on=0)
    Workspace.open(folder).snapshot_to(tmp_path / "copy")
    copied = Workspace.open(tmp_path / "copy", user="ana").team("gull-harbor")
    copied.save(aim(what="rest"), based_on=1)
    assert (book.get("aim").record.what, copied.get("aim").record.what) == ("sleep", "rest")
    with pytest.raises(Problem, match="is there already"):
        Workspace.open(folder).snapshot_to(tmp_path / "copy")


def test_every_revision_is_plain_json_in_the_file(book):
    book.save(aim(what="\ud800 “sleep” ＝ 🙂"), based_on=0)
    with book._file.reading() as ledger:
        body = ledger._connection.exec_driver_sql("SELECT body FROM entries").scalar()
    assert json.loads(body)["what"].endswith("“sleep” ＝ 🙂")
