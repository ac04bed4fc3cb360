"""How well a checkpoint does the pretraining tasks, on photos and scene graphs that nothing is trained on."""

import argparse
import json
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import torch

from models.data import vocabulary
from models.data.captions import describe, photo_captions
from models.data.scenes import Scene, load_scenes
from models.data.tokenizer import default_tokenizer
from models.lxmert.answering import Pictures
from models.lxmert.checkpoint import load_checkpoint
from models.lxmert.described_scenes import Described, Sentence
from models.lxmert.detected_photos import DetectedPhotos
from models.lxmert.drawn_regions import DrawnRegions
from models.lxmert.lessons import without
from models.lxmert.masking import PretrainingBatch, make_pretraining_batch
from models.lxmert.network import Lxmert
from models.lxmert.photo_pairs import ScenePairs, judge_pairs, make_pair_batch
from models.lxmert.pretraining import ATTRIBUTES, MATCHING, OBJECTS, WORDS, Judged, pretraining_loss
from models.lxmert.region_set import RegionSet
from models.lxmert.scene_graphs import RegionMaker

AT_ONCE = 32
MOST_REGIONS = 36
# Hidden words and regions are drawn anew this often, since a caption has but ten words.
ROUNDS = 4


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--checkpoint", type=Path, default=Path("models/work/lxmert/answering.pt"))
    parser.add_argument("--detections", type=Path, default=Path("models/work/detections.npz"))
    parser.add_argument("--pairs", type=int, default=600, help="pairs of pictures to judge")
    parser.add_argument("--json", type=Path, help="also writes what the model card quotes")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=0)


@torch.no_grad()
def run(arguments: argparse.Namespace) -> None:
    torch.set_num_threads(arguments.threads)
    rng = random.Random(arguments.seed)
    model, _, samples = load_checkpoint(arguments.checkpoint)
    print(f"{arguments.checkpoint}: {samples} samples; validation photos and scenes")
    detected = DetectedPhotos(arguments.detections)
    captions = photo_captions(arguments.data, validation=True)
    photos = [photo for photo in captions if photo in detected]
    told_photos = [
        Described(detected.regions(photo), [Sentence(text, True) for text in captions[photo]]) for photo in photos
    ]
    swapped = [Described(one.regions, texts) for one, texts in zip(told_photos, swap(told_photos, rng), strict=True)]
    fits = matching(model, told_photos + swapped)
    print(f"matching, people's captions: {rated(fits)}")
    rows = [Row("matching", fits, 0.5)]

    scenes = load_scenes(arguments.data, validation=True)
    drawn = DrawnRegions(MOST_REGIONS, arguments.seed)
    told_scenes = tell(scenes, drawn, rng)
    for name, told in (("people's captions", told_photos), ("drawn scenes", told_scenes)):
        shown, hidden = masked(model, told, rng)
        seen, unseen = content_words(shown), content_words(hidden)
        print(f"masked words, {name}: {rated(shown.right[WORDS])}, without the picture {rated(hidden.right[WORDS])}")
        print(f"masked names and attributes, {name}: {rated(seen)}, without the picture {rated(unseen)}")
        for task in (OBJECTS, ATTRIBUTES):
            print(
                f"masked regions, {name}: {task} {rated(shown.right[task])}, always the commonest {commonest(shown, task):.3f}"
            )
        if told is told_photos:
            rows.append(Row("masked words", seen, mean(unseen)))
            rows.append(Row("masked regions, label", shown.right[OBJECTS], commonest(shown, OBJECTS)))
            rows.append(Row("masked regions, attribute", shown.right[ATTRIBUTES], commonest(shown, ATTRIBUTES)))

    on_photos = [scene for scene in scenes if scene.photo is not None and scene.photo in detected]
    for name, some, maker in (("photos", on_photos, Seen(detected)), ("drawn scenes", scenes, drawn)):
        shown, hidden = pairs(model, ScenePairs(some, maker, arguments.seed), arguments.pairs)
        print(f"two photos, {name}: {rated(shown)}, without the pictures {rated(hidden)}", flush=True)
        if some is on_photos:
            rows.insert(1, Row("two photos", shown, 0.5))
    if arguments.json:
        arguments.json.parent.mkdir(parents=True, exist_ok=True)
        arguments.json.write_text(json.dumps([row.as_json() for row in rows], indent=1) + "\n")


