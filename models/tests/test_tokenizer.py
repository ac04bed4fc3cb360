import json

import pytest
from tokenizers import Tokenizer as LibraryTokenizer

from models.data.tokenizer import (
    CLS,
    MAX_TOKENS,
    SEP,
    SPECIAL,
    TOKENIZER_FILE,
    UNK,
    Tokenizer,
    choose_pieces,
    tokenizer_json,
)
from models.data.vocabulary import ANSWERS, ATTRIBUTES, OBJECTS


@pytest.fixture(scope="module")
def ours() -> Tokenizer:
    return Tokenizer()


@pytest.fixture(scope="module")
def library() -> LibraryTokenizer:
    tokenizer = LibraryTokenizer.from_file(str(TOKENIZER_FILE))
    tokenizer.enable_truncation(MAX_TOKENS)
    return tokenizer


@pytest.mark.parametrize(
    "text",
    [
        "What color is the dog?",
        "what's on the table",
        "",
        "   ",
        "any dogs??",
        "UPPER Case's",
        "naïve café",
        "你好 dog",
        "emoji 😀 here",
        "10,000% “quoted” … it´s",
        "a" * 150 + " dog",
        "is " * 40,
        "zero\u200bwidth\ttab\nline",
        "how many ppl?",
        "Styrofoam xyzzy",
    ],
)
def test_ids_equal_those_of_the_tokenizers_library(ours: Tokenizer, library: LibraryTokenizer, text: str) -> None:
    assert ours.encode(text) == library.encode(text).ids


def test_special_tokens_come_first(ours: Tokenizer) -> None:
    assert [ours.pieces[name] for name in SPECIAL] == [0, 1, 2, 3, 4]
    assert sorted(ours.pieces.values()) == list(range(len(ours)))


def test_long_questions_are_cut_before_the_separator(ours: Tokenizer) -> None:
    ids = ours.encode("is there a dog " * 20)
    assert len(ids) == MAX_TOKENS
    assert (ids[0], ids[-1]) == (CLS, SEP)


@pytest.mark.parametrize("text", ["is there a zzyzxq dog", "wherre is teh umbrela?", "it's 50% off @ the café :)"])
def test_nothing_typed_in_english_is_unknown(ours: Tokenizer, text: str) -> None:
    assert ours.unknown_words(text) == []
    assert UNK not in ours.encode(text)


def test_a_word_in_another_script_is_one_unknown_token(ours: Tokenizer) -> None:
    assert ours.encode("собака dog")[1] == UNK
    assert ours.unknown_words("is there a собака") == ["собака"]


def test_names_answers_and_question_words_are_whole_pieces(ours: Tokenizer) -> None:
    words = [*OBJECTS, *ANSWERS, "what", "colour", "color", "photo", "beside", "wearing"]
    pieces = {word: len(ours.encode(word.replace("-", " "))) - len(["[CLS]", "[SEP]"]) for word in words}
    assert {word: count for word, count in pieces.items() if count != len(word.replace("-", " ").split())} == {}


def test_every_name_the_models_know_can_be_written(ours: Tokenizer) -> None:
    assert [name for name in (*OBJECTS, *ATTRIBUTES) if ours.unknown_words(name)] == []


def test_frequent_words_become_whole_pieces_and_rare_ones_do_not() -> None:
    bert = ["[PAD]", "a", "the", "dog", "##ing", "##s"]
    pieces = choose_pieces([("A dog, dogs on surfboards", 1), ("cat cat rat", 2)], bert)
    assert {"the", "dog", "dogs", "surfboards", "cat", "##ing", "q", "##q"} <= set(pieces)
    assert "rat" not in pieces
    assert len(set(pieces)) == len(pieces)


def test_the_file_is_plain_json_of_the_library_format() -> None:
    built = tokenizer_json(["dog"])
    assert built["model"]["vocab"]["dog"] == len(SPECIAL)
    assert LibraryTokenizer.from_str(json.dumps(built)).encode("dog").ids == [CLS, len(SPECIAL), SEP]
