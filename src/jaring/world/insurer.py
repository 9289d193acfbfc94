"""The stand-in insurer: reads batches, judges each line by the truth, answers (late or in part if asked)."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass
from pathlib import Path

import duckdb
import polars as pl

from jaring.facts import nik as forms
from jaring.facts.month import Month
from jaring.world import billing, papers
from jaring.world.rates import rate

TROUBLES = ("partial", "late", "duplicate")
#: Share of a batch left for later when an answer comes in part.
PENDING = 0.3
#: Below this likeness a name is another person's. Lists shorten and respell, so it is generous.
_LIKENESS = 0.7
_AGE_LIMIT = 65
#: The insurer's own book, beside its answers; without it it starts anew.
BOOK = ".buku-penanggung.parquet"
_SAID = {
    "NIK-TIDAK-SAH": "NIK tidak terdaftar di Dukcapil",
    "SUDAH-PU": "sudah peserta penerima upah",
    "SUDAH-BPU": "sudah peserta bukan penerima upah",
    "USIA": "usia 65 tahun atau lebih",
    "MENINGGAL": "tercatat meninggal",
    "DATA-BEDA": "nama atau tanggal lahir tidak sesuai Dukcapil",
    "GANDA": "sudah didaftarkan untuk bulan yang sama",
}
_SCHEMA = {
    "reference": pl.String,
    "file": pl.String,
    "batch": pl.String,
    "wadah": pl.String,
    "month": pl.String,
    "key": pl.String,
    "action": pl.String,
    "programmes": pl.String,
    "base_idr": pl.Int64,
    "iuran_idr": pl.Int64,
    "start": pl.String,
    "status": pl.String,
    "code": pl.String,
}


@dataclass(frozen=True)
class Answered:
    """What one call did."""

    answers: list[Path]
    bills: list[Path]
    late: int


def answer(
    outbox: Path,
    answers: Path,
    *,
    seed: int,
    truth: Path | None = None,
    trouble: tuple[str, ...] = (),
    through: Month | None = None,
) -> Answered:
    """Answer every batch file of ``outbox`` that has no whole answer yet; then bill what is settled.

    Whom it covers it bills on, to the last month of the batches, or to ``through``.

    Called again with the same batches it writes nothing new. Trouble befalls a batch once: late batches are
    answered by the next call, what was left pending too.
    """
    answers.mkdir(parents=True, exist_ok=True)
    book = _opened(answers)
    open_files = {path: _lines(path) for path in sorted(outbox.rglob("batch-*.xlsx")) if _is_open(book, path)}
    people = _named(_people(truth), open_files)
    written: list[Path] = []
    late = 0
    for path, lines in open_files.items():
        known = book.filter(pl.col("file") == path.name)
        if known.is_empty() and "late" in trouble:
            book = pl.concat(
                [book, _entries(lines.with_columns(status=pl.lit("LATE"), code=pl.lit(None, pl.String)))]
            )
            late += 1
            continue
        first = known.is_empty() or (known["status"] == "LATE").any()
        rest = book.filter(pl.col("file") != path.name)
        settled = known.filter(~pl.col("status").is_in(["LATE", "DITUNDA"]))
        open_lines = lines if first else lines.join(settled.select("reference"), on="reference", how="anti")
        judged = judge(open_lines, people, pl.concat([rest, settled]), seed)
        if first and known.is_empty() and "partial" in trouble:
            judged = _delayed(judged, seed)
        target = _write(answers, path, judged)
        written.append(target)
        if "duplicate" in trouble:
            written.append(Path(shutil.copyfile(target, _free(answers, path))))
        book = pl.concat([rest, settled, _entries(judged)])
    bills = billing.bill(book, answers, through)
    _closed(book, answers)
    return Answered(written, bills, late)


def _is_open(book: pl.DataFrame, path: Path) -> bool:
    known = book.filter(pl.col("file") == path.name)
    return known.is_empty() or known["status"].is_in(["LATE", "DITUNDA"]).any()


def _named(people: pl.DataFrame | None, files: dict[Path, pl.DataFrame]) -> pl.DataFrame | None:
    """Only those whom some file asks for: each file is held against all of them."""
    if people is None or not files:
        return people
    asked = pl.concat([lines.select("NIK") for lines in files.values()]).unique()
    return people.join(asked, left_on="nik", right_on="NIK", how="semi")


def judge(lines: pl.DataFrame, people: pl.DataFrame | None, book: pl.DataFrame, seed: int) -> pl.DataFrame:
    """``status`` and ``code`` for each line, by the truth where there is one, else by form alone."""
    lines = lines.with_columns(start_day=pl.concat_str("start", pl.lit("-01")).str.to_date(strict=False))
    born = pl.col("TANGGAL LAHIR").str.to_date("%d-%m-%Y", strict=False)
    lines = lines.with_columns(stated=born, wellformed=forms.is_wellformed(pl.col("NIK")))
    if people is None:
        lines = lines.with_columns(
            known=pl.col("wellformed"),
            birth_date=pl.col("stated"),
            died=pl.lit(None, pl.Date),
            cover_kind=pl.lit(None, pl.String),
            cover_source=pl.lit(None, pl.String),
            likeness=pl.lit(1.0),
        )
    else:
        lines = lines.join(people, left_on="NIK", right_on="nik", how="left", maintain_order="left")
        lines = _likeness(lines.with_columns(known=pl.col("name").is_not_null()))
    taken = book.filter((pl.col("status") == "DITERIMA") & pl.col("action").is_in(["TAMBAH", "TERUS"]))
    taken = taken.select("key", "month").unique().with_columns(taken=pl.lit(True))
    lines = lines.join(taken, on=["key", "month"], how="left", maintain_order="left")
    paying = pl.col("action").is_in(["TAMBAH", "TERUS"])
    again = paying & ~pl.struct("key", "month").is_first_distinct()
    age = _age()
    new = pl.col("action") == "TAMBAH"
    employed = (pl.col("cover_kind") == "pu") & (pl.col("cover_source") == "employer")
    own = (pl.col("cover_kind") == "bpu") | (pl.col("cover_kind") == "pmi")
    code = (
        pl.when(~pl.col("wellformed") | ~pl.col("known"))
        .then(pl.lit("NIK-TIDAK-SAH"))
        .when(pl.col("action") == "HENTI")
        .then(None)
        .when(pl.col("taken").fill_null(False) | again)
        .then(pl.lit("GANDA"))
        .when(pl.col("died") < pl.col("start_day"))
        .then(pl.lit("MENINGGAL"))
        .when(age >= _AGE_LIMIT)
        .then(pl.lit("USIA"))
        .when(
            (pl.col("likeness") < _LIKENESS)
            | (pl.col("stated") != pl.col("birth_date"))
            | pl.col("stated").is_null()
        )
        .then(pl.lit("DATA-BEDA"))
        .when(new & employed)
        .then(pl.lit("SUDAH-PU"))
        .when(new & own)
        .then(pl.lit("SUDAH-BPU"))
        .when(new & (_lots(lines, seed, "acak") < rate("insurer_random")))
        .then(pl.lit("DATA-BEDA"))
    )
    lines = lines.with_columns(code=code)
    return lines.with_columns(
        status=pl.when(pl.col("code").is_null()).then(pl.lit("DITERIMA")).otherwise(pl.lit("DITOLAK"))
    )


def _age() -> pl.Expr:
    """Whole years on the first day of cover."""
    day, born = pl.col("start_day"), pl.col("birth_date")
    had = (
        day.dt.month().cast(pl.Int32) * 100 + day.dt.day()
        >= born.dt.month().cast(pl.Int32) * 100 + born.dt.day()
    )
    return day.dt.year() - born.dt.year() - (~had).cast(pl.Int32)


def _likeness(lines: pl.DataFrame) -> pl.DataFrame:
    """How alike the sent and the registered name are, 0 to 1; 1 where one holds all words of the other."""
    folded = lines.select(sent=_folded(pl.col("NAMA")), registered=_folded(pl.col("name")))
    link = duckdb.connect()
    try:
        link.register("names", folded.with_row_index("n").to_arrow())
        found = link.execute(
            """SELECT CASE WHEN list_has_all(string_split(sent, ' '), string_split(registered, ' '))
                        OR list_has_all(string_split(registered, ' '), string_split(sent, ' ')) THEN 1.0
                      ELSE jaro_winkler_similarity(replace(sent, ' ', ''), replace(registered, ' ', '')) END
               FROM names ORDER BY n"""
        ).fetchall()
    finally:
        link.close()
    return lines.with_columns(likeness=pl.Series([s for (s,) in found], dtype=pl.Float64).fill_null(0.0))


def _folded(name: pl.Expr) -> pl.Expr:
    """Upper case without titles, degrees and forms of Muhammad; old spellings made new."""
    plain = name.str.to_uppercase().str.replace(r",.*$", "").str.replace_all(r"[^A-Z ]", " ")
    plain = plain.str.replace_all(r"\b(H|HJ|HAJI|HAJJAH|DRS?|IR)\b", " ")
    plain = plain.str.replace_all(r"\b(M|MUH|MOH|MD|MHD|MOCH|MU?O?HAMM?AD|MOHAMAD)\b", " ")
    plain = plain.str.replace_all(r"\b(BQ|BAIQ|LALU|L|LL|ST|SITI)\b", " ")
    for old, new in (("OE", "U"), ("DJ", "J"), ("TJ", "C"), ("KH", "H"), ("SY", "S"), ("AE", "AI")):
        plain = plain.str.replace_all(old, new)
    return plain.str.replace_all(r" +", " ").str.strip_chars(" ").fill_null("")


def _lines(path: Path) -> pl.DataFrame:
    """The lines of one batch file with its number, wadah and month."""
    head = papers.table(path, "kendali", papers.BATCH).row(0, named=True)
    lines = papers.table(path, "peserta", papers.PERSONS)
    return lines.with_columns(
        reference=pl.col("REFERENSI"),
        file=pl.lit(path.name),
        batch=pl.lit(head["NOMOR BATCH"]),
        wadah=pl.lit(head["WADAH"]),
        month=pl.lit(head["BULAN"]),
        # The insurer's book keeps no number of a person, only what tells it from another.
        key=pl.Series([hashlib.sha256((n or "").encode()).hexdigest()[:24] for n in lines["NIK"]]),
        action=pl.col("JENIS"),
        programmes=pl.col("PROGRAM"),
        base_idr=papers.rupiah(pl.col("UPAH ATAU DASAR")),
        iuran_idr=papers.rupiah(pl.col("IURAN")),
        start=pl.col("BULAN MULAI").str.slice(0, 7),
    )


def _entries(lines: pl.DataFrame) -> pl.DataFrame:
    return lines.select(pl.col(n).cast(t) for n, t in _SCHEMA.items())


def _delayed(judged: pl.DataFrame, seed: int) -> pl.DataFrame:
    """A share of the lines left open; at least one, so that the follow-up always comes."""
    lots = _lots(judged, seed, "tunda")
    wait = (lots < PENDING) | (lots == lots.min())
    return judged.with_columns(
        status=pl.when(pl.lit(wait)).then(pl.lit("DITUNDA")).otherwise("status"),
        code=pl.when(pl.lit(wait)).then(None).otherwise("code"),
    )


def _lots(lines: pl.DataFrame, seed: int, what: str) -> pl.Series:
    """A number from 0 to 1 for each line, the same at every call and in every run of the same world.

    By batch and person: a reference is drawn anew by every installation.
    """
    return pl.Series(
        [
            int(hashlib.sha256(f"{seed}/{what}/{batch}/{key}".encode()).hexdigest()[:12], 16) / 16**12
            for batch, key in lines.select("batch", "key").iter_rows()
        ],
        dtype=pl.Float64,
    )


def _write(answers: Path, batch_file: Path, judged: pl.DataFrame) -> Path:
    """The answer to one batch file, with its control totals."""
    path = _free(answers, batch_file)
    said = pl.col("code").replace_strict(_SAID, default=None, return_dtype=pl.String)
    waiting = pl.when(pl.col("status") == "DITUNDA").then(pl.lit("menunggu pemeriksaan")).otherwise(said)
    start = pl.when(pl.col("status") == "DITERIMA").then(pl.col("start"))
    rows = judged.select("reference", "status", "code", said=waiting, start=start)
    count = [int((judged["status"] == s).sum()) for s in ("DITERIMA", "DITOLAK", "DITUNDA")]
    totals = [(judged["batch"][0], judged.height, *count)] if judged.height else []
    papers.book(path, {"jawaban": (papers.ANSWER, rows.rows()), "kendali": (papers.ANSWER_TOTALS, totals)})
    return path


def _free(answers: Path, batch_file: Path) -> Path:
    """``jawaban-<batch>.xlsx``; further files to the same batch file are numbered on."""
    stem = batch_file.stem.replace("batch-", "jawaban-", 1)
    path, number = answers / f"{stem}.xlsx", 2
    while path.exists():
        path, number = answers / f"{stem}-s{number}.xlsx", number + 1
    return path


def _people(truth: Path | None) -> pl.DataFrame | None:
    if truth is None:
        return None
    columns = ["nik", "name", "birth_date", "status", "event_date", "cover_kind", "cover_source"]
    people = pl.read_parquet(truth / "people.parquet", columns=columns)
    died = pl.when(pl.col("status") == "mati").then(pl.col("event_date"))
    return people.with_columns(died=died).drop("status", "event_date")


def _opened(answers: Path) -> pl.DataFrame:
    path = answers / BOOK
    return pl.read_parquet(path).select(list(_SCHEMA)) if path.exists() else pl.DataFrame(schema=_SCHEMA)


def _closed(book: pl.DataFrame, answers: Path) -> None:
    half = answers / f"{BOOK}.tmp"
    book.write_parquet(half)
    half.replace(answers / BOOK)
