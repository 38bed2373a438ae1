// Tells the numbers of a pasted text apart: a terminal has 8 digits, a merchant 15, a trace 6, a reference 12, a telephone 11 that begin
// with 1. What a word before it names is that; what may be two things is not decided here. Card numbers are covered before anything else.
"use strict";

// Numbers that stand by themselves: a merchant's has 15 digits, as many as some cards (American Express's begin with 34 or 37), a card's
// 16 to 19, some perhaps covered already. Groups of four at the most beside one are a part of it.
const WHOLE = /(?<!\d|(?<!\d)\d{1,4}[\s.*·-]{1,3})(?:(?!3[47])\d{15}|\d{16,19}|\*{9,15}\d{4})(?!\d|[\s.*·-]{0,3}\d{1,4}(?![\d:：点月]))/g;
const HELD = "商㊉"; // stands for such a number while others are looked for
const CUT_NUMBER = /(?<=(?<!\d)\d{1,4})\s*[\r\n\u2028]+\s*(?=\d{1,4}(?!\d))/g;

// A line with every card number covered.
const coverLine = line => {
  const held = [], rest = line.replace(WHOLE, number => { held.push(number.length === 15 ? number : coverTyped(number)); return HELD; });
  const covered = maskCards(rest);
  return (covered.includes("*") ? coverTyped(covered) : covered).replaceAll(HELD, () => held.shift()); // typed on, a covered one has five figures
};

// The text with every card number covered. Each line by itself, or three numbers below one another would be taken for one; but groups of
// four, line by line, are one.
const coverCards = text => text.replace(CUT_NUMBER, " ").split("\n").map(coverLine).join("\n");

const tellNumbersApart = (() => {
  const DAY = String.raw`(?:20\d\d[-/.年])?(?:1[0-2]|0?[1-9])[-/.月](?:3[01]|[12]\d|0?[1-9])日?`;
  const CLOCK = String.raw`(?:2[0-3]|[01]?\d)[:：][0-5]\d(?:[:：][0-5]\d)?|(?:2[0-3]|[01]?\d)点(?:半|[0-5]?\d分?)?`;
  const TIME = `(?:(?:今天|昨天|前天|${DAY})\\s*)?(?:上午|下午|早上|中午|晚上)?\\s*(?:${CLOCK})|${DAY}`;
  const AMOUNT = String.raw`[¥￥]?\s*\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|[¥￥]?\s*\d{1,8}(?:\.\d{1,2})?`;
  const NAMED = { // what may stand behind the word that names it
    merchant: "[0-9A-Z]{8,20}", terminal: "[0-9A-Z]{8}", machine: "[0-9A-Z][0-9A-Z-]{5,29}", trace: String.raw`\d{6}`, reference: String.raw`\d{12}`,
    phone: String.raw`[\d-]{7,13}`, last4: String.raw`\*{0,15}\d{4}`, amount: AMOUNT, time: TIME,
  };
  const WORDS = String.raw`[^\s，,。；;、]{1,30}`; // of names, up to the next sign
  const LOOSE = [ // without a word, in this order
    ["time", new RegExp(`(?<![\\d.:-])(?:${TIME})(?![\\d:])`, "g")],
    ["amount", /[¥￥]\s*[\d,]+(?:\.\d{1,2})?|(?<![\d.,])[\d,]+(?:\.\d{1,2})?(?=\s*[元块])|(?<![\d.,])\d{1,8}\.\d{2}(?![\d.])/g],
    ["last4", /(?<!\*[\s-]?)(?:\*[\s-]?){9,15}\d{4}(?!\d)/g],
    ["run", /(?<![0-9A-Za-z.*])(?=[A-Za-z-]*\d)[0-9A-Za-z][0-9A-Za-z-]{3,29}(?![0-9A-Za-z*])/g],
  ];
  const isDate = run => /^20\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$/.test(run);
  const isClock = run => /^(0[6-9]|1\d|2[0-3])[0-5]\d[0-5]\d$/.test(run);

  // What a run without a word may be; nothing for one that tells nothing.
  const meaningsOf = run => {
    if (/[A-Za-z]/.test(run)) return run.length >= 8 ? ["machine"] : [];
    const figures = run.replaceAll("-", "").length;
    if (figures === 4) return ["last4", "amount"];
    if (figures === 6) return isClock(run) ? ["trace", "time"] : ["trace"];
    if (figures === 8) return isDate(run) ? ["terminal", "time"] : ["terminal"];
    if (figures === 11) return /^1[3-9]/.test(run) ? ["phone"] : ["machine"];
    return { 5: ["amount"], 7: ["amount", "phone"], 9: ["machine", "phone"], 10: ["machine", "phone"], 12: ["reference"], 15: ["merchant"] }[figures] || [];
  };
  const clean = (name, value) => name === "last4" ? value.slice(-4) : name === "amount" ? value.replace(/[¥￥,\s]/g, "") : value.trim();

  // `words`: of each field the words that name it. `has`: what is known already. → fields: what is certain; unsure: [{text, names}], where
  // one thing may be several, several the same, or another value is known.
  return (text, words, has = {}) => {
    let left = coverCards(text.normalize("NFKC")); // full-width signs and figures as others
    const found = [];
    const take = (pattern, add) => { left = left.replace(pattern, (...match) => { add(match); return " ㊉ "; }); };
    const escape = word => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    const named = Object.entries(words).flatMap(([name, said]) => said.map(word => [name, word])).sort((a, b) => b[1].length - a[1].length);
    for (const [name, word] of named) {
      const sign = NAMED[name] ? "[:：=]?" : "[:：=]", value = NAMED[name] || WORDS;
      take(new RegExp(`${escape(word)}\\s*(?:是|为)?\\s*${sign}\\s*(${value})(?![0-9A-Z.])`, "gi"), match => found.push({ text: clean(name, match[1]), names: [name] }));
    }
    for (const [name, pattern] of LOOSE) take(pattern, ([run]) => {
      const names = name === "run" ? meaningsOf(run) : [name];
      if (names.length) found.push({ text: clean(name, run), names });
    });
    const different = found.filter((one, at) => found.findIndex(other => other.text === one.text && `${other.names}` === `${one.names}`) === at);
    const fields = {}, unsure = [];
    for (const one of different) {
      const [name] = one.names, rivals = different.filter(other => other.names.length === 1 && other.names[0] === name);
      if (one.names.length > 1 || rivals.length > 1 || (has[name] && has[name] !== one.text)) unsure.push(one);
      else fields[name] = one.text;
    }
    return { fields, unsure: unsure.filter(one => !Object.values(fields).includes(one.text) && !one.names.some(name => has[name] === one.text)) };
  };
})();
