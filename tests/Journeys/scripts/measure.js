/* How large letters stand on the glass: the height of a figure of each element with words of its own, in hundredths of the window. */
() => {
  const pen = document.createElement('canvas').getContext('2d');
  const found = [];
  for (const node of document.querySelectorAll('#screen *, .lost *')) {
    const words = Array.from(node.childNodes).filter(child => child.nodeType === Node.TEXT_NODE).map(child => child.textContent.trim()).join(' ').trim();
    const box = node.getBoundingClientRect();
    if (words === '' || box.width <= 1 || box.height <= 1) continue;
    const style = getComputedStyle(node);
    pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    const letter = pen.measureText('0').actualBoundingBoxAscent;
    const range = document.createRange();
    range.selectNodeContents(node);
    const text = range.getBoundingClientRect();
    found.push({
      what: `${node.id || node.className || node.parentElement.id || node.tagName}: ${words}`, key: Boolean(node.closest('#number, #counter, #rows, .waiting b, .cut, .told')),
      percent: 100 * letter / window.innerHeight,
      inside: text.left >= 0 && text.right <= window.innerWidth + 1 && text.top >= -1 && text.bottom <= window.innerHeight + 1,
      fits: node.scrollWidth <= node.clientWidth + 1 || style.display === 'inline',
    });
  }
  return found;
}
