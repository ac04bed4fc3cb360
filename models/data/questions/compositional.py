"""Questions that chain two steps, as GQA asks them: 'what kind of furniture is not brown?', 'who is older?',
'are the bench and the table made of the same material?', 'is she wearing a hat?'.
"""

import random

from models.data.attribute_names import COLOURS, MATERIALS, opposites_of
from models.data.questions import nouns
from models.data.questions.exists import other_colour
from models.data.questions.grammar import ALWAYS_PLURAL, MASS, a, be, plural
from models.data.questions.phrasing import phrase
from models.data.questions.question import Question
from models.data.questions.statistics import draw
from models.data.questions.view import SceneView, class_noun
from models.data.questions.what import CATEGORY_NAMES
from models.data.questions.wordings.fragments import IN_PICTURE
from models.data.vocabulary import ATTRIBUTES, OBJECT_INDEX, OBJECTS, members

KIND_THAT_IS = (
    "(what|which) {k} is {c}|(what|which) (kind|type) of {k} is {c}|what is the {k} that is {c}"
    "|what do you think is the {k} that is {c}"
    "|what is the name of the {k} that is {c}|which {k} looks {c}|what {k} in the (photo|picture|image|scene) is {c}"
)
KIND_THAT_IS_NOT = (
    "(what|which) {k} is not {c}|(what|which) (kind|type) of {k} (is not|isn't) {c}"
    "|what is the {k} that is not {c}|what {k} isn't {c}"
)
ADULTS, CHILDREN = ("man", "woman"), ("boy", "girl", "child", "baby")
PRONOUNS = {"man": "he", "boy": "he", "woman": "she", "girl": "she", "person": "the person"}


def _words(view: SceneView, index: int) -> set[str]:
    return {ATTRIBUTES[i] for i in view.objects[index].attributes}


def category_by_attribute(view: SceneView, rng: random.Random) -> Question | None:
    """The only one of a category with, or without, an attribute."""
    described = [index for index in view.kept if view.objects[index].attributes]
    if not described:
        return None
    index = rng.choice(described)
    options = [k for k in CATEGORY_NAMES if view.objects[index].object_class in members(k)]
    if not options or view.objects[index].object_class in nouns.GENERIC:
        return None
    category = rng.choice(options)
    others = [o for o in view.in_category(category) if view.objects[o].object_class != view.objects[index].object_class]
    word = rng.choice(sorted(_words(view, index)))
    denied = rng.random() < 0.25
    if denied:
        opposite = [o for o in opposites_of(word) if others and all(o in _words(view, other) for other in others)]
        if not opposite:
            return None
        template, word = KIND_THAT_IS_NOT, rng.choice(opposite)
    else:
        if any(
            word in _words(view, other) or not set(opposites_of(word)) & _words(view, other)
            for other in others
            if word in COLOURS
        ):
            return None
        if any(word in _words(view, other) for other in others):
            return None
        template = KIND_THAT_IS
    if word in MATERIALS and rng.random() < 0.6:
        word = f"made of {word}"
    kind_word = rng.choice(CATEGORY_NAMES[category].split("|"))
    return Question(
        phrase(template, rng, k=kind_word, c=word),
        view.answer_name(index),
        "attribute",
        (index,),
        "category_by_attribute",
        category,
    )


