"""Conditions, seeds and the table, and every condition trained for a few steps."""

import json
import random
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from models.ablations.conditions import CONDITIONS, REFERENCE, Budget, Condition
from models.ablations.probe import probe
from models.ablations.run_conditions import Outcome, Place, run_conditions, slug
from models.ablations.small_world import NAMES, THINGS, Drawer, asked, make_world, small_scenes
from models.ablations.spread import spread
from models.ablations.table import accuracy, read_results, table_lines
from models.ablations.train_tiny import first_network, rate, train_condition
from models.data.scenes import Scene
from models.lxmert.count_evidence import EVIDENCE_SIZE
from models.tests.test_everyday import ROOM, thing

BUDGET = Budget(pretraining=60, fine_tuning=40)


def scene(number: int) -> Scene:
    """A dog at the left or right, a car, and a lamp, which the small world does not know."""
    left = 0.02 if number % 2 else 0.6
    things = (
        thing("dog", (left, 0.3, left + 0.3, 0.7), "brown" if number % 3 else "white"),
        thing("car", (0.4, 0.1, 0.55, 0.3), "red"),
        thing("lamp", (0.1, 0.1, 0.2, 0.3)),
    )
    return replace(ROOM, image_id=f"yard {number}", photo=None, objects=things, place="street", indoors=False)


@pytest.fixture(scope="module")
def world():
    scenes = [scene(number) for number in range(12)]
    return make_world(scenes, scenes[:4], seed=0)


def test_the_small_world_knows_forty_kinds_and_keeps_to_them(world) -> None:
    assert len(THINGS) == len(NAMES.split(", ")) == 40
    (small,) = small_scenes([scene(1)], most=5)
    assert [thing.class_name for thing in small.objects] == ["dog", "car"]
    questions = {question.text for seed in range(20) for question in asked(small, random.Random(seed))}
    assert "What color is the dog?" in questions and "Which side of the picture is the dog on?" in questions
    assert not [text for text in questions if "lamp" in text]
    assert all(len(example.regions) == 2 for example in world.asked)
    assert {sentence.matches for described in world.told for sentence in described.sentences} == {None, False, True}


def test_drawing_gives_everything_once_before_anything_twice() -> None:
    drawer = Drawer(list(range(5)), seed=1)
    assert sorted(drawer.draw() for _ in range(5)) == sorted(drawer.draw() for _ in range(5)) == list(range(5))


@pytest.mark.parametrize("condition", CONDITIONS, ids=slug)
def test_every_condition_trains_and_is_measured(condition: Condition, world) -> None:
    model = train_condition(world, condition, BUDGET, seed=0)
    outcome = probe(model, world, condition)
    assert sum(outcome["asked"].values()) == sum(len(example.questions) for example in world.probe)
    counts = model.lxmert.encoder.visn_fc.visn_fc.weight[:, -EVIDENCE_SIZE:]
    assert bool(counts.any()) == (not condition.without_counts)


def test_a_network_without_eyes_says_the_same_of_every_scene(world) -> None:
    blind = next(condition for condition in CONDITIONS if condition.blank == "regions")
    model = first_network(blind, seed=0).eval()
    moved = replace(world, probe=[replace(example, regions=world.probe[0].regions) for example in world.probe])
    assert probe(model, world, blind) == probe(model, moved, blind)


def test_seeds_decide_the_first_weights() -> None:
    weights = [first_network(CONDITIONS[0], seed).answer_head.logit_fc[0].weight for seed in (1, 1, 2)]
    assert torch.equal(weights[0], weights[1]) and not torch.equal(weights[0], weights[2])


def test_the_rate_rises_and_falls_to_zero() -> None:
    assert 0.0 < rate(0.0) < rate(0.02) < rate(0.05) == pytest.approx(1.0)
    assert rate(0.5) > rate(0.9) > rate(1.0) == 0.0


def test_names_of_results_differ() -> None:
    assert len({slug(condition) for condition in CONDITIONS}) == len(CONDITIONS)


def test_spread_is_students() -> None:
    assert spread([0.5, 0.6, 0.7]).mean == pytest.approx(0.6)
    assert spread([0.5, 0.6, 0.7]).half == pytest.approx(4.303 * 0.1 / 3**0.5)
    assert spread([0.5]).text() == "50.0"
    assert spread([0.01, 0.03]).text(signed=True) == "+2.0 ± 12.7"
    with pytest.raises(ValueError, match="0 seeds"):
        spread([])


def test_runs_go_on_where_they_stopped(tmp_path: Path) -> None:
    trained: list[tuple[str, int]] = []

    def train_and_measure(condition: Condition, budget: Budget, seed: int) -> Outcome:
        trained.append((condition.name, seed))
        return {"right": {"exists": 1}, "asked": {"exists": 2}}

    place = Place(tmp_path, BUDGET)
    run_conditions(place, CONDITIONS[:2], range(1), train_and_measure)
    run_conditions(place, CONDITIONS[:2], range(2), train_and_measure)
    assert trained == [(condition.name, seed) for seed in (0, 1) for condition in CONDITIONS[:2]]
    assert sorted(result["seed"] for result in read_results(place.folder)) == [0, 0, 1, 1]


def result(name: str, seed: int, yes_no: int, colour: int) -> dict:
    asked = {"exists": 10, "colour": 10}
    return {"condition": name, "seed": seed, "right": {"exists": yes_no, "colour": colour}, "asked": asked}


def test_table_pairs_seeds_and_leaves_out_what_was_not_run() -> None:
    blind = next(condition.name for condition in CONDITIONS if condition.blank == "regions")
    results = [
        *(result(REFERENCE, seed, 9 - seed, 6 - seed) for seed in range(3)),
        *(result(blind, seed, 6 - seed, 1 - seed) for seed in range(2)),
    ]
    assert accuracy(results[0]) == pytest.approx(0.75)
    lines = table_lines(results, CONDITIONS)
    assert len(lines) == 4
    assert lines[2].startswith(f"| {REFERENCE} | 65.0 ± ")
    # Both seeds lose four points of ten on average: the difference has no spread though the accuracies have.
    assert "| -40.0 ± 0.0 | 2 |" in lines[3]


def test_results_on_disk_make_the_table(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps(result(REFERENCE, 0, 5, 5)))
    assert table_lines(read_results(tmp_path), CONDITIONS)[2] == f"| {REFERENCE} | 50.0 | 50.0 | 50.0 |  | 1 |"
