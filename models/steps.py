"""What a step of a recipe is, and where steps read and write."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Places:
    """Where the steps read and write."""

    data: Path
    work: Path = Path("models/work")
    pack: Path = Path("public/packs/everyday")
    cases: Path = Path("models/fixtures/cases")

    @property
    def detector(self) -> Path:
        return self.work / "detector"

    def detections(self, views: str = "") -> Path:
        return self.work / f"detections{views}.npz"

    def lxmert(self, name: str) -> Path:
        return self.work / "lxmert" / f"{name}.pt"

    def report(self, name: str) -> Path:
        """What `models.evaluate NAME --json` writes for the card."""
        return self.work / "eval" / f"{name}-report.json"


@dataclass(frozen=True)
class Step:
    name: str
    command: tuple[str, ...]  # of python -m
    writes: Path | None  # None: what it writes does not show that it is done; it runs every time
    minutes: int  # on one thread of a 2-core machine without a GPU
    says: str = ""  # what it is for, or what it prints
    tracked: bool = False  # its output is in git, so it is always there

    @property
    def done(self) -> bool:
        return self.tracked or (self.writes is not None and self.writes.exists())

    @property
    def line(self) -> str:
        return "python -m " + " ".join(self.command)


def step(name: str, *command: object, writes: Path | None, minutes: int, says: str, tracked: bool = False) -> Step:
    return Step(name, tuple(str(part) for part in command), writes, minutes, says, tracked)
