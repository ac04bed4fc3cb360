"""Short captions of a scene, true or false, for masked words and for matching sentence and picture."""

import random
from dataclasses import dataclass

from models.data.questions import nouns
from models.data.questions.exists import other_colour
from models.data.questions.grammar import MASS, a, be, plural
from models.data.questions.phrasing import phrase
from models.data.questions.reference import SPOKEN, sideways_words
from models.data.questions.statistics import draw
from models.data.questions.view import SceneView, class_noun
from models.data.scenes import Scene
from models.data.vocabulary import ATTRIBUTES, OBJECT_INDEX, OBJECTS

COUNT_WORDS = ("no", "one", "two", "three", "four", "five", "six")
OPENING = "(there is|a picture of|a photo of|you can see|this is|the photo shows|an image of|||||) {x}"


@dataclass(frozen=True, slots=True)
class Statement:
    text: str
    true: bool
    objects: tuple[int, ...] = ()


def _described(view: SceneView, index: int, rng: random.Random, attribute: str | None = None) -> str:
    """'a brown dog'; the attribute given or one of its own."""
    noun = view.noun(index, rng)
    own = [ATTRIBUTES[i] for i in view.objects[index].attributes]
    word = attribute or (rng.choice(own) if own and rng.random() < 0.7 else None)
    named = f"{word} {noun}" if word else noun
    return named if view.is_plural(index) else a(named, noun)


def _opened(thing: str, rng: random.Random) -> str:
    return phrase(OPENING, rng, x=thing)


def _one(view: SceneView, rng: random.Random, true: bool) -> Statement | None:
    if not true and rng.random() < 0.6:
        absent = view.absent_class(rng)
        if absent is None:
            return None
        return Statement(_opened(a(class_noun(absent, rng)), rng), False)
    index = rng.choice(view.kept)
    if true:
        return Statement(_opened(_described(view, index, rng), rng), True, (index,))
    if not view.colour(index) or len(view.by_class[view.objects[index].object_class]) > 1:
        return None
    wrong = other_colour(view, index, rng)
    return Statement(_opened(_described(view, index, rng, wrong), rng), False, (index,)) if wrong else None


def _beside(view: SceneView, rng: random.Random, true: bool) -> Statement | None:
    alone = [index for index in view.kept if view.alone(index)]
    if len(alone) < 2:
        return None
    x, y = rng.sample(alone, 2)
    side = "left" if view.left_of(x, y) else "right" if view.left_of(y, x) else None
    if side is None:
        return None
    said = side if true else "right" if side == "left" else "left"
    words = sideways_words(said, rng).removeprefix("that is ")
    return Statement(f"{_described(view, x, rng)} {words} {_described(view, y, rng)}", true, (x, y))


def _related(view: SceneView, rng: random.Random, true: bool) -> Statement | None:
    relations = [r for r in view.scene.relations if r.name in SPOKEN]
    if not relations:
        return None
    relation = rng.choice(relations)
    x, y = relation.subject, relation.target
    subject = _described(view, x, rng)
    if true:
        return Statement(f"{subject} {relation.name} {_described(view, y, rng)}", True, (x, y))
    drawn = draw("targets", f"{view.objects[x].class_name}|{relation.name}", rng)
    wrong = OBJECT_INDEX.get(drawn or "")
    if wrong is None or not view.is_absent(wrong):
        return None
    return Statement(f"{subject} {relation.name} {a(class_noun(wrong, rng))}", False, (x,))


def _counted(view: SceneView, rng: random.Random, true: bool) -> Statement | None:
    classes = [c for c in view.by_class if c in nouns.COUNTABLE and OBJECTS[c] not in MASS]
    if not classes:
        return None
    object_class = rng.choice(classes)
    indices = view.by_class[object_class]
    if len(indices) > 4 or any(view.objects[i].plural or view.objects[i].crowd for i in indices):
        return None
    number = len(indices) if true else rng.choice([n for n in range(1, 5) if n != len(indices)])
    noun = class_noun(object_class, rng)
    text = f"{COUNT_WORDS[number]} {noun if number == 1 else plural(noun)}"
    if rng.random() < 0.4:
        text = f"there {be(number > 1)} {text}"
    return Statement(text, true, tuple(indices))


def _placed(view: SceneView, rng: random.Random, true: bool) -> Statement | None:
    if view.scene.indoors is None:
        return None
    inside = view.scene.indoors == true
    text = (
        "taken indoors|an indoor scene|this is inside" if inside else "taken outdoors|an outdoor scene|this is outside"
    )
    return Statement(phrase(text, rng), true)


def _listed(view: SceneView, rng: random.Random, true: bool) -> Statement | None:
    """'a dog, a cat and a tree'."""
    if len(view.kept) < 3:
        return None
    chosen = rng.sample(view.kept, rng.choice((2, 3)))
    parts = [_described(view, index, rng) for index in chosen]
    if not true:
        absent = view.absent_class(rng)
        if absent is None:
            return None
        parts[rng.randrange(len(parts))] = a(class_noun(absent, rng))
    return Statement(", ".join(parts[:-1]) + " and " + parts[-1], true, tuple(chosen) if true else ())


MAKERS = (_one, _beside, _beside, _related, _related, _counted, _placed, _listed, _listed)


def generate_statements(
    scene: Scene, rng: random.Random, per_scene: int = 4, *, true_share: float = 0.5
) -> list[Statement]:
    """Up to `per_scene` statements; `true_share` of them hold."""
    view = SceneView(scene)
    if not view.kept:
        return []
    found: dict[str, Statement] = {}
    for _ in range(per_scene * 6):
        statement = rng.choice(MAKERS)(view, rng, rng.random() < true_share)
        if statement is not None:
            found.setdefault(statement.text, statement)
        if len(found) >= per_scene:
            break
    return list(found.values())
