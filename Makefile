# Every target sets up its prerequisites from a fresh clone. Refer to CONTRIBUTING.md.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.PHONY: help deps backends helm-tools demo dev demo-data test test-react19 test-helm test-integration test-outage test-e2e build package screenshots clean
.PHONY: stack chart-tools test-long

help: ## list these commands
	@grep -hE '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 20

deps: node_modules/.package-lock.json

node_modules/.package-lock.json: package-lock.json
	npm ci --prefer-offline --no-fund --no-audit --loglevel=error
	@touch $@

backends: ## build or download Prometheus, Loki, kube-state-metrics, and the other servers into a cache; the first time 15 minutes
	@tools/engines/build-engines.sh

helm-tools: ## build or download Helm, helm-unittest, and nginx, which the tests of the charts run, into the same cache
	@tools/engines/build-engines.sh helm

demo: ## run everything with a simulated Sedna: in Docker Compose, or natively with an installed Grafana; RECORDING=folder repeats a recording, and with AT=end shows its end
	@simulator/demo/check-prerequisites.sh
	@$(MAKE) --no-print-directory deps
	@npm run --silent demo

dev: deps ## run Grafana with the plugin, rebuilt and reloaded on save, and a frozen snapshot of data that starts in seconds
	@if tools/engines/find-grafana.sh; then $(MAKE) --no-print-directory backends; fi
	@node_modules/.bin/node --import tsx tools/dev/main.ts

demo-data: deps backends ## run the simulated Sedna, or a recording, natively without Grafana; prints the URLs for your own Grafana
	@npm run --silent demo -- --without-grafana

# Each of these keeps one core busy, the longest first; Jest takes all cores, and comes after them (decision 18).
SINGLE_CORE_CHECKS := check-node-tests check-lint check-types check-texts
.PHONY: $(SINGLE_CORE_CHECKS)
check-node-tests: ; npm run --silent test:node
check-lint: ; npm run --silent lint
check-types: ; npm run --silent typecheck
check-texts: ; npm run --silent i18n:check

test: deps ## run lint, type check, unit tests, and component tests
	@$(MAKE) --no-print-directory --jobs=$$(getconf _NPROCESSORS_ONLN) --output-sync=target $(SINGLE_CORE_CHECKS)
	npm run --silent test

test-react19: deps ## run type check, unit tests, and component tests with the packages of Grafana 13.2 and React 19
	npm run --silent test:react19

test-helm: deps helm-tools ## lint the charts and run their unit tests
	npm run --silent test:helm

test-integration: deps backends helm-tools ## test with a real Prometheus, Loki, kube-state-metrics, and API server
	npm run --silent exporter:build
	npm run --silent test:integration

test-outage: deps backends ## test log shipping and the journal through an outage of Loki, log rotation, and kills; takes twenty minutes
	SEDNA_LONG_TESTS=1 node_modules/.bin/node --import tsx --test tests/integration/outage.test.ts tests/integration/journal.test.ts

build: deps ## build the plugin into dist/ and the exporter into exporter/dist/, and check the size budget
	npm run --silent build
	npm run --silent exporter:build
	npm run --silent size

test-e2e: build ## run Playwright against a real Grafana; skipped if there is none
	@if [ -z "$${GRAFANA_URL:-}" ] && tools/engines/find-grafana.sh; then $(MAKE) --no-print-directory backends; fi
	npm run --silent e2e

screenshots: build backends ## update the screenshots of the documentation; needs an installed Grafana
	SEDNA_SCREENSHOTS=1 npm run --silent e2e -- --grep-invert 'is unreachable'

package: build ## write a zip of the plugin to artifacts/
	npm run --silent package

clean: ## remove all build output
	rm -rf dist exporter/dist artifacts playwright-report test-results

# Former names, kept for scripts and habits.
stack:
	@echo 'make stack is now: make backends' >&2
	@$(MAKE) --no-print-directory backends

chart-tools:
	@echo 'make chart-tools is now: make helm-tools' >&2
	@$(MAKE) --no-print-directory helm-tools

test-long:
	@echo 'make test-long is now: make test-outage' >&2
	@$(MAKE) --no-print-directory test-outage
