# To see it work: `make demo`, `make lab`. To change it: `make quick`, `make test`.
# Each sets up what it needs first; the second time that costs nothing.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help setup bubblewrap chromium demo quick test nightly coverage check ci fuzz hostile lab guides dist address lock rehearse gpu verify mangled conformance notebooks bench site userns clean distclean

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
# The jails in which hostile code is tried: with namespaces, or without, as in a
# container with default settings.
SANDBOX ?= bwrap
export SANDBOX
USER_IN_bwrap = tests/as_user
TESTS_bwrap = tests/hostile
IN_confined = tests/as_container
USER_IN_confined = tests/as_container --user
TESTS_confined = tests/hostile/test_hostile.py tests/hostile/test_confined.py \
  tests/hostile/test_confined_ahead.py tests/hostile/test_confined_limits.py \
  tests/hostile/test_holes.py
# Passed on to the command that a target runs.
ARGS ?=
# Tests that are left out, for pytest's option -m; none of them in `make nightly`.
LEFT_OUT ?= and not nightly

help: ## show this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sort | \
	  awk -F ':.*## ' '{ printf "  make %-10s %s\n", $$1, $$2 }'

setup: $(STAMP) bubblewrap ## make the virtual environment and install bubblewrap

$(STAMP): requirements.lock pyproject.toml grader/pyproject.toml scripts/setup
	@scripts/setup $(VENV)
	@touch $@

bubblewrap:
	@command -v bwrap >/dev/null || scripts/system-packages bubblewrap

# For tests/browser, which are skipped without it, but not in CI.
chromium:
	@{ command -v chromium || command -v chromium-browser || \
	  command -v google-chrome; } >/dev/null || scripts/system-packages chromium

demo: setup ## grade a sample class of good and bad submissions
	$(BIN)/grader demo $(ARGS)

quick: setup ## run quick unit tests, style and type checks while you work
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(PYTEST) -m "not slow" tests/unit $(ARGS)

test: setup chromium ## run the tests, a quarter of an hour (ARGS='-k jail' is for pytest)
	tests/contained $(PYTEST) -m "hostile $(LEFT_OUT)" $(ARGS) || [ $$? = 5 ]
	[ $$(id -u) != 0 ] || \
	  tests/contained tests/as_user $(PYTEST) -m "sample $(LEFT_OUT)" tests/hostile $(ARGS) || [ $$? = 5 ]
	SANDBOX=confined tests/contained tests/as_container --user \
	  $(PYTEST) -m "confined $(LEFT_OUT)" tests/hostile $(ARGS) || [ $$? = 5 ]
	$(PYTEST) -m "not hostile $(LEFT_OUT)" $(ARGS) || [ $$? = 5 ]

nightly: ## run all tests, also those that take long
	$(MAKE) test LEFT_OUT=

coverage: setup ## show the test coverage: the total, and the ten least covered files
	$(PYTEST) -m "not hostile" --cov --cov-report= $(ARGS)
	@$(BIN)/coverage report --sort=cover | awk 'NR <= 12 || /^TOTAL/'

ci: setup bubblewrap chromium ## run what CI runs: the tests, and all checks beside them
	$(MAKE) --jobs 2 test check

hostile: setup ## grade every hostile submission, as root and as a user (SANDBOX=confined)
	tests/contained $(IN_$(SANDBOX)) $(PYTEST) $(TESTS_$(SANDBOX)) $(ARGS)
	[ $$(id -u) != 0 ] || \
	  tests/contained $(USER_IN_$(SANDBOX)) $(PYTEST) $(TESTS_$(SANDBOX)) $(ARGS)

fuzz: setup ## send a million malformed answers to the examiner (ARGS='--seed 7')
	$(BIN)/python -m fuzz --count 1000000 --cells 100000 --keras 5000 $(ARGS)

lab: setup ## open the first lesson in JupyterLab
	JUPYTER_CONFIG_PATH=$(CURDIR)/scripts/student-lab \
	  $(BIN)/jupyter lab $(AS_ROOT) --ServerApp.root_dir=$(CURDIR) \
  $(FIRST_LESSON) $(ARGS)

check: setup ## check style, types, import rules, notebooks and student copies
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/mypy scripts/plain-english
	$(BIN)/lint-imports
	$(BIN)/grader release --check
	$(BIN)/grader lint

guides: setup ## run the code blocks of the guides in docs/, in order
	$(BIN)/pytest --numprocesses $(WORKERS) tests/integration/docs $(ARGS)

dist: setup ## build both distributions into dist/, and check them
	rm -rf dist
	$(BIN)/uv build --quiet --out-dir dist .
	$(BIN)/uv build --quiet --out-dir dist grader
	$(BIN)/uv tool run twine check --strict dist/*

address: setup ## write the published address in pyproject.toml into the notebooks
	$(BIN)/grader release --address

lock: $(STAMP) ## update requirements.lock from both pyproject.toml (ARGS=--upgrade)
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 \
	  --no-emit-index-url --custom-compile-command 'make lock' \
	  --extra tensorflow --extra lab --extra cluster --extra notebooks \
	  --group dev --group site \
	  --output-file requirements.lock $(ARGS) pyproject.toml grader/pyproject.toml

rehearse: setup ## run the packages for Gradescope and Classroom 50 for the demo class
	PACKAGE_ASSIGNMENT=02_convolutions tests/contained $(BIN)/pytest -p xdist -n0 \
	  tests/integration/authoring/test_package.py $(ARGS)

gpu: setup ## install the CUDA libraries, and fail if TensorFlow finds no GPU
	$(BIN)/uv pip install --python $(BIN)/python --constraint requirements.lock -e '.[gpu]'
	$(BIN)/python -c 'import tensorflow as tf; assert tf.config.list_physical_devices("GPU"), "TensorFlow sees no GPU"'

verify: setup ## check that the notebooks' tests fail every wrong answer
	$(BIN)/grader verify --generated $(ARGS)

mangled: setup ## read 2,000 randomly damaged submissions; grade a class of 100
	MANGLED_EXAMPLES=2000 MANGLED_CLASS=100 $(BIN)/pytest -p xdist -n0 --timeout 3600 \
	  tests/mangled/test_property.py tests/mangled/test_class.py $(ARGS)

conformance: setup ## compare nbgrader and grader over all ways in which instructors test
	$(BIN)/python -m tests.conformance $(ARGS)

notebooks: setup ## run all solutions; the results are in build/run
	$(BIN)/grader run --profile smoke $(ARGS)

bench: setup ## compare the speed of nbgrader and grader (ARGS='--rows numpy')
	tests/contained $(BIN)/python -m benchmarks.grading $(ARGS)

site: setup ## make the web site in build/site/html (ARGS=01_introduction: one lesson)
	$(BIN)/python -m website $(ARGS)

userns: ## allow jails until the next reboot (Ubuntu 24.04 forbids them)
	@scripts/allow-userns

clean: ## remove caches and build outputs
	rm -rf build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
	find cnnlab grader tests benchmarks fuzz -name __pycache__ -type d -prune -exec rm -rf {} +

distclean: clean ## also remove the virtual environment
	rm -rf $(VENV)
