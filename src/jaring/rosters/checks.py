"""What can be wrong with a row: one registry, each check an expression with its sentence and its mend.

An *error* holds a row back, a *warning* travels with it, a *note* only tells. Nothing is repaired.
Whether a person may be enrolled (age, cover, occupation) is the law's to say, not these checks'.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from jaring.facts import nik as nik_facts
from jaring.facts.reason import Severity


@dataclass(frozen=True)
class Context:
    """What the checks must know of the list besides its rows."""

    kind: str
    today: dt.date
    persons: bool = True
    #: False for lists that have no column of names (DTSEN, suplemen)
    named: bool = True


@dataclass(frozen=True)
class Check:
    """``holds`` is true for the rows that have the problem."""

    code: str
    severity: Severity
    column: str
    sentence: str
    mend: str
    holds: Callable[[Context], pl.Expr]


PROBLEMS = {
    "at": pl.UInt32(),
    "sheet": pl.String(),
    "row_no": pl.Int64(),
    "code": pl.String(),
    "severity": pl.String(),
    "column": pl.String(),
    "sentence": pl.String(),
    "mend": pl.String(),
}
#: Lists in which a position decides what a row claims.
_BY_POSITION = {"aparatur", "keagamaan"}


def _state(*states: str) -> Callable[[Context], pl.Expr]:
    return lambda context: pl.lit(context.persons) & pl.col("nik_state").is_in(states)


def _flag(name: str) -> Callable[[Context], pl.Expr]:
    return lambda context: pl.col(name)


def _person(name: str) -> Callable[[Context], pl.Expr]:
    return lambda context: pl.lit(context.persons) & pl.col(name)


def _enough(context: Context) -> pl.Expr:
    """Without a NIK: name, birth date and where from. The insurer's own list needs no place."""
    somewhere = pl.any_horizontal(pl.col("desa_code", "kecamatan_code", "no_kk", "mother_name").is_not_null())
    known = pl.col("name").is_not_null() & pl.col("birth_date").is_not_null()
    return known if context.kind == "peserta_aktif" else known & somewhere


def _unknown(context: Context) -> pl.Expr:
    if not context.persons:
        return pl.col("name").is_null()
    return (pl.col("nik_state") == "absent") & ~_enough(context)


def _letters_for_digits(context: Context) -> pl.Expr:
    mistyped = pl.col("nik_raw").str.to_uppercase().str.contains(r"^[0-9OIL\s.\-'`]+$")
    return (
        pl.lit(context.persons)
        & (pl.col("nik_state") == "malformed")
        & mistyped
        & pl.col("nik_raw").str.contains(r"[A-Za-z]")
    )


def _broken(context: Context) -> pl.Expr:
    return _state("malformed")(context) & ~_letters_for_digits(context)


def _parts() -> tuple[pl.Expr, pl.Expr, pl.Expr]:
    # A NIK that came this far is sixteen digits; as one number it is cut up much faster than as text.
    date = pl.col("nik").cast(pl.Int64, strict=False) // 10_000 % 1_000_000
    day, month, year = date // 10_000, date // 100 % 100, date % 100
    return pl.when(day > 40).then(day - 40).otherwise(day), month, year


def _born() -> tuple[pl.Expr, pl.Expr, pl.Expr]:
    date = pl.col("birth_date").dt
    return date.day().cast(pl.Int32), date.month().cast(pl.Int32), date.year() % 100


def _turned_about(context: Context) -> pl.Expr:
    (day, month, year), (own_day, own_month, own_year) = _parts(), _born()
    return (day == own_month) & (month == own_day) & (day != month) & (year == own_year)


def _other_date(context: Context) -> pl.Expr:
    (day, month, year), (own_day, own_month, own_year) = _parts(), _born()
    return ((day != own_day) | (month != own_month) | (year != own_year)) & ~_turned_about(context)


