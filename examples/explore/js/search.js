// The search field: a combobox as the ARIA Authoring Practices describe it.

const search = { found: [], active: -1, timer: 0 };

function showFound() {
  const { found, active } = search;
  const [query, list] = [$("query"), $("results")];
  const isOpen = found.length > 0;
  list.hidden = !isOpen;
  query.setAttribute("aria-expanded", String(isOpen));
  if (active >= 0) query.setAttribute("aria-activedescendant", `found-${active}`);
  else query.removeAttribute("aria-activedescendant");
  fill(list, found.map(({ entity, name, isOther }, n) => el("div", {
    id: `found-${n}`, role: "option", "aria-selected": String(n === active),
    // The field keeps the focus.
    mousedown: (event) => event.preventDefault(),
    click: () => open(entity),
  }, swatch(entity.kind), el("span", {}, entity.name, isOther ? ` (${name})` : ""), el("small", {}, entity.kind.label))));
  if (active >= 0) $(`found-${active}`).scrollIntoView({ block: "nearest" });
}

function closeSearch() {
  Object.assign(search, { found: [], active: -1 });
  $("found-none").hidden = true;
  showFound();
}

function open(entity) {
  $("query").value = "";
  closeSearch();
  location.hash = address({ view: "graph", at: entity.id, show: "", more: 0 });
}

function lookUp() {
  const query = $("query").value;
  Object.assign(search, { found: find(query), active: -1 });
  showFound();
  const none = query.trim() !== "" && search.found.length === 0;
  $("found-none").hidden = !none;
  $("found-none").textContent = none ? "Nothing has such a name." : "";
  // Told when typing pauses, not at each letter.
  clearTimeout(search.timer);
  search.timer = setTimeout(() => {
    if (query.trim() !== "") tell(none ? "Nothing has such a name" : `${plural(search.found.length, "result")}`);
  }, 400);
}

function searchKey(event) {
  const { found, active } = search;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && !found.length && $("query").value) lookUp();
  else if (step && found.length) {
    // One past either end is the field itself.
    const places = found.length + 1;
    search.active = (active + 1 + step + places) % places - 1;
    showFound();
  } else if (event.key === "Enter" && found.length) open(found[Math.max(0, active)].entity);
  else if (event.key === "Escape") {
    if (!found.length) $("query").value = "";
    closeSearch();
  } else return;
  event.preventDefault();
}

function startSearch() {
  const query = $("query");
  query.addEventListener("input", lookUp);
  query.addEventListener("keydown", searchKey);
  query.addEventListener("focus", () => { if (query.value) lookUp(); });
  query.addEventListener("blur", closeSearch);
  document.addEventListener("keydown", (event) => {
    const isText = event.target.matches("input:not([type=checkbox], [type=range], [type=radio]), textarea, select");
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isText) return;
    event.preventDefault();
    query.focus();
    query.select();
  });
}
