import { parseXml, XmlError } from '../xml/parse-xml.ts';
import { metadataModel } from '../xml/type-model.ts';
import { notEmulated, type Contents, type Failure } from './components.ts';
import { isDeletionList } from './deletions.ts';
import { bundleDescription, foreignPaths, type Found } from './found-file.ts';
import { containers, isSupported, unsupportedChildren, type FileType } from './kinds.ts';
import type { Listed, Manifest } from './manifest.ts';
import type { PackageFiles } from './zip.ts';

const start = { line: 1, column: 1 };

/** Name of a component by one of its files: `classes/A.cls` is A, `lwc/panel/panel.js` is panel. */
function nameOf(path: string): string {
  const [, first = '', ...rest] = path.split('/');
  return rest.length > 0 ? first : first.replace(/(\.[^.]+)?-meta\.xml$|\.[^.]+$/, '');
}

function rootName(files: PackageFiles, path: string): string | undefined {
  try {
    return parseXml(files.text(path)).name;
  } catch (error) {
    // Source code and images are no XML; another file of the component tells its type.
    if (error instanceof XmlError) return undefined;
    throw error;
  }
}

function undescribed({ type, fullName, description }: Found, files: PackageFiles): Failure {
  const message = `Missing ${description}, the file that describes the component`;
  return { type, fullName, fileName: files.root + description, ...start, message };
}

/** Files of types that the local org does not take: one failure for each component. */
function foreign(files: PackageFiles, manifest: Manifest): Failure[] {
  const failures = new Map<string, Failure>();
  const typeless = new Map<string, string>();
  for (const path of foreignPaths(files)) {
    if (isDeletionList(path)) continue;
    const bundle = bundleDescription(path);
    if (bundle) {
      failures.set(bundle.description, undescribed(bundle, files));
      continue;
    }
    const fullName = nameOf(path);
    const component = `${path.slice(0, path.indexOf('/') + 1)}${fullName}`;
    const type = rootName(files, path);
    if (type === undefined) {
      typeless.set(component, path);
      continue;
    }
    const message = manifest.names(type, fullName) ? notEmulated(type) : 'Not in package.xml';
    failures.set(component, { type, fullName, fileName: files.root + path, ...start, message });
  }
  for (const [component, path] of typeless) {
    if (failures.has(component)) continue;
    const message = `The file ${path} belongs to no metadata type that the local org knows.`;
    failures.set(component, {
      type: '',
      fullName: nameOf(path),
      fileName: files.root + path,
      ...start,
      message,
    });
  }
  return [...failures.values()];
}

function missing(listed: Listed, files: PackageFiles): Failure {
  const { type, member, place } = listed;
  const isKnown = isSupported(type) || unsupportedChildren.has(type);
  const message = isKnown
    ? `An object '${member}' of type ${type} was named in package.xml, ` +
      'but was not found in zipped directory'
    : metadataModel().complex(type)
      ? notEmulated(type)
      : `Unknown type name '${type}' specified in package.xml`;
  const { line, column } = place;
  return { type, fullName: member, fileName: `${files.root}package.xml`, message, line, column };
}

/**
 * Where package.xml and the files do not agree, and what the local org does not take at all.
 * @param allowMissing the deploy's `allowMissingFiles`: names without a file are left out
 */
export function findUnmatched(
  files: PackageFiles,
  manifest: Manifest,
  contents: Contents,
  allowMissing: boolean,
): Failure[] {
  const strangers = foreign(files, manifest);
  const found = new Set(
    [...contents.drafts, ...contents.failures, ...strangers].map(
      (one) => `${one.type}:${one.fullName}`,
    ),
  );
  // A broken file of an object or a workflow hides what is in it; its own failure says enough.
  const brokenObjects = contents.failures.filter((one) => containers.has(one.type as FileType));
  const isHidden = ({ type, member }: Listed): boolean =>
    brokenObjects.some((one) => {
      const { children, ownNames } = containers.get(one.type as FileType) ?? {};
      return ownNames
        ? [...(children?.values() ?? [])].some((child) => child === type)
        : member.startsWith(`${one.fullName}.`);
    });
  const absent = manifest.listed.filter(
    (one) => one.member !== '*' && !found.has(`${one.type}:${one.member}`) && !isHidden(one),
  );
  const failures = allowMissing ? [] : absent.map((one) => missing(one, files));
  return [...strangers, ...failures];
}
