"""The stored weights are Splink's own: its prediction and ours agree pair by pair."""

from __future__ import annotations

import logging
import warnings

import polars as pl
import pytest

from jaring.people import blocking, cores, duck, linking, pairs, prepare, training
from jaring.world.linkage import linkage_rows


@pytest.fixture(scope="module")
def table() -> pl.DataFrame:
    rows = cores.cores(prepare.prepare(linkage_rows(3_000, seed=3)), duck.connect())
    return linking.nodes_table(cores.variants(rows))


def test_the_weight_of_a_pair_is_splinks(table: pl.DataFrame) -> None:
    from splink import DuckDBAPI, Linker, SettingsCreator

    model, chance = pairs.model(), 1e-6
    link = duck.connect()
    duck.put(link, "v", table)
    blocking.candidates(link)
    # Every pair of one birth date too, so that low levels are met.
    link.execute(
        "INSERT INTO cand SELECT a.v, b.v FROM v a JOIN v b ON a.v < b.v AND a.node <> b.node"
        " WHERE (a.born = b.born OR a.kk = b.kk"
        " OR (a.kec = b.kec AND left(a.compact, 2) = left(b.compact, 2)))"
        " AND NOT EXISTS (SELECT 1 FROM cand c WHERE c.l = a.v AND c.r = b.v)"
    )
    columns, total = pairs.weight_sql(model, chance=chance)
    sides = ", ".join(f'x."{c}" AS "{c}_l", y."{c}" AS "{c}_r"' for c in (*pairs.COMPARED, "tf_key"))
    ours = duck.get(
        link,
        f"WITH s AS (SELECT x.v AS v_l, y.v AS v_r, {sides}"
        " FROM cand JOIN v x ON l = x.v JOIN v y ON r = y.v),"
        f" w AS (SELECT *, {', '.join(columns)} FROM s) SELECT v_l, v_r, {total} AS ours FROM w",
    )
    logging.getLogger("splink").setLevel(logging.ERROR)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        api = DuckDBAPI(connection=duck.connect())
        nodes = api.register(table.drop("tf_key", "is_known").to_arrow())
        linker = Linker(nodes, SettingsCreator(**training.settings(model["comparisons"], chance)))
        names = table.select("key", "tf_key").unique()
        linker.table_management.register_term_frequency_lookup(api.register(names.to_arrow()), "key")
        blocked = ours.select(join_key_l="v_l", join_key_r="v_r", match_key=pl.lit("0"))
        linker.table_management.register_blocked_pairs_for_predict(api.register(blocked.to_arrow()))
        told = linker.inference.predict().as_duckdbpyrelation().to_arrow_table()
    both = pl.DataFrame(told).select("v_l", "v_r", "match_weight").join(ours, on=["v_l", "v_r"])
    assert both.height == ours.height > 1000
    assert both.select((pl.col("match_weight") - pl.col("ours")).abs().max()).item() < 1e-9
    assert both["ours"].min() < -10 < 10 < both["ours"].max()


def test_training_learns_what_the_shipped_model_knows() -> None:
    learnt = training.train(linkage_rows(12_000, seed=5), random_pairs=3e5)
    weights = {
        field["output_column_name"]: [
            level["m_probability"] / level["u_probability"]
            for level in field["comparison_levels"]
            if not level.get("is_null_level")
        ]
        for field in learnt["comparisons"]
    }
    assert tuple(weights) == pairs.FIELDS
    for name, ratios in weights.items():
        assert ratios[0] > 2 * ratios[-1], name
    assert weights["name"][0] > 1000
    assert weights["born"][0] > 1000
    assert weights["sex"][-1] < 0.1
    shipped = {c["output_column_name"]: len(c["comparison_levels"]) for c in pairs.model()["comparisons"]}
    assert shipped == {c["output_column_name"]: len(c["comparison_levels"]) for c in learnt["comparisons"]}


def test_the_shipped_model_holds_no_name_and_no_number_of_a_person() -> None:
    text = str(pairs.model())
    assert "52.03" not in text
    assert not any(word.isdigit() and len(word) >= 15 for word in text.replace("'", " ").split())
