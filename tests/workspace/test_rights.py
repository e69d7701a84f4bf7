"""Who may do what: the table itself, and that every way in keeps to it."""

import shutil
from itertools import product

import pandas as pd
import pytest

from pophealth.workspace.errors import Problem
from pophealth.workspace.people import ROLES
from pophealth.workspace.records import MODELS, Aim, Measure, Note, Score, Storyboard, Trust
from pophealth.workspace.rights import (
    ACTIONS,
    ON_RECORDS,
    ON_TEAMS,
    SORTS,
    TEAMS,
    allowed,
    sort_of,
    sorts_of,
)
from pophealth.workspace.rights import SIDES as SIDES_OF_ALL
from pophealth.workspace.store import Workspace
from pophealth.workspace.team_book import TeamBook

# One letter a role: m member, c coach, f faculty, s steward; s! only shared, m! only what she wrote herself.
WHOLE = """
                 own            other          history        everyone
open             m c f s        f s            m c f s
counts           m c s          s              m c f s
shared counts    m c f s        m c f s        m c f s
import           m s            s              s
status           m c f s        f s            m c f s
manage           s              s              s
answer           -              -              -              m c f s
read open        m c f+ s       m+ c+ f+ s     m c f s
read score       m c f s        f s            s
read faculty     m c f s        f s            s
read note        m c f* s       f* s           s
history open     m c s          s              s
history score    m c s          s              s
history faculty  c f s          f s            s
history note     m c f* s       f* s           s
write open       m s            s              s
write score      m s            s              s
write faculty    c f s          f s            s
write note       c f* s         f* s           s
read answer      m* s*          s*             s*
history answer   m* s*          s*             s*
write answer     m* s*          s*             s*
read heard       m c s          s              s
history heard    m c s          s              s
write heard      m s            s              s
read rating      m* s           s              s
history rating   m* s*          s*             s*
write rating     m* s*          s*             s*
share open       m s            s              s
share score      -              -              -
share faculty    -              -              -
share note       -              -              -
share answer     -              -              -
share heard      -              -              -
share rating     -              -              -
read session     -              -              -              m c f s
history session  -              -              -              f s
write session    -              -              -              f s
share session    -              -              -              -
read reply       -              -              -              -
history reply    -              -              -              -
write reply      -              -              -              -
share reply      -              -              -              -
"""
LETTERS = {"m": "member", "c": "coach", "f": "faculty", "s": "steward"}


def expected():
    """Read the table above into what each role may do, by limit."""
    found = {}
    for line in WHOLE.strip().splitlines()[1:]:
        what, *cells = line[:17].strip(), line[17:32], line[32:47], line[47:62], line[62:]
        for side, cell in zip(SIDES_OF_ALL, cells, strict=True):
            found[what, side] = {LETTERS[word[0]]: word[1:] for word in cell.split() if word != "-"}
    return found


def cases():
    on_teams = [(action, "") for action in ON_TEAMS]
    on_records = list(product(ON_RECORDS, SORTS))
    return product(ROLES, [*on_teams, *on_records], SIDES_OF_ALL, (False, True), (False, True))


def test_the_whole_table():
    wanted = expected()
    assert len(wanted) == (len(ON_TEAMS) + len(ON_RECORDS) * len(SORTS)) * len(SIDES_OF_ALL)
    for role, (action, sort), side, shared, mine in cases():
        what = f"{action} {sort.removesuffix(' score') if sort.startswith('faculty') else sort}".strip()
        limit = wanted[what, side].get(role)
        may = limit is not None and (not limit or (shared if limit == "+" else mine))
        case = (role, action, sort, side, shared, mine)
        assert allowed(role, action, team=side, sort=sort, shared=shared, mine=mine) is may, case


def test_unknown_words_give_no_right():
    assert not allowed("owner", "read", team="own", sort="open")
    assert not allowed("steward", "burn", team="own")
    assert set(ACTIONS) == set(ON_RECORDS + ON_TEAMS)


