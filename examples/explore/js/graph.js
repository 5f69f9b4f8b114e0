// The drawing: an entity and what it is linked with, or the members and what they share.

const NARROW = matchMedia("(max-width: 52rem)");
const drawing = { cy: null, key: "" };

/** How many neighbors, or topics, are drawn at first; "show more" doubles it. */
const firstShown = () => (NARROW.matches ? 14 : 30) * 2 ** state.more;

/** The neighbors of an entity by how they are linked with it, as many as are to be shown, and how many there are. */
function neighbors(entity) {
  const byOther = new Map();
  for (const claim of [...entity.outgoing, ...entity.incoming]) {
    const other = across(claim, entity);
    if (other === entity || !passesFrom(claim, entity)) continue;
    if (!byOther.has(other)) byOther.set(other, []);
    byOther.get(other).push(claim);
  }
  const groups = new Map();
  for (const [other, claims] of byOther) {
    const reads = (claim) => (claim.subject === entity ? claim.relation.label : claim.relation.inverse);
    const rank = Math.min(...claims.map((claim) => claim.relation.n * 2 + (claim.subject === entity ? 0 : 1)));
    const label = [...new Set(claims.map(reads))].join(", ");
    if (!groups.has(label)) groups.set(label, { label, rank, all: [], items: [] });
    groups.get(label).all.push(other);
  }
  const ordered = [...groups.values()].sort((a, b) => a.rank - b.rank || (a.label < b.label ? -1 : 1));
  for (const group of ordered) group.all.sort((a, b) => degree(b) - degree(a) || a.n - b.n);
  // One of each group in turn, so that no relation is crowded out by another.
  const most = firstShown();
  let shown = 0;
  for (let turn = 0; shown < most; turn += 1) {
    const having = ordered.filter((group) => group.all.length > turn);
    if (!having.length) break;
    for (const group of having.slice(0, most - shown)) group.items.push(group.all[turn]);
    shown += Math.min(having.length, most - shown);
  }
  return { groups: ordered.filter((group) => group.items.length), byOther, shown, total: byOther.size };
}

/**
 * The countries that work on most topics, and the topics that bring most of them together: of two that bring
 * the same together, the narrower. As many as leave the lines apart.
 */
function gatherings() {
  const isShown = (cell) => passesKind(cell.country) && passesKind(cell.topic) && waysOf(cell).length > 0;
  const all = new Map(ENTITIES.filter((entity) => entity.works.length).map((entity) => [entity, entity.works.filter(isShown)]));
  const most = (kind) => [...all].filter(([entity, cells]) => entity.kind.name === kind && cells.length)
    .sort(([a, cells], [b, others]) => others.length - cells.length || a.n - b.n);
  const times = 2 ** state.more;
  const countries = most("country");
  const shown = new Set(countries.slice(0, 12 * times).map(([country]) => country));
  const telling = most("topic").filter(([topic, cells]) => cells.length >= 2
    && !topic.narrower.some((narrower) => all.get(narrower)?.length === cells.length));
  const topics = [];
  let lines = 0;
  for (const [, cells] of telling) {
    const drawn = cells.filter((cell) => shown.has(cell.country));
    lines += drawn.length;
    if (topics.length >= (NARROW.matches ? 12 : 18) * times || (topics.length >= 8 && lines > 110 * times)) break;
    topics.push(drawn);
  }
  return { topics, total: telling.length, countries: shown.size, members: countries.length };
}

const lineOf = (claims) => {
  if (claims.every((claim) => !isAsserted(claim))) return "dotted";
  return claims.every((claim) => held(claim) === "possibly") ? "dashed" : "solid";
};

const lineWidth = (claims) => Math.min(4, 1 + Math.log2(claims) * 0.6);

const nodeOf = (entity, { x, y, side }, classes = "") => ({
  group: "nodes", data: { id: `e${entity.n}`, name: cut(entity.name, 48), shape: entity.kind.shape },
  position: { x, y }, classes: `${entity.kind.ink} ${side < 0 ? "left" : side > 0 ? "right" : "middle"} ${classes}`,
});

function edgeOf(one, other, claims) {
  const forth = claims.some((claim) => claim.subject === one);
  const back = claims.some((claim) => claim.subject === other);
  return {
    group: "edges",
    data: { id: `e${one.n}-e${other.n}`, source: `e${one.n}`, target: `e${other.n}`, width: lineWidth(claims.length) },
    classes: `${lineOf(claims)} ${forth ? "forth" : ""} ${back ? "back" : ""}`,
  };
}

/** What is drawn, the same as rows of a list, and how much more there is. */
function starPicture(entity) {
  const { groups, byOther, shown, total } = neighbors(entity);
  const { places, labels } = star(groups, NARROW.matches);
  const elements = [nodeOf(entity, { x: 0, y: 0, side: 0 }, "center")];
  const rows = [];
  for (const group of groups) {
    for (const other of group.items) {
      elements.push(nodeOf(other, places.get(other)), edgeOf(entity, other, byOther.get(other)));
      rows.push({ one: entity, label: group.label, other, href: toEdge(entity, other), count: plural(byOther.get(other).length, "claim") });
    }
  }
  if (state.among) {
    for (const [one, other, claims] of amongThem([...places.keys()])) {
      elements.push({ ...edgeOf(one, other, claims), classes: `${lineOf(claims)} among` });
      const reads = (claim) => (claim.subject === one ? claim.relation.label : claim.relation.inverse);
      const label = [...new Set(claims.map(reads))].join(", ");
      rows.push({ one, label, other, href: toEdge(one, other), count: plural(claims.length, "claim") });
    }
  }
  labels.forEach(({ text, x, y }, n) => elements.push({
    group: "nodes", data: { id: `label-${n}`, name: text, shape: "rectangle" }, position: { x, y }, classes: "label" }));
  return { elements, rows, shown, total, what: "neighbors" };
}

