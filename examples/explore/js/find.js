// Finding entities by name, other name, code or slug, with a typing error if need be.

const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const wordsOf = (text) => folded(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);

/** Each name of each entity, as it is compared. */
const NAMES = ENTITIES.flatMap((entity) => {
  const names = [entity.name, ...entity.aliases, ...entity.codes];
  const known = names.map((name, n) => ({ entity, name, isOther: n > 0, text: folded(name), words: wordsOf(name) }));
  const slug = { entity, name: entity.name, isOther: false, isSlug: true, text: entity.id, words: wordsOf(entity.slug) };
  return [...known, slug];
});

/** Whether one word becomes the other, or its beginning, by so many letters added, left out, changed or swapped. */
function isNear(typed, word, most) {
  if (typed.length > word.length + most) return false;
  let [before, row] = [null, Array.from({ length: word.length + 1 }, (_, n) => n)];
  for (let i = 1; i <= typed.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= word.length; j += 1) {
      const same = typed[i - 1] === word[j - 1] ? 0 : 1;
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + same);
      const isSwap = i > 1 && j > 1 && typed[i - 1] === word[j - 2] && typed[i - 2] === word[j - 1];
      if (isSwap) next[j] = Math.min(next[j], before[j - 2] + 1);
    }
    if (Math.min(...next) > most) return false;
    [before, row] = [row, next];
  }
  return Math.min(...row.slice(Math.max(0, typed.length - most))) <= most;
}

const mistakes = (word) => (word.length < 4 ? 0 : word.length < 8 ? 1 : 2);

/** How well a name fits, the smaller the better; nothing if it does not. */
function fit(name, text, words, isLoose) {
  if (name.text === text) return 0;
  if (!isLoose) {
    if (name.text.startsWith(text)) return 1;
    if (!words.every((word) => name.words.some((known) => known.startsWith(word)))) return null;
    return name.words[0]?.startsWith(words[0]) ? 2 : 3;
  }
  const near = (word) => name.words.some((known) => known.startsWith(word) || isNear(word, known, mistakes(word)));
  if (!words.every(near)) return null;
  // A name of as many words is rather the one that was meant.
  return name.words.length === words.length ? 4 : 5;
}

/** What fits, best first; of an entity its best name. */
function find(query, most = 12) {
  const [text, words] = [folded(query.trim()), wordsOf(query)];
  if (!words.length) return [];
  const best = new Map();
  const look = (isLoose) => {
    for (const name of NAMES) {
      const score = fit(name, text, words, isLoose);
      if (score === null) continue;
      // Who types few words rather means a short name.
      const more = Math.min(8, Math.max(0, name.words.length - words.length)) / 20;
      const rank = score + more + (name.isOther || name.isSlug ? 0.5 : 0);
      if (!(best.get(name.entity)?.rank <= rank)) best.set(name.entity, { ...name, rank });
    }
  };
  look(false);
  if (best.size < 3) look(true);
  const found = [...best.values()];
  found.sort((a, b) => a.rank - b.rank || a.entity.kind.n - b.entity.kind.n || degree(b.entity) - degree(a.entity)
    || a.entity.n - b.entity.n);
  return found.slice(0, most);
}
