#!/bin/sh
# Fills in what was not given from the secrets that the first `docker compose up` made (docker-compose.yml, "secrets").
set -eu
made=/run/made-secrets

if [ -z "${DATABASE_URL:-}" ]; then
  if [ -n "${POSTGRES_PASSWORD:-}" ]; then
    password=$POSTGRES_PASSWORD
  elif [ -r "$made/postgres-password" ]; then
    password=$(cat "$made/postgres-password")
  else
    echo 'DATABASE_URL is missing. Example: DATABASE_URL=postgresql://mini:secret@db.example.org:5432/mini_compete' >&2
    exit 1
  fi
  export DATABASE_URL="postgresql://postgres:$password@postgres:5432/mini_compete"
fi

# A trial has a secret of its own. In production somebody has to know where it is kept, so it is not made up here: the
# product refuses to start without one.
if [ -z "${JWT_SECRET:-}" ] && [ "${NODE_ENV:-}" != production ] && [ -r "$made/jwt-secret" ]; then
  JWT_SECRET=$(cat "$made/jwt-secret")
  export JWT_SECRET
fi

exec "$@"
