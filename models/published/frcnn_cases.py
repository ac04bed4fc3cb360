"""Golden cases of the Visual Genome Faster R-CNN at a small size: what the page's engine must give for the same photos.

    python -m models.published.frcnn_cases

Writes models/fixtures/frcnn/: two photos, the small network as a checkpoint (PyTorch's format), its skeletons and recipe as
they are published for the large one, its graphs with the weights inside, and cases.json:

detections  photo, lineage, sides (short, long) -> pixels {dims, samples [[flat index, value]]}, proposals (the best, [n,4]),
            regions [{box, label, score, attribute, attributeScore, features}], best first; boxes are fractions of the photo
selections  lineage, count, boxes [n,4], classScores [n,C] -> kept rows, best first
pooling     dims of the map (|sin(0.37 i)| at flat index i), input (pixels), boxes [n,4], bins, stride -> pooled, flat
"""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnx
import torch
from PIL import Image

from models.published.frcnn_detect import Classified, Regions, detect, preprocess, propose, select
from models.published.frcnn_fill import fill
from models.published.frcnn_graphs import detector_graphs
from models.published.frcnn_lineage import LINEAGES, Lineage
from models.published.frcnn_network import FasterRcnn
from models.published.frcnn_pool import pool_regions
from models.published.frcnn_random import random_network
from models.published.frcnn_recipe import recipe, write_skeletons
from models.published.frcnn_size import SMALL, STRIDE

FOLDER = Path("models/fixtures/frcnn")
# A wide and a tall one; neither has sides that the strides divide.
PHOTOS = {
    "wide.png": ("public/samples/coffee.jpg", (225, 149)),
    "tall.png": ("public/samples/astronaut.jpg", (101, 163)),
}
SIDES = {"hugging-face": (96, 170), "detectron2": (96, 170), "caffe": (72, 125)}
DETECTIONS = (
    ("wide.png", "hugging-face"),
    ("tall.png", "hugging-face"),
    ("wide.png", "detectron2"),
    ("wide.png", "caffe"),
    ("tall.png", "caffe"),
)
SAMPLED_PIXELS = 30
LISTED_PROPOSALS = 40
SEED = 11


def read_photo(name: str) -> np.ndarray:
    with Image.open(FOLDER / name) as image:
        return np.asarray(image.convert("RGB"))


def small_network() -> FasterRcnn:
    """As it stands in the fixture."""
    network = FasterRcnn(SMALL)
    network.load_state_dict(torch.load(FOLDER / "checkpoint.bin", weights_only=True))
    return network.eval()


def rounded(values, digits: int = 5) -> list:
    return np.round(np.asarray(values, np.float64), digits).tolist()


@torch.no_grad()
def detection_case(network: FasterRcnn, photo_name: str, lineage: Lineage) -> dict:
    photo, sides = read_photo(photo_name), SIDES[lineage.name]
    pixels = preprocess(photo, *sides)
    height, width = pixels.shape[2:]
    _, proposals = propose(network, pixels, lineage, height / photo.shape[0])
    flat = pixels.reshape(-1).numpy()
    sampled = np.linspace(0, flat.size - 1, SAMPLED_PIXELS).astype(int)
    return {
        "photo": photo_name,
        "lineage": lineage.name,
        "sides": sides,
        "pixels": {"dims": list(pixels.shape), "samples": [[int(i), rounded(flat[i])] for i in sampled]},
        "proposals": rounded(proposals[:LISTED_PROPOSALS] / torch.tensor([width, height, width, height])),
        "proposalCount": len(proposals),
        "regions": described(detect(network, photo, lineage, sides)),
    }


def described(found: Regions) -> list[dict]:
    return [
        {
            "box": rounded(found.boxes[row]),
            "label": int(found.labels[row]),
            "score": rounded(found.scores[row]),
            "attribute": int(found.attributes[row]),
            "attributeScore": rounded(found.attribute_scores[row]),
            "features": rounded(found.features[row], 3),
        }
        for row in range(len(found.labels))
    ]


