import { isCustomMetadataType, isCustomObject } from '../../plan/object-definition.ts';
import type { Plan } from '../../plan/plan.ts';
import type { DraftOf } from '../../read/kinds.ts';
import { labelProblem, nameProblem, textProblem } from '../names.ts';
import { numberFormatProblem } from './number-format.ts';
import { pageOverrideProblem } from './page-overrides.ts';
import { notFound, refuse, type Rule } from '../rule.ts';

type ObjectDraft = DraftOf<'CustomObject'>;
type ObjectRule = Rule<'CustomObject'>;

const isStandard = (draft: ObjectDraft, plan: Plan): boolean => {
  const kind = plan.before.schema.get(draft.fullName.toLowerCase())?.kind;
  return kind === 'standard' || kind === 'system';
};

const kindIsEmulated: ObjectRule = (draft, plan) => {
  if (isCustomObject(draft.fullName) || isStandard(draft, plan)) return [];
  const suffix = /__[a-z]+$/i.exec(draft.fullName)?.[0];
  return refuse(
    draft,
    suffix === undefined
      ? notFound('fullName', 'CustomObject', draft.fullName)
      : `The local org does not emulate objects that end in ${suffix}: ${draft.fullName}.`,
  );
};

const nameIsGood: ObjectRule = (draft) => {
  if (!isCustomObject(draft.fullName)) return [];
  const wrong = nameProblem(draft.fullName.replace(/__(c|mdt)$/, ''));
  return wrong === undefined ? [] : refuse(draft, wrong);
};

const settingsAreComplete: ObjectRule = (draft, plan) => {
  if (isStandard(draft, plan)) return [];
  const { body } = draft;
  const label = labelProblem('CustomObject', body.label, 40);
  if (label !== undefined) return refuse(draft, label, 'label');
  const plural = labelProblem('CustomObject', body.pluralLabel, 40);
  if (plural !== undefined) return refuse(draft, plural.replace('label', 'pluralLabel'));
  if (isCustomMetadataType(draft.fullName)) return [];
  if (!body.nameField) {
    return refuse(draft, 'Must specify a nameField of type Text or AutoNumber');
  }
  for (const name of ['sharingModel', 'deploymentStatus'] as const) {
    if (body[name] === undefined) return refuse(draft, `Must specify ${name} for the CustomObject`);
  }
  return [];
};

const nameFieldIsGood: ObjectRule = (draft) => {
  const { nameField } = draft.body;
  if (!nameField) return [];
  if (isCustomMetadataType(draft.fullName)) {
    return refuse(draft, 'Can not specify nameField for a custom metadata type', 'nameField');
  }
  if (nameField.type !== 'Text' && nameField.type !== 'AutoNumber') {
    return refuse(draft, 'Must specify a nameField of type Text or AutoNumber', 'nameField');
  }
  const label = labelProblem('nameField', nameField.label, 40);
  if (label !== undefined) return refuse(draft, label, 'nameField');
  if (nameField.type !== 'AutoNumber') return [];
  const format = numberFormatProblem(nameField.displayFormat);
  return format === undefined ? [] : refuse(draft, format, 'nameField');
};

/** Settings of objects that hold records; metadata types have none of them, whatever their value. */
const recordSettings = [
  'deploymentStatus',
  'enableActivities',
  'enableFeeds',
  'enableHistory',
  'enableReports',
  'enableSearch',
  'externalSharingModel',
  'sharingModel',
] as const;

const metadataTypesHaveNoRecords: ObjectRule = (draft) =>
  isCustomMetadataType(draft.fullName)
    ? recordSettings
        .filter((name) => draft.body[name] !== undefined)
        .flatMap((name) =>
          refuse(draft, `Can not specify ${name} for a custom metadata type`, name),
        )
    : [];

/** An object is one of all these APIs or of none. */
const apisAreAllOrNone: ObjectRule = (draft) => {
  const { body } = draft;
  const sharing = body.enableSharing;
  if (sharing === undefined) return [];
  return (['enableBulkApi', 'enableStreamingApi'] as const)
    .filter((name) => body[name] !== undefined && body[name] !== sharing)
    .flatMap((name) => refuse(draft, `${name} and enableSharing must match`, name));
};

const textsFit: ObjectRule = (draft) => {
  const wrong = textProblem('description', draft.body.description, 1000);
  return wrong === undefined ? [] : refuse(draft, wrong, 'description');
};

const widths: readonly string[] = ['Private', 'Read', 'ReadWrite', 'ReadWriteTransfer'];

