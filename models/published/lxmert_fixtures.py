"""Small checkpoints in the published layout and formats, and what transformers answers with them.

    python -m models.published.lxmert_fixtures

Writes models/fixtures/published/lxmert/: pytorch_model.zip.bin and pytorch_model.stream.bin (PyTorch's present and older
format) and model.safetensors of one LxmertForQuestionAnswering, pretraining.safetensors of an LxmertForPreTraining, the
config.json of each, vocab.txt, answers.json, golden.json. Sizes differ from the published ones in every respect, so that
only a reader of config.json gets them right.

golden.json
    question, tokenIds   in [CLS] … [SEP]
    boxes                [region, 4]
    features             [region, featureSize]: 2 + 2 sin(0.37 i) at flat index i
    models               by config.json, {logits, best, attention by output name, flat, with its dims}
    stored               logits of the question answerer with weights in halves and in bytes, in ONNX Runtime
    explained            cases by transformers' own attention and autograd: configuration, precision (fp16: of the weights as
                         they are stored), answer, against (-1: nothing), hiddenRegions, hiddenTokens -> logit, tokens and
                         regions (relevance), and of some the gradients by module, flat, with their dims
"""

import json
from copy import deepcopy
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from safetensors.torch import save_file
from torch import Tensor, nn
from transformers import LxmertConfig, LxmertForPreTraining, LxmertForQuestionAnswering

from models.lxmert.export_graphs import CROSS_FILE, LANGUAGE_FILE, VISION_FILE
from models.lxmert.export_modules import CrossEncoder, LanguageEncoder, VisionEncoder
from models.lxmert.reference_run import run_transformers
from models.lxmert.relevance import relevance
from models.pack.golden import BOXES, rounded, wave
from models.pack.small_tokenizer import word_piece_tokenizer
from models.pack.tiny import WORDS
from models.published.fill_skeleton import fill_skeleton
from models.published.lxmert_gradients import explain_by_autograd
from models.published.lxmert_graphs import CROSS_ATTENTIONS, open_gates
from models.published.lxmert_random import random_lxmert
from models.published.lxmert_recipes import PUBLISHED

FOLDER = Path("models/fixtures/published/lxmert")
SEED = 31
ANSWERS = ("", "yes", "no", "2", "red", "dog", "on table", "left", "café")
QUESTION = "What is on the left of the dogs?"
CONFIGURATION = {
    "hidden_size": 24,
    "num_attention_heads": 3,
    "intermediate_size": 40,
    "l_layers": 2,
    "r_layers": 1,
    "x_layers": 3,
    "num_qa_labels": len(ANSWERS),
    "num_object_labels": 11,
    "num_attr_labels": 7,
    "visual_feat_dim": 64,
    "max_position_embeddings": 32,
}
SPREAD = 0.25
# Answer, what it is against, hidden regions, hidden tokens: what is hidden is masked, as padding is.
EXPLAINED = ((4, -1, (), ()), (5, 2, (1, 3), (3, 9, 10)))


def small_model(kind: type, vocabulary_size: int) -> nn.Module:
    return random_lxmert(kind, LxmertConfig(**CONFIGURATION, vocab_size=vocabulary_size), SPREAD, SEED)


def golden_inputs(token_ids: list[int]) -> dict[str, Tensor]:
    """One question about as many regions as there are golden boxes, nothing padded."""
    features = 2 + 2 * wave((1, len(BOXES), CONFIGURATION["visual_feat_dim"]))
    return {
        "features": torch.from_numpy(features),
        "boxes": torch.tensor([BOXES]),
        "region_mask": torch.ones(1, len(BOXES)),
        "token_ids": torch.tensor([token_ids]),
        "token_mask": torch.ones(1, len(token_ids)),
    }


