"""People in the register, money in a fund, and the files of the other side, by another writer."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from pathlib import Path

import polars as pl
from django.utils import timezone

from jaring.cycle.models import Step
from jaring.decide.models import Decision
from jaring.enrolment import actions
from jaring.facts.month import Month
from jaring.facts.region import region
from jaring.funding import actions as funding
from jaring.people.models import Person
from jaring.tables import secrets
from jaring.tables.frames import copy_in, read
from jaring.world import papers

FULL = 16_800
DESA = "52.03.07.1001"
APRIL = Month(2026, 4)


def sealed(people: pl.DataFrame) -> pl.DataFrame:
    """``nik, name, birth_date, sex, desa_code`` as rows of the register; with ``person_id`` again."""
    ids = [str(uuid.uuid5(uuid.NAMESPACE_OID, nik)) for nik in people["nik"]]
    contexts = pl.Series([f"people.person:{one}:nik" for one in ids])
    rows = people.select("name", "birth_date", "sex", "desa_code").with_columns(
        pl.Series("public_id", ids),
        secrets.blind_column(people["nik"], "nik").alias("nik_bi"),
        secrets.encrypt_column(people["nik"], contexts).alias("nik_ct"),
        kecamatan_code=pl.col("desa_code").str.slice(0, 8),
        first_seen=pl.lit("2024-01-01 00:00:00+00"),
    )
    copy_in(rows, Person)
    found = read("SELECT id AS person_id, public_id FROM people_person")
    return people.with_columns(pl.Series("public_id", ids)).join(found, on="public_id", maintain_order="left")


def made_up(count: int, first: int = 1) -> pl.DataFrame:
    """People with valid NIKs, all of one desa."""
    born = dt.date(1980, 1, 1)
    return pl.DataFrame(
        {
            "nik": [f"520307010180{n:04d}" for n in range(first, first + count)],
            "name": [f"AMAQ UJI {'ABCDEFGHIJ'[n % 10]}{'KLMNOPQRST'[n // 10 % 10]}" for n in range(count)],
            "birth_date": [born] * count,
            "sex": ["L"] * count,
            "desa_code": [DESA] * count,
        }
    )


def load_fund(folder: Path, code: str, source: str, year: int, budget: int, months: tuple[int, int]) -> None:
    """A budget file of one row, through the room's own door."""
    header = ["KODE DANA", "SUMBER", "TAHUN", "PAGU", "BULAN MULAI", "BULAN SELESAI", "DOKUMEN"]
    row = (
        code,
        source,
        str(year),
        str(budget),
        f"{year}-{months[0]:02d}",
        f"{year}-{months[1]:02d}",
        f"DPA {code}",
    )
    path = folder / f"dpa-{code}.xlsx"
    papers.book(path, {"anggaran": (header, [row])})
    funding.load_budgets(path, by="anggaran")


def awarded(month: Month, person_ids: Sequence[int], source: str, months: int, price: int = FULL) -> None:
    """The waterfall over these people, proposed by one and approved by another."""
    offered = candidates(person_ids, source, months, price)
    funding.approve(funding.propose(month, offered, by="pengusul"), by="sekda")


def candidates(person_ids: Sequence[int], source: str, months: int, price: int = FULL) -> pl.DataFrame:
    """These people in their order, each for so many months of one source."""
    return pl.DataFrame(
        {
            "person_id": list(person_ids),
            "desa_code": [DESA] * len(person_ids),
            "rank": list(range(1, len(person_ids) + 1)),
            "already_source": pl.Series([None] * len(person_ids), dtype=pl.String),
            "source": [source] * len(person_ids),
            "segment": ["petani_tembakau"] * len(person_ids),
            "kind": ["bpu"] * len(person_ids),
            "programmes": ["jkk+jkm"] * len(person_ids),
            "base_idr": [1_000_000] * len(person_ids),
            "prices_idr": [[price] * months] * len(person_ids),
        }
    )


def sent(outbox: Path) -> pl.DataFrame:
    """Every line of the files in the outbox, as the insurer reads them."""
    parts = []
    for path in sorted(outbox.rglob("batch-*.xlsx")):
        head = papers.table(path, "kendali", papers.BATCH).row(0, named=True)
        lines = papers.table(path, "peserta", papers.PERSONS)
        assert int(head["JUMLAH ORANG"]) == lines.height
        assert int(head["JUMLAH IURAN"]) == lines["IURAN"].cast(pl.Int64).sum()
        parts.append(lines.with_columns(batch=pl.lit(head["NOMOR BATCH"]), wadah=pl.lit(head["WADAH"])))
    return pl.concat(parts)


