#!/bin/sh
# Prints a compose file that pins the images of docker-compose.yml by digest, as the registries have them now:
#
#   docker/pin-images.sh [BACKEND WEB] >images.yml
#
# BACKEND and WEB are the images of a release. Without them, those two are built here as before.
set -eu

service=
echo services:
while IFS= read -r line; do
  case $line in
    '  '[a-z]*:) service=${line#  } service=${service%:} ;;
    '    image: mini-compete-'*) ;;
    '    image: '*)
      image=${line#    image: }
      digest=$(docker buildx imagetools inspect --format '{{.Manifest.Digest}}' "$image")
      echo "  $service: { image: '$image@$digest' }"
      ;;
  esac
done <"$(dirname "$0")/../docker-compose.yml"

if [ $# -eq 2 ]; then
  for service in secrets migrate api worker; do echo "  $service: { image: '$1' }"; done
  echo "  web: { image: '$2' }"
fi
