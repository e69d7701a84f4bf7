"""What others see of small numbers, in plain words: the rule a team chose, and what it does."""

from collections.abc import Sequence

from pophealth.views.phrases import listed, some

RULES = {
    "cms11": "no count of 1 to 10 (the Medicare rule)",
    "ons3": "no count of 1 or 2 (a British rule)",
    "opensafely": "no count of 1 to 7, and the rest by fives (the OpenSAFELY rule)",
}
JOINED = "Where one is too small, months are joined, or nothing is shown."
OWN_ONLY = "The team sees its own counts. Others see these groups once more people are counted."


def policy_sentence(policy: str | int, *, reason: str = "") -> str:
    """Say what others see of the small numbers of a measure.

    Parameters
    ----------
    policy
        The name of a rule of `stats.policies`, or the smallest count that may be shown.
    reason
        Why the team chose it.

    Returns
    -------
    str
        One sentence, or two where there is a reason.

    Examples
    --------
    >>> policy_sentence(6, reason="The rule of our county")
    'Once shared, others see no count of 1 to 5. Why: The rule of our county.'
    """
    why = reason.strip().rstrip(".")
    told = f" Why: {why}." if why else ""
    return f"Once shared, others see {_rule(policy)}.{told}"


def policies_told(rules: Sequence[tuple[str, str | int, str]]) -> tuple[str, ...]:
    """Say for several measures what others see of their small numbers, each rule once.

    Parameters
    ----------
    rules
        Name of the measure, rule, and reason.

    Returns
    -------
    tuple of str
        A sentence or two for each rule, and at the end what is done where a number is too small.

    Examples
    --------
    >>> policies_told([("Waits", "cms11", ""), ("Falls", "cms11", "")])[0]
    'Once shared, others see no count of 1 to 10 (the Medicare rule).'
    """
    found: dict[str, list[str]] = {}
    for name, policy, reason in rules:
        found.setdefault(policy_sentence(policy, reason=reason), []).append(name)
    if len(found) < 2:
        return (*found, *_joined(rules))
    named = [f"{some(names, 'measure')}: {text[:1].lower()}{text[1:]}" for text, names in found.items()]
    return (*named, *_joined(rules))


def _rule(policy: str | int) -> str:
    if policy == "none":
        return "all counts, small ones too"
    if isinstance(policy, str):
        return RULES[policy]
    return "no count of 1" if policy == 2 else f"no count of 1 to {policy - 1}"


def _joined(rules: Sequence[tuple[str, str | int, str]]) -> tuple[str, ...]:
    return (JOINED,) if any(policy != "none" for _, policy, _ in rules) else ()


def left_out(splits: Sequence[str]) -> str:
    """Say which ways to split people are too small to show to others.

    Examples
    --------
    >>> left_out(["language", "everyone"]), left_out([])
    ('Too few to show: language and everyone together.', '')
    """
    names = ["everyone together" if name == "everyone" else name for name in splits]
    return f"Too few to show: {listed(names)}." if names else ""
