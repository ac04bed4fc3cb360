// @vitest-environment happy-dom
import { expect, it } from 'vitest';
import { replayHtml, type Replay } from './replay-html.ts';
import { fileName } from './save-file.ts';

const replay: Replay = {
  title: 'Is 1 < 2 & "so"?',
  element: 'const tag = "</script>"; /* <!-- */ customElements.define("in-page-vqa", class {});',
  recording: '{"question":"100 % “naïve” #1"}',
  caption: ['Everyday <1.0>'],
};

function parsed(html: string): Document {
  return new DOMParser().parseFromString(html, 'text/html');
}

it('carries element and recording, and its script cannot end early', () => {
  const page = parsed(replayHtml(replay));
  expect(page.querySelectorAll('script')).toHaveLength(1);
  expect(page.querySelector('script')?.textContent).toContain('customElements.define');
  expect(page.querySelector('h1')?.textContent).toBe(replay.title);
  expect(page.querySelector('footer')?.textContent.trim()).toBe('Everyday <1.0>');
});

it('gives back the recording letter by letter', () => {
  const address = parsed(replayHtml(replay)).querySelector('in-page-vqa')?.getAttribute('record') ?? '';
  expect(decodeURIComponent(address.slice(address.indexOf(',') + 1))).toBe(replay.recording);
});

it('refuses to grow beyond two megabytes', () => {
  expect(() => replayHtml({ ...replay, recording: 'x'.repeat(2_000_000) })).toThrow(
    /must have at most 2000000/u,
  );
});

it('names files after the question', () => {
  expect(fileName('What is “naïve”, really?', 'svg')).toBe('what-is-naive-really.svg');
  expect(fileName('🐕', 'png')).toBe('answer.png');
});
