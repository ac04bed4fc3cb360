"""Prints what was measured when doubt was fitted; with `--questions`, also what it does on question sets."""

import argparse
import json
from pathlib import Path

import torch

from models.answerability.judged import answer_scores, judge
from models.answerability.lexicon import Lexicon
from models.answerability.logistic import Logistic
from models.answerability.questions import DoubtItem
from models.answerability.report import measure_doubt, table
from models.data.tokenizer import TOKENIZER_FILE, default_tokenizer
from models.lxmert.checkpoint import load_checkpoint
from models.lxmert.detected_photos import DetectedPhotos
from models.pack.contents import read_tokenizer


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--fitted", type=Path, default=Path("models/work/answerability.json"))
    parser.add_argument("--questions", type=Path, nargs="*", default=(), help="JSON lists of photo, question, answers")
    parser.add_argument("--checkpoint", type=Path, default=Path("models/work/lxmert/answering.pt"))
    parser.add_argument("--detections", type=Path, default=Path("models/work/detections.npz"))
    parser.add_argument("--threads", type=int, default=1)


def run(arguments: argparse.Namespace) -> None:
    torch.set_num_threads(arguments.threads)
    stored = json.loads(arguments.fitted.read_text())
    print(f"{stored['checkpoint']}, fitted on {stored['fittedOn']} questions\n{table(stored['measured'])}")
    if not arguments.questions:
        return
    model, _, _ = load_checkpoint(arguments.checkpoint)
    detected = DetectedPhotos(arguments.detections)
    doubt = Logistic(stored["bias"], stored["weights"])
    lexicon = Lexicon.from_json(stored["lexicon"])
    for path in arguments.questions:
        items = [
            DoubtItem(item["photo"], item["question"], tuple(item.get("answers") or [item["answer"]]), item["kind"])
            for item in json.loads(path.read_text())
        ]
        scores = answer_scores(model, default_tokenizer(), items, detected)
        judged = judge(items, scores, detected, read_tokenizer(TOKENIZER_FILE), lexicon)
        print(f"\n{path.name}\n{table(measure_doubt(judged, doubt, stored['warnBelow']))}")
