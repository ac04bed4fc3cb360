"""Hand-written answers to everyday questions from boxes alone: what LXMERT has to beat.

Nothing here reads words: the rules are given the question's program (`read_question`).
"""

from dataclasses import dataclass

import numpy as np

from models.baselines.attribution import same_class
from models.baselines.read_question import Program
from models.baselines.sightings import Sightings
from models.data.places import INDOOR_SIGNS, OUTDOOR_SIGNS, infer_place
from models.data.questions import nouns
from models.data.vocabulary import OBJECT_INDEX, OBJECTS, members


@dataclass(frozen=True)
class RuleNumbers:
    """What is not said by the question; `fit_rules` chooses them on training photos."""

    exists: float = 0.3
    """From this score on a thing is there."""
    count: float = 0.4
    """From this score on a box counts."""
    shared: float = 0.5
    """A box that shares more than this part of the smaller one with a better box shows the same thing again."""
    size: float = 0.5
    """'What' names the thing with the highest score x area^size."""
    sign: float = 0.3
    """From this score on a thing tells what kind of place it is."""


def answer_by_rule(program: Program, seen: Sightings, numbers: RuleNumbers) -> str:
    match program.kind:
        case "exists":
            return _yes_no(_surest(program.thing, seen) >= numbers.exists)
        case "count":
            return str(count_things(seen.boxes, seen.score_of(same_class(program.thing)), numbers))
        case "what":
            return _what(program.category, seen, numbers)
        case "where":
            return _place(seen, numbers) if program.thing is None else _side(program.thing, seen)
        case "relation":
            is_left = _centre(program.thing, seen) < _centre(program.other, seen)
            return _yes_no(is_left == (program.side == "left"))
        case "colour":
            return seen.colours[_best(program.thing, seen)] if len(seen.boxes) else "white"
        case "indoors":
            return "indoors" if _is_indoors(_names(seen, numbers)) else "outdoors"
    raise ValueError(f"no rule answers questions of kind '{program.kind}'")


def count_things(boxes: np.ndarray, scores: np.ndarray, numbers: RuleNumbers) -> int:
    """boxes [n,4], scores [n] of one class -> how many are no second box over a better one."""
    kept: list[int] = []
    for row in np.argsort(-scores, kind="stable"):
        if scores[row] < numbers.count:
            break
        if all(shared_part(boxes[row], boxes[other]) <= numbers.shared for other in kept):
            kept.append(int(row))
    return len(kept)


def shared_part(a: np.ndarray, b: np.ndarray) -> float:
    """Intersection over the smaller of two boxes [4]."""
    both = np.clip(np.minimum(a[2:], b[2:]) - np.maximum(a[:2], b[:2]), 0.0, None).prod()
    smaller = min((a[2:] - a[:2]).prod(), (b[2:] - b[:2]).prod())
    return float(both / max(smaller, 1e-9))


def _yes_no(holds: bool) -> str:
    return "yes" if holds else "no"


def _surest(thing: int, seen: Sightings) -> float:
    return float(seen.score_of(same_class(thing)).max(initial=0.0))


def _best(thing: int, seen: Sightings) -> int:
    """Row of the box that is most surely the thing."""
    return int(seen.score_of(same_class(thing)).argmax())


def _centre(thing: int, seen: Sightings) -> float:
    """Horizontal centre of the best box; the middle of the photo when there are no boxes."""
    if len(seen.boxes) == 0:
        return 0.5
    box = seen.boxes[_best(thing, seen)]
    return float(box[0] + box[2]) / 2.0


def _side(thing: int, seen: Sightings) -> str:
    return "left" if _centre(thing, seen) < 0.5 else "right"


def _what(category: str | None, seen: Sightings, numbers: RuleNumbers) -> str:
    """The class of the category with the highest score, big things first."""
    if category is None:
        allowed = frozenset(range(len(OBJECTS))) - nouns.PARTS - nouns.STUFF - nouns.GENERIC
    else:
        allowed = members(category) - nouns.GENERIC
    classes = sorted(allowed)
    weighted = seen.scores[:, classes] * seen.areas[:, None] ** numbers.size
    return OBJECTS[classes[int(weighted.max(axis=0, initial=0.0).argmax())]]


def _names(seen: Sightings, numbers: RuleNumbers) -> set[str]:
    return {OBJECTS[index] for index in np.flatnonzero(seen.scores.max(axis=0, initial=0.0) >= numbers.sign)}


def _is_indoors(names: set[str]) -> bool:
    return len(names & INDOOR_SIGNS) >= len(names & OUTDOOR_SIGNS)


@dataclass(frozen=True)
class _NamedArea:
    name: str
    area: float


def _place(seen: Sightings, numbers: RuleNumbers) -> str:
    """What the things point to, by the rule that also finds the truth; else the commonest place of that sort."""
    names = _names(seen, numbers)
    things = [
        _NamedArea(name, float(seen.areas[seen.scores[:, OBJECT_INDEX[name]] >= numbers.sign].max()))
        for name in sorted(names)
    ]
    return infer_place("gqa", names, things) or ("living room" if _is_indoors(names) else "street")
