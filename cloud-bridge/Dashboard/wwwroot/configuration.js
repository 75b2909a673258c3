import { byId, make } from "./dom.js";
import { momentOf, say } from "./words.js";

// What the centre whose window is open runs by, and what became of the files that the province gave it.
const tones = { kept: "online", refused: "lost", "rolled-back": "lost" };

let centre = null;
let newest = 0;

export function openConfiguration(id) {
  centre = id;
  byId("configuration").replaceChildren();
  showConfiguration();
}

export function closeConfiguration() {
  centre = null;
}

export async function showConfiguration() {
  const [id, number] = [centre, ++newest];
  if (!id) return;
  try {
    const answer = await fetch(`/api/centres/${encodeURIComponent(id)}/configurations?limit=5`);
    if (!answer.ok) throw new Error(String(answer.status));
    const list = await answer.json();
    // An answer that was overtaken by a newer one tells nothing.
    if (centre === id && number === newest) byId("configuration").replaceChildren(running(list), ...(list.configurations.length > 0 ? [tableOf(list.configurations)] : []));
  } catch {
    if (centre === id && number === newest) byId("configuration").replaceChildren(make("p", "small", say("notLoaded")));
  }
}

function running({ running: hash, runningRevision, editedHere, configurations }) {
  const line = make("p", "facts");
  const word = hash === null ? "configUnknown" : runningRevision !== null ? "configProvince" : editedHere ? "configEdited" : "configLocal";
  const given = configurations.find((one) => one.revision === runningRevision)?.given;
  line.append(make("span", editedHere ? "badge lost" : "", say(word, { time: given ? momentOf(given) : "" })));
  if (hash) {
    const print = make("code", "small", hash.slice(0, 12));
    print.title = hash;
    line.append(print);
  }
  return line;
}

function tableOf(configurations) {
  const table = make("table", "configurations");
  const head = make("tr");
  head.append(...["configGiven", "configState", "configWhy"].map((word) => make("th", "", say(word))));
  table.append(head, ...configurations.map(rowOf));
  return table;
}

function rowOf(one) {
  const row = make("tr");
  row.dataset.revision = one.revision;
  row.dataset.state = one.state;
  const state = make("td");
  state.append(make("span", `badge ${tones[one.state] ?? ""}`, say(`config-${one.state}`)), make("time", "small", ` ${momentOf(one.at)}`));
  for (const line of one.note?.split("\n") ?? []) state.append(make("div", "note", line));
  row.append(make("td", "", momentOf(one.given)), state, make("td", "small", say("orderedBy", { who: one.who, reason: one.reason })));
  row.title = one.history.map((moment) => `${momentOf(moment.at)} ${say(`config-${moment.state}`)}`).join("\n");
  return row;
}
