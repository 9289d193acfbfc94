"""Who is who: rows in, clusters out, with the pairs that a person should see."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import polars as pl

from jaring.people import blocking, clustering, cores, duck, pairs, prepare

#: A valid NIK with an agreeing name or birth date is beyond weighing.
CORE = 60.0
#: A small file is no small world: its people are looked for among at least so many.
_LEAST_WORLD = 20_000
#: The queue of a person is never longer than this share of the rows.
REVIEW_SHARE = 0.01

Progress = Callable[[str], None]


@dataclass(frozen=True)
class LinkResult:
    """``rows``: row_id, cluster, weight, state, person (of the register, or null), nik (the row's own).

    ``reviews``: left_row, right_row, left_person, right_person, weight and one ``w_<field>`` each. A
    side that is a person of the register only has no row.
    """

    rows: pl.DataFrame = field(repr=False)
    reviews: pl.DataFrame = field(repr=False)

    def __repr__(self) -> str:
        return f"LinkResult({self.rows.height} rows, {self.reviews.height} reviews)"


def link(
    frame: pl.DataFrame,
    known: pl.DataFrame | None = None,
    *,
    verdicts: pl.DataFrame | None = None,
    progress: Progress | None = None,
) -> LinkResult:
    """Link the rows of ``frame`` to one another and to the ``known`` people (same columns, ``person_id``).

    Known people are never merged with each other here. ``verdicts``: left_row, right_row, left_person,
    right_person (one of row and person a side), verdict same | different; they bind.
    """
    say = progress or (lambda _stage: None)
    everyone = _together(frame, known)
    say("menyamakan ejaan")
    rows = prepare.prepare(everyone)
    base = duck.connect()
    say("menyatukan NIK yang sama")
    rows = cores.cores(rows, base)
    table = nodes_table(cores.variants(rows), rows)
    say("mencari pasangan")
    duck.put(base, "v", table)
    blocking.candidates(base, known=known is not None)
    say("menimbang pasangan")
    trained = pairs.model()
    edges = blocking.weigh(base, trained, chance=chance(trained, table.height), least=clustering.REVIEW)
    base.close()
    say("mengelompokkan")
    same, different = _decided(rows, verdicts)
    # Most nodes touch nothing: only those of an edge or a verdict are walked one by one.
    touched = {n for pair in (*same, *different) for n in pair} | set(edges["a"]) | set(edges["b"])
    linked = rows.filter(pl.col("node").is_in(list(touched)))
    nodes = linked.group_by("node").agg(
        niks=pl.col("sure").drop_nulls().unique(),
        born=pl.col("born").drop_nulls().min(),
        person=pl.col("person").max(),
    )
    grouped, doubtful = clustering.cluster(nodes.sort("node"), edges, same, different)
    return _result(rows, grouped, doubtful)


def chance(trained: dict[str, float], nodes: int) -> float:
    """The probability that two random nodes are one person: the same matches per node at any size."""
    return 2.0 * trained["expected_matches_per_node"] / max(nodes, _LEAST_WORLD)


def nodes_table(variants: pl.DataFrame, rows: pl.DataFrame | None = None) -> pl.DataFrame:
    """What is weighed, with ``nik`` as compared, the frequency of each name key, and who is known."""
    table = variants.with_columns(nik=pl.coalesce("sure", "hint"), sure=pl.col("sure").is_not_null()).drop(
        "hint"
    )
    # In a short list every name looks common: it counts as so many of a world, not of the list.
    counted = table.group_by("key").agg(tf_key=pl.len() / max(table.height, _LEAST_WORLD))
    table = table.join(counted, on="key", how="left", maintain_order="left")
    if rows is None or rows["person"].null_count() == rows.height:
        return table.with_columns(is_known=pl.lit(False))
    known = rows.filter(pl.col("person").is_not_null())["node"]
    return table.with_columns(is_known=pl.col("node").is_in(known.implode()))


def _together(frame: pl.DataFrame, known: pl.DataFrame | None) -> pl.DataFrame:
    fresh = prepare.complete(frame).with_columns(person_id=pl.lit(None, dtype=pl.Int64))
    if known is None or known.is_empty():
        return fresh
    return pl.concat([prepare.complete(known).with_columns(row_id=pl.lit(None, dtype=pl.Int64)), fresh])


def _decided(
    rows: pl.DataFrame, verdicts: pl.DataFrame | None
) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    if verdicts is None or verdicts.is_empty():
        return [], []
    by_row = rows.filter(pl.col("row_id").is_not_null()).select("row_id", n_row="node")
    by_person = (
        rows.filter(pl.col("person").is_not_null())
        .select("person", n_person="node")
        .unique("person", keep="first", maintain_order=True)
    )
    found = verdicts
    for side in ("left", "right"):
        found = (
            found.join(by_row, left_on=f"{side}_row", right_on="row_id", how="left", maintain_order="left")
            .join(by_person, left_on=f"{side}_person", right_on="person", how="left", maintain_order="left")
            .with_columns(pl.coalesce("n_row", "n_person").alias(f"{side}_node"))
            .drop("n_row", "n_person")
        )
    found = found.filter(pl.col("left_node").is_not_null() & pl.col("right_node").is_not_null())
    found = found.filter(pl.col("left_node") != pl.col("right_node"))
    couples = lambda verdict: list(  # noqa: E731
        found.filter(verdict=verdict)
        .select("left_node", "right_node")
        .unique()
        .sort("left_node", "right_node")
        .iter_rows()
    )
    return couples("same"), couples("different")


def _result(rows: pl.DataFrame, grouped: pl.DataFrame, doubtful: pl.DataFrame) -> LinkResult:
    placed = (
        rows.select("pos", "row_id", "person", "node", "sure")
        .join(grouped, on="node", how="left", maintain_order="left")
        .with_columns(pl.coalesce("group", "node").alias("group"))
    )
    groups = placed.group_by("group").agg(
        first=pl.col("pos").min(),
        size=pl.len(),
        known=pl.col("person").max(),
        nodes=pl.col("node").n_unique(),
    )
    groups = groups.sort("first").with_row_index("cluster").with_columns(pl.col("cluster").cast(pl.Int64))
    placed = placed.join(groups, on="group", maintain_order="left")
    reviews = _reviews(placed, groups, doubtful, most=int(REVIEW_SHARE * rows.height))
    asked = reviews["asked"].unique()
    weight = pl.when(pl.col("sure").is_not_null()).then(CORE).otherwise(pl.coalesce("joined", pl.lit(0.0)))
    state = (
        pl.when(pl.col("cluster").is_in(asked.implode()))
        .then(pl.lit("review"))
        .when((weight >= clustering.CERTAIN) | (pl.col("nodes") == 1))
        .then(pl.lit("certain"))
        .otherwise(pl.lit("likely"))
    )
    out = placed.with_columns(weight=weight, state=state).filter(pl.col("row_id").is_not_null())
    return LinkResult(
        rows=out.select("row_id", "cluster", "weight", "state", person="known", nik="sure"),
        reviews=reviews.drop("asked"),
    )


def _reviews(
    placed: pl.DataFrame, groups: pl.DataFrame, doubtful: pl.DataFrame, *, most: int
) -> pl.DataFrame:
    """One case for each two clusters, by their best pair; the smaller cluster is the one asked about."""
    spot = placed.sort("pos").unique("node", keep="first", maintain_order=True)
    side = lambda name, node: spot.select(  # noqa: E731
        pl.col("node").alias(node),
        pl.col("row_id").alias(f"{name}_row"),
        pl.col("person").alias(f"{name}_person"),
        pl.col("cluster").alias(f"{name}_cluster"),
        pl.col("size").alias(f"{name}_size"),
    )
    weights = [f"w_{name}" for name in pairs.FIELDS]
    cases = doubtful.join(side("left", "a"), on="a").join(side("right", "b"), on="b")
    cases = cases.filter(pl.col("left_cluster") != pl.col("right_cluster")).with_columns(
        low=pl.min_horizontal("left_cluster", "right_cluster"),
        high=pl.max_horizontal("left_cluster", "right_cluster"),
        asked=pl.when(pl.col("left_size") < pl.col("right_size"))
        .then("left_cluster")
        .otherwise("right_cluster"),
    )
    order = ["weight", "low", "high", "a", "b"]
    cases = cases.sort(order, descending=[True, *[False] * 4]).unique(
        ["low", "high"], keep="first", maintain_order=True
    )
    columns = ["left_row", "right_row", "left_person", "right_person", "weight", *weights, "asked"]
    return cases.head(most).select(columns)
