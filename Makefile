# make app    serve the app                 make app PORT=8600 moves it
# make test   linters, types, import rules and all tests
# make studies   the longer versions of some tests, which make test leaves out
# make screenshots   take the pictures of docs/user-guide.md (needs Chromium)
# make clean  remove the virtual environment and caches

PYTHON ?= python3
PORT ?= 8501
VENV := .venv
BIN := $(VENV)/bin
RUN := $(VENV)/.installed
DEV := $(VENV)/.installed-dev

# Tests start many processes: each would compile our modules anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: app test studies lint screenshots clean
.DEFAULT_GOAL := app

app: $(RUN)
	$(BIN)/streamlit run app.py --server.port $(PORT) --server.address localhost

test: $(DEV) lint
	$(BIN)/pytest -n 2 --dist loadgroup

studies: $(DEV)
	$(BIN)/pytest -m study -n 2

lint: $(DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

screenshots: $(DEV)
	$(BIN)/python -m docs.screenshots

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or newer is needed; name one with make PYTHON=python3.12 …"; exit 1; }
	$(PYTHON) -m venv $(VENV)

# The stamps hold the time of the last install: nothing is reinstalled while the lists are older.
$(RUN): requirements.txt pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --disable-pip-version-check --quiet -r requirements.txt
	$(BIN)/python -m pip install --disable-pip-version-check --quiet --no-deps --editable .
	@touch $@

$(DEV): requirements-dev.txt requirements-dev-alone.txt $(RUN)
	$(BIN)/python -m pip install --disable-pip-version-check --quiet -r requirements-dev.txt
	$(BIN)/python -m pip install --disable-pip-version-check --quiet --no-deps -r requirements-dev-alone.txt
	@touch $@

clean:
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis artefacts
