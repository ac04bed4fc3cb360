"""Trains LXMERT: the pretraining tasks and questions on scene graphs and photos, then mostly questions."""

import argparse
import time
from collections import defaultdict
from pathlib import Path

import torch

from models.data.tokenizer import TOKENIZER_FILE, default_tokenizer
from models.lxmert.aligned_start import align, expect_words
from models.lxmert.checkpoint import everyday_network, kept_file, load_checkpoint, save_checkpoint
from models.lxmert.curriculum import endless_kinds, lessons_of, shares, texts_to_expect
from models.lxmert.half_training import LATE_HEADS, HalfTraining
from models.lxmert.lessons import Learned
from models.lxmert.network import Lxmert, forget_counts
from models.lxmert.pretraining import TASKS, WORDS
from models.lxmert.ranks import Ranks, trained_together
from models.lxmert.size import SIZES, LxmertSize
from models.pack.contents import read_tokenizer

WARM_UP_STEPS = 100
REPORT_STEPS = 50


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, default=Path("models/work/lxmert/answering.pt"))
    parser.add_argument("--part", choices=("pretraining", "answering"), default="answering")
    parser.add_argument("--start", type=Path, help="checkpoint to go on from; otherwise from scratch")
    parser.add_argument("--tasks", nargs="+", choices=TASKS, default=TASKS)
    parser.add_argument("--detections", type=Path, help="what the detector saw on the photos, if it is there yet")
    parser.add_argument("--mirrored", type=Path, help="what it saw on the mirrored photos")
    parser.add_argument("--cuts", type=Path, nargs="+", default=(), help="what it saw in cut-out views of them")
    parser.add_argument(
        "--photos", type=float, default=1.0, help="share of the training photos, for a curve against data"
    )
    parser.add_argument("--samples", type=int, help="texts to read; or else --minutes")
    parser.add_argument("--minutes", type=float)
    parser.add_argument("--learning-rate", type=float, default=1e-3)
    parser.add_argument("--decay-share", type=float, default=0.5, help="of the run, in which the rate falls to zero")
    parser.add_argument("--scenes", type=int, default=18, help="pictures per batch of questions")
    parser.add_argument("--questions", type=int, default=8, help="texts per picture")
    parser.add_argument("--regions", type=int, default=24, help="most regions of a scene graph without detections")
    parser.add_argument("--size", choices=tuple(SIZES), default="everyday", help="of a network from scratch")
    parser.add_argument("--blank", choices=("regions", "questions"), help="a control: never shown")
    parser.add_argument("--plain-start", action="store_true", help="transformers' own initial weights")
    parser.add_argument(
        "--heads-only", action="store_true", help="only the heads beside the answers' learn; the rest stays as it is"
    )
    parser.add_argument("--without-counts", action="store_true", help="regions are not told how many there are")
    parser.add_argument("--save-minutes", type=float, default=4.0)
    parser.add_argument(
        "--keep", type=int, default=0, help="checkpoints to keep on the way, evenly spaced: OUT-1.pt, …"
    )
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=0)


def run(arguments: argparse.Namespace) -> None:
    if not arguments.samples and not arguments.minutes:
        raise SystemExit("say when to stop: --samples N (the same on every machine) or --minutes N")
    with trained_together(arguments.threads, arguments.seed) as ranks:
        train(arguments, ranks)


def first_network(arguments: argparse.Namespace) -> tuple[Lxmert, LxmertSize, int]:
    """With its size and how many samples it has seen."""
    if arguments.start:
        return load_checkpoint(arguments.start)
    size = SIZES[arguments.size]
    model = everyday_network(size)
    if not arguments.plain_start:
        align(model, read_tokenizer(TOKENIZER_FILE), torch.Generator().manual_seed(arguments.seed))
        if WORDS in arguments.tasks:
            # Drawn alike in every process: all begin with the same weights.
            expect_words(model, map(default_tokenizer().encode, texts_to_expect(arguments)))
    return model, size, 0


def train(arguments: argparse.Namespace, ranks: Ranks) -> None:
    model, size, before = first_network(arguments)
    if arguments.without_counts:
        forget_counts(model)
    if arguments.heads_only:
        for name, parameter in model.named_parameters():
            parameter.requires_grad_(name.startswith(LATE_HEADS))
    lessons = lessons_of(arguments, default_tokenizer(), ranks.rank)
    training = HalfTraining(model.train())
    chosen = {name: share for name, share in shares(arguments).items() if name in lessons}
    if ranks.first:
        millions = sum(weight.numel() for weight in training.masters) / 1e6
        print(f"{millions:.2f} M parameters, {ranks.world} processes, {chosen}, {arguments}", flush=True)

    progress = Progress()
    samples, minutes, saved, kept = 0, 0.0, 0.0, 0
    began = time.monotonic()
    for step, kind in enumerate(endless_kinds(chosen, arguments.seed)):
        learned = lessons[kind].learn(model)
        # All ranks take the first one's clock, so that they stop at the same step.
        clock = (time.monotonic() - began) / 60.0 if ranks.first else 0.0
        read, minutes = ranks.exchange(training.copies, (learned.samples, clock))
        samples += round(read)
        done = samples / arguments.samples if arguments.samples else minutes / arguments.minutes
        training.step(learning_rate(arguments, step, done), learned.strength)
        progress.add(learned)
        if ranks.first and (step + 1) % REPORT_STEPS == 0:
            print(f"step {step + 1} {minutes:.1f} min {samples} samples {progress.line()}", flush=True)
        while ranks.first and kept < int(min(done, 1.0) * arguments.keep):
            kept += 1
            save_checkpoint(kept_file(arguments.out, kept), size, training.weights(), before + samples)
        if done >= 1.0:
            break
        if ranks.first and minutes - saved > arguments.save_minutes:
            saved = minutes
            save_checkpoint(arguments.out, size, training.weights(), before + samples)
    if ranks.first:
        save_checkpoint(arguments.out, size, training.weights(), before + samples)


def learning_rate(arguments: argparse.Namespace, step: int, done: float) -> float:
    """Linear up, level, and over the last part linear down to zero; done: share of the run."""
    warm = min(1.0, (step + 1) / WARM_UP_STEPS)
    left = min(1.0, (1.0 - done) / arguments.decay_share) if arguments.decay_share else 1.0
    return arguments.learning_rate * warm * max(left, 0.0)


class Progress:
    """What a training run prints: loss and accuracy by kind since the last line, this process's samples per second."""

    def __init__(self) -> None:
        self._reset()

    def _reset(self) -> None:
        self.began = time.monotonic()
        self.samples = 0
        self.losses: list[float] = []
        self.right: dict[str, list[bool]] = defaultdict(list)

    def add(self, learned: Learned) -> None:
        self.samples += learned.samples
        self.losses.append(learned.loss)
        for kind, right in learned.right.items():
            self.right[kind] += right

    def line(self) -> str:
        by_kind = " ".join(f"{kind} {sum(group) / len(group):.2f}" for kind, group in sorted(self.right.items()))
        speed = self.samples / (time.monotonic() - self.began)
        text = f"{speed:.0f}/s loss {sum(self.losses) / len(self.losses):.3f} {by_kind}"
        self._reset()
        return text
