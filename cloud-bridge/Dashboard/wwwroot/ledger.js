import { byId, make } from "./dom.js";
import { drawWords, numberOf, say, dayOf } from "./words.js";

// The ledger: all centres, or with ?centre= one of them day by day. Asked again every half minute.
const every = 30_000;
const centre = new URLSearchParams(location.search).get("centre");
let told = null;

async function load() {
  const path = centre === null ? `/api/ledger?days=${byId("days").value}` : `/api/ledger/${encodeURIComponent(centre)}`;
  try {
    const answer = await fetch(path);
    if (!answer.ok) throw new Error((await answer.json().catch(() => ({}))).detail ?? String(answer.status));
    told = await answer.json();
    draw();
  } catch (error) {
    verdict("bad", `${say("notLoaded")} ${error.message}`);
  }
}

function verdict(tone, text) {
  const line = byId("verdict");
  line.className = `verdict ${tone}`;
  if (line.textContent !== text) line.textContent = text; // A screen reader says it once.
}

function draw() {
  if (told === null) return;
  byId("all").hidden = centre !== null;
  byId("one").hidden = centre === null;
  if (centre === null) drawAll();
  else drawOne();
}

function drawAll() {
  const lacking = told.centres.filter((one) => one.lacks > 0).length;
  if (told.toGo !== 0) verdict("wait", told.toGo < 0 ? say("loading") : say("ledgerChecking", { n: numberOf(told.toGo) }));
  else if (lacking > 0) verdict("bad", say("ledgerLacking", { n: numberOf(lacking) }));
  else verdict("good", say("ledgerWhole", { n: numberOf(told.checked) }));
  byId("centres").replaceChildren(...told.centres.map((one) => {
    const row = make("tr");
    const name = make("th");
    name.scope = "row";
    const link = make("a", "", one.name);
    link.href = `/ledger?centre=${encodeURIComponent(one.id)}`;
    name.append(link);
    const result = make("td");
    const [tone, words] = one.lacks > 0 ? ["lost", say("lacksCount", { n: numberOf(one.lacks) })]
      : told.toGo !== 0 ? ["", say("checking")]
        : one.waiting > 0 ? ["waiting", say("waiting", { n: numberOf(one.waiting) })] : ["online", say("whole")];
    result.append(make("span", `badge ${tone}`, words));
    row.append(name, number(one.issued), number(one.received), number(one.lost), result);
    return row;
  }));
  if (told.centres.length === 0) byId("centres").replaceChildren(wide(say("none"), 5));
}

function drawOne() {
  document.title = `${told.name} · ${say("ledgerTitle")}`;
  byId("one-title").textContent = told.name;
  const missing = told.lacks.filter((lack) => lack.what !== "forgotten" && lack.what !== "notDeliveredYet");
  const waiting = told.lacks.some((lack) => lack.what === "notDeliveredYet");
  if (told.toGo !== 0) verdict("wait", told.toGo < 0 ? say("loading") : say("ledgerChecking", { n: numberOf(told.toGo) }));
  else if (missing.length > 0) verdict("bad", say("lacksCount", { n: numberOf(missing.length) }));
  else verdict(waiting ? "wait" : "good", waiting ? `${say("lack-notDeliveredYet")} ${say("lack-notDeliveredYet-do")}` : say("whole"));
  byId("lacks").replaceChildren(...(told.lacks.length > 0 ? told.lacks.map(lackOf) : [make("li", "", say("nothingLacks"))]));
  byId("rows").replaceChildren(...(told.days.length > 0 ? told.days.map((day) => {
    const row = make("tr");
    const name = make("th", "", day.date === null ? say("noDay") : dayOf(day.date));
    name.scope = "row";
    row.append(name, number(day.issued), number(day.received), number(day.lost));
    return row;
  }) : [wide(say("noEvents"), 4)]));
}

function lackOf(lack) {
  const item = make("li", lack.what === "forgotten" || lack.what === "notDeliveredYet" ? "" : "bad");
  item.append(make("b", "", say(`lack-${lack.what}`)), ` ${say("lackRange", { from: numberOf(lack.from), to: numberOf(lack.to), n: numberOf(lack.to - lack.from + 1), epoch: lack.epoch })}`);
  item.append(make("span", "small", say(`lack-${lack.what}-do`)));
  return item;
}

const number = (value) => make("td", "number", numberOf(value));

function wide(text, columns) {
  const row = make("tr");
  const cell = make("td", "small", text);
  cell.colSpan = columns;
  row.append(cell);
  return row;
}

function words() {
  for (const option of byId("days").options) option.textContent = say("lastDays", { n: option.value });
  draw();
}

drawWords(words);
byId("days").addEventListener("change", load);
load();
setInterval(load, every);
