"""Pictures with sentences: captions that fit or do not, statements, questions; what pretraining reads."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from models.data.captions import caption_of_other, describe, statement, unmatching_caption
from models.data.renamed_scenes import rename
from models.data.scenes import Scene
from models.lxmert.region_set import RegionSet
from models.lxmert.scene_graphs import RegionMaker, ask_about

MATCHING_SHARE = 0.5
# Of the sentences; the rest are captions and statements.
QUESTION_SHARE = 0.3
# Of a photo's fitting sentences, those that people wrote.
WRITTEN_SHARE = 0.6
ATTEMPTS = 8


@dataclass(frozen=True)
class Sentence:
    text: str
    matches: bool | None = None
    """Whether it is true of the picture; None for a question, which is neither."""
    answer: int | None = None
    """Index into vocabulary.ANSWERS, of questions."""


@dataclass(frozen=True)
class Described:
    """One picture and what is said of it."""

    regions: RegionSet
    sentences: list[Sentence]


class DescribedSource(Protocol):
    def draw(self) -> Described: ...


class DescribedScenes:
    def __init__(
        self, scenes: Sequence[Scene], maker: RegionMaker, per_scene: int, seed: int, renamed_share: float = 0.0
    ) -> None:
        """renamed_share: of the scenes whose things take other names of their category; photos must keep theirs."""
        self.scenes = [scene for scene in scenes if scene.objects]
        self.written = [caption for scene in self.scenes for caption in scene.captions]
        self.maker = maker
        self.per_scene = per_scene
        self.renamed_share = renamed_share
        self.random = random.Random(seed)

    def draw(self) -> Described:
        rng = self.random
        while True:
            scene = rng.choice(self.scenes)
            if rng.random() < self.renamed_share:
                scene = rename(scene, rng)
            asked = ask_about(scene, rng, round(QUESTION_SHARE * self.per_scene))
            sentences = [Sentence(question.text, answer=question.answer) for question in asked]
            for _ in range(ATTEMPTS * self.per_scene):
                if len(sentences) == self.per_scene:
                    break
                matches = rng.random() < MATCHING_SHARE
                text = self._fitting(scene) if matches else self._unfitting(scene)
                if text:
                    sentences.append(Sentence(text, matches))
            if sentences:
                return Described(self.maker.regions(scene), sentences)

    def _fitting(self, scene: Scene) -> str | None:
        rng = self.random
        if scene.captions and rng.random() < WRITTEN_SHARE:
            return rng.choice(scene.captions)
        return describe(scene, rng) if rng.random() < 0.6 else statement(scene, rng, True)

    def _unfitting(self, scene: Scene) -> str | None:
        rng = self.random
        # As often as among those that fit, so that the hand that wrote it tells nothing.
        if scene.captions and rng.random() < WRITTEN_SHARE:
            other = rng.choice(self.written)
            return None if other in scene.captions else other
        way = rng.random()
        if way < 0.4:
            return unmatching_caption(scene, rng)
        if way < 0.7:
            return statement(scene, rng, False)
        return caption_of_other(scene, rng.choice(self.scenes), rng)
