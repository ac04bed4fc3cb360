"""Golden cases: what the TypeScript stages must give for small inputs. One JSON file per stage and pack.

Reference: Pillow-free arithmetic of models.detector for pixels, PyTorch in single precision with weights rounded to half
for networks, the `tokenizers` library for tokens. Every file has `stage`, and `pack` (its folder, from the repository's root).

preprocess-<pack>.json   width, height, rgb (row-major, 0..255) -> dims, samples [[flat index, value]], mean, absoluteMean, largest
regions-<pack>.json      photo (from the root) -> regions [{box [4], label, score}], best first; box in fractions, label an index
tokens-<pack>.json       cases [{text, ids, tokens}], uncut, with [CLS] and [SEP]
prediction-<pack>.json   photo, question, tokenIds -> answers [{answer, score}] (five, softmax), attention {module: {layer, head,
                         query, row}}: the probabilities with which that query looks at its keys;
                         heads {match, compare}: probabilities for the text with the photo, and with it twice
relevance-<pack>.json    boxes, tokenIds, features: |sin(0.37 i)| at flat index i of [region, feature] -> cases [{answer, against,
                         hiddenRegions, hiddenTokens, logit, methods {attention, rollout, relevance: {tokens, regions}}}], by
                         PyTorch's own gradients; against is -1 where nothing is; all indices
heads-<pack>.json        boxes, tokenIds, features as in relevance -> expected {module: {layer, head, query, scores, weights, lengths,
                         length}}: of that query, by key, q·k/√d, its softmax and ‖weight × value‖; length is that of the sum of
                         all weighted values. Read off `transformers`' own attention modules; the last layer of each
Photos are JPEG: a decoder may differ by a level here and there, so compare regions and predictions with a wider tolerance.
"""

import json
from pathlib import Path

import numpy as np
import torch

from models.detector.preprocess import preprocess, read_photo
from models.lxmert.head_numbers import head_numbers
from models.lxmert.relevance import Scene, attention_and_gradients, last_attention, relevance, rollout
from models.pack.contents import PackContents
from models.pack.golden import BOXES, wave
from models.pack.reference import READ_BY_HEADS, answer, detect

PHOTO_WIDTH, PHOTO_HEIGHT = 37, 23
SAMPLED_PIXELS = 40
DIGITS = 6

TEXTS = (
    "What is on the table?",
    "is there a dog",
    "  How   many\tpeople\nare there ?  ",
    "WHAT COLOUR IS THE BUS?!",
    "what's left of the woman's handbag?",
    "Is the café's façade naïve?",
    "über-große Straße",
    "emoji 🐶 or 🚌?",
    "👩‍👩‍👧 family",
    "中文 question 字",
    "any dogs,cats;birds...?",
    "skateboarding snowboarders unbelievably",
    "qwxzk zzzqqq",
    "3 dogs and 12 cats, 1999",
    "e-mail@example.com #tag $5 50%",
    "\u00a0non\u2009breaking\u200bzero-width",
    "“curly” ‘quotes’ — dash… ellipsis",
    "[MASK] [CLS] [SEP] [PAD]",
    "##ing ## #",
    "ﬁne ligature №5",
    "\u0041\u030angstrom A\u0301",
    "a" * 130,
    "line\u2028separator\u0000null\ufffdreplacement",
    "",
    "?",
    "Is it to the left of the very old man who is standing next to the tall green tree behind the house near the river?",
)


def synthetic_photo() -> np.ndarray:
    """RGB [23, 37, 3]: slopes and a sharp corner, no symmetry."""
    y, x = np.mgrid[0:PHOTO_HEIGHT, 0:PHOTO_WIDTH]
    red = (x * 7 + y * 3) % 256
    green = (y * 11 + (x > 20) * 90) % 256
    blue = ((x - 12) ** 2 + (y - 9) ** 2) % 256
    return np.stack([red, green, blue], axis=2).astype(np.uint8)


def preprocess_case(contents: PackContents) -> dict:
    photo = synthetic_photo()
    pixels = preprocess(photo, contents.image.width, contents.image.height)
    flat = pixels.reshape(-1).astype(np.float64)
    chosen = np.linspace(0, flat.size - 1, SAMPLED_PIXELS).astype(int)
    return {
        "stage": "preprocess",
        "width": PHOTO_WIDTH,
        "height": PHOTO_HEIGHT,
        "rgb": photo.reshape(-1).tolist(),
        "expected": {
            "dims": list(pixels.shape),
            "samples": [[int(index), round(float(flat[index]), DIGITS)] for index in chosen],
            "mean": round(float(flat.mean()), DIGITS),
            "absoluteMean": round(float(np.abs(flat).mean()), DIGITS),
            "largest": round(float(flat.max()), DIGITS),
        },
    }


def regions_case(contents: PackContents, photo: Path) -> dict:
    found = detect(contents, read_photo(photo))
    regions = [
        {"box": rounded(box), "label": int(label), "score": round(float(score), DIGITS)}
        for box, label, score in zip(found.boxes, found.labels, contents.score_calibration(found.scores), strict=True)
    ]
    return {"stage": "regions", "photo": photo.as_posix(), "expected": {"regions": regions}}


def tokens_case(contents: PackContents) -> dict:
    """A typed "[SEP]" is text: nobody can put a special token into a question."""
    contents.tokenizer.encode_special_tokens = True
    encodings = [contents.tokenizer.encode(text) for text in TEXTS]
    contents.tokenizer.encode_special_tokens = False
    return {
        "stage": "tokens",
        "cases": [{"text": text, "ids": e.ids, "tokens": e.tokens} for text, e in zip(TEXTS, encodings, strict=True)],
    }


