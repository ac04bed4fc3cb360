"""A pack's graphs give back the networks that they were exported from."""

import shutil
from pathlib import Path

import onnx
import pytest
import torch

from models.lxmert.export_graphs import CROSS_FILE
from models.pack.restore import learned, restored_detector, restored_lxmert
from models.pack.tiny import tiny_contents

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


def test_a_detector_stored_in_bytes_is_refused_rather_than_restored_wrongly():
    with pytest.raises(ValueError, match="another exporter"):
        restored_detector(TINY_PACK)


def test_a_graph_of_another_network_is_refused(tmp_path):
    folder = tmp_path / "pack"
    shutil.copytree(TINY_PACK, folder)
    model = onnx.load(str(folder / CROSS_FILE))
    del model.graph.node[-1]
    onnx.save(model, str(folder / CROSS_FILE))
    with pytest.raises(ValueError, match="another exporter"):
        restored_lxmert(folder)
