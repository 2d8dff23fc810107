# Two commands do everything on a fresh machine: make run, make test.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN_STAMP := $(VENV)/.installed-run
TEST_STAMP := $(VENV)/.installed-test
# Tests run side by side, a file at a time; one more than two cores, because many wait for a browser.
WORKERS ?= 3

.PHONY: run test test-quick check bench demo words clean
.DEFAULT_GOAL := run

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(RUN_STAMP): pyproject.toml constraints.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	touch $@

$(TEST_STAMP): pyproject.toml constraints.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[test]'
	touch $@ $(RUN_STAMP)

run: $(RUN_STAMP)
	$(BIN)/python -m survey serve

demo: $(RUN_STAMP)
	$(BIN)/python -m survey demo

check: $(TEST_STAMP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: check
	$(BIN)/python -m tests.chromium
	$(BIN)/python -m pytest --numprocesses $(WORKERS) --dist loadfile --no-loadscope-reorder

test-quick: check
	$(BIN)/python -m pytest --numprocesses $(WORKERS) -m "(pure or sqlite) and not (postgres or page or browser or server)"

bench: $(TEST_STAMP)
	$(BIN)/python -m bench

words: $(TEST_STAMP)
	$(BIN)/python -m survey.language

clean:
	rm -rf $(VENV) build *.egg-info
