// Card numbers, as posdesk/masking.py finds them: what is covered when it arrives is covered before it is kept. Same names, same rules;
// tests/browser/test_masking_twin.py holds the two together.
"use strict";

const maskCards = (() => {
  const MIN_DIGITS = 13, VISIBLE = 4, LONGEST_NUMBER = 19;
  const HAN = /[〇〡-〩㐅㒃㠪㭍一七三九二五亖仨伍兩八六叁参參叄四壱壹幺廾弌弍弎弐捌柒漆玖肆貮貳贰陆陸零\p{Nl}]/u;
  const TENS = /[ⅩⅪⅫⅬ-Ⅿⅹ-ⅿↀ-ↂↆ-ↈ〸-〺㈩㉈-㉏㊉⓫-⓴⓾❿➉➓]/u, FRACTION = /^[0-9]+⁄[0-9]+$|^[0-9]{2}/;
  const ZEROS_ONES = /[OoＯｏОоΟοՕօ○◯⚪⭕lIＩｌІӀӏΙı丨]/u, BARS = /[|｜¦∣ǀ]/u, SPOKEN = /[洞两拐勾]/u;
  const BETWEEN = /[.．｡·・･•‧∙⋅․‥…*＊−ー\u115f\u1160\u3164\uffa0\u2800\p{Z}\p{M}\p{C}\p{Pd}\p{Pc}]/u;
  const SIGNS = "空一?格|空|[横中短]?杠|[横竖斜]线|反?斜杠|连字符|减号|下划线|点|逗号|顿号|句号|星号|换行|回车"
    + "|(?<![A-Za-z])(?:nbsp|space|tab|enter|newline|dash|hyphen|minus|dot|point|period|comma|slash|underscore)(?![A-Za-z])";
  const LEADING_ON = "第[一二三四五1-5]?[段组排]|[前后中末]?四位|后四位|然后|接着|再来?|中间|最后|后面|末尾|尾号|和|跟|与|是"
    + "|(?<![A-Za-z])(?:and|then|next)(?![A-Za-z])|(?<=[0-9]{4})x(?=[0-9]{4})|(?<=[0-9]{4} )x(?= [0-9]{4})";
  const WORDS = new RegExp(`(?<s>${SIGNS})|(?<w>${LEADING_ON})`, "giu");
  const LETTERS = [
    /(?<=[dn])o+(?![ao])|(?<![ao])o+(?=[dn])|(?<=[dn])(?:[-*,]+o{1,4}(?![ao]))+(?=[-*,]+[dn])/g,
    /(?<=[dn]{3})b(?=[-*]*[dn])|(?<=[dn])b(?=[dn]{3})|(?<=[dn]-)b(?=[dn]{3})/g,
  ];
  const PARTING = /(?<=(?:^|[^dn])[dn]{4})b(?=[dn]{4}(?![dn]))/g;
  const SIGN = /(?<=[dn]{3})[-*,]*s[-*,s]*(?=[dn]{3})/g;
  const REST = { o: "x", a: "x", b: ",", s: "x" };
  const GROUP = "[dn](?:[-*]*[dn]){2,}", ONE = "[dn](?![-*]*[dn])", COMMA = "[-*]*,[-*,]*";
  const ANY = /[dn](?:[-*,]*[dn])*/g;
  const RULES = [
    /[dn](?:[-*]*[dn])*/g,
    new RegExp(`${GROUP}(?:${COMMA}${GROUP})*`, "g"),
    new RegExp(`(?:^|[xw,])[-*]*${ONE}(?:${COMMA}${ONE})*`, "g"),
    new RegExp(`${GROUP}(?:[-*,w]+${GROUP}){2,}`, "g"),
  ];
  const DAY = "(?:19|20)[0-9]{2}[-/.](?:1[0-2]|0?[1-9])[-/.](?:[12][0-9]|3[01]|0?[1-9])";
  const OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
  const KNOWN = `(?:${DAY}(?: [0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9])?)?|${OCTET}(?:\\.${OCTET}){3}(?::[0-9]{2,5})?)`;
  const OTHER = "[^\\p{L}\\p{N}_]";
  const NO_NUMBER = new RegExp(`^${KNOWN}(?:(?=${OTHER}*[^\\p{L}\\p{N}_.])${OTHER}+${KNOWN})*$`, "u");

  function kindOf(character) {
    if (ZEROS_ONES.test(character)) return "o";
    if (BARS.test(character)) return "b";
    if (/\p{Nd}/u.test(character)) return "d";
    if (TENS.test(character)) return "x";
    if (/\p{No}/u.test(character)) return character !== "↉" && FRACTION.test(character.normalize("NFKC").replace(/[()]/g, "")) ? "x" : "d";
    if (HAN.test(character) || SPOKEN.test(character)) return "n";
    if (BETWEEN.test(character)) return "-";
    if (/[\p{Lu}\p{Ll}]/u.test(character)) return "a";
    return /[\p{P}\p{S}]/u.test(character) ? "," : "x";
  }

  // One kind a code point: a character outside the first plane counts once, as in Python.
  function kindsOf(text) {
    const marked = text.replace(WORDS, (word, ...rest) => (rest.at(-1).s ? "\u0001" : "\u0002").repeat(word.length));
    let kinds = "", place = 0;
    const at = [...marked];
    for (const character of [...text]) {
      kinds += { "\u0001": "s", "\u0002": "w" }[at[place] !== character && at[place]] ?? kindOf(character);
      place += 1;
    }
    kinds = kinds.replace(PARTING, ",");
    for (const letters of LETTERS) kinds = kinds.replace(letters, (run) => run.replace(/[ob]/g, "d"));
    return kinds.replace(SIGN, (run) => "-".repeat(run.length)).replace(/[oabs]/g, (kind) => REST[kind]);
  }

  function isDottedNumber(parts) {
    const digits = parts.join("");
    const isEven = new Set(parts.map((part) => part.length)).size === 1 && parts[0].length <= 2;
    const sum = [...[...digits].reverse().map((digit, place) => digit * (1 + (place % 2))).join("")].reduce((all, digit) => all + +digit, 0);
    return isEven && digits.length >= MIN_DIGITS && digits.length <= LONGEST_NUMBER && /^[234569]/.test(digits) && sum % 10 === 0;
  }

  const isKnown = (run) => NO_NUMBER.test(run) && !isDottedNumber(run.split(/[^\p{L}\p{N}_]+/u));

  function cover(run) {
    const places = [...run].flatMap((kind, place) => (kind === "d" || kind === "n" ? [place] : []));
    if (places.length < MIN_DIGITS) return run;
    const figure = /^n?(d{13,})n?$/.exec(places.map((place) => run[place]).join(""));
    const first = figure && places.length !== figure[1].length && run[places[0]] === "n" ? 1 : 0;
    const number = figure ? places.slice(first, first + figure[1].length) : places;
    const hidden = new Set(number.slice(0, number.length - VISIBLE));
    return [...run].map((kind, place) => (hidden.has(place) ? "*" : kind)).join("");
  }

  // The text with every card number in it covered but for its last four digits.
  return (text) => {
    const characters = [...text];
    let kinds = kindsOf(text).replace(ANY, (run, at) => (isKnown(characters.slice(at, at + run.length).join("")) ? "x".repeat(run.length) : run));
    for (const rule of RULES) kinds = kinds.replace(rule, cover);
    return characters.map((character, place) => (kinds[place] === "*" ? "*" : character)).join("");
  };
})();
