/**
 * Everything that is on screen, as the part of an address behind `#`, which browsers never send to a server. A photo of
 * the person's own is named as such and nothing more.
 */
import { REMOVALS, type HeadPlace } from '../../core/explanation.ts';
import { PICTURE_MODES, type PictureMode } from '../../core/picture.ts';
import { TASKS, type TaskId } from '../../core/task.ts';
import type { AttentionModule, BoundingBox } from '../../core/types.ts';
import { METHOD_IDS } from '../../explain/registry.ts';
import { NO_EDITS } from '../inquiry/edits.ts';
import type { Edits, Inquiry, LabState, PhotoLayer, Tool } from '../inquiry/lab-state.ts';
import { AT_ASK, type LessonPlace, type TasksState } from '../tasks/create-tasks.ts';
import { selectExchange, selectPhoto } from '../work/selectors.ts';
import type { AttentionView, Focus, Photo, SessionState } from '../work/state.ts';

/** Where the photo is: with the page, on the web, or with its owner. */
export type LinkedPhoto =
  | { readonly kind: 'sample'; readonly file: string }
  | { readonly kind: 'web'; readonly url: string }
  | { readonly kind: 'own' };

export interface ViewState {
  readonly photo: LinkedPhoto;
  /** Empty when nothing was asked. */
  readonly question: string;
  readonly tool: Tool;
  readonly layer: PhotoLayer | null;
  readonly picture: PictureMode;
  readonly inquiry: Inquiry;
  readonly attention: AttentionView;
  /** What is locked; hovering is nothing to share. */
  readonly focus: Focus;
  readonly edits: Edits;
  readonly task: TaskId;
  /** What the task says of itself. */
  readonly fields: ReadonlyMap<string, string>;
  readonly lesson: LessonPlace | null;
}

/** Before the names of a task's own fields. */
const TASK_FIELD = 'task.';
/** Words of the address; earlier ones are still read. */
const TOOL_WORDS = {
  why: 'why',
  attention: 'attention',
  'what-if': 'edits',
  how: 'flow',
  save: 'export',
  change: 'edits',
  keep: 'export',
} as const satisfies Readonly<Record<string, Tool>>;
const LAYERS: readonly PhotoLayer[] = ['regions', 'why', 'attention', 'photo'];
const MODULES: readonly AttentionModule[] = [
  'textToRegion',
  'regionToText',
  'language',
  'vision',
  'textSelf',
  'regionSelf',
];
/** Fractions of the photo to a ten-thousandth: finer than a pixel of most. */
const BOX_DIGITS = 4;

/** Null while there is no photo to speak of. */
export function viewStateOf(
  session: SessionState,
  lab: LabState,
  { task, fields, lesson }: TasksState = AT_ASK,
): ViewState | null {
  const photo = selectPhoto(session);
  if (!photo) return null;
  const { focus, attentionView, answer } = session;
  const asked = answer.status === 'none' || answer.status === 'ready' ? '' : answer.question;
  return {
    photo: linkedPhoto(photo),
    question: selectExchange(session)?.prediction.question ?? asked,
    tool: lab.tool,
    layer: lab.layer,
    picture: lab.picture,
    inquiry: lab.inquiry,
    attention: attentionView,
    focus: focus.kind !== 'none' && focus.locked ? focus : { kind: 'none' },
    edits: lab.edits,
    task,
    fields,
    lesson,
  };
}

function linkedPhoto({ source, name, url }: Photo): LinkedPhoto {
  if (source === 'sample') return { kind: 'sample', file: name };
  return source === 'url' && url !== undefined ? { kind: 'web', url } : { kind: 'own' };
}

/** The fragment without its `#`; only what differs from a fresh page is written. */
export function writeViewState(view: ViewState): string {
  const { photo, question, tool, layer, picture, inquiry, attention, focus, edits, task } = view;
  const fields: [string, string | null][] = [
    ['photo', photoText(photo)],
    ['ask', question || null],
    ['show', tool === 'why' ? null : toolWord(tool)],
    ['over', layer],
    ['picture', picture === 'spotlight' ? null : picture],
    ['by', inquiry.method],
    ['why', inquiry.answer],
    ['not', inquiry.against],
    ['removed', inquiry.removal === 'mask' ? null : inquiry.removal],
    ['look', lookText(attention)],
    ['lock', focus.kind === 'none' ? null : `${focus.kind}.${focus.index}`],
    ['reworded', edits.question],
    ['boxes', edits.regions && regionsText(edits.regions)],
    ['off', listText(edits.hiddenRegions)],
    ['unsaid', listText(edits.hiddenTokens)],
    ['heads', edits.closedHeads.map((head) => `${head.module}.${head.layer}.${head.head}`).join(',') || null],
    ['taken', edits.removal === 'mask' ? null : edits.removal],
    ['task', task === 'ask' ? null : task],
    ['lesson', view.lesson && `${view.lesson.id}.${view.lesson.step + 1}`],
    ...[...view.fields].map(([key, value]): [string, string] => [`${TASK_FIELD}${key}`, value]),
  ];
  const written = new URLSearchParams();
  for (const [key, value] of fields) if (value !== null) written.set(key, value);
  return written.toString();
}

