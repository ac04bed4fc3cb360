"""'Is there a dog?', 'any people?', 'do you see a red car?', 'is there a cat on the couch?'."""

import random

from models.data.attribute_names import COLOURS
from models.data.questions import nouns
from models.data.questions.grammar import ALWAYS_PLURAL, MASS, a, plural
from models.data.questions.phrasing import phrase
from models.data.questions.question import Question
from models.data.questions.reference import SPOKEN, refer, sideways_words
from models.data.questions.statistics import draw
from models.data.questions.view import SceneView, class_noun
from models.data.questions.wordings.exists import ANYBODY, RELATED_SEVERAL, RELATED_SINGLE, SEVERAL, SINGLE
from models.data.questions.wordings.fragments import IN_PICTURE, PICTURE
from models.data.questions.wordings.relation import RELATION_WORDS
from models.data.vocabulary import OBJECTS

CATEGORY_WORDS = {
    "person": ("person|human|human being", "people|persons|humans|people"),
    "animal": ("animal|living animal", "animals"),
    "vehicle": ("vehicle", "vehicles"),
    "furniture": ("piece of furniture|item of furniture", "furniture|pieces of furniture"),
    "food": ("food|food item", "food|things to eat|foods"),
    "fruit": ("fruit|piece of fruit", "fruits|fruit"),
    "vegetable": ("vegetable", "vegetables|veggies"),
    "device": ("device|electronic device", "devices|electronics"),
    "appliance": ("appliance", "appliances"),
    "bag": ("bag", "bags"),
    "plant": ("plant", "plants"),
    "building": ("building", "buildings"),
    "aircraft": ("aircraft|plane", "planes|aircraft"),
}


def _ask(object_class: int, noun: str, rng: random.Random) -> str:
    if noun in MASS:
        return phrase(
            SINGLE, rng, one=rng.choice((noun, f"any {noun}", f"some {noun}")), any=f"any {noun}", bare=noun, many=noun
        )
    if noun in ALWAYS_PLURAL or rng.random() < 0.4:
        return phrase(SEVERAL, rng, many=plural(noun))
    return phrase(SINGLE, rng, one=a(noun), any=f"any {noun}", bare=noun, many=plural(noun))


def exist_object(view: SceneView, rng: random.Random) -> Question | None:
    if rng.random() < 0.5:
        if not view.kept:
            return None
        index = rng.choice(view.kept)
        object_class = view.objects[index].object_class
        if object_class in nouns.PARTS and rng.random() < 0.6:
            return None
        found, answer = tuple(view.by_class[object_class]), "yes"
    else:
        absent = view.absent_class(rng)
        if absent is None:
            return None
        object_class, found, answer = absent, (), "no"
    text = _ask(object_class, class_noun(object_class, rng), rng)
    return Question(text, answer, "exists", found, "exist_object", OBJECTS[object_class])


def exist_category(view: SceneView, rng: random.Random) -> Question | None:
    category = rng.choice(tuple(CATEGORY_WORDS))
    found = tuple(view.in_category(category))
    if not found and not view.category_absent(category):
        return None
    if category == "person" and rng.random() < 0.5:
        text = phrase(ANYBODY, rng, picture=rng.choice(("the picture", "the photo", "this photo", "the image")))
    else:
        one, many = (rng.choice(words.split("|")) for words in CATEGORY_WORDS[category])
        if rng.random() < 0.45 and one != "food":
            text = phrase(SINGLE, rng, one=a(one), any=f"any {one}", bare=one, many=many)
        else:
            text = phrase(SEVERAL, rng, many=many)
            if many in ("furniture", "food", "fruit"):
                text = text.replace("there are", "there is").replace("are there", "is there").replace("are ", "is ", 1)
    return Question(text, "yes" if found else "no", "exists", found, "exist_category", category)


def exist_coloured(view: SceneView, rng: random.Random) -> Question | None:
    """A colour the thing has, or one that its class often has but nothing here of that class does."""
    coloured = [index for index in view.kept if view.colour(index)]
    if not coloured:
        return None
    index = rng.choice(coloured)
    thing = view.objects[index]
    rivals = view.by_class[thing.object_class]
    colour, found = view.colour(index), [o for o in rivals if view.colour(o) == view.colour(index)]
    answer = "yes"
    if rng.random() < 0.5:
        other = other_colour(view, index, rng)
        if other is None or any(view.colour(o) in (None, other) for o in rivals):
            return None
        colour, found, answer = other, [], "no"
    noun = class_noun(thing.object_class, rng)
    if rng.random() < 0.25:
        text = f"{_ask(thing.object_class, noun, rng)} that {'are' if noun in ALWAYS_PLURAL else 'is'} {colour}"
    else:
        text = (
            _ask(thing.object_class, f"{colour} {noun}", rng)
            if noun not in MASS | ALWAYS_PLURAL
            else phrase(
                SEVERAL if noun in ALWAYS_PLURAL else SINGLE,
                rng,
                one=f"{colour} {noun}",
                many=f"{colour} {noun}",
                any=f"any {colour} {noun}",
                bare=f"{colour} {noun}",
            )
        )
    return Question(text, answer, "attribute", tuple(found), "exist_coloured", f"{colour}/{thing.class_name}")


def other_colour(view: SceneView, index: int, rng: random.Random) -> str | None:
    """Another colour, drawn as often as this class has it."""
    own = {view.colour(index)}
    for _ in range(12):
        drawn = draw("attributes", view.objects[index].class_name, rng)
        if drawn in COLOURS and drawn not in own:
            return drawn
    return None


