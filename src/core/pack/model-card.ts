/** What a pack says about its models: read by people, so it is made of paragraphs, lists and tables. */
import type { JsonField } from '../json-field.ts';

export interface CardTable {
  readonly caption: string;
  readonly columns: readonly string[];
  /** As many cells as columns; the first names the row. */
  readonly rows: readonly (readonly string[])[];
  /** Prints these numbers. */
  readonly command: string | null;
}

export interface CardSection {
  readonly title: string;
  readonly paragraphs: readonly string[];
  readonly list: readonly string[];
  readonly tables: readonly CardTable[];
}

export interface ModelCard {
  readonly title: string;
  readonly version: string;
  readonly sections: readonly CardSection[];
}

/** Reads the file that `pack.json` names as `card`. */
export function modelCardOf(root: JsonField): ModelCard {
  return {
    title: root.at('title').text(),
    version: root.at('version').text(),
    sections: root.at('sections').items().map(sectionOf),
  };
}

function sectionOf(field: JsonField): CardSection {
  return {
    title: field.at('title').text(),
    paragraphs: optionalTexts(field.at('paragraphs')),
    list: optionalTexts(field.at('list')),
    tables: field.at('tables').value === undefined ? [] : field.at('tables').items().map(tableOf),
  };
}

function tableOf(field: JsonField): CardTable {
  const columns = field.at('columns').texts();
  const rows = field
    .at('rows')
    .items()
    .map((row) => {
      const cells = row.texts();
      return cells.length === columns.length ? cells : row.fail(`a list of ${columns.length} texts`);
    });
  const command = field.at('command');
  return {
    caption: field.at('caption').text(),
    columns,
    rows,
    command: command.value === undefined ? null : command.text(),
  };
}

function optionalTexts(field: JsonField): readonly string[] {
  return field.value === undefined ? [] : field.texts();
}
