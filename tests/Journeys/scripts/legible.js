/* What an older person would stumble over: letters that are too small, targets that are too small, words that are cut off or outside of the glass. */
({ letters, targets }) => {
  const found = [];
  const seen = node => {
    const box = node.getBoundingClientRect();
    return box.width > 1 && box.height > 1 && getComputedStyle(node).visibility !== 'hidden' && !node.closest('.aloud, noscript');
  };
  const nameOf = node => `${node.tagName.toLowerCase()}.${node.className} «${node.textContent.trim().slice(0, 30)}»`;
  for (const node of document.querySelectorAll('body *')) {
    if (!seen(node)) continue;
    const words = Array.from(node.childNodes).some(child => child.nodeType === Node.TEXT_NODE && child.textContent.trim() !== '');
    if (words && parseFloat(getComputedStyle(node).fontSize) < letters) found.push(`${nameOf(node)}: letters of ${getComputedStyle(node).fontSize}`);
    if (words && node.scrollWidth > node.clientWidth + 1 && getComputedStyle(node).display !== 'inline') found.push(`${nameOf(node)}: cut off`);
    if (!node.matches('button, input, a')) continue;
    const box = node.getBoundingClientRect();
    if (box.height < targets || box.width < Math.min(targets, 44)) found.push(`${nameOf(node)}: ${Math.round(box.width)} by ${Math.round(box.height)}`);
    if (box.left < -1 || box.right > window.innerWidth + 1) found.push(`${nameOf(node)}: beside the glass`);
  }
  return JSON.stringify(found);
}
