// What is typed is kept in this browser until it is saved: a copy for each visit to a form, offered again when a visit ended without a save.
// A copy is given back by the server, as a form that was refused is, so that what others changed meanwhile is shown and not written over.
"use strict";

const offer = document.getElementById("kept");
const COPIES = "posdesk:copy:"; // forget_copies.js removes them by this when one signs out
const DAYS = 7; // then nobody comes back for it
const SENT = "posdesk:sent"; // the copy whose form was sent last from this tab, and the change it was made from

const fieldsNow = () => [...new FormData(form)].filter(([name, value]) => name !== "csrfmiddlewaretoken" && typeof value === "string" && !name.includes("__prefix__"));

function keptCopies() {
  return Object.keys(localStorage).filter((key) => key.startsWith(COPIES)).map((key) => ({ key, ...JSON.parse(localStorage[key]) }));
}

const contentOf = (fields) => JSON.stringify(fields.filter(([name]) => !["seen", "why", "browser_copy"].includes(name)));

function keepCopy(key) {
  const fields = fieldsNow().map(([name, value]) => [name, maskCards(value)]);
  try {
    localStorage[key] = JSON.stringify({ at: Date.now(), seen: +form.elements.seen.value, fields });
  } catch {
    // No room, or the browser keeps nothing: then there is no copy, and the form works as without.
  }
}

// Sends the copy as the form's own content, with the mark that nothing is to be saved.
function recover(copy) {
  const sent = document.createElement("form");
  sent.method = "post";
  for (const [name, value] of [...copy.fields, ["_recovered", "yes"], ["csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value]]) {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name, value });
    sent.append(field);
  }
  document.body.append(sent);
  sent.submit();
}

function offerCopies(copies) {
  for (const copy of copies.sort((one, other) => one.at - other.at)) {
    const box = offer.content.firstElementChild.cloneNode(true);
    box.querySelector("time").textContent = new Date(copy.at).toLocaleString(document.documentElement.lang, { dateStyle: "short", timeStyle: "short" });
    box.querySelector("[data-older]").hidden = copy.seen === +form.elements.seen.value;
    box.querySelector("[data-recover]").addEventListener("click", () => recover(copy));
    box.querySelector("[data-discard]").addEventListener("click", () => {
      localStorage.removeItem(copy.key);
      box.remove();
    });
    offer.after(box);
  }
}

if (form && !form.elements._popup) { // a popup is closed before it could be seen to be saved
  const ofItem = `${COPIES}${offer.dataset.user}:${offer.dataset.item}:`;
  const visit = form.elements.browser_copy;
  visit.value ||= Math.random().toString(36).slice(2);
  const own = ofItem + visit.value;
  let isTyped = false;
  let isSent = false;

  if (!("bound" in offer.dataset)) { // a form that was refused is its copy
    const [sentKey, sentFrom] = (sessionStorage[SENT] ?? "").split(" "), here = contentOf(fieldsNow());
    const isSaved = "own" in offer.dataset && +form.elements.seen.value > +sentFrom;
    for (const copy of keptCopies()) {
      const isHere = (isSaved && copy.key === sentKey) || (copy.key.startsWith(ofItem) && contentOf(copy.fields) === here);
      if (isHere || copy.at < Date.now() - DAYS * 86_400_000) localStorage.removeItem(copy.key);
    }
    offerCopies(keptCopies().filter(({ key }) => key.startsWith(ofItem)));
  }
  sessionStorage.removeItem(SENT);

  const keep = () => isTyped && !isSent && keepCopy(own);
  const keepSoon = later(800, keep);
  for (const event of ["input", "change"]) form.addEventListener(event, () => {
    isTyped = true;
    keepSoon();
  });
  document.addEventListener("visibilitychange", keep);
  window.addEventListener("pagehide", keep);
  form.addEventListener("submit", () => {
    keep();
    isSent = true;
    sessionStorage[SENT] = `${own} ${form.elements.seen.value}`;
  });
}
