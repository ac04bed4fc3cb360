"""Cached views with their labelled boxes: the unit every detector training step takes."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from models.data.photos import Photo, Teacher
from models.data.split import is_validation
from models.detector.feature_cache import CachedView, FeatureCache
from models.detector.photo_views import boxes_in_view
from models.detector.targets import Targets, photo_targets


@dataclass(frozen=True)
class TrainingView:
    row: int
    cached: CachedView
    targets: Targets  # boxes already as they lie in the view


def in_view(targets: Targets, cached: CachedView) -> Targets:
    boxes, shown = boxes_in_view(targets.boxes, cached.view)
    return replace(
        targets,
        boxes=boxes[shown],
        classes=targets.classes[shown],
        class_weights=targets.class_weights[shown],
        attributes=targets.attributes[shown],
        attribute_weights=targets.attribute_weights[shown],
        teacher_rows=targets.teacher_rows[shown],
        is_human=targets.is_human[shown],
    )


class TrainingViews:
    """All cached views of the photos that have labelled boxes."""

    def __init__(self, photos: list[Photo], data: Path, cache: FeatureCache) -> None:
        self.cache = cache
        self.teacher = Teacher(data)
        self.targets = {photo.key: photo_targets(photo, self.teacher) for photo in photos}

    def labelled(self, keys: Iterator[str] | list[str]) -> list[str]:
        return [key for key in keys if len(self.targets[key].boxes) > 0]

    def training_keys(self) -> list[str]:
        return [key for key in self.labelled(list(self.targets)) if not is_validation(key)]

    def rows(self, keys: list[str]) -> np.ndarray:
        return np.array([row for key in keys for row in self.cache.rows_of[key]])

    def load(self, row: int) -> TrainingView:
        cached = self.cache[row]
        return TrainingView(row, cached, in_view(self.targets[cached.photo], cached))

    def batches(self, rows: np.ndarray, size: int, steps: int, seed: int) -> Iterator[list[TrainingView]]:
        """`steps` batches over reshuffled epochs; views left without a box are passed over."""
        generator = np.random.default_rng(seed)
        queue: list[int] = []
        for _ in range(steps):
            batch: list[TrainingView] = []
            while len(batch) < size:
                if not queue:
                    queue = generator.permutation(rows).tolist()
                view = self.load(queue.pop())
                if len(view.targets.boxes) > 0:
                    batch.append(view)
            yield batch
