"""Everybody who answers a question set: LXMERT with and without its eyes, the wording alone, rules over boxes."""

import random
from collections.abc import Callable, Sequence
from pathlib import Path

from models.baselines.coco_boxes import CocoBoxes
from models.baselines.fit_rules import fit_rules
from models.baselines.read_question import Program, read_question
from models.baselines.rules import answer_by_rule
from models.baselines.sightings import Sightings, sightings_of_regions, sightings_of_scene
from models.data.blind_baseline import guesser_from_questions
from models.data.everyday import Item, everyday_items
from models.data.scenes import load_scenes
from models.data.tokenizer import default_tokenizer
from models.lxmert.checkpoint import load_checkpoint
from models.lxmert.detected_photos import DetectedPhotos
from models.lxmert.evaluate_command import blinded, human_regions
from models.lxmert.measure import predict

LXMERT, BLIND, HUMAN = "LXMERT", "LXMERT, blind", "LXMERT, human regions"
WORDING = "wording alone"
RULES_PACK, RULES_COCO, RULES_HUMAN = "rules, pack's regions", "rules, COCO boxes", "rules, human boxes"
FITTED_SCENES = 200
Answerer = Callable[[Sequence[dict]], list[str]]


def lxmert_contestants(data: Path, checkpoint: Path, detections: Path) -> dict[str, Answerer]:
    """The network with what the detector saw, with nothing, and with what people drew."""
    model, _, _ = load_checkpoint(checkpoint)
    tokenizer = default_tokenizer()
    detected = DetectedPhotos(detections).regions
    seen = {LXMERT: detected, BLIND: blinded(detected), HUMAN: human_regions(data)}
    return {
        name: (lambda items, regions=regions: predict(model, tokenizer, list(items), regions))
        for name, regions in seen.items()
    }


def wording_contestant(data: Path, seed: int) -> dict[str, Answerer]:
    guesser = guesser_from_questions(data, seed)
    return {WORDING: lambda items: [guesser.guess(item["question"]) for item in items]}


def rule_contestants(data: Path, detections: Path, seed: int) -> dict[str, Answerer]:
    """Rules over the pack's regions, over the start weights' COCO boxes, over human boxes; numbers fitted each for itself
    on training photos, whose regions come from detectors that were not trained on them."""
    detected = DetectedPhotos(detections)
    scenes = {scene.photo: scene for scene in load_scenes(data, validation=None, with_photo_only=True)}
    looks: dict[str, Callable[[str], Sightings]] = {
        RULES_PACK: lambda photo: sightings_of_regions(detected.regions(photo)),
        RULES_COCO: CocoBoxes(data),
        RULES_HUMAN: lambda photo: sightings_of_scene(scenes[photo]),
    }
    training = training_items([scene for scene in scenes.values() if not scene.validation], seed)
    return {name: rule_answerer(look, training) for name, look in looks.items()}


def training_items(scenes: list, seed: int) -> list[tuple[Item, Program]]:
    rng = random.Random(seed)
    some = rng.sample(scenes, min(FITTED_SCENES, len(scenes)))
    return [(item, read_question(item.question)) for scene in some for item in everyday_items(scene, rng)]


def rule_answerer(look: Callable[[str], Sightings], training: list[tuple[Item, Program]]) -> Answerer:
    numbers = fit_rules(training, look)

    def answer(items: Sequence[dict]) -> list[str]:
        """`plain`, where an item has it, is the wording that the rules can read."""
        return [
            answer_by_rule(read_question(item.get("plain", item["question"])), look(item["photo"]), numbers)
            for item in items
        ]

    return answer
