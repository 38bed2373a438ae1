"""Files the admin's pages need beside their theme."""

from django.templatetags.static import static


def stylesheet(request) -> str:
    """The address of the admin's own few style rules."""
    return static("faults/admin.css")


def focus(request) -> str:
    """The address of what puts the cursor where it belongs."""
    return static("faults/focus.js")


def forget_copies(request) -> str:
    """The address of what removes copies of forms from the browser at signing out."""
    return static("faults/forget_copies.js")