def test_every_private_kind_has_a_sort_of_its_own():
    for kind, model in MODELS.items():
        assert sort_of(model()) in sorts_of(kind)
        assert (sorts_of(kind) == ("open",)) is not model.private


SIDES = {"own": "gull-harbor", "other": "stone-creek", "history": "vienna"}
PEOPLE = {"member": "ana", "coach": "cora", "faculty": "fae", "steward": "stu"}
RECORDS = {
    ("open", False): Aim(what="unshared words"),
    ("open", True): Storyboard(headline="shared words"),
    ("score", False): Score.draft({"by": "team", "value": 2.5, "reason": "our view"}, "own"),
    ("faculty score", False): Score.draft({"by": "faculty", "value": 2, "reason": "their view"}, "theirs"),
    ("note", False): Note(key="first", text="between us"),
}
COUNTS = pd.DataFrame(
    {"measure": "bp", "period": pd.date_range("2020-01-01", periods=3, freq="MS"), "numerator": 40}
).assign(denominator=100)


@pytest.fixture(scope="module")
def written(pattern, tmp_path_factory):
    there = shutil.copytree(pattern, tmp_path_factory.mktemp("written") / "community")
    steward = Workspace.open(there)
    with steward.together():
        steward.add_person("fae", "Fae Own", "faculty", ["gull-harbor"])
        steward.add_person("stu", "Stu Own", "steward", ["gull-harbor"])
        for slug in SIDES.values():
            write_in(steward.team(slug))
    return there


def write_in(book):
    for (_, shared), record in RECORDS.items():
        revision = book.save(record, based_on=0).entry.revision
        if shared:
            book.share(record.kind, record.key, shared=True, based_on=revision)
    book.save(Measure(key="bp", name="Blood pressure", lead=True), based_on=0)
    book.share("measure", "bp", shared=True, based_on=1)
    book.import_counts(COUNTS, file_name="a.csv", sha256=book.slug.ljust(64, "0"))


@pytest.fixture
def filled(written, tmp_path):
    return shutil.copytree(written, tmp_path / "community")


def book_of(folder, role, side):
    """Open any team's book, also one that this person could not open by herself."""
    workspace = Workspace.open(folder, user=PEOPLE[role])
    team = next(team for team in Workspace.open(folder).teams(all=True) if team.slug == SIDES[side])
    return TeamBook(workspace._file, team=team, person=workspace.person, clock=workspace._clock)


def refused(call, *arguments, **named):
    try:
        call(*arguments, **named)
    except Problem:
        return True
    return False


@pytest.mark.parametrize(("role", "side"), list(product(ROLES, TEAMS)))
def test_books_keep_to_the_table_when_reading(filled, role, side):
    book = book_of(filled, role, side)
    for (sort, shared), record in RECORDS.items():
        may = allowed(role, "read", team=side, sort=sort, shared=shared)
        assert (book.get(record.kind, record.key) is not None) is may, (sort, shared)
        assert (record.key in [entry.key for entry in book.list(record.kind)]) is may, (sort, shared)
        assert (record in book.records(record.kind)) is may, (sort, shared)
        for revisions in (
            book.history(record.kind, record.key),
            book.folded_history(record.kind, record.key),
        ):
            assert bool(revisions) is allowed(role, "history", team=side, sort=sort, shared=shared), sort


@pytest.mark.parametrize(("role", "side"), list(product(ROLES, TEAMS)))
def test_books_keep_to_the_table_when_writing(filled, role, side):
    book = book_of(filled, role, side)
    for (sort, _), record in RECORDS.items():
        newest = 2 if record.kind == "storyboard" else 1
        may_share = allowed(role, "share", team=side, sort=sort)
        shared = record.kind != "storyboard"
        assert refused(book.share, record.kind, record.key, shared=shared, based_on=newest) is not may_share
        newest += may_share
        may_write = allowed(role, "write", team=side, sort=sort)
        assert refused(book.save, changed(record), based_on=newest) is not may_write, sort
        newest += may_write
        assert refused(book.delete, record.kind, record.key, based_on=newest) is not may_write, sort


