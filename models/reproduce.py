"""Makes the everyday pack from the data, step after step; a step whose output is there is passed over.

    python -m models.reproduce --data ../shared/data             everything that is missing
    python -m models.reproduce --list                            the commands, what they write and how long they take
    python -m models.reproduce --from detections                 that step and all after it, anew
    python -m models.reproduce --data ../shared/data --miniature the whole chain on a few photos: a test, no model

Training steps that are cut off begin anew; finished ones are kept.
"""

import argparse
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from models.lxmert.train_command import kept_file
from models.miniature import Miniature, write_miniature

MINIATURE, BRANCHES = Path("models/work/miniature"), 6


@dataclass(frozen=True)
class Places:
    """Where the steps read and write."""

    data: Path
    work: Path
    pack: Path
    cases: Path

    @property
    def detector(self) -> Path:
        return self.work / "detector"

    @property
    def detections(self) -> Path:
        return self.work / "detections.npz"

    @property
    def mirrored(self) -> Path:
        return self.work / "detections-mirrored.npz"

    @property
    def cuts(self) -> Path:
        return self.work / "detections-cuts.npz"

    def lxmert(self, name: str) -> Path:
        return self.work / "lxmert" / f"{name}.pt"


@dataclass(frozen=True)
class Step:
    name: str
    command: tuple[str, ...]  # of python -m
    writes: Path | None  # None: it only prints, and runs every time
    minutes: int  # on one thread of a 2-core machine without a GPU

    @property
    def done(self) -> bool:
        return self.writes is not None and self.writes.exists()

    @property
    def line(self) -> str:
        return "python -m " + " ".join(self.command)


def kept_files(out: Path, count: int) -> list[Path]:
    return [kept_file(out, number) for number in range(1, count + 1)]


def words(*parts: object) -> tuple[str, ...]:
    return tuple(str(part) for part in parts)


def recipe(places: Places, small: Miniature | None = None, lite: Path | None = None) -> list[Step]:
    """All steps in their order; `small` shortens every one. lite: EfficientNet-Lite0's weights, if not installed."""
    data = ("--data", places.data)
    seen = ("--detections", places.detections)
    measured = ("--checkpoint", places.lxmert("answering"), *seen, "--questions", places.work / "eval")
    doubt, card = places.work / "answerability.json", places.work / "card.json"
    report, found = (places.work / "eval" / f"{name}-report.json" for name in ("everyday", "detector"))
    scores = places.detector / "score-calibration.json"
    checkpoints = ("--detector", places.detector / "full.pt", "--lxmert", places.lxmert("answering"))

    def samples(usual: int) -> tuple[object, ...]:
        return ("--samples", small.samples if small else usual)

    def training(seed: int = 0) -> tuple[object, ...]:
        return ("models.train", "lxmert", *data, "--regions", 20, "--seed", seed)

    def together(seed: int = 0) -> tuple[object, ...]:
        return (*training(seed), "--scenes", 14, *seen, "--mirrored", places.mirrored)

    first, second, third, mean, cut, whole, last = (
        places.lxmert(name)
        for name in ("scene-graphs", "questions", "all-tasks", "mean", "cuts", "mean-of-all", "answering")
    )
    branches = [places.lxmert(f"branch-{number}") for number in range(1, BRANCHES + 1)]
    averaged = [*kept_files(second, 3), *kept_files(third, 2)]
    later = kept_files(cut, 6)
    steps = [
        ("names", ("models.data.vocabulary", *data), Path("models/data/vocabulary.json"), 1),
        ("tokenizer", ("models.data.tokenizer", *data), Path("models/data/tokenizer.json"), 1),
        (
            "question sets",
            ("models.data.evaluation", *data, "--out", places.work / "eval"),
            places.work / "eval" / "everyday.json",
            1,
        ),
        (
            "detector",
            (
                *("models.train", "detector", *data, "--work", places.detector),
                *(small.detector_steps if small else ()),
                *(("--lite", lite) if lite else ()),
            ),
            places.detector / "full.pt",
            60,
        ),
        (
            "detections",
            ("models.detector.write_detections", *data, "--work", places.detector, "--out", places.detections),
            places.detections,
            3,
        ),
        (
            "calibration of scores",
            ("models.train", "scores", *data, *seen, "--out", scores),
            scores,
            1,
        ),
        (
            "mirrored detections",
            (
                *("models.detector.write_detections", *data, "--work", places.detector),
                *("--mirrored", "--out", places.mirrored),
            ),
            places.mirrored,
            3,
        ),
        (
            "cut-out views",
            (
                *("models.detector.write_detections", *data, "--work", places.detector),
                *("--cuts", 1 if small else 4, "--out", places.cuts),
            ),
            places.cuts,
            35,
        ),
        (
            "lxmert on scene graphs",
            (*training(), "--tasks", "answers", *samples(330_000), "--decay-share", 0, "--out", first),
            first,
            20,
        ),
        (
            "lxmert on photos",
            (
                *(*together(), "--start", first, "--tasks", "answers"),
                *(*samples(1_300_000), "--decay-share", 0, "--keep", 3, "--out", second),
            ),
            second,
            160,
        ),
        (
            "lxmert with all tasks",
            (
                *(*together(), "--start", second, *samples(850_000)),
                *("--decay-share", 0.8, "--learning-rate", 0.0009, "--keep", 2, "--out", third),
            ),
            third,
            110,
        ),
        ("mean of checkpoints", ("models.train", "average", *averaged, "--out", mean), mean, 1),
        (
            "lxmert on cut-out views",
            (
                *(*together(), "--cuts", places.cuts, "--start", mean, *samples(530_000)),
                *("--decay-share", 0, "--learning-rate", 0.0006, "--keep", 6, "--out", cut),
            ),
            cut,
            70,
        ),
        ("mean of all checkpoints", ("models.train", "average", *averaged, *later, "--out", whole), whole, 1),
        *(
            (
                f"lxmert, branch {number}",
                (
                    *(*together(number), "--cuts", places.cuts, "--start", whole, *samples(150_000)),
                    # Every other one hears questions alone, so that the branches differ.
                    *(() if number % 2 else ("--tasks", "answers")),
                    *("--decay-share", 0.7, "--learning-rate", 0.0006, "--out", branch),
                ),
                branch,
                18,
            )
            for number, branch in enumerate(branches, start=1)
        ),
        ("mean of branches", ("models.train", "average", whole, *branches, "--out", last), last, 1),
        (
            "answerability",
            ("models.train", "answerability", *data, "--checkpoint", last, *seen, "--out", doubt),
            doubt,
            2,
        ),
        ("measure", ("models.evaluate", "everyday", *data, *measured, "--json", report), report, 10),
        (
            "measure the detector",
            (
                "models.evaluate",
                "detector",
                *data,
                "--checkpoint",
                places.detector / "full.pt",
                "--scores",
                scores,
                "--json",
                found,
            ),
            found,
            2,
        ),
        (
            "card",
            ("models.card", "--report", report, "--detector", found, "--answerability", doubt, "--out", card),
            card,
            1,
        ),
        # What a pack was exported from is not seen from its being there, so it is always written anew.
        (
            "pack",
            (
                "models.export",
                "everyday",
                *checkpoints,
                "--scores",
                scores,
                "--out",
                places.pack,
                "--cases",
                places.cases,
            ),
            None,
            4,
        ),
        ("what it says", ("models.pack.add_texts", places.pack, "--answerability", doubt, "--card", card), None, 1),
        ("proof", ("models.verify", places.pack, *checkpoints), None, 1),
    ]
    return [Step(name, words(*command), writes, usual) for name, command, writes, usual in steps]


