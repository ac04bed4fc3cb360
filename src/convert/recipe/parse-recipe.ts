/** Checks `recipe.json` field by field. */
import { VqaError } from '../../core/errors.ts';
import { JsonField, JsonFieldError } from '../../core/json-field.ts';
import { PRECISIONS, PUBLISHED_ROLES } from '../../core/published.ts';
import { parseWeightRule, sizeTerm } from './parse-weight-rule.ts';
import {
  RECIPE_SCHEMA_VERSION,
  SOURCE_ROLES,
  type Recipe,
  type RecipeGraph,
  type RecipePart,
  type RecipeSource,
  type SizeRule,
} from './recipe.ts';

/** Small files that ship beside a recipe: recipes, skeletons, label lists. */
export type ReadShipped = (url: string) => Promise<Uint8Array<ArrayBuffer>>;

/** @param url of the recipe of an LXMERT, which names that of its detector */
export async function loadRecipe(url: string, read: ReadShipped): Promise<Recipe> {
  const lxmert = await loadPart(url, read);
  const detectorUrl = field(url, () => new URL(lxmert.root.at('detector').text(), url).href);
  const detector = await loadPart(detectorUrl, read);
  if (lxmert.part.role !== 'lxmert' || detector.part.role !== 'detector') {
    throw new VqaError('pack-invalid', `${url} is a recipe of role ${lxmert.part.role}, must be "lxmert".`);
  }
  return { lxmert: lxmert.part, detector: detector.part };
}

async function loadPart(
  url: string,
  read: ReadShipped,
): Promise<{ readonly root: JsonField; readonly part: RecipePart }> {
  const text = new TextDecoder().decode(await read(url));
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (thrown) {
    throw new VqaError('pack-invalid', `${url} is not JSON.`, { cause: thrown });
  }
  const root = new JsonField(json, '');
  return { root, part: field(url, () => parsePart(root, url)) };
}

function field<Result>(url: string, read: () => Result): Result {
  try {
    return read();
  } catch (thrown) {
    if (!(thrown instanceof JsonFieldError)) throw thrown;
    throw new VqaError('pack-invalid', `${url}: ${thrown.message}.`, { cause: thrown });
  }
}

function parsePart(root: JsonField, url: string): RecipePart {
  const version = root.at('schemaVersion');
  if (version.value !== RECIPE_SCHEMA_VERSION)
    version.fail(`${RECIPE_SCHEMA_VERSION}, the version read here`);
  const required = root.at('require');
  const sources = root
    .at('sources')
    .items()
    .map((item) => parseSource(item, url));
  if (!sources.some(({ role }) => role === 'weights'))
    root.at('sources').fail('a list with a role "weights"');
  return {
    role: root.at('role').oneOf(PUBLISHED_ROLES),
    id: root.at('id').text(),
    name: root.at('name').text(),
    description: root.at('description').text(),
    licence: root.at('licence').text(),
    sources,
    sizes: new Map(
      root
        .at('sizes')
        .entries()
        .map(([name, rule]) => [name, parseSize(rule)]),
    ),
    required: new Map(
      isAbsent(required) ? [] : required.entries().map(([key, value]) => [key, value.text()]),
    ),
    graphs: root
      .at('graphs')
      .items()
      .map((item) => parseGraph(item, url)),
    pack: root.at('pack'),
  };
}

function parseSource(item: JsonField, recipeUrl: string): RecipeSource {
  const role = item.at('role').oneOf(SOURCE_ROLES);
  const hash = item.at('sha256');
  const sha256 = isAbsent(hash) ? null : hash.text();
  if (sha256 !== null && !/^[0-9a-f]{64}$/u.test(sha256)) hash.fail('64 lower-case hexadecimal digits');
  const isShipped = item.at('file').value !== undefined;
  const mirrors = item.at('mirrors');
  return {
    role,
    url: isShipped ? new URL(item.at('file').text(), recipeUrl).href : item.at('url').text(),
    mirrors: isAbsent(mirrors) ? [] : mirrors.texts(),
    bytes: isAbsent(item.at('bytes')) ? null : item.at('bytes').count(),
    sha256,
    licence: isAbsent(item.at('licence')) ? null : item.at('licence').text(),
  };
}

function parseSize(rule: JsonField): SizeRule {
  const config = rule.at('config');
  const parameter = rule.at('parameter');
  return {
    value: rule.at('value').number({ min: 0, integer: true }),
    config: isAbsent(config) ? [] : Array.isArray(config.value) ? config.texts() : [config.text()],
    parameter: isAbsent(parameter)
      ? null
      : {
          name: parameter.text(),
          axis: isAbsent(rule.at('axis')) ? 0 : rule.at('axis').number({ min: 0, max: 3, integer: true }),
        },
    counted: isAbsent(rule.at('count')) ? null : rule.at('count').text(),
    fixed: rule.at('fixed').value === true,
  };
}

function parseGraph(graph: JsonField, recipeUrl: string): RecipeGraph {
  const skeletons = graph.at('skeletons');
  const weights = graph.at('weights');
  const constants = graph.at('constants');
  const file = graph.at('file');
  if (!/^[\w-]+\.onnx$/u.test(file.text())) file.fail('a file name that ends in .onnx');
  return {
    file: file.text(),
    skeletons: Object.fromEntries(
      PRECISIONS.filter((precision) => !isAbsent(skeletons.at(precision))).map((precision) => [
        precision,
        new URL(skeletons.at(precision).text(), recipeUrl).href,
      ]),
    ),
    layers: parseLayers(graph.at('layers')),
    borrows: isAbsent(graph.at('borrows')) ? [] : graph.at('borrows').texts(),
    weights: new Map(
      isAbsent(weights) ? [] : weights.entries().map(([name, rule]) => [name, parseWeightRule(rule, name)]),
    ),
    constants: isAbsent(constants)
      ? []
      : constants.items().map((constant) => ({
          initializer: constant.at('initializer').text(),
          values: constant.at('values').items().map(sizeTerm),
        })),
  };
}

/** One size, or sizes by the names of the graph's stacks. */
function parseLayers(layers: JsonField): ReadonlyMap<string, string> {
  if (isAbsent(layers)) return new Map();
  if (typeof layers.value === 'string') return new Map([['', layers.text()]]);
  return new Map(layers.entries().map(([stack, size]) => [stack, size.text()]));
}

function isAbsent({ value }: JsonField): boolean {
  return value === undefined || value === null;
}
