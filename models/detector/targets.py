"""What a photo's boxes should be called: human boxes first, the BUTD teacher's beside them."""

from dataclasses import dataclass

import numpy as np

from models.data.photos import Photo, Teacher, TeacherRegions
from models.data.vocabulary import ATTRIBUTES, canonical_attribute, canonical_object

UNKNOWN = -1
# In GQA's photos nearly everything is boxed; elsewhere an unboxed region may well be something.
BACKGROUND_WEIGHT = {"gqa-val": 1.0, "gqa-testdev": 1.0, "coco": 0.15, "indoor": 0.15}
# A person who lists "wooden" for a table may leave out "brown": absence says little.
HUMAN_ABSENCE, TEACHER_ABSENCE = 0.3, 0.1


@dataclass(frozen=True)
class Targets:
    """All labelled boxes of one photo; rows of every array belong together."""

    boxes: np.ndarray  # [box,4] xyxy fractions
    classes: np.ndarray  # [box] index, or UNKNOWN
    class_weights: np.ndarray  # [box]
    attributes: np.ndarray  # [box,A] 0/1
    attribute_weights: np.ndarray  # [box,A]
    teacher_rows: np.ndarray  # [box] row of the teacher's features in this photo, or UNKNOWN
    is_human: np.ndarray  # [box] bool
    background_weight: float


def human_rows(photo: Photo) -> list[tuple]:
    rows = []
    for thing in photo.objects:
        box = np.array(thing.box, np.float32)
        if thing.is_crowd or (box[2:] - box[:2]).min() < 0.004:
            continue
        named = canonical_object(thing.name)
        present = {canonical_attribute(name) for name in thing.attributes} - {None}
        attributes = np.zeros(len(ATTRIBUTES), np.float32)
        attributes[list(present)] = 1.0
        weights = np.where(attributes > 0, 1.0, HUMAN_ABSENCE if present else 0.0)
        rows.append((box, UNKNOWN if named is None else named, 1.0, attributes, weights, UNKNOWN, True))
    return rows


def teacher_rows(regions: TeacherRegions, teacher: Teacher) -> list[tuple]:
    rows = []
    for row, box in enumerate(regions.boxes):
        named = canonical_object(teacher.object_names[regions.objects[row]])
        attribute = canonical_attribute(teacher.attribute_names[regions.attributes[row]])
        attributes = np.zeros(len(ATTRIBUTES), np.float32)
        weights = np.full(len(ATTRIBUTES), TEACHER_ABSENCE, np.float32)
        if attribute is not None:
            attributes[attribute] = 1.0
            weights[attribute] = float(regions.attribute_scores[row])
        weight = 0.7 * float(regions.object_scores[row])
        rows.append((box, UNKNOWN if named is None else named, weight, attributes, weights, row, False))
    return rows


def photo_targets(photo: Photo, teacher: Teacher) -> Targets:
    rows = human_rows(photo)
    if photo.key in teacher.regions:
        rows += teacher_rows(teacher.regions[photo.key], teacher)
    count, attributes = len(rows), len(ATTRIBUTES)
    columns = list(zip(*rows)) if rows else [()] * 7
    return Targets(
        boxes=np.array(columns[0], np.float32).reshape(count, 4).clip(0.0, 1.0),
        classes=np.array(columns[1], np.int64),
        class_weights=np.array(columns[2], np.float32),
        attributes=np.array(columns[3], np.float32).reshape(count, attributes),
        attribute_weights=np.array(columns[4], np.float32).reshape(count, attributes),
        teacher_rows=np.array(columns[5], np.int64),
        is_human=np.array(columns[6], bool),
        background_weight=BACKGROUND_WEIGHT[photo.source],
    )
