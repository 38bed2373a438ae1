"""Pages for what is not there, not allowed, or went wrong: each says so and offers search."""

from django.shortcuts import render


def _sentence(exception) -> str:
    """The sentence that came with the error; Django's own, such as a bad path, are not for readers."""
    given = exception.args[0] if exception and exception.args else ""
    return given if isinstance(given, str) and not given.isascii() else ""


def not_found(request, exception=None):
    """404."""
    return render(request, "404.html", {"sentence": _sentence(exception)}, status=404)


def bad_request(request, exception=None):
    """400."""
    return render(request, "400.html", {}, status=400)
