"""One question set and what each contestant answered: accuracy by kind with intervals, and paired differences."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from models.baselines.intervals import Interval, over_photos, wilson
from models.lxmert.measure import accepted, plain


@dataclass(frozen=True)
class Scoreboard:
    """`answers` of each contestant are in the order of `items` ({photo, question, answer or answers, kind})."""

    items: Sequence[dict]
    answers: Mapping[str, Sequence[str]]
    kinds: tuple[str, ...]
    """The order of the columns."""
    champion: str
    rivals: tuple[str, ...]
    """Whom the champion has to beat; the others are there to read its numbers by."""

    @cached_property
    def photos(self) -> list[str]:
        return [item["photo"] for item in self.items]

    @cached_property
    def kind_of(self) -> np.ndarray:
        return np.array([item["kind"] for item in self.items])

    def right(self, contestant: str) -> np.ndarray:
        """[item] 1.0 where the answer is accepted."""
        pairs = zip(self.items, self.answers[contestant], strict=True)
        return np.array([plain(answer) in accepted(item) for item, answer in pairs], float)

    def accuracy(self, contestant: str, kind: str) -> Interval:
        """Wilson's interval: for one kind there are few questions per photo."""
        mine = self.right(contestant)[self.kind_of == kind]
        return wilson(int(mine.sum()), len(mine))

    def macro(self, contestant: str) -> Interval:
        """Mean over kinds, interval over photos."""
        return over_photos(self.photos, self.right(contestant), self.kind_of)

    def overall(self, contestant: str) -> Interval:
        return over_photos(self.photos, self.right(contestant), np.zeros(len(self.items)))

    def lead(self, rival: str, kind: str | None = None) -> Interval:
        """By how much the champion is better on the same questions; None: macro over kinds."""
        gain = self.right(self.champion) - self.right(rival)
        if kind is None:
            return over_photos(self.photos, gain, self.kind_of)
        mine = self.kind_of == kind
        photos = [photo for photo, is_mine in zip(self.photos, mine, strict=True) if is_mine]
        return over_photos(photos, gain[mine], self.kind_of[mine])

    def record(self) -> dict:
        """For JSON: every number that `lines` prints, and the intervals of all."""
        return {
            "questions": len(self.items),
            "photos": len(set(self.photos)),
            "asked": {kind: int((self.kind_of == kind).sum()) for kind in self.kinds},
            "contestants": {
                name: {
                    "overall": self.overall(name).record(),
                    "macro": self.macro(name).record(),
                    "kinds": {kind: self.accuracy(name, kind).record() for kind in self.kinds},
                }
                for name in self.answers
            },
            "leads": {
                name: {
                    "macro": self.lead(name).record(),
                    "kinds": {kind: self.lead(name, kind).record() for kind in self.kinds},
                }
                for name in self.rivals
            },
        }

    def lines(self) -> list[str]:
        """A Markdown table: accuracies, then the champion's intervals, then its leads with theirs."""
        asked = {kind: int((self.kind_of == kind).sum()) for kind in self.kinds}
        table = [
            ["", "all", "macro", *self.kinds],
            ["---"] * (len(self.kinds) + 3),
            ["questions", str(len(self.items)), "", *(str(asked[kind]) for kind in self.kinds)],
        ]
        for name in self.answers:
            cells = [self.overall(name), self.macro(name), *(self.accuracy(name, kind) for kind in self.kinds)]
            table.append([name, *(f"{cell.value:.3f}" for cell in cells)])
            if name == self.champion:
                table.append(["95 % interval", *(f"{cell.low:.2f}–{cell.high:.2f}" for cell in cells)])
        for name in self.rivals:
            gains = [self.lead(name), *(self.lead(name, kind) for kind in self.kinds)]
            table.append([f"lead over {name}", "", *map(_signed, gains)])
        return [f"| {' | '.join(row)} |" for row in table]


def _signed(gain: Interval) -> str:
    return f"{gain.value:+.3f} ({gain.low:+.2f} to {gain.high:+.2f})"
