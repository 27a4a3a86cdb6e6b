# One command each: `make demo` shows the whole line, `make check` is what CI runs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO := out/quillby-dorvel
CLERK := out/quillby-clerk
.DEFAULT_GOAL := help
.PHONY: help setup demo picture test check format lint types imports law bench clean

help: ## Show what there is to make
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: $(VENV)/.ready ## Set up .venv with all that is needed

$(VENV)/.ready: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Gravamen needs Python 3.11 or newer; set PYTHON=/path/to/python3.11."; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || \
	  { echo "Installing python3-venv (Debian keeps it apart) ..."; \
	    apt-get update -qq && apt-get install -y -qq python3-venv python3-pip; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@

demo: setup ## Take the worked case from its sources to a finished package in out/
	rm -rf $(DEMO)
	$(BIN)/gravamen draft cases/quillby-dorvel/case.yaml --on 2026-05-12 --out $(DEMO) --by demo
	$(BIN)/gravamen weigh $(DEMO)/case --all --on 2026-05-12 --party p.tolvik
	$(BIN)/gravamen draft $(DEMO)/case --dossier ovresti --regime us --regime eu --on 2026-05-12 --out $(DEMO) --by demo
	$(BIN)/gravamen draft $(DEMO)/case --dossier tolvik --regime uk --on 2026-05-12 --out $(DEMO) --by demo
	$(BIN)/gravamen import $(DEMO)/motion.docx --compare
	$(BIN)/gravamen export $(DEMO)/case $(DEMO)/tables --as tables --on 2026-05-12
	$(BIN)/gravamen verify --brief $(DEMO)/case
	$(BIN)/gravamen aid import cases/quillby-dorvel/assistance/training.csv --data out/data
	$(BIN)/gravamen aid show --country XV --on 2026-05-12 --html $(DEMO)/assistance.html --data out/data
	rm -rf $(CLERK)
	PATH=$(CURDIR)/$(BIN):$$PATH CASE=$(CLERK)/case OUT=$(CLERK) sh cases/quillby-dorvel/afterwards/commands.sh
	@echo
	@echo "Open $(DEMO)/dossier-us-ovresti.pdf    the dossier on a colonel, under the law of the United States"
	@echo "     $(DEMO)/summary-us-ovresti.pdf    the same in two pages"
	@echo "     $(DEMO)/diagnosis.pdf             what was asked, what was done about it, what is left"
	@echo "     $(DEMO)/motion.pdf                what the council adopts; the letters lie beside it"
	@echo "     $(DEMO)/assistance.html           what flows to its government, and which law could stop it"
	@echo "     $(CLERK)/docket/index.html  who was asked for what, and where it stands"
	@echo "Walk through it: docs/tutorial.md. In a new terminal first: . .venv/bin/activate"

picture: demo ## Make the pictures of README and manual anew
	$(BIN)/python docs/pictures/make.py $(DEMO)/dossier-us-ovresti.pdf docs/pictures/dossier.png
	$(BIN)/python docs/pictures/make_assistance.py docs/pictures/assistance.png

test: setup ## Run all tests
	$(BIN)/python -m pytest -n auto

check: setup ## Everything CI asks: format, lint, types, import order, law data, tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/gravamen law check
	$(BIN)/python -m pytest -n auto

format: setup ## Put the code into its form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: setup ## Measure beside peers
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[bench]'
	for b in bench/*.py; do $(BIN)/python $$b || exit 1; done

clean: ## Remove what was built here
	rm -rf $(VENV) out build *.egg-info
