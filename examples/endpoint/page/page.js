"use strict";
// The page asks the server that it comes from, and nobody else.

const BASE = "https://w3id.org/digital-nations/";
const NAMESPACE = BASE + "ns#";
const SHOWN = 1000;
const NUMBERS = /#(integer|decimal|double|float|int|long)$/;
const FIRST = `# Which countries run something about artificial intelligence, and where is that written?
SELECT DISTINCT ?country ?initiative ?passage WHERE {
  GRAPH ?claim { ?country dn:runs ?initiative }
  ?claim dn:citedFrom ?passage .
  ?country a dn:Country .
  ?initiative dn:about/skos:broader* topic:artificial-intelligence .
}
ORDER BY ?country ?initiative ?passage
`;

const at = (id) => document.getElementById(id);
let catalogue = [];
let chosen = null;
let asked = null;

function element(name, text, attributes = {}) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

function show(id, text) {
  at(id).textContent = text;
  at(id).hidden = !text;
}

// The catalogue: a list that the search narrows.
function list() {
  const words = at("search").value.toLowerCase().split(/\s+/);
  const fits = (query) => {
    const text = `${query.name} ${query.title} ${query.description}`.toLowerCase();
    return words.every((word) => text.includes(word));
  };
  const items = catalogue.filter(fits).map((query) => {
    const item = element("li");
    const button = element("button", query.title, { type: "button", "aria-pressed": String(query === chosen) });
    button.addEventListener("click", () => choose(query));
    item.append(button);
    return item;
  });
  at("catalogue").replaceChildren(...(items.length ? items : [element("li", "No query has these words.", { class: "none" })]));
}

