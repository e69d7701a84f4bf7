"""The data dictionary: every field a team can fill in, read from the record models."""

import pandas as pd

from pophealth.workspace.records import MODELS
from pophealth.workspace.steps import BY_SLUG

COLUMNS = ("kind", "title", "step", "field", "label", "help", "core", "input", "choices", "limit")


def dictionary() -> pd.DataFrame:
    """List every field of every kind of record.

    Read it to know what an export holds, and what each field means. It comes from the record models, so that
    it never differs from the forms.

    Returns
    -------
    pandas.DataFrame
        One row a field: kind, title, step (its number), field, label, help, core (True or False), input,
        choices (values with commas between), limit (letters; missing where there is none).

    Examples
    --------
    >>> table = dictionary()
    >>> table.loc[table["kind"].eq("aim") & table["core"], "label"].tolist()
    ['What will be better', 'For whom', 'Where', 'From', 'To', 'By when']
    """
    rows = [
        (
            model.kind,
            model.title,
            BY_SLUG[model.step].number,
            question.name,
            question.label,
            question.help,
            question.core,
            question.input,
            ", ".join(value for value, _ in question.choices),
            question.limit,
        )
        for model in MODELS.values()
        for question in model.fields()
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype({"limit": "Int64"})
