# Verbale. `make` lists the targets.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
READY := .venv/.ready
FILE ?= examples/lakes/note-verbale.md
VERBALE_CORPUS ?= ../shared/corpus
export VERBALE_CORPUS
.DEFAULT_GOAL := help
.PHONY: help setup demo test check accept docs bench bench-site pictures fidelity citations accusations hostile promise system lock fonts serve clean webfonts

help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: $(READY) ## Build .venv from the hashed locks; costs nothing the second time

$(READY): requirements/dev.lock pyproject.toml packages/fonts/pyproject.toml
	@sh tools/setup.sh "$(PYTHON)"
	@touch $@

demo: $(READY) ## Circulate the Lakes example (FILE=… for yours)
	@sh tools/demo.sh "$(FILE)"

test: $(READY) ## Run every test
	$(BIN)/python -m pytest -n auto

check: $(READY) ## Format, lint, types, imports, spelling: static only
	$(BIN)/ruff format --check src tests tools benchmarks
	$(BIN)/ruff check src tests tools benchmarks
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/codespell
	$(BIN)/python tools/check_house.py

accept: $(READY) ## Rewrite golden files; then read the diff
	VERBALE_ACCEPT=1 $(BIN)/python -m pytest -q tests/golden

serve: $(READY) ## Show the invented Lakes on port 8000
	VERBALE_HOME=$${VERBALE_HOME:-var/demo} $(BIN)/verbale serve --demo

docs: $(READY) ## Write the reference pages anew
	$(BIN)/python tools/write_reference.py

fidelity: $(READY) ## Score mastheads on real cover pages, with gains and losses
	$(BIN)/python benchmarks/fidelity.py

citations: $(READY) ## Score citations on the gold, with gains and losses
	$(BIN)/python benchmarks/citations.py

accusations: $(READY) ## Count what checks say of real documents, and what of it is wrong
	$(BIN)/python benchmarks/accusations.py

hostile: $(READY) ## Run every hostile file, old and new; FULL=1 damages 10,000 more
	$(BIN)/python benchmarks/hostile.py

promise: $(READY) ## Crash and load tests: P=R1, FULL=1
	$(BIN)/python benchmarks/promises/run.py $(P)

bench-site: $(READY) ## Measure the site on 200,000 documents, built once in var; WORKS=600 for a quick look
	$(BIN)/python benchmarks/site/run.py --works $(or $(WORKS),200000)

bench: $(READY) ## Measure speed against the named peers
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bench.lock
	$(BIN)/python benchmarks/bench.py

pictures: $(READY) ## Take the pictures of the README anew (Chromium, poppler)
	$(BIN)/python tools/take_pictures.py

webfonts: $(READY) ## Make the faces of web pages from those of packages/fonts
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bench.lock
	$(BIN)/python tools/build_web_fonts.py

system: ## Install the optional system parts (root, apt)
	sh tools/system.sh

lock: ## Resolve the locks anew
	$(BIN)/uv pip compile -q pyproject.toml --group test --group lint --group build --generate-hashes --no-emit-index-url --no-header --no-emit-package verbale-fonts -p 3.11 -o requirements/dev.lock
	$(BIN)/uv pip compile -q requirements/bench.in -c requirements/dev.lock --generate-hashes --no-emit-index-url --no-header -p 3.11 -o requirements/bench.lock

clean: ## Remove what can be made again
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache var
