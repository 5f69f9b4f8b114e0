// The canvas on which the graph is drawn, by Cytoscape.js.

const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

function drawingStyle() {
  const [text, faint, line, ground, accent] = ["text", "faint", "line", "ground", "accent"].map(color);
  const font = { "font-family": "system-ui, sans-serif", "font-size": 13, color: text, "text-wrap": "wrap", "text-max-width": 170,
    "text-background-color": ground, "text-background-opacity": 0.75, "text-background-padding": 1 };
  const ink = ["land", "people", "work", "theme", "event"].map((name) => ({
    selector: `.${name}`, style: { "background-color": color(name) } }));
  return [
    { selector: "node", style: { ...font, label: "data(name)", shape: "data(shape)", width: 18, height: 18,
      "overlay-opacity": 0 } },
    ...ink,
    { selector: ".left", style: { "text-halign": "left", "text-valign": "center", "text-margin-x": -5, "text-justification": "right" } },
    { selector: ".right", style: { "text-halign": "right", "text-valign": "center", "text-margin-x": 5, "text-justification": "left" } },
    { selector: ".middle", style: { "text-valign": "bottom", "text-margin-y": 4 } },
    { selector: ".center", style: { width: 34, height: 34, "font-size": 15, "font-weight": "bold", "text-max-width": 120 } },
    // Of everything at once, names show when one comes near enough to read them.
    { selector: ".small", style: { width: 14, height: 14, "min-zoomed-font-size": 8 } },
    { selector: ".member", style: { width: 40, height: 40, "font-size": 38, "text-max-width": 400 } },
    { selector: ".label", style: { "background-opacity": 0, width: 1, height: 1, "font-size": 12, color: faint, "font-style": "italic",
      "text-valign": "center", "text-halign": "center", "text-max-width": 100, "text-background-opacity": 1, events: "no", "z-index": 20 } },
    { selector: "edge", style: { width: "data(width)", "line-color": line, "curve-style": "straight", "arrow-scale": 0.8,
      "target-arrow-color": line, "source-arrow-color": line, opacity: 0.85, "overlay-opacity": 0, "overlay-padding": 6 } },
    { selector: ".forth", style: { "target-arrow-shape": "triangle" } },
    { selector: ".back", style: { "source-arrow-shape": "triangle" } },
    { selector: ".dashed", style: { "line-style": "dashed" } },
    { selector: ".dotted", style: { "line-style": "dotted" } },
    { selector: ".among", style: { "curve-style": "unbundled-bezier", "control-point-distances": 60, "control-point-weights": 0.5, opacity: 0.6 } },
    { selector: ".fine", style: { width: 1, opacity: 0.6 } },
    { selector: ".pointed", style: { "line-color": accent, "target-arrow-color": accent, "source-arrow-color": accent, "z-index": 10 } },
    { selector: "node.pointed", style: { "border-width": 3, "border-color": accent } },
  ];
}

const entityOf = (node) => ENTITIES[Number(node.id().slice(1))];

/** What lies under the pointer, in words. */
function pointedWords(target) {
  if (target.isNode()) return `${entityOf(target).name}, ${entityOf(target).kind.label}`;
  const [one, other] = [entityOf(target.source()), entityOf(target.target())];
  if (target.data("cell")) return `${one.name} works on ${other.name}: ${plural(waysOf(CELLS.get(target.data("cell"))).length, "way")}`;
  const between = [...one.outgoing, ...one.incoming].filter((claim) => across(claim, one) === other && passes(claim));
  return cut(between.map(sentenceText).join("; "), 240);
}

function startDrawing() {
  const cy = cytoscape({
    container: $("canvas"), style: drawingStyle(), layout: { name: "preset" }, boxSelectionEnabled: false,
    autoungrabify: true, selectionType: "single", minZoom: 0.1, maxZoom: 3, styleEnabled: true,
  });
  drawing.cy = cy;
  cy.on("tap", "node, edge", ({ target }) => {
    if (target.hasClass("label")) return;
    if (target.isNode()) location.hash = toEntity(entityOf(target));
    else if (target.data("cell")) location.hash = toCell(CELLS.get(target.data("cell")));
    else location.hash = toEdge(entityOf(target.source()), entityOf(target.target()));
  });
  cy.on("mouseover", "node, edge", ({ target }) => {
    if (target.hasClass("label")) return;
    $("pointed").textContent = pointedWords(target);
    target.addClass("pointed");
    if (target.isNode()) target.connectedEdges().addClass("pointed");
    $("canvas").classList.add("on-something");
  });
  cy.on("mouseout", "node, edge", () => {
    $("pointed").textContent = "";
    cy.elements().removeClass("pointed");
    $("canvas").classList.remove("on-something");
    mark();
  });
  const zoom = (factor) => cy.zoom({ level: cy.zoom() * factor, renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } });
  $("nearer").onclick = () => zoom(1.3);
  $("further").onclick = () => zoom(1 / 1.3);
  $("fit").onclick = fitDrawing;
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => cy.style(drawingStyle()));
  new ResizeObserver(() => {
    cy.resize();
    fitDrawing();
  }).observe($("canvas"));
}

/** All of it, as large as there is room for; what is little stays as small as text is. */
function fitDrawing() {
  const { cy } = drawing;
  cy.fit(undefined, 16);
  if (cy.zoom() <= 1.25) return;
  cy.zoom(1.25);
  cy.center();
}

/** Draws these elements; nothing moves if they are those that are there. */
function draw(elements) {
  if (!drawing.cy) startDrawing();
  const key = JSON.stringify(elements);
  if (key === drawing.key) return;
  drawing.key = key;
  const { cy } = drawing;
  cy.batch(() => {
    cy.elements().remove();
    cy.add(elements);
  });
  cy.resize();
  fitDrawing();
}

/** Marks the line whose claims are told in the panel. */
function mark() {
  const { cy } = drawing;
  const [what, ends] = state.show.split(/:(.*)/s);
  if (!cy || !["edge", "cell"].includes(what)) return;
  const [one, other] = ends.split("~").map((id) => BY_ID.get(id)?.n);
  cy.elements(`#e${one}-e${other}, #e${other}-e${one}`).addClass("pointed");
}
