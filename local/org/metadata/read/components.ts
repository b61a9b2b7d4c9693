import { openFile } from '../xml/open-file.ts';
import type { XmlElement } from '../xml/parse-xml.ts';
import {
  checkElement,
  checkRepeats,
  problemAt,
  readTyped,
  type Problem,
} from '../xml/read-typed.ts';
import { childOf } from '../xml/parse-xml.ts';
import { foundIn, type Found } from './found-file.ts';
import {
  containers,
  type Container,
  type Draft,
  type FileType,
  type SupportedType,
} from './kinds.ts';
import type { Manifest } from './manifest.ts';
import type { PackageFiles } from './zip.ts';

/** A component that cannot be deployed, and why. */
export interface Failure extends Problem {
  readonly type: string;
  readonly fullName: string;
  /** Path in the zip. */
  readonly fileName: string;
}

/** What a deploy brings: components that are right by the schema, and those that are not. */
export interface Contents {
  readonly drafts: readonly Draft[];
  readonly failures: readonly Failure[];
}

interface Named {
  readonly type: string;
  readonly fullName: string;
  readonly fileName: string;
}

const failed = (named: Named, problems: readonly Problem[]): Failure[] =>
  problems.map((problem) => ({ ...problem, ...named }));

export const notEmulated = (type: string): string =>
  `The local org does not emulate the metadata type ${type} yet. ` +
  'Leave it out of this deploy, or deploy it to a real org.';

/** One component from its element, or its failures. */
function readComponent(
  type: SupportedType,
  named: Omit<Named, 'type'>,
  element: XmlElement,
): Contents {
  const problems = checkElement(element, type);
  if (problems.length > 0) return { drafts: [], failures: failed({ type, ...named }, problems) };
  // The type decides what the body is; TypeScript cannot follow that through the union.
  const draft = { type, ...named, element, body: readTyped(element, type) } as Draft;
  return { drafts: [draft], failures: [] };
}

const merge = (parts: readonly Contents[]): Contents => ({
  drafts: parts.flatMap((part) => part.drafts),
  failures: parts.flatMap((part) => part.failures),
});

/** A file whose component holds others, and what package.xml says. */
interface ContainerFile {
  readonly type: FileType;
  readonly container: Container;
  /** Name of the object that the file is about. */
  readonly owner: string;
  readonly fileName: string;
  readonly manifest: Manifest;
}

function readChild(
  { type: ownerType, container, owner, fileName, manifest }: ContainerFile,
  child: XmlElement,
): Contents {
  const { children, unsupported } = container;
  const type = children.get(child.name) ?? unsupported.get(child.name) ?? '';
  const name = childOf(child, 'fullName')?.text.trim() ?? '';
  const fullName = container.ownNames ? name : `${owner}.${name}`;
  const named = { type, fullName, fileName };
  const refuse = (message: string): Contents => ({
    drafts: [],
    failures: failed(named, [problemAt(child, message)]),
  });
  if (name === '') return refuse('Required field is missing: fullName');
  // Listing an object or a workflow lists all that is in its file.
  const isListed = manifest.names(ownerType, owner) || manifest.names(type, named.fullName);
  if (!isListed) return refuse('Not in package.xml');
  const supported = children.get(child.name);
  return supported ? readComponent(supported, named, child) : refuse(notEmulated(type));
}

/** An object's file holds the object and its fields, list views and so on; a workflow's its messages. */
function readContainer(file: ContainerFile, root: XmlElement): Contents {
  const { type, container, owner, fileName, manifest } = file;
  const isChild = (one: XmlElement): boolean =>
    container.children.has(one.name) || container.unsupported.has(one.name);
  const children = root.children.filter(isChild).map((child) => readChild(file, child));
  const own = { ...root, children: root.children.filter((one) => !isChild(one)) };
  const named = { type, fullName: owner, fileName };
  if (manifest.names(type, owner)) {
    const repeats = failed(named, checkRepeats(root, type));
    const { drafts, failures } = readComponent(type, named, own);
    const body = { drafts: repeats.length > 0 ? [] : drafts, failures: [...failures, ...repeats] };
    return merge([body, ...children]);
  }
  // Where only a part of the object is listed, what else stands in the file is left as it is in the org.
  if (children.length > 0) return merge(children);
  const stranger = failed(named, [problemAt(root, 'Not in package.xml')]);
  return merge([{ drafts: [], failures: stranger }, ...children]);
}

/** Why the description of a component, or its code, is no text; a static resource may be anything. */
function encodingProblems(
  { kind, description }: Found,
  path: string,
  files: PackageFiles,
): readonly Problem[] {
  const wrong = files.encodingProblem(description);
  if (wrong) return [{ ...wrong, message: `Error parsing file: ${wrong.message}` }];
  const isCode = kind.isContent === true && kind.type !== 'StaticResource';
  const inCode = isCode ? files.encodingProblem(path) : undefined;
  return inCode ? [inCode] : [];
}

function readFile(found: Found, path: string, files: PackageFiles, manifest: Manifest): Contents {
  const { kind, type, fullName, description } = found;
  const named = { type, fullName, fileName: files.root + path };
  const encoding = encodingProblems(found, path, files);
  if (encoding.length > 0) return { drafts: [], failures: failed(named, encoding) };
  const opened = openFile(files.text(description), type);
  if ('problems' in opened) return { drafts: [], failures: failed(named, opened.problems) };
  const container = containers.get(type);
  if (container) {
    const file = { type, container, owner: fullName, fileName: named.fileName, manifest };
    return readContainer(file, opened.root);
  }
  if (!manifest.names(type, fullName)) {
    return {
      drafts: [],
      failures: failed(named, [problemAt(opened.root, 'Not in package.xml')]),
    };
  }
  if (kind.isBundle) return readBundle(named, opened.root, files);
  const read = readComponent(type, named, opened.root);
  return kind.isContent ? withBody(read, { content: files.text(path) }) : read;
}

/** Such a component is what lies beside its description. */
function withBody({ drafts, failures }: Contents, more: object): Contents {
  return {
    drafts: drafts.map((draft) => ({ ...draft, body: { ...draft.body, ...more } }) as Draft),
    failures,
  };
}

/**
 * A Lightning web component is all files of its folder. What its settings say of each target is no
 * part of the published type; the rules read it from the file, which is kept among the others.
 */
function readBundle(
  named: { readonly type: FileType; readonly fullName: string; readonly fileName: string },
  root: XmlElement,
  files: PackageFiles,
): Contents {
  const typed = { ...root, children: root.children.filter(({ name }) => name !== 'targetConfigs') };
  const read = readComponent(named.type, named, typed);
  const whole = read.drafts.map((draft): Draft => ({ ...draft, element: root }));
  const lwcResource = files.paths
    .filter((path) => path.startsWith(`lwc/${named.fullName}/`))
    .toSorted()
    .map((filePath) => ({ filePath, source: files.text(filePath) }));
  return withBody({ ...read, drafts: whole }, { lwcResources: { lwcResource } });
}

/** Reads all files of the package that are of types which the local org takes. */
export function readComponents(files: PackageFiles, manifest: Manifest): Contents {
  return merge(
    files.paths.flatMap((path) => {
      const found = foundIn(path, files);
      return found ? [readFile(found, path, files, manifest)] : [];
    }),
  );
}
