"""Raw cells → the frame that every room above works on. Vectorised; what cannot be read is null and said."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import polars as pl

from jaring.facts.region import region
from jaring.rosters import cells, places, words
from jaring.rosters.dates import birth_date_of, birth_place_of, read_dates
from jaring.rosters.gathering import Gathered

#: The columns of a normalised frame, in order.
COLUMNS: dict[str, pl.DataType] = {
    "row_no": pl.Int64(),
    "sheet": pl.String(),
    "nik_raw": pl.String(),
    "nik": pl.String(),
    "nik_state": pl.String(),
    "no_kk": pl.String(),
    "name": pl.String(),
    "birth_place": pl.String(),
    "birth_date": pl.Date(),
    "sex": pl.String(),
    "mother_name": pl.String(),
    "father_name": pl.String(),
    "phone": pl.String(),
    "address": pl.String(),
    "rt": pl.String(),
    "rw": pl.String(),
    "desa_code": pl.String(),
    "kecamatan_code": pl.String(),
    "position": pl.String(),
    "segment": pl.String(),
    "occupation": pl.String(),
    "sector": pl.String(),
    "wage_idr": pl.Int64(),
    "income_idr": pl.Int64(),
    "land_m2": pl.Int64(),
    "desil": pl.Int64(),
    "employer": pl.String(),
    "npp": pl.String(),
    "status": pl.String(),
    "event_date": pl.Date(),
    "amount_idr": pl.Int64(),
    "until": pl.Date(),
    "cover_segment": pl.String(),
    "cover_source": pl.String(),
    "programmes": pl.String(),
}
_TEXT = ("name", "mother_name", "father_name", "employer", "npp", "position", "occupation")
_SUMS = {"wage": "wage_idr", "income": "income_idr", "amount": "amount_idr"}
_WORDS = {
    "sex": words.sex,
    "status": words.status,
    "cover_segment": words.cover_segment,
    "cover_source": words.source,
    "programmes": words.programmes,
}
#: Raw columns that say the same when they are empty as when a list does not have them at all. Of the
#: others one may stand in for another (occupation for sector, rt_rw for rt), so that it matters.
EMPTY_ALIKE = frozenset(
    {
        *("name", "birth", "birth_date", "birth_place", "sex", "mother_name", "father_name", "phone"),
        *("address", "hamlet", "no_kk", "position", "wage", "income", "amount", "desil", "employer", "npp"),
        *("status", "event_date", "until", "desa", "kecamatan", "place", "desa_code", "section"),
    }
)
_MARKS = ("jkk", "jkm", "jht", "jp")
#: Two-digit years above these are of the 1900s.
_TURNS = {"_birth": 26, "event_date": 80, "until": 80}
#: A month alone is its first day where something begins, its last where something ends; no birth date.
_WHOLE_MONTHS = {"event_date": "first", "until": "last"}
_NONE = pl.lit(None, dtype=pl.String)
#: Above this height the distinct texts of a column are read once each.
_MANY = 2000


def normalise(gathered: Gathered, *, desa_code: str | None = None, region_key: str = "lotim") -> pl.DataFrame:
    """``COLUMNS``, and columns beginning with ``_`` that the checks read (what a cell said but was not).

    ``desa_code``: the desa of a list that does not name one in its rows.
    """
    if gathered.raw.is_empty():
        return pl.DataFrame(schema=COLUMNS)
    return normalise_alike([(gathered, desa_code)], region_key=region_key)


def normalise_alike(
    lists: Sequence[tuple[Gathered, str | None]], *, region_key: str = "lotim"
) -> pl.DataFrame:
    """As ``normalise``, for lists of one layout, none empty; ``_list`` numbers them. Their columns are the
    same but for those of ``EMPTY_ALIKE`` and the marks of numbers (``_n``).

    One pass over hundreds of short lists costs little more than one over a single of them.
    """
    form = lists[0][0].format
    raw, tables = _stacked(lists)
    source = "nik" if "nik" in raw.columns else "member" if "member" in raw.columns else ""
    whole = raw.with_columns(_place_key(raw)).lazy()
    known = _distinct(raw, whole)
    whole = _unified(raw, whole, source)
    dated = {name: turn for name, turn in _TURNS.items() if name in {*raw.columns, "_birth"}}
    unified = read_dates(whole.collect(engine="in-memory"), dated, _WHOLE_MONTHS)
    frame = (
        unified.with_columns(cells.nik_states(unified).alias("nik_state"))
        .lazy()
        .select(
            "_list",
            "row_no",
            "sheet",
            *_niks(raw),
            *_texts(raw),
            *_sums(raw),
            *_days(raw),
            *_places(known["_place_key"], tables, region_key),
            *_vocabulary(raw, known),
        )
        .collect(engine="in-memory")
    )
    frame = _rounded(frame).with_columns(nik=pl.when(pl.col("nik_state") == "ok").then("_bare"))
    missing = [
        pl.lit(None, dtype=kind).alias(name) for name, kind in COLUMNS.items() if name not in frame.columns
    ]
    frame = frame.with_columns(missing)
    if form.refine is not None:
        parts = frame.partition_by("_list", maintain_order=True) if len(lists) > 1 else [frame]
        refined = [form.refine(part, own.context) for part, (own, _) in zip(parts, lists, strict=True)]
        frame = pl.concat(refined)
    if form.segment is not None:
        own = pl.lit(form.segment)
        frame = frame.with_columns(segment=own if form.whole else pl.col("segment").fill_null(own))
    hidden = [name for name in frame.columns if name.startswith("_") and name != "_bare"]
    return frame.select(*(pl.col(name).cast(kind) for name, kind in COLUMNS.items()), *hidden)


#: A table of a list: the list, the table's number in it, and the desa told for the whole list.
_Table = tuple[Gathered, int, str | None]


def _stacked(lists: Sequence[tuple[Gathered, str | None]]) -> tuple[pl.DataFrame, list[_Table]]:
    """The raw rows of all lists, their tables numbered through, with ``_list``."""
    parts, tables = [], list[_Table]()
    for number, (gathered, desa_code) in enumerate(lists):
        shifted = pl.col("block") + pl.lit(len(tables), dtype=pl.Int32)
        parts.append(gathered.raw.with_columns(shifted, pl.lit(number, dtype=pl.Int32).alias("_list")))
        tables += [(gathered, block, desa_code) for block in range(len(gathered.blocks))]
    return pl.concat(parts, how="diagonal"), tables


def _place_key(raw: pl.DataFrame) -> pl.Expr:
    """Desa, kecamatan, code and table as one text, so that each combination is looked up once."""
    names = (("desa", "place"), ("kecamatan",), ("desa_code",))
    said = [pl.coalesce(*(pl.col(n) for n in own if n in raw.columns), pl.lit("")) for own in names]
    parts = [cell.str.replace_all("\x1f", " ", literal=True) for cell in said]
    return pl.concat_str(*parts, pl.col("block").cast(pl.String), separator="\x1f").alias("_place_key")


def _distinct(raw: pl.DataFrame, whole: pl.LazyFrame) -> dict[str, list[str]]:
    """The distinct texts of the columns whose cells are looked up."""
    names = [n for n in (*_WORDS, "position", "occupation", "sector", "section", "sheet") if n in raw.columns]
    found = whole.select(pl.col(n).drop_nulls().unique().implode() for n in (*names, "_place_key"))
    row = found.collect(engine="in-memory").row(0, named=True)
    return {name: list(texts) for name, texts in row.items()}


def _unified(raw: pl.DataFrame, whole: pl.LazyFrame, source: str) -> pl.LazyFrame:
    """What a list may say in one of several columns, under one name each."""
    has = set(raw.columns)

    def said(name: str) -> pl.Expr:
        return pl.col(name) if name in has else _NONE

    both, niks = said("birth"), pl.col(source) if source else _NONE
    columns = [
        niks.alias("_raw"),
        cells.digits_of(niks).alias("_bare"),
        (_number(raw, source) if source else pl.lit(False)).alias("_number"),
        pl.coalesce(said("birth_date"), birth_date_of(both)).alias("_birth"),
        pl.coalesce(said("birth_place"), birth_place_of(both)).alias("_birth_place"),
        pl.coalesce(said("birth_date"), both).alias("_birth_said"),
    ]
    if "no_kk" in has:
        columns.append(cells.digits_of(pl.col("no_kk")).alias("_kk_bare"))
    return whole.with_columns(columns)


def _number(raw: pl.DataFrame, name: str) -> pl.Expr:
    return pl.col(f"{name}_n").fill_null(False) if f"{name}_n" in raw.columns else pl.lit(False)


def _niks(raw: pl.DataFrame) -> list[pl.Expr]:
    """nik_raw and its state; the family card; the phone. ``nik`` itself follows when the state is settled."""
    columns = [
        pl.col("_raw").str.strip_chars().alias("nik_raw"),
        pl.col("_bare"),
        pl.col("nik_state"),
        pl.col("_raw").str.contains(cells.INVISIBLE).fill_null(False).alias("_invisible"),
    ]
    if "no_kk" in raw.columns:
        whole = pl.col("_kk_bare").str.contains(r"^[0-9]{16}$") & ~_number(raw, "no_kk")
        other = pl.when(~whole).then(pl.col("no_kk"))
        said = ~cells.nothing(other) & ~pl.col("_kk_bare").str.contains(r"^0*$")
        columns += [pl.when(whole).then("_kk_bare").alias("no_kk"), (said & ~whole).alias("_kk_lost")]
    if "phone" in raw.columns:
        columns.append(cells.phone(pl.col("phone")).alias("phone"))
    return columns


def _rounded(frame: pl.DataFrame) -> pl.DataFrame:
    """A list that went through Excel's numbers and back to text: of its NIKs most end with 0, not a tenth."""
    well = pl.col("nik_state") == "ok"
    zero = well & pl.col("_bare").str.ends_with("0")
    counts = frame.group_by("_list").agg(well=well.sum(), zero=zero.sum())
    lossy = counts.filter((pl.col("well") >= 8) & (pl.col("zero") * 10 >= pl.col("well") * 6))["_list"]
    if lossy.is_empty():
        return frame
    lost = zero & pl.col("_list").is_in(lossy.implode())
    return frame.with_columns(nik_state=pl.when(lost).then(pl.lit("numeric")).otherwise("nik_state"))


