"""Accuracies, intervals and paired differences."""

import numpy as np
import pytest

from models.baselines.curve_command import curve_lines, with_point
from models.baselines.everyday_command import said_otherwise, share_unlisted, wording_costs
from models.baselines.intervals import over_photos, wilson
from models.baselines.scoreboard import Scoreboard

ITEMS = [
    {"photo": f"{number // 2}.jpg", "question": "?", "answers": ["yes"], "kind": "exists" if number % 2 else "count"}
    for number in range(20)
]
ALL_RIGHT, ALL_WRONG = ["yes"] * 20, ["no"] * 20
COUNTS_WRONG = ["yes" if item["kind"] == "exists" else "no" for item in ITEMS]


def board(**answers: list[str]) -> Scoreboard:
    return Scoreboard(ITEMS, answers, ("exists", "count"), "ours", ("rules",))


def test_wilson_interval_of_known_counts() -> None:
    assert wilson(81, 263).low == pytest.approx(0.2553, abs=1e-4)
    assert wilson(81, 263).high == pytest.approx(0.3662, abs=1e-4)
    assert wilson(0, 10).low == 0.0
    assert wilson(10, 10).high == pytest.approx(1.0)


def test_kinds_weigh_alike() -> None:
    values, kinds = np.array([1.0, 0.0, 0.0, 0.0]), np.array(["a", "b", "b", "b"])
    photos = ["x", "y", "x", "y"]
    assert over_photos(photos, values, kinds).value == pytest.approx(0.5)
    assert over_photos(photos, values, np.zeros(4)).value == pytest.approx(0.25)


def test_a_drawing_without_a_kind_averages_the_others() -> None:
    found = over_photos(["x", "y"], np.array([1.0, 0.0]), np.array(["a", "b"]))
    assert (found.value, found.low, found.high) == (0.5, 0.0, 1.0)


def test_questions_of_one_photo_are_drawn_together() -> None:
    values, kinds = np.array([1.0] * 10 + [0.0] * 10), np.array(["a"] * 20)
    together = over_photos(["x"] * 10 + ["y"] * 10, values, kinds)
    apart = over_photos([str(row) for row in range(20)], values, kinds)
    assert (together.low, together.high) == (0.0, 1.0)
    assert apart.low > 0.2 and apart.high < 0.8


def test_leads_are_paired() -> None:
    lead = board(ours=ALL_RIGHT, rules=COUNTS_WRONG).lead("rules")
    assert (lead.value, lead.low, lead.high) == (0.5, 0.5, 0.5)
    assert board(ours=ALL_RIGHT, rules=COUNTS_WRONG).lead("rules", "exists").value == 0.0


def test_record_and_lines_tell_the_same() -> None:
    one = board(ours=COUNTS_WRONG, rules=ALL_WRONG, people=ALL_RIGHT)
    record, lines = one.record(), one.lines()
    assert record["asked"] == {"exists": 10, "count": 10} and record["photos"] == 10
    assert record["contestants"]["ours"]["macro"]["value"] == 0.5
    assert record["contestants"]["people"]["kinds"]["count"]["value"] == 1.0
    assert set(record["leads"]) == {"rules"}
    assert "| ours | 0.500 | 0.500 | 1.000 | 0.000 |" in lines
    assert len({line.count("|") for line in lines}) == 1


def test_wording_cost_is_what_the_same_questions_lose() -> None:
    costs = wording_costs(board(ours=COUNTS_WRONG), board(ours=ALL_RIGHT))
    assert costs["ours"] == {"value": 0.5, "low": 0.5, "high": 0.5}


def test_ceiling_and_other_words_of_open_answers() -> None:
    items = [
        {"photo": "a.jpg", "question": "?", "answer": answer, "kind": "open"}
        for answer in ("sofa", "flurb", "dog", "dog")
    ]
    assert share_unlisted(items) == 0.25
    said = Scoreboard(items, {"LXMERT": ["couch", "couch", "dogs", "dog"]}, ("open",), "LXMERT", ())
    assert said_otherwise(said) == 2


def test_curve_keeps_one_point_per_number_of_samples() -> None:
    def point(samples: int, value: float) -> dict:
        kinds = {"exists": value}
        sets = {name: {"overall": value, "macro": value, "kinds": kinds} for name in ("everyday", "everyday_second")}
        return {"samples": samples, "sets": {**sets, "gqa_validation": sets["everyday"]}}

    points = with_point(with_point(with_point([], point(2000, 0.5)), point(1000, 0.25)), point(2000, 0.75))
    assert [one["samples"] for one in points] == [1000, 2000]
    lines = curve_lines(points)
    assert lines[2].startswith("| 1,000 | 0.250 |") and lines[3].count("█") == 3 * lines[2].count("█")
