import { NEWEST_VERSION } from '../../../model/api-version.ts';
import { compileProblems } from '../../lwc/compile.ts';
import { filesOf, mainFile, type BundleFile } from '../../lwc/bundle.ts';
import { readScript, type Import } from '../../lwc/script.ts';
import { componentsIn, moduleOf, type Child } from '../../lwc/template.ts';
import type { DraftOf } from '../../read/kinds.ts';
import type { Problem } from '../../xml/read-typed.ts';
import { moduleProblem, noModule } from './bundle-modules.ts';
import { isLightningModule } from '../../lwc/modules.ts';
import { refuse, type Rule } from '../rule.ts';

type BundleDraft = DraftOf<'LightningComponentBundle'>;
type BundleRule = Rule<'LightningComponentBundle'>;

const nameSentence =
  'must begin with a lower-case letter and hold only letters, digits and single underscores ' +
  'between them';

const nameIsGood: BundleRule = (draft) =>
  /^[a-z](?:_?[A-Za-z0-9])*$/.test(draft.fullName)
    ? []
    : refuse(draft, `The name of the component ${draft.fullName} ${nameSentence}`);

/** A class, a template of its own, or styles that others import. */
const mainExtensions = ['js', 'html', 'css'];

const hasMainFile: BundleRule = (draft) => {
  const { fullName: name, body } = draft;
  return mainExtensions.some((extension) => mainFile(body, name, extension))
    ? []
    : refuse(draft, `Cannot find Lightning Component Bundle ${name}: it has no ${name}.js`);
};

const extensions = new Set(['js', 'html', 'css', 'svg', 'js-meta.xml', 'xml', 'json']);

const filesAreOfKnownKinds: BundleRule = (draft) =>
  filesOf(draft.body)
    .filter(({ extension }) => !extensions.has(extension))
    .map(({ path }) => ({
      message: `A component holds no files of this kind: ${path}`,
      line: 1,
      column: 1,
      fileName: path,
    }));

const oldestVersion = 45;

const apiVersionIsKnown: BundleRule = (draft) => {
  const { apiVersion } = draft.body;
  if (apiVersion === undefined) return refuse(draft, 'Required field is missing: apiVersion');
  const isKnown =
    Number.isInteger(apiVersion) && apiVersion >= oldestVersion && apiVersion <= NEWEST_VERSION;
  return isKnown
    ? []
    : refuse(draft, `Invalid version specified: ${apiVersion}; write it as 66.0`, 'apiVersion');
};

interface Used<V> {
  readonly file: BundleFile;
  readonly what: V;
}

/** What the source says; as long as it does not compile, nothing is read from it. */
interface Reading {
  readonly problems: readonly Problem[];
  readonly imports: readonly Used<Import>[];
  readonly children: readonly Used<Child>[];
}

function readSource({ fullName, body }: BundleDraft): Reading {
  const files = filesOf(body);
  const version = body.apiVersion ?? NEWEST_VERSION;
  const problems = files.flatMap((file) => compileProblems(fullName, file, version));
  if (problems.length > 0) return { problems, imports: [], children: [] };
  const of = (wanted: string) => files.filter(({ extension }) => extension === wanted);
  return {
    problems,
    imports: of('js').flatMap((file) =>
      readScript(file.source).imports.map((what) => ({ file, what })),
    ),
    children: of('html').flatMap((file) =>
      componentsIn(file.source).map((what) => ({ file, what })),
    ),
  };
}

/** A deploy asks again whenever something else failed; what the source says stays. */
const known = new WeakMap<BundleDraft, Reading>();

function readingOf(draft: BundleDraft): Reading {
  const reading = known.get(draft) ?? readSource(draft);
  known.set(draft, reading);
  return reading;
}

const sourceCompiles: BundleRule = (draft) => readingOf(draft).problems;

const at = ({ file, what: { line, column } }: Used<Import | Child>, message: string): Problem => ({
  message,
  line,
  column,
  fileName: file.path,
});

const importsExist: BundleRule = (draft, plan) =>
  readingOf(draft).imports.flatMap((one) => {
    const importer = { name: draft.fullName, file: one.file };
    const wrong = moduleProblem(one.what, importer, draft.body, plan);
    return wrong === undefined ? [] : [at(one, wrong)];
  });

const childrenExist: BundleRule = (draft, plan) =>
  readingOf(draft).children.flatMap((one) => {
    const { namespace, name } = moduleOf(one.what.tag);
    const exists =
      namespace === 'c'
        ? plan.nameOf('LightningComponentBundle', name) === name
        : namespace === 'lightning' && isLightningModule(name);
    return exists ? [] : [at(one, noModule(`${namespace}:${name}`, draft.fullName))];
  });

/** What the source of a Lightning web component must fulfil. */
export const bundleRules: readonly BundleRule[] = [
  nameIsGood,
  hasMainFile,
  filesAreOfKnownKinds,
  apiVersionIsKnown,
  sourceCompiles,
  importsExist,
  childrenExist,
];
