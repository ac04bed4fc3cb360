"""Writes the question sets that a pack is measured with, on photos that nothing is trained on.

`python -m models.data.evaluation --data ../shared/data --out models/work/eval` writes JSON lists of
{photo, question, answers, kind}: everyday.json (plain wording), paraphrased.json (the same questions in free
wording), gqa_validation.json, and gqa_train.json for training.
"""

import argparse
import json
import random
from collections import Counter
from pathlib import Path

from models.data.everyday import Item, everyday_items
from models.data.paraphrases import paraphrases
from models.data.questions.question import EVERYDAY_KINDS
from models.data.scenes import load_scenes
from models.data.split import is_validation

MOST_PER_KIND = 100
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


def _evened(items: list[Item], rng: random.Random) -> list[Item]:
    """As many 'yes' as 'no', and no more than the limit, photos taken in turn."""
    chosen: list[Item] = []
    for kind in EVERYDAY_KINDS:
        group = [item for item in items if item.kind == kind]
        if kind in YES_NO_KINDS:
            sides = [[item for item in group if item.answers[0] == answer] for answer in ("yes", "no")]
            least = min(MOST_PER_KIND // 2, *(len(side) for side in sides))
            group = [item for side in sides for item in _in_turn(side, least, rng)]
        if kind == "count":
            once = [item for item in group if item.answers[0] == "1"]
            group = [item for item in group if item.answers[0] != "1"] + _in_turn(once, MOST_COUNTED_ONCE, rng)
        chosen += _in_turn(group, MOST_PER_KIND, rng)
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
        found.append(Item(item.photo, text, item.answers, item.kind, item.slots, item.side))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--out", type=Path, default=Path("models/work/eval"))
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    rng = random.Random(arguments.seed)
    scenes = load_scenes(arguments.data, validation=True, with_photo_only=True)
    items = _evened([item for scene in scenes for item in everyday_items(scene, rng)], rng)
    files = {
        "everyday.json": [item.record() for item in items],
        "paraphrased.json": [item.record() for item in paraphrased(items, rng)],
        "gqa_validation.json": gqa_questions(arguments.data, validation=True),
        "gqa_train.json": gqa_questions(arguments.data, validation=False),
    }
    arguments.out.mkdir(parents=True, exist_ok=True)
    for name, records in files.items():
        (arguments.out / name).write_text(json.dumps(records, indent=1, ensure_ascii=False) + "\n")
        print(name, len(records), dict(Counter(record["kind"] for record in records)))


if __name__ == "__main__":
    main()
