"""Trains LXMERT on questions about scene graphs and photos."""

import argparse
import time
from collections import defaultdict
from pathlib import Path

import torch
from torch.nn import functional

from models.data.evaluation import gqa_questions
from models.data.scenes import load_scenes
from models.data.tokenizer import TOKENIZER_FILE, default_tokenizer
from models.data.vocabulary import ANSWERS
from models.lxmert.aligned_start import align
from models.lxmert.answering import answer_questions, build_lxmert
from models.lxmert.checkpoint import load_checkpoint, save_checkpoint
from models.lxmert.detected_photos import DetectedPhotos
from models.lxmert.detection_bank import DetectionBank
from models.lxmert.drawn_regions import DrawnRegions
from models.lxmert.half_training import HalfTraining
from models.lxmert.lend_regions import RegionLender
from models.lxmert.photo_sources import AskedPhotos, DrawnPhotos
from models.lxmert.question_batches import Batch, ExampleSource, mixed_batches
from models.lxmert.region_layout import FEATURE_SIZE
from models.lxmert.scene_graphs import COMPARISONS, SceneGraphs
from models.lxmert.size import EVERYDAY
from models.pack.contents import read_tokenizer

WARM_UP_STEPS = 100
REPORT_STEPS = 100
GROUPS_BY_LENGTH = 2
FULL_REGIONS = 36  # what the detector keeps of a photo
# Shares of the pictures, once there are detections.
MIX = {"drawn": 0.14, "comparisons": 0.11, "lent": 0.36, "drawn photos": 0.35, "checked questions": 0.04}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, default=Path("models/work/lxmert/scene-graphs.pt"))
    parser.add_argument("--start", type=Path, help="checkpoint to go on from; otherwise from scratch")
    parser.add_argument("--detections", type=Path, help="what the detector saw on the photos, if it is there yet")
    parser.add_argument("--minutes", type=float, default=22.0)
    parser.add_argument("--learning-rate", type=float, default=1e-3)
    parser.add_argument(
        "--decay-minutes", type=float, default=0.0, help="the last minutes, in which the rate falls to zero"
    )
    parser.add_argument("--scenes", type=int, default=18, help="pictures per step")
    parser.add_argument("--questions", type=int, default=8, help="questions per picture")
    parser.add_argument("--regions", type=int, default=24, help="most regions of a scene graph without detections")
    parser.add_argument("--save-minutes", type=float, default=4.0)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=0)


def run(arguments: argparse.Namespace) -> None:
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(arguments.seed)
    tokenizer = default_tokenizer()
    samples = 0
    if arguments.start:
        model, size, samples = load_checkpoint(arguments.start)
    else:
        size = EVERYDAY
        model = build_lxmert(size, FEATURE_SIZE, len(tokenizer), len(ANSWERS))
        align(model, read_tokenizer(TOKENIZER_FILE), torch.Generator().manual_seed(arguments.seed))
    print(f"{sum(p.numel() for p in model.parameters()) / 1e6:.2f} M parameters, {arguments}", flush=True)
    training = HalfTraining(model.train())

    batches = mixed_batches(sources_of(arguments), tokenizer, arguments.scenes, GROUPS_BY_LENGTH, arguments.seed)

    progress = Progress()
    began = saved = time.monotonic()
    for step, batch in enumerate(batches):
        minutes = (time.monotonic() - began) / 60.0
        if minutes >= arguments.minutes:
            break
        progress.add(*learn(model, batch))
        training.step(learning_rate(arguments, step, minutes))
        if (step + 1) % REPORT_STEPS == 0:
            print(f"step {step + 1} {progress.line(minutes)}", flush=True)
        if time.monotonic() - saved > 60.0 * arguments.save_minutes:
            saved = time.monotonic()
            save_checkpoint(arguments.out, size, training.weights(), samples + progress.samples)
    save_checkpoint(arguments.out, size, training.weights(), samples + progress.samples)


def sources_of(arguments: argparse.Namespace) -> list[tuple[float, ExampleSource]]:
    """Scene graphs alone; with detections also what the detector really saw."""
    scenes = load_scenes(arguments.data)
    graphs = [scene for scene in scenes if scene.photo is None or not arguments.detections]
    questions, seed = arguments.questions, arguments.seed
    drawn = DrawnRegions(arguments.regions, seed)
    if not arguments.detections:
        return [(1.0, SceneGraphs(graphs, drawn, questions, seed))]
    detected = DetectedPhotos(arguments.detections)
    bank = DetectionBank(scenes, detected)
    lender = RegionLender(bank, FULL_REGIONS, arguments.regions, seed)
    checked = gqa_questions(arguments.data, validation=False)
    return [
        (MIX["drawn"], SceneGraphs(graphs, drawn, questions, seed)),
        (MIX["comparisons"], SceneGraphs(graphs, drawn, questions, seed + 4, COMPARISONS)),
        (MIX["lent"], SceneGraphs(graphs, lender, questions, seed + 1)),
        (MIX["drawn photos"], DrawnPhotos(scenes, detected, questions, seed + 2)),
        (MIX["checked questions"], AskedPhotos(checked, detected, questions, seed + 3)),
    ]


def learning_rate(arguments: argparse.Namespace, step: int, minutes: float) -> float:
    """Linear up, level, and over the last `decay_minutes` linear down to zero."""
    warm = min(1.0, (step + 1) / WARM_UP_STEPS)
    left = 1.0
    if arguments.decay_minutes > 0.0:
        left = min(1.0, (arguments.minutes - minutes) / arguments.decay_minutes)
    return arguments.learning_rate * warm * max(left, 0.0)


def learn(model, batch: Batch) -> tuple[float, list[str], list[bool]]:
    """Leaves the gradients of the batch's mean loss; returns that loss, and kind and rightness of every answer."""
    total = sum(len(group.answers) for group in batch.groups)
    loss_sum, kinds, right = 0.0, [], []
    for group in batch.groups:
        logits = answer_questions(
            model,
            batch.features,
            batch.boxes,
            batch.region_mask,
            group.token_ids,
            group.token_mask,
            group.scene_of_question,
        ).float()
        loss = functional.cross_entropy(logits, group.answers, reduction="sum") / total
        loss.backward()
        loss_sum += float(loss.detach())
        kinds += group.kinds
        right += (logits.argmax(dim=1) == group.answers).tolist()
    return loss_sum, kinds, right


class Progress:
    """What a training run prints: loss and accuracy by kind since the last line, samples per second."""

    def __init__(self) -> None:
        self.samples = 0
        self._reset()

    def _reset(self) -> None:
        self.began = time.monotonic()
        self.losses: list[float] = []
        self.right: dict[str, list[bool]] = defaultdict(list)

    def add(self, loss: float, kinds: list[str], right: list[bool]) -> None:
        self.samples += len(kinds)
        self.losses.append(loss)
        for kind, is_right in zip(kinds, right, strict=True):
            self.right[kind].append(is_right)

    def line(self, minutes: float) -> str:
        seen = sum(map(len, self.right.values()))
        by_kind = " ".join(f"{kind} {sum(group) / len(group):.2f}" for kind, group in sorted(self.right.items()))
        speed = seen / (time.monotonic() - self.began)
        text = f"{minutes:.1f} min {self.samples} samples {speed:.0f}/s loss {sum(self.losses) / len(self.losses):.3f} {by_kind}"
        self._reset()
        return text