def _texts(raw: pl.DataFrame) -> list[pl.Expr]:
    has = set(raw.columns)
    columns = [cells.text(pl.col(name)).alias(name) for name in _TEXT if name in has]
    if has & {"birth_place", "birth"}:
        columns.append(cells.text(pl.col("_birth_place")).alias("birth_place"))
    parts = [cells.text(pl.col("address"))] if "address" in has else []
    if "hamlet" in has:
        parts.append(pl.lit("Dusun ") + cells.text(pl.col("hamlet")).str.replace(r"(?i)^(dusun|dsn\.?) ", ""))
    if parts:
        together = pl.concat_str(*parts, separator=", ", ignore_nulls=True)
        columns.append(pl.when(together.str.len_bytes() > 0).then(together).alias("address"))
    for name, pattern in (("rt", r"^\D*([0-9]{1,3})"), ("rw", r"[0-9]{1,3}\D+([0-9]{1,3})")):
        if name in has:
            columns.append(pl.col(name).str.extract(r"([0-9]{1,3})").str.strip_chars_start("0").alias(name))
        elif "rt_rw" in has:
            columns.append(pl.col("rt_rw").str.extract(pattern).str.strip_chars_start("0").alias(name))
    return columns


def _sums(raw: pl.DataFrame) -> list[pl.Expr]:
    columns = []
    for name, named in _SUMS.items():
        if name in raw.columns:
            value = _once(raw, [name], lambda: cells.amount(pl.col(name), _number(raw, name)))  # noqa: B023  called at once
            columns += [value.alias(named), _lost(pl.col(name), value, named)]
    if "land" in raw.columns:
        unit = pl.col("land_unit") if "land_unit" in raw.columns else pl.lit("")
        value = _once(
            raw, ["land", "land_unit"], lambda: cells.land(pl.col("land"), _number(raw, "land"), unit)
        )
        columns += [value.alias("land_m2"), _lost(pl.col("land"), value, "land_m2")]
    if "desil" in raw.columns:
        found = pl.col("desil").str.extract(r"([0-9]{1,2})").cast(pl.Int64, strict=False)
        value = pl.when(found.is_between(1, 10)).then(found)
        columns += [value.alias("desil"), _lost(pl.col("desil"), value, "desil")]
    return columns


