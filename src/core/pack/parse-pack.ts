/** Checks a parsed `pack.json` field by field; what comes out can be trusted everywhere else. */
import { VqaError } from '../errors.ts';
import { JsonField, JsonFieldError } from '../json-field.ts';
import { parseAnswerability } from './parse-answerability.ts';
import { parseDetector, parseImage } from './parse-detector.ts';
import { parsePrecisionMeasures } from './precision-measures.ts';
import {
  PACK_SCHEMA_VERSION,
  TASK_HEADS,
  type LicensedSource,
  type ModelPack,
  type PackFile,
} from './pack.ts';

/** Far more than any model that a browser can hold: a pack that claims more is stopped before anything is made of it. */
const MOST = {
  width: 65_536,
  heads: 256,
  layers: 256,
  tokens: 4096,
  fileBytes: 2 ** 32,
  labels: 200_000,
} as const;

/** @throws VqaError `pack-invalid`, naming the field, what it is and what it must be. */
export function parsePack(json: unknown): ModelPack {
  return readPackJson(json, '', modelPackOf);
}

/** Reads any JSON of a pack; what is wrong with it becomes `pack-invalid`. */
export function readPackJson<Result>(json: unknown, path: string, read: (root: JsonField) => Result): Result {
  try {
    return read(new JsonField(json, path));
  } catch (thrown) {
    if (!(thrown instanceof JsonFieldError)) throw thrown;
    throw new VqaError('pack-invalid', thrown.message, { cause: thrown });
  }
}

function modelPackOf(root: JsonField): ModelPack {
  const version = root.at('schemaVersion');
  if (version.value !== PACK_SCHEMA_VERSION) version.fail(`${PACK_SCHEMA_VERSION}, the version read here`);
  const files = parseFiles(root.at('files'));
  const listed = new Set(files.map((file) => file.path));
  const file = (field: JsonField): string => {
    const path = field.text();
    return listed.has(path) ? path : field.fail('a file listed in files');
  };
  return {
    schemaVersion: PACK_SCHEMA_VERSION,
    id: root.at('id').text(),
    name: root.at('name').text(),
    version: root.at('version').text(),
    description: root.at('description').text(),
    licence: root.at('licence').text(),
    provenance: parseProvenance(root.at('provenance')),
    image: parseImage(root.at('image'), root.at('detector')),
    detector: parseDetector(root.at('detector'), file),
    lxmert: parseLxmert(root.at('lxmert'), file),
    scores: root.at('scores').oneOf(['softmax', 'sigmoid']),
    tokenizer: file(root.at('tokenizer')),
    labels: {
      objects: labelsOf(root.at('labels').at('objects')),
      attributes: labelsOf(root.at('labels').at('attributes')),
      answers: labelsOf(root.at('labels').at('answers')),
    },
    answerability: parseAnswerability(root.at('answerability'), file),
    card: root.at('card').value === undefined ? null : file(root.at('card')),
    golden: parseGolden(root.at('golden'), file),
    ...(root.at('precision').value !== undefined && {
      precision: parsePrecisionMeasures(root.at('precision')),
    }),
    externalData: parseExternalData(root.at('externalData'), file),
    files,
  };
}

function labelsOf(list: JsonField): readonly string[] {
  const labels = list.texts();
  return labels.length <= MOST.labels ? labels : list.fail(`a list of at most ${MOST.labels} texts`);
}

/** What is downloaded when a pack is loaded: everything but heads and gradients, which come when they are used. */
export function filesToLoad({ files, lxmert }: ModelPack): readonly PackFile[] {
  const later = new Set([...Object.values(lxmert.taskHeads), lxmert.explain]);
  return files.filter(({ path }) => !later.has(path));
}

/** @throws VqaError `pack-missing` when the pack lists no such file. */
export function packFile({ files }: ModelPack, path: string): PackFile {
  const found = files.find((file) => file.path === path);
  if (found === undefined) throw new VqaError('pack-missing', `The pack has no file ${path}.`);
  return found;
}

