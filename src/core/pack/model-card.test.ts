import { expect, it } from 'vitest';
import { JsonField } from '../json-field.ts';
import { modelCardOf } from './model-card.ts';

const table = {
  caption: 'Accuracy',
  columns: ['kind', 'right'],
  rows: [['exists', '0.9']],
  command: 'evaluate',
};

function read(tables: readonly object[]) {
  return modelCardOf(
    new JsonField({ title: 'Everyday', version: '1', sections: [{ title: 'Measured', tables }] }, 'card'),
  );
}

it('reads sections of paragraphs, lists and tables', () => {
  expect(read([table]).sections).toEqual([{ title: 'Measured', paragraphs: [], list: [], tables: [table] }]);
});

it('names the row that has too few cells', () => {
  expect(() => read([{ ...table, rows: [['exists']] }])).toThrow(
    'card.sections[0].tables[0].rows[0] is a list of 1, must be a list of 2 texts',
  );
});
