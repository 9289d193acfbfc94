"""The office's own settings of the law: ``setelan.yaml`` in JARING_HOME."""

from __future__ import annotations

from jaring.facts.reason import refuse
from jaring.law.loader import LawError
from jaring.law.settings import LocalSetting, parse
from jaring.tables.home import home


def settings() -> tuple[LocalSetting, ...]:
    """The settings of this installation; none where the file is absent. Refused when it cannot stand."""
    path = home() / "setelan.yaml"
    if not path.exists():
        return ()
    try:
        return parse(path.read_text(encoding="utf-8"))
    except LawError as problem:
        raise refuse("setelan-keliru", str(problem), "Perbaiki setelan.yaml, lalu ulangi.") from problem
