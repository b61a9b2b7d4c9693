import type { ApexClass, LightningComponentBundle } from '@salesforce/types/metadata';
import type { Import } from '../../lwc/script.ts';
import { filesOf, type BundleFile } from '../../lwc/bundle.ts';
import { isLightningModule, isPlatformModule, mayExport } from '../../lwc/modules.ts';
import type { Plan } from '../../plan/plan.ts';
import { isFieldPath } from '../field-paths.ts';
import { userPermissionNames } from '../../xml/type-model.ts';

/** How a real org says that a component is missing which another one uses. */
export const noModule = (name: string, user: string): string =>
  `No MODULE named markup://${name} found : [markup://c:${user}]`;

/** Who imports: a component, and which of its files. */
interface Importer {
  readonly name: string;
  readonly file: BundleFile;
}

const baseName = ({ path }: BundleFile): string => path.slice(path.lastIndexOf('/') + 1);

const noReference = (reference: string, type: string, { file }: Importer): string =>
  `Invalid reference ${reference} of type ${type} in file ${baseName(file)}`;

function schemaProblem(reference: string, importer: Importer, plan: Plan): string | undefined {
  const [objectName = '', ...path] = reference.split('.');
  if (path.length === 0) {
    return plan.object(objectName) ? undefined : noReference(reference, 'sobject', importer);
  }
  return isFieldPath(plan, objectName, path)
    ? undefined
    : noReference(reference, 'sobjectField', importer);
}

function apexProblem(reference: string, plan: Plan): string | undefined {
  const [className = '', method] = reference.split('.');
  const body = plan.bodyOf('ApexClass', className) as ApexClass | undefined;
  if (!body) return `Unable to find Apex action class referenced as '${className}'.`;
  const source = (body.content ?? '').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
  const action = new RegExp(
    String.raw`@AuraEnabled\s*(\([^)]*\))?[^;{}()]*\bstatic\b[^;{}()]*\b${method ?? ''}\s*\(`,
    'i',
  );
  return method !== undefined && action.test(source)
    ? undefined
    : `Unable to find Apex action method referenced as '${reference}'.`;
}

/** Modules that stand for something deployed, and how to find it. */
const references: readonly (readonly [
  RegExp,
  (name: string, importer: Importer, plan: Plan) => string | undefined,
])[] = [
  [
    /^@salesforce\/label\/(.+)$/,
    (name, importer, plan) =>
      name.startsWith('c.') && plan.has('CustomLabel', name.slice(2))
        ? undefined
        : noReference(name, 'label', importer),
  ],
  [/^@salesforce\/schema\/(.+)$/, schemaProblem],
  [/^@salesforce\/apex\/(.+)$/, (name, _importer, plan) => apexProblem(name, plan)],
  [
    /^@salesforce\/resourceUrl\/(.+)$/,
    (name, importer, plan) =>
      plan.has('StaticResource', name) ? undefined : noReference(name, 'resourceUrl', importer),
  ],
  [
    /^@salesforce\/customPermission\/(.+)$/,
    (name, importer, plan) =>
      plan.has('CustomPermission', name)
        ? undefined
        : noReference(name, 'customPermission', importer),
  ],
  [
    /^@salesforce\/userPermission\/(.+)$/,
    (name, importer) =>
      userPermissionNames().has(name) ? undefined : noReference(name, 'userPermission', importer),
  ],
];

/** A file of the bundle, with or without the ending of a script. */
function ownFileProblem(module: string, { file }: Importer, body: LightningComponentBundle) {
  const wanted = new URL(module, `file:///${file.path}`).pathname.slice(1);
  const isThere = filesOf(body).some(({ path }) => path === wanted || path === `${wanted}.js`);
  return isThere ? undefined : `Failed to resolve import "${module}" from "${baseName(file)}"`;
}

/**
 * What is wrong with a module that a script imports.
 * @returns undefined when it is there
 */
export function moduleProblem(
  { module, names }: Import,
  importer: Importer,
  body: LightningComponentBundle,
  plan: Plan,
): string | undefined {
  if (module.startsWith('.')) return ownFileProblem(module, importer, body);
  const [, namespace = '', name = ''] = /^(c|lightning)\/(.+)$/.exec(module) ?? [];
  if (namespace === 'c') {
    const isThere = plan.nameOf('LightningComponentBundle', name) === name;
    return isThere ? undefined : noModule(`c:${name}`, importer.name);
  }
  if (namespace === 'lightning') {
    if (!isLightningModule(name)) return noModule(`lightning:${name}`, importer.name);
    const missing = names.find((one) => !mayExport(name, one));
    return missing === undefined ? undefined : `${missing} is not exported by ${module}`;
  }
  for (const [pattern, problem] of references) {
    const found = pattern.exec(module)?.[1];
    if (found !== undefined) return problem(found, importer, plan);
  }
  return isPlatformModule(module)
    ? undefined
    : `Failed to resolve import "${module}" from "${baseName(importer.file)}"`;
}
