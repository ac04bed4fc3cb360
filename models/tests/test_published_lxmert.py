"""The published LXMERT's graphs, filled from a checkpoint as their recipes say, compute what transformers computes."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
import torch
from safetensors.torch import load_file
from transformers import LxmertConfig, LxmertForPreTraining, LxmertForQuestionAnswering

from models.lxmert.export_graphs import CROSS_FILE, LANGUAGE_FILE, VISION_FILE
from models.lxmert.export_heads import MASKED_OBJECTS_FILE, MASKED_WORDS_FILE, MATCHING_FILE
from models.lxmert.export_modules import CrossEncoder
from models.lxmert.reference_run import run_transformers
from models.published import lxmert_fixtures
from models.published.fill_skeleton import fill_skeleton
from models.published.graph_writer import PRECISIONS
from models.published.lxmert_graphs import open_gates
from models.published.lxmert_recipes import PUBLISHED, PUBLISHED_LXMERTS, values_of, write_recipe

SHAPES = Path(__file__).with_name("published_lxmert_shapes.json")
TOLERANCE = 1e-5
# Random weights of this size; what is lost with trained ones must be measured anew.
LOSS_ALLOWED = {"fp32": TOLERANCE, "fp16": 0.02, "int8": 0.6}
BATCH, REGIONS, TOKENS = 2, 9, 7
expected_of = torch.no_grad()(run_transformers)
# Other than published in every respect, in depth too.
SMALL = {
    "vocab_size": 120,
    "hidden_size": 48,
    "num_attention_heads": 4,
    "intermediate_size": 80,
    "num_qa_labels": 13,
    "num_object_labels": 12,
    "num_attr_labels": 7,
    "l_layers": 3,
    "r_layers": 1,
    "x_layers": 2,
    "visual_feat_dim": 32,
    "max_position_embeddings": 40,
}


def recipe_of(id: str) -> dict:
    return json.loads((PUBLISHED / id / "recipe.json").read_text())


def sizes_of(recipe: dict, configuration: dict) -> dict[str, int]:
    """As the converter reads them from config.json."""
    keys = {name: rule.get("config", []) for name, rule in recipe["sizes"].items()}
    first = {name: key if isinstance(key, str) else key[0] for name, key in keys.items()}
    return {name: configuration.get(first[name], rule["value"]) for name, rule in recipe["sizes"].items()}


@dataclass(frozen=True)
class Filled:
    sessions: dict[str, onnxruntime.InferenceSession]
    sizes: dict[str, int]


def fill(id: str, model: torch.nn.Module, precision: str, folder: Path) -> Filled:
    recipe = recipe_of(id)
    sizes = sizes_of(recipe, model.config.to_dict())
    sessions = {}
    for graph in recipe["graphs"]:
        if precision not in graph["skeletons"]:
            continue
        skeleton = onnx.load(PUBLISHED / id / graph["skeletons"][precision], load_external_data=False)
        path = fill_skeleton(skeleton, graph, sizes, model.state_dict(), folder / graph["file"])
        onnx.checker.check_model(path)
        sessions[graph["file"]] = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    return Filled(sessions, sizes)


def run(session: onnxruntime.InferenceSession, inputs: dict) -> dict[str, np.ndarray]:
    names = [output.name for output in session.get_outputs()]
    return dict(zip(names, session.run(None, {name: np.asarray(value) for name, value in inputs.items()}), strict=True))


def ask(filled: Filled, inputs: dict, closed: dict | None = None) -> dict[str, np.ndarray]:
    """Every output of the three graphs that answer a question; `closed`: places in the gates of a graph."""
    values = {**inputs, "token_ids": inputs["token_ids"].int()}
    for file in (VISION_FILE, LANGUAGE_FILE, CROSS_FILE):
        session = filled.sessions[file]
        values |= open_gates(file, filled.sizes, len(inputs["boxes"]))
        for place in (closed or {}).get(file, []):
            values["head_gates"][(slice(None), *place)] = 0.0
        values |= run(session, {one.name: values[one.name] for one in session.get_inputs()})
    return values


@pytest.fixture
def inputs():
    torch.manual_seed(4)
    region_mask, token_mask = torch.ones(BATCH, REGIONS), torch.ones(BATCH, TOKENS)
    region_mask[1, 6:] = 0.0
    token_mask[1, 5:] = 0.0
    return {
        "features": torch.rand(BATCH, REGIONS, SMALL["visual_feat_dim"]) * 5,
        "boxes": torch.rand(BATCH, REGIONS, 4),
        "region_mask": region_mask,
        "token_ids": torch.randint(0, SMALL["vocab_size"], (BATCH, TOKENS)),
        "token_mask": token_mask,
    }


def products_saturate() -> bool:
    """Whether ONNX Runtime's 8-bit products overflow here: without VNNI, two of them are added in 16 bits."""
    nodes = [onnx.helper.make_node("MatMulInteger", ["a", "b"], ["y"])]
    a = onnx.helper.make_tensor_value_info("a", onnx.TensorProto.UINT8, [1, 64])
    b = onnx.numpy_helper.from_array(np.full((64, 16), 127, np.int8), "b")
    y = onnx.helper.make_tensor_value_info("y", onnx.TensorProto.INT32, [1, 16])
    graph = onnx.helper.make_graph(nodes, "products", [a], [y], [b])
    model = onnx.helper.make_model(graph, opset_imports=[onnx.helper.make_opsetid("", 17)], ir_version=8)
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    (found,) = session.run(None, {"a": np.full((1, 64), 255, np.uint8)})
    return int(found[0, 0]) != 64 * 255 * 127