/** What travels of a file. */
export function sentFile(file: PackFile): PackFile {
  return file.deflated ?? file;
}

/** Bytes that travel of `filesToLoad`. */
export function bytesToLoad(pack: ModelPack): number {
  return filesToLoad(pack).reduce((sum, file) => sum + sentFile(file).bytes, 0);
}

function parseFiles(list: JsonField): readonly PackFile[] {
  const paths = new Set<string>();
  const parseFile = (item: JsonField): PackFile => {
    const path = item.at('path');
    const text = path.text();
    if (!isInsideFolder(text)) path.fail('a relative path inside the pack, with / and without ..');
    if (paths.has(text)) path.fail('listed once');
    paths.add(text);
    const hash = item.at('sha256');
    const sha256 = hash.text();
    if (!/^[0-9a-f]{64}$/u.test(sha256)) hash.fail('64 lower-case hexadecimal digits');
    return { path: text, bytes: item.at('bytes').count(MOST.fileBytes), sha256 };
  };
  return list.items().map((item) => {
    const file = parseFile(item);
    const deflated = item.at('deflated');
    return deflated.value === undefined ? file : Object.assign(file, { deflated: parseFile(deflated) });
  });
}

/** No scheme, no absolute path, no query, and no way up. */
function isInsideFolder(path: string): boolean {
  return path.split('/').every((part) => /^[\w][\w .+-]*$/u.test(part));
}

function parseSource(field: JsonField): LicensedSource {
  const named = { name: field.at('name').text(), licence: field.at('licence').text() };
  return field.at('role').value === undefined ? named : { ...named, role: field.at('role').text() };
}

function parseProvenance(field: JsonField): ModelPack['provenance'] {
  return {
    summary: field.at('summary').text(),
    trainedOn: field.at('trainedOn').items().map(parseSource),
    startWeights: field.at('startWeights').items().map(parseSource),
    commands: field
      .at('commands')
      .items()
      .map((item) => item.text()),
  };
}

type FileField = (field: JsonField) => string;

function parseGolden(field: JsonField, file: FileField): ModelPack['golden'] {
  if (field.value === undefined) return null;
  return { file: file(field.at('file')), tolerance: field.at('tolerance').number({ min: 0, max: 1 }) };
}

function parseExternalData(field: JsonField, file: FileField): NonNullable<ModelPack['externalData']> {
  if (field.value === undefined) return {};
  return Object.fromEntries(field.entries().map(([graph, files]) => [graph, files.items().map(file)]));
}

function parseLxmert(field: JsonField, file: FileField): ModelPack['lxmert'] {
  return {
    vision: file(field.at('vision')),
    language: file(field.at('language')),
    cross: file(field.at('cross')),
    hiddenSize: field.at('hiddenSize').count(MOST.width),
    heads: field.at('heads').count(MOST.heads),
    languageLayers: field.at('languageLayers').count(MOST.layers),
    visionLayers: field.at('visionLayers').count(MOST.layers),
    crossLayers: field.at('crossLayers').count(MOST.layers),
    featureSize: field.at('featureSize').count(MOST.width),
    // Room for [CLS], one piece and [SEP].
    maxTokens: field.at('maxTokens').number({ min: 3, max: MOST.tokens, integer: true }),
    taskHeads: parseTaskHeads(field.at('taskHeads'), file),
    ...(field.at('explain').value !== undefined && { explain: file(field.at('explain')) }),
  };
}

function parseTaskHeads(field: JsonField, file: FileField): ModelPack['lxmert']['taskHeads'] {
  if (field.value === undefined) return {};
  const present = TASK_HEADS.filter((name) => field.at(name).value !== undefined);
  return Object.fromEntries(present.map((name) => [name, file(field.at(name))]));
}

/** Parses the text of `pack.json`. */
export function parsePackText(text: string): ModelPack {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (thrown) {
    throw new VqaError('pack-invalid', 'pack.json is not JSON.', { cause: thrown });
  }
  return parsePack(json);
}
