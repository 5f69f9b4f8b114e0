// The page by axe-core: no serious or critical fault in any view, light or dark, wide or narrow.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { check, open } from "./page.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const VIEWS = {
  "the start": "",
  "a country": "#at=country:estonia",
  "a document": "#at=document:tallinn-2025",
  "the claims of a line": "#at=country:estonia&show=edge:country:estonia~organization:digital-nations&year=2021",
  "a cell of the matrix": "#view=matrix&show=cell:country:estonia~topic:data",
  "entities": "#view=entities",
  "claims of every standing": "#view=claims&standing=stated,planned,wish,opinion,negated&relations=about",
  "what the page is about": "#view=about",
};

export async function accessible(file) {
  for (const colorScheme of ["light", "dark"]) {
    for (const width of [1280, 390]) {
      await check(`axe-core finds nothing serious: ${colorScheme}, ${width} wide`, async () => {
        for (const [name, hash] of Object.entries(VIEWS)) {
          const page = await open(file, hash, { colorScheme, viewport: { width, height: 800 } });
          await page.evaluate(() => { for (const details of document.querySelectorAll("details")) details.open = true; });
          await page.evaluate(axe);
          const { violations } = await page.evaluate(() => axe.run(document));
          const told = violations.map(({ id, impact, nodes }) => `${impact} ${id}: ${nodes.slice(0, 3).map(({ html, failureSummary }) => `${html} ${failureSummary}`).join("; ")}`);
          const serious = told.filter((fault) => /^(serious|critical)/.test(fault));
          assert.deepEqual(serious, [], name);
          for (const fault of told) console.log(`    ${name}: ${fault}`);
          await page.context().close();
        }
      });
    }
  }
}
