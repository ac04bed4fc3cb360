"""95 % intervals of shares and of differences, where questions of one photo hang together."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

NORMAL_95 = 1.959964
ROUNDS = 2000
SEED = 0


@dataclass(frozen=True)
class Interval:
    value: float
    low: float
    high: float

    def record(self) -> dict[str, float]:
        return {name: round(number, 4) for name, number in vars(self).items()}


def wilson(right: int, asked: int) -> Interval:
    """Wilson's score interval of a share, as if all questions were independent."""
    if asked == 0:
        return Interval(0.0, 0.0, 1.0)
    share, square = right / asked, NORMAL_95**2
    centre = (share + square / (2 * asked)) / (1 + square / asked)
    half = NORMAL_95 / (1 + square / asked) * sqrt(share * (1 - share) / asked + square / (4 * asked**2))
    return Interval(share, max(0.0, centre - half), min(1.0, centre + half))


def macro(values: np.ndarray, kinds: np.ndarray) -> float:
    """values [n], kinds [n] -> mean over the kinds of each kind's mean."""
    _, kind = np.unique(kinds, return_inverse=True)
    counts = np.bincount(kind)
    return float(np.mean(np.bincount(kind, weights=values)[counts > 0] / counts[counts > 0]))


def over_photos(
    photos: Sequence[str], values: np.ndarray, kinds: np.ndarray, statistic: Callable[[np.ndarray, np.ndarray], float]
) -> Interval:
    """Percentile bootstrap that draws photos with all their questions, not questions.

    photos [n], values [n] (0/1, or differences of two), kinds [n]; a drawing that lacks a kind averages the others.
    """
    rows_of: dict[str, list[int]] = defaultdict(list)
    for row, photo in enumerate(photos):
        rows_of[photo].append(row)
    groups = [np.array(rows) for rows in rows_of.values()]
    generator = np.random.default_rng(SEED)
    drawn = []
    for _ in range(ROUNDS):
        rows = np.concatenate([groups[g] for g in generator.integers(len(groups), size=len(groups))])
        drawn.append(statistic(values[rows], kinds[rows]))
    low, high = np.percentile(drawn, [2.5, 97.5])
    return Interval(statistic(values, kinds), float(low), float(high))


def mean(values: np.ndarray, kinds: np.ndarray) -> float:
    """The plain mean, in the shape of a statistic."""
    return float(values.mean())
