// What is known of this call, through every page of the tab: typed or pasted once, in sessionStorage, forgotten by a key or after an hour
// without use. Nothing of it is sent: what leaves this browser is copied or handed over by the agent.
"use strict";

const callSheet = (() => {
  const KEPT = "call", HOUR = 3_600_000, MOST = 60; // milliseconds; searches, and pages
  const BEFORE = "calls", WEEK = 7 * 24 * HOUR, ROWS = 200; // of terminals that called before: which, when, where, what was done
  const bar = $("#sheet"), panel = $("#call-panel"), said = bar.dataset;
  const inputs = $$(".call-fields input", panel), labelOf = input => input.parentElement.firstChild.textContent.trim();
  const WORDS = { // by which blocks and messages, which are Chinese in every language of the page, name a field; beside its label
    terminal: "终端号 终端编号 TID",
    merchant: "商户号 商户编号 商编 MID",
    shop: "店名 商户名称 商户名",
    machine: "机身号 序列号 SN S/N",
    model: "机型 POS型号 机器型号 型号",
    environment: "哪一种机器 联网方式",
    acquirer: "收单机构 收单方",
    card: "哪一种卡 卡种",
    time: "时间 交易时间 日期时间",
    amount: "金额 交易金额",
    last4: "卡号后四位 后四位 尾号",
    trace: "流水号 凭证号 票据号",
    reference: "参考号 检索参考号 系统参考号",
    phone: "电话 手机号 联系电话",
    message: "收到扣款短信没有 有没有扣款短信 持卡人有没有收到扣款短信 顾客有没有收到扣款短信",
    goods: "货交了没有 交货没有",
  };
  const names = new Map(inputs.map(input => [input.name, [...new Set([labelOf(input), ...WORDS[input.name].split(" ")])]]));
  const part = (name, within = bar) => $(`[data-call="${name}"]`, within);
  const path = location.pathname, listeners = [];
  const empty = () => ({ began: Date.now(), used: Date.now(), fields: {}, searches: [], pages: {} });
  const read = (store, key, otherwise) => { try { return JSON.parse(store.getItem(key)) ?? otherwise; } catch { return otherwise; } };

  // What is needed only once something is typed, or handed over, is fetched then: no first visit pays for it.
  const loaded = new Map();
  const load = source => loaded.get(source) || loaded.set(source, new Promise((made, failed) => document.head.append(Object.assign(document.createElement("script"), { src: source, onload: made, onerror: failed })))).get(source);
  const ready = () => Promise.all([load(said.masking), load(said.numbers)]); // coverCards, tellNumbersApart
  const handingOver = () => ready().then(() => load(said.handOver)).then(() => handOver);

  let call = read(sessionStorage, KEPT, null);
  if (!call || Date.now() - call.used > HOUR) call = empty();
  const wasUnderWay = Object.values(call.pages).some(({ tried, done }) => tried.length || done.length); // a line that came with the first tick would move it away
  const isEmpty = () => !Object.keys(call.fields).length && !call.searches.length && !Object.keys(call.pages).length;

  const write = (store, key, value) => { try { store.setItem(key, JSON.stringify(value)); } catch { /* full or forbidden: it lasts as long as the page */ } };
  const save = () => { call.used = Date.now(); write(sessionStorage, KEPT, call); remember(); show(); };
  const onChange = listener => { listeners.push(listener); listener(); };
  const changed = () => { save(); listeners.forEach(listener => listener()); };

  // ---------- the same terminal within seven days, on this computer ----------
  const earlier = () => read(localStorage, BEFORE, []).filter(row => row.at > Date.now() - WEEK);
  const placeOf = ({ code, number }) => code || said.entry.replace("#", number);
  function remember() {
    const pages = Object.values(call.pages), { terminal } = call.fields;
    if (!terminal || !pages.length) return;
    const done = pages.flatMap(page => [...page.done, ...(page.is ? [`${said.is} ${page.is}`] : [])]).slice(-3);
    const row = { began: call.began, terminal, at: Date.now(), where: pages.map(placeOf).slice(-3), done, passed: pages.some(page => page.passed) };
    write(localStorage, BEFORE, [...earlier().filter(other => other.began !== call.began), row].slice(-ROWS));
  }
  const dayOf = at => {
    const day = new Date(at), isToday = day.toDateString() === new Date().toDateString();
    const told = day.toLocaleString(root.lang, { ...(isToday ? {} : { month: "numeric", day: "numeric" }), hour: "2-digit", minute: "2-digit", hour12: false });
    return isToday ? `${said.today} ${told}` : told;
  };
  const rowText = row => `${dayOf(row.at)} ${[row.where.join(" "), ...row.done, ...(row.passed ? [said.passed] : [])].join("，")}`;
  const showBefore = () => {
    const rows = earlier().filter(row => row.terminal === call.fields.terminal && row.began !== call.began);
    $(".call-before", bar).hidden = !rows.length;
    $(".call-before span", bar).textContent = said.before + rows.slice(-3).reverse().map(rowText).join("；");
  };

  // ---------- what happened by itself ----------
  const [, kind, name] = /^\/(f|codes)\/([\w.-]+)\/$/.exec(path) || [];
  const heading = $("main h1")?.textContent.trim().replace(kind === "codes" ? `${name}：` : "", ""); // said once, before it
  const page = () => call.pages[path] ||= { ...(kind === "f" ? { number: name } : { code: name }), title: heading, tried: [], done: [] };
  const isPage = !!kind && !!heading;
  const noteVisit = () => {
    const q = path === said.results && field?.value.trim();
    if (q) call.searches = [...call.searches.filter(text => text !== q), q].slice(-MOST);
    if (isPage && Object.keys(call.pages).length < MOST) page();
    if (q || isPage) save();
  };

  // ---------- as text ----------
  const pageText = entry => [
    `${placeOf(entry)} ${entry.title}`,
    ...[["not", entry.tried], ["is", entry.is ? [entry.is] : []], ["done", entry.done]].filter(([, all]) => all.length).map(([word, all]) => `  ${said[word]}${said.colon}${all.join(said.comma)}`),
  ].join("\n");
  const asText = ({ fields, searches, pages } = call) => [
    ...inputs.filter(input => fields[input.name]).map(input => labelOf(input) + said.colon + fields[input.name]),
    ...(searches.length ? [said.searched + said.colon + searches.join(said.comma)] : []),
    ...Object.values(pages).map(pageText),
  ].join("\n");

  // ---------- the line and the panel ----------
  function show() {
    bar.hidden = false;
    $("#call-line").hidden = isEmpty() || (panel.hidden && !wasUnderWay && !Object.keys(call.fields).length);
    const { shop, merchant, terminal, amount, time, last4 } = call.fields;
    $("#call-line .said").textContent = [shop || merchant, terminal, time, amount, last4].filter(Boolean).join(" · ") || Object.values(call.pages).map(placeOf).join(" · ");
    for (const input of inputs) if (document.activeElement !== input) input.value = call.fields[input.name] || "";
    $(".call-log", panel).replaceChildren(...asText({ ...call, fields: {} }).split("\n").filter(Boolean).map(line => Object.assign(document.createElement("li"), { textContent: line })));
    showBefore();
  }
  let from;
  const open = isOpen => {
    if (isOpen && panel.hidden) from = document.activeElement;
    panel.hidden = !isOpen;
    show();
    $$("[data-call=open]").forEach(button => button.setAttribute("aria-expanded", isOpen));
    if (isOpen) { ready(); loadTables(); $("#call-paste").focus(); }
    else { paste.value = lastText = ""; $(".call-unsure").replaceChildren(); if (from?.isConnected) from.focus(); }
  };
  const problem = text => { const told = $(".call-problem", bar); told.textContent = text; told.hidden = !text; bar.hidden = false; };

  const set = (field_, value) => {
    const kept = coverCards(value).trim().slice(0, 60);
    if (kept) call.fields[field_] = kept; else delete call.fields[field_];
    return kept;
  };
  panel.addEventListener("input", async event => { // covered while it is typed; stored when it is whole
    await ready();
    const covered = coverCards(event.target.value);
    if (/\*/.test(covered) && covered !== event.target.value) event.target.value = covered;
  });
  panel.addEventListener("change", async event => {
    if (!inputs.includes(event.target)) return;
    await ready();
    event.target.value = set(event.target.name, event.target.value);
    changed();
  });

  // ---------- a pasted text: what is certain is filled in, what may be two things is asked ----------
  const paste = $("#call-paste");
  const button = (text, act) => { const made = Object.assign(document.createElement("button"), { type: "button", className: "btn", textContent: text }); made.addEventListener("click", act); return made; };
  const question = ({ text, names: may }) => {
    const asked = document.createElement("p"), end = () => { asked.remove(); (($(".call-unsure button") || inputs[0])).focus(); };
    const choices = may.map(one => button(labelOf(inputs.find(input => input.name === one)), () => { set(one, text); changed(); end(); }));
    asked.append(said.which.replace("#", text), " ", ...choices, button(said.neither, end));
    return asked;
  };
  let lastText;
  const tell = async () => {
    await ready();
    if (!paste.value.trim() || paste.value === lastText) return; // leaving the field is no new text
    lastText = paste.value;
    const { fields, unsure } = tellNumbersApart(paste.value, Object.fromEntries(names), call.fields), count = Object.keys(fields).length;
    Object.entries(fields).forEach(([one, value]) => set(one, value));
    const told = document.createElement("p");
    told.textContent = count || unsure.length ? said.taken.replace("#", count) : said.nothing;
    $(".call-unsure").replaceChildren(told, ...unsure.map(question));
    if (count) changed();
  };
  paste.addEventListener("paste", () => setTimeout(tell));
  paste.addEventListener("change", tell);

  // ---------- whose codes: the tables and kinds of machines, asked for once a page when they are needed ----------
  let tables;
  const loadTables = () => tables ||= fetch(said.tables).then(answer => answer.ok ? answer.json() : Promise.reject(answer.status)).then(given => {
    const fill = (id, all) => $(id).replaceChildren(...all.map(value => Object.assign(document.createElement("option"), { value })));
    fill("#call-acquirers", given.tables.filter(table => table.kind === "acquirer").map(table => table.name));
    fill("#call-environments", given.environments.map(one => one.name));
    const cards = $("#call-cards"), foreign = given.tables.filter(table => table.is_foreign).map(table => table.name);
    foreign.filter(one => !$$("option", cards).some(option => option.value === one)).forEach(value => cards.append(Object.assign(document.createElement("option"), { value })));
    return given;
  }).catch(() => ({ tables: [], environments: [] })); // without a network: nothing to choose from, all else goes on
  const isCalled = (table, text) => [table.name, ...table.words].some(word => word.toLowerCase() === text.toLowerCase());

  // A code that is opened without naming a table opens in the acquirer's, a foreign card's in its network's, if the page has that meaning.
  const openInItsTable = async () => {
    const { acquirer, card } = call.fields;
    if (kind !== "codes" || location.search || !(acquirer || card)) return;
    const { tables: all } = await loadTables();
    const foreign = card ? all.filter(table => table.is_foreign && (isCalled(table, card) || card === $("#call-cards option:nth-child(2)").value)) : [];
    const wanted = [...foreign, ...all.filter(table => acquirer && isCalled(table, acquirer))];
    const link = wanted.map(table => $(`.compare a[href$="?scheme=${table.slug}"]`)).find(Boolean);
    if (link && !link.hasAttribute("aria-current")) location.replace(link.href);
  };
  // The kind of machine is one click away above the results: narrowed down by itself, what holds for all machines would be hidden.
  const offerFilter = async () => {
    const { environment } = call.fields, choices = $$(".filters input[name=environment]");
    if (!environment || !choices.length) return;
    const one = (await loadTables()).environments.find(({ name: called }) => called.normalize("NFKC") === environment.normalize("NFKC"));
    const choice = one && choices.find(input => input.value === one.slug && !input.checked);
    if (!choice) return;
    const link = Object.assign(document.createElement("a"), { className: "btn call-only", textContent: said.only + environment }), query = new URLSearchParams(location.search);
    query.set("environment", one.slug);
    link.href = `?${query}`;
    $("#call-line").append(link);
  };

  // ---------- copying, forgetting ----------
  const copyText = async (text, pressed) => {
    try { await navigator.clipboard.writeText(text); if (pressed) copied(pressed); else live.textContent = live.dataset.copied; }
    catch { open(true); }
  };
  let forgotten;
  const forget = () => {
    if (isEmpty()) return;
    [forgotten, call] = [call, empty()];
    sessionStorage.removeItem(KEPT);
    listeners.forEach(listener => listener());
    if (!panel.hidden) open(false);
    show();
    const undo = $(".call-undo", bar);
    undo.hidden = false;
    $("span", undo).textContent = said.forgotten;
    $("button", undo).focus();
  };
  const undo = () => { call = forgotten; $(".call-undo", bar).hidden = true; changed(); };
  const takeOver = given => { call = { ...empty(), ...given }; save(); };

  const acts = {
    open: () => open(panel.hidden), forget, undo,
    pass: () => handingOver().then(it => it.toggle()),
    copy: () => copyText(asText(), part("copy")),
    "forget-before": () => { write(localStorage, BEFORE, earlier().filter(row => row.terminal !== call.fields.terminal || row.began === call.began)); showBefore(); },
  };
  addEventListener("click", event => acts[event.target.closest("[data-call]")?.dataset.call]?.());
  addEventListener("keydown", event => {
    if (event.isComposing) return;
    if (event.key === "Escape" && !panel.hidden) { event.preventDefault(); open(false); }
    if (!event.altKey || event.ctrlKey || event.metaKey) return;
    const act = { KeyS: !event.shiftKey && acts.open, KeyC: !event.shiftKey && acts.copy, KeyF: event.shiftKey && forget }[event.code];
    if (act) { event.preventDefault(); act(); }
  });
  setInterval(() => { if (Date.now() - call.used > HOUR && !isEmpty()) { forget(); forgotten = null; $(".call-undo", bar).hidden = true; } }, 60_000);

  const receive = () => location.hash.startsWith("#call=") && setTimeout(() => handingOver().then(it => it.receive())); // it uses what this returns
  addEventListener("hashchange", receive);
  receive();

  noteVisit();
  show();
  openInItsTable();
  offerFilter();
  return { ready, load, fields: () => call.fields, names, page, isPage, path, changed, save, onChange, asText, current: () => call, takeOver, copyText, problem, isEmpty };
})();
