// A claim, with everything that its source tells of it, and where that is written.

const STANDING_WORDS = {
  stated: "told as a fact, or as an act that took place",
  planned: "told as a plan",
  wish: "told as a wish",
  opinion: "told as somebody's opinion",
  negated: "denied by the source",
};

const link = (entity, attributes = {}) => el("a", { href: toEntity(entity), ...attributes }, entity.name);

/** The claim in words, with links to who is in it, but for this entity. */
function sentence(claim, here = null) {
  const name = (entity) => (entity === here ? entity.name : link(entity));
  return [name(claim.subject), " ", claim.relation.label, " ", claim.object ? name(claim.object) : claim.value];
}

const sentenceText = (claim) =>
  `${claim.subject.name} ${claim.relation.label} ${claim.object ? claim.object.name : claim.value}`;

/** A mark for whatever is not told as a fact, in words. */
const standingMark = (claim) => (isAsserted(claim) ? null : el("span", { class: "mark" }, standing(claim)));

/** For the year that is asked for, a mark for what only possibly held. */
const heldMark = (claim) => (held(claim) === "possibly" ? el("span", { class: "mark" }, `possibly in ${state.year}`) : null);

/** The marks of a claim, each behind a space. */
const marks = (claim) => [standingMark(claim), heldMark(claim)].filter(Boolean).flatMap((mark) => [" ", mark]);

/** Where a claim is written, as a link to it. */
function place(claim) {
  return el("a", { href: toClaim(claim), class: "place", "aria-label": `Claim: ${sentenceText(claim)}, ${claim.passage.id}` },
    claim.passage.id);
}

const commas = (nodes) => nodes.flatMap((node, n) => (n === 0 ? [node] : [", ", node]));

/** A date as written, and what it can mean where that is more than a day. */
function dateWords([written, earliest, latest]) {
  if (written === "..") return "open: it goes on";
  return earliest === latest ? written : `${written} (from ${earliest} to ${latest})`;
}

/** What is told of start and end: `2019 – 2020-12`, with dots for what is not. */
function boundsShort({ set: { from, to } }) {
  if (from && to && from[0] === to[0]) return from[0];
  return `${from?.[0] ?? "…"} – ${to ? to[0].replace("..", "open") : "…"}`;
}

/** Start and end, or else the day for which it is known, each on a line of its own. */
function timeShort(claim) {
  const { from, to, asOf } = claim.set;
  const lines = [from || to ? boundsShort(claim) : null, asOf ? `as of ${asOf[0]}` : null].filter(Boolean);
  return lines.map((line, n) => [n ? el("br") : null, line]);
}

const PARTS = { subject: "of whom it is said", object: "what is said of it", from: "the start", to: "the end" };

function timeWords(claim) {
  const { from, to, asOf } = claim.set;
  return [
    ["From", from ? dateWords(from) : "not told"],
    ["To", to ? dateWords(to) : "not told"],
    ["Known for", asOf ? dateWords(asOf) : "not told"],
  ];
}

/** Pairs of a term and its description; those without one are left out. */
function facts(pairs) {
  const told = pairs.filter(([, value]) => value !== null && value !== undefined && value !== "");
  return el("dl", {}, told.map(([term, value]) => el("div", {}, el("dt", {}, term), el("dd", {}, value))));
}

function entitiesOf(numbers) {
  return numbers?.length ? commas(numbers.map((n) => link(ENTITIES[n]))) : null;
}