exact_int8 = pytest.mark.skipif(
    products_saturate(), reason="this processor adds 8-bit products in 16 bits, which overflow"
)


def small_model(kind: type, **changed: int) -> torch.nn.Module:
    torch.manual_seed(3)
    return kind(LxmertConfig(**{**SMALL, "initializer_range": 0.15, **changed})).eval()


def largest(found: np.ndarray, expected: torch.Tensor) -> float:
    assert found.shape == tuple(expected.shape)
    return float(np.abs(found - expected.numpy()).max())


@pytest.mark.parametrize(
    "precision", [pytest.param(name, marks=exact_int8) if name == "int8" else name for name in PRECISIONS]
)
@pytest.mark.parametrize("id", [published.id for published in PUBLISHED_LXMERTS])
def test_answers_and_attentions_equal_transformers(id, precision, inputs, tmp_path):
    has_heads = "lxmert-matching.onnx" in [graph["file"] for graph in recipe_of(id)["graphs"]]
    model = small_model(LxmertForPreTraining if has_heads else LxmertForQuestionAnswering)
    filled = fill(id, model, precision, tmp_path)
    sessions = filled.sessions
    found, expected = ask(filled, inputs), expected_of(model, inputs)
    allowed = LOSS_ALLOWED[precision]
    assert largest(found["logits"], expected.question_answering_score) < allowed
    for name, maps in (
        ("language_attention", expected.language_attentions),
        ("vision_attention", expected.vision_attentions),
        ("text_to_region_attention", expected.cross_encoder_attentions),
    ):
        assert largest(found[name], torch.stack(maps, dim=1)) < allowed
    if has_heads:
        words = run(sessions[MASKED_WORDS_FILE], {"text_states": found["text_states"]})["word_logits"]
        assert largest(words, expected.prediction_logits) < allowed
        match = run(sessions[MATCHING_FILE], {"pooled": found["pooled"]})["match_logits"]
        assert largest(match, expected.cross_relationship_score) < allowed
        objects = run(sessions[MASKED_OBJECTS_FILE], {"region_states": found["region_states"]})
        with torch.no_grad():
            decoded = model.obj_predict_head(torch.from_numpy(found["region_states"]))
        for name, key in (("class_logits", "obj"), ("attribute_logits", "attr"), ("features", "feat")):
            assert largest(objects[name], decoded[key]) < allowed


@torch.no_grad()
def test_maps_that_transformers_hides_equal_the_traced_modules(inputs, tmp_path):
    model = small_model(LxmertForQuestionAnswering)
    found = ask(fill("lxmert-vqa", model, "fp32", tmp_path), inputs)
    states = (found["language_states"], inputs["token_mask"], found["vision_states"], inputs["region_mask"])
    encoder = CrossEncoder(model.lxmert, model.answer_head)
    logits, pooled, _, _, *maps = encoder(*(torch.as_tensor(one) for one in states))
    named = ("text_to_region", "region_to_text", "text_self", "region_self")
    for name, expected in zip(named, maps, strict=True):
        assert largest(found[f"{name}_attention"], expected) < TOLERANCE
    for name, expected in (("logits", logits), ("pooled", pooled)):
        assert largest(found[name], expected) < TOLERANCE


def test_a_closed_gate_is_a_head_that_gives_nothing(inputs, tmp_path):
    model = small_model(LxmertForQuestionAnswering)
    filled = fill("lxmert-vqa", model, "fp32", tmp_path)
    width = SMALL["hidden_size"] // SMALL["num_attention_heads"]
    encoder = model.lxmert.encoder
    crossing = encoder.x_layers[0]
    # The two directions of looking across share their heads, so both are closed.
    closed = {VISION_FILE: [(0, 3)], LANGUAGE_FILE: [(2, 1)], CROSS_FILE: [(0, 0, 2), (0, 1, 2), (0, 2, 0), (0, 3, 1)]}
    values = {
        encoder.r_layers[0].attention.self.value: 3,
        encoder.layer[2].attention.self.value: 1,
        crossing.visual_attention.att.value: 2,
        crossing.lang_self_att.self.value: 0,
        crossing.visn_self_att.self.value: 1,
    }
    with torch.no_grad():
        for value, head in values.items():
            value.weight[head * width : (head + 1) * width] = 0.0
            value.bias[head * width : (head + 1) * width] = 0.0
    expected = expected_of(model, inputs).question_answering_score
    assert largest(ask(filled, inputs, closed)["logits"], expected) < TOLERANCE
    assert largest(ask(filled, inputs)["logits"], expected) > 100 * TOLERANCE