const outsideIsNoWider: ObjectRule = (draft, plan) => {
  const { externalSharingModel: outside } = draft.body;
  const inside = plan.object(draft.fullName)?.sharingModel ?? '';
  if (outside === undefined || !widths.includes(inside)) return [];
  return widths.indexOf(outside) <= widths.indexOf(inside)
    ? []
    : refuse(
        draft,
        `externalSharingModel ${outside} is wider than sharingModel ${inside}`,
        'externalSharingModel',
      );
};

const sharingFitsParents: ObjectRule = (draft, plan) => {
  const object = plan.object(draft.fullName);
  if (object?.kind !== 'custom') return [];
  const isDetail = object.fields.some((field) => field.masterDetail);
  const isControlled = object.sharingModel === 'ControlledByParent';
  if (isDetail === isControlled) return [];
  const message = isDetail
    ? `Cannot set sharingModel to ${object.sharingModel} on a CustomObject with a MasterDetail ` +
      'relationship field; it must be ControlledByParent'
    : 'Cannot set sharingModel to ControlledByParent on a CustomObject without a MasterDetail ' +
      'relationship field';
  return refuse(draft, message, 'sharingModel');
};

const atMostTwoParents: ObjectRule = (draft, plan) => {
  const parents = plan.object(draft.fullName)?.fields.filter((field) => field.masterDetail) ?? [];
  return parents.length > 2
    ? refuse(draft, 'A custom object can have at most two master-detail relationships')
    : [];
};

const metadataTypeLimit = 200;

const metadataTypesAreFew: ObjectRule = (draft, plan) => {
  if (!isCustomMetadataType(draft.fullName)) return [];
  const types = plan.allObjects().filter(({ kind }) => kind === 'customMetadata');
  const at = types.findIndex(({ name }) => name.toLowerCase() === draft.fullName.toLowerCase());
  return at < metadataTypeLimit
    ? []
    : refuse(draft, `An org has at most ${metadataTypeLimit} custom metadata types`);
};

const specialKindsAreNotEmulated: ObjectRule = (draft) => {
  const special = ['customSettingsType', 'eventType', 'externalDataSource'] as const;
  return special.flatMap((name) =>
    draft.body[name] === undefined
      ? []
      : refuse(draft, `The local org does not emulate objects with ${name}.`, name),
  );
};

const compactLayoutExists: ObjectRule = (draft, plan) => {
  const name = draft.body.compactLayoutAssignment;
  if (name === undefined || name === 'SYSTEM') return [];
  return plan.has('CompactLayout', `${draft.fullName}.${name}`)
    ? []
    : refuse(
        draft,
        notFound('compactLayoutAssignment', 'CompactLayout', `${draft.fullName}.${name}`),
        'compactLayoutAssignment',
      );
};

const overrideTargets: ReadonlyMap<string, string> = new Map([
  ['LightningComponent', 'AuraDefinitionBundle'],
  ['Visualforce', 'ApexPage'],
  ['Scontrol', 'Scontrol'],
]);

const overridesLeadSomewhere: ObjectRule = (draft, plan) =>
  draft.body.actionOverrides.flatMap((override, index) => {
    const { type = 'Default', content = '' } = override;
    if (type === 'Flexipage') {
      const wrong = pageOverrideProblem(override, draft.fullName, plan);
      return wrong === undefined ? [] : refuse(draft, wrong, 'actionOverrides', index);
    }
    const target = overrideTargets.get(type);
    return target === undefined || plan.has(target, content)
      ? []
      : refuse(draft, notFound('content', target, content), 'actionOverrides', index);
  });

const searchFieldsExist: ObjectRule = (draft, plan) => {
  const layouts = draft.body.searchLayouts;
  if (!layouts) return [];
  const names = [
    ...layouts.customTabListAdditionalFields,
    ...layouts.lookupDialogsAdditionalFields,
    ...layouts.lookupPhoneDialogsAdditionalFields,
    ...layouts.searchFilterFields,
    ...layouts.searchResultsAdditionalFields,
  ];
  return names
    .filter((name) => name.endsWith('__c') && !plan.field(draft.fullName, name))
    .flatMap((name) =>
      refuse(
        draft,
        notFound('searchLayouts', 'CustomField', `${draft.fullName}.${name}`),
        'searchLayouts',
      ),
    );
};

/** What a custom object, a custom metadata type or a standard object's settings must fulfil. */
export const objectRules: readonly ObjectRule[] = [
  kindIsEmulated,
  nameIsGood,
  settingsAreComplete,
  nameFieldIsGood,
  metadataTypesHaveNoRecords,
  apisAreAllOrNone,
  textsFit,
  outsideIsNoWider,
  sharingFitsParents,
  atMostTwoParents,
  metadataTypesAreFew,
  specialKindsAreNotEmulated,
  compactLayoutExists,
  overridesLeadSomewhere,
  searchFieldsExist,
];
