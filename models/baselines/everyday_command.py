"""Everyday questions, free wordings and GQA's questions: LXMERT beside its blind self, the wording alone and rules.

Rules get the question's program, in whatever wording it is asked, and are fitted on training photos. One table per set
in Markdown; `--json` writes every number with its interval, for the model card.
"""

import argparse
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import torch

from models.baselines.contestants import (
    BLIND,
    HUMAN,
    LXMERT,
    RULES_COCO,
    RULES_PACK,
    WORDING,
    Answerer,
    lxmert_contestants,
    rule_contestants,
    wording_contestant,
)
from models.baselines.intervals import over_photos
from models.baselines.scoreboard import Scoreboard
from models.data.questions import EVERYDAY_KINDS
from models.data.vocabulary import ANSWER_INDEX, canonical_object

GQA_KINDS = ("yes/no", "choose", "open")
READERS = (LXMERT, BLIND, HUMAN, WORDING)
"""Who reads the words; rules are given the program instead, of everyday questions only."""
RIVALS = frozenset({BLIND, WORDING, RULES_PACK, RULES_COCO})
TITLES = {
    "everyday": "Everyday questions",
    "everyday_second": "Everyday questions, second draw in other plain wordings",
    "paraphrased": "The everyday questions in free wording",
    "heard": "The everyday questions in shapes that were trained on",
    "unheard": "The everyday questions in shapes that never were",
    "gqa_validation": "GQA's questions",
}
# Their questions are not what the plain wording asks, or have none, so that rules cannot be given the program.
WITHOUT_PROGRAM = frozenset({"heard", "unheard", "gqa_validation"})


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--checkpoint", type=Path, default=Path("models/work/lxmert/answering.pt"))
    parser.add_argument("--detections", type=Path, default=Path("models/work/detections.npz"))
    parser.add_argument("--questions", type=Path, default=Path("models/work/eval"), help="folder of the question sets")
    parser.add_argument("--sets", nargs="+", choices=TITLES, default=list(TITLES))
    parser.add_argument("--without-rules", action="store_true", help="LXMERT and the wording alone, in less time")
    parser.add_argument("--json", type=Path, help="file for all numbers")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)


def run(arguments: argparse.Namespace) -> None:
    torch.set_num_threads(arguments.threads)
    everyone = {
        **lxmert_contestants(arguments.data, arguments.checkpoint, arguments.detections),
        **wording_contestant(arguments.data, arguments.seed),
    }
    if not arguments.without_rules:
        everyone |= rule_contestants(arguments.data, arguments.detections, arguments.seed)
    report: dict = {"checkpoint": str(arguments.checkpoint), "sets": {}}
    for name in arguments.sets:
        items = json.loads((arguments.questions / f"{name}.json").read_text())
        record, lines = reported(name, items, everyone)
        report["sets"][name] = {"title": TITLES[name], **record}
        print(f"\n{TITLES[name]}\n\n" + "\n".join(lines), flush=True)
    if arguments.json:
        arguments.json.parent.mkdir(parents=True, exist_ok=True)
        arguments.json.write_text(json.dumps(report, indent=1) + "\n")


def reported(name: str, items: list[dict], everyone: Mapping[str, Answerer]) -> tuple[dict, list[str]]:
    """The JSON record and the printed lines of one set."""
    is_gqa = name == "gqa_validation"
    kinds = GQA_KINDS if is_gqa else EVERYDAY_KINDS
    chosen = list(READERS if name in WITHOUT_PROGRAM else everyone)
    rivals = tuple(one for one in chosen if one in RIVALS)
    board = Scoreboard(items, {one: everyone[one](items) for one in chosen}, kinds, LXMERT, rivals)
    record, lines = board.record(), board.lines()
    if is_gqa:
        unlisted = {kind: share_unlisted([item for item in items if item["kind"] == kind]) for kind in kinds}
        record["outside the answer list"] = unlisted
        record["right thing in another word"] = other_words = said_otherwise(board)
        lines += ["", "Answers outside the answer list: " + ", ".join(f"{k} {v:.3f}" for k, v in unlisted.items())]
        lines += [f"Wrong answers that name the right thing in another word or number: {other_words}"]
    if name == "paraphrased":
        plainly = [{**item, "question": item["plain"]} for item in items]
        answers = {one: everyone[one](plainly) for one in READERS}
        drop = wording_costs(board, replace(board, answers=answers))
        record["lost by wording"] = drop
        lines += ["", "Lost against the plain wordings of the same questions, macro (95 % interval):"]
        lines += [
            f"{one} {cost['value']:+.3f} ({cost['low']:+.2f} to {cost['high']:+.2f})" for one, cost in drop.items()
        ]
    return record, lines


def share_unlisted(items: list[dict]) -> float:
    """Share of questions that no answer of the list is right for: nothing can get these."""
    return sum(item["answer"] not in ANSWER_INDEX for item in items) / max(1, len(items))


def said_otherwise(board: Scoreboard) -> int:
    """LXMERT's wrong answers of the answer's own class: 'couch' for 'sofa', 'cow' for 'cows'."""
    pairs = zip(board.items, board.answers[LXMERT], board.right(LXMERT), strict=True)
    return sum(
        not right and canonical_object(said) is not None and canonical_object(said) == canonical_object(item["answer"])
        for item, said, right in pairs
    )


def wording_costs(free: Scoreboard, plainly: Scoreboard) -> dict[str, dict[str, float]]:
    """Contestant -> macro accuracy on the plain wordings less that on the free ones, same facts."""
    return {
        one: over_photos(free.photos, plainly.right(one) - free.right(one), free.kind_of).record()
        for one in plainly.answers
    }
