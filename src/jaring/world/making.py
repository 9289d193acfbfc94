"""``jaring world make``: the inbox of every office, the budgets, and the truth apart."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import polars as pl

from jaring.facts.rupiah import dotted
from jaring.world import later, rates
from jaring.world.dice import dice
from jaring.world.offices import offices
from jaring.world.output import Inbox
from jaring.world.regency import Regency, build

Say = Callable[[str], None]
#: Newly covered by an employer between the insurer's list of January and April. [assumption]
JOINED = 0.004


def make(key: str, seed: int, size: str, out: Path, say: Say = lambda line: None) -> dict[str, int]:
    """Write the world below ``out``, in place of an older one; returns counts."""
    for folder in ("inbox", "truth", "arsip", "lanjutan"):
        shutil.rmtree(out / folder, ignore_errors=True)
    say("penduduk rekaan …")
    regency = build(seed, key, size)
    say(f"{dotted(regency.people.height)} orang, {dotted(regency.size.workers)} pekerja")
    inbox = Inbox(out / "inbox")
    for name, write in offices().items():
        before = len(inbox.files)
        write(regency, inbox)
        written = inbox.files[before:]
        say(f"{name}: {len(written)} berkas, {sum(rows for _, rows in written)} baris orang")
    inbox.close()
    mutations = later.mutations(regency)
    later.write(mutations, out / "lanjutan")
    (out / "BACA.md").write_text(_guide(regency, inbox, seed), encoding="utf-8")
    return _truth(regency, inbox, out, mutations) | {"berkas": len(inbox.files)}


def _truth(regency: Regency, inbox: Inbox, out: Path, mutations: pl.DataFrame) -> dict[str, int]:
    """Who is who: never read by the product, only by what scores it and by the stand-in insurer."""
    folder = out / "truth"
    folder.mkdir(parents=True)
    rows = pl.concat(inbox.truth)
    rows.write_parquet(folder / "rows.parquet")
    active = regency.lists["peserta_aktif"]
    # One cover a person: an employer's goes before one's own.
    order = {"pu": 0, "jakon": 1, "pmi": 2, "bpu": 3}
    cover = (
        active.filter(~pl.col("left"))
        .with_columns(order=pl.col("kind").replace_strict(order, return_dtype=pl.Int64))
        .sort("person", "order", maintain_order=True)
        .unique("person", keep="first", maintain_order=True)
        .select("person", cover_kind="kind", cover_source="source", cover_part="part", cover_npp="npp")
    )
    people = regency.people.drop("visible", "title", "first", "head_nik").join(
        cover, on="person", how="left", maintain_order="left"
    )
    people = later.fated(_joined(regency, people), mutations)
    people.write_parquet(folder / "people.parquet")
    lists = [
        frame.select("person").unique(maintain_order=True).with_columns(list=pl.lit(name))
        for name, frame in regency.lists.items()
        if "person" in frame.columns
    ]
    pl.concat(lists).write_parquet(folder / "lists.parquet")
    rates.described().write_csv(folder / "rates.csv")
    return {"orang": people.height, "pekerja": int(people["worker"].sum()), "baris": rows.height}


def _joined(regency: Regency, people: pl.DataFrame) -> pl.DataFrame:
    """Some found an employer since January: the insurer knows, the list of January does not."""
    lucky = pl.Series(dice(regency.seed, "joined").random(people.height) < JOINED)
    new = pl.col("worker") & pl.col("cover_kind").is_null() & ~pl.col("asn") & lucky
    return people.with_columns(
        cover_kind=pl.when(new).then(pl.lit("pu")).otherwise("cover_kind"),
        cover_source=pl.when(new).then(pl.lit("employer")).otherwise("cover_source"),
        cover_part=pl.when(new).then(pl.lit("baru")).otherwise("cover_part"),
    )


def _guide(regency: Regency, inbox: Inbox, seed: int) -> str:
    """What lies here, for a person who opens the folder."""
    lines = [
        f"# {regency.region.name} rekaan, angka acak {seed}, ukuran {regency.size.name}",
        "",
        "Semua orang, nomor, perusahaan, dan paket di sini rekaan. Nama desa dan kecamatan nyata.",
        "Nomor urut NIK mulai 9001 agar tidak sama dengan NIK siapa pun.",
        "",
        "- `inbox/`: daftar seperti yang disimpan kantor, dan anggaran; `manifest.csv` menyebut sebagian.",
        "- `arsip/`: daftar tahun lalu, tidak ikut bulan ini.",
        "- `lanjutan/`: mutasi bulan berikutnya.",
        "- `truth/`: siapa sebenarnya di setiap baris; hanya untuk menilai, sistem tidak membacanya.",
        "",
        "| berkas | baris orang |",
        "|---|---:|",
        *(f"| {name} | {rows} |" for name, rows in inbox.files if not name.startswith("dpmd/")),
    ]
    villages = [rows for name, rows in inbox.files if name.startswith("dpmd/")]
    return "\n".join([*lines, f"| dpmd/ ({len(villages)} berkas) | {sum(villages)} |", ""])
