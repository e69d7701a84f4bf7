"""Texts that try to become part of a page, and a team that wrote one into every place a person can write."""

from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Any

import pandas as pd

from pophealth.stats.identifiers import find_identifiers
from pophealth.workspace.records import MODELS
from pophealth.workspace.store import TeamBook, Workspace
from tests.delivery.teams import write

HOST = "canary.test"
SCRIPT = "alert(1)"
PAYLOADS = (
    f"<script data-canary>{SCRIPT}</script>",
    f"</script><script data-canary>{SCRIPT}</script>",
    f"</style><script data-canary>{SCRIPT}</script>",
    f"</title><script data-canary>{SCRIPT}</script>",
    f"</textarea><script data-canary>{SCRIPT}</script>",
    f"--><script data-canary>{SCRIPT}</script><!--",
    f"]]><script data-canary>{SCRIPT}</script>",
    f"<ScRiPt data-canary>{SCRIPT}</sCrIpT>",
    f"<script/data-canary src=https://{HOST}/a.js></script>",
    f"<script data-canary type=module>import 'https://{HOST}/b.js'</script>",
    f"<img data-canary src=x onerror={SCRIPT}>",
    f"<img data-canary src=https://{HOST}/c.png>",
    f'"><img data-canary src=x onerror={SCRIPT}>',
    f"'><img data-canary src=x onerror={SCRIPT}>",
    f"<img data-canary/src=x/onerror={SCRIPT}>",
    f"<img data-canary src='x' onerror\n=\n{SCRIPT}>",
    f"<<img data-canary src=x onerror={SCRIPT}>",
    f"<svg data-canary onload={SCRIPT}>",
    f"<svg><script data-canary>{SCRIPT}</script></svg>",
    f"<svg><animate data-canary onbegin={SCRIPT} attributeName=x dur=1s></svg>",
    f"<svg><use data-canary href=//{HOST}/d.svg#a /></svg>",
    f"<math><mtext></mtext><img data-canary src=x onerror={SCRIPT}></math>",
    f"<iframe data-canary src=javascript:{SCRIPT}></iframe>",
    f"<iframe data-canary srcdoc='<script>parent.{SCRIPT}</script>'></iframe>",
    f"<object data-canary data=https://{HOST}/e.swf></object>",
    f"<embed data-canary src=https://{HOST}/f.swf>",
    f"<link data-canary rel=stylesheet href=https://{HOST}/g.css>",
    f"<style data-canary>@import 'https://{HOST}/h.css';</style>",
    f"<style data-canary>body{{background:url(//{HOST}/i.png)}}</style>",
    f"<base data-canary href=https://{HOST}/>",
    f"<meta data-canary http-equiv=refresh content='0;url=https://{HOST}/j'>",
    f"<a data-canary href=javascript:{SCRIPT}>click</a>",
    f"<a data-canary href='java&#115;cript:{SCRIPT}'>click</a>",
    f"<form data-canary action=https://{HOST}/k><button>go</button></form>",
    f"<input data-canary autofocus onfocus={SCRIPT}>",
    f"<details data-canary open ontoggle={SCRIPT}>",
    f"<body data-canary onload={SCRIPT}>",
    f"<video data-canary><source onerror={SCRIPT}></video>",
    f"<audio data-canary src=https://{HOST}/l.mp3 autoplay>",
    f"<marquee data-canary onstart={SCRIPT}>",
    f"<select data-canary autofocus onfocus={SCRIPT}>",
    f"<table data-canary background=https://{HOST}/m.png>",
    f'" onmouseover="{SCRIPT}" data-canary="',
    f"' onmouseover='{SCRIPT}' data-canary='",
    f'" autofocus onfocus="{SCRIPT}" data-canary="',
    f"` onmouseover=`{SCRIPT}` data-canary=`",
    f"x onmouseover={SCRIPT} data-canary",
    f"javascript:{SCRIPT}",
    f"data:text/html,<script data-canary>{SCRIPT}</script>",
    f"https://{HOST}/n",
    f"![n](https://{HOST}/o.png)",
    f"[n](javascript:{SCRIPT})",
    f"$$\\href{{javascript:{SCRIPT}}}{{n}}$$",
    "{{ 7 * 191 }}{% raw %}",
    "${7 * 191}#{7 * 191}<%= 7 * 191 %>",
    f"\u202e<img data-canary src=x onerror={SCRIPT}>\u2066",
    f"<\u0000img data-canary src=x onerror={SCRIPT}>",
    f"＜img data-canary src=x onerror={SCRIPT}＞",
    f"&lt;img data-canary src=x onerror={SCRIPT}&gt;",
    f"&#60;img data-canary src=x onerror={SCRIPT}&#62;",
    f"\\x3cimg data-canary src=x onerror={SCRIPT}\\x3e",
    f"<img data-canary src=x onerror={SCRIPT} <b title='",
    f"<x-canary data-canary style=animation-name:x onanimationstart={SCRIPT}>",
)
TEXTS = ("text", "long")
TEAM = "hostile"
STRATA = (
    f"<img data-canary src=p onerror={SCRIPT}>",
    f"</text><script data-canary>{SCRIPT}</script>",
)
STRATIFIER = f"<b data-canary onclick={SCRIPT}>"
MADE_BY_US = {
    "measure": {"chart": "p", "better": "higher", "family": "outcome"},
    "aim": {"baseline": "41", "target": "60", "by_when": "2026-12-31", "equity_target": "60"},
    "test": {
        "start": "2024-09-10",
        "end": "2024-09-20",
        "scale": "3",
        "measure": "visits",
        "decision": "adopt",
    },
    "adjustment": {"measure": "visits", "change": "leave out", "start": "2024-03", "end": "2024-04"},
    "agreement": {"state": "agreed", "date": "2024-01-31"},
    "exchange": {"sort": "ask"},
    "priority": {"portfolio": "social", "decision": "join", "money": "none", "deadline": "2024-11-30"},
    "anchor": {"sort": "hire"},
    "driver": {"level": "primary"},
    "score": {"by": "team", "value": "2.5", "month": "2024-10"},
    "ladder": {"month": "2024-10", "invited": "9", "answers": "7 9\n5 6\n2 3"},
    "staff": {"month": "2024-10"},
    "conversation": {"month": "2024-10", "consent": True},
    "cause": {
        "pillar": "integrated care",
        "numbers": "supports",
        "staff": "silent",
        "people": "contradicts",
    },
    "focus": {
        "measure": "visits",
        "stratifier": STRATIFIER,
        "stratum": STRATA[0],
        "reference": STRATA[1],
    },
}


