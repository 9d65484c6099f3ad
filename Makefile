# Everything a stranger needs: `make demo`, `make test`, `make check`. No target needs root.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready

PLATFORM      ?= windows-x64
BUNDLE_PYTHON ?= 3.11

.PHONY: help demo test check bench bench-plan bundle format lock clean

help: ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

demo: $(READY) ## build the fictional district, plan it, say where the map is
	$(BIN)/lxgeo demo

test: $(READY) ## run every test; LXGEO_REQUIRE_ALL=1 lets none be skipped
	$(BIN)/python -m pytest

check: $(READY) ## format, lint, types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

bench: $(READY) ## every stage beside a bare library or a peer (half an hour)
	$(BIN)/python benchmarks/bench.py

bench-plan: $(READY) ## what the planner proves, how fast, beside its peers (an hour or two)
	$(BIN)/python benchmarks/bench_plan.py

bundle: $(READY) ## one zip that installs without a network: PLATFORM=linux-x64, BUNDLE_PYTHON=3.12
	$(BIN)/python scripts/bundle.py --platform $(PLATFORM) --python $(BUNDLE_PYTHON)

format: $(READY) ## mend what can be mended by itself
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: $(READY) ## pin the dependencies anew, with hashes and without registry addresses
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --group dev --all-extras --generate-hashes --universal \
	  --python-version 3.11 --no-header --no-annotate --upgrade --output-file requirements.txt

clean: ## remove the environment and caches
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis

# pip installs exactly what requirements.txt names, then lxgeo itself from this folder.
$(READY): requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "需要 Python 3.11 或更高版本 / Python 3.11 or newer is needed: make PYTHON=/path/to/python3.11"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@
