// Lists of all entities and of all claims that pass the filters, and what the page is about.

const LINES = 100;

function renderEntities() {
  const wanted = folded(state.words);
  const names = (entity) => [entity.name, ...entity.aliases, ...entity.codes];
  const all = ENTITIES.filter((entity) => passesKind(entity) && (wanted === "" || names(entity).some((name) => folded(name).includes(wanted))));
  const shown = all.slice(0, LINES * 2 ** state.more);
  const count = (entity) => [entity.outgoing, entity.incoming, entity.values].reduce((sum, claims) =>
    sum + claims.filter((claim) => passesFrom(claim, entity)).length, 0);
  const rows = shown.map((entity) => el("tr", {}, el("th", { scope: "row" }, swatch(entity.kind), link(entity)),
    el("td", { class: "word" }, entity.kind.label), el("td", {}, [...entity.codes, ...entity.aliases].join(", ")), el("td", { class: "number" }, count(entity))));
  renderOther("entities", [wordsField("Entities with this in a name")], [
    el("table", {}, el("caption", {}, plural(all.length, "entity", "entities")),
      el("thead", {}, el("tr", {}, ["Name", "Kind", "Codes and other names", "Claims"].map((name) => el("th", { scope: "col" }, name)))),
      el("tbody", {}, rows)),
    moreRows(shown.length, all.length)]);
  return plural(all.length, "entity", "entities");
}

function renderClaims() {
  const wanted = folded(state.words);
  const all = CLAIMS.filter((claim) => passesWhole(claim) && (wanted === "" || folded(sentenceText(claim)).includes(wanted)));
  const shown = all.slice(0, LINES * 2 ** state.more);
  const rows = shown.map((claim) => el("tr", {}, el("td", {}, sentence(claim), " ", standingMark(claim), heldMark(claim)),
    el("td", { class: "time" }, timeShort(claim)),
    el("td", {}, place(claim))));
  renderOther("claims", [wordsField("Claims with this in their words")], [
    el("table", {}, el("caption", {}, plural(all.length, "claim")),
      el("thead", {}, el("tr", {}, ["Claim", "Time", "Where"].map((name) => el("th", { scope: "col" }, name)))),
      el("tbody", {}, rows)),
    moreRows(shown.length, all.length)]);
  return plural(all.length, "claim");
}

function renderAbout() {
  const sources = ENTITIES.filter((entity) => entity.source);
  const kinds = KINDS.filter((kind) => kind.count);
  const unlisted = sources.length > 20 ? el("p", { class: "faint" }, `and ${plural(sources.length - 20, "more document")}.`) : null;
  renderOther("about", [], [
    el("p", {}, `${plural(ENTITIES.length, "entity", "entities")} and ${plural(CLAIMS.length, "claim")}, each cited from a paragraph of one of ${plural(sources.length, "document")}. `,
      DATA.version ? `Version ${DATA.version} of the data.` : ""),
    el("h3", {}, "What a claim is"),
    el("p", {}, "A claim is what one paragraph of one document says of one subject. Its standing says how it was told: ",
      STANDINGS.map((name) => `${name} (${STANDING_WORDS[name] ?? ""})`).join(", "),
      ". Only what is stated is taken as a fact, and shown unless the filters ask for more. What the curators worked out rather than read is marked as inferred. A link in the graph is one claim or several."),
    el("h3", {}, "What a year means"),
    el("p", {}, "Sources seldom tell when something began or ended, so that a question about time has three answers. ",
      el("strong", {}, "No"), ": the year is before the earliest start or after the latest end. ",
      el("strong", {}, "Certainly"), ": at the latest it began by the end of the year, and at the earliest it ended in or after it; where start or end is not told, a day on which it is known to hold stands in for it. Or all that the date for which it is known can mean lies in the year. ",
      el("strong", {}, "Possibly"), ": all else. A date such as 2021 can mean any day from its first to its last, which each claim tells. The slider shows what possibly or certainly held in a year; what only possibly did is dashed, and marked in lists. The answers are those of the library, worked out when this page was written."),
    el("h3", {}, "Who works on what"),
    el("p", {}, "A country works on a topic if a claim says so of it, of a body that is part of it, or of an initiative that any of these runs: through ",
      RELATIONS.filter((relation) => relation.work).map((relation) => `“${relation.label}”`).join(", "),
      ", at the topic, at anything narrower, or at a commitment about one of these. Being a member, attending and reporting a challenge do not count. The number in a cell is that of such ways; with filters, of those each step of which rests on a claim that passes. That nothing is told does not mean that nothing is done."),
    el("h3", {}, "Keys"),
    el("p", {}, el("kbd", {}, "/"), " goes to the search; ", el("kbd", {}, "↑"), " ", el("kbd", {}, "↓"), " and ", el("kbd", {}, "Enter"),
      " choose there. All that the drawing shows is in the list below it and in the details beside it. The address keeps all that is shown: copy it, and it leads back here."),
    el("h3", {}, "The documents"),
    el("ul", {}, sources.slice(0, 20).map((document) => el("li", {}, link(document), ": ", document.source.find(([key]) => key === "title")?.[1] ?? ""))),
    unlisted,
    el("h3", {}, "What there is"),
    el("ul", { class: "inline" }, kinds.map((kind) => el("li", {}, swatch(kind), plural(kind.count, kind.label, kind.plural)))),
    el("h3", {}, "Who made this"),
    el("p", {}, "The project is unofficial: no government and no office of the network has any part in it. Its IRIs do not resolve until their redirect is registered. The text of the documents is not in this page. This page calls nowhere: what it shows is in it."),
    el("p", { class: "faint" }, "The graph is drawn by Cytoscape.js 3.34.4, © The Cytoscape Consortium, under the MIT license, which stands in the source of this page."),
  ]);
  return "About this page";
}
