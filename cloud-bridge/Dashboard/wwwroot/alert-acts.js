import { byId, make } from "./dom.js";
import { say } from "./words.js";

// What an operator does to an alert: at once where it can be taken back, after a question where it needs words.
const undoOf = { acknowledge: "unacknowledge", unacknowledge: "acknowledge", assign: "unassign", mute: "unmute" };
const stored = (key) => { try { return localStorage.getItem(key) ?? ""; } catch { return ""; } };
const store = (key, value) => { try { localStorage.setItem(key, value); } catch { /* A browser without storage asks each time. */ } };

let asked = null;
let last = null;

export function actsOf(alert, then) {
  const comment = button("comment", alert, () => ask("comment", alert, then));
  if (alert.ended !== null) return [comment];
  const muted = alert.mutedUntil !== null && Date.parse(alert.mutedUntil) > Date.now();
  return [
    alert.acknowledgedBy ? button("unacknowledge", alert, () => send("unacknowledge", alert, {}, then)) : button("acknowledge", alert, () => send("acknowledge", alert, {}, then)),
    alert.assignedTo ? button("unassign", alert, () => send("unassign", alert, {}, then)) : button("assign", alert, () => ask("assign", alert, then)),
    comment,
    muted ? button("unmute", alert, () => send("unmute", alert, {}, then)) : button("mute", alert, () => ask("mute", alert, then)),
  ];
}

function button(act, alert, then) {
  const element = make("button", act === "acknowledge" ? "plain strong" : "plain", say(act));
  element.type = "button";
  element.dataset.act = act;
  element.setAttribute("aria-label", `${say(act)}: ${alert.title}, ${alert.place}`);
  element.addEventListener("click", then);
  return element;
}

export function askedNow() {
  for (const option of byId("ask-minutes").options) option.textContent = say(`mute-${option.value}`);
}

function ask(act, alert, then) {
  if (!who()) return;
  asked = { act, alert, then };
  byId("ask-title").textContent = say(act);
  byId("ask-alert").textContent = `${alert.title} · ${alert.place}`;
  byId("ask-to-label").hidden = act !== "assign";
  byId("ask-minutes-label").hidden = act !== "mute";
  byId("ask-reason-label").hidden = act === "assign";
  byId("ask-reason-word").textContent = say(act === "comment" ? "commentText" : "why");
  byId("ask-to").value = alert.team ?? "";
  byId("ask-reason").value = "";
  problem("");
  byId("ask").showModal();
  (act === "assign" ? byId("ask-to") : byId("ask-reason")).focus();
}

function problem(text) {
  byId("ask-problem").textContent = text;
  byId("ask-problem").hidden = text === "";
}

function who() {
  const name = byId("who").value.trim();
  if (name === "") {
    tell(say("missing-who"), true);
    byId("who").focus();
    return null;
  }
  store("who", name);
  return name;
}

function tell(text, bad, undo = null) {
  byId("told").hidden = text === "";
  byId("told").classList.toggle("bad", bad);
  byId("told-text").textContent = text;
  byId("undo").hidden = undo === null;
  last = undo;
}

async function send(act, alert, more, then) {
  const name = who();
  if (name === null) return false;
  try {
    const answer = await fetch(`/api/alerts/${alert.id}/acts`, {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ act, who: name, ...more }),
    });
    if (!answer.ok) throw new Error((await answer.json().catch(() => ({}))).detail ?? String(answer.status));
    tell(say(`did-${act}`, { title: alert.title }), false, undoOf[act] ? () => send(undoOf[act], alert, {}, then) : null);
  } catch (error) {
    tell(say("notDone", { why: error.message }), true);
  }
  then();
  return true;
}

byId("ask-form").addEventListener("submit", (event) => {
  event.preventDefault();
  const { act, alert, then } = asked;
  const [to, reason] = [byId("ask-to").value.trim(), byId("ask-reason").value.trim().replace(/\s+/g, " ")];
  if (act === "assign" && to === "") { problem(say("missing-to")); return; }
  if (act !== "assign" && reason.length < 3) { problem(say("missing-reason")); return; }
  byId("ask").close();
  send(act, alert, act === "assign" ? { to } : act === "mute" ? { reason, minutes: Number(byId("ask-minutes").value) } : { reason }, then);
});
byId("ask-not").addEventListener("click", () => byId("ask").close());
byId("undo").addEventListener("click", () => last?.());
byId("who").value = stored("who");
