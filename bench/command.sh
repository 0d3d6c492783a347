#!/usr/bin/env bash
# Wall time of the main command and of the import, warm (compiled cache present). Usage: bench/command.sh
set -euo pipefail
python=${PYTHON:-.venv/bin/python}
framsyn=${FRAMSYN:-.venv/bin/framsyn}
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
"$framsyn" foresee Närpes --out "$out/first" >/dev/null
for _ in 1 2 3 4 5; do
    begun=$(date +%s.%N)
    "$framsyn" foresee Närpes --out "$out/again" >/dev/null
    echo "framsyn foresee Närpes: $(echo "$(date +%s.%N) - $begun" | bc) s"
done
for _ in 1 2 3 4 5; do
    "$python" -c 'import time; t = time.perf_counter(); import framsyn; print(f"import framsyn: {time.perf_counter() - t:.3f} s")'
done
