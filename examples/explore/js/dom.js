// Elements. What comes from the data becomes text and nothing else.

const $ = (id) => document.getElementById(id);

/** An element with these attributes; functions become listeners, children that are strings become text. */
function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(key, value);
    else element.setAttribute(key, value === true ? "" : String(value));
  }
  add(element, children);
  return element;
}

function add(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : String(child));
  }
  return element;
}

/** Puts these children into the place of those that are there. */
function fill(element, ...children) {
  element.replaceChildren();
  return add(element, children);
}

/** What has the same key together, in order. `Map.groupBy` is younger than many a phone. */
function grouped(items, keyOf) {
  const groups = new Map();
  for (const item of items) {
    const key = keyOf(item);
    if (groups.has(key)) groups.get(key).push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

const plural = (n, one, many = one + "s") => `${n.toLocaleString("en")} ${n === 1 ? one : many}`;
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
const cut = (text, most) => (text.length > most ? text.slice(0, most - 1).trimEnd() + "…" : text);

/** The shapes of the kinds in the drawing, in a square of 12; the colors come from classes. */
const SHAPES = {
  ellipse: null,
  rectangle: "1,2 11,2 11,10 1,10",
  diamond: "6,0 12,6 6,12 0,6",
  triangle: "6,1 12,11 0,11",
  hexagon: "3,1 9,1 12,6 9,11 3,11 0,6",
  octagon: "4,0 8,0 12,4 12,8 8,12 4,12 0,8 0,4",
  pentagon: "6,0 12,5 10,12 2,12 0,5",
  rhomboid: "0,2 9,2 12,10 3,10",
};

/** A small picture of a kind, which says nothing that the text beside it does not. */
function swatch(kind) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  const points = SHAPES[kind.shape];
  const shape = document.createElementNS(space, points ? "polygon" : "circle");
  if (points) shape.setAttribute("points", points);
  else for (const [key, value] of [["cx", 6], ["cy", 6], ["r", 5.5]]) shape.setAttribute(key, value);
  svg.setAttribute("viewBox", "0 0 12 12");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", `swatch ${kind.ink}`);
  svg.append(shape);
  return svg;
}
