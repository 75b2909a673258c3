import { byId, make } from "./dom.js";
import { drawWords, momentOf, numberOf, say } from "./words.js";

// Messages that the bridge did not take, so that somebody can see what sends them. Asked again every half minute.
const every = 30_000;
let messages = null;

async function load() {
  try {
    const answer = await fetch("/api/quarantine?limit=100");
    if (!answer.ok) throw new Error(String(answer.status));
    ({ messages } = await answer.json());
    draw();
  } catch {
    tell("bad", say("notLoaded"));
  }
}

function tell(tone, text) {
  const line = byId("verdict");
  line.className = `verdict ${tone}`;
  if (line.textContent !== text) line.textContent = text;
}

function draw() {
  if (messages === null) return;
  tell(messages.length > 0 ? "wait" : "good", messages.length > 0 ? say("refusedSome", { n: numberOf(messages.length) }) : say("refusedNone"));
  byId("messages").replaceChildren(...messages.map((one) => {
    const row = make("tr");
    const when = make("th", "", momentOf(one.at));
    when.scope = "row";
    const from = make("td", "", one.centre ?? say("noCentre"));
    from.append(make("span", "small block", one.topic));
    const bytes = make("td");
    bytes.append(make("code", "", one.head.replace(/(..)(?=.)/g, "$1 ")));
    row.append(when, from, make("td", "", one.reason), make("td", "number", numberOf(one.seen)), make("td", "number", say("bytes", { n: numberOf(one.size) })), bytes);
    return row;
  }));
}

drawWords(draw);
load();
setInterval(load, every);
