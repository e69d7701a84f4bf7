"""Partner trust and carbon: drawings, words and tables, for figures that are there and that are not."""

import numpy as np
import pandas as pd
import pytest

from pophealth.stats import carbon
from pophealth.views import footprint, partners, theme
from tests.hostile import PAYLOADS
from tests.views.reading_age import grade

NAMES = {"open": "being open", "fair": "sharing fairly"}


def figures(*rows):
    """Make rows of round, dimension, importance and occurrence; None for a round that is not shown."""
    table = pd.DataFrame(rows, columns=["round", "dimension", "importance", "occurrence"])
    table = table.assign(round=pd.to_datetime(table["round"]), shown=table["importance"].notna(), answers=5)
    table = table.astype({"importance": "float64", "occurrence": "float64"})
    gap = (table["importance"] - table["occurrence"]).round(1)
    spread = {"importance_sd": 1.0, "occurrence_sd": 1.0}
    return table.assign(gap=gap, gap_lower=gap - 0.8, gap_upper=gap + 0.8, **spread)


TWO = figures(
    ("2020-11-01", "open", 6.2, 3.5),
    ("2020-11-01", "fair", 5.0, 4.6),
    ("2021-04-01", "open", 6.4, 4.8),
    ("2021-04-01", "fair", 5.1, 4.4),
)


def test_what_matters_most_is_said_with_both_figures_and_the_gap_that_moved():
    assert partners.trust_says(TWO, NAMES) == (
        "Partners say being open matters most (6.4 of 7) but happens less (4.8).",
        "Since November 2020 no gap has moved by more than chance and a few answers can.",
    )
    moved = TWO.assign(gap_lower=TWO["gap"] - 0.4, gap_upper=TWO["gap"] + 0.4)
    assert partners.trust_says(moved, NAMES)[1] == (
        "The gap in being open is smaller than in November 2020: 2.7 then, 1.6 now."
    )


def test_a_small_gap_is_not_called_less_and_a_wide_spread_is_said():
    near = figures(("2021-04-01", "open", 6.4, 6.0)).assign(occurrence_sd=2.5)
    assert partners.trust_says(near, NAMES) == (
        "Partners say being open matters most (6.4 of 7) and happens about as often (6.0).",
        "They do not see being open alike: ask each other why.",
    )
    assert partners.trust_finding(near, NAMES).startswith("What matters to partners happens about")


def test_a_round_that_is_not_shown_is_neither_drawn_nor_said():
    hidden = figures(("2021-05-01", "open", None, None))
    both = pd.concat([TWO, hidden], ignore_index=True)
    assert partners.trust_says(both, NAMES) == partners.trust_says(TWO, NAMES)
    assert len(partners.trust_numbers(both, NAMES)) == 4
    assert partners.trust_chart(hidden, NAMES, title="") is None
    assert "too few answers to show (4 of 5)" in partners.few([(pd.Timestamp("2021-05-01"), 4)], least=5)


def test_both_figures_stand_beside_the_last_round_of_each_panel():
    chart = partners.trust_chart(TWO, NAMES, title="Title").to_dict(validate=False)
    drawn = [chart["hconcat"], chart["usermeta"]["narrow"]["vconcat"]]
    for panels in drawn:
        labels = [row["text"] for panel in panels for row in panel["layer"][-1]["data"]["values"]]
        assert labels == ["6.4 matters", "4.8 happens", "5.1 matters", "4.4 happens"]
        shapes = {layer["mark"].get("shape") for panel in panels for layer in panel["layer"]}
        assert {"diamond", "circle"} <= shapes


@pytest.mark.parametrize("rounds", [1, 3, 9])
def test_any_number_of_rounds_is_a_figure(rounds):
    months = pd.date_range("2020-01-01", periods=rounds, freq="3MS")
    table = figures(*[(when, name, 6.0, 4.0) for when in months for name in NAMES])
    chart = partners.trust_chart(table, NAMES, title="Some title")
    html = theme.figure(chart, table=partners.trust_numbers(table, NAMES)).html
    assert 'alt="Some title' in html
    assert html.count("<tr>") == 1 + 2 * rounds


def months(count, **values):
    rows = pd.DataFrame({"period": pd.date_range("2020-06-01", periods=count, freq="MS"), **values})
    factors = {"unit": "km", "factor": 0.2, "source": "made up", "year": 2020}
    rows = rows.assign(**{"activity": "visit by car", "amount": 300.0, "contacts": 20.0, **factors, **values})
    kilograms = rows["amount"] * rows["factor"]
    return rows.assign(kg=kilograms, lower=kilograms * 0.5, upper=kilograms * 2)


def test_carbon_is_said_for_each_contact_in_all_and_with_its_range():
    rows = months(6, amount=[300.0, 300, 300, 200, 200, 200])
    totals = carbon.total(rows)
    assert footprint.carbon_finding(totals).endswith("3 kg in the first three months, 2 kg in the last three")
    assert footprint.carbon_says(rows, totals) == (
        "From June to November 2020 your work made about 300 kg of CO2e.",
        "The largest part is visit by car (100%).",
        "Factors are rough: it may be 150 to 600 kg.",
    )


def test_a_few_months_or_no_contacts_are_told_in_all():
    assert footprint.carbon_finding(carbon.total(months(2))) == "About 120 kg of CO2e in two months"
    alone = carbon.total(months(8, contacts=np.nan))
    assert footprint.carbon_finding(alone) == "About 480 kg of CO2e in eight months"
    chart = footprint.carbon_chart(alone, title="Title").to_dict(validate=False)
    assert len(chart["hconcat"]) == 1


def test_without_a_range_there_is_no_band_and_no_sentence_about_it():
    rows = months(3).assign(lower=np.nan, upper=np.nan)
    totals = carbon.total(rows)
    assert footprint.carbon_says(rows, totals)[2] == ""
    chart = footprint.carbon_chart(totals, title="Title").to_dict(validate=False)
    assert not any(layer["mark"]["type"] == "area" for panel in chart["hconcat"] for layer in panel["layer"])


def test_the_words_are_easy_to_read():
    rows = months(6)
    sentences = [*partners.trust_says(TWO, NAMES), *footprint.carbon_says(rows, carbon.total(rows))]
    sentences += [partners.trust_finding(TWO, NAMES), footprint.carbon_finding(carbon.total(rows))]
    assert grade(" ".join([*sentences, partners.MOVED])) <= 8


def test_hostile_names_stay_text():
    one = months(1)
    every = [one.assign(activity=text, unit=text, source=text) for text in PAYLOADS]
    rows = pd.concat(every, ignore_index=True)
    totals = carbon.total(rows)
    chart, said = footprint.carbon_chart(totals, title="Title"), footprint.carbon_says(rows, totals)
    table = footprint.carbon_numbers(rows)
    page = theme.join(theme.figure(chart, table=table, alt=PAYLOADS[12]), theme.say(said)).html
    assert page.count("<tr>") == 1 + len(PAYLOADS)
    for harm in ("<img data-canary", "<script", "<svg", "<iframe", "<b ", "<x-canary", "<a "):
        assert harm not in page.lower()
