# The front door: every task is one target. What is long is in a script beside what it drives.
# CONTEXT=name: work on the cluster of that kube context, not on the local one; then PUSH=registry/prefix is needed too.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: bench check cluster cluster-down conformance e2e fuzz help images resolve run serve soak stop test
export CONTEXT CUDA MINUTES MODEL PARSERS PORT PUSH STORY

run: ## build, install, serve the sample model, classify a photo; leaves it running
	@deploy/run.sh

test: ## everything CI runs: check, images, the tests on the real cluster
	@$(MAKE) --no-print-directory check
	@$(MAKE) --no-print-directory e2e

check: ## the fast part: all modules built, checked and tested without a cluster
	@. deploy/tools.sh && packages chromium:chromium chromedriver:chromium-driver && maven verify

e2e: ## the tests on the real cluster, all or STORY=name
	@e2e/run.sh

soak: ## the same tests at full counts and durations, all or STORY=name
	@case "$$STORY" in '') IT=SwapIT,KilledFetchIT ;; runtime) IT=SwapIT ;; supply) IT=KilledFetchIT ;; *) exit 0 ;; esac && . deploy/tools.sh && \
	SCALE=full maven verify --projects runtime --also-make -Dtest=none -Dit.test="$$IT" -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false
	@SCALE=full e2e/run.sh

fuzz: ## inputs made by Jazzer against every parser: [MINUTES=10] in all [PARSERS="JSON GRPC"]; findings become seeds
	@runtime/src/test/fuzz/run.sh

resolve: ## says whether a model can be served: URI=s3://bucket/folder [TASK=name]
	@deploy/resolve.sh

serve: ## the runtime alone: MODEL=folder [PORT=8080]
	@deploy/serve.sh

cluster: ## start the local cluster unless it runs; kubeconfig in e2e/cluster/.run/kubeconfig
	@if e2e/cluster/cluster running; then echo "it runs: export KUBECONFIG=$$(e2e/cluster/cluster kubeconfig)"; else e2e/cluster/cluster up; fi

cluster-down: ## end the local cluster and clean the machine
	@e2e/cluster/cluster down && e2e/cluster/check-down

conformance: ## the protocol's checks against any server: HTTP=http://HOST:PORT [GRPC=HOST:PORT] [MODEL=simple] [SINGLE_INPUT=name]
	@e2e/conformance/run.sh --http "$(HTTP)" --model "$${MODEL:-simple}" $(if $(GRPC),--grpc "$(GRPC)") $(if $(SINGLE_INPUT),--single-input "$(SINGLE_INPUT)")

images: ## the images as OCI archives in target/images, or pushed: PUSH=registry/prefix; with CUDA=1 also runtime-cuda
	@deploy/images/build.sh

bench: ## the benchmarks, all or PART=batching|cluster|overload|servers; the tables also go to e2e/bench/RESULTS.md
	@e2e/bench/run.sh

stop: ## remove what run made
	@deploy/stop.sh

help: ## this list
	@sed -n 's/^\([a-z0-9-]*\):.*## /\1|/p' $(MAKEFILE_LIST) | while IFS='|' read -r name text; do printf 'make %-13s %s\n' "$$name" "$$text"; done
