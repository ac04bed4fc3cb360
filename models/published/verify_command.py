"""Proves the published packs at full size without the published weights.

    python -m models.verify published --data DATA

Random weights in the published layout, saved by PyTorch in its present and its older format, are converted by
`npm run convert` in every precision, and every pack's graphs answer the same questions as transformers does. In single
precision logits and attention must be within the tolerance and every best answer the same; what fp16 and int8 lose is
printed. The graph of gradients is held against autograd over transformers, with questions padded to full length. Questions are random words about the regions of real photos, where DATA has them. The detector is proved on a photo, by
the engine that the page runs (`frcnn_verify.py`), which takes most of the time; `--proposals 60` shortens it.

Takes about 12 minutes of an idle core, 5 without the detector, 4 GB of memory and 6 GB of disk in --work, most of which is deleted at the end.
"""

import argparse
import resource
import shutil
import subprocess
import time
from pathlib import Path

import numpy as np
import torch

from models.published import frcnn_verify, lxmert_explain, lxmert_explained
from models.published.frcnn_lineage import HUGGING_FACE
from models.published.graph_writer import PRECISIONS
from models.published.lxmert_questions import Answered, PackAnswers, answer_by_transformers, questions
from models.published.lxmert_recipes import PUBLISHED_LXMERTS, Published
from models.published.random_checkpoints import FORMATS, lxmert_of, save_checkpoints

TOLERANCE = 1e-3
# Explained ones; autograd holds every layer of each.
EXPLAINED = 4


def add_arguments(parser: argparse.ArgumentParser) -> None:
    ids = {published.id: published for published in PUBLISHED_LXMERTS}
    parser.add_argument("--id", choices=ids, default="lxmert-vqa")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--work", type=Path, default=Path("models/work/published"), help="folder for what is made")
    parser.add_argument("--questions", type=int, default=16)
    parser.add_argument("--precisions", nargs="+", choices=PRECISIONS, default=list(PRECISIONS))
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--proposals", type=int, default=HUGGING_FACE.proposals, help="0: without the detector")
    parser.add_argument("--keep", action="store_true", help="leave checkpoints and packs in --work")


def convert(published: Published, checkpoint: Path, detector: Path, precision: str, out: Path) -> None:
    """Runs the page's own converter; prints what it says of its time and memory."""
    shutil.rmtree(out, ignore_errors=True)
    files = ["--lxmert", str(checkpoint), "--detector", str(detector), "--out", str(out)]
    command = ["npm", "run", "--silent", "convert", "--", "--recipe", published.id, "--precision", precision, *files]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    print(f"  {done.stdout.splitlines()[0]}", flush=True)


def largest_difference(found: np.ndarray, expected: np.ndarray) -> float:
    if found.shape != expected.shape:
        raise ValueError(f"the graph gives {found.shape}, transformers {expected.shape}")
    return float(np.abs(found - expected).max())


def compare(found: list[Answered], expected: list[Answered], precision: str, name: str) -> bool:
    pairs = list(zip(found, expected, strict=True))
    logits = max(largest_difference(one.logits, other.logits) for one, other in pairs)
    maps = max(largest_difference(one.maps[key], other.maps[key]) for one, other in pairs for key in one.maps)
    same = sum(int(one.logits.argmax() == other.logits.argmax()) for one, other in pairs)
    spread = float(np.std(np.concatenate([other.logits for _, other in pairs])))
    passes = precision != "fp32" or (max(logits, maps) <= TOLERANCE and same == len(pairs))
    print(
        f"{'ok  ' if passes else 'FAIL'} {name}: logits differ by {logits:.1e} at most (they spread by {spread:.2f}), "
        f"attention by {maps:.1e}, same best answer for {same} of {len(pairs)} questions",
        flush=True,
    )
    return passes


def run(arguments: argparse.Namespace) -> bool:
    torch.set_num_threads(arguments.threads)
    published = next(one for one in PUBLISHED_LXMERTS if one.id == arguments.id)
    began = time.monotonic()
    print("random weights, and what transformers answers with them …", flush=True)
    model = lxmert_of(published)
    save_checkpoints(model, arguments.work)
    if arguments.proposals:
        frcnn_verify.save(arguments.work, arguments.proposals)
    asked = questions(arguments.data, arguments.questions)
    expected = [answer_by_transformers(model, question) for question in asked]
    whys = [lxmert_explained.why(*one) for one in zip(asked[:EXPLAINED], expected[:EXPLAINED], strict=True)]
    explained = [lxmert_explained.by_autograd(model, one) for one in whys]
    del model
    passes = []
    for precision in arguments.precisions:
        # Both formats end in the same bytes; one precision is enough to see it.
        for kind in FORMATS if precision == "fp32" else ("zip",):
            checkpoint, pack = arguments.work / f"lxmert.{kind}.bin", arguments.work / "pack"
            convert(published, checkpoint, arguments.work / "detector.bin", precision, pack)
            answers = PackAnswers(pack, arguments.threads)
            passes.append(
                compare([answers(one) for one in asked], expected, precision, f"{published.id} {precision} from {kind}")
            )
            del answers
            if precision in lxmert_explain.PRECISIONS and kind == "zip":
                explains = lxmert_explained.PackExplains(pack, arguments.threads)
                name = f"{published.id} {precision}, why"
                passes.append(lxmert_explained.compare([explains(one) for one in whys], explained, precision, name))
                del explains
            if kind == "zip" and arguments.proposals:
                passes.append(frcnn_verify.compare(arguments.work, pack, precision, arguments.threads))
            if not arguments.keep:
                shutil.rmtree(pack)
    if not arguments.keep:
        for path in arguments.work.glob("*.bin"):
            path.unlink()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"{time.monotonic() - began:.0f} s, {memory:.1f} GB of memory at most beside the converter's")
    return all(passes)
