// The call handed to a colleague: one link holds the sheet and the place in the entry, in the part of the address that no browser sends
// (docs/adr/0022). Who opens it sees what it holds and decides; all of it is text, bounded in size, and covered once more.
"use strict";

const handOver = (() => {
  const MARK = "#call=", LINK = 6_000, UNPACKED = 60_000, TEXT = 300, MANY = 60, IN_A_CODE = 1_800; // characters; pages and steps; what a QR code holds legibly
  const bar = $("#sheet"), pass = $(".call-pass", bar), offer = $(".call-offer", bar);
  const bytes = text => new TextEncoder().encode(text);
  const through = (stream, given) => new Blob([given]).stream().pipeThrough(stream);

  // ---------- out ----------
  const packed = async value => {
    const small = new Uint8Array(await new Response(through(new CompressionStream("deflate-raw"), bytes(JSON.stringify(value)))).arrayBuffer());
    return btoa(String.fromCharCode(...small)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  };
  const linkOf = async () => {
    const { fields, searches, pages, began } = callSheet.current();
    return location.origin + callSheet.path + location.search + MARK + await packed({ at: /^#(c\d+|none)$/.test(location.hash) ? location.hash : "", began, fields, searches, pages });
  };
  const draw = text => $(".call-qr", pass).replaceChildren(qrCode.svg(text, $("label", pass).firstChild.textContent));
  const drawn = link => new Promise((made, failed) => {
    if (link.length > IN_A_CODE) return failed(new Error("long"));
    callSheet.load(bar.dataset.qr).then(() => made(draw(link)), failed);
  });
  const close = () => { pass.hidden = true; $("#call-link").value = ""; $(".call-qr", pass).replaceChildren(); };
  callSheet.onChange(close); // a link of what the call was, or of a call that is forgotten
  const toggle = async () => {
    if (!pass.hidden) return close();
    const link = await linkOf();
    pass.hidden = false;
    $("#call-link").value = link;
    $("#call-link").select();
    pass.scrollIntoView({ block: "nearest" });
    await drawn(link).catch(() => { $(".call-qr", pass).textContent = bar.dataset.long; });
  };
  addEventListener("click", event => {
    const button = event.target.closest("[data-call]"), what = button?.dataset.call;
    if (what === "copy-link") callSheet.copyText($("#call-link").value, button);
    if (what === "take") take();
    if (what === "refuse") offer.hidden = true;
  });
  addEventListener("keydown", event => { if (event.key === "Escape" && !pass.hidden) { close(); $("[data-call=pass]", bar).focus(); } });

  // ---------- in ----------
  const unpacked = async text => {
    if (text.length > LINK || !/^[\w-]+$/.test(text)) throw new Error("no link of ours");
    const given = Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), sign => sign.charCodeAt(0));
    const reader = through(new DecompressionStream("deflate-raw"), given).getReader(), pieces = [];
    for (let piece, size = 0; !(piece = await reader.read()).done; pieces.push(piece.value))
      if ((size += piece.value.length) > UNPACKED) throw new Error("more than a call holds");
    return JSON.parse(await new Blob(pieces).text());
  };
  const text = (value, most = TEXT) => coverCards(String(value ?? "")).slice(0, most);
  const texts = all => Array.isArray(all) ? all.slice(0, MANY).map(one => text(one)) : [];
  const pagesOf = given => Object.fromEntries(Object.entries(given).filter(([path]) => /^\/(f|codes)\/[\w.-]{1,40}\/$/.test(path)).slice(0, MANY).map(([path, page]) => [path, {
    ...(path.startsWith("/f/") ? { number: text(page.number, 6) } : { code: text(page.code, 40) }), title: text(page.title),
    tried: texts(page.tried), done: texts(page.done), ...(page.is ? { is: text(page.is) } : {}), passed: !!page.passed,
    ...(page.block ? { block: text(page.block, 4_000), filled: fieldsOf(page.filled || {}) } : {}),
  }]));
  const fieldsOf = given => Object.fromEntries([...callSheet.names.keys()].filter(name => given[name]).map(name => [name, text(given[name], 60)]));
  const checked = given => ({ at: /^#(c\d+|none)$/.test(given.at) ? given.at : "", call: {
    began: Number(given.began) || Date.now(), fields: fieldsOf(given.fields), searches: texts(given.searches), pages: pagesOf(given.pages) } });

  let came;
  const take = () => {
    callSheet.takeOver(came.call);
    history.replaceState(null, "", location.pathname + location.search + came.at);
    location.reload(); // as if it had been found here
  };
  const receive = async () => {
    if (!location.hash.startsWith(MARK)) return;
    const link = location.hash.slice(MARK.length);
    history.replaceState(null, "", location.pathname + location.search); // not to be copied, bookmarked or reported along with the page
    try {
      came = checked(await unpacked(link));
      $("pre", offer).textContent = callSheet.asText(came.call);
      offer.hidden = false;
      offer.focus();
    } catch { callSheet.problem(bar.dataset.broken); }
  };
  return { toggle, receive };
})();
