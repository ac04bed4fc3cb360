"""Trains one tiny network as a condition says, with the lessons of the real training."""

import random

import torch

from models.ablations.conditions import Budget, Condition
from models.ablations.small_world import Drawer, SmallWorld
from models.data.tokenizer import TOKENIZER_FILE, default_tokenizer
from models.lxmert.aligned_start import align
from models.lxmert.checkpoint import everyday_network
from models.lxmert.half_training import HalfTraining
from models.lxmert.lessons import Lesson, QuestionLesson, SentenceLesson
from models.lxmert.network import Lxmert, forget_counts
from models.lxmert.pretraining import ANSWERS
from models.lxmert.size import TINY
from models.pack.contents import read_tokenizer

SCENES = 8
LEARNING_RATE = 2e-3
WARM_UP_SHARE = 0.05
ASKED_SHARE = 0.4
"""Of the batches of pretraining with image QA, those of questions alone."""


def train_condition(world: SmallWorld, condition: Condition, budget: Budget, seed: int) -> Lxmert:
    """A network in single precision and evaluation mode."""
    model = first_network(condition, seed)
    if condition.pretraining:
        model = train_part(model, condition, pretraining_lessons(world, condition, seed), budget.pretraining, seed)
    more = budget.pretraining if condition.augmented else 0
    return train_part(
        model, condition, [(1.0, question_lesson(world, condition, seed))], budget.fine_tuning + more, seed
    )


def first_network(condition: Condition, seed: int) -> Lxmert:
    torch.manual_seed(seed)
    model = everyday_network(TINY)
    if not condition.plain_start:
        align(model, read_tokenizer(TOKENIZER_FILE), torch.Generator().manual_seed(seed))
    return model


def question_lesson(world: SmallWorld, condition: Condition, seed: int) -> Lesson:
    return QuestionLesson(Drawer(world.asked, seed), default_tokenizer(), SCENES, condition.blank)


def pretraining_lessons(world: SmallWorld, condition: Condition, seed: int) -> list[tuple[float, Lesson]]:
    """With their shares of the batches."""
    told = SentenceLesson(Drawer(world.told, seed), default_tokenizer(), SCENES, condition.pretraining, seed)
    if ANSWERS not in condition.pretraining:
        return [(1.0, told)]
    return [(1.0 - ASKED_SHARE, told), (ASKED_SHARE, question_lesson(world, condition, seed + 1))]


def train_part(
    model: Lxmert, condition: Condition, lessons: list[tuple[float, Lesson]], samples: int, seed: int
) -> Lxmert:
    """`samples` texts, the rate rising and then falling to zero."""
    if condition.without_counts:
        forget_counts(model)
    choose = random.Random(seed)
    shares, kinds = zip(*lessons, strict=True)
    training = HalfTraining(model.train())
    seen = 0
    while seen < samples:
        learned = choose.choices(kinds, shares)[0].learn(training.model)
        training.step(LEARNING_RATE * rate(seen / samples))
        seen += learned.samples
    trained = model.float()
    trained.load_state_dict(training.weights(), strict=False)
    return trained.eval()


def rate(done: float) -> float:
    """Linear up, then linear down to zero; done: share of the samples."""
    return min((done + 1e-3) / WARM_UP_SHARE, (1.0 - done) / (1.0 - WARM_UP_SHARE))
