#!/bin/sh
# The optional system parts: PostgreSQL, Chromium, poppler, LibreOffice. Root; Debian 12.
set -eu
if [ "$(id -u)" -ne 0 ]; then
  echo "make system installs packages with apt and needs root: sudo make system" >&2
  exit 2
fi
missing=""
for package in postgresql chromium poppler-utils libreoffice-writer-nogui; do
  dpkg -s "$package" >/dev/null 2>&1 || missing="$missing $package"
done
[ -z "$missing" ] && { echo "All optional system parts are there."; exit 0; }
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
# shellcheck disable=SC2086
apt-get install -y -qq --no-install-recommends $missing
