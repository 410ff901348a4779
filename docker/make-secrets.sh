#!/bin/sh
# Generates the secrets of a trial once, before all other services start, so that no two installations share them.
set -eu
umask 077
for name in postgres-password jwt-secret; do
  file=${MADE_SECRETS:-/run/made-secrets}/$name
  if [ ! -s "$file" ]; then
    if [ "$name" = postgres-password ] && [ -n "${POSTGRES_PASSWORD:-}" ]; then
      printf %s "$POSTGRES_PASSWORD" >"$file.new"
    else
      head -c 32 /dev/urandom | od -An -tx1 | tr -d ' \n' >"$file.new"
    fi
    chmod 444 "$file.new" # the volume is mounted only where it is needed; the containers run as different users
    mv "$file.new" "$file"
  fi
done
