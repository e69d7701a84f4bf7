import pkgutil
import subprocess
import sys

import pophealth.stats

HEAVY = ("altair", "ipywidgets", "anywidget", "sqlalchemy", "papermill", "nbconvert", "voila", "pydantic")


def test_statistics_load_nothing_that_draws_stores_or_serves():
    modules = [f"pophealth.stats.{module.name}" for module in pkgutil.iter_modules(pophealth.stats.__path__)]
    asked = f"import sys, {', '.join(modules)}; print(*[name for name in {HEAVY!r} if name in sys.modules])"
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert len(modules) > 5
    assert told.stdout.split() == []
