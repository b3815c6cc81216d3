# make run    set up what is needed and read the sample corpus into tables
# make test   set up what is needed and run the tests
# make check  style and types
# make bench  speed and memory of whole runs next to other programs; make bench-dates, bench-names, bench-learn  of parts
# make soak   100,000 articles with workers and runs killed; make faults  20 kills of one run
# make fuzz   coverage-guided fuzzing of everything that takes in what others wrote
# Each sets up by itself; a second time it is quick.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV   ?= .venv
OUTPUT ?= outputs/sample

BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip install -qq --disable-pip-version-check -c constraints.txt
CORPUS := corpus/articles

SECONDS ?= 30

.PHONY: run test check bench bench-dates bench-learn bench-names soak faults fuzz constraints clean

run: $(VENV)/.run
	@$(BIN)/dragoman run $(CORPUS) --output $(OUTPUT) --overwrite; status=$$?; test $$status -le 1

test: $(VENV)/.test
	$(BIN)/python -m pytest

check: $(VENV)/.test
	$(BIN)/ruff check pipeline tests
	$(BIN)/mypy

bench: $(VENV)/.test outputs/stanza
	$(BIN)/python benchmarks/run.py --stanza outputs/stanza

# Beside the environment: where torch is installed, spaCy loads it, which takes time and memory.
outputs/stanza:
	@echo "installing Stanza into $@ (once)"
	@$(PIP) --target $@ torch 'stanza>=1.10'

soak: $(VENV)/.test
	$(BIN)/python benchmarks/soak.py

faults: $(VENV)/.test
	$(BIN)/python benchmarks/faults.py

fuzz: $(VENV)/.test
	@$(PIP) --editable '.[fuzz]'
	$(BIN)/python benchmarks/fuzz.py --seconds $(SECONDS)

bench-dates: $(VENV)/.test
	$(BIN)/python benchmarks/dates.py

bench-learn: $(VENV)/.test
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python benchmarks/learn.py

bench-names: $(VENV)/.test
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python benchmarks/names.py

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed" if sys.version_info < (3, 11) else 0)'
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.run: pyproject.toml constraints.txt | $(BIN)/python
	@echo "installing dragoman into $(VENV) (once)"
	@$(PIP) --editable .
	@touch $@

$(VENV)/.test: pyproject.toml constraints.txt | $(BIN)/python
	@echo "installing dragoman and what its tests need into $(VENV) (once)"
	@$(PIP) --editable '.[test]'
	@touch $(VENV)/.run $@

# Needs uv. What torch brings along for graphics cards is left out: it is no part of run or test.
constraints:
	@head -2 constraints.txt > constraints.new
	@echo 'torch==2.13.0' | uv pip compile --quiet --universal --python-version 3.11 --no-header --no-annotate \
	  --no-emit-index-url --no-emit-find-links --constraint - pyproject.toml --all-extras \
	  | grep -v -E '^(nvidia-|cuda-|triton)' | sed 's/^torch==.*/torch==2.13.0/' | uniq >> constraints.new
	@mv constraints.new constraints.txt

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache
