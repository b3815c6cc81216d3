// The event's words in their paragraph, and selecting some of them.

function drawEvidence(event) {
  const { start, text, language, marks, before, after, gone } = event.passage;
  const host = $("text");
  const open = nested(marks.map((mark) => ({ ...mark, pick: mark.event && mark.event !== event.id ? () => act({ what: "go", event: mark.event }) : null })));
  const more = (there) => (there ? [el("p", { class: "gap", "aria-label": "there is more" }, "⋯")] : []);
  form.passage = passage(start, text, open, language);
  host.replaceChildren(...more(before), form.passage, ...more(after));
  $("text-note").textContent = gone ? "the article is gone or was changed: only the sentences that the tables hold are shown" : "";
  const now = host.querySelector(".trigger.now");
  const far = now && (now.getBoundingClientRect().bottom > $("text-pane").getBoundingClientRect().bottom || event.whole);
  $("text-pane").scrollTop = 0;
  if (far) now.scrollIntoView({ block: "center", behavior: "instant" });
}

/** How many code points of the text stand before a place in the page. */
function pointsBefore(node, offset) {
  const range = document.createRange();
  range.setStart(form.passage, 0);
  range.setEnd(node, offset);
  const copy = range.cloneContents();
  for (const label of copy.querySelectorAll("small")) label.remove();
  for (const sign of copy.querySelectorAll(".control")) sign.replaceWith("x");
  return Array.from(copy.textContent).length;
}

/** What is selected in the text, without blanks around it; null if nothing is. */
function selected() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed || !form.passage) return null;
  const range = selection.getRangeAt(0);
  if (!form.passage.contains(range.startContainer) || !$("text").contains(range.endContainer)) return null;
  const points = Array.from(view.event.passage.text);
  let from = pointsBefore(range.startContainer, range.startOffset);
  let until = form.passage.contains(range.endContainer) ? pointsBefore(range.endContainer, range.endOffset) : points.length;
  while (from < until && /\s/.test(points[from])) from += 1;
  while (from < until && /\s/.test(points[until - 1])) until -= 1;
  const origin = view.event.passage.start;
  return from < until ? { start: origin + from, end: origin + until, text: points.slice(from, until).join("") } : null;
}

function offerPick() {
  const place = selected();
  if (!place) { hidePick(); return; }
  const box = getSelection().getRangeAt(0).getBoundingClientRect();
  const pick = $("pick");
  pick.hidden = false;
  pick.style.left = `${Math.max(8, Math.min(box.left, innerWidth - pick.offsetWidth - 8))}px`;
  pick.style.top = `${box.bottom + pick.offsetHeight + 10 > innerHeight ? box.top - pick.offsetHeight - 6 : box.bottom + 6}px`;
}

function hidePick() {
  $("pick").hidden = true;
}
