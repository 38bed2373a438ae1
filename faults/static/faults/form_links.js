// The way around a long form: links to its fields and sections, rows folded to a line, and marks in the contents list where something is wrong.
"use strict";

const contents = form ? [...document.querySelectorAll(".desk-contents a")] : [];
const linked = (link) => document.getElementById(decodeURIComponent(link.hash.slice(1)));
const foldOf = (row) => row.querySelector(":scope > .form-row > .desk-row-title > .desk-fold");
const WRITABLE = "input:not([type=hidden]), select, textarea";

// What the keyboard writes into: of a list that the theme replaces by its own, that one.
function focusable(element) {
  if (element.matches(".select2-hidden-accessible")) return element.parentElement.querySelector(".select2-selection");
  if (element.matches(`${WRITABLE}, a`) && element.checkVisibility()) return element;
  const inside = element.matches("input") ? element.closest(".form-group") ?? form : element;
  return [...inside.querySelectorAll(`${WRITABLE}, .select2-selection, .add-row`)].find((one) => one.checkVisibility() && !one.matches(".select2-hidden-accessible"));
}

// Opens the rows that a field is folded into, and puts the cursor into it.
function goTo(target) {
  for (let row = target.closest(".form-group"); row; row = row.parentElement.closest(".form-group")) if (foldOf(row)) foldOf(row).open = true;
  const field = focusable(target);
  field?.focus({ preventScroll: true });
  (field ?? target).scrollIntoView({ block: "center" });
}

function rowsOf(formset) {
  return [...formset.querySelectorAll(":scope > .form-group:not(.empty-form)")].filter((row) => !row.querySelector(":scope > .form-row input.delete:checked"));
}

function isBlank(row) {
  return ![...row.querySelectorAll("input[name]:not([type=hidden]):not([name$='-position']), textarea[name], select.select2-hidden-accessible")].some((field) => field.value.trim());
}

// The line that a folded row is known by: its title, what else is worth knowing, how many rows it has inside.
function writeSummary(row) {
  const fold = foldOf(row);
  const values = fold.dataset.fields.split(",").map((name) => {
    const field = row.querySelector(`:scope > .form-row [name$="-${name}"]`);
    if (!field?.value.trim()) return "";
    return field.matches("select") ? field.selectedOptions[0].text : field.value.trim().split("\n")[0];
  });
  const inside = row.querySelector(":scope > .form-nested .formset");
  const rest = fold.querySelector("[data-rows]");
  if (values[0]) fold.querySelector("strong").textContent = values[0];
  rest.textContent = [...values.slice(1), inside ? `${rest.dataset.rows} ${rowsOf(inside).filter((one) => !isBlank(one)).length}` : ""].filter(Boolean).join(" · ");
}

function markContents() {
  const wrong = [...document.querySelectorAll("#mistakes a, #readiness :is(.red, .refused) a")].map(linked);
  for (const link of contents) {
    const section = linked(link), count = link.querySelector("span"), formset = section.querySelector(".formset");
    if (count && formset) count.textContent = rowsOf(formset).filter((row) => row.matches(".original") || !isBlank(row)).length;
    link.querySelector("b").hidden = !wrong.some((field) => section.contains(field));
  }
}

function refreshForm() {
  form.querySelectorAll(".form-group:not(.empty-form)").forEach((row) => foldOf(row) && writeSummary(row));
  markContents();
}

if (form) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("#mistakes a, #readiness li a, .desk-contents a");
    const target = link && linked(link);
    if (!target) return;
    event.preventDefault();
    if (link.closest(".desk-contents")) {
      target.scrollIntoView();
      focusable(target)?.focus({ preventScroll: true });
    } else goTo(target);
  });
  for (const event of ["input", "change"]) form.addEventListener(event, later(200, refreshForm));
  new MutationObserver(markContents).observe(readiness, { childList: true });
  window.addEventListener("load", refreshForm);
}
