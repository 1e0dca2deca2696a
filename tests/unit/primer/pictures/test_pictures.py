"""Pictures: the same from the same seed, as the camera says, and split so that nothing leaks."""

import hashlib
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

import primer
from primer.pictures.breeds import BREEDS, MASTER_SIZE, masters
from primer.pictures.camera import Camera, inputs, kinds_of, split

STILL = Camera(rotate=0, scale=(1, 1), shift=0, mirror=0, paper=(1, 1), ink=(0, 0), invert=0, blur=0, grain=0)
MOVED = {"rotate": 30, "scale": (0.7, 0.9), "shift": 3, "mirror": 1, "ink": (0.3, 0.4), "paper": (0.5, 0.6)}
MOVED |= {"invert": 1, "blur": 0.3, "grain": 0.1}


@pytest.fixture(scope="module")
def pictures():
    return split(800, 400, seed=3)


class TestBreeds:
    def test_every_kind_has_as_many_breeds_known_and_new(self):
        counts = Counter((breed.kind, breed.is_new) for breed in BREEDS)
        assert {kind for kind, _ in counts} == set(primer.KINDS)
        assert len({counts[kind, False] for kind in primer.KINDS}) == 1
        assert len({counts[kind, True] for kind in primer.KINDS}) == 1
        assert min(counts.values()) >= 3

    def test_no_two_have_a_name_an_icon_or_a_master_in_common(self):
        assert len({(breed.kind, breed.name) for breed in BREEDS}) == len(BREEDS)
        assert len({breed.icon for breed in BREEDS}) == len(BREEDS)
        flat = masters().reshape(len(BREEDS), -1)
        differences = np.abs(flat[:, None] - flat[None]).mean(axis=-1) + np.eye(len(BREEDS))
        assert differences.min() > 0.05

    def test_each_thanks_somebody_and_has_an_open_licence(self):
        assert all(breed.author for breed in BREEDS)
        assert {breed.licence for breed in BREEDS} <= {"MIT", "ISC", "Apache-2.0", "CC-BY-3.0", "CC-BY-4.0", "CC0-1.0"}

    def test_masters_are_drawn_in_the_middle_with_ink_on_paper(self):
        drawn = masters()
        assert drawn.dtype == np.float32 and drawn.shape == (len(BREEDS), MASTER_SIZE, MASTER_SIZE)
        assert drawn.min() == 0 and drawn.max() == 1
        for breed, picture in zip(BREEDS, drawn, strict=True):
            ink = np.argwhere(picture > 0.5)
            middle = (ink.min(axis=0) + ink.max(axis=0)) / 2
            assert np.abs(middle - (MASTER_SIZE - 1) / 2).max() < 1.5, breed
            assert (ink.max(axis=0) - ink.min(axis=0)).max() > 0.75 * MASTER_SIZE, breed
            assert not picture[[0, -1]].any() and not picture[:, [0, -1]].any(), breed

    def test_masters_cannot_be_changed_by_accident(self):
        with pytest.raises(ValueError, match="read-only"):
            masters()[0] = 0


class TestCamera:
    def test_the_same_seed_takes_the_same_pictures(self):
        breeds = np.arange(300) % len(BREEDS)
        np.testing.assert_array_equal(Camera().take(breeds, 5), Camera().take(breeds, 5))
        assert (Camera().take(breeds, 5) != Camera().take(breeds, 6)).mean() > 0.9

    def test_a_camera_that_changes_nothing_shows_the_master_itself(self):
        taken = STILL.take(np.arange(len(BREEDS)), 1)
        whole = Camera(**{**vars(STILL), "size": MASTER_SIZE}).take(np.arange(len(BREEDS)), 1)
        np.testing.assert_allclose(whole, 255 * (1 - masters()), atol=1)
        ink = [1 - taken.mean(axis=(1, 2)) / 255, masters().mean(axis=(1, 2))]
        np.testing.assert_allclose(*ink, atol=0.02)

    @pytest.mark.parametrize("setting", MOVED)
    def test_each_setting_changes_pictures(self, setting):
        breeds = np.arange(len(BREEDS))
        plain, other = STILL.take(breeds, 1), Camera(**{**vars(STILL), setting: MOVED[setting]}).take(breeds, 1)
        assert (plain != other).any(axis=(1, 2)).mean() > 0.9

    def test_a_negative_is_the_picture_from_the_other_side(self):
        breeds = np.arange(len(BREEDS))
        negative = Camera(**{**vars(STILL), "invert": 1.0}).take(breeds, 1)
        np.testing.assert_allclose(negative.astype(int) + STILL.take(breeds, 1), 255, atol=1)

    def test_a_mirror_exchanges_left_and_right(self):
        breeds = np.arange(len(BREEDS))
        mirrored = Camera(**{**vars(STILL), "mirror": 1.0}).take(breeds, 1)
        np.testing.assert_allclose(mirrored[:, :, ::-1].astype(int), STILL.take(breeds, 1), atol=1)

    def test_half_are_negatives_and_brightness_keeps_to_its_limits(self):
        taken = Camera(grain=0, blur=0).take(np.zeros(1000, int), 4)
        corner = taken[:, 0, 0] / 255
        assert 0.4 < (corner < 0.5).mean() < 0.6
        assert (np.maximum(corner, 1 - corner) >= 0.745).all()

    def test_none_gives_none(self):
        assert Camera().take([], 1).shape == (0, 20, 20)

    @pytest.mark.parametrize(
        ("settings", "says"),
        [
            ({"size": 3}, "size must be a whole number from 4 to 48 pixels, got 3"),
            ({"rotate": -1}, r"rotate must lie in 0\.\.180, got -1"),
            ({"grain": float("nan")}, "grain must lie in"),
            ({"scale": (1.1, 0.8)}, "scale must be two numbers in 0.1..4, the smaller first, got 1.1, 0.8"),
            ({"paper": (0.5, 1.5)}, "paper must be two numbers"),
        ],
    )
    def test_settings_out_of_range_are_named(self, settings, says):
        with pytest.raises(ValueError, match=says):
            Camera(**settings)

    @pytest.mark.parametrize("breeds", [[len(BREEDS)], [-1], [[0]]])
    def test_breeds_that_are_none_are_named(self, breeds):
        with pytest.raises(ValueError, match=r"breeds must be a list of numbers in 0\.\."):
            Camera().take(breeds, 1)


