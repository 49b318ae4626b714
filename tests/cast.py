"""A named cast: a few records of each kind, as they are in the real world, for any test to use."""

from types import SimpleNamespace

from chapters.models import Chapter, Edition, Footnote, Section
from programs.models import (
    Lineage,
    Organization,
    Program,
    ProgramIdentifier,
    ProgramName,
    Source,
    Theme,
    Tier,
    TierScheme,
    YearlyBudget,
)
from timeline.models import Event, EventName, Timeline, TimelineRow
from values.partial_date_text import PartialDate


def cast():
    """Create the cast and return it as a namespace: jst, satreps, g20, chapter, …"""
    review = Source.objects.create(
        code="review-2016",
        title="行政事業レビューシート 平成28年度",
        publisher="文部科学省",
        url="https://example.go.jp/review/2016.xlsx",
        licence="CC BY 4.0",
        published_on="2016-09-30",
        accessed_on="2024-03-01",
        note="公開日は表紙による。\n様式は年度ごとに変わる。",
    )
    theme = Theme.objects.create(code="TH28", name_ja="国際化", name_en="Internationalisation")
    mext = Organization.objects.create(
        code="mext",
        name_ja="文部科学省",
        name_en="Ministry of Education, Culture, Sports, Science and Technology",
        short_name="MEXT",
        corporate_number="7000012060001",
    )
    jst = Organization.objects.create(
        code="jst",
        name_ja="科学技術振興機構",
        name_en="Japan Science and Technology Agency",
        short_name="JST",
        corporate_number="4030005012570",
        parent=mext,
    )
    satreps = Program.objects.create(
        code="satreps",
        name_ja="地球規模課題対応国際科学技術協力プログラム",
        name_en="Science and Technology Research Partnership for Sustainable Development",
        abbreviation="SATREPS",
        summary_ja="開発途上国の研究者と、\n地球規模の課題に取り組む。",
        lead_organization=jst,
        start_fiscal_year=2008,
        end_state="ongoing",
        has_own_budget=False,
        official_url="https://www.jst.go.jp/global/",
        source=review,
    )
    satreps.organizations.set([jst, mext])
    satreps.themes.set([theme])
    iter_project = Program.objects.create(
        code="iter",
        name_ja="ITER（国際熱核融合実験炉）計画等の実施",
        name_en="ITER Project",
        abbreviation="ITER",
        lead_organization=mext,
        start_fiscal_year=2007,
        end_state="ongoing",
        source=review,
    )
    bilateral = Program.objects.create(
        code="bilateral",
        name_ja="戦略的国際科学技術協力推進事業",
        lead_organization=jst,
        start_fiscal_year=2003,
        end_fiscal_year=2014,
        end_state="known",
    )
    sicorp = Program.objects.create(
        code="sicorp",
        name_ja="戦略的国際共同研究プログラム",
        abbreviation="SICORP",
        lead_organization=jst,
        start_fiscal_year=2009,
    )
    ProgramName.objects.create(
        program=iter_project, kind="popular", name="イーター", first_fiscal_year=2007, source=review
    )
    ProgramName.objects.create(program=satreps, kind="misprint", name="ＳＡＴＲＥＰ")
    ProgramIdentifier.objects.create(
        program=iter_project,
        scheme="review_sheet",
        value="文部科学省/0281",
        fiscal_year=2016,
        source=review,
    )
    ProgramIdentifier.objects.create(program=iter_project, scheme="rs_system", value="002345")
    Lineage.objects.create(
        from_program=bilateral, to_program=sicorp, kind="succeeded", fiscal_year=2015, source=review
    )
    YearlyBudget.objects.create(
        program=iter_project,
        fiscal_year=2016,
        basis="initial",
        amount_yen=22_384_000_000,
        reported_unit="million_yen",
        source=review,
        source_locator="シート0281",
    )
    YearlyBudget.objects.create(
        program=iter_project,
        fiscal_year=2016,
        basis="carried_out",
        amount_yen=-1_234_000_000,
        reported_unit="million_yen",
    )
    g20 = Event.objects.create(
        code="g20-osaka-2019",
        name_ja="G20大阪サミット",
        name_en="G20 Osaka Summit",
        kind="meeting",
        date=PartialDate(2019, 6, 28),
        end_date=PartialDate(2019, 6, 29),
        url="https://www.mofa.go.jp/g20/",
        source=review,
    )
    g20.organizations.set([mext])
    ticad = Event.objects.create(
        code="ticad7-proposal",
        name_ja="TICAD7に向けた提言",
        kind="document",
        date=PartialDate(2019, 3),
        program=satreps,
    )
    Event.objects.create(
        code="sti-envoy",
        name_ja="科学技術外交の助言者の任命",
        kind="appointment",
        date=PartialDate(2015),
        stated_fiscal_year=2015,
        fiscal_year_reason="任命は9月と報じられた。",
    )
    EventName.objects.create(event=g20, name="大阪G20", source=review)
    scheme = TierScheme.objects.create(code="three-tiers", name_ja="三区分", name_en="Three tiers")
    Tier.objects.create(
        scheme=scheme,
        letter="A",
        label_ja="50億円以上",
        lower_bound_yen=5_000_000_000,
        is_lower_bound_included=True,
    )
    Tier.objects.create(
        scheme=scheme, letter="B", label_ja="10億円超50億円未満", lower_bound_yen=1_000_000_000
    )
    timeline = Timeline.objects.create(
        slug="kokusai",
        title_ja="国際活動の年表",
        title_en="International activities",
        first_fiscal_year=2016,
        last_fiscal_year=2022,
        tier_scheme=scheme,
    )
    TimelineRow.objects.create(timeline=timeline, position=1, printed_label="施策等")
    TimelineRow.objects.create(
        timeline=timeline,
        position=2,
        group="施策等",
        printed_label="ITER計画",
        program=iter_project,
    )
    TimelineRow.objects.create(
        timeline=timeline,
        position=3,
        group="出来事",
        event=ticad,
        note="提言は2019年3月。\u3000年度では2018年度。",
    )
    edition = Edition.objects.create(code="2023", title_ja="2023年版", title_en="2023 edition")
    chapter = Chapter.objects.create(
        edition=edition,
        number=9,
        slug="kokusai",
        title_ja="国際活動",
        title_en="International Activities",
        lead_ja="この章は国際活動を扱う。",
        timeline=timeline,
    )
    Section.objects.create(
        chapter=chapter,
        position=1,
        heading_ja="共同研究",
        anchor="joint-research",
        body_ja="[SATREPS](program:satreps)は2008年度に始まった[^satreps]。",
    )
    Section.objects.create(
        chapter=chapter,
        position=2,
        heading_ja="国際会議",
        anchor="meetings",
        body_ja="[G20大阪サミット](event:g20-osaka-2019)が開かれた[^g20]。",
    )
    Footnote.objects.create(chapter=chapter, key="satreps", body_ja="JSTの**公式サイト**による。")
    Footnote.objects.create(
        chapter=chapter, key="g20", body_ja="=引用で始まる注。\n2行目。", body_en="- a dash"
    )
    return SimpleNamespace(
        review=review,
        theme=theme,
        mext=mext,
        jst=jst,
        satreps=satreps,
        iter=iter_project,
        bilateral=bilateral,
        sicorp=sicorp,
        g20=g20,
        ticad=ticad,
        scheme=scheme,
        timeline=timeline,
        edition=edition,
        chapter=chapter,
    )
