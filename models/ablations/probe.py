"""How well a tiny network answers about validation scenes: right and asked by kind."""

from collections import Counter

import torch

from models.ablations.conditions import Condition
from models.ablations.small_world import SmallWorld
from models.data.tokenizer import default_tokenizer
from models.lxmert.answering import answer_questions
from models.lxmert.lessons import unread, without
from models.lxmert.network import Lxmert
from models.lxmert.question_batches import make_batch

SCENES_AT_ONCE = 32


@torch.no_grad()
def probe(model: Lxmert, world: SmallWorld, condition: Condition) -> dict[str, dict[str, int]]:
    """A condition that never saw regions or words does not see them here either."""
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for start in range(0, len(world.probe), SCENES_AT_ONCE):
        batch = make_batch(world.probe[start : start + SCENES_AT_ONCE], default_tokenizer(), groups=2)
        pictures = without(batch.pictures, condition.blank)
        for group in batch.groups:
            said = answer_questions(model, pictures, unread(group.texts, condition.blank)).argmax(dim=1)
            asked.update(group.kinds)
            right.update(kind for kind, hit in zip(group.kinds, (said == group.answers).tolist(), strict=True) if hit)
    return {"right": dict(right), "asked": dict(asked)}
