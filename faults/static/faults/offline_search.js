// Searching without a network, on the page for what is not kept: what was typed stands in the address, the titles and wordings are kept.
// Much simpler than the site's search: a whole wording in common, or else pairs of characters. Ten rows, best first.
(async () => {
  const part = document.querySelector("[data-words]"), asked = new URLSearchParams(location.search).get("q")?.trim();
  if (!part || !asked) return;
  const field = document.querySelector("#q");
  if (field) field.value = asked;
  const MOST = 10, LEAST = 0.34; // of the pairs in common; less is chance
  const folded = asked.normalize("NFKC").toLowerCase().replace(/[\s，。？！、“”,.?!]|怎么(办|做|回事)|为什么|是什么/g, "");
  const pairs = text => new Set([...text].slice(1).map((character, at) => [...text][at] + character));
  const said = pairs(folded);
  const fit = word => {
    if (word === folded) return 3;
    if (/\d/.test(word) && folded.includes(word)) return 2; // a code in a sentence
    if (word.length > 1 && (word.includes(folded) || folded.includes(word))) return 1 + Math.min(word.length, folded.length) / Math.max(word.length, folded.length);
    let common = 0;
    const others = pairs(word);
    for (const pair of others) if (said.has(pair)) common++;
    return 2 * common / (said.size + others.size || 1);
  };
  const { words, found, none } = part.dataset;
  let rows;
  try { ({ rows } = await (await caches.match(words) || await fetch(words)).json()); } catch { return; } // not kept yet: the lists below are all there is
  const best = rows.map(row => [Math.max(...row[3].split(" ").map(fit)), ...row]).filter(([score]) => score >= LEAST);
  best.sort((one, other) => other[0] - one[0]);
  part.querySelector("h2").textContent = (best.length ? found : none).replace("{words}", asked);
  part.querySelector("ul").replaceChildren(...best.slice(0, MOST).map(([, address, label, title]) => {
    const row = document.createElement("li"), link = Object.assign(document.createElement("a"), { href: address });
    const isCode = !label.endsWith("号") && !label.endsWith("號");
    link.append(Object.assign(document.createElement("span"), { className: isCode ? "k code" : "k", textContent: label }), Object.assign(document.createElement("span"), { className: "t", textContent: title }));
    row.append(link);
    return row;
  }));
  part.hidden = false;
})();
