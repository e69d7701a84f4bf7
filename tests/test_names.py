"""The public names, where notebooks and other programs look for them."""

from importlib import import_module

import pytest

NAMES = {
    "pophealth": ["open_workbook", "run_reports", "Workspace"],
    "pophealth.delivery": ["open_workbook", "run_reports"],
    "pophealth.workspace": ["Workspace", "TeamBook"],
    "pophealth.stats.spc": ["limits", "signals", "run_tests", "control_chart", "false_alarms"],
    "pophealth.stats.rates": [
        *("proportion", "rate", "mean", "directly_standardised", "indirectly_standardised"),
        *("compare", "excess", "quantile", "funnel_limits", "life_expectancy"),
    ],
    "pophealth.stats.standards": ["standard"],
    "pophealth.stats.equity": ["measures", "gap", "charted_gap"],
    "pophealth.stats.segments": [
        "ladder",
        "net",
        "compare",
        "triangulate",
        "saturation",
        "voices",
        "pillars",
    ],
    "pophealth.stats.privacy": [
        *("suppress", "for_others", "audit", "audit_releases", "join_periods", "find_identifiers"),
    ],
    "pophealth.stats.reliability": ["reliability"],
    "pophealth.stats.priorities": [
        *("weighted", "hanlon", "votes", "mean_ranks", "methods", "agreement", "sides", "stability"),
    ],
    "pophealth.views.theme": ["figure", "download", "safe_text"],
}


@pytest.mark.parametrize(("module", "name"), [(module, name) for module in NAMES for name in NAMES[module]])
def test_a_public_name_is_there(module, name):
    assert callable(getattr(import_module(module), name))


@pytest.mark.parametrize("module", ["pophealth", "pophealth.delivery", "pophealth.workspace"])
def test_a_name_that_is_not_there_is_an_ordinary_error(module):
    with pytest.raises(AttributeError, match="has no name"):
        import_module(module).no_such_name  # noqa: B018  the look-up itself is the test
