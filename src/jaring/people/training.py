"""The model made anew: Splink learns how often each level of agreement is seen in one person and in two."""

from __future__ import annotations

import logging
import warnings
from typing import Any

import polars as pl

from jaring.people import cores, duck, linking, pairs, prepare

#: Pairs drawn at random for the chance of agreeing by accident.
RANDOM_PAIRS = 2e7
_SEED = 2026
#: What a frame never or hardly showed still happens: people move, share telephones, get a new family card.
#: No level is believed rarer than this among rows of one person, or among two people.
_LEAST = {"m_probability": 0.002, "u_probability": 1e-6}
_MEMORY = "6GB"


def train(frame: pl.DataFrame, *, random_pairs: float = RANDOM_PAIRS) -> dict[str, Any]:
    """Splink's settings with trained m and u, as ``people/model.json`` holds them.

    m comes from rows that one NIK holds together (no person has to label anything), u from random
    pairs. Expectation maximisation was tried and drifts: after the cores few matches are left to find.
    """
    rows = prepare.prepare(frame)
    rows = cores.cores(rows, duck.connect(memory=_MEMORY))
    nodes = linking.nodes_table(cores.variants(rows))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        plain = _from_labels(rows, random_pairs)
        whole = _nik_among_one_birth_date(nodes, plain)
    matches = whole.pop("probability_two_random_records_match") * (nodes.height - 1) / 2
    return {"expected_matches_per_node": matches, "trained_on_rows": frame.height, **whole}


def settings(comparisons: list[dict[str, Any]], chance: float = 1e-6) -> dict[str, Any]:
    """What Splink wants to know besides the comparisons."""
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "v",
        "probability_two_random_records_match": chance,
        "comparisons": comparisons,
        "blocking_rules_to_generate_predictions": [],
        "retain_intermediate_calculation_columns": True,
        "retain_matching_columns": False,
    }


def _linker(table: pl.DataFrame, comparisons: list[dict[str, Any]]) -> Any:
    from splink import DuckDBAPI, Linker, SettingsCreator

    api = DuckDBAPI(connection=duck.connect(memory=_MEMORY))
    options = settings(comparisons)
    return Linker(api.register(table.to_arrow()), SettingsCreator(**options), log_level=logging.ERROR)


def _from_labels(rows: pl.DataFrame, random_pairs: float) -> list[dict[str, Any]]:
    """m of every field but the NIK from rows under one valid NIK; u from random pairs."""
    # Only what the row itself states: a birth date read from the NIK would agree by itself.
    stated = rows.with_columns(
        v=pl.col("pos"),
        born=pl.col("birth_date"),
        sex=pl.when(pl.col("sex_stated").is_not_null()).then(pl.col("sex")),
        nik=pl.lit(None, dtype=pl.String),
        label=pl.when(pl.col("sure").is_not_null()).then(pl.col("node")),
    ).select("v", "label", *pairs.COMPARED)
    linker = _linker(stated, [c for c in pairs.comparisons() if c["output_column_name"] != "nik"])
    linker.training.estimate_u_using_random_sampling(
        max_pairs=random_pairs, seed=_SEED, min_count_per_level=None
    )
    linker.training.estimate_m_from_label_column("label")
    return [_filled(c) for c in linker.misc.save_model_to_json()["comparisons"]]


def _nik_among_one_birth_date(nodes: pl.DataFrame, trained: list[dict[str, Any]]) -> dict[str, Any]:
    """m and u of the NIK's levels, both among pairs of one birth date.

    A NIK repeats birth date, sex and place, so chance pairs would credit those twice. m: pairs with the
    same name, stated date and village; u: pairs of one date whose names have nothing in common.
    """
    from splink import block_on

    nik = next(c for c in pairs.comparisons() if c["output_column_name"] == "nik")
    levels = {}
    for side, rule in (
        ("m_probability", "o.key = v.key AND o.desa_code = v.desa_code"),
        (
            "u_probability",
            f"o.first <> v.first AND {pairs.LIKE_WITHOUT_SIDES} < 0.6 AND hash(o.v, v.v) % 64 = 0",
        ),
    ):
        linker = _linker(nodes.drop("tf_key", "is_known"), [nik])
        labels = _pairs_of_one_birth_date(nodes, rule)
        linker.training.estimate_m_from_pairwise_labels(
            linker.table_management.register_labels_table(linker._db_api.register(labels.to_arrow()))
        )
        learnt = linker.misc.save_model_to_json()["comparisons"][0]["comparison_levels"]
        levels[side] = [
            None if lv.get("is_null_level") else max(float(lv.get("m_probability") or 0.0), _LEAST[side])
            for lv in learnt
        ]
    for side, values in levels.items():
        for level, value in zip(nik["comparison_levels"], values, strict=True):
            if value is not None:
                level[side] = value
    place = pairs.FIELDS.index("nik")
    linker = _linker(nodes.drop("tf_key", "is_known"), [*trained[:place], nik, *trained[place:]])
    linker.training.estimate_probability_two_random_records_match(
        [block_on("key", "born", "desa_code"), block_on("key", "mother", "desa_code")], recall=0.5
    )
    return linker.misc.save_model_to_json()


def _pairs_of_one_birth_date(nodes: pl.DataFrame, rule: str) -> pl.DataFrame:
    link = duck.connect(memory=_MEMORY)
    duck.put(link, "v", nodes)
    return duck.get(
        link,
        f"""SELECT o.v AS v_l, v.v AS v_r, 1.0::DOUBLE AS clerical_match_score
            FROM v o JOIN v ON o.born = v.born AND {rule}
            WHERE o.v < v.v AND o.node <> v.node AND o.nik IS NOT NULL AND v.nik IS NOT NULL
              AND strftime(o.born, '%m-%d') NOT IN {pairs.PLACEHOLDERS}""",  # noqa: S608 -- our own text
    )


def _filled(comparison: dict[str, Any]) -> dict[str, Any]:
    for level in comparison["comparison_levels"]:
        if not level.get("is_null_level"):
            for side, least in _LEAST.items():
                level[side] = max(float(level.get(side) or 0.0), least)
    return comparison
