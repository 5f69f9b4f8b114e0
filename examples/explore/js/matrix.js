// The countries by topics: who works on what, each cell leading to the claims that show it.

const ROWS = 60;

function matrixRows() {
  const wanted = folded(state.words);
  const topics = ENTITIES.filter((entity) => entity.kind.name === "topic" && passesKind(entity) && folded(entity.name).includes(wanted));
  const rows = topics.map((topic) => {
    const cells = topic.works.filter((cell) => passesKind(cell.country)).map((cell) => [cell, waysOf(cell).length]);
    return { topic, cells: new Map(cells.filter(([, ways]) => ways > 0).map(([cell, ways]) => [cell.country, [cell, ways]])) };
  });
  const shared = rows.filter(({ cells }) => cells.size >= Math.max(1, state.least));
  return shared.sort((a, b) => b.cells.size - a.cells.size || a.topic.name.localeCompare(b.topic.name, "en"));
}

function renderMatrix() {
  const rows = matrixRows();
  const shown = rows.slice(0, ROWS * 2 ** state.more);
  const countries = ENTITIES.filter((entity) => entity.kind.name === "country" && passesKind(entity));
  const least = el("select", { id: "least", change: (event) => go({ least: Number(event.target.value), more: 0 }) },
    [1, 2, 3, 4, 5].map((n) => el("option", { value: n, selected: n === state.least }, n)));
  const head = el("tr", {}, el("th", { scope: "col" }, "Topic"), el("th", { scope: "col", class: "number sum" }, "All"),
    countries.map((country) => {
      const code = country.codes[0];
      return el("th", { scope: "col", class: "number" }, el("a", { href: toEntity(country), title: country.name, "aria-label": code ? `${code}: ${country.name}` : null },
        code ?? cut(country.name, 12)));
    }));
  const cell = (row, country) => {
    const [cell, ways] = row.cells.get(country) ?? [];
    if (!cell) return el("td", { class: "number none" }, el("span", { "aria-hidden": "true" }, "·"), el("span", { class: "unseen" }, "none told"));
    return el("td", { class: "number" }, el("a", { href: toCell(cell), class: `ways w${Math.min(5, ways)}`,
      "aria-label": `${country.name}, ${row.topic.name}: ${plural(ways, "way")}` }, ways));
  };
  const table = el("table", { class: "matrix" },
    el("caption", {}, `${plural(rows.length, "topic")}, ${plural(countries.length, "country", "countries")}`),
    el("thead", {}, head),
    el("tbody", {}, shown.map((row) => el("tr", {}, el("th", { scope: "row" }, link(row.topic)), el("td", { class: "number sum" }, row.cells.size),
      countries.map((country) => cell(row, country))))));
  renderOther("matrix",
    [el("label", {}, "Topics on which at least ", least, " countries work"), wordsField("Topics with this in their name")],
    [el("p", { class: "faint" }, "A number is that of the ways in which the country works on the topic; it leads to their claims. No number: nothing is told of it."),
      el("div", { class: "wide", role: "region", tabindex: "0", "aria-label": "Countries by topics" }, table), moreRows(shown.length, rows.length)]);
  return `${plural(rows.length, "topic")}`;
}

/** The button for more rows of a long list. */
const moreRows = (shown, total) => (total > shown
  ? el("p", {}, el("button", { type: "button", id: "more-rows", click: () => go({ more: state.more + 1 }) },
    `Show more (${shown.toLocaleString("en")} of ${total.toLocaleString("en")})`)) : null);

/** A field that narrows a list. Each letter changes the address of this step, not the history. */
function wordsField(label) {
  const field = el("input", { type: "search", id: "words", value: state.words, autocomplete: "off",
    input: (event) => go({ words: event.target.value, more: 0 }, { replace: true }) });
  return el("label", {}, label, " ", field);
}

/** Shows controls and what they control; controls that are in use stay what they are. */
function renderOther(view, controls, body) {
  const other = $("other-view");
  if (other.dataset.view !== view) {
    other.dataset.view = view;
    fill(other, el("div", { class: "controls" }, controls), el("div", { class: "body" }));
  } else {
    const [words, least] = [$("words"), $("least")];
    if (words && words !== document.activeElement) words.value = state.words;
    if (least) least.value = state.least;
  }
  fill(other.lastElementChild, body);
}
