import { bundleRules } from './bundles/bundle-rules.ts';
import { bundleSettingsRules } from './bundles/bundle-settings-rules.ts';
import {
  clientAppRules,
  globalOauthRules,
  oauthSettingsRules,
} from './security/client-app-rules.ts';
import { oauthPolicyRules } from './security/client-app-policy-rules.ts';
import { cspSiteRules } from './security/csp-site-rules.ts';
import { labelRules, labelsRules } from './views/label-rules.ts';
import { pageRules } from './pages/page-rules.ts';
import { quickActionRules } from './pages/quick-action-rules.ts';
import { dashboardFolderRules, dashboardRules } from './reports/dashboard-rules.ts';
import { reportFolderRules, reportRules } from './reports/report-rules.ts';
import { objectTranslationRules } from './views/object-translation-rules.ts';
import { translationRules } from './views/translation-rules.ts';
import { apexClassRules, apexTriggerRules, staticResourceRules } from './bundles/apex-rules.ts';
import { applicationRules, customPermissionRules, tabRules } from './views/app-rules.ts';
import { externalCredentialRules, namedCredentialRules } from './security/credential-rules.ts';
import { fieldLimitRules } from './objects/field-limits.ts';
import { fieldRules } from './objects/field-rules.ts';
import { flowDefinitionRules } from './flows/flow-definition-rules.ts';
import { flowRules } from './flows/flow-rules.ts';
import { formulaRules } from './objects/formula-rules.ts';
import { layoutRules } from './pages/layout-rules.ts';
import { objectRules } from './objects/object-rules.ts';
import { permissionSetRules } from './security/permission-set-rules.ts';
import { picklistRules } from './objects/picklist-rules.ts';
import { recordRules } from './objects/record-rules.ts';
import { recordTypeRules } from './objects/record-type-rules.ts';
import { queueRules } from './security/queue-rules.ts';
import { relationRules } from './objects/relation-rules.ts';
import type { Rule } from './rule.ts';
import { sharingFileRules, sharingRules } from './security/sharing-rules.ts';
import { validationRules } from './objects/validation-rules.ts';
import { compactLayoutRules, listViewRules } from './views/view-rules.ts';
import { notificationTypeRules } from './views/notification-type-rules.ts';
import { outboundMessageRules, workflowRules } from './flows/workflow-rules.ts';
import type { Plan } from '../plan/plan.ts';
import type { DraftOf, SupportedType } from '../read/kinds.ts';
import type { Problem } from '../xml/read-typed.ts';

/** Every rule of a deploy, by the type that it is about. A new rule is one function in a list. */
const allRules: { readonly [T in SupportedType]: readonly Rule<T>[] } = {
  CustomObject: objectRules,
  CustomObjectTranslation: objectTranslationRules,
  CustomField: [
    ...fieldRules,
    ...fieldLimitRules,
    ...formulaRules,
    ...picklistRules,
    ...relationRules,
  ],
  CustomNotificationType: notificationTypeRules,
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
  ApexTrigger: apexTriggerRules,
  StaticResource: staticResourceRules,
  ExternalCredential: externalCredentialRules,
  NamedCredential: namedCredentialRules,
  Workflow: workflowRules,
  WorkflowOutboundMessage: outboundMessageRules,
  Flow: flowRules,
  FlowDefinition: flowDefinitionRules,
  LightningComponentBundle: [...bundleRules, ...bundleSettingsRules],
  FlexiPage: pageRules,
  QuickAction: quickActionRules,
  CustomLabels: labelsRules,
  CustomLabel: labelRules,
  Translations: translationRules,
  Report: reportRules,
  ReportFolder: reportFolderRules,
  Dashboard: dashboardRules,
  DashboardFolder: dashboardFolderRules,
  CspTrustedSite: cspSiteRules,
  SharingRules: sharingFileRules,
  SharingOwnerRule: sharingRules,
  Queue: queueRules,
  ExternalClientApplication: clientAppRules,
  ExtlClntAppOauthSettings: oauthSettingsRules,
  ExtlClntAppGlobalOauthSettings: globalOauthRules,
  ExtlClntAppOauthConfigurablePolicies: oauthPolicyRules,
};

/** What is wrong with a component in the org as planned. */
export function problemsOf<T extends SupportedType>(draft: DraftOf<T>, plan: Plan): Problem[] {
  return allRules[draft.type].flatMap((rule) => rule(draft, plan));
}
