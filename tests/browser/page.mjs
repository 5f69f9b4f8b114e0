// Opening the page in Chromium; nothing may be requested, and no error told.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chromium } from "playwright-core";

const executablePath = execFileSync("sh", ["-c", "command -v chromium"], { encoding: "utf8" }).trim();
// Chromium has no sandbox for the superuser, as who builds in a container is.
const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
export const browser = await chromium.launch({ executablePath, args });

/** What went wrong in any page: requests, messages of the console, errors, dialogs. */
export const faults = [];

export async function open(file, hash = "", options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  page.on("request", (request) => {
    // The file itself, and its icon, which is empty and stands in it.
    if (!request.url().startsWith(`file://${file}`) && request.url() !== "data:,") faults.push(`request: ${request.url()}`);
  });
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) faults.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => faults.push(`error: ${error.stack}`));
  page.on("dialog", (dialog) => { faults.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  await page.goto(`file://${file}${hash}`);
  await page.waitForSelector("html[data-ready]");
  return page;
}

/** All that the page tells at present. */
export const told = (page) => page.evaluate(() => ["filters", "panel"].map((id) => document.getElementById(id).innerText)
  .concat(document.querySelector("main").innerText, document.title,
    [...document.querySelectorAll("#filters input")].map((input) => `${input.type === "range" ? input.value : input.checked}`).join()));

/** Goes to an address as a link does. */
export async function go(page, hash) {
  await page.evaluate((hash) => new Promise((done) => {
    if (location.hash === hash) return done();
    addEventListener("hashchange", () => done(), { once: true });
    location.hash = hash;
  }), hash);
}

/** Where on the screen something drawn is; the library keeps itself at its container. */
export const drawn = (page, selector) => page.evaluate((selector) => {
  const cy = document.getElementById("canvas")._cyreg.cy;
  const element = cy.$(selector);
  const box = document.getElementById("canvas").getBoundingClientRect();
  if (element.length !== 1) throw new Error(`${element.length} of ${selector}`);
  const at = element.isNode() ? element.renderedPosition() : element.renderedMidpoint();
  return { x: box.x + at.x, y: box.y + at.y };
}, selector);

export const drawnNames = (page) => page.evaluate(() =>
  document.getElementById("canvas")._cyreg.cy.nodes().not(".label").map((node) => node.data("name")));

export const check = async (name, test) => {
  console.log(`  ${name}`);
  await test();
  assert.deepEqual(faults, [], name);
};
