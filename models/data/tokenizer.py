"""The question tokenizer: BERT's way of cutting words, with whole words for what people ask about photos.

tokenizer.json is in the format of the `tokenizers` library, so that the page and Python read one file.
`python -m models.data.tokenizer --data ../shared/data` builds it again. The ids are part of every trained
model: build it anew only before training anew. Every letter and digit is a piece, so only what is not
written in English becomes [UNK], which the page shows to the person who typed it.
"""

import argparse
import json
import random
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

TOKENIZER_FILE = Path(__file__).with_name("tokenizer.json")
SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
PAD, UNK, CLS, SEP, MASK = range(5)
MAX_TOKENS = 20
LONGEST_WORD = 100
# Of BERT's list, the most frequent of English at large.
BERT_WORDS = 700
BERT_ENDINGS = 600
SCENES_READ = 4000
PUNCTUATION = tuple("?.,!'\"-:;()/&#%+$@*=_<>[]{}|~^`\\")
# Words that other wordings of the same questions need.
PLAIN_WORDS_FILE = Path(__file__).with_name("plain_words.txt")


def _words(text: str) -> list[str]:
    """BertNormalizer and BertPreTokenizer: lower case, accents off, punctuation stands alone."""
    text = unicodedata.normalize("NFD", text.lower())
    text = "".join(
        " " if c.isspace() else c for c in text if unicodedata.category(c) != "Mn" and (c.isprintable() or c.isspace())
    )
    spaced = []
    for character in text:
        if _stands_alone(character):
            spaced.append(f" {character} ")
        else:
            spaced.append(character)
    return "".join(spaced).split()


def _stands_alone(character: str) -> bool:
    point = ord(character)
    ascii_mark = 33 <= point <= 47 or 58 <= point <= 64 or 91 <= point <= 96 or 123 <= point <= 126
    chinese = 0x4E00 <= point <= 0x9FFF or 0x3400 <= point <= 0x4DBF or 0xF900 <= point <= 0xFAFF
    return ascii_mark or chinese or unicodedata.category(character).startswith("P")


def split_pieces(word: str, pieces: dict[str, int]) -> list[str] | None:
    """Greedy longest match first; None when some part has no piece."""
    if len(word) > LONGEST_WORD:
        return None
    found, start = [], 0
    while start < len(word):
        end = len(word)
        while end > start:
            piece = word[start:end] if start == 0 else "##" + word[start:end]
            if piece in pieces:
                break
            end -= 1
        else:
            return None
        found.append(piece)
        start = end
    return found


class Tokenizer:
    """Reads tokenizer.json; gives the ids that the `tokenizers` library would give."""

    def __init__(self, file: Path = TOKENIZER_FILE) -> None:
        self.pieces: dict[str, int] = json.loads(file.read_text())["model"]["vocab"]
        self._known: dict[str, list[int]] = {}

    def __len__(self) -> int:
        return len(self.pieces)

    def encode(self, text: str, max_tokens: int = MAX_TOKENS) -> list[int]:
        """[CLS] pieces [SEP], at most max_tokens ids; what is too long is cut before [SEP]."""
        ids: list[int] = [CLS]
        for word in _words(text):
            ids += self._word_ids(word)
        return [*ids[: max_tokens - 1], SEP]

    def _word_ids(self, word: str) -> list[int]:
        if word not in self._known:
            pieces = split_pieces(word, self.pieces)
            self._known[word] = [self.pieces[piece] for piece in pieces] if pieces else [UNK]
        return self._known[word]

    def unknown_words(self, text: str) -> list[str]:
        return [word for word in _words(text) if self._word_ids(word) == [UNK]]


@cache
def default_tokenizer() -> Tokenizer:
    return Tokenizer()


