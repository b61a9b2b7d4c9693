import { fileKinds, type FileKind, type FileType } from './kinds.ts';
import type { PackageFiles } from './zip.ts';

/** A file and the component that it describes. */
export interface Found {
  readonly kind: FileKind;
  readonly type: FileType;
  readonly fullName: string;
  /** Path of the XML. */
  readonly description: string;
}

const META = '-meta.xml';

/** The component whose file has that path, by the path alone. */
function foundAt(kind: FileKind, path: string): Found | undefined {
  const { type, directory, suffix, folderType } = kind;
  if (!path.startsWith(`${directory}/`)) return undefined;
  const steps = path.slice(directory.length + 1).split('/');
  const [first = '', second = ''] = steps;
  if (kind.isBundle) {
    const isDescription = steps.length === 2 && second === `${first}.${suffix}`;
    return isDescription ? { kind, type, fullName: first, description: path } : undefined;
  }
  if (folderType && steps.length === 1 && path.endsWith(META)) {
    const fullName = first.slice(0, -META.length);
    return { kind, type: folderType, fullName, description: path };
  }
  if (!path.endsWith(`.${suffix}`) || steps.length !== (folderType ? 2 : 1)) return undefined;
  const fullName = steps.join('/').slice(0, -(suffix.length + 1));
  return { kind, type, fullName, description: kind.isContent ? `${path}${META}` : path };
}

function findAt(path: string): Found | undefined {
  for (const kind of fileKinds) {
    const found = foundAt(kind, path);
    if (found) return found;
  }
  return undefined;
}

/** What a main file is; content without its description is nothing, nor is the latter alone. */
export function foundIn(path: string, files: PackageFiles): Found | undefined {
  const found = findAt(path);
  return found && files.paths.includes(found.description) ? found : undefined;
}

/** The description that the folder of a bundle must have; undefined for other paths. */
export function bundleDescription(path: string): Found | undefined {
  const [directory = '', fullName = ''] = path.split('/');
  const kind = fileKinds.find((one) => one.isBundle && one.directory === directory);
  if (!kind) return undefined;
  const description = `${directory}/${fullName}/${fullName}.${kind.suffix}`;
  return { kind, type: kind.type, fullName, description };
}

/** Whether the file belongs to a component whose main file is another one. */
function isBeside(path: string, files: PackageFiles): boolean {
  const bundle = bundleDescription(path);
  if (bundle) return files.paths.includes(bundle.description);
  if (!path.endsWith(META)) return false;
  const described = path.slice(0, -META.length);
  return files.paths.includes(described) && findAt(described)?.kind.isContent === true;
}

/** Paths that belong to no type which the local org takes; package.xml itself is not one of them. */
export function foreignPaths(files: PackageFiles): readonly string[] {
  return files.paths.filter(
    (path) => path !== 'package.xml' && !foundIn(path, files) && !isBeside(path, files),
  );
}