def _doubles(whole: pl.DataFrame) -> pl.DataFrame:
    """``_again``: the NIK stands further up; ``_shared``: with another name; ``_twice``: the person does.

    Counted over the few rows concerned, for windows over all rows cost more than everything else here.
    """
    # Lists that are checked together (``_list``) are still each a file of its own.
    own = [name for name in ("_list",) if name in whole.columns]
    plain = pl.col("name").str.to_uppercase().str.replace_all(r"[^A-Z]", "").alias("_plain")
    flags = []
    held = whole["nik"].is_not_null() & whole["nik"].is_duplicated()
    if held.any():
        few = (
            whole.filter(held)
            .with_columns(plain)
            .select(
                "_at",
                _again=~pl.struct(*own, "nik").is_first_distinct(),
                _shared=(pl.col("_plain").n_unique().over(*own, "nik") > 1) & pl.col("_plain").is_not_null(),
            )
        )
        flags += [_spread(few, "_again", whole.height), _spread(few, "_shared", whole.height)]
    if whole["nik"].null_count():
        known = pl.col("name").is_not_null() & pl.col("birth_date").is_not_null()
        few = whole.filter(pl.col("nik").is_null() & known).with_columns(plain)
        few = few.select(
            "_at", _twice=~pl.struct(*own, "_plain", "birth_date", "desa_code").is_first_distinct()
        )
        flags.append(_spread(few, "_twice", whole.height))
    return whole.with_columns(flags) if flags else whole


def _spread(few: pl.DataFrame, name: str, height: int) -> pl.Series:
    return pl.Series(name, [False] * height).scatter(few["_at"], few[name])


def _impossible(context: Context) -> pl.Expr:
    oldest = dt.date(context.today.year - 115, 1, 1)
    return (pl.col("birth_date") > context.today) | (pl.col("birth_date") < oldest)


_FROM_CARD = "Salin NIK 16 angka dari KTP-el atau Kartu Keluarga."
_AS_TEXT = (
    "Pilih kolom NIK, ubah formatnya menjadi Teks, lalu ketik ulang NIK dari KTP-el: "
    "angka terakhirnya sudah hilang."
)

