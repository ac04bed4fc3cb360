"""What LXMERT learns from: drawn and lent regions, batches, the aligned start, one step of learning."""

import random

import numpy as np
import torch
from torch.nn import functional

from models.data.scenes import Scene, SceneObject
from models.data.tokenizer import TOKENIZER_FILE, default_tokenizer
from models.data.vocabulary import ANSWER_INDEX, ATTRIBUTE_INDEX, OBJECT_INDEX
from models.lxmert.aligned_start import align
from models.lxmert.answering import answer_questions
from models.lxmert.checkpoint import everyday_network, load_checkpoint, save_checkpoint
from models.lxmert.drawn_regions import DrawnRegions
from models.lxmert.half_training import HalfTraining
from models.lxmert.measure import measure, plain
from models.lxmert.question_batches import Asked, Example, make_batch
from models.lxmert.region_layout import ATTRIBUTE_PART, CLASSES, FEATURE_SIZE
from models.lxmert.region_set import RegionSet
from models.lxmert.size import EVERYDAY, LxmertSize
from models.lxmert.vary_wording import vary_wording
from models.pack.contents import read_tokenizer

DOG, CAR, TREE = (OBJECT_INDEX[name] for name in ("dog", "car", "tree"))
RED = ATTRIBUTE_INDEX["red"]
SMALL = LxmertSize(hidden_size=64, heads=2, language_layers=1, vision_layers=1, cross_layers=2)


def scene(photo: str | None = None) -> Scene:
    things = (
        SceneObject("dog", DOG, (0.1, 0.5, 0.4, 0.9)),
        SceneObject("red car", CAR, (0.5, 0.4, 0.95, 0.8), (RED,)),
        SceneObject("tree", TREE, (0.0, 0.0, 0.2, 0.6)),
    )
    return Scene("1", "gqa", things, photo=photo)


def test_drawn_regions_are_what_people_drew():
    found = DrawnRegions(most_regions=20, seed=0).regions(scene())
    order = np.argsort(found.features[:, CLASSES].argmax(axis=1))
    expected = sorted(scene().objects, key=lambda thing: thing.object_class)
    assert len(found) == 3
    for row, thing in zip(order, expected, strict=True):
        assert found.features[row, CLASSES.start + thing.object_class] == 1.0
        np.testing.assert_allclose(found.boxes[row], thing.box, atol=1e-6)
        attributes = np.flatnonzero(found.features[row, ATTRIBUTE_PART])
        assert tuple(attributes) == thing.attributes


def test_wording_varies_by_fillers_alone():
    rng = random.Random(0)
    texts = {vary_wording("is there a big dog in this photo", "exists", rng) for _ in range(200)}
    assert len(texts) > 20
    assert all("big" in text.split() and "dog" in text.split() for text in texts)
    relations = (vary_wording("is the dog left of the car", "relation", rng) for _ in range(200))
    kept = [[word for word in text.split() if word in {"dog", "left", "car"}] for text in relations]
    assert all(words == ["dog", "left", "car"] for words in kept)


def test_batch_groups_questions_by_length_and_remembers_their_scene():
    regions = DrawnRegions(most_regions=20, seed=0)
    short = Asked("a dog?", ANSWER_INDEX["yes"], "exists")
    long = Asked("is the dog to the left of the red car in this photo?", ANSWER_INDEX["yes"], "relation")
    fewer = RegionSet(*(part[:2] for part in (regions.regions(scene()).features, regions.regions(scene()).boxes)))
    examples = [Example(regions.regions(scene()), [long, short]), Example(fewer, [short, long])]
    batch = make_batch(examples, default_tokenizer(), groups=2)
    assert batch.pictures.features.shape == (2, 3, FEATURE_SIZE)
    assert batch.pictures.region_mask.sum(dim=1).tolist() == [3, 2]
    first, second = batch.groups
    assert first.texts.token_ids.shape[1] < second.texts.token_ids.shape[1]
    assert first.kinds == ["exists"] * 2 and second.kinds == ["relation"] * 2
    assert sorted(first.texts.scene_of_text.tolist()) == [0, 1]
    assert first.texts.token_mask.all()


def test_aligned_start_looks_at_the_region_that_the_word_names():
    model = everyday_network(EVERYDAY).eval()
    align(model, read_tokenizer(TOKENIZER_FILE), torch.Generator().manual_seed(0))
    regions = DrawnRegions(most_regions=20, seed=0).regions(scene())
    ids = default_tokenizer().encode("is there a dog")
    with torch.no_grad():
        attention = model(
            input_ids=torch.tensor([ids]),
            visual_feats=torch.from_numpy(regions.features)[None],
            visual_pos=torch.from_numpy(regions.boxes)[None],
            token_type_ids=torch.zeros(1, len(ids), dtype=torch.long),
            output_attentions=True,
        ).cross_encoder_attentions[0]  # [1, head, token, region]
    dog_region = regions.features[:, CLASSES.start + DOG].argmax()
    dog_token = len(ids) - 2
    assert attention[0, :, dog_token, dog_region].mean() > 0.7


def test_aligned_start_sees_on_which_side_a_box_lies():
    model = everyday_network(SMALL)
    align(model, read_tokenizer(TOKENIZER_FILE), torch.Generator().manual_seed(0))
    boxes = torch.tensor([[0.0, 0.4, 0.2, 0.6], [0.8, 0.4, 1.0, 0.6], [0.4, 0.0, 0.6, 0.2], [0.4, 0.8, 0.6, 1.0]])
    words = model.lxmert.embeddings.word_embeddings.weight
    sides = words[[default_tokenizer().encode(word)[1] for word in ("left", "right", "top", "bottom")]]
    likeness = functional.normalize(model.lxmert.encoder.visn_fc.box_fc(boxes)) @ functional.normalize(sides).T
    assert likeness.argmax(dim=1).tolist() == [0, 1, 2, 3]


def test_a_few_steps_learn_a_batch_by_heart_and_survive_the_disk(tmp_path):
    torch.manual_seed(0)
    model = everyday_network(SMALL)
    training = HalfTraining(model)
    drawn = DrawnRegions(most_regions=20, seed=0)
    questions = [
        Asked("is there a dog?", ANSWER_INDEX["yes"], "exists"),
        Asked("any cats?", ANSWER_INDEX["no"], "exists"),
    ]
    batch = make_batch([Example(drawn.regions(scene()), questions)], default_tokenizer(), groups=1)
    (group,) = batch.groups

    def logits(network):
        return answer_questions(network, batch.pictures, group.texts).float()

    for _ in range(30):
        functional.cross_entropy(logits(model), group.answers).backward()
        training.step(learning_rate=3e-3)
    assert logits(model).argmax(dim=1).tolist() == group.answers.tolist()

    path = tmp_path / "small.pt"
    save_checkpoint(path, SMALL, training.weights(), samples=60)
    loaded, size, samples = load_checkpoint(path)
    assert (size, samples) == (SMALL, 60)
    assert logits(loaded).argmax(dim=1).tolist() == group.answers.tolist()


def test_accuracy_forgives_case_and_article_and_counts_by_kind():
    items = [
        {"photo": "a", "question": "?", "answers": ["a Dog", "puppy"], "kind": "what"},
        {"photo": "a", "question": "?", "answer": "yes", "kind": "exists"},
    ]
    found = measure(items, ["dog", "no"])
    assert found.right["what"] == 1 and found.right["exists"] == 0
    assert found.overall == 0.5 and found.macro == 0.5
    assert plain(" The Street ") == "street"
