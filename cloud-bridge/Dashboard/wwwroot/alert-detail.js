import { byId, make } from "./dom.js";
import { momentOf, say } from "./words.js";

// The window of one alert: its causes, all that happened, and who was told. Asked again whenever the list is.
let open = null;

export function openDetail(id) {
  open = id;
  byId("detail-title").textContent = say("loading");
  byId("detail-body").replaceChildren();
  if (!byId("detail").open) byId("detail").showModal();
  redrawDetail();
}

export async function redrawDetail() {
  const id = open;
  if (id === null) return;
  try {
    const answer = await fetch(`/api/alerts/${id}`);
    if (!answer.ok) throw new Error((await answer.json().catch(() => ({}))).detail ?? String(answer.status));
    const detail = await answer.json();
    if (open === id) draw(detail);
  } catch (error) {
    if (open === id) byId("detail-title").textContent = `${say("notLoaded")} ${error.message}`;
  }
}

function draw({ alert, causes, lines, deliveries }) {
  byId("detail-title").textContent = `${alert.title} · ${alert.place}`;
  const facts = make("dl");
  facts.append(make("dt", "", say("harmLabel")), make("dd", "", alert.harm), make("dt", "", say("doLabel")), make("dd", "", alert.whatToDo));
  byId("detail-body").replaceChildren(
    facts, make("h3", "", say("causesTitle")), listOf(causes, causeOf), make("h3", "", say("linesTitle")), listOf(lines, lineOf),
    make("h3", "", say("deliveriesTitle")), deliveries.length > 0 ? listOf(deliveries, deliveryOf) : make("p", "small", say("nobodyTold")));
}

function listOf(items, of) {
  const list = make("ul", "lines");
  list.append(...items.map(of));
  return list;
}

function causeOf(cause) {
  const item = make("li", cause.ended === null ? "" : "over", cause.text);
  const more = [momentOf(cause.since), cause.moved ? say("movedAway") : cause.ended === null ? null : say("gone", { time: momentOf(cause.ended) }), cause.detail];
  item.append(make("span", "small block", more.filter(Boolean).join(" · ")));
  return item;
}

function lineOf(line) {
  const item = make("li");
  const value = line.what === "mute" ? momentOf(line.value) : line.value;
  item.append(make("time", "", momentOf(line.at)), ` ${say(`line-${line.what}`)}${value ? ` ${value}` : ""}`);
  if (line.who) item.append(make("span", "small block", [line.who, line.reason].filter(Boolean).join(": ")));
  return item;
}

function deliveryOf(one) {
  const item = make("li");
  item.append(make("time", "", momentOf(one.at)), ` ${one.channel}: ${one.moment} `, make("span", `badge ${one.state === "sent" ? "online" : one.state === "dead" ? "lost" : "waiting"}`, say(`delivery-${one.state}`)));
  const more = [one.attempts > 0 ? say("tries", { n: one.attempts }) : null, one.note].filter(Boolean).join(" · ");
  if (more) item.append(make("span", "small block", more));
  if (one.state === "dead") {
    const again = make("button", "plain", say("again"));
    again.type = "button";
    again.addEventListener("click", () => tryAgain(one.id));
    item.append(again);
  }
  return item;
}

async function tryAgain(id) {
  const who = byId("who").value.trim();
  if (who === "") {
    byId("detail").close();
    byId("who").focus();
    return;
  }
  await fetch(`/api/alerts/deliveries/${id}/again`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ who, reason: say("again") }) });
  redrawDetail();
}

byId("close").addEventListener("click", () => byId("detail").close());
byId("detail").addEventListener("close", () => { open = null; });
