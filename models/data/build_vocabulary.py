"""Computes the lists of vocabulary.json from the data folder, always in the same order."""

import gzip
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from models.data import attribute_names, object_names
from models.data.answer_words import ADDED_WORDS, FIXED_ANSWERS, GQA_WORDS
from models.data.imagenet_names import IMAGENET_LINES
from models.data.split import is_validation

OBJECT_MINIMUM = 40
ATTRIBUTE_COUNT = 96


def scene_objects(data: Path) -> Iterator[dict]:
    """Every human box of the scene graphs and photos, validation included: names are no labels."""
    with gzip.open(data / "gqa_scenes.jsonl.gz", "rt") as lines:
        for line in lines:
            yield from json.loads(line)["objects"]
    for photo in json.loads((data / "photos.json").read_text()):
        yield from photo.get("objects", ())


def object_classes(data: Path) -> list[str]:
    counts: Counter[str] = Counter()
    human_named: set[str] = set()
    for thing in scene_objects(data):
        counts[object_names.fold(thing["name"])] += 1
    for photo in json.loads((data / "photos.json").read_text()):
        if photo["source"] in ("coco", "indoor"):
            human_named.update(object_names.fold(o["name"]) for o in photo.get("objects", ()) if not o.get("stuff"))
    wanted = human_named | set(object_names.WANTED)
    chosen = {name for name, count in counts.items() if count >= OBJECT_MINIMUM} | wanted
    return sorted(chosen - object_names.DROPPED, key=lambda name: (-counts[name], name))


def attributes(data: Path) -> list[str]:
    counts: Counter[str] = Counter()
    for thing in scene_objects(data):
        counts.update({attribute_names.plain(a) for a in thing.get("attributes", ())})
    wanted = {*attribute_names.COLOURS, *attribute_names.MATERIALS, *attribute_names.WEATHER}
    frequent = [
        name
        for name, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        if name not in attribute_names.DROPPED and name not in wanted
    ]
    chosen = wanted | set(frequent[: ATTRIBUTE_COUNT - len(wanted)])
    return sorted(chosen, key=lambda name: (-counts[name], name))


def with_imagenet_names(counted: list[str]) -> list[str]:
    """The counted classes keep their index; those that only ImageNet shows stand behind them."""
    return list(dict.fromkeys((*counted, *IMAGENET_LINES)))


def answers(data: Path, objects: list[str], attribute_list: list[str]) -> list[str]:
    """yes/no first, then everything the question generator or a training question can answer.

    objects: the counted classes; the others come behind all older answers, for the same reason as above.
    """
    people = Counter(
        pair["answer"] for pair in json.loads((data / "gqa_qa.json").read_text()) if not is_validation(pair["photo"])
    )
    listed = dict.fromkeys(FIXED_ANSWERS)
    listed.update(dict.fromkeys(objects))
    listed.update(dict.fromkeys(attribute_list))
    published = set(json.loads((data / "vocab" / "gqa_answers_1842.json").read_text()))
    listed.update(dict.fromkeys(word for word in GQA_WORDS if word in published))
    listed.update(dict.fromkeys(word for word in sorted(people)))
    listed.update(dict.fromkeys(with_imagenet_names(objects)))
    listed.update(dict.fromkeys(ADDED_WORDS))
    return list(listed)


def build_vocabulary(data: Path) -> dict[str, list[str]]:
    counted = object_classes(data)
    attribute_list = attributes(data)
    return {
        "objects": with_imagenet_names(counted),
        "attributes": attribute_list,
        "answers": answers(data, counted, attribute_list),
    }
