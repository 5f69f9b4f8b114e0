// The data: what the page was written with, linked.

const DATA = JSON.parse($("data").textContent);

// How each kind is drawn; the kinds themselves come with the data.
const LOOKS = {
  country: ["ellipse", "land"],
  person: ["ellipse", "people"],
  post: ["rhomboid", "people"],
  organization: ["rectangle", "people"],
  "working-group": ["hexagon", "people"],
  initiative: ["rectangle", "work"],
  meeting: ["octagon", "event"],
  session: ["hexagon", "event"],
  document: ["rectangle", "event"],
  topic: ["ellipse", "theme"],
  challenge: ["triangle", "theme"],
  finding: ["diamond", "theme"],
  commitment: ["diamond", "work"],
  place: ["pentagon", "land"],
};

const KINDS = DATA.kinds.map(([name, label, plurals], n) => {
  const [shape, ink] = LOOKS[name] ?? ["ellipse", "land"];
  return { n, name, label, plural: plurals, shape, ink, count: 0 };
});
const STANDINGS = DATA.standings;
const RELATIONS = DATA.relations.map(([name, label, inverse, definition, hasValues, work], n) => (
  { n, name, label, inverse, definition, hasValues, work, count: 0 }));
const YEARS = DATA.years;
const SETS = DATA.sets;

const ENTITIES = DATA.entities.map(([kind, slug, name, more], n) => {
  KINDS[kind].count += 1;
  return {
    n, slug, name, kind: KINDS[kind], id: `${KINDS[kind].name}:${slug}`,
    aliases: more.aliases ?? [], codes: more.codes ?? [], iri: more.iri?.[0],
    broader: more.broader ?? [], narrower: [], same: new Set(more.same ?? []),
    outgoing: [], incoming: [], values: [], mentions: [], works: [], passages: [], source: null, twins: [],
  };
});
const BY_ID = new Map(ENTITIES.map((entity) => [entity.id, entity]));
for (const entity of ENTITIES) {
  entity.broader = entity.broader.map((n) => ENTITIES[n]);
  for (const broader of entity.broader) broader.narrower.push(entity);
  // One of the two names the other; both may be the same.
  for (const n of entity.same) ENTITIES[n].same.add(entity.n);
}

const PASSAGES = DATA.passages.map(([document, position, heading, silent], n) => {
  const passage = { n, document: ENTITIES[document], position, heading, silent, claims: [] };
  passage.id = `${passage.document.slug}-p${position}`;
  passage.document.passages.push(passage);
  return passage;
});
for (const [n, facts, twins] of DATA.documents) {
  Object.assign(ENTITIES[n], { source: facts, twins: twins.map((twin) => ENTITIES[twin]) });
}

const CLAIMS = DATA.claims.ids.map((id, n) => {
  const { subjects, relations, objects, passages, sets } = DATA.claims;
  const object = objects[n];
  const isValue = typeof object !== "number";
  const claim = {
    n, id, subject: ENTITIES[subjects[n]], relation: RELATIONS[relations[n]],
    object: isValue ? null : ENTITIES[object], value: isValue ? object : null,
    passage: PASSAGES[passages[n]], set: SETS[sets[n]], setNumber: sets[n], note: null,
  };
  claim.relation.count += 1;
  claim.passage.claims.push(claim);
  if (isValue) claim.subject.values.push(claim);
  else {
    claim.subject.outgoing.push(claim);
    claim.object.incoming.push(claim);
  }
  const { saidAt, saidBy = [], on = [] } = claim.set;
  if (saidAt !== undefined) ENTITIES[saidAt].mentions.push(["saidAt", claim]);
  for (const n of saidBy) ENTITIES[n].mentions.push(["saidBy", claim]);
  for (const n of on) ENTITIES[n].mentions.push(["on", claim]);
  return claim;
});
for (const [n, note] of DATA.claims.notes) CLAIMS[n].note = note;
const CLAIM_BY_ID = new Map(CLAIMS.map((claim) => [claim.id, claim]));

/** Who works on what: a cell for each country and topic, worked out when the page was written. */
const CELLS = new Map();
const CHAINS = DATA.matrix.chains.map((steps) => steps.map((step) => step.map((n) => CLAIMS[n])));
const PATHS = DATA.matrix.paths;
for (const [country, topic, ways] of DATA.matrix.cells) {
  const cell = { country: ENTITIES[country], topic: ENTITIES[topic], ways: [] };
  for (let n = 0; n < ways.length; n += 2) cell.ways.push({ steps: CHAINS[ways[n]], path: ways[n + 1] });
  cell.country.works.push(cell);
  cell.topic.works.push(cell);
  CELLS.set(`${country}~${topic}`, cell);
}

const isAsserted = (claim) => claim.set.standing === 0;
const standing = (claim) => STANDINGS[claim.set.standing];
/** The other end of a claim. */
const across = (claim, entity) => (claim.subject === entity ? claim.object : claim.subject);
const degree = (entity) => entity.outgoing.length + entity.incoming.length;
