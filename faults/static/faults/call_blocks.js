// The blocks for the acquirer and the text for the merchant are filled from the call sheet where their words name what it knows; ticked
// steps and causes ruled out go into the line of what was done. What somebody wrote there by hand stays, through ticks, reload and Back.
"use strict";

(() => {
  const block = $("#esc"), reply = $("#reply"), written = reply?.textContent, asSent = block?.value;
  const SPACE = "[ \\t]*", OTHERS = /退款|退货|原(?=交易|单|预授权)|几笔|两笔|结算|到账|预授权/; // a line that speaks of another payment than the call's
  const OF_PAYMENT = new Set(["time", "amount", "last4", "trace", "reference"]);
  const LEAD = "(?<=^|[、，,。：:；;\\s（(]|备好|请您?报|把|交易|一笔的|上一笔)", END = "(?=$|[、，,。；;\\n]|发|报|和)";
  const escape = word => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

  // The text with a field's value behind its name: “终端号：” takes it there, “备好终端号、时间” in brackets. `before`: the value that stands there already.
  const fillLine = (line, words, value, before) => words.reduce((text, word) => {
    const name = LEAD + escape(word);
    if (before) return text.replace(new RegExp(`(${name})(?:（${escape(before)}）|([：:]${SPACE})${escape(before)})(?=$|[\\s、，。；])`, "gm"), (_, called, colon) => value ? (colon ? called + colon + value : `${called}（${value}）`) : called + (colon || ""));
    return value ? text.replace(new RegExp(`(${name})(?:(：|: ?)(?=$|[ \\t])|(?!\\s*[：:])${END})`, "gmi"), (_, called, colon) => colon ? called + colon + value : `${called}（${value}）`) : text;
  }, line);
  const fill = (text, name, value, before) => text.split("\n").map(line => OF_PAYMENT.has(name) && OTHERS.test(line) ? line : fillLine(line, callSheet.names.get(name), value, before)).join("\n");
  const fillAll = text => Object.entries(callSheet.fields()).reduce((filled, [name, value]) => fill(filled, name, value), text);

  callSheet.onChange(() => { if (reply) reply.textContent = fillAll(written); });
  if (!block) return;

  // ---------- the block, as it was left ----------
  const { done, ruledOut } = block.dataset, boxes = $$(".steps input"), causes = $$(".causes a");
  const wordOf = text => text.trim().replace(/[。；]$/, "").replaceAll("；", "，"); // "；" stands between two
  const stepOf = box => wordOf(box.nextElementSibling.textContent), causeOf = link => $(".t", link).textContent;
  const state = () => callSheet.isPage ? callSheet.page() : {};
  const keep = () => { if (callSheet.isPage) { state().block = block.value; callSheet.save(); } };
  const restore = () => {
    const { block: left, done: ticked = [], tried = [] } = state();
    block.value = left ?? asSent;
    boxes.forEach(box => { box.checked = ticked.includes(stepOf(box)); });
    causes.forEach(link => link.classList.toggle("tried", tried.includes(causeOf(link))));
  };
  // Of each field only what changed is written: what was taken out by hand isn't put back.
  const refill = () => {
    const page = state(), known = callSheet.fields(), filled = page.filled || {};
    for (const name of callSheet.names.keys())
      if (known[name] !== filled[name]) block.value = fill(block.value, name, known[name], filled[name]);
    if (callSheet.isPage && (page.block !== undefined || Object.keys(known).length)) { page.filled = { ...known }; page.block = block.value; callSheet.save(); }
  };
  let shownFor;
  callSheet.onChange(() => {
    if (shownFor !== callSheet.current()) { shownFor = callSheet.current(); restore(); } // another call: begun, forgotten or brought back
    refill();
  });
  block.addEventListener("input", async () => {
    await callSheet.ready();
    const covered = coverCards(block.value);
    if (covered.includes("*") && covered !== block.value) block.value = covered;
    keep();
  });
  addEventListener("click", event => {
    if (!event.target.closest("[data-copy='#esc']") || !callSheet.isPage) return;
    state().passed = true;
    callSheet.save();
  });

  // ---------- of the line of what was done only what was ticked or taken back changes: the rest is as the agent has written it ----------
  if (!done) return;
  const things = () => [
    ...boxes.map(box => [stepOf(box), box.checked]),
    ...causes.map(link => [ruledOut + causeOf(link), link.classList.contains("tried")]),
  ];
  addEventListener("change", event => {
    if (!event.target.closest(".steps, .call")) return;
    const is = things().filter(([, isDone]) => isDone).map(([text]) => text);
    const isNot = things().map(([text]) => text).filter(text => !is.includes(text));
    const lines = block.value.split("\n");
    const at = lines.findLastIndex(line => line.includes(done));
    const place = at < 0 ? lines.push(done) - 1 : at, start = lines[place].lastIndexOf(done) + done.length;
    const told = lines[place].slice(start).split("；").filter(text => text && !isNot.includes(text));
    lines[place] = lines[place].slice(0, start) + [...told, ...is.filter(text => !told.includes(text))].join("；");
    block.value = lines.join("\n");
    if (callSheet.isPage) Object.assign(state(), { done: boxes.filter(box => box.checked).map(stepOf), tried: causes.filter(link => link.classList.contains("tried")).map(causeOf) });
    keep();
  });
  addEventListener("submit", event => { // this is it: for the sheet too
    const cause = event.target.matches(".solved") && event.target.closest(".cause");
    if (cause && callSheet.isPage) { state().is = $("h3 span:last-child", cause).textContent; keep(); }
  }, true);

  // ---------- after the last cause: the block is what comes next ----------
  const choose = () => {
    const isLast = location.hash === "#none";
    block.classList.toggle("chosen", isLast);
    if (isLast && matchMedia("(min-width: 64.01rem)").matches) block.scrollIntoView({ block: "nearest" });
  };
  addEventListener("hashchange", choose);
  choose();
})();
