"""Writes the question sets that a pack is measured with, on photos that nothing is trained on.

`python -m models.data.evaluation --data ../shared/data --out models/work/eval` writes JSON lists of
{photo, question, answers, kind}: everyday.json (plain wording), paraphrased.json (the same questions in free
wording, with the plain one beside it), heard.json and unheard.json (the same in shapes that are trained on and in
shapes that are not, see `questions/wordings/shapes.py`; sides are asked as yes or no, as left or right, and as which of
two), everyday_second.json (a second, larger draw in other plain wordings), gqa_validation.json, gqa_train.json for
training, and pointing.json for `npm run pointing` (with the `boxes` of what is asked about). Sets that are there already stay as they are, so that what was
measured with them stays comparable; `--again` draws them anew.
"""

import argparse
import json
import random
from collections import Counter
from dataclasses import replace
from pathlib import Path

from models.data.accepted_answers import accepted_objects
from models.data.everyday import Item, everyday_items
from models.data.paraphrases import paraphrases
from models.data.questions.comparisons import MEASURES
from models.data.questions.grammar import MASS, a, verbs
from models.data.questions.phrasing import phrase
from models.data.questions.question import EVERYDAY_KINDS
from models.data.questions.relation import anchor_words
from models.data.questions.wordings.shapes import SHAPES
from models.data.scenes import load_scenes
from models.data.second_draw import second_draw
from models.data.split import is_validation

MOST_PER_KIND = 100
MOST_PER_KIND_AGAIN = 250
SECOND_SEED = 1000
# Most things that people draw are there once; so many of the count questions may have that answer.
MOST_COUNTED_ONCE = 30
YES_NO_KINDS = ("exists", "relation")


def gqa_kind(pair: dict) -> str:
    """'yes/no', 'choose' or 'open', as the paper counts them."""
    if pair["answer"] in ("yes", "no"):
        return "yes/no"
    return "choose" if any(step.startswith("choose") for step in pair.get("operations", ())) else "open"


def gqa_questions(data: Path, *, validation: bool) -> list[dict]:
    pairs = json.loads((data / "gqa_qa.json").read_text())
    return [
        {"photo": pair["photo"], "question": pair["question"], "answer": pair["answer"], "kind": gqa_kind(pair)}
        for pair in pairs
        if is_validation(pair["photo"]) == validation
    ]


