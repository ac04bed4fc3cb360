"""Training photos as sources of examples: the regions are what the detector really found."""

import random
from collections import defaultdict

from models.data.scenes import Scene
from models.lxmert.detected_photos import DetectedPhotos
from models.lxmert.question_batches import Asked, Example, listed
from models.lxmert.scene_graphs import ask_about


class DrawnPhotos:
    """Photos on which people drew boxes, with generated questions."""

    def __init__(self, scenes: list[Scene], detected: DetectedPhotos, per_scene: int, seed: int) -> None:
        self.scenes = [scene for scene in scenes if scene.photo is not None and scene.photo in detected]
        self.detected = detected
        self.per_scene = per_scene
        self.random = random.Random(seed)

    def draw(self) -> Example:
        while True:
            scene = self.random.choice(self.scenes)
            questions = ask_about(scene, self.random, self.per_scene)
            if questions:
                return Example(self.detected.regions(scene.photo), questions)


class AskedPhotos:
    """Photos with questions that people checked."""

    def __init__(self, items: list[dict], detected: DetectedPhotos, per_scene: int, seed: int) -> None:
        """items: {photo, question, answer, kind}."""
        by_photo: dict[str, list[Asked]] = defaultdict(list)
        for item in items:
            question = listed(item["question"], item["answer"], "gqa")
            if question is not None and item["photo"] in detected:
                by_photo[item["photo"]].append(question)
        self.photos = sorted(by_photo)
        self.questions = by_photo
        self.detected = detected
        self.per_scene = per_scene
        self.random = random.Random(seed)

    def draw(self) -> Example:
        photo = self.random.choice(self.photos)
        questions = self.questions[photo]
        chosen = self.random.sample(questions, min(self.per_scene, len(questions)))
        return Example(self.detected.regions(photo), chosen)
