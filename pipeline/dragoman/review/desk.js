// The page: what it asks the program for, what the program shows it, and the keys.

let FACTS = null; // what does not change: views.facts
let view = null; // what is shown: views.view
let ask = null;
let acts = 0; // requests that change where one is; the view says how many were answered
const waiting = { since: 0, timer: null };

const busy = () => view === null || view.answered < acts;

/** Ask for something that is answered by a view; nothing else can be asked meanwhile. */
function act(request) {
  if (busy()) return;
  acts += 1;
  ask({ ...request, number: acts });
  clearTimeout(waiting.timer);
  waiting.timer = setTimeout(() => { if (busy()) notice("not on disk yet: waiting for dragoman"); }, 1500);
}

function notice(text) {
  $("notice").textContent = plain(text);
  $("notice").hidden = !text;
}

const ACTIONS = [
  ["r", "right", "right as it is, and on to the next", () => judge("right")],
  ["w", "wrong", "wrong: tells no such event, and on", () => judge("wrong")],
  ["f", "fix", "fix: into the slots (or by the letter beside a slot)", () => focusSlot("date")],
  ["a", "add", "add an event that is missing, at the selected words", () => beginAdding()],
  ["u", "undo", "undo what this window did last", () => act({ what: "undo" })],
  ["x", "take back", "take back the verdict on this event", () => act({ what: "withdraw", event: view.event?.id })],
  ["k", "back", "back, without a verdict (also ↑)", () => act({ what: "step", by: -1 })],
  ["j", "on", "on, without a verdict (also ↓)", () => act({ what: "step", by: 1 })],
  ["e", "everything", "the whole article, or the paragraph again", () => act({ what: "whole" })],
];

function judge(verdict) {
  if (view.event) act({ what: "judge", event: view.event.id, verdict });
}

function focusSlot(slot) {
  const { input } = form.fields.get(slot);
  input.focus();
}

/** The letter of a key, whatever script the keyboard is set to. */
function latin(press) {
  const foreign = press.key.length === 1 && press.key > "\u007f" && /^Key[A-Z]$/.test(press.code);
  return foreign ? press.code[3].toLowerCase() : press.key.length === 1 ? press.key.toLowerCase() : press.key;
}

function onKey(press) {
  if (press.ctrlKey || press.metaKey || press.altKey || press.isComposing || document.querySelector("dialog[open]")) return;
  if (/^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement?.tagName || "")) return;
  if (press.key === "Enter" && (form.adding || changed().length)) { submitForm(); return; }
  if (press.key === "Escape") { cancelForm(); getSelection().removeAllRanges(); hidePick(); return; }
  const key = { ArrowUp: "k", ArrowDown: "j" }[press.key] || latin(press);
  const run = ACTIONS.find(([letter]) => letter === key)?.[3] || SPECIAL[key] || slotKey(key);
  if (!run) return;
  press.preventDefault();
  if (!press.repeat || key === "j" || key === "k") run();
}

const SPECIAL = { "?": () => $("help").showModal(), "/": () => $("filter-article").focus(), q: () => toggleQueue() };

function slotKey(key) {
  const slot = ORDER.find((each) => KEYS[each] === key);
  return slot ? () => focusSlot(slot) : null;
}

function toggleQueue() {
  $("review").classList.toggle("queue-open");
}

// What is shown.

const VERDICTS = { right: "✓", wrong: "✗", fixed: "✎", missing: "+" };

function show(next) {
  view = next;
  clearTimeout(waiting.timer);
  const { event, progress } = view;
  notice(view.notice);
  drawProgress(progress);
  drawHead(event);
  if (event) drawEvidence(event);
  else { $("text").replaceChildren(el("p", { class: "nothing" }, view.listed ? "no event is chosen" : "no event fits the filter")); form.passage = null; }
  showForm(event, view.problems);
  drawQueue();
  drawFilters(view.choice);
  for (const button of document.querySelectorAll("#keys button")) button.disabled = !event && button.dataset.key !== "u";
  document.querySelector('#keys [data-key="u"]').disabled = !view.undoable;
  const address = new URLSearchParams(Object.entries({ ...view.choice, event: event?.id || "" }).filter(([, value]) => value));
  history.replaceState(null, "", `#${address}`);
  $("review").dataset.answered = String(view.answered);
}

function drawProgress(progress) {
  const judged = progress.right + progress.wrong + progress.fixed;
  $("progress").replaceChildren(el("b", {}, `${judged} of ${progress.events}`), ` judged: ${progress.right} right, ${progress.wrong} wrong, ${progress.fixed} fixed, ${progress.missing} added`);
  const meter = $("meter");
  meter.replaceChildren(...["right", "fixed", "wrong"].map((verdict) => el("i", { class: `is-${verdict}`, vars: { "--part": `${(100 * progress[verdict]) / Math.max(1, progress.events)}%` } })));
}

