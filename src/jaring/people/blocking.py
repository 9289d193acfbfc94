"""Which pairs are worth weighing: equal keys only, so that every join is a hash join.

Two nodes that both hold a valid NIK meet only where the NIKs themselves look like one mistyped, or
where everything else is the same and a person should look.
"""

from __future__ import annotations

from typing import Any

import duckdb
import polars as pl

from jaring.people import duck, pairs

#: Of a node without a valid NIK (o) with any other (v).
_OPEN = (
    "o.key = v.key AND o.desa_code = v.desa_code",
    "o.born = v.born AND o.desa_code = v.desa_code AND left(o.compact, 2) = left(v.compact, 2)",
    "o.born = v.born AND o.first = v.first",
    "o.born = v.born AND o.last = v.last",
    "o.key = v.key AND o.kec = v.kec AND year(o.born) = year(v.born)",
    "o.kk = v.kk AND left(o.compact, 2) = left(v.compact, 2)",
    "o.kk = v.kk AND o.last = v.last",
    "o.tel = v.tel AND left(o.compact, 2) = left(v.compact, 2)",
    "o.mother = v.mother AND o.desa_code = v.desa_code AND o.first = v.first",
    "o.mother = v.mother AND o.key = v.key",
    "left(o.nik, 15) = left(v.nik, 15)",
    "left(o.nik, 12) = left(v.nik, 12) AND left(o.compact, 1) = left(v.compact, 1)",
    "right(o.nik, 10) = right(v.nik, 10) AND left(o.compact, 1) = left(v.compact, 1)",
    "left(o.nik, 8) = left(v.nik, 8) AND o.key = v.key",
    "right(o.nik, 4) = right(v.nik, 4) AND o.key = v.key AND o.kec = v.kec",
)
#: Of two nodes that each hold a valid NIK: one digit wrong in the serial, the region, day, month, year.
_TYPO = (
    "left(o.nik, 12) = left(v.nik, 12) AND o.first = v.first",
    "left(o.nik, 12) = left(v.nik, 12) AND o.last = v.last",
    "right(o.nik, 10) = right(v.nik, 10) AND o.first = v.first",
    "right(o.nik, 10) = right(v.nik, 10) AND o.last = v.last",
    "left(o.nik, 6) = left(v.nik, 6) AND right(o.nik, 8) = right(v.nik, 8) AND o.key = v.key",
    "left(o.nik, 8) = left(v.nik, 8) AND right(o.nik, 6) = right(v.nik, 6) AND o.key = v.key",
    "left(o.nik, 10) = left(v.nik, 10) AND right(o.nik, 4) = right(v.nik, 4) AND o.key = v.key",
)
_SAME = ("o.key = v.key AND o.born = v.born AND o.desa_code = v.desa_code",)
_NEAR = (
    "damerau_levenshtein(o.nik, v.nik) <= 1 OR (left(o.nik, 15) = left(v.nik, 15)"
    " AND (right(o.nik, 1) = '0' OR right(v.nik, 1) = '0'))"
)


def candidates(link: duckdb.DuckDBPyConnection, *, known: bool = False) -> None:
    """From the table ``v`` (variants) make ``cand(l, r)``: numbers of variants of different nodes, l < r.

    With ``known``, pairs of two nodes that the register holds already are left out: they were weighed
    when they came.
    """
    fresh = " AND NOT (o.is_known AND v.is_known)" if known else ""
    pick = (
        "SELECT least(o.v, v.v) AS l, greatest(o.v, v.v) AS r"
        " FROM {left} o JOIN {right} v ON {rule} WHERE o.node <> v.node"
    )
    parts = [pick.format(left="v_open", right="v", rule=rule) + fresh for rule in _OPEN]
    parts += [
        pick.format(left="v_sure", right="v_sure", rule=rule) + f" AND o.v < v.v AND ({_NEAR})" + fresh
        for rule in _TYPO
    ]
    parts += [
        pick.format(left="v_sure", right="v_sure", rule=rule) + " AND o.v < v.v" + fresh for rule in _SAME
    ]
    link.execute("CREATE OR REPLACE TEMP TABLE v_open AS SELECT * FROM v WHERE NOT sure")
    link.execute("CREATE OR REPLACE TEMP TABLE v_sure AS SELECT * FROM v WHERE sure")
    link.execute("CREATE OR REPLACE TEMP TABLE cand AS " + " UNION ".join(parts))


def weigh(
    link: duckdb.DuckDBPyConnection, trained: dict[str, Any], *, chance: float, least: float
) -> pl.DataFrame:
    """The edges between nodes that weigh at least ``least``: for each two nodes their best pair of variants.

    ``a, b`` (nodes, a < b), ``weight`` and one ``w_<field>`` each, ``typo`` (their NIKs look like one
    mistyped), ``sure_a``, ``sure_b``.
    """
    columns, total = pairs.weight_sql(trained, chance=chance)
    sides = ", ".join(f'x."{c}" AS "{c}_l", y."{c}" AS "{c}_r"' for c in (*pairs.COMPARED, "tf_key"))
    return duck.get(
        link,
        f"""
        WITH side AS (
            SELECT cand.l, cand.r, x.node AS node_l, y.node AS node_r, x.sure AS sure_l, y.sure AS sure_r,
                {sides}
            FROM cand JOIN v x ON cand.l = x.v JOIN v y ON cand.r = y.v
        ), field AS (
            SELECT *, {", ".join(columns)} FROM side
        ), weighed AS (
            SELECT *, {total} AS weight FROM field
        ), kept AS (
            SELECT l, r, least(node_l, node_r) AS a, greatest(node_l, node_r) AS b, weight,
                {", ".join(f"w_{name}" for name in pairs.FIELDS)},
                coalesce({pairs.NIK_TYPO}, false) AS typo,
                CASE WHEN node_l < node_r THEN sure_l ELSE sure_r END AS sure_a,
                CASE WHEN node_l < node_r THEN sure_r ELSE sure_l END AS sure_b
            FROM weighed WHERE weight >= {least!r}
        )
        SELECT * EXCLUDE (l, r) FROM kept
        QUALIFY row_number() OVER (
            PARTITION BY a, b ORDER BY weight DESC, w_name DESC, w_born DESC, w_place DESC, l, r
        ) = 1
        ORDER BY a, b
        """,  # noqa: S608 -- our own text and the model's
    )
