/** The element in every kind of layout that asks its content how wide it is: usable without instructions. */
import { expect, script, test } from '../fixtures/embedding.ts';
import { htmlPage } from '../fixtures/host-site.ts';

test.describe.configure({ timeout: 180_000 });

/** Around `@`, the element. CSS pixels that it has at least, on a page of 1000 and on one of 360. */
const LAYOUTS: readonly (readonly [name: string, html: string, wide: number, narrow: number])[] = [
  ['block', '<div>@</div>', 900, 320],
  ['flex row', '<div style="display: flex">@</div>', 600, 320],
  ['flex row beside text', `<div style="display: flex"><p>${'Some words. '.repeat(8)}</p>@</div>`, 300, 128],
  ['flex row of two', '<div style="display: flex; gap: 8px">@@</div>', 400, 150],
  [
    'flex column centred',
    '<div style="display: flex; flex-direction: column; align-items: center">@</div>',
    600,
    320,
  ],
  ['place-items centre', '<div style="display: grid; place-items: center">@</div>', 600, 320],
  ['table cell', '<table><tr><td>@</td></tr></table>', 600, 320],
  ['table cell beside text', '<table><tr><td>Some words.</td><td>@</td></tr></table>', 600, 200],
  ['grid auto', '<div style="display: grid; grid-template-columns: auto auto"><p>One</p>@</div>', 600, 200],
  ['float', '<div style="display: flow-root"><div style="float: left">@</div></div>', 600, 320],
  ['itself a float', '<div style="display: flow-root"><style>.f { float: right }</style>@f</div>', 600, 320],
  ['inline-block', '<div style="display: inline-block">@</div>', 600, 320],
  ['fit-content', '<div style="width: fit-content">@</div>', 600, 320],
  ['max-content', '<div style="width: max-content; max-width: 100%">@</div>', 600, 320],
  ['dialog', '<dialog open style="position: static">@</dialog>', 600, 280],
  [
    'absolute',
    '<div style="position: relative; height: 60rem"><div style="position: absolute">@</div></div>',
    600,
    320,
  ],
  ['columns', '<div style="columns: 150px">@</div>', 150, 150],
  ['a column of 150 px', '<div style="width: 150px">@</div>', 150, 150],
  ['vertical writing', '<div style="writing-mode: vertical-rl; height: 60rem">@</div>', 500, 300],
  ['text that is not to break', '<div style="white-space: nowrap; letter-spacing: 1em">@</div>', 900, 320],
];

for (const { page: pageWidth, at } of [
  { page: 1000, at: 2 },
  { page: 360, at: 3 },
] as const) {
  test(`has a usable width on a page of ${pageWidth} pixels`, async ({ page, site, host }) => {
    const element = `<in-page-vqa record="${site.url}samples/coffee.recording.json"></in-page-vqa>`;
    const sections = LAYOUTS.map(([name, html]) => {
      const floated = element.replace('<in-page-vqa', '<in-page-vqa class="f"');
      return `<section aria-label="${name}">${html.replaceAll('@f', floated).replaceAll('@', element)}</section>`;
    });
    const { origin } = await host({
      '/': htmlPage(`<style>p { margin: 0 }</style>${script(site)}${sections.join('')}`),
    });
    await page.setViewportSize({ width: pageWidth, height: 900 });
    await page.goto(origin);
    const elements = page.locator('in-page-vqa');
    // Each begins when it comes near.
    for (const one of await elements.all()) {
      await one.scrollIntoViewIfNeeded();
      await expect(one.getByRole('list', { name: 'Answers by score' })).toBeVisible();
    }
    const measured = await page.locator('body > section').evaluateAll((all) =>
      all.map((section) => {
        const inside = [...section.querySelectorAll('in-page-vqa')];
        const boxes = inside.map((each) => each.getBoundingClientRect());
        // What sticks out of the element's own box to the right.
        const stickingOut = inside.flatMap((each, index) =>
          [...(each.shadowRoot?.querySelectorAll('.card, .card *:not(.visually-hidden)') ?? [])]
            .filter((node) => {
              const { right, width } = node.getBoundingClientRect();
              const isClipped = node.closest('.frame, .visually-hidden, .widths') !== null;
              return width > 0 && !isClipped && right > (boxes[index]?.right ?? 0) + 1;
            })
            .map((node) => node.className),
        );
        return {
          name: section.getAttribute('aria-label') ?? '',
          width: Math.round(Math.min(...boxes.map(({ width }) => width))),
          right: Math.round(Math.max(...boxes.map(({ right }) => right))),
          height: Math.round(Math.min(...boxes.map(({ height }) => height))),
          stickingOut,
        };
      }),
    );
    console.log(measured.map(({ name, width, height }) => `${name}: ${width} × ${height}`).join('\n'));
    for (const [index, layout] of LAYOUTS.entries()) {
      const { name, width, right, height, stickingOut } = measured[index] ?? {};
      expect(name).toBe(layout[0]);
      expect.soft(width, `${name}: width`).toBeGreaterThanOrEqual(layout[at] - 1);
      expect.soft(right, `${name}: stays on the page`).toBeLessThanOrEqual(pageWidth);
      expect.soft(height, `${name}: height`).toBeGreaterThan(300);
      expect.soft(stickingOut, `${name}: sticks out`).toEqual([]);
    }
  });
}
