import type { DeployTarget } from '../../model/deploy-target.ts';
import { makeId } from '../../model/ids.ts';
import type { Deployer } from '../plan/target.ts';
import { childrenOf, fileName, type ListedComponent } from '../read/file-name.ts';
import { containers, fileKinds, folderTypes, isSupported } from '../read/kinds.ts';

/** The metadata types that the local org takes, as `describeMetadata` lists them. */
export function describeMetadata(): unknown {
  return {
    metadataObjects: fileKinds.map(({ type, directory, suffix, isContent, isBundle }) => ({
      ...(containers.has(type) ? { childXmlNames: childrenOf(type) } : {}),
      directoryName: directory,
      inFolder: folderTypes.has(type),
      metaFile: isContent === true,
      ...(isBundle ? {} : { suffix }),
      xmlName: type,
    })),
    organizationNamespace: '',
    partialSaveAllowed: true,
    testRequired: false,
  };
}

/** What the org has of a type: deployed components, and of objects also the standard ones. */
function componentsOf(target: DeployTarget, type: string): readonly ListedComponent[] {
  const deployed = target.components().filter((one) => one.type === type);
  if (type !== 'CustomObject') return deployed;
  const known = new Set(deployed.map((one) => one.fullName));
  const standard = [...target.schema().values()]
    .filter((object) => object.kind === 'standard' && !known.has(object.name))
    .map((object) => ({ type, fullName: object.name }));
  return [...deployed, ...standard];
}

/** A component as lists and retrieves tell of it. */
export function propertiesOf(
  component: ListedComponent,
  index: number,
  by: Deployer,
  now: string,
): Readonly<Record<string, string>> & { readonly fileName: string } {
  return {
    createdById: by.id,
    createdByName: by.name,
    createdDate: now,
    fileName: fileName(component),
    fullName: component.fullName,
    id: makeId('000', index + 1),
    lastModifiedById: by.id,
    lastModifiedByName: by.name,
    lastModifiedDate: now,
    manageableState: 'unmanaged',
    type: component.type,
  };
}

/**
 * The components of a type, as `listMetadata` lists them.
 * @returns undefined for a type that the local org does not take
 */
export function listMetadata(
  target: DeployTarget,
  type: string,
  by: Deployer,
  now: string,
): readonly unknown[] | undefined {
  if (!isSupported(type)) return undefined;
  return componentsOf(target, type).map((component, index) =>
    propertiesOf(component, index, by, now),
  );
}
