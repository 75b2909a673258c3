import { closeCommands, openCommands, showCommands } from "./commands.js";
import { closeConfiguration, openConfiguration, showConfiguration } from "./configuration.js";
import { byId, make } from "./dom.js";
import { closeSnapshots, knowCameras, openSnapshots, showSnapshots } from "./snapshots.js";
import { videoKnown, videoLink } from "./video.js";
import { drawWords, say, timeOf, momentOf, numberOf } from "./words.js";

const rank = { critical: 3, warning: 2, quiet: 1, none: 0 };
const feedLength = 40;
const viewsLateSeconds = 10; // Figures are a second behind as a rule.
const silenceMs = 15_000; // The bridge speaks at least every 5 s.

const centres = new Map();
let feed = [];
let problems = [];
let views = null;
let filter = "all";
let lastNews = null;
let heardAt = performance.now();
let broken = false;
let openCentre = null;
let drawing = false;
let mayDrawAt = 0;

const filters = {
  all: () => true,
  lost: (c) => c.state === "lost",
  faulty: (c) => c.faultCount > 0,
  stopped: (c) => c.state === "stopped" || c.state === "unknown",
  online: (c) => c.state === "online",
};

function takeNews(news) {
  if (news.whole) centres.clear();
  for (const centre of news.centres) {
    centres.set(centre.id, centre);
    if (centre.lastEvent) remember(centre);
  }
  feed = feed.sort((a, b) => b.at - a.at).slice(0, feedLength);
  problems = news.problems;
  views = news.views;
  lastNews = news.at;
  heardAt = performance.now();
  broken = false;
  if (openCentre && news.centres.some((c) => c.id === openCentre)) {
    showDetail(openCentre);
    showCommands();
    showConfiguration();
    showSnapshots();
  }
  redraw();
}

function remember(centre) {
  const { id, time, text, type, camera } = centre.lastEvent;
  if (!feed.some((line) => line.id === id)) feed.push({ id, at: Date.parse(time), time, text, type, camera, centre: centre.id, name: centre.name });
}

// News come up to ten times a second, and thousands of tiles take a while: drawing gets a quarter of the time at most, the rest is the operator's.
function redraw() {
  if (drawing) return;
  drawing = true;
  setTimeout(() => requestAnimationFrame(() => {
    drawing = false;
    const begun = performance.now();
    drawLink();
    drawFigures();
    drawTiles();
    drawFeed();
    mayDrawAt = performance.now() + 3 * (performance.now() - begun);
  }), Math.max(0, mayDrawAt - performance.now()));
}

function drawLink() {
  const link = byId("link");
  link.dataset.state = broken ? "broken" : lastNews ? "live" : "wait";
  byId("link-text").textContent = broken ? say("broken") : lastNews ? `${say("connected")} · ${timeOf(lastNews)}` : say("connecting");
  const banner = byId("banner");
  banner.hidden = !broken && problems.length === 0;
  banner.textContent = broken
    ? (lastNews ? say("brokenLong", { time: timeOf(lastNews) }) : say("broken"))
    : problems.length > 0 ? say("bridgeTrouble") + problems.join(" · ") : "";
  document.body.classList.toggle("stale", broken);
  const lag = byId("views");
  const behind = views && Math.round(views.lagSeconds) > viewsLateSeconds;
  lag.hidden = !views || (!views.fault && !behind);
  lag.textContent = views?.fault ? say("viewsFault", { why: views.fault }) : behind ? say("viewsLag", { n: numberOf(Math.round(views.lagSeconds)) }) : "";
}

function drawFigures() {
  const all = [...centres.values()];
  byId("figures").replaceChildren(...["all", "lost", "faulty", "stopped", "online"].map((key) => {
    const button = make("button", `figure ${key}`);
    button.type = "button";
    button.setAttribute("aria-pressed", String(filter === key));
    button.append(make("strong", "", numberOf(all.filter(filters[key]).length)), make("span", "", say(key)));
    button.addEventListener("click", () => { filter = key; redraw(); });
    return button;
  }));
}