def exist_with_attribute(view: SceneView, rng: random.Random) -> Question | None:
    """'Are there any bags that are not black?', 'is there a wooden table or a red chair?'."""
    described = [index for index in view.kept if view.colour(index) or view.material(index)]
    if not described:
        return None
    index = rng.choice(described)
    thing = view.objects[index]
    group = view.colour if view.colour(index) and (not view.material(index) or rng.random() < 0.7) else view.material
    rivals = view.by_class[thing.object_class]
    if any(group(other) is None for other in rivals):
        return None
    own = {group(other) for other in rivals}
    word = rng.choice(sorted(w for w in own if w))
    negated = rng.random() < 0.55
    if rng.random() < 0.5:
        word = (
            other_colour(view, index, rng) if group == view.colour else _other_material(thing.class_name, rng)
        ) or word
    truth = any(w != word for w in own) if negated else word in own
    noun = class_noun(thing.object_class, rng)
    said = f"made of {word}" if word in MATERIALS else word
    not_ = "not " if negated else ""
    if noun in MASS:
        text = phrase(
            "is there (any |){n} that is {s}{p}|do you see (any |){n} that is {s}",
            rng,
            n=noun,
            s=not_ + said,
            p=phrase(IN_PICTURE, rng),
        )
    elif noun in ALWAYS_PLURAL or rng.random() < 0.5:
        text = phrase(
            "are there (any |){n} {p} that are {s}|are there (any |){n} that are {s}|do you see (any "
            "|){n} that are {s}",
            rng,
            n=plural(noun),
            s=not_ + said,
            p=phrase(IN_PICTURE, rng),
        )
    else:
        text = phrase(
            "is there {n} that is {s}|is there {n} {p} that is {s}|do you see {n} that is {s}",
            rng,
            n=a(noun),
            s=not_ + said,
            p=phrase(IN_PICTURE, rng),
        )
    return Question(text, "yes" if truth else "no", "attribute", tuple(rivals), "exist_with_attribute", f"{not_}{word}")


def _other_material(name: str, rng: random.Random) -> str | None:
    return next((m for _ in range(8) if (m := draw("attributes", name, rng)) in MATERIALS), None)


def common(view: SceneView, rng: random.Random) -> Question | None:
    """Same material, or what two things have in common."""
    described = [index for index in view.kept if view.material(index) and view.alone(index)]
    if len(described) < 2:
        return None
    x, y = rng.sample(described, 2)
    names = {"x": f"the {view.noun(x, rng)}", "y": f"the {view.noun(y, rng)}"}
    same = view.material(x) == view.material(y)
    if same and rng.random() < 0.3 and view.colour(x) and view.colour(y) and view.colour(x) != view.colour(y):
        text = phrase(
            "what do {x} and {y} have in common|what do both {x} and {y} have in common|what is common to {x} and {y}",
            rng,
            **names,
        )
        return Question(text, "material", "attribute", (x, y), "common")
    text = phrase(
        "are {x} and {y} made of the same material|is {x} made of the same material as {y}"
        "|are both {x} and {y} made of the same material"
        "|do {x} and {y} have the same material",
        rng,
        **names,
    )
    return Question(text, "yes" if same else "no", "attribute", (x, y), "same_material")


def common_colour(view: SceneView, rng: random.Random) -> Question | None:
    described = [index for index in view.kept if view.colour(index) and view.alone(index)]
    if len(described) < 2:
        return None
    x, y = rng.sample(described, 2)
    if view.colour(x) != view.colour(y) or view.material(x) == view.material(y) is not None:
        return None
    text = phrase(
        "what do {x} and {y} have in common|what do both {x} and {y} have in common|what is common to {x} and {y}",
        rng,
        x=f"the {view.noun(x, rng)}",
        y=f"the {view.noun(y, rng)}",
    )
    return Question(text, "color", "attribute", (x, y), "common")


def older(view: SceneView, rng: random.Random) -> Question | None:
    """A man or woman is older than a boy, girl or baby."""
    grown = [i for i in view.kept if view.objects[i].class_name in ADULTS and view.alone(i)]
    young = [i for i in view.kept if view.objects[i].class_name in CHILDREN and view.alone(i)]
    if not grown or not young:
        return None
    x, y = rng.choice(grown), rng.choice(young)
    word = rng.choice(("older", "younger"))
    first, second = rng.sample((x, y), 2)
    text = phrase(
        "who is {w}, the {p} or the {q}|which is {w}, the {p} or the {q}|is the {p} or the {q} {w}",
        rng,
        w=word,
        p=view.objects[first].class_name,
        q=view.objects[second].class_name,
    )
    return Question(text, view.objects[x if word == "older" else y].class_name, "attribute", (x, y), "older", word)


