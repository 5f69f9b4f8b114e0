// Where things stand in the drawing. No name may hide another, so that there are rows; the same state gives
// the same drawing.

const ROW = 40;
const COLUMN = 270;
const MOST_ROWS = 26;

/** Groups of neighbors around a center: to its right and left, on a narrow screen only to its right. */
function star(groups, isNarrow) {
  const places = new Map();
  const labels = [];
  const sides = isNarrow ? [[1, groups]] : [[1, []], [-1, []]];
  if (!isNarrow) {
    // Each group goes where there is less so far; one that is more than half is cut in two.
    const total = groups.reduce((sum, { items }) => sum + items.length, 0);
    const half = Math.ceil(total / 2);
    const parts = groups.flatMap((group) => {
      if (group.items.length <= half || total < 8) return [group];
      return [{ ...group, items: group.items.slice(0, half) }, { ...group, items: group.items.slice(half) }];
    });
    const size = (side) => side[1].reduce((sum, { items }) => sum + items.length, 0);
    for (const group of parts) (size(sides[0]) <= size(sides[1]) ? sides[0] : sides[1])[1].push(group);
  }
  for (const [side, groups] of sides) {
    const rows = groups.reduce((sum, { items }) => sum + items.length, 0);
    const columns = Math.ceil(rows / MOST_ROWS) || 1;
    const perColumn = Math.ceil(rows / columns);
    let row = 0;
    for (const group of groups) {
      for (const item of group.items) {
        const column = Math.floor(row / perColumn);
        const inColumn = Math.min(perColumn, rows - column * perColumn);
        const y = (row % perColumn - (inColumn - 1) / 2) * ROW;
        // An arc, so that the lines to the outer rows do not run into each other.
        const bend = 45 * (1 - (y / (perColumn * ROW)) ** 2 * 4);
        places.set(item, { x: side * (165 + column * COLUMN + (isNarrow ? 0 : bend)), y, side });
        row += 1;
      }
      // With several columns a label would lie on the names of the inner one.
      if (columns === 1) {
        const middle = places.get(group.items[Math.floor((group.items.length - 1) / 2)]);
        const between = group.items.length % 2 ? 0 : ROW * 0.34;
        labels.push({ text: cut(group.label, 24), x: middle.x * 0.68, y: middle.y * 0.68 + between, side });
      }
    }
  }
  apart(labels);
  return { places, labels };
}

/** Moves the labels of a side down where one would hide another. */
function apart(labels) {
  const half = ({ text }) => (text.length > 16 ? 15 : 8);
  for (const side of [-1, 1]) {
    const column = labels.filter((label) => label.side === side).sort((a, b) => a.y - b.y);
    column.forEach((label, n) => {
      const above = column[n - 1];
      if (above) label.y = Math.max(label.y, above.y + half(above) + half(label));
    });
  }
}

/** Two columns: on the left who shares, on the right what is shared, each near what it is linked with. */
function columns(left, right, links, isNarrow) {
  const places = new Map();
  const width = isNarrow ? 110 : 260;
  const height = Math.max(left.length, right.length) * ROW;
  const put = (items, side) => items.forEach((item, n) => {
    places.set(item, { x: side * width / 2, y: ((n + 0.5) / items.length - 0.5) * height, side });
  });
  put(left, -1);
  put(right, 1);
  // A few rounds of putting each where the middle of its links is leave fewer crossings; ties keep their order.
  for (let round = 0; round < 6; round += 1) {
    for (const [items, side, mine, other] of [[right, 1, 1, 0], [left, -1, 0, 1]]) {
      const middle = new Map(items.map((item) => {
        const ys = links.filter((link) => link[mine] === item).map((link) => places.get(link[other]).y);
        return [item, ys.length ? ys.reduce((sum, y) => sum + y, 0) / ys.length : 0];
      }));
      items.sort((a, b) => middle.get(a) - middle.get(b) || a.n - b.n);
      put(items, side);
    }
  }
  return { places, labels: [] };
}
