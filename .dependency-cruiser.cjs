/**
 * The fence: which folder may import which, types included. A folder that is not named for a folder is above it, or
 * beside it. `docs/architecture.md` explains the storeys; `npm run graph` draws them.
 */

/** Folders of sidecar/src that each of them may import besides itself. `app` and `cli` may import all below. */
const MAY_IMPORT = {
  mapping: [],
  errors: [],
  lib: ['errors'],
  ports: ['mapping/model', 'mapping/keys', 'errors', 'lib'],
  woo: ['ports', 'mapping', 'errors', 'lib'],
  salesforce: ['ports', 'mapping', 'errors', 'lib'],
  state: ['ports', 'mapping', 'errors', 'lib'],
  sync: ['ports', 'mapping', 'errors', 'lib'],
  diagnostics: ['sync', 'ports', 'mapping', 'errors', 'lib'],
  engine: ['diagnostics', 'sync', 'ports', 'mapping', 'errors', 'lib'],
  config: ['woo', 'salesforce', 'state', 'errors', 'lib'],
  http: [
    ...['config', 'sync/detect', 'ports', 'mapping', 'errors', 'lib'],
    ...['salesforce/outbound', 'salesforce/record-id\\.ts$'],
  ],
  app: ['(?!cli/)'],
};

/** The steps of a record through `sync`, and the steps that each of them may import. */
const SYNC_STEPS = {
  report: [],
  read: ['model'],
  model: ['report'],
  detect: ['model'],
  transform: ['model'],
  match: ['model', 'read'],
  merge: ['model', 'read', 'report'],
  'to-salesforce': ['model', 'read', 'report'],
  'to-woo': ['merge', 'model', 'read', 'report'],
  images: ['merge', 'model', 'read', 'report'],
  reconcile: ['detect', 'model', 'read', 'report'],
  pipeline: [
    ...['transform', 'match', 'merge', 'to-salesforce', 'to-woo', 'images', 'reconcile'],
    ...['model', 'read', 'report'],
  ],
};

/** From below; each folder of `mapping` may import those before it. */
const MAPPING_STEPS = [
  ...[
    'model',
    'keys',
    'values',
    'attributes',
    'conditions',
    'build',
    'to-woo',
    'fields',
    'compile',
  ],
];

const only = (root, folder, allowed) => ({
  name: `${root}${folder}`,
  comment: `${root}${folder} may import ${allowed.join(', ') || 'nothing of ours'} besides itself.`,
  severity: 'error',
  from: { path: `^${root}${folder}/` },
  to: { path: `^${root}`, pathNot: [folder, ...allowed].map((one) => `^${root}${one}`) },
});

const apart = (name, from, to, comment) => ({
  ...{ name, comment, severity: 'error', from: { path: from }, to: { path: to } },
});

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circle',
      comment:
        'Files import each other in a circle, types included. Some of local/ and bench/ still do.',
      severity: 'error',
      from: { path: '^(sidecar|scripts)/' },
      to: { circular: true },
    },
    ...Object.entries(MAY_IMPORT).map(([folder, allowed]) => only('sidecar/src/', folder, allowed)),
    ...Object.entries(SYNC_STEPS).map(([step, allowed]) =>
      only('sidecar/src/sync/', step, allowed),
    ),
    ...MAPPING_STEPS.map((step, at) =>
      only('sidecar/src/mapping/', step, MAPPING_STEPS.slice(0, at)),
    ),
    apart(
      'sidecar-alone',
      '^sidecar/src/',
      '^(local|scripts|bench|test)/',
      'sidecar and local meet on HTTP only.',
    ),
    apart(
      'local-alone',
      '^local/',
      '^(sidecar|scripts|bench|test/e2e)/',
      'sidecar and local meet on HTTP only.',
    ),
    apart(
      'org-alone',
      '^local/org/',
      '^local/(store|lightning)/',
      'The local programs share local/shared only.',
    ),
    apart(
      'store-alone',
      '^local/store/',
      '^local/(org|lightning)/',
      'The local programs share local/shared only.',
    ),
    apart(
      'lightning-alone',
      '^local/lightning/(?!test/)',
      '^local/(org|store)/',
      'The local programs share local/shared only.',
    ),
    apart(
      'shared-below',
      '^local/shared/',
      '^local/(org|store|lightning)/',
      'local/shared is below the local programs.',
    ),
    {
      name: 'package-named',
      comment:
        'A file imports only packages that the package.json of its workspace names, or the one at the top for what is in none.',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'package-installed',
      comment: 'There is no such module. What the Lightning pages import, their own bundler finds.',
      severity: 'error',
      from: { pathNot: '^local/lightning/(platform|shell)/' },
      to: { couldNotResolve: true },
    },
    {
      name: 'package-for-production',
      comment: 'What a program needs to run is among its dependencies: the image has no others.',
      severity: 'error',
      from: { path: '^(sidecar/(src|bin)|local/(org|store|lightning))/', pathNot: '/test/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    apart('no-import-of-bench', '^(scripts|test)/', '^bench/', 'Nothing imports a benchmark.'),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(recordings|fixtures)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      ...{ extensions: ['.ts', '.js', '.json'], exportsFields: ['exports'] },
      conditionNames: ['import', 'require', 'node', 'types', 'default'],
    },
    // Packages that take long to load are loaded when they are needed, by `createRequire`.
    exoticRequireStrings: ['load'],
  },
};
