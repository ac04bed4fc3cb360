from models.card.sections import card_sections
from models.pack.everyday import DESCRIBED

SHARE = {"value": 0.8, "low": 0.7, "high": 0.9}
REPORT = {
    "sets": {
        "everyday": {
            "title": "Everyday questions",
            "questions": 10,
            "photos": 5,
            "asked": {"exists": 10},
            "contestants": {"LXMERT": {"macro": SHARE, "kinds": {"exists": SHARE}}},
        }
    }
}


def test_a_card_has_sources_with_licences_and_accuracy_with_its_command() -> None:
    sections = {section["title"]: section for section in card_sections(DESCRIBED, REPORT, None)}
    (accuracy,) = sections["Measured"]["tables"]
    assert accuracy["rows"][0] == ["exists", "10", "0.80 (0.70–0.90)"]
    assert accuracy["command"].startswith("python -m models.evaluate everyday")
    for table in sections["Where it comes from"]["tables"]:
        assert all(len(row) == len(table["columns"]) and all(row) for row in table["rows"])


def test_what_the_detector_finds_stands_by_source() -> None:
    found = {
        "sources": {
            "gqa-val": {"region recall": {"value": 0.45, "n": 246}, "proposal recall": {"value": 0.9, "n": 246}}
        }
    }
    sections = {section["title"]: section for section in card_sections(DESCRIBED, None, None, found)}
    (table,) = sections["Measured"]["tables"]
    assert table["columns"] == ["measure", "Visual Genome photos"]
    assert table["rows"][0] == ["found among the regions", "0.45 (246)"]
    assert ["given a right color", "–"] in table["rows"]


def test_nothing_measured_leaves_the_section_out() -> None:
    assert "Measured" not in {section["title"] for section in card_sections(DESCRIBED, None, None)}


def test_no_benchmark_photos_among_the_sources() -> None:
    names = " ".join(source["name"] for source in DESCRIBED.provenance["trainedOn"])
    assert "DAQUAR" not in names


def test_the_other_tasks_stand_beside_chance_as_the_page_reads_them() -> None:
    heads = [{"task": "matching", "judged": 280, "right": 0.8071, "chance": 0.5}]
    sections = {section["title"]: section for section in card_sections(DESCRIBED, None, None, heads=heads)}
    (table,) = sections["Measured"]["tables"]
    assert table["columns"] == ["task", "judged", "right", "by chance"]
    assert table["rows"] == [["matching", "280", "0.81", "0.50"]]
