"""Scene graphs of GQA and Visual Genome as `models.data.scenes.Scene`, with the relations that people drew."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from models.data.published.json_stream import array_entries, named_entries
from models.data.published.pictures import Pictures
from models.data.published.wrong_format import Entry
from models.data.relations import SIDEWAYS, RelationPriors
from models.data.scenes import Relation, Scene, read_scene
from models.data.vocabulary import canonical_object

NO_PRIORS = RelationPriors({}, {})
Pairs = list[tuple[Any, str, Any]]  # (subject's id, relation, target's id)


def gqa_scenes(path: Path) -> Iterator[Scene]:
    """train_sceneGraphs.json: {image: {width, height, objects: {id: {name, x, y, w, h, attributes, relations}}}}."""
    for image, entry in named_entries(path, "image"):
        things, pairs = {}, []
        objects = entry.object("objects")
        for identity in objects.record:
            thing = objects.object(identity)
            things[identity] = drawn(thing, thing.text("name"), strings(thing, "attributes"), size_of(entry))
            for relation in thing.entries("relations", "relation"):
                pairs.append((identity, relation.text("name"), relation.text("object")))
        yield scene_of(image, things, pairs)


def genome_scenes(graphs: Path, attributes: Path | None, pictures: Pictures) -> Iterator[Scene]:
    """scene_graphs.json, with attributes.json for what it lacks: [{image_id, objects, relationships}].

    Visual Genome's graphs have no picture sizes; they come from image_data.json, by way of `pictures`.
    """
    told = attributes_of(attributes) if attributes else {}
    for entry in array_entries(graphs, "image"):
        image = entry.identity(entry.first_of("image_id", "id"))
        known = pictures.genome.get(image)
        if known is None:
            raise entry.wrong(f"image {image} is not in image_data.json, so its size is unknown")
        things = {}
        for thing in entry.entries("objects", "object"):
            identity = thing.identity("object_id")
            words = strings(thing, "attributes") if "attributes" in thing.record else told.get(identity, [])
            things[identity] = drawn(thing, name_of(thing), words, (known.width, known.height))
        pairs = []
        for relation in entry.entries("relationships", "relationship"):
            ends = [end_of(relation, end) for end in ("subject", "object")]
            pairs.append((ends[0], relation.text("predicate").strip().lower(), ends[1]))
        yield scene_of(str(image), things, pairs)


def attributes_of(path: Path) -> dict[int, list[str]]:
    """attributes.json: [{image_id, attributes: [{object_id, names, attributes: [word]}]}]; by object."""
    found: dict[int, list[str]] = {}
    for entry in array_entries(path, "image"):
        for thing in entry.entries("attributes", "object"):
            words = strings(thing, "attributes") if "attributes" in thing.record else []
            found.setdefault(thing.identity("object_id"), []).extend(words)
    return found


def end_of(relation: Entry, end: str) -> int:
    """scene_graphs.json has the id of a relation's ends, relationships.json has the objects."""
    if f"{end}_id" in relation.record:
        return relation.identity(f"{end}_id")
    return relation.object(end).identity("object_id")


def name_of(thing: Entry) -> str:
    if "names" not in thing.record:
        return thing.text("name")
    names = strings(thing, "names")
    if not names:
        raise thing.wrong("'names' is empty")
    return names[0]


def strings(entry: Entry, name: str) -> list[str]:
    found = entry.array(name)
    if not all(isinstance(word, str) for word in found):
        raise entry.wrong(f"'{name}' has something other than strings")
    return found


def size_of(entry: Entry) -> tuple[float, float]:
    width, height = entry.number("width"), entry.number("height")
    if width <= 0 or height <= 0:
        raise entry.wrong(f"a picture of {width:g} x {height:g} pixels")
    return width, height


def drawn(thing: Entry, name: str, attributes: list[str], size: tuple[float, float]) -> dict[str, Any]:
    """As `read_scene` takes it: the box in fractions, cut off at the picture's edge."""
    x, y, w, h = (thing.number(side) for side in ("x", "y", "w", "h"))
    sides = (x / size[0], y / size[1], (x + w) / size[0], (y + h) / size[1])
    return {"name": name, "box": [min(max(side, 0.0), 1.0) for side in sides], "attributes": attributes}


def scene_of(image: str, things: dict[Any, dict[str, Any]], pairs: Pairs) -> Scene:
    """Things whose name the vocabulary lacks are left out, with their relations; left and right follow from boxes."""
    scene = read_scene({"image": image, "objects": list(things.values())}, NO_PRIORS)
    known = [identity for identity, thing in things.items() if canonical_object(thing["name"]) is not None]
    index = {identity: place for place, identity in enumerate(known)}
    relations = tuple(
        Relation(index[subject], name, index[target])
        for subject, name, target in pairs
        if subject in index and target in index and name not in SIDEWAYS
    )
    return replace(scene, relations=relations)
