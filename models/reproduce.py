"""Makes the everyday pack from the data, step after step; a step whose output is there is passed over.

    python -m models.reproduce --data ../shared/data             everything that is missing
    python -m models.reproduce --list                            the commands, what they write and how long they take
    python -m models.reproduce --from detections                 that step and all after it, anew
    python -m models.reproduce --only names --only balance       these steps alone, whether or not their output is there
    python -m models.reproduce --data ../shared/data --miniature the whole chain on a few photos: a test, no model

The steps are those of `models.recipe`. The outputs of some are in git: those run with --from and --only. Training steps that are
cut off begin anew; finished ones are kept.
"""

import argparse
import subprocess
import sys
import time
from collections.abc import Collection, Sequence
from pathlib import Path

from models.miniature import Miniature, write_miniature
from models.recipe import steps
from models.steps import Places, Step

MINIATURE = Path("models/work/miniature")


def run_all(recipe: Sequence[Step], begin: str | None = None, only: Collection[str] = ()) -> int:
    """Runs what is not done; from the step called `begin` on, also what is; or `only` these. Stops at the first that fails."""
    anew = False
    for step in recipe:
        anew = anew or step.name == begin
        if only and step.name not in only:
            continue
        if step.done and not anew and not only:
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
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--from", dest="begin", metavar="STEP", help="the first step to run even if its output is there")
    which.add_argument(
        "--only", action="append", default=[], metavar="STEP", help="run this step alone; several may be named"
    )
    parser.add_argument("--lite", type=Path, help="EfficientNet-Lite0's .pth (default: of the installed PyPI package)")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--miniature", action="store_true")
    arguments = parser.parse_args()
    small = Miniature() if arguments.miniature else None
    places = Places(arguments.data)
    if small:
        places = Places(MINIATURE / "data", MINIATURE, MINIATURE / "pack", MINIATURE / "cases")
    recipe = steps(places, small, arguments.lite)
    names = [step.name for step in recipe]
    for name in (*arguments.only, *filter(None, [arguments.begin])):
        if name not in names:
            parser.error(f"there is no step '{name}'; steps are {', '.join(names)}")
        if small and any(step.tracked for step in recipe if step.name == name):
            parser.error(f"'{name}' writes a file that is in git: not from a miniature's few photos")
    if arguments.list:
        for step in recipe:
            print(f"{step.name} ({step.minutes} min{', done' if step.done else ''})\n  {step.line}")
        return
    if small:
        write_miniature(arguments.data, places.data, small)
    sys.exit(run_all(recipe, arguments.begin, arguments.only))


if __name__ == "__main__":
    main()
