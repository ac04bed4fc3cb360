"""'What animal is this?', 'what is the man holding?', 'who is wearing the hat?', 'is this a dog or a cat?'."""

import random

from models.data.questions import nouns
from models.data.questions.grammar import a
from models.data.questions.phrasing import phrase
from models.data.questions.question import Question
from models.data.questions.reference import refer, sideways_words
from models.data.questions.statistics import draw
from models.data.questions.view import SceneView
from models.data.questions.wordings.what import (
    CHOOSE_NAME,
    VERIFY_NAME,
    WHAT_AT_SIDE,
    WHAT_IS_THIS,
    WHAT_KIND,
    WHO_IS,
)
from models.data.vocabulary import OBJECT_INDEX, OBJECTS, categories_of, members

CATEGORY_NAMES = {
    "animal": "animal|animal|creature",
    "vehicle": "vehicle|vehicle|transport",
    "furniture": "furniture|piece of furniture|item of furniture",
    "fruit": "fruit",
    "vegetable": "vegetable",
    "food": "food|food|food item|fast food",
    "device": "device|electronic device|gadget",
    "appliance": "appliance|kitchen appliance",
    "clothing": "clothing|clothing item|piece of clothing",
    "sports equipment": "sports equipment|sports gear",
    "utensil": "utensil|cooking utensil",
    "container": "container",
    "bag": "bag",
    "toy": "toy",
    "drink": "drink",
    "dessert": "dessert",
    "building": "building",
    "plant": "plant",
    "bird": "bird",
    "instrument": "instrument|musical instrument",
    "tool": "tool",
}
SALIENT_AREA = 0.2
MUCH_LARGER = 2.5
PERSON_SHARE = 0.3


def _one_class(view: SceneView, indices: list[int]) -> int | None:
    """Their class when it is one, and says more than the category does."""
    classes = {view.objects[index].object_class for index in indices}
    if len(classes) != 1:
        return None
    only = classes.pop()
    return None if only in nouns.GENERIC else only


def category_here(view: SceneView, among: list[int], rng: random.Random) -> str | None:
    """A category of one of the things, each kind of thing as likely as another."""
    classes = sorted({view.objects[index].object_class for index in among})
    named = [c for c in categories_of(rng.choice(classes)) if c in CATEGORY_NAMES] if classes else []
    return rng.choice(named) if named else None


def _those_meant(view: SceneView, inside: list[int]) -> list[int]:
    """Whoever asks for the animal of a picture means the large one in front, not the ones behind it."""
    biggest = max(inside, key=lambda i: view.objects[i].area)
    found = view.objects[biggest].object_class
    rivals = [view.objects[i].area for i in inside if view.objects[i].object_class != found]
    return [biggest] if rivals and view.objects[biggest].area > MUCH_LARGER * max(rivals) else inside


def what_category(view: SceneView, rng: random.Random) -> Question | None:
    category = category_here(view, view.kept, rng)
    if category is None:
        return None
    inside = _those_meant(view, view.in_category(category))
    found = _one_class(view, inside)
    if found is None:
        return None
    word = rng.choice(CATEGORY_NAMES[category].split("|"))
    return Question(phrase(WHAT_KIND, rng, k=word), OBJECTS[found], "what", tuple(inside), "what_category", category)


def what_is_this(view: SceneView, rng: random.Random) -> Question | None:
    things = [
        i
        for i in view.kept
        if view.objects[i].object_class not in nouns.STUFF | nouns.PARTS | nouns.GENERIC | nouns.CLOTHES
    ]
    if not things:
        return None
    index = max(things, key=lambda i: view.objects[i].area)
    area = view.objects[index].area
    object_class = view.objects[index].object_class
    rivals = [i for i in things if view.objects[i].object_class != object_class and view.objects[i].area > area / 3]
    if (
        area < SALIENT_AREA
        or rivals
        or OBJECTS[object_class] in ("table", "rug", "curtain", "desk", "shelf", "plate", "tablecloth", "floor")
    ):
        return None
    return Question(phrase(WHAT_IS_THIS, rng), OBJECTS[object_class], "what", (index,), "what_is_this")


