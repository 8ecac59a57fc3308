# make demo and make test do all their set-up themselves, in .venv; everything else expects one of them has run.
# Other Python: make PYTHON=python3.12 test.    All optional parts too (torch, transformers): make ALL=1 test.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
comma := ,
EXTRAS := embedded,paper,mcp,serve,xml$(if $(ALL),$(comma)hf$(comma)dense$(comma)train$(comma)lance$(comma)ray)
STAMP := $(VENV)/.installed-$(if $(ALL),all,base)

.PHONY: demo test lint format docs bench index wheel clean constraints

# Where the disk or the network does not allow the embedded model (491 MB), the demo falls back to the smallest (89 MB).
demo: $(STAMP) system
	@$(BIN)/seccoder data pull qwen2.5-coder-0.5b || $(BIN)/seccoder data pull smollm2
	@$(BIN)/seccoder demo

test: $(STAMP) system
	@$(BIN)/seccoder data pull smollm2
	$(BIN)/python -m pytest -n 2 --dist worksteal

lint: $(STAMP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

format: $(STAMP)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

docs: $(STAMP)
	$(BIN)/python docs/generate.py

bench: $(STAMP)
	@for script in perf/bench_*.py; do echo "== $$script"; $(BIN)/python $$script || exit 1; done

index: $(STAMP)
	$(BIN)/python -m seccoder.codebase.bundled_index

wheel: $(STAMP)
	$(BIN)/python -m build --wheel

# The exact versions everything is tested with. Names and versions only: no index, no address.
constraints:
	$(BIN)/python -m pip freeze --exclude-editable --exclude seccoder | grep -E '^[A-Za-z0-9._-]+==' | grep -v '^torch==' > constraints.txt

clean:
	rm -rf $(VENV) dist build

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "seccoder needs Python 3.11 or newer; try: make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)

$(STAMP): pyproject.toml constraints.txt hatch_build.py $(wildcard src/seccoder/codebase/bundled/*/*) | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --upgrade 'pip>=25.1'
	$(BIN)/python -m pip install --quiet $(PIPFLAGS) --constraint constraints.txt $(if $(ALL),torch==2.13.0) --editable '.[$(EXTRAS)]' --group dev
	@touch $@

# bubblewrap and gcc are system packages: installed where we may (root on Debian), named otherwise.
.PHONY: system
system:
	@missing=""; for tool in bwrap gcc; do command -v $$tool >/dev/null || missing="$$missing $$tool"; done; \
	if [ -n "$$missing" ]; then \
	  packages=$$(echo $$missing | sed 's/bwrap/bubblewrap/; s/gcc/gcc libc6-dev/'); \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    echo "installing$$missing"; apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $$packages >/dev/null; \
	  else echo "missing:$$missing (what needs them is skipped); install with: sudo apt-get install $$packages"; fi; fi
