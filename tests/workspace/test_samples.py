"""The made-up cohort: the same bytes from the same seed, and stories that the statistics bear out."""

from collections import Counter
from datetime import UTC, date, datetime

import pandas as pd
import pytest

from pophealth.stats import equity, spc
from pophealth.workspace import intake, samples, timeline
from pophealth.workspace.errors import Problem
from pophealth.workspace.records import MODELS
from pophealth.workspace.sample_counts import counts
from pophealth.workspace.signs import charted, gap_sign, sign_of
from pophealth.workspace.store import Workspace

TEAMS = {
    "gull-harbor",
    "prairie-rose",
    "st-brigid",
    "northlake",
    "alder-valley",
    "lowland",
    "painted-ridge",
    "two-forks",
}

TOLD = [
    "test",
    "note",
    "score",
    "storyboard",
    "exchange",
    "adjustment",
    "member",
    "interest",
    "event",
    "stakeholder",
    "asset",
    "theme",
    "staff",
    "conversation",
    "cause",
    "upkeep",
    "control",
    "site",
]


LABELS = {"segment", "themes", "asset"}
"""Fields that hold the same words each time, so that they can be counted."""


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    return tmp_path_factory.mktemp("sample") / "workspace.sqlite"


@pytest.fixture(scope="module")
def sample(place):
    return samples.build(place)


def lead_of(sample, slug):
    return timeline.lead(sample.team(slug).records("measure"))


def sign(sample, slug, stratifier="", stratum="", measure=""):
    book = sample.team(slug)
    defined = timeline.lead(book.records("measure"), measure)
    points = timeline.points(book, defined.key, stratifier=stratifier, stratum=stratum)
    return sign_of(charted(points, defined))


def gap(sample, slug):
    focus = sample.team(slug).records("focus")[0]
    groups = timeline.points(sample.team(slug), stratifier=focus.stratifier)
    return gap_sign(groups, lead_of(sample, slug), behind=focus.stratum, reference=focus.reference)


def test_the_same_seed_gives_the_committed_bytes():
    for name, content in samples.generate().items():
        assert (samples.folder() / name).read_bytes() == content, name


def test_another_seed_gives_another_cohort():
    assert not counts("two-forks", seed=1).equals(counts("two-forks"))


def test_the_files_stay_small_and_are_described():
    files = list(samples.folder().iterdir())
    assert sum(path.stat().st_size for path in files) < 3_000_000
    readme = (samples.folder() / "README.md").read_text(encoding="utf-8")
    assert [path.name for path in files if path.suffix == ".csv" and path.name not in readme] == []


def test_the_workspace_says_what_it_is(sample):
    assert sample.settings.community == "Riverbend Action Community"
    assert sample.settings.made_up
    assert (sample.settings.start, sample.settings.last_day) == (date(2020, 8, 1), date(2021, 6, 30))
    assert {team.slug for team in sample.teams()} == TEAMS
    assert [team.slug for team in sample.teams(all=True) if team.history] == ["vienna", "scutari", "prussia"]
    assert sample.teams()[0].slug == "gull-harbor"
    assert sample.person.name == "Robin Hale"


def test_everything_was_saved_within_the_story(sample):
    first, last = datetime(2020, 8, 1, tzinfo=UTC), datetime(2021, 7, 1, tzinfo=UTC)
    for team in sample.teams(all=True):
        book = sample.team(team.slug)
        for kind in MODELS:
            for entry in book.list(kind):
                assert first <= entry.saved_at < last
                assert not entry.record.problems(), (team.slug, kind, entry.key, entry.record.problems())


def test_each_team_has_what_a_team_has(sample):
    for slug in TEAMS:
        book = sample.team(slug)
        members, ratings = book.records("member"), book.records("rating")
        assert 5 <= len(members) <= 9
        assert {member.side for member in members} == {"institution", "connector", "resident"}
        rounds = Counter(one.round for one in ratings)
        assert all(4 <= people <= 7 for people in rounds.values())
        assert len({entry.author for kind in MODELS for entry in book.list(kind)}) >= 3


def test_words_point_at_things_that_are_there(sample):
    for slug in TEAMS:
        book = sample.team(slug)
        keys = {kind: {record.key for record in book.records(kind)} for kind in ("measure", "driver")}
        for kind in ("aim", "focus", "driver", "test", "adjustment"):
            for record in book.records(kind):
                assert record.measure in keys["measure"] | {""}, (slug, kind, record.key)
        for record in book.records("test"):
            assert record.driver in keys["driver"] | {""}, (slug, record.key)
        for record in book.records("driver"):
            assert record.parent in keys["driver"] | {""}, (slug, record.key)