/** Null when the fragment is none of this page's; a field that cannot be read counts as left out. */
export function readViewState(fragment: string): ViewState | null {
  const fields = new URLSearchParams(fragment.replace(/^#/u, ''));
  const photo = readPhoto(fields.get('photo'));
  if (!photo) return null;
  const oneOf = <Value extends string>(values: readonly Value[], key: string): Value | null =>
    values.find((value) => value === fields.get(key)) ?? null;
  return {
    photo,
    question: fields.get('ask') ?? '',
    tool: readTool(fields.get('show')),
    layer: oneOf(LAYERS, 'over'),
    picture: oneOf(PICTURE_MODES, 'picture') ?? 'spotlight',
    inquiry: {
      method: oneOf(METHOD_IDS, 'by'),
      answer: fields.get('why'),
      against: fields.get('not'),
      removal: oneOf(REMOVALS, 'removed') ?? 'mask',
    },
    attention: readLook(fields.get('look')),
    focus: readFocus(fields.get('lock')),
    edits: {
      question: fields.get('reworded'),
      regions: readRegions(fields.get('boxes')),
      hiddenRegions: readList(fields.get('off')),
      hiddenTokens: readList(fields.get('unsaid')),
      closedHeads: readHeads(fields.get('heads')),
      removal: oneOf(REMOVALS, 'taken') ?? NO_EDITS.removal,
    },
    task: oneOf(TASKS, 'task') ?? 'ask',
    lesson: readLesson(fields.get('lesson')),
    fields: new Map(
      [...fields].flatMap(([key, value]): [string, string][] =>
        key.startsWith(TASK_FIELD) ? [[key.slice(TASK_FIELD.length), value]] : [],
      ),
    ),
  };
}

function toolWord(tool: Tool): string {
  return Object.entries(TOOL_WORDS).find(([, each]) => each === tool)?.[0] ?? tool;
}

function readTool(word: string | null): Tool {
  return Object.entries(TOOL_WORDS).find(([each]) => each === word)?.[1] ?? 'why';
}

function photoText(photo: LinkedPhoto): string {
  if (photo.kind === 'sample') return `sample:${photo.file}`;
  return photo.kind === 'web' ? photo.url : 'own';
}

function readPhoto(text: string | null): LinkedPhoto | null {
  if (text === 'own') return { kind: 'own' };
  if (text?.startsWith('sample:')) return { kind: 'sample', file: text.slice('sample:'.length) };
  return text !== null && /^https?:\/\//u.test(text) ? { kind: 'web', url: text } : null;
}

function lookText({ module, layer, head }: AttentionView): string | null {
  const isFresh = module === 'textToRegion' && layer === 'last' && head === 'mean';
  return isFresh ? null : `${module}.${layer}.${head}`;
}

function readLook(text: string | null): AttentionView {
  const [name, layer, head] = text?.split('.') ?? [];
  return {
    module: MODULES.find((module) => module === name) ?? 'textToRegion',
    layer: readIndex(layer) ?? 'last',
    head: readIndex(head) ?? 'mean',
  };
}

function readLesson(text: string | null): LessonPlace | null {
  const [, id, step] = /^([a-z-]{1,40})\.([1-9]\d?)$/u.exec(text ?? '') ?? [];
  return id === undefined ? null : { id, step: Number(step) - 1 };
}

function readFocus(text: string | null): Focus {
  const [kind, place] = text?.split('.') ?? [];
  const index = readIndex(place);
  if (index === null || (kind !== 'token' && kind !== 'region')) return { kind: 'none' };
  return { kind, index, locked: true };
}

/** Runs of neighbours as `0-35`, so that one drawn box does not name all the others. */
function regionsText(regions: readonly (number | BoundingBox)[]): string {
  const runs: { from: number | BoundingBox; to: number | BoundingBox }[] = [];
  for (const region of regions) {
    const last = runs.at(-1);
    if (last && typeof last.to === 'number' && region === last.to + 1) last.to = region;
    else runs.push({ from: region, to: region });
  }
  return runs
    .map(({ from, to }) => (from === to ? regionText(from) : `${regionText(from)}-${regionText(to)}`))
    .join(',');
}

function regionText(region: number | BoundingBox): string {
  if (typeof region === 'number') return String(region);
  const { xmin, ymin, xmax, ymax } = region;
  return [xmin, ymin, xmax, ymax].map((side) => String(Number(side.toFixed(BOX_DIGITS)))).join('_');
}

function readRegions(text: string | null): Edits['regions'] {
  if (text === null) return null;
  const regions = text.split(',').flatMap((part): (number | BoundingBox)[] => {
    const index = readIndex(part);
    if (index !== null) return [index];
    const [from, to] = part.split('-').map(readIndex);
    if (typeof from === 'number' && typeof to === 'number') return numbersBetween(from, to);
    const [xmin = NaN, ymin = NaN, xmax = NaN, ymax = NaN] = part.split('_').map(Number);
    const isBox = xmin >= 0 && ymin >= 0 && xmax <= 1 && ymax <= 1 && xmin < xmax && ymin < ymax;
    return isBox ? [{ xmin, ymin, xmax, ymax }] : [];
  });
  return regions.length > 0 ? regions : null;
}

/** No photo has more regions than this. */
const MOST_REGIONS = 1000;

function numbersBetween(from: number, to: number): number[] {
  return Array.from(
    { length: Math.max(0, Math.min(MOST_REGIONS, to - from + 1)) },
    (_, index) => from + index,
  );
}

function readHeads(text: string | null): readonly HeadPlace[] {
  return (text?.split(',') ?? []).flatMap((part): HeadPlace[] => {
    const [name, layer, head] = part.split('.');
    const place = {
      module: MODULES.find((each) => each === name),
      layer: readIndex(layer),
      head: readIndex(head),
    };
    return place.module && place.layer !== null && place.head !== null
      ? [{ module: place.module, layer: place.layer, head: place.head }]
      : [];
  });
}

function listText(indices: readonly number[]): string | null {
  return indices.length === 0 ? null : indices.join('.');
}

function readList(text: string | null): readonly number[] {
  return (text?.split('.') ?? []).map(readIndex).filter((index) => index !== null);
}

function readIndex(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,5}$/u.test(text) ? Number(text) : null;
}
