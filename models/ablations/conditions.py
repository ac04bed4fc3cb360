"""What is compared: for each condition the training runs it consists of.

Every condition sees the same number of samples, pretraining and fine-tuning together, except where fine-tuning alone
is what is asked. The questions are those of LXMERT's paper (its section on ablations), and two of this recipe's own.
A network that never sees regions, or never words, learns from answers alone: sentences would show it both.
"""

from dataclasses import dataclass

from models.lxmert.lessons import Blank
from models.lxmert.pretraining import ANSWERS, MATCHING, OBJECTS, WORDS

ALL_TASKS = (WORDS, OBJECTS, MATCHING, ANSWERS)
REFERENCE = "all tasks, then answers"


@dataclass(frozen=True)
class Condition:
    name: str
    pretraining: tuple[str, ...] = ALL_TASKS
    """Tasks of the first part; none: the first part is left out."""
    augmented: bool = False
    """The first part's samples are spent on more fine-tuning instead."""
    blank: Blank | None = None
    """What the network never sees, in training and when it is measured."""
    plain_start: bool = False
    """transformers' own initial weights instead of the aligned start."""
    without_counts: bool = False
    """Regions are not told how many there are of what they show."""


PAPER: tuple[Condition, ...] = (
    Condition(REFERENCE),
    Condition("no image QA in pretraining", (WORDS, OBJECTS, MATCHING)),
    Condition("no masked objects in pretraining", (WORDS, MATCHING, ANSWERS)),
    Condition("data augmentation instead of pretraining", (), augmented=True),
    Condition("language only, augmented", (), augmented=True, blank="regions"),
    Condition("image only, augmented", (), augmented=True, blank="questions"),
)
OURS: tuple[Condition, ...] = (
    Condition("no aligned start", plain_start=True),
    Condition("no count evidence", without_counts=True),
    Condition("no pretraining", ()),
)
CONDITIONS = PAPER + OURS


@dataclass(frozen=True)
class Budget:
    """Samples (questions and sentences) of the two parts of a run."""

    pretraining: int
    fine_tuning: int
