// The query page and the profiles of the `endpoint` example in Chromium: nothing is asked of anybody else, no
// error is told, all works by keys, and axe-core finds nothing serious. With a folder, views are put there.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const [address, folder] = process.argv.slice(2);
const axe = readFileSync(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")), "utf8");
const executablePath = execFileSync("sh", ["-c", "command -v chromium"], { encoding: "utf8" }).trim();
// Chromium has no sandbox for the superuser, as who builds in a container is.
const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
const browser = await chromium.launch({ executablePath, args });
const faults = [];
// That an answer is an error is told on the console by the browser itself.
const expected = /Failed to load resource: the server responded with a status of 400/;

async function open(path, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  page.on("request", (request) => {
    if (!request.url().startsWith(`${address}/`)) faults.push(`request: ${request.url()}`);
  });
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type()) && !expected.test(message.text())) faults.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => faults.push(`error: ${error.stack}`));
  await page.goto(`${address}${path}`);
  return page;
}

const done = (page) => page.waitForFunction(() => {
  const told = document.getElementById("status").textContent;
  return told && !told.startsWith("Asking");
});
const cells = (page) => page.$$eval("#result td", (cells) => cells.map((cell) => cell.textContent));

// A query of the catalogue, found and run by keys.
let page = await open("/");
await page.waitForSelector("#catalogue button");
assert.ok(await page.locator("#catalogue button").count() > 50);
await page.locator("#search").focus();
await page.keyboard.type("share work");
await page.waitForFunction(() => document.querySelectorAll("#catalogue button").length < 10);
await page.getByRole("button", { name: "Which countries share work on a topic" }).focus();
await page.keyboard.press("Enter");
assert.equal(await page.inputValue("#parameter-topic"), "topic:digital-identity");
await page.locator("#query").focus();
await page.keyboard.press("Control+Enter");
await done(page);
assert.deepEqual((await cells(page)).filter((_, n) => n % 2), ["country:canada", "country:new-zealand", "country:portugal"]);
assert.match(await page.textContent("#status"), /^3 rows in \d+ ms$/);

// A parameter by name, kept in the address; the download is the same answer.
await page.fill("#parameter-topic", "Regulatory sandboxes");
await page.keyboard.press("Enter");
await page.waitForFunction(() => document.getElementById("status").textContent.startsWith("1 row in"));
assert.deepEqual((await cells(page))[1], "country:uruguay");
const again = await open(new URL(page.url()).pathname + new URL(page.url()).hash);
await done(again);
assert.deepEqual(await cells(again), await cells(page));
const csv = await (await fetch(new URL(await page.getByRole("link", { name: "csv" }).getAttribute("href"), address))).text();
assert.equal(csv.split("\r\n")[1], "https://w3id.org/digital-nations/topic/regulatory-sandboxes,https://w3id.org/digital-nations/country/uruguay");

// From a cell to the profile, and from there to claim, passage and back.
await page.getByRole("link", { name: "country:uruguay" }).click();
assert.equal(await page.textContent("h1"), "Uruguay");
await page.getByRole("link", { name: "claim", exact: true }).first().click();
assert.match(page.url(), /\/claim\/[0-9a-f]{24}$/);
await page.locator("dd a[href^='/passage/']").click();
assert.match(await page.textContent("h1"), /-p\d+$/);
await page.getByRole("link", { name: "Ask a query" }).click();

// Errors with their place, and hints where nothing is found.
page = await open("/");
await page.fill("#query", "SELECT ?c { ?c a dnn:Country }");
await page.click("#run");
await done(page);
assert.equal(await page.textContent("#error"), "query:1:18: there is no prefix `dnn:`; did you mean `dn:`?\n1 | SELECT ?c { ?c a dnn:Country }\n  |                  ^\n");
await page.fill("#query", "SELECT ?c { ?c dn:workOn topic:digital-identity }");
await page.click("#run");
await page.waitForSelector("#hints:not([hidden])");
assert.match(await page.textContent("#hints"), /did you mean `dn:worksOn`\?/);
assert.match(await page.textContent("#status"), /^No rows in/);
for (const [query, shown] of [["ASK { country:estonia a dn:Country }", /^Yes$/], ["DESCRIBE country:estonia", /rdfs:label "Estonia"/]]) {
  await page.fill("#query", query);
  await page.click("#run");
  await page.waitForFunction((source) => new RegExp(source, "m").test(document.getElementById("result").textContent), shown.source);
}
// Text in the data is text on the page.
await page.fill("#query", `SELECT ?x { BIND ("<img src=x onerror=alert(1)>" AS ?x) }`);
await page.click("#run");
await page.waitForFunction(() => document.querySelector("#result td")?.textContent.startsWith("<img"));
assert.equal(await page.locator("#result img").count(), 0);

const VIEWS = {
  start: "/", answer: "/#run=by-countries", profile: "/country/estonia", topic: "/topic/digital-identity",
  claim: "/claim/b134d9f5c74bf82409af2c96", passage: "/passage/tallinn-2025-p11", document: "/document/tallinn-2025", list: "/topic",
  error: "/#query=SELECT%20%3Fc%20%7B%20%3Fc%20a%20dnn%3ACountry%20%7D",
};
for (const colorScheme of ["light", "dark"]) {
  for (const width of [1280, 390]) {
    for (const [name, path] of Object.entries(VIEWS)) {
      // The policy of the pages forbids scripts from elsewhere, that of the check too.
      const view = await open(path, { colorScheme, viewport: { width, height: 900 }, bypassCSP: true });
      if (path.startsWith("/#")) await done(view);
      await view.evaluate(axe);
      const { violations } = await view.evaluate(() => axe.run(document));
      const told = violations.map(({ id, impact, nodes }) => `${impact} ${id}: ${nodes[0].html} ${nodes[0].failureSummary}`);
      assert.deepEqual(told, [], `${name}, ${colorScheme}, ${width}`);
      const wide = await view.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(wide <= 0, `${name} is ${wide} too wide for ${width}`);
      if (folder) await view.screenshot({ path: `${folder}/${name}-${colorScheme}-${width}.png` });
      await view.context().close();
    }
  }
}

await browser.close();
assert.deepEqual(faults, []);
console.log("Chromium: the page asks this server only, without an error, in light and dark, wide and narrow");
