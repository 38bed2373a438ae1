// Help while an item is written: what is not ready, what is there already, and nothing lost when the session has ended.
// The other scripts of the form (form_links, form_rows, form_copies) use `form` and `later`.
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

// Why nothing was saved, where the readiness list was.
function sayInstead(html) {
  readiness.innerHTML = html;
  readiness.scrollIntoView();
}

if (form) {
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey || event.key.toLowerCase() !== "s") return;
    event.preventDefault();
    form.requestSubmit(document.querySelector(".desk-bar [name=_continue]"));
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
    // The server would answer with a page of its own, and what is typed would be out of sight.
    if ([...new FormData(form)].length > readiness.dataset.most) return sayInstead(`<h2>${readiness.dataset.tooMany}</h2>`);
    if (!(await stillSignedIn())) {
      return sayInstead(`<h2>${readiness.dataset.expired}</h2><p><a href="${readiness.dataset.login}" target="_blank">${readiness.dataset.signIn}</a></p>`);
    }
    const token = document.cookie.match(/csrftoken=([^;]+)/);
    if (token) form.elements.csrfmiddlewaretoken.value = token[1]; // signing in again has made a new one
    form.dataset.asked = "yes";
    form.requestSubmit(button);
    delete form.dataset.asked;
  }, { capture: true });
}
