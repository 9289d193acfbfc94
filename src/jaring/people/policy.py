"""The states of an open question and which follows which; the diagram in the docs is drawn from it."""

from __future__ import annotations

#: What a person may answer, from each state, and the state that follows.
REVIEW: dict[str, dict[str, str]] = {
    "open": {"same": "same", "different": "different", "ask": "asked"},
    "asked": {"same": "same", "different": "different", "ask": "asked", "answer": "answered"},
    "answered": {"same": "same", "different": "different", "ask": "asked"},
    "same": {"undo": "open"},
    "different": {"undo": "open"},
    "closed": {},
}
#: Answers that bind every later import.
BINDING = ("same", "different")
#: States that wait for somebody.
WAITING = ("open", "asked", "answered")
#: What a village may say when it is asked; the office decides.
SAYS = ("same", "different", "unknown")
