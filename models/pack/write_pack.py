"""Writes a model pack: graphs, tokenizer, golden case and the pack.json that describes them."""

import json
from pathlib import Path

from models.detector.backbone import FEATURE_MAPS
from models.lxmert.export_explain import EXPLAIN_FILE, LENDERS, explain_graph
from models.lxmert.export_graphs import CROSS_FILE, LANGUAGE_FILE, VISION_FILE, lxmert_graphs
from models.lxmert.export_heads import TASK_HEADS, head_graphs
from models.pack.add_texts import PACK_FILE, add_texts, file_entry
from models.pack.contents import PackContents
from models.pack.detector_graphs import BACKBONE_FILE, ROI_HEAD_FILE, detector_graphs
from models.pack.golden import TOLERANCE, golden_case
from models.pack.write_graph import write_graph

SCHEMA_VERSION = 1
TOKENIZER_FILE = "tokenizer.json"
GOLDEN_FILE = "golden.json"


def write_pack(contents: PackContents, folder: Path) -> None:
    """Replaces what a pack in `folder` consists of; prints one line per graph."""
    folder.mkdir(parents=True, exist_ok=True)
    # The graph of explanations comes after those whose weights it reads.
    lxmert = [*lxmert_graphs(contents.lxmert), *head_graphs(contents.lxmert), explain_graph(contents.lxmert)]
    graphs = [*detector_graphs(contents.backbone, contents.roi_head), *lxmert]
    for graph in graphs:
        path = write_graph(graph, folder)
        print(f"{graph.file}: {path.stat().st_size / 1e6:.2f} MB", flush=True)
    contents.tokenizer.save(str(folder / TOKENIZER_FILE), pretty=False)
    (folder / GOLDEN_FILE).write_text(json.dumps(golden_case(contents), separators=(",", ":")) + "\n")
    files = [file_entry(folder, name) for name in [*(g.file for g in graphs), TOKENIZER_FILE, GOLDEN_FILE]]
    (folder / PACK_FILE).write_text(json.dumps(pack_json(contents, files), indent=1, ensure_ascii=False) + "\n")
    add_texts(folder, contents.answerability, contents.card)


def pack_json(contents: PackContents, files: list[dict]) -> dict:
    described, selection, size = contents.described, contents.selection, contents.size
    return {
        "schemaVersion": SCHEMA_VERSION,
        "id": described.id,
        "name": described.name,
        "version": described.version,
        "description": described.description,
        "licence": described.licence,
        "provenance": described.provenance,
        "image": contents.image.as_json(),
        "detector": {
            "backbone": BACKBONE_FILE,
            "roiHead": ROI_HEAD_FILE,
            "featureMaps": list(FEATURE_MAPS),
            "proposals": {
                "count": selection.proposal_count,
                "minScore": selection.proposal_min_score,
                "nmsIou": selection.proposal_nms_iou,
            },
            "regions": {
                "count": selection.region_count,
                "nmsIou": selection.region_nms_iou,
                "attributeMinScore": contents.attribute_min_score,
            },
            "scoreCalibration": contents.score_calibration.as_json(),
        },
        "lxmert": {
            "vision": VISION_FILE,
            "language": LANGUAGE_FILE,
            "cross": CROSS_FILE,
            "hiddenSize": size.hidden_size,
            "heads": size.heads,
            "languageLayers": size.language_layers,
            "visionLayers": size.vision_layers,
            "crossLayers": size.cross_layers,
            "featureSize": contents.feature_size,
            "maxTokens": size.max_tokens,
            "taskHeads": TASK_HEADS,
            "explain": EXPLAIN_FILE,
        },
        "scores": "softmax",
        "tokenizer": TOKENIZER_FILE,
        "labels": {
            "objects": list(contents.labels.objects),
            "attributes": list(contents.labels.attributes),
            "answers": list(contents.labels.answers),
        },
        "golden": {"file": GOLDEN_FILE, "tolerance": TOLERANCE},
        "externalData": {EXPLAIN_FILE: list(LENDERS)},
        "files": files,
    }
