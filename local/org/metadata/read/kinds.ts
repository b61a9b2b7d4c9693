import type { ApiSchemaTypes } from '@salesforce/types/metadata';
import type { XmlElement } from '../xml/parse-xml.ts';

/** Metadata types that have a file of their own and that the local org takes. */
export type FileType =
  | 'CustomObject'
  | 'CustomObjectTranslation'
  | 'CustomNotificationType'
  | 'CustomPermission'
  | 'Layout'
  | 'CustomTab'
  | 'CustomApplication'
  | 'PermissionSet'
  | 'CustomMetadata'
  | 'ApexClass'
  | 'ApexTrigger'
  | 'StaticResource'
  | 'ExternalCredential'
  | 'NamedCredential'
  | 'Workflow'
  | 'Flow'
  | 'FlowDefinition'
  | 'LightningComponentBundle'
  | 'FlexiPage'
  | 'QuickAction'
  | 'CustomLabels'
  | 'Translations'
  | 'Report'
  | 'ReportFolder'
  | 'Dashboard'
  | 'DashboardFolder'
  | 'CspTrustedSite'
  | 'SharingRules'
  | 'Queue'
  | 'ExternalClientApplication'
  | 'ExtlClntAppOauthSettings'
  | 'ExtlClntAppGlobalOauthSettings'
  | 'ExtlClntAppOauthConfigurablePolicies';

/** Metadata types that live inside the file of another component and that the local org takes. */
type ChildType =
  | 'CustomField'
  | 'CompactLayout'
  | 'ListView'
  | 'RecordType'
  | 'ValidationRule'
  | 'WorkflowOutboundMessage'
  | 'CustomLabel'
  | 'SharingOwnerRule';

export type SupportedType = FileType | ChildType;

export interface FileKind {
  readonly type: FileType;
  readonly directory: string;
  readonly suffix: string;
  /** The file is content, and a file beside it, `…-meta.xml`, describes it. */
  readonly isContent?: true;
  /** A folder of files of which `<folder>.<suffix>` describes the component. */
  readonly isBundle?: true;
  /** Components lie in folders, which are components of this type: `reports/Sales-meta.xml`. */
  readonly folderType?: FileType;
}

export const fileKinds: readonly FileKind[] = [
  { type: 'CustomObject', directory: 'objects', suffix: 'object' },
  { type: 'CustomPermission', directory: 'customPermissions', suffix: 'customPermission' },
  { type: 'CustomNotificationType', directory: 'notificationtypes', suffix: 'notiftype' },
  { type: 'Layout', directory: 'layouts', suffix: 'layout' },
  { type: 'CustomTab', directory: 'tabs', suffix: 'tab' },
  { type: 'CustomApplication', directory: 'applications', suffix: 'app' },
  { type: 'PermissionSet', directory: 'permissionsets', suffix: 'permissionset' },
  { type: 'CustomMetadata', directory: 'customMetadata', suffix: 'md' },
  { type: 'ApexClass', directory: 'classes', suffix: 'cls', isContent: true },
  { type: 'ApexTrigger', directory: 'triggers', suffix: 'trigger', isContent: true },
  { type: 'StaticResource', directory: 'staticresources', suffix: 'resource', isContent: true },
  { type: 'ExternalCredential', directory: 'externalCredentials', suffix: 'externalCredential' },
  { type: 'NamedCredential', directory: 'namedCredentials', suffix: 'namedCredential' },
  { type: 'Workflow', directory: 'workflows', suffix: 'workflow' },
  { type: 'Flow', directory: 'flows', suffix: 'flow' },
  { type: 'FlowDefinition', directory: 'flowDefinitions', suffix: 'flowDefinition' },
  { type: 'LightningComponentBundle', directory: 'lwc', suffix: 'js-meta.xml', isBundle: true },
  { type: 'FlexiPage', directory: 'flexipages', suffix: 'flexipage' },
  { type: 'QuickAction', directory: 'quickActions', suffix: 'quickAction' },
  { type: 'CustomLabels', directory: 'labels', suffix: 'labels' },
  { type: 'Translations', directory: 'translations', suffix: 'translation' },
  {
    type: 'CustomObjectTranslation',
    directory: 'objectTranslations',
    suffix: 'objectTranslation',
  },
  { type: 'Report', directory: 'reports', suffix: 'report', folderType: 'ReportFolder' },
  {
    type: 'Dashboard',
    directory: 'dashboards',
    suffix: 'dashboard',
    folderType: 'DashboardFolder',
  },
  { type: 'CspTrustedSite', directory: 'cspTrustedSites', suffix: 'cspTrustedSite' },
  { type: 'SharingRules', directory: 'sharingRules', suffix: 'sharingRules' },
  { type: 'Queue', directory: 'queues', suffix: 'queue' },
  { type: 'ExternalClientApplication', directory: 'externalClientApps', suffix: 'eca' },
  { type: 'ExtlClntAppOauthSettings', directory: 'extlClntAppOauthSettings', suffix: 'ecaOauth' },
  {
    type: 'ExtlClntAppGlobalOauthSettings',
    directory: 'extlClntAppGlobalOauthSets',
    suffix: 'ecaGlblOauth',
  },
  {
    type: 'ExtlClntAppOauthConfigurablePolicies',
    directory: 'extlClntAppOauthPolicies',
    suffix: 'ecaOauthPlcy',
  },
];

/** Types of the folders of other types; package.xml lists a folder under the type of its contents. */
export const folderTypes: ReadonlyMap<string, FileType> = new Map(
  fileKinds.flatMap(({ type, folderType }) => (folderType ? [[type, folderType] as const] : [])),
);

/** What the file of a type holds beside the component itself. */
export interface Container {
  /** Which elements are components of their own. */
  readonly children: ReadonlyMap<string, ChildType>;
  /** Components that a real org takes there and this one does not yet. */
  readonly unsupported: ReadonlyMap<string, string>;
  /** The components in it are named by themselves, without the owner's name before theirs. */
  readonly ownNames?: true;
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

const labels: Container = {
  children: new Map([['labels', 'CustomLabel']]),
  unsupported: new Map(),
  ownNames: true,
};

const sharingRules: Container = {
  children: new Map([['sharingOwnerRules', 'SharingOwnerRule']]),
  unsupported: new Map([
    ['sharingCriteriaRules', 'SharingCriteriaRule'],
    ['sharingGuestRules', 'SharingGuestRule'],
    ['sharingTerritoryRules', 'SharingTerritoryRule'],
  ]),
};

/** Types whose files hold other components. */
export const containers: ReadonlyMap<FileType, Container> = new Map([
  ['CustomObject', object],
  ['Workflow', workflow],
  ['CustomLabels', labels],
  ['SharingRules', sharingRules],
]);

const childTypes: ReadonlySet<string> = new Set(
  [...containers.values()].flatMap(({ children }) => [...children.values()]),
);

/** Whether components of the type live in the file of another one. */
export const isChild = (type: string): boolean => childTypes.has(type);

/** The types of components inside others that the local org does not take. */
export const unsupportedChildren: ReadonlySet<string> = new Set(
  [...containers.values()].flatMap(({ unsupported }) => [...unsupported.values()]),
);

const supported: ReadonlySet<string> = new Set<string>([
  ...fileKinds.map((kind) => kind.type),
  ...folderTypes.values(),
  ...childTypes,
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
