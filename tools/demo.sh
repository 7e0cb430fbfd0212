#!/bin/sh
# Circulate a communication in a registry of the Lakes that lives in var/demo.
set -eu
file=${1:?a file}
VERBALE_HOME=var/demo/registry
export VERBALE_HOME
[ -f "$VERBALE_HOME/verbale.toml" ] || .venv/bin/verbale init --institution lakes
.venv/bin/verbale circulate "$file" --out var/demo/documents
