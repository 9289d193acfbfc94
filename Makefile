# Two commands matter: `make demo` and `make test`. The rest serve those who build.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready
PORT ?= 8000
CORES ?= auto
BASE ?= http://127.0.0.1:$(PORT)
OUT ?= build/shots

.PHONY: demo run test check fix bench browser shots lock clean

$(STAMP): requirements/dev.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $(STAMP)

demo: $(STAMP) ## an invented full-size regency, its month, and the site that shows it
	$(BIN)/jaring demo --port $(PORT)

run: $(STAMP) ## serve what JARING_HOME holds
	$(BIN)/jaring serve --port $(PORT)

browser: ## the system's Chromium, where apt may install it
	@.ci/browser

test: $(STAMP) browser
	$(BIN)/python -m pytest -n $(CORES) --dist loadscope --no-loadscope-reorder $(ARGS)

check: $(STAMP) browser ## everything, counting failures, changing nothing
	@BIN=$(BIN) .ci/check

fix: $(STAMP)
	$(BIN)/ruff check --fix src tests bench
	$(BIN)/ruff format src tests bench
	$(BIN)/jaring docs write
	$(BIN)/python -m tests.tidy.catalogue

bench: $(STAMP) ## ratios against named peers and limits, in one run
	$(BIN)/python -m bench $(ARGS)

shots: $(STAMP) ## pictures of every page of a served demo (BASE, OUT)
	$(BIN)/python -m tests.journeys.screenshots $(BASE) $(OUT)

lock: ## compile the pins again (needs uv)
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-annotate --no-header -q -o requirements/run.txt
	uv pip compile pyproject.toml requirements/build.in --extra dev --universal --python-version 3.11 --generate-hashes --no-annotate --no-header -q -o requirements/dev.txt

clean:
	rm -rf $(VENV)