def _evened(items: list[Item], rng: random.Random, most: int = MOST_PER_KIND) -> list[Item]:
    """As many 'yes' as 'no', and no more than `most` of a kind, photos taken in turn."""
    chosen: list[Item] = []
    for kind in EVERYDAY_KINDS:
        group = [item for item in items if item.kind == kind]
        if kind in YES_NO_KINDS:
            sides = [[item for item in group if item.answers[0] == answer] for answer in ("yes", "no")]
            least = min(most // 2, *(len(side) for side in sides))
            group = [item for side in sides for item in _in_turn(side, least, rng)]
        if kind == "count":
            once = [item for item in group if item.answers[0] == "1"]
            group = [item for item in group if item.answers[0] != "1"] + _in_turn(once, MOST_COUNTED_ONCE, rng)
        chosen += _in_turn(group, most, rng)
    return chosen


def _in_turn(items: list[Item], most: int, rng: random.Random) -> list[Item]:
    """One of each photo, then a second of each, until `most`."""
    shuffled = rng.sample(items, len(items))
    seen: Counter[str] = Counter()
    ranked = []
    for item in shuffled:
        ranked.append((seen[item.photo], len(ranked), item))
        seen[item.photo] += 1
    return [item for _, _, item in sorted(ranked, key=lambda entry: entry[:2])[:most]]


def paraphrased(items: list[Item], rng: random.Random) -> list[Item]:
    """Every item whose facts fit a free wording of its kind, in one such wording."""
    by_kind = {kind: [p for p in paraphrases() if p["kind"] == kind] for kind in EVERYDAY_KINDS}
    found = []
    for item in items:
        wordings = by_kind[item.kind]
        if item.side is not None:
            wordings = [p for p in wordings if p.get("side", item.side) == item.side]
        if not item.slots or not wordings:
            continue
        text = rng.choice(wordings)["text"].format(**item.slots)
        found.append(replace(item, question=text, plain=item.question))
    return found


def shaped(items: list[Item], rng: random.Random, part: int) -> list[Item]:
    """Every item in a shape of its kind, of the heard ones (part 0) or the unheard (1)."""
    found = []
    for item in items:
        if item.kind == "relation":
            found.append(_sided(item, rng, part))
            continue
        name = {"where": "side" if "object" in item.slots else "place"}.get(item.kind, item.kind)
        slots = {
            "one": item.slots.get("a_object"),
            "many": item.slots.get("objects"),
            "bare": item.slots.get("object"),
            "x": f"the {item.slots.get('object')}",
            "k": item.slots.get("category"),
            **verbs(" are " in f" {item.question.lower()} "),
        }
        text = phrase(rng.choice(SHAPES[name][part]), rng, **slots)
        found.append(replace(item, question=text, plain=item.question))
    return found


def _sided(item: Item, rng: random.Random, part: int) -> Item:
    """A question of sides, asked as yes or no, as left or right, or as which of the two things."""
    side = item.side if item.answers[0] == "yes" else "right" if item.side == "left" else "left"
    asked = rng.choice(("left", "right"))
    other = "right" if asked == "left" else "left"
    names = item.slots["object"], item.slots["other"]
    many = [a(name) == name and name not in MASS for name in names]
    first, second = rng.sample(("left", "right"), 2)
    slots = {
        "x": f"the {names[0]}",
        "y": f"the {names[1]}",
        "s": asked,
        "t": other,
        "w": f"to the {asked} of",
        "wt": f"to the {other} of",
        "p": first,
        "q": second,
        **verbs(many[0]),
        **anchor_words(many[1]),
    }
    name = rng.choice(("verify_side", "choose_side", "which", "which", "which_from_side"))
    if name.startswith("which"):
        answers = tuple(accepted_objects(names[0 if asked == side else 1], names[0 if asked == side else 1]))
        slots["c"] = rng.choice(MEASURES[asked].comparatives)
    else:
        answers = ("yes" if asked == side else "no",) if name == "verify_side" else (side or "",)
    text = phrase(rng.choice(SHAPES[name][part]), rng, **slots)
    return replace(item, question=text, answers=answers, plain=item.question)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--out", type=Path, default=Path("models/work/eval"))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--again", action="store_true", help="replace the sets that are there")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    for name, records in question_sets(arguments.data, arguments.seed).items():
        file = arguments.out / name
        if arguments.again or not file.exists():
            file.write_text(json.dumps(records, indent=1, ensure_ascii=False) + "\n")
        kept = json.loads(file.read_text())
        photos = len({record["photo"] for record in kept})
        note = "" if kept == records else " (drawn earlier)"
        print(name, len(kept), f"on {photos} photos", dict(Counter(record["kind"] for record in kept)), note)


def question_sets(data: Path, seed: int) -> dict[str, list[dict]]:
    """File name -> records."""
    rng = random.Random(seed)
    scenes = load_scenes(data, validation=True, with_photo_only=True)
    items = _evened([item for scene in scenes for item in everyday_items(scene, rng)], rng)
    freely_worded = paraphrased(items, rng)
    rng = random.Random(seed + SECOND_SEED)
    second = _evened([item for scene in scenes for item in second_draw(scene, rng)], rng, MOST_PER_KIND_AGAIN)
    return {
        "everyday.json": [item.record() for item in items],
        "paraphrased.json": [item.record() for item in freely_worded],
        "heard.json": [item.record() for item in shaped(items, random.Random(seed), 0)],
        "unheard.json": [item.record() for item in shaped(items, random.Random(seed), 1)],
        "everyday_second.json": [item.record() for item in second],
        "gqa_validation.json": gqa_questions(data, validation=True),
        "gqa_train.json": gqa_questions(data, validation=False),
        "pointing.json": pointing_questions(items + second),
    }


def pointing_questions(items: list[Item]) -> list[dict]:
    """Each question that is about something with a box, once."""
    boxed = {(item.photo, item.question): item for item in items if item.boxes}
    return [{**item.record(), "boxes": [list(box) for box in item.boxes]} for item in boxed.values()]


if __name__ == "__main__":
    main()