def exist_related(view: SceneView, rng: random.Random) -> Question | None:
    """'Is there a cat on the couch?', 'are there any people to the left of the bus?'."""
    anchors = [index for index in view.kept if view.alone(index)]
    if not anchors:
        return None
    anchor = rng.choice(anchors)
    positive = rng.random() < 0.5
    if rng.random() < 0.5:
        side = rng.choice(("left", "right"))
        words = sideways_words(side, rng).replace("that is ", "")

        def holds(index: int) -> bool:
            return view.left_of(index, anchor) if side == "left" else view.left_of(anchor, index)

        mine = [index for index in view.kept if index != anchor and holds(index)]
        others = [index for index in view.kept if index != anchor and not holds(index)]
        if positive and mine:
            object_class = view.objects[rng.choice(mine)].object_class
        elif not positive and others:
            object_class = view.objects[rng.choice(others)].object_class
            if any(view.objects[index].object_class == object_class for index in mine):
                return None
        else:
            return None
        found = tuple(index for index in mine if view.objects[index].object_class == object_class)
    else:
        incoming = [(name, s) for name, s in view.to_target.get(anchor, ()) if name in SPOKEN and name != "wearing"]
        if not incoming:
            return None
        name, subject = rng.choice(incoming)
        words = rng.choice(RELATION_WORDS.get(name, (name,)))
        object_class, found = view.objects[subject].object_class, (subject,)
        if not positive:
            absent = view.absent_class(rng)
            if absent is None:
                return None
            object_class, found = absent, ()
    place = refer(view, anchor, rng)
    if place is None:
        return None
    noun = class_noun(object_class, rng)
    said = {"w": words, "x": place}
    question = (
        phrase(RELATED_SINGLE, rng, one=a(noun), any=f"any {noun}", **said)
        if noun in MASS or (noun not in ALWAYS_PLURAL and rng.random() < 0.5)
        else phrase(RELATED_SEVERAL, rng, many=plural(noun), **said)
    )
    return Question(
        question,
        "yes" if positive else "no",
        "relation",
        (*found, anchor),
        "exist_related",
        OBJECTS[object_class],
    )


def exist_two(view: SceneView, rng: random.Random) -> Question | None:
    """'Are there both dogs and cats?', 'is there a dog or a cat?'."""
    both = rng.random() < 0.5
    answer = rng.random() < 0.5
    here = list(view.by_class)
    if len(here) < 2:
        return None
    # Both there, none there, or one of them when the answer is against the wording.
    count_here = (2 if both else 0) if both == answer else 1
    chosen = rng.sample(here, count_here)
    while len(chosen) < 2:
        absent = view.absent_class(rng)
        if absent is None or absent in chosen:
            return None
        chosen.append(absent)
    rng.shuffle(chosen)
    first, second = (class_noun(c, rng) for c in chosen)
    if both:
        template = (
            "are there both {p} and {q} {place}|(do|can) you see both {p} and {q} {place}|are there {p} and {q} {place}"
            "|is there both {a} and {b} {place}|are there {a} and {b} {place}|does {picture} show {p} and {q}"
        )
    else:
        template = (
            "are there (either |any |){p} or {q} {place}|is there (either |){a} or {b} {place}|do you see (either "
            "|any |){p} or {q} {place}"
            "|can you see {a} or {b}|any {p} or {q}|are there either any {p} or {q} {place}"
        )
    text = phrase(
        template,
        rng,
        p=plural(first) if first not in MASS else first,
        q=plural(second) if second not in MASS else second,
        a=a(first),
        b=a(second),
        place=phrase(IN_PICTURE, rng),
        picture=phrase(PICTURE, rng),
    )
    found = tuple(i for c in chosen for i in view.by_class.get(c, ()))
    topic = "both" if both else "either"
    return Question(text, "yes" if answer else "no", "logic", found, "exist_two", topic)


def exist_two_coloured(view: SceneView, rng: random.Random) -> Question | None:
    """'Are there any red cars or buses?': the colour goes with both."""
    coloured = [index for index in view.kept if view.colour(index)]
    if not coloured:
        return None
    index = rng.choice(coloured)
    first = view.objects[index].object_class
    second = view.objects[rng.choice(view.kept)].object_class if rng.random() < 0.6 else view.absent_class(rng)
    if second is None or second == first:
        return None
    colour = view.colour(index) if rng.random() < 0.4 else other_colour(view, index, rng)
    both = [i for c in (first, second) for i in view.by_class.get(c, ())]
    if colour is None or any(view.colour(i) is None for i in both):
        return None
    found = tuple(i for i in both if view.colour(i) == colour)
    p, q = rng.sample([class_noun(c, rng) for c in (first, second)], 2)
    text = phrase(
        "are there (any|either any|) {c} {ps} or {qs} {place}|is there a {c} {p} or {q} {place}"
        "|do you see any {c} {ps} or {qs} {place}"
        "|are there any {ps} or {qs} {place} that are {c}|is there any {p} or {q} that is {c}"
        "|are there either {c} {ps} or {qs}",
        rng,
        c=colour,
        p=p,
        q=q,
        ps=p if p in MASS else plural(p),
        qs=q if q in MASS else plural(q),
        place=phrase(IN_PICTURE, rng),
    )
    return Question(text, "yes" if found else "no", "logic", found, "exist_two_coloured", colour)
