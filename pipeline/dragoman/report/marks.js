// A text with marks in it, in the manner of displaCy.

/** The marks of a text in the order in which they open. */
function nested(marks) {
  return marks.filter((mark) => mark.end > mark.start).sort((one, other) => one.start - other.start || other.end - one.end || one.rank - other.rank);
}

/** One passage as nested marks; a mark that would cross another is cut at its edge. */
function passage(start, piece, marks, language) {
  const points = /[\ud800-\udfff]/.test(piece) ? Array.from(piece) : null;
  const length = points ? points.length : piece.length;
  const cut = (from, until) => (points ? points.slice(from, until).join("") : piece.slice(from, until));
  const host = el("p", { lang: language, dir: "auto" });
  const open = [{ node: host, end: length }];
  let place = 0;
  const writeUntil = (until) => { if (until > place) { open.at(-1).node.append(...shown(cut(place, until))); place = until; } };
  const closeUntil = (until) => {
    while (open.length > 1 && open.at(-1).end <= until) {
      writeUntil(open.at(-1).end);
      const { node, label } = open.pop();
      if (label) node.append(el("small", {}, plain(label)));
    }
  };
  for (const mark of marks) {
    const from = Math.max(0, mark.start - start);
    if (mark.start - start >= length || mark.end <= start) continue;
    closeUntil(from);
    writeUntil(from);
    const end = Math.min(mark.end - start, open.at(-1).end);
    const node = el("mark", { class: mark.class, title: mark.title ? plain(mark.title) : null });
    if (mark.pick) node.addEventListener("click", mark.pick);
    open.at(-1).node.append(node);
    open.push({ node, end, label: mark.label });
  }
  closeUntil(length);
  writeUntil(length);
  return host;
}
