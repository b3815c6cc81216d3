// The slots of the event that is shown, or of one that is being added: each can be typed over at any time.

const KEYS = { type: "t", date: "d", source: "s", target: "g", participants: "p", place: "l", persons: "n", organisations: "o", modality: "m" };
const ORDER = ["type", "date", "source", "target", "participants", "place", "persons", "organisations", "actors", "instruments", "subjects", "count_min", "count_max", "modality", "polarity", "aspect"];
const USUAL = { modality: "actual", polarity: "positive", aspect: "single" };
const STATES = new Set(["participants", "source", "target"]);

const form = { host: null, fields: new Map(), before: {}, key: null, adding: null, asked: new Map(), number: 0 };

function optionsOf(slot) {
  if (slot === "type") return FACTS.types;
  if (STATES.has(slot)) return FACTS.states;
  return FACTS.choices[slot] || FACTS[slot] || [];
}

function nearOf(slot) {
  const near = view?.event?.passage.near || {};
  if (!STATES.has(slot)) return near[slot] || [];
  const names = new Map(FACTS.states.map((state) => [state.value, state.more]));
  return (near.states || []).map((state) => ({ ...state, more: names.get(state.value) }));
}

function buildForm(host) {
  form.host = host;
  form.title = el("h2", {});
  const rows = ORDER.map((slot) => {
    const words = el("span", { class: "words", id: `words-${slot}` });
    const { box, input } = completing({
      id: `slot-${slot}`, "aria-describedby": `words-${slot}`, near: () => nearOf(slot), options: () => optionsOf(slot),
      strict: slot === "type" || STATES.has(slot) || slot in FACTS.choices, several: FACTS.lists.includes(slot),
      onsubmit: submitForm, oncancel: cancelForm, oninput: () => typed(slot),
    });
    const label = el("label", { for: `slot-${slot}` }, slot.replace("_", " "), KEYS[slot] ? el("kbd", {}, KEYS[slot]) : null);
    form.fields.set(slot, { input, words });
    return el("div", { class: "slot" }, label, box, words);
  });
  const trigger = el("input", { type: "text", id: "slot-trigger", autocomplete: "off", spellcheck: "false", placeholder: "a word of the text" });
  trigger.addEventListener("keydown", (press) => { if (press.key === "Enter") submitForm(); if (press.key === "Escape") cancelForm(); });
  form.trigger = trigger;
  form.triggerRow = el("div", { class: "slot" }, el("label", { for: "slot-trigger" }, "told by"), trigger);
  form.save = el("button", { type: "button", id: "save", class: "primary", onclick: submitForm }, "save ", el("kbd", {}, "Enter"));
  form.leave = el("button", { type: "button", id: "cancel", onclick: cancelForm }, "cancel ", el("kbd", {}, "Esc"));
  host.replaceChildren(form.title, form.triggerRow, ...rows, el("div", { class: "form-buttons" }, form.save, form.leave));
}

/** Fill the form with an event; what is being typed over the same event stays. */
function showForm(event, problems) {
  const key = event ? event.id : null;
  const same = form.key === key && (form.adding || changed().length);
  if (!same || (!Object.keys(problems).length && form.sent)) {
    form.adding = null;
    fill(event ? event.slots : {}, event ? event.words : {});
  }
  form.sent = false;
  form.key = key;
  form.was = event && event.was;
  for (const [slot, message] of Object.entries(problems)) tell(slot, message, true);
  const first = ORDER.find((slot) => slot in problems);
  if (first) form.fields.get(first).input.focus();
  headForm();
}

function fill(slots, words) {
  form.before = slots;
  for (const [slot, { input }] of form.fields) {
    input.value = slots[slot] || "";
    tell(slot, words[slot] || "", false);
  }
}