function drawHead(event) {
  if (!event) { $("event-title").textContent = ""; $("event-facts").textContent = ""; return; }
  const verdict = event.verdict ? el("span", { class: `verdict is-${event.verdict}` }, `${VERDICTS[event.verdict]} ${event.verdict === "missing" ? "added" : event.verdict}${event.by ? ` (${plain(event.by)})` : ""}`) : null;
  $("event-title").replaceChildren(...[quoted(event.title || event.doc_id, event.language), verdict].filter(Boolean));
  const facts = [event.title ? event.doc_id : "", event.language, event.published ? `published ${event.published}` : "", event.confidence === null ? "" : `confidence ${event.confidence.toFixed(2)}`, event.rule.replace(/^.*#/, ""),
    { inherited: "date of an earlier sentence", document: "date of the whole article" }[event.basis] || ""];
  $("event-facts").replaceChildren(quoted(facts.filter(Boolean).join(" · ")));
  $("event-facts").title = plain(event.rule);
}

function drawQueue() {
  $("queue-count").textContent = view.listed ? `${view.open} open of ${view.listed}` : "nothing listed";
  $("queue-list").replaceChildren(...view.queue.map((line) => el("li", {}, el("button", {
    type: "button", class: `line is-${line.verdict || "open"}`, "aria-current": String(line.id === view.event?.id), onclick: () => { $("review").classList.remove("queue-open"); act({ what: "go", event: line.id }); },
  }, el("span", { class: "sign" }, VERDICTS[line.verdict] || "·"), el("span", { class: "when" }, line.date || "–"), el("span", { class: "kind" }, line.type), el("span", { class: "who" }, quoted(line.sides || "–")), el("span", { class: "sure" }, line.confidence === null ? "" : line.confidence.toFixed(2))))));
  $("queue-list").querySelector('[aria-current="true"]')?.scrollIntoView({ block: "nearest" });
  $("queue-pages").textContent = view.listed ? `${view.first + 1}–${view.first + view.queue.length}` : "";
  $("queue-back").disabled = view.first === 0;
  $("queue-on").disabled = view.first + view.queue.length >= view.listed;
}

function drawFilters(choice) {
  for (const [name, value] of Object.entries(choice)) {
    const field = $(`filter-${name}`);
    if (field !== document.activeElement) field.value = value;
  }
}

function refilter() {
  const choice = Object.fromEntries(["order", "state", "language", "type", "rule", "article"].map((name) => [name, $(`filter-${name}`).value]));
  if (busy()) setTimeout(refilter, 50);
  else act({ what: "filter", choice });
}

/** What `dragoman learn` tells: proposals that pass its gate, those refused folded away, and the rest. */
function drawLearning({ running, done, passed, refused, rest }) {
  const blocks = (texts) => texts.map((text) => el("pre", {}, plain(text)));
  $("learning-text").replaceChildren(
    el("pre", {}, plain(rest.join("\n"))),
    el("h3", {}, `${passed.length} proposals pass the gate`), ...blocks(passed),
    el("details", { open: $("learning-text").querySelector("details")?.open }, el("summary", {}, `${refused.length} were refused`), ...blocks(refused)));
  $("learning-state").textContent = running ? "reading the annotated articles and the corrections; this takes a minute or more" : done;
  $("learning-stop").hidden = !running;
}

// How the page is built.

const option = (value, text) => el("option", { value }, text);

function choices(name, label, options) {
  return el("label", {}, `${label} `, el("select", { id: `filter-${name}`, onchange: refilter }, options));
}

function filters() {
  const counted = (counts, all) => [option("", all), ...Object.entries(counts).map(([value, count]) => option(value, `${plain(value)} (${count})`))];
  let timer = null;
  const later = () => { clearTimeout(timer); timer = setTimeout(refilter, 250); };
  const leave = (press) => { if (press.key === "Enter" || press.key === "Escape") { press.preventDefault(); press.target.blur(); } };
  return el("form", { class: "filter-line", id: "filters", role: "search", onsubmit: (submit) => submit.preventDefault() },
    choices("order", "first", [option("doubtful", "most doubtful"), option("useful", "most useful to learn"), option("text", "article by article")]),
    choices("state", "show", [option("open", "open"), option("judged", "judged"), option("all", "all"), option("bare", `articles without events (${FACTS.bare})`)]),
    choices("language", "language", counted(FACTS.languages, "all")),
    choices("type", "type", counted(FACTS.kinds, "all")),
    el("label", {}, "rule ", el("input", { type: "search", id: "filter-rule", list: "rules", autocomplete: "off", placeholder: "part of its name", oninput: later, onkeydown: leave })),
    el("datalist", { id: "rules" }, Object.keys(FACTS.rules).map((rule) => option(rule.replace(/^.*#/, ""), ""))),
    el("label", {}, "article ", el("input", { type: "search", id: "filter-article", autocomplete: "off", placeholder: "part of its name", title: "filter by article ( / )", oninput: later, onkeydown: leave })));
}

function help() {
  const rows = [...ACTIONS.map(([key, , what]) => [key, what]), ...ORDER.filter((slot) => KEYS[slot]).map((slot) => [KEYS[slot], `to the slot ${slot}`]),
    ["Enter", "save what was typed, and on"], ["Tab", "to the next slot; takes what is offered"], ["Esc", "leave the slots, nothing changed"], ["/", "filter by article"], ["q", "show or hide the queue"], ["?", "this help"]];
  return el("dialog", { id: "help", "aria-labelledby": "help-title" }, el("h2", { id: "help-title" }, "Keys"),
    el("dl", { class: "help" }, rows.map(([key, what]) => el("div", {}, el("dt", {}, el("kbd", {}, key)), el("dd", {}, what)))),
    el("p", { class: "note" }, "A date is typed as EDTF (1991, 1991-12, 1991-12-26, 199X, 1991/1995, 1991~) or as the article writes it; states by code or name in any language, several separated by ;"),
    el("form", { method: "dialog" }, el("button", { autofocus: true }, "close ", el("kbd", {}, "Esc"))));
}

function learningDialog() {
  return el("dialog", { id: "learning", "aria-labelledby": "learning-title" }, el("h2", { id: "learning-title" }, "What would be learned"),
    el("p", { class: "note", id: "learning-state", role: "status" }), el("div", { id: "learning-text", tabindex: "0" }),
    el("div", { class: "form-buttons" }, el("button", { type: "button", id: "learning-stop", hidden: true, onclick: () => ask({ what: "stop" }) }, "stop"), el("form", { method: "dialog" }, el("button", {}, "close ", el("kbd", {}, "Esc")))));
}

function openLearning() {
  $("learning").showModal();
  ask({ what: "learn" });
}

function build(host) {
  host.replaceChildren(el("div", { id: "review" },
    el("header", { class: "bar" }, el("h1", {}, quoted(FACTS.run)), el("p", { id: "progress", role: "status" }), el("div", { id: "meter", "aria-hidden": "true" }),
      el("span", { class: "buttons" }, el("button", { type: "button", id: "queue-toggle", onclick: toggleQueue }, "queue"), FACTS.learn ? el("button", { type: "button", id: "learn", onclick: openLearning }, "what would be learned") : null,
        el("button", { type: "button", id: "theme" }), el("button", { type: "button", id: "help-open", onclick: () => $("help").showModal() }, "keys ", el("kbd", {}, "?")))),
    filters(),
    el("div", { class: "desk" },
      el("aside", { class: "queue", "aria-label": "Queue" }, el("div", { class: "queue-head" }, el("b", { id: "queue-count" }), el("button", { type: "button", id: "queue-back", title: "earlier", onclick: () => act({ what: "page", by: -1 }) }, "‹"), el("span", { id: "queue-pages" }), el("button", { type: "button", id: "queue-on", title: "later", onclick: () => act({ what: "page", by: 1 }) }, "›")), el("ol", { id: "queue-list" })),
      el("div", { id: "text-pane" }, el("div", { class: "event-head" }, el("h2", { id: "event-title" }), el("p", { class: "note", id: "event-facts" })), el("p", { class: "note", id: "text-note" }), el("div", { id: "text", class: "evidence" })),
      el("aside", { id: "form", "aria-label": "Slots" })),
    el("footer", { id: "keys" }, ACTIONS.map(([key, name, what, run]) => el("button", { type: "button", "data-key": key, class: `is-${name.replace(" ", "-")}`, title: what, onclick: (click) => { click.currentTarget.blur(); run(); } }, `${name} `, el("kbd", {}, key))), el("span", { id: "notice", role: "status", hidden: true })),
    el("button", { type: "button", id: "pick", hidden: true, onpointerdown: (press) => press.preventDefault(), onclick: beginAdding }, "add an event here ", el("kbd", {}, "a")), help(), learningDialog()));
  buildForm($("form"));
  buildTheme();
}

/** Tell windows apart, also after a reload. */
function tab() {
  const made = sessionStorage.getItem("dragoman-tab") || crypto.randomUUID();
  sessionStorage.setItem("dragoman-tab", made);
  return made;
}

async function start(host, send) {
  ask = send;
  FACTS = await (await fetch("facts.json")).json();
  build(host);
  document.addEventListener("keydown", onKey);
  document.addEventListener("selectionchange", offerPick);
  const { event, ...choice } = Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
  ask({ what: "open", tab: tab(), choice, event: event || null, number: 0 });
  return { view: show, meaning: mean, learning: drawLearning };
}
