"""What a browser may do with our pages: one policy for readers' pages, one for the admin, and devices that none may use."""

from csp.constants import NONE, SELF, UNSAFE_EVAL, UNSAFE_INLINE

# Nothing inline, nothing from elsewhere. No nonce: whole pages are kept and answered again, and the header is the same for all.
READERS = {
    "default-src": [NONE],
    "script-src": [SELF],
    "style-src": [SELF],
    "img-src": [SELF],
    "connect-src": [SELF],  # results while typing, what readers say, and the worker that keeps pages
    "manifest-src": [SELF],
    "worker-src": [SELF],
    "form-action": [SELF],
    "base-uri": [NONE],
    "frame-ancestors": [NONE],
    "object-src": [NONE],
}
ADMIN = READERS | {
    # The theme's Alpine makes functions out of the attributes x-data, x-on and the like. Inline scripts stay forbidden.
    "script-src": [SELF, UNSAFE_EVAL],
    # The theme writes its colours into <style>, and htmx and the chart write theirs. Neither takes a nonce.
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:"],  # arrows and ticks in the theme's stylesheet
    "font-src": [SELF],  # the theme's letters and symbols
}

_UNUSED = (
    *("accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "fullscreen", "geolocation", "gyroscope", "hid"),
    *("idle-detection", "local-fonts", "magnetometer", "microphone", "midi", "payment", "picture-in-picture"),
    *("publickey-credentials-get", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking"),
)
HEADERS = {
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _UNUSED),
    "Cross-Origin-Resource-Policy": "same-origin",  # no other site's page takes ours in; the opener policy is Django's
}
