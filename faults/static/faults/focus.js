// The theme hides a page until its own script has run. A browser that has drawn before that passes over `autofocus`: made up for here.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const field = document.querySelector("[autofocus]");
  if (field && document.activeElement === document.body) field.focus();
});
