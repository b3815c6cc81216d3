// Who had to do with whom: states as circles, a line for the events that two of them share.

const MOST_STATES = 36;
const ROUNDS = 160;

/** Count states and pairs; an event of many states counts for each pair of them. */
function pairsOf(events) {
  const states = new Map();
  const pairs = new Map();
  for (const event of events) {
    const codes = [...event.participants].sort();
    codes.forEach((code) => states.set(code, (states.get(code) || 0) + 1));
    codes.forEach((one, place) => codes.slice(place + 1).forEach((other) => {
      const key = `${one} ${other}`;
      if (!pairs.has(key)) pairs.set(key, []);
      pairs.get(key).push(event);
    }));
  }
  return { states, pairs };
}

/** Lay the circles out: pairs pull, all push, always from the same start, so that the picture can be remembered. */
function layOut(codes, edges, width, height) {
  const nodes = codes.map((code, place) => {
    const turn = (place / codes.length) * 2 * Math.PI - Math.PI / 2;
    return { code, x: Math.cos(turn), y: Math.sin(turn) };
  });
  const at = new Map(nodes.map((node) => [node.code, node]));
  const ideal = 1.5 / Math.sqrt(codes.length || 1);
  for (let round = 0; round < ROUNDS; round += 1) {
    const heat = 0.12 * (1 - round / ROUNDS);
    const pushes = nodes.map((node) => push(node, nodes, ideal));
    for (const edge of edges) {
      const [one, other] = [at.get(edge.one), at.get(edge.other)];
      const [dx, dy] = [one.x - other.x, one.y - other.y];
      const far = Math.hypot(dx, dy) || 0.01;
      const pull = (far / ideal) * Math.min(2, Math.log1p(edge.count)) * 0.6;
      const [first, second] = [pushes[nodes.indexOf(one)], pushes[nodes.indexOf(other)]];
      first.x -= dx * pull; first.y -= dy * pull;
      second.x += dx * pull; second.y += dy * pull;
    }
    nodes.forEach((node, place) => {
      const { x, y } = pushes[place];
      const strength = Math.hypot(x, y) || 1;
      node.x += (x / strength) * Math.min(strength, heat);
      node.y += (y / strength) * Math.min(strength, heat);
    });
  }
  return stretch(nodes, width, height);
}

function push(node, nodes, ideal) {
  let [x, y] = [-node.x * 0.6, -node.y * 0.6];
  for (const other of nodes) {
    if (other === node) continue;
    const [dx, dy] = [node.x - other.x, node.y - other.y];
    const square = Math.max(dx * dx + dy * dy, 1e-4);
    x += (dx * ideal * ideal) / square;
    y += (dy * ideal * ideal) / square;
  }
  return { x, y };
}

function stretch(nodes, width, height) {
  const [left, right] = [Math.min(...nodes.map((node) => node.x)), Math.max(...nodes.map((node) => node.x))];
  const [top, bottom] = [Math.min(...nodes.map((node) => node.y)), Math.max(...nodes.map((node) => node.y))];
  const room = (value, low, high, size) => 34 + (high - low < 1e-6 ? 0.5 : (value - low) / (high - low)) * (size - 68);
  return new Map(nodes.map((node) => [node.code, { x: room(node.x, left, right, width), y: room(node.y, top, bottom, height) }]));
}

function drawNetwork(events) {
  const host = $("network-chart");
  const width = host.clientWidth || 700;
  const height = Math.round(Math.min(560, Math.max(300, width * 0.75)));
  const { states, pairs } = pairsOf(events);
  const scale = Math.min(1, width / 600);
  const most = Math.round(MOST_STATES * Math.max(0.6, scale));
  const codes = [...states].sort((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1)).slice(0, most).map(([code]) => code);
  const among = new Set(codes);
  const edges = [...pairs].map(([key, found]) => ({ one: key.slice(0, key.indexOf(" ")), other: key.slice(key.indexOf(" ") + 1), found, count: found.length }))
    .sort((one, other) => other.count - one.count || (one.one + one.other < other.one + other.other ? -1 : 1));
  const drawn = edges.filter((edge) => among.has(edge.one) && among.has(edge.other));
  const places = layOut(codes, drawn, width, height);
  const chart = svg("svg", { viewBox: `0 0 ${width} ${height}`, height, role: "group", "aria-label": "States and the events they share" });
  const thickest = drawn.length ? drawn[0].count : 1;
  chart.append(...drawn.slice(0, 400).reverse().map((edge) => line(edge, places, thickest, scale)));
  const top = states.get(codes[0]) || 1;
  chart.append(...codes.map((code) => circle(code, states.get(code), places.get(code), { top, scale })));
  host.replaceChildren(codes.length ? chart : el("p", { class: "nothing" }, "no states in these events"));
  const left = states.size - codes.length;
  $("network-note").textContent = `${states.size} states, ${pairs.size} pairs${left > 0 ? `; the ${most} most frequent are drawn` : ""}. Choose a state or a line to filter by it.`;
  drawPairs(edges);
}

function line(edge, places, thickest, scale) {
  const [one, other] = [places.get(edge.one), places.get(edge.other)];
  const made = svg("line", { class: "edge", x1: one.x, y1: one.y, x2: other.x, y2: other.y, "stroke-width": 1.2 + 7 * scale * Math.sqrt(edge.count / thickest), onclick: () => choosePair(edge) });
  tipFor(made, () => [el("b", {}, pairName(edge)), el("ul", {}, counted(edge.found.map((event) => event.type)).slice(0, 6).map(([type, count]) => el("li", {}, `${type} ${count}`)))]);
  return made;
}

function circle(code, count, place, { top, scale }) {
  const size = 4 + 14 * scale * Math.sqrt(count / top);
  const choose = () => {
    if (filter.states.includes(code)) filter.states = filter.states.filter((each) => each !== code);
    else addState(code);
    hideTip();
    refilter();
  };
  const made = svg("g", { class: `node${filter.states.includes(code) ? " chosen" : ""}`, tabindex: 0, role: "button", "aria-label": `${stateName(code)}: ${count} events, filter`, onclick: choose, onkeydown: onEnter(choose) },
    svg("circle", { cx: place.x, cy: place.y, r: size }), svg("text", { x: place.x, y: place.y + size + 12, "text-anchor": "middle" }, plain(code)));
  tipFor(made, () => [el("b", {}, `${stateName(code)}: ${count} events`)]);
  return made;
}

const pairName = (edge) => `${stateName(edge.one)} – ${stateName(edge.other)}: ${edge.count} event${edge.count > 1 ? "s" : ""}`;

function choosePair(edge) {
  filter.states = [];
  addState(edge.one);
  addState(edge.other);
  hideTip();
  refilter();
}

function drawPairs(edges) {
  const rows = edges.slice(0, 14).map((edge) => ({ label: `${stateName(edge.one)} – ${stateName(edge.other)}`, count: edge.count, choose: () => choosePair(edge) }));
  $("network-pairs").replaceChildren(el("h3", {}, "Pairs"), bars(rows));
}

function buildNetwork() {
  listeners.push(drawNetwork);
  let width = 0;
  new ResizeObserver(([entry]) => {
    if (Math.abs(entry.contentRect.width - width) > 1) { width = entry.contentRect.width; drawNetwork(SHOWN); }
  }).observe($("network-chart"));
}
