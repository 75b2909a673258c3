import { byId, make } from "./dom.js";
import { videoLink } from "./video.js";
import { momentOf, numberOf, say } from "./words.js";

// Pictures of the centre whose window is open: ask for one, see what became of it, look at it with a reason, see who has looked.
const tones = { stored: "online", failed: "lost", lost: "lost" };
const stored = (key) => { try { return localStorage.getItem(key) ?? ""; } catch { return ""; } };
const store = (key, value) => { try { localStorage.setItem(key, value); } catch { /* A browser without storage asks each time. */ } };

let centre = null;
let newest = 0;
let looking = null;

export function openSnapshots(id) {
  centre = id;
  byId("snapshot-why").value = "";
  byId("snapshot-who").value ||= stored("who");
  byId("snapshot-blur").checked = true;
  byId("snapshot-form").hidden = true;
  byId("snapshots").replaceChildren();
  tell("");
  showSnapshots();
}

export function closeSnapshots() {
  centre = null;
  if (byId("look").open) byId("look").close();
}

/** Which cameras the centre has; without one nothing can be asked for. */
export function knowCameras(devices) {
  const cameras = devices.filter((device) => device.kind === "camera").map((device) => device.device);
  const select = byId("snapshot-camera");
  byId("snapshot-form").hidden = cameras.length === 0;
  if (select.dataset.key === cameras.join()) return;
  select.dataset.key = cameras.join();
  select.replaceChildren(...cameras.map((name) => make("option", "", name)));
}

export async function showSnapshots() {
  const [id, number] = [centre, ++newest];
  if (!id) return;
  try {
    const answer = await fetch(`/api/centres/${encodeURIComponent(id)}/snapshots?limit=8`);
    if (!answer.ok) throw new Error(String(answer.status));
    const { snapshots } = await answer.json();
    // An answer that was overtaken by a newer one tells nothing.
    if (centre === id && number === newest) byId("snapshots").replaceChildren(...(snapshots.length > 0 ? snapshots.map(rowOf) : [make("li", "small", say("snapshotNone"))]));
  } catch {
    if (centre === id && number === newest) byId("snapshots").replaceChildren(make("li", "small", say("notLoaded")));
  }
}

function rowOf(one) {
  const item = make("li", "order");
  item.dataset.snapshot = one.id;
  item.dataset.state = one.state;
  const head = make("span", "order-head");
  head.append(make("time", "", momentOf(one.at)), make("b", "", one.camera), make("span", `badge ${tones[one.state] ?? ""}`, say(`snapshot-${one.state}`)));
  if (one.state === "stored") head.append(lookButton(one));
  const video = videoLink(centre, one.camera, one.takenAt ?? one.at);
  if (video) head.append(video);
  item.append(head);
  const by = one.cause === "emergency" ? say("snapshotEmergency", { counter: one.counter }) : `${say(`reason-${one.reason}`)} · ${say("orderedBy", { who: one.who ?? "", reason: one.why ?? "" })}`;
  item.append(make("span", "small", `${by} · ${say(one.blur ? "snapshotBlurred" : "snapshotSharp")}`));
  if (one.note) item.append(make("span", "note", one.note));
  if (one.state === "stored") item.append(make("span", "small", say("snapshotUntil", { time: momentOf(one.expires), size: `${one.width}×${one.height}, ${numberOf(Math.ceil(one.bytes / 1024))} KB` })));
  if (one.state === "expired") item.append(make("span", "small", say("snapshotGone", { time: momentOf(one.expires) })));
  if (one.receivedAt) item.append(make("span", "small", one.views.length === 0 ? say("snapshotUnseen") : say("snapshotSeen", { who: one.views.map((view) => `${view.who} ${momentOf(view.at)} (${view.reason})`).join("; ") })));
  return item;
}

