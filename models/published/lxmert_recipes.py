"""The recipes by which published LXMERT checkpoints become packs, and the graphs without weights that they name.

    python -m models.published.lxmert_recipes --data DATA

Writes public/published/: index.json, lxmert/*.onnx, lists/, <id>/recipe.json. DATA has the vocabulary and the answer
lists in the published order, which are copied as they are.
"""

import argparse
import hashlib
import json
import shutil
from dataclasses import dataclass
from pathlib import Path

from models.lxmert.export_explain import EXPLAIN_FILE
from models.lxmert.export_graphs import CROSS_FILE, LANGUAGE_FILE, VISION_FILE
from models.lxmert.export_heads import MASKED_OBJECTS_FILE, MASKED_WORDS_FILE, MATCHING_FILE
from models.published import lxmert_explain
from models.published.graph_writer import PRECISIONS, Skeleton
from models.published.lxmert_blocks import ATTENTION_SCALE, HEAD_SHAPE
from models.published.lxmert_graphs import LAYERS_OF, MAX_TOKENS, PRETRAINING_GRAPHS, QUESTION_GRAPHS

# Of every graph that has layers, the sizes that say how many.
LAYER_SIZES = {**LAYERS_OF, EXPLAIN_FILE: lxmert_explain.LAYERS}

PUBLISHED = Path("public/published")
SCHEMA_VERSION = 1
VOCABULARY = "bert_uncased_vocab.txt"
WEIGHTS_LICENCE = "none stated where they are published; ask their authors before you pass them on"


@dataclass(frozen=True)
class Published:
    """One checkpoint of the Hub, as far as public records tell it."""

    id: str
    name: str
    description: str
    repository: str
    answers: int
    answer_list: str
    weights_bytes: int | None
    weights_sha256: str | None
    scores: str
    trained_on: tuple[str, ...]
    has_heads: bool = False

    @property
    def graphs(self) -> dict:
        """Lenders of weights before those who borrow."""
        own = PRETRAINING_GRAPHS if self.has_heads else QUESTION_GRAPHS
        return {**own, EXPLAIN_FILE: lxmert_explain.explain_graph}


PRETRAINED_ON = ("COCO captions", "Visual Genome", "VQA v2", "GQA")
PUBLISHED_LXMERTS = (
    Published(
        "lxmert-vqa",
        "LXMERT, VQA v2",
        "The published LXMERT, fine-tuned on VQA v2: open questions about everyday photos, 3,129 answers.",
        "unc-nlp/lxmert-vqa-uncased",
        3129,
        "vqa_answers_3129.json",
        855_915_865,
        "22a5f430729071f0ac40255db9f90e65a9741006df456bcb20d7a52d143afabe",
        "sigmoid",
        PRETRAINED_ON,
    ),
    Published(
        "lxmert-gqa",
        "LXMERT, GQA",
        "The published LXMERT, fine-tuned on GQA: questions about things, attributes and where they are, 1,842 answers.",
        "unc-nlp/lxmert-gqa-uncased",
        1842,
        "gqa_answers_1842.json",
        None,
        None,
        "sigmoid",
        PRETRAINED_ON,
    ),
    Published(
        "lxmert-base",
        "LXMERT, pretrained",
        "The published LXMERT before fine-tuning: answers, and whether a sentence fits, masked words and masked regions.",
        "unc-nlp/lxmert-base-uncased",
        9500,
        "lxmert_pretrain_answers_9500.json",
        None,
        None,
        "softmax",
        PRETRAINED_ON,
        has_heads=True,
    ),
)

FIRST_LAYER = "lxmert.encoder.layer.0"


def sizes_of(published: Published) -> dict[str, dict]:
    """Every number that the weights' shapes follow: as published, its key in config.json, and where weights show it."""
    sizes = {
        "hidden": {"value": 768, "config": "hidden_size", "parameter": "lxmert.pooler.dense.bias"},
        "heads": {"value": 12, "config": "num_attention_heads"},
        "intermediate": {
            "value": 3072,
            "config": "intermediate_size",
            "parameter": f"{FIRST_LAYER}.intermediate.dense.bias",
        },
        "vocabulary": {
            "value": 30522,
            "config": "vocab_size",
            "parameter": "lxmert.embeddings.word_embeddings.weight",
        },
        "answers": {
            "value": published.answers,
            "config": "num_qa_labels",
            "parameter": "answer_head.logit_fc.3.bias",
        },
        "featureSize": {
            "value": 2048,
            "config": "visual_feat_dim",
            "parameter": "lxmert.encoder.visn_fc.visn_fc.weight",
            "axis": 1,
        },
        "boxNumbers": {"value": 4, "config": "visual_pos_dim", "fixed": True},
    }
    for size, prefix, keys in (
        ("languageLayers", "layer", ["l_layers", "num_hidden_layers.language"]),
        ("visionLayers", "r_layers", ["r_layers", "num_hidden_layers.vision"]),
        ("crossLayers", "x_layers", ["x_layers", "num_hidden_layers.cross_encoder"]),
    ):
        probe = "lang_output.dense.bias" if prefix == "x_layers" else "output.dense.bias"
        value = 9 if prefix == "layer" else 5
        sizes[size] = {"value": value, "config": keys, "count": f"lxmert.encoder.{prefix}.{{}}.{probe}"}
    if published.has_heads:
        decoders = "obj_predict_head.decoder_dict"
        sizes["objects"] = {"value": 1600, "config": "num_object_labels", "parameter": f"{decoders}.obj.bias"}
        sizes["attributes"] = {"value": 400, "config": "num_attr_labels", "parameter": f"{decoders}.attr.bias"}
    return sizes


