"""The BUTD teacher's 2048 numbers per region, reduced to the RoI head's 128."""

from dataclasses import dataclass

import numpy as np

from models.data.photos import Teacher
from models.detector.roi_head import EMBEDDING

TYPICAL_SIZE = 0.5  # root mean square of the targets, so that they sit well beside probabilities


@dataclass(frozen=True)
class TeacherEmbedding:
    mean: np.ndarray  # [2048]
    components: np.ndarray  # [2048,128]

    def __call__(self, features: np.ndarray) -> np.ndarray:
        """[region,2048] -> [region,128]."""
        return ((features.astype(np.float32) - self.mean) @ self.components).astype(np.float32)


def fit_embedding(teacher: Teacher, keys: list[str]) -> TeacherEmbedding:
    """Principal components over the regions of the given photos, half whitened."""
    features = np.concatenate([teacher.regions[key].features for key in keys if key in teacher.regions])
    features = features.astype(np.float32)
    mean = features.mean(axis=0)
    centred = features - mean
    variances, axes = np.linalg.eigh(centred.T @ centred / len(centred))
    order = np.argsort(-variances)[:EMBEDDING]
    components = axes[:, order] * np.maximum(variances[order], 1e-9) ** -0.25
    size = np.sqrt(np.square(centred @ components).mean())
    return TeacherEmbedding(mean, components * (TYPICAL_SIZE / size))