/** The links between these entities, each pair once. */
function amongThem(entities) {
  const wanted = new Set(entities);
  const pairs = new Map();
  for (const one of entities) {
    for (const claim of one.outgoing) {
      if (!wanted.has(claim.object) || claim.object === one || !passes(claim)) continue;
      const [a, b] = one.n < claim.object.n ? [one, claim.object] : [claim.object, one];
      const key = `${a.n}-${b.n}`;
      if (!pairs.has(key)) pairs.set(key, [one, claim.object, []]);
      pairs.get(key)[2].push(claim);
    }
  }
  return [...pairs.values()];
}

function sharedPicture() {
  const { topics, total, countries: some, members } = gatherings();
  const cells = topics.flat();
  const countries = [...new Set(cells.map((cell) => cell.country))].sort((a, b) => a.n - b.n);
  const links = cells.map((cell) => [cell.country, cell.topic]);
  const { places } = columns(countries, topics.filter((cells) => cells.length).map(([cell]) => cell.topic), links, NARROW.matches);
  const elements = [...places].map(([entity, place]) => nodeOf(entity, place));
  const rows = [];
  for (const cell of cells) {
    const ways = waysOf(cell).length;
    elements.push({ group: "edges", classes: "solid", data: {
      id: `e${cell.country.n}-e${cell.topic.n}`, source: `e${cell.country.n}`, target: `e${cell.topic.n}`,
      width: lineWidth(ways), cell: `${cell.country.n}~${cell.topic.n}` } });
    rows.push({ one: cell.country, label: "works on", other: cell.topic, href: toCell(cell), count: plural(ways, "way") });
  }
  const what = some < members ? `topics, and ${some} of ${members} countries,` : "topics";
  return { elements, rows, shown: topics.length, total, what };
}

/** All that is linked by what passes the filters, where the library has put it. */
function wholePicture() {
  const pairs = amongThem(ENTITIES.filter(passesKind));
  const linked = [...new Set(pairs.flatMap(([one, other]) => [one, other]))].sort((a, b) => a.n - b.n);
  const place = (entity) => ({ x: DATA.positions[entity.n][0], y: DATA.positions[entity.n][1], side: 0 });
  const elements = linked.map((entity) => nodeOf(entity, place(entity), entity.kind.name === "country" ? "member" : "small"));
  elements.push(...pairs.map(([one, other, claims]) => ({ ...edgeOf(one, other, claims), classes: `${lineOf(claims)} fine` })));
  const rows = pairs.map(([one, other, claims]) => ({ one, other, href: toEdge(one, other), count: plural(claims.length, "claim"),
    label: [...new Set(claims.map((claim) => (claim.subject === one ? claim.relation.label : claim.relation.inverse)))].join(", ") }));
  return { elements, rows, shown: linked.length, total: linked.length, what: "entities that are linked" };
}

function listOf(rows) {
  return el("table", {}, el("thead", {}, el("tr", {}, ["From", "Link", "To", "Evidence"].map((name) => el("th", { scope: "col" }, name)))),
    el("tbody", {}, rows.map(({ one, label, other, href, count }) => el("tr", {},
      el("td", {}, link(one)), el("td", {}, label), el("td", {}, link(other)),
      el("td", {}, el("a", { href, "aria-label": `${count}: ${one.name} ${label} ${other.name}` }, count))))));
}

function renderGraph() {
  const entity = BY_ID.get(state.at);
  const isWhole = !entity && state.whole && DATA.positions;
  const picture = entity ? starPicture(entity) : isWhole ? wholePicture() : sharedPicture();
  const { elements, rows, shown, total, what } = picture;
  fill($("graph-tools"),
    total > shown ? el("button", { type: "button", id: "more", click: () => go({ more: state.more + 1 }) }, `Show more (${shown} of ${total} ${what.split(",")[0]})`) : null,
    state.more > 0 ? el("button", { type: "button", click: () => go({ more: 0 }) }, "Show fewer") : null,
    entity ? el("label", {}, el("input", { type: "checkbox", id: "among", checked: state.among,
      change: (event) => go({ among: event.target.checked }) }), " links among these") : null,
    !entity && DATA.positions ? el("label", {}, el("input", { type: "checkbox", id: "whole", checked: state.whole,
      change: (event) => go({ whole: event.target.checked, more: 0 }) }), " everything at once") : null,
    entity ? el("a", { href: address({ at: "", show: "", more: 0 }) }, "What members share") : null);
  $("no-links").hidden = rows.length > 0;
  const summary = $("as-list").firstElementChild;
  summary.textContent = `The same as a list (${plural(rows.length, "link")})`;
  const body = $("as-list").lastElementChild;
  const write = () => fill(body, listOf(rows));
  body.replaceChildren();
  $("as-list").ontoggle = () => { if ($("as-list").open) write(); };
  if ($("as-list").open) write();
  draw(elements);
  mark();
  return `${shown === total ? "All" : `${shown} of`} ${total} ${what} are shown`;
}
