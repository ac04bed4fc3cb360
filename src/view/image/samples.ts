/** The photos that ship with the page, listed in `samples/samples.json`. */
import { useEffect, useState } from 'react';
import type { TaskId } from '../../core/task.ts';

export interface Sample {
  readonly id: string;
  readonly file: string;
  readonly width: number;
  readonly height: number;
  readonly title: string;
  readonly alt: string;
  readonly questions: readonly string[];
  /** Examples for the other tasks, each as one writes it there. */
  readonly tasks?: Readonly<Partial<Record<TaskId, readonly string[]>>>;
  readonly credit: string;
  readonly licence: string;
  readonly licenceUrl: string;
  readonly source: string;
}

const FOLDER = 'samples/';

export function sampleUrl({ file }: Sample): string {
  return new URL(FOLDER + file, document.baseURI).href;
}

/** What the pack that ships answers about it, by `npm run record -- --samples`. */
export function recordingUrl({ id }: Sample): string {
  return new URL(`${FOLDER}${id}.recording.json`, document.baseURI).href;
}

/** Empty until the list has arrived, and if it never does: the page works without samples. */
export function useSamples(): readonly Sample[] {
  const [samples, setSamples] = useState<readonly Sample[]>([]);
  useEffect(() => {
    const leaving = new AbortController();
    fetchSamples(leaving.signal).then(setSamples, () => setSamples([]));
    return () => leaving.abort();
  }, []);
  return samples;
}

/** Empty when there is no list. */
export async function fetchSamples(signal?: AbortSignal): Promise<readonly Sample[]> {
  const response = await fetch(new URL(`${FOLDER}samples.json`, document.baseURI), {
    signal: signal ?? null,
  });
  if (!response.ok) return [];
  const list: { readonly samples: readonly Sample[] } = await response.json();
  return list.samples;
}
