/** What the linter holds the project to. Which folder may import which stands in `src/layers.json`, for lint, tests and docs. */
import { readFileSync } from 'node:fs';
import { defineConfig } from 'oxlint';

/** @type {Record<string, string[]>} */
const LAYERS = JSON.parse(readFileSync(new URL('src/layers.json', import.meta.url), 'utf8'));

/** Each runtime is named in one folder. */
const RUNTIMES = [
  { home: 'engine', group: ['onnxruntime-*', 'onnxruntime-*/**', '@huggingface/*'] },
  { home: 'session', group: ['zustand', 'zustand/*'] },
  { home: 'view', group: ['react', 'react-dom', 'react/*', 'react-dom/*'] },
];

/** The worker's entries, which nothing imports, put the engine and the converter together. */
const BY_HAND = { worker: ['engine', 'convert'] };

/** @param {string} folder @param {string[]} allowed */
function importsOf(folder, allowed) {
  const may = new Set([folder, ...allowed, ...(BY_HAND[folder] ?? [])]);
  const forbidden = Object.keys(LAYERS).filter((name) => !may.has(name));
  const patterns = [
    ...RUNTIMES.filter(({ home }) => home !== folder).map(({ home, group }) => ({
      group,
      message: `${group[0]} lives in src/${home} alone.`,
    })),
    ...(forbidden.length > 0
      ? [
          {
            regex: `^(?:\\.\\./)+(?:${forbidden.join('|')})/`,
            message: `src/${folder} may import ${allowed.join(', ') || 'nothing'}: see src/layers.json.`,
          },
        ]
      : []),
  ];
  return { files: [`src/${folder}/**`], rules: { 'no-restricted-imports': ['error', { patterns }] } };
}

export default defineConfig({
  plugins: ['typescript', 'react', 'unicorn', 'oxc', 'import', 'jsx-a11y'],
  categories: { correctness: 'error', suspicious: 'warn', perf: 'warn' },
  env: { builtin: true },
  ignorePatterns: ['dist', '.cache', 'models', 'public'],
  rules: {
    'typescript/no-explicit-any': 'error',
    'typescript/no-floating-promises': 'error',
    'typescript/no-misused-promises': 'error',
    'max-lines': ['error', { max: 300 }],
    'react/react-in-jsx-scope': 'off',
    'import/no-cycle': 'error',
    'import/no-unassigned-import': 'off',
    'no-await-in-loop': 'off',
    'no-console': 'off',
  },
  overrides: [
    ...Object.entries(LAYERS).map(([folder, allowed]) => importsOf(folder, allowed)),
    {
      files: ['src/view/**'],
      rules: { 'jsx-a11y/prefer-tag-over-role': 'off', 'react/no-array-index-key': 'off' },
    },
  ],
});
