#!/bin/sh
# Runs before API and worker start: applies migrations and, in a trial, seeds trial data.
set -eu
node dist/main.migrate.js
if [ "${NODE_ENV:-}" != production ]; then node dist/main.seed.js; fi
