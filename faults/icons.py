"""Drawings for interface parts and actors, by name: SVG content for a 24 × 24 box."""
# ruff: noqa: E501

ICONS = {
    "menu": '<path d="M4 6.5h16M4 12h16M4 17.5h16"/>',
    "check": '<path d="m4.5 12.5 5 5 10-11"/>',
    "next": '<path d="M4 12h15M13 6l6 6-6 6"/>',
    "copy": '<rect x="8.5" y="8.5" width="11" height="12" rx="1.5"/><path d="M15.5 8.5v-3A1.5 1.5 0 0 0 14 4H6a1.5 1.5 0 0 0-1.5 1.5V15A1.5 1.5 0 0 0 6 16.5h2.5"/>',
    "print": '<path d="M7 9V4h10v5M7 17H4.5V9.5h15V17H17M7 14h10v6.5H7z"/>',
    "cashier": '<circle cx="12" cy="6.5" r="3"/><path d="M6 16c0-3.4 2.6-5.5 6-5.5s6 2.1 6 5.5M3 16h18M5 16v4.5h14V16"/>',
    "merchant": '<path d="M4 9.5 5.5 4h13L20 9.5M4 9.5h16M5.5 9.5V20h13V9.5M10 20v-6h4v6"/>',
    "cardholder": '<rect x="3" y="5.5" width="18" height="13" rx="1.5"/><path d="M3 10h18M6.5 14.5h4"/>',
    "acquirer": '<path d="M5 14v-2.5a7 7 0 0 1 14 0V14"/><rect x="3.5" y="13" width="4" height="5.5" rx="1"/><rect x="16.5" y="13" width="4" height="5.5" rx="1"/><path d="M18.5 18.5c0 1.5-2 2.5-5 2.5"/>',
    "engineer": '<path d="M14.5 6.5a4 4 0 0 1 5-1l-3 3 .5 2 2 .5 3-3a4 4 0 0 1-5.5 4.5L9 20a2 2 0 0 1-3-3l7-7.5a4 4 0 0 1 1.5-3z"/>',
    "issuer": '<path d="M4 9.5 12 4l8 5.5zM6 9.5V17M10 9.5V17M14 9.5V17M18 9.5V17M4 20h16M4.5 17h15"/>',
    "network": '<circle cx="12" cy="12" r="8.5"/><path d="M3.5 12h17M12 3.5c5 5 5 12 0 17M12 3.5c-5 5-5 12 0 17"/>',
}
