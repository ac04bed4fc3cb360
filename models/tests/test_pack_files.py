"""Committed packs: their files, their pack.json, and every graph against PyTorch."""

import json
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
import torch
from onnx import TensorProto

from models.lxmert.export_heads import TASK_HEADS
from models.pack.byte_rows import round_rows_to_bytes, store_rows_in_bytes, store_steps_in_bytes
from models.pack.cases import preprocess_case, tokens_case
from models.pack.golden import golden_case, golden_pixels
from models.pack.half_weights import store_weights_half
from models.pack.read_pack import file_faults, read_pack
from models.pack.tiny import tiny_contents
from models.verify import verify

TINY_PACK = Path("models/fixtures/tiny-pack")
PACKS = [TINY_PACK, *sorted(path.parent for path in Path("public/packs").glob("*/pack.json"))]
CASES = Path("models/fixtures/cases")
LARGEST_PACK_BYTES = 25_000_000
LARGEST_TINY_BYTES = 1_500_000


@pytest.mark.parametrize("folder", PACKS, ids=lambda path: path.name)
def test_files_are_as_stated(folder):
    assert file_faults(folder) == []


@pytest.mark.parametrize("folder", PACKS, ids=lambda path: path.name)
def test_graphs_have_the_stated_axes(folder):
    pack = read_pack(folder)
    labels, lxmert = pack["labels"], pack["lxmert"]
    assert lxmert["featureSize"] > len(labels["objects"]) + len(labels["attributes"])

    def widths(file: str) -> dict[str, object]:
        graph = onnx.load(str(folder / file)).graph
        last = ((value.name, value.type.tensor_type.shape.dim[-1]) for value in [*graph.input, *graph.output])
        return {name: dim.dim_value or dim.dim_param for name, dim in last}

    assert widths(pack["detector"]["roiHead"])["features"] == lxmert["featureSize"]
    assert widths(pack["detector"]["roiHead"])["class_scores"] == len(labels["objects"])
    assert widths(pack["detector"]["roiHead"])["attribute_scores"] == len(labels["attributes"])
    assert widths(lxmert["vision"])["features"] == lxmert["featureSize"]
    assert widths(lxmert["language"])["token_ids"] == "token"
    assert widths(lxmert["cross"])["logits"] == len(labels["answers"])
    assert widths(lxmert["cross"])["text_to_region_attention"] == "region"
    assert {*pack["detector"]["featureMaps"]} < {*widths(pack["detector"]["backbone"])}


@pytest.mark.parametrize("folder", PACKS, ids=lambda path: path.name)
def test_golden_case_holds_in_onnx_runtime(folder):
    pack = read_pack(folder)
    golden = json.loads((folder / pack["golden"]["file"]).read_text())
    tolerance = pack["golden"]["tolerance"]

    def run(file: str, outputs: list[str], inputs: dict[str, np.ndarray]) -> list[np.ndarray]:
        session = onnxruntime.InferenceSession(str(folder / file))
        # A pack may be older than the gates of heads.
        gates = {
            value.name: np.ones([1, *value.shape[1:]], np.float32)
            for value in session.get_inputs()
            if value.name == "head_gates"
        }
        return session.run(outputs, {**inputs, **gates})

    detector, lxmert, maps = pack["detector"], pack["lxmert"], pack["detector"]["featureMaps"]
    scores, *found = run(detector["backbone"], ["proposal_scores", *maps], {"pixels": golden_pixels()})
    boxes = np.array(golden["boxes"], np.float32)
    roi_inputs = {**dict(zip(maps, found, strict=True)), "boxes": boxes}
    classes, features = run(detector["roiHead"], ["class_scores", "features"], roi_inputs)
    token_mask = np.ones((1, len(golden["tokenIds"])), np.float32)
    region_mask = np.ones((1, len(boxes)), np.float32)
    vision_inputs = {"features": features[None], "boxes": boxes[None], "region_mask": region_mask}
    (vision,) = run(lxmert["vision"], ["vision_states"], vision_inputs)
    language_inputs = {"token_ids": np.array([golden["tokenIds"]], np.int32), "token_mask": token_mask}
    (language,) = run(lxmert["language"], ["language_states"], language_inputs)
    (logits,) = run(
        lxmert["cross"],
        ["logits"],
        {"language_states": language, "token_mask": token_mask, "vision_states": vision, "region_mask": region_mask},
    )
    expected = golden["expected"]
    np.testing.assert_allclose(scores[:32], expected["proposalScoresHead"], atol=tolerance, rtol=0)
    np.testing.assert_allclose(classes.reshape(-1), expected["classScores"], atol=tolerance, rtol=0)
    np.testing.assert_allclose(logits.reshape(-1), expected["logits"], atol=tolerance, rtol=0)


def test_tiny_pack_is_small():
    assert sum(path.stat().st_size for path in TINY_PACK.iterdir()) < LARGEST_TINY_BYTES


@pytest.mark.parametrize("folder", PACKS, ids=lambda path: path.name)
def test_pack_is_no_larger_than_promised(folder):
    assert sum(path.stat().st_size for path in folder.iterdir()) <= LARGEST_PACK_BYTES


def test_tiny_pack_equals_pytorch_at_other_sizes_than_traced(capsys):
    assert verify(TINY_PACK)
    assert capsys.readouterr().out.count("ok ") == 10


