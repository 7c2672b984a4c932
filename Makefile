# Everything runs from a clean clone: `make serve`, `make check`, `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: setup setup-dev serve test check prove bench docs clean

setup: $(VENV)/setup.done
setup-dev: $(VENV)/setup-dev.done

$(VENV)/setup.done: requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --no-deps -e .
	touch $@

$(VENV)/setup-dev.done: $(VENV)/setup.done requirements-dev.lock tools/system-packages
	$(BIN)/pip install --quiet --require-hashes -r requirements-dev.lock
	tools/system-packages
	touch $@

serve: setup
	$(BIN)/huiqi serve

check: setup-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/huiqi fmt --check
	$(BIN)/huiqi check
	$(BIN)/python tools/make_docs.py --check

test: setup-dev
	$(BIN)/python -m pytest -n 2

prove: setup-dev
	$(BIN)/python tools/prove.py

bench: setup-dev
	$(BIN)/python benchmarks/cold_start.py
	$(BIN)/python -m benchmarks.one_firm
	$(BIN)/python -m benchmarks.workload
	$(BIN)/python -m benchmarks.questions --firms 5
	$(BIN)/python -m benchmarks.combine
	$(BIN)/python -m benchmarks.package_questions --firms 5

docs: setup
	$(BIN)/python tools/make_docs.py

clean:
	rm -rf $(VENV) build *.egg-info
