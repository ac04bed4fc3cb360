"""Questions to learn doubt from, about the validation photos: ordinary ones, and ones that have no right answer.

The photos are halved by a hash of their names, and so are the wordings of what no photo tells: what is measured uses
neither a photo nor a wording that was fitted on.
"""

import hashlib
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from models.data.evaluation import gqa_questions
from models.data.everyday import everyday_items
from models.data.questions import nouns
from models.data.questions.grammar import ALWAYS_PLURAL, be, do, plural
from models.data.questions.view import SceneView
from models.data.scenes import Scene, load_scenes
from models.data.split import image_id
from models.data.vocabulary import OBJECTS

Half = Literal["fitted", "measured"]
WORDINGS_FILE = Path(__file__).with_name("wordings.json")
ABSENT_PER_PHOTO, NONSENSE_PER_PHOTO, BEYOND_PER_PHOTO, CUT_PER_PHOTO = 2, 1, 2, 1
AROUND_SHARE = 0.3  # of the ordinary questions, with words around them that no training question has
SYLLABLES = [
    "bli",
    "cor",
    "dax",
    "fen",
    "gorp",
    "huz",
    "jat",
    "kel",
    "lom",
    "mip",
    "nop",
    "quib",
    "rast",
    "snee",
    "tov",
    "ul",
    "vex",
    "wug",
    "yim",
    "zorb",
]


@dataclass(frozen=True)
class DoubtItem:
    """A question; without answers, whatever is answered is wrong."""

    photo: str
    question: str
    answers: tuple[str, ...]
    kind: str

    @property
    def half(self) -> Half:
        return half_of(image_id(self.photo))


def half_of(name: str) -> Half:
    """Independent of the hash that chose the validation photos."""
    return "fitted" if hashlib.sha1(f"half of {name}".encode()).digest()[0] < 128 else "measured"


def doubt_items(data: Path, seed: int) -> list[DoubtItem]:
    """All questions about the validation photos, in a fixed order."""
    rng = random.Random(seed)
    scenes = load_scenes(data, validation=True, with_photo_only=True)
    wordings = json.loads(WORDINGS_FILE.read_text())
    items = [
        DoubtItem(pair["photo"], pair["question"], (pair["answer"],), f"gqa {pair['kind']}")
        for pair in gqa_questions(data, validation=True)
    ]
    for scene in scenes:
        photo = scene.photo or ""
        chosen = wordings[half_of(image_id(photo))]
        plain = [DoubtItem(photo, i.question, i.answers, i.kind) for i in everyday_items(scene, rng)]
        items += [wrapped(item, chosen["around"], rng) if rng.random() < AROUND_SHARE else item for item in plain]
        for item in rng.sample(plain, min(CUT_PER_PHOTO, len(plain))):
            items.append(replace(wrapped(item, chosen["preamble"], rng), kind="cut off"))
        items += about_absent(scene, chosen["absent"], rng)
        items += about_nonsense(photo, chosen["absent"], rng)
        for text in rng.sample(chosen["beyond"], BEYOND_PER_PHOTO):
            items.append(DoubtItem(photo, text, (), "beyond photos"))
    return items


def wrapped(item: DoubtItem, wordings: list[str], rng: random.Random) -> DoubtItem:
    """With words around it that change nothing, unless they push it over the limit."""
    wording = rng.choice(wordings)
    return replace(item, question=wording.format(question=item.question))


def about_absent(scene: Scene, wordings: list[str], rng: random.Random) -> Iterator[DoubtItem]:
    """'What color is the zebra?' of a photo without one; how many there are, though, is none."""
    view = SceneView(scene)
    for _ in range(ABSENT_PER_PHOTO):
        absent = view.absent_class(rng)
        if absent is None or absent in nouns.STUFF | nouns.PARTS | nouns.GENERIC:
            continue
        text = worded(rng.choice(wordings), OBJECTS[absent])
        yield DoubtItem(scene.photo or "", text, (), "not in the photo")
        many = plural(OBJECTS[absent])
        yield DoubtItem(scene.photo or "", f"How many {many} are there?", ("0", "none", "zero"), "count of none")


def about_nonsense(photo: str, wordings: list[str], rng: random.Random) -> Iterator[DoubtItem]:
    for _ in range(NONSENSE_PER_PHOTO):
        noun = "".join(rng.sample(SYLLABLES, rng.choice((2, 3))))
        yield DoubtItem(photo, worded(rng.choice(wordings), noun), (), "made-up word")


def worded(wording: str, noun: str) -> str:
    several = noun in ALWAYS_PLURAL
    return wording.format(noun=noun, be=be(several), do=do(several))
