/**
 * Which folder may import which. The folder is the architecture: see docs/architecture.md.
 * swc parses, because dependency-cruiser does not read TypeScript 7 (it would cruise 0 modules and pass).
 */
const layers = {
  domain: [],
  ports: ['domain'],
  engines: ['domain'],
  services: ['domain', 'ports', 'engines'],
  adapters: ['domain', 'ports', 'engines'],
  schema: ['domain', 'ports', 'services'],
  resolvers: ['domain', 'ports', 'services', 'schema'],
  api: ['domain', 'ports', 'schema', 'resolvers'],
  jobs: ['domain', 'ports', 'services'],
  config: ['domain'],
};

/** Composition may reach everything but what starts it. */
const composition = {
  name: 'roles-do-not-import-cli',
  severity: 'error',
  from: { path: '^src/(roles/|main[.]ts)' },
  to: { path: '^src/cli/' },
};

const layerRules = Object.entries(layers).map(([layer, allowed]) => ({
  name: `${layer}-imports`,
  comment: `src/${layer} may import only: ${[layer, ...allowed].join(', ')}`,
  severity: 'error',
  from: { path: `^src/${layer}/`, pathNot: '[.]test[.]ts$' },
  to: {
    path: '^(src|migrations|tests|bench)/',
    pathNot: `^src/(${[layer, ...allowed].join('|')})/${layer === 'adapters' ? '|^migrations/' : ''}`,
  },
}));

/** Node's modules that do no I/O and read no clock. */
const PURE_BUILTINS = '^(node:)?(crypto|assert|util)$';

module.exports = {
  forbidden: [
    ...layerRules,
    composition,
    {
      name: 'no-cycles',
      severity: 'error',
      from: { path: '^(src|migrations)/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'engines-are-pure',
      comment: 'Engines import no I/O and no framework; TensorFlow operations inside engines/ml are the one exception.',
      severity: 'error',
      from: { path: '^src/(engines|domain)/', pathNot: '[.]test[.]ts$' },
      to: {
        dependencyTypes: ['core', 'npm', 'npm-no-pkg', 'npm-unknown'],
        pathNot: [PURE_BUILTINS, 'node_modules/decimal[.]js/', 'node_modules/@tensorflow/'],
      },
    },
    {
      name: 'tensorflow-only-in-ml',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(engines/ml|adapters/tfjs|workers)/' },
      to: { path: 'node_modules/@tensorflow/' },
    },
    {
      name: 'not-to-unresolvable',
      severity: 'error',
      from: { path: '^src/' },
      to: { couldNotResolve: true, pathNot: ['^@tensorflow/tfjs-node$'] },
    },
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    includeOnly: { path: '^(src|migrations)/|node_modules|^(node:)?[a-z_/]+$' },
    moduleSystems: ['es6'],
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
