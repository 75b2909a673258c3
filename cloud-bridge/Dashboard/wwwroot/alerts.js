import "./alert-words.js";
import { actsOf, askedNow } from "./alert-acts.js";
import { openDetail, redrawDetail } from "./alert-detail.js";
import { byId, make } from "./dom.js";
import { drawWords, momentOf, numberOf, say } from "./words.js";

// The alerts, the worst first. A mark is asked for every second and costs the bridge nothing; the list is read when it is another one.
const every = 1000;
const pageSize = 50;
let told = null;
let over = false;
let shown = pageSize;
let lost = false;

async function get(path) {
  const answer = await fetch(path);
  if (!answer.ok) throw new Error((await answer.json().catch(() => ({}))).detail ?? String(answer.status));
  return answer.json();
}

export async function load() {
  try {
    told = await get(`/api/alerts?state=${over ? "over" : "open"}&limit=${Math.min(shown, 200)}`);
    lost = false;
    redrawDetail();
  } catch (error) {
    lost = true;
    if (told === null) verdict("bad", `${say("notLoaded")} ${error.message}`);
  }
  draw();
}

async function look() {
  try {
    const { mark } = await get("/api/alerts/mark");
    if (lost || told === null || mark !== told.mark) await load();
    else drawAges();
  } catch {
    lost = true;
    draw();
  }
}

function verdict(tone, text) {
  const line = byId("verdict");
  line.className = `verdict ${tone}`;
  if (line.textContent !== text) line.textContent = text; // A screen reader says it once.
}

function draw() {
  if (told === null) return;
  const open = told.critical + told.warning + told.notice;
  const parts = ["critical", "warning", "notice"].filter((key) => told[key] > 0).map((key) => `${numberOf(told[key])} ${say(key).toLocaleLowerCase("vi")}`);
  const more = told.givenUp > 0 ? ` · ${say("givenUp", { n: numberOf(told.givenUp) })}` : "";
  if (lost) verdict("bad", say("lostTouch"));
  else if (open === 0) verdict(told.givenUp > 0 ? "wait" : "good", say("allWell") + more);
  else verdict(told.critical > 0 ? "bad" : "wait", `${say("openCount", { n: numberOf(open) })}: ${parts.join(", ")}${more}`);
  byId("show-open").setAttribute("aria-pressed", String(!over));
  byId("show-over").setAttribute("aria-pressed", String(over));
  const focus = document.activeElement?.dataset?.act ? [document.activeElement.closest(".alert")?.dataset.alert, document.activeElement.dataset.act] : null;
  byId("alerts").replaceChildren(...told.alerts.map(cardOf));
  if (told.alerts.length === 0) byId("alerts").replaceChildren(make("li", "empty", say(over ? "nothingOver" : "allWell")));
  if (focus) {
    const card = document.querySelector(`.alert[data-alert="${CSS.escape(focus[0])}"]`);
    (card?.querySelector(`[data-act="${CSS.escape(focus[1])}"]`) ?? card?.querySelector("button"))?.focus({ preventScroll: true });
  }
  byId("older").hidden = !told.more || shown >= 200;
}

function cardOf(alert) {
  const card = make("li", `alert ${alert.severity}`);
  card.dataset.alert = alert.id;
  card.classList.toggle("muted", isMuted(alert));
  const head = make("div", "alert-head");
  head.append(make("span", `badge ${alert.severity}`, say(alert.severity)), make("h2", "", alert.title));
  const age = make("time", "age", ageOf(alert));
  age.dateTime = alert.since;
  head.append(age);
  card.append(head, make("p", "place", alert.place));
  const states = statesOf(alert);
  if (states.length > 0) {
    const line = make("p", "alert-head");
    line.append(...states);
    card.append(line);
  }
  if (alert.ended === null) {
    const facts = make("dl");
    facts.append(make("dt", "", say("harmLabel")), make("dd", "", alert.harm), make("dt", "", say("doLabel")), make("dd", "", alert.whatToDo));
    card.append(facts);
  }
  const actions = make("div", "actions");
  actions.append(...actsOf(alert, load));
  const more = make("button", "plain", say("more"));
  more.type = "button";
  more.dataset.act = "more";
  more.setAttribute("aria-label", `${say("more")}: ${alert.title}, ${alert.place}`);
  more.addEventListener("click", () => openDetail(alert.id));
  actions.append(more);
  card.append(actions);
  return card;
}

function statesOf(alert) {
  const badges = [];
  if (alert.acknowledgedBy) badges.push(make("span", "badge own", say("seenBy", { who: alert.acknowledgedBy })));
  if (alert.assignedTo) badges.push(make("span", "badge own", say("givenTo", { who: alert.assignedTo })));
  if (isMuted(alert)) badges.push(make("span", "badge", say("mutedUntil", { time: momentOf(alert.mutedUntil) })));
  if (alert.flapping) badges.push(make("span", "badge", alert.flapping));
  if (alert.openings > 1) badges.push(make("span", "badge", say("openedTimes", { n: alert.openings - 1 })));
  if (alert.mergedInto && alert.ended !== null) badges.push(make("span", "badge", say("mergedInto", { n: alert.mergedInto })));
  return badges;
}

const isMuted = (alert) => alert.mutedUntil !== null && alert.ended === null && Date.parse(alert.mutedUntil) > Date.now();

function ageOf(alert) {
  const ago = spanOf((alert.ended === null ? Date.now() : Date.parse(alert.ended)) - Date.parse(alert.since));
  return alert.ended === null ? say("sinceLabel", { time: momentOf(alert.since), ago }) : say("overLabel", { from: momentOf(alert.since), to: momentOf(alert.ended), ago });
}

function spanOf(ms) {
  const minutes = Math.floor(Math.max(0, ms) / 60_000);
  if (minutes < 1) return say("seconds", { n: Math.floor(Math.max(0, ms) / 1000) });
  if (minutes < 60) return say("minutes", { n: minutes });
  if (minutes < 1440) return say("hours", { n: Math.floor(minutes / 60), m: minutes % 60 });
  return say("days", { n: Math.floor(minutes / 1440), m: Math.floor((minutes % 1440) / 60) });
}

function drawAges() {
  for (const alert of told.alerts) {
    const age = document.querySelector(`.alert[data-alert="${alert.id}"] .age`);
    if (age && age.textContent !== ageOf(alert)) age.textContent = ageOf(alert);
  }
}

function show(isOver) {
  [over, shown, told] = [isOver, pageSize, null];
  load();
}

drawWords(() => { askedNow(); draw(); redrawDetail(); });
byId("show-open").addEventListener("click", () => show(false));
byId("show-over").addEventListener("click", () => show(true));
byId("older").addEventListener("click", () => { shown += pageSize; load(); });
load();
setInterval(look, every);
const wanted = new URLSearchParams(location.search).get("alert");
if (wanted !== null && /^\d{1,15}$/.test(wanted)) openDetail(Number(wanted));
