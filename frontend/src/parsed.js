/** Whether the parser has passed an element, so that everything inside it is there. */
export function parsed(element) {
  if (document.readyState !== "loading") return true;
  for (let node = element; node; node = node.parentElement) if (node.nextSibling) return true;
  return false;
}
