"""The pretraining tasks, pairs of pictures, and training in several processes."""

import os
import random
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from torch import nn

from models.data.photos import TeacherRegions
from models.data.questions.view import SceneView
from models.data.scenes import Scene, SceneObject
from models.data.tokenizer import CLS, MASK, SEP, default_tokenizer
from models.data.vocabulary import ANSWER_INDEX, ATTRIBUTES, OBJECT_INDEX, OBJECTS
from models.lxmert.aligned_start import expect_words
from models.lxmert.checkpoint import everyday_network
from models.lxmert.described_scenes import Described, DescribedScenes, Sentence
from models.lxmert.drawn_regions import DrawnRegions
from models.lxmert.half_training import HalfTraining
from models.lxmert.masking import IGNORED, hide_words, make_pretraining_batch
from models.lxmert.network import forget_counts
from models.lxmert.photo_pairs import Pair, judge_pairs, make_pair_batch
from models.lxmert.pretraining import TASKS, Judged, pretraining_loss
from models.lxmert.size import LxmertSize
from models.lxmert.teacher_scenes import scene_of

SMALL = LxmertSize(hidden_size=32, heads=2, language_layers=1, vision_layers=1, cross_layers=2)
NAMES = ("dog", "car", "tree", "person", "bench", "ball")


def scene(names: tuple[str, ...], identity: str = "1") -> Scene:
    things = tuple(
        SceneObject(name, OBJECT_INDEX[name], (0.15 * i, 0.2, 0.15 * i + 0.14, 0.8)) for i, name in enumerate(names)
    )
    return Scene(identity, "gqa", things)


def described(sentences: list[Sentence], names: tuple[str, ...] = NAMES) -> Described:
    return Described(DrawnRegions(20, seed=0).regions(scene(names)), sentences)


def test_hidden_words_are_labelled_and_the_frame_stays():
    ids = default_tokenizer().encode("two dogs on a bench beside a red car and a tree")
    rng = random.Random(1)
    hidden = 0
    for _ in range(300):
        shown, labels = hide_words(ids, len(default_tokenizer()), rng)
        assert shown[0] == CLS and shown[-1] == SEP and labels[0] == labels[-1] == IGNORED
        for before, after, label in zip(ids, shown, labels, strict=True):
            assert label in (IGNORED, before)
            assert label == before or after == before
            hidden += after == MASK
    assert 0.10 < hidden / (300 * (len(ids) - 2)) < 0.14  # 80 % of 15 %


def test_hidden_regions_are_zero_and_asked_for():
    batch = make_pretraining_batch(
        [described([Sentence("a dog", True)]) for _ in range(60)], default_tokenizer(), 1, random.Random(2)
    )
    seen = batch.seen
    assert 0.08 < seen.hidden.float().mean() < 0.22
    assert seen.pictures.features[seen.hidden].abs().max() == 0.0
    assert torch.equal(seen.pictures.features[~seen.hidden], seen.features[~seen.hidden])
    assert {OBJECTS[index] for index in seen.classes.unique().tolist()} == set(NAMES)


def test_every_task_is_learned_on_a_small_batch():
    torch.manual_seed(0)
    model = everyday_network(SMALL)
    training = HalfTraining(model)
    sentences = [
        Sentence("a dog beside a car under a tree", True),
        Sentence("a zebra in the snow on a hill", False),
        Sentence("is there a dog?", answer=ANSWER_INDEX["yes"]),
        Sentence("is there a zebra?", answer=ANSWER_INDEX["no"]),
    ]
    batch = make_pretraining_batch([described(sentences)] * 6, default_tokenizer(), 2, random.Random(3))
    first = Judged()
    pretraining_loss(model, batch, TASKS, first)
    # Masked objects are judged by their names and, apart, by their attributes.
    assert set(first.right) == {*TASKS, "attributes"}
    for _ in range(150):
        pretraining_loss(model, batch, TASKS, Judged()).backward()
        training.step(3e-3)
    last = Judged()
    pretraining_loss(model, batch, TASKS, last)
    assert all(sum(last.right[task]) / len(last.right[task]) > 0.9 for task in TASKS)


def test_words_are_told_by_embeddings_that_do_not_learn_from_it():
    torch.manual_seed(0)
    model = everyday_network(SMALL)
    batch = make_pretraining_batch(
        [described([Sentence("a dog", True)] * 20)], default_tokenizer(), 1, random.Random(4)
    )
    pretraining_loss(model, batch, ["words"], Judged()).backward()
    gradient = model.lxmert.embeddings.word_embeddings.weight.grad
    never_read = [
        row for row in range(len(gradient)) if row not in set(batch.groups[0].texts.token_ids.flatten().tolist())
    ]
    assert gradient[never_read].abs().max() == 0.0
    assert gradient.abs().max() > 0.0
    assert model.cls.predictions.bias.grad.abs().max() > 0.0


def test_masked_words_are_first_guessed_by_how_often_they_are_said():
    model = everyday_network(SMALL)
    a, dog = default_tokenizer().encode("a dog")[1:-1]
    expect_words(model, [default_tokenizer().encode(text) for text in ("a dog", "a", "a a")])
    bias = model.cls.predictions.bias
    assert bias.argmax() == a
    assert bias[dog] > bias.median()


def test_batches_of_sentences_move_the_network_less():
    def moved(strength: float) -> float:
        torch.manual_seed(0)
        network = nn.Linear(4, 4)
        training = HalfTraining(network)
        for own in (1.0, strength):  # the optimiser compares a gradient with those before it
            (1000.0 * network(torch.ones(1, 4).to(network.weight.dtype)).square().sum()).backward()
            before = training.weights()["weight"].clone()
            training.step(1e-2, own)
        return float((training.weights()["weight"] - before).norm())

    assert moved(0.1) < moved(1.0)


