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
    'config',
    'sync/detect',
    'ports',
    'mapping',
    'errors',
    'lib',
    'salesforce/outbound',
    'salesforce/record-id\\.ts$',
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
  match: ['model', 'read', 'report'],
  merge: ['model', 'read', 'report'],
  'to-salesforce': ['model', 'read', 'report'],
  'to-woo': ['merge', 'model', 'read', 'report'],
  images: ['merge', 'model', 'read', 'report'],
  totals: ['model', 'report'],
  reconcile: ['detect', 'totals', 'model', 'read', 'report'],
  leads: ['model', 'report'],
  pipeline: [
    'transform',
    'match',
    'merge',
    'to-salesforce',
    'to-woo',
    'images',
    'reconcile',
    'totals',
    'leads',
    'model',
    'read',
    'report',
  ],
};

/** From below; each folder of `mapping` may import those before it. */
const MAPPING_STEPS = [
  'model',
  'keys',
  'values',
  'attributes',
  'conditions',
  'build',
  'to-woo',
  'fields',
  'compile',
];

/** Folders of local/org from below, and the folders that each of them may import. `org.ts` and `main.ts` are above. */
const ORG = {
  lib: [],
  model: ['lib'],
  schema: ['model'],
  formula: ['model'],
  data: ['formula', 'schema', 'model', 'lib'],
  access: ['data', 'model', 'lib'],
  rules: ['data', 'schema', 'model', 'lib'],
  flow: ['data', 'formula', 'model', 'lib'],
  write: ['flow', 'rules', 'data', 'formula', 'model', 'lib'],
  soql: ['write', 'data', 'model', 'lib'],
  api: ['soql', 'data', 'model'],
  outbound: ['api', 'soql', 'data', 'model', 'lib'],
  metadata: ['apex/runtime', 'api', 'flow', 'formula', 'schema', 'model', 'lib'],
  apex: ['metadata', 'write', 'soql', 'api', 'access', 'data', 'flow', 'formula', 'model', 'lib'],
  graphql: ['api', 'soql', 'write', 'access', 'data', 'schema', 'model', 'lib'],
  'ui-api': ['api', 'soql', 'write', 'schema', 'model'],
  rest: ['ui-api', 'graphql', 'api', 'soql', 'write', 'flow', 'formula', 'data', 'schema', 'model'],
  tooling: ['apex', 'metadata', 'soql', 'api', 'access', 'data', 'schema', 'model', 'lib'],
  http: [
    'tooling',
    'rest',
    'metadata',
    'apex',
    'outbound',
    'api',
    'soql',
    'write',
    'access',
    'data',
    'model',
    'lib',
  ],
};

/** Apex: `runtime` knows no org but by what `run/host.ts` says, and `host` is that of this org. */
const ORG_APEX = {
  runtime: [],
  host: ['runtime', '(callouts|metadata-operations)\\.ts$'],
};

/** From a source to code that runs. `compiler.ts` is above. */
const ORG_APEX_RUNTIME = {
  values: [],
  types: [],
  parse: [],
  run: ['values'],
  library: ['run', 'types', 'values'],
  symbols: ['library', 'types', 'parse'],
  compile: ['symbols', 'library', 'types', 'parse', 'run'],
  link: ['library', 'run', 'types', 'values'],
};

/** The path of a deploy, from below. `metadata-api.ts` is above. */
const ORG_METADATA = {
  xml: [],
  read: ['xml'],
  plan: ['read', 'xml'],
  apex: [],
  lwc: ['xml'],
  rules: ['lwc', 'apex', 'plan', 'read', 'xml'],
  delete: ['rules', 'plan', 'read', 'xml'],
  retrieve: ['plan', 'read', 'xml'],
  'apex-ls': ['retrieve', 'plan'],
  deploy: ['apex-ls', 'delete', 'rules', 'plan', 'read', 'xml'],
  answer: ['deploy', 'retrieve', 'plan', 'xml'],
};

/** What they share are files of `rules` itself; `rules/all-rules.ts` is above. */
const ORG_METADATA_RULES = {
  objects: [],
  flows: ['objects'],
  views: ['objects'],
  pages: ['views', 'objects'],
  bundles: ['pages', 'objects'],
  reports: ['views', 'objects'],
  security: ['views', 'objects'],
};

