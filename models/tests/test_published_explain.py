"""The published graphs of gradients compute what autograd finds in transformers' LXMERT, from weights of other graphs."""

import numpy as np
import onnx
import pytest
import torch
from onnx import TensorProto
from transformers import LxmertForPreTraining, LxmertForQuestionAnswering

from models.lxmert.export_explain import EXPLAIN_FILE, MODULES
from models.lxmert.export_graphs import CROSS_FILE, LANGUAGE_FILE, VISION_FILE
from models.lxmert.relevance import relevance
from models.published.expand_layers import expand_layers, layers_of
from models.published.lxmert_explain import PRECISIONS
from models.published.lxmert_fixtures import in_halves
from models.published.lxmert_gradients import explain_by_autograd
from models.published.lxmert_recipes import PUBLISHED, PUBLISHED_LXMERTS
from models.tests.test_published_lxmert import SMALL, fill, largest, recipe_of, run, small_model

TOLERANCE = 1e-5
REGIONS, TOKENS = 9, 7
GATES = {"language_gates": "languageLayers", "vision_gates": "visionLayers", "cross_gates": "crossLayers"}


@pytest.fixture
def inputs():
    torch.manual_seed(5)
    return {
        "features": torch.rand(1, REGIONS, SMALL["visual_feat_dim"]) * 5,
        "boxes": torch.rand(1, REGIONS, 4),
        "region_mask": torch.ones(1, REGIONS),
        "token_ids": torch.randint(0, SMALL["vocab_size"], (1, TOKENS)),
        "token_mask": torch.ones(1, TOKENS),
    }


def padded(inputs: dict, regions: int, tokens: int) -> dict:
    """Rows of zeros at the end, as in a batch of unequal questions."""
    more = {"features": regions, "boxes": regions, "region_mask": regions, "token_ids": tokens, "token_mask": tokens}
    return {
        name: torch.cat([values, values.new_zeros(1, more[name], *values.shape[2:])], dim=1)
        for name, values in inputs.items()
    }


def one_against_another() -> torch.Tensor:
    target = torch.zeros(SMALL["num_qa_labels"])
    target[4], target[7] = 1.0, -1.0
    return target


def open_gates(filled, batch: int = 1) -> dict[str, np.ndarray]:
    modules = {"cross_gates": (4,)}
    return {
        name: np.ones((batch, filled.sizes[size], *modules.get(name, ()), filled.sizes["heads"]), np.float32)
        for name, size in GATES.items()
    }


def explained(filled, inputs: dict, target: torch.Tensor, closed: dict | None = None) -> dict[str, np.ndarray]:
    gates = open_gates(filled)
    for name, places in (closed or {}).items():
        for place in places:
            gates[name][(0, *place)] = 0.0
    given = {**inputs, "token_ids": inputs["token_ids"].int(), **gates, "target": target[None]}
    return run(filled.sessions[EXPLAIN_FILE], given)


def differences(found: dict[str, np.ndarray], model: torch.nn.Module, inputs: dict, target: torch.Tensor) -> dict:
    expected = explain_by_autograd(model, inputs, target)
    assert all(expected.gradients[name].abs().max() > 1e-4 for name in MODULES[:3])
    attention, gradients = (
        {name: torch.from_numpy(found[f"{name}_{kind}"][0]).double() for name in MODULES}
        for kind in ("attention", "gradient")
    )
    pairs = zip(relevance(attention, gradients), relevance(expected.attention, expected.gradients), strict=True)
    return {
        "logits": largest(found["logits"][0], expected.logits),
        "attention": max(largest(attention[name].numpy(), expected.attention[name]) for name in MODULES),
        "gradients": max(largest(gradients[name].numpy(), expected.gradients[name]) for name in MODULES),
        "relevance": max(largest(one.numpy(), other) for one, other in pairs),
    }


@pytest.mark.parametrize("padding", [(0, 0), (2, 3)])
@pytest.mark.parametrize("precision", PRECISIONS)
@pytest.mark.parametrize("id", [published.id for published in PUBLISHED_LXMERTS])
def test_gradients_and_relevance_are_those_of_autograd(id, precision, padding, inputs, tmp_path):
    has_heads = next(one for one in PUBLISHED_LXMERTS if one.id == id).has_heads
    model = small_model(LxmertForPreTraining if has_heads else LxmertForQuestionAnswering)
    filled = fill(id, model, precision, tmp_path)
    stored = in_halves(model) if precision == "fp16" else model
    shown, target = padded(inputs, *padding), one_against_another()
    found = explained(filled, shown, target)
    assert all(np.isfinite(values).all() for values in found.values())
    assert max(differences(found, stored, shown, target).values()) < TOLERANCE


