"""Things of a scene as slots of a sentence: 'a brown dog', 'two dogs', 'a man in a red shirt'."""

import math
import random

from models.data.attribute_names import opposites_of
from models.data.captions.draft import Draft, Slot
from models.data.questions import nouns
from models.data.questions.attribute import POSES
from models.data.questions.exists import other_colour
from models.data.questions.grammar import ALWAYS_PLURAL, MASS, a, plural
from models.data.questions.statistics import statistics
from models.data.questions.view import SceneView, class_noun
from models.data.vocabulary import ATTRIBUTES, OBJECTS, categories_of, members

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight")
MOST_COUNTED = 6
ATTRIBUTE_SHARE = 0.55
WORN_SHARE = 0.5
# Said of a thing in front of its noun; 'a standing man' is not how people talk.
AFTER_THE_NOUN = POSES | {"smiling", "open", "closed", "full", "empty", "lit"}
# There is only one of each in a picture.
ONLY_ONE = frozenset({"ground", "sky", "sun", "floor", "ceiling", "ocean"})
# Who is called a person, a man or a player depends on who looks.
SURE_PEOPLE = {"man": ("woman", "girl"), "woman": ("man", "boy"), "boy": ("woman", "girl"), "girl": ("man", "boy")}


def absent_like(view: SceneView, object_class: int, rng: random.Random) -> int | None:
    """A class that is surely not in the scene, of the same category when there is one."""
    if rng.random() < 0.6:
        alike = [
            c
            for category in categories_of(object_class)
            for c in sorted(members(category) - nouns.GENERIC)
            if view.is_absent(c)
        ]
        if alike:
            seen = statistics().frequency
            return rng.choices(alike, [math.sqrt(1 + seen.get(OBJECTS[c], 0)) for c in alike])[0]
    absent = view.absent_class(rng)
    return None if absent in nouns.GENERIC else absent


def _wrong_nouns(view: SceneView, index: int, rng: random.Random) -> list[str]:
    name = view.objects[index].class_name
    if name in SURE_PEOPLE:
        here = {thing.class_name for thing in view.objects}
        if here & {"person", "people", "player", "child", "baby"} or len(view.in_category("person")) > 1:
            return []
        return [other for other in SURE_PEOPLE[name] if other not in here]
    absent = absent_like(view, view.objects[index].object_class, rng)
    return [] if absent is None else [class_noun(absent, rng)]


def wrong_word(view: SceneView, index: int, word: str, rng: random.Random) -> str | None:
    """Another colour, or the opposite, that nothing of this class here has."""
    rivals = view.by_class[view.objects[index].object_class]
    if word == view.colour(index):
        wrong = other_colour(view, index, rng)
        return wrong if wrong and all(view.colour(o) not in (None, wrong) for o in rivals) else None
    opposites = opposites_of(word)
    if not opposites or len(rivals) > 1:
        return None
    wrong = rng.choice(opposites)
    return None if wrong in {ATTRIBUTES[i] for i in view.objects[index].attributes} else wrong


def thing_slot(view: SceneView, index: int, rng: random.Random, *, definite: bool = False) -> Slot:
    """'a brown dog'; or 'the dog', which only makes sense for what is alone of its kind."""
    noun = view.noun(index, rng)
    object_class = view.objects[index].object_class
    many = view.is_plural(index)

    def phrase(word: str, bare: str) -> str:
        full = f"{word} {bare}".strip()
        return f"the {full}" if definite or bare in ONLY_ONE else full if many else a(full, bare)

    words = [w for w in (ATTRIBUTES[i] for i in view.objects[index].attributes) if w not in AFTER_THE_NOUN]
    word = rng.choice(words) if words and rng.random() < ATTRIBUTE_SHARE else ""
    wrong = [phrase(word, plural(other) if many else other) for other in _wrong_nouns(view, index, rng)]
    if word and (other_word := wrong_word(view, index, word, rng)):
        wrong.append(phrase(other_word, noun))
    return Slot(phrase(word, noun), tuple(wrong), object_class)


def countable(view: SceneView, object_class: int) -> bool:
    """True when the number of boxes is surely the number of things."""
    if object_class not in nouns.COUNTABLE or OBJECTS[object_class] in MASS | ALWAYS_PLURAL:
        return False
    drawn = [thing for thing in view.objects if thing.object_class == object_class]
    if any(thing.plural or thing.crowd for thing in drawn):
        return False
    if object_class in nouns.PEOPLE and len(view.in_category("person")) != len(view.by_class.get(object_class, ())):
        return False
    return len(view.by_class.get(object_class, ())) <= MOST_COUNTED


def number_slots(view: SceneView, object_class: int, rng: random.Random) -> tuple[Slot, Slot] | None:
    """('two', 'dogs'), for classes that are counted surely; either may be changed."""
    count = len(view.by_class.get(object_class, ()))
    if not count or not countable(view, object_class):
        return None
    noun = class_noun(object_class, rng)
    many = count > 1
    numbers = [n for n in range(1 + many, MOST_COUNTED) if n != count and (n > 1) == many]
    wrong_numbers = tuple(NUMBERS[n] for n in rng.sample(numbers, min(2, len(numbers))))
    absent = absent_like(view, object_class, rng) if object_class not in nouns.PEOPLE else None
    other = class_noun(absent, rng) if absent is not None else None
    wrong_nouns = () if other is None or other in MASS else ((plural(other) if many else other),)
    return Slot(NUMBERS[count], wrong_numbers), Slot(plural(noun) if many else noun, wrong_nouns, object_class)


def dressed(view: SceneView, index: int, rng: random.Random) -> Draft:
    """A person with something worn or held: 'a man in a red shirt'; anything else as it is."""
    who = thing_slot(view, index, rng)
    worn = [(name, target) for name, target in view.from_subject.get(index, ()) if name in ("wearing", "holding")]
    if not worn or rng.random() >= WORN_SHARE:
        return (who,)
    name, target = rng.choice(worn)
    words = (
        rng.choice(("in", "wearing", "with", "dressed in")) if name == "wearing" else rng.choice(("holding", "with"))
    )
    return who, words, Slot(thing_slot(view, target, rng).said, (), view.objects[target].object_class)
