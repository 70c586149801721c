# `make run` serves the dashboard and the API; `make test` runs every check.
# Both are complete from a fresh clone: they need Python 3.11 or later, make, and a package index
# as pip, uv and npm are configured on this machine.

VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)

# Interpreters are the machine's; nothing may be fetched from elsewhere.
export UV_PYTHON_DOWNLOADS := never
# Containers often forbid Python to keep what it has compiled; then every process that a command or
# a test starts compiles all packages anew, which takes longer than what it was started for.
unexport PYTHONDONTWRITEBYTECODE

# Extra arguments: make run ARGS="--port 8001"; make test COVERAGE= PYTEST_ARGS="-k period"
ARGS ?=
PYTEST_ARGS ?=
COVERAGE ?= --cov --cov-report=term
# Test processes side by side; a file of tests stays in one of them, and the longest come first.
TEST_PROCESSES ?= 2

INSTALLER := $(BIN)/uv
RUN := $(VENV)/.run-installed
DEV := $(VENV)/.dev-installed
ASSETS := dashboard/vendor/manifest.json
# `make run` needs less than the others, but keeps the packages for development once they are there.
READY := $(if $(or $(wildcard $(DEV)),$(filter-out run,$(MAKECMDGOALS))),$(DEV),$(RUN))

# uv is fast; pip is asked where uv finds no index, as on a machine that configures only pip.
install = $(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes $(1) \
	|| $(BIN)/python -m pip install --quiet --require-hashes -r $(1)
install_ourselves = $(BIN)/uv pip install --quiet --python $(BIN)/python \
	--no-deps --no-build-isolation --offline --editable .

.DEFAULT_GOAL := help
.PHONY: help run test check lint format types imports lock bench bench-api bench-dashboard screenshots clean

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z%-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(READY) $(ASSETS) ## serve dashboard and API on 127.0.0.1:8000
	$(BIN)/outcomes up $(ARGS)

test: check ## all checks, then all tests
	$(BIN)/python -m pytest --numprocesses $(TEST_PROCESSES) --dist loadfile \
		--no-loadscope-reorder $(COVERAGE) $(PYTEST_ARGS)

check: lint types imports ## the checks without the tests

lint: $(DEV) ## layout and rules
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .

types: $(DEV) $(ASSETS) ## mypy, strict
	$(BIN)/mypy

imports: $(DEV) ## which layer may import which
	$(BIN)/lint-imports --no-logo

format: $(DEV) ## lay the code out
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(DEV) $(ASSETS) $(VENV)-bench/.installed ## the numbers of docs/benchmarks.md
	$(BIN)/python -m tests.bench $(ARGS)

bench-api: $(DEV) $(ASSETS) $(VENV)-bench/.installed ## the numbers of docs/benchmarks-api.md
	$(BIN)/python -m tests.bench.api $(ARGS)

bench-dashboard: $(DEV) $(ASSETS) ## the numbers of docs/benchmarks-dashboard.md
	$(BIN)/python -m tests.bench.dashboard $(ARGS)

screenshots: $(DEV) $(ASSETS) ## every page at 1280 and 390 pixels, into screenshots/
	$(BIN)/python -m tests.screenshots $(ARGS)

prove-%: $(DEV) $(ASSETS) ## a longer proof, tests/prove/NAME.py, of which `make test` runs a sample
	$(BIN)/python -m tests.prove.$(subst -,_,$*) $(ARGS)

clean: ## remove what was built, installed or left by tools; the store stays
	rm -rf $(VENV) $(VENV)-bench node_modules api/vendor dashboard/vendor build dist htmlcov \
		screenshots .coverage .coverage.* .hypothesis .mypy_cache .pytest_cache .ruff_cache \
		.import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# ---- what the commands above need

$(INSTALLER): requirements/installer.lock
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later is needed and none was found; set PYTHON=/path/to/python3" >&2; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "installing packages into $(VENV) (once, about a minute)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

$(RUN): requirements/run.lock pyproject.toml | $(INSTALLER)
	@$(call install,$<)
	@$(install_ourselves)
	@touch $@

$(DEV): requirements/dev.lock pyproject.toml | $(INSTALLER)
	@$(call install,$<)
	@$(install_ourselves)
	@touch $(RUN) $@

$(VENV)-bench/.installed: requirements/bench.lock | $(INSTALLER)
	@test -x $(VENV)-bench/bin/python || $(PYTHON) -m venv $(VENV)-bench
	@$(BIN)/uv pip sync --quiet --python $(VENV)-bench/bin/python --require-hashes $< \
		|| $(VENV)-bench/bin/python -m pip install --quiet --require-hashes -r $<
	@touch $@

$(ASSETS): package-lock.json dashboard/build_assets.py | $(READY)
	@command -v npm >/dev/null || $(BIN)/uv pip install --quiet --python $(BIN)/python \
		--require-hashes -r requirements/node.lock \
		|| $(BIN)/python -m pip install --quiet --require-hashes -r requirements/node.lock
	@$(BIN)/python -m dashboard.build_assets

# ---- locks: hashes, no registry address

COMPILE = $(BIN)/uv pip compile --quiet --universal --upgrade --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-annotate --no-header

lock: $(DEV) ## lock the newest versions that pyproject.toml and package.json allow
	$(COMPILE) pyproject.toml --group dev --output-file requirements/dev.lock
	$(COMPILE) pyproject.toml --group build --constraint requirements/dev.lock --output-file requirements/run.lock
	$(COMPILE) --group installer --constraint requirements/dev.lock \
		--output-file requirements/installer.lock
	$(COMPILE) --group node --output-file requirements/node.lock
	$(COMPILE) --group bench --output-file requirements/bench.lock
	npm install --package-lock-only
