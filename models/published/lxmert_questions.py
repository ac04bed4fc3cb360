"""Questions in numbers for a full-size LXMERT, what transformers answers, and what the graphs of a pack answer."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from torch import nn

from models.lxmert.export_graphs import CROSS_FILE, LANGUAGE_FILE, VISION_FILE
from models.published.lxmert_graphs import open_gates

REGIONS, VOCABULARY = 36, 30522
CLS, SEP = 101, 102
# Pieces of a question with [CLS] and [SEP]; the longest is as long as questions may be.
LENGTHS = (7, 9, 12, 20)
# transformers gives these maps; the others are compared with the traced modules at a small size.
SHOWN_MAPS = ("language_attention", "vision_attention", "text_to_region_attention")


@dataclass(frozen=True)
class Question:
    features: np.ndarray  # [1, region, feature]
    boxes: np.ndarray  # [1, region, 4]
    token_ids: np.ndarray  # [1, token] int32


@dataclass(frozen=True)
class Answered:
    logits: np.ndarray  # [answer]
    maps: dict[str, np.ndarray]  # [1, layer, head, query, key]


def photo_regions(data: Path, count: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Features [count, 36, 2048] and boxes [count, 36, 4]: of real photos where they are at hand."""
    files = sorted((data / "butd").glob("regions_*.npz"))
    if files:
        stored = np.load(files[0])
        return stored["features"][:count].astype(np.float32), stored["boxes"][:count]
    # Long-tailed and never below zero, as the detector's are.
    features = np.maximum(rng.standard_normal((count, REGIONS, 2048)), 0) ** 3
    corners = rng.random((count, REGIONS, 2, 2)).astype(np.float32)
    boxes = np.concatenate([corners.min(axis=2), corners.max(axis=2)], axis=-1)
    return features.astype(np.float32), boxes


def questions(data: Path, count: int, seed: int = 3) -> list[Question]:
    """Random words about photos; every fourth has a photo with fewer regions."""
    rng = np.random.default_rng(seed)
    features, boxes = photo_regions(data, count, rng)
    asked = []
    for index in range(count):
        words = rng.integers(1000, VOCABULARY, LENGTHS[index % len(LENGTHS)] - 2)
        token_ids = np.array([[CLS, *words, SEP]], np.int32)
        regions = REGIONS // 3 if index % 4 == 3 else REGIONS
        asked.append(Question(features[index : index + 1, :regions], boxes[index : index + 1, :regions], token_ids))
    return asked


@torch.no_grad()
def answer_by_transformers(model: nn.Module, question: Question) -> Answered:
    token_ids = torch.from_numpy(question.token_ids).long()
    found = model(
        input_ids=token_ids,
        visual_feats=torch.from_numpy(question.features),
        visual_pos=torch.from_numpy(question.boxes),
        attention_mask=torch.ones_like(token_ids, dtype=torch.float32),
        token_type_ids=torch.zeros_like(token_ids),
        output_attentions=True,
        return_dict=True,
    )
    by_module = (found.language_attentions, found.vision_attentions, found.cross_encoder_attentions)
    maps = {name: torch.stack(layers, dim=1).numpy() for name, layers in zip(SHOWN_MAPS, by_module, strict=True)}
    return Answered(found.question_answering_score[0].numpy(), maps)


class PackAnswers:
    """The graphs of a pack's folder that answer questions, in ONNX Runtime."""

    def __init__(self, folder: Path, threads: int) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        self.sizes = json.loads((folder / "pack.json").read_text())["lxmert"]
        self.sessions = {
            file: onnxruntime.InferenceSession(str(folder / file), options, providers=["CPUExecutionProvider"])
            for file in (VISION_FILE, LANGUAGE_FILE, CROSS_FILE)
        }

    def __call__(self, question: Question) -> Answered:
        values = {
            "features": question.features,
            "boxes": question.boxes,
            "region_mask": np.ones(question.boxes.shape[:2], np.float32),
            "token_ids": question.token_ids,
            "token_mask": np.ones(question.token_ids.shape, np.float32),
        }
        for file, session in self.sessions.items():
            values |= open_gates(file, self.sizes)
            given = {one.name: values[one.name] for one in session.get_inputs()}
            names = [one.name for one in session.get_outputs()]
            values |= dict(zip(names, session.run(None, given), strict=True))
        return Answered(values["logits"][0], {name: values[name] for name in SHOWN_MAPS})
