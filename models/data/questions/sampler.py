"""Draws questions of all types for one scene, keeps them balanced, and words some of them carelessly."""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import accumulate

from models.data.questions import (
    attribute,
    colour,
    comparisons,
    compositional,
    count,
    details,
    exists,
    place,
    related,
    relation,
    what,
    where,
)
from models.data.questions.question import Question
from models.data.questions.statistics import statistics
from models.data.questions.typed import loosen
from models.data.questions.view import SceneView
from models.data.scenes import Scene

Maker = Callable[[SceneView, random.Random], Question | None]

# How often each maker is tried. Some succeed rarely and are tried more.
MAKERS: dict[Maker, float] = {
    exists.exist_object: 8,
    exists.exist_category: 4,
    exists.exist_coloured: 2,
    exists.exist_related: 4,
    exists.exist_two: 2,
    exists.exist_two_coloured: 1.5,
    count.count_class: 14,
    count.count_category: 5,
    what.what_category: 6,
    what.what_is_this: 4,
    what.choose_name: 4,
    what.what_beside: 11,
    related.what_related: 20,
    what.verify_name: 4,
    where.side_query: 3,
    where.side_choose: 3,
    where.side_verify: 3,
    where.height_choose: 1.2,
    where.height_verify: 1.2,
    where.position_query: 2.5,
    relation.left_right_verify: 5,
    relation.left_right_choose: 5,
    relation.above_verify: 2.5,
    relation.related_verify: 8,
    relation.behind_choose: 3,
    colour.colour_query: 9,
    colour.colour_verify: 4,
    colour.colour_choose: 3.5,
    colour.colour_common: 2.5,
    colour.coloured_thing: 3,
    place.indoors_choose: 1.2,
    place.indoors_verify: 1.2,
    place.place_query: 3,
    place.place_verify: 2,
    place.place_choose: 1.5,
    place.weather: 3,
    compositional.category_by_attribute: 6,
    compositional.exist_with_attribute: 2,
    compositional.common: 2,
    compositional.common_colour: 2,
    compositional.older: 1,
    compositional.pronoun: 6,
    compositional.who_wears: 5,
    compositional.this_coloured: 2,
    attribute.material: 4,
    attribute.state: 4,
    attribute.both_attributes: 3,
    attribute.doing: 3,
    attribute.size: 1.2,
    details.shape: 1.5,
    details.how_is: 1.5,
    details.count_coloured: 4,
    details.compare_counts: 1.5,
    details.related_choose: 3,
    comparisons.which_of_two: 12,
    comparisons.extreme: 5,
    comparisons.at_side: 3,
    details.what_beside_nearest: 8,
}
_MAKERS = tuple(MAKERS)
_CUMULATIVE = tuple(accumulate(MAKERS.values()))
ATTEMPTS_PER_QUESTION = 12
# A scene with few boxes would else be asked the same thing over and over.
WORDINGS_PER_FACT = 2


def candidates(scene: Scene, rng: random.Random, attempts: int) -> Iterator[Question]:
    """Questions as the makers give them, before balancing and without careless typing."""
    view = SceneView(scene)
    if not view.kept:
        return
    for maker in rng.choices(_MAKERS, cum_weights=_CUMULATIVE, k=attempts):
        question = maker(view, rng)
        if question is not None:
            yield question


def balance_keys(question: Question) -> list[str]:
    """From the narrowest topic to the type alone: the first with enough counts decides."""
    parts = question.topic.split("/")
    return [f"{question.type}|{'/'.join(parts[:length])}" for length in range(len(parts), 0, -1)] + [
        f"{question.type}|"
    ]


def _is_kept(question: Question, rng: random.Random) -> bool:
    keep = statistics().keep
    row = next((keep[key] for key in balance_keys(question) if key in keep), {})
    share = row.get(question.answer, 1.0)
    return share >= 1.0 or rng.random() < share


def generate_questions(scene: Scene, rng: random.Random, per_scene: int) -> list[Question]:
    """Up to `per_scene` different questions about the scene, in random order of types."""
    found: dict[str, Question] = {}
    asked: Counter[tuple[str, str]] = Counter()
    for question in candidates(scene, rng, attempts=per_scene * ATTEMPTS_PER_QUESTION):
        fact = (question.type, question.topic)
        if question.text in found or asked[fact] >= WORDINGS_PER_FACT or not _is_kept(question, rng):
            continue
        asked[fact] += 1
        found[question.text] = replace(question, text=loosen(question.text, rng))
        if len(found) >= per_scene:
            break
    return list(found.values())
