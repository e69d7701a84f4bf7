"""Writers that get in each other's way or are killed; a program, so that it can fork without threads."""

import json
import os
import random
import select
import signal
import sqlite3
import sys
import time
from contextlib import closing
from pathlib import Path

from pophealth.workspace.errors import Problem
from pophealth.workspace.records import Aim, Storyboard
from pophealth.workspace.store import Conflict, Workspace

FIELDS = ("what", "population", "place", "purpose", "owner", "made_with")


def write_against_others(folder, writer, saves):
    book = Workspace.open(folder, user=f"w{writer}").team("gull-harbor")
    seen, field, found = book.get("aim"), FIELDS[writer % len(FIELDS)], []
    for number in range(saves):
        value = f"{writer}-{number}"
        body = (seen.body if seen else {}) | {field: value}
        based_on = seen.revision if seen else 0
        try:
            saved = book.save(Aim.draft(body), based_on=based_on)
            seen, outcome = saved.entry, "merged" if saved.merged else "accepted"
        except Conflict as conflict:
            seen, outcome = conflict.theirs_entry, "refused"
        except Problem as problem:
            found.append(("locked", field, value, 0, str(problem)))
            continue
        found.append((outcome, field, value, seen.revision, ""))
    return found


def writers(folder, count, saves):
    children = {}
    for writer in range(count):
        child = os.fork()
        if not child:
            found = write_against_others(folder, writer, saves)
            Path(folder, f"writer-{writer}.json").write_text(json.dumps(found))
            os._exit(0)
        children[child] = writer
    codes = [os.waitpid(child, 0)[1] for child in children]
    return {"codes": codes}


def write_until_killed(book, turn, acknowledged):
    newest = book.get("storyboard")
    revision = newest.revision if newest else 0
    for number in range(10_000):
        saved = book.save(Storyboard.draft({"headline": f"{turn}-{number}"}), based_on=revision)
        revision = saved.entry.revision
        os.write(acknowledged, f"{revision} {turn}-{number}\n".encode())


def kill_one(book, turn, after):
    listen, tell = os.pipe()
    child = os.fork()
    if not child:
        write_until_killed(book, turn, tell)
    os.close(tell)
    if turn % 2:
        select.select([listen], [], [], 10)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(listen) as heard:
        lines = heard.read().splitlines(keepends=True)
    return dict(line.split() for line in lines if line.endswith("\n"))


def kills(folder, count):
    chance, acknowledged, lost, damaged = random.Random(20210630), 0, 0, 0
    book = Workspace.open(folder, user="w0").team("gull-harbor")
    book.save(Storyboard.draft({"headline": "before"}), based_on=0)
    for turn in range(count):
        told = kill_one(book, turn, chance.uniform(0.001, 0.04))
        with closing(sqlite3.connect(Path(folder, "workspace.sqlite"))) as connection:
            rows = connection.execute(
                "SELECT revision, body FROM entries WHERE kind = 'storyboard'"
            ).fetchall()
            damaged += connection.execute("PRAGMA integrity_check").fetchone() != ("ok",)
        kept = {str(revision): json.loads(body)["headline"] for revision, body in rows}
        acknowledged += len(told)
        lost += sum(kept.get(revision) != headline for revision, headline in told.items())
    return {"acknowledged": acknowledged, "lost": lost, "damaged": damaged, "rows": len(rows)}


if __name__ == "__main__":
    task, folder, *numbers = sys.argv[1:]
    sys.stdout.write(json.dumps({"writers": writers, "kills": kills}[task](folder, *map(int, numbers))))