@pytest.mark.parametrize("slug", sorted(TEAMS - {"painted-ridge"}))
def test_a_team_past_step_four_has_partners_strengths_and_what_matters(sample, slug):
    book = sample.team(slug)
    for kind in ("stakeholder", "asset", "theme"):
        entries = book.list(kind)
        assert 3 <= len(entries) <= 6, kind
        assert all(entry.record.complete for entry in entries), kind
    assert any(record.affected for record in book.records("stakeholder"))
    themes = book.list("theme")
    assert any(entry.shared for entry in themes)
    assert all(entry.record.consent for entry in themes if entry.shared)
    assert all(entry.record.date <= entry.saved_at.date() for entry in themes)


def test_aims_were_revised_and_tests_predicted(sample):
    revised = [slug for slug in TEAMS if len(sample.team(slug).history("aim")) >= 3]
    tests = [test for slug in TEAMS for test in sample.team(slug).records("test")]
    assert len(revised) >= 5
    assert len(tests) >= 40
    assert sum(bool(test.prediction) for test in tests) >= 0.75 * len(tests)
    assert {"adopt", "adapt", "abandon"} <= {test.decision for test in tests}


def test_no_sentence_is_told_twice(sample):
    long = [
        text
        for slug in TEAMS
        for kind in TOLD
        for record in sample.team(slug).records(kind)
        for name, text in record.body().items()
        if isinstance(text, str) and len(text) > 40 and name not in LABELS
    ]
    assert len(long) == len(set(long))


@pytest.mark.parametrize("slug", sorted(TEAMS - {"painted-ridge"}))
def test_groups_of_one_split_add_up_to_everyone(sample, slug):
    for measure in sample.team(slug).records("measure"):
        table = sample.team(slug).counts(measure.key)
        everyone = table[table["stratifier"].eq("")].set_index("period")
        for split in {part.strip() for part in measure.exclusive.split(",")} - {""}:
            groups = (
                table[table["stratifier"].eq(split)].groupby("period")[["numerator", "denominator"]].sum()
            )
            there = groups[groups["denominator"].gt(0)]
            expected = everyone.loc[there.index, ["numerator", "denominator"]]
            pd.testing.assert_frame_equal(there, expected, check_freq=False)


def test_spring_2020_is_there_and_left_out_with_a_reason(sample):
    for slug in TEAMS - {"painted-ridge", "two-forks"}:
        points = timeline.points(sample.team(slug))
        spring = points["period"].between("2020-03-01", "2020-06-01")
        assert points.loc[spring, "excluded"].all()
        assert points.loc[spring, "reason"].str.len().gt(20).all()
        before = points.loc[points["period"].lt("2020-03-01"), "denominator"].mean()
        assert points.loc[spring, "denominator"].mean() < 0.8 * before


def test_gull_harbor_improves_and_its_gap_closes(sample):
    everyone = sign(sample, "gull-harbor")
    assert (everyone.direction, everyone.since, everyone.holds) == (
        "improvement",
        pd.Timestamp("2020-09-01"),
        True,
    )
    assert sign(sample, "gull-harbor", "language", "Spanish").direction == "improvement"
    assert sign(sample, "gull-harbor", "language", "English").direction == ""
    assert gap(sample, "gull-harbor").direction == "improvement"


def test_prairie_rose_improves_and_its_gap_closes(sample):
    everyone = sign(sample, "prairie-rose")
    assert (everyone.direction, everyone.holds) == ("improvement", True)
    assert everyone.since >= pd.Timestamp("2020-11-01")
    assert sign(sample, "prairie-rose", "language", "Portuguese").direction == "improvement"
    assert sign(sample, "prairie-rose", "language", "English").direction == ""
    found = gap(sample, "prairie-rose")
    assert found.direction in ("improvement", "")
    assert _shrunk(sample, "prairie-rose", before="2020-11-01") < 0.5


def test_st_brigid_is_better_overall_while_its_gap_widens(sample):
    split = "race and ethnicity"
    assert sign(sample, "st-brigid").direction == "improvement"
    assert sign(sample, "st-brigid", split, "White").direction == "improvement"
    assert sign(sample, "st-brigid", split, "Black").direction == ""
    assert gap(sample, "st-brigid").direction == "concern"


