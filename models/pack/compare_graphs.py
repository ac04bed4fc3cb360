"""ONNX Runtime against PyTorch, graph by graph, at sizes that no graph was traced with."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime
import torch

from models.detector.backbone import FEATURE_MAPS
from models.lxmert.export_explain import explain_graph
from models.lxmert.export_graphs import CROSS_ATTENTIONS, lxmert_graphs
from models.lxmert.export_heads import head_graphs
from models.pack.contents import PackContents
from models.pack.detector_graphs import detector_graphs
from models.pack.write_graph import Graph

# Largest absolute difference allowed, in units of the larger of 1 and the output's own largest value.
TOLERANCE = 1e-3

IMAGE_SIZES = ((160, 224), (416, 416))  # height, width
BOX_COUNTS = (1, 23)
BATCH_REGION_TOKEN = ((1, 36, 5), (3, 11, 20))
PADDING = 2  # the last regions and tokens of every case are masked out


@dataclass(frozen=True)
class Comparison:
    graph: str
    case: str
    output: str
    difference: float

    @property
    def passes(self) -> bool:
        return self.difference <= TOLERANCE  # False for NaN too


def compare_pack(contents: PackContents, folder: Path) -> Iterator[Comparison]:
    """Every output of every graph of the pack in `folder` against the same module in PyTorch."""
    torch.manual_seed(7)
    graphs = [*detector_graphs(contents.backbone, contents.roi_head), *lxmert_graphs(contents.lxmert)]
    backbone, roi_head, vision, language, cross = graphs
    for height, width in IMAGE_SIZES:
        case = f"{height}x{width}"
        pixels = torch.randn(1, 3, height, width)
        yield from compare_graph(backbone, folder, case, {"pixels": pixels})
        with torch.no_grad():
            maps = dict(zip(FEATURE_MAPS, contents.backbone(pixels)[2:], strict=True))
        for count in BOX_COUNTS:
            yield from compare_graph(roi_head, folder, f"{case}, {count} boxes", {**maps, "boxes": some_boxes(count)})
    config = contents.lxmert.config
    for batch, region, token in BATCH_REGION_TOKEN:
        case = f"batch {batch}, {region} regions, {token} tokens"
        region_mask, token_mask = padded_mask(batch, region), padded_mask(batch, token)
        features = torch.rand(batch, region, config.visual_feat_dim)
        boxes = some_boxes(batch * region).reshape(batch, region, 4)
        token_ids = torch.randint(0, config.vocab_size, (batch, token), dtype=torch.int32)
        heads = config.num_attention_heads
        gates = {
            "vision": torch.rand(batch, config.r_layers, heads),
            "language": torch.rand(batch, config.l_layers, heads),
            "cross": torch.rand(batch, config.x_layers, CROSS_ATTENTIONS, heads),
        }
        vision_inputs = {"features": features, "boxes": boxes, "region_mask": region_mask}
        language_inputs = {"token_ids": token_ids, "token_mask": token_mask}
        explain_inputs = {**vision_inputs, **language_inputs, "target": torch.randn(batch, config.num_qa_labels)}
        explain_inputs |= {f"{name}_gates": gate for name, gate in gates.items()}
        explain = explain_graph(contents.lxmert)
        yield from compare_graph(explain, folder, case, {name: explain_inputs[name] for name in explain.inputs})
        vision_inputs["head_gates"], language_inputs["head_gates"] = gates["vision"], gates["language"]
        yield from compare_graph(vision, folder, case, vision_inputs)
        yield from compare_graph(language, folder, case, language_inputs)
        with torch.no_grad():
            cross_inputs = {
                "language_states": language.module(*language_inputs.values())[0],
                "token_mask": token_mask,
                "vision_states": vision.module(*vision_inputs.values())[0],
                "region_mask": region_mask,
                "head_gates": gates["cross"],
            }
        yield from compare_graph(cross, folder, case, cross_inputs)
        with torch.no_grad():
            _, pooled, text_states, region_states, *_ = cross.module(*cross_inputs.values())
        read = {"pooled": pooled, "text_states": text_states, "region_states": region_states}
        read |= {"pooled_left": pooled, "pooled_right": pooled.flip(1)}
        for head in head_graphs(contents.lxmert):
            yield from compare_graph(head, folder, case, {name: read[name] for name in head.inputs})


def compare_graph(graph: Graph, folder: Path, case: str, inputs: dict[str, torch.Tensor]) -> Iterator[Comparison]:
    session = onnxruntime.InferenceSession(str(folder / graph.file), providers=["CPUExecutionProvider"])
    found = session.run(graph.outputs, {name: tensor.numpy() for name, tensor in inputs.items()})
    with torch.no_grad():
        expected = graph.module.eval()(*inputs.values())
    expected = expected if isinstance(expected, tuple) else (expected,)
    for output, left, right in zip(graph.outputs, found, expected, strict=True):
        if left.shape != tuple(right.shape):
            raise ValueError(f"{graph.file}: {output} is {left.shape} in ONNX, {tuple(right.shape)} in PyTorch")
        scale = max(1.0, float(right.abs().max()))
        yield Comparison(graph.file, case, output, float(np.abs(left - right.numpy()).max()) / scale)


def padded_mask(batch: int, length: int) -> torch.Tensor:
    """[batch, length]: 1, and 0 for the last PADDING of every row but the first."""
    mask = torch.ones(batch, length)
    mask[1:, -PADDING:] = 0.0
    return mask


def some_boxes(count: int) -> torch.Tensor:
    """[count, 4] fractions, every one with an area."""
    corners = torch.rand(count, 2) * 0.6
    return torch.cat([corners, corners + 0.05 + torch.rand(count, 2) * 0.35], dim=1)
