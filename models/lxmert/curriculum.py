"""Which lessons a training run mixes, in which shares, from which data."""

import argparse
import random
from collections.abc import Iterator

from models.data.evaluation import gqa_questions
from models.data.scenes import Scene, load_scenes
from models.data.split import is_among
from models.data.tokenizer import Tokenizer
from models.lxmert.cut_photos import CutPhotos
from models.lxmert.described_scenes import DescribedScenes
from models.lxmert.detected_photos import DetectedPhotos
from models.lxmert.detection_bank import DetectionBank
from models.lxmert.drawn_regions import DrawnRegions
from models.lxmert.lend_regions import RegionLender
from models.lxmert.lessons import Lesson, PairLesson, QuestionLesson, SentenceLesson
from models.lxmert.photo_pairs import ScenePairs
from models.lxmert.photo_sources import AskedPhotos, DrawnPhotos, SeenOrMade
from models.lxmert.pretraining import ANSWERS
from models.lxmert.question_batches import ExampleSource
from models.lxmert.region_set import RegionSet
from models.lxmert.scene_graphs import BINDINGS, COMPARISONS, NAMES_AND_NUMBERS, SceneGraphs
from models.lxmert.teacher_scenes import UNCOUNTED, teacher_scenes

FULL_REGIONS = 36  # what the detector keeps of a photo
RENAMED_SHARE = 0.3
# A sentence batch runs both streams to their end; fewer pictures keep a step as long as one of questions.
SENTENCE_SCENES = 12
PAIRS = 32
EXPECTED_SCENES = 300
# There are about 700 photos with boxes, and each comes hundreds of times.
PHOTO_DROPOUT = 0.1
# Shares of the batches, with detections and without.
PRETRAINING = {"told photos": 0.2, "told scenes": 0.35, "drawn": 0.1, "comparisons": 0.05, "lent": 0.2, "pairs": 0.1}
ANSWERING = {
    "told photos": 0.07,
    "told scenes": 0.04,
    "pairs": 0.02,
    "drawn": 0.02,
    "comparisons": 0.17,
    "bindings": 0.05,
    "names and numbers": 0.13,
    "lent": 0.12,
    "photos": 0.27,
    "taught photos": 0.05,
    "checked": 0.06,
}
DRAWN_PRETRAINING = {"told scenes": 0.55, "drawn": 0.25, "comparisons": 0.1, "pairs": 0.1}
DRAWN_ANSWERING = {"drawn": 0.75, "comparisons": 0.15, "bindings": 0.1}
NEEDS_ANSWERS = frozenset(
    {"drawn", "comparisons", "bindings", "names and numbers", "lent", "photos", "taught photos", "checked"}
)


def shares(arguments: argparse.Namespace) -> dict[str, float]:
    """Only questions, when answers are the only task; no questions, when answers are no task."""
    only_answers = set(arguments.tasks) == {ANSWERS}
    if arguments.part == "pretraining":
        chosen = PRETRAINING if arguments.detections else DRAWN_PRETRAINING
    else:
        chosen = ANSWERING if arguments.detections else DRAWN_ANSWERING
    if only_answers:
        return {name: share for name, share in chosen.items() if name in NEEDS_ANSWERS}
    if ANSWERS not in arguments.tasks:
        return {name: share for name, share in chosen.items() if name not in NEEDS_ANSWERS}
    return chosen


