// A QR code of a short text, as SVG: bytes, error correction L, the smallest version that holds it (ISO/IEC 18004).
// Drawn here because what is in a hand-over never reaches the server, which draws the codes of its own addresses.
"use strict";

const qrCode = (() => {
  // By version, 1 to 40: codewords of error correction in each block, and blocks.
  const CORRECTION = [7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28, 28, 28, 30, 30, 26, 28, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30];
  const BLOCKS = [1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6, 7, 8, 8, 9, 9, 10, 12, 12, 12, 13, 14, 15, 16, 17, 18, 19, 19, 20, 21, 22, 24, 25];
  const range = count => [...Array(count).keys()];
  const bit = (value, place) => value >>> place & 1;

  // ---------- codewords ----------
  const codewords = version => { // that fit beside the patterns
    const marks = version > 1 ? Math.floor(version / 7) + 2 : 0;
    const modules = (16 * version + 128) * version + 64 - (marks ? (25 * marks - 10) * marks - 55 : 0) - (version > 6 ? 36 : 0);
    return modules >> 3;
  };
  const capacity = version => codewords(version) - CORRECTION[version - 1] * BLOCKS[version - 1];
  const lengthBits = version => version < 10 ? 8 : 16;
  const versionFor = count => range(40).map(place => place + 1).find(version => 4 + lengthBits(version) + 8 * count <= 8 * capacity(version));

  const dataOf = (bytes, version) => {
    const bits = [];
    const put = (value, count) => { for (let place = count - 1; place >= 0; place--) bits.push(bit(value, place)); };
    put(4, 4); // bytes follow
    put(bytes.length, lengthBits(version));
    bytes.forEach(byte => put(byte, 8));
    put(0, Math.min(4, 8 * capacity(version) - bits.length));
    put(0, -bits.length & 7);
    for (let pad = 0; bits.length < 8 * capacity(version); pad ^= 1) put(pad ? 0x11 : 0xEC, 8);
    return range(bits.length / 8).map(at => bits.slice(8 * at, 8 * at + 8).reduce((byte, one) => byte << 1 | one));
  };

  // Reed–Solomon over the field of 256 elements with x⁸ + x⁴ + x³ + x² + 1.
  const times = (a, b) => {
    let product = 0;
    for (let place = 7; place >= 0; place--) product = product << 1 ^ (product >>> 7) * 0x11D ^ bit(b, place) * a;
    return product;
  };
  const divisor = degree => {
    const found = Array(degree).fill(0);
    found[degree - 1] = 1;
    for (let step = 0, root = 1; step < degree; step++, root = times(root, 2))
      for (let at = 0; at < degree; at++) found[at] = times(found[at], root) ^ (found[at + 1] ?? 0);
    return found;
  };
  const remainder = (data, by) => data.reduce((left, byte) => {
    const factor = byte ^ left[0];
    return by.map((one, at) => (left[at + 1] ?? 0) ^ times(one, factor));
  }, by.map(() => 0));

  const interleaved = (data, version) => {
    const blocks = BLOCKS[version - 1], by = divisor(CORRECTION[version - 1]), short = Math.floor(data.length / blocks);
    const longer = blocks - data.length % blocks; // from this block on each holds one more
    const parts = range(blocks).map(at => data.slice(at * short + Math.max(0, at - longer), (at + 1) * short + Math.max(0, at + 1 - longer)));
    const corrections = parts.map(part => remainder(part, by));
    const woven = (lists, most) => range(most).flatMap(at => lists.map(list => list[at]).filter(one => one !== undefined));
    return [...woven(parts, short + 1), ...woven(corrections, by.length)];
  };

  // ---------- modules ----------
  const marksOf = version => {
    if (version === 1) return [];
    const count = Math.floor(version / 7) + 2, step = version === 32 ? 26 : Math.ceil((4 * version + 4) / (2 * count - 2)) * 2;
    return [6, ...range(count - 1).map(at => 4 * version + 10 - step * at).reverse()];
  };

  const modules = text => {
    const bytes = new TextEncoder().encode(text), version = versionFor(bytes.length);
    if (!version) throw new RangeError("more than a QR code holds");
    const size = 4 * version + 17, dark = range(size).map(() => Array(size).fill(null)); // null: for data
    const set = (x, y, is) => { if (dark[y]?.[x] !== undefined) dark[y][x] = !!is; };
    const square = (x, y, reach, isDark) => { for (let dy = -reach; dy <= reach; dy++) for (let dx = -reach; dx <= reach; dx++) set(x + dx, y + dy, isDark(Math.max(Math.abs(dx), Math.abs(dy)))); };

    for (let at = 0; at < size; at++) { set(6, at, at % 2 === 0); set(at, 6, at % 2 === 0); }
    for (const [x, y] of [[3, 3], [size - 4, 3], [3, size - 4]]) square(x, y, 4, far => far !== 2 && far !== 4);
    const marks = marksOf(version), last = marks.length - 1;
    marks.forEach((x, i) => marks.forEach((y, j) => {
      if (!(i === 0 && j === 0 || i === 0 && j === last || i === last && j === 0)) square(x, y, 2, far => far !== 1);
    }));

    let rest = 8; // correction L, mask 0
    for (let step = 0; step < 10; step++) rest = rest << 1 ^ (rest >>> 9) * 0x537;
    const format = (8 << 10 | rest) ^ 0x5412;
    for (let at = 0; at < 15; at++) {
      const first = at < 6 ? at : at < 8 ? at + 1 : size - 15 + at, second = at < 8 ? size - 1 - at : at === 8 ? 7 : 14 - at;
      set(8, first, bit(format, at));
      set(second, 8, bit(format, at));
    }
    set(8, size - 8, true);
    if (version > 6) {
      let rest = version;
      for (let step = 0; step < 12; step++) rest = rest << 1 ^ (rest >>> 11) * 0x1F25;
      for (let at = 0, all = version << 12 | rest; at < 18; at++) {
        set(size - 11 + at % 3, Math.floor(at / 3), bit(all, at));
        set(Math.floor(at / 3), size - 11 + at % 3, bit(all, at));
      }
    }

    const all = interleaved(dataOf(bytes, version), version);
    let next = 0;
    for (let right = size - 1, up = true; right > 0; right -= right === 8 ? 3 : 2, up = !up) { // two columns at a time, past the timing pattern
      if (right === 6) right = 5;
      for (let step = 0; step < size; step++) {
        const y = up ? size - 1 - step : step;
        for (const x of [right, right - 1]) {
          if (dark[y][x] !== null) continue;
          dark[y][x] = !!bit(all[next >> 3] ?? 0, 7 - (next & 7)) !== ((x + y) % 2 === 0);
          next++;
        }
      }
    }
    return dark;
  };

  const svg = (text, label) => {
    const dark = modules(text), edge = 4, size = dark.length + 2 * edge;
    const path = dark.flatMap((row, y) => row.map((is, x) => is ? `M${x + edge} ${y + edge}h1v1h-1z` : "")).join("");
    const drawing = new DOMParser().parseFromString(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" role="img"><path fill="#fff" d="M0 0h${size}v${size}H0z"/><path d="${path}"/></svg>`, "image/svg+xml").documentElement;
    drawing.setAttribute("aria-label", label);
    return drawing;
  };
  return { modules, svg };
})();
