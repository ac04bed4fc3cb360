"""'What is the table made of?', 'is the door open or closed?', 'what is the man doing?'."""

import random

from models.data.attribute_names import COLOURS, MATERIALS, opposites_of
from models.data.questions.exists import other_colour
from models.data.questions.grammar import as_adjective, be, do
from models.data.questions.phrasing import phrase
from models.data.questions.question import Question
from models.data.questions.reference import refer
from models.data.questions.statistics import draw
from models.data.questions.view import SceneView
from models.data.vocabulary import ANSWER_INDEX, ATTRIBUTES

POSES = frozenset(
    {
        "standing",
        "sitting",
        "walking",
        "lying",
        "playing",
        "eating",
        "flying",
        "parked",
        "surfing",
        "skiing",
        "running",
        "jumping",
        "hanging",
    }
)


def _slots(view: SceneView, index: int, named: str) -> dict[str, str]:
    return {"x": named, "is": be(view.is_plural(index)), "do": do(view.is_plural(index))}


def material(view: SceneView, rng: random.Random) -> Question | None:
    candidates = [index for index in view.kept if view.material(index)]
    if not candidates:
        return None
    index = rng.choice(candidates)
    made_of = view.material(index)
    named = refer(view, index, rng, without="attribute")
    if made_of is None or named is None:
        return None
    slots, name = _slots(view, index, named), view.objects[index].class_name
    chance = rng.random()
    if chance < 0.45:
        text = phrase(
            "what {is} {x} made of|what {is} {x} made of|what material {is} {x}( made of|)"
            "|which material makes up {x}|{x} {is} made of what"
            "|what (kind of |)material {is} {x} made of|what {is} {x} made from|what is the material of {x}"
            "|what is used to make {x}|what makes up {x}|of what material {is} {x} made|tell me what {x} {is} made of"
            "|which material {do} {x} consist of|what did they make {x} (out |)of|which material is used to make {x}",
            rng,
            **slots,
        )
        return Question(text, made_of, "attribute", (index,), "material_query", name)
    other = next((m for _ in range(12) if (m := draw("attributes", name, rng)) in MATERIALS and m != made_of), None)
    if other is None:
        return None
    if chance < 0.7:
        first, second = rng.sample((made_of, other), 2)
        if rng.random() < 0.3:
            text = phrase(
                "{is} {x} {p} or {q}|{do} {x} look {p} or {q}|would you say {x} {is} {p} or {q}"
                "|{is} it a {p} or a {q} {bare}",
                rng,
                p=as_adjective(first),
                q=as_adjective(second),
                bare=named.removeprefix("the "),
                **slots,
            )
            said = as_adjective(made_of)
            answer = said if said in ANSWER_INDEX else made_of
            topic = f"{'|'.join(sorted((made_of, other)))}/{name}"
            return Question(text, answer, "attribute", (index,), "material_choose", topic)
        text = phrase(
            "{is} {x} made of {p} or {q}|which material {is} {x} made of, {p} or {q}"
            "|what {is} {x} made of, {p} or {q}|{is} {x} {p} or {q}",
            rng,
            p=first,
            q=second,
            **slots,
        )
        return Question(
            text, made_of, "attribute", (index,), "material_choose", f"{'|'.join(sorted((made_of, other)))}/{name}"
        )
    asked = rng.choice((made_of, other))
    text = phrase(
        "{is} {x} made of {p}|{is} {x} made (out |)of {p}|{is} {x} {j}|{do} {x} look {j}"
        "|can you tell if {x} {is} made of {p}"
        "|{is} that {bare} {j}|{x} {is} made of {p}, right|would you say {x} {is} {j}|{is} {p} the material of {x}",
        rng,
        p=asked,
        j=as_adjective(asked),
        bare=named.removeprefix("the "),
        **slots,
    )
    return Question(
        text, "yes" if asked == made_of else "no", "attribute", (index,), "material_verify", f"{asked}/{name}"
    )


