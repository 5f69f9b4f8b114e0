// The profile of an entity: everything that the data tell of it.

/** How many items of a group are shown at first; the rest is one step away. */
const FIRST = 8;

/** A list, of which what is beyond the first items is folded. */
function longList(items, render, first = FIRST) {
  if (items.length <= first + 2) return el("ul", {}, items.map(render));
  const rest = items.slice(first);
  const more = el("details", { class: "more" }, el("summary", {}, `${rest.length.toLocaleString("en")} more`));
  // Made when it is opened: a hub has thousands. For print, everything is there.
  const unfold = () => { if (more.children.length === 1) more.append(el("ul", {}, rest.map(render))); };
  more.addEventListener("toggle", unfold);
  more.unfold = unfold;
  return [el("ul", {}, items.slice(0, first).map(render)), more];
}

const group = (title, body, count = null) =>
  el("section", { class: "group" }, el("h3", {}, title, count === null ? "" : el("small", {}, ` ${count}`)), body);

/** Relations in one direction, by relation, each other end once with all its claims. */
function relationGroups(entity, claims, direction) {
  const byRelation = grouped(claims, (claim) => claim.relation);
  const ordered = [...byRelation].sort(([a], [b]) => a.n - b.n);
  return ordered.map(([relation, claims]) => {
    const others = [...grouped(claims, (claim) => across(claim, entity))];
    others.sort(([a], [b]) => a.kind.n - b.kind.n || a.name.localeCompare(b.name, "en"));
    const label = direction === "outgoing" ? relation.label : relation.inverse;
    const item = ([other, claims]) => el("li", {}, swatch(other.kind), link(other), " ", qualifiers(claims[0]),
      commas(claims.map((claim) => [place(claim), ...marks(claim)])));
    return group(capital(label), longList(others, item), others.length);
  });
}

/** What is short enough to stand in a list. */
function qualifiers(claim) {
  const { stage, role, from, to } = claim.set;
  const words = [stage, role && `as ${role}`, from || to ? boundsShort(claim) : null].filter(Boolean).join(", ");
  return words ? el("span", { class: "faint" }, `(${words}) `) : null;
}

function namesOf(entity) {
  const codes = entity.codes.filter((code) => !/^Q\d+$/.test(code));
  const wikidata = entity.codes.filter((code) => /^Q\d+$/.test(code));
  return facts([
    ["Also called", entity.aliases.join("; ")],
    ["Codes", codes.join(", ")],
    ["Wikidata item", wikidata.join(", ")],
    ["Id", el("code", {}, entity.id)],
    ["IRI", entity.iri ?? `${DATA.base}${entity.kind.name}/${entity.slug}`],
    ["Possibly the same as", entity.same.size ? commas([...entity.same].map((n) => link(ENTITIES[n]))) : null],
    ["Broader", entity.broader.length ? commas(entity.broader.map((topic) => link(topic))) : null],
  ]);
}

function valueTable(values) {
  if (!values.length) return null;
  // What several passages tell alike stands once.
  const alike = grouped(values, (claim) => `${claim.relation.n} ${claim.value}`);
  const rows = [...alike.values()].map((claims) => el("tr", {}, el("th", { scope: "row" }, claims[0].relation.label),
    el("td", {}, claims[0].value), el("td", {}, commas(claims.map((claim) => [place(claim), ...marks(claim)])))));
  return group("Told of it", el("table", {}, el("thead", { class: "unseen" }, el("tr", {},
    ["What", "Value", "Where"].map((name) => el("th", { scope: "col" }, name)))), el("tbody", {}, rows)));
}

const MENTIONS = [["saidBy", "Said by it"], ["saidAt", "Said there"], ["on", "Said with regard to it"]];

function mentionGroups(entity) {
  return MENTIONS.map(([key, title]) => {
    const claims = entity.mentions.filter(([role, claim]) => role === key && passesWhole(claim)).map(([, claim]) => claim);
    if (!claims.length) return null;
    const item = (claim) => el("li", {}, sentence(claim, entity), " ", standingMark(claim), place(claim));
    return group(title, longList(claims, item, 4), claims.length);
  });
}

/** Of a source document: what is known of it, and its paragraphs. */
function sourceGroups(document) {
  if (!document.source) return null;
  const passage = (passage) => {
    const head = [el("strong", {}, `Paragraph ${passage.position}`), passage.heading ? `, ${passage.heading}` : ""];
    if (passage.silent) return el("li", {}, head, el("span", { class: "faint" }, ` no claim: ${passage.silent}`));
    const claims = passage.claims.filter(passesWhole);
    return el("li", {}, head, longList(claims, (claim) => el("li", {}, sentence(claim), " ", standingMark(claim), place(claim)), 2));
  };
  const twins = document.twins.length ? commas(document.twins.map((twin) => link(twin))) : null;
  return [
    group("The document", facts([...document.source.map(([key, fact]) => [capital(key), fact]), ["Shares text with", twins]])),
    group("Its paragraphs", longList(document.passages, passage, 3), document.passages.length),
  ];
}

function workGroups(entity) {
  const cells = entity.works.filter((cell) => waysOf(cell).length && passesKind(cell.topic) && passesKind(cell.country));
  if (!cells.length) return null;
  const isCountry = entity.kind.name === "country";
  const title = isCountry ? "Works on, in whatever way" : "Countries that work on it";
  const other = (cell) => (isCountry ? cell.topic : cell.country);
  cells.sort((a, b) => waysOf(b).length - waysOf(a).length || a.topic.n - b.topic.n || a.country.n - b.country.n);
  const item = (cell) => el("li", {}, swatch(other(cell).kind), link(other(cell)), " ",
    el("a", { href: toCell(cell), class: "place", "aria-label": `${plural(waysOf(cell).length, "way")}: ${cell.country.name}, ${cell.topic.name}` },
      plural(waysOf(cell).length, "way")));
  return group(title, longList(cells, item, 6), cells.length);
}

function profilePanel(entity) {
  const wanted = (claims) => claims.filter((claim) => passesFrom(claim, entity));
  const [outgoing, incoming, values] = [entity.outgoing, entity.incoming, entity.values].map(wanted);
  const shown = outgoing.length + incoming.length + values.length;
  const total = degree(entity) + entity.values.length;
  const inGraph = state.view === "graph" ? null : el("p", {}, el("a", { href: address({ view: "graph", at: entity.id, show: "" }) },
    "Show it in the graph"));
  return {
    title: `${entity.name}, ${entity.kind.label}`,
    body: [
      el("p", { class: "kind" }, swatch(entity.kind), capital(entity.kind.label)),
      panelTitle(entity.name),
      el("p", { class: "faint" }, `${plural(shown, "claim")}${hiddenWords(total - shown)}.`,
        hasFilter() && total > shown ? [" ", el("a", { href: address({ kinds: [], relations: [], standing: STANDINGS, year: "" }) },
          "Show all")] : null),
      inGraph,
      namesOf(entity),
      sourceGroups(entity),
      valueTable(values),
      workGroups(entity),
      relationGroups(entity, outgoing, "outgoing"),
      relationGroups(entity, incoming, "incoming"),
      entity.narrower.length ? group("Narrower", longList(entity.narrower, (topic) =>
        el("li", {}, swatch(topic.kind), link(topic))), entity.narrower.length) : null,
      mentionGroups(entity),
    ],
  };
}
