/** Checks the text of a recording field by field; what comes out can be trusted everywhere else. */
import { VqaError } from '../core/errors.ts';
import { JsonField, JsonFieldError } from '../core/json-field.ts';
import { IMAGE_NOTICES, type AttentionMaps, type Scene } from '../core/types.ts';
import { parseAnswer } from './parse-answer.ts';
import { createWeightBudget, parseMaps } from './parse-attention.ts';
import { fromBase64 } from './packed-bytes.ts';
import {
  MAX_RECORDING_BYTES,
  RECORDING_FORMAT,
  RECORDING_VERSION,
  type RecordedPack,
  type RecordedPhoto,
  type Recording,
} from './recording.ts';

/** More than any photo or question has; a file that claims more is not one of ours. */
const MAX_REGIONS = 300;
const MAX_ANSWERS = 50;
const MAX_SIDE = 100_000;
const MAX_TOKENS = 512;

const SHA256 = /^[0-9a-f]{64}$/u;
const THUMBNAIL = /^data:(?<type>image\/(?:jpeg|png|webp));base64,(?<data>[A-Za-z0-9+/=]+)$/u;

/**
 * @param file its text, or what `JSON.parse` makes of it
 * @throws VqaError `recording-invalid`, naming the field, what it is and what it must be.
 */
export async function parseRecording(file: unknown): Promise<Recording> {
  try {
    return await recordingOf(new JsonField(typeof file === 'string' ? jsonOf(file) : file, ''));
  } catch (thrown) {
    if (!(thrown instanceof JsonFieldError)) throw thrown;
    throw new VqaError('recording-invalid', `This is no recording that can be shown: ${thrown.message}.`, {
      cause: thrown,
    });
  }
}

function jsonOf(text: string): unknown {
  if (text.length > MAX_RECORDING_BYTES) {
    throw new JsonFieldError(
      `the file has ${text.length} characters, must have ${MAX_RECORDING_BYTES} at most`,
    );
  }
  try {
    return JSON.parse(text);
  } catch (thrown) {
    throw new JsonFieldError('the file is not JSON', { cause: thrown });
  }
}

async function recordingOf(root: JsonField): Promise<Recording> {
  root.at('format').oneOf([RECORDING_FORMAT]);
  const version = root.at('schemaVersion');
  if (version.value !== RECORDING_VERSION) version.fail(`${RECORDING_VERSION}, the version read here`);
  const scene = parseScene(root.at('scene'));
  const regions = scene.regions.length;
  const spend = createWeightBudget();
  const vision: AttentionMaps['vision'] = await parseMaps(root.at('vision'), [regions, regions], spend);
  const fields = root.at('answers').items();
  if (fields.length === 0 || fields.length > MAX_ANSWERS) {
    root.at('answers').fail(`a list of 1 to ${MAX_ANSWERS} answers`);
  }
  const answers = await Promise.all(fields.map((field) => parseAnswer(field, vision, regions, spend)));
  fields.forEach((field, index) => {
    const { question } = answers[index] ?? {};
    if (answers.findIndex((answer) => answer.question === question) !== index) {
      field.at('question').fail('a question that is not there twice');
    }
  });
  return {
    pack: parsePack(root.at('pack')),
    backend: root.at('backend').oneOf(['webgpu', 'wasm']),
    photo: parsePhoto(root.at('photo')),
    scene,
    answers,
  };
}

function parsePack(field: JsonField): RecordedPack {
  return {
    id: field.at('id').text(),
    name: field.at('name').text(),
    version: field.at('version').text(),
    description: field.at('description').text(),
    licence: field.at('licence').text(),
    scores: field.at('scores').oneOf(['softmax', 'sigmoid']),
    maxTokens: field.at('maxTokens').count(MAX_TOKENS),
    sha256: parseHash(field.at('sha256')),
  };
}

function parseHash(field: JsonField): string {
  const hash = field.text();
  return SHA256.test(hash) ? hash : field.fail('64 hexadecimal digits');
}

function parsePhoto(field: JsonField): RecordedPhoto {
  const textOrNull = (name: string) => (field.at(name).value === null ? null : field.at(name).text());
  return {
    name: field.at('name').text(),
    alt: textOrNull('alt'),
    credit: textOrNull('credit'),
    thumbnail: parseThumbnail(field.at('thumbnail')),
  };
}

function parseThumbnail(field: JsonField): Blob | null {
  if (field.value === null) return null;
  const { type = '', data = '' } = THUMBNAIL.exec(field.text())?.groups ?? {};
  if (type === '') field.fail('a JPEG, PNG or WebP as a data: URL, or null');
  try {
    return new Blob([fromBase64(data)], { type });
  } catch {
    return field.fail('a photo in base64');
  }
}

function parseScene(field: JsonField): Omit<Scene, 'imageId'> {
  const side = (name: string) => field.at('size').at(name).count(MAX_SIDE);
  const regions = field.at('regions').items();
  if (regions.length === 0 || regions.length > MAX_REGIONS) {
    field.at('regions').fail(`a list of 1 to ${MAX_REGIONS} regions`);
  }
  const lap = (name: string) => field.at('timings').at(name).number({ min: 0 });
  return {
    size: { width: side('width'), height: side('height') },
    regions: regions.map((region) => ({
      box: parseBox(region.at('box')),
      label: region.at('label').text(),
      score: region.at('score').fraction(),
      attributes: region
        .at('attributes')
        .items()
        .map((attribute) => ({
          label: attribute.at('label').text(),
          score: attribute.at('score').fraction(),
        })),
    })),
    notices: field
      .at('notices')
      .items()
      .map((notice) => notice.oneOf(IMAGE_NOTICES)),
    timings: {
      readMs: lap('readMs'),
      preprocessMs: lap('preprocessMs'),
      proposeMs: lap('proposeMs'),
      classifyMs: lap('classifyMs'),
      encodeMs: lap('encodeMs'),
    },
  };
}

function parseBox(field: JsonField): Scene['regions'][number]['box'] {
  const [xmin = 0, ymin = 0, xmax = 0, ymax = 0] = field.numbers(4);
  const isInside = xmin >= 0 && ymin >= 0 && xmax <= 1 && ymax <= 1;
  if (!isInside || xmin > xmax || ymin > ymax) {
    field.fail('xmin, ymin, xmax and ymax from 0 to 1, with min no larger than max');
  }
  return { xmin, ymin, xmax, ymax };
}
