"""The steps of the everyday pack, as data: what `models.reproduce` runs and what README, pack.json and the card say.

`python -m models.recipe` prints README's table of steps.
"""

from collections.abc import Iterator
from pathlib import Path

from models.lxmert.checkpoint import kept_file
from models.miniature import Miniature
from models.steps import Places, Step, step

BRANCHES = 6

# What was done for the weights that ship, in its order, with seeds: pack.json says so. `steps` has the way from the beginning.
SHIPPED_COMMANDS = (
    "python -m models.train detector",
    "python -m models.detector.write_detections --out models/work/detections.npz (out of fold)",
    "python -m models.train scores",
    (
        "LXMERT of pack 0.4.0, restored from its graphs (python -m models.pack.restore): 3.71 M texts, the mean of eleven"
        " checkpoints of one training and of six branches of 0.15 M texts from that mean, seeds 41 to 46; those checkpoints are gone"
    ),
    (
        "python -m models.train lxmert --start models/work/lxmert/restored.pt --regions 20 --scenes 14 --learning-rate 0.0006"
        " --seed 51 --out models/work/lxmert/words-a.pt, with the detections of pack 0.4.0 on 292 photos that its detector had"
        " not seen, mirrored too; ended by hand after 28,631 texts"
    ),
    (
        "python -m models.train lxmert --start models/work/lxmert/words-a.pt --tasks answers --regions 20 --scenes 14"
        " --samples 80000 --decay-share 0.7 --learning-rate 0.0006 --seed 52 --out models/work/lxmert/words-b.pt, with the same"
        " detections; ended by hand after 60,899 texts"
    ),
    (
        "python -m models.train lxmert --start models/work/lxmert/words-b.pt --detections models/work/detections.npz --regions 20"
        " --scenes 14 --samples 66000 --decay-share 0.9 --learning-rate 0.0005 --seed 53 --out models/work/lxmert/words-c.pt"
        " (66,088 texts)"
    ),
    (
        "python -m models.train lxmert --start models/work/lxmert/words-b.pt --detections models/work/detections.npz --mirrored"
        " models/work/detections-mirrored.npz --regions 20 --scenes 14 --samples 36000 --decay-share 0.9 --learning-rate 0.0006"
        " --seed 54 --out models/work/lxmert/words-d.pt; ended by hand after 10,407 texts"
    ),
    (
        "python -m models.train average models/work/lxmert/restored.pt models/work/lxmert/restored.pt"
        " models/work/lxmert/words-c.pt models/work/lxmert/words-c.pt models/work/lxmert/words-b.pt models/work/lxmert/words-d.pt"
        " --out models/work/lxmert/answering.pt"
    ),
    "python -m models.export everyday --out public/packs/everyday",
)


def kept_files(out: Path, count: int) -> list[Path]:
    return [kept_file(out, number) for number in range(1, count + 1)]


def steps(places: Places, small: Miniature | None = None, lite: Path | None = None) -> list[Step]:
    """All steps in their order; `small` shortens every one. lite: EfficientNet-Lite0's weights, if not installed."""
    return [
        *names_and_questions(places),
        *detector_steps(places, small, lite),
        *lxmert_steps(places, small),
        *pack_steps(places),
    ]


def names_and_questions(places: Places) -> Iterator[Step]:
    data, lists = ("--data", places.data), Path("models/data")
    yield step(
        *("names", "models.data.vocabulary", *data),
        writes=lists / "vocabulary.json",
        minutes=1,
        says="names of things and attributes, answers",
        tracked=True,
    )
    yield step(
        *("balance", "models.data.questions.balance", *data),
        writes=lists / "questions" / "statistics.json",
        minutes=1,
        says="what scenes hold, and how often each answer is kept, so that the wording does not give it away",
        tracked=True,
    )
    yield step(
        *("tokenizer", "models.data.tokenizer", *data),
        writes=lists / "tokenizer.json",
        minutes=1,
        says="the pieces of words",
        tracked=True,
    )
    yield step(
        *("question sets", "models.data.evaluation", *data, "--out", places.work / "eval"),
        writes=places.work / "eval" / "everyday.json",
        minutes=1,
        says="what everything is measured with, about photos that nothing is trained on",
    )


