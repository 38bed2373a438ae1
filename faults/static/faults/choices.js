// A field in which one chooses by typing is called by its label, and says what is chosen: select2 leaves the label at the hidden field.
"use strict";

function nameChoice(select) {
  const label = select.labels[0], box = select.nextElementSibling?.querySelector(".select2-selection");
  if (!label || !box) return;
  label.id ||= `${select.id}-label`;
  const shown = box.querySelector("[role=textbox]"), typed = box.querySelector("input");
  box.setAttribute("aria-labelledby", shown ? `${label.id} ${shown.id}` : label.id);
  for (const field of [shown, typed]) field?.setAttribute("aria-labelledby", label.id);
}

function nameChoices(within) { within.querySelectorAll("select.admin-autocomplete").forEach(nameChoice); }

django.jQuery(() => nameChoices(document));
document.addEventListener("formset:added", (event) => nameChoices(event.target));
