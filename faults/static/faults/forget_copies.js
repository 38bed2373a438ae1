// Who signs out leaves nothing behind in the browser of what was typed into forms (form_copies.js).
"use strict";

document.addEventListener("submit", (event) => {
  if (!new URL(event.target.action, location).pathname.endsWith("/logout/")) return;
  for (const key of Object.keys(localStorage)) if (key.startsWith("posdesk:copy:")) localStorage.removeItem(key);
});