def choose_name(view: SceneView, rng: random.Random) -> Question | None:
    """'Is this a dog or a cat?': the wrong one is of the same category and absent."""
    category = rng.choice(
        (
            "animal",
            "vehicle",
            "furniture",
            "fruit",
            "food",
            "device",
            "appliance",
            "container",
            "sports equipment",
            "clothing",
        )
    )
    inside = view.in_category(category)
    found = _one_class(view, inside)
    if found is None:
        return None
    others = [c for c in sorted(members(category)) if c != found and c not in nouns.GENERIC and view.is_absent(c)]
    if not others:
        others = [
            c
            for c in sorted(members(category))
            if c not in view.present
            and c not in nouns.GENERIC
            and not any(found in group and c in group for group in nouns.LOOKALIKES)
        ]
    if not others:
        return None
    pair = [OBJECTS[found], OBJECTS[rng.choice(others)]]
    rng.shuffle(pair)
    text = phrase(
        CHOOSE_NAME,
        rng,
        p=a(pair[0]),
        q=a(pair[1]),
        k=rng.choice(CATEGORY_NAMES[category].split("|")),
    )
    return Question(text, OBJECTS[found], "what", tuple(inside), "choose_name", "|".join(sorted(pair)))


def what_beside(view: SceneView, rng: random.Random) -> Question | None:
    """'What animal is to the left of the car?'."""
    if len(view.kept) < 2:
        return None
    anchor = rng.choice(view.kept)
    side = rng.choice(("left", "right"))
    there = [
        i for i in view.kept if i != anchor and (view.left_of(i, anchor) if side == "left" else view.left_of(anchor, i))
    ]
    people = {view.objects[i].object_class for i in there} & nouns.PEOPLE
    category = "person" if people and rng.random() < PERSON_SHARE else category_here(view, there, rng)
    if category is None:
        return None
    inside = [i for i in there if view.objects[i].object_class in members(category)]
    found = _one_class(view, inside) if category != "person" else None
    if category == "person" and len(inside) == 1 and view.objects[inside[0]].class_name not in ("person", "people"):
        found = view.objects[inside[0]].object_class
    if found is None:
        return None
    named = refer(view, anchor, rng)
    if named is None:
        return None
    words = sideways_words(side, rng)
    if category == "person":
        text = phrase(WHO_IS, rng, w=words.replace("that is ", ""), x=named)
    else:
        text = phrase(
            WHAT_AT_SIDE,
            rng,
            k=rng.choice(CATEGORY_NAMES[category].split("|")),
            w=words.replace("that is ", ""),
            x=named,
        )
    answer = view.answer_name(inside[0])
    return Question(text, answer, "what", (*inside, anchor), "what_beside", category)


def verify_name(view: SceneView, rng: random.Random) -> Question | None:
    """'Is that a horse?' about the only animal, vehicle, fruit ..."""
    category = rng.choice(("animal", "vehicle", "fruit", "device", "appliance", "sports equipment", "food"))
    inside = view.in_category(category)
    found = _one_class(view, inside)
    if found is None:
        return None
    positive = rng.random() < 0.5
    asked = found
    if not positive:
        name = draw("frequency", "", rng) if rng.random() < 0.1 else OBJECTS[rng.choice(sorted(members(category)))]
        asked = OBJECT_INDEX.get(name or "", found)
        if not view.is_absent(asked):
            return None
    text = phrase(
        VERIFY_NAME,
        rng,
        p=a(OBJECTS[asked]),
        k=CATEGORY_NAMES[category].split("|")[0],
    )
    return Question(text, "yes" if positive else "no", "exists", tuple(inside), "verify_name", OBJECTS[asked])
