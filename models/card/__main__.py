"""Writes the model card of the everyday pack from printed results: `python -m models.card`.

Reads what `models.evaluate everyday --json`, `models.evaluate detector --json`, `models.evaluate pretraining --json` and
`models.train answerability` wrote; a result that is not there leaves its table out. No number of the card is typed.
`--print FILE` writes nothing and prints the tables of a card, as README has those of the pack that ships.
"""

import argparse
import json
from pathlib import Path

from models.card.markdown import measured
from models.card.sections import card_sections
from models.pack.add_texts import ANSWERABILITY, CARD, stored_json
from models.pack.everyday import DESCRIBED
from models.steps import Places

PLACES = Places(Path())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--report", type=Path, default=PLACES.report("everyday"))
    parser.add_argument("--detector", type=Path, default=PLACES.report("detector"))
    parser.add_argument("--heads", type=Path, default=PLACES.report("pretraining"))
    parser.add_argument("--answerability", type=Path, default=ANSWERABILITY)
    parser.add_argument("--out", type=Path, default=CARD)
    parser.add_argument("--print", type=Path, metavar="CARD", help="print this card's tables instead")
    arguments = parser.parse_args()
    if arguments.print:
        print(measured(json.loads(arguments.print.read_text())), end="")
        return
    found = (
        stored_json(file) for file in (arguments.report, arguments.answerability, arguments.detector, arguments.heads)
    )
    sections = card_sections(DESCRIBED, *found)
    card = {"title": DESCRIBED.name, "version": DESCRIBED.version, "sections": sections}
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    arguments.out.write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n")
    print(f"{arguments.out}: " + ", ".join(section["title"] for section in sections))


if __name__ == "__main__":
    main()
