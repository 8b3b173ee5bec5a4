#!/bin/sh
# Builds listmonk from the Go module proxy into a folder, for the bench that runs beside it: listmonk.sh FOLDER. It is AGPL-3.0 and is
# run, never carried: nothing of it comes into this repository or its binary. Its web interface is left out; the bench speaks to its API.
# v1.1.0 is the newest release that the module proxy can serve: later ones have a major version that their module path does not name.
set -eu
version=${LISTMONK_VERSION:-v1.1.0}
home=$(mkdir -p "$1" && cd "$1" && pwd)
at=$(cd "$home" && GOFLAGS=-mod=mod go mod download -json "github.com/knadh/listmonk@$version" | sed -n 's/^.*"Dir": "\(.*\)".*$/\1/p')
rm -rf "$home/src"
cp -R "$at" "$home/src"
chmod -R u+w "$home/src"
(cd "$home/src" && GOFLAGS=-mod=mod go build -o "$home/listmonk" ./cmd)
mkdir -p "$home/src/frontend/dist/frontend"
: >"$home/src/frontend/dist/favicon.png"
echo '<!doctype html>' >"$home/src/frontend/dist/frontend/index.html"
echo "listmonk $version: MARSAD_LISTMONK=$home"
