#!/bin/sh
# Caddy 2.6.2 does not know trusted_proxies, and writes arguments of snippets in another way. Everything else of the file is
# used as it is.
set -eu
sed '/^\tservers {$/,/^\t}$/d; s/{args\[0\]}/{args.0}/' /etc/caddy/Caddyfile >/tmp/Caddyfile
exec caddy run --config /tmp/Caddyfile --adapter caddyfile