CHECKS: tuple[Check, ...] = (
    Check(
        "nik-angka", "error", "nik",
        "NIK diketik sebagai angka; Excel hanya menyimpan 15 angka sehingga angka ke-16 hilang.", _AS_TEXT,
        _state("numeric"),
    ),
    Check("nik-pendek", "error", "nik", "NIK kurang dari 16 angka.", _FROM_CARD, _state("short")),
    Check("nik-panjang", "error", "nik", "NIK lebih dari 16 angka.", _FROM_CARD, _state("long")),
    Check(
        "nik-huruf", "error", "nik", "Ada huruf di dalam NIK, mungkin O untuk 0 atau I/L untuk 1.",
        "Ketik ulang NIK dengan angka saja, sesuai KTP-el.", _letters_for_digits,
    ),
    Check(
        "nik-rusak", "error", "nik",
        "NIK tidak mungkin benar: memuat tanda selain angka, atau tanggal dan nomor urut di dalamnya "
        "tidak ada.",
        _FROM_CARD, _broken,
    ),
    Check(
        "identitas-kurang", "error", "nik",
        "Baris tanpa NIK ini tidak cukup untuk mengenali orangnya.",
        "Isi NIK, atau isi nama, tanggal lahir, dan desa.", _unknown,
    ),
    Check(
        "nik-tidak-ada", "warning", "nik",
        "NIK tidak diisi; orangnya dicari lewat nama, tanggal lahir, dan desa.",
        "Isi NIK bila sudah ada.",
        lambda c: pl.lit(c.persons) & (pl.col("nik_state") == "absent") & _enough(c),
    ),
    Check(
        "nik-lahir-tertukar", "warning", "birth_date",
        "Tanggal lahir dan NIK sama bila hari dan bulannya ditukar.",
        "Periksa urutan hari dan bulan pada KTP-el.", _turned_about,
    ),
    Check(
        "nik-lahir-beda", "warning", "birth_date",
        "Tanggal lahir tidak sama dengan tanggal di dalam NIK; NIK tetap dipakai apa adanya.",
        "Cocokkan tanggal lahir dengan KTP-el; NIK tidak berubah walau tanggal lahir "
        "pernah diperbaiki.", _other_date,
    ),
    Check(
        "nik-kelamin-beda", "warning", "sex", "Jenis kelamin tidak sama dengan yang tersimpan di dalam NIK.",
        "Cocokkan jenis kelamin dengan KTP-el.",
        lambda c: pl.col("nik").is_not_null() & (nik_facts.sex(pl.col("nik")) != pl.col("sex")),
    ),
    Check(
        "nik-ganda", "warning", "nik", "NIK ini sudah ada di baris lain dalam berkas yang sama.",
        "Hapus baris yang berulang bila orangnya sama.", _person("_again"),
    ),
    Check(
        "nik-beda-nama", "warning", "nik", "NIK yang sama dipakai oleh nama yang berbeda dalam berkas ini.",
        "Periksa milik siapa NIK tersebut; sering NIK kepala keluarga tersalin ke "
        "anggotanya.", _person("_shared"),
    ),
    Check(
        "orang-ganda", "warning", "name", "Nama, tanggal lahir, dan desa yang sama sudah ada di baris lain.",
        "Hapus baris yang berulang bila orangnya sama.", _person("_twice"),
    ),
    Check(
        "nik-tanda-tersembunyi", "note", "nik",
        "NIK memuat tanda yang tidak terlihat; angkanya tidak berubah.",
        "Tidak perlu tindakan.", _flag("_invisible"),
    ),
    Check(
        "nama-kosong", "warning", "name", "Nama tidak diisi.", "Isi nama sesuai KTP-el.",
        lambda c: pl.lit(c.named and c.persons) & pl.col("name").is_null() & (pl.col("nik_state") == "ok"),
    ),
    Check(
        "nama-berangka", "warning", "name", "Nama memuat angka.", "Periksa apakah kolom nama tergeser.",
        lambda c: pl.lit(c.persons) & pl.col("name").str.contains(r"[0-9]{2}"),
    ),
    Check(
        "lahir-tak-terbaca", "warning", "birth_date", "Tanggal lahir tidak terbaca.",
        "Tulis sebagai hh-bb-tttt, misalnya 05-08-1980.", _flag("_birth_lost"),
    ),
    Check(
        "lahir-mustahil", "warning", "birth_date",
        "Tanggal lahir di masa depan atau lebih dari 115 tahun yang lalu.",
        "Periksa tahun lahirnya.", _impossible,
    ),
    Check(
        "lahir-bulan-dulu", "note", "birth_date", "Tanggal lahir ditulis bulan dahulu dan dibaca sesuai itu.",
        "Tulis hari dahulu, misalnya 25-08-1980.", _flag("_turned"),
    ),
    Check(
        "kk-rusak", "warning", "no_kk",
        "Nomor KK bukan 16 angka atau diketik sebagai angka, sehingga tidak dipakai.",
        "Ubah format kolom menjadi Teks lalu ketik ulang nomor KK.", _flag("_kk_lost"),
    ),
    Check(
        "kelamin-tak-terbaca", "warning", "sex", "Jenis kelamin tidak terbaca.", "Tulis L atau P.",
        _flag("_sex_lost"),
    ),
    Check(
        "desa-tak-dikenal", "warning", "desa_code", "Nama desa tidak ada di kabupaten ini.",
        "Tulis nama desa sesuai daftar resmi, beserta "
        "kecamatannya.", lambda c: pl.col("_place") == "desa-tak-dikenal",
    ),
    Check(
        "desa-dikira", "warning", "desa_code",
        "Nama desa salah tulis satu huruf; dibaca sebagai desa yang paling mirip di kecamatan itu.",
        "Tulis nama desa sesuai daftar resmi.", lambda c: pl.col("_place") == "desa-dikira",
    ),
    Check(
        "kecamatan-tak-dikenal", "warning", "kecamatan_code", "Nama kecamatan tidak ada di kabupaten ini.",
        "Tulis nama kecamatan sesuai daftar resmi.", lambda c: pl.col("_place") == "kecamatan-tak-dikenal",
    ),
    Check(
        "kecamatan-beda", "warning", "kecamatan_code", "Desa ini tidak terletak di kecamatan yang ditulis.",
        "Periksa nama desa atau kecamatannya; yang dipakai kecamatan dari desa itu.",
        lambda c: pl.col("_place") == "kecamatan-beda",
    ),
    Check(
        "jabatan-tak-dikenal", "warning", "position",
        "Jabatan ini belum dikenal, jadi segmennya belum ditentukan.",
        "Tulis jabatan lengkap, misalnya Kepala Dusun, Anggota BPD, Kader Posyandu, atau Linmas.",
        lambda c: pl.lit(c.kind in _BY_POSITION) & pl.col("_position_unknown") & pl.col("segment").is_null(),
    ),
    Check(
        "upah-tak-terbaca", "warning", "wage_idr", "Upah tidak terbaca.",
        "Tulis angka rupiah, misalnya 2.500.000.",
        _flag("_wage_idr_lost"),
    ),
    Check(
        "penghasilan-tak-terbaca", "warning", "income_idr", "Penghasilan tidak terbaca.",
        "Tulis angka rupiah, misalnya 1.000.000.", _flag("_income_idr_lost"),
    ),
    Check(
        "nilai-tak-terbaca", "warning", "amount_idr", "Nilai rupiah tidak terbaca.",
        "Tulis angka rupiah, misalnya 1.000.000.", _flag("_amount_idr_lost"),
    ),
    Check(
        "luas-tak-terbaca", "warning", "land_m2", "Luas lahan tidak terbaca.",
        "Tulis luas dengan satuannya, misalnya 0,5 ha.",
        _flag("_land_m2_lost"),
    ),
    Check(
        "desil-tak-terbaca", "warning", "desil", "Desil bukan 1 sampai 10.", "Tulis angka 1 sampai 10.",
        _flag("_desil_lost"),
    ),
    Check(
        "status-tak-terbaca", "warning", "status", "Status tidak dikenal.",
        "Tulis misalnya Hidup, Meninggal, Pindah, Aktif, atau Tidak Aktif.", _flag("_status_lost"),
    ),
    Check(
        "tanggal-tak-terbaca", "warning", "event_date", "Tanggal peristiwanya tidak terbaca.",
        "Tulis sebagai hh-bb-tttt.", _flag("_event_date_lost"),
    ),
    Check(
        "akhir-tak-terbaca", "warning", "until", "Tanggal akhirnya tidak terbaca.",
        "Tulis sebagai hh-bb-tttt.", _flag("_until_lost"),
    ),
    Check(
        "sumber-tak-terbaca", "warning", "cover_source", "Sumber iuran tidak dikenal.",
        "Tulis misalnya APBD, DBHCHT, ADD, perusahaan, atau mandiri.", _flag("_cover_source_lost"),
    ),
    Check(
        "program-tak-terbaca", "warning", "programmes", "Program jaminan tidak dikenal.",
        "Tulis misalnya JKK, JKM, JHT, JP.", _flag("_programmes_lost"),
    ),
)  # fmt: skip
BY_CODE = {check.code: check for check in CHECKS}
_PLACE = {check.code: place for place, check in enumerate(CHECKS)}
_TABLE = pl.DataFrame(
    [(c.code, c.severity, c.column, c.sentence, c.mend) for c in CHECKS],
    schema=list(PROBLEMS)[3:],
    orient="row",
)


