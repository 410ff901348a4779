#!/bin/sh
# What docker-compose.yml needs of the official entry point: creates the cluster and the database at the first start.
set -eu
[ "$1" = postgres ] || exec "$@"
shift
data=${PGDATA:-/var/lib/postgresql/18/docker}
if [ ! -s "$data/PG_VERSION" ]; then
  mkdir -p "$data"
  # shellcheck disable=SC2086 # the options are separated by spaces
  initdb -D "$data" -U postgres --pwfile="$POSTGRES_PASSWORD_FILE" --auth-host=scram-sha-256 --auth-local=trust $POSTGRES_INITDB_ARGS
  echo 'host all all all scram-sha-256' >>"$data/pg_hba.conf"
  echo "CREATE DATABASE $POSTGRES_DB" | postgres --single -D "$data" postgres >/dev/null
fi
exec postgres -D "$data" -c listen_addresses='*' -c unix_socket_directories=/tmp "$@"
