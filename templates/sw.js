{% load static %}// Keeps pages for reading without a network. A copy is shown only when the site can't be reached, or says that it has nothing to
// answer with; each copy says that it is one.
// What staff see never gets in: pages are fetched for keeping, without cookies; an answer to a reader is never stored.
const LIST = "{% url 'offline_list' %}", MISSING = "{% url 'offline' %}";
const FILES = "{% get_static_prefix %}", UNTOUCHED = ["{% url 'admin:index' %}", "{% url 'set_language' %}"];
const KEPT = "kept", STAMP = "X-Stamp";
const PATIENCE = 15_000; // milliseconds without any answer, after which a line counts as dead; a slow answer is waited for if nothing is kept
const AWAY = new Set([502, 503, 504]); // the database gives no answer, or the proxy stands alone
const LANES = 2; // pages fetched at a time, so that what the reader asks for gets through
const OPENING = /<main[^>]*>\s*<div class="wrap">/; // the banner stands behind it

addEventListener("install", () => skipWaiting());
addEventListener("activate", event => event.waitUntil(clients.claim()));

// ---------- reading ----------
const addressOf = url => { const { pathname, search } = new URL(url); return pathname + search; };

const copyOf = async url => {
  const cache = await caches.open(KEPT), copy = await cache.match(url);
  if (copy) return copy;
  const list = await cache.match(LIST), other = list && (await list.json()).same[addressOf(url)];
  return other && cache.match(other);
};

const silence = () => new Promise((_, reject) => setTimeout(reject, PATIENCE));

const answer = async (request, isPage) => {
  const copy = await copyOf(request.url);
  try {
    const given = await (copy ? Promise.race([fetch(request), silence()]) : fetch(request));
    return copy && AWAY.has(given.status) ? copy : given;
  } catch (error) {
    const shown = copy || (isPage && await copyOf(new URL(MISSING, location)));
    if (shown) return shown;
    throw error;
  }
};

addEventListener("fetch", event => {
  const { request } = event, { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin || UNTOUCHED.some(start => pathname.startsWith(start))) return;
  const isPage = request.mode === "navigate";
  if (isPage || pathname.startsWith(FILES)) event.respondWith(answer(request, isPage));
});

// ---------- keeping ----------
const stampsIn = async cache => new Map((await cache.keys()).map(request => [addressOf(request.url), request.headers.get(STAMP)]));

const marked = async (page, { copy, again }) => {
  const time = new Date().toLocaleString("sv").slice(0, 16); // Swedes write 2026-11-22 18:05
  return (await page.text()).replace(OPENING, `$&<p class="offline" role="status">${copy.replace("{time}", time)} <a href="">${again}</a></p>`);
};

const put = async (cache, address, stamp, page, banner) => {
  const headers = new Headers(page.headers), isPage = headers.get("Content-Type").startsWith("text/html");
  for (const name of ["Vary", "Content-Encoding", "Content-Length"]) headers.delete(name); // true of the answer, not of the copy
  const copy = new Response(isPage ? await marked(page, banner) : await page.blob(), { headers });
  await cache.put(new Request(address, { headers: { [STAMP]: stamp } }), copy);
};

const keep = async language => {
  const ask = address => fetch(address, { headers: { "Accept-Language": language }, credentials: "omit", cache: "no-cache", priority: "low" });
  const list = await (await ask(LIST)).json(), { pages, banner } = list;
  const cache = await caches.open(KEPT), stamps = await stampsIn(cache);
  for (const address of stamps.keys()) if (address !== LIST && !(address in pages)) await cache.delete(address);
  const changed = Object.keys(pages).filter(address => stamps.get(address) !== pages[address]);
  const lane = async () => {
    for (let address; (address = changed.shift());) {
      const page = await ask(address);
      if (page.status === 429 || page.status === 503) changed.length = 0; // too much to do there: the next visit goes on
      if (page.ok && !page.redirected) await put(cache, address, pages[address], page, banner);
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  await cache.put(LIST, new Response(JSON.stringify(list)));
};

let keeping; // one at a time; where a line breaks, the next visit goes on
addEventListener("message", event => {
  keeping ||= keep(event.data).catch(() => {}).finally(() => { keeping = null; });
  event.waitUntil(keeping);
});