@pytest.mark.parametrize("depth", [{"l_layers": 1, "r_layers": 1, "x_layers": 1}, {"l_layers": 4, "x_layers": 5}])
def test_any_depth_has_gradients(depth, inputs, tmp_path):
    model = small_model(LxmertForQuestionAnswering, **depth)
    filled = fill("lxmert-gqa", model, "fp32", tmp_path)
    target = one_against_another()
    assert max(differences(explained(filled, inputs, target), model, inputs, target).values()) < TOLERANCE


def test_several_questions_at_once_are_explained_like_each_alone(inputs, tmp_path):
    model = small_model(LxmertForQuestionAnswering)
    filled = fill("lxmert-vqa", model, "fp32", tmp_path)
    target = one_against_another()
    alone = explained(filled, padded(inputs, 0, 2), target)
    other = {**inputs, "token_ids": inputs["token_ids"].flip(1)}
    both = {name: torch.cat([values, padded(other, 0, 2)[name]]) for name, values in padded(inputs, 0, 2).items()}
    gates = open_gates(filled, batch=2)
    given = {**both, "token_ids": both["token_ids"].int(), **gates, "target": torch.stack([target, -target])}
    found = run(filled.sessions[EXPLAIN_FILE], given)
    for name, values in alone.items():
        assert np.abs(found[name][:1] - values).max() < TOLERANCE, name


def test_a_closed_head_has_no_gradient_and_changes_the_answer(inputs, tmp_path):
    filled = fill("lxmert-vqa", small_model(LxmertForQuestionAnswering), "fp32", tmp_path)
    target = one_against_another()
    closed = {"cross_gates": [(0, 0, 2)], "language_gates": [(1, 3)], "vision_gates": [(0, 1)]}
    whole, cut = explained(filled, inputs, target), explained(filled, inputs, target, closed)
    assert np.abs(whole["logits"] - cut["logits"]).max() > 1e-3
    for module, head in (("text_to_region", (0, 2)), ("language", (1, 3)), ("vision", (0, 1))):
        assert np.abs(cut[f"{module}_gradient"][(0, *head)]).max() == 0.0
        assert np.abs(whole[f"{module}_gradient"][(0, *head)]).max() > 0.0


def test_attention_is_what_the_shown_scores_and_values_make(inputs, tmp_path):
    """The softmax of the scores is the attention, for every head of every layer."""
    found = explained(
        fill("lxmert-vqa", small_model(LxmertForQuestionAnswering), "fp32", tmp_path), inputs, one_against_another()
    )
    width = SMALL["hidden_size"] // SMALL["num_attention_heads"]
    for module in MODULES:
        attention = found[f"{module}_attention"]
        softmax = torch.from_numpy(found[f"{module}_scores"]).softmax(dim=-1)
        assert largest(attention, softmax) < TOLERANCE
        assert found[f"{module}_values"].shape == (*attention.shape[:3], attention.shape[4], width)


@pytest.mark.parametrize("id", [published.id for published in PUBLISHED_LXMERTS])
def test_every_weight_is_read_in_the_file_of_another_graph(id, tmp_path):
    has_heads = next(one for one in PUBLISHED_LXMERTS if one.id == id).has_heads
    fill(id, small_model(LxmertForPreTraining if has_heads else LxmertForQuestionAnswering), "fp16", tmp_path)
    graph = onnx.load(tmp_path / EXPLAIN_FILE, load_external_data=False).graph
    read = {
        entry.value
        for tensor in graph.initializer
        if tensor.data_location == TensorProto.EXTERNAL
        for entry in tensor.external_data
        if entry.key == "location"
    }
    lenders = (VISION_FILE, LANGUAGE_FILE, CROSS_FILE)
    assert read == {(tmp_path / name).with_suffix(".weights.bin").name for name in lenders}
    assert not (tmp_path / EXPLAIN_FILE).with_suffix(".weights.bin").exists()


def test_bytes_have_no_gradient():
    for published in PUBLISHED_LXMERTS:
        (entry,) = (graph for graph in recipe_of(published.id)["graphs"] if graph["file"] == EXPLAIN_FILE)
        assert set(entry["skeletons"]) == set(PRECISIONS)


def test_nothing_is_computed_that_no_output_needs():
    (entry,) = (graph for graph in recipe_of("lxmert-vqa")["graphs"] if graph["file"] == EXPLAIN_FILE)
    skeleton = onnx.load(PUBLISHED / "lxmert-vqa" / entry["skeletons"]["fp32"], load_external_data=False)
    sizes = {"languageLayers": 2, "visionLayers": 3, "crossLayers": 2}
    model, _ = expand_layers(skeleton, {}, layers_of(entry, sizes))
    read = {name for node in model.graph.node for name in node.input} | {one.name for one in model.graph.output}
    assert all(any(name in read for name in node.output) for node in model.graph.node)
    assert {tensor.name for tensor in model.graph.initializer} <= read
