"""Mean and 95 % interval over a few seeds."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

# Student's t, two-sided 95 %, by degrees of freedom 1..15.
T_95 = (
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131,
)  # fmt: skip


@dataclass(frozen=True)
class Spread:
    mean: float
    half: float | None
    """Half the width of the 95 % t interval; None for a single seed."""
    seeds: int

    def text(self, signed: bool = False) -> str:
        """In points: '54.2 ± 1.3'."""
        shown = f"{100 * self.mean:+.1f}" if signed else f"{100 * self.mean:.1f}"
        return shown if self.half is None else f"{shown} ± {100 * self.half:.1f}"


def spread(values: Sequence[float]) -> Spread:
    """Raises ValueError when there is nothing, or more seeds than the t table has."""
    count = len(values)
    if not 1 <= count <= len(T_95) + 1:
        raise ValueError(f"{count} seeds, must be 1 to {len(T_95) + 1}")
    mean = sum(values) / count
    if count == 1:
        return Spread(mean, None, 1)
    variance = sum((value - mean) ** 2 for value in values) / (count - 1)
    return Spread(mean, T_95[count - 2] * sqrt(variance / count), count)
