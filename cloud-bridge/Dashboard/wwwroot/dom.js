// A centre writes its own name, its devices theirs and operators their texts: nothing of it is ever put in as markup, only as text.
export const byId = (id) => document.getElementById(id);

export function make(tag, className, text) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined && text !== null) element.textContent = text;
  return element;
}
