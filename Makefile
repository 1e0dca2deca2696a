# Two commands matter: `make serve` and `make test`. Both set up what they need, once.
PYTHON ?= python3
PORT ?= 8000
python := .venv/bin/python

export PORT
export PYTHONPATH := py
export NO_MKDOCS_2_WARNING := 1

# What holds Python as it is packed against Python as it is built, in the page too.
PACKED := tests/unit/tools/python tests/unit/tools/fetch tests/unit/tools/bench tests/unit/tools/make/test_vendor.py \
	tests/unit/tools/content/test_licences.py tests/browser/test_start.py tests/browser/test_two_hosts.py

.PHONY: help serve check test test-engines test-frameworks zensical build dist pdf publish wheel bench lint rooms translations coverage oracles vendor picture licences lock bump clean setup npm

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /make \1: /p' Makefile

serve: setup ## build the site, serve it on 127.0.0.1:8000, build it again on every change
	@$(python) -m tools.make.serve

check: lint vendor ## what needs no browser: style, types, and the unit tests of both languages
	@$(python) -m pytest --quiet --numprocesses=2 --dist=loadfile tests/unit py

test: build ## run every test; ARGS="-k softmax" picks some, FULL=1 tries more at random and for longer
	@$(python) -m tools.fetch.browser
	@$(python) -m pytest --numprocesses=2 --dist=loadfile --no-loadscope-reorder $(ARGS)

test-engines: build ## visit every page in Firefox and WebKit; ARGS="-k firefox" picks some
	@$(python) -m tools.make.engines $(ARGS)

test-frameworks: setup ## run the snippets for TensorFlow, PyTorch, JAX and scikit-learn (fetches 1 to 4 GB)
	@$(python) -m tools.make.frameworks

zensical: setup ## build the site with Zensical, and visit it; ARGS="-k softmax" picks some
	@$(python) -m tools.make.zensical $(ARGS)

build: setup ## build the site into build/site
	@$(python) -m tools.make.build

dist: build ## pack the site into a zip for a classroom without internet
	@$(python) -m tools.make.dist

pdf: setup ## build the site with each chapter as a PDF beside it
	@$(python) -m tools.fetch.browser
	@$(python) -m tools.make.pdf

publish: setup ## the site as it is published: with PDFs, and a zip of itself for teachers
	@$(python) -m tools.fetch.browser
	@$(python) -m tools.make.publish

wheel: setup ## make the engine a package in build/wheel, for a site of your own
	@$(python) -m tools.make.wheel

bench: build ## print the speed table
	@$(python) -m tools.fetch.browser
	@$(python) -m tools.bench

lint: setup npm ## check style and types
	@$(python) -m ruff check
	@$(python) -m ruff format --check
	@$(python) -m mypy
	@$(python) -m tools.base.node node_modules/@biomejs/biome/bin/biome check --error-on-warnings
	@$(python) -m tools.base.node node_modules/typescript/bin/tsc

rooms: setup ## draw the rooms of the code anew, in site/behind/rooms.md
	@$(python) -m tools.content.rooms

translations: setup ## say what is missing or out of date in other languages; ARGS="--stamp de/softmax.md" writes hashes
	@$(python) -m tools.content.translations $(ARGS)

coverage: vendor ## test the library alone, and say which of its branches no test takes
	@$(python) -m coverage run --branch --source=py/primer -m pytest -q tests/unit/primer py/primer
	@$(python) -m coverage report --show-missing --skip-covered --fail-under=98

oracles: setup ## write tests/oracles/pytorch.json anew, with PyTorch in a Python of its own
	@$(python) -m venv build/pytorch
	@build/pytorch/bin/python -m pip install --quiet -r tests/oracles/requirements.txt
	@build/pytorch/bin/python tests/oracles/make_pytorch_table.py

vendor: setup ## fetch, verify and bundle what the site serves and others made
	@$(python) -m tools.make.vendor

picture: build ## take the README's picture anew
	@$(python) -m tools.make.picture

licences: vendor ## write site/licences.md anew, after a package changed
	@$(python) -m tools.content.licences

lock: setup ## write requirements.txt and package-lock.json anew, after their sources changed
	@$(python) -m tools.make.lock

bump: setup npm ## take another release of Pyodide, test what is packed, say what is left: make bump PYODIDE=314.0.4
	@$(python) -m tools.make.bump "$(PYODIDE)"
	@$(MAKE) --no-print-directory licences build \
	&& $(python) -m tools.fetch.browser && $(python) -m pytest --numprocesses=2 --dist=loadfile $(PACKED); \
	$(python) -m tools.make.bump --left $$?

clean: ## remove everything that was made; fetched wheels stay in ~/.cache/dog-primer
	@rm -rf .venv node_modules build .cache site/vendor py/primer/pictures/masters.npy .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage test-results
	@find py tests -name __pycache__ -prune -exec rm -rf {} +

setup:
	@$(PYTHON) -m tools.make.bootstrap

npm: setup
	@$(python) -m tools.base.node
