"""Groups of nodes that are one person: strongest edge first, and never two NIKs through a third.

Plain connected components ruin linkage at size: one wrong edge joins two families of records.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import polars as pl

#: log2 odds from which two nodes are merged without a person.
MERGE = 2.0
#: The same where both nodes hold a valid NIK and one looks like the other mistyped.
MERGE_TYPO = 10.0
#: From here to MERGE a person looks.
REVIEW = -1.0
#: A node without NIK that fits a second NIK nearly as well is left to a person.
MARGIN = 4.0
#: Below this the names do not agree: family card, mother and telephone then speak of the family.
NAMED = 1.0
#: Joined by at least this much a row is certain, by less likely.
CERTAIN = 12.0
#: What a person's decision counts as.
DECIDED = 99.0


@dataclass
class Groups:
    """Disjoint sets of nodes; each knows the NIKs, birth dates and known person it holds."""

    niks: dict[int, set[str]]
    born: dict[int, set[int]]
    known: dict[int, int]
    apart: dict[int, set[int]] = field(default_factory=dict)
    parent: dict[int, int] = field(default_factory=dict)

    def root(self, node: int) -> int:
        """The node that stands for the group of ``node``."""
        top = node
        while (above := self.parent.get(top, top)) != top:
            top = above
        while (above := self.parent.get(node, node)) != top:
            self.parent[node] = top
            node = above
        return top

    def merge(self, a: int, b: int) -> None:
        """One group out of two; it holds what both held."""
        keep, gone = (a, b) if a in self.known or (b not in self.known and a < b) else (b, a)
        self.parent[gone] = keep
        tables: tuple[dict[int, set[Any]], ...] = (self.niks, self.born, self.apart)
        for table in tables:
            if gone in table:
                table.setdefault(keep, set()).update(table.pop(gone))
        if gone in self.known:
            self.known[keep] = self.known.pop(gone)

    def kept_apart(self, a: int, b: int) -> bool:
        """A person said that these two are different."""
        return any(self.root(n) == b for n in self.apart.get(a, ())) or any(
            self.root(n) == a for n in self.apart.get(b, ())
        )

    def conflict(self, a: int, b: int, *, typo: bool) -> bool:
        """Why two groups may not be one: two known people, two NIKs, two birth dates that never met."""
        if a in self.known and b in self.known:
            return True
        left, right = self.niks.get(a), self.niks.get(b)
        if left and right and left != right:
            # Only one mistyped NIK of one: a chain of near NIKs would walk from person to person.
            return not (typo and len(left) == 1 and len(right) == 1)
        return False


def own_weight() -> pl.Expr:
    """The weight; where birth date or sex are another's, without what siblings share."""
    family = sum((pl.col(f"w_{name}").clip(lower_bound=0.0) for name in ("kk", "mother", "tel")), pl.lit(0.0))
    other = (pl.col("w_born") < -2.0) | (pl.col("w_sex") < 0.0)
    return pl.when(other).then(pl.col("weight") - family).otherwise(pl.col("weight"))


def ambiguous(edges: pl.DataFrame, holders: pl.Series) -> pl.DataFrame:
    """The edges (``a, b``) of nodes that fit two ``holders`` (of a NIK, or of the register) nearly alike."""
    strong = edges.filter(pl.col("weight") >= MERGE).with_columns(
        held_a=pl.col("a").is_in(holders.implode()), held_b=pl.col("b").is_in(holders.implode())
    )
    open_a = strong.filter(~pl.col("held_a") & pl.col("held_b")).select(o="a", s="b", weight="weight")
    open_b = strong.filter(pl.col("held_a") & ~pl.col("held_b")).select(o="b", s="a", weight="weight")
    both = pl.concat([open_a, open_b])
    # The two that ``top_k`` gives stand in no order: the second best is the smaller of them.
    best = both.group_by("o").agg(
        top=pl.col("weight").max(), near=pl.col("weight").top_k(2).min(), n=pl.len()
    )
    doubtful = best.filter((pl.col("n") > 1) & (pl.col("top") - pl.col("near") < MARGIN))
    flagged = both.join(doubtful, on="o").filter(pl.col("weight") > pl.col("top") - MARGIN)
    return flagged.select(a=pl.min_horizontal("o", "s"), b=pl.max_horizontal("o", "s"))


