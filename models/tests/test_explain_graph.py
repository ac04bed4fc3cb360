"""The gradient graph computes what autograd computes, keeps its weights in other files, and survives padding."""

import numpy as np
import onnx
import onnxruntime
import pytest
import torch
from onnx import TensorProto, helper, numpy_helper

from models.lxmert.export_explain import MODULES, OUTPUTS, ExplainedAnswer
from models.lxmert.export_modules import additive_mask
from models.lxmert.head_numbers import head_numbers
from models.lxmert.network import build_lxmert
from models.lxmert.relevance import Relevance, Scene, attention_and_gradients, last_attention, relevance, rollout
from models.lxmert.size import LxmertSize
from models.pack.borrow_weights import borrow_weights

REGIONS, TOKENS, FEATURES, VOCABULARY, ANSWERS = 7, 9, 30, 50, 11
TOLERANCE = 1e-5
SIZE = LxmertSize(hidden_size=32, heads=2, language_layers=2, vision_layers=2, cross_layers=3)


@pytest.fixture(scope="module")
def model():
    torch.manual_seed(3)
    sizes = {"feature_size": FEATURES, "vocabulary_size": VOCABULARY, "answer_count": ANSWERS}
    return build_lxmert(SIZE, ("dog", "cat", "car"), attribute_count=4, **sizes).eval()


@pytest.fixture(scope="module")
def scene():
    torch.manual_seed(4)
    corners = torch.rand(REGIONS, 2) * 0.5
    return Scene(
        torch.rand(REGIONS, FEATURES),
        torch.cat([corners, corners + 0.1 + 0.3 * torch.rand(REGIONS, 2)], dim=1),
        torch.ones(REGIONS),
        torch.randint(0, VOCABULARY, (TOKENS,)),
        torch.ones(TOKENS),
    )


def padded(scene: Scene, regions: int, tokens: int) -> Scene:
    """Rows of zeros at the end, as in a batch of unequal questions."""
    return Scene(
        torch.cat([scene.features, torch.zeros(regions, FEATURES)]),
        torch.cat([scene.boxes, torch.zeros(regions, 4)]),
        torch.cat([scene.region_mask, torch.zeros(regions)]),
        torch.cat([scene.token_ids, torch.zeros(tokens, dtype=torch.long)]),
        torch.cat([scene.token_mask, torch.zeros(tokens)]),
    )


def answers_difference() -> torch.Tensor:
    target = torch.zeros(ANSWERS)
    target[4], target[7] = 1.0, -1.0
    return target


@torch.no_grad()
def explained(
    model, scene: Scene, target: torch.Tensor, cross_gates: torch.Tensor | None = None
) -> dict[str, torch.Tensor]:
    """By the outputs' names, without the batch; cross_gates [L, 4, H], all open where there are none."""
    heads = SIZE.heads
    opened = torch.ones(SIZE.cross_layers, 4, heads)
    outputs = ExplainedAnswer(model)(
        scene.features[None],
        scene.boxes[None],
        scene.region_mask[None],
        scene.token_ids[None].int(),
        scene.token_mask[None],
        torch.ones(1, SIZE.language_layers, heads),
        torch.ones(1, SIZE.vision_layers, heads),
        (opened if cross_gates is None else cross_gates)[None],
        target[None],
    )
    return {name: output[0] for name, output in zip(OUTPUTS, outputs, strict=True)}


@pytest.mark.parametrize("padding", [(0, 0), (2, 3)])
def test_logits_attention_and_gradients_are_those_of_autograd(model, scene, padding):
    shown = padded(scene, *padding)
    found = explained(model, shown, answers_difference())
    expected, attention, gradients = attention_and_gradients(model, shown, answers_difference())
    torch.testing.assert_close(found["logits"], expected, atol=TOLERANCE, rtol=0)
    for name in MODULES:
        torch.testing.assert_close(found[f"{name}_attention"].double(), attention[name], atol=TOLERANCE, rtol=0)
        torch.testing.assert_close(found[f"{name}_gradient"].double(), gradients[name], atol=TOLERANCE, rtol=0)
        # The last layer's regions are read by nobody.
        assert name in ("region_to_text", "region_self") or gradients[name].abs().max() > 1e-4


