/** `in-page-vqa/element` of the installed package: defines `<in-page-vqa>` where there is a page, and nothing in Node. */
import { packagedRuntime, packagedWorker } from './worker/package-files.ts';
import { defineInPageVqa } from './widget/define-element.ts';
import { setHome } from './widget/element.ts';

export * from './widget/define-element.ts';

if (typeof customElements !== 'undefined') {
  const worker = packagedWorker().href;
  setHome({
    address: worker,
    worker,
    pack: new URL('packs/everyday/', document.baseURI).href,
    runtime: packagedRuntime(),
  });
  defineInPageVqa();
}
