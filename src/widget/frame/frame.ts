/**
 * The page inside an iframe: one element, told by the query what to show. Every attribute of the element but `worker` is
 * a parameter of the same name (`?src=…&question=…`); `origin`, once or several times, names the pages that may drive it
 * and hear its answers.
 */
import { defineInPageVqa, DEFAULT_TAG, InPageVqaElement } from '../in-page-vqa.ts';
import { FRAME_ATTRIBUTES, parseFrameAttribute } from './parse-request.ts';
import { servePage } from './serve-page.ts';

const query = new URLSearchParams(location.search);
defineInPageVqa();
const element = document.createElement(DEFAULT_TAG);
for (const name of FRAME_ATTRIBUTES) {
  const given = query.get(name);
  if (given === null) continue;
  try {
    element.setAttribute(name, parseFrameAttribute(name, given, document.baseURI).value ?? '');
  } catch (thrown) {
    // As in HTML, a value that is none counts as not given; whoever wrote the address finds the reason here.
    console.warn(thrown instanceof Error ? thrown.message : thrown);
  }
}

const sheet = new CSSStyleSheet();
sheet.replaceSync('html { background: transparent } body { margin: 0 }');
document.adoptedStyleSheets = [sheet];
const theme = element.theme;
if (theme !== 'auto') document.documentElement.style.colorScheme = theme;
document.body.append(element);

if (window.parent !== window && element instanceof InPageVqaElement) {
  const tellHeight = servePage(element, {
    self: window,
    parent: window.parent,
    origins: query.getAll('origin'),
  });
  new ResizeObserver(() => tellHeight(Math.ceil(element.getBoundingClientRect().height))).observe(element);
}
