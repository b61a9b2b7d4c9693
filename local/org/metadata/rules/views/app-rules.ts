import type { FlexiPage, LightningComponentBundle } from '@salesforce/types/metadata';
import { knownMotifs } from '../../../model/known-rights.ts';
import { labelProblem, nameProblem, textProblem } from '../names.ts';
import { appOverrideProblem } from '../objects/page-overrides.ts';
import { notFound, refuse, repeated, type Rule } from '../rule.ts';
import { isTab } from './tabs.ts';

const permissionIsGood: Rule<'CustomPermission'> = (draft) => {
  const wrong = {
    fullName: nameProblem(draft.fullName, 80),
    label: labelProblem('CustomPermission', draft.body.label, 80),
    description: textProblem('description', draft.body.description, 255),
  };
  return Object.entries(wrong).flatMap(([element, message]) =>
    message === undefined ? [] : refuse(draft, message, element),
  );
};

const requiredPermissionsExist: Rule<'CustomPermission'> = (draft, plan) =>
  draft.body.requiredPermission.flatMap(({ customPermission }, index) =>
    plan.has('CustomPermission', customPermission)
      ? []
      : refuse(
          draft,
          notFound('customPermission', 'CustomPermission', customPermission),
          'requiredPermission',
          index,
        ),
  );

/** What a custom permission must fulfil. */
export const customPermissionRules: readonly Rule<'CustomPermission'>[] = [
  permissionIsGood,
  requiredPermissionsExist,
];

/** What a tab can show, and what that is when it is another component. */
const tabContents = [
  ['auraComponent', 'AuraDefinitionBundle'],
  ['flexiPage', 'FlexiPage'],
  ['lwcComponent', 'LightningComponentBundle'],
  ['page', 'ApexPage'],
  ['scontrol', 'Scontrol'],
] as const;

const tabShowsOneThing: Rule<'CustomTab'> = (draft) => {
  const { body } = draft;
  const shown = [...tabContents.map(([element]) => body[element]), body.url].filter(
    (one) => one !== undefined,
  );
  const count = shown.length + (body.customObject === true ? 1 : 0);
  return count === 1
    ? []
    : refuse(
        draft,
        'A tab shows one thing: customObject true, or a flexiPage, lwcComponent, page or url',
      );
};

const tabObjectExists: Rule<'CustomTab'> = (draft, plan) =>
  draft.body.customObject !== true || plan.object(draft.fullName)?.kind === 'custom'
    ? []
    : refuse(draft, notFound('customObject', 'CustomObject', draft.fullName), 'customObject');

const tabContentExists: Rule<'CustomTab'> = (draft, plan) =>
  tabContents.flatMap(([element, type]) => {
    const name = draft.body[element];
    return name === undefined || plan.has(type, name)
      ? []
      : refuse(draft, notFound(element, type, name), element);
  });

const tabPageIsForApps: Rule<'CustomTab'> = (draft, plan) => {
  const { flexiPage = '' } = draft.body;
  const page = plan.bodyOf('FlexiPage', flexiPage) as FlexiPage | undefined;
  return !page || page.type === 'AppPage'
    ? []
    : refuse(
        draft,
        `The page ${flexiPage} of the type ${page.type} is not one that a tab can show; an AppPage is`,
        'flexiPage',
      );
};

const tabComponentIsForTabs: Rule<'CustomTab'> = (draft, plan) => {
  const { lwcComponent = '' } = draft.body;
  const bundle = plan.bodyOf('LightningComponentBundle', lwcComponent) as
    | LightningComponentBundle
    | undefined;
  return !bundle || bundle.targets?.target.includes('lightning__Tab') === true
    ? []
    : refuse(
        draft,
        `The component ${lwcComponent} is not one that a tab can show: it has no target lightning__Tab`,
        'lwcComponent',
      );
};

const tabHasMotif: Rule<'CustomTab'> = (draft) => {
  const { motif } = draft.body;
  if (motif === undefined) return refuse(draft, 'Required field is missing: motif');
  if (knownMotifs.has(motif)) return [];
  const like = [...knownMotifs].find((one) => one.startsWith(`${motif.split(':')[0] ?? ''}:`));
  return refuse(
    draft,
    `Invalid motif: '${motif}'; it is such as '${like ?? 'Custom63: Chip'}'`,
    'motif',
  );
};

