# Every target sets up what it needs from a fresh clone. See README.md.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.PHONY: help deps stack chart-tools demo demo-data test test-react19 test-helm test-integration test-long test-e2e build size package screenshots clean

help: ## list the targets
	@grep -hE '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 20

deps: node_modules/.package-lock.json

node_modules/.package-lock.json: package-lock.json
	npm ci --no-fund --no-audit --loglevel=error
	@touch $@

stack: ## build or fetch the engines (Prometheus, Loki, kube-state-metrics, ...) into a cache outside the tree
	@tools/engines/build-engines.sh

chart-tools: ## build or fetch what tests the charts (Helm, helm-unittest, nginx) into the same cache
	@tools/engines/build-engines.sh helm

demo: ## the whole product with a simulated Sedna: Docker Compose, or natively with a Grafana found here
	@simulator/demo/check-prerequisites.sh
	@$(MAKE) --no-print-directory deps
	@npm run --silent demo

demo-data: deps stack ## everything but Grafana, natively; prints the addresses for a Grafana of your own
	@npm run --silent demo -- --without-grafana

test: deps ## lint, types, unit and component tests
	npm run --silent lint
	npm run --silent typecheck
	npm run --silent i18n:check
	npm run --silent test
	npm run --silent test:node

test-react19: deps ## types, unit and component tests on the packages of Grafana 13.2 with React 19
	npm run --silent test:react19

test-helm: deps chart-tools ## lint the charts and run their unit tests
	npm run --silent test:helm

test-integration: deps stack chart-tools ## real Prometheus, Loki, kube-state-metrics and API server
	npm run --silent exporter:build
	npm run --silent test:integration

test-long: deps stack ## log shipping over an outage of minutes, rotations and kills; takes ten minutes
	SEDNA_LONG_TESTS=1 node_modules/.bin/node --import tsx --test tests/integration/outage.test.ts

build: deps ## the plugin into dist/, the exporter into exporter/dist/, checked against the size budget
	npm run --silent build
	npm run --silent exporter:build
	npm run --silent size

test-e2e: build ## Playwright against a real Grafana; says so where there is none
	@if [ -z "$${GRAFANA_URL:-}" ] && tools/engines/find-grafana.sh; then $(MAKE) --no-print-directory stack; fi
	npm run --silent e2e

screenshots: build stack ## take the screenshots of the documentation anew, with a Grafana found here
	SEDNA_SCREENSHOTS=1 npm run --silent e2e -- --grep-invert 'is away'

package: build ## a zip of the plugin in artifacts/
	npm run --silent package

clean: ## remove what was built here
	rm -rf dist exporter/dist artifacts playwright-report test-results
