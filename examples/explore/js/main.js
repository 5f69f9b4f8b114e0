// From the address to what is shown.

const RENDER = { graph: renderGraph, matrix: renderMatrix, entities: renderEntities, claims: renderClaims, about: renderAbout };

const telling = { timer: 0 };

/** Says something to those who listen instead of looking. What comes quickly after takes its place. */
function tell(text) {
  clearTimeout(telling.timer);
  telling.timer = setTimeout(() => { $("live").textContent = text; }, 60);
}

/** What the panel tells for the present state. */
function panelOf() {
  const [what, rest] = state.show.split(/:(.*)/s);
  const missing = (id) => ({ title: "Not here", body: [panelTitle("Not here"),
    el("p", {}, "There is no ", el("code", {}, id), " in this page: the data may have changed since the link was made."), backToEntity()] });
  if (what === "claim") {
    const claim = CLAIM_BY_ID.get(rest);
    return claim ? claimPanel(claim) : missing(`claim:${rest}`);
  }
  if (what === "edge" || what === "cell") {
    const [one, other] = rest.split("~").map((id) => BY_ID.get(id));
    if (!one || !other) return missing(rest);
    if (what === "edge") return edgePanel(one, other);
    const cell = CELLS.get(`${one.n}~${other.n}`);
    return cell ? cellPanel(cell) : missing(rest);
  }
  if (state.at) {
    const entity = BY_ID.get(state.at);
    return entity ? profilePanel(entity) : missing(state.at);
  }
  return welcomePanel();
}

function welcomePanel() {
  const members = ENTITIES.filter((entity) => entity.kind.name === "country").slice(0, 60);
  const sources = ENTITIES.filter((entity) => entity.source).slice(0, 12);
  const item = (entity) => el("li", {}, swatch(entity.kind), link(entity));
  return {
    title: "",
    body: [
      panelTitle("What governments told each other"),
      el("p", {}, "Choose a country, a topic or a line of the drawing, or search. Every claim says in which paragraph of which document it is written."),
      group("Countries", el("ul", {}, members.map(item)), members.length),
      group("Documents", el("ul", {}, sources.map(item))),
      el("p", {}, el("a", { href: address({ view: "about" }) }, "What claims, standing and years mean here")),
    ],
  };
}

function viewTitle() {
  if (state.view !== "graph") return VIEWS.find(([name]) => name === state.view)[1];
  const entity = BY_ID.get(state.at);
  if (entity) return `${entity.name} and what it is linked with`;
  return state.whole && DATA.positions ? "Everything at once" : "Members and what they share";
}

function render() {
  prepareFilter();
  fill($("views"), VIEWS.map(([name, label]) => el("li", {}, el("a", {
    href: address({ view: name, more: 0, words: "" }), "aria-current": name === state.view ? "page" : null }, label))));
  $("view-title").textContent = viewTitle();
  $("view-note").textContent = state.view === "about" ? "" : filterWords();
  $("graph-view").hidden = state.view !== "graph";
  $("other-view").hidden = state.view === "graph";
  document.body.dataset.view = state.view;
  showFilters();
  const { title, body } = panelOf();
  fill($("panel"), body);
  const told = RENDER[state.view]();
  document.title = [title, state.view === "graph" ? "" : viewTitle(), "Digital Nations knowledge graph"].filter(Boolean).join(" · ");
  tell(title ? `${title}. ${told}` : told);
}

/** Shows the state of the address. Who followed a link goes on at the heading of what is new. */
function arrive({ isLink }) {
  const before = state;
  const focused = document.activeElement;
  const wasInPanel = $("panel").contains(focused);
  state = stateOf(location.hash);
  render();
  // What had the focus may have been made anew.
  if (focused !== document.body && !focused.isConnected) {
    const again = (focused.id && $(focused.id)) || $(wasInPanel ? "panel-title" : "view-title");
    again.focus({ preventScroll: true });
  }
  if (!isLink) return;
  const isView = before.view !== state.view;
  const isPanel = before.at !== state.at || before.show !== state.show;
  if (isPanel && state.view !== "about") {
    $("panel-title").focus({ preventScroll: true });
    if (NARROW.matches) $("panel").scrollIntoView({ block: "start" });
    else $("panel").scrollTop = 0;
  } else if (isView) {
    $("view-title").focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }
}

function start() {
  startFilters();
  startSearch();
  for (const skip of document.querySelectorAll("[data-focus]")) {
    skip.addEventListener("click", () => $(skip.dataset.focus).focus());
  }
  window.addEventListener("hashchange", () => arrive({ isLink: true }));
  NARROW.addEventListener("change", render);
  window.addEventListener("beforeprint", () => {
    for (const more of document.querySelectorAll("#panel details")) {
      more.unfold?.();
      more.open = true;
    }
  });
  arrive({ isLink: false });
  document.documentElement.dataset.ready = "yes";
}

start();
