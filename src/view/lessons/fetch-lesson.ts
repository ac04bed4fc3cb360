/** The lessons that ship with the page. */
import { JsonField } from '../../core/json-field.ts';
import { lessonOf, type Lesson } from '../../core/lesson.ts';

const FOLDER = 'lessons/';

export interface LessonTitle {
  readonly id: string;
  readonly title: string;
}

/** Empty when there is no list. */
export async function fetchLessonTitles(): Promise<readonly LessonTitle[]> {
  const list = await fetchJson('index');
  return list
    .at('lessons')
    .items()
    .map((item) => ({ id: item.at('id').text(), title: item.at('title').text() }));
}

export async function fetchLesson(id: string): Promise<Lesson> {
  return lessonOf(await fetchJson(id));
}

async function fetchJson(name: string): Promise<JsonField> {
  const response = await fetch(new URL(`${FOLDER}${name}.json`, document.baseURI));
  if (!response.ok) throw new Error(`The lesson could not be fetched (status ${response.status}).`);
  const json: unknown = await response.json();
  return new JsonField(json, name);
}
