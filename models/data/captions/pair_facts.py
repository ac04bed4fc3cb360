"""What is surely known of many scenes: which classes are there, which are not, and how many there are."""

from collections.abc import Sequence

import numpy as np

from models.data.captions.noun_phrases import countable
from models.data.questions.view import SceneView
from models.data.scenes import Scene
from models.data.vocabulary import OBJECTS

PRESENT, UNKNOWN, ABSENT = 1, 0, -1
UNCOUNTED = -1


def known_presence(view: SceneView) -> np.ndarray:
    """[C] int8 of PRESENT, UNKNOWN, ABSENT"""
    row = np.full(len(OBJECTS), ABSENT, np.int8)
    row[list(view.doubtful)] = UNKNOWN
    row[list(view.present)] = PRESENT
    return row


def known_counts(view: SceneView, presence: np.ndarray) -> np.ndarray:
    """[C] int8, UNCOUNTED where boxes and things may differ in number"""
    row = np.where(presence == ABSENT, 0, UNCOUNTED).astype(np.int8)
    for object_class, indices in view.by_class.items():
        if countable(view, object_class):
            row[object_class] = len(indices)
    return row


class SceneFacts:
    """The facts of all scenes, one row each."""

    def __init__(self, scenes: Sequence[Scene]) -> None:
        self.scenes = scenes
        self.presence = np.zeros((len(scenes), len(OBJECTS)), np.int8)  # [S, C]
        self.counts = np.full((len(scenes), len(OBJECTS)), UNCOUNTED, np.int8)  # [S, C]
        self.indoors = np.zeros(len(scenes), np.int8)  # [S], 1 indoors, -1 outdoors, 0 unknown
        for row, scene in enumerate(scenes):
            view = SceneView(scene)
            self.presence[row] = known_presence(view)
            self.counts[row] = known_counts(view, self.presence[row])
            self.indoors[row] = 0 if scene.indoors is None else 1 if scene.indoors else -1
