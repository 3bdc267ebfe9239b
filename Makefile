# `make demo` shows the archive, `make test` tests it; both create what they need.
.DEFAULT_GOAL := help
.PHONY: help demo test check bench soak

PORT ?= 8000
DATA ?= data/demo
VENV ?= .venv
PYTHON ?=
PIP = $(VENV)/bin/python -m pip install --quiet --disable-pip-version-check -c constraints.txt

help:
	@echo "make demo    index the sample notes and serve them on http://127.0.0.1:$(PORT) (PORT= changes it)"
	@echo "make test    run every test"
	@echo "make check   check format, lint, types and the direction of imports"
	@echo "make bench   measure reading, building, searching and serving"
	@echo "make soak    run the property tests, and read damaged documents, for long"
	@echo "PYTHON=python3.12 chooses the Python that $(VENV) is made with"

demo: $(VENV)/.runs
	@exec $(VENV)/bin/technotes demo --data $(DATA) --port $(PORT)

test: $(VENV)/.develops
	$(VENV)/bin/python -m pytest $(ARGS)

check: $(VENV)/.develops
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports

bench: $(VENV)/.develops
	$(VENV)/bin/python -m tests.benchmarks.extraction
	$(VENV)/bin/python -m tests.benchmarks.indexing
	$(VENV)/bin/python -m tests.benchmarks.formats
	$(VENV)/bin/python -m tests.benchmarks.search
	$(VENV)/bin/python -m tests.benchmarks.changing
	$(VENV)/bin/python -m tests.benchmarks.serving

soak: $(VENV)/.develops
	HYPOTHESIS_PROFILE=soak $(VENV)/bin/python -m pytest -m "hypothesis or soak" $(ARGS)

# These two files say that what stands in pyproject.toml and constraints.txt is installed. Hatchling
# comes first and is used as it is, so that what builds the project is pinned as well.
$(VENV)/.runs: pyproject.toml constraints.txt | $(VENV)/bin/python
	@echo "Installing the archive into $(VENV) ..."
	@$(PIP) hatchling
	@$(PIP) --no-build-isolation -e .
	@touch $@

$(VENV)/.develops: $(VENV)/.runs
	@echo "Installing what tests and checks need into $(VENV) ..."
	@$(PIP) --no-build-isolation -e '.[dev]'
	@touch $@

$(VENV)/bin/python:
	@for python in $(or $(PYTHON),python3 python3.14 python3.13 python3.12 python3.11); do \
		if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
			found="$$python"; break; \
		fi; \
	done; \
	if [ -z "$$found" ]; then \
		echo "$(or $(PYTHON),python3) is not Python 3.11 or newer: install one, or name it with PYTHON=" >&2; \
		exit 1; \
	fi; \
	if ! "$$found" -c 'import ensurepip, venv' 2>/dev/null; then \
		echo "$$found cannot make virtual environments: install Debian's package python3-venv" >&2; \
		exit 1; \
	fi; \
	"$$found" -m venv $(VENV) || { rm -rf $(VENV); exit 1; }
