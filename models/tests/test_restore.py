"""A pack's graphs give back the networks that they were exported from."""

import shutil
from pathlib import Path

import onnx
import pytest
import torch
from torch import nn

from models.detector.build import TINY, build_detector
from models.lxmert.export_graphs import CROSS_FILE
from models.pack.byte_rows import (
    SMALLEST_STORED_IN_BYTES,
    round_module_to_bytes,
    round_rows_to_bytes,
    store_rows_in_bytes,
    store_steps_in_bytes,
)
from models.pack.detector_graphs import detector_graphs
from models.pack.half_weights import round_to_half
from models.pack.read_pack import read_pack
from models.pack.restore import learned, probe, restore, restored_lxmert, stored_weights
from models.pack.tiny import tiny_contents
from models.pack.write_graph import Graph, write_graph

TINY_PACK = Path("models/fixtures/tiny-pack")
# The segments' table has two rows, of which every question takes the first.
UNREAD = "lxmert.embeddings.token_type_embeddings.weight"


def test_lxmert_comes_back_with_all_its_heads():
    expected = learned(tiny_contents().lxmert)
    model, size = restored_lxmert(TINY_PACK)
    found = learned(model)
    assert size == tiny_contents().size
    assert found.keys() == expected.keys()
    for name, tensor in expected.items():
        rows = slice(0, 1) if name == UNREAD else slice(None)
        assert torch.equal(found[name][rows], tensor[rows]), name


def test_a_head_of_the_detector_stored_in_bytes_comes_back(tmp_path):
    labels = read_pack(TINY_PACK)["labels"]
    backbone, head = build_detector((len(labels["objects"]), len(labels["attributes"])), shape=TINY)
    # Learned weights: of an untrained network the exporter leaves out what multiplies by one and adds zero.
    probe(learned(head))
    round_to_half(head)
    round_module_to_bytes(head)
    expected = {name: tensor.clone() for name, tensor in learned(head).items()}
    graph = detector_graphs(backbone, head)[1]
    write_graph(graph, tmp_path)
    assert any(tensor.name.endswith(".bytes") for tensor in onnx.load(str(tmp_path / graph.file)).graph.initializer)
    restore(head, lambda: [graph], tmp_path)
    for name, tensor in learned(head).items():
        torch.testing.assert_close(tensor, expected[name], rtol=1e-6, atol=0)


class Shifted(nn.Module):
    """A layer, and a constant that equals one of the probe's numbers by chance."""

    def __init__(self) -> None:
        super().__init__()
        self.layer = nn.Linear(30, 20)
        probe(learned(self))
        self.constant = self.layer.weight[3, 5].item()
        nn.init.normal_(self.layer.weight)

    def forward(self, numbers: torch.Tensor) -> torch.Tensor:
        return self.layer(numbers) + self.constant


def test_a_constant_is_not_taken_for_one_of_the_weights(tmp_path):
    module = Shifted()
    round_to_half(module)
    expected = module.layer.weight.detach().clone()
    graph = Graph("shifted.onnx", module, {"numbers": (torch.rand(2, 30), {})}, ["shifted"])
    write_graph(graph, tmp_path)
    restore(module, lambda: [graph], tmp_path)
    assert torch.equal(module.layer.weight, expected)


def test_scales_that_are_themselves_in_bytes_are_read(tmp_path):
    words = torch.rand(SMALLEST_STORED_IN_BYTES, 2, generator=torch.Generator().manual_seed(1)) + 0.5
    round_rows_to_bytes(words)
    value = onnx.helper.make_tensor_value_info
    ids, found = value("ids", onnx.TensorProto.INT32, ["n"]), value("found", onnx.TensorProto.FLOAT, ["n", 2])
    gather = onnx.helper.make_node("Gather", ["words", "ids"], ["found"])
    stored = [onnx.numpy_helper.from_array(words.numpy(), "words")]
    model = onnx.helper.make_model(onnx.helper.make_graph([gather], "words", [ids], [found], stored))
    model = store_steps_in_bytes(store_rows_in_bytes(model, len(words)))
    assert "words.scales.bytes" in {tensor.name for tensor in model.graph.initializer}
    onnx.save(model, str(tmp_path / "words.onnx"))
    read = stored_weights(tmp_path / "words.onnx")
    torch.testing.assert_close(torch.from_numpy(read["words"]), words, rtol=1e-6, atol=0)


def test_a_graph_of_another_network_is_refused(tmp_path):
    folder = tmp_path / "pack"
    shutil.copytree(TINY_PACK, folder)
    model = onnx.load(str(folder / CROSS_FILE))
    del model.graph.node[-1]
    onnx.save(model, str(folder / CROSS_FILE))
    with pytest.raises(ValueError, match="another exporter"):
        restored_lxmert(folder)