def _once(raw: pl.DataFrame, names: list[str], expression: Callable[[], pl.Expr]) -> pl.Expr:
    """A sum column of a long list holds few distinct cells: each is read once and put back in place."""
    keys = [n for name in names for n in (name, f"{name}_n") if n in raw.columns]
    distinct = raw.select(keys).unique() if raw.height > _MANY else raw
    if distinct.height * 4 > raw.height:
        return expression()
    values = distinct.with_columns(expression().alias("_value"))
    return pl.lit(
        raw.select(keys).join(values, on=keys, how="left", nulls_equal=True, maintain_order="left")["_value"]
    )


def _lost(written: pl.Expr, value: pl.Expr, name: str) -> pl.Expr:
    """Rows where something was written and nothing could be read from it."""
    return (~cells.nothing(pl.when(value.is_null()).then(written))).alias(f"_{name}_lost")


def _days(raw: pl.DataFrame) -> list[pl.Expr]:
    columns = [
        pl.col("_birth_date").alias("birth_date"),
        pl.col("_birth_turned").alias("_turned"),
        _lost(pl.col("_birth_said"), pl.col("_birth_date"), "birth"),
    ]
    for name in ("event_date", "until"):
        if name not in raw.columns:
            continue
        columns += [pl.col(f"{name}_date").alias(name), _lost(pl.col(name), pl.col(f"{name}_date"), name)]
    return columns


