"""The photos of the data folder, with the boxes people drew and those of the BUTD teacher."""

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np


@dataclass(frozen=True)
class HumanObject:
    """One box drawn by a person; the box is xyxy in fractions of the photo."""

    name: str
    box: tuple[float, float, float, float]
    attributes: tuple[str, ...]
    is_crowd: bool


@dataclass(frozen=True)
class Photo:
    key: str  # 'gqa/1159398.jpg', also the path below `photos/`
    source: str  # gqa-val, gqa-testdev, coco, indoor
    width: int  # of the original, in pixels
    height: int
    objects: tuple[HumanObject, ...]
    captions: tuple[str, ...]

    def path(self, data: Path) -> Path:
        return data / "photos" / self.key


@dataclass(frozen=True)
class TeacherRegions:
    """What the original bottom-up-attention detector found in one photo."""

    boxes: np.ndarray  # [36,4] xyxy fractions
    objects: np.ndarray  # [36] indices into Teacher.object_names
    object_scores: np.ndarray  # [36]
    attributes: np.ndarray  # [36] indices into Teacher.attribute_names
    attribute_scores: np.ndarray  # [36]
    features: np.ndarray  # [36,2048] float16


class Teacher:
    """The stored BUTD output, by photo key."""

    def __init__(self, data: Path) -> None:
        self.data = data

    def _names(self, file: str) -> list[str]:
        return (self.data / "vocab" / file).read_text().splitlines()

    @cached_property
    def object_names(self) -> list[str]:
        return self._names("vg_objects_1600.txt")

    @cached_property
    def attribute_names(self) -> list[str]:
        return self._names("vg_attributes_400.txt")

    @cached_property
    def regions(self) -> dict[str, TeacherRegions]:
        found = {}
        for file in sorted((self.data / "butd").glob("regions_*.npz")):
            stored = dict(np.load(file))
            for row, key in enumerate(stored["photo"]):
                found[str(key)] = TeacherRegions(
                    boxes=stored["boxes"][row],
                    objects=stored["objects"][row],
                    object_scores=stored["objectScores"][row].astype(np.float32),
                    attributes=stored["attributes"][row],
                    attribute_scores=stored["attributeScores"][row].astype(np.float32),
                    features=stored["features"][row],
                )
        return found


def load_photos(data: Path) -> list[Photo]:
    """All photos but DAQUAR's, whose licence keeps them out of shipped weights."""
    records = json.loads((data / "photos.json").read_text())
    photos = []
    for record in records:
        if record["photo"].startswith("daquar/"):
            continue
        objects = tuple(
            HumanObject(
                name=o["name"],
                box=tuple(o["box"]),
                attributes=tuple(o.get("attributes", ())),
                is_crowd=bool(o.get("crowd", False)),
            )
            for o in record.get("objects", ())
        )
        captions = tuple(record.get("captions", ()))
        photos.append(Photo(record["photo"], record["source"], record["width"], record["height"], objects, captions))
    return photos
