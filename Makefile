# make run: the five demonstration documents, answered and served. make test: every test. make check: the quick part.
PYTHON ?= python3
UV = .cache/uv/bin/uv
BIN = .venv/bin
GOLD = $(if $(VANBAN_GOLD),$(VANBAN_GOLD),$(wildcard ../shared/gold))

.PHONY: run test check lint score bench install tools clean

run: .venv/ready
	$(BIN)/vanban demo

test: .venv/ready-dev tools lint
	$(BIN)/pytest

check: .venv/ready-dev lint
	$(BIN)/pytest -q -m "not slow"

lint: .venv/ready-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

score: .venv/ready-dev
	@test -n "$(GOLD)" || { echo "No labelled documents: set VANBAN_GOLD to their folder."; exit 2; }
	@$(BIN)/vanban read --jsonl $(GOLD)/docs > .cache/readings.jsonl
	@$(BIN)/python $(GOLD)/score.py $(GOLD)/labels .cache/readings.jsonl

bench: .venv/ready-dev
	$(UV) sync --frozen --all-extras --group bench --python $(PYTHON)
	VANBAN_GOLD=$(GOLD) $(BIN)/python -m bench

install: .venv/ready

$(UV):
	$(PYTHON) -m venv .cache/uv
	.cache/uv/bin/pip install --quiet "uv>=0.9,<1"

.venv/ready: $(UV) pyproject.toml uv.lock
	$(UV) sync --frozen --no-dev --inexact --python $(PYTHON)
	@touch $@

.venv/ready-dev: $(UV) pyproject.toml uv.lock
	$(UV) sync --frozen --all-extras --python $(PYTHON)
	@touch .venv/ready $@

# What the tests need beside Python packages: Maven and a JRE for the real Neo4j, a browser for the pages.
TOOLS = maven:mvn openjdk-17-jre-headless:java chromium:chromium \
  libreoffice-writer-nogui:soffice antiword:antiword \
  tesseract-ocr:tesseract tesseract-ocr-vie:/usr/share/tesseract-ocr/5/tessdata/vie.traineddata fonts-dejavu-core:/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf
tools:
	@missing=""; for pair in $(TOOLS); do command -v $${pair#*:} >/dev/null || test -e $${pair#*:} || missing="$$missing $${pair%%:*}"; done; \
	if [ -n "$$missing" ]; then \
	  if [ "$$(id -u)" = 0 ]; then apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends $$missing; \
	  else echo "Run this first: sudo apt-get install --no-install-recommends$$missing"; exit 1; fi; fi

clean:
	rm -rf .venv .cache build dist *.egg-info
