// An article with what was found in it, in the manner of displaCy: names, dates, triggers; for the chosen event its
// sentence and its arguments.

let current = null; // the event that is open
let opener = null; // where the keyboard was before

/** Open the article of an event. */
function openEvent(event) {
  const dialog = $("article");
  const same = current && dialog.open && current.article === event.article;
  current = event;
  if (!dialog.open) {
    opener = document.activeElement;
    $("article-list").open = !matchMedia("(max-width: 44rem)").matches;
    dialog.showModal();
  }
  drawHead(event);
  drawEvent(event);
  drawArticle(event);
  if (!same) drawArticleEvents(event);
  for (const item of $("article-events").children) item.setAttribute("aria-current", String(Number(item.dataset.event) === event.index));
  history.replaceState(null, "", `#event=${event.event_id}`);
  $("article-text").querySelector(".now")?.scrollIntoView({ block: "center", behavior: "instant" });
}

function drawHead(event) {
  const article = DATA.articles[event.article];
  $("article-title").replaceChildren(quoted(article.title || article.doc_id, article.language));
  const text = TEXTS.get(event.article);
  const facts = [article.title ? plain(article.doc_id) : "", article.language, article.published ? `published ${plain(article.published)}` : "", `${article.characters} characters`,
    text && !text.whole ? "shown in part: only the passages with events are in this report" : ""];
  $("article-facts").replaceChildren(quoted(facts.filter(Boolean).join(" · ")));
}

const count = (event) => event.count_min === null && event.count_max === null ? null : event.count_min === event.count_max ? event.count_min : `${event.count_min ?? ""}..${event.count_max ?? ""}`;

function drawEvent(event) {
  const states = (codes) => codes.map((code) => `${stateName(code)} (${code})`).join(", ");
  const slots = [
    ["type", event.subtype ? `${event.type} / ${event.subtype}` : event.type], ["trigger", event.trigger],
    ["date", event.date ? `${event.date} (${event.date_precision})` : "none"], ["date from", event.date_text ? `${event.date_basis}: ${event.date_text}` : event.date_basis],
    ["participants", states(event.participants)], ["source", states(event.source)], ["target", states(event.target)],
    ["actors", event.actors.join(", ")], ["persons", event.persons.join(", ")], ["organisations", event.organisations.join(", ")], ["place", event.place],
    ["instruments", event.instruments.join(", ")], ["subjects", event.subjects.join(", ")], ["count", count(event)],
    ["happened", realityOf(event)], ["codes", [event.cameo && `CAMEO ${event.cameo}`, event.plover && `PLOVER ${event.plover}`].filter(Boolean).join(", ")],
    ["confidence", event.confidence], ["rule", event.rule], ["id", event.event_id],
  ].filter(([, value]) => value !== null && value !== undefined && value !== "");
  const parts = [el("p", { class: "note" }, DATA.types[event.type].definition), el("dl", {}, slots.flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, quoted(value))]))];
  if (event.told) {
    const others = event.told.events.filter((number) => number !== event.index).map((number) => EVENTS[number]);
    parts.push(el("h3", {}, "Also told in"), el("ol", {}, others.slice(0, 20).map((other) => el("li", {}, el("button", { type: "button", onclick: () => openEvent(other) }, quoted(`${other.language} ${other.date || ""} ${DATA.articles[other.article].doc_id}`))))));
  }
  $("article-event").replaceChildren(...parts);
}

function drawArticleEvents(event) {
  const events = EVENTS.filter((each) => each.article === event.article);
  $("article-count").textContent = `${events.length} event${events.length > 1 ? "s" : ""} in this article`;
  $("article-events").replaceChildren(...events.slice(0, 500).map((each) => el("li", { "data-event": each.index }, el("button", { type: "button", onclick: () => openEvent(each) }, `${plain(each.date) || "–"} ${each.type} `, quoted(each.trigger, each.language)))));
}

/** All that is marked in an article when an event is open: [start, end, rank, class, label, event]. */
function marksOf(event) {
  const text = TEXTS.get(event.article);
  const marks = [
    ...text.names.map(([start, end, label, canonical, country]) => ({ start, end, rank: 2, class: `name ${label}`, label: country ? `${label} ${country}` : label, title: canonical })),
    ...text.dates.map(([start, end, type, edtf]) => ({ start, end, rank: 2, class: "date", label: edtf || type })),
    { start: event.sentence_start, end: event.sentence_end, rank: 0, class: "sentence" },
    ...event.arguments.map(([start, end, role]) => ({ start, end, rank: 1, class: "argument", label: role })),
  ];
  const triggers = new Map();
  for (const each of EVENTS) {
    if (each.article !== event.article) continue;
    const key = `${each.start}-${each.end}`;
    if (!triggers.has(key)) triggers.set(key, []);
    triggers.get(key).push(each);
  }
  for (const found of triggers.values()) {
    const chosen = found.includes(event) ? event : found[0];
    marks.push({ start: chosen.start, end: chosen.end, rank: 3, class: `trigger${chosen === event ? " now" : ""}`, label: [...new Set(found.map((each) => each.type))].join(", "), pick: () => openEvent(chosen) });
  }
  return nested(marks);
}

function drawArticle(event) {
  const text = TEXTS.get(event.article);
  const host = $("article-text");
  if (!text) { host.replaceChildren(el("p", { class: "nothing" }, "the text is still being unpacked")); return; }
  const marks = marksOf(event);
  const parts = text.passages.map(([start, piece]) => passage(start, piece, marks, DATA.articles[event.article].language));
  const gaps = text.whole ? [] : [el("p", { class: "gap", "aria-label": "left out" }, "⋯")];
  host.replaceChildren(...parts.flatMap((part) => [...gaps.map((gap) => gap.cloneNode(true)), part]), ...gaps);
}

function closeArticle() {
  $("article").close();
}

/** Open the next event of the list that is filtered. */
function step(by) {
  eventsGrid.point(current);
  const next = eventsGrid.move(by);
  if (next && next !== current) openEvent(next);
}

function buildArticle() {
  $("article-close").addEventListener("click", closeArticle);
  $("article-next").addEventListener("click", () => step(1));
  $("article-previous").addEventListener("click", () => step(-1));
  $("article").addEventListener("keydown", (press) => {
    if (press.ctrlKey || press.metaKey || press.altKey) return;
    if (press.key === "j") step(1);
    if (press.key === "k") step(-1);
  });
  $("article").addEventListener("close", () => { history.replaceState(null, "", "#events"); opener?.focus({ preventScroll: true }); });
  $("article").addEventListener("click", (click) => { if (click.target === $("article")) closeArticle(); });
  for (const kind of ["names", "dates", "triggers"]) {
    const toggle = (change) => $("article-text").classList.toggle(`hide-${kind}`, !change.target.checked);
    $("article-marks").append(el("label", {}, el("input", { type: "checkbox", checked: true, onchange: toggle }), ` ${kind}`));
  }
}