def lessons_of(arguments: argparse.Namespace, tokenizer: Tokenizer, rank: int) -> dict[str, Lesson]:
    """All lessons that there are examples for, by name; every rank draws examples of its own."""
    scenes = [scene for scene in load_scenes(arguments.data) if is_shown(scene.photo, arguments)]
    seed = arguments.seed + 1000 * rank
    drawn = DrawnRegions(arguments.regions, seed)
    made = Makers(arguments, scenes, drawn, seed)

    def asked(source: ExampleSource, dropout: float = 0.0) -> Lesson:
        return QuestionLesson(source, tokenizer, arguments.scenes, arguments.blank, dropout)

    def told(some: list[Scene], maker, renamed: float, own: int) -> Lesson:
        source = DescribedScenes(some, maker, arguments.questions, seed + own, renamed)
        return SentenceLesson(source, tokenizer, SENTENCE_SCENES, arguments.tasks, seed + own)

    count = arguments.questions
    lessons: dict[str, Lesson] = {
        "drawn": asked(SceneGraphs(made.graphs, drawn, count, seed, renamed_share=RENAMED_SHARE)),
        "comparisons": asked(SceneGraphs(made.graphs, made.lender, count, seed + 4, COMPARISONS, RENAMED_SHARE)),
        "bindings": asked(SceneGraphs(made.graphs, drawn, count, seed + 9, BINDINGS, RENAMED_SHARE)),
        "told scenes": told(made.graphs, made.seen_or_made, RENAMED_SHARE, 5),
        "pairs": PairLesson(ScenePairs(scenes, made.seen_or_made, seed + 6), tokenizer, PAIRS),
    }
    if made.detected:
        taught = [scene for scene in teacher_scenes(arguments.data) if is_shown(scene.photo, arguments)]
        checked = gqa_questions(arguments.data, validation=False)
        checked = [item for item in checked if is_shown(item["photo"], arguments)]
        lessons |= {
            "lent": asked(SceneGraphs(made.graphs, made.lender, count, seed + 1, renamed_share=RENAMED_SHARE)),
            "names and numbers": asked(
                SceneGraphs(made.graphs, made.lender, count, seed + 10, NAMES_AND_NUMBERS, RENAMED_SHARE)
            ),
            "photos": asked(
                DrawnPhotos(scenes, made.detected, count, seed + 2, made.mirrored, made.drawn_cuts), PHOTO_DROPOUT
            ),
            "told photos": told([s for s in scenes if s.photo in made.detected], made.seen_or_made, 0.0, 7),
        }
        if any(scene.photo in made.detected for scene in taught):
            lessons["taught photos"] = asked(
                DrawnPhotos(taught, made.detected, count, seed + 8, made.mirrored, made.cuts_of(taught), UNCOUNTED),
                PHOTO_DROPOUT,
            )
        if any(item["photo"] in made.detected for item in checked):
            lessons["checked"] = asked(AskedPhotos(checked, made.detected, count, seed + 3), PHOTO_DROPOUT)
    return lessons


def is_shown(photo: str | None, arguments: argparse.Namespace) -> bool:
    """Scene graphs without a photo always are."""
    return photo is None or is_among(photo, arguments.photos)


def texts_to_expect(arguments: argparse.Namespace) -> Iterator[str]:
    """Sentences of training scenes as pretraining reads them."""
    source = DescribedScenes(
        load_scenes(arguments.data),
        DrawnRegions(arguments.regions, arguments.seed),
        arguments.questions,
        arguments.seed,
    )
    for _ in range(EXPECTED_SCENES):
        yield from (sentence.text for sentence in source.draw().sentences)


class Makers:
    """What turns scenes into regions; with detections, as the detector would see them."""

    def __init__(self, arguments: argparse.Namespace, scenes: list[Scene], drawn: DrawnRegions, seed: int) -> None:
        self.detected = DetectedPhotos(arguments.detections) if arguments.detections else None
        self.mirrored = DetectedPhotos(arguments.mirrored) if arguments.mirrored else None
        self.cuts = [CutPhotos(path) for path in arguments.cuts]
        # The bank lends from the same views as the questions on photos draw: read once.
        self.drawn_cuts = self.cuts_of(scenes)
        self.graphs = [scene for scene in scenes if scene.photo is None or not self.detected]
        self.lender = self.seen_or_made = drawn
        if self.detected:
            whole = [(scene, self.detected.regions(scene.photo)) for scene in scenes if scene.photo in self.detected]
            bank = DetectionBank([*whole, *self.drawn_cuts])
            self.lender = RegionLender(bank, FULL_REGIONS, arguments.regions, seed)
            self.seen_or_made = SeenOrMade(self.detected, self.lender, seed)

    def cuts_of(self, scenes: list[Scene]) -> list[tuple[Scene, RegionSet]]:
        return [picture for cuts in self.cuts for picture in cuts.seen(scenes)]


def endless_kinds(chosen: dict[str, float], seed: int) -> Iterator[str]:
    """Names of lessons, drawn by share; the same for all ranks."""
    choose = random.Random(seed)
    while True:
        yield from choose.choices(tuple(chosen), tuple(chosen.values()))
