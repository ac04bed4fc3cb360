"""golden.json: the self-test that a page runs on a backend before it trusts it.

    pixelDims    [1, 3, 64, 96]; pixels are not stored: value at flat index i is sin(i * 0.37), as float32
    boxes        five boxes (fractions), the RoI head's input and, unrefined, LXMERT's
    tokenIds     eight token ids, all kept
    expected
      proposalScoresHead   the first 32 of proposal_scores
      classScores          the RoI head's class_scores for `boxes`, flat
      logits               answer logits of the whole chain, flat
      heads                by head, the first 64 numbers of its first output; its inputs take the same wave, one input
                           after the other: pooled states [1, D], or states [1, 3, D]
      gradient             the first 64 numbers of the first answer's gradient at the text-to-region attention

Reference: PyTorch in single precision, weights rounded to half as they are stored.
"""

import numpy as np
import torch

from models.lxmert.export_heads import TASK_HEADS, head_graphs
from models.lxmert.relevance import Scene, attention_and_gradients
from models.pack.contents import PackContents
from models.pack.reference import answer

PIXEL_DIMS = (1, 3, 64, 96)
BOXES = (
    (0.05, 0.1, 0.45, 0.9),
    (0.5, 0.2, 0.95, 0.75),
    (0.0, 0.0, 1.0, 1.0),
    (0.3, 0.55, 0.6, 0.95),
    (0.62, 0.05, 0.88, 0.31),
)
QUESTION = "what is on the left ?"
TOLERANCE = 1e-3
DIGITS = 6
STATES, HEAD_NUMBERS = 3, 64


def wave(dims: tuple[int, ...], start: int = 0) -> np.ndarray:
    """Numbers that anyone can compute: sin(0.37 i) at flat index i, counted from `start`."""
    flat = np.sin(np.arange(start, start + np.prod(dims), dtype=np.float64) * 0.37)
    return flat.astype(np.float32).reshape(dims)


def golden_pixels() -> np.ndarray:
    return wave(PIXEL_DIMS)


def head_inputs(names: list[str], hidden: int) -> dict[str, np.ndarray]:
    """Pooled states [1, D], or states of STATES tokens or regions [1, STATES, D]."""
    inputs: dict[str, np.ndarray] = {}
    taken = 0
    for name in names:
        dims = (1, hidden) if name.startswith("pooled") else (1, STATES, hidden)
        inputs[name] = wave(dims, taken)
        taken += int(np.prod(dims))
    return inputs


def answer_gradient(contents: PackContents, features: np.ndarray, token_ids: list[int]) -> list[float]:
    """Of the first answer's logit at the text-to-region attention, the first HEAD_NUMBERS; features of BOXES, [R, F]."""
    scene = Scene(
        torch.from_numpy(features),
        torch.tensor(BOXES),
        torch.ones(len(BOXES)),
        torch.tensor(token_ids),
        torch.ones(len(token_ids)),
    )
    first = torch.zeros(len(contents.labels.answers))
    first[0] = 1.0
    _, _, gradients = attention_and_gradients(contents.lxmert, scene, first)
    return rounded(gradients["text_to_region"].numpy().reshape(-1)[:HEAD_NUMBERS])


@torch.no_grad()
def head_outputs(contents: PackContents) -> dict[str, list[float]]:
    names = {file: head for head, file in TASK_HEADS.items()}
    found = {}
    for graph in head_graphs(contents.lxmert):
        inputs = head_inputs(list(graph.inputs), contents.size.hidden_size)
        output = graph.module(*map(torch.from_numpy, inputs.values()))
        first = output[0] if isinstance(output, tuple) else output
        found[names[graph.file]] = rounded(first.numpy().reshape(-1)[:HEAD_NUMBERS])
    return found


def rounded(values: np.ndarray) -> list[float]:
    return [round(float(value), DIGITS) for value in values.reshape(-1)]


def golden_case(contents: PackContents) -> dict:
    boxes = np.array(BOXES, np.float32)
    token_ids = contents.tokenizer.encode(QUESTION).ids
    with torch.no_grad():
        _, proposal_scores, *maps = contents.backbone(torch.from_numpy(golden_pixels()))
        class_scores, _, _, features = contents.roi_head(*maps, torch.from_numpy(boxes))
    logits = answer(contents, features.numpy(), boxes, token_ids)["logits"]
    return {
        "pixelDims": list(PIXEL_DIMS),
        "boxes": [list(box) for box in BOXES],
        "tokenIds": token_ids,
        "expected": {
            "proposalScoresHead": rounded(proposal_scores.numpy()[:32]),
            "classScores": rounded(class_scores.numpy()),
            "logits": rounded(logits),
            "heads": head_outputs(contents),
            "gradient": answer_gradient(contents, features.numpy(), token_ids),
        },
    }
