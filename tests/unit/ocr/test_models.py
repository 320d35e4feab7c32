from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from paddlescan.document import EngineOptions
from paddlescan.errors import ModelDamaged, ModelMissing
from paddlescan.ocr.factory import load_engine
from paddlescan.ocr.models import (
    CHARACTERS,
    DETECTOR,
    LINE_CLASSIFIER,
    RECOGNISER,
    dictionary,
    find_models,
    intact_bytes,
    lay_out,
    verify,
)
from paddlescan.ocr.paddle_models import lay_out_paddle


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    folder = tmp_path / "models of a package"
    folder.mkdir()
    for path in find_models().files:
        shutil.copy(path, folder)
    return folder


def damage(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(5000)
        byte = file.read(1)
        file.seek(5000)
        file.write(bytes([byte[0] ^ 0x10]))


def test_the_package_brings_three_intact_models() -> None:
    checks = verify(find_models())
    assert [(c.name, c.intact) for c in checks] == [(DETECTOR, True), (RECOGNISER, True), (LINE_CLASSIFIER, True)]
    assert [c.size for c in checks] == [9_929_594, 21_234_383, 585_532]


def test_a_missing_file_is_named(copy: Path) -> None:
    (copy / RECOGNISER).unlink()
    with pytest.raises(ModelMissing) as caught:
        find_models(copy)
    assert caught.value.parameters == {"detail": RECOGNISER}


def test_a_file_that_goes_after_it_was_found_is_missing(copy: Path) -> None:
    models = find_models(copy)
    (copy / DETECTOR).unlink()
    with pytest.raises(ModelMissing):
        verify(models)


@pytest.mark.parametrize("name", [DETECTOR, RECOGNISER, LINE_CLASSIFIER])
def test_one_wrong_bit_is_noticed(copy: Path, tmp_path: Path, name: str) -> None:
    damage(copy / name)
    models = find_models(copy)
    assert [c.name for c in verify(models) if not c.intact] == [name]
    with pytest.raises(ModelDamaged) as caught:
        lay_out(models, tmp_path / "scratch") if name != LINE_CLASSIFIER else intact_bytes(models.line_classifier)
    assert caught.value.parameters == {"detail": name}


def test_the_dictionary_has_every_character_once() -> None:
    characters = dictionary(find_models().recogniser)
    assert len(characters) == len(set(characters)) == CHARACTERS
    assert {"A", "z", "0", "¥", "发", "票"} <= set(characters)


def test_a_model_without_a_dictionary_is_damaged() -> None:
    with pytest.raises(ModelDamaged):
        dictionary(find_models().detector)


def test_the_folders_hold_model_and_dictionary(tmp_path: Path) -> None:
    models = find_models()
    detector, recogniser = lay_out(models, tmp_path)
    assert (detector / "inference.onnx").read_bytes() == models.detector.read_bytes()
    config = yaml.safe_load((recogniser / "inference.yml").read_text(encoding="utf-8"))
    assert tuple(config["PostProcess"]["character_dict"]) == dictionary(models.recogniser)


def test_what_is_loaded_is_a_copy_that_was_verified_as_it_was_made(copy: Path, tmp_path: Path) -> None:
    """A file that is swapped after it was verified changes nothing any more."""
    models = find_models(copy)
    right = models.recogniser.read_bytes()
    for _ in range(2):  # and once more over what is there
        _, recogniser = lay_out(models, tmp_path / "scratch")
    for path in models.files:
        damage(path)
    assert not (recogniser / "inference.onnx").is_symlink()
    assert (recogniser / "inference.onnx").read_bytes() == right


def test_an_engine_refuses_a_model_that_is_damaged_or_gone(copy: Path, tmp_path: Path) -> None:
    damage(copy / RECOGNISER)
    options = EngineOptions(device="cpu", engine="onnxruntime", models_dir=str(copy))
    with pytest.raises(ModelDamaged) as caught:
        load_engine(options, tmp_path / "scratch")
    assert RECOGNISER in caught.value.message
    assert caught.value.remedy
    (copy / RECOGNISER).unlink()
    with pytest.raises(ModelMissing):
        load_engine(options, tmp_path / "scratch")


def test_a_loaded_engine_leaves_no_copies(tmp_path: Path) -> None:
    load_engine(EngineOptions(device="cpu", engine="onnxruntime"), tmp_path)
    assert list(tmp_path.rglob("*.onnx")) == []


def test_a_folder_without_paddle_models_says_which_is_missing(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing) as caught:
        lay_out_paddle(tmp_path / "scratch", tmp_path)
    assert caught.value.parameters == {"detail": "PP-OCRv5_mobile_det/inference.json"}


def test_a_wrong_paddle_model_is_damaged(tmp_path: Path) -> None:
    folder = tmp_path / "PP-OCRv5_mobile_det"
    folder.mkdir()
    (folder / "inference.json").write_text("{}")
    with pytest.raises(ModelDamaged):
        lay_out_paddle(tmp_path / "scratch", tmp_path)
