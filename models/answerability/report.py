"""How well doubt tells right answers from wrong ones, on questions and photos that it was not fitted on."""

from collections.abc import Sequence

import numpy as np

from models.answerability.judged import Judged
from models.answerability.logistic import Logistic, auroc, calibration_error
from models.answerability.signals import warns

COVERAGES = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5)
# Beside the everyday kinds and GQA's; no answer to these is right.
WITHOUT_ANSWER = ("not in the photo", "made-up word", "beyond photos")


def measure_doubt(judged: Sequence[Judged], model: Logistic, threshold: float) -> dict:
    """Everything that is reported, as it goes into pack.json; shares are rounded to three digits."""
    chance = np.array([model.probability(one.signals) for one in judged])
    right = np.array([float(one.right) for one in judged])
    top_score = np.array([one.signals["certainty"] for one in judged])
    kinds = np.array([one.item.kind for one in judged])
    answerable = ~np.isin(kinds, WITHOUT_ANSWER)
    warned = np.array(
        [
            warns(one.reading, one.words, one.scores, c, threshold, cut=bool(one.signals["cut"]))
            for one, c in zip(judged, chance, strict=True)
        ]
    )
    return {
        "questions": len(judged),
        "photos": len({one.item.photo for one in judged}),
        "auroc": share(auroc(chance, right)),
        "aurocOfTopScore": share(auroc(top_score, right)),
        "aurocAnswerable": share(auroc(chance[answerable], right[answerable])),
        "aurocOfTopScoreAnswerable": share(auroc(top_score[answerable], right[answerable])),
        "calibrationError": share(calibration_error(chance, right)),
        "answerable": {
            "accuracy": mean(right[answerable]),
            "accuracyWithoutWarning": mean(right[answerable & ~warned]),
            "accuracyWithWarning": mean(right[answerable & warned]),
            "warned": mean(warned[answerable]),
        },
        "riskAtCoverage": [
            {"coverage": coverage, "risk": risk_at(coverage, chance[answerable], right[answerable])}
            for coverage in COVERAGES
        ],
        "kinds": {
            str(kind): {
                "questions": int((kinds == kind).sum()),
                "accuracy": mean(right[kinds == kind]),
                "warned": mean(warned[kinds == kind]),
            }
            for kind in dict.fromkeys(kinds.tolist())
        },
    }


def risk_at(coverage: float, chance: np.ndarray, right: np.ndarray) -> float:
    """Share of wrong answers among the surest `coverage` of all."""
    kept = np.argsort(-chance, kind="stable")[: max(1, round(coverage * len(chance)))]
    return share(1.0 - right[kept].mean())


def mean(values: np.ndarray) -> float | None:
    return share(values.mean()) if len(values) else None


def share(value: float) -> float:
    return round(float(value), 3)


def table(measured: dict) -> str:
    """The report as lines of text."""
    ordinary = measured["answerable"]
    lines = [
        f"{measured['questions']} questions about {measured['photos']} photos",
        (
            f"right or wrong, all questions: AUROC {measured['auroc']} (answer score alone {measured['aurocOfTopScore']}),"
            f" calibration error {measured['calibrationError']}"
        ),
        (
            f"questions with an answer: AUROC {measured['aurocAnswerable']}"
            f" (answer score alone {measured['aurocOfTopScoreAnswerable']})"
        ),
        (
            f"  accuracy {ordinary['accuracy']}, without a warning {ordinary['accuracyWithoutWarning']},"
            f" with one {ordinary['accuracyWithWarning']}; warned {ordinary['warned']}"
        ),
        "  risk at coverage "
        + ", ".join(f"{point['coverage']:.0%} {point['risk']}" for point in measured["riskAtCoverage"]),
        f"{'kind':20} {'n':>5} {'accuracy':>9} {'warned':>7}",
    ]
    for kind, row in measured["kinds"].items():
        lines.append(f"{kind:20} {row['questions']:5} {row['accuracy']:9.3f} {row['warned']:7.3f}")
    return "\n".join(lines)
