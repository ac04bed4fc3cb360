/** A card for a pack without one, from what its `pack.json` says of itself. */
import type { CardSection, CardTable, ModelCard } from '../../core/pack/model-card.ts';
import type { LicensedSource, ModelPack } from '../../core/pack/pack.ts';

export function cardOfPack({ name, version, description, licence, provenance }: ModelPack): ModelCard {
  return {
    title: name,
    version,
    sections: [
      section('What it is', [description, `Licence: ${licence}`]),
      {
        ...section('Where it comes from', [provenance.summary]),
        tables: [
          ...sourceTable('Trained on', provenance.trainedOn),
          ...sourceTable('Start weights', provenance.startWeights),
        ],
      },
      { ...section('Made by', []), list: provenance.commands },
    ],
  };
}

function section(title: string, paragraphs: readonly string[]): CardSection {
  return { title, paragraphs, list: [], tables: [] };
}

function sourceTable(caption: string, sources: readonly LicensedSource[]): readonly CardTable[] {
  if (sources.length === 0) return [];
  const rows = sources.map(({ name, licence, role = '' }) => [name, licence, role]);
  return [{ caption, columns: ['Name', 'Licence', 'Role'], rows, command: null }];
}