def test_northlake_takes_ordinary_variation_for_success(sample):
    assert sign(sample, "northlake").direction == ""
    book = sample.team("northlake")
    found = charted(timeline.points(book), lead_of(sample, "northlake"))
    assert (found.loc[~found["excluded"], "signal"] == "").all()
    assert not spc.run_tests(found)["runs_signal"].any()
    latest = {
        who: max((s for s in book.records("score") if s.by == who), key=lambda s: str(s.month)).value
        for who in ("team", "faculty")
    }
    assert latest == {"team": 3.5, "faculty": 2.5}


def test_lowland_gets_worse_after_the_van(sample):
    found = sign(sample, "lowland")
    assert (found.direction, found.since) == ("concern", pd.Timestamp("2021-02-01"))


def test_alder_valley_is_stuck_and_shares_quarters(sample):
    assert sign(sample, "alder-valley").direction == ""
    shared = timeline.shared_points(sample, "alder-valley")
    assert timeline.joined(shared)
    assert shared["period"].diff().dropna().dt.days.between(89, 92).all()
    tried = timeline.last_tried(sample.team("alder-valley").records("test"), date(2021, 6, 30))
    assert (date(2021, 6, 30) - tried).days >= 9 * 7


def test_two_forks_has_too_little_to_tell(sample):
    book = sample.team("two-forks")
    points = {measure.key: len(timeline.points(book, measure.key)) for measure in book.records("measure")}
    assert points["asked-about-mood"] == 2
    assert points["phone-visit-works"] == 7
    assert sign(sample, "two-forks").direction == ""


def test_painted_ridge_has_just_begun_and_asked_its_council_first(sample):
    steps = sample.status_of("painted-ridge")["steps"]
    assert [slug for slug, status in steps.items() if status != "not started"] == ["gather", "standing"]
    asked = sample.team("painted-ridge").history("agreement", "council")
    states = [entry.body["state"] for entry in asked]
    assert states[0] == "agreed"
    assert states[-1] == "asked"
    shared = [entry for kind in MODELS for entry in sample.shared(kind) if entry.team == "painted-ridge"]
    agreed = min(entry.saved_at for entry in asked if entry.body["state"] == "agreed")
    assert shared
    assert all(entry.saved_at >= agreed for entry in shared)


@pytest.mark.parametrize("slug", ["gull-harbor", "prairie-rose", "st-brigid", "northlake", "lowland"])
def test_most_shared_lead_measures_stay_monthly_with_all_their_groups(sample, slug):
    shared = sample.shared_counts(slug)
    own = sample.team(slug).counts()
    assert not timeline.joined(shared)
    assert set(shared["stratifier"]) == set(own["stratifier"])
    for column in (shared["numerator"], shared["denominator"] - shared["numerator"]):
        assert not column.between(1, 10).any()


def test_vienna_gives_the_numbers_we_promise(sample):
    points = timeline.points(sample.team("vienna"), "maternal-deaths")
    found = charted(points, lead_of(sample, "vienna"))
    phases = found.dropna(subset=["value"]).groupby("phase")
    sums = phases.agg(
        months=("value", "size"),
        deaths=("numerator", "sum"),
        births=("denominator", "sum"),
        centre=("centre", "first"),
    )
    assert sums["months"].tolist() == [76, 22]
    assert sums["deaths"].tolist() == [2060, 142]
    assert sums["births"].tolist() == [19571, 6595]
    assert (100 * sums["centre"]).round(4).tolist() == [10.5258, 2.1531]
    assert found.loc[found["phase"].eq(1), "signal"].str.contains("outside").sum() == 36
    assert points.loc[points["denominator"].isna(), "period"].tolist() == [pd.Timestamp("1841-12-01")]
    marks = timeline.marks(sample.team("vienna"), "maternal-deaths")
    assert marks["date"].tolist() == [pd.Timestamp("1847-05-15")]


def test_horse_kicks_swing_by_chance_alone(sample):
    points = timeline.points(sample.team("prussia"))
    found = charted(points, lead_of(sample, "prussia"))
    assert (len(found), found["value"].sum(), found["centre"].iloc[0]) == (20, 196, 9.8)
    assert found["period"].dt.year.tolist() == list(range(1875, 1895))
    assert (found["signal"] == "").all()
    assert not spc.run_tests(found)["runs_signal"].any()
    assert timeline.marks(sample.team("prussia"), "horse-kicks").empty


