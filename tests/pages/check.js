// Looks at every HTML page of a folder in Chromium, on a desktop, on phones and on paper, in light and
// dark: no violation that axe-core knows, nothing on the console, no request, no sideways scrolling,
// no labels of charts that overlap, and nothing in the page that could run. Usage: node check.js FOLDER [CHROMIUM]
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const [folder, executablePath = "/usr/bin/chromium"] = process.argv.slice(2);
const files = readdirSync(folder).filter((name) => name.endsWith(".html")).sort();
if (files.length === 0) throw new Error(`${folder} holds no .html file`);

// Every width is looked at for what sticks out; axe looks at a desktop and a phone, at colours also in
// the other scheme.
const views = [
  { name: "desktop", width: 1280, colorScheme: "light", axe: {} },
  { name: "desktop in the dark", width: 1280, colorScheme: "dark", axe: { runOnly: ["color-contrast"] } },
  { name: "tablet", width: 800, colorScheme: "light" },
  { name: "phone in the dark", width: 375, colorScheme: "dark", axe: {} },
  { name: "phone", width: 375, colorScheme: "light", axe: { runOnly: ["color-contrast"] } },
  { name: "small phone", width: 320, colorScheme: "light" },
  { name: "paper", width: 688, media: "print", colorScheme: "dark", without: ".sideways" },
  { name: "paper on its side", width: 1017, media: "print", colorScheme: "light" },
];

// Runs in the page: what is wider than the window, and what a text could have smuggled in.
function faults() {
  const root = document.documentElement;
  const found = [];
  if (root.scrollWidth > root.clientWidth) {
    const wide = [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > root.clientWidth + 1);
    found.push(`scrolls sideways: ${root.scrollWidth} > ${root.clientWidth}: ${wide.slice(0, 3).map((e) => e.outerHTML.slice(0, 120)).join(" | ")}`);
  }
  const foreign = "script, iframe, object, embed, img, link, base, form, input, button, video, audio, foreignObject, animate, set";
  for (const e of document.querySelectorAll(foreign)) found.push(`holds <${e.localName}>`);
  for (const e of document.querySelectorAll("*")) {
    for (const { name, value } of e.attributes) {
      if (name.startsWith("on")) found.push(`<${e.localName}> has ${name}`);
      if (["href", "src", "xlink:href"].includes(name) && !value.startsWith("#")) found.push(`<${e.localName}> leads to ${value}`);
    }
  }
  // What two labels of a chart would cover of each other.
  for (const chart of document.querySelectorAll("svg.chart")) {
    const boxes = [...chart.querySelectorAll("text")].map((e) => [e.textContent, e.getBoundingClientRect()]).filter(([, b]) => b.width > 0);
    const frame = chart.getBoundingClientRect();
    boxes.forEach(([text, a], index) => {
      if (a.left < frame.left - 1 || a.right > frame.right + 1) found.push(`label "${text}" leaves its chart`);
      for (const [other, b] of boxes.slice(index + 1)) {
        const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (across > 1 && down > 3) found.push(`labels "${text}" and "${other}" overlap`);
      }
    });
  }
  return found;
}

// What is wrong with a page in one view.
async function look(page, view) {
  const { width, media = "screen", colorScheme, without = "none" } = view;
  await page.setViewportSize({ width, height: 800 });
  await page.emulateMedia({ media, colorScheme });
  await page.evaluate((without) => {
    for (const part of document.querySelectorAll(".sideways")) part.hidden = part.matches(without);
  }, without);
  const found = await page.evaluate(faults);
  if (view.axe) {
    const options = { resultTypes: ["violations"], ...view.axe };
    const { violations } = await page.evaluate((options) => window.axe.run(document, options), options);
    for (const { id, help, nodes } of violations) {
      found.push(`axe ${id}: ${help}: ${nodes.length} times, as ${nodes[0].html.slice(0, 200)}`);
    }
  }
  return found.map((fault) => `${view.name}: ${fault}`);
}

async function check(browser, file) {
  const context = await browser.newContext({ offline: true });
  const page = await context.newPage();
  const found = [];
  const address = pathToFileURL(resolve(folder, file)).href;
  page.on("console", (message) => found.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => found.push(`error: ${error.message}`));
  page.on("request", (request) => request.url() === address || found.push(`asks for ${request.url()}`));
  await page.goto(address);
  await page.evaluate(axe);
  for (const view of views) found.push(...(await look(page, view)));
  await context.close();
  return found;
}

const browser = await chromium.launch({
  executablePath,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
let faulty = 0;
const waiting = [...files];
async function work() {
  for (let file = waiting.shift(); file; file = waiting.shift()) {
    const found = await check(browser, file);
    if (found.length > 0) faulty += 1;
    for (const fault of found) console.error(`${file}: ${fault}`);
  }
}
await Promise.all([work(), work()]);
await browser.close();
console.log(`${files.length} pages looked at in ${views.length} ways, ${faulty} with faults`);
process.exit(faulty > 0 ? 1 : 0);
