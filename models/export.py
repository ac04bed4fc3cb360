"""Writes model packs and the golden cases that the TypeScript stages are tested against.

    python -m models.export tiny --out models/fixtures/tiny-pack
    python -m models.export everyday --out public/packs/everyday
"""

import argparse
from pathlib import Path

from models.pack.tiny import tiny_contents
from models.pack.write_pack import write_pack


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    packs = parser.add_subparsers(dest="pack", required=True)
    tiny = packs.add_parser("tiny", help="untrained seeded weights, for tests")
    tiny.add_argument("--out", type=Path, default=Path("models/fixtures/tiny-pack"))
    arguments = parser.parse_args()
    write_pack(tiny_contents(), arguments.out)


if __name__ == "__main__":
    main()
