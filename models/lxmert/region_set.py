"""What LXMERT sees of one picture."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class RegionSet:
    """R regions, as a detector gives them or as a scene graph pretends."""

    features: np.ndarray  # [R, F]
    boxes: np.ndarray  # [R, 4] fractions, xmin ymin xmax ymax

    def __len__(self) -> int:
        return len(self.boxes)


def stack_regions(sets: list[RegionSet]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Padded to the longest: features [S, R, F], boxes [S, R, 4], mask [S, R] (1 = keep)."""
    longest = max(len(one) for one in sets)
    features = np.zeros((len(sets), longest, sets[0].features.shape[1]), np.float32)
    boxes = np.zeros((len(sets), longest, 4), np.float32)
    mask = np.zeros((len(sets), longest), np.float32)
    for row, one in enumerate(sets):
        features[row, : len(one)] = one.features
        boxes[row, : len(one)] = one.boxes
        mask[row, : len(one)] = 1.0
    return features, boxes, mask
