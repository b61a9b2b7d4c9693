import { NEWEST_VERSION } from '../../model/api-version.ts';
import { folderTypes } from './kinds.ts';
import { openFile } from '../xml/open-file.ts';
import { childOf, childrenOf, type XmlElement } from '../xml/parse-xml.ts';
import { checkElement, problemAt, type Problem } from '../xml/read-typed.ts';

/** One name that package.xml lists. */
export interface Listed {
  readonly type: string;
  /** `*` stands for all of the type. */
  readonly member: string;
  readonly place: XmlElement;
}

/** What package.xml says is to be deployed. */
export interface Manifest {
  readonly version: string;
  readonly listed: readonly Listed[];
  /** Whether the component is named, by itself or by `*`. */
  names(type: string, fullName: string): boolean;
}

function checkVersion(root: XmlElement): Problem[] {
  const version = childOf(root, 'version');
  const number = Number(/^\d+\.0$/.exec(version?.text.trim() ?? '')?.[0]);
  return !version || (number > 0 && number <= NEWEST_VERSION)
    ? []
    : [problemAt(version, `Invalid version specified: ${version.text}; write it as 66.0`)];
}

/** A folder stands among its contents, with or without a slash: `Sales/` beside `Sales/Orders`. */
function listed(type: string, member: string): Pick<Listed, 'type' | 'member'> {
  const folderType = folderTypes.get(type);
  const folder = /^([^/*]+)\/?$/.exec(member)?.[1];
  return folderType && folder !== undefined
    ? { type: folderType, member: folder }
    : { type, member };
}

function listedIn(root: XmlElement): Listed[] {
  return childrenOf(root, 'types').flatMap((types) => {
    const type = childOf(types, 'name')?.text.trim() ?? '';
    return childrenOf(types, 'members').map((place) => ({
      ...listed(type, place.text.trim()),
      place,
    }));
  });
}

/**
 * Reads package.xml or a list of deletions, or says what is wrong in it.
 * @param needsVersion false for deletions, which are of no version
 */
export function readManifest(
  source: string,
  needsVersion = true,
): Manifest | { readonly problems: Problem[] } {
  const opened = openFile(source, 'Package');
  if ('problems' in opened) return opened;
  const { root } = opened;
  const problems = [...checkElement(root, 'Package'), ...checkVersion(root)].filter(
    ({ message }) => needsVersion || message !== 'Required field is missing: version',
  );
  if (problems.length > 0) return { problems };
  const listed = listedIn(root);
  const keys = new Set(listed.map(({ type, member }) => `${type}:${member}`));
  return {
    version: childOf(root, 'version')?.text.trim() ?? '',
    listed,
    names: (type, fullName) => keys.has(`${type}:${fullName}`) || keys.has(`${type}:*`),
  };
}