def check(frame: pl.DataFrame, context: Context) -> tuple[pl.DataFrame, pl.DataFrame]:
    """(rows, problems). Rows: the frame without hidden columns, with ``accepted``; none is dropped.

    Problems: ``at`` (position in rows), sheet, row_no, code, severity, column, sentence, mend.
    """
    whole = _doubles(frame.with_row_index("_at"))
    marks = {c.code: c.holds(context) for c in CHECKS}
    # A check of a column that this list does not have cannot hold.
    marks = {
        code: holds for code, holds in marks.items() if set(holds.meta.root_names()) <= set(whole.columns)
    }
    # Lazily, for the checks have much in common and a frame would reckon it anew for each.
    asked = [holds.fill_null(False).alias(code) for code, holds in marks.items()]
    found = whole.lazy().select(asked).collect(engine="in-memory")
    errors = [c.code for c in CHECKS if c.severity == "error" and c.code in marks]
    rows = frame.select(name for name in frame.columns if not name.startswith("_")).with_columns(
        found.select(accepted=~pl.any_horizontal(errors)).to_series()
    )
    problems = _listed(frame, found)
    held = problems.filter(pl.col("severity") == "error")["at"].n_unique()
    # What came in is what went on plus what was held back: always, for every file.
    if rows.height != frame.height or int((~rows["accepted"]).sum()) != held:
        raise AssertionError("rows do not add up")
    return rows, problems


def _listed(frame: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    """One row per row and problem, in order of the rows."""
    counts = found.sum().row(0, named=True)
    held = {code: found[code].arg_true() for code, count in counts.items() if count}
    if not held:
        return pl.DataFrame(schema=PROBLEMS)
    at = pl.concat(list(held.values())).cast(pl.UInt32)
    which = pl.Series([_PLACE[code] for code in held], dtype=pl.UInt32).repeat_by(
        pl.Series([len(rows) for rows in held.values()])
    )
    told = _TABLE[which.explode()].with_columns(
        at.alias("at"), frame["sheet"].gather(at), frame["row_no"].gather(at)
    )
    return told.select(*PROBLEMS).sort("at", maintain_order=True)