def cluster(
    nodes: pl.DataFrame,
    edges: pl.DataFrame,
    same: list[tuple[int, int]],
    different: list[tuple[int, int]],
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """``nodes``: node, niks (list), born (date or null), person (known or null).

    Returns (node, group, joined: the weight that brought the node in) and the edges for review, as they
    came. ``same`` and ``different`` are what people decided; they bind.
    """
    groups = _groups(nodes)
    for a, b in different:
        groups.apart.setdefault(groups.root(a), set()).add(b)
        groups.apart.setdefault(groups.root(b), set()).add(a)
    joined: dict[int, float] = {}
    for a, b in same:
        ra, rb = groups.root(a), groups.root(b)
        if ra != rb and not (ra in groups.known and rb in groups.known):
            groups.merge(ra, rb)
            joined[a] = joined[b] = DECIDED
    holders = nodes.filter((pl.col("niks").list.len() > 0) | pl.col("person").is_not_null())["node"]
    decided = {(min(pair), max(pair)) for pair in different}
    apart = pl.DataFrame(sorted(decided), schema={"a": pl.Int64, "b": pl.Int64}, orient="row")
    edges = edges.join(apart, on=["a", "b"], how="anti", maintain_order="left")
    doubtful = set(ambiguous(edges, holders).iter_rows())
    review: list[int] = []
    ordered = (
        edges.with_row_index("e")
        .with_columns(own=own_weight())
        .sort("weight", "a", "b", descending=[True, False, False])
    )
    columns = ordered.select(
        "e", "a", "b", "weight", "own", "typo", "sure_a", "sure_b", "w_name", "w_born"
    ).iter_rows()
    for e, a, b, weight, own, typo, sure_a, sure_b, w_name, w_born in columns:
        ra, rb = groups.root(a), groups.root(b)
        if ra == rb or groups.kept_apart(ra, rb):
            continue
        least = MERGE_TYPO if sure_a and sure_b else MERGE
        if weight < REVIEW:
            break
        if (a, b) in doubtful or own < least or w_name < NAMED:
            review.append(e)
        elif groups.conflict(ra, rb, typo=typo):
            # Two NIK holders that nothing but their NIKs parts, or two people of the register.
            if (sure_a and sure_b) or (ra in groups.known and rb in groups.known):
                review.append(e)
        elif w_born == 0.0 and _dates_differ(groups, ra, rb):
            review.append(e)
        else:
            groups.merge(ra, rb)
            joined[a] = max(weight, joined.get(a, weight))
            joined[b] = max(weight, joined.get(b, weight))
    return _found(groups, nodes["node"], joined), edges[sorted(review)]


def _found(groups: Groups, nodes: pl.Series, joined: dict[int, float]) -> pl.DataFrame:
    """node, group, joined: the weight that brought the node in, null where none did."""
    roots = pl.Series([groups.root(n) for n in nodes.to_list()], dtype=pl.Int64)
    strength = pl.DataFrame(
        {"node": list(joined), "joined": list(joined.values())},
        schema={"node": pl.Int64, "joined": pl.Float64},
    )
    found = nodes.to_frame("node").with_columns(group=roots)
    return found.join(strength, on="node", how="left", maintain_order="left")


def _groups(nodes: pl.DataFrame) -> Groups:
    held = nodes.filter(pl.col("niks").list.len() > 0)
    dated = nodes.filter(pl.col("born").is_not_null())
    known = nodes.filter(pl.col("person").is_not_null())
    return Groups(
        niks={n: set(k) for n, k in held.select("node", "niks").iter_rows()},
        born={n: {d} for n, d in dated.select("node", pl.col("born").cast(pl.Int32)).iter_rows()},
        known=dict(known.select("node", "person").iter_rows()),
    )


def _dates_differ(groups: Groups, a: int, b: int) -> bool:
    """An undated row must not tie two people of different birth dates together."""
    left, right = groups.born.get(a), groups.born.get(b)
    return bool(left and right and left.isdisjoint(right))
