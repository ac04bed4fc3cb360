/** `in-page-vqa/react` of the installed package: the element, and its tag with its attributes and events in JSX. */
import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type { AttributeValues, ElementListeners, EventName, InPageVqaElement } from './element.ts';

export * from './element.ts';

/** React keeps these for tags of HTML: on a custom element they are never called. */
type NeverCalled = `on${Capitalize<EventName>}${'' | 'Capture'}`;

export type InPageVqaProps = DetailedHTMLProps<
  Omit<HTMLAttributes<InPageVqaElement>, NeverCalled> & AttributeValues & ElementListeners,
  InPageVqaElement
>;

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'in-page-vqa': InPageVqaProps;
    }
  }
}
