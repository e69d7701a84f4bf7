"""What two people changed goes together; the same field changed twice does not."""

from hypothesis import given
from hypothesis import strategies as st

from pophealth.workspace.merge import as_typed, merged
from pophealth.workspace.records import Aim

FIELDS = ("what", "population", "place", "target", "owner")
values = st.one_of(st.none(), st.text(max_size=4), st.integers(-3, 3), st.booleans())
fields = st.fixed_dictionaries(dict.fromkeys(FIELDS, values))
unread = st.dictionaries(st.sampled_from(FIELDS), st.text(min_size=1, max_size=4), max_size=2)


@st.composite
def bodies(draw):
    body, typed = draw(fields), draw(unread)
    return body | {"unread": typed} if typed else body


def blank(value):
    return None if value == "" else value


@given(base=bodies(), mine=bodies(), theirs=bodies())
def test_no_change_is_lost_and_only_the_same_field_conflicts(base, mine, theirs):
    merge = merged(base=base, mine=mine, theirs=theirs)
    started, ours, others, both = map(as_typed, (base, mine, theirs, merge.body))
    for name in FIELDS:
        was, my, their, now = (blank(side.get(name)) for side in (started, ours, others, both))
        if my == was:
            assert (now == their, name in merge.fields) == (True, False)
        elif their in (was, my):
            assert (now == my, name in merge.fields) == (True, False)
        else:
            assert name in merge.fields
            assert now == their


@given(base=bodies(), mine=bodies())
def test_merging_with_nobody_else_gives_mine(base, mine):
    merge = merged(base=base, mine=mine, theirs=base)
    assert not merge.fields
    ours, both = as_typed(mine), as_typed(merge.body)
    assert all(blank(both[name]) == blank(ours[name]) for name in FIELDS)


@given(base=bodies(), mine=bodies(), theirs=bodies())
def test_both_orders_agree_on_what_conflicts(base, mine, theirs):
    one = merged(base=base, mine=mine, theirs=theirs)
    other = merged(base=base, mine=theirs, theirs=mine)
    assert set(one.fields) == set(other.fields)


def test_inputs_stay_as_they_were():
    base, mine, theirs = {"what": ""}, {"what": "a", "unread": {"target": "most"}}, {"what": ""}
    merged(base=base, mine=mine, theirs=theirs)
    assert (base, mine, theirs) == (
        {"what": ""},
        {"what": "a", "unread": {"target": "most"}},
        {"what": ""},
    )


def test_what_could_not_be_read_is_merged_as_it_was_typed():
    base = Aim().body()
    mine, theirs = Aim.draft({"target": "most"}).body(), Aim.draft({"what": "sleep"}).body()
    together = Aim.from_body(merged(base=base, mine=mine, theirs=theirs).body)
    assert (together.what, together.unread) == ("sleep", {"target": "most"})


def test_a_number_over_something_unreadable_takes_its_place():
    base = Aim.draft({"target": "most"}).body()
    mine = Aim.draft({"target": "70"}).body()
    merge = merged(base=base, mine=mine, theirs=Aim.draft({"target": "most", "what": "sleep"}).body())
    assert (merge.body["target"], merge.fields, "unread" in merge.body) == (70.0, (), False)
