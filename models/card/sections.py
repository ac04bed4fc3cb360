"""The sections of a model card, as `src/core/pack/model-card.ts` reads them: paragraphs, lists, tables of texts."""

from models.pack.contents import Described
from models.recipe import measured_by

NEVER_NAMED = "–"

ABLE = (
    "Say whether a common thing is in the photo, on which side of another, and which of two is further to a side.",
    "Name the animal, vehicle, food or furniture that fills the photo.",
    "Say whether the photo was taken indoors or outdoors.",
)
UNABLE = (
    "Read writing: signs, labels, numbers on shirts.",
    "Tell who somebody is, how old, why something happens, when or in which town a photo was taken.",
    "Find things smaller than about a fiftieth of the photo, or count more than a few of them.",
    "Understand languages other than English, or questions longer than 18 word pieces.",
    "Judge anything that matters: not for medical, legal, security or hiring use.",
)
FAILURES = (
    "A thing that the detector misses or misnames is answered about wrongly: most wrong answers begin there.",
    "Many things of one kind are counted too low.",
    "The color of a small thing is often the color of what lies around it.",
    "The photos are from Flickr, of kitchens, streets, sports and pets; how it does elsewhere was not measured.",
    "People are named man, woman, boy or girl as annotators guessed them; that is no statement about the person.",
)
# What the detector's report calls a measure -> what the card does.
DETECTOR_MEASURES = {
    "region recall": "found among the regions",
    "region recall, large": "found, of those above a fiftieth of the photo",
    "top-1 on human boxes": "named rightly",
    "colour on human boxes": "given a right color",
}
DETECTOR_SOURCES = {"coco": "COCO photos", "gqa-val": "Visual Genome photos", "indoor": "photos of rooms"}
CONTESTANTS = ("LXMERT", "LXMERT, blind", "wording alone", "rules, pack's regions", "LXMERT, human regions")


def card_sections(
    described: Described,
    report: dict | None,
    fitted: dict | None,
    detector: dict | None = None,
    heads: list[dict] | None = None,
) -> list[dict]:
    """report, fitted, detector, heads: what the commands of the tables wrote; None leaves a table out."""
    provenance = described.provenance
    sections = [
        {"title": "What it is", "paragraphs": [described.description, f"Licence of the weights: {described.licence}"]},
        {"title": "What it can do", "list": list(ABLE)},
        {"title": "What it cannot do", "list": list(UNABLE)},
        {"title": "How it fails, and whom", "list": list(FAILURES)},
    ]
    measured = accuracy_tables(report) if report else []
    if detector:
        measured.append(detector_table(detector))
    if heads:
        measured.append(heads_table(heads))
    if fitted:
        measured.append(doubt_table(fitted["measured"]))
    if measured:
        said = "On photos that nothing was trained on; in brackets the 95 % interval over photos."
        sections.append({"title": "Measured", "paragraphs": [said], "tables": measured})
    sources = [
        source_table("Trained on", provenance["trainedOn"]),
        source_table("Start weights", provenance["startWeights"]),
    ]
    sections.append({"title": "Where it comes from", "paragraphs": [provenance["summary"]], "tables": sources})
    return sections


def accuracy_tables(report: dict) -> list[dict]:
    """One table per set of questions: kinds in rows, contestants in columns."""
    tables = []
    for measured in report["sets"].values():
        shown = {name: measured["contestants"][name] for name in CONTESTANTS if name in measured["contestants"]}
        rows = [
            [kind, str(count), *(interval(one["kinds"].get(kind)) for one in shown.values())]
            for kind, count in measured["asked"].items()
        ]
        rows.append(["mean of kinds", str(measured["questions"]), *(interval(one["macro"]) for one in shown.values())])
        caption = f"{measured['title']}: {measured['questions']} about {measured['photos']} photos"
        columns = ["kind", "questions", *shown]
        tables.append({"caption": caption, "columns": columns, "rows": rows, "command": measured_by("everyday")})
    return tables


def interval(found: dict | None) -> str:
    if found is None:
        return NEVER_NAMED
    return f"{found['value']:.2f} ({found['low']:.2f}–{found['high']:.2f})"


def detector_table(detector: dict) -> dict:
    """What people boxed, by the photos' source: the share of it that the detector finds, names and colours."""
    sources = {source: name for source, name in DETECTOR_SOURCES.items() if source in detector["sources"]}
    rows = [
        [said, *(share_of(detector["sources"][source].get(measure)) for source in sources)]
        for measure, said in DETECTOR_MEASURES.items()
    ]
    return {
        "caption": "The detector, of things that people boxed; in brackets how many",
        "columns": ["measure", *sources.values()],
        "rows": rows,
        "command": measured_by("detector"),
    }


def share_of(found: dict | None) -> str:
    return NEVER_NAMED if found is None else f"{found['value']:.2f} ({found['n']})"


def heads_table(heads: list[dict]) -> dict:
    """The tasks beside answering; the page finds this table by its columns and rows."""
    rows = [[row["task"], str(row["judged"]), f"{row['right']:.2f}", f"{row['chance']:.2f}"] for row in heads]
    return {
        "caption": "The other tasks, on photos that nothing was trained on",
        "columns": ["task", "judged", "right", "by chance"],
        "rows": rows,
        "command": measured_by("pretraining"),
    }


def doubt_table(measured: dict) -> dict:
    """How often a warning comes with an answer, by kind of question."""
    ordinary = measured["answerable"]
    rows = [
        [kind, str(row["questions"]), f"{row['accuracy']:.2f}", f"{row['warned']:.2f}"]
        for kind, row in measured["kinds"].items()
    ]
    caption = (
        f"Warnings: answers without one are right {ordinary['accuracyWithoutWarning']:.0%} of the time, with one"
        f" {ordinary['accuracyWithWarning']:.0%} (questions that have an answer)"
    )
    columns = ["kind", "questions", "right", "warned"]
    return {"caption": caption, "columns": columns, "rows": rows, "command": measured_by("answerability")}


def source_table(caption: str, sources: list[dict]) -> dict:
    rows = [[source["name"], source["licence"], source.get("role", NEVER_NAMED)] for source in sources]
    return {"caption": caption, "columns": ["name", "licence", "role"], "rows": rows}
