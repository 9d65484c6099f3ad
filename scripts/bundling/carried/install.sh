#!/bin/sh
# Find a Python that fits, then let install.py do the rest. Needs no network and no administrator.
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd) || exit 1
wanted="import sys, venv; sys.exit(sys.version_info[:2] != (@MAJOR@, @MINOR@) or sys.maxsize < 2**32)"

for python in "$here/python/bin/python@VERSION@" "python@VERSION@" python3 python \
  "$HOME/.local/bin/python@VERSION@" "$HOME/python/bin/python@VERSION@" \
  "$HOME/miniforge3/bin/python" "$HOME/miniconda3/bin/python"; do
  if "$python" -c "$wanted" >/dev/null 2>&1; then
    exec "$python" "$here/install.py" "$@"
  fi
done

cat "$here/python.txt" >&2
exit 1