def charted_measure(sample, slug, key):
    defined = timeline.lead(sample.team(slug).records("measure"), key)
    return defined, charted(timeline.points(sample.team(slug), key), defined)


def test_falls_are_rare_and_told_per_thousand_days(sample):
    defined, found = charted_measure(sample, "st-brigid", "falls-on-wards")
    assert (defined.chart, defined.said_in) == ("u", "per 1,000")
    assert found["numerator"].between(1, 11).all()
    assert 3 < found["centre"].iloc[0] < 5
    assert (found["signal"] == "").all()
    with pytest.raises(Problem, match="has not shared"):
        sample.shared_counts("st-brigid", "falls-on-wards")


def test_thousands_of_messages_cry_wolf_on_a_p_chart_only(sample):
    defined, found = charted_measure(sample, "northlake", "messages-opened")
    assert found["signal"].str.contains("outside").sum() >= 8
    points = timeline.points(sample.team("northlake"), defined.key)
    assert (spc.control_chart(points, chart="p'")["signal"] == "").all()


def test_points_that_share_people_lean_on_each_other(sample):
    for slug, key, least in (("lowland", "shots-past-year", 0.9), ("alder-valley", "food-lasted", 0.4)):
        defined, found = charted_measure(sample, slug, key)
        assert timeline.tied(defined)
        assert found["value"].autocorr() > least
    months = timeline.points(sample.team("lowland"), "shots-by-two").head(12)
    year = timeline.points(sample.team("lowland"), "shots-past-year").iloc[0]
    assert year["period"] == pd.Timestamp("2019-12-01")
    assert year["denominator"] == months["denominator"].sum()


def test_tests_for_one_group_name_it_as_the_data_do(sample):
    named = {}
    for slug in TEAMS:
        marks = timeline.marks(sample.team(slug))
        named[slug] = set(marks["stratum"]) - {""}
        strata = set(sample.team(slug).counts()["stratum"]) if named[slug] else set()
        assert named[slug] <= strata
    assert {slug: group.pop() for slug, group in named.items() if group} == {
        "gull-harbor": "Spanish",
        "prairie-rose": "Portuguese",
        "lowland": "Portuguese",
    }


def test_some_groups_were_picked_by_the_months_of_the_baseline(sample):
    focus = {slug: sample.team(slug).records("focus") for slug in TEAMS}
    picked = {slug: str(one[0].picked_to) for slug, one in focus.items() if one and one[0].picked_to}
    assert set(picked) == {"gull-harbor", "prairie-rose", "st-brigid", "northlake", "lowland"}
    apart = [slug for slug, one in picked.items() if one < "2019-01"]
    assert apart == ["northlake"]


def test_new_limits_say_who_decided(sample):
    told = timeline.changes(sample.team("lowland"), "nurse-line-wait")
    assert told["date"].tolist() == [pd.Timestamp("2020-05-01")]
    assert told["label"].iloc[0].endswith("(Decided: Priya Raman and Harriet Boone, November 9, 2020)")


def test_importing_a_historical_file_again_says_so(sample):
    with pytest.raises(intake.Problem, match="already"):
        intake.load(samples.folder() / "01-vienna.csv", book=sample.team("vienna"))


def test_notebooks_get_a_private_copy(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(samples, "_private_copy", samples._private_copy.__wrapped__)
    first, second = samples.sample_workspace(), samples.sample_workspace()
    assert len(list((tmp_path / "pophealth").iterdir())) == 1
    first.rename_team("gull-harbor", "Another name")
    assert second.team("gull-harbor").name == "Gull Harbor ACO"


def test_every_person_of_the_sample_can_open_it(sample, place):
    for person in sample.people():
        if person.user != "owner":
            assert Workspace.open(place, user=person.user).person.name == person.name


def _shrunk(sample, slug, *, before):
    """How much of the gap before a month is left after it."""
    focus = sample.team(slug).records("focus")[0]
    groups = timeline.points(sample.team(slug), stratifier=focus.stratifier)
    found = equity.gap(groups, by="stratum", reference=focus.reference)
    found = found[found["stratum"].eq(focus.stratum)].dropna(subset=["difference"])
    early = found["period"].lt(before)
    return abs(found.loc[~early, "difference"].mean() / found.loc[early, "difference"].mean())