def run_all(steps: Sequence[Step], begin: str | None) -> int:
    """Runs what is not done; from the step called `begin` on, also what is. Stops at the first that fails."""
    anew = False
    for step in steps:
        anew = anew or step.name == begin
        if step.done and not anew:
            print(f"== {step.name}: there already ({step.writes})", flush=True)
            continue
        print(f"== {step.name}: about {step.minutes} min\n{step.line}", flush=True)
        if step.writes:
            step.writes.parent.mkdir(parents=True, exist_ok=True)
        began = time.monotonic()
        status = subprocess.run([sys.executable, "-m", *step.command], check=False).returncode
        if status:
            print(f"== {step.name} failed with status {status}", flush=True)
            return status
        print(f"== {step.name}: done in {(time.monotonic() - began) / 60.0:.1f} min", flush=True)
    return 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--from", dest="begin", help="name of the first step to run even if its output is there")
    parser.add_argument("--lite", type=Path, help="EfficientNet-Lite0's .pth (default: of the installed PyPI package)")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--miniature", action="store_true")
    arguments = parser.parse_args()
    places = Places(arguments.data, Path("models/work"), Path("public/packs/everyday"), Path("models/fixtures/cases"))
    small = Miniature() if arguments.miniature else None
    if small:
        places = Places(MINIATURE / "data", MINIATURE, MINIATURE / "pack", MINIATURE / "cases")
        if not arguments.list:
            write_miniature(arguments.data, places.data, small)
    steps = recipe(places, small, arguments.lite)
    if arguments.begin not in (names := [None, *(step.name for step in steps)]):
        parser.error(f"there is no step '{arguments.begin}'; steps are {', '.join(names[1:])}")
    if arguments.list:
        for step in steps:
            print(f"{step.name} ({step.minutes} min{', done' if step.done else ''})\n  {step.line}")
    else:
        sys.exit(run_all(steps, arguments.begin))


if __name__ == "__main__":
    main()