Said = tuple[str, str, str | None, str | None, str | None]


def answer(
    path: Path, batch: str, said: Sequence[Said], totals: tuple[int, int, int, int] | None = None
) -> Path:
    """An answer file; ``totals`` only when they shall not be those of the lines."""
    status = [row[1].upper() for row in said]
    counted = (len(said), *(status.count(s) for s in ("DITERIMA", "DITOLAK", "DITUNDA")))
    papers.book(
        path,
        {
            "jawaban": (papers.ANSWER, said),
            "kendali": (papers.ANSWER_TOTALS, [(batch, *(totals or counted))]),
        },
    )
    return path


def bill(path: Path, rows: Sequence[tuple[str, str, str, int, int]], *, jkm: int = 6_800) -> Path:
    """A bill file of (number, wadah, month, people, price). ``jkm``: what of the price is JKM."""
    lines = [
        (
            number,
            "880123456789",
            wadah,
            month,
            people,
            people * (price - jkm),
            people * jkm,
            0,
            0,
            people * price,
        )
        for number, wadah, month, people, price in rows
    ]
    papers.book(path, {"tagihan": (papers.BILL, lines)})
    return path


def sp2d(path: Path, rows: Sequence[tuple[str, str, str, int]]) -> Path:
    papers.book(path, {"sp2d": (papers.SP2D, rows)})
    return path


def states(month: Month) -> dict[str, int]:
    """How many months of each state."""
    found = read(
        "SELECT state, count(*) AS n FROM enrolment_personmonth WHERE month = %s GROUP BY 1", [month.first]
    )
    return dict(found.iter_rows())


def decreed(folder: Path, count: int, month: Month = APRIL, months: int = 9) -> pl.DataFrame:
    """People with a fund of just their size, awarded and in a signed decree from ``month`` on."""
    people = sealed(made_up(count))
    load_fund(
        folder,
        "DBHCHT-2026",
        "dbhcht",
        2026,
        count * months * FULL,
        (month.number, month.number + months - 1),
    )
    awarded(month, people["person_id"].to_list(), "dbhcht", months)
    draft = actions.decree(month, by="staf")
    assert draft is not None
    actions.approve_decree(draft, by="bupati", date=month.first)
    return people


def delivered(month: Month, outbox: Path) -> pl.DataFrame:
    """The month's batches made, approved and read by the insurer."""
    actions.make_batches(month, by="staf")
    actions.approve_batches(month, outbox, region=region("lotim"), by="kabid")
    return sent(outbox / str(month))


def accepted(lines: pl.DataFrame, inbox: Path, month: Month) -> dict[str, int]:
    """The insurer accepts every line from ``month`` on."""
    for (number,), part in lines.partition_by("batch", as_dict=True).items():
        said = [(ref, "DITERIMA", None, None, str(month)) for ref in part["REFERENSI"]]
        answer(inbox / f"jawaban-{number}.xlsx", str(number), said)
    return actions.read_answers(inbox, by="staf")


def eligible(folder: Path, people: int) -> list[int]:
    """So many farmers whom the law allows, and a fund of just their size."""
    found = sealed(made_up(people))
    load_fund(folder, "DBHCHT-2026", "dbhcht", 2026, people * 9 * FULL, (4, 12))
    for person_id in found["person_id"]:
        Decision.objects.create(
            person_id=person_id,
            month=APRIL.first,
            version=1,
            law_digest="0" * 64,
            birth_date=dt.date(1980, 1, 1),
            sex="L",
            age_years=46,
            desa_code=DESA,
            kecamatan_code=DESA[:8],
            alive=True,
            moved=False,
            asn=False,
            abroad=False,
            segments=["petani_tembakau"],
            occupations=[],
            income_idr=1_000_000,
            facts_from="daftar petani",
            eligible=True,
            reasons=[],
            carried_on=False,
            segment="petani_tembakau",
            kind="bpu",
            programmes="jkk+jkm",
            articles="",
            warnings="",
        )
    Step.objects.create(
        month=APRIL.first, name="decide", order=3, done=True, seconds=1, finished_at=timezone.now(), by="uji"
    )
    return found["person_id"].to_list()
