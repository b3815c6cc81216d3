// Figures and counts: simple tables whose cells are bars, so that a screen reader has the numbers too.

/** A table of labels, bars and counts; a row with `choose` is a button. */
function bars(rows) {
  if (!rows.length) return el("p", { class: "nothing" }, "nothing to show");
  const most = Math.max(...rows.map((row) => row.count), 1);
  return el("table", { class: "bars" }, el("tbody", {}, rows.map((row) => el("tr", {},
    el("th", { scope: "row" }, row.choose ? el("button", { type: "button", onclick: row.choose }, quoted(row.label)) : quoted(row.label)),
    el("td", { class: "length" }, el("div", { vars: { width: `${(100 * row.count) / most}%` } })),
    el("td", { class: "number" }, row.count.toLocaleString("en"))))));
}

function figure(value, label) {
  return el("div", { class: "figure" }, el("b", {}, typeof value === "number" ? value.toLocaleString("en") : value), el("span", {}, label));
}

function drawFigures(events) {
  const dated = events.filter((event) => event.first !== null).length;
  const states = new Set(events.flatMap((event) => event.participants));
  const articles = new Set(events.map((event) => event.article));
  const told = new Set(events.filter((event) => event.told).map((event) => event.told));
  const repeated = events.filter((event) => event.told).length;
  const { run } = DATA;
  $("figures").replaceChildren(
    figure(run.ok, `articles read (${Object.entries(run.languages).map(([language, count]) => `${language} ${count}`).join(", ")})`),
    figure(run.rejected, "records rejected"),
    figure(events.length, "mentions of events"),
    figure(events.length - repeated + told.size, "events, mentions merged"),
    figure(articles.size, "articles tell them"),
    figure(dated, "mentions with a date"),
    figure(states.size, "states"),
    figure(treatiesGrid.rows.length, "treaties"),
    figure([...told].filter((row) => row.conflicts.length).length, "conflicts between sources"),
  );
}

/** Filter by one value of one column. */
function chooseValue(kind, value, of) {
  return () => { addFacet(kind, `${kind}: ${value}`, (event) => of(event) === value); refilter(); $("events").scrollIntoView(); };
}

function byColumn(title, kind, events, of, { most = 12, order = null } = {}) {
  let found = counted(events.map(of));
  if (order) found = found.sort((one, other) => order.indexOf(one[0]) - order.indexOf(other[0]));
  const rows = found.slice(0, most).map(([value, count]) => ({ label: value, count, choose: chooseValue(kind, value, of) }));
  return el("div", {}, el("h3", {}, title), bars(rows), found.length > most ? el("p", { class: "note" }, `and ${found.length - most} more`) : null);
}

const PRECISIONS = ["day", "month", "season", "year", "decade", "century", "range", "no date"];
const confidenceOf = (event) => event.confidence === null ? "unknown" : `${(Math.floor(Math.min(event.confidence, 0.999) * 10) / 10).toFixed(1)} to ${(Math.floor(Math.min(event.confidence, 0.999) * 10) / 10 + 0.1).toFixed(1)}`;
const decadeOf = (event) => event.first === null ? "no date" : `${Math.floor(event.first / 10) * 10}s`;
const realityOf = (event) => [event.modality, event.polarity === "positive" ? "" : event.polarity, event.aspect === "single" ? "" : event.aspect].filter(Boolean).join(", ");

function drawDistributions(events) {
  const plainRows = (pairs) => bars(Object.entries(pairs).map(([label, count]) => ({ label, count })));
  const decades = [...new Set(events.map(decadeOf))].sort((one, other) => (parseInt(one, 10) || 9999) - (parseInt(other, 10) || 9999));
  const confidences = [...new Set(events.map(confidenceOf))].sort();
  $("distribution-list").replaceChildren(
    byColumn("Events by decade", "decade", events, decadeOf, { most: 30, order: decades }),
    byColumn("Confidence", "confidence", events, confidenceOf, { order: confidences }),
    byColumn("Precision of the date", "precision", events, (event) => event.date_precision || "no date", { order: PRECISIONS }),
    byColumn("Where the date was taken from", "basis", events, (event) => event.date_basis),
    byColumn("Did it happen?", "reality", events, realityOf),
    byColumn("Types", "type", events, (event) => event.type, { most: 32 }),
    byColumn("Rules that fired", "rule", events, (event) => event.rule, { most: 15 }),
    byColumn("Articles", "article", events, (event) => DATA.articles[event.article].doc_id, { most: 15 }),
    el("div", {}, el("h3", {}, "All dates in the articles, by precision"), plainRows(DATA.precisions)),
    el("div", {}, el("h3", {}, "All names, by kind"), plainRows(DATA.labels)),
  );
}

function drawConflicts(events) {
  const rows = [...new Set(events.filter((event) => event.told && event.told.conflicts.length).map((event) => event.told))].sort((one, other) => one.index - other.index);
  if (!rows.length) { $("conflict-list").replaceChildren(el("p", { class: "nothing" }, "the sources do not contradict one another")); return; }
  const items = rows.slice(0, 300).map((row) => el("div", { class: "conflict" },
    el("h3", {}, `${row.type}: `, quoted(row.participants.map(stateName).join(" – ")), ` (${plain(row.date) || "no date"}; ${row.mentions} mentions in ${row.documents} articles)`),
    el("ul", {}, row.conflicts.map((conflict) => el("li", {}, quoted(conflict)))),
    el("div", {}, row.events.map((number) => EVENTS[number]).map((event) => el("button", { type: "button", onclick: () => openEvent(event) }, plain(event.date) || "no date", " ", quoted(DATA.articles[event.article].doc_id)))),
  ));
  if (rows.length > 300) items.push(el("p", { class: "note" }, `and ${rows.length - 300} more; filter to see them`));
  $("conflict-list").replaceChildren(...items);
}

function buildDistributions() {
  listeners.push(drawFigures, drawConflicts, drawDistributions);
}
