// An input with completion: values are offered while one types, and a list is completed piece by piece.

const normal = (text) => text.normalize("NFC").toLowerCase();

/** Rank of an option for what was typed: 0 is best, null does not fit. */
function fit(option, typed) {
  if (!typed) return 1;
  const value = normal(option.value);
  if (value.startsWith(typed)) return value === typed ? 0 : 1;
  const rest = normal(`${option.value.replaceAll("_", " ")} ${option.more || ""} ${option.also || ""}`);
  if (rest.split(" ").some((word) => word.startsWith(typed))) return 2;
  return rest.includes(typed) ? 3 : null;
}

/**
 * Make an input that completes. `near` gives the options that stand near in the text, `options` all; `strict` says
 * that nothing else is allowed, so that Enter takes the best; `several` that pieces are separated by `;`.
 */
function completing({ near, options, strict, several, onsubmit, oncancel, oninput, ...attributes }) {
  const list = el("ul", { class: "offers", role: "listbox", hidden: true });
  const input = el("input", { type: "text", autocomplete: "off", spellcheck: "false", role: "combobox", "aria-expanded": "false", "aria-autocomplete": "list", ...attributes });
  const box = el("span", { class: "completing" }, input, list);
  let offers = [];
  let chosen = -1;

  const bounds = () => {
    if (!several) return [0, input.value.length];
    const from = input.value.lastIndexOf(";", input.selectionStart - 1) + 1;
    const until = input.value.indexOf(";", input.selectionStart);
    return [from, until < 0 ? input.value.length : until];
  };
  const close = () => { offers = []; chosen = -1; draw(); };
  const draw = () => {
    list.hidden = !offers.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    list.replaceChildren(...offers.map((offer, place) => el("li", { role: "option", "aria-selected": String(place === chosen), onpointerdown: (press) => { press.preventDefault(); take(place); } },
      el("b", {}, quoted(offer.value)), offer.more ? el("span", {}, quoted(offer.more)) : null)));
    list.children[chosen]?.scrollIntoView({ block: "nearest" });
    if (!list.hidden) list.classList.toggle("above", input.getBoundingClientRect().bottom + 220 > innerHeight && input.getBoundingClientRect().top > 240);
  };
  const offer = (all) => {
    const [from, until] = bounds();
    const whole = input.selectionStart === 0 && input.selectionEnd === input.value.length;
    const typed = all && whole ? "" : normal(input.value.slice(from, until).trim());
    const found = new Map();
    for (const option of near()) if (fit(option, typed) !== null) found.set(option.value, { ...option, rank: fit(option, typed) });
    if (typed || !found.size) for (const option of options()) {
      const rank = fit(option, typed);
      if (rank !== null && !found.has(option.value)) found.set(option.value, { ...option, rank });
    }
    offers = [...found.values()].sort((one, other) => one.rank - other.rank).slice(0, typed ? 8 : 40);
    if (offers.length === 1 && normal(offers[0].value) === typed) offers = [];
    chosen = strict && typed && offers.length && offers[0].rank > 0 ? 0 : -1;
    draw();
  };
  const take = (place) => {
    const [from, until] = bounds();
    const before = input.value.slice(0, from);
    const value = several ? `${before}${before ? " " : ""}${offers[place].value}` : offers[place].value;
    const after = several ? input.value.slice(until) : "";
    input.value = value + after;
    input.setSelectionRange(value.length, value.length);
    close();
    oninput();
  };
  const move = (by) => { if (!offers.length) { offer(true); return; } chosen = (chosen + by + offers.length + (chosen < 0 && by < 0 ? 1 : 0)) % offers.length; draw(); };

  input.addEventListener("input", () => { offer(false); oninput(); });
  input.addEventListener("focus", () => { input.select(); offer(true); });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (press) => {
    if (press.isComposing) return;
    if (press.key === "ArrowDown" || press.key === "ArrowUp") { press.preventDefault(); move(press.key === "ArrowDown" ? 1 : -1); }
    if (press.key === "Tab" && chosen >= 0) take(chosen);
    if (press.key === "Enter") {
      press.preventDefault();
      if (chosen >= 0) take(chosen);
      else { close(); onsubmit(); }
    }
    if (press.key === "Escape") {
      press.preventDefault();
      press.stopPropagation();
      if (chosen >= 0) close();
      else oncancel();
    }
  });
  return { box, input };
}