@torch.no_grad()
def answered(model: nn.Module, inputs: dict[str, Tensor]) -> dict:
    """transformers' logits and maps; the maps that it does not give are those of the traced modules."""
    expected = run_transformers(model, inputs)
    vision, _ = VisionEncoder(model.lxmert)(inputs["features"], inputs["boxes"], inputs["region_mask"])
    language, _ = LanguageEncoder(model.lxmert)(inputs["token_ids"], inputs["token_mask"])
    encoder = CrossEncoder(model.lxmert, model.answer_head)
    maps = encoder(language, inputs["token_mask"], vision, inputs["region_mask"])[4:]
    attention = {
        "language_attention": torch.stack(expected.language_attentions, dim=1),
        "vision_attention": torch.stack(expected.vision_attentions, dim=1),
        **dict(zip(CROSS_ATTENTIONS, maps, strict=True)),
        "text_to_region_attention": torch.stack(expected.cross_encoder_attentions, dim=1),
    }
    logits = expected.question_answering_score
    return {
        "logits": rounded(logits.numpy()),
        "best": int(logits.argmax()),
        "attention": {
            name: {"dims": list(values.shape), "values": rounded(values.numpy())} for name, values in attention.items()
        },
    }


def explained(model: nn.Module, inputs: dict[str, Tensor], case: tuple, *, with_gradients: bool) -> dict:
    answer, against, hidden_regions, hidden_tokens = case
    shown = {name: values.clone() for name, values in inputs.items()}
    for region in hidden_regions:
        for name in ("features", "boxes", "region_mask"):
            shown[name][0, region] = 0.0
    for token in hidden_tokens:
        shown["token_mask"][0, token] = 0.0
    target = torch.zeros(len(ANSWERS))
    target[answer] = 1.0
    if against >= 0:
        target[against] = -1.0
    found = explain_by_autograd(model, shown, target)
    tokens, regions = relevance(found.attention, found.gradients)
    gradients = {
        name: {"dims": list(values.shape), "values": rounded(values.numpy())}
        for name, values in found.gradients.items()
    }
    return {
        "answer": answer,
        "against": against,
        "hiddenRegions": list(hidden_regions),
        "hiddenTokens": list(hidden_tokens),
        "logit": round(float((found.logits * target).sum()), 6),
        "tokens": rounded(tokens.numpy()),
        "regions": rounded(regions.numpy()),
        **({"gradients": gradients} if with_gradients else {}),
    }


@torch.no_grad()
def in_halves(model: nn.Module) -> nn.Module:
    """The model as fp16 graphs store it: matrices and words in halves, all else in single precision."""
    copy = deepcopy(model)
    for module in copy.modules():
        if isinstance(module, nn.Linear) or module is copy.lxmert.embeddings.word_embeddings:
            module.weight.copy_(module.weight.half().float())
    return copy


def explained_cases(answerer: nn.Module, pretrained: nn.Module, inputs: dict[str, Tensor]) -> list[dict]:
    models = (
        ("config.json", "fp32", answerer),
        ("config.json", "fp16", in_halves(answerer)),
        ("pretraining.config.json", "fp32", pretrained),
    )
    return [
        {
            "configuration": configuration,
            "precision": precision,
            **explained(model, inputs, case, with_gradients=model is answerer),
        }
        for configuration, precision, model in models
        for case in EXPLAINED
    ]