def prediction_case(contents: PackContents, photo: Path, question: str) -> dict:
    found = detect(contents, read_photo(photo))
    token_ids = contents.tokenizer.encode(question).ids
    outputs = answer(contents, found.features, found.boxes, token_ids)
    logits = outputs.pop("logits").astype(np.float64)
    scores = np.exp(logits - logits.max())
    scores /= scores.sum()
    best = np.argsort(-scores, kind="stable")[:5]
    read = {name: torch.from_numpy(outputs.pop(name))[None] for name in READ_BY_HEADS}
    attention = {}
    for module, maps in outputs.items():  # [layer, head, query, key]
        layer, head, query = maps.shape[0] - 1, 1, 2
        attention[module] = {"layer": layer, "head": head, "query": query, "row": rounded(maps[layer, head, query])}
    return {
        "stage": "prediction",
        "photo": photo.as_posix(),
        "question": question,
        "tokenIds": token_ids,
        "expected": {
            "answers": [
                {"answer": contents.labels.answers[index], "score": round(float(scores[index]), DIGITS)}
                for index in best
            ],
            "attention": attention,
            "heads": head_scores(contents, read),
        },
    }


@torch.no_grad()
def head_scores(contents: PackContents, read: dict[str, torch.Tensor]) -> dict[str, float]:
    """Probabilities that the text is of the photo, and that it is true of the photo beside itself."""
    matching = contents.lxmert.cls.seq_relationship(read["pooled"])
    truth = contents.lxmert.two_photo_head(read["pooled"], read["pooled"])
    both = {"match": matching, "compare": truth}
    return {name: round(float(logits.softmax(dim=1)[0, 1]), DIGITS) for name, logits in both.items()}


def relevance_case(contents: PackContents) -> dict:
    token_ids = contents.tokenizer.encode(TEXTS[0]).ids
    regions, tokens = len(BOXES), len(token_ids)
    answers = len(contents.labels.answers)
    cases = [
        explained(contents, token_ids, 0, -1, [], []),
        explained(contents, token_ids, 1, answers - 1, [], []),
        # Padding: rows of zeros, whose sums nothing may be divided by.
        explained(contents, token_ids, 2, -1, [1, regions - 1], [tokens - 3, tokens - 2]),
    ]
    return {"stage": "relevance", "boxes": [list(box) for box in BOXES], "tokenIds": token_ids, "cases": cases}


def explained(
    contents: PackContents,
    token_ids: list[int],
    answer_index: int,
    against: int,
    hidden_regions: list[int],
    hidden_tokens: list[int],
) -> dict:
    """One answer, or one less another, with some regions and tokens masked."""
    scene = wave_scene(contents, token_ids)
    scene.region_mask[hidden_regions], scene.token_mask[hidden_tokens] = 0.0, 0.0
    target = torch.zeros(len(contents.labels.answers))
    target[answer_index] = 1.0
    if against >= 0:
        target[against] = -1.0
    logits, attention, gradients = attention_and_gradients(contents.lxmert, scene, target)
    found = {
        "attention": last_attention(attention),
        "rollout": rollout(attention),
        "relevance": relevance(attention, gradients),
    }
    return {
        "answer": answer_index,
        "against": against,
        "hiddenRegions": hidden_regions,
        "hiddenTokens": hidden_tokens,
        "logit": round(float(logits @ target), DIGITS),
        "methods": {
            name: {"tokens": rounded(tokens.numpy()), "regions": rounded(regions.numpy())}
            for name, (tokens, regions) in found.items()
        },
    }


def wave_scene(contents: PackContents, token_ids: list[int]) -> Scene:
    """The golden boxes with features that need no storing, and a question, all of it there."""
    features = np.abs(wave((len(BOXES), contents.feature_size)))
    everything = torch.ones(len(BOXES)), torch.tensor(token_ids), torch.ones(len(token_ids))
    return Scene(torch.from_numpy(features), torch.tensor(BOXES), *everything)


def heads_case(contents: PackContents) -> dict:
    token_ids = contents.tokenizer.encode(TEXTS[0]).ids
    head, query = 1, 2
    expected = {}
    for module, layers in head_numbers(contents.lxmert, wave_scene(contents, token_ids)).items():
        scores, values = layers[-1].scores[head, query], layers[-1].values[head]
        weighted = torch.softmax(scores, dim=0)[:, None] * values  # [key, d]
        expected[module] = {
            "layer": len(layers) - 1,
            "head": head,
            "query": query,
            "scores": rounded(scores.numpy()),
            "weights": rounded(torch.softmax(scores, dim=0).numpy()),
            "lengths": rounded(weighted.norm(dim=1).numpy()),
            "length": round(float(layers[-1].context[head, query].norm()), DIGITS),
        }
    boxes = [list(box) for box in BOXES]
    return {"stage": "heads", "boxes": boxes, "tokenIds": token_ids, "expected": expected}


def rounded(values: np.ndarray) -> list[float]:
    return [round(float(value), DIGITS) for value in values]


def write_cases(contents: PackContents, pack: Path, folder: Path, photo: Path, question: str) -> None:
    """All stages of one pack."""
    folder.mkdir(parents=True, exist_ok=True)
    cases = (
        relevance_case(contents),
        heads_case(contents),
        preprocess_case(contents),
        regions_case(contents, photo),
        tokens_case(contents),
        prediction_case(contents, photo, question),
    )
    for case in cases:
        file = folder / f"{case['stage']}-{contents.described.id}.json"
        text = json.dumps({"stage": case["stage"], "pack": pack.as_posix(), **case}, separators=(",", ":"))
        file.write_text(text + "\n")
