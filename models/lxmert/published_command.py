"""Pretrains LXMERT by the paper's recipe on published files (`models.data.published`), at the paper's size."""

import argparse
import json
import os
import random
import time
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import torch

from models.data.tokenizer import SPECIAL, Tokenizer, tokenizer_json
from models.lxmert.paper_network import PaperBatch, make_paper_batch, paper_loss, paper_network
from models.lxmert.published_sources import PublishedSentences, published_data
from models.lxmert.ranks import Ranks, trained_together
from models.lxmert.size import SIZES

WARM_UP_SHARE = 0.05
WEIGHT_DECAY = 0.01
BETAS, EPSILON = (0.9, 0.999), 1e-6
GRADIENT_NORM = 1.0
REPORT_STEPS = 20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--configuration", type=Path, required=True, help="JSON that names the files")
    parser.add_argument("--out", type=Path, default=Path("models/work/lxmert/published"), help="folder")
    parser.add_argument("--size", choices=tuple(SIZES), default="paper")
    parser.add_argument("--batch", type=int, default=256, help="sentences per step, over all processes")
    parser.add_argument("--epochs", type=float, default=20.0)
    parser.add_argument("--answers-from", type=float, default=10.0, help="the epoch from which questions are answered")
    parser.add_argument("--learning-rate", type=float, default=1e-4)
    parser.add_argument("--steps", type=int, help="stop after so many, to try it out")
    parser.add_argument("--save-steps", type=int, default=2000)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=0)


def run(arguments: argparse.Namespace) -> None:
    with trained_together(arguments.threads, arguments.seed) as ranks:
        train(arguments, ranks)


def bert_tokenizer(data: Path, folder: Path) -> Tokenizer:
    """All of BERT's pieces, the special ones first: LXMERT is trained from scratch, so their numbers are free.

    The file is written once, by whoever comes first.
    """
    file = folder / "tokenizer.json"
    if not file.exists():
        pieces = (data / "vocab" / "bert_uncased_vocab.txt").read_text().splitlines()
        partial = file.with_suffix(f".{os.getpid()}")
        partial.write_text(json.dumps(tokenizer_json([piece for piece in pieces if piece not in SPECIAL])))
        os.replace(partial, file)
    return Tokenizer(file)


def train(arguments: argparse.Namespace, ranks: Ranks) -> None:
    device = torch.device(arguments.device)
    arguments.out.mkdir(parents=True, exist_ok=True)
    tokenizer = bert_tokenizer(arguments.data, arguments.out)
    found = published_data(arguments.configuration, arguments.seed + 1000 * ranks.rank)
    if ranks.first:
        print("\n".join(found.lines()), flush=True)
    model = paper_network(
        SIZES[arguments.size],
        feature_size=found.sentences.stores.feature_size,
        vocabulary_size=len(tokenizer),
        answer_count=len(found.answers),
    )
    model.to(device).train()
    parameters = list(model.parameters())
    optimiser = torch.optim.AdamW(parameters, betas=BETAS, eps=EPSILON, weight_decay=WEIGHT_DECAY)
    per_epoch = max(1, len(found.sentences) // arguments.batch)
    last = round(per_epoch * arguments.epochs)
    if ranks.first:
        print(f"{sum(map(torch.numel, parameters)) / 1e6:.1f} M parameters, {last:,} steps, {device}", flush=True)
    share = max(1, arguments.batch // ranks.world)
    batches = endless_batches(found.sentences, tokenizer, share, arguments.seed + ranks.rank)
    half = torch.autocast("cuda", torch.bfloat16) if device.type == "cuda" else nullcontext()
    began, losses = time.monotonic(), []
    for step in range(min(last, arguments.steps or last)):
        with half:
            loss = paper_loss(model, next(batches).to(device), step >= per_epoch * arguments.answers_from)
        loss.backward()
        for parameter in parameters:
            # Which tasks ask anything differs between processes, but all exchange the same gradients.
            if parameter.grad is None:
                parameter.grad = torch.zeros_like(parameter)
        ranks.exchange(parameters, ())
        torch.nn.utils.clip_grad_norm_(parameters, GRADIENT_NORM)
        for group in optimiser.param_groups:
            group["lr"] = arguments.learning_rate * rate(step, last)
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        losses.append(loss.detach())
        if ranks.first and (step + 1) % REPORT_STEPS == 0:
            speed = (step + 1) * arguments.batch / (time.monotonic() - began)
            mean = float(torch.stack(losses).mean())
            print(f"step {step + 1} epoch {step / per_epoch:.2f} {speed:.0f} sentences/s loss {mean:.3f}", flush=True)
            losses = []
        if ranks.first and (step + 1) % arguments.save_steps == 0:
            save(arguments.out, model)
    if ranks.first:
        save(arguments.out, model)


def endless_batches(sentences: PublishedSentences, tokenizer: Tokenizer, size: int, seed: int) -> Iterator[PaperBatch]:
    rng = random.Random(seed)
    while True:
        yield make_paper_batch([sentences.draw() for _ in range(size)], tokenizer, rng)


def rate(step: int, last: int) -> float:
    """Share of the full rate: linear up over the first part, then linear down to zero."""
    warm = max(1, round(WARM_UP_SHARE * last))
    return min((step + 1) / warm, (last - step) / max(1, last - warm))


def save(folder: Path, model: torch.nn.Module) -> None:
    """The published names; written beside and moved, so that a reader never sees half a file."""
    partial = folder / "pretrained.partial"
    torch.save(model.state_dict(), partial)
    os.replace(partial, folder / "pretrained.pt")