def stored_logits(state: dict[str, Tensor], precision: str, inputs: dict[str, Tensor], folder: Path) -> list[float]:
    """The published graphs filled with this checkpoint, its weights stored in another precision."""
    recipe = json.loads((PUBLISHED / "lxmert-vqa" / "recipe.json").read_text())
    keys = {name: rule.get("config", name) for name, rule in recipe["sizes"].items()}
    known = {**CONFIGURATION, "vocab_size": len(state["lxmert.embeddings.word_embeddings.weight"]), "visual_pos_dim": 4}
    sizes = {name: known[key if isinstance(key, str) else key[0]] for name, key in keys.items()}
    values = {name: tensor.numpy() for name, tensor in inputs.items()} | {
        "token_ids": inputs["token_ids"].int().numpy()
    }
    graphs = {graph["file"]: graph for graph in recipe["graphs"]}
    for file in (VISION_FILE, LANGUAGE_FILE, CROSS_FILE):
        skeleton = onnx.load(PUBLISHED / "lxmert-vqa" / graphs[file]["skeletons"][precision], load_external_data=False)
        session = onnxruntime.InferenceSession(str(fill_skeleton(skeleton, graphs[file], sizes, state, folder / file)))
        wanted = [given.name for given in session.get_inputs()]
        names = [given.name for given in session.get_outputs()]
        values |= open_gates(file, sizes)
        values |= dict(zip(names, session.run(None, {name: values[name] for name in wanted}), strict=True))
    return rounded(values["logits"])


def save_checkpoints(answerer: nn.Module, pretrained: nn.Module, folder: Path) -> None:
    state = answerer.state_dict()
    torch.save(state, folder / "pytorch_model.zip.bin")
    torch.save(state, folder / "pytorch_model.stream.bin", _use_new_zipfile_serialization=False)
    save_file({name: tensor.contiguous() for name, tensor in state.items()}, folder / "model.safetensors")
    # The decoder is the table of words itself; safetensors refuses to write it twice.
    whole = {name: tensor.clone() for name, tensor in pretrained.state_dict().items()}
    del whole["cls.predictions.decoder.weight"]
    save_file(whole, folder / "pretraining.safetensors")


def write_configuration(model: nn.Module, path: Path) -> None:
    """As published: the numbers of layers are also in a record of three, where other models have one number."""
    described = model.config.to_dict() | {
        "architectures": [type(model).__name__],
        "num_hidden_layers": {
            "vision": CONFIGURATION["r_layers"],
            "cross_encoder": CONFIGURATION["x_layers"],
            "language": CONFIGURATION["l_layers"],
        },
    }
    described.pop("transformers_version", None)
    path.write_text(json.dumps(described, indent=2, sort_keys=True) + "\n")


def main(folder: Path = FOLDER) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer = word_piece_tokenizer(WORDS)
    pieces = sorted(tokenizer.get_vocab(), key=tokenizer.get_vocab().__getitem__)
    (folder / "vocab.txt").write_text("".join(f"{piece}\n" for piece in pieces))
    (folder / "answers.json").write_text(json.dumps(ANSWERS, ensure_ascii=False) + "\n")
    answerer, pretrained = (
        small_model(kind, len(pieces)) for kind in (LxmertForQuestionAnswering, LxmertForPreTraining)
    )
    save_checkpoints(answerer, pretrained, folder)
    write_configuration(answerer, folder / "config.json")
    write_configuration(pretrained, folder / "pretraining.config.json")
    token_ids = tokenizer.encode(QUESTION).ids
    inputs = golden_inputs(token_ids)
    scratch = Path("models/work/published-fixtures")
    scratch.mkdir(parents=True, exist_ok=True)
    golden = {
        "question": QUESTION,
        "tokenIds": token_ids,
        "boxes": [list(box) for box in BOXES],
        "models": {
            "config.json": answered(answerer, inputs),
            "pretraining.config.json": answered(pretrained, inputs),
        },
        "stored": {
            precision: stored_logits(answerer.state_dict(), precision, inputs, scratch)
            for precision in ("fp16", "int8")
        },
        "explained": explained_cases(answerer, pretrained, inputs),
    }
    (folder / "golden.json").write_text(json.dumps(golden, separators=(",", ":"), ensure_ascii=False) + "\n")
    for path in sorted(folder.iterdir()):
        print(f"{path.name}: {path.stat().st_size / 1e3:.0f} kB")
    best = int(np.argmax(golden["stored"]["int8"]))
    print(f"best answer {ANSWERS[golden['models']['config.json']['best']]!r}, in bytes {ANSWERS[best]!r}")


if __name__ == "__main__":
    main()
