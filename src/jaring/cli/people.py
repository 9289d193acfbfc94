"""``jaring people``: link files without a database, train the model anew, see the review queue."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from jaring.cli import django_ready, new_file


def add(commands: Any) -> None:
    """Three commands; ``link`` and ``train`` need no database."""
    room = commands.add_parser("people", help="kenali orang yang sama di banyak daftar")
    verbs = room.add_subparsers(dest="verb", required=True, metavar="PERINTAH")

    link = verbs.add_parser("link", help="berkas masuk, nomor orang per baris keluar; tanpa basis data")
    link.add_argument("files", type=Path, nargs="+", metavar="BERKAS")
    link.add_argument("--out", type=new_file, required=True, metavar="LINKS.csv")
    link.add_argument("--json", action="store_true", help="ringkasan untuk mesin")
    link.set_defaults(run=_link)

    train = verbs.add_parser("train", help="latih ulang bobot dari berkas daftar atau parquet")
    train.add_argument("files", type=Path, nargs="+", metavar="BERKAS")
    train.add_argument("--out", type=new_file, default=Path("model.json"), metavar="MODEL.json")
    train.set_defaults(run=_train)

    review = verbs.add_parser("review", help="kasus yang menunggu putusan orang")
    review.add_argument(
        "--out", type=new_file, metavar="KASUS.xlsx", help="tulis kasus yang menunggu; NIK disamarkan"
    )
    review.add_argument("--json", action="store_true", help="hasil untuk mesin")
    review.set_defaults(run=_review)


def _frame(files: list[Path]) -> Any:
    import datetime as dt
    import os

    import polars as pl

    from jaring.facts.reason import refuse
    from jaring.people import files as reading

    absent = [path.name for path in files if not path.is_file()]
    if absent:
        raise refuse("berkas-tidak-ada", f"Berkas tidak ada: {', '.join(absent)}.", "Periksa nama berkasnya.")
    if all(path.suffix == ".parquet" for path in files):
        frame = pl.concat([pl.read_parquet(path).with_columns(file=pl.lit(path.name)) for path in files])
        if "name" not in frame.columns:
            raise refuse(
                "kolom-nama-tidak-ada", "Parquet tidak memuat kolom name.", "Pakai kolom kontrak tautan."
            )
        frame = frame.with_columns(sheet=pl.lit(""), row=pl.int_range(1, pl.len() + 1).over("file"))
        return frame.with_columns(row_id=pl.int_range(1, pl.len() + 1, dtype=pl.Int64))
    return reading.from_files(
        files, today=dt.date.today(), region_key=os.environ.get("JARING_REGION", "lotim")
    )


def _link(args: argparse.Namespace) -> int:
    import polars as pl

    from jaring.people.linking import link

    frame = _frame(args.files)
    say = None if args.json else _stage
    found = link(frame, progress=say)
    names = frame.select("row_id", "file", "sheet", "row")
    out = names.join(found.rows, on="row_id", maintain_order="left").select(
        "file", "sheet", "row", person=pl.col("cluster") + 1, weight=pl.col("weight").round(3), state="state"
    )
    args.out.parent.mkdir(parents=True, exist_ok=True)
    out.write_csv(args.out)
    states = dict(out.group_by("state").len().iter_rows())
    summary = {
        "rows": out.height,
        "people": out["person"].n_unique(),
        **{state: states.get(state, 0) for state in ("certain", "likely", "review")},
        "cases": found.reviews.height,
        "out": str(args.out),
    }
    if args.json:
        print(json.dumps(summary, ensure_ascii=False))
    else:
        print(
            f"{summary['rows']} baris, {summary['people']} orang: {summary['certain']} baris pasti,"
            f" {summary['likely']} baris mungkin, {summary['review']} baris perlu diperiksa orang.\n"
            f"Hasil: {args.out}"
        )
    return 0


def _train(args: argparse.Namespace) -> int:
    from jaring.people.training import train

    frame = _frame(args.files)
    model = train(frame)
    args.out.write_text(json.dumps(model, indent=1, sort_keys=True, ensure_ascii=False), encoding="utf-8")
    print(f"Bobot dilatih dari {frame.height} baris. Hasil: {args.out}")
    return 0


def _review(args: argparse.Namespace) -> int:
    django_ready()
    from jaring.people import queue

    counts = queue.counts()
    written = queue.export(args.out) if args.out else None
    if args.json:
        print(json.dumps({"counts": counts, "written": written}, ensure_ascii=False))
        return 0
    for state, label in queue.STATES.items():
        print(f"{counts[state]:>8}  {label}")
    if args.out:
        print(f"{written} kasus ditulis ke {args.out}; NIK disamarkan.")
    return 0


def _stage(sentence: str) -> None:
    if sys.stderr.isatty():
        print(f"… {sentence}", file=sys.stderr)
