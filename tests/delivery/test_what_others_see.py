"""Finished pages and files, read by an attacker: no hidden count stands in them or can be worked out."""

import base64
import io
import zipfile

import altair
import numpy as np
import pandas as pd
import pytest

from pophealth.stats import privacy, rates, spc
from pophealth.views import charts, theme
from pophealth.workspace.store import Workspace
from tests.delivery import lessons, teams
from tests.stats import attacker

FALLS = {"family": "outcome", "numerator": "fell", "denominator": "asked", "better": "lower"}
AS_OF = "2021-06-30"


def packed(text, kind="text/csv"):
    return f'<a href="data:{kind};base64,{base64.b64encode(text.encode()).decode()}">file</a>'


def spreadsheet(numbers):
    cells = "".join(f"<c><v>{number}</v></c>" for number in numbers)
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w") as folder:
        folder.writestr("xl/worksheets/sheet1.xml", f"<worksheet><row>{cells}</row></worksheet>")
    return found.getvalue()


@pytest.mark.parametrize(
    "document",
    [
        "group,count\na,7",
        "<p>seven people, in figures 7, fell</p>",
        '<svg><path aria-label="site: a; falls: 7" d="M1,2"/></svg>',
        f"<figure>{packed('count,7')}</figure>",
        f'<img src="data:image/svg+xml;base64,{base64.b64encode(b"<text>7</text>").decode()}">',
        '<img src="data:image/svg+xml,%3Ctext%3E7%3C/text%3E">',
        packed(f"<svg><g>{packed('7')}</g></svg>", "image/svg+xml"),
        '<script type="application/json">{"data": [{"n": 7}]}</script>',
        spreadsheet([12, 7]),
    ],
)
def test_the_attacker_reads_every_kind_of_document(document):
    assert attacker.given_away(document, [7, 8.25]) == [7]


def test_the_attacker_knows_numbers_however_they_are_written():
    assert attacker.numbers_in("1,234 people, −0.5 points, 12.50%") == {1234, -0.5, 12.5}
    assert attacker.given_away("a rate of 16.24", [7 / 431 * 1000]) == [7 / 431 * 1000]


def by_site():
    """Falls by site and shift, with totals: some counts and some rests are small."""
    counts = np.array([[7, 41, 63], [58, 13, 97], [151, 86, 4]])
    people = counts + np.array([[424, 377, 289], [333, 9, 611], [499, 521, 388]])
    tables = [
        pd.DataFrame(
            [(*at, n) for at, n in attacker.with_totals(each).items()], columns=["site", "shift", "n"]
        )
        for each in (counts, people)
    ]
    return tables[0].assign(people=tables[1]["n"])


def test_a_suppressed_table_gives_nothing_away_in_any_form():
    table = rates.proportion(by_site(), numerator="n", denominator="people", scale=1000)
    asked = {"count": "n", "denominator": "people"}
    found = privacy.suppress(table, by=["site", "shift"], total="all", **asked)
    seen = privacy.for_others(found, derived=["value", "lower", "upper"], **asked)
    seen = seen[["site", "shift", "n", "people", "value", "lower", "upper"]]
    gone = table[found["shown"].isna()]
    secrets = [*gone["value"], *(gone["people"] - gone["n"]), *gone["n"], *gone["lower"], *gone["upper"]]
    secrets = [secret for secret in secrets if not seen[["n", "people"]].eq(secret).any(axis=None)]
    bars = altair.Chart(seen.dropna()).mark_bar().encode(x="n:Q", y="site:N", color="shift:N")
    file = theme.download("falls.csv", seen.to_csv(index=False).encode(), mime="text/csv", label="The counts")
    page = theme.figure(bars.properties(title="Falls by site"), table=seen.round(1)).html + file.html
    assert attacker.given_away(page, secrets) == []
    own = theme.figure(bars.properties(title="Falls by site"), table=table.drop(columns="reason")).html
    assert set(attacker.given_away(own, secrets)) >= {7, 13, 4}
    split = {}
    for row in seen.astype(object).where(seen.notna(), None).to_dict("records"):
        at = (row["site"], row["shift"])
        split |= {(*at, "yes"): row["n"], (*at, "no"): None, (*at, "all"): row["people"]}
    assert attacker.pinned(attacker.bounds(split, least=0.0)) == []


@pytest.fixture(scope="module")
def community(tmp_path_factory):
    """A team that shares a measure of small monthly counts, and people who look at it from outside."""
    folder = tmp_path_factory.mktemp("few") / "community"
    workspace = Workspace.create(folder, community="Riverbend", made_up=True)
    workspace.add_team("few", "Few")
    workspace.add_team("other", "Other")
    workspace.add_person("sam", "Sam", "member", ("other",))
    workspace.add_person("fay", "Fay", "faculty")
    book = workspace.team("few")
    teams.write(book, "measure", "falls", shared=True, name="Falls", chart="p", lead=True, **FALLS)
    luck = np.random.default_rng(3)
    months = [str(month) for month in pd.period_range("2019-02", "2021-06", freq="M")]
    teams.counted(
        book, "falls", [(month, int(luck.integers(4, 10)), int(luck.integers(331, 499))) for month in months]
    )
    return folder


def figure_of(counts):
    charted = spc.control_chart(counts, chart="p", scale=100, better="lower")
    chart = charts.control_chart(charted, title="Falls", better="lower")
    return theme.figure(chart, table=counts.drop(columns=["measure", "note"])).html, charted


def secrets_of(own, shown):
    """Monthly rates, rests and denominators, and the middle line and limits of the months."""
    _, charted = figure_of(own)
    rate = 100 * own["numerator"] / own["denominator"]
    lines = pd.concat([charted["centre"], charted["upper"]])
    found = [*rate.round(4), *(own["denominator"] - own["numerator"]), *own["denominator"], *lines.round(4)]
    return sorted({float(secret) for secret in found} - set(shown.to_numpy(dtype=float).ravel()))


def test_a_shared_series_gives_no_month_away(community, monkeypatch):
    own = Workspace.open(community).team("few").counts("falls")
    counts = Workspace.open(community, user="sam").shared_counts("few", "falls")
    assert counts.attrs["length"] == "quarter"
    secrets = secrets_of(own, counts[["numerator", "denominator"]])
    page, _ = figure_of(counts)
    assert attacker.given_away(page, secrets) == []
    assert attacker.given_away(figure_of(own)[0], secrets)
    monkeypatch.setenv("POPHEALTH_USER", "sam")
    room = lessons.run("room", workspace=community, as_of=AS_OF).html
    assert "Few" in room
    assert attacker.given_away(room, [secret for secret in secrets if secret >= 200 or secret % 1]) == []
    assert room.count("<td>Few</td>") == len(counts)


def test_what_is_shared_gives_nothing_away_over_time(community):
    counts = Workspace.open(community, user="fay").shared_counts("few", "falls")
    released = counts.assign(length=counts.attrs["length"])
    assert privacy.audit_releases([released]).empty
    months = Workspace.open(community).team("few").counts("falls").assign(length="month")
    assert not privacy.audit_releases([released, months.head(2)]).empty