function lookButton(one) {
  const button = make("button", "plain", say("snapshotLook"));
  button.type = "button";
  button.addEventListener("click", () => {
    looking = { id: centre, snapshot: one.id };
    byId("look-show").disabled = false;
    byId("look-who").value ||= stored("who");
    byId("look-why").value = "";
    byId("look-told").hidden = true;
    byId("look-form").hidden = false;
    byId("look-picture").hidden = true;
    byId("look-picture").removeAttribute("src");
    byId("look-title").textContent = `${one.camera} · ${momentOf(one.takenAt ?? one.at)}`;
    byId("look").showModal();
  });
  return button;
}

// First a line in the audit, then the picture: the bridge gives it in no other order.
async function look() {
  const [who, reason] = [byId("look-who").value.trim(), byId("look-why").value.trim()];
  if (who === "" || reason.length < 3) return complain(say(who === "" ? "missing-look-who" : "missing-command-reason"));
  store("who", who);
  const one = looking;
  const { id, snapshot } = one;
  byId("look-show").disabled = true; // A double click is one line in the audit.
  try {
    const answer = await fetch(`/api/centres/${encodeURIComponent(id)}/snapshots/${encodeURIComponent(snapshot)}/views`, {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ who, reason }),
    });
    const told = await answer.json().catch(() => ({}));
    if (looking !== one) return; // Closed meanwhile, perhaps opened for another: no picture stands under a wrong title.
    if (!answer.ok) throw new Error(told.detail ?? String(answer.status));
    const picture = byId("look-picture");
    picture.alt = byId("look-title").textContent;
    picture.src = told.picture;
    picture.hidden = false;
    byId("look-form").hidden = true;
    complain(say("snapshotLogged", { who, time: momentOf(told.expires) }), false);
  } catch (error) {
    if (looking !== one) return;
    complain(say("snapshotNotShown", { why: error.message }));
    byId("look-show").disabled = false;
  } finally {
    showSnapshots();
  }
}

// The look was written down, but the picture is gone or did not come: it is asked for again, as another look.
function notShown() {
  if (!looking) return;
  byId("look-picture").hidden = true;
  byId("look-form").hidden = false;
  byId("look-show").disabled = false;
  complain(say("snapshotNotShown", { why: say("notLoaded") }));
}

function complain(text, bad = true) {
  byId("look-told").textContent = text;
  byId("look-told").hidden = false;
  byId("look-told").classList.toggle("bad", bad);
}

function tell(text, bad = false) {
  const line = byId("snapshot-told");
  line.textContent = text;
  line.hidden = text === "";
  line.classList.toggle("bad", bad);
}

async function ask() {
  const [who, why] = [byId("snapshot-who").value.trim(), byId("snapshot-why").value.trim()];
  if (who === "" || why.length < 3) {
    const missing = who === "" ? "who" : "why";
    tell(say(missing === "who" ? "missing-command-who" : "missing-command-reason"), true);
    byId(`snapshot-${missing}`).focus();
    return;
  }
  store("who", who);
  const button = byId("snapshot-ask");
  button.disabled = true; // A double click gives one command.
  tell(say("sending"));
  const value = (name) => byId(`snapshot-${name}`).value;
  const body = { camera: value("camera"), reason: value("reason"), role: value("role"), ttlMinutes: Number(value("ttl")), blur: byId("snapshot-blur").checked };
  try {
    const answer = await fetch(`/api/centres/${encodeURIComponent(centre)}/commands`, {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ kind: "snapshot", body, validMinutes: 10, who, reason: why }),
    });
    if (!answer.ok) throw new Error((await answer.json().catch(() => ({}))).detail ?? String(answer.status));
    tell(say("snapshotAsked"));
  } catch (error) {
    tell(say("notSent", { why: error.message }), true);
  }
  button.disabled = false;
}

byId("snapshot-form").addEventListener("submit", (event) => { event.preventDefault(); ask(); });
byId("look-form").addEventListener("submit", (event) => { event.preventDefault(); look(); });
byId("look-close").addEventListener("click", () => byId("look").close());
// Nothing of it stays in the page.
byId("look").addEventListener("close", () => {
  looking = null;
  byId("look-picture").removeAttribute("src");
});
byId("look-picture").addEventListener("error", notShown);
