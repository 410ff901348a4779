#!/bin/sh
# Once per `docker compose up`, before API and worker: the migrations, and in a trial the accounts to try it with.
set -eu
node dist/main.migrate.js
if [ "${NODE_ENV:-}" != production ]; then node dist/main.seed.js; fi