class TestSplit:
    def test_new_breeds_appear_nowhere_else(self, pictures):
        new = {i for i, breed in enumerate(BREEDS) if breed.is_new}
        assert set(pictures.new_breeds.breeds) == new
        for part in (pictures.train, pictures.met, pictures.test):
            assert set(part.breeds) == set(range(len(BREEDS))) - new

    def test_no_test_picture_is_one_to_learn_from(self, pictures):
        def prints(part):
            return {hashlib.sha256(picture).digest() for picture in part.pixels}

        assert len(prints(pictures.train)) == 800
        assert not prints(pictures.train) & (prints(pictures.test) | prints(pictures.new_breeds))
        assert prints(pictures.met) < prints(pictures.train)

    def test_every_kind_comes_as_often(self, pictures):
        for part in pictures:
            counts = np.bincount(part.labels, minlength=4)
            assert counts.max() - counts.min() <= 0.06 * len(part.labels)
            np.testing.assert_array_equal(part.labels, kinds_of(part.breeds))

    def test_test_pictures_do_not_depend_on_how_many_are_learned_from(self, pictures):
        np.testing.assert_array_equal(split(10, 400, seed=3).test.pixels, pictures.test.pixels)

    def test_the_same_seed_gives_the_same_and_another_another(self, pictures):
        same, other = split(800, 400, seed=3), split(800, 400, seed=4)
        np.testing.assert_array_equal(same.train.pixels, pictures.train.pixels)
        assert (other.train.pixels != pictures.train.pixels).mean() > 0.9

    def test_a_picture_says_what_it_shows(self, pictures):
        kind, breed = pictures.test.name(0).split(", ")
        assert kind == primer.KINDS[pictures.test.labels[0]]
        assert breed == BREEDS[pictures.test.breeds[0]].name

    @pytest.mark.parametrize("numbers", [(-1, 5), (5, 0.5)])
    def test_numbers_that_make_no_sense_are_named(self, numbers):
        with pytest.raises(ValueError, match="must be a whole number of 0 or above"):
            split(*numbers)


class TestInputs:
    @given(hnp.arrays(np.uint8, (3, 5, 5)))
    def test_each_row_has_mean_0_and_spread_1_or_is_blank(self, pixels):
        rows = inputs(pixels)
        assert rows.shape == (3, 25)
        np.testing.assert_allclose(rows.mean(axis=1), 0, atol=1e-12)
        blank = (pixels == pixels[:, :1, :1]).all(axis=(1, 2))
        np.testing.assert_allclose(rows.std(axis=1), np.where(blank, 0, 1), atol=0.02)

    @given(hnp.arrays(np.uint8, (1, 4, 4), elements=st.integers(0, 100)), st.integers(1, 2), st.integers(0, 50))
    def test_light_makes_no_difference(self, pixels, factor, offset):
        np.testing.assert_allclose(inputs(pixels * factor + offset), inputs(pixels), atol=0.05)

    def test_one_picture_is_a_row_by_itself_in_the_width_that_was_asked_for(self, pictures):
        one = inputs(pictures.test.pixels[0], np.float32)
        assert one.shape == (400,) and one.dtype == np.float32
        np.testing.assert_array_equal(one, inputs(pictures.test.pixels, np.float32)[0])

    def test_what_is_no_picture_is_named(self):
        with pytest.raises(ValueError, match=r"pixels must have shape \(n_pictures, size, size\).*got \(3,\)"):
            inputs([1, 2, 3])
