import type { ApiSchemaTypes } from '@salesforce/types/metadata';
import type { XmlElement } from '../xml/parse-xml.ts';

/** Metadata types that have a file of their own and that the local org takes. */
export type FileType =
  | 'CustomObject'
  | 'CustomPermission'
  | 'Layout'
  | 'CustomTab'
  | 'CustomApplication'
  | 'PermissionSet'
  | 'CustomMetadata'
  | 'ApexClass'
  | 'StaticResource'
  | 'ExternalCredential'
  | 'NamedCredential'
  | 'Workflow'
  | 'Flow';

/** Metadata types that live inside the file of an object or a workflow and that the local org takes. */
export type ChildType =
  | 'CustomField'
  | 'CompactLayout'
  | 'ListView'
  | 'RecordType'
  | 'ValidationRule'
  | 'WorkflowOutboundMessage';

export type SupportedType = FileType | ChildType;

export interface FileKind {
  readonly type: FileType;
  readonly directory: string;
  readonly suffix: string;
  /** The file is content, and a file beside it, `…-meta.xml`, describes it. */
  readonly isContent?: true;
}

export const fileKinds: readonly FileKind[] = [
  { type: 'CustomObject', directory: 'objects', suffix: 'object' },
  { type: 'CustomPermission', directory: 'customPermissions', suffix: 'customPermission' },
  { type: 'Layout', directory: 'layouts', suffix: 'layout' },
  { type: 'CustomTab', directory: 'tabs', suffix: 'tab' },
  { type: 'CustomApplication', directory: 'applications', suffix: 'app' },
  { type: 'PermissionSet', directory: 'permissionsets', suffix: 'permissionset' },
  { type: 'CustomMetadata', directory: 'customMetadata', suffix: 'md' },
  { type: 'ApexClass', directory: 'classes', suffix: 'cls', isContent: true },
  { type: 'StaticResource', directory: 'staticresources', suffix: 'resource', isContent: true },
  { type: 'ExternalCredential', directory: 'externalCredentials', suffix: 'externalCredential' },
  { type: 'NamedCredential', directory: 'namedCredentials', suffix: 'namedCredential' },
  { type: 'Workflow', directory: 'workflows', suffix: 'workflow' },
  { type: 'Flow', directory: 'flows', suffix: 'flow' },
];

/** What the file of a type holds beside the component itself. */
export interface Container {
  /** Which elements are components of their own. */
  readonly children: ReadonlyMap<string, ChildType>;
  /** Components that a real org takes there and this one does not yet. */
  readonly unsupported: ReadonlyMap<string, string>;
}

const object: Container = {
  children: new Map([
    ['fields', 'CustomField'],
    ['compactLayouts', 'CompactLayout'],
    ['listViews', 'ListView'],
    ['recordTypes', 'RecordType'],
    ['validationRules', 'ValidationRule'],
  ]),
  unsupported: new Map([
    ['businessProcesses', 'BusinessProcess'],
    ['fieldSets', 'FieldSet'],
    ['indexes', 'Index'],
    ['sharingReasons', 'SharingReason'],
    ['webLinks', 'WebLink'],
  ]),
};

const workflow: Container = {
  children: new Map([['outboundMessages', 'WorkflowOutboundMessage']]),
  unsupported: new Map([
    ['alerts', 'WorkflowAlert'],
    ['fieldUpdates', 'WorkflowFieldUpdate'],
    ['flowActions', 'WorkflowFlowAction'],
    ['flowAutomation', 'WorkflowFlowAutomation'],
    ['knowledgePublishes', 'WorkflowKnowledgePublish'],
    ['notifications', 'WorkflowNotification'],
    ['rules', 'WorkflowRule'],
    ['send', 'WorkflowSend'],
    ['tasks', 'WorkflowTask'],
  ]),
};

/** Types whose files hold other components. */
export const containers: ReadonlyMap<FileType, Container> = new Map([
  ['CustomObject', object],
  ['Workflow', workflow],
]);

/** The types of components inside others that the local org does not take. */
export const unsupportedChildren: ReadonlySet<string> = new Set(
  [...containers.values()].flatMap(({ unsupported }) => [...unsupported.values()]),
);

const supported: ReadonlySet<string> = new Set<SupportedType>([
  ...fileKinds.map((kind) => kind.type),
  ...[...containers.values()].flatMap(({ children }) => [...children.values()]),
]);

export const isSupported = (type: string): boolean => supported.has(type);

/** A component as a deploy brings it, right by the schema, not yet checked against the org. */
export interface DraftOf<T extends SupportedType> {
  readonly type: T;
  readonly fullName: string;
  /** Path in the zip. */
  readonly fileName: string;
  readonly body: ApiSchemaTypes[T];
  /** The element that the body was read from, for places. */
  readonly element: XmlElement;
}

export type Draft = { [T in SupportedType]: DraftOf<T> }[SupportedType];
