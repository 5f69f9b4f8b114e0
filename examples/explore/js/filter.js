// Which claims the filters let through.

const HOLDS = ["no", "possibly", "certainly"];

/** For the state at hand: what passes, by relation, set of qualifiers and kind. */
let passing = null;

function prepareFilter() {
  const year = state.year === "" ? -1 : YEARS.indexOf(Number(state.year));
  const least = state.certain ? 2 : 1;
  const standings = new Set(state.standing.map((name) => STANDINGS.indexOf(name)));
  const [relations, kinds] = [new Set(state.relations), new Set(state.kinds)];
  passing = {
    year,
    sets: SETS.map((set) => standings.has(set.standing) && (year < 0 || Number(set.years[year]) >= least)),
    relations: RELATIONS.map((relation) => !relations.has(relation.name)),
    kinds: KINDS.map((kind) => !kinds.has(kind.name)),
  };
}

/** Whether relation, standing and time of the claim are wanted. */
const passes = (claim) => passing.relations[claim.relation.n] && passing.sets[claim.setNumber];
const passesKind = (entity) => passing.kinds[entity.kind.n];
/** Whether the claim is wanted as one of this entity, whose own kind does not matter. */
const passesFrom = (claim, entity) => passes(claim) && (claim.object === null || passesKind(across(claim, entity)));
const passesWhole = (claim) =>
  passes(claim) && passesKind(claim.subject) && (claim.object === null || passesKind(claim.object));

/** How surely it held in the year that is asked for; empty if none is. */
const held = (claim) => (passing.year < 0 ? "" : HOLDS[Number(claim.set.years[passing.year])]);

/** The ways of a cell each of whose steps rests on a claim that passes. */
const waysOf = (cell) => cell.ways.filter((way) => way.steps.every((step) => step.some(passes)));

const hasFilter = () => ["kinds", "relations", "standing", "year"].some((key) => !isDefault(key, state[key]));

/** What the filters let through, in a sentence. */
function filterWords() {
  const words = [];
  if (state.year !== "") {
    words.push(state.certain ? `what certainly held in ${state.year}` : `what possibly or certainly held in ${state.year}`);
  } else words.push("claims of all times");
  words.push(state.standing.length ? `said as ${state.standing.join(", ")}` : "of no standing at all");
  if (state.kinds.length) words.push(`without ${plural(state.kinds.length, "kind")}`);
  if (state.relations.length) words.push(`without ${plural(state.relations.length, "relation")}`);
  return capital(words.join(", ")) + ".";
}
