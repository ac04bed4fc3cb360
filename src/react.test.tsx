// @vitest-environment happy-dom
/** What `in-page-vqa/react` lets one write is what React does; the type check of this file is half of the test. */
import { cleanup, render } from '@testing-library/react';
import { createRef } from 'react';
import { afterEach, expect, it, vi } from 'vitest';
import type { InPageVqaElement, InPageVqaProps } from './react.ts';
import { dispatch, EVENT_NAMES } from './widget/events.ts';

afterEach(cleanup);

const elementIn = (container: Element) => container.querySelector('in-page-vqa') ?? container;

it('every listener that the tag takes is called with its event', () => {
  const heard: string[] = [];
  const hear = ({ type }: Event) => void heard.push(type);
  const listeners = Object.fromEntries(EVENT_NAMES.map((name) => [`on${name}`, hear]));
  const { container } = render(<in-page-vqa {...listeners} />);
  for (const name of EVENT_NAMES) elementIn(container).dispatchEvent(new CustomEvent(name));
  expect(heard).toEqual([...EVENT_NAMES]);
});

it('events carry what the element tells', () => {
  const codes: string[] = [];
  const props: InPageVqaProps = {
    onerror: ({ detail }) => void codes.push(detail.code),
    onanswer: ({ detail }) => void codes.push(detail.answers[0]?.answer ?? ''),
    // @ts-expect-error a photo that has been looked at carries no answers
    onregions: ({ detail }) => detail.answers,
  };
  const { container } = render(<in-page-vqa {...props} />);
  dispatch(elementIn(container), 'error', { code: 'image-empty', message: 'No photo.', remedy: '' });
  expect(codes).toEqual(['image-empty']);
});

it('refuses the names that React keeps for itself, which are never called', () => {
  const never = vi.fn();
  const { container } = render(
    <>
      {/* @ts-expect-error a name of React's own */}
      <in-page-vqa onLoad={never} />
      {/* @ts-expect-error a name of React's own */}
      <in-page-vqa onError={never} />
      {/* @ts-expect-error a name of React's own */}
      <in-page-vqa onProgress={never} />
      {/* @ts-expect-error no event is called so */}
      <in-page-vqa onAnswer={never} onStatechange={never} />
    </>,
  );
  for (const element of container.querySelectorAll('in-page-vqa'))
    for (const name of EVENT_NAMES) dispatch(element, name, Object.create(null));
  expect(never).not.toHaveBeenCalled();
});

it('takes attributes as HTML has them, with their values alone', () => {
  const ref = createRef<InPageVqaElement>();
  const { container } = render(
    <>
      <in-page-vqa ref={ref} src="a.jpg" alt={null} own-photos theme="dark" className="wide" data-note="1" />
      {/* @ts-expect-error no such theme */}
      <in-page-vqa theme="purple" />
      {/* @ts-expect-error no such attribute */}
      <in-page-vqa source="a.jpg" />
    </>,
  );
  expect(elementIn(container).getAttribute('own-photos')).toBe('');
  expect(elementIn(container).getAttribute('theme')).toBe('dark');
  expect(ref.current).toBe(elementIn(container));
});
