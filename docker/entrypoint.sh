#!/bin/sh
# Fills in settings that are not configured: the other containers of docker-compose.yml, and the generated trial secrets
# (make-secrets.sh).
set -eu
made=${MADE_SECRETS:-/run/made-secrets}

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

# Any of these names another Redis. (REDIS_URL would take precedence over the others.)
if [ -z "${REDIS_URL:-}${REDIS_HOST:-}${REDIS_SENTINELS:-}" ]; then
  export REDIS_URL=redis://redis:6379
fi

# The address of the published port, on this machine.
if [ -z "${FRONTEND_URL:-}" ]; then
  export FRONTEND_URL="http://localhost:${PUBLISHED_PORT:-3000}"
fi

if [ "${NODE_ENV:-}" != production ]; then
  # Only for trials. In production the operator has to know where the secret is kept, so the API refuses to start without a
  # configured one.
  if [ -z "${JWT_SECRET:-}" ] && [ -r "$made/jwt-secret" ]; then
    JWT_SECRET=$(cat "$made/jwt-secret")
    export JWT_SECRET
  fi
  # The mail catcher. In production reset links would be readable in it, and nobody would get one.
  export SMTP_URL="${SMTP_URL:-smtp://mail:1025}"
fi

exec "$@"
