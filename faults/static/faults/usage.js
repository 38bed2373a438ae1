// Tells the desk what became of a search: what was opened from it, that something else was asked right after, what was typed and
// found nothing. It says what, never who. Without this file the search itself is still counted, on the server.
(() => {
  const { opened, repeated, typed } = document.currentScript.dataset;
  const LAST = "search", SOON = 30_000, STANDING = 3_000; // milliseconds
  const field = document.querySelector("#q"), list = document.querySelector("#suggestions"), { search: mark } = document.body.dataset;
  const tell = (address, values) => navigator.sendBeacon(address, new URLSearchParams(values));
  const last = () => JSON.parse(sessionStorage.getItem(LAST) || "{}");
  const remember = search => sessionStorage.setItem(LAST, JSON.stringify(search));

  if (mark) {
    const before = last(), said = field.value;
    if (before.mark && before.said !== said && Date.now() - before.at < SOON) tell(repeated, { mark: before.mark });
    remember({ mark, said, at: Date.now() });
  }

  const open = event => {
    const link = event.target.closest(".hits h2 a, .codehead h1 a, #suggestions a");
    if (!link) return;
    const links = [...document.querySelectorAll(list.contains(link) ? "#suggestions a" : ".codehead h1 a, .hits h2 a")];
    const what = { page: link.pathname + link.hash, rank: links.indexOf(link) + 1 };
    if (list.contains(link)) tell(typed, { q: list.dataset.query, ...what });
    else if (mark) tell(opened, { mark, ...what });
    remember({}); // something was opened: whatever is asked next is another matter
  };
  addEventListener("click", open, true); // before anything that ends the click
  addEventListener("auxclick", open, true);

  let timer;
  document.addEventListener("htmx:afterSwap", event => {
    if (event.target !== list) return;
    clearTimeout(timer);
    const q = field.value;
    if (q.trim().length > 1 && !list.querySelector("[role=option]")) timer = setTimeout(() => { if (field.value === q) tell(typed, { q }); }, STANDING);
  });
  addEventListener("submit", () => clearTimeout(timer), true); // the page of results counts it
})();
