/** Lines of HTML that put what is on screen into another page. */
import type { ExplanationMethod } from '../../core/explanation.ts';

export const WAYS = ['element', 'recording', 'iframe'] as const;

export type Way = (typeof WAYS)[number];

export interface SnippetChoice {
  readonly way: Way;
  /** Folder of the built site, ending in `/`. */
  readonly site: string;
  /** Address of the photo, or of the recording where one is played. */
  readonly address: string;
  readonly alt: string;
  readonly question: string;
  /** A method's id, `none` or `auto`. */
  readonly explain: ExplanationMethod;
  readonly theme: 'auto' | 'light' | 'dark';
  readonly reveal: 'auto' | 'interaction';
  readonly ownPhotos: boolean;
  /** Folder of a pack that is not the site's own. */
  readonly pack: string | null;
}

const FRAME_STYLE = 'width: 100%; height: 44rem; border: 0';

export function snippetOf(choice: SnippetChoice): string {
  return choice.way === 'iframe' ? iframe(choice) : element(choice);
}

function element(choice: SnippetChoice): string {
  const script = `<script type="module" src="${escaped(`${choice.site}embed/in-page-vqa.js`)}"></script>`;
  const lines = attributesOf(choice).map(([name, value]) =>
    value === '' ? `  ${name}` : `  ${name}="${escaped(value)}"`,
  );
  return [script, '<in-page-vqa', ...lines, '></in-page-vqa>'].join('\n');
}

function iframe(choice: SnippetChoice): string {
  const query = new URLSearchParams(attributesOf(choice).map(([name, value]) => [name, value]));
  const source = `${choice.site}embed/frame.html?${query.toString()}`;
  return [
    '<iframe',
    `  src="${escaped(source)}"`,
    `  title="${escaped(choice.question)}"`,
    `  style="${FRAME_STYLE}"`,
    '  allow="cross-origin-isolated"',
    '  loading="lazy"',
    '></iframe>',
  ].join('\n');
}

/** Those that differ from the defaults; an empty value is an attribute without one. */
function attributesOf(choice: SnippetChoice): readonly (readonly [string, string])[] {
  const { way, address, alt, question, explain, theme, reveal, ownPhotos, pack } = choice;
  const source: readonly (readonly [string, string])[] =
    way === 'recording'
      ? [['record', address]]
      : [['src', address], ...(alt === '' ? [] : [['alt', alt] as const])];
  return [
    ...source,
    ['question', question],
    ...(explain === 'attention' ? [] : [['explain', explain] as const]),
    ...(theme === 'auto' ? [] : [['theme', theme] as const]),
    ...(reveal === 'auto' || way === 'recording' ? [] : [['reveal', reveal] as const]),
    ...(ownPhotos ? [['own-photos', ''] as const] : []),
    ...(pack === null ? [] : [['pack', pack] as const]),
  ];
}

function escaped(value: string): string {
  return value
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
