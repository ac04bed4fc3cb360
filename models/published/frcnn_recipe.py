"""What the page needs to make the detector's half of a pack: skeletons, two lists of names, and a recipe.

    python -m models.published.frcnn_recipe --names ../shared/data/vocab

Writes public/published/frcnn-vg/ and the lists, beside LXMERT's. No weight is in any of it.
"""

import argparse
import json
from pathlib import Path

import onnx

from models.published.frcnn_backbone import FEATURE_MAP
from models.published.frcnn_graphs import ROI_HEAD_FILE, detector_graphs
from models.published.frcnn_lineage import HUGGING_FACE, MEAN
from models.published.frcnn_size import PUBLISHED, STRIDE, FrcnnSize

FOLDER = Path("public/published/frcnn-vg")
LISTS = Path("public/published/lists")
# An int8 pack has the detector in halves: in bytes, the fully connected parts would save 16 MB, and one best name in ten changed
# in the full-size proof.
STORED = {"fp32": "fp32", "fp16": "fp16", "int8": "fp16"}
# About 100 MB of activations, and a word of progress every few seconds.
ROIS_AT_ONCE = 10
SHOWN_ATTRIBUTE = 0.1

WEIGHTS_LICENCE = "None is stated where the weights are published; the code that came with them is under Apache-2.0."
NAMES_LICENCE = "CC-BY-4.0 (Visual Genome)"


def write_skeletons(folder: Path, size: FrcnnSize) -> list[dict]:
    """-> the recipe's `graphs`, in the order in which they run."""
    folder.mkdir(parents=True, exist_ok=True)
    drawn = {kind: detector_graphs(kind, size) for kind in sorted(set(STORED.values()))}
    graphs = []
    for file in drawn["fp32"]:
        skeletons = {kind: graphs_of_kind[file] for kind, graphs_of_kind in drawn.items()}
        files = {kind: f"{Path(file).stem}.{kind}.onnx" for kind in skeletons}
        for kind, skeleton in skeletons.items():
            onnx.save(skeleton.model, str(folder / files[kind]))
        # A rule is the same for every precision: where it is stored stands in the skeleton.
        rules = {name: short(rule) for skeleton in skeletons.values() for name, rule in skeleton.weights.items()}
        graphs.append(
            {
                "file": file,
                "skeletons": {precision: files[kind] for precision, kind in STORED.items()},
                "weights": {name: rule for name, rule in rules.items() if rule},
            }
        )
    return graphs


def short(rule: dict) -> dict:
    """Without what the skeleton says anyway; nothing is left of a parameter that is taken as it is."""
    return {key: value for key, value in rule.items() if key not in ("dims", "channels")}


def sizes_of(size: FrcnnSize) -> dict[str, dict]:
    """What another checkpoint must agree with; the skeletons hold these numbers."""
    predictor = "roi_heads.box_predictor"
    parameters = {
        "featureSize": (size.feature, f"{predictor}.cls_score.weight", 1),
        "classes": (size.objects + 1, f"{predictor}.cls_score.weight", 0),
        "attributeClasses": (size.attributes + 1, f"{predictor}.attr_score.weight", 0),
        "anchors": (size.anchors, "proposal_generator.rpn_head.objectness_logits.weight", 0),
    }
    sizes = {
        name: {"value": value, "parameter": parameter, "axis": axis, "fixed": True}
        for name, (value, parameter, axis) in parameters.items()
    }
    stages = {f"backbone.res{stage}": count for stage, count in zip((2, 3, 4), size.blocks)}
    for stage, blocks in {**stages, "roi_heads.res5": size.blocks[3]}.items():
        name = f"{stage.rpartition('.')[2]}Blocks"
        sizes[name] = {"value": blocks, "count": f"{stage}.{{}}.conv1.weight", "fixed": True}
    return sizes


def recipe(graphs: list[dict], size: FrcnnSize, image: dict | None = None) -> dict:
    """`image`: what pack.json says of it beside the colours."""
    return {
        "schemaVersion": 1,
        "role": "detector",
        "id": "frcnn-vg",
        "name": "Faster R-CNN, Visual Genome",
        "description": "The bottom-up-attention detector whose regions LXMERT was trained on: 1,600 kinds of object, 400 attributes.",
        "licence": WEIGHTS_LICENCE,
        "sources": [
            {
                "role": "weights",
                "url": "{hub}/unc-nlp/frcnn-vg-finetuned/resolve/main/pytorch_model.bin",
                "bytes": None,
                "sha256": None,
                "licence": WEIGHTS_LICENCE,
            },
            {"role": "objects", "file": "../lists/vg_objects_1600.txt", "licence": NAMES_LICENCE},
            {"role": "attributes", "file": "../lists/vg_attributes_400.txt", "licence": NAMES_LICENCE},
        ],
        "sizes": sizes_of(size),
        "graphs": graphs,
        "pack": {
            "image": {**(image or {}), "channelOrder": "BGR", "mean": list(MEAN), "std": [1, 1, 1]},
            "detector": {
                "lineage": HUGGING_FACE.name,
                "backbone": [graph["file"] for graph in graphs if graph["file"] != ROI_HEAD_FILE],
                "roiHead": ROI_HEAD_FILE,
                "featureMaps": [FEATURE_MAP],
                "pooling": {"bins": size.bins, "stride": STRIDE},
                "roiChunk": ROIS_AT_ONCE,
                "keepRegions": True,
                "regions": {"attributeMinScore": SHOWN_ATTRIBUTE},
            },
        },
    }


def names_in(file: Path) -> str:
    """One name a line, as published; a line may hold synonyms."""
    lines = [line.strip() for line in file.read_text().splitlines() if line.strip()]
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--names", type=Path, default=Path("../shared/data/vocab"), help="folder of the two lists")
    arguments = parser.parse_args()
    LISTS.mkdir(parents=True, exist_ok=True)
    for ours, theirs in (("vg_objects_1600.txt", "objects"), ("vg_attributes_400.txt", "attributes")):
        (found,) = arguments.names.glob(f"vg_{theirs}*.txt")
        (LISTS / ours).write_text(names_in(found))
    written = recipe(write_skeletons(FOLDER, PUBLISHED), PUBLISHED)
    (FOLDER / "recipe.json").write_text(json.dumps(written, indent=1) + "\n")


if __name__ == "__main__":
    main()
