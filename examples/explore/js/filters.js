// The filters: what they offer, and what is chosen.

/** Check boxes of a filter; `hidden` are those that are left out, or with `isShown` those that are wanted. */
function choices(key, title, items, { isShown = false, isOpen = false } = {}) {
  const names = items.map(({ name }) => name);
  const change = (name, isOn) => {
    const chosen = new Set(state[key]);
    if (isOn === isShown) chosen.add(name);
    else chosen.delete(name);
    go({ [key]: names.filter((name) => chosen.has(name)), more: 0 });
  };
  const boxes = items.map(({ name, label, note, picture }) => el("label", { title: note }, el("input", {
    type: "checkbox", "data-filter": key, value: name, change: (event) => change(name, event.target.checked) }), " ", picture, label));
  const all = (chosen) => () => go({ [key]: chosen, more: 0 });
  return el("details", { open: isOpen, "data-of": key }, el("summary", {}, title, el("span", { class: "faint", "data-count": key })),
    el("fieldset", {}, el("legend", { class: "unseen" }, title),
      el("p", { class: "buttons" },
        el("button", { type: "button", click: all(isShown ? names : []), "aria-label": `${title}: all` }, "All"),
        el("button", { type: "button", click: all(isShown ? [] : names), "aria-label": `${title}: none` }, "None")),
      boxes));
}

function yearFilter() {
  if (!YEARS.length) return null;
  // One step of the history for a whole drag of the slider.
  const drag = { isOn: false };
  const choose = (event) => {
    go({ year: String(event.target.value) }, { replace: drag.isOn });
    drag.isOn = event.type === "input";
  };
  const [first, last] = [YEARS[0], YEARS[YEARS.length - 1]];
  return el("fieldset", { class: "year" }, el("legend", {}, "Year"),
    el("label", {}, el("input", { type: "checkbox", id: "any-year", change: (event) =>
      go({ year: event.target.checked ? "" : String($("year").value) }) }), " all times"),
    el("label", { class: "slider" }, el("span", { class: "unseen" }, "Year"),
      el("input", { type: "range", id: "year", min: first, max: last, step: 1, value: last, input: choose, change: choose }),
      el("output", { id: "year-shown", for: "year" })),
    el("label", {}, el("input", { type: "checkbox", id: "certain", change: (event) => go({ certain: event.target.checked }) }),
      " only what certainly held"),
    el("p", { class: "faint" }, "Few ends are told: what possibly held is dashed. ", el("a", { href: "#view=about", id: "year-about" }, "What a year means")));
}

function startFilters() {
  const kinds = KINDS.filter((kind) => kind.count).map((kind) => (
    { name: kind.name, label: `${capital(kind.plural)} (${kind.count.toLocaleString("en")})`, picture: swatch(kind) }));
  const relations = RELATIONS.filter((relation) => relation.count);
  const choice = (relation) => ({ name: relation.name, label: `${relation.label} (${relation.count.toLocaleString("en")})`, note: relation.definition });
  const counts = STANDINGS.map((_, n) => CLAIMS.filter((claim) => claim.set.standing === n).length);
  const standings = STANDINGS.map((name, n) => ({ name, label: `${name} (${counts[n].toLocaleString("en")})`, note: STANDING_WORDS[name] }));
  const whole = el("details", { id: "filter-box", open: !NARROW.matches }, el("summary", {}, el("h2", {}, "Filters")),
    yearFilter(),
    choices("standing", "Standing", standings, { isShown: true, isOpen: true }),
    choices("kinds", "Kinds", kinds, { isOpen: !NARROW.matches }),
    choices("relations", "Relations", relations.map(choice)),
    el("p", {}, el("button", { type: "button", id: "reset", click: () =>
      go({ kinds: [], relations: [], standing: START.standing, year: "", certain: false, more: 0 }) }, "Reset the filters")));
  fill($("filters"), whole);
}

/** Puts the controls where the state is. */
function showFilters() {
  for (const box of document.querySelectorAll("[data-filter]")) {
    const isIn = state[box.dataset.filter].includes(box.value);
    box.checked = box.dataset.filter === "standing" ? isIn : !isIn;
  }
  for (const count of document.querySelectorAll("[data-count]")) {
    const key = count.dataset.count;
    const boxes = [...document.querySelectorAll(`[data-filter="${key}"]`)];
    const on = boxes.filter((box) => box.checked).length;
    count.textContent = on === boxes.length ? " all" : ` ${on} of ${boxes.length}`;
  }
  $("reset").disabled = !hasFilter() && !state.certain;
  if (!YEARS.length) return;
  $("year-about").setAttribute("href", address({ view: "about" }));
  const isAny = state.year === "";
  $("any-year").checked = isAny;
  if (!isAny) $("year").value = state.year;
  $("year").setAttribute("aria-valuetext", isAny ? "all times" : state.year);
  $("year-shown").textContent = isAny ? "all" : state.year;
  $("certain").checked = state.certain;
  $("certain").disabled = isAny;
}