const tabHasLabel: Rule<'CustomTab'> = (draft) => {
  if (draft.body.customObject === true) return [];
  const wrong = labelProblem('CustomTab', draft.body.label, 80);
  return wrong === undefined ? [] : refuse(draft, wrong, 'label');
};

/** What a tab must fulfil. */
export const tabRules: readonly Rule<'CustomTab'>[] = [
  tabShowsOneThing,
  tabObjectExists,
  tabContentExists,
  tabPageIsForApps,
  tabComponentIsForTabs,
  tabHasMotif,
  tabHasLabel,
];

const appNamesAreGood: Rule<'CustomApplication'> = (draft) => {
  const wrong = {
    fullName: nameProblem(draft.fullName),
    label: labelProblem('CustomApplication', draft.body.label, 80),
    description: textProblem('description', draft.body.description, 255),
  };
  return Object.entries(wrong).flatMap(([element, message]) =>
    message === undefined ? [] : refuse(draft, message, element),
  );
};

const appTabsExist: Rule<'CustomApplication'> = (draft, plan) =>
  draft.body.tabs.flatMap((tab, index) =>
    isTab(plan, tab) ? [] : refuse(draft, notFound('tabs', 'CustomTab', tab), 'tabs', index),
  );

const appTabsAreDistinct: Rule<'CustomApplication'> = (draft) =>
  repeated(draft.body.tabs, (tab) => tab).flatMap(({ value, index }) =>
    refuse(draft, `Duplicate tab: ${value}`, 'tabs', index),
  );

const appBarExists: Rule<'CustomApplication'> = (draft, plan) => {
  const { utilityBar } = draft.body;
  return utilityBar === undefined || plan.has('FlexiPage', utilityBar)
    ? []
    : refuse(draft, notFound('utilityBar', 'FlexiPage', utilityBar), 'utilityBar');
};

const appOverridesFit: Rule<'CustomApplication'> = (draft, plan) =>
  (['actionOverrides', 'profileActionOverrides'] as const).flatMap((list) =>
    draft.body[list].flatMap((override, index) => {
      const wrong = appOverrideProblem(override, plan);
      return wrong === undefined ? [] : refuse(draft, wrong, list, index);
    }),
  );

const appOverridesAreDistinct: Rule<'CustomApplication'> = (draft) =>
  repeated(draft.body.actionOverrides, ({ actionName, formFactor, pageOrSobjectType }) =>
    [actionName, formFactor, pageOrSobjectType].join(' '),
  ).flatMap(({ value, index }) =>
    refuse(
      draft,
      `Duplicate override of ${value.actionName ?? ''} for ${value.pageOrSobjectType}`,
      'actionOverrides',
      index,
    ),
  );

/** Profiles that Salesforce calls by another name in metadata than on its pages. */
const profileLabels: Readonly<Record<string, string>> = {
  Admin: 'System Administrator',
  Standard: 'Standard User',
};

const appProfilesExist: Rule<'CustomApplication'> = (draft, plan) =>
  draft.body.profileActionOverrides.flatMap(({ profile }, index) =>
    plan.before.rows.hasProfile(profileLabels[profile] ?? profile)
      ? []
      : refuse(draft, notFound('profile', 'Profile', profile), 'profileActionOverrides', index),
  );

const appImagesExist: Rule<'CustomApplication'> = (draft, plan) => {
  const logo = draft.body.brand?.logo;
  return logo === undefined || plan.has('ContentAsset', logo)
    ? []
    : refuse(draft, notFound('logo', 'ContentAsset', logo), 'brand');
};

const appColorIsGood: Rule<'CustomApplication'> = (draft) => {
  const color = draft.body.brand?.headerColor;
  return color === undefined || /^#[0-9A-F]{6}$/i.test(color)
    ? []
    : refuse(draft, `Invalid headerColor: '${color}'; it is such as '#7F54B3'`, 'brand');
};

/** What a Lightning app must fulfil. */
export const applicationRules: readonly Rule<'CustomApplication'>[] = [
  appNamesAreGood,
  appTabsExist,
  appTabsAreDistinct,
  appBarExists,
  appOverridesFit,
  appOverridesAreDistinct,
  appProfilesExist,
  appImagesExist,
  appColorIsGood,
];
