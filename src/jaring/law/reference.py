"""The handbook: one page per concept for officials, printed from the values, reasons and examples."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from jaring.facts.reason import Confidence
from jaring.law import completeness, examples, loader, wording
from jaring.law.loader import Concept, Dated, Value

_MADE = "*Halaman ini dicetak dari nilai dan contoh yang dipakai Jaring; jangan diubah di sini.*"
#: The groups of the first page, each with the concepts whose names begin so; what is left comes last.
_GROUPS = (
    ("Iuran", ("bpu", "pu", "jakon", "pmi", "jkp", "wage", "scale", "price", "rounding")),
    ("Keringanan, jatuh tempo, denda", ("discount", "relief", "due", "penalty", "advance", "conversion")),
    ("Manfaat", ("jkm", "membership", "arrears", "benefits", "retirement")),
    ("Pemberi kerja", ("employers",)),
    ("Siapa boleh didaftarkan, dan siapa didahulukan", ("registration", "eligibility", "precedence")),
    ("Sumber dana", ("funding",)),
    ("Segmen pekerja", ("segments",)),
    ("Dasar hukum dan cakupan", ("mandate", "ucj")),
)
#: From here on a table of one example is folded away.
_LONG = 12


def pages() -> dict[str, str]:
    """Every page of the handbook by its path below ``docs/``."""
    found = {f"handbook/{_file(name)}": page(loader.concept(name)) for name in loader.names()}
    return {
        "handbook/index.md": _index(),
        "handbook/belum-pasti.md": _uncertain(),
        "handbook/tidak-dimodelkan.md": _not_modelled(),
        **found,
    }


def page(concept: Concept) -> str:
    """What the law says of one concept."""
    parts = [f"# {concept.title}", concept.about, *_numbers(concept), *_tables(concept), *_examples(concept)]
    parts += [*_open(concept), *_reasons(concept), "[Ke daftar isi](index.md)", _MADE]
    return "\n\n".join(parts) + "\n"


def _numbers(concept: Concept) -> list[str]:
    lines = [
        (value.about if n == 0 else "", _content(value, dated), *_span(dated), _basis(dated))
        for value in concept.values.values()
        for n, dated in enumerate(value.dated)
    ]
    if not lines:
        return []
    return ["## Angka dan ketentuan", _table(("Ketentuan", "Isi", "Sejak", "Sampai", "Dasar"), lines)]


def _content(value: Value, dated: Dated) -> str:
    return "lihat tabel di bawah" if value.unit == "tabel" else wording.content(dated.value, value.unit)


def _span(dated: Dated) -> tuple[str, str]:
    return wording.day(dated.since), wording.day(dated.until) if dated.until else "sekarang"


def _basis(dated: Dated) -> str:
    return _cited(dated.article, dated.confidence) + (f". {dated.note}" if dated.note else "")


def _cited(article: str, confidence: Confidence) -> str:
    """An article with its certainty; one that says itself that nothing was found is not told so twice."""
    known = confidence == "unknown" and article.startswith("tidak ")
    return article if known else f"{article} ({wording.CONFIDENCE[confidence]})"


def _tables(concept: Concept) -> list[str]:
    """Each table of law by its dates."""
    parts = []
    for value in concept.values.values():
        for dated in value.dated if value.unit == "tabel" else ():
            parts.append(f"### {value.about}, sejak {wording.day(dated.since)}")
            headings = value.columns or tuple(
                (f"Kolom {n + 1}", "urutan") for n in range(len(dated.value[0]))
            )
            rows = [
                [_number(cell, unit) for cell, (_, unit) in zip(row, headings, strict=True)]
                for row in dated.value
            ]
            parts.append(_table([heading for heading, _ in headings], rows))
    return parts


def _number(cell: int, unit: str) -> str:
    return str(cell) if unit == "urutan" else wording.content(cell, unit)


def _examples(concept: Concept) -> list[str]:
    parts = ["## Contoh"]
    every = examples.of(concept.name)
    for sentence, same in groupby(every, key=lambda one: one.case):
        parts += _example(concept.name, sentence, list(same))
    return parts


def _example(name: str, sentence: str, cases: Sequence[examples.Example]) -> list[str]:
    """The sentence, what is known, and what follows; several lines as one table."""
    first = cases[0]
    within = name if first.asks == "own" else ""
    fixed = [key for key in first.given if all(one.given.get(key) == first.given[key] for one in cases)]
    moving = [key for key in first.given if key not in fixed]
    known = "; ".join(f"{_label(key, within)}: {wording.cell(key, first.given[key])}" for key in fixed)
    parts = [f"**{sentence}.**"]
    notes = [f"Diketahui: {known}."] if known else []
    for setting in first.settings:
        about, unit = loader.value(setting.key).about, loader.value(setting.key).unit
        said = wording.content(setting.parsed(), unit)
        notes.append(f"Setelan kantor: {about.lower()}: {said} ({setting.by}, {setting.reason}).")
    if len(cases) == 1:
        told = {
            key: text for key, text in first.expect.items() if text or not _of_reasons(key)
        } or first.expect
        found = (f"{_label(key, within)}: {wording.cell(key, text)}" for key, text in told.items())
        notes.append(f"Hasil: **{'; '.join(one.rstrip('.') for one in found)}.**")
    parts += ["\n".join(f"- {note}" for note in notes)] if notes else []
    if len(cases) == 1:
        return parts
    headings = [_label(key, within) for key in (*moving, *first.expect)]
    rows = [
        [wording.cell(key, one.given.get(key, "")) for key in moving]
        + [wording.cell(key, text) for key, text in one.expect.items()]
        for one in cases
    ]
    table = _table(headings, rows)
    if len(cases) > _LONG:
        table = f"<details><summary>{len(cases)} baris</summary>\n\n{table}\n\n</details>"
    return [*parts, table]


def _of_reasons(key: str) -> bool:
    """Whether a column says why not, or warns: silence there needs no words."""
    return key.endswith(("reason", "reasons", "warnings"))


def _label(key: str, within: str) -> str:
    return wording.column(key, within)


def _open(concept: Concept) -> list[str]:
    """What is uncertain now, what is used meanwhile, and who can settle it."""
    lines = [_question(value) for value in _unsettled(concept)]
    if not lines:
        return []
    heading = ("Hal", "Yang dipakai sekarang", "Kepastian", "Sumber dan catatan", "Yang dapat memastikan")
    return ["## Yang belum pasti", _table(heading, lines)]


def _unsettled(concept: Concept) -> list[Value]:
    return [
        value for value in concept.values.values() if value.dated[-1].confidence in {"secondary", "unknown"}
    ]


def _question(value: Value) -> tuple[str, ...]:
    dated = value.dated[-1]
    used = "tabel di atas" if value.unit == "tabel" else wording.content(dated.value, value.unit)
    notes = "; ".join(filter(None, (dated.source, dated.note))) or dated.article
    return value.about, used, wording.CONFIDENCE[dated.confidence], notes, _settled_by(value)


def _settled_by(value: Value) -> str:
    return value.settled_by or "Cabang BPJS Ketenagakerjaan"


def _reasons(concept: Concept) -> list[str]:
    if not concept.reasons:
        return []
    words = {"error": "Ditolak", "warning": "Peringatan", "note": "Catatan"}
    lines = [
        (
            words[one.severity],
            one.sentence,
            one.mend or "–",
            _cited(one.article, one.confidence),
        )
        for one in concept.reasons.values()
    ]
    return [
        "## Penolakan dan peringatan",
        _table(("Akibat", "Alasan", "Yang perlu dilakukan", "Dasar"), lines),
    ]


def _index() -> str:
    parts = [
        "# Buku pegangan",
        "Apa kata peraturan, berapa angkanya dari waktu ke waktu, contoh hitungannya, apa yang belum pasti "
        "dan siapa yang dapat memastikannya. Semua angka bertanggal: perkara dihitung dengan angka yang "
        "berlaku pada bulannya.",
        "- [Semua yang belum pasti, menurut siapa yang dapat memastikan](belum-pasti.md)\n"
        "- [Yang tidak dihitung, dengan alasannya](tidak-dimodelkan.md)",
    ]
    left = dict.fromkeys(loader.names())
    for title, begins in _GROUPS:
        own = [name for begin in begins for name in left if name == begin or name.startswith(f"{begin}.")]
        own += [name for name in left if name not in own and name.partition("_")[0] in begins]
        left = {name: None for name in left if name not in own}
        parts += [f"## {title}", _links(own)]
    if left:
        parts += ["## Lain-lain", _links(left)]
    parts += [
        "## Cara membaca kepastian",
        _table(
            ("Sebutan", "Artinya"),
            (
                (
                    wording.CONFIDENCE["regulation"],
                    "dibaca pada naskah peraturannya (salinan, bukan lembaran negara)",
                ),
                (wording.CONFIDENCE["official"], "dibaca pada laman resmi BPJS Ketenagakerjaan"),
                (
                    wording.CONFIDENCE["secondary"],
                    "dibaca pada berita, ringkasan atau sumber lain; perlu dicocokkan",
                ),
                (
                    wording.CONFIDENCE["unknown"],
                    "tidak ditemukan; dipakai anggapan sampai kantor menetapkan setelannya",
                ),
            ),
        ),
        _MADE,
    ]
    return "\n\n".join(parts) + "\n"


def _links(found: Iterable[str]) -> str:
    return "\n".join(f"- [{loader.concept(name).title}]({_file(name)})" for name in found)


def _uncertain() -> str:
    """Every value that is secondary or unknown now, by who can settle it: the unknown ones first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for name in loader.names():
        concept = loader.concept(name)
        link = f"[{concept.title}]({_file(name)})"
        for value in _unsettled(concept):
            found.setdefault(_settled_by(value), []).append((link, *_question(value)[:4]))
    parts = [
        "# Yang belum pasti",
        "Jawaban tertulis dari yang berwenang dicatat sebagai setelan kantor: isinya, tanggal mulai, siapa "
        "yang menetapkan dan alasannya. Sejak itu setelan itulah yang dipakai, dan terlihat di mana pun ia "
        "berlaku.",
    ]
    for who in sorted(found):
        lines = sorted(found[who], key=lambda line: line[3] != wording.CONFIDENCE["unknown"])
        missing = sum(line[3] == wording.CONFIDENCE["unknown"] for line in lines)
        parts += [f"## {who}", f"{len(lines)} hal, {missing} di antaranya belum ditemukan sama sekali."]
        parts.append(
            _table(("Pokok", "Hal", "Yang dipakai sekarang", "Kepastian", "Sumber dan catatan"), lines)
        )
    return "\n\n".join([*parts, "[Ke daftar isi](index.md)", _MADE]) + "\n"


def _not_modelled() -> str:
    parts = [
        "# Yang tidak dihitung",
        "Setiap hal yang disebut sumber hukum dan tidak dihitung Jaring, dengan alasannya.",
    ]
    for topic, rows in groupby(completeness.rows(), key=lambda row: row.topic):
        lines = [(row.row, row.not_modelled) for row in rows if row.not_modelled]
        if lines:
            parts += [f"## {topic}", _table(("Hal", "Alasan"), lines)]
    return "\n\n".join([*parts, "[Ke daftar isi](index.md)", _MADE]) + "\n"


def _file(name: str) -> str:
    return f"{name.replace('.', '-').replace('_', '-')}.md"


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n".join(f"| {' | '.join(_flat(cell) for cell in line)} |" for line in lines)


def _flat(cell: str) -> str:
    return " ".join(cell.split()).replace("|", "\\|")
