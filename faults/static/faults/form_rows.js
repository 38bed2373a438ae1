// Rows of a form by keyboard: put in order, added by Enter or by pasting a list, and taken out without losing what another one says.
"use strict";

let isPasting = false; // then the cursor stays where it is

function renumber(formset) {
  formset.querySelectorAll(":scope > .form-group").forEach((row, place) => {
    const position = row.querySelector("input[name$='-position']");
    if (position) position.value = place;
  });
}

const tellOthers = (element) => element.dispatchEvent(new Event("input", { bubbles: true }));

// Alt+↑ and Alt+↓ move the row that is written in, as dragging does.
function moveRow(event) {
  const row = event.target.closest(".form-group");
  const other = row && (event.key === "ArrowUp" ? row.previousElementSibling : row.nextElementSibling);
  if (!other || !other.matches(".form-group") || other.querySelector("[name*=__prefix__]:not(.form-nested *)")) return;
  event.preventDefault();
  if (event.key === "ArrowUp") other.before(row); else other.after(row);
  renumber(row.parentElement);
  event.target.focus();
  tellOthers(event.target);
}

// By the theme's own button; the new row is the last.
function addRow(formset) {
  formset.querySelector(":scope > .form-actions .add-row")?.click();
  return rowsOf(formset).at(-1);
}

// In a row of one line the next one; in a row of several fields the next field. Never a save by mistake.
function nextRow(event) {
  const row = event.target.closest(".form-group");
  event.preventDefault();
  if (!row.matches("tbody")) {
    const fields = [...row.querySelectorAll(WRITABLE)].filter((field) => field.checkVisibility());
    return fields[fields.indexOf(event.target) + 1]?.focus();
  }
  const rows = rowsOf(row.parentElement), next = rows[rows.indexOf(row) + 1];
  if (next) focusable(next)?.focus();
  else if (!isBlank(row)) addRow(row.parentElement);
}

// Of several lines the first goes where the cursor is, and each of the others into a row of its own behind it.
function pasteRows(event) {
  const field = event.target, [first, ...others] = event.clipboardData.getData("text").split(/\r?\n/).map((line) => line.trim()).filter(Boolean);
  if (!others.length) return;
  event.preventDefault();
  field.setRangeText(first, field.selectionStart, field.selectionEnd, "end");
  const name = field.name.split("-").at(-1), formset = field.closest(".formset");
  let last = field.closest(".form-group");
  isPasting = true;
  for (const line of others) {
    const row = addRow(formset);
    last.after(row);
    row.querySelector(`[name$="-${name}"]`).value = line;
    last = row;
  }
  isPasting = false;
  renumber(formset);
  focusable(last).focus();
  tellOthers(field);
}

function nameIn(element, before, after) {
  for (const { name, value } of element.attributes) if (value.includes(before)) element.setAttribute(name, value.replaceAll(before, after));
}

// Instead of the theme's own way, which writes the rows behind anew from their HTML: what was typed into them would be gone.
// The last of the new rows takes the number that is free now.
function takeOut(row) {
  const formset = row.parentElement, { prefix } = JSON.parse(formset.dataset.inlineFormset).options;
  const total = form.elements[`${prefix}-TOTAL_FORMS`], last = total.value - 1;
  const numberOf = (one) => +one.querySelector(`[name^="${prefix}-"]`).name.slice(prefix.length + 1).split("-")[0];
  const free = numberOf(row), moved = [...formset.querySelectorAll(":scope > .form-group:not(.empty-form)")].find((one) => numberOf(one) === last);
  const neighbour = row.previousElementSibling?.matches(".form-group") ? row.previousElementSibling : formset.querySelector(":scope > .form-actions");
  row.remove();
  if (moved !== row) [moved, ...moved.querySelectorAll("*")].forEach((element) => nameIn(element, `${prefix}-${last}-`, `${prefix}-${free}-`));
  total.value = last;
  formset.querySelector(":scope > .form-actions .add-row")?.classList.remove("hidden");
  updateStackedCounter(formset), applyLastClass(formset), checkFormsetEmpty(formset); // the theme's
  focusable(neighbour)?.focus();
  tellOthers(total);
}

// The theme's bins are no buttons and have no names.
function makeButtons(row) {
  for (const bin of row.querySelectorAll(".delete-template, input.delete")) {
    bin.setAttribute("aria-label", readiness.dataset.takeOut);
    if (bin.matches("input")) continue;
    bin.tabIndex = 0;
    bin.setAttribute("role", "button");
  }
}

if (form) {
  form.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) return; // Enter that ends a word of an input method
    if (event.altKey && ["ArrowUp", "ArrowDown"].includes(event.key)) moveRow(event);
    else if (event.key === "Enter" && event.target.matches(".form-group input:not([type=hidden])")) nextRow(event);
    else if (["Enter", " "].includes(event.key) && event.target.matches(".delete-template")) event.preventDefault(), event.target.click();
  });
  form.addEventListener("paste", (event) => {
    if (event.target.matches("tbody.form-group input[type=text]")) pasteRows(event);
  });
  form.addEventListener("click", (event) => {
    const bin = event.target.closest(".delete-template");
    if (!bin) return;
    event.stopImmediatePropagation();
    takeOut(bin.closest(".form-group"));
  }, { capture: true });
  document.addEventListener("formset:added", (event) => {
    const row = event.target.closest(".form-group");
    makeButtons(row);
    tellOthers(row);
    if (isPasting) return;
    if (row.querySelector("select.admin-autocomplete")) setTimeout(() => goTo(row)); // when the theme's list has been made of it
    else goTo(row);
  });
  window.addEventListener("load", () => {
    makeButtons(form);
    // The theme's lists tell nobody but jQuery.
    window.django?.jQuery(form).on("select2:select select2:unselect", (event) => tellOthers(event.target));
  });
}