def changed(record):
    field = next(name for name in ("what", "headline", "reason", "text") if hasattr(record, name))
    return record.model_copy(update={field: "other words"})


@pytest.mark.parametrize(("role", "side"), list(product(ROLES, TEAMS)))
def test_a_person_may_add_to_what_she_may_write(filled, role, side):
    book = book_of(filled, role, side)
    for kind, by in (("score", "team"), ("score", "faculty"), ("note", ""), ("driver", "")):
        new = MODELS[kind].draft({"by": by} if by else {}, f"new-{by or kind}")
        may = allowed(role, "write", team=side, sort=sort_of(new), mine=True)
        assert refused(book.save, new, based_on=0) is not may, (kind, by)
        assert book.can("write", kind) or not may
        if may:
            assert book.save(new.model_copy(update={}), based_on=1).entry.author == PEOPLE[role]
            assert book.get(kind, new.key) is not None


def test_a_note_of_faculty_stays_with_its_author_the_team_and_its_coach(filled):
    book_of(filled, "faculty", "own").save(Note(key="mine", text="from faculty"), based_on=0)
    seen = {
        user: Workspace.open(filled, user=user).team("gull-harbor").get("note", "mine") is not None
        for user in ("ana", "cora", "fae", "fay", "owner")
    }
    assert seen == {"ana": True, "cora": True, "fae": True, "fay": False, "owner": True}


def test_an_answer_of_a_partner_stays_with_whoever_wrote_it(filled):
    answer = Trust(key="oak", code="oak", comment="for myself")
    book_of(filled, "member", "own").save(answer, based_on=0)
    for user in ("ana", "ben", "cora", "fae", "fay", "stu", "owner"):
        book, hers = Workspace.open(filled, user=user).team("gull-harbor"), user == "ana"
        seen = book.list("trust"), book.records("trust"), book.history("trust", "oak")
        assert [bool(found) for found in seen] == [hers] * 3, user
        assert (book.get("trust", "oak") is not None) is hers
        assert refused(book.save, answer, based_on=1) is not hers
        assert refused(book.share, "trust", "oak", shared=True, based_on=1)
        assert "trust" not in Workspace.open(filled, user=user).status_of("gull-harbor")["present"]
    book_of(filled, "member", "own").delete("trust", "oak", based_on=1)
    assert not any(
        Workspace.open(filled, user=user).team("gull-harbor").removed("trust") for user in ("ben", "stu")
    )


def test_a_private_score_cannot_be_turned_into_an_open_one(filled):
    member = book_of(filled, "member", "own")
    assert refused(member.save, Score.draft({"by": "team"}, "theirs"), based_on=1)
    coach = book_of(filled, "coach", "own")
    assert refused(coach.save, Score.draft({"by": "team"}, "theirs"), based_on=1)


@pytest.mark.parametrize(("role", "side"), list(product(ROLES, TEAMS)))
def test_counts_imports_and_status_keep_to_the_table(filled, role, side):
    workspace, book = Workspace.open(filled, user=PEOPLE[role]), book_of(filled, role, side)
    own = book.counts("bp")
    assert (own["numerator"].tolist() == [40, 40, 40]) or not book.can("counts")
    assert refused(book.imports) is not allowed(role, "counts", team=side)
    again = {"file_name": "b.csv", "sha256": "b" * 64}
    assert refused(book.import_counts, COUNTS, **again) is not allowed(role, "import", team=side)
    assert refused(workspace.status_of, SIDES[side]) is not allowed(role, "status", team=side)
    assert refused(workspace.team, SIDES[side]) is not allowed(role, "open", team=side)
    listed = SIDES[side] in [team.slug for team in workspace.teams(all=True)]
    assert listed is allowed(role, "open", team=side)
    assert not refused(workspace.shared_counts, SIDES[side])


