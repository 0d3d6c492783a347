#!/usr/bin/env bash
# The mutants that no test fails, of the rooms named under [tool.mutmut] in pyproject.toml; see CONTRIBUTING.md.
# By hand: it takes up to an hour. It works in a copy, since mutmut writes beside the source.
# Usage: .ci/mutants.sh FOLDER [PATTERN OF MUTANTS]...   e.g.  .ci/mutants.sh /tmp/mutants 'framsyn.law.*'
set -euo pipefail
cd "$(dirname "$0")/.."
copy=${1:?the folder to work in}
shift
mutmut=$PWD/.venv/bin/mutmut
mkdir -p "$copy"
git ls-files -co --exclude-standard -z | tar cf - --null -T - | tar xf - -C "$copy"
cd "$copy"
# Mutmut leaves functions with decorators alone. Not compiled, these need none.
export NUMBA_DISABLE_JIT=1
sed -i '/^@compiled$/d; /^from framsyn.model.compiled import compiled$/d' src/framsyn/model/population.py
"$mutmut" run --max-children "${MUTANTS_AT_ONCE:-1}" "$@" || true
"$mutmut" results
