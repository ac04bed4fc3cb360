"""From a pack's graphs back to the PyTorch checkpoints that training, export and proof read.

    python -m models.pack.restore public/packs/everyday
    python -m models.pack.restore public/packs/everyday --lxmert models/work/lxmert/restored.pt --detector models/work/detector/full.pt

An exporter gives weights names of its own, turns matrices over, cuts tensors up, and stores equal ones once. What it did is
learned from a probe: the same module with random weights is exported, and every initializer of the probe is looked for among
the probe's weights. What the pack's graph reads in the same place, the same input of the same node, then belongs there. Weights
are as the pack stores them, rounded to half or bytes; what no graph reads (the second row of the segments' table) is zero.
The pack has to be of this code's networks and of the exporter's version that is installed; ValueError where it is not.
"""

import argparse
import os
from collections.abc import Callable
from itertools import zip_longest
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, numpy_helper
from torch import nn

from models.detector import build
from models.lxmert.checkpoint import TIED, save_checkpoint
from models.lxmert.export_graphs import lxmert_graphs
from models.lxmert.export_heads import head_graphs
from models.lxmert.network import Lxmert, build_lxmert
from models.lxmert.size import LxmertSize
from models.pack.byte_rows import SCALES
from models.pack.detector_graphs import BACKBONE_FILE, ROI_HEAD_FILE, detector_graphs
from models.pack.read_pack import read_pack
from models.pack.write_graph import Graph, traced

SHAPES = {"tiny": build.TINY}  # by the pack's id; all others are the everyday pack's
WORDS = "language", "embeddings.word_embeddings.weight"


def restored_lxmert(folder: Path) -> tuple[Lxmert, LxmertSize]:
    """LXMERT of the pack in `folder` in evaluation mode, all heads included."""
    pack = read_pack(folder)
    about, labels = pack["lxmert"], pack["labels"]
    size = LxmertSize(
        hidden_size=about["hiddenSize"],
        heads=about["heads"],
        language_layers=about["languageLayers"],
        vision_layers=about["visionLayers"],
        cross_layers=about["crossLayers"],
        max_tokens=about["maxTokens"],
    )
    graph, name = WORDS
    model = build_lxmert(
        size,
        labels["objects"],
        attribute_count=len(labels["attributes"]),
        feature_size=about["featureSize"],
        vocabulary_size=len(stored_weights(folder / about[graph])[name]),
        answer_count=len(labels["answers"]),
    ).eval()
    restore(model, lambda: [*lxmert_graphs(model), *head_graphs(model)], folder)
    return model, size


def restored_detector(folder: Path) -> tuple[nn.Module, nn.Module]:
    """Backbone and RoI head of the pack in `folder`, in evaluation mode."""
    pack = read_pack(folder)
    sizes = len(pack["labels"]["objects"]), len(pack["labels"]["attributes"])
    unboxed = stored_weights(folder / ROI_HEAD_FILE).get("unboxed")
    backbone, roi_head = build.build_detector(
        sizes,
        shape=SHAPES.get(pack["id"], build.EVERYDAY),
        unboxed=None if unboxed is None else torch.from_numpy(unboxed.copy()),
    )
    graphs = {graph.file: graph for graph in detector_graphs(backbone, roi_head)}
    restore(backbone, lambda: [graphs[BACKBONE_FILE]], folder)
    restore(roi_head, lambda: [graphs[ROI_HEAD_FILE]], folder)
    return backbone, roi_head


def restore(module: nn.Module, graphs_of: Callable[[], list[Graph]], folder: Path) -> None:
    """Fills `module` in place from the files of the graphs that `graphs_of()` makes of it."""
    state = learned(module)
    probe(state)
    contents = {name: tensor.detach().numpy().tobytes() for name, tensor in state.items()}
    found: dict[str, list[tuple[int, np.ndarray]]] = {name: [] for name in state}
    for graph in graphs_of():
        file = folder / graph.file
        stored = stored_weights(file)
        model = traced(graph)
        names = same_places(model, onnx.load(str(file), load_external_data=False), file)
        for initializer in model.graph.initializer:
            values = numpy_helper.to_array(initializer)
            place = place_of(values, contents) if values.dtype == np.float32 else None
            if place is None:
                continue
            # A bias that is left out is all zeros.
            name = names.get(initializer.name)
            there = stored.get(name) if name else np.zeros_like(values)
            if there is None or there.size != values.size:
                raise ValueError(
                    f"{file} has no {values.size} numbers where {initializer.name} belongs: another network"
                )
            there = there.reshape(values.shape)
            name, turned, start = place
            found[name].append((start, (there.T if turned else there).reshape(-1)))
    missing = [name for name, parts in found.items() if not parts]
    if missing:
        raise ValueError(f"the graphs of {folder} do not hold {', '.join(missing[:5])}")
    with torch.no_grad():
        for name, tensor in state.items():
            flat = np.zeros(tensor.numel(), np.float32)
            # The whole weight last: a constant may by chance equal one of the probe's numbers.
            for start, values in sorted(found[name], key=lambda part: len(part[1])):
                flat[start : start + len(values)] = values
            tensor.copy_(torch.from_numpy(flat).reshape(tensor.shape))


