// Looks at every page of a site in Chromium, opened from its folder with no network: no violation that axe-core
// knows, nothing on the console, nothing loaded but the site's own files, no sideways scrolling, at the widths of a
// small phone, a phone and a desktop, in light and dark, with scripts and without. Then goes the ways of a visitor,
// none longer than three clicks. Usage: node site.js FOLDER [CHROMIUM]
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const [named, executablePath = "/usr/bin/chromium"] = process.argv.slice(2);
const folder = resolve(named);
const top = pathToFileURL(folder).href + "/";
const pages = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(".html")).sort();
if (pages.length === 0) throw new Error(`${folder} holds no page`);

const views = [
  { width: 1280, colorScheme: "light", axe: {} },
  { width: 1280, colorScheme: "dark", axe: { runOnly: ["color-contrast"] } },
  { width: 375, colorScheme: "dark", axe: {} },
  { width: 320, colorScheme: "light", axe: {} },
];
// Pages of one kind are laid out alike: of each kind so many are looked at by axe, all of them for their width.
const OF_A_KIND = 2;
const kinds = new Map();
const kind = (page) => page.replace(/[^/]*\/[^/]*\.html$/, "").replace(/\d{4}-\d{2}-\d{2}/, "DAY") + (page.endsWith("index.html") ? "index" : "");

const browser = await chromium.launch({
  executablePath,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
const faults = [];

async function open(options = {}) {
  const context = await browser.newContext({ offline: true, ...options });
  const page = await context.newPage();
  page.on("console", (message) => faults.push(`${page.url()}: console: ${message.text()}`));
  page.on("pageerror", (error) => faults.push(`${page.url()}: error: ${error.message}`));
  page.on("request", (request) => request.url().startsWith(top) || faults.push(`${page.url()}: asks for ${request.url()}`));
  return page;
}

async function look(name) {
  const page = await open();
  await page.goto(top + name);
  const seen = kinds.get(kind(name)) ?? 0;
  kinds.set(kind(name), seen + 1);
  const axed = seen < OF_A_KIND;
  if (axed) await page.evaluate(axe);
  for (const { width, colorScheme, axe } of views) {
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme });
    const here = `${name} at ${width} px, ${colorScheme}`;
    const [whole, seen] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
    if (whole > seen) faults.push(`${here}: scrolls sideways, ${whole} > ${seen}`);
    if (!axed) continue;
    const options = { resultTypes: ["violations"], preload: false, ...axe };
    const { violations } = await page.evaluate((options) => window.axe.run(document, options), options);
    for (const { id, help, nodes } of violations) {
      faults.push(`${here}: axe ${id}: ${help}: ${nodes.length} times, as ${nodes[0].html.slice(0, 200)}`);
    }
  }
  await page.context().close();
}

// A visitor's way: from the front page, by the words of each link; what stands there then.
const ways = [
  { to: "why an action is red", links: ["1.1.3"], says: /RAG\s*RED.*?why/s },
  { to: "what a group owes", links: ["Groups", "Exampleshire Police"], says: /: owed/ },
  { to: "what the last meeting decided", links: ["Meetings", "13 January 2026"], says: /What was decided\s*(?!Nothing)\S/ },
  { to: "what was last decided", links: ["Decisions"], says: /agreed|refused/ },
  { to: "the paper of a year ago", links: ["Meetings", "18 March 2025", "Report to the Board"], says: /Position at 18 March 2025/ },
  { to: "a group's form", links: ["Groups", "Exampleshire Police"], file: /\.xlsx$/ },
  { to: "the paper as Word", links: ["Meetings", "18 March 2025"], file: /board\.docx$/ },
];

async function go({ to, links, says, file }, options) {
  const page = await open(options);
  await page.goto(`${top}index.html`);
  for (const [at, words] of links.entries()) {
    const escaped = words.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    const link = page.getByRole("link", { name: new RegExp(`^${escaped}`) }).first();
    await link.click({ timeout: 5000 }).catch(() => faults.push(`${to}: no link "${words}" on ${page.url()}`));
    if (at > 2) faults.push(`${to}: more than three clicks`);
  }
  const text = await page.evaluate(() => document.body.innerText);
  if (says && !says.test(text)) faults.push(`${to}: ${page.url()} does not say ${says}`);
  if (file) {
    const files = await page.evaluate(() => [...document.querySelectorAll("main a")].map((link) => link.getAttribute("href")));
    if (!files.some((name) => file.test(name))) faults.push(`${to}: ${page.url()} has no ${file}`);
  }
  await page.context().close();
}

// What the script adds, by keyboard alone.
async function search() {
  const page = await open();
  await page.goto(`${top}index.html`);
  await page.getByRole("searchbox", { name: "Search" }).focus();
  await page.keyboard.type("neglect teen");
  await page.locator("#found a").first().waitFor({ timeout: 5000 }).catch(() => faults.push("search: finds nothing"));
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.waitForLoadState();
  const title = await page.locator("h1").innerText();
  if (!title.startsWith("1.1.5")) faults.push(`search: leads to ${title}`);
  await page.context().close();
}

async function filter() {
  const page = await open();
  // A table that is long whatever the day: the front page's grows and shrinks with what needs attention.
  const name = "exampleshire/groups/index.html";
  await page.goto(top + name);
  const box = page.locator(".filters").first();
  const table = page.locator(".filters + .scroll").first();
  const all = await table.locator("tbody tr").count();
  await box.getByLabel("rows with").fill("forum");
  const some = await table.locator("tbody tr").count();
  if (!(some > 0 && some < all)) faults.push(`filter: ${some} of ${all} rows are left (${name})`);
  await box.getByLabel("rows with").fill("");
  if ((await table.locator("tbody tr").count()) !== all) faults.push("filter: rows are lost");
  await page.context().close();
}

const waiting = [...pages];
async function work() {
  for (let name = waiting.shift(); name; name = waiting.shift()) await look(relative(folder, join(folder, name)).replaceAll("\\", "/"));
}
await Promise.all([work(), work()]);
for (const way of ways) for (const javaScriptEnabled of [true, false]) await go(way, { javaScriptEnabled });
await search();
await filter();
await browser.close();
for (const fault of faults) console.error(fault);
console.log(`${pages.length} pages looked at in ${views.length} ways, ${ways.length} ways gone, ${faults.length} faults`);
process.exit(faults.length > 0 ? 1 : 0);
