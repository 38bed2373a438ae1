// Everything works without this file. It adds: results while typing (fetched by htmx), copying, the look, "/" to search, arrow keys
// on results, staying in place between causes, and explaining terms where they stand.
const $ = (selector, within = document) => within.querySelector(selector);
const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];
const root = document.documentElement;
root.classList.add("js");
const live = $("#say");

// ---------- look: follow the system unless the reader chose ----------
const saved = localStorage.getItem("theme");
if (saved) root.dataset.theme = saved;
const themes = $$("[data-set-theme]");
const press = () => themes.forEach(button => button.setAttribute("aria-pressed", button.dataset.setTheme === (root.dataset.theme || "")));
themes.forEach(button => button.addEventListener("click", () => {
  const theme = button.dataset.setTheme;
  if (theme) { root.dataset.theme = theme; localStorage.setItem("theme", theme); }
  else { delete root.dataset.theme; localStorage.removeItem("theme"); }
  press();
}));
press();

// ---------- the search field: a combobox whose options come from the server ----------
const field = $("#q"), list = $("#suggestions");
const CARD = /[\d*](?:[\s.\-－·]*[\d*]){12,}/g; // 13 digits or more, some perhaps covered already: covered before they leave the page
const coverTyped = text => text.replace(CARD, run => { let left = run.replace(/[^\d*]/g, "").length - 4; return run.replace(/[\d*]/g, digit => left-- > 0 ? "*" : digit); });
const ENDING = 100; // milliseconds in which some browsers send the key that has ended a composition as one that is the page's
const PATIENCE = 1_500; // milliseconds for which the last good list stands while what is typed is perhaps half a word
if (field && list) {
  let active = -1, isClosed = false, composedAt = -ENDING, waiting;
  const options = () => $$("[role=option]", list);
  const tell = () => { // what is read out of the chosen one, or of the first; of none where the server says so
    const told = $(`#a${active + 1}`, list) || (!$(".lead", list) && $("#a1", list));
    $$(".answer", list).forEach(answer => { answer.hidden = answer !== told; });
  };
  const choose = place => {
    active = place;
    options().forEach((option, at) => option.setAttribute("aria-selected", at === place));
    const option = options()[place];
    if (option) { field.setAttribute("aria-activedescendant", option.id); option.scrollIntoView({ block: "nearest" }); }
    else field.removeAttribute("aria-activedescendant");
    tell();
  };
  const isOfThis = () => list.dataset.query === field.value; // else the list is still that of what was typed before
  const show = isOpen => { list.hidden = !isOpen; field.setAttribute("aria-expanded", isOpen); choose(-1); };
  addEventListener("input", event => {
    if (event.target !== field) return;
    const covered = coverTyped(field.value);
    if (covered !== field.value) { field.value = covered; event.stopPropagation(); } // not asked for: four more figures a key would tell it all
    clearTimeout(waiting);
    isClosed = false;
    list.classList.add("old");
    choose(-1);
    if (!field.value.trim()) show(false);
  }, true); // before htmx reads the value
  document.addEventListener("htmx:beforeSwap", event => {
    const { detail } = event, isNothing = detail.serverResponse?.includes('class="said none"');
    if (detail.target !== list || !isNothing || list.hidden || !options().length) return;
    detail.shouldSwap = false;
    waiting = setTimeout(() => htmx.swap(list, detail.serverResponse, { swapStyle: "innerHTML" }, { eventInfo: detail }), PATIENCE);
  });
  document.addEventListener("htmx:afterSwap", event => {
    if (event.target !== list) return;
    list.dataset.query = event.detail.requestConfig.parameters.q;
    list.classList.remove("old");
    show(document.activeElement === field && !isClosed && !!field.value.trim());
    live.textContent = $(".said", list).textContent;
  });
  field.addEventListener("compositionend", event => { composedAt = event.timeStamp; });
  field.addEventListener("keydown", event => {
    if (event.isComposing || event.keyCode === 229) return; // the key is the input method's
    if (["Enter", "Escape"].includes(event.key) && event.timeStamp - composedAt < ENDING) { event.preventDefault(); return; } // and so was this one
    const count = list.hidden || !isOfThis() ? 0 : options().length;
    if (event.key === "Escape") {
      if (list.hidden) field.value = "";
      isClosed = true;
      clearTimeout(waiting);
      show(false);
      event.preventDefault();
    }
    if (!count) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      choose((active + (event.key === "ArrowDown" ? 1 : active < 0 ? 0 : -1) + count) % count);
      event.preventDefault();
    }
    if (event.key === "Enter" && active >= 0) { $("a", options()[active]).click(); event.preventDefault(); }
  });
  list.addEventListener("click", event => {
    const answer = event.target.closest(".answer");
    if (answer && getSelection().isCollapsed) $(`[aria-describedby=${answer.id}] a`, list).click();
  });
  document.addEventListener("click", event => { if (!event.target.closest(".find")) show(false); });
}