@pytest.mark.parametrize("padding", [(0, 0), (2, 3)])
def test_scores_and_values_are_those_of_the_attention_modules(model, scene, padding):
    shown = padded(scene, *padding)
    found = explained(model, shown, answers_difference())
    for name, layers in head_numbers(model, shown).items():
        scores, values, attention = (found[f"{name}_{kind}"] for kind in ("scores", "values", "attention"))
        assert len(scores) == len(values) == len(layers)
        keep = shown.region_mask if name in ("vision", "text_to_region", "region_self") else shown.token_mask
        for index, head in enumerate(layers):
            torch.testing.assert_close(scores[index], head.scores, atol=TOLERANCE, rtol=0)
            torch.testing.assert_close(values[index], head.values, atol=TOLERANCE, rtol=0)
            weights = torch.softmax(scores[index] + additive_mask(keep[None])[0], dim=-1)
            torch.testing.assert_close(weights, attention[index], atol=TOLERANCE, rtol=0)
            torch.testing.assert_close(attention[index] @ values[index], head.context, atol=TOLERANCE, rtol=0)
        assert scores.std() > 1e-3 and values.std() > 1e-3


def test_closed_heads_have_no_gradient_and_change_the_answer(model, scene):
    target = answers_difference()
    gates = torch.ones(SIZE.cross_layers, 4, SIZE.heads)
    gates[1, 0, 1] = 0.0
    closed = explained(model, scene, target, gates)
    assert (closed["logits"] - explained(model, scene, target)["logits"]).abs().max() > 1e-3
    text_to_region = closed["text_to_region_gradient"]  # [L, H, T, R]
    assert text_to_region[1, 1].abs().max() == 0.0
    assert text_to_region[1, 0].abs().max() > 0.0


@pytest.mark.parametrize(
    "explain",
    [relevance, lambda attention, _: rollout(attention), lambda attention, _: last_attention(attention)],
    ids=["relevance", "rollout", "attention"],
)
def test_padding_changes_nothing_and_is_never_not_a_number(model, scene, explain):
    tokens, regions = explain(*attention_and_gradients(model, scene, answers_difference())[1:])
    padded_tokens, padded_regions = explain(
        *attention_and_gradients(model, padded(scene, 2, 3), answers_difference())[1:]
    )
    torch.testing.assert_close(padded_tokens[:TOKENS], tokens, atol=1e-6, rtol=0)
    torch.testing.assert_close(padded_regions[:REGIONS], regions, atol=1e-6, rtol=0)
    assert padded_tokens[TOKENS:].abs().max() == 0.0
    assert padded_regions[REGIONS:].abs().max() == 0.0


def test_both_directions_of_a_cross_layer_read_the_old_matrices():
    """Equations 10 and 11 by hand, for one token and one region and weights 2 and 3."""
    state = Relevance(1, 1)
    state.tr, state.rt = torch.tensor([[5.0]]).double(), torch.tensor([[7.0]]).double()
    state.cross(torch.tensor([[2.0]]).double(), torch.tensor([[3.0]]).double())
    assert [m.item() for m in (state.tr, state.rt, state.tt, state.rr)] == [5 + 2, 7 + 3, 1 + 2 * 7, 1 + 3 * 5]


def test_weights_are_read_where_another_graph_has_them(tmp_path):
    weight = np.arange(600, dtype=np.float32).reshape(20, 30)
    own = np.linspace(0, 1, 400, dtype=np.float32).reshape(20, 20)

    def product(names_and_weights: list[tuple[str, np.ndarray]], width: int) -> onnx.ModelProto:
        nodes = [helper.make_node("MatMul", ["x", name], [f"y_{name}"]) for name, _ in names_and_weights]
        outputs = [helper.make_tensor_value_info(f"y_{name}", TensorProto.FLOAT, None) for name, _ in names_and_weights]
        inputs = [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, width])]
        tensors = [numpy_helper.from_array(values, name) for name, values in names_and_weights]
        graph = helper.make_graph(nodes, "product", inputs, outputs, tensors)
        return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)

    onnx.save(product([("a", weight)], 20), str(tmp_path / "lender.onnx"))
    onnx.save(product([("turned", np.ascontiguousarray(weight.T))], 30), str(tmp_path / "turned.onnx"))
    borrower = borrow_weights(product([("w", weight), ("own", own)], 20), tmp_path, ("turned.onnx",))
    onnx.save(borrower, str(tmp_path / "borrower.onnx"))
    stored = {
        tensor.name: tensor
        for tensor in onnx.load(str(tmp_path / "borrower.onnx"), load_external_data=False).graph.initializer
    }
    assert stored["w.turned"].data_location == TensorProto.EXTERNAL and not stored["w.turned"].raw_data
    assert stored["own"].raw_data
    x = np.linspace(-1, 1, 20, dtype=np.float32)[None]
    found = onnxruntime.InferenceSession(str(tmp_path / "borrower.onnx")).run(["y_w", "y_own"], {"x": x})
    np.testing.assert_allclose(found[0], x @ weight, rtol=1e-5)
    np.testing.assert_allclose(found[1], x @ own, rtol=1e-5)
    straight = borrow_weights(product([("w", weight)], 20), tmp_path, ("lender.onnx",))
    assert [tensor.name for tensor in straight.graph.initializer] == ["w"]
