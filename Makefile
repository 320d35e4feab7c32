# PaddleScan: `make run` sets everything up and opens the window, `make test` sets up and runs the tests.
SHELL := /bin/sh
VENV ?= .venv
BIN := $(VENV)/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
.DEFAULT_GOAL := help
# Tests start hundreds of processes; where compiled modules are not kept, each of them compiles the program anew.
KEEPING = env PYTHONDONTWRITEBYTECODE=
# A file is one worker's, for what its tests share; the order is that of tests/conftest.py.
SHARED = --dist loadfile --no-loadscope-reorder
# OpenVINO asks for what would report each import of its converter to its maker; environment.sh installs as the lock says.
NEVER = --no-emit-package openvino-telemetry
SCRIPTS = .ci/run $(shell find installers tests -name '*.sh')

.PHONY: $(shell sed -n 's/^\([a-z][a-z0-9-]*\):.*/\1/p' $(firstword $(MAKEFILE_LIST)))

help:  ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: system setup  ## set everything up and open the window (without a display: scan the samples)
	@exec $(BIN)/python -m paddlescan --samples-if-empty

test: system-tests setup-tests  ## set everything up and run all tests
	@exec $(KEEPING) $(BIN)/python -m pytest -n 2 $(SHARED)

test-long: system-tests setup-tests  ## the tests that take longest
	@exec $(KEEPING) $(BIN)/python -m pytest -m long -n 3 $(SHARED)

fuzz: system setup-tests  ## 5,000 damaged files through the engine process (an hour; goes on where it was stopped)
	@mkdir -p build/fuzz
	@nice $(BIN)/python -m tests.faults.fuzz_loading --record build/fuzz/seed-1.jsonl --keep build/fuzz/kept $(FUZZ)

soak: system setup-tests  ## 10,000 pages in one batch, in the window: memory and pages a minute (half an hour)
	@exec $(BIN)/python -m tests.benchmarks.soak

campaign: system-tests setup-tests  ## kill programs at 200 moments, and compare what they come to (an hour)
	@exec $(BIN)/python -m tests.faults.campaign --kills 200 --seed 1

system:
	@sh installers/linux/system-packages.sh run

system-tests:
	@sh installers/linux/system-packages.sh test

system-package:
	@sh installers/linux/system-packages.sh package

system-bench:
	@sh installers/linux/system-packages.sh bench

system-lint:
	@sh installers/linux/system-packages.sh lint

setup:
	@sh installers/linux/environment.sh $(VENV) requirements.lock

setup-tests:
	@sh installers/linux/environment.sh $(VENV) requirements-dev.lock

lint: system-lint setup-tests  ## ruff (style and format), shellcheck
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && shellcheck $(SCRIPTS)

types: system setup-tests  ## mypy, strict
	@$(BIN)/python -m mypy

imports: system setup-tests  ## which room may import which
	@$(BIN)/lint-imports

bench: system-bench setup-tests  ## speed and accuracy beside other programs, and start times, into docs/performance.md (an hour)
	@exec $(BIN)/python -m tests.benchmarks.beside --docs
	@exec $(BIN)/python -m tests.benchmarks.starts --docs
	@exec $(BIN)/python -m tests.benchmarks.preview --docs

bench-all: bench  ## the same, then skew, turns, seals, quality, fields (two hours and more)
	@sh tests/benchmarks/run.sh $(BIN)

samples: system setup  ## draw the sample receipts anew into resources/samples
	@$(BIN)/python -m tests.samples.draw resources/samples

text-layer: setup-tests  ## make the font without ink and the colour profile of searchable PDFs anew
	@$(BIN)/python -m tests.samples.text_layer resources/pdf

screenshots: system setup-tests  ## take the pictures in docs/screenshots anew (some minutes)
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.screenshots.make docs/screenshots
	@QT_QPA_PLATFORM=offscreen QT_SCALE_FACTOR=2 $(BIN)/python -m tests.screenshots.make docs/screenshots summary_zh_light_1280_200

translations: system setup-tests  ## gather the window's words, build what it reads of them
	@$(BIN)/python -m tests.gui.gather_translations

power-cuts: system-tests setup-tests  ## open 4,000 disks that a power cut could leave (a quarter of an hour)
	@$(BIN)/python -m tests.faults.power_cuts --states 4000

system-menus:
	@sh installers/linux/system-packages.sh menus

test-menus: system-menus setup-tests  ## right clicks in real file managers: 1, 16 and 400 files, one window with them all
	@exec $(KEEPING) dbus-run-session -- $(BIN)/python -m tests.packages.right_click

test-launches: system setup-tests  ## 500 launches at once, three times: one window, 500 files
	@exec $(KEEPING) $(BIN)/python -m tests.packages.launches $(LAUNCHES)

test-paddle: system  ## the PaddlePaddle engine, in a virtual environment of its own
	@sh tests/paddle/run.sh

test-storage: system  ## pages in a real bucket and on a real Windows share, in a virtual environment of its own
	@sh tests/storage/run.sh

licences: setup-tests  ## gather the licences of all that is installed with the program
	@$(BIN)/python -m tests.supply.licences resources/licences

audit: setup-tests  ## every locked package, its licence, and what is known against it (wants the package index)
	@$(BIN)/python -m tests.supply.audit

lock: system setup-tests  ## resolve the versions anew (wants the package index)
	@$(BIN)/uv pip compile -q pyproject.toml --extra cpu --group build --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-annotate --custom-compile-command "make lock" $(NEVER) -o requirements.lock
	@$(BIN)/uv pip compile -q pyproject.toml --extra cpu --group dev --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-annotate --custom-compile-command "make lock" $(NEVER) -c requirements.lock -o requirements-dev.lock
	@echo 'onnxruntime-gpu[cuda,cudnn]>=1.22' | $(BIN)/uv pip compile -q - --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-annotate --custom-compile-command "make lock" -c requirements.lock \
	  --no-emit-package numpy --no-emit-package packaging --no-emit-package protobuf --no-emit-package flatbuffers \
	  -o resources/gpu/requirements.lock

wheel: system setup-tests  ## build the wheel into dist/
	@$(BIN)/python -m build --wheel --no-isolation

deb: system-tests package  ## build the Debian package into dist/
	@exec $(BIN)/python -m installers.linux.deb dist/paddlescan dist

portable: system-tests package  ## build the archive that runs without installing into dist/ (and build/share for the Flatpak)
	@rm -rf build/share && $(BIN)/python -m installers.linux.share build/share
	@exec $(BIN)/python -m installers.linux.portable dist/paddlescan dist
package: system-package setup-tests  ## build the packed program into dist/paddlescan (cached by what it is made of)
	@$(BIN)/python installers/pyinstaller/build.py

package-twice: package  ## build the packed program once more elsewhere, and compare the two byte by byte
	@$(BIN)/python installers/pyinstaller/build.py --again --into build/package-again
	@$(BIN)/python installers/pyinstaller/compare.py dist/paddlescan build/package-again/paddlescan

windows-installer: package  ## build the Windows installer around the packed program into dist/ (on Windows)
	@$(BIN)/python -m installers.windows.build

macos-image: package  ## build the disk image and the archive of the packed app into dist/ (on macOS)
	@PYTHON=$(BIN)/python sh installers/macos/build.sh

clean:  ## remove the virtual environment and everything built
	@rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
