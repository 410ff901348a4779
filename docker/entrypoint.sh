#!/bin/sh
# Uses the generated trial secrets (make-secrets.sh) for settings that are not configured.
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

# Only for trials. In production the operator has to know where the secret is kept, so the API refuses to start without a
# configured one.
if [ -z "${JWT_SECRET:-}" ] && [ "${NODE_ENV:-}" != production ] && [ -r "$made/jwt-secret" ]; then
  JWT_SECRET=$(cat "$made/jwt-secret")
  export JWT_SECRET
fi

exec "$@"
