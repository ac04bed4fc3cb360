"""Two pictures and a sentence that is true or false of the pair: what the two-photo head learns from."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from models.data.captions import StatementPairs
from models.data.scenes import Scene
from models.data.tokenizer import Tokenizer
from models.lxmert.answering import Pictures, Texts, pooled_text
from models.lxmert.network import Lxmert
from models.lxmert.question_batches import pad_tokens
from models.lxmert.region_set import RegionSet, stack_regions
from models.lxmert.scene_graphs import RegionMaker
from models.lxmert.two_photo_head import FALSE, TRUE


@dataclass(frozen=True)
class Pair:
    left: RegionSet
    right: RegionSet
    text: str
    is_true: bool


@dataclass(frozen=True)
class PairBatch:
    pictures: Pictures  # 2P of them: all left ones, then all right ones
    texts: Texts  # every sentence twice, in the same order
    truth: Tensor  # [P]


class ScenePairs:
    def __init__(self, scenes: Sequence[Scene], maker: RegionMaker, seed: int) -> None:
        self.pairs = StatementPairs(scenes)
        self.maker = maker
        self.random = random.Random(seed)

    def draw(self) -> Pair:
        left, right, text, is_true = self.pairs.draw(self.random)
        return Pair(self.maker.regions(left), self.maker.regions(right), text, is_true)


def make_pair_batch(pairs: Sequence[Pair], tokenizer: Tokenizer) -> PairBatch:
    regions = [pair.left for pair in pairs] + [pair.right for pair in pairs]
    ids = [tokenizer.encode(pair.text) for pair in pairs]
    return PairBatch(
        Pictures(*map(torch.from_numpy, stack_regions(regions))),
        Texts(*pad_tokens(ids + ids), torch.arange(len(regions))),
        torch.tensor([TRUE if pair.is_true else FALSE for pair in pairs]),
    )


def judge_pairs(model: Lxmert, batch: PairBatch) -> Tensor:
    """Logits of FALSE and TRUE, [P, 2]."""
    left, right = pooled_text(model, batch.pictures, batch.texts).chunk(2)
    return model.two_photo_head(left, right)
