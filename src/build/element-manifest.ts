/** What editors and catalogues read about the element: a Custom Elements Manifest, made of the page that describes it. */

interface Described {
  readonly name: string;
  readonly description: string;
}

/** The parts of https://github.com/webcomponents/custom-elements-manifest that the element has something for. */
interface ElementDeclaration {
  readonly kind: 'class';
  readonly customElement: true;
  readonly tagName: string;
  readonly name: string;
  readonly description: string;
  readonly attributes: readonly Described[];
  readonly members: readonly (Described & { readonly kind: 'field' | 'method' })[];
  readonly events: readonly (Described & { readonly type: { readonly text: string } })[];
  readonly slots: readonly Described[];
  readonly cssParts: readonly Described[];
  readonly cssProperties: readonly Described[];
}

export interface ElementManifest {
  readonly schemaVersion: string;
  readonly modules: readonly [
    {
      readonly kind: 'javascript-module';
      readonly path: string;
      readonly declarations: readonly [ElementDeclaration];
      readonly exports: readonly object[];
    },
  ];
}

const ROW = /<th scope="row"><code>(?<name>[^<]+)<\/code><\/th><td>(?<text>.*?)<\/td>/gu;
const ENTITIES: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&amp;': '&', '&quot;': '"' };

/** @param html the page `embed/element.html`. */
export function elementManifest(html: string): ElementManifest {
  const rows = (list: string) => rowsOf(html, list);
  const path = 'dist/sdk/element.js';
  const declaration = { name: 'InPageVqaElement', module: path };
  return {
    schemaVersion: '1.0.0',
    modules: [
      {
        kind: 'javascript-module',
        path,
        declarations: [
          {
            kind: 'class',
            customElement: true,
            tagName: 'in-page-vqa',
            name: declaration.name,
            description: 'A photo, a question, the answer and where the model looked.',
            attributes: rows('attributes'),
            members: [
              ...rows('properties').map(({ name, description }) => ({
                kind: 'field' as const,
                name,
                description,
              })),
              ...rows('methods').map(({ name, description }) => ({
                kind: 'method' as const,
                name,
                description,
              })),
            ],
            events: rows('events').map(({ name, description }) => ({
              name,
              description,
              type: { text: 'CustomEvent' },
            })),
            slots: rows('slots'),
            cssParts: rows('parts'),
            cssProperties: rows('variables'),
          },
        ],
        exports: [
          { kind: 'js', name: declaration.name, declaration },
          { kind: 'custom-element-definition', name: 'in-page-vqa', declaration },
        ],
      },
    ],
  };
}

function rowsOf(html: string, list: string): Described[] {
  const start = html.indexOf(`data-list="${list}"`);
  if (start < 0) throw new Error(`the element’s page has no list of its ${list}`);
  const body = html.slice(start, html.indexOf('</tbody>', start));
  return [...body.matchAll(ROW)].map(({ groups }) => ({
    name: groups?.['name'] ?? '',
    description: (groups?.['text'] ?? '')
      .replaceAll(/<[^>]+>/gu, '')
      .replaceAll(/&\w+;/gu, (entity) => ENTITIES[entity] ?? entity),
  }));
}
