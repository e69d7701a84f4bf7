"""What a team and its coach talked over, as both see it: asked, agreed, next."""

from pophealth.views import theme
from pophealth.views.markup import Html
from pophealth.workspace.entries import Entry
from pophealth.workspace.records import Note
from pophealth.workspace.store import TeamBook


def notes(book: TeamBook, *, empty: tuple[str, str]) -> Html:
    """Show the notes of calls with a team, the latest first.

    Parameters
    ----------
    book : TeamBook
        Bound to whoever looks; only notes she may read.
    empty : tuple of str
        What will stand here, and what to do next.

    Returns
    -------
    Html
        A card for each note.
    """
    entries = sorted(book.list("note"), key=lambda entry: entry.saved_at, reverse=True)
    cards = [_card(entry, book.name_of(entry.author)) for entry in entries]
    return theme.join(*cards) if cards else theme.empty(*empty)


def _card(entry: Entry, who: str) -> Html:
    note, day = entry.record, entry.saved_at
    if not isinstance(note, Note):
        return theme.join()
    rows = [("Asked", note.asked), ("Agreed", note.agreed), ("Next", note.next), ("Also", note.text)]
    title = f"{note.about} · {who}, {day:%B} {day.day}, {day.year}"
    return theme.record_table(title, [row for row in rows if row[1]])
