"""Times PyTorch on questions in numbers, one at a time as it is told; `npm run bench -- --full` talks to it.

    python -m models.published.time_questions --weights lxmert.bin --threads 2

Reads numbers of tokens from standard input, a line each, and answers each with a line of JSON: milliseconds of
transformers' whole forward pass, of language and cross encoder alone with the photo's vision states kept, and the
logits. The numbers are those of e2e/bench/full/numbers.ts.
"""

import argparse
import json
import sys
import time
from pathlib import Path

import numpy as np
import torch
from transformers import LxmertConfig, LxmertForQuestionAnswering

from models.lxmert.export_modules import CrossEncoder, LanguageEncoder, VisionEncoder

REGIONS = 36
CLS, SEP = 101, 102


def token_ids(count: int) -> torch.Tensor:
    """[1, token]"""
    words = [1000 + 7919 * place % 29000 for place in range(count - 2)]
    return torch.tensor([[CLS, *words, SEP]])


def regions(feature_size: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Features [1, region, feature], long-tailed and never below zero, and boxes [1, region, 4] on a grid of six."""
    wave = np.maximum(np.sin(np.arange(REGIONS * feature_size, dtype=np.float64) * 0.37), 0) ** 3 * 8
    features = torch.from_numpy(wave.astype(np.float32)).reshape(1, REGIONS, feature_size)
    corners = torch.tensor([[place % 6 / 6, place // 6 / 6] for place in range(REGIONS)])
    return features, torch.cat([corners, corners + 1 / 6], dim=1)[None]


def milliseconds_since(began: float) -> float:
    return (time.perf_counter() - began) * 1000


@torch.inference_mode()
def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--threads", type=int, required=True)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    state = torch.load(arguments.weights, weights_only=True, mmap=True)
    answers = len(state["answer_head.logit_fc.3.bias"])
    model = LxmertForQuestionAnswering(LxmertConfig(num_qa_labels=answers)).eval()
    model.load_state_dict(state)
    language, cross = LanguageEncoder(model.lxmert), CrossEncoder(model.lxmert, model.answer_head)
    features, boxes = regions(model.config.visual_feat_dim)
    region_mask = torch.ones(1, REGIONS)
    vision, _ = VisionEncoder(model.lxmert)(features, boxes, region_mask)
    for line in sys.stdin:
        ids = token_ids(int(line))
        mask = torch.ones(ids.shape)
        began = time.perf_counter()
        whole = model(
            input_ids=ids,
            visual_feats=features,
            visual_pos=boxes,
            attention_mask=mask,
            token_type_ids=torch.zeros_like(ids),
            output_attentions=True,
        )
        whole_ms = milliseconds_since(began)
        began = time.perf_counter()
        states, _ = language(ids.int(), mask)
        cross(states, mask, vision, region_mask)
        further_ms = milliseconds_since(began)
        logits = whole.question_answering_score[0].tolist()
        print(json.dumps({"wholeMs": whole_ms, "furtherMs": further_ms, "logits": logits}), flush=True)


if __name__ == "__main__":
    main()
