"""What the heads are trained on: both trunks' outputs as they are cached, and what training goes on from."""

import numpy as np
import pytest
import torch
from PIL import Image

from models.data.photos import Photo
from models.detector import TINY, build_detector
from models.detector.cached_maps import maps_of_view
from models.detector.feature_cache import FeatureCache, measure_standardisation, row_size, views_of, write_cache
from models.detector.photo_views import MIRRORED, PLAIN
from models.detector.preprocess import preprocess, read_photo
from models.detector.train_command import without_padding
from models.detector.trunk_session import TrunkSession

SCENE, OTHER = (Photo(f"{name}.png", source, 40, 30, (), ()) for name, source in (("1", "gqa-val"), ("3", "coco")))
HALF = 2e-2  # what half precision may cost values of a few units


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    folder = tmp_path_factory.mktemp("data")
    (folder / "photos").mkdir()
    generator = np.random.default_rng(0)
    for photo in (SCENE, OTHER):
        noise = generator.integers(0, 256, (photo.height, photo.width, 3), np.uint8)
        Image.fromarray(noise).save(photo.path(folder))
    return folder


@pytest.fixture(scope="module")
def backbone(data):
    backbone, _ = build_detector((11, 7), shape=TINY)
    measure_standardisation(backbone, TrunkSession(backbone, threads=1), [SCENE, OTHER], data)
    return backbone


@pytest.fixture(scope="module")
def cache(data, backbone, tmp_path_factory) -> FeatureCache:
    folder = tmp_path_factory.mktemp("cache")
    write_cache(TrunkSession(backbone, 1), row_size(backbone), [SCENE, OTHER], data, folder, cuts=1, seed=0)
    return FeatureCache(folder, backbone)


def test_levels_are_standardised_on_the_photos_they_were_measured_on(data, backbone):
    levels = [backbone.trunks(torch.from_numpy(preprocess(read_photo(p.path(data))))).levels for p in (SCENE, OTHER)]
    for pair, standardise in zip(zip(*levels), backbone.standardise, strict=True):
        flat = torch.cat([level[0].flatten(1) for level in pair], 1).detach()  # [channels,cell]
        alive = standardise.scale < 300.0  # a channel that all but never changes is not blown up
        assert alive.any()
        torch.testing.assert_close(flat.mean(1)[alive], torch.zeros(int(alive.sum())), atol=1e-3, rtol=0)
        torch.testing.assert_close(flat.square().mean(1)[alive], torch.ones(int(alive.sum())), atol=1e-2, rtol=0)


def test_a_cached_view_gives_the_maps_of_its_photo(data, backbone, cache):
    row = cache.rows_of[SCENE.key][0]
    with torch.no_grad():
        expected = backbone(torch.from_numpy(preprocess(read_photo(SCENE.path(data)))))[2:]
    found = maps_of_view(backbone, cache[row])
    for wanted, got in zip(expected[:-2], found[:-2], strict=True):
        torch.testing.assert_close(got, wanted, atol=HALF, rtol=HALF)
    assert found[-1].amax() == pytest.approx(expected[-1].amax().item(), abs=1e-3)


def test_photos_with_scene_graphs_are_shown_in_more_ways(cache):
    assert [cache.view(row) for row in cache.rows_of[OTHER.key]] == [PLAIN, MIRRORED]
    assert len(cache.rows_of[SCENE.key]) == 3
    held_out = Photo("gqa/150444.jpg", "gqa-val", 4, 3, (), ())
    generator = np.random.default_rng(0)
    shown = {len(views_of(Photo(f"gqa/{n}.jpg", "gqa-val", 4, 3, (), ()), 5, generator)) for n in range(60)}
    assert shown == {2, 7} and len(views_of(held_out, 0, generator)) == 2


def test_rows_of_proposals_lose_what_fills_them_up():
    box, other = [0.0, 0.0, 0.5, 0.5], [0.2, 0.2, 0.9, 0.9]
    padded = np.array([box, other, other, other], np.float32)
    assert without_padding(padded).tolist() == padded[:2].tolist()
    assert len(without_padding(padded[1:])) == 1
    assert len(without_padding(padded[:2])) == 2