def test_teacher_asks_nothing_about_what_it_half_sees():
    teacher = SimpleNamespace(object_names=["dog", "cat", "tree"], attribute_names=["brown", "big"])
    regions = TeacherRegions(
        boxes=np.array([[0.1, 0.2, 0.5, 0.9], [0.5, 0.2, 0.9, 0.9], [0.0, 0.0, 0.2, 0.9]]),
        objects=np.array([0, 1, 2]),
        object_scores=np.array([0.9, 0.3, 0.05]),
        attributes=np.array([0, 1, 1]),
        attribute_scores=np.array([0.8, 0.9, 0.9]),
        features=np.zeros((3, 2048), np.float16),
    )
    seen = scene_of(teacher, "gqa/1.jpg", regions)
    assert [thing.class_name for thing in seen.objects] == ["dog"]
    assert [ATTRIBUTES[index] for index in seen.objects[0].attributes] == ["brown"]
    view = SceneView(seen)
    assert not view.is_absent(OBJECT_INDEX["cat"])  # perhaps it is there
    assert view.is_absent(OBJECT_INDEX["elephant"])


def test_tasks_left_out_have_no_gradient():
    model = everyday_network(SMALL)
    batch = make_pretraining_batch([described([Sentence("a dog", True)])], default_tokenizer(), 1, random.Random(4))
    pretraining_loss(model, batch, ["matching"], Judged()).backward()
    assert model.cls.seq_relationship.weight.grad is not None
    assert model.obj_predict_head.transform.dense.weight.grad is None
    assert model.answer_head.logit_fc[0].weight.grad is None


def test_described_scenes_are_fitting_as_often_as_not():
    scenes = [scene(NAMES, "1"), scene(("dog", "bench"), "2"), scene(("car", "person", "tree"), "3")]
    source = DescribedScenes(scenes, DrawnRegions(20, seed=0), per_scene=8, seed=5)
    sentences = [sentence for _ in range(60) for sentence in source.draw().sentences]
    told = [sentence.matches for sentence in sentences if sentence.matches is not None]
    assert 0.4 < sum(told) / len(told) < 0.6
    assert all((sentence.matches is None) == (sentence.answer is not None) for sentence in sentences)


def test_pairs_are_judged_left_first():
    torch.manual_seed(0)
    model = everyday_network(SMALL).eval()
    dog, car = (DrawnRegions(20, seed=0).regions(scene((name,))) for name in ("dog", "car"))
    batch = make_pair_batch(
        [Pair(dog, car, "a dog is left", True), Pair(car, dog, "a dog is left", False)], default_tokenizer()
    )
    assert batch.truth.tolist() == [1, 0]
    logits = judge_pairs(model, batch)
    again = judge_pairs(model, make_pair_batch([Pair(car, dog, "a dog is left", True)], default_tokenizer()))
    torch.testing.assert_close(logits[1:], again, atol=1e-5, rtol=0)
    assert not torch.allclose(logits[0], logits[1], atol=1e-5)


def test_without_counts_the_columns_stay_zero():
    model = everyday_network(SMALL)
    forget_counts(model)
    training = HalfTraining(model)
    sentences = [Sentence("how many dogs?", answer=ANSWER_INDEX["1"])]
    batch = make_pretraining_batch([described(sentences)], default_tokenizer(), 1, random.Random(6))
    for _ in range(3):
        pretraining_loss(model, batch, ["answers"], Judged()).backward()
        training.step(1e-2)
    weight = training.weights()["lxmert.encoder.visn_fc.visn_fc.weight"]
    assert weight[:, -16:].abs().max() == 0.0 and weight[:, :-16].abs().max() > 0.0


PROGRAM = """
import sys, torch
from torch import nn
from models.lxmert.half_training import HalfTraining
from models.lxmert.ranks import trained_together
with trained_together(threads=1, seed=0) as ranks:
    network = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 1))
    training = HalfTraining(network)
    examples = torch.Generator().manual_seed(10 + ranks.rank)
    for step in range(5):
        network(torch.randn(16, 4, generator=examples).to(network[0].weight.dtype)).square().mean().backward()
        (seen,) = ranks.exchange(training.copies, (16,))
        training.step(1e-2)
    assert seen == 16 * ranks.world
    torch.save(training.weights(), f"{sys.argv[1]}/rank-{ranks.rank}-of-{ranks.world}.pt")
"""


@pytest.mark.parametrize("world", [1, 2])
def test_processes_hold_the_same_weights(tmp_path: Path, world: int):
    program = tmp_path / "program.py"
    program.write_text(PROGRAM)
    starter = ["-m", "torch.distributed.run", "--standalone", "--nproc-per-node", str(world)] if world > 1 else []
    environment = {**os.environ, "PYTHONPATH": str(Path.cwd()), "OMP_NUM_THREADS": "1"}
    subprocess.run([sys.executable, *starter, str(program), str(tmp_path)], check=True, env=environment, timeout=240)
    found = [torch.load(tmp_path / f"rank-{rank}-of-{world}.pt") for rank in range(world)]
    assert all(torch.equal(found[0][name], other[name]) for other in found for name in found[0])
    if world == 2:
        alone = subprocess.run(
            [sys.executable, str(program), str(tmp_path)], check=True, env=environment, timeout=240, capture_output=True
        )
        assert alone.returncode == 0
        single = torch.load(tmp_path / "rank-0-of-1.pt")
        assert any(not torch.equal(found[0][name], single[name]) for name in single)
