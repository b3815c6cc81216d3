// Events over time, one row per type, language or state; a bar for what falls together, a band for what is only
// known to lie between two days.

const timeline = { from: 0, until: 1, rows: "type", most: 32 };
const STEPS = [1 / 365.25, 7 / 365.25, 1 / 12, 1 / 4, 1, 2, 5, 10, 20, 50, 100, 200, 500];

function languageColours() {
  return new Map(counted(EVENTS.map((event) => event.language)).map(([language]) => language).sort().map((language, place) => [language, `var(--l${place % 6})`]));
}

function lanesOf(event) {
  if (timeline.rows === "state") return event.participants;
  return [event[timeline.rows]];
}

/** Put the dated events of the time shown into bars and bands by row. */
function lanes(events) {
  const width = $("timeline-chart").clientWidth || 900;
  const span = timeline.until - timeline.from;
  const step = STEPS.find((each) => span / each <= width / 9) || 1000;
  const rows = new Map();
  for (const event of events) {
    if (event.first === null || event.last < timeline.from || event.first > timeline.until) continue;
    const band = event.last - event.first > Math.max(step * 1.5, 1 / 300);
    const bin = Math.floor((event.first + event.last) / 2 / step + 1e-9);
    const key = band ? `${event.first}:${event.last}` : `${bin}`;
    for (const lane of lanesOf(event)) {
      if (!rows.has(lane)) rows.set(lane, { bars: new Map(), total: 0 });
      const row = rows.get(lane);
      row.total += 1;
      if (!row.bars.has(key)) {
        const [from, until] = band ? [event.first, event.last] : [bin * step, (bin + 1) * step];
        row.bars.set(key, { lane, band, from, until, events: [] });
      }
      row.bars.get(key).events.push(event);
    }
  }
  const sorted = [...rows].sort((one, other) => other[1].total - one[1].total || (one[0] < other[0] ? -1 : 1));
  return { rows: sorted.slice(0, timeline.most), more: sorted.length - timeline.most, step };
}

function drawTimeline(events) {
  const host = $("timeline-chart");
  const width = host.clientWidth || 900;
  const narrow = width < 560;
  const left = narrow ? 4 : 158;
  const high = narrow ? 38 : 26;
  const { rows, more, step } = lanes(events);
  const height = rows.length * high + 26;
  const span = timeline.until - timeline.from;
  const x = (time) => left + ((time - timeline.from) / span) * (width - left - 8);
  const chart = svg("svg", { viewBox: `0 0 ${width} ${height}`, height, role: "group", tabindex: 0,
    "aria-label": "Events over time. Plus and minus zoom, square brackets move, arrow keys go from bar to bar, Enter filters." });
  chart.append(...axis(x, height, span));
  const clip = svg("clipPath", { id: "timeline-clip" }, svg("rect", { x: left, y: 0, width: Math.max(0, width - left - 4), height }));
  const marks = svg("g", { "clip-path": "url(#timeline-clip)" });
  rows.forEach(([lane, row], place) => drawLane(chart, marks, lane, row, { x, top: place * high, high, narrow, left }));
  chart.append(clip, marks);
  brush(chart, left, width - 8);
  host.replaceChildren(chart);
  const undated = events.filter((event) => event.first === null).length;
  const notes = [`bars of ${stepName(step)}`];
  if (undated) notes.push(`${undated} events without a date are not in the chart`);
  if (more > 0) notes.push(`${more} rows more are left out`);
  if (!rows.length) notes.push("nothing to show in this time");
  $("timeline-note").textContent = notes.join("; ");
}

const stepName = (step) => step >= 1 ? `${step} year${step > 1 ? "s" : ""}` : step > 0.2 ? "three months" : step > 0.05 ? "a month" : step > 0.01 ? "a week" : "a day";

function axis(x, height, span) {
  const step = STEPS.find((each) => span / each <= 9) || 1000;
  const ticks = [];
  for (let time = Math.ceil(timeline.from / step) * step; time <= timeline.until; time += step) {
    ticks.push(svg("line", { class: "grid", x1: x(time), x2: x(time), y1: 0, y2: height - 20 }));
    ticks.push(svg("text", { class: "quiet", x: x(time), y: height - 5, "text-anchor": "middle" }, written(time, step < 1 ? step * 6 : 99)));
  }
  return ticks;
}

