"""Scene graphs as a source of examples: simulated regions, generated questions."""

import random
from typing import Protocol

from models.data.questions import generate_questions
from models.data.scenes import Scene
from models.lxmert.question_batches import Asked, Example, listed
from models.lxmert.region_set import RegionSet


class Simulator(Protocol):
    def regions(self, scene: Scene) -> RegionSet: ...


class SimulatedScenes:
    def __init__(self, scenes: list[Scene], simulator: Simulator, per_scene: int, seed: int) -> None:
        self.scenes = [scene for scene in scenes if scene.objects]
        self.simulator = simulator
        self.per_scene = per_scene
        self.random = random.Random(seed)

    def draw(self) -> Example:
        while True:
            scene = self.random.choice(self.scenes)
            questions = ask_about(scene, self.random, self.per_scene)
            if questions:
                return Example(self.simulator.regions(scene), questions)


def ask_about(scene: Scene, rng: random.Random, count: int) -> list[Asked]:
    made = (listed(q.text, q.answer, q.kind) for q in generate_questions(scene, rng, count))
    return [question for question in made if question is not None]
