// Long lists: only the rows in sight are in the page, whatever the length.

class Grid {
  /** `columns`: {name, title, of(record) -> text or node, by(record) -> what to sort by, width, class}. */
  constructor(host, columns, { open, label, stacked = false }) {
    Object.assign(this, { columns, open, stacked, rows: [], active: 0, order: null, drawn: "" });
    this.id = host.id;
    this.head = el("div", { class: "grid-head", role: "row" }, columns.map((column, number) => el("div", { role: "columnheader" },
      el("button", { type: "button", onclick: () => this.sort(number) }, column.title))));
    this.body = el("div", { class: "grid-body", role: "rowgroup", tabindex: 0, "aria-label": label });
    this.sheet = el("div");
    this.body.append(this.sheet);
    this.table = el("div", { class: "grid-table", role: "grid", "aria-label": label, "aria-colcount": columns.length,
      vars: { "--columns": columns.map((column) => column.width).join(" ") } }, this.head, this.body);
    host.replaceChildren(this.table);
    this.body.addEventListener("scroll", () => this.draw());
    this.body.addEventListener("keydown", (press) => this.key(press));
    new ResizeObserver(() => { this.drawn = ""; this.draw(); }).observe(this.body);
  }

  get height() {
    return this.stacked && matchMedia("(max-width: 62rem)").matches ? 84 : 44;
  }

  set(rows) {
    this.rows = [...rows];
    if (this.order !== null) this.arrange();
    this.active = 0;
    this.body.scrollTop = 0;
    this.refresh();
  }

  refresh() {
    this.table.setAttribute("aria-rowcount", this.rows.length + 1);
    this.drawn = "";
    this.draw();
  }

  sort(number) {
    this.order = this.order === number ? -number - 1 : this.order === -number - 1 ? null : number;
    if (this.order === null) this.rows.sort((one, other) => one.index - other.index);
    else this.arrange();
    this.columns.forEach((_, each) => {
      const set = this.order === each ? "ascending" : this.order === -each - 1 ? "descending" : "none";
      this.head.children[each].setAttribute("aria-sort", set);
      this.head.children[each].firstChild.textContent = this.columns[each].title + { ascending: " ↑", descending: " ↓", none: "" }[set];
    });
    this.refresh();
  }

  arrange() {
    const down = this.order < 0;
    const column = this.columns[down ? -this.order - 1 : this.order];
    const keys = new Map(this.rows.map((row) => [row, column.by(row)]));
    this.rows.sort((one, other) => {
      const [mine, theirs] = [keys.get(one), keys.get(other)];
      const empty = (mine === null || mine === "") - (theirs === null || theirs === "");
      const difference = mine < theirs ? -1 : mine > theirs ? 1 : 0;
      return empty || (down ? -difference : difference) || one.index - other.index;
    });
  }

  draw() {
    const height = this.height;
    this.body.classList.toggle("short", this.rows.length * height < 500);
    this.sheet.style.height = `${this.rows.length * height}px`;
    this.table.style.setProperty("--row", `${height}px`);
    const seen = this.body.clientHeight || 540;
    const first = Math.max(0, Math.floor(this.body.scrollTop / height) - 4);
    const last = Math.min(this.rows.length, Math.ceil((this.body.scrollTop + seen) / height) + 4);
    const state = `${first}-${last}-${this.active}-${height}`;
    if (state === this.drawn) return;
    this.drawn = state;
    if (!this.rows.length) this.sheet.replaceChildren(el("p", { class: "nothing" }, "nothing to show"));
    else this.sheet.replaceChildren(...this.rows.slice(first, last).map((row, offset) => this.line(row, first + offset, height)));
    this.body.setAttribute("aria-activedescendant", this.rows.length ? `${this.id}-${this.active}` : "");
  }

  line(row, number, height) {
    const active = number === this.active;
    return el("div", {
      role: "row", id: `${this.id}-${number}`, "aria-rowindex": number + 2, "aria-selected": String(active),
      class: `grid-row${active ? " active" : ""}${this.stacked ? " stacked" : ""}`, vars: { top: `${number * height}px` },
      onclick: () => { this.active = number; this.refresh(); this.open?.(row); },
    }, this.columns.map((column) => el("div", { role: "gridcell", class: column.class || null }, column.of(row))));
  }

