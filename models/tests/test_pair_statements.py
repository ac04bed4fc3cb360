import random
import re
from collections import defaultdict

import pytest

from models.data.captions import StatementPairs, pair_statement
from models.data.captions.pair_statements import NUMBERS
from models.data.scenes import Scene, SceneObject
from models.data.vocabulary import OBJECT_INDEX

CLASSES = ("dog", "bus", "couch", "zebra")


def scene_of(number: int, **counts: int) -> Scene:
    """Things side by side, as many of each as asked for."""
    names = [name for name, count in counts.items() for _ in range(count)]
    objects = tuple(
        SceneObject(name, OBJECT_INDEX[name], (0.1 * at, 0.3, 0.1 * at + 0.08, 0.5)) for at, name in enumerate(names)
    )
    return Scene(image_id=str(number), source="gqa", objects=objects, indoors=bool(number % 2))


def made_up_scenes(count: int) -> list[Scene]:
    rng = random.Random(2)
    return [scene_of(n, **{name: rng.randint(0, 3) for name in CLASSES if rng.random() < 0.6}) for n in range(count)]


def count_of(scene: Scene, name: str) -> int:
    return sum(thing.class_name == name for thing in scene.objects)


def judged(text: str, left: Scene, right: Scene) -> bool | None:
    """Whether the sentence holds, read from its words alone; None for wordings that are not read here."""
    text = text.lower().rstrip(".")
    named = [name for name in CLASSES if name in text.replace("buses", "bus").replace("couches", "couch")]
    if len(named) != 1:
        return None
    here, there = count_of(left, named[0]), count_of(right, named[0])
    number = next(
        (n for n, word in enumerate(NUMBERS) if re.search(rf"\b{word}\b (?!of|image|picture|photo)", text)), None
    )
    if re.match(r"both \w+s (show|contain|have) (a|an) ", text):
        return here > 0 and there > 0
    if re.match(r"(exactly|just) one \w+ (shows|contains|has) (a|an) ", text):
        return (here > 0) != (there > 0)
    if re.match(r"neither \w+ ", text):
        return here == there == 0
    if re.match(r"only the left ", text):
        return here > 0 and there == 0
    if re.search(r"^the left \w+ (shows|contains|has) more", text):
        return here > there
    if text.endswith("in total") and number is not None:
        return here + there == number
    if re.match(r"the right \w+ (shows|contains|has) (a|an) ", text):
        return there > 0
    return None


@pytest.fixture(scope="module")
def drawn() -> list[tuple[Scene, Scene, str, bool]]:
    rng = random.Random(3)
    pairs = StatementPairs(made_up_scenes(60))
    return [pairs.draw(rng) for _ in range(6000)]


def test_drawn_sentences_are_true_or_false_as_marked(drawn: list[tuple[Scene, Scene, str, bool]]) -> None:
    read = [(judged(text, left, right), true) for left, right, text, true in drawn]
    sure = [(holds, true) for holds, true in read if holds is not None]
    # Where a dog is called a puppy, the sentence is not read here.
    assert len(sure) > 600
    assert [pair for pair in sure if pair[0] != pair[1]] == []


def test_sentences_about_given_scenes_are_true_or_false_as_marked() -> None:
    rng = random.Random(4)
    scenes = made_up_scenes(60)
    read = []
    for _ in range(5000):
        left, right = rng.sample(scenes, 2)
        made = pair_statement(left, right, rng)
        if made and (holds := judged(made[0], left, right)) is not None:
            read.append((holds, made[1]))
    assert len(read) > 400
    assert [pair for pair in read if pair[0] != pair[1]] == []
    assert 0.4 < sum(true for _, true in read) / len(read) < 0.6


def test_the_words_do_not_tell_whether_a_drawn_sentence_holds(drawn: list[tuple[Scene, Scene, str, bool]]) -> None:
    by_words: defaultdict[str, list[bool]] = defaultdict(list)
    for *_, text, true in drawn:
        words = text.lower().rstrip(".").split()
        for at in range(len(words) - 1):
            by_words[" ".join(words[at : at + 2])].append(true)
    often = {words: sum(held) / len(held) for words, held in by_words.items() if len(held) > 250}
    assert len(often) > 20
    assert {words: share for words, share in often.items() if not 0.38 < share < 0.62} == {}


def test_too_few_scenes_are_refused() -> None:
    with pytest.raises(ValueError, match="1 scenes are too few"):
        StatementPairs([scene_of(1, dog=1)])
