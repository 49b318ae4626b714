"""What one reader's request costs: the addresses that cost most, on the full data.

The full data are the site's first content and the government's review sheets of eight years.
"""

import statistics
import time
from dataclasses import dataclass
from urllib.parse import quote

from django.db.models import Count
from django.template import Context, Engine
from django.test import Client

from programs.models import Program, Source
from tests.bench.fresh import cost

HUNDRED = "from=1990&to=2089"
WORD = quote("研究")
FIGURE = "/chapters/2023/kokusai/timeline"
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Question:
    """A request; {source} and {program} in its address are those with the most amounts."""

    label: str
    address: str
    body_kb: int = 0


QUESTIONS = (
    Question("home", "/"),
    Question("programmes", "/programs/"),
    Question("programmes, last page", "/programs/?page=last"),
    Question("programmes of a tier and year", "/programs/?tier=B&fiscal_year=2019"),
    Question("programmes, ten words", "/programs/?q=" + "+".join([WORD] * 10)),
    Question("programmes, 400 words", "/programs/?q=" + "+".join([WORD] * 400)),
    Question("programmes, 7,900 characters", "/programs/?q=" + "x" * 7_900),
    Question("programmes, a year of 800 characters", "/programs/?fiscal_year=" + WORD * 400),
    Question("programmes, a query that no field asks", "/programs/?x=" + "x" * 7_900),
    Question("a query too long", "/programs/?x=" + "x" * 1_000_000),
    Question("a hundred parameters", "/programs/timeline/?" + "&".join(["x=1"] * 100)),
    Question("timeline", "/programs/timeline/"),
    Question("timeline, 100 years", f"/programs/timeline/?{HUNDRED}"),
    Question("timeline, all rows", "/programs/timeline/?rows=all"),
    Question("timeline, all rows, 100 years", f"/programs/timeline/?rows=all&{HUNDRED}"),
    Question("timeline, all rows, last page", "/programs/timeline/?rows=all&page=last"),
    Question("timeline, all rows, 1 year", "/programs/timeline/?rows=all&from=2016&to=2016"),
    Question("timeline, all rows, 2 years", "/programs/timeline/?rows=all&from=2016&to=2017"),
    Question("timeline, all rows, executed", "/programs/timeline/?rows=all&basis=executed"),
    Question("timeline, all rows, with supplementary",
             "/programs/timeline/?rows=all&basis=with_supplementary"),
    Question("timeline, 400 words", "/programs/timeline/?q=" + "+".join([WORD] * 400)),
    Question("a programme of many amounts", "/programs/{program}/"),
    Question("its row, 100 years", f"/programs/{{program}}/row/?{HUNDRED}"),
    Question("a source of many amounts", "/sources/{source}/"),
    Question("its last page", "/sources/{source}/?page=last"),
    Question("events", "/events/"),
    Question("events, 400 words", "/events/?q=" + "+".join([WORD] * 400)),
    Question("a chapter", "/chapters/2023/kokusai/"),
    Question("its figure, 100 years", f"{FIGURE}/?{HUNDRED}"),
    *(
        Question(f"its figure as {kind}, 100 years", f"{FIGURE}.{kind}?{HUNDRED}")
        for kind in ("svg", "png", "xlsx", "csv", "json")
    ),
    Question("its figure as png", f"{FIGURE}.png"),
    Question("its figure as png, 20 years", f"{FIGURE}.png?from=2003&to=2022"),
    Question("a stranger's body of 200 KB", "/admin/login/", body_kb=200),
    Question("a stranger's body of 20 MB", "/admin/login/", body_kb=20_000),
)  # fmt: skip
PLAIN = """<ul>{% for program in programs %}<li>
<a href="/programs/{{ program.code }}/">{{ program.name_ja }}</a></li>{% endfor %}</ul>"""


def labels(_number: int) -> dict:
    return {"labels": [question.label for question in QUESTIONS]}


def answered(number: int) -> dict:
    """The cost of a question to a process that has answered others, beside a plain list's."""
    question = QUESTIONS[number]
    address = question.address.format(**_most_amounts()) if "{" in question.address else ""
    address = address or question.address
    client = Client(SERVER_NAME="localhost", raise_request_exception=False)
    for warm_up in ("/", "/programs/?page=2", "/admin/login/"):
        client.get(warm_up)
    plain_s = _plain_list_s()
    body = b"username=" + b"%E7" * (question.body_kb * 1_000 // 3 - 4)
    with cost() as taken:
        if question.body_kb:
            response = client.post(address, body, content_type=FORM)
        else:
            response = client.get(address)
        size = len(response.getvalue())
    return {
        **taken.as_dict,
        "address": address,
        "is_posted": bool(question.body_kb),
        "status": response.status_code,
        "size_mb": size / 1e6,
        "plain_s": plain_s,
    }


def _plain_list_s() -> float:
    """CPU seconds of what any Django site does: fifty rows by a template."""
    template, found = Engine().from_string(PLAIN), []
    for _time in range(9):
        started = time.process_time()
        template.render(Context({"programs": Program.objects.order_by("pk")[:50]}))
        found.append(time.process_time() - started)
    return statistics.median(found)


def _most_amounts() -> dict:
    return {
        "source": Source.objects.annotate(n=Count("budgets")).latest("n").pk,
        "program": Program.objects.annotate(n=Count("budgets")).latest("n").code,
    }
