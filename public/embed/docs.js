/** Copies snippets, and writes this site's own address into them: what is copied works as it is. */
const EXAMPLE = 'https://example.org/vqa/';
const EXAMPLE_ORIGIN = 'https://example.org';
const FILE_NAME = /^[\w.-]+\.\w+$/u;
const here = new URL('../', document.baseURI).href;

for (const code of document.querySelectorAll('pre > code')) {
  if (location.protocol.startsWith('http')) {
    code.textContent = code.textContent
      .replaceAll(EXAMPLE, here)
      .replaceAll(EXAMPLE_ORIGIN, location.origin);
  }
  const frame = document.createElement('div');
  frame.className = 'snippet';
  const pre = code.parentElement;
  pre.tabIndex = 0;
  pre.setAttribute('role', 'group');
  const label = code.dataset.label ?? 'Code';
  pre.setAttribute('aria-label', label);
  pre.replaceWith(frame);
  if (FILE_NAME.test(label)) {
    const name = document.createElement('p');
    name.className = 'file-name';
    name.textContent = label;
    frame.before(name);
  }
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'copy';
  button.textContent = 'Copy';
  button.setAttribute('aria-label', `Copy ${label}`);
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(code.textContent);
      button.textContent = 'Copied';
    } catch {
      getSelection()?.selectAllChildren(code);
      button.textContent = 'Press Ctrl+C';
    }
    setTimeout(() => {
      button.textContent = 'Copy';
    }, 2000);
  });
  frame.append(pre, button);
}
