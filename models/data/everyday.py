"""Plain questions with sure answers about one boxed photo: what a newcomer asks first."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from models.data.accepted_answers import accepted_colours, accepted_objects, accepted_places
from models.data.questions import nouns
from models.data.questions.grammar import MASS, a, be, plural
from models.data.questions.question import Kind
from models.data.questions.view import SceneView
from models.data.scenes import Box, Scene
from models.data.vocabulary import OBJECTS

PER_SCENE = 4
SMALLEST_AREA = 0.008
CATEGORIES = {
    "animal": "animal",
    "vehicle": "vehicle",
    "fruit": "fruit",
    "furniture": "piece of furniture",
    "food": "food",
    "appliance": "appliance",
    "device": "electronic device",
    "sports equipment": "sports equipment",
}
MUCH_LARGER = 3.0
CLEARLY_ASIDE = 0.12


@dataclass(frozen=True, slots=True)
class Item:
    photo: str
    question: str
    answers: tuple[str, ...]
    """The first is the canonical one, the others count as right too."""
    kind: Kind
    slots: dict[str, str] = field(default_factory=dict)
    """Words for the paraphrases."""
    side: str | None = None
    """Of a relation: the side that the question asserts."""
    plain: str | None = None
    """The plain wording, where the question is a freer one of the same fact."""
    boxes: tuple[Box, ...] = ()
    """Where people drew what is asked about; none where nothing is: 'is this indoors?'."""

    def record(self) -> dict:
        record = {"photo": self.photo, "question": self.question, "answers": list(self.answers), "kind": self.kind}
        return record if self.plain is None else {**record, "plain": self.plain}


def everyday_items(scene: Scene, rng: random.Random, per_scene: int = PER_SCENE) -> Iterator[Item]:
    """Items of all seven kinds, `per_scene` or fewer of each."""
    view = SceneView(scene)
    if scene.photo is None or not view.kept:
        return
    for maker in (_exists, _count, _what, _where, _relation, _colour, _indoors):
        made = list(maker(view, rng))
        yield from rng.sample(made, min(per_scene, len(made)))


def _visible(view: SceneView) -> list[int]:
    """Things that a person notices: no parts, no specks."""
    return [
        index
        for index in view.kept
        if view.objects[index].object_class not in nouns.PARTS | nouns.GENERIC - nouns.PEOPLE
        and view.objects[index].area > SMALLEST_AREA
    ]


def _named_once(view: SceneView) -> list[int]:
    return [index for index in _visible(view) if view.alone(index) and not view.objects[index].plural]


def _exists(view: SceneView, rng: random.Random) -> Iterator[Item]:
    for object_class in dict.fromkeys(view.objects[index].object_class for index in _visible(view)):
        yield replace(_exists_item(view, object_class, "yes"), boxes=_all_of(view, object_class))
    asked: set[int] = set()
    for _ in range(PER_SCENE):
        absent = view.absent_class(rng)
        if absent is not None and absent not in asked | nouns.PARTS | nouns.STUFF | nouns.GENERIC:
            asked.add(absent)
            yield _exists_item(view, absent, "no")


def _exists_item(view: SceneView, object_class: int, answer: str) -> Item:
    noun = OBJECTS[object_class]
    one = f"any {noun}" if noun in MASS else a(noun)
    many = one == noun
    text = f"{'Are' if many else 'Is'} there {'any ' if many else ''}{one} in the picture?"
    slots = {"object": noun, "a_object": one, "objects": plural(noun)}
    return Item(view.scene.photo or "", text, (answer,), "exists", slots)


def _count(view: SceneView, rng: random.Random) -> Iterator[Item]:
    allowed = {"gqa": nouns.COUNTABLE, "coco": nouns.COCO_THINGS, "indoor": nouns.INDOOR_THINGS}[view.scene.source]
    for object_class, indices in view.by_class.items():
        drawn = [thing for thing in view.objects if thing.object_class == object_class]
        unsure = any(thing.crowd or thing.plural or thing.area < SMALLEST_AREA / 4 for thing in drawn)
        if object_class not in allowed or unsure or len(indices) > 10 or OBJECTS[object_class] in MASS:
            continue
        if object_class in nouns.PEOPLE and len(view.in_category("person")) != len(indices):
            continue
        noun = OBJECTS[object_class]
        slots = {"object": noun, "objects": plural(noun)}
        yield Item(
            view.scene.photo or "",
            f"How many {plural(noun)} are there?",
            (str(len(indices)),),
            "count",
            slots,
            boxes=_all_of(view, object_class),
        )


def _what(view: SceneView, rng: random.Random) -> Iterator[Item]:
    for category, words in CATEGORIES.items():
        inside = [
            index for index in view.in_category(category) if view.objects[index].object_class not in nouns.GENERIC
        ]
        if not inside:
            continue
        biggest = max(inside, key=lambda index: view.objects[index].area)
        thing = view.objects[biggest]
        rivals = [i for i in inside if view.objects[i].object_class != thing.object_class]
        if thing.area < 4 * SMALLEST_AREA or any(MUCH_LARGER * view.objects[i].area > thing.area for i in rivals):
            continue
        answers = tuple(accepted_objects(thing.class_name, thing.name))
        boxes, slots = _all_of(view, thing.object_class), {"category": words}
        yield Item(view.scene.photo or "", f"What {words} is in the picture?", answers, "what", slots, boxes=boxes)
        if thing.area > 0.3:
            yield Item(view.scene.photo or "", f"What {words} is this?", answers, "what", slots, boxes=boxes)


def _where(view: SceneView, rng: random.Random) -> Iterator[Item]:
    if view.scene.place is not None:
        yield Item(
            view.scene.photo or "", "Where was this picture taken?", tuple(accepted_places(view.scene.place)), "where"
        )
    for index in _named_once(view):
        x = view.objects[index].centre[0]
        if abs(x - 0.5) < CLEARLY_ASIDE or view.objects[index].object_class in nouns.STUFF:
            continue
        noun = OBJECTS[view.objects[index].object_class]
        text = f"Which side of the picture {be(a(noun) == noun and noun not in MASS)} the {noun} on?"
        yield Item(
            view.scene.photo or "",
            text,
            ("left" if x < 0.5 else "right",),
            "where",
            {"object": noun},
            boxes=(view.objects[index].box,),
        )


def _relation(view: SceneView, rng: random.Random) -> Iterator[Item]:
    things = [index for index in _named_once(view) if view.objects[index].object_class not in nouns.STUFF]
    for x in things:
        for y in things:
            if x == y or not (view.left_of(x, y) or view.left_of(y, x)):
                continue
            asked = rng.choice(("left", "right"))
            answer = "yes" if view.left_of(x, y) == (asked == "left") else "no"
            noun, other = (OBJECTS[view.objects[index].object_class] for index in (x, y))
            verb = "Are" if a(noun) == noun and noun not in MASS else "Is"
            text = f"{verb} the {noun} to the {asked} of the {other}?"
            slots = {"object": noun, "other": other}
            boxes = (view.objects[x].box, view.objects[y].box)
            yield Item(view.scene.photo or "", text, (answer,), "relation", slots, asked, boxes=boxes)


def _colour(view: SceneView, rng: random.Random) -> Iterator[Item]:
    for index in view.kept:
        colour = view.colour(index)
        thing = view.objects[index]
        same = [o for o in view.by_class[thing.object_class] if o != index]
        if colour is None or thing.area < SMALLEST_AREA / 2 or any(view.colour(o) != colour for o in same):
            continue
        noun = plural(thing.class_name) if view.is_plural(index) else thing.class_name
        text = f"What color {be(view.is_plural(index))} the {noun}?"
        yield Item(
            view.scene.photo or "",
            text,
            tuple(accepted_colours(colour)),
            "colour",
            {"object": noun},
            boxes=_all_of(view, thing.object_class),
        )


def _all_of(view: SceneView, object_class: int) -> tuple[Box, ...]:
    return tuple(view.objects[index].box for index in view.by_class[object_class])


def _indoors(view: SceneView, rng: random.Random) -> Iterator[Item]:
    if view.scene.indoors is None:
        return
    answers = ("indoors", "inside", "indoor") if view.scene.indoors else ("outdoors", "outside", "outdoor")
    text = rng.choice(("Is this indoors or outdoors?", "Was this taken outdoors or indoors?"))
    yield Item(view.scene.photo or "", text, answers, "indoors", {"object": "it"})