def same_places(model: onnx.ModelProto, stored: onnx.ModelProto, file: Path) -> dict[str, str]:
    """What a graph's nodes read -> what the stored graph's nodes read in the same places."""
    nodes = list(model.graph.node)
    there = list(stored.graph.node)[-len(nodes) :]  # before them stand those that widen stored weights
    if [node.op_type for node in nodes] != [node.op_type for node in there]:
        raise ValueError(f"{file} was written by another exporter, or is of another network")
    return {
        mine: theirs
        for node, other in zip(nodes, there, strict=True)
        for mine, theirs in zip_longest(node.input, other.input, fillvalue="")
    }


def learned(module: nn.Module) -> dict[str, torch.Tensor]:
    """Everything that a checkpoint stores in floating point, each tensor once."""
    names: dict[int, str] = {}
    state = module.state_dict()
    for name, tensor in state.items():
        if tensor.is_floating_point() and name not in TIED:
            names.setdefault(tensor.data_ptr(), name)
    return {name: state[name] for name in names.values()}


def probe(state: dict[str, torch.Tensor]) -> None:
    """Random numbers, all different from one another as good as surely."""
    generator = torch.Generator().manual_seed(1)
    with torch.no_grad():
        for tensor in state.values():
            tensor.copy_(0.1 + 0.9 * torch.rand(tensor.shape, generator=generator))


def place_of(values: np.ndarray, contents: dict[str, bytes]) -> tuple[str, bool, int] | None:
    """Whose these probe values are: name of the weight, whether turned over, where in it they begin; None for a constant."""
    straight = np.ascontiguousarray(values).tobytes()
    turned = np.ascontiguousarray(values.T).tobytes() if values.ndim == 2 else straight
    # A tensor of the same size first: a single number may stand in several by chance.
    for whole in (True, False):
        for name, content in contents.items():
            if len(content) < len(straight) or whole != (len(content) == len(straight)):
                continue
            for bytes_, over in ((straight, False), (turned, True)):
                offset = content.find(bytes_)
                if offset >= 0 and offset % values.itemsize == 0:
                    return name, over, offset // values.itemsize
    return None


def stored_weights(file: Path) -> dict[str, np.ndarray]:
    """Initializers under the names that they had before they were stored as halves or bytes."""
    model = onnx.load(str(file), load_external_data=False)
    raw = {
        tensor.name: numpy_helper.to_array(tensor)
        for tensor in model.graph.initializer
        if tensor.data_location != TensorProto.EXTERNAL
    }

    def widened(name: str) -> np.ndarray:
        if f"{name}.half" in raw:
            return raw[f"{name}.half"].astype(np.float32)
        if f"{name}.bytes" in raw:
            # The scales of many rows are themselves stored in bytes.
            return raw[f"{name}.bytes"].astype(np.float32) * widened(name + SCALES)
        return raw[name]

    names = {name.removesuffix(".half").removesuffix(".bytes") for name in raw}
    return {name: widened(name) for name in names if not name.endswith(SCALES)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pack", type=Path)
    parser.add_argument("--lxmert", type=Path, default=Path("models/work/lxmert/restored.pt"))
    parser.add_argument("--detector", type=Path, default=Path("models/work/detector/restored.pt"))
    arguments = parser.parse_args()
    model, size = restored_lxmert(arguments.pack)
    save_checkpoint(arguments.lxmert, size, dict(model.named_parameters()), samples=0)
    print(f"{arguments.lxmert}: {sum(weight.numel() for weight in model.parameters()) / 1e6:.2f} M parameters")
    backbone, roi_head = restored_detector(arguments.pack)
    arguments.detector.parent.mkdir(parents=True, exist_ok=True)
    partial = arguments.detector.with_suffix(".partial")
    torch.save({"backbone": backbone.state_dict(), "roi_head": roi_head.state_dict()}, partial)
    os.replace(partial, arguments.detector)
    weights = [*backbone.parameters(), *roi_head.parameters()]
    print(f"{arguments.detector}: {sum(weight.numel() for weight in weights) / 1e6:.2f} M parameters")


if __name__ == "__main__":
    main()