function headForm() {
  const event = view?.event;
  form.host.classList.toggle("adding", Boolean(form.adding));
  form.triggerRow.hidden = !form.adding;
  form.title.replaceChildren(...(form.adding ? ["a new event"] : event ? [event.bare ? "no event was read here" : event.id.startsWith("added-") ? "added: " : "as read: ", quoted(event.trigger, event.language)] : ["no event"]));
  const some = Boolean(form.adding) || changed().length > 0;
  form.save.disabled = form.leave.disabled = !some;
  for (const [slot, { input }] of form.fields) {
    const now = input.value !== (form.before[slot] || "");
    input.classList.toggle("changed", now);
    const was = form.was && form.was[slot] !== input.value ? form.was[slot] || "nothing" : "";
    input.title = was && !form.adding ? `was: ${plain(was)}` : "";
    input.classList.toggle("corrected", Boolean(was) && !now && !form.adding);
    input.disabled = !event || (event.bare && !form.adding);
  }
}

const changed = () => [...form.fields].filter(([slot, { input }]) => input.value !== (form.before[slot] || "")).map(([slot]) => slot);

function tell(slot, text, wrong) {
  const { input, words } = form.fields.get(slot);
  words.textContent = plain(text);
  words.classList.toggle("wrong", wrong);
  if (wrong) input.setAttribute("aria-invalid", "true");
  else input.removeAttribute("aria-invalid");
}

/** Ask what a slot now means; the answer comes to `mean`. */
function typed(slot) {
  headForm();
  form.number += 1;
  form.asked.set(slot, form.number);
  form.host.dataset.asked = String(form.number);
  ask({ what: "check", event: form.key, slot, text: form.fields.get(slot).input.value, new: Boolean(form.adding), number: form.number });
}

function mean(meaning) {
  form.host.dataset.meant = String(meaning.number);
  if (form.asked.get(meaning.slot) !== meaning.number) return;
  tell(meaning.slot, meaning.problem || meaning.words, Boolean(meaning.problem));
}

function submitForm() {
  if (busy()) return;
  const now = ORDER.map((slot) => [slot, form.fields.get(slot).input.value]);
  const slots = Object.fromEntries(form.adding || !form.was ? now : now.filter(([slot, value]) => value !== form.was[slot]));
  if (form.adding) {
    const place = form.adding.end ? form.adding : findTrigger(form.trigger.value);
    if (!place) { notice("these words do not stand in the text that is shown"); form.trigger.focus(); return; }
    form.sent = true;
    act({ what: "add", event: view.event.id, start: place.start, end: place.end, slots });
  } else if (changed().length) {
    form.sent = true;
    act({ what: "fix", event: form.key, slots });
  } else {
    document.activeElement.blur();
    return;
  }
  document.activeElement.blur();
}

function cancelForm() {
  document.activeElement.blur();
  form.adding = null;
  if (view?.event) fill(view.event.slots, view.event.words);
  headForm();
}

/** Begin an event at what is selected in the text, or at words still to be typed. */
function beginAdding() {
  if (!view?.event) return;
  const place = selected();
  fill(USUAL, {});
  form.adding = place || {};
  form.trigger.value = place ? place.text : "";
  form.trigger.disabled = Boolean(place);
  hidePick();
  headForm();
  form.host.scrollIntoView({ block: "nearest" });
  (place ? form.fields.get("type").input : form.trigger).focus();
}

/** Find words in the text that is shown: from the sentence on, else from the beginning. */
function findTrigger(words) {
  const { text, start, marks } = view.event.passage;
  const points = Array.from(text);
  const sentence = marks.find((mark) => mark.class === "sentence");
  const from = points.slice(0, Math.max(0, (sentence?.start ?? 0) - start)).join("").length;
  let place = words ? text.indexOf(words, from) : -1;
  if (words && place < 0) place = text.indexOf(words);
  if (place < 0) return null;
  const begin = start + Array.from(text.slice(0, place)).length;
  return { start: begin, end: begin + Array.from(words).length };
}