@pytest.mark.parametrize("depth", [{"l_layers": 1, "r_layers": 2, "x_layers": 1}, {"l_layers": 11, "x_layers": 6}])
def test_any_depth_is_supported(depth, inputs, tmp_path):
    model = small_model(LxmertForQuestionAnswering, **depth)
    found, expected = ask(fill("lxmert-gqa", model, "fp32", tmp_path), inputs), expected_of(model, inputs)
    assert largest(found["logits"], expected.question_answering_score) < TOLERANCE
    assert found["region_self_attention"].shape[1] == depth["x_layers"]


def test_other_batches_and_lengths_than_before(inputs, tmp_path):
    model = small_model(LxmertForQuestionAnswering)
    filled = fill("lxmert-vqa", model, "fp32", tmp_path)
    first = {name: value[1:] for name, value in inputs.items()}
    longest = {"token_ids": torch.ones(1, 20, dtype=torch.long), "token_mask": torch.ones(1, 20)}
    for one in (first, {**first, **longest}):
        expected = expected_of(model, one)
        assert largest(ask(filled, one)["logits"], expected.question_answering_score) < TOLERANCE


def test_recipes_name_every_published_parameter_that_reaches_an_output():
    shapes = json.loads(SHAPES.read_text())
    published = {name.replace("*", str(i)) for name, one in shapes.items() for i in range(one.get("layers", 1))}
    recipe = recipe_of("lxmert-base")
    layers = {name: rule["value"] for name, rule in recipe["sizes"].items()}
    read = set()
    for graph in recipe["graphs"]:
        for name, rule in graph.get("weights", {}).items():
            parameters = rule.get("parameter", name)
            for parameter in [parameters] if isinstance(parameters, str) else parameters:
                count = layers[graph["layers"]] if "layers" in graph else 1
                read |= {parameter.replace("{layer}", str(i)) for i in range(count)}
    # The decoder of masked words is the words' own table, which the published file has twice.
    assert published - read == {"cls.predictions.decoder.weight"}
    assert read <= published


def test_dims_of_skeletons_are_as_published():
    shapes = json.loads(SHAPES.read_text())
    published = {name.replace("*", "{layer}"): one["shape"] for name, one in shapes.items()}
    recipe = recipe_of("lxmert-base")
    sizes = {name: rule["value"] for name, rule in recipe["sizes"].items()}
    for graph in recipe["graphs"]:
        skeleton = onnx.load(PUBLISHED / "lxmert-base" / graph["skeletons"]["fp32"], load_external_data=False)
        for tensor in skeleton.graph.initializer:
            rule = graph.get("weights", {}).get(tensor.name)
            if rule is None or not isinstance(rule.get("parameter", ""), str) or "rows" in rule:
                continue
            shape = published[rule.get("parameter", tensor.name)]
            shape = shape[::-1] if rule.get("transpose") else shape
            assert list(tensor.dims) == [sizes.get(dim, dim) for dim in shape], tensor.name


def test_files_are_what_the_recipes_command_writes(tmp_path):
    for published in reversed(PUBLISHED_LXMERTS):
        write_recipe(published, tmp_path)
    written = [path.relative_to(tmp_path) for path in sorted(tmp_path.rglob("*")) if path.is_file()]
    assert len(written) > len(PUBLISHED_LXMERTS)
    for path in written:
        assert (PUBLISHED / path).read_bytes() == (tmp_path / path).read_bytes(), path


def test_answer_lists_are_as_long_as_the_heads():
    for published in PUBLISHED_LXMERTS:
        answers = json.loads((PUBLISHED / "lists" / published.answer_list).read_text())
        assert len(answers) == len(set(answers)) == values_of(published)["answers"]
    vocabulary = (PUBLISHED / "lists" / "bert_uncased_vocab.txt").read_text().splitlines()
    assert vocabulary.index("[CLS]") == 101
    assert len(vocabulary) == values_of(PUBLISHED_LXMERTS[0])["vocabulary"]


def test_fixtures_are_what_their_command_writes(tmp_path):
    lxmert_fixtures.main(tmp_path)
    for name in ("config.json", "pretraining.config.json", "vocab.txt", "answers.json"):
        assert (tmp_path / name).read_text() == (lxmert_fixtures.FOLDER / name).read_text()
    written, kept = (json.loads((folder / "golden.json").read_text()) for folder in (tmp_path, lxmert_fixtures.FOLDER))
    for model, expected in kept["models"].items():
        assert written["models"][model]["logits"] == pytest.approx(expected["logits"], abs=TOLERANCE)
    if not products_saturate():
        assert written["stored"]["int8"] == pytest.approx(kept["stored"]["int8"], abs=TOLERANCE)


def test_fixtures_hold_one_state_in_three_formats():
    folder = lxmert_fixtures.FOLDER
    state = load_file(folder / "model.safetensors")
    for name in ("pytorch_model.zip.bin", "pytorch_model.stream.bin"):
        loaded = torch.load(folder / name, weights_only=True)
        assert loaded.keys() == state.keys()
        assert all(torch.equal(loaded[key], state[key]) for key in state)
