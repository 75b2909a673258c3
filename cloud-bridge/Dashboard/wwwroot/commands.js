import { byId, make } from "./dom.js";
import { momentOf, say } from "./words.js";

// Commands to the centre whose window is open: two forms, a question before anything is sent, and the list with what became of each.
const tones = { done: "online", failed: "lost", refused: "lost", expired: "lost" };
const stored = (key) => { try { return localStorage.getItem(key) ?? ""; } catch { return ""; } };
const store = (key, value) => { try { localStorage.setItem(key, value); } catch { /* A browser without storage asks each time. */ } };

let centre = null;
let name = "";
let asked = null;
let newest = 0;

export function openCommands(id, centreName) {
  centre = id;
  name = centreName;
  byId("command-text").value = "";
  byId("command-reason").value = "";
  byId("command-who").value ||= stored("who");
  byId("orders").replaceChildren();
  tell("");
  showCommands();
}

export function closeCommands() {
  centre = null;
  if (byId("confirm").open) byId("confirm").close();
}

export async function showCommands() {
  const [id, number] = [centre, ++newest];
  if (!id) return;
  try {
    const answer = await fetch(`/api/centres/${encodeURIComponent(id)}/commands?limit=8`);
    if (!answer.ok) throw new Error(String(answer.status));
    const { commands } = await answer.json();
    // An answer that was overtaken by a newer one tells nothing.
    if (centre === id && number === newest) byId("orders").replaceChildren(...commands.map(rowOf));
  } catch {
    if (centre === id && number === newest) byId("orders").replaceChildren(make("li", "small", say("notLoaded")));
  }
}

function rowOf(command) {
  const item = make("li", "order");
  item.dataset.command = command.id;
  item.dataset.state = command.state;
  const head = make("span", "order-head");
  const badge = make("span", `badge ${tones[command.state] ?? ""}`, wordOf(command));
  head.append(make("time", "", momentOf(command.given)), make("b", "", say(`kind-${command.kind}`)), badge);
  item.append(head);
  if (command.kind === "announce") item.append(make("q", "text", command.body.text));
  if (command.kind === "appointments") item.append(make("span", "small", say("appointmentsCount", { count: command.body.appointments.length, from: momentOf(command.body.from), to: momentOf(command.body.to) })));
  if (command.note) item.append(make("span", "note", command.note));
  item.append(make("span", "small", say("orderedBy", { who: command.who, reason: command.reason })));
  item.title = command.history.map((one) => `${momentOf(one.at)} ${say(`state-${one.state}`)}`).join("\n");
  return item;
}

function wordOf({ state, step, steps }) {
  const word = say(`state-${state}`);
  return state === "running" && steps ? `${word} ${step ?? 0}/${steps}` : word;
}

function tell(text, bad = false) {
  const line = byId("command-told");
  line.textContent = text;
  line.hidden = text === "";
  line.classList.toggle("bad", bad);
}

function ask(kind) {
  const text = byId("command-text").value.trim();
  const [who, reason] = [byId("command-who").value.trim(), byId("command-reason").value.trim()];
  const missing = kind === "announce" && text === "" ? "command-text" : who === "" ? "command-who" : reason.length < 3 ? "command-reason" : null;
  if (missing) {
    tell(say(`missing-${missing}`), true);
    byId(missing).focus();
    return;
  }
  tell("");
  asked = { id: centre, request: { kind, body: kind === "announce" ? { text } : {}, who, reason } };
  byId("confirm-question").textContent = say(`confirm-${kind}`, { centre: name });
  const said = byId("confirm-text");
  said.hidden = kind !== "announce";
  said.textContent = text;
  byId("confirm").showModal();
}

async function send() {
  const { id, request } = asked;
  byId("confirm").close();
  byId("confirm-send").disabled = true; // A double click gives one command.
  store("who", request.who);
  tell(say("sending"));
  try {
    const answer = await fetch(`/api/centres/${encodeURIComponent(id)}/commands`, {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(request),
    });
    if (!answer.ok) throw new Error((await answer.json().catch(() => ({}))).detail ?? String(answer.status));
    tell("");
    if (request.kind === "announce") byId("command-text").value = "";
  } catch (error) {
    tell(say("notSent", { why: error.message }), true);
  }
  byId("confirm-send").disabled = false;
  showCommands();
}

byId("command-form").addEventListener("submit", (event) => { event.preventDefault(); ask("announce"); });
byId("command-self-test").addEventListener("click", () => ask("self-test"));
byId("confirm-send").addEventListener("click", send);
byId("confirm-not").addEventListener("click", () => byId("confirm").close());
