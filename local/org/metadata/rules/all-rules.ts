import { bundleRules } from './bundle-rules.ts';
import { bundleSettingsRules } from './bundle-settings-rules.ts';
import { cspSiteRules } from './csp-site-rules.ts';
import { labelRules, labelsRules } from './label-rules.ts';
import { pageRules } from './page-rules.ts';
import { quickActionRules } from './quick-action-rules.ts';
import { reportFolderRules, reportRules } from './report-rules.ts';
import { translationRules } from './translation-rules.ts';
import { apexClassRules, staticResourceRules } from './apex-rules.ts';
import { applicationRules, customPermissionRules, tabRules } from './app-rules.ts';
import { externalCredentialRules, namedCredentialRules } from './credential-rules.ts';
import { fieldLimitRules } from './field-limits.ts';
import { fieldRules } from './field-rules.ts';
import { flowRules } from './flow-rules.ts';
import { formulaRules } from './formula-rules.ts';
import { layoutRules } from './layout-rules.ts';
import { objectRules } from './object-rules.ts';
import { permissionSetRules } from './permission-set-rules.ts';
import { picklistRules } from './picklist-rules.ts';
import { recordRules } from './record-rules.ts';
import { recordTypeRules } from './record-type-rules.ts';
import { relationRules } from './relation-rules.ts';
import type { Rule } from './rule.ts';
import { sharingFileRules, sharingRules } from './sharing-rules.ts';
import { validationRules } from './validation-rules.ts';
import { compactLayoutRules, listViewRules } from './view-rules.ts';
import { outboundMessageRules, workflowRules } from './workflow-rules.ts';
import type { Plan } from '../plan/plan.ts';
import type { DraftOf, SupportedType } from '../read/kinds.ts';
import type { Problem } from '../xml/read-typed.ts';

/** Every rule of a deploy, by the type that it is about. A new rule is one function in a list. */
const allRules: { readonly [T in SupportedType]: readonly Rule<T>[] } = {
  CustomObject: objectRules,
  CustomField: [
    ...fieldRules,
    ...fieldLimitRules,
    ...formulaRules,
    ...picklistRules,
    ...relationRules,
  ],
  CustomPermission: customPermissionRules,
  CompactLayout: compactLayoutRules,
  ListView: listViewRules,
  RecordType: recordTypeRules,
  ValidationRule: validationRules,
  Layout: layoutRules,
  CustomTab: tabRules,
  CustomApplication: applicationRules,
  PermissionSet: permissionSetRules,
  CustomMetadata: recordRules,
  ApexClass: apexClassRules,
  StaticResource: staticResourceRules,
  ExternalCredential: externalCredentialRules,
  NamedCredential: namedCredentialRules,
  Workflow: workflowRules,
  WorkflowOutboundMessage: outboundMessageRules,
  Flow: flowRules,
  LightningComponentBundle: [...bundleRules, ...bundleSettingsRules],
  FlexiPage: pageRules,
  QuickAction: quickActionRules,
  CustomLabels: labelsRules,
  CustomLabel: labelRules,
  Translations: translationRules,
  Report: reportRules,
  ReportFolder: reportFolderRules,
  CspTrustedSite: cspSiteRules,
  SharingRules: sharingFileRules,
  SharingOwnerRule: sharingRules,
};

/** What is wrong with a component in the org as planned. */
export function problemsOf<T extends SupportedType>(draft: DraftOf<T>, plan: Plan): Problem[] {
  return allRules[draft.type].flatMap((rule) => rule(draft, plan));
}
