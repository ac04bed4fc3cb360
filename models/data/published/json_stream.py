"""JSON files of gigabytes, read one element at a time with the standard library's decoder."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TextIO

from models.data.published.wrong_format import Entry, WrongFormat, kind_of

CHUNK = 1 << 20  # characters
WHITE = " \t\n\r"


def open_text(path: Path) -> TextIO:
    """Plain or gzip text, UTF-8 with or without a byte order mark."""
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8-sig")
    return path.open(encoding="utf-8-sig")


class JsonStream:
    """A cursor in the text of one JSON file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.file = open_text(path)
        self.text = ""
        self.at = 0
        self.before = 0  # characters of the file before `text`
        self.ended = False
        self.decoder = json.JSONDecoder()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.file.close()

    def wrong(self, problem: str) -> WrongFormat:
        return WrongFormat(self.path, f"character {self.before + self.at}", problem)

    def _fill(self) -> bool:
        """Reads on; False at the end of the file. As much again as is waiting, so that long values cost little."""
        if self.ended:
            return False
        try:
            chunk = self.file.read(max(CHUNK, len(self.text) - self.at))
        except (UnicodeDecodeError, gzip.BadGzipFile, EOFError, OSError) as error:
            raise WrongFormat(self.path, f"after character {self.before + len(self.text)}", str(error)) from error
        self.ended = not chunk
        self.before += self.at
        self.text = self.text[self.at :] + chunk
        self.at = 0
        return not self.ended

    def peek(self) -> str:
        """The next character that is not white, '' at the end."""
        while True:
            while self.at < len(self.text):
                if self.text[self.at] not in WHITE:
                    return self.text[self.at]
                self.at += 1
            if not self._fill():
                return ""

    def take(self, *expected: str) -> str:
        found = self.peek()
        if found not in expected or not found:
            there = f"'{found}' is there" if found else "the file ends"
            raise self.wrong(f"{there}, {' or '.join(map(repr, expected))} was expected")
        self.at += 1
        return found

    def value(self) -> Any:
        """The next value as a whole."""
        self.peek()
        while True:
            try:
                found, end = self.decoder.raw_decode(self.text, self.at)
            except json.JSONDecodeError as error:
                if self._fill():
                    continue
                raise self.wrong(f"this is not JSON, or the file was cut off ({error.msg})") from error
            except RecursionError as error:
                raise self.wrong("arrays or objects lie too deep in each other") from error
            # A number that touches the end of what was read may go on.
            if end == len(self.text) and self._fill():
                continue
            self.at = end
            return found

    def elements(self) -> Iterator[Any]:
        """The elements of the array that begins here."""
        self.take("[")
        if self.peek() == "]":
            self.take("]")
            return
        while True:
            yield self.value()
            if self.take(",", "]") == "]":
                return

    def names(self) -> Iterator[str]:
        """The names of the object that begins here; the caller consumes each one's value before the next."""
        self.take("{")
        if self.peek() == "}":
            self.take("}")
            return
        while True:
            name = self.value()
            if not isinstance(name, str):
                raise self.wrong(f"{kind_of(name)} is there, a name was expected")
            self.take(":")
            yield name
            if self.take(",", "}") == "}":
                return

    def skip(self) -> None:
        """Passes over the next value without holding more than one of its elements."""
        opening = self.peek()
        if opening == "[":
            for _ in self.elements():
                pass
        elif opening == "{":
            for _ in self.names():
                self.value()
        else:
            self.value()


def array_entries(path: Path, singular: str, member: str | None = None) -> Iterator[Entry]:
    """The objects of the array that the file is, or that its top-level object holds under `member`."""
    with JsonStream(path) as stream:
        opening = stream.peek()
        if member is None:
            if opening != "[":
                raise WrongFormat(path, "", f"begins with '{opening}', an array '[' of {singular}s was expected")
            yield from _numbered(stream, singular)
            return
        if opening != "{":
            raise WrongFormat(path, "", f"begins with '{opening}', an object '{{' with '{member}' was expected")
        seen, found = [], False
        for name in stream.names():
            seen.append(name)
            if name != member:
                stream.skip()
                continue
            found = True
            yield from _numbered(stream, singular)
        if not found:
            raise WrongFormat(path, "", f"'{member}' is missing; there is {', '.join(seen[:8]) or 'nothing'}")


def _numbered(stream: JsonStream, singular: str) -> Iterator[Entry]:
    for index, value in enumerate(stream.elements()):
        yield Entry.of(stream.path, f"{singular} {index}", value)


def named_entries(path: Path, singular: str) -> Iterator[tuple[str, Entry]]:
    """Name and object of each member of the object that the file is."""
    with JsonStream(path) as stream:
        opening = stream.peek()
        if opening != "{":
            raise WrongFormat(path, "", f"begins with '{opening}', an object '{{' of {singular}s was expected")
        for name in stream.names():
            yield name, Entry.of(path, f"{singular} '{name}'", stream.value())
