"""The data dictionary comes from the record models and from nowhere else."""

from pophealth.workspace.dictionary import COLUMNS, dictionary
from pophealth.workspace.records import MODELS


def test_every_field_of_every_kind_stands_there_once():
    table = dictionary()
    assert tuple(table.columns) == COLUMNS
    assert len(table) == sum(len(model.fields()) for model in MODELS.values())
    assert not table.duplicated(["kind", "field"]).any()


def test_choices_are_the_values_that_are_stored():
    table = dictionary().set_index(["kind", "field"])
    assert table.loc[("test", "decision"), "choices"] == "adopt, adapt, abandon"