function drawLane(chart, marks, lane, row, { x, top, high, narrow, left }) {
  const name = timeline.rows === "state" ? stateName(lane) : lane;
  const label = name.length > 22 ? `${name.slice(0, 21)}…` : name;
  const choose = () => chooseLane(lane);
  chart.append(svg("text", { class: "lane", x: narrow ? 6 : left - 6, y: top + (narrow ? 12 : high - 8), "text-anchor": narrow ? "start" : "end", tabindex: 0, role: "button",
    "aria-label": `${name}: ${row.total} events, filter`, onclick: choose, onkeydown: onEnter(choose) }, `${plain(label)} ${row.total}`));
  chart.append(svg("line", { class: "grid", x1: left, x2: "100%", y1: top + high - 1, y2: top + high - 1 }));
  const most = Math.max(...[...row.bars.values()].map((bar) => bar.events.length));
  const room = narrow ? high - 16 : high - 5;
  const bars = [...row.bars.values()].sort((one, other) => Number(one.band) - Number(other.band) || one.from - other.from);
  for (const bar of bars) {
    let base = top + high - 2;
    const wide = Math.max(2.5, x(bar.until) - x(bar.from) - (bar.band ? 0 : 1));
    const tall = bar.band ? 4 : Math.max(4, room * Math.sqrt(bar.events.length / most));
    const group = svg("g", { class: "bar", tabindex: -1, role: "button", "aria-label": barLabel(bar, name), onclick: () => chooseBar(bar), onkeydown: onEnter(() => chooseBar(bar)) });
    for (const [language, count] of counted(bar.events.map((event) => event.language)).sort()) {
      const share = (tall * count) / bar.events.length;
      base -= share;
      group.append(svg("rect", { class: bar.band ? "band" : null, x: x(bar.from), y: base, width: wide, height: share, fill: colours.get(language) }));
    }
    tipFor(group, () => barTip(bar, name));
    marks.append(group);
  }
}

const barLabel = (bar, name) => `${name}, ${period(bar)}: ${bar.events.length} events`;
const period = (bar) => bar.band ? `between ${written(bar.from, 0)} and ${written(bar.until - 1e-4, 0)}`
  : bar.until - bar.from >= 1 ? (bar.until - bar.from > 1.5 ? `${Math.floor(bar.from + 1e-9)}–${Math.floor(bar.until - 1e-6)}` : written(bar.from, 99))
    : written(bar.from, bar.until - bar.from > 0.05 ? 1 : 0);

function barTip(bar, name) {
  const first = bar.events.slice(0, 4).map((event) => el("li", {}, `${plain(event.date)} `, quoted(sides(event)), ` ${plain(event.trigger)}`));
  if (bar.events.length > 4) first.push(el("li", {}, `and ${bar.events.length - 4} more`));
  return [el("b", {}, barLabel(bar, name)), el("ul", {}, first)];
}

function chooseLane(lane) {
  if (timeline.rows === "type") filter.types.has(lane) ? filter.types.delete(lane) : filter.types.add(lane);
  else if (timeline.rows === "language") filter.languages.has(lane) ? filter.languages.delete(lane) : filter.languages.add(lane);
  else addState(lane);
  syncForm();
  refilter();
}

/** Filter by a bar's row and time. */
function chooseBar(bar) {
  const among = new Set(bar.events);
  addFacet("bar", `${bar.lane}, ${period(bar)}`, (event) => among.has(event));
  hideTip();
  refilter();
  $("events").scrollIntoView();
  eventsGrid.body.focus({ preventScroll: true });
}

/** Drag over the chart to zoom to that time. */
function brush(chart, left, right) {
  const timeAt = (place) => timeline.from + ((Math.min(right, Math.max(left, place)) - left) / (right - left)) * (timeline.until - timeline.from);
  let begun = null;
  let shade = null;
  const at = (move) => move.clientX - chart.getBoundingClientRect().left;
  chart.addEventListener("pointerdown", (down) => { if (down.button === 0 && at(down) > left) begun = at(down); });
  chart.addEventListener("pointermove", (move) => {
    if (begun === null || (Math.abs(at(move) - begun) < 8 && !shade)) return;
    if (!shade) { shade = svg("rect", { class: "brush", y: 0, height: "100%" }); chart.append(shade); chart.setPointerCapture(move.pointerId); hideTip(); }
    shade.setAttribute("x", Math.min(begun, at(move)));
    shade.setAttribute("width", Math.abs(at(move) - begun));
  });
  chart.addEventListener("pointerup", (up) => {
    if (shade) setTimeout(zoomTo, 0, ...[timeAt(begun), timeAt(at(up))].sort((one, other) => one - other));
    begun = shade = null;
  });
  chart.addEventListener("pointercancel", () => { shade?.remove(); begun = shade = null; });
  chart.addEventListener("wheel", (turn) => {
    if (!turn.ctrlKey && document.activeElement !== chart) return;
    turn.preventDefault();
    zoomBy(turn.deltaY > 0 ? 1.25 : 0.8, timeAt(at(turn)));
  }, { passive: false });
}