// The query without its header, which the page shows beside it.
const body = (query) => query.text.replace(/^(#.*\n)+/, "");

// Puts a query into the editor, with a field for each parameter.
function choose(query, values = new Map()) {
  chosen = query;
  at("query").value = body(query);
  at("about").textContent = query.description;
  const fields = query.parameters.map((parameter) => {
    const field = element("div");
    const id = `parameter-${parameter.name}`;
    const input = element("input", undefined, { id, "aria-describedby": `${id}-about`, autocomplete: "off" });
    input.value = values.get(parameter.name) ?? parameter.example;
    field.append(element("label", parameter.name, { for: id }), input);
    field.append(element("small", parameter.description, { id: `${id}-about` }));
    return field;
  });
  at("parameters").replaceChildren(...fields);
  for (const button of document.querySelectorAll("#catalogue button")) {
    const isThis = button.textContent === query.title;
    button.setAttribute("aria-pressed", String(isThis));
    if (isThis) button.scrollIntoView({ block: "nearest" });
  }
}

// A value as the endpoint takes it: a text in quotes, and a name with the kind that is meant.
function written(parameter, value) {
  if (/^[<"]/.test(value)) return value;
  if (parameter.takes === "text") return `"${value}"`;
  if (parameter.takes !== "entity" || value.includes(":")) return value;
  return `${parameter.example.split(":")[0]}:${value}`;
}

// What is asked, as the parameters of the endpoint; a parameter that is empty is left open.
function parameters() {
  const sent = new URLSearchParams({ query: at("query").value });
  for (const parameter of chosen ? chosen.parameters : []) {
    const value = at(`parameter-${parameter.name}`).value.trim();
    if (!value) continue;
    sent.append(`$${parameter.name}`, written(parameter, value));
  }
  return sent;
}

// The address keeps what is asked, so that it can be sent to others and kept.
function remember() {
  const kept = new URLSearchParams();
  if (chosen) kept.set("run", chosen.name);
  if (!chosen || at("query").value !== body(chosen)) kept.set("query", at("query").value);
  for (const parameter of chosen ? chosen.parameters : []) {
    kept.set(`$${parameter.name}`, at(`parameter-${parameter.name}`).value);
  }
  history.replaceState(null, "", `#${kept}`);
}

async function run() {
  if (asked) asked.abort();
  const mine = (asked = new AbortController());
  for (const id of ["error", "hints"]) show(id, "");
  at("result").hidden = at("downloads").hidden = true;
  at("status").textContent = "Asking …";
  at("run").setAttribute("aria-disabled", "true");
  remember();
  const sent = parameters();
  const start = performance.now();
  try {
    const accept = "application/sparql-results+json, text/turtle;q=0.9";
    const answer = await fetch("/query", { method: "POST", body: sent, headers: { Accept: accept }, signal: mine.signal });
    const text = await answer.text();
    const took = `${Math.round(performance.now() - start)} ms`;
    if (!answer.ok) {
      at("status").textContent = `Failed after ${took}`;
      show("error", text);
      return;
    }
    const isGraph = !answer.headers.get("Content-Type").includes("json");
    const rows = isGraph ? graph(text) : table(JSON.parse(text));
    const cut = answer.headers.get("X-Answer-Cut");
    at("status").textContent = `${rows} in ${took}${cut ? `; ${cut}` : ""}`;
    downloads(sent, isGraph);
    if (rows === "No rows" || rows === "No") {
      const hints = await fetch("/hints", { method: "POST", body: sent, signal: mine.signal });
      if (hints.ok) show("hints", await hints.text());
    }
  } catch (error) {
    if (error.name !== "AbortError") {
      at("status").textContent = "Failed";
      show("error", `The server does not answer: ${error.message}`);
    }
  } finally {
    if (asked === mine) {
      asked = null;
      at("run").removeAttribute("aria-disabled");
    }
  }
}

function graph(text) {
  at("result").replaceChildren(element("pre", text));
  at("result").hidden = false;
  return "A graph";
}

// The rows of an answer, and how many they are.
function table(answer) {
  if ("boolean" in answer) {
    at("result").replaceChildren(element("pre", answer.boolean ? "Yes" : "No"));
    at("result").hidden = false;
    return answer.boolean ? "Yes" : "No";
  }
  const names = answer.head.vars;
  const rows = answer.results.bindings;
  if (!rows.length) return "No rows";
  const made = element("table");
  const head = made.createTHead().insertRow();
  for (const name of names) head.append(element("th", name, { scope: "col" }));
  const body = made.createTBody();
  for (const row of rows.slice(0, SHOWN)) {
    const line = body.insertRow();
    for (const name of names) line.append(cell(row[name]));
  }
  at("result").replaceChildren(made);
  at("result").hidden = false;
  const number = rows.length === 1 ? "1 row" : `${rows.length} rows`;
  return rows.length > SHOWN ? `${number}, the first ${SHOWN} shown,` : number;
}

function cell(term) {
  const made = element("td");
  if (!term) return made;
  if (term.type !== "uri") {
    made.textContent = term.value;
    if (NUMBERS.test(term.datatype ?? "")) made.className = "number";
    return made;
  }
  const [, folder, name] = term.value.startsWith(BASE) ? term.value.slice(BASE.length).match(/^([a-z-]+)\/(.+)$/) ?? [] : [];
  if (folder) made.append(element("a", folder === "passage" ? name : `${folder}:${name}`, { href: `/${folder}/${name}` }));
  else made.textContent = term.value.startsWith(NAMESPACE) ? `dn:${term.value.slice(NAMESPACE.length)}` : term.value;
  return made;
}

function downloads(sent, isGraph) {
  const formats = isGraph ? ["ttl", "jsonld", "rdf", "nt"] : ["csv", "tsv", "json", "xml"];
  const links = formats.flatMap((format) => [" ", element("a", format, { href: `/query.${format}?${sent}` })]);
  at("downloads").replaceChildren("The answer as", ...links);
  at("downloads").hidden = false;
}

async function start() {
  at("endpoint").textContent = `${location.origin}/query`;
  at("search").addEventListener("input", list);
  at("form").addEventListener("submit", (event) => {
    event.preventDefault();
    run();
  });
  at("query").addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      run();
    }
  });
  const kept = new URLSearchParams(location.hash.slice(1));
  // Before the catalogue is here, so that nothing is put over what somebody has begun to write.
  at("query").value = kept.get("query") ?? (kept.has("run") ? "" : FIRST);
  const answer = await fetch("/catalogue.json");
  catalogue = await answer.json();
  list();
  const values = new Map([...kept].filter(([name]) => name.startsWith("$")).map(([name, value]) => [name.slice(1), value]));
  const known = catalogue.find((query) => query.name === kept.get("run"));
  if (known) {
    choose(known, values);
    if (kept.has("query")) at("query").value = kept.get("query");
  }
  if (known || kept.has("query")) run();
}

start();
