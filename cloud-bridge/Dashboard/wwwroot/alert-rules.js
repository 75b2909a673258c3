import "./alert-words.js";
import { byId, make } from "./dom.js";
import { drawWords, momentOf, numberOf, say } from "./words.js";

// The rules as they hold: numbers in fields, lists as text. What is changed is tried against the last thirty days, then made to hold.
const numbers = ["hold", "group", "limits"];
const lists = ["faults", "steps", "calendar"];
let held = null;
let tried = null;

async function ask(path, body) {
  const answer = await fetch(path, body === undefined ? {} : { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
  const told = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(told.detail ?? String(answer.status));
  return told;
}

async function load() {
  try {
    held = await ask("/api/alert-rules");
    const { versions } = await ask("/api/alert-rules/versions");
    byId("history").replaceChildren(...versions.map((one) => make("li", "", say("rulesVersion", { n: one.version, who: one.who, time: momentOf(one.at), reason: one.reason }))));
    drawParts();
    draw();
  } catch (error) {
    verdict("bad", `${say("notLoaded")} ${error.message}`);
  }
}

function verdict(tone, text) {
  byId("verdict").className = `verdict ${tone}`;
  byId("verdict").textContent = text;
}

function draw() {
  if (held === null) return;
  verdict(held.newer ? "wait" : "good", held.newer ? say("rulesNewer") : held.version === 0 ? say("rulesDefault") : say("rulesVersion", { n: held.version, who: held.who, time: momentOf(held.at), reason: held.reason }));
  byId("channels").textContent = held.channels.length > 0 ? say("channelsAre", { names: held.channels.join(", ") }) : say("channelsNone");
  for (const element of document.querySelectorAll("[data-part]")) element.textContent = say(element.dataset.part);
  drawTried();
}

function drawParts() {
  byId("parts").replaceChildren(...numbers.map((part) => {
    const set = fieldset(part);
    for (const [name, value] of Object.entries(held.rules[part])) {
      const [label, word, input] = [make("label"), make("span", "", say(name)), make("input")];
      word.dataset.part = name;
      Object.assign(input, { type: "number", step: "any", value, id: `${part}-${name}` });
      label.append(word, input);
      set.append(label);
    }
    return set;
  }), ...lists.map((part) => {
    const set = fieldset(part);
    const text = make("textarea");
    Object.assign(text, { id: `part-${part}`, rows: 8, spellcheck: false, value: textOf(held.rules[part]) });
    text.setAttribute("aria-labelledby", `legend-${part}`);
    set.append(text);
    return set;
  }));
}

function fieldset(part) {
  const [set, legend] = [make("fieldset"), make("legend", "", say(`part-${part}`))];
  legend.dataset.part = `part-${part}`;
  legend.id = `legend-${part}`;
  set.append(legend);
  return set;
}

// One entry a line, so that a person finds the one to change.
function textOf(value) {
  if (Array.isArray(value)) return value.length === 0 ? "[]" : `[\n${value.map((one) => `  ${JSON.stringify(one)}`).join(",\n")}\n]`;
  return `{\n${Object.entries(value).map(([name, of]) => `"${name}": ${textOf(of)}`).join(",\n")}\n}`;
}

function rulesNow() {
  const rules = {};
  for (const part of numbers) rules[part] = Object.fromEntries(Object.keys(held.rules[part]).map((name) => [name, Number(byId(`${part}-${name}`).value)]));
  for (const part of lists) {
    try {
      rules[part] = JSON.parse(byId(`part-${part}`).value);
    } catch (error) {
      byId(`part-${part}`).focus();
      throw new Error(say("badPart", { part: say(`part-${part}`), why: error.message }));
    }
  }
  return rules;
}

function problem(text) {
  byId("problem").textContent = text;
  byId("problem").hidden = text === "";
}

async function tryThem() {
  problem("");
  byId("try").disabled = true;
  byId("try").textContent = say("trying");
  try {
    tried = await ask("/api/alert-rules/try", { rules: rulesNow() });
  } catch (error) {
    tried = null;
    problem(error.message);
  }
  byId("try").disabled = false;
  byId("try").textContent = say("tryRules");
  drawTried();
}

function drawTried() {
  byId("tried").hidden = tried === null;
  if (tried === null) return;
  const rows = [["countAlerts", "alerts"], ["critical", "critical"], ["warning", "warning"], ["notice", "notice"], ["countReopened", "reopened"], ["countTold", "told"]]
    .map(([word, key]) => rowOf(say(word), tried.now[key], tried.then[key]));
  const codes = new Map([...tried.now.byFault, ...tried.then.byFault].map((one) => [one.code, one.title]));
  const countOf = (result, code) => result.byFault.find((one) => one.code === code)?.alerts ?? 0;
  byId("counts").replaceChildren(...rows, ...[...codes].map(([code, title]) => rowOf(title, countOf(tried.now, code), countOf(tried.then, code))));
  byId("not-whole").hidden = tried.whole;
}

function rowOf(title, now, then) {
  const [row, head] = [make("tr"), make("th", "", title)];
  head.scope = "row";
  row.append(head, make("td", "number", numberOf(now)), make("td", "number", numberOf(then)));
  return row;
}

async function set(event) {
  event.preventDefault();
  problem("");
  const [who, reason] = [byId("who").value.trim(), byId("reason").value.trim()];
  if (who === "" || reason.length < 3) {
    problem(say(who === "" ? "missing-who" : "missing-reason"));
    byId(who === "" ? "who" : "reason").focus();
    return;
  }
  try {
    const given = await ask("/api/alert-rules", { based: held.version, rules: rulesNow(), who, reason });
    byId("reason").value = "";
    await load();
    verdict("good", say("rulesSet", { n: given.version }));
  } catch (error) {
    problem(error.message);
  }
}

drawWords(draw);
byId("try").addEventListener("click", tryThem);
byId("rules").addEventListener("submit", set);
load();