/** All of a claim, as an article. */
function claimCard(claim, level) {
  const { set, passage, relation } = claim;
  const document = passage.document;
  const date = document.source?.find(([key]) => key === "date")?.[1];
  const year = held(claim);
  return el("article", { class: "claim", "data-claim": claim.id },
    el(level, {}, sentence(claim), " ", standingMark(claim)),
    facts([
      ["Standing", `${standing(claim)}: ${STANDING_WORDS[standing(claim)] ?? ""}`],
      ["Stage", set.stage],
      ["Who is meant", set.scope ? `${set.scope} of them` : null],
      ["Role", set.role],
      ...timeWords(claim),
      [`Held in ${state.year}`, year],
      ["Said by", entitiesOf(set.saidBy)],
      ["Said at", set.saidAt === undefined ? null : link(ENTITIES[set.saidAt])],
      ["On", entitiesOf(set.on)],
      ["Worked out by the curators", set.inferred?.length ? `${set.inferred.map((part) => PARTS[part] ?? part).join(", ")} (inferred, not read)` : null],
      ["Note", claim.note],
    ]),
    el("p", { class: "written" }, "Written in ", link(document), date ? `, ${date}` : "", ", ",
      passage.heading ? el("span", { class: "heading" }, passage.heading) : null, passage.heading ? ", " : "",
      el("strong", {}, `paragraph ${passage.position}`), "."),
    el("details", {}, el("summary", {}, "Ids, and what the relation means"), facts([
      ["Relation", `${relation.label}: ${relation.definition}`],
      ["Passage", passage.id],
      ["Claim", claim.id],
      ["IRI", `${DATA.base}claim/${claim.id}`],
      ["Link", el("a", { href: toClaim(claim) }, "to this claim in this page")],
    ])));
}

/** The heading of the panel, which takes the focus when somebody comes here. */
const panelTitle = (...children) => el("h2", { id: "panel-title", tabindex: "-1" }, children);

const noText = () => el("p", { class: "faint" },
  "The text of the documents is not in this page: who has a document finds the paragraph by its number, counted from 1 over the whole file.");

function claimPanel(claim) {
  return {
    title: sentenceText(claim),
    body: [panelTitle("One claim"), claimCard(claim, "h3"), noText(), backToEntity()],
  };
}

/** All claims between two entities, in both directions. */
function edgePanel(one, other) {
  const all = [...one.outgoing, ...one.incoming].filter((claim) => across(claim, one) === other);
  // What links an entity with itself is in both lists.
  const between = [...new Set(all)];
  const shown = between.filter(passes);
  const title = `${one.name} and ${other.name}`;
  return {
    title,
    body: [
      panelTitle(link(one), " and ", link(other)),
      el("p", {}, `${plural(shown.length, "claim")} between the two`, hiddenWords(between.length - shown.length), "."),
      shown.map((claim) => claimCard(claim, "h3")),
      noText(),
      backToEntity(),
    ],
  };
}

const hiddenWords = (n) => (n > 0 ? `; the filters leave out ${n.toLocaleString("en")} more` : "");

/** What shows that a country works on a topic: the ways, each with its claims. */
function cellPanel(cell) {
  const ways = waysOf(cell);
  const title = `${cell.country.name}: ${cell.topic.name}`;
  return {
    title,
    body: [
      panelTitle(link(cell.country), ": ", link(cell.topic)),
      el("p", {}, `${capital(plural(ways.length, "way"))} in which ${cell.country.name} works on it, the most direct first`,
        hiddenWords(cell.ways.length - ways.length), "."),
      ways.map((way) => el("section", { class: "way" },
        el("h3", {}, wayWords(way)),
        el("ul", {}, way.steps.flat().filter(passes).map((claim) => el("li", {}, sentence(claim), " ", inferredMark(claim),
          heldMark(claim), " ", place(claim)))))),
      noText(),
      backToEntity(),
    ],
  };
}

const inferredMark = (claim) => (claim.set.inferred?.length ? el("span", { class: "mark" }, "partly inferred") : null);

/** A way as a sentence, with the broader topics that it passes, the broadest first. */
function wayWords(way) {
  const steps = way.steps.map((step) => step.find(passes) ?? step[0]);
  const words = steps.map((claim, n) => {
    const before = steps[n - 1];
    const rest = `${claim.relation.label} ${claim.object.name}`;
    if (!before) return `${claim.subject.name} ${rest}`;
    if (before.object === claim.subject) return `, which ${rest}`;
    if (before.subject === claim.subject) return `; it ${rest}`;
    return `; ${claim.subject.name} ${rest}`;
  });
  const above = PATHS[way.path].slice(1).reverse().map((n) => ENTITIES[n].name);
  return words.join("") + (above.length ? ` (${above.join(" › ")})` : "");
}

/** The way back from claims to the entity in the middle. */
function backToEntity() {
  const entity = BY_ID.get(state.at);
  return el("p", { class: "back" }, el("a", { href: address({ show: "" }) },
    entity ? `Profile of ${entity.name}` : "All that is shown"));
}