@dataclass(frozen=True)
class Row:
    """A task on photos, and what one gets by chance."""

    task: str
    right: Sequence[bool]
    chance: float

    def as_json(self) -> dict:
        return {
            "task": self.task,
            "judged": len(self.right),
            "right": round(mean(self.right), 4),
            "chance": round(self.chance, 4),
        }


def mean(right: Sequence[bool]) -> float:
    return sum(right) / max(1, len(right))


def content_words(judged: Judged) -> list[bool]:
    """Of the words that were hidden, those that name a thing or an attribute."""
    named = {
        piece for name in (*vocabulary.OBJECTS, *vocabulary.ATTRIBUTES) for piece in default_tokenizer().encode(name)
    }
    both = zip(judged.labels[WORDS], judged.right[WORDS], strict=True)
    return [right for label, right in both if label in named]


def commonest(judged: Judged, task: str) -> float:
    """The share of the label that is asked for most often."""
    return max(Counter(judged.labels[task]).values()) / len(judged.labels[task])


class Seen:
    """Photos as the detector saw them."""

    def __init__(self, detected: DetectedPhotos) -> None:
        self.detected = detected

    def regions(self, scene: Scene) -> RegionSet:
        return self.detected.regions(scene.photo)


def rated(right: Sequence[bool]) -> str:
    return f"{mean(right):.3f} of {len(right)}"


def swap(told: Sequence[Described], rng: random.Random) -> list[list[Sentence]]:
    """Every picture gets the sentences of another, each those of one: neither side can be guessed."""
    order = list(range(len(told)))
    rng.shuffle(order)
    following = dict(zip(order, [*order[1:], order[0]], strict=True))
    return [[replace(text, matches=False) for text in told[following[at]].sentences] for at in range(len(told))]


def tell(scenes: Sequence[Scene], maker: RegionMaker, rng: random.Random) -> list[Described]:
    texts = [(scene, describe(scene, rng)) for scene in scenes if scene.objects]
    return [Described(maker.regions(scene), [Sentence(text, True)]) for scene, text in texts if text]


def batches(told: Sequence[Described], rng: random.Random, *, hide: bool) -> list[PretrainingBatch]:
    parts = [told[start : start + AT_ONCE] for start in range(0, len(told), AT_ONCE)]
    return [make_pretraining_batch(part, default_tokenizer(), 1, rng, words=hide, objects=hide) for part in parts]


def matching(model: Lxmert, told: Sequence[Described]) -> list[bool]:
    judged = Judged()
    for batch in batches(told, random.Random(0), hide=False):
        pretraining_loss(model, batch, [MATCHING], judged)
    return judged.right[MATCHING]


def masked(model: Lxmert, told: Sequence[Described], rng: random.Random) -> tuple[Judged, Judged]:
    """With the picture and without: the same words are hidden for both."""
    shown, hidden = Judged(), Judged()
    for _ in range(ROUNDS):
        for batch in batches(told, rng, hide=True):
            pretraining_loss(model, batch, [OBJECTS], shown)
            # Words are asked for beside whole pictures; only regions are asked for beside pictures with holes.
            whole = replace(batch.seen.pictures, features=batch.seen.features)
            for pictures, judged in ((whole, shown), (without(whole, "regions"), hidden)):
                tell_words(model, pictures, batch, judged)
    return shown, hidden


def tell_words(model: Lxmert, pictures: Pictures, batch: PretrainingBatch, judged: Judged) -> None:
    seen = replace(batch.seen, pictures=pictures)
    pretraining_loss(model, replace(batch, seen=seen), [WORDS], judged)


def pairs(model: Lxmert, source: ScenePairs, count: int) -> tuple[list[bool], list[bool]]:
    """With the pictures and without."""
    shown, hidden = [], []
    for _ in range(0, count, AT_ONCE):
        batch = make_pair_batch([source.draw() for _ in range(AT_ONCE)], default_tokenizer())
        blind = replace(batch, pictures=without(batch.pictures, "regions"))
        for seen, right in ((batch, shown), (blind, hidden)):
            right += (judge_pairs(model, seen).argmax(dim=1) == batch.truth).tolist()
    return shown, hidden
