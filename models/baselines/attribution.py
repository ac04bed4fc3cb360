"""Whose error is it: did the detector find and name what a question is about, and was the answer right then?"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from models.baselines.read_question import Program
from models.data.questions import nouns
from models.data.questions.view import SceneView
from models.data.vocabulary import OBJECT_INDEX
from models.detector.select_regions import iou_with
from models.lxmert.region_layout import CLASSES
from models.lxmert.region_set import RegionSet

FOUND_IOU = 0.5
NEAR_IOU = 0.3
Sight = Literal["named first", "named third", "found", "near", "missed", "nothing asked"]
"""Best to worst: a region fits the box and has the class as its best; among its best three; fits but is called
something else; touches the box (IoU 0.3); none does. 'nothing asked': the question is not about a boxed thing."""
SIGHTS: tuple[Sight, ...] = ("named first", "named third", "found", "near", "missed", "nothing asked")
ANYBODY = frozenset(OBJECT_INDEX[name] for name in ("person", "people") if name in OBJECT_INDEX)


def decisive_objects(program: Program, view: SceneView) -> list[int]:
    """Indices of the drawn things that the answer hangs on; empty where none was drawn or none is asked."""
    if program.kind == "what":
        named = view.kept if program.category is None else view.in_category(program.category)
        unnamed = nouns.GENERIC if program.category else nouns.GENERIC | nouns.STUFF | nouns.PARTS
        inside = [index for index in named if view.objects[index].object_class not in unnamed]
        return [max(inside, key=lambda index: view.objects[index].area)] if inside else []
    asked = [thing for thing in (program.thing, program.other) if thing is not None]
    return [index for thing in asked for index in view.by_class.get(thing, ())]


def same_class(object_class: int) -> frozenset[int]:
    """The classes that name the thing rightly: for a person also man, woman, child."""
    return frozenset({object_class}) | (nouns.PEOPLE if object_class in ANYBODY else frozenset())


def sight_of(object_class: int, box: tuple[float, ...], regions: RegionSet) -> Sight:
    """How well the regions show one drawn thing."""
    overlap = iou_with(np.array(box, np.float32), regions.boxes)
    fitting = np.flatnonzero(overlap >= FOUND_IOU)
    if len(fitting) == 0:
        return "near" if overlap.max(initial=0.0) >= NEAR_IOU else "missed"
    right = same_class(object_class)
    best_three = np.argsort(-regions.features[fitting, CLASSES], axis=1)[:, :3]
    if any(int(row[0]) in right for row in best_three):
        return "named first"
    return "named third" if any(right & set(map(int, row)) for row in best_three) else "found"


def sight_of_question(program: Program, view: SceneView, regions: RegionSet) -> Sight:
    """The worst sight among what decides the answer; of several of one class, as for 'what color', the best."""
    sights: dict[int, list[Sight]] = defaultdict(list)
    for index in decisive_objects(program, view):
        thing = view.objects[index]
        sights[thing.object_class].append(sight_of(thing.object_class, thing.box, regions))
    if not sights:
        return "nothing asked"
    choose = max if program.kind == "count" else min
    return max((choose(group, key=SIGHTS.index) for group in sights.values()), key=SIGHTS.index)


@dataclass(frozen=True)
class Judged:
    """One question after the answer was given."""

    kind: str
    source: str
    sight: Sight
    truth: str
    predicted: str
    right: bool


def by_sight(judged: Iterable[Judged]) -> dict[str, dict[Sight, tuple[int, int]]]:
    """kind -> sight -> (right, asked)."""
    table: dict[str, dict[Sight, tuple[int, int]]] = defaultdict(dict)
    for one in judged:
        right, asked = table[one.kind].get(one.sight, (0, 0))
        table[one.kind][one.sight] = (right + one.right, asked + 1)
    return table


def confusions(judged: Iterable[Judged], kind: str) -> list[tuple[str, str, int]]:
    """(truth, wrong answer, how often), most frequent first."""
    wrong = Counter((one.truth, one.predicted) for one in judged if one.kind == kind and not one.right)
    return [(truth, predicted, count) for (truth, predicted), count in wrong.most_common()]
