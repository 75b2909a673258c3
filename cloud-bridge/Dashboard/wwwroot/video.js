import { make } from "./dom.js";
import { say } from "./words.js";

// Links to the province's own video system, where one is set; no video passes through the bridge.
let template = null;
const asked = fetch("/api/video-link").then((answer) => (answer.ok ? answer.json() : {})).then((answer) => { template = answer.template ?? null; }).catch(() => { /* Without an answer nothing is linked. */ });

/** Whether it was asked for where it is. */
export const videoKnown = asked;

/** @returns A link to a camera at a time (ISO), or null when there is none. */
export function videoLink(centre, camera, time) {
  if (template === null || !camera) return null;
  const values = { centre, camera, time: new Date(time).toISOString().replace(/\.\d+Z$/, "Z") };
  const address = template.replace(/\{(centre|camera|time)\}/g, (_, name) => encodeURIComponent(values[name]));
  // The bridge has checked the template; what a centre writes of itself is escaped, and changes nothing of where it leads.
  if (!/^https?:\/\//.test(address)) return null;
  const link = make("a", "video", say("video"));
  link.href = address;
  link.target = "_blank";
  link.rel = "noopener noreferrer";
  return link;
}
