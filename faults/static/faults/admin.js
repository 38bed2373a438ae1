// Help while an item is written: what is not ready, what is there already, and nothing lost when the session has ended.
"use strict";

const readiness = document.getElementById("readiness");
const form = readiness && document.querySelector("form[id$=_form]");

function later(wait, action) {
  let timer;
  return () => { clearTimeout(timer); timer = setTimeout(action, wait); };
}

async function checkReadiness() {
  const answer = await fetch(readiness.dataset.url, { method: "POST", body: new FormData(form) });
  if (answer.ok && !answer.redirected) readiness.innerHTML = await answer.text();
}

async function findSimilar(text) {
  const similar = document.getElementById("similar");
  const answer = await fetch(`${similar.dataset.url}?${new URLSearchParams({ q: text, own: similar.dataset.own })}`);
  if (answer.ok && !answer.redirected) similar.innerHTML = await answer.text();
}

// A session that has ended would answer a save with the login page. Ask first, and keep what is typed.
async function stillSignedIn() {
  const answer = await fetch(readiness.dataset.alive, { redirect: "manual" });
  return answer.type !== "opaqueredirect";
}

// Alt+↑ and Alt+↓ move the row that is written in, as dragging does.
function moveRow(event) {
  const row = event.target.closest(".form-group");
  const other = row && (event.key === "ArrowUp" ? row.previousElementSibling : row.nextElementSibling);
  if (!other || !other.matches(".form-group") || other.querySelector("[name*=__prefix__]")) return;
  event.preventDefault();
  if (event.key === "ArrowUp") other.before(row); else other.after(row);
  row.parentElement.querySelectorAll(":scope > .form-group").forEach((each, place) => {
    const position = each.querySelector("input[name$='-position']");
    if (position) position.value = place;
  });
  event.target.focus();
  event.target.dispatchEvent(new Event("input", { bubbles: true }));
}

if (form) {
  form.addEventListener("keydown", (event) => {
    if (event.altKey && ["ArrowUp", "ArrowDown"].includes(event.key)) moveRow(event);
  });
  form.addEventListener("input", later(1200, checkReadiness));
  form.addEventListener("input", later(400, () => {
    const field = document.activeElement;
    if (document.getElementById("similar") && /^(title|screen_texts-\d+-text)$/.test(field.name || "") && field.value.trim()) findSimilar(field.value);
  }));
  // Before the theme's own listener, which takes every submit for a save and warns no more before leaving.
  form.addEventListener("submit", async (event) => {
    const button = event.submitter;
    if (button && "preview" in button.dataset) return event.stopImmediatePropagation();
    if (form.dataset.asked) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!(await stillSignedIn())) {
      readiness.innerHTML = `<h2>${readiness.dataset.expired}</h2><p><a href="${readiness.dataset.login}" target="_blank">${readiness.dataset.signIn}</a></p>`;
      readiness.scrollIntoView();
      return;
    }
    const token = document.cookie.match(/csrftoken=([^;]+)/);
    if (token) form.elements.csrfmiddlewaretoken.value = token[1]; // signing in again has made a new one
    form.dataset.asked = "yes";
    form.requestSubmit(button);
    delete form.dataset.asked;
  }, { capture: true });
}