/** Folders of local/store from below. `options.ts`, `api.ts`, `store.ts` and `main.ts` are above. */
const STORE = {
  core: [],
  generate: ['core'],
  rest: ['core'],
  media: ['rest', 'core'],
  content: ['rest', 'core'],
  shop: ['content', 'media', 'generate', 'rest', 'core'],
  webhooks: ['shop', 'core'],
  faults: ['webhooks', 'rest'],
  write: ['faults', 'shop', 'content', 'media', 'generate', 'rest', 'core'],
  resources: ['write', 'webhooks', 'shop', 'content', 'media', 'generate', 'rest', 'core'],
  control: ['write', 'faults', 'webhooks', 'shop', 'content', 'media', 'rest', 'core'],
  http: ['control', 'faults', 'shop', 'media', 'rest', 'core'],
};

/** Folders of local/lightning; `platform` and `shell` run in the browser. `host.ts` and `main.ts` are above. */
const LIGHTNING = {
  metadata: [],
  build: ['metadata'],
  server: ['build', 'metadata'],
  platform: [],
  shell: [],
};

/** Folders of bench. `main.ts` is above. */
const BENCH = {
  lib: [],
  orders: ['lib'],
  edits: ['orders', 'lib'],
  realtime: ['lib'],
  org: ['lib'],
};
/** Folders of test/simulation from below. `plan.ts` and what plays it are above; the product is on top of `preload`. */
const SIMULATION = {
  preload: [],
  actions: ['world/(person|places)\\.ts$', 'preload'],
  world: ['actions', 'plan\\.ts$', 'preload'],
  invariants: ['world', 'actions', 'preload'],
};
const BENCH_LIB = { programs: [], results: [], recording: ['programs'] };

/** A folder is named without its slash at the end. */
const within = (root, one) => `^${root}${one}${/[$)]$/.test(one) ? '' : '/'}`;

const only = (root, folder, allowed) => ({
  name: `${root}${folder}`,
  comment: `${root}${folder} may import ${allowed.join(', ') || 'nothing of ours'} besides itself.`,
  severity: 'error',
  from: { path: `^${root}${folder}/`, pathNot: '/test/' },
  to: { path: `^${root}`, pathNot: [folder, ...allowed].map((one) => within(root, one)) },
});

/** One rule for each folder, and one for folders that the table lacks. @param beside files of the root that all may import */
const storeys = (root, table, beside = []) => [
  ...Object.entries(table).map(([folder, allowed]) => only(root, folder, [...allowed, ...beside])),
  {
    name: `${root}*`,
    comment: `A new folder of ${root} needs its line in .dependency-cruiser.cjs.`,
    severity: 'error',
    from: { path: `^${root}[^/]+/`, pathNot: `^${root}(${Object.keys(table).join('|')}|test)/` },
    to: {},
  },
];

const apart = (name, from, to, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { path: to },
});

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circle',
      comment: 'Files import each other in a circle, types included.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    ...Object.entries(MAY_IMPORT).map(([folder, allowed]) => only('sidecar/src/', folder, allowed)),
    ...Object.entries(SYNC_STEPS).map(([step, allowed]) =>
      only('sidecar/src/sync/', step, allowed),
    ),
    ...MAPPING_STEPS.map((step, at) =>
      only('sidecar/src/mapping/', step, MAPPING_STEPS.slice(0, at)),
    ),
    ...storeys('local/org/', ORG),
    ...storeys('local/org/apex/', ORG_APEX),
    ...storeys('local/org/apex/runtime/', ORG_APEX_RUNTIME),
    ...storeys('local/org/metadata/', ORG_METADATA),
    ...storeys('local/org/metadata/rules/', ORG_METADATA_RULES, [
      '(rule|names|field-paths|apex-compiler)\\.ts$',
    ]),
    ...storeys('local/store/', STORE),
    ...storeys('local/lightning/', LIGHTNING),
    ...storeys('bench/', BENCH),
    ...storeys('bench/lib/', BENCH_LIB),
    ...storeys('test/simulation/', SIMULATION),
    apart(
      'invariants-alone',
      '^test/simulation/invariants/',
      '^sidecar/',
      'What the simulator compares by shares no code with the engine.',
    ),
    apart(
      'sidecar-alone',
      '^sidecar/(src|test)/',
      '^(local|scripts|bench|test)/',
      'sidecar and local meet on HTTP only.',
    ),
    apart(
      'local-alone',
      '^local/',
      '^(sidecar|scripts|bench|test)/',
      'sidecar and local meet on HTTP only.',
    ),
    ...['org', 'store', 'lightning'].map((program) =>
      apart(
        `${program}-alone`,
        `^local/${program}/`,
        `^local/(?!(${program}|shared|test)/)`,
        'The local programs share local/shared only.',
      ),
    ),
    apart(
      'shared-below',
      '^local/shared/',
      '^local/(?!shared/)',
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
      extensions: ['.ts', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'types', 'default'],
    },
    // Packages that take long to load are loaded when they are needed, by `createRequire`.
    exoticRequireStrings: ['load'],
  },
};
