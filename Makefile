PYTHON ?= python3
BIN := .venv/bin
export TZ := UTC

.PHONY: app test browser notebooks samples report bench bundle lint types
.DEFAULT_GOAL := app

.venv/ready: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv && $(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]' && touch $@

app: .venv/ready
	$(BIN)/pophealth demo ./demo

test: lint types
	$(BIN)/python -m tests.browser.find_browser && $(BIN)/python -m pytest --numprocesses 3 --dist loadfile --no-loadscope-reorder

browser: .venv/ready
	$(BIN)/python -m tests.browser.find_browser --install

lint: .venv/ready
	$(BIN)/ruff check . && $(BIN)/ruff format --check .

types: .venv/ready
	$(BIN)/pyright

notebooks: .venv/ready
	$(BIN)/python -m pophealth.delivery.notebooks

samples: .venv/ready
	$(BIN)/python -m pophealth.workspace.samples

report: .venv/ready
	$(BIN)/pophealth demo ./demo --no-serve && $(BIN)/pophealth report --all --workspace ./demo -o ./reports

bench: .venv/ready
	$(BIN)/python benchmarks/page_speed.py && $(BIN)/python benchmarks/reports_speed.py
	$(BIN)/python benchmarks/spc_speed.py && $(BIN)/python benchmarks/equity_speed.py
	$(BIN)/python benchmarks/equity_measures_speed.py && $(BIN)/python benchmarks/privacy_speed.py

bundle:
	cd frontend && npm install --no-package-lock --no-audit --no-fund --ignore-scripts && npm run build