def detector_steps(places: Places, small: Miniature | None, lite: Path | None) -> Iterator[Step]:
    data, scores = ("--data", places.data), places.detector / "score-calibration.json"
    looked = ("models.detector.write_detections", *data, "--work", places.detector)
    yield step(
        *("detector", "models.train", "detector", *data, "--work", places.detector),
        *(small.detector_steps if small else ()),
        *(("--lite", lite) if lite else ()),
        writes=places.detector / "full.pt",
        minutes=60,
        says="the detector, and one for each half of the photos (`fold-a.pt`, `fold-b.pt`)",
    )
    yield step(
        *("detections", *looked, "--out", places.detections()),
        writes=places.detections(),
        minutes=3,
        says="the training photos' regions, each by the half that has not seen it",
    )
    yield step(
        *("calibration of scores", "models.train", "scores", *data, "--detections", places.detections()),
        *("--out", scores),
        writes=scores,
        minutes=1,
        says="what the scores that people read are worth",
    )
    for name, flags, views, minutes, says in (
        ("mirrored detections", ("--mirrored",), "-mirrored", 3, "the same of the mirrored photos"),
        ("cut-out views", ("--cuts", 1 if small else 4), "-cuts", 35, "the same of views cut out of them"),
    ):
        out = places.detections(views)
        yield step(name, *looked, *flags, "--out", out, writes=out, minutes=minutes, says=says)


def lxmert_steps(places: Places, small: Miniature | None) -> Iterator[Step]:
    seen = ("--detections", places.detections(), "--mirrored", places.detections("-mirrored"))
    cuts = ("--cuts", places.detections("-cuts"))

    def training(
        name: str, out: Path, samples: int, *flags: object, start: Path | None, seed: int = 0, minutes: int, says: str
    ) -> Step:
        return step(
            *(name, "models.train", "lxmert", "--data", places.data, "--regions", 20, "--seed", seed),
            *(("--scenes", 14, *seen, "--start", start) if start else ()),
            *(*flags, "--samples", small.samples if small else samples, "--out", out),
            writes=out,
            minutes=minutes,
            says=says,
        )

    def mean(name: str, out: Path, *checkpoints: Path) -> Step:
        says = f"the mean of {len(checkpoints)} checkpoints"
        return step(name, "models.train", "average", *checkpoints, "--out", out, writes=out, minutes=1, says=says)

    first, second, third, five, cut, all_of_them, last = (
        places.lxmert(name)
        for name in ("scene-graphs", "questions", "all-tasks", "mean", "cuts", "mean-of-all", "answering")
    )
    level, only_answers = ("--decay-share", 0), ("--tasks", "answers")
    yield training(
        *("lxmert on scene graphs", first, 330_000, *only_answers, *level),
        start=None,
        minutes=20,
        says="questions about drawn scenes; its log shows when each kind leaves chance",
    )
    yield training(
        *("lxmert on photos", second, 1_300_000, *only_answers, *level, "--keep", 3),
        start=first,
        minutes=160,
        says="questions about photos as the detector sees them",
    )
    yield training(
        *("lxmert with all tasks", third, 850_000, "--decay-share", 0.8, "--learning-rate", 0.0009, "--keep", 2),
        start=second,
        minutes=110,
        says="the paper's other tasks beside questions",
    )
    averaged = [*kept_files(second, 3), *kept_files(third, 2)]
    yield mean("mean of checkpoints", five, *averaged)
    yield training(
        *("lxmert on cut-out views", cut, 530_000, *cuts, *level, "--learning-rate", 0.0006, "--keep", 6),
        start=five,
        minutes=70,
        says="views with fewer things in other places",
    )
    yield mean("mean of all checkpoints", all_of_them, *averaged, *kept_files(cut, 6))
    branches = [places.lxmert(f"branch-{number}") for number in range(1, BRANCHES + 1)]
    for number, branch in enumerate(branches, start=1):
        # Every other one hears questions alone, so that the branches differ.
        tasks = () if number % 2 else only_answers
        yield training(
            *(f"lxmert, branch {number}", branch, 150_000, *cuts, *tasks),
            *("--decay-share", 0.7, "--learning-rate", 0.0006),
            start=all_of_them,
            seed=number,
            minutes=18,
            says="from the same beginning, " + ("all tasks" if number % 2 else "questions alone"),
        )
    yield mean("mean of branches", last, all_of_them, *branches)


