import { containers, fileKinds, type FileType } from './kinds.ts';

export const childrenOf = (type: FileType): readonly string[] => [
  ...(containers.get(type)?.children.values() ?? []),
];

export interface ListedComponent {
  readonly type: string;
  readonly fullName: string;
}

/** Path of the component's file in a package. */
export function fileName({ type, fullName }: ListedComponent): string {
  const kind = fileKinds.find((one) => one.type === type);
  if (kind?.isBundle) return `${kind.directory}/${fullName}`;
  if (kind) return `${kind.directory}/${fullName}.${kind.suffix}`;
  const folders = fileKinds.find((one) => one.folderType === type);
  if (folders) return `${folders.directory}/${fullName}`;
  const owner = fileKinds.find((one) => childrenOf(one.type).includes(type));
  const isOwn = owner !== undefined && containers.get(owner.type)?.ownNames === true;
  const name = isOwn ? owner.type : fullName.slice(0, fullName.indexOf('.'));
  return `${owner?.directory ?? ''}/${name}.${owner?.suffix ?? ''}`;
}
