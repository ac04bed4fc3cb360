"""Scene graphs and boxed photos, in one shape.

A Scene is what people drew on one picture: objects with boxes, attributes, relations, the kind of place.
Boxes are fractions of width and height, (xmin, ymin, xmax, ymax).
"""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from models.data import object_names, object_synonyms
from models.data.places import infer_indoors, infer_place
from models.data.relations import RelationPriors, rebuild_relations
from models.data.split import image_id, is_validation
from models.data.vocabulary import OBJECTS, canonical_attribute, canonical_object

Box = tuple[float, float, float, float]
Source = Literal["gqa", "coco", "indoor"]


@dataclass(frozen=True, slots=True)
class SceneObject:
    """One boxed object whose name the vocabulary knows."""

    name: str
    """Plain raw name of the annotator: 'little boys'."""
    object_class: int
    """Index into vocabulary.OBJECTS."""
    box: Box
    attributes: tuple[int, ...] = ()
    """Indices into vocabulary.ATTRIBUTES."""
    stuff: bool = False
    crowd: bool = False

    @property
    def class_name(self) -> str:
        return OBJECTS[self.object_class]

    @property
    def plural(self) -> bool:
        """True when the annotator's name stands for several things: 'trees', 'people'."""
        return self.name in object_synonyms.PLURAL_WORDS or object_names.singular(self.name) != self.name

    @property
    def area(self) -> float:
        return max(0.0, self.box[2] - self.box[0]) * max(0.0, self.box[3] - self.box[1])

    @property
    def centre(self) -> tuple[float, float]:
        return (self.box[0] + self.box[2]) / 2, (self.box[1] + self.box[3]) / 2


@dataclass(frozen=True, slots=True)
class Relation:
    """objects[subject] `name` objects[target]: 'man' 'wearing' 'hat'. Left and right are not listed."""

    subject: int
    name: str
    target: int


@dataclass(frozen=True, slots=True)
class Scene:
    image_id: str
    source: Source
    objects: tuple[SceneObject, ...]
    relations: tuple[Relation, ...] = ()
    place: str | None = None
    indoors: bool | None = None
    validation: bool = False
    photo: str | None = None
    """Path under photos/, None for a scene graph without a picture."""
    other_names: frozenset[str] = frozenset()
    """Plain singular names of annotated things outside the vocabulary."""
    captions: tuple[str, ...] = ()


def read_scene(record: dict, priors: RelationPriors) -> Scene:
    """`record` is a line of gqa_scenes.jsonl or an entry of photos.json."""
    photo = record.get("photo")
    identity = image_id(photo or record["image"])
    source: Source = "gqa" if photo is None or photo.startswith("gqa/") else "coco" if "coco/" in photo else "indoor"
    known, objects, other_names = [], [], set()
    for thing in record.get("objects", ()):
        object_class = canonical_object(thing["name"])
        if object_class is None:
            other_names.add(object_names.fold(thing["name"]))
            continue
        found = (canonical_attribute(word) for word in thing.get("attributes", ()))
        attributes = tuple(dict.fromkeys(index for index in found if index is not None))
        known.append(thing)
        objects.append(
            SceneObject(
                name=object_names.plain(thing["name"]),
                object_class=object_class,
                box=tuple(thing["box"]),
                attributes=attributes,
                stuff=bool(thing.get("stuff")),
                crowd=bool(thing.get("crowd")),
            )
        )
    names = [thing.name for thing in objects]
    every_name = set(names) | {thing.class_name for thing in objects} | other_names
    place = infer_place(source, every_name, objects)
    return Scene(
        image_id=identity,
        source=source,
        objects=tuple(objects),
        relations=tuple(Relation(*triple) for triple in rebuild_relations(known, priors)),
        place=place,
        indoors=infer_indoors(source, every_name, place),
        validation=is_validation(identity),
        photo=photo,
        other_names=frozenset(other_names),
        captions=tuple(record.get("captions", ())),
    )


def _records(data: Path, with_photo_only: bool) -> Iterator[dict]:
    photos = json.loads((data / "photos.json").read_text())
    yield from photos
    if with_photo_only:
        return
    pictured = {image_id(photo["photo"]) for photo in photos if photo.get("objects")}
    with gzip.open(data / "gqa_scenes.jsonl.gz", "rt") as lines:
        for line in lines:
            record = json.loads(line)
            if record["image"] not in pictured:
                yield record


def load_scenes(data: Path, *, validation: bool | None = False, with_photo_only: bool = False) -> list[Scene]:
    """All annotated scenes in a fixed order.

    validation: False for the training part, True for the kept part, None for both.
    """
    records = [record for record in _records(data, with_photo_only) if record.get("objects")]
    priors = RelationPriors.count(records)
    wanted = [
        record
        for record in records
        if validation is None or is_validation(record.get("photo") or record["image"]) == validation
    ]
    return [read_scene(record, priors) for record in wanted]
