# A target that a reader may call has "## what it does" behind it: `make` prints these.
# A stamp is written as the last step of what it stands for, so an interrupted set-up is taken up again.

PYTHON ?= python3
# Options for the main job, as in: make map ARGS="--every quarter"
ARGS ?=
# Options for the tests, as in: make test PYTEST_ARGS="-k resolve". One file stays on one core, so that it builds its map once.
PYTEST_ARGS ?= -n 2 --dist loadfile

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help map test lint bench setup setup-dev chromium lock clean

help: ## print what each target does
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1	\2/p' $(MAKEFILE_LIST) | expand -t 20

map: setup ## set up, then draw map, embed and pictures from the embedded data into outputs/
	@$(BIN)/python -m mapper build --all $(ARGS)

test: setup setup-dev chromium ## set up, then run the tests
	@$(BIN)/python -m pytest $(PYTEST_ARGS)

lint: setup-dev ## check style, formatting, types and what is in the tree
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	@tools/check_tree.sh

bench: setup setup-dev chromium $(VENV)/.bench ## measure size, first paint and switches beside the peers, and the build
	@$(BIN)/python benchmarks/run.py

setup: $(VENV)/.runtime node_modules/.done ## install what the map needs, into .venv/ and node_modules/

setup-dev: $(VENV)/.dev ## install what tests and checks need as well

chromium: ## find a Chromium for the browser tests; as root on Debian, install one
	@tools/chromium.sh install

lock: ## write requirements*.txt and package-lock.json anew from pyproject.toml and package.json
	@PYTHON=$(PYTHON) tools/lock.sh
	@npm install --package-lock-only --loglevel=error

clean: ## remove what set-up, runs and tools have made; sources and data stay
	rm -rf $(VENV) node_modules benchmarks/node_modules .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find outputs -mindepth 1 ! -name README.md -delete
	find mapper tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	    || { echo 'mapper needs Python 3.11 or later; name one: make PYTHON=python3.12' >&2; exit 1; }
	@rm -rf $(VENV)
	@$(PYTHON) -m venv $(VENV) \
	    || { echo 'no environment could be made; on Debian: apt-get install python3-venv' >&2; exit 1; }
	@touch $@

$(VENV)/.runtime: $(VENV)/.made requirements.txt pyproject.toml
	@echo 'Installing the Python packages that the map needs into $(VENV)/ (about half a minute) ...'
	@$(PIP) -r requirements.txt
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.runtime requirements-dev.txt
	@echo 'Installing the Python packages that tests and checks need ...'
	@$(PIP) -r requirements-dev.txt
	@touch $@

$(VENV)/.bench: $(VENV)/.dev requirements-bench.txt benchmarks/kepler.txt benchmarks/package.json benchmarks/package-lock.json
	@echo 'Installing the peers that the page is measured beside ...'
	@$(PIP) -r requirements-bench.txt
	@$(PIP) --no-deps -r benchmarks/kepler.txt
	@npm ci --prefix benchmarks --loglevel=error --no-progress >/dev/null
	@touch $@

node_modules/.done: package.json package-lock.json .npmrc
	@echo 'Installing Leaflet, the outlines of countries, fonts and esbuild into node_modules/ ...'
	@npm ci --loglevel=error --no-progress >/dev/null \
	    || { echo 'npm ci failed; it comes with Node.js, on Debian: apt-get install npm' >&2; exit 1; }
	@touch $@
