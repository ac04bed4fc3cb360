"""Writes the model card of the everyday pack from printed results: `python -m models.card`.

Reads what `models.evaluate everyday --json`, `models.evaluate detector --json`, `models.evaluate pretraining --json` and
`models.train answerability` wrote; a
result that is not there leaves its table out. No number of the card is typed.
"""

import argparse
import json
from pathlib import Path

from models.card.sections import card_sections
from models.pack.add_texts import ANSWERABILITY, CARD, stored_json
from models.pack.everyday import DESCRIBED

REPORT = Path("models/work/eval/everyday-report.json")
DETECTOR_REPORT = Path("models/work/eval/detector-report.json")
HEADS_REPORT = Path("models/work/eval/pretraining-report.json")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--report", type=Path, default=REPORT)
    parser.add_argument("--detector", type=Path, default=DETECTOR_REPORT)
    parser.add_argument("--heads", type=Path, default=HEADS_REPORT)
    parser.add_argument("--answerability", type=Path, default=ANSWERABILITY)
    parser.add_argument("--out", type=Path, default=CARD)
    arguments = parser.parse_args()
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