function zoomTo(from, until) {
  const span = Math.max(until - from, 10 / 365);
  Object.assign(timeline, { from, until: from + span });
  const inside = $("timeline-chart").contains(document.activeElement);
  drawTimeline(SHOWN);
  if (inside) $("timeline-chart").firstChild.focus({ preventScroll: true });
}

function zoomBy(factor, around = (timeline.from + timeline.until) / 2) {
  const whole = wholeTime();
  const span = Math.min((timeline.until - timeline.from) * factor, (whole.until - whole.from) * 1.5);
  const share = (around - timeline.from) / (timeline.until - timeline.from);
  zoomTo(around - span * share, around - span * share + span);
}

function panBy(share) {
  const step = (timeline.until - timeline.from) * share;
  zoomTo(timeline.from + step, timeline.until + step);
}

function wholeTime() {
  let [from, until] = [Infinity, -Infinity];
  for (const event of SHOWN.length ? SHOWN : EVENTS) {
    if (event.first === null) continue;
    from = Math.min(from, event.first);
    until = Math.max(until, event.last);
  }
  if (from > until) return { from: 1990, until: 2000 };
  const room = Math.max((until - from) * 0.02, 0.1);
  return { from: from - room, until: until + room };
}

function zoomWhole() {
  const { from, until } = wholeTime();
  zoomTo(from, until);
}

/** Go from bar to bar: left and right in a row, up and down between rows. */
function walk(press) {
  const bars = [...$("timeline-chart").querySelectorAll(".bar")];
  const now = bars.indexOf(document.activeElement);
  const box = (bar) => bar.getBoundingClientRect();
  const moves = { ArrowRight: 1, ArrowLeft: -1 };
  if (!bars.length) return;
  if (now < 0) bars[0].focus();
  else if (press.key in moves) bars[Math.max(0, Math.min(bars.length - 1, now + moves[press.key]))].focus();
  else {
    const down = press.key === "ArrowDown" ? 1 : -1;
    const here = box(bars[now]);
    const others = bars.filter((bar) => (box(bar).bottom - here.bottom) * down > 8);
    others.sort((one, other) => Math.abs(box(one).bottom - here.bottom) - Math.abs(box(other).bottom - here.bottom) || Math.abs(box(one).left - here.left) - Math.abs(box(other).left - here.left));
    others[0]?.focus();
  }
}

let colours = new Map();

function buildTimeline() {
  colours = languageColours();
  $("timeline-legend").append(...[...colours].map(([language, colour]) => el("span", { vars: { "--key": colour } }, language)));
  $("timeline-rows").addEventListener("change", (change) => { timeline.rows = change.target.value; drawTimeline(SHOWN); });
  const actions = {
    "zoom-in": () => zoomBy(0.5), "zoom-out": () => zoomBy(2), "pan-left": () => panBy(-0.4), "pan-right": () => panBy(0.4), "zoom-all": zoomWhole,
    "zoom-filter": () => { setPeriod(written(timeline.from, 0), written(timeline.until, 0)); refilter(); },
  };
  for (const [id, action] of Object.entries(actions)) $(id).addEventListener("click", action);
  const keys = { "+": "zoom-in", "=": "zoom-in", "-": "zoom-out", "[": "pan-left", "]": "pan-right", 0: "zoom-all" };
  $("timeline-chart").addEventListener("keydown", (press) => {
    if (press.ctrlKey || press.metaKey || press.altKey) return;
    if (press.key in keys) actions[keys[press.key]]();
    else if (press.key.startsWith("Arrow")) walk(press);
    else return;
    press.preventDefault();
  });
  Object.assign(timeline, wholeTime());
  listeners.push((shownEvents) => { Object.assign(timeline, wholeTime()); drawTimeline(shownEvents); });
  let width = 0;
  new ResizeObserver(([entry]) => {
    if (Math.abs(entry.contentRect.width - width) > 1) { width = entry.contentRect.width; drawTimeline(SHOWN); }
  }).observe($("timeline-chart"));
}
