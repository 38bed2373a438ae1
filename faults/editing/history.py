"""History: what is versioned, and as what. An entry and all its parts are one version (django-reversion)."""

import reversion

from faults.models import Alias, Cause, CodeActor, Elsewhere, Fault, Fix, Myth, RelatedFault, ReturnCode, ScreenText, SynonymGroup, Term

PARTS = {
    Fault: ("screen_texts", "aliases", "causes", "fixes", "myths", "links"),
    Cause: ("fixes",),
    ReturnCode: ("screen_texts", "myths", "who_acts"),
    **dict.fromkeys((ScreenText, Alias, Fix, Myth, RelatedFault, CodeActor, Term, SynonymGroup, Elsewhere), ()),
}


def register() -> None:
    """Tells django-reversion what belongs together. Called once, when the app is ready."""
    for model, parts in PARTS.items():
        if not reversion.is_registered(model):
            reversion.register(model, follow=parts)
