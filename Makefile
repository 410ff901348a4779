# For those who type `make`: each target runs the npm script of its name. Docker is only needed for dev-services.

DEV_POSTGRES_PORT ?= 5432
DEV_REDIS_PORT ?= 6379
DEV_SMTP_PORT ?= 1025
export DEV_POSTGRES_PORT DEV_REDIS_PORT DEV_SMTP_PORT

COMPOSE = docker compose --file docker-compose.dev.yml

# Read when a recipe runs, so that `make dev-services dev` finds the containers. Without them, the scripts start an
# embedded PostgreSQL. Variables that are set already win.
SERVICES = $(if $(shell $(COMPOSE) ps --quiet postgres 2>/dev/null),\
	DATABASE_URL="$${DATABASE_URL:-postgresql://postgres:postgres@localhost:$(DEV_POSTGRES_PORT)/mini_compete}" \
	REDIS_URL="$${REDIS_URL:-redis://localhost:$(DEV_REDIS_PORT)}" \
	SMTP_URL="$${SMTP_URL:-smtp://localhost:$(DEV_SMTP_PORT)}")

.PHONY: help dev-services stop-services migrate seed dev test test-quick check

help:
	@echo 'make dev-services   start PostgreSQL, Redis and a mail catcher in containers'
	@echo 'make stop-services  stop them, and keep their data'
	@echo 'make migrate        apply the migrations'
	@echo 'make seed           add trial data'
	@echo 'make dev            run everything, and reload what you save'
	@echo 'make test           run all tests'
	@echo 'make test-quick     run the tests for the loop while writing'
	@echo 'make check          format, lint, types and the other checks'

dev-services:
	$(COMPOSE) up --detach --wait

stop-services:
	$(COMPOSE) stop

migrate seed dev:
	$(SERVICES) npm run $@

test check:
	npm run $@

test-quick:
	npm run test:quick