def selection_cases() -> list[dict]:
    """Piles of boxes: enough at the first threshold, at a later one, and never enough."""
    numbers = np.random.default_rng(SEED)
    cases = []
    for lineage in LINEAGES.values():
        for piles, spread in ((12, 0.04), (5, 0.04), (2, 0.01)):
            corners = numbers.random((piles, 2)) * 0.5
            low = np.repeat(corners, 4, axis=0) + numbers.normal(0, spread, (4 * piles, 2))
            boxes = np.clip(np.concatenate([low, low + 0.3 + numbers.random((4 * piles, 2)) * 0.04], axis=1), 0, 1)
            # As they will be read: no box may lie on the other side of a threshold for its last digits.
            boxes = np.round(boxes, 4).astype(np.float32)
            scores = np.round(numbers.dirichlet(np.ones(6) * 0.5, 4 * piles)[:, :5], 4).astype(np.float32)
            some = replace(lineage, regions=8)
            tensors = [torch.from_numpy(array) for array in (boxes, boxes, scores, scores, scores)]
            kept = select(Classified(*tensors), some)
            case = {"lineage": lineage.name, "count": some.regions, "boxes": rounded(boxes, 4)}
            cases.append({**case, "classScores": rounded(scores, 4), "kept": kept})
    return cases


def pooling_case() -> dict:
    dims = (1, 2, 7, 11)
    input_width, input_height = 171, 107
    feature_map = torch.from_numpy(np.abs(np.sin(np.arange(np.prod(dims)) * 0.37)).astype(np.float32)).reshape(dims)
    numbers = np.random.default_rng(SEED)
    corners = np.round(numbers.random((10, 2)) * 0.8, 3)
    boxes = np.concatenate([corners, np.minimum(corners + np.round(numbers.random((10, 2)), 3), 1)], axis=1)
    boxes = np.concatenate([[[0, 0, 1, 1], [0.5, 0.5, 0.51, 0.51]], boxes]).astype(np.float32)
    scale = torch.tensor([input_width, input_height, input_width, input_height])
    pooled = pool_regions(feature_map, torch.from_numpy(boxes) * scale, SMALL.bins, STRIDE)
    return {
        "dims": dims,
        "input": {"width": input_width, "height": input_height},
        "boxes": rounded(boxes, 3),
        "bins": SMALL.bins,
        "stride": STRIDE,
        "pooled": rounded(pooled.reshape(-1)),
    }


def write_photos() -> None:
    for name, (source, size) in PHOTOS.items():
        with Image.open(source) as image:
            image.convert("RGB").resize(size, Image.Resampling.LANCZOS).save(FOLDER / name, optimize=True)


def write_network() -> None:
    network = random_network(SMALL, read_photo("wide.png"), SIDES["hugging-face"])
    torch.save(network.state_dict(), FOLDER / "checkpoint.bin")
    for file, skeleton in detector_graphs("fp32", SMALL).items():
        onnx.save(fill(skeleton, network.state_dict()), str(FOLDER / file))
    folder = FOLDER / "recipe"
    short_side, long_side = SIDES["hugging-face"]
    image = {"resize": {"rule": "short-side", "shortSide": short_side, "longSide": long_side}}
    written = recipe(write_skeletons(folder, SMALL), SMALL, image)
    # So few that the lists stand here.
    written["sources"] = written["sources"][:1]
    written["pack"]["labels"] = {
        "objects": [f"object {i}" for i in range(SMALL.objects)],
        "attributes": [f"attribute {i}" for i in range(SMALL.attributes)],
    }
    (folder / "recipe.json").write_text(json.dumps(written, separators=(",", ":")) + "\n")


def main() -> None:
    torch.set_num_threads(1)
    FOLDER.mkdir(parents=True, exist_ok=True)
    write_photos()
    write_network()
    network = small_network()
    cases = {
        "detections": [detection_case(network, photo, LINEAGES[lineage]) for photo, lineage in DETECTIONS],
        "selections": selection_cases(),
        "pooling": pooling_case(),
    }
    (FOLDER / "cases.json").write_text(json.dumps(cases, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