def pack_steps(places: Places) -> Iterator[Step]:
    data, detections = ("--data", places.data), ("--detections", places.detections())
    detector, lxmert = places.detector / "full.pt", places.lxmert("answering")
    scores = ("--scores", places.detector / "score-calibration.json")
    doubt, card = places.work / "answerability.json", places.work / "card.json"
    report, found, heads = (places.report(name) for name in ("everyday", "detector", "pretraining"))
    checkpoints = ("--detector", detector, "--lxmert", lxmert)
    yield step(
        *("answerability", "models.train", "answerability", *data, "--checkpoint", lxmert, *detections, "--out", doubt),
        writes=doubt,
        minutes=2,
        says="when an answer deserves a warning",
    )
    yield step(
        *("measure", "models.evaluate", "everyday", *data, "--checkpoint", lxmert, *detections),
        *("--questions", places.work / "eval", "--json", report),
        writes=report,
        minutes=10,
        says="how many answers are right, beside simpler answerers",
    )
    yield step(
        *("measure the detector", "models.evaluate", "detector", *data, "--checkpoint", detector, *scores),
        *("--json", found),
        writes=found,
        minutes=2,
        says="what it finds, names and colours rightly",
    )
    yield step(
        *("measure the other tasks", "models.evaluate", "pretraining", *data, "--checkpoint", lxmert, *detections),
        *("--json", heads),
        writes=heads,
        minutes=3,
        says="captions, masked words and regions, two photos",
    )
    yield step(
        *("card", "models.card", "--report", report, "--detector", found, "--heads", heads, "--answerability", doubt),
        *("--out", card),
        writes=card,
        minutes=1,
        says="the model card, of what was measured",
    )
    # What a pack was exported from is not seen from its being there, so it is always written anew.
    yield step(
        *("pack", "models.export", "everyday", *checkpoints, *scores, "--out", places.pack, "--cases", places.cases),
        writes=None,
        minutes=4,
        says="the pack's graphs, and what the page's stages must give for them",
    )
    yield step(
        *("what it says", "models.pack.add_texts", places.pack, "--answerability", doubt, "--card", card),
        writes=None,
        minutes=1,
        says="warnings and card go into the pack",
    )
    yield step(
        *("proof", "models.verify", places.pack, *checkpoints),
        writes=None,
        minutes=1,
        says="one line per graph: the largest difference from PyTorch",
    )


def measured_by(name: str) -> str:
    """The command behind the card's tables, where the work lies in its usual place."""
    if name == "answerability":
        return f"python -m models.evaluate {name}"
    return f"python -m models.evaluate {name} --json {Places(Path()).report(name)}"


def table() -> str:
    """README's table of steps."""
    rows = [
        f"| {one.name} | `{one.line}` | {one.says} | {f'`{one.writes}`' if one.writes else ''}{', in git' * one.tracked} |"
        f" {one.minutes} min |"
        for one in steps(Places(Path("DATA")))
    ]
    return "\n".join(["| step | command | what it gives | file | time |", "|---|---|---|---|---|", *rows]) + "\n"


if __name__ == "__main__":
    print(table(), end="")