def state(view: SceneView, rng: random.Random) -> Question | None:
    """Two words that exclude each other: yes/no or a choice."""
    candidates = [
        (index, ATTRIBUTES[i])
        for index in view.kept
        for i in view.objects[index].attributes
        if ATTRIBUTES[i] not in COLOURS and opposites_of(ATTRIBUTES[i])
    ]
    if not candidates:
        return None
    index, word = rng.choice(candidates)
    others = [o for o in opposites_of(word) if all(ATTRIBUTES[i] != o for i in view.objects[index].attributes)]
    named = refer(view, index, rng, without="attribute")
    if not others or named is None:
        return None
    other, slots = rng.choice(others), _slots(view, index, named)
    name = view.objects[index].class_name
    if rng.random() < 0.5:
        first, second = rng.sample((word, other), 2)
        text = phrase(
            "{is} {x} {p} or {q}|{is} {x} {p} or {q}|{do} {x} look {p} or {q}|how {do} {x} look, {p} or {q}"
            "|{do} {x} appear to be {p} or {q}",
            rng,
            p=first,
            q=second,
            **slots,
        )
        return Question(text, word, "attribute", (index,), "state_choose", f"{'|'.join(sorted((word, other)))}/{name}")
    asked = rng.choice((word, other))
    text = phrase(
        "{is} {x} {p}|{is} {x} {p}|{do} {x} look {p}|{do} {x} appear to be {p}|{do} {x} seem to be {p}"
        "|would you say {x} {is} {p}",
        rng,
        p=asked,
        **slots,
    )
    return Question(text, "yes" if asked == word else "no", "attribute", (index,), "state_verify", f"{asked}/{name}")


def both_attributes(view: SceneView, rng: random.Random) -> Question | None:
    """'Is the ball both red and round?'."""
    candidates = [index for index in view.kept if len(view.objects[index].attributes) >= 2]
    if not candidates:
        return None
    index = rng.choice(candidates)
    own = [ATTRIBUTES[i] for i in view.objects[index].attributes]
    named = refer(view, index, rng, without="attribute")
    if named is None:
        return None
    first, second = rng.sample(own, 2)
    positive = rng.random() < 0.5
    if not positive:
        wrong = (
            other_colour(view, index, rng) if view.colour(index) == second else next(iter(opposites_of(second)), None)
        )
        if wrong is None or wrong in own:
            return None
        second = wrong
    pair = [as_adjective(word) for word in rng.sample((first, second), 2)]
    text = phrase(
        "{is} {x} (both |){p} and {q}|{is} {x} {p} and {q}|{do} {x} look {p} and {q}|{do} {x} appear (to be "
        "|){p} and {q}",
        rng,
        p=pair[0],
        q=pair[1],
        **_slots(view, index, named),
    )
    return Question(text, "yes" if positive else "no", "attribute", (index,), "both_attributes", second)


def doing(view: SceneView, rng: random.Random) -> Question | None:
    candidates = [
        (index, ATTRIBUTES[i]) for index in view.kept for i in view.objects[index].attributes if ATTRIBUTES[i] in POSES
    ]
    if not candidates:
        return None
    index, pose = rng.choice(candidates)
    if sum(ATTRIBUTES[i] in POSES for i in view.objects[index].attributes) > 1:
        return None
    named = refer(view, index, rng, without="attribute")
    if named is None:
        return None
    if rng.random() < 0.3:
        candidates_who = [i for i in view.kept if pose in {ATTRIBUTES[k] for k in view.objects[i].attributes}]
        if len({view.objects[i].object_class for i in candidates_who}) == 1 and view.objects[index].class_name in (
            "man",
            "woman",
            "boy",
            "girl",
            "child",
        ):
            return Question(
                phrase("who is {p}|who do you think is {p}|who in the (photo|picture|scene) is {p}", rng, p=pose),
                view.objects[index].class_name,
                "what",
                tuple(candidates_who),
                "who_is",
                pose,
            )
    text = phrase(
        "what {is} {x} doing|what {is} {x} doing|what {do} {x} do|what {is} {x} up to|tell me what {x} {is} doing"
        "|{x} {is} doing what|what do you see {x} doing|what {is} {x} busy with|what do you think {x} {is} doing",
        rng,
        **_slots(view, index, named),
    )
    return Question(text, pose, "attribute", (index,), "doing", view.objects[index].class_name)


def size(view: SceneView, rng: random.Random) -> Question | None:
    words = {"large", "small", "huge", "little", "tiny"}
    candidates = [
        (index, ATTRIBUTES[i]) for index in view.kept for i in view.objects[index].attributes if ATTRIBUTES[i] in words
    ]
    if not candidates:
        return None
    index, word = rng.choice(candidates)
    named = refer(view, index, rng, without="attribute")
    if named is None:
        return None
    text = phrase(
        "how (large|big) {is} {x}|what size {is} {x}|{x} {is} what size|which size {is} {x}|what is the size of {x}"
        "|(what|which) size {do} {x} have|{x} {is} of which size|tell me the size of {x}|how (large|big) {do} {x} look",
        rng,
        **_slots(view, index, named),
    )
    return Question(text, word, "attribute", (index,), "size", view.objects[index].class_name)