def _places(keys: list[str], tables: list[_Table], region_key: str) -> list[pl.Expr]:
    units = dict(region(region_key).units.select("code", "kecamatan_code").iter_rows())
    whole: dict[int, str | None] = {}
    known: dict[str, tuple[str | None, str | None, str | None]] = {}
    for text in keys:
        desa, kecamatan, code, block = text.split("\x1f")
        if desa.strip() or code.strip():
            known[text] = places.locate(desa or None, kecamatan or None, code or None, region_key)
            continue
        number = int(block)
        if number not in whole:
            whole[number] = _desa_of(*tables[number], region_key)
        unit = whole[number]
        known[text] = (
            (unit, units.get(unit), None)
            if unit
            else places.locate(None, kecamatan or None, None, region_key)
        )
    return [
        words.put(pl.col("_place_key"), {text: answer[part] for text, answer in known.items()}).alias(name)
        for part, name in enumerate(("desa_code", "kecamatan_code", "_place"))
    ]


def _desa_of(gathered: Gathered, number: int, desa_code: str | None, region_key: str) -> str | None:
    """The desa of a table without one in its rows: as its sheet says, as given, as title or file say."""
    block = gathered.blocks[number]
    by_sheet = places.mentioned(gathered.sheet_name(number), region_key, bare=True)
    title = places.mentioned(block.titles, region_key)
    alone = gathered.format.kind in {"aparatur", "penduduk", "suplemen", "umum", "keagamaan", "siak"}
    return by_sheet or desa_code or title or places.mentioned(gathered.context, region_key, bare=alone)


def _vocabulary(raw: pl.DataFrame, known: dict[str, list[str]]) -> list[pl.Expr]:
    columns = []
    for name, meaning in _WORDS.items():
        if name in known:
            value = words.put(pl.col(name), words.meanings(known[name], meaning))
            columns += [value.alias(name), _lost(pl.col(name), value, name)]
    marks = [name for name in _MARKS if name in raw.columns]
    if marks and "programmes" not in known:
        taken = [
            pl.when(
                ~cells.nothing(pl.col(m))
                & ~pl.col(m).str.to_lowercase().is_in(["tidak", "0", "t", "n", "false"])
            ).then(pl.lit(m))
            for m in marks
        ]
        together = pl.concat_str(*taken, separator="+", ignore_nulls=True)
        columns.append(pl.when(together.str.len_bytes() > 0).then(together).alias("programmes"))
    work = next((name for name in ("sector", "occupation") if name in known), None)
    if work:
        columns.append(words.put(pl.col(work), words.meanings(known[work], words.sector)).alias("sector"))
    return columns + _segments(known)


def _segments(known: dict[str, list[str]]) -> list[pl.Expr]:
    """By position; a section heading or the sheet's name stands in where a row says nothing."""
    by = {
        name: words.put(pl.col(name), words.meanings(known[name], words.segment))
        for name in ("position", "section", "sheet")
        if name in known
    }
    unknown = (
        pl.col("position").is_not_null() & by["position"].is_null() if "position" in by else pl.lit(False)
    )
    return [pl.coalesce(*by.values(), _NONE).alias("segment"), unknown.alias("_position_unknown")]