def build(folder: Path) -> Workspace:
    """Make a made-up workspace where each text field of each kind of record, and each name, is hostile."""
    texts = cycle(PAYLOADS)
    workspace = Workspace.create(folder, community=PAYLOADS[2], made_up=True)
    book = workspace.add_team(TEAM, PAYLOADS[12], sort=PAYLOADS[10], note=PAYLOADS[11])
    workspace.add_team("plain", "Plain Team")
    workspace.add_person("coach", PAYLOADS[17], "coach", (TEAM,), PAYLOADS[22])
    for _ in range(2):
        for kind, model in MODELS.items():
            for number in range(2 if model.many else 1):
                _record(book, kind, number, texts)
    _counts(book, texts)
    return workspace


def _record(book: TeamBook, kind: str, number: int, texts: Iterator[str]) -> None:
    model = MODELS[kind]
    key = ("visits" if kind == "measure" and not number else f"{kind}-{number}") if model.many else ""
    asked = [question.name for question in model.fields() if question.input in TEXTS]
    values: dict[str, Any] = {name: next(texts) for name in asked} | MADE_BY_US.get(kind, {})
    if kind == "measure":
        values["lead"] = not number
    if kind == "rating":
        values["answers"] = dict.fromkeys(_statements(), 2)
    if number:
        unread = [question for question in model.fields() if question.input in ("number", "date", "month")]
        values |= {question.name: next(texts) for question in unread}
    there = book.get(kind, key)
    if there is None:
        write(book, kind, key, shared=not model.private, **values)
    else:
        book.save(model.draft(values, key), based_on=there.revision)


def _statements() -> list[str]:
    from pophealth.workspace.instrument import example

    return [statement.name for statement in example().statements]


def _counts(book: TeamBook, texts: Iterator[str]) -> None:
    """Bring counts with every text that the door for counts lets in: an address of a page is turned away."""
    texts = (text for text in texts if find_identifiers(pd.DataFrame({"note": [text]})).empty)
    rows = []
    for number, month in enumerate(pd.date_range("2023-01-01", periods=24, freq="MS")):
        for place, stratum in enumerate(("", *STRATA)):
            of = 200 if place == 0 else 100
            split = STRATIFIER if stratum else ""
            counted = of // 2 + 5 * (place - 1) + number * of // 100
            rows.append(("visits", month, counted, of, float("nan"), split, stratum, next(texts)))
    columns = ["measure", "period", "numerator", "denominator", "value", "stratifier", "stratum", "note"]
    book.import_counts(pd.DataFrame(rows, columns=columns), file_name=PAYLOADS[13], sha256="0" * 64)
