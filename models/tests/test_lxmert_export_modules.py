"""The exported modules compute what transformers' LXMERT computes, and show the attention it hides."""

import pytest
import torch

from models.lxmert.answering import Pictures, Texts, answer_questions, understand
from models.lxmert.export_modules import CrossEncoder, LanguageEncoder, VisionEncoder
from models.lxmert.network import build_lxmert
from models.lxmert.reference_run import run_transformers
from models.lxmert.size import TINY

BATCH, REGIONS, TOKENS, FEATURES, VOCABULARY, ANSWERS = 3, 7, 9, 30, 50, 11
OBJECTS, ATTRIBUTES = ("dog", "cat", "car"), 4
TOLERANCE = 1e-5


@pytest.fixture(scope="module")
def model():
    torch.manual_seed(3)
    sizes = {"feature_size": FEATURES, "vocabulary_size": VOCABULARY, "answer_count": ANSWERS}
    return build_lxmert(TINY, OBJECTS, attribute_count=ATTRIBUTES, **sizes).eval()


@pytest.fixture(scope="module")
def inputs():
    torch.manual_seed(4)
    region_mask, token_mask = torch.ones(BATCH, REGIONS), torch.ones(BATCH, TOKENS)
    region_mask[1, 5:] = 0.0
    token_mask[2, 4:] = 0.0
    return {
        "features": torch.rand(BATCH, REGIONS, FEATURES),
        "boxes": torch.rand(BATCH, REGIONS, 4),
        "region_mask": region_mask,
        "token_ids": torch.randint(0, VOCABULARY, (BATCH, TOKENS)),
        "token_mask": token_mask,
    }


@torch.no_grad()
def run_exported(model, inputs):
    vision, vision_attention = VisionEncoder(model.lxmert)(inputs["features"], inputs["boxes"], inputs["region_mask"])
    language, language_attention = LanguageEncoder(model.lxmert)(inputs["token_ids"].int(), inputs["token_mask"])
    cross = CrossEncoder(model.lxmert, model.answer_head)
    logits, pooled, text, regions, *attentions = cross(language, inputs["token_mask"], vision, inputs["region_mask"])
    return (logits, pooled, text, regions), language_attention, vision_attention, attentions


def test_logits_and_known_attentions_equal_transformers(model, inputs):
    (logits, pooled, text, _), language, vision, (text_to_region, *_) = run_exported(model, inputs)
    expected = run_transformers(model, inputs)
    torch.testing.assert_close(logits, expected.question_answering_score, atol=TOLERANCE, rtol=0)
    words, fits = model.cls(text, pooled)
    torch.testing.assert_close(words, expected.prediction_logits, atol=TOLERANCE, rtol=0)
    torch.testing.assert_close(fits, expected.cross_relationship_score, atol=TOLERANCE, rtol=0)
    pairs = (
        (language, expected.language_attentions),
        (vision, expected.vision_attentions),
        (text_to_region, expected.cross_encoder_attentions),
    )
    for found, wanted in pairs:
        torch.testing.assert_close(found, torch.stack(wanted, dim=1), atol=TOLERANCE, rtol=0)


def test_every_attention_row_is_a_distribution_over_kept_keys(model, inputs):
    _, language, vision, (text_to_region, region_to_text, text_self, region_self) = run_exported(model, inputs)
    by_region, by_token = inputs["region_mask"], inputs["token_mask"]
    for attention, mask in (
        (language, by_token),
        (vision, by_region),
        (text_to_region, by_region),
        (region_to_text, by_token),
        (text_self, by_token),
        (region_self, by_region),
    ):
        torch.testing.assert_close(attention.sum(dim=-1), torch.ones(attention.shape[:-1]), atol=TOLERANCE, rtol=0)
        hidden = attention * (1.0 - mask)[:, None, None, None, :]
        assert hidden.max() == 0.0


def test_attention_layout_is_batch_layer_head_query_key(model, inputs):
    _, language, vision, (text_to_region, region_to_text, text_self, region_self) = run_exported(model, inputs)
    layers, heads = TINY.cross_layers, TINY.heads
    assert language.shape == (BATCH, TINY.language_layers, heads, TOKENS, TOKENS)
    assert vision.shape == (BATCH, TINY.vision_layers, heads, REGIONS, REGIONS)
    assert text_to_region.shape == (BATCH, layers, heads, TOKENS, REGIONS)
    assert region_to_text.shape == (BATCH, layers, heads, REGIONS, TOKENS)
    assert text_self.shape == (BATCH, layers, heads, TOKENS, TOKENS)
    assert region_self.shape == (BATCH, layers, heads, REGIONS, REGIONS)


@torch.no_grad()
def test_training_forward_shares_scenes_and_equals_transformers(model, inputs):
    scene_of_text = torch.tensor([1, 1, 0, 2])
    token_ids, token_mask = inputs["token_ids"][[0, 2, 1, 0]], inputs["token_mask"][[0, 2, 1, 0]]
    pictures = Pictures(*(inputs[name] for name in ("features", "boxes", "region_mask")))
    texts = Texts(token_ids, token_mask, scene_of_text)
    by_text = {name: inputs[name][scene_of_text] for name in ("features", "boxes", "region_mask")}
    expected = run_transformers(model, {**by_text, "token_ids": token_ids, "token_mask": token_mask})
    score = expected.question_answering_score
    torch.testing.assert_close(answer_questions(model, pictures, texts), score, atol=TOLERANCE, rtol=0)
    whole = understand(model, pictures, texts)
    torch.testing.assert_close(model.answer_head(whole.pooled), score, atol=TOLERANCE, rtol=0)
    words, _ = model.cls(whole.text, whole.pooled)
    torch.testing.assert_close(words, expected.prediction_logits, atol=TOLERANCE, rtol=0)


@torch.no_grad()
def test_exported_region_states_equal_the_training_forward(model, inputs):
    (_, _, text, regions), *_ = run_exported(model, inputs)
    pictures = Pictures(*(inputs[name] for name in ("features", "boxes", "region_mask")))
    whole = understand(model, pictures, Texts(inputs["token_ids"], inputs["token_mask"], torch.arange(BATCH)))
    torch.testing.assert_close(regions, whole.regions, atol=TOLERANCE, rtol=0)
    torch.testing.assert_close(text, whole.text, atol=TOLERANCE, rtol=0)
