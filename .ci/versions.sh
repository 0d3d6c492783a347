#!/usr/bin/env bash
# The whole suite with the oldest and with the newest versions that pyproject.toml allows, on Python 3.11 and 3.13.
# By hand: it takes up to an hour. A Python that is not on this machine is told and left out.
# Usage: .ci/versions.sh [PYTHON VERSION]... [-- ARGUMENT OF PYTEST...]
set -uo pipefail
cd "$(dirname "$0")/.."
root=$PWD

pythons=()
while [ $# -gt 0 ] && [ "$1" != "--" ]; do pythons+=("$1"); shift; done
[ $# -gt 0 ] && shift
[ ${#pythons[@]} -gt 0 ] || pythons=(3.11 3.13)

# The interpreter of a version: on the path, or among pyenv's, whose stand-ins on the path may run nothing.
interpreter() {
    for found in "$(command -v "python$1")" "${PYENV_ROOT:-$HOME/.pyenv}"/versions/"$1"*/bin/python; do
        [ -x "$found" ] && "$found" -c 'import venv' 2>/dev/null && { echo "$found"; return 0; }
    done
    return 1
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/tool" && "$work/tool/bin/pip" install --quiet uv || exit 1
uv=$work/tool/bin/uv
export FRAMSYN_DATA=${FRAMSYN_DATA:-$root/../shared/data}

status=0
for version in "${pythons[@]}"; do
    python=$(interpreter "$version") || { echo "Python $version: not found, left out."; continue; }
    for resolution in lowest-direct highest; do
        echo "Python $version, $resolution:"
        # A copy of its own, so that no environment finds what another has compiled.
        copy=$work/$version-$resolution
        mkdir "$copy"
        git ls-files -co --exclude-standard -z | tar cf - --null -T - | tar xf - -C "$copy"
        "$uv" venv --quiet --python "$python" "$copy/.venv"
        if "$uv" pip install --quiet --python "$copy/.venv/bin/python" --resolution "$resolution" \
            --only-binary :all: --no-binary framsyn -e "$copy[test]" \
            && (cd "$copy" && .venv/bin/pytest "$@"); then
            echo "Python $version, $resolution: passed."
        else
            echo "Python $version, $resolution: FAILED."
            status=1
        fi
    done
done
exit $status
