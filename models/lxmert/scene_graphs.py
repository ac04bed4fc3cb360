"""Scene graphs as a source of examples: regions made from what people drew, generated questions."""

import random
from typing import Protocol

from models.data.questions import generate_questions
from models.data.renamed_scenes import rename
from models.data.scenes import Scene
from models.lxmert.question_batches import Asked, Example, listed
from models.lxmert.region_set import RegionSet
from models.lxmert.vary_wording import vary_wording

DRAWN_FOR_ONE, DRAWN_FOR_TYPES = 2, 6
# Two things' places must be compared, or things counted: learned last, so asked more often.
EMPHASIS = {
    "left_right_verify": 5.0,
    "left_right_choose": 5.0,
    "which_of_two": 4.0,
    "extreme": 1.5,
    "at_side": 2.0,
    "above_verify": 3.0,
    "side_query": 2.5,
    "side_choose": 2.5,
    "side_verify": 2.5,
    "what_beside": 1.5,
    "count_class": 3.0,
    "what_category": 2.5,
    "what_is_this": 2.0,
    "colour_query": 2.0,
    "exist_two": 0.5,
}
# Where things are, alone and beside each other, and which of them is further there.
COMPARISONS = frozenset(
    {
        "above_verify",
        "at_side",
        "extreme",
        "left_right_choose",
        "left_right_verify",
        "side_choose",
        "side_query",
        "side_verify",
        "which_of_two",
    }
)

# What is meant is the largest of a kind, or all of them: names alone do not tell.
NAMES_AND_NUMBERS = frozenset({"what_category", "what_is_this", "count_class", "count_category"})

# Two facts must be read of one and the same thing: its name and its colour or state, or what it is to another thing.
BINDINGS = frozenset(
    {
        "both_attributes",
        "category_by_attribute",
        "colour_verify",
        "coloured_thing",
        "exist_coloured",
        "exist_related",
        "exist_two_coloured",
        "exist_with_attribute",
        "related_verify",
        "state_verify",
        "this_coloured",
        "what_beside",
        "what_beside_nearest",
        "what_related",
        "what_target",
        "where_related",
    }
)


class RegionMaker(Protocol):
    def regions(self, scene: Scene) -> RegionSet: ...


class SceneGraphs:
    def __init__(
        self,
        scenes: list[Scene],
        maker: RegionMaker,
        per_scene: int,
        seed: int,
        types: frozenset[str] | None = None,
        renamed_share: float = 0.0,
    ) -> None:
        """types: the only types of questions to ask, None for all; renamed_share: of the scenes, which must not be
        of photos."""
        self.renamed_share = renamed_share
        self.scenes = [scene for scene in scenes if scene.objects]
        self.maker = maker
        self.per_scene = per_scene
        self.random = random.Random(seed)
        self.types = types

    def draw(self) -> Example:
        while True:
            scene = self.random.choice(self.scenes)
            if self.random.random() < self.renamed_share:
                scene = rename(scene, self.random)
            questions = ask_about(scene, self.random, self.per_scene, self.types)
            if questions:
                return Example(self.maker.regions(scene), questions)


def ask_about(
    scene: Scene,
    rng: random.Random,
    count: int,
    types: frozenset[str] | None = None,
    unasked: frozenset[str] = frozenset(),
) -> list[Asked]:
    """`count` questions of more that are made, the hard types first choice; only of `types`, none of `unasked`."""
    made = generate_questions(scene, rng, (DRAWN_FOR_ONE if types is None else DRAWN_FOR_TYPES) * count)
    ranked = []
    for question in made:
        asked = listed(vary_wording(question.text, question.kind, rng), question.answer, question.kind)
        if asked is not None and (types is None or question.type in types) and question.type not in unasked:
            ranked.append((rng.random() ** (1.0 / EMPHASIS.get(question.type, 1.0)), asked))
    ranked.sort(key=lambda entry: -entry[0])
    return [asked for _, asked in ranked[:count]]