  key(press) {
    const page = Math.max(1, Math.floor(this.body.clientHeight / this.height) - 1);
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -this.rows.length, End: this.rows.length };
    if (press.key === "Enter" && this.rows[this.active]) {
      press.preventDefault();
      this.open?.(this.rows[this.active]);
    } else if (press.key in steps) {
      press.preventDefault();
      this.move(steps[press.key]);
    }
  }

  /** Go some rows on; returns the row that is active then. */
  move(steps) {
    this.active = Math.max(0, Math.min(this.rows.length - 1, this.active + steps));
    const top = this.active * this.height;
    if (top < this.body.scrollTop) this.body.scrollTop = top;
    else if (top + this.height > this.body.scrollTop + this.body.clientHeight) this.body.scrollTop = top + this.height - this.body.clientHeight;
    this.draw();
    return this.rows[this.active];
  }

  /** Make a row active without opening it. */
  point(row) {
    const number = this.rows.indexOf(row);
    if (number >= 0) this.move(number - this.active);
  }
}

let eventsGrid = null;
let treatiesGrid = null;

function kindOf(event) {
  const doubt = [event.modality === "actual" ? "" : event.modality, event.polarity === "positive" ? "" : event.polarity].filter(Boolean);
  const quiet = DATA.types[event.type].soft ? "soft" : "";
  return el("span", { class: `${quiet} ${doubt.length ? "not-actual" : ""}`.trim() || null }, doubt.length ? `${event.type} (${doubt.join(", ")})` : event.type);
}

function buildTables() {
  eventsGrid = new Grid($("events-grid"), [
    { title: "date", width: "minmax(5.5rem, 7.5rem)", of: (event) => plain(event.date) || "–", by: (event) => event.first },
    { title: "type", width: "minmax(7rem, 12rem)", of: kindOf, by: (event) => event.type },
    { title: "sides", width: "minmax(5rem, 9rem)", of: (event) => quoted(sides(event)), by: sides },
    { title: "evidence", width: "minmax(8rem, 10fr)", class: "wide", of: (event) => quoted(snippet(event), event.language), by: (event) => event.index },
    { title: "language", width: "5rem", class: "spare", of: (event) => event.language, by: (event) => event.language },
    { title: "confidence", width: "6rem", class: "number spare", of: (event) => event.confidence === null ? "" : event.confidence.toFixed(2), by: (event) => event.confidence },
  ], { label: "Events", stacked: true, open: (event) => openEvent(event) });
  const date = (name) => ({ title: name.replace("_", " "), width: "minmax(4.5rem, 6.5rem)", class: name === "signed" ? null : "spare", of: (row) => plain(row[name]), by: (row) => row[name] || "" });
  treatiesGrid = new Grid($("treaties-grid"), [
    date("signed"),
    { title: "kind", width: "minmax(5rem, 8rem)", of: (row) => row.kind + number(row), by: (row) => row.kind },
    { title: "parties", width: "minmax(5rem, 10rem)", of: (row) => quoted(row.parties.join(" – ")), by: (row) => row.parties.join() },
    { title: "title or mention", width: "minmax(7rem, 10fr)", class: "wide", of: (row) => quoted(row.title || row.text, EVENTS[row.event].language), by: (row) => row.title || row.text },
    { title: "subjects", width: "minmax(4rem, 10rem)", class: "spare", of: (row) => row.subjects.join(", "), by: (row) => row.subjects.join() },
    ...["ratified", "in_force", "terminated"].map(date),
  ], { label: "Treaties", stacked: true, open: (row) => openEvent(EVENTS[row.event]) });
  new Grid($("rejects-grid"), [
    { title: "file", width: "minmax(0, 1fr)", of: (row) => quoted(row.path), by: (row) => row.path },
    { title: "record", width: "6rem", of: (row) => quoted(row.record), by: (row) => row.record || "" },
    { title: "reason", width: "11rem", of: (row) => row.reason, by: (row) => row.reason },
    { title: "what to do", width: "minmax(0, 2fr)", class: "wide", of: (row) => quoted(row.message), by: (row) => row.message },
  ], { label: "Rejects", stacked: true }).set(DATA.rejects);
  listeners.push((shownEvents) => {
    eventsGrid.set(shownEvents);
    const numbers = new Set(shownEvents.map((event) => event.index));
    treatiesGrid.set(DATA.treaties.filter((row) => numbers.has(row.event)));
  });
}

/** The beginning of a sentence, from a little before the trigger where that is far in. */
function snippet(event) {
  const text = evidence(event);
  if (!text) return event.trigger;
  const before = Math.max(0, event.start - event.sentence_start - 60);
  return (before ? "…" : "") + text.slice(before, before + 220).replace(/\s+/g, " ");
}

function number(row) {
  const [low, high] = [row.count_min, row.count_max];
  if (low === null && high === null) return "";
  return low === high ? ` × ${low}` : ` × ${low ?? ""}–${high ?? ""}`;
}
