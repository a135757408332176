// What somebody would write in an afternoon: reads the estate's files with js-yaml, holds each against a schema
// with ajv, looks for groups and actions that are not there, folds the updates, and counts what is overdue.
//
//     node with_js_yaml.js PLANS DAY        (js-yaml and ajv where node finds them)
const fs = require("fs");
const path = require("path");
const yaml = require("js-yaml");
const Ajv = require("ajv");

const text = { type: "string" };
const texts = { anyOf: [text, { type: "array", items: text }] };
const list = (items) => ({ type: "array", items });
const map = (required, properties) => ({ type: "object", additionalProperties: false, required, properties });
const action = map(["id"], { id: text, title: text, action: text, impact: text, measure: text, owners: texts, evidence: texts, timescale: text });
const objective = map(["title"], { id: text, title: text, actions: list(action) });
const priority = map(["id", "title"], { id: text, title: text, objectives: list(objective), actions: list(action) });
const entry = map([], { action: text, rag: text, status: text, done: text, impact: text, evidence: texts, timescale: text, reason: text, agreed: text });
const schemas = {
  board: map(["board"], { board: text, short: text, groups: { type: "object" }, meetings: { type: "object" } }),
  plan: map(["plan", "period", "priorities"], { plan: text, period: text, adopted: text, threads: { type: "object" }, rag: { type: "object" }, priorities: list(priority) }),
  updates: map(["updates", "entries"], { updates: text, plan: text, date: text, by: text, meeting: text, entries: list(entry) }),
};
if (process.argv[2] === "--check") process.exit(0);
const ajv = new Ajv();
const checks = Object.fromEntries(Object.entries(schemas).map(([kind, schema]) => [kind, ajv.compile(schema)]));
const months = "January February March April May June July August September October November December".split(" ");

function lastDay(phrase) {
  if (/^\d{4}-\d{2}-\d{2}$/.test(phrase)) return phrase;
  const found = /^(?:by )?(?:(\d{1,2}) )?([A-Z][a-z]+) (\d{4})$/.exec(phrase || "");
  if (!found || !months.includes(found[2])) return undefined;
  const month = months.indexOf(found[2]);
  const day = found[1] ? new Date(Date.UTC(found[3], month, found[1])) : new Date(Date.UTC(found[3], month + 1, 0));
  return day.toISOString().slice(0, 10);
}

function* files(folder) {
  for (const found of fs.readdirSync(folder, { withFileTypes: true })) {
    const file = path.join(folder, found.name);
    if (found.isDirectory()) yield* files(file);
    else if (file.endsWith(".yaml")) yield file;
  }
}

const [plans, day] = process.argv.slice(2);
let [wrong, overdue] = [0, 0];
for (const name of fs.readdirSync(plans)) {
  const documents = [];
  for (const file of files(path.join(plans, name))) {
    const document = yaml.load(fs.readFileSync(file, "utf8"), { schema: yaml.FAILSAFE_SCHEMA });
    const kind = Object.keys(document)[0];
    if (!checks[kind](document)) wrong += checks[kind].errors.length;
    documents.push([kind, path.basename(file, ".yaml"), document]);
  }
  const groups = new Set(["board"]);
  const standing = new Map();
  for (const [kind, , it] of documents) if (kind === "board") Object.keys(it.groups).forEach((group) => groups.add(group));
  for (const [kind, stem, it] of documents) {
    if (kind !== "plan") continue;
    for (const part of it.priorities) {
      const all = (part.actions || []).concat(...(part.objectives || []).map((own) => own.actions || []));
      for (const one of all) {
        wrong += (one.owners || []).filter((owner) => !groups.has(owner)).length;
        standing.set(`${stem}#${one.id}`, { status: "not started", timescale: one.timescale });
      }
    }
  }
  const updates = documents.filter(([kind, , it]) => kind === "updates" && it.date <= day).map(([, , it]) => it);
  updates.sort((a, b) => (a.date < b.date ? -1 : 1));
  for (const update of updates)
    for (const it of update.entries) {
      const own = standing.get(`${update.plan}#${it.action}`);
      if (!own) wrong += 1;
      else {
        own.status = it.status || own.status;
        if (it.agreed) own.timescale = it.timescale || own.timescale;
      }
    }
  for (const { status, timescale } of standing.values()) overdue += status !== "complete" && lastDay(timescale) < day;
}
console.log(`${wrong} wrong, ${overdue} overdue`);
