import subprocess
import sys

BEGIN = "import sys; from framsyn.core.compiler_start import begin_numba; begin_numba(); "


def said(code: str) -> str:
    """What a new process prints."""
    done = subprocess.run([sys.executable, "-c", BEGIN + code], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_a_function_is_compiled_and_run_without_linear_algebra() -> None:
    code = "import numba; print(numba.njit(lambda x: x + 1)(1), 'scipy.linalg' in sys.modules)"
    assert said(code) == "2 False"


def test_scipy_is_found_by_whoever_needs_it_afterwards() -> None:
    code = (
        "import numba, numpy as np, scipy.linalg.cython_blas; x = np.ones((2, 2));"
        " print(numba.njit(lambda x: x @ x)(x).tolist())"
    )
    assert said(code) == "[[2.0, 2.0], [2.0, 2.0]]"
