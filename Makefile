# To see it work: `make demo`, `make lab`. To change it: `make quick`, `make test`.
# Each sets up what it needs first; the second time that costs nothing.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help setup bubblewrap demo quick test coverage check ci fuzz hostile lab address lock gpu verify mangled notebooks bench userns clean distclean

VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
FIRST_LESSON = $(firstword $(sort $(wildcard lessons/*.ipynb)))
# Behind a proxy with its own certificate, only the system's store has that.
CERTIFICATES := /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt
export UV_SYSTEM_CERTS ?= $(if $(wildcard $(CERTIFICATES)),true,false)
# JupyterLab refuses to run as root, as in a container, without this option.
AS_ROOT = $(if $(filter 0,$(shell id -u)),--allow-root)
# Tests wait a lot, for kernels and time limits: one worker more than there are cores.
WORKERS ?= $(shell expr $$(nproc) + 1)
# The tests of a file share what is slow to make, so a worker takes whole files, in the
# order that tests/conftest.py gives them. Bytecode is written whatever the environment
# says, so that tests are compiled once for all workers.
PYTEST = env -u PYTHONDONTWRITEBYTECODE $(BIN)/pytest --numprocesses $(WORKERS) \
  --maxprocesses 5 --dist loadfile --no-loadscope-reorder
# Passed on to the command that a target runs.
ARGS ?=

help: ## this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sort | \
	  awk -F ':.*## ' '{ printf "  make %-10s %s\n", $$1, $$2 }'

setup: $(STAMP) bubblewrap ## virtual environment from the lock, and bubblewrap

$(STAMP): requirements.lock pyproject.toml grader/pyproject.toml scripts/setup
	@scripts/setup $(VENV)
	@touch $@

bubblewrap:
	@command -v bwrap >/dev/null || scripts/system-packages bubblewrap

demo: setup ## a sample class, good and bad, graded end to end
	$(BIN)/grader demo $(ARGS)

quick: setup ## quick unit tests, style and types: what to run while you work
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(PYTEST) -m "not slow" tests/unit $(ARGS)

test: setup ## all tests (ARGS='-k jail' passes options on)
	tests/contained $(PYTEST) -m hostile $(ARGS) || [ $$? = 5 ]
	[ $$(id -u) != 0 ] || \
	  tests/contained tests/as_user $(PYTEST) -m sample tests/hostile $(ARGS) || [ $$? = 5 ]
	$(PYTEST) -m "not hostile" $(ARGS) || [ $$? = 5 ]

coverage: setup ## lines that tests reach: the total, and the ten least covered files
	$(PYTEST) -m "not hostile" --cov --cov-report= $(ARGS)
	@$(BIN)/coverage report --sort=cover | awk 'NR <= 12 || /^TOTAL/'

ci: ## what CI runs: all tests, then all checks
	$(MAKE) test
	$(MAKE) check

hostile: setup ## every hostile submission; root tries them as an ordinary user, too
	tests/contained $(PYTEST) tests/hostile $(ARGS)
	[ $$(id -u) != 0 ] || tests/contained tests/as_user $(PYTEST) tests/hostile $(ARGS)

fuzz: setup ## a million malformed answers for the examiner (ARGS='--seed 7')
	$(BIN)/python -m fuzz --count 1000000 --cells 100000 --keras 5000 $(ARGS)

lab: setup ## JupyterLab at the first lesson
	$(BIN)/jupyter lab $(AS_ROOT) $(FIRST_LESSON) $(ARGS)

check: setup ## style, types, import rules, notebooks, stale student copies
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/mypy scripts/plain-english
	$(BIN)/lint-imports
	$(BIN)/grader release --check
	$(BIN)/grader lint

address: setup ## write pyproject.toml's published address into the notebooks
	$(BIN)/grader release --address

lock: $(STAMP) ## write requirements.lock anew from both pyproject.toml (ARGS=--upgrade)
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 \
	  --no-emit-index-url --custom-compile-command 'make lock' \
	  --extra tensorflow --extra lab --extra cluster --extra notebooks --group dev \
	  --output-file requirements.lock $(ARGS) pyproject.toml grader/pyproject.toml

gpu: setup ## add CUDA's libraries to the environment; fail if no GPU is found
	$(BIN)/uv pip install --python $(BIN)/python --constraint requirements.lock -e '.[gpu]'
	$(BIN)/python -c 'import tensorflow as tf; assert tf.config.list_physical_devices("GPU"), "TensorFlow sees no GPU"'

verify: setup ## prove the notebooks' tests, generated wrong answers included
	$(BIN)/grader verify --generated $(ARGS)

mangled: setup ## mangle 2,000 submissions at random; grade a class of 100, 15 of them broken
	MANGLED_EXAMPLES=2000 MANGLED_CLASS=100 $(BIN)/pytest -p xdist -n0 --timeout 3600 \
	  tests/mangled/test_property.py tests/mangled/test_class.py $(ARGS)

notebooks: setup ## run every solution from top to bottom, into build/run
	$(BIN)/grader run --profile smoke $(ARGS)

bench: setup ## grade the same submissions with nbgrader and grader (ARGS='--rows numpy')
	tests/contained $(BIN)/python -m benchmarks.grading $(ARGS)

userns: ## let this machine build jails until it reboots (Ubuntu 24.04 forbids it)
	@scripts/allow-userns

clean: ## remove caches and outputs
	rm -rf build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
	find cnnlab grader tests benchmarks fuzz -name __pycache__ -type d -prune -exec rm -rf {} +

distclean: clean ## remove the environment too
	rm -rf $(VENV)
