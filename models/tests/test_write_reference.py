"""The reference that `npm run prove` reads: what is written is what lies in the fixture, by either extractor."""

import json
import sys
from argparse import Namespace
from pathlib import Path

import numpy as np
import pytest

from models.published.write_reference import published_regions, write_reference

FIXTURES = Path("models/fixtures")
LXMERT, REFERENCE = FIXTURES / "published" / "lxmert", FIXTURES / "published" / "reference"
QUESTIONS = ["What is on the left of the dogs?", "is it red"]

# The calls and names of the published extractor; its arithmetic is not here.
PUBLISHED_CODE = {
    "utils": "class Config:\n    max_detections = 2\n    from_pretrained = classmethod(lambda cls, folder: cls())\n",
    "processing_image": "Preprocess = lambda configuration: lambda photo: (photo, 'sizes', 'scales')\n",
    "modeling_frcnn": """
import torch

class GeneralizedRCNN(torch.nn.Module):
    def __init__(self, configuration):
        super().__init__()
        self.weight = torch.nn.Parameter(torch.zeros(1))

    def forward(self, images, sizes, scales_yx, padding, max_detections, return_tensors):
        assert (sizes, scales_yx, padding, max_detections, return_tensors) == ("sizes", "scales", "max_detections", 2, "pt")
        boxes = torch.rand(1, 2, 4)
        return {"normalized_boxes": boxes, "obj_ids": torch.tensor([[3, 1]]), "roi_features": self.weight.expand(1, 2, 8)}
""",
}


def test_what_is_written_is_what_the_page_is_held_against(tmp_path):
    write_reference(
        Namespace(
            lxmert=LXMERT / "pytorch_model.zip.bin",
            config=LXMERT / "config.json",
            vocabulary=LXMERT / "vocab.txt",
            detector=FIXTURES / "frcnn" / "checkpoint.bin",
            photo=[FIXTURES / "frcnn" / "tall.png"],
            question=QUESTIONS,
            sides=(96, 170),
            extractor=None,
            out=tmp_path,
        )
    )
    assert json.loads((tmp_path / "reference.json").read_text()) == json.loads(
        (REFERENCE / "reference.json").read_text()
    )
    for file in REFERENCE.glob("*.npz"):
        kept, found = np.load(file), np.load(tmp_path / file.name)
        assert set(found) == set(kept)
        for name in kept:
            np.testing.assert_allclose(found[name], kept[name], atol=1e-4, err_msg=f"{file.name} {name}")


def test_regions_come_from_the_published_code_where_it_is_at_hand(tmp_path, monkeypatch):
    torch = pytest.importorskip("torch")
    for name, code in PUBLISHED_CODE.items():
        (tmp_path / f"{name}.py").write_text(code)
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.setattr(sys, "path", list(sys.path))
    torch.save({"weight": torch.full((1,), 5.0)}, tmp_path / "detector.bin")
    found = published_regions(tmp_path, tmp_path / "detector.bin", tmp_path / "photo.jpg")
    assert found["labels"].tolist() == [3, 1]
    assert found["boxes"].shape == (2, 4)
    assert (found["features"] == 5.0).all()
