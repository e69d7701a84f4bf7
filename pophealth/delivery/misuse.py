"""What a person is told when a command was used wrongly."""

from pophealth.workspace.errors import Problem


class Misuse(Problem):
    """Something was asked for that does not exist or does not fit; the command line ends with 2."""