def pronoun(view: SceneView, rng: random.Random) -> Question | None:
    """'Is she wearing a hat?', 'what is he holding?' of the only person."""
    persons = view.in_category("person")
    if len(persons) != 1 or view.objects[persons[0]].class_name not in PRONOUNS:
        return None
    subject = persons[0]
    name = view.objects[subject].class_name
    acts = [
        (n, t)
        for n, t in view.from_subject.get(subject, ())
        if n in ("wearing", "holding", "riding", "carrying", "eating", "sitting on", "standing on")
    ]
    if not acts:
        return None
    act, target = rng.choice(acts)
    who = PRONOUNS[name] if rng.random() < 0.75 else f"the {name}"
    if rng.random() < 0.5:
        if len({view.objects[t].object_class for n, t in acts if n == act}) > 1:
            return None
        text = phrase("what is {w} {act}|what is {w} {act}|what do you think {w} is {act}", rng, w=who, act=act)
        return Question(text, view.objects[target].class_name, "what", (subject, target), "pronoun_query", act)
    asked = view.objects[target].object_class
    positive = rng.random() < 0.5
    if not positive:
        asked = OBJECT_INDEX.get(draw("targets", f"{name}|{act}", rng) or "", asked)
        alike = set().union(*(group for group in nouns.LOOKALIKES[1:] if asked in group)) | {asked}
        if alike & view.present:
            return None
    text = phrase("is {w} {act} {x}|is {w} {act} {x}", rng, w=who, act=act, x=a(class_noun(asked, rng)))
    return Question(
        text,
        "yes" if positive else "no",
        "relation",
        (subject, target) if positive else (subject,),
        "pronoun_verify",
        f"{act}/{OBJECTS[asked]}",
    )


def who_wears(view: SceneView, rng: random.Random) -> Question | None:
    worn = [
        (s, t)
        for s in view.kept
        for n, t in view.from_subject.get(s, ())
        if n == "wearing" and view.objects[s].class_name not in ("person", "people")
    ]
    if not worn:
        return None
    subject, target = rng.choice(worn)
    garment = view.objects[target].object_class
    wearers = {
        view.objects[s].object_class
        for s in view.kept
        for n, t in view.from_subject.get(s, ())
        if n == "wearing" and view.objects[t].object_class == garment
    }
    if len(wearers) != 1:
        return None
    noun = view.noun(target, rng)
    text = phrase(
        "who is wearing {x}|who wears {x}|who is wearing {x}|who in the (photo|picture|image) is wearing {x}"
        "|who do you think is wearing {x}",
        rng,
        x=noun if view.is_plural(target) else rng.choice((f"the {noun}", a(noun))),
    )
    return Question(text, view.objects[subject].class_name, "what", (subject, target), "who_wears", OBJECTS[garment])


def this_coloured(view: SceneView, rng: random.Random) -> Question | None:
    """'Is this a red car?', 'is that table white?'."""
    candidates = [
        index for index in view.kept if view.colour(index) and view.alone(index) and not view.is_plural(index)
    ]
    if not candidates:
        return None
    index = rng.choice(candidates)
    own = view.colour(index)
    asked = own if rng.random() < 0.5 else other_colour(view, index, rng)
    if asked is None:
        return None
    noun = class_noun(view.objects[index].object_class, rng)
    text = phrase(
        "is (this|that) {n}|is (this|that) {bare} {c}|does (this|that) {bare} look {c}|{is} (this|that) {bare} {c}",
        rng,
        n=a(f"{asked} {noun}", noun),
        bare=noun,
        c=asked,
        **{"is": be(False)},
    )
    return Question(
        text,
        "yes" if asked == own else "no",
        "colour",
        (index,),
        "this_coloured",
        f"{asked}/{view.objects[index].class_name}",
    )
