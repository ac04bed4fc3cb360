"""Count evidence against a slow reference, and as a graph."""

import numpy as np
import onnxruntime
import pytest
import torch

from models.lxmert.count_evidence import (
    APART,
    BINS,
    BROAD,
    EVIDENCE_SIZE,
    ONE,
    SURENESS_WIDTH,
    CountEvidence,
    binned,
)

OBJECTS = ("dog", "cat", "car", "tree", "person")
DOG, CAT = 0, 1


def one_hot(classes: list[int], extra: int = 3) -> torch.Tensor:
    features = torch.zeros(1, len(classes), len(OBJECTS) + extra)
    features[0, range(len(classes)), classes] = 1.0
    return features


def side_by_side(count: int) -> torch.Tensor:
    left = torch.arange(count) / count
    return torch.stack([left, torch.zeros(count), left + 0.8 / count, torch.ones(count)], dim=1)[None]


def slow_counts(classes: np.ndarray, boxes: np.ndarray) -> np.ndarray:
    """[R, K] and [R, 4] -> [R], one pair of regions after the other, classes [R, C] compared as they are."""
    total = len(boxes)
    remaining = np.ones(total)
    for j in range(total):
        for k in range(total):
            if k == j:
                continue
            sides = np.minimum(boxes[j, 2:], boxes[k, 2:]) - np.maximum(boxes[j, :2], boxes[k, :2])
            shared = max(sides[0], 0.0) * max(sides[1], 0.0)
            areas = [float(np.prod(boxes[i, 2:] - boxes[i, :2])) for i in (j, k)]
            overlap = 0.5 * (shared / (sum(areas) - shared) + shared / min(areas))
            place = min(1.0, max(0.0, (overlap - APART) / (ONE - APART)))
            lengths = np.linalg.norm(classes[j]) * np.linalg.norm(classes[k])
            surer = 1.0 / (1.0 + np.exp((classes[j].max() - classes[k].max()) / SURENESS_WIDTH))
            remaining[j] *= 1.0 - surer * min(place * float(classes[j] @ classes[k]) / lengths, 0.999)
    return remaining


def test_three_dogs_and_a_cat():
    evidence = CountEvidence(OBJECTS)(one_hot([DOG, DOG, DOG, CAT]), side_by_side(4))
    own, category = evidence.split(len(BINS), dim=-1)
    assert own[0].argmax(dim=-1).tolist() == [2, 2, 2, 0]  # three, three, three, one
    assert category[0].argmax(dim=-1).tolist() == [3, 3, 3, 3]  # four animals
    torch.testing.assert_close(evidence.sum(dim=-1), torch.full((1, 4), 2.0), atol=1e-4, rtol=0.0)


def test_a_second_box_over_the_same_dog_is_no_second_dog():
    boxes = torch.tensor([[[0.1, 0.1, 0.5, 0.9], [0.12, 0.1, 0.5, 0.88], [0.6, 0.1, 0.9, 0.9]]])
    evidence = CountEvidence(OBJECTS)(one_hot([DOG, DOG, DOG]), boxes)
    assert evidence[0, :, : len(BINS)].argmax(dim=-1).tolist() == [1, 1, 1]
    # A cat in the dog's place is a cat.
    apart = CountEvidence(OBJECTS)(one_hot([DOG, CAT, DOG]), boxes)
    assert apart[0, :, : len(BINS)].argmax(dim=-1).tolist() == [1, 0, 1]


def test_order_of_the_regions_plays_no_part():
    generator = torch.Generator().manual_seed(7)
    classes = torch.rand(1, 9, len(OBJECTS), generator=generator) ** 3
    classes[0, 3] = classes[0, 5]
    low = torch.rand(1, 9, 2, generator=generator) * 0.4
    boxes = torch.cat([low, low + 0.3], dim=-1)
    order = torch.randperm(9, generator=generator)
    counts = CountEvidence(OBJECTS)
    torch.testing.assert_close(counts(classes[:, order], boxes[:, order]), counts(classes, boxes)[:, order])


def test_agrees_with_one_pair_after_the_other():
    generator = torch.Generator().manual_seed(3)
    classes = torch.rand(1, 9, len(OBJECTS), generator=generator) ** 3
    corner = torch.rand(1, 9, 2, generator=generator) * 0.5
    boxes = torch.cat([corner, corner + 0.1 + 0.4 * torch.rand(1, 9, 2, generator=generator)], dim=-1)
    found = CountEvidence(OBJECTS)(classes, boxes)[0, :, : len(BINS)]

    shown = classes[0].double().numpy()
    totals = slow_counts(shown, boxes[0].double().numpy()) @ shown
    counts = (shown * totals).sum(axis=1) / shown.sum(axis=1)
    expected = [[np.interp(n, (0.0, *BINS), np.eye(len(BINS) + 1)[i + 1]) for i in range(len(BINS))] for n in counts]
    np.testing.assert_allclose(found.numpy(), expected, atol=1e-4)


def test_padding_and_regions_of_nothing_count_nothing():
    features = torch.cat([one_hot([DOG, DOG]), torch.zeros(1, 2, len(OBJECTS) + 3)], dim=1)
    boxes = side_by_side(4)
    evidence = CountEvidence(OBJECTS)(features, boxes)
    assert evidence[0, :2, 1].tolist() == pytest.approx([1.0, 1.0], abs=1e-4)
    assert evidence[0, 2:].abs().max() == 0.0


def test_bins_share_what_lies_between_them():
    found = binned(torch.tensor([[0.0, 0.25, 1.0, 7.0, 30.0]]))[0]
    assert found.sum(dim=-1).tolist() == pytest.approx([0.0, 0.25, 1.0, 1.0, 1.0])
    assert found[3, 5] == found[3, 6] == 0.5  # seven lies between six and eight
    assert found[4, -1] == 1.0


def test_runs_as_a_graph_with_another_number_of_regions(tmp_path):
    evidence = CountEvidence(OBJECTS).eval()
    traced = (one_hot([DOG, CAT, DOG]).repeat(2, 1, 1), side_by_side(3).repeat(2, 1, 1))
    names = ["features", "boxes"]
    batch, region = torch.export.Dim("batch", max=64), torch.export.Dim("region", max=64)
    torch.onnx.export(
        evidence,
        traced,
        tmp_path / "counts.onnx",
        input_names=names,
        opset_version=18,
        dynamo=True,
        dynamic_shapes={name: {0: batch, 1: region} for name in names},
        external_data=False,
    )
    features = torch.rand(2, 7, len(OBJECTS) + 3, generator=torch.Generator().manual_seed(1))
    boxes = side_by_side(7).repeat(2, 1, 1)
    session = onnxruntime.InferenceSession(tmp_path / "counts.onnx")
    inputs = {name: value.numpy() for name, value in zip(names, (features, boxes), strict=True)}
    (found,) = session.run(None, inputs)
    np.testing.assert_allclose(found, evidence(features, boxes).numpy(), atol=1e-5)


def test_every_broad_category_has_members_in_the_vocabulary():
    from models.data.vocabulary import OBJECTS as NAMES

    evidence = CountEvidence(NAMES)
    assert evidence.membership.shape == (len(NAMES), len(BROAD))
    assert (evidence.membership.sum(dim=0) > 0).all()
    assert EVIDENCE_SIZE == 2 * len(BINS)
