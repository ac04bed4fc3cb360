"""Fits when to warn that an answer may be wrong, on one half of the validation photos; reports the other half.

Training photos are not used: LXMERT knows the answers to their questions by heart, and would look too sure.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import torch

from models.answerability.judged import answer_scores, judge
from models.answerability.lexicon import build_lexicon
from models.answerability.logistic import fit
from models.answerability.questions import doubt_items
from models.answerability.report import measure_doubt, table
from models.data.tokenizer import TOKENIZER_FILE, default_tokenizer
from models.lxmert.checkpoint import load_checkpoint
from models.lxmert.detected_photos import DetectedPhotos
from models.pack.contents import read_tokenizer

PENALTY = 10.0
# An answer that is more likely wrong than right.
WARN_BELOW = 0.5
# A thing is said to be missing when no region shows it with this probability.
NOT_FOUND_BELOW = 0.2
DIGITS = 5


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--checkpoint", type=Path, default=Path("models/work/lxmert/answering.pt"))
    parser.add_argument("--detections", type=Path, default=Path("models/work/detections.npz"))
    parser.add_argument("--out", type=Path, default=Path("models/work/answerability.json"))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)


def run(arguments: argparse.Namespace) -> None:
    torch.set_num_threads(arguments.threads)
    model, _, samples = load_checkpoint(arguments.checkpoint)
    detected = DetectedPhotos(arguments.detections)
    lexicon = build_lexicon(arguments.data)
    items = doubt_items(arguments.data, arguments.seed)
    scores = answer_scores(model, default_tokenizer(), items, detected)
    judged = judge(items, scores, detected, read_tokenizer(TOKENIZER_FILE), lexicon)
    halves = {half: [one for one in judged if one.item.half == half] for half in ("fitted", "measured")}
    fitted = halves["fitted"]
    doubt = fit([one.signals for one in fitted], np.array([float(one.right) for one in fitted]), PENALTY)
    measured = measure_doubt(halves["measured"], doubt, WARN_BELOW)
    stored = {
        "checkpoint": str(arguments.checkpoint),
        "samples": samples,
        "bias": round(doubt.bias, DIGITS),
        "weights": {name: round(weight, DIGITS) for name, weight in doubt.weights.items()},
        "warnBelow": WARN_BELOW,
        "notFoundBelow": NOT_FOUND_BELOW,
        "fittedOn": len(fitted),
        "measured": measured,
        "lexicon": lexicon.as_json(),
    }
    arguments.out.write_text(json.dumps(stored, ensure_ascii=False) + "\n")
    print({name: round(weight, 2) for name, weight in doubt.weights.items()})
    print(f"fitted on {len(fitted)} questions; measured on the other photos, with other wordings:\n{table(measured)}")
