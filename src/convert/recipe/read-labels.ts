/** Lists of names as they lie beside checkpoints: JSON, or a name a line. */
import { VqaError } from '../../core/errors.ts';

/** How the engine shows a name that is empty, as the first of the VQA answers is. */
const NAMELESS = '(no answer)';

/**
 * @param name of the file, for messages
 * @throws VqaError `checkpoint-mismatch` where the text is no list of names
 */
export function readLabels(text: string, name: string): readonly string[] {
  const labels = /^\s*[[{]/u.test(text) ? fromJson(text, name) : fromLines(text);
  if (labels.length === 0) throw new VqaError('checkpoint-mismatch', `${name} has no names in it.`);
  return labels.map((label) => (label.trim() === '' ? NAMELESS : label.trim()));
}

/** Of several names for one thing, with commas between them, the first counts. */
function fromLines(text: string): readonly string[] {
  const lines = text.replace(/\r/gu, '').replace(/\n$/u, '').split('\n');
  return lines.map((line) => line.split(',')[0] ?? '');
}

function fromJson(text: string, name: string): readonly string[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (thrown) {
    throw new VqaError('checkpoint-mismatch', `${name} is not JSON.`, { cause: thrown });
  }
  const items: unknown[] = Array.isArray(json) ? json : [];
  const labels = items.map((item) => (typeof item === 'string' ? item : answerOf(item)));
  if (labels.includes(null) || !Array.isArray(json)) {
    throw new VqaError('checkpoint-mismatch', `${name} is no list of names.`);
  }
  return labels.filter((label) => label !== null);
}

/** LXMERT's list of answers for pre-training says of each where it comes from. */
function answerOf(item: unknown): string | null {
  const isEntry = typeof item === 'object' && item !== null && 'ans' in item;
  return isEntry && typeof item.ans === 'string' ? item.ans : null;
}

/** Names of answers in a `config.json`, which trainers write there; null where they are numbered only. */
export function labelsOfConfiguration(configuration: unknown): readonly string[] | null {
  if (typeof configuration !== 'object' || configuration === null || !('id2label' in configuration))
    return null;
  const { id2label } = configuration;
  if (typeof id2label !== 'object' || id2label === null) return null;
  const entries: [string, unknown][] = Object.entries(id2label);
  const labels = entries
    .toSorted(([left], [right]) => Number(left) - Number(right))
    .map(([, label]) => (typeof label === 'string' ? label : ''));
  const isNamed = labels.length > 0 && labels.every((label) => label !== '' && !/^LABEL_\d+$/u.test(label));
  return isNamed ? labels : null;
}
