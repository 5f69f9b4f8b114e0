// What is shown, which is all in the address: a link, a reload and the back button lead to the same.

const VIEWS = [
  ["graph", "Graph"],
  ["matrix", "Countries × topics"],
  ["entities", "Entities"],
  ["claims", "Claims"],
  ["about", "About"],
];

const START = Object.freeze({
  view: "graph",
  at: "", // the entity in the middle, whose profile is told
  show: "", // in its place: claim:ID, edge:ENTITY~ENTITY or cell:COUNTRY~TOPIC
  kinds: [], // those that are left out, as are these relations
  relations: [],
  standing: ["stated"],
  year: "",
  certain: false,
  more: 0, // how often more was asked for
  among: false, // whether the neighbors' own links are drawn, too
  least: 2, // how many countries a topic brings together at least
  whole: false, // everything at once, where nothing is in the middle
  words: "", // what a list is narrowed to
});

let state = START;

const isDefault = (key, value) => JSON.stringify(value) === JSON.stringify(START[key]);
const encode = (text) => encodeURIComponent(text).replace(/%(3A|2C|7E)/gi, decodeURIComponent);

/** The address of the present state with these changes. */
function address(changes = {}) {
  const next = { ...state, ...changes };
  const parts = Object.keys(START).filter((key) => !isDefault(key, next[key])).map((key) => {
    const value = next[key];
    return `${key}=${value === true ? "yes" : encode(Array.isArray(value) ? value.join(",") : String(value))}`;
  });
  return "#" + parts.join("&");
}

/** The state of an address; what it does not know, it leaves out. */
function stateOf(hash) {
  const next = { ...START };
  for (const [key, value] of new URLSearchParams(hash.replace(/^#/, "").replaceAll("+", "%2B"))) {
    if (!(key in START)) continue;
    const start = START[key];
    if (Array.isArray(start)) next[key] = value === "" ? [] : value.split(",");
    else if (typeof start === "boolean") next[key] = value === "yes";
    else if (typeof start === "number") next[key] = Math.min(99, Math.max(0, Number.parseInt(value, 10) || 0));
    else next[key] = value;
  }
  if (!VIEWS.some(([name]) => name === next.view)) next.view = START.view;
  next.standing = STANDINGS.filter((name) => next.standing.includes(name));
  next.kinds = KINDS.map((kind) => kind.name).filter((name) => next.kinds.includes(name));
  next.relations = RELATIONS.map((relation) => relation.name).filter((name) => next.relations.includes(name));
  if (!YEARS.includes(Number(next.year))) next.year = START.year;
  return next;
}

/** Goes to the present state with these changes, as a new step of the browser's history or in place of this one. */
function go(changes, { replace = false } = {}) {
  const next = address(changes);
  if (next === location.hash || (next === "#" && location.hash === "")) return;
  history[replace ? "replaceState" : "pushState"](null, "", next);
  arrive({ isLink: false });
}

/** Where an entity is shown: in the graph, with its profile. Other views keep their place. */
const toEntity = (entity) => address({
  view: state.view === "about" ? "graph" : state.view, at: entity.id, show: "", more: 0 });
const toClaim = (claim) => address({ show: `claim:${claim.id}` });
const toEdge = (one, other) => address({ show: `edge:${one.id}~${other.id}` });
const toCell = (cell) => address({ show: `cell:${cell.country.id}~${cell.topic.id}` });