// ---------- keys: "/" to the search field, arrows along the results, a figure to that one of a few to choose between ----------
const isTyping = () => document.activeElement.matches("textarea, select, input:not([type=checkbox], [type=radio])");
addEventListener("keydown", event => {
  if (event.isComposing || event.keyCode === 229) return; // the key is the input method's
  if (event.key === "/" && field && !isTyping()) { event.preventDefault(); field.focus(); field.select(); }
  const choice = /^[1-9]$/.test(event.key) && !isTyping() && !event.ctrlKey && !event.metaKey && !event.altKey && $$(".choices h2 a, .answers a")[event.key - 1];
  if (choice) { event.preventDefault(); choice.click(); }
  const fromField = document.activeElement === field && list.hidden;
  if (!event.defaultPrevented && ["ArrowDown", "ArrowUp"].includes(event.key) && (!isTyping() || fromField)) {
    const links = $$(".hits h2 a"), at = links.indexOf(document.activeElement);
    const to = links[at + (event.key === "ArrowDown" ? 1 : -1)] || (event.key === "ArrowUp" ? field : null);
    if (links.length && to) { event.preventDefault(); to.focus(); }
  }
});

// ---------- copying: the button says so, and so does the live region ----------
const copied = button => {
  const label = $("span", button), was = label.textContent;
  label.textContent = live.textContent = live.dataset.copied;
  button.classList.add("done");
  setTimeout(() => { label.textContent = was; live.textContent = ""; button.classList.remove("done"); }, 2000);
};
$$("[data-copy]").forEach(button => button.addEventListener("click", async () => {
  const from = button.dataset.copy === "here" ? null : $(button.dataset.copy);
  try { await navigator.clipboard.writeText(from ? from.value ?? from.textContent : button.dataset.words); copied(button); }
  catch { if (from) { getSelection().selectAllChildren(from); from.select?.(); } } // not allowed to copy: leave it selected
}));
$$("[data-print]").forEach(button => button.addEventListener("click", () => print()));

// ---------- call sheet: the address (#c2) says which cause; CSS shows it, this marks the list and moves the focus ----------
const call = $(".call");
if (call) {
  const mark = () => {
    if (call.classList.contains("all")) return;
    const shown = (/^#(c\d+|none)$/.test(location.hash) && $(location.hash)) || $(".cause", call);
    $$(".causes a", call).forEach(link => link.hash === `#${shown.id}` ? link.setAttribute("aria-current", "step") : link.removeAttribute("aria-current"));
  };
  call.addEventListener("click", event => {
    const link = event.target.closest(".next a");
    if (!link) return;
    $(`.causes a[href="#${link.closest(".cause").id}"]`, call).classList.add("tried");
    call.dispatchEvent(new Event("change", { bubbles: true }));
  });
  call.addEventListener("submit", event => { // this is it after all: what was said against it is taken back
    const cause = event.target.matches(".solved") && event.target.closest(".cause");
    if (!cause) return;
    $(`.causes a[href="#${cause.id}"]`, call).classList.remove("tried");
    call.dispatchEvent(new Event("change", { bubbles: true }));
  }, true);
  // keys, as on a telephone: a figure goes to that cause, n says "not this one"
  addEventListener("keydown", event => {
    if (isTyping() || event.ctrlKey || event.metaKey || event.altKey || call.classList.contains("all")) return;
    const shown = $(".cause:target, .none-left:target", call) || $(".cause", call);
    const link = event.key === "y" ? $(".solved button", shown) : event.key === "n" ? $(".next a", shown) : /^[1-9]$/.test(event.key) && $$(".causes a", call)[event.key - 1];
    if (link) { event.preventDefault(); link.click(); }
  });
  addEventListener("hashchange", () => { mark(); $(":is(.cause, .none-left):target h3", call)?.focus({ preventScroll: true }); });
  $("#all")?.addEventListener("change", event => call.classList.toggle("all", event.target.checked));
  mark();
}

// ---------- on a phone the causes are one line that is pushed aside: the one that is shown stays in sight ----------
addEventListener("hashchange", () => $(`.causes [href="${location.hash}"]`)?.scrollIntoView({ block: "nearest", inline: "nearest" }));

// ---------- what a reader says isn't taken: no network, too much to do, or the page is older than the entry ----------
const BUSY = new Set([429, 502, 503, 504]);
const refuse = why => event => {
  if (!event.target.matches("form[method=post]")) return;
  $(".refused", event.target)?.remove();
  event.target.insertAdjacentHTML("beforeend", `<p class="refused" role="alert"></p>`);
  event.target.lastChild.textContent = live.dataset[BUSY.has(event.detail.xhr.status) ? "busy" : why];
};
document.addEventListener("htmx:sendError", refuse("unsent"));
document.addEventListener("htmx:responseError", refuse("untaken"));

// ---------- a term is explained below the sentence it stands in; without this file the link leads to the list of terms ----------
const closeTerm = () => {
  $(".gloss")?.remove();
  const link = $(".term[aria-expanded=true]");
  link?.setAttribute("aria-expanded", "false");
  return link;
};
$$("a.term").forEach(link => {
  const told = $(link.hash + " + dd");
  if (!told) return;
  link.setAttribute("role", "button");
  link.setAttribute("aria-expanded", "false");
  const toggle = event => {
    event.preventDefault();
    if (closeTerm() === link) return;
    const gloss = document.createElement("p");
    gloss.className = "gloss";
    gloss.textContent = live.textContent = told.textContent;
    (link.closest("label, dd, p") || link).after(gloss);
    link.setAttribute("aria-expanded", "true");
  };
  link.addEventListener("click", toggle);
  link.addEventListener("keydown", event => { if (event.key === " ") toggle(event); });
});
addEventListener("keydown", event => { if (event.key === "Escape") closeTerm()?.focus(); });
