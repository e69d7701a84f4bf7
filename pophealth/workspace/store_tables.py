"""The tables of a workspace file."""

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

TABLES = MetaData()
SETTINGS = Table(
    "settings", TABLES, Column("name", Text, primary_key=True), Column("value", Text, nullable=False)
)
TEAMS = Table(
    "teams",
    TABLES,
    Column("number", Integer, primary_key=True),
    Column("slug", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("sort", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("history", Boolean, nullable=False),
)
PEOPLE = Table(
    "people",
    TABLES,
    Column("number", Integer, primary_key=True),
    Column("user", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("role", Text, nullable=False),
)
PLACES = Table(
    "places",
    TABLES,
    Column("user", ForeignKey("people.user"), primary_key=True),
    Column("team", ForeignKey("teams.slug"), primary_key=True),
)
ENTRIES = Table(
    "entries",
    TABLES,
    Column("id", Integer, primary_key=True),
    Column("team", ForeignKey("teams.slug"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("based_on", Integer, nullable=False),
    Column("body", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("saved_at", Text, nullable=False),
    Column("shared", Boolean, nullable=False),
    Column("deleted", Boolean, nullable=False),
    Column("refused", Boolean, nullable=False),
    UniqueConstraint("team", "kind", "key", "revision"),
    sqlite_autoincrement=True,
)
IMPORTS = Table(
    "imports",
    TABLES,
    Column("id", Integer, primary_key=True),
    Column("team", ForeignKey("teams.slug"), nullable=False),
    Column("measure", Text, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("rows", Integer, nullable=False),
    Column("author", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("replaced_by", ForeignKey("imports.id")),
    UniqueConstraint("team", "sha256"),
    sqlite_autoincrement=True,
)
COUNTS = Table(
    "counts",
    TABLES,
    Column("id", Integer, primary_key=True),
    Column("import_id", ForeignKey("imports.id"), nullable=False),
    Column("team", ForeignKey("teams.slug"), nullable=False),
    Column("measure", Text, nullable=False),
    Column("definition", Integer, nullable=False),
    Column("period", Text, nullable=False),
    Column("numerator", Float),
    Column("denominator", Float),
    Column("value", Float),
    Column("stratifier", Text, nullable=False),
    Column("stratum", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("replaced_by", ForeignKey("imports.id")),
    Index("counts_of_a_point", "team", "measure", "stratifier", "stratum", "period"),
    Index("counts_of_an_import", "import_id"),
)
