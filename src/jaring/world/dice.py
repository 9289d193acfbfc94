"""Repeatable dice: every part of the world draws from a generator of its own, named by what it makes."""

from __future__ import annotations

import hashlib
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


def dice(seed: int, *labels: object) -> np.random.Generator:
    """A generator that depends on the seed and the labels alone, never on what was drawn before."""
    text = "/".join([str(seed), *map(str, labels)])
    digest = hashlib.sha256(text.encode()).digest()
    return np.random.Generator(np.random.PCG64(int.from_bytes(digest[:16], "big")))


def pick(rng: np.random.Generator, weights: npt.ArrayLike, size: int) -> Ints:
    """``size`` places drawn by weight, with repetition."""
    edges = np.cumsum(np.asarray(weights, dtype=np.float64))
    places = np.searchsorted(edges, rng.random(size) * edges[-1], side="right")
    return np.minimum(places, len(edges) - 1).astype(np.int64)


def draw(rng: np.random.Generator, weights: npt.ArrayLike, size: int) -> Ints:
    """``size`` different places drawn by weight (a weight of 0 is never drawn), in ascending order.

    ValueError if fewer than ``size`` places have a weight.
    """
    scale = np.asarray(weights, dtype=np.float64)
    possible = np.flatnonzero(scale > 0)
    if len(possible) < size:
        raise ValueError(f"{size} wanted, {len(possible)} possible")
    key = rng.standard_exponential(len(possible)) / scale[possible]
    return np.sort(possible[np.argpartition(key, size - 1)[:size]] if size else possible[:0])


def falling(count: int, steepness: float = 0.9) -> Floats:
    """Weights of ``count`` words of which the first are common and the last rare (Zipf)."""
    weights: Floats = 1.0 / np.arange(1, count + 1, dtype=np.float64) ** steepness
    return weights


def words(rng: np.random.Generator, choices: list[str], size: int, steepness: float = 0.9) -> pl.Series:
    """``size`` words, the first of the list most often. Steepness 0: all alike."""
    return pl.Series(choices, dtype=pl.String).gather(places(rng, len(choices), steepness, size))


def places(rng: np.random.Generator, count: int, steepness: float, size: int) -> Ints:
    """``size`` places below ``count`` by falling weights; a table of 65,536 steps instead of a search."""
    return _steps(count, steepness)[rng.integers(0, 1 << 16, size)]


@cache
def _steps(count: int, steepness: float) -> Ints:
    edges = np.cumsum(falling(count, steepness))
    steps = np.searchsorted(edges, (np.arange(1 << 16) + 0.5) / (1 << 16) * edges[-1], side="right")
    return steps.astype(np.int64)


def one(rng: np.random.Generator, choices: list[Any]) -> Any:
    """One of a few things, all alike."""
    return choices[int(rng.integers(len(choices)))]


def within_group(sorted_keys: npt.NDArray[Any]) -> Ints:
    """0, 1, 2 … inside each run of equal keys."""
    size = len(sorted_keys)
    starts = np.ones(size, dtype=bool)
    starts[1:] = sorted_keys[1:] != sorted_keys[:-1]
    first = np.maximum.accumulate(np.where(starts, np.arange(size), 0))
    return (np.arange(size) - first).astype(np.int64)
