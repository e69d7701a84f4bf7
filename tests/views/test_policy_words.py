"""What others see of small numbers, said as the rules of the statistics have it."""

import re

import pytest

from pophealth.stats.policies import POLICIES
from pophealth.views.policy_words import RULES, left_out, policies_told, policy_sentence
from tests.views.reading_age import grade


@pytest.mark.parametrize("policy", [*RULES, 2, 3, 20])
def test_the_sentence_names_the_counts_that_are_hidden(policy):
    smallest = POLICIES[policy].smallest if isinstance(policy, str) else policy
    said = policy_sentence(policy)
    first, last = re.search(r"no count of 1(?: (?:to|or) (\d+))?", said)[1] or 1, smallest - 1
    assert int(first) == last
    assert grade(said) <= 8


def test_every_rule_has_words_and_a_reason_follows():
    assert {*RULES, "none"} == set(POLICIES)
    said = policy_sentence("none", reason="Published before.")
    assert said == "Once shared, others see all counts, small ones too. Why: Published before."


def test_several_measures_are_told_rule_by_rule():
    told = policies_told([("Waits", "cms11", ""), ("Falls", 5, ""), ("Calls", "cms11", "")])
    assert told[0].startswith("Waits and Calls: once shared, others see no count of 1 to 10")
    assert told[1] == "Falls: once shared, others see no count of 1 to 4."
    assert "months are joined" in told[2]
    assert len(policies_told([("Deaths", "none", "Public.")])) == 1
    assert policies_told([]) == ()


def test_what_is_left_out_is_named():
    assert left_out(("everyone", "language")) == "Too few to show: everyone together and language."
