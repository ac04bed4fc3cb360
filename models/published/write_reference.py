"""Writes what other code finds with published weights, for `npm run prove` to hold the page's engine against.

    python -m models.published.write_reference --lxmert DIR/pytorch_model.bin --config DIR/config.json \\
        --vocabulary DIR/vocab.txt --detector FILE --photo A.jpg --question "What is on the table?" --out DIR

Answers and attention are transformers'. Regions are those of the extractor that was published with the weights, where
--extractor names the folder of its code (modeling_frcnn.py, processing_image.py, utils.py and its config.yaml); without it those
of this project's own PyTorch, which shares no code with the page.

DIR gets reference.json, {photos: [{photo, regions, questions: [{question, answer}]}]}, whose names are those of the files beside it:
the photos; regions as NPZ with boxes [region, 4] in fractions of the photo (xmin, ymin, xmax, ymax), labels [region] (places in
the list of objects) and features [region, feature]; answers as NPZ with token_ids [token], logits [answer], and
language_attention, vision_attention and text_to_region_attention [1, layer, head, query, key].
"""

import argparse
import json
import shutil
import sys
from pathlib import Path

import numpy as np
import torch
from tokenizers import BertWordPieceTokenizer
from torch import nn
from transformers import LxmertConfig, LxmertForQuestionAnswering

from models.published.frcnn_detect import detect
from models.published.frcnn_lineage import HUGGING_FACE
from models.published.frcnn_network import FasterRcnn
from models.published.frcnn_size import PUBLISHED, SMALL
from models.published.frcnn_verify import read_photo
from models.published.lxmert_questions import Question, answer_by_transformers


def load_state(file: Path) -> dict[str, torch.Tensor]:
    if file.suffix == ".safetensors":
        from safetensors.torch import load_file

        return load_file(file)
    return torch.load(file, map_location="cpu", weights_only=True)


def load_lxmert(checkpoint: Path, configuration: Path) -> nn.Module:
    model = LxmertForQuestionAnswering(LxmertConfig.from_json_file(configuration))
    missing, _ = model.load_state_dict(load_state(checkpoint), strict=False)
    if missing:
        raise SystemExit(f"{checkpoint} lacks {', '.join(missing[:4])}")
    return model.eval()


def own_regions(checkpoint: Path, photo: Path, sides: tuple[int, int] | None) -> dict[str, np.ndarray]:
    state = load_state(checkpoint)
    is_published = len(state["backbone.stem.conv1.weight"]) == PUBLISHED.stem
    network = FasterRcnn(PUBLISHED if is_published else SMALL)
    network.load_state_dict(state)
    found = detect(network.eval(), read_photo(photo), HUGGING_FACE, sides)
    return {"boxes": found.boxes, "labels": found.labels, "features": found.features}


def published_regions(code: Path, checkpoint: Path, photo: Path) -> dict[str, np.ndarray]:
    """By the code that was published with the weights."""
    sys.path.insert(0, str(code))
    from modeling_frcnn import GeneralizedRCNN
    from processing_image import Preprocess
    from utils import Config

    configuration = Config.from_pretrained(str(code))
    network = GeneralizedRCNN(configuration)
    network.load_state_dict(load_state(checkpoint))
    images, sizes, scales = Preprocess(configuration)(str(photo))
    with torch.no_grad():
        found = network.eval()(
            images,
            sizes,
            scales_yx=scales,
            padding="max_detections",
            max_detections=configuration.max_detections,
            return_tensors="pt",
        )
    names = {"boxes": "normalized_boxes", "labels": "obj_ids", "features": "roi_features"}
    return {ours: torch.as_tensor(found[theirs]).detach().numpy()[0] for ours, theirs in names.items()}


def write_reference(arguments: argparse.Namespace) -> None:
    arguments.out.mkdir(parents=True, exist_ok=True)
    model = load_lxmert(arguments.lxmert, arguments.config)
    tokenizer = BertWordPieceTokenizer(str(arguments.vocabulary), lowercase=True)
    photos = []
    for photo in arguments.photo:
        if photo.resolve().parent != arguments.out.resolve():
            shutil.copy(photo, arguments.out)
        if arguments.extractor:
            regions = published_regions(arguments.extractor, arguments.detector, photo)
        else:
            regions = own_regions(arguments.detector, photo, arguments.sides)
        regions = {
            name: values.astype(np.int32 if name == "labels" else np.float32) for name, values in regions.items()
        }
        np.savez(arguments.out / f"{photo.stem}.npz", **regions)
        asked = []
        for place, question in enumerate(arguments.question):
            token_ids = np.array([tokenizer.encode(question).ids], np.int32)
            numbers = Question(regions["features"][None], regions["boxes"][None], token_ids)
            answered = answer_by_transformers(model, numbers)
            file = f"{photo.stem}-{place}.npz"
            np.savez(arguments.out / file, token_ids=token_ids[0], logits=answered.logits, **answered.maps)
            asked.append({"question": question, "answer": file})
        photos.append({"photo": photo.name, "regions": f"{photo.stem}.npz", "questions": asked})
    (arguments.out / "reference.json").write_text(json.dumps({"photos": photos}, indent=1) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("--lxmert", "--config", "--vocabulary", "--detector", "--out"):
        parser.add_argument(name, type=Path, required=True)
    parser.add_argument("--photo", type=Path, nargs="+", required=True)
    parser.add_argument("--question", nargs="+", required=True)
    parser.add_argument("--extractor", type=Path, help="folder of the published extractor's code")
    parser.add_argument("--sides", type=int, nargs=2, help="short and long side of the network's input")
    write_reference(parser.parse_args())


if __name__ == "__main__":
    main()
