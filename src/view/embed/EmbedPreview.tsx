/** The element itself, playing what is about to be embedded. */
import { useEffect, useRef, useState } from 'react';
import type { Recording } from '../../recording/recording.ts';

interface EmbedPreviewProps {
  readonly recording: Recording;
  readonly question: string;
  readonly theme: string;
  readonly explain: string;
}

const TAG = 'in-page-vqa';

export function EmbedPreview({ recording, question, theme, explain }: EmbedPreviewProps) {
  const place = useRef<HTMLDivElement>(null);
  const [isMissing, setMissing] = useState(false);

  useEffect(() => {
    // A file of the built site that other sites embed too, not a part of this page.
    const address = new URL('embed/in-page-vqa.js', document.baseURI).href;
    import(/* @vite-ignore */ address).catch(() => setMissing(true));
  }, []);

  useEffect(() => {
    const element = Object.assign(document.createElement(TAG), { recording });
    for (const [name, value] of Object.entries({ question, theme, explain }))
      element.setAttribute(name, value);
    place.current?.replaceChildren(element);
    return () => element.remove();
  }, [recording, question, theme, explain]);

  return isMissing ? (
    <p className="aside">The preview could not be fetched; the lines below work all the same.</p>
  ) : (
    <div ref={place} className="embed-preview" />
  );
}