def values_of(published: Published) -> dict[str, int]:
    return {name: rule["value"] for name, rule in sizes_of(published).items()}


def skeleton_name(published: Published, file: str, precision: str) -> str:
    """Checkpoints that differ in sizes alone share their graphs."""
    stem = file.removesuffix(".onnx").removeprefix("lxmert-")
    kind = "pretraining" if file == CROSS_FILE and published.has_heads else stem
    return f"{kind}.{precision}.onnx"


def graph_entry(published: Published, file: str, skeletons: dict[str, Skeleton]) -> dict:
    constants = {
        HEAD_SHAPE: [0, 0, "heads", "headSize"],
        ATTENTION_SCALE: ["1/sqrt(headSize)"],
    }
    entry = {
        "file": file,
        "skeletons": {name: f"../lxmert/{skeleton_name(published, file, name)}" for name in skeletons},
    }
    if file == EXPLAIN_FILE:
        entry["borrows"] = list(lxmert_explain.LENDERS)
    else:
        entry["weights"] = skeletons["fp32"].weights
    if file in LAYER_SIZES:
        entry["layers"] = LAYER_SIZES[file]
        entry["constants"] = [{"initializer": name, "values": values} for name, values in constants.items()]
    return entry


def recipe_of(published: Published, graphs: list[dict]) -> dict:
    hub = f"{{hub}}/{published.repository}/resolve/main"
    pack_heads = {"matching": MATCHING_FILE, "maskedWords": MASKED_WORDS_FILE, "maskedObjects": MASKED_OBJECTS_FILE}
    heads = {"taskHeads": pack_heads} if published.has_heads else {}
    return {
        "schemaVersion": SCHEMA_VERSION,
        "role": "lxmert",
        "id": published.id,
        "name": published.name,
        "description": published.description,
        "licence": WEIGHTS_LICENCE,
        "detector": "../frcnn-vg/recipe.json",
        "sources": [
            {
                "role": "weights",
                "url": f"{hub}/pytorch_model.bin",
                "bytes": published.weights_bytes,
                "sha256": published.weights_sha256,
            },
            {"role": "vocabulary", "file": f"../lists/{VOCABULARY}", "licence": "Apache-2.0"},
            {"role": "answers", "file": f"../lists/{published.answer_list}", "licence": "MIT"},
        ],
        "sizes": sizes_of(published),
        "require": {"hidden_act": "gelu"},
        "graphs": graphs,
        "pack": {
            "lxmert": {
                "vision": VISION_FILE,
                "language": LANGUAGE_FILE,
                "cross": CROSS_FILE,
                "explain": EXPLAIN_FILE,
                "maxTokens": MAX_TOKENS,
                **heads,
            },
            "scores": published.scores,
            "provenance": {
                "trainedOn": [{"name": name, "licence": "see its own page"} for name in published.trained_on]
            },
        },
    }


def skeletons_of(published: Published, file: str) -> dict[str, Skeleton]:
    precisions = lxmert_explain.PRECISIONS if file == EXPLAIN_FILE else PRECISIONS
    return {precision: published.graphs[file](precision, values_of(published)) for precision in precisions}


def write_recipe(published: Published, folder: Path) -> None:
    graphs = []
    (folder / "lxmert").mkdir(parents=True, exist_ok=True)
    for file in published.graphs:
        skeletons = skeletons_of(published, file)
        graphs.append(graph_entry(published, file, skeletons))
        for precision, skeleton in skeletons.items():
            path = folder / "lxmert" / skeleton_name(published, file, precision)
            path.write_bytes(skeleton.model.SerializeToString(deterministic=True))
    (folder / published.id).mkdir(exist_ok=True)
    text = json.dumps(recipe_of(published, graphs), indent=1, ensure_ascii=False)
    (folder / published.id / "recipe.json").write_text(text + "\n")


def copy_lists(data: Path, folder: Path) -> None:
    (folder / "lists").mkdir(parents=True, exist_ok=True)
    for name in (VOCABULARY, *(published.answer_list for published in PUBLISHED_LXMERTS)):
        shutil.copyfile(data / "vocab" / name, folder / "lists" / name)
        digest = hashlib.sha256((folder / "lists" / name).read_bytes()).hexdigest()
        print(f"{name}: sha256 {digest}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--out", type=Path, default=PUBLISHED)
    arguments = parser.parse_args()
    # The last of those that share a graph decides the dims that stand in it; every recipe says its own.
    for published in reversed(PUBLISHED_LXMERTS):
        write_recipe(published, arguments.out)
    copy_lists(arguments.data, arguments.out)
    index = [published.id for published in PUBLISHED_LXMERTS]
    (arguments.out / "index.json").write_text(json.dumps(index) + "\n")


if __name__ == "__main__":
    main()
