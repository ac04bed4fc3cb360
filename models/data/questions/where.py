"""'Which side is the dog on?', 'is the cup on the left or on the right?', 'is the sign at the top?'."""

import random
from dataclasses import dataclass

from models.data.questions.grammar import verbs
from models.data.questions.phrasing import phrase
from models.data.questions.question import Question
from models.data.questions.reference import refer
from models.data.questions.view import SceneView
from models.data.questions.wordings.where import AT_END, LEFT_OR_RIGHT, ON_SIDE, TOP_OR_BOTTOM, WHERE_IN, WHICH_SIDE

OFF_CENTRE = 0.1
IN_CENTRE = 0.08
LARGE = 0.45


def _pointed(view: SceneView, rng: random.Random) -> tuple[int, dict[str, str]] | None:
    if not view.kept:
        return None
    index = rng.choice(view.kept)
    named = refer(view, index, rng, without="side", deep=rng.random() < 0.5)
    if named is None:
        return None
    return index, {
        "x": named,
        **verbs(view.is_plural(index)),
        "bare": named.removeprefix("the "),
    }


@dataclass(frozen=True)
class Ends:
    """The two ends of one axis of the picture, and what is too near the middle to belong to either."""

    coordinate: int  # of the box, 0 across and 1 down
    names: tuple[str, str]
    off_centre: float
    off_centre_if_large: float
    choose: str
    verify: str

    def of(self, view: SceneView, index: int) -> str | None:
        box, offset = view.objects[index].box, view.objects[index].centre[self.coordinate] - 0.5
        is_large = box[2 + self.coordinate] - box[self.coordinate] > LARGE
        if abs(offset) < self.off_centre or (is_large and abs(offset) < self.off_centre_if_large):
            return None
        return self.names[0] if offset < 0 else self.names[1]


SIDES = Ends(0, ("left", "right"), OFF_CENTRE, 0.2, LEFT_OR_RIGHT, ON_SIDE)
HEIGHTS = Ends(1, ("top", "bottom"), OFF_CENTRE + 0.05, 0.25, TOP_OR_BOTTOM, AT_END)


def _pointed_at_end(view: SceneView, rng: random.Random, ends: Ends) -> tuple[int, dict[str, str], str] | None:
    found = _pointed(view, rng)
    if found is None or (end := ends.of(view, found[0])) is None:
        return None
    return *found, end


def _choose(view: SceneView, rng: random.Random, ends: Ends, question_type: str) -> Question | None:
    found = _pointed_at_end(view, rng, ends)
    if found is None:
        return None
    index, slots, end = found
    first, second = rng.sample(ends.names, 2)
    text = phrase(ends.choose, rng, p=first, q=second, **slots)
    return Question(text, end, "where", (index,), question_type, view.objects[index].class_name)


def _verify(view: SceneView, rng: random.Random, ends: Ends, question_type: str) -> Question | None:
    found = _pointed_at_end(view, rng, ends)
    if found is None:
        return None
    index, slots, end = found
    asked = rng.choice(ends.names)
    text = phrase(ends.verify, rng, p=asked, **slots)
    answer = "yes" if asked == end else "no"
    return Question(text, answer, "where", (index,), question_type, f"{asked} {view.objects[index].class_name}")


def side_query(view: SceneView, rng: random.Random) -> Question | None:
    found = _pointed_at_end(view, rng, SIDES)
    if found is None:
        return None
    index, slots, side = found
    return Question(
        phrase(WHICH_SIDE, rng, **slots), side, "where", (index,), "side_query", view.objects[index].class_name
    )


def side_choose(view: SceneView, rng: random.Random) -> Question | None:
    return _choose(view, rng, SIDES, "side_choose")


def side_verify(view: SceneView, rng: random.Random) -> Question | None:
    return _verify(view, rng, SIDES, "side_verify")


def height_choose(view: SceneView, rng: random.Random) -> Question | None:
    return _choose(view, rng, HEIGHTS, "height_choose")


def height_verify(view: SceneView, rng: random.Random) -> Question | None:
    return _verify(view, rng, HEIGHTS, "height_verify")


def position_query(view: SceneView, rng: random.Random) -> Question | None:
    """left, right, top, bottom or center: whichever the box's centre is nearest to, when that is clear."""
    found = _pointed(view, rng)
    if found is None:
        return None
    index, slots = found
    x, y = (value - 0.5 for value in view.objects[index].centre)
    if max(abs(x), abs(y)) < IN_CENTRE:
        answer = "center"
    elif abs(x) > 0.15 and abs(x) > 1.2 * abs(y):
        answer = "left" if x < 0 else "right"
    elif abs(y) > 0.2 and abs(x) < 0.1:
        answer = "top" if y < 0 else "bottom"
    else:
        return None
    return Question(
        phrase(WHERE_IN, rng, **slots), answer, "where", (index,), "position_query", view.objects[index].class_name
    )
