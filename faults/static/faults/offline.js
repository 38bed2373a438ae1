// Reading without a network: starts the worker that keeps pages, in the language of this one, when the page itself has come.
// On the page for what is not kept it leaves of the list what is. Without service workers nothing happens.
if ("serviceWorker" in navigator) {
  const { worker } = document.currentScript.dataset;
  addEventListener("load", async () => {
    try { await navigator.serviceWorker.register(worker); } catch { return; } // no network, or the reader's browser forbids it
    const { active } = await navigator.serviceWorker.ready;
    active.postMessage(document.documentElement.lang);
  });
  for (const link of document.querySelectorAll("[data-kept] a")) caches.match(link.href).then(copy => { if (!copy) link.closest("li").remove(); });
}