def _corpora(data: Path) -> Iterator[tuple[str, int]]:
    """(text, how often a word of it must occur in texts of this kind)."""
    from models.data.captions import describe, statement
    from models.data.questions import candidates
    from models.data.questions.grammar import plural
    from models.data.scenes import load_scenes
    from models.data.vocabulary import ANSWERS, ATTRIBUTES, OBJECTS

    rng = random.Random(7)
    scenes = load_scenes(data)
    rng.shuffle(scenes)
    for scene in scenes[:SCENES_READ]:
        # Before slips of the finger, which are no words to learn whole.
        for question in candidates(scene, rng, 40):
            yield question.text, 8
        for _ in range(2):
            yield describe(scene, rng) or "", 8
            yield statement(scene, rng, True) or "", 8
    for scene in scenes:
        yield from ((caption, 2) for caption in scene.captions)
        yield " ".join(thing.name for thing in scene.objects), 3
    for line in (data / "gqa_question_texts.jsonl").read_text().splitlines():
        yield json.loads(line)["question"], 2
    for pair in json.loads((data / "gqa_qa.json").read_text()):
        yield f"{pair['question']} {pair['answer']}", 2
    for pair in json.loads((data / "daquar_train_qa.json").read_text()):
        yield pair["question"], 3
    for text in (PLAIN_WORDS_FILE.read_text(), *OBJECTS, *map(plural, OBJECTS), *ATTRIBUTES, *ANSWERS):
        yield text, 1
    for answer in json.loads((data / "vocab" / "gqa_answers_1842.json").read_text()):
        yield answer, 1


def choose_pieces(corpora: Iterable[tuple[str, int]], bert: list[str]) -> list[str]:
    """Frequent words whole, every letter and digit, and BERT's most frequent endings for rarer words.

    bert: its word list, in which frequent pieces stand first.
    """
    by_minimum: dict[int, Counter[str]] = {}
    for text, minimum in corpora:
        by_minimum.setdefault(minimum, Counter()).update(w for w in _words(text) if re.fullmatch(r"[a-z0-9]+", w))
    everyday = [word for word in bert if re.fullmatch(r"[a-z]{2,}", word)][:BERT_WORDS]
    wanted = set(everyday) | {
        word for minimum, counts in by_minimum.items() for word, count in counts.items() if count >= minimum
    }
    endings = [piece for piece in bert if re.fullmatch(r"##[a-z]+", piece)][:BERT_ENDINGS]
    characters = "abcdefghijklmnopqrstuvwxyz0123456789"
    return [
        *PUNCTUATION,
        *characters,
        *(f"##{character}" for character in characters),
        *sorted(piece for piece in endings if len(piece) > len("##a")),
        *sorted(word for word in wanted if len(word) > 1),
    ]


def tokenizer_json(pieces: list[str]) -> dict:
    """The `tokenizers` library's own layout."""
    vocabulary = {piece: index for index, piece in enumerate((*SPECIAL, *pieces))}
    special = [
        {
            "id": index,
            "content": piece,
            "single_word": False,
            "lstrip": False,
            "rstrip": False,
            "normalized": False,
            "special": True,
        }
        for index, piece in enumerate(SPECIAL)
    ]
    template = [
        {"SpecialToken": {"id": "[CLS]", "type_id": 0}},
        {"Sequence": {"id": "A", "type_id": 0}},
        {"SpecialToken": {"id": "[SEP]", "type_id": 0}},
    ]
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": special,
        "normalizer": {
            "type": "BertNormalizer",
            "clean_text": True,
            "handle_chinese_chars": True,
            "strip_accents": None,
            "lowercase": True,
        },
        "pre_tokenizer": {"type": "BertPreTokenizer"},
        "post_processor": {
            "type": "TemplateProcessing",
            "single": template,
            "pair": [
                *template,
                {"Sequence": {"id": "B", "type_id": 1}},
                {"SpecialToken": {"id": "[SEP]", "type_id": 1}},
            ],
            "special_tokens": {
                name: {"id": name, "ids": [vocabulary[name]], "tokens": [name]} for name in ("[CLS]", "[SEP]")
            },
        },
        "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": True},
        "model": {
            "type": "WordPiece",
            "unk_token": "[UNK]",
            "continuing_subword_prefix": "##",
            "max_input_chars_per_word": LONGEST_WORD,
            "vocab": vocabulary,
        },
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    arguments = parser.parse_args()
    bert = (arguments.data / "vocab" / "bert_uncased_vocab.txt").read_text().split("\n")
    built = tokenizer_json(choose_pieces(_corpora(arguments.data), bert))
    TOKENIZER_FILE.write_text(json.dumps(built, ensure_ascii=False, separators=(",", ":")) + "\n")
    print(f"{len(built['model']['vocab'])} pieces")


if __name__ == "__main__":
    main()
