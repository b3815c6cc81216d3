// What the page holds, and how anything is shown: text from articles only ever becomes a text node.

const SVG = "http://www.w3.org/2000/svg";
const $ = (id) => document.getElementById(id);

/** Make an element; `options` are properties, `class`, `on...` listeners and attributes; children are text or nodes. */
function el(name, options = {}, ...children) {
  return furnish(document.createElement(name), options, children);
}

/** Make an SVG element in the same way. */
function svg(name, options = {}, ...children) {
  return furnish(document.createElementNS(SVG, name), options, children);
}

function furnish(node, options, children) {
  for (const [key, value] of Object.entries(options)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (key === "class") node.setAttribute("class", value);
    else if (key === "vars") for (const [name, set] of Object.entries(value)) node.style.setProperty(name, set);
    else node.setAttribute(key, value === true ? "" : value);
  }
  for (const child of children.flat()) {
    if (child === null || child === undefined) continue;
    node.append(typeof child === "object" ? child : document.createTextNode(String(child)));
  }
  return node;
}

// Signs that could hide, turn round or forge a text are shown by their number. Joiners that Bengali needs stay.
const HIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u115f\u180e\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu;

const named = (sign) => `U+${sign.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}`;

/** The text as one string in which nothing is hidden. */
function plain(text) {
  return text === null || text === undefined ? "" : String(text).replace(HIDDEN, (sign) => `\u27e8${named(sign)}\u27e9`);
}

/** The text as nodes, hidden signs in boxes. */
function shown(text) {
  const nodes = [];
  let last = 0;
  for (const match of text.matchAll(HIDDEN)) {
    if (match.index > last) nodes.push(document.createTextNode(text.slice(last, match.index)));
    nodes.push(el("span", { class: "control" }, named(match[0])));
    last = match.index + match[0].length;
  }
  if (last < text.length) nodes.push(document.createTextNode(text.slice(last)));
  return nodes;
}

/** Text of an article or a name, kept apart from the direction of writing around it. */
function quoted(text, language) {
  return el("bdi", { lang: language || null }, plain(text));
}

async function unpack(id) {
  const packed = Uint8Array.from(atob($(id).textContent), (sign) => sign.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
}

let DATA = null; // what contents.py made
let EVENTS = []; // one object per event, made of the columns
const TEXTS = new Map(); // number of the article -> its passages and marks

/** Turn columns into objects. */
function records(columns) {
  const names = Object.keys(columns);
  const count = names.length ? columns[names[0]].length : 0;
  return Array.from({ length: count }, (_, index) => {
    const record = { index };
    for (const name of names) record[name] = columns[name][index];
    return record;
  });
}

async function loadContents() {
  DATA = await unpack("contents");
  EVENTS = records(DATA.events);
  for (const event of EVENTS) {
    event.first = year(event.date_start, false);
    event.last = year(event.date_end, true);
    if (event.first === null) event.first = event.last;
    if (event.last === null) event.last = event.first;
    event.told = null; // the row of the timeline that merges it with others
  }
  DATA.articles = records(DATA.articles);
  DATA.treaties = records(DATA.treaties);
  DATA.rejects = records(DATA.rejects);
  DATA.timeline = records(DATA.timeline);
  for (const row of DATA.timeline) for (const number of row.events) EVENTS[number].told = row;
}

/** Unpack the texts piece by piece, so that the page stays awake. */
async function loadTexts() {
  for (let number = 0; $(`texts-${number}`); number += 1) {
    for (const [article, text] of Object.entries(await unpack(`texts-${number}`))) TEXTS.set(Number(article), text);
    $(`texts-${number}`).remove();
    await new Promise((resolve) => setTimeout(resolve));
  }
}

/** Read an ISO 8601 day, month or year as a number: 1991.5 is the middle of 1991. Null for what is no date. */
function year(text, end) {
  const found = /^([+-]?\d{1,6})(?:-(\d\d))?(?:-(\d\d))?$/.exec((text || "").trim());
  if (!found) return null;
  const [, whole, month, day] = found;
  if (month === undefined) return Number(whole) + (end ? 1 : 0);
  const months = Number(month) - 1;
  if (months > 11) return null;
  const days = day === undefined ? (end ? 30.4 : 0) : Number(day) - 1 + (end ? 1 : 0);
  return Number(whole) + (months + Math.min(days, 30.4) / 30.4375) / 12;
}

/** Write such a number as a date, as exact as `span` (years shown) asks for. */
function written(time, span) {
  const whole = Math.floor(time + 1e-9);
  if (span > 12) return String(whole);
  const months = (time + 1e-9 - whole) * 12;
  const month = String(Math.floor(months) + 1).padStart(2, "0");
  if (span > 0.5) return `${whole}-${month}`;
  return `${whole}-${month}-${String(Math.floor((months % 1) * 30.4375) + 1).padStart(2, "0")}`;
}

const stateName = (code) => DATA.states[code] || code;

/** The sides of an event in a few letters: from whom to whom, or between whom. */
function sides(event) {
  if (event.source.length && event.target.length) return `${event.source.join(" ")} → ${event.target.join(" ")}`;
  return [...event.participants, ...event.organisations].join(" – ") || event.actors.join(", ");
}

/** Piece of an article by code points, as far as it is at hand. */
function pieceOf(article, start, end) {
  const text = TEXTS.get(article);
  const found = text && text.passages.find(([begin, piece]) => begin <= start && start < begin + piece.length);
  if (!found) return "";
  const [begin, piece] = found;
  if (!/[\ud800-\udfff]/.test(piece)) return piece.slice(start - begin, end - begin);
  return Array.from(piece).slice(start - begin, end - begin).join("");
}

/** The sentence of an event. */
const evidence = (event) => pieceOf(event.article, event.sentence_start, event.sentence_end);

/** Count values; returns pairs of value and count, the most frequent first. */
function counted(values) {
  const counts = new Map();
  for (const value of values) counts.set(value, (counts.get(value) || 0) + 1);
  return [...counts].sort((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1));
}
