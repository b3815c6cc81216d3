// The order of things: unpack, build, draw.

const onEnter = (action) => (press) => { if (press.key === "Enter" || press.key === " ") { press.preventDefault(); press.stopPropagation(); action(); } };

/** Show some nodes beside the pointer, or beside what has the keyboard. */
function tipFor(node, content) {
  const show = (x, y) => {
    const tip = $("tip");
    tip.replaceChildren(...content());
    tip.hidden = false;
    const box = tip.getBoundingClientRect();
    tip.style.left = `${Math.max(4, Math.min(x + 14, innerWidth - box.width - 6))}px`;
    tip.style.top = `${y + 16 + box.height > innerHeight ? Math.max(4, y - box.height - 10) : y + 16}px`;
  };
  node.addEventListener("pointermove", (move) => { if (!move.buttons) show(move.clientX, move.clientY); });
  node.addEventListener("pointerleave", hideTip);
  node.addEventListener("focus", () => { const box = node.getBoundingClientRect(); show(box.left, box.bottom); });
  node.addEventListener("blur", hideTip);
}

function hideTip() {
  $("tip").hidden = true;
}

function drawRun() {
  const { run } = DATA;
  $("run-name").replaceChildren(quoted(run.name));
  const facts = [`dragoman ${run.version ?? ""}`, run.release ? `rules: ${run.release}` : "", run.finished ? `made ${run.finished}` : "", run.models ? `models ${run.models.slice(0, 12)}` : "",
    run.left_out ? `${run.left_out} further events are only in the tables` : "", run.rejects_left_out ? `${run.rejects_left_out} further rejects are only in the tables` : ""];
  $("run-facts").replaceChildren(quoted(facts.filter(Boolean).join(" · ")));
}

function openFromAddress() {
  const wanted = /^#event=([0-9a-f]+)$/.exec(location.hash);
  const event = wanted && EVENTS.find((each) => each.event_id === wanted[1]);
  if (event && event !== current) openEvent(event);
}

/** Make what a search looks through, a little at a time, so that the first search is as quick as the others. */
async function prepareSearch() {
  for (let begin = 0; begin < EVENTS.length; begin += 500) {
    for (const event of EVENTS.slice(begin, begin + 500)) { event.haystack = undefined; haystack(event); }
    await new Promise((resolve) => setTimeout(resolve));
  }
}

function fail(error) {
  $("problem").hidden = false;
  $("problem").textContent = typeof DecompressionStream === "undefined"
    ? "This browser is too old for the page: it needs DecompressionStream (2023 or newer)."
    : `The page could not be built: ${error}`;
}

async function start() {
  buildTheme();
  await loadContents();
  drawRun();
  buildFilters();
  buildTables();
  buildTimeline();
  buildNetwork();
  buildDistributions();
  buildArticle();
  refilter();
  await loadTexts();
  await prepareSearch();
  if (filter.words.length) refilter();
  else eventsGrid.refresh();
  openFromAddress();
  addEventListener("hashchange", openFromAddress);
  document.documentElement.dataset.ready = "true";
}

start().catch(fail);
