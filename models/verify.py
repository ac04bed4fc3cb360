"""Compares every graph of a pack in ONNX Runtime with PyTorch, at sizes other than the traced ones.

    python -m models.verify models/fixtures/tiny-pack
    python -m models.verify public/packs/everyday
    python -m models.verify published --data DATA

The last proves the packs that are made from published weights, with random ones of their size (`published --help`).
A trained pack is compared with the checkpoints that it was exported from, in models/work unless told otherwise; where those
are missing, with the weights that its own graphs hold (`models.pack.restore`), which proves the graphs' arithmetic alone.
Prints one line per graph and exits with 1 when a difference exceeds the tolerance or a file is not as stated.
"""

import argparse
import sys
from itertools import groupby
from pathlib import Path
from typing import NoReturn

from models.pack.compare_graphs import TOLERANCE, compare_pack
from models.pack.contents import PackContents
from models.pack.everyday import (
    DETECTOR_CHECKPOINT,
    LXMERT_CHECKPOINT,
    contents_of_networks,
    everyday_contents,
)
from models.pack.read_pack import file_faults, read_pack
from models.pack.restore import restored_detector, restored_lxmert
from models.pack.tiny import tiny_contents


def main() -> None:
    if sys.argv[1:2] == ["published"]:
        verify_published(sys.argv[2:])
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pack", type=Path)
    parser.add_argument("--detector", type=Path, default=DETECTOR_CHECKPOINT, help="of a trained pack")
    parser.add_argument("--lxmert", type=Path, default=LXMERT_CHECKPOINT, help="of a trained pack")
    arguments = parser.parse_args()
    contents = contents_of(arguments.pack, arguments.detector, arguments.lxmert)
    sys.exit(0 if verify(arguments.pack, contents) else 1)


def verify_published(rest: list[str]) -> NoReturn:
    # Imported only here: it loads the published networks' libraries.
    from models.published import verify_command

    parser = argparse.ArgumentParser(
        prog="verify published",
        description=verify_command.__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    verify_command.add_arguments(parser)
    sys.exit(0 if verify_command.run(parser.parse_args(rest)) else 1)


def contents_of(folder: Path, detector: Path = DETECTOR_CHECKPOINT, lxmert: Path = LXMERT_CHECKPOINT) -> PackContents:
    """The models in PyTorch that the pack was exported from; a trained one's are read from its checkpoints, or restored."""
    if read_pack(folder)["id"] == "tiny":
        return tiny_contents()
    if detector.exists() and lxmert.exists():
        return everyday_contents(detector, lxmert)
    print(f"no checkpoints at {detector} and {lxmert}: compared with the weights that the pack holds")
    return contents_of_networks(*restored_detector(folder), *restored_lxmert(folder), restored=True)


def verify(folder: Path, contents: PackContents | None = None) -> bool:
    """Whether all is well; `contents` are the models in PyTorch, by default those of the pack's name."""
    contents = contents or contents_of(folder)
    faults = file_faults(folder)
    for fault in faults:
        print(f"FAIL {fault}")
    comparisons = sorted(compare_pack(contents, folder), key=lambda found: found.graph)
    for graph, found in groupby(comparisons, key=lambda found: found.graph):
        worst = max(found, key=lambda one: one.difference if one.difference == one.difference else float("inf"))
        verdict = "ok  " if worst.passes else "FAIL"
        print(
            f"{verdict} {graph}: {worst.difference:.1e} at most ({worst.output}, {worst.case}); allowed {TOLERANCE:g}"
        )
    return not faults and all(found.passes for found in comparisons)


if __name__ == "__main__":
    main()
