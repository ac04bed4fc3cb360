"""Cut-out views of training photos, each a picture of its own: fewer things, elsewhere, seen at another size."""

from dataclasses import replace
from pathlib import Path

import numpy as np

from models.data.scenes import Relation, Scene
from models.detector.photo_views import View
from models.lxmert.detected_photos import DetectedPhotos
from models.lxmert.region_set import RegionSet

# A thing stays when this much of it is inside; below, nothing is asked about its name.
SHOWN = 0.4
# What is out of sight but for this much can be called absent.
UNSEEN = 0.02


class CutPhotos:
    """What `models.detector.write_detections --cuts` wrote: several views of a photo, and what was found in each."""

    def __init__(self, path: Path) -> None:
        with np.load(path) as stored:
            self.found = DetectedPhotos(path)
            self.views = [View.of_numbers(numbers) for numbers in stored["views"]]
            self.rows: dict[str, list[int]] = {}
            for row, photo in enumerate(stored["photos"]):
                self.rows.setdefault(str(photo), []).append(row)

    def seen(self, scenes: list[Scene]) -> list[tuple[Scene, RegionSet]]:
        """Every view that still shows something, as a scene with what was found in it."""
        pictures = [
            (scene_in_view(scene, self.views[row]), self.found.row_regions(row))
            for scene in scenes
            if scene.photo is not None
            for row in self.rows.get(scene.photo, ())
        ]
        return [(scene, regions) for scene, regions in pictures if scene is not None and scene.objects]


def scene_in_view(scene: Scene, view: View) -> Scene | None:
    """The things that the view shows; None where it cuts off one of several of a kind, which could not be counted."""
    boxes = np.array([thing.box for thing in scene.objects], np.float32).reshape(-1, 4)
    moved, shares = view.place(boxes)
    kept = [row for row, share in enumerate(shares) if share >= SHOWN]
    halves = [row for row, share in enumerate(shares) if UNSEEN < share < SHOWN]
    classes = {scene.objects[row].object_class for row in kept}
    if any(scene.objects[row].object_class in classes for row in halves):
        return None
    number = {row: index for index, row in enumerate(kept)}
    return replace(
        scene,
        objects=tuple(replace(scene.objects[row], box=tuple(moved[row].tolist())) for row in kept),
        relations=tuple(
            Relation(number[one.subject], one.name, number[one.target])
            for one in scene.relations
            if one.subject in number and one.target in number
        ),
        other_names=scene.other_names | {scene.objects[row].class_name for row in halves},
        captions=(),
    )