def test_tiny_cases_are_what_the_code_writes():
    contents = tiny_contents()
    for case in (preprocess_case(contents), tokens_case(contents)):
        stored = json.loads((CASES / f"{case['stage']}-tiny.json").read_text())
        assert stored == {"pack": TINY_PACK.as_posix(), **case}
    golden = golden_case(contents)
    stored = json.loads((TINY_PACK / "golden.json").read_text())
    np.testing.assert_allclose(golden["expected"]["logits"], stored["expected"]["logits"], atol=1e-4)
    assert set(stored["expected"]["heads"]) == set(TASK_HEADS)
    for head, numbers in golden["expected"]["heads"].items():
        np.testing.assert_allclose(numbers, stored["expected"]["heads"][head], atol=1e-4)


def test_large_weights_are_stored_half_and_small_ones_are_not():
    large = torch.randn(40, 30).numpy()
    small = torch.randn(30).numpy()
    nodes = [
        onnx.helper.make_node("MatMul", ["x", "large"], ["y"]),
        onnx.helper.make_node("Add", ["y", "small"], ["z"]),
    ]
    x = onnx.helper.make_tensor_value_info("x", TensorProto.FLOAT, [None, 40])
    z = onnx.helper.make_tensor_value_info("z", TensorProto.FLOAT, [None, 30])
    weights = [onnx.numpy_helper.from_array(large, "large"), onnx.numpy_helper.from_array(small, "small")]
    graph = onnx.helper.make_graph(nodes, "affine", [x], [z], weights)
    model = onnx.helper.make_model(graph, opset_imports=[onnx.helper.make_opsetid("", 18)], ir_version=10)
    stored = store_weights_half(model)
    kinds = {tensor.name: tensor.data_type for tensor in stored.graph.initializer}
    assert kinds == {"large.half": TensorProto.FLOAT16, "small": TensorProto.FLOAT}
    given = torch.randn(5, 40).numpy()
    (found,) = onnxruntime.InferenceSession(stored.SerializeToString()).run(None, {"x": given})
    rounded = large.astype(np.float16).astype(np.float32)
    np.testing.assert_allclose(found, given @ rounded + small, atol=1e-4)


@pytest.mark.parametrize("lies_down", [False, True])
def test_word_embeddings_are_stored_in_bytes_and_read_as_they_were_rounded(lies_down):
    words = torch.randn(50, 8) * torch.rand(50, 1)
    exact = words.clone()
    round_rows_to_bytes(words)
    assert (words - exact).abs().max() <= exact.abs().max() / 127
    matrix = (words.T if lies_down else words).contiguous().numpy()
    x = onnx.helper.make_tensor_value_info("x", TensorProto.FLOAT, [None, matrix.shape[0]])
    y = onnx.helper.make_tensor_value_info("y", TensorProto.FLOAT, [None, matrix.shape[1]])
    weight = onnx.numpy_helper.from_array(matrix, "words")
    graph = onnx.helper.make_graph([onnx.helper.make_node("MatMul", ["x", "words"], ["y"])], "read", [x], [y], [weight])
    model = onnx.helper.make_model(graph, opset_imports=[onnx.helper.make_opsetid("", 18)], ir_version=10)
    stored = store_weights_half(store_rows_in_bytes(model, 50))
    kinds = {tensor.name: tensor.data_type for tensor in stored.graph.initializer}
    assert kinds == {"words.bytes": TensorProto.INT8, "words.scales": TensorProto.FLOAT}
    one_each = np.eye(matrix.shape[0], dtype=np.float32)
    (found,) = onnxruntime.InferenceSession(stored.SerializeToString()).run(None, {"x": one_each})
    np.testing.assert_allclose(found, matrix, atol=1e-6)


@pytest.mark.parametrize("shape, axis", [((60, 90), 0), ((90, 60), 1), ((70, 1, 9, 9), 0), ((80, 64, 1, 1), 0)])
def test_what_was_rounded_to_bytes_is_stored_so_and_nothing_else(shape, axis):
    rows = torch.randn(shape).movedim(axis, 0).contiguous()
    as_trained = rows.movedim(0, axis).contiguous().numpy().copy()
    round_rows_to_bytes(rows)
    rounded = rows.movedim(0, axis).contiguous().numpy()
    weights = [onnx.numpy_helper.from_array(w, name) for w, name in ((rounded, "rounded"), (as_trained, "trained"))]
    outputs = [onnx.helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name in ("a", "b")]
    nodes = [onnx.helper.make_node("Identity", [w.name], [y.name]) for w, y in zip(weights, outputs)]
    graph = onnx.helper.make_graph(nodes, "read", [], outputs, weights)
    model = onnx.helper.make_model(graph, opset_imports=[onnx.helper.make_opsetid("", 18)], ir_version=10)
    stored = store_weights_half(store_steps_in_bytes(model))
    kinds = {tensor.name: tensor.data_type for tensor in stored.graph.initializer}
    half = {"trained.half": TensorProto.FLOAT16}
    assert kinds == half | {"rounded.bytes": TensorProto.INT8, "rounded.scales": TensorProto.FLOAT}
    found, _ = onnxruntime.InferenceSession(stored.SerializeToString()).run(None, {})
    np.testing.assert_allclose(found, rounded, atol=1e-6)


def test_a_weight_beyond_half_precision_is_refused():
    huge = onnx.numpy_helper.from_array(np.full((20, 20), 1e6, np.float32), "huge")
    graph = onnx.helper.make_graph([], "empty", [], [], [huge])
    with pytest.raises(ValueError, match="huge reaches 1e\\+06"):
        store_weights_half(onnx.helper.make_model(graph))
