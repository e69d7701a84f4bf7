"""What a person is told when something cannot be done."""


class Problem(Exception):  # noqa: N818  it is shown to people, who know the word
    """One plain sentence for a person: what is wrong, where, and what to do."""
