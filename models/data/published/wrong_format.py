"""What is said when a file is not of the format that it should have, and how its records are looked into."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MOST_NAMES_SHOWN = 8


class WrongFormat(ValueError):
    """The message names the file, the place in it, what is there and what was expected."""

    def __init__(self, path: Path, where: str, problem: str) -> None:
        super().__init__(f"{path.name}: {where}: {problem}" if where else f"{path.name}: {problem}")


def kind_of(value: Any) -> str:
    """In words that a reader of JSON knows."""
    if value is None:
        return "null"
    names = {bool: "a boolean", int: "an integer", float: "a number", str: "a string", list: "an array"}
    return names.get(type(value), "an object")


@dataclass(frozen=True, slots=True)
class Entry:
    """One JSON object of a file; every access says what is wrong when it is."""

    path: Path
    where: str  # 'annotation 3'
    record: dict[str, Any]

    @classmethod
    def of(cls, path: Path, where: str, value: Any) -> "Entry":
        if not isinstance(value, dict):
            raise WrongFormat(path, where, f"{kind_of(value)} is there, an object was expected")
        return cls(path, where, value)

    def wrong(self, problem: str) -> WrongFormat:
        return WrongFormat(self.path, self.where, problem)

    def value(self, name: str) -> Any:
        if name not in self.record:
            names = ", ".join(list(self.record)[:MOST_NAMES_SHOWN]) or "nothing"
            raise self.wrong(f"'{name}' is missing; there is {names}")
        return self.record[name]

    def text(self, name: str) -> str:
        value = self.value(name)
        if not isinstance(value, str):
            raise self.wrong(f"'{name}' is {kind_of(value)}, a string was expected")
        return value

    def number(self, name: str) -> float:
        value = self.value(name)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.wrong(f"'{name}' is {kind_of(value)}, a number was expected")
        return float(value)

    def identity(self, name: str) -> int:
        """A whole number, also when written as a string of digits."""
        value = self.value(name)
        if isinstance(value, str) and value.isascii() and value.isdigit():
            return int(value)
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.wrong(f"'{name}' is {kind_of(value)}, a whole number was expected")
        return value

    def first_of(self, *names: str) -> str:
        """The first of several names that is there: formats renamed some between versions."""
        for name in names:
            if name in self.record:
                return name
        self.value(names[0])
        return names[0]

    def array(self, name: str) -> list[Any]:
        value = self.value(name)
        if not isinstance(value, list):
            raise self.wrong(f"'{name}' is {kind_of(value)}, an array was expected")
        return value

    def entries(self, name: str, singular: str) -> Iterator["Entry"]:
        for index, value in enumerate(self.array(name)):
            yield Entry.of(self.path, f"{self.where}, {singular} {index}", value)

    def object(self, name: str) -> "Entry":
        return Entry.of(self.path, f"{self.where}, '{name}'", self.value(name))