function drawTiles() {
  const wanted = byId("search").value.trim().toLocaleLowerCase("vi");
  const shown = [...centres.values()]
    .filter((c) => filters[filter](c) && (wanted === "" || c.name.toLocaleLowerCase("vi").includes(wanted) || c.id.includes(wanted)))
    .sort((a, b) => rank[b.attention] - rank[a.attention] || a.name.localeCompare(b.name, "vi"));
  const focused = document.activeElement?.dataset?.centre;
  byId("tiles").replaceChildren(...shown.map(tileOf));
  if (focused) document.querySelector(`button[data-centre="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  const empty = byId("empty");
  empty.hidden = shown.length > 0;
  empty.textContent = centres.size === 0 ? (lastNews ? say("none") : say("connecting")) : say("noMatch");
}

function tileOf(centre) {
  const item = make("li");
  const tile = make("button", `tile ${centre.attention}`);
  tile.type = "button";
  tile.dataset.centre = centre.id;
  const head = make("span", "tile-head");
  head.append(make("span", "name", centre.name), badge(centre.state));
  tile.append(head);
  const facts = make("span", "facts");
  if (centre.state !== "online" && centre.since) facts.append(make("span", "", say("since", { time: momentOf(centre.since) })));
  if (centre.pending) facts.append(make("span", "pending", say("waiting", { n: numberOf(centre.pending) })));
  if (centre.faultCount === 0 && centre.devices > 0) facts.append(make("span", "", say("allReady", { n: centre.devices })));
  if (facts.childElementCount > 0) tile.append(facts);
  centre.faults.slice(0, 2).forEach((fault, i) => tile.append(faultOf(fault, false, i === 0)));
  if (centre.faultCount > 2) tile.append(make("span", "more", say("more", { n: centre.faultCount - 2 })));
  const last = make("span", "last");
  last.append(...(centre.lastEvent
    ? [make("time", "", momentOf(centre.lastEvent.time)), make("span", "", centre.lastEvent.text)]
    : [make("span", "", say("noEvents"))]));
  tile.append(last);
  tile.addEventListener("click", () => openDetail(centre.id));
  item.append(tile);
  return item;
}

function badge(state) {
  const element = make("span", `badge ${state}`, say(state));
  element.prepend(make("span", "dot"));
  return element;
}

function faultOf(device, full, withAdvice = true) {
  const box = make(full ? "div" : "span", `fault ${device.attention}`);
  box.append(make("b", "", `${device.device}: ${device.title ?? say(device.state)}`));
  if (device.whatToDo && withAdvice) box.append(make("span", "do", full ? `${say("whatToDo")}: ${device.whatToDo}` : device.whatToDo));
  if (full && device.detail) box.append(make("span", "small", device.detail));
  return box;
}

function drawFeed() {
  byId("feed").replaceChildren(...feed.map((line) => {
    const item = make("li", line.type.startsWith("ticket.called") || line.type.startsWith("ticket.recalled") ? "call" : "");
    item.append(make("time", "", momentOf(line.time)), make("span", "text", line.text), make("span", "small", line.name));
    const video = videoLink(line.centre, line.camera, line.time);
    if (video) item.lastElementChild.append(" ", video);
    return item;
  }));
}

function openDetail(id) {
  openCentre = id;
  byId("detail-title").textContent = centres.get(id)?.name ?? id;
  byId("detail-body").replaceChildren(make("p", "small", say("loading")));
  byId("detail").showModal();
  showDetail(id);
  openConfiguration(id);
  openCommands(id, centres.get(id)?.name ?? id);
  openSnapshots(id);
}

async function showDetail(id) {
  try {
    const answer = await fetch(`/api/centres/${encodeURIComponent(id)}`);
    if (!answer.ok) throw new Error(String(answer.status));
    const detail = await answer.json();
    if (openCentre === id) drawDetail(detail);
  } catch {
    if (openCentre === id) byId("detail-body").replaceChildren(make("p", "small", say("notLoaded")));
  }
}

function drawDetail({ summary, version, devices, health, lastEvents }) {
  byId("detail-title").textContent = summary.name;
  const megabytes = (bytes) => `${numberOf(Math.round(bytes / 1048576))} MB`;
  const head = make("p", "facts");
  head.append(badge(summary.state), make("span", "small", summary.id));
  if (summary.since) head.append(make("span", "small", say("since", { time: momentOf(summary.since) })));

  const machine = make("dl");
  const row = (key, value) => machine.append(make("dt", "", say(key)), make("dd", "", value));
  if (version) row("version", version);
  row("held", numberOf(summary.held));
  if (health) {
    row("pending", numberOf(health.pending));
    row("clock", say(health.clock));
    row("memory", megabytes(health.memoryBytes));
    row("disk", megabytes(health.diskFreeBytes));
    if (health.temperatureC !== null && health.temperatureC !== undefined) row("temperature", `${Math.round(health.temperatureC)} °C`);
  }

  const deviceList = make("ul", "devices");
  deviceList.append(...devices.map((device) => {
    const item = make("li");
    const video = device.kind === "camera" ? videoLink(summary.id, device.device, Date.now()) : null;
    if (device.state === "ready") item.append(make("span", "", device.device), ...(video ? [video] : []), make("span", "badge online", say("ready")));
    else item.append(faultOf(device, true), ...(video ? [video] : []));
    return item;
  }));
  const events = make("ol", "events");
  events.append(...lastEvents.map((line) => {
    const item = make("li");
    const video = videoLink(summary.id, line.camera, line.time);
    item.append(make("time", "", momentOf(line.time)), make("span", "text", line.text), ...(video ? [video] : []));
    return item;
  }));
  knowCameras(devices);
  byId("detail-body").replaceChildren(
    head, make("h3", "", say("devicesTitle")), devices.length > 0 ? deviceList : make("p", "small", "–"),
    make("h3", "", say("eventsTitle")), lastEvents.length > 0 ? events : make("p", "small", say("noEvents")),
    make("h3", "", say("machine")), machine);
}

function words() {
  byId("search").placeholder = say("search");
  byId("search").setAttribute("aria-label", say("search"));
  redraw();
  if (openCentre) {
    showDetail(openCentre);
    showCommands();
    showConfiguration();
    showSnapshots();
  }
}

function follow() {
  const stream = new EventSource("/api/stream");
  stream.addEventListener("fleet", (message) => takeNews(JSON.parse(message.data)));
  stream.addEventListener("error", () => {
    broken = true;
    redraw();
    // After an answer that is no stream the browser gives up; we do not.
    if (stream.readyState === EventSource.CLOSED) setTimeout(follow, 3000 + Math.random() * 4000);
  });
}

// A line that is cut without a goodbye raises no error for minutes; silence tells sooner.
setInterval(() => {
  if (!broken && lastNews && performance.now() - heardAt > silenceMs) {
    broken = true;
    redraw();
  }
}, 1000);

byId("search").addEventListener("input", redraw);
byId("close").addEventListener("click", () => byId("detail").close());
byId("detail").addEventListener("close", () => { openCentre = null; closeCommands(); closeConfiguration(); closeSnapshots(); });
drawWords(words);
videoKnown.then(redraw);
follow();
