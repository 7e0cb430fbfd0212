#!/bin/sh
# Build .venv from the hashed lock. No root. $1 is a Python 3.11 or later.
set -eu
python=${1:?a Python}
"$python" - <<'PY' || { echo "Verbale needs Python 3.11 or later; name one with: make PYTHON=/path/to/python3.11" >&2; exit 2; }
import sys
sys.exit(sys.version_info < (3, 11))
PY
if [ ! -x .venv/bin/python ]; then
  # Debian keeps ensurepip in python3-venv; without it virtualenv does the same.
  "$python" -m venv .venv 2>/dev/null || {
    rm -rf .venv
    "$python" -m virtualenv --quiet .venv 2>/dev/null || {
      "$python" -m pip install --quiet --user --break-system-packages virtualenv &&
        "$python" -m virtualenv --quiet .venv
    } || {
      echo "Cannot make a virtual environment: install python3-venv (apt) or virtualenv (pip)." >&2
      exit 2
    }
  }
fi
echo "Setting up .venv (the first time only) …"
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.lock
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e packages/fonts -e .
# A first command should not wait for Python to compile the package.
.venv/bin/python -m compileall -q src packages/fonts/src
