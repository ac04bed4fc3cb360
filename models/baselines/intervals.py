"""95 % intervals of shares and of differences, where questions of one photo hang together."""

from collections.abc import Sequence
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
        return {name: round(number, 6) for name, number in vars(self).items()}


def wilson(right: int, asked: int) -> Interval:
    """Wilson's score interval of a share, as if all questions were independent."""
    if asked == 0:
        return Interval(0.0, 0.0, 1.0)
    share, square = right / asked, NORMAL_95**2
    centre = (share + square / (2 * asked)) / (1 + square / asked)
    half = NORMAL_95 / (1 + square / asked) * sqrt(share * (1 - share) / asked + square / (4 * asked**2))
    return Interval(share, max(0.0, centre - half), min(1.0, centre + half))


def over_photos(photos: Sequence[str], values: np.ndarray, kinds: np.ndarray) -> Interval:
    """The mean over kinds of each kind's mean, with a percentile bootstrap that draws photos with all their questions.

    photos [n], values [n] (0/1, or differences of two), kinds [n]; one kind for all gives the plain mean. A drawing that
    lacks a kind averages the others.
    """
    _, photo = np.unique(photos, return_inverse=True)
    _, kind = np.unique(kinds, return_inverse=True)
    shape = (photo.max() + 1, kind.max() + 1)
    sums, counts = np.zeros(shape), np.zeros(shape)
    np.add.at(sums, (photo, kind), values)
    np.add.at(counts, (photo, kind), 1.0)
    generator = np.random.default_rng(SEED)
    often = generator.multinomial(shape[0], np.full(shape[0], 1.0 / shape[0]), size=ROUNDS)  # [round, photo]
    low, high = np.percentile(_mean_of_kinds(often @ sums, often @ counts), [2.5, 97.5])
    value = _mean_of_kinds(sums.sum(axis=0)[None], counts.sum(axis=0)[None])[0]
    return Interval(float(value), float(low), float(high))


def _mean_of_kinds(sums: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """[round, kind] each -> [round]."""
    shares = np.divide(sums, counts, out=np.zeros_like(sums), where=counts > 0)
    return shares.sum(axis=1) / (counts > 0).sum(axis=1)
