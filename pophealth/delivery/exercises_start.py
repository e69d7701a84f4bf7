"""The exercises of START: what the reader's own path says, a hint, and a word when it is right."""

from typing import Any


def _share(book: Any) -> int:
    return round(100 * book.path()["status"].eq("done").mean())


def _in_a_row(book: Any) -> int:
    return int(book.path()["status"].eq("done").cumprod().sum())


EXERCISES = {
    "start-share": (
        _share,
        "Compare the column status with “done”, take the mean, and multiply by 100.",
        "A mean of true and false is a share. You will meet it again in step 9.",
    ),
    "start-row": (
        _in_a_row,
        "True times true stays true: cumprod keeps the ones until the first step that is not done.",
        "Steps may be done in any order. This only tells where the first gap is.",
    ),
}
