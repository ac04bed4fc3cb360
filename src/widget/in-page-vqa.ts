/**
 * The file that a page embeds. `<script type="module" src="https://…/embed/in-page-vqa.js"></script>` defines
 * `<in-page-vqa>`; with `in-page-vqa.js?tag=my-vqa` the tag has another name, and with `?tag=` none is defined.
 */
import { DEFAULT_TAG, defineInPageVqa } from './define-element.ts';
import { setHome } from './element.ts';

export * from './define-element.ts';

setHome({ address: import.meta.url });
const query = new URL(import.meta.url, document.baseURI).searchParams;
const tag = query.get('tag') ?? DEFAULT_TAG;
if (tag) defineInPageVqa(tag);
