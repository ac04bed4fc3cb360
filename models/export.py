"""Writes model packs and the golden cases that the TypeScript stages are tested against.

python -m models.export tiny --out models/fixtures/tiny-pack
python -m models.export everyday --out public/packs/everyday
"""

import argparse
from pathlib import Path

from models.pack.cases import write_cases
from models.pack.contents import PackContents
from models.pack.everyday import DETECTOR_CHECKPOINT, LXMERT_CHECKPOINT, SCORE_CALIBRATION, everyday_contents
from models.pack.tiny import tiny_contents
from models.pack.write_pack import write_pack

CASES = Path("models/fixtures/cases")
CASE_PHOTO = Path("public/samples/coffee.jpg")
CASE_QUESTION = "What is on the table?"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    packs = parser.add_subparsers(dest="pack", required=True)
    tiny = packs.add_parser("tiny", help="untrained seeded weights, for tests")
    tiny.add_argument("--out", type=Path, default=Path("models/fixtures/tiny-pack"))
    everyday = packs.add_parser("everyday", help="the trained pack that ships")
    everyday.add_argument("--out", type=Path, default=Path("public/packs/everyday"))
    everyday.add_argument("--detector", type=Path, default=DETECTOR_CHECKPOINT)
    everyday.add_argument("--lxmert", type=Path, default=LXMERT_CHECKPOINT)
    everyday.add_argument("--scores", type=Path, default=SCORE_CALIBRATION)
    for pack in (tiny, everyday):
        pack.add_argument("--cases", type=Path, default=CASES, help="folder of the golden cases for TypeScript")
    arguments = parser.parse_args()
    export(contents_of(arguments), arguments.out, arguments.cases)


def contents_of(arguments: argparse.Namespace) -> PackContents:
    if arguments.pack == "tiny":
        return tiny_contents()
    return everyday_contents(arguments.detector, arguments.lxmert, arguments.scores)


def export(contents: PackContents, folder: Path, cases: Path) -> None:
    write_pack(contents, folder)
    write_cases(contents, folder, cases, CASE_PHOTO, CASE_QUESTION)


if __name__ == "__main__":
    main()
