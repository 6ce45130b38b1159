# Every task of the project; `make help` lists them.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help setup build library driver install python wheel test test-swift test-c test-python test-server test-threads \
	conformance demo docs lint operators format zoo-data test-zoo test-large test-differential fuzz clean testing-build testing-library

SWIFT ?= swift
PYTHON := .venv/bin/python

# Tests need -enable-testing, in dependencies too. Their own folder keeps the product's build apart:
# in one folder each would throw away what the other built.
TESTING := -c release --scratch-path .build/testing
LIBRARY := .build/library/libmigraphx_c.so.3
DRIVER := .build/driver/migraphx-driver
TESTED_LIBRARY := $(CURDIR)/.build/testing/library/libmigraphx_c.so.3
PREFIX ?= /usr/local
PIP_OPTIONS := --quiet --disable-pip-version-check --no-deps --no-build-isolation
SWIFT_FILES = $$(find Package.swift Sources Tests Examples -name '*.swift' ! -name '*.pb.swift')

# Read by Package.swift: warnings in our own targets are errors. MIGRAPHX_STRICT=0 relaxes that,
# for instance under a newer compiler.
testing-build testing-library test test-swift docs lint fuzz: export MIGRAPHX_STRICT ?= 1
test-c test-python: export MIGRAPHX_LIBRARY := $(TESTED_LIBRARY)

help: ## list the tasks
	@sed -nE 's/^([a-z-]+):.*## (.*)/\1\t\2/p' Makefile | expand -t 12

setup: ## install what is missing: Debian packages, Python environment
	@Scripts/setup.sh

build: setup ## build the library and the driver, optimised
	$(SWIFT) build -c release

library: setup ## build the shared library with the C interface
	Scripts/build-library.sh $(dir $(LIBRARY))

driver: setup ## build the driver for machines without Swift
	Scripts/build-driver.sh $(dir $(DRIVER))

# A wheel in dist is installed too.
install: library driver ## install library, headers and driver; PREFIX=/usr/local
	Scripts/install.sh --driver $(DRIVER) $(addprefix --wheel ,$(wildcard dist/migraphx-*.whl)) \
	  $(LIBRARY) $(PREFIX)

# MIGRAPHX_LIBRARY=…/libmigraphx_c.so.3 takes a library that stands already instead of building one.
python: setup ## build the Python module and install it into .venv
	$(PYTHON) -m pip install $(PIP_OPTIONS) .

wheel: setup ## build a wheel into dist; it needs nothing but Python
	$(PYTHON) -m pip wheel $(PIP_OPTIONS) --wheel-dir dist .

test: setup zoo-data test-swift conformance test-c test-python ## build and run all tests
	$(PYTHON) -m unittest discover --start-directory Scripts/tests

test-swift: testing-build ## test everything in Swift
	$(SWIFT) test $(TESTING) --skip-build

# BLESS=1 brings the list of cases that don't pass up to date.
conformance: testing-build ## run ONNX's backend tests on both targets; LIST=1 names those that don't pass
	@$(PYTHON) Scripts/conformance_data.py
	.build/testing/release/conformance $(if $(BLESS),--bless) $(if $(LIST),--list)
	.build/testing/release/conformance --target cpu $(if $(LIST),--list)

test-c: testing-library ## test the C and C++ interfaces
	$(PYTHON) -m unittest discover --start-directory Tests/CTests

test-python: testing-library ## test the Python module
	$(PYTHON) -m pip install $(PIP_OPTIONS) .
	$(PYTHON) -m unittest discover --start-directory Python/tests

test-threads: setup ## run the tests of threads under ThreadSanitizer
	$(SWIFT) test --sanitize=thread --scratch-path .build/threads --filter ThreadTests

# Not optimised: that would take longer than it saves on a small model.
SERVER_BUILD := --package-path Examples/Server --scratch-path .build/server
test-server: setup ## build the server of Examples/Server and test it
	$(SWIFT) build $(SERVER_BUILD)
	SERVER=$$($(SWIFT) build $(SERVER_BUILD) --show-bin-path)/server \
		$(PYTHON) -m unittest discover --start-directory Examples/Server/Tests

# What passed with the same driver before is not run again.
test-zoo: build ## run every model of the zoo at every shape; MODEL=name VARIANTS="plain half" run fewer
	@Scripts/setup.sh Scripts/requirements-zoo.txt
	$(PYTHON) Scripts/zoo_test.py $(MODEL) $(if $(VARIANTS),--variants $(VARIANTS))

test-large: build ## run a model with more than 2 GB of weights
	$(PYTHON) Scripts/large_test.py

test-differential: testing-build ## compare random graphs with ONNX Runtime; GRAPHS=20000 SEED=0
	PYTHONPATH=Scripts $(PYTHON) -m differential --graphs $(or $(GRAPHS),20000) --seed $(or $(SEED),0)

demo: python ## read the text in a picture; IMAGE=photo.png reads your own
	@PYTHONPATH=Scripts $(PYTHON) -m demo $${IMAGE:+--image "$$IMAGE"}

docs: setup testing-build ## build the documentation of the Swift interface into .build/docs
	@Scripts/build-docs.sh .build/testing/release/Modules .build/docs

lint: setup testing-build ## check format, import direction, and that nothing warns
	@$(SWIFT) format lint --strict --parallel $(SWIFT_FILES)
	@$(PYTHON) Scripts/check-imports.py
	@$(PYTHON) Scripts/operators_page.py --check

operators: testing-build ## write Documentation/operators.md
	@$(PYTHON) Scripts/operators_page.py

format: ## format the Swift sources in place
	@$(SWIFT) format --in-place --parallel $(SWIFT_FILES)

zoo-data: setup ## make the data of the whole-model tests
	@$(PYTHON) Scripts/zoo_data.py

fuzz: setup zoo-data testing-build ## read 10,000 seeded mutations of a model, of archives and of nodes
	MIGRAPHX_FUZZ=10000 $(SWIFT) test $(TESTING) --skip-build --filter MutationFuzz

clean: ## remove all that building, testing and setting up made
	rm -rf .build .cache .venv dist

testing-build: setup
	$(SWIFT) build $(TESTING) --build-tests -Xswiftc -enable-testing

# The library of what the Swift tests test, so that nothing is built twice.
testing-library: testing-build
	Scripts/build-library.sh $(TESTING) -Xswiftc -enable-testing $(dir $(TESTED_LIBRARY))
