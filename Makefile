# Hansa. `make help` lists what there is.
SHELL := /bin/bash
.DEFAULT_GOAL := help
# So many files at a time: it opens all that it is given at once, and a user's limit is often 1024.
SWIFT_FILES := find Package.swift Sources daemon agents Tests -name '*.swift' -print0 | xargs -0 -n 300
SEEDS ?= 2000
FIRST ?= 1
JOBS ?= 3
SEED ?= 1
SITES ?= mpi

.PHONY: help build demo down clean test sanitize lint format simulate demo-kill bench screenshot readme-check docs \
	sbatch-check demo-places demo-courier drills bench-agent

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

build: ## install what building needs and build the four programs
	@ops/bootstrap build
	@ops/build

demo: ## everything: set-up, build, four sites, a campaign, its scores and its costs (12 minutes after the build); SITES=slurm: on four real clusters
	@ops/bootstrap demo $(filter slurm,$(SITES))
	@ops/build
	@ops/demo up $(SITES)

down: ## stop the demo; its data stays
	@ops/demo down
	@[ ! -d .hansa/demo-courier ] || ops/demo-courier down

clean: ## stop the demo and remove its data and all build products
	@[ ! -d .hansa/demo-courier ] || ops/demo-courier clean
	@ops/demo clean
	rm -rf .build .build-*

test: ## install what the tests need, build, and run all of them
	@ops/bootstrap test
	@ops/test

sanitize: ## run the tests of rules, database client and store under the thread sanitizer
	@ops/bootstrap test
	@ops/sanitize

lint: ## check the format of every Swift file
	@$(SWIFT_FILES) swift format lint --strict --parallel

format: ## put every Swift file into the project's format
	@$(SWIFT_FILES) swift format --in-place --parallel

simulate: ## run the exchange's simulation over many seeds: make simulate SEEDS=100000
	@ops/bootstrap test
	HANSA_SEEDS=$(SEEDS) HANSA_SEED=$(SEED) swift test --disable-xctest --filter SimulationTests

drills: ## whole deployments on real Slurm clusters under faults, judged: make drills SEEDS=3 [FIRST=1] [LONG=1] [JOBS=3]
	@ops/bootstrap test
	@ops/drill --seeds $(if $(filter file,$(origin SEEDS)),3,$(SEEDS)) --first $(FIRST) --jobs $(JOBS) $(if $(LONG),--long)

demo-kill: ## run the demo's campaign under a seeded schedule of faults: make demo-kill SEED=1
	@ops/bootstrap demo
	@ops/build
	@ops/demo-kill $(SEED)

demo-courier: ## the demo's campaign with the agent of MareNostrum where no network leaves: a courier carries for it
	@ops/bootstrap demo-courier
	@ops/build
	@ops/demo-courier up

demo-places: ## show the demo's services in two closed clones side by side, one at a very long path
	@ops/bootstrap demo
	@ops/demo-places

sbatch-check: ## say of every batch script in a folder what it becomes: make sbatch-check DIR=scripts [OPTIONS="--sites lumi"]
	@test -x .build/debug/hansa || { ops/bootstrap build >&2 && ops/build >&2; }
	@ops/sbatch-check "$(DIR)" $(OPTIONS)

bench: ## measure against floors and peers in the same run, into .hansa/bench/ (TORCH=1 installs PyTorch as a peer)
	@ops/bootstrap bench
	@TORCH=$(TORCH) ops/bench

bench-agent: ## measure the agent before a real Slurm cluster against sbatch in a loop, into .hansa/bench/agent.json
	@ops/bootstrap slurm
	@ops/bench-agent

screenshot: ## render the running demo's pages at two widths into .hansa/screenshots/
	@ops/bootstrap screenshot
	@ops/screenshot

readme-check: ## run the README's commands in order in a fresh clone
	@ops/readme-check

docs: ## build the DocC archive of the rules into .hansa/docs/
	@ops/docs
