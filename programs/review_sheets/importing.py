"""Review sheets into the records: one run, one transaction, one job."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from records.changes import content_write
from spreadsheets.models import ImportJob
from spreadsheets.tables import Authorship
from values.messages import Translate

from ..models.lineage import leads_back
from .chaining.chains import Chains
from .chaining.lineages import descents
from .chaining.linking import link
from .chaining.summary import summarize
from .planning import Planner, ProgramPlan
from .recognition import recognize
from .records import RESOURCE, Records, load_records, remembered_sheets
from .storing import Store, source_code
from .tables.layouts import OFFICIAL, Layout
from .tables.ministries import MINISTRIES
from .tables.notices import RunNotices
from .tables.reading import read_review_sheets
from .tables.refusals import ReviewSheetError, ReviewSheetsRefused
from .tables.review_sheet import ReviewSheet
from .tables.table_file import TableFile, combined_sha256

KINDS = (
    "programs",
    "names",
    "identifiers",
    "budgets",
    "lineages",
    "organizations",
    "sources",
)


@dataclass
class Done:
    """What a run did, or would do. Counts of records by kind; `job` is None if none was needed."""

    job: int | None
    new: Counter[str]
    changed: Counter[str]
    unchanged: Counter[str]
    rows: dict[str, int]
    sheets: int
    chains: int
    notices: RunNotices

    def as_json(self, translate: Translate = str) -> dict:
        return {
            "job": self.job,
            "new": self.new.total(),
            "changed": self.changed.total(),
            "unchanged": self.unchanged.total(),
            "errors": [],
            "warnings": self.notices.as_json(translate),
            "sheets": self.sheets,
            "budget_rows": self.rows.get("budgets", 0),
            "programs_in_file": self.chains,
            "records": {
                kind: {
                    "new": self.new[kind],
                    "changed": self.changed[kind],
                    "unchanged": self.unchanged[kind],
                }
                for kind in KINDS
            },
        }


def import_review_sheets(
    sheets_table: TableFile,
    budgets_table: TableFile,
    *,
    now: datetime,
    dry_run: bool,
    progress: Callable[[str, int], None],
) -> Done:
    """Bring all sheets of the two tables into the records; a second run changes nothing.

    Raises ReviewSheetsRefused; then, and with `dry_run`, nothing is written.
    """
    reading = read_review_sheets(sheets_table, budgets_table, progress)
    with transaction.atomic():
        records = load_records()
        progress("link", len(reading.sheets))
        sheets = reading.sheets + remembered_sheets(records, reading.sheets)
        for place, sheet in enumerate(sheets):
            if (program := records.identifiers.get(sheet.identifier)) is not None:
                sheets[place] = sheet.of_program(program)
        chains = link(sheets, reading.notices)
        run = _Run(records, chains, reading.notices, reading.layout)
        run.plan(sheets_table.name, progress)
        done = run.done(reading.rows, len(reading.sheets))
        if (done.new.total() or done.changed.total()) and not dry_run:
            done.job = run.write(sheets_table, budgets_table, done, now, progress)
            progress("commit", done.new.total() + done.changed.total())
    return done


class _Run:
    def __init__(
        self, records: Records, chains: Chains, notices: RunNotices, layout: Layout
    ) -> None:
        self.records, self.chains, self.notices = records, chains, notices
        self.layout = layout
        self.planner = Planner(records, notices)
        self.plans: list[ProgramPlan] = []
        self.lineages: list[tuple[ProgramPlan, ProgramPlan, str, ReviewSheet]] = []

    def plan(self, file: str, progress: Callable) -> None:
        """Plan each chain that the file has a sheet of."""
        owners = recognize(self.chains, self.records, self.notices)
        summaries, chain_ids = [], []
        for members in self.chains.all():
            in_file = [s for at in members if not (s := self.chains.sheets[at]).is_remembered]
            if in_file:
                chain = self.chains.chain_of(members[0])
                summaries.append(summarize(in_file, owners.get(chain), self.notices))
                chain_ids.append(chain)
        named = {summary.latest.ministry for summary in summaries}
        self.ministries = sorted(named - self.records.organizations.keys())
        self.unnamed = sorted(named & self.records.without_english & MINISTRIES.keys())
        self._refuse_unknown_ministries(file, summaries)
        self.years = sorted({sheet.year for summary in summaries for sheet in summary.sheets})
        self.plans = self.planner.plans(summaries, progress)
        self._plan_lineages(dict(zip(chain_ids, self.plans, strict=True)))

    def _refuse_unknown_ministries(self, file: str, summaries) -> None:
        known = self.records.organizations.keys() | MINISTRIES.keys()
        errors = [
            ReviewSheetError.because("ministry.unknown", sheet.ministry).at(
                file=file, line=sheet.line, heading=self.layout.sheets["ministry"]
            )
            for summary in summaries
            for sheet in summary.sheets
            if sheet.ministry not in known
        ]
        if errors:
            raise ReviewSheetsRefused(sorted(errors, key=lambda error: error.line))

    def _plan_lineages(self, plan_of: dict[int, ProgramPlan]) -> None:
        """Add what the pointers tell, unless the records say it or it would close a circle."""
        edges = [(("pk", origin), ("pk", result)) for origin, result in self.records.lineages]
        known = set(edges)
        for descent in descents(self.chains, self.notices):
            origin = plan_of.get(self.chains.chain_of(descent.origin))
            result = plan_of.get(self.chains.chain_of(descent.result))
            if origin is None or result is None:
                continue
            edge = (_node_of(origin), _node_of(result))
            if edge in known or edge[0] == edge[1]:
                self.planner.unchanged["lineages"] += 1
            elif leads_back(edges, edge[1], edge[0]):
                self.notices.add("lineage.cycle", str(self.chains.sheets[descent.result]))
            else:
                edges.append(edge)
                known.add(edge)
                sheet = self.chains.sheets[descent.result]
                self.lineages.append((origin, result, descent.kind, sheet))

    @property
    def new_sources(self) -> list[tuple[str, dict]]:
        return [
            (code, _source_facts(year, self.layout))
            for year in self.years
            if (code := source_code(year)) not in self.records.sources
        ]

    def done(self, rows: dict[str, int], sheets: int) -> Done:
        plans = self.plans
        existing = [plan for plan in plans if not plan.is_new]
        return Done(
            job=None,
            new=Counter(
                programs=len(plans) - len(existing),
                names=sum(len(plan.names) for plan in plans),
                identifiers=sum(len(plan.identifiers) for plan in plans),
                budgets=sum(len(plan.budgets) for plan in plans),
                lineages=len(self.lineages),
                organizations=len(self.ministries),
                sources=len(self.new_sources),
            ),
            changed=Counter(
                programs=sum(bool(plan.values) for plan in existing),
                names=sum(len(plan.widened_names) for plan in plans),
                budgets=sum(len(plan.changed_budgets) for plan in plans),
                organizations=len(self.unnamed),
            ),
            unchanged=self.planner.unchanged,
            rows=rows,
            sheets=sheets,
            chains=len(plans),
            notices=self.notices,
        )

    def write(
        self,
        sheets_table: TableFile,
        budgets_table: TableFile,
        done: Done,
        now: datetime,
        progress: Callable,
    ) -> int:
        job = ImportJob.objects.create(
            resource=RESOURCE,
            state=ImportJob.State.APPLIED,
            applied_at=now,
            filename=f"{sheets_table.name} + {budgets_table.name}"[:255],
            sha256=combined_sha256([sheets_table, budgets_table]),
            counts={
                "new": done.new.total(),
                "changed": done.changed.total(),
                "unchanged": done.unchanged.total(),
            },
        )
        authorship = Authorship(job_id=job.pk, user_id=None, now=now)
        with content_write(job_id=job.pk):
            Store(self.records, authorship, progress).write(
                self.plans, self.lineages, self.ministries, self.unnamed, self.new_sources
            )
        return job.pk


def _node_of(plan: ProgramPlan) -> tuple[str, int]:
    """Return what names a programme before it has a primary key."""
    return ("plan", id(plan)) if plan.pk is None else ("pk", plan.pk)


def _source_facts(year: int, layout: Layout) -> dict:
    publisher = "内閣官房（行政事業レビュー）"
    if layout is OFFICIAL:
        return {
            "title": f"行政事業レビューシート {year}年度公開分（RSシステム）",
            "publisher": publisher,
            "url": "https://rssystem.go.jp/",
            "note": "表1-2（事業概要等）と2-1（予算・執行）の合計欄。金額は円。",
        }
    return {
        "title": f"行政事業レビューシート {year}年度公開分（judgit/data）",
        "publisher": publisher,
        "url": "https://github.com/judgit/data",
        "licence": "CC BY 4.0",
        "note": "「行政事業レビューシートの主要事項のデータベース」を加工したもの。"
        "2023年11月14日の版（73e78f59）。原典 https://www.gyoukaku.go.jp/review/review.html",
    }
