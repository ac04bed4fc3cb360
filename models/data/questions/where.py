"""'Which side is the dog on?', 'is the cup on the left or on the right?', 'is the sign at the top?'."""

import random
from dataclasses import dataclass

from models.data.questions.grammar import be
from models.data.questions.phrasing import PICTURE, phrase
from models.data.questions.question import Question
from models.data.questions.reference import refer
from models.data.questions.view import SceneView

OFF_CENTRE = 0.1
IN_CENTRE = 0.08
LARGE = 0.45

WHICH_SIDE = (
    f"(which|what) side (of {PICTURE} |){{is}} {{x}} on|on which side (of {PICTURE} |){{is}} {{x}}"
    f"|on what side (of {PICTURE} |){{is}} {{x}}"
    "|which side {is} {x} on|{x} {is} on which side|on which side is {bare}|what side {is} {x} at"
)
LEFT_OR_RIGHT = (
    f"{{is}} {{x}} on the {{p}} or (on |)the {{q}}( side|)( of {PICTURE}||)|{{is}} {{x}} (on|to"
    f"|at) the {{p}} or {{q}}( side|)( of {PICTURE}||)"
    f"|(on which|which) side {{is}} {{x}}( on|), the {{p}} or the {{q}}|where {{is}} {{x}}, (on the "
    f"|){{p}} or {{q}}|{{x}}, {{p}} or {{q}}"
    f"|{{is}} {{x}} more to the {{p}} or (to |)the {{q}}|{{p}} or {{q}}: where {{is}} {{x}}"
)
ON_SIDE = (
    f"{{is}} {{x}} (on|to) the {{p}}( side|)( of {PICTURE}||)|{{is}} {{x}} on the {{p}} (side|hand side)"
    f"|(do|can) you see {{x}} on the {{p}}"
    f"|{{is}} {{x}} in the {{p}} (half|part) of {PICTURE}|{{is}} {{x}} at the {{p}}"
)
TOP_OR_BOTTOM = (
    f"{{is}} {{x}} (in|at) the {{p}} (part |)or (in |at |)the {{q}}( part|)( of {PICTURE}||)"
    f"|{{is}} {{x}} at the {{p}} or {{q}}"
    f"|(in which|which) part of {PICTURE} {{is}} {{x}}( in|), the {{p}} or the {{q}}"
)
AT_END = (
    f"{{is}} {{x}} (in|at) the {{p}}( part|)( of {PICTURE}||)|{{is}} {{x}} in the {{p}} half|(do"
    f"|can) you see {{x}} at the {{p}}"
)
WHERE_IN = (
    f"where in {PICTURE} {{is}} {{x}}|where {{is}} {{x}} in {PICTURE}|in (which|what) part of {PICTURE} {{is}} {{x}}"
    f"|(which|what) part of {PICTURE} {{is}} {{x}} in|whereabouts {{is}} {{x}}"
    f"|what is the position of {{x}}|where {{is}} {{x}} (located|positioned)( in {PICTURE}|)"
)


def _pointed(view: SceneView, rng: random.Random) -> tuple[int, dict[str, str]] | None:
    if not view.kept:
        return None
    index = rng.choice(view.kept)
    named = refer(view, index, rng, without="side", deep=rng.random() < 0.5)
    if named is None:
        return None
    return index, {"x": named, "is": be(view.is_plural(index)), "bare": named.removeprefix("the ")}


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
