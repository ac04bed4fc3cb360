"""Logistic regression by Newton's method, and how good its probabilities are."""

from dataclasses import dataclass

import numpy as np

NEWTON_STEPS = 25


@dataclass(frozen=True)
class Logistic:
    """P(right) = 1 / (1 + exp(-(bias + sum of weight x signal)))."""

    bias: float
    weights: dict[str, float]

    def probability(self, signals: dict[str, float]) -> float:
        total = self.bias + sum(weight * signals[name] for name, weight in self.weights.items())
        return float(1.0 / (1.0 + np.exp(-total)))


def fit(rows: list[dict[str, float]], right: np.ndarray, penalty: float) -> Logistic:
    """right [row] of 0 and 1. Signals are standardised first, so that `penalty` treats all alike; the bias goes free."""
    names = list(rows[0])
    raw = np.array([[row[name] for name in names] for row in rows])  # [row, signal]
    mean, deviation = raw.mean(axis=0), raw.std(axis=0)
    deviation[deviation == 0.0] = 1.0
    columns = np.hstack([np.ones((len(raw), 1)), (raw - mean) / deviation])
    ridge = np.diag([0.0] + [penalty] * len(names))
    weights = np.zeros(columns.shape[1])
    for _ in range(NEWTON_STEPS):
        chance = 1.0 / (1.0 + np.exp(-columns @ weights))
        slope = columns.T @ (right - chance) - ridge @ weights
        curvature = (columns * (chance * (1.0 - chance))[:, None]).T @ columns + ridge
        weights += np.linalg.solve(curvature, slope)
    scaled = weights[1:] / deviation
    return Logistic(float(weights[0] - scaled @ mean), dict(zip(names, scaled.tolist(), strict=True)))


def auroc(scores: np.ndarray, right: np.ndarray) -> float:
    """The chance that a right answer scores above a wrong one; ties count half."""
    above, below = scores[right == 1], scores[right == 0]
    wins = (above[:, None] > below[None, :]).mean() + 0.5 * (above[:, None] == below[None, :]).mean()
    return float(wins)


def calibration_error(chance: np.ndarray, right: np.ndarray, bins: int = 10) -> float:
    """Mean distance of stated and found accuracy over tenths of 0..1, weighted by how many fall in each."""
    place = np.minimum((chance * bins).astype(int), bins - 1)
    gaps = [abs(chance[place == b].sum() - right[place == b].sum()) for b in range(bins)]
    return float(sum(gaps) / len(chance))
