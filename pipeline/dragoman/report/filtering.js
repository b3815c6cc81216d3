// Which events are shown. One filter for all charts and lists.

const filter = { words: [], types: new Set(), languages: new Set(), states: [], from: null, until: null, facets: [] };
const listeners = [];
let SHOWN = []; // the events that pass, in the order of the tables

/** Letters as one searches them: small, without dots, accents kept, both encodings of Bengali letters alike. */
function folded(text) {
  return text.toLowerCase().replace(/i\u0307/g, "i").replace(/\u0131/g, "i").normalize("NFC");
}

/** All that a search looks through for an event; made when it is first asked for. */
function haystack(event) {
  if (event.haystack === undefined) {
    const parts = [
      evidence(event) || event.trigger, event.type, event.place, event.rule, event.date, event.event_id,
      ...event.persons, ...event.actors, ...event.organisations, ...event.subjects, ...event.instruments,
      ...event.participants, ...event.participants.map(stateName),
      DATA.articles[event.article].doc_id, DATA.articles[event.article].title,
    ];
    event.haystack = folded(parts.filter(Boolean).join("\n"));
  }
  return event.haystack;
}

function passes(event) {
  if (filter.types.size && !filter.types.has(event.type)) return false;
  if (filter.languages.size && !filter.languages.has(event.language)) return false;
  if (!filter.states.every((code) => event.participants.includes(code))) return false;
  if ((filter.from !== null || filter.until !== null) && event.first === null) return false;
  if (filter.from !== null && event.last <= filter.from) return false;
  if (filter.until !== null && event.first >= filter.until) return false;
  if (!filter.facets.every((facet) => facet.test(event))) return false;
  return filter.words.every((word) => haystack(event).includes(word));
}

/** Work out what is shown and tell everybody. */
function refilter() {
  SHOWN = EVENTS.filter(passes);
  const all = SHOWN.length === EVENTS.length;
  $("filter-count").textContent = all ? `${EVENTS.length} events` : `${SHOWN.length} of ${EVENTS.length} events`;
  drawChips();
  for (const listener of listeners) listener(SHOWN);
}

function chip(label, remove) {
  const take = () => { remove(); syncForm(); refilter(); };
  return el("button", { type: "button", class: "chip", title: "Take this condition away", onclick: take }, `${plain(label)} ×`);
}

function drawChips() {
  const chips = [
    ...[...filter.types].map((type) => chip(type, () => filter.types.delete(type))),
    ...filter.states.map((code) => chip(stateName(code), () => { filter.states = filter.states.filter((each) => each !== code); })),
    ...filter.facets.map((facet) => chip(facet.label, () => { filter.facets = filter.facets.filter((each) => each !== facet); })),
  ];
  $("chips").replaceChildren(...chips);
}

/** Show the filter in its form. */
function syncForm() {
  for (const box of document.querySelectorAll("#filter-types input")) box.checked = filter.types.has(box.value);
  for (const box of document.querySelectorAll("#filter-languages input")) box.checked = filter.languages.has(box.value);
}

function setPeriod(from, until) {
  $("filter-from").value = from || "";
  $("filter-until").value = until || "";
  filter.from = year(from, false);
  filter.until = year(until, true);
}

function addState(code) {
  if (DATA.states[code] !== undefined && !filter.states.includes(code)) filter.states.push(code);
}

/** Add a condition that the form has no field for; a second one of the same kind takes the place of the first. */
function addFacet(kind, label, test) {
  filter.facets = [...filter.facets.filter((facet) => facet.kind !== kind), { kind, label, test }];
}

function stateOf(text) {
  const wanted = folded(text.trim());
  const codes = Object.keys(DATA.states);
  return codes.find((code) => folded(code) === wanted || folded(`${stateName(code)} (${code})`) === wanted || folded(stateName(code)) === wanted);
}

function buildFilters() {
  const types = counted(EVENTS.map((event) => event.type));
  $("filter-types").querySelector(".options").append(...types.map(([type, count]) => el("label", { title: DATA.types[type].definition },
    el("input", { type: "checkbox", value: type, onchange: (change) => { change.target.checked ? filter.types.add(type) : filter.types.delete(type); refilter(); } }),
    el("span", { class: DATA.types[type].soft ? "soft" : null }, type), el("span", {}, count))));
  const languages = counted(EVENTS.map((event) => event.language));
  $("filter-languages").append(...languages.map(([language, count]) => el("label", {},
    el("input", { type: "checkbox", value: language, onchange: (change) => { change.target.checked ? filter.languages.add(language) : filter.languages.delete(language); refilter(); } }),
    ` ${language} `, el("span", { class: "soft" }, count))));
  $("known-states").append(...Object.keys(DATA.states).map((code) => el("option", { value: `${stateName(code)} (${code})` })));
  listenToForm();
}

function listenToForm() {
  const form = $("filters");
  form.addEventListener("submit", (submit) => submit.preventDefault());
  form.addEventListener("reset", () => { clearFilter(); setTimeout(refilter); });
  let waiting = null;
  $("filter-text").addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => { filter.words = folded($("filter-text").value).split(/\s+/).filter(Boolean); refilter(); }, 120);
  });
  $("filter-state").addEventListener("change", () => {
    const code = stateOf($("filter-state").value);
    if (!code) return;
    addState(code);
    $("filter-state").value = "";
    refilter();
  });
  for (const id of ["filter-from", "filter-until"]) {
    $(id).addEventListener("change", () => {
      const given = $(id).value.trim();
      $(id).setAttribute("aria-invalid", String(given !== "" && year(given, false) === null));
      setPeriod($("filter-from").value, $("filter-until").value);
      refilter();
    });
  }
  $("more-filters").addEventListener("click", () => {
    const open = form.classList.toggle("open");
    $("more-filters").setAttribute("aria-expanded", String(open));
  });
  document.addEventListener("click", (click) => {
    if (!$("filter-types").contains(click.target)) $("filter-types").open = false;
  });
  $("filter-types").addEventListener("keydown", (press) => {
    if (press.key === "Escape") { $("filter-types").open = false; $("filter-types").firstElementChild.focus(); }
  });
}

function clearFilter() {
  Object.assign(filter, { words: [], types: new Set(), languages: new Set(), states: [], from: null, until: null, facets: [] });
}