def test_without_the_right_to_its_own_counts_the_joined_ones_are_given(filled):
    steward = Workspace.open(filled).team("gull-harbor")
    steward.import_counts(COUNTS.assign(numerator=5), file_name="c.csv", sha256="c" * 64)
    assert steward.counts("bp")["numerator"].tolist() == [5, 5, 5]
    for seen in (
        book_of(filled, "faculty", "own").counts("bp"),
        book_of(filled, "member", "other").counts("bp"),
    ):
        assert 5 not in seen["numerator"].tolist()


@pytest.mark.parametrize("role", ["member", "coach", "faculty"])
def test_only_a_steward_changes_the_workspace(filled, role, tmp_path):
    workspace = Workspace.open(filled, user=PEOPLE[role])
    assert refused(workspace.add_team, "new", "New")
    assert refused(workspace.rename_team, "gull-harbor", "Other")
    assert refused(workspace.add_person, "new", "New", "faculty")
    assert refused(workspace.change_settings, community="Other")
    assert refused(workspace.snapshot_to, tmp_path / "copy")


def test_people_known_to_each_role(filled):
    known = {user: {p.user for p in Workspace.open(filled, user=user).people()} for user in ("ana", "fay")}
    assert "sam" not in known["ana"]
    assert {"ben", "cora"} <= known["ana"]
    assert "sam" in known["fay"]
    Workspace.open(filled).change_settings(made_up=True)
    assert "sam" in {person.user for person in Workspace.open(filled, user="ana").people()}


def everything(workspace, slugs):
    """Call every way to read, for every team, and give all that came out as one text."""
    seen = [workspace.settings, workspace.teams(all=True), [workspace.shared(kind) for kind in MODELS]]
    for slug in slugs:
        for call in (workspace.status_of, workspace.shared_counts):
            seen.append(tried(call, slug))
        book = tried(workspace.team, slug)
        if isinstance(book, TeamBook):
            seen += [book.list(kind) for kind in MODELS] + [book.records(kind) for kind in MODELS]
            seen += [book.history(entry.kind, entry.key) for kind in MODELS for entry in book.list(kind)]
            seen += [tried(book.counts), tried(book.imports)]
    return "\n".join(one.to_csv() if isinstance(one, pd.DataFrame) else repr(one) for one in seen)


def tried(call, *arguments):
    try:
        return call(*arguments)
    except Problem as problem:
        return str(problem)


def write_canaries(book):
    for kind, model in MODELS.items():
        names = [question.name for question in model.fields() if question.input in ("text", "long")]
        words = dict.fromkeys(names, f"canary {book.slug}") if kind != "score" else {"by": "team"}
        book.save(model.draft(words, f"canary-{book.slug}" if model.many else ""), based_on=0)
    table = COUNTS.assign(measure=f"canary-{book.slug}", note=f"canary {book.slug}")
    book.import_counts(table, file_name=f"canary {book.slug}.csv", sha256=book.slug.ljust(64, "0"))


def test_no_canary_of_another_team_is_ever_seen(folder):
    steward = Workspace.open(folder)
    steward.add_team("far-hills", "Far Hills")
    steward.add_person("cy", "Cy", "coach", ["far-hills"])
    slugs = ["gull-harbor", "stone-creek", "far-hills"]
    with steward.together():
        for slug in slugs:
            write_canaries(steward.team(slug))
    for user, own in {
        "ana": slugs[0],
        "sam": slugs[1],
        "cora": slugs[0],
        "cy": slugs[2],
        "fay": None,
    }.items():
        seen = everything(Workspace.open(folder, user=user), slugs)
        for slug in slugs:
            hidden = slug != own
            assert (f"canary {slug}" in seen) is not hidden, (user, slug)
            if hidden and user != "fay":
                assert f"canary-{slug}" not in seen, (user, slug)
