"""Start-up: scipy and statsmodels take 1.4 s and 92 MB, so they are imported only where a test is computed."""

import subprocess
import sys

IMPORT_ALL = """
import importlib, pkgutil, sys, survey.analysis
for module in pkgutil.walk_packages(survey.analysis.__path__, "survey.analysis."):
    importlib.import_module(module.name)
print(*(name for name in ("numpy", "scipy", "statsmodels", "pandas") if name in sys.modules))
"""


def test_importing_the_analysis_imports_no_heavy_library() -> None:
    done = subprocess.run([sys.executable, "-c", IMPORT_ALL], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
