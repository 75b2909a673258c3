// Elements from code: the page's policy allows no inline script or style, and text set as text needs no escaping.

const SVG = 'http://www.w3.org/2000/svg';

function make(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, '');
    else if (value !== false && value != null) node.setAttribute(name, value);
  }
  node.append(...children.flat().filter(child => child != null && child !== false));
  return node;
}

export const el = (name, attributes, ...children) => make(document.createElement(name), attributes, children);

export const svg = (name, attributes, ...children) => make(document.createElementNS(SVG, name), attributes, children);

export const byId = id => document.getElementById(id);

/** Writes only what changed, so that screen readers and selections are left alone. */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

export function setAttribute(node, name, value) {
  const text = String(value);
  if (node.getAttribute(name) !== text) node.setAttribute(name, text);
}
