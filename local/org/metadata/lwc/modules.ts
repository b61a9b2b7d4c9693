/** Components and modules of the namespace `lightning` that a component may use, as imports name them. */
const lightning = new Set(
  `accordion accordionSection actions alert analyticsSmartDataDiscoveryApi analyticsWaveApi avatar
  badge barcodeScanner breadcrumb breadcrumbs button buttonGroup buttonIcon buttonIconStateful
  buttonMenu buttonStateful card carousel carouselImage checkboxGroup clickToDial colorPicker
  combobox confirm conversationToolkitApi datatable dualListbox dynamicIcon empApi fileDownload
  fileUpload flow flowSupport focusTrap formattedAddress formattedDateTime formattedEmail
  formattedLocation formattedName formattedNumber formattedPhone formattedRichText formattedText
  formattedTime formattedUrl graphql helptext icon input inputAddress inputField inputLocation
  inputName inputRichText layout layoutItem logger map menuDivider menuItem menuSubheader
  messageService messages mobileCapabilities modal modalBody modalFooter modalHeader navigation
  notificationsLibrary omnistudioPubsub outputField overlayContainer pageReferenceUtils pill
  pillContainer platformResourceLoader platformScheduler platformShowToastEvent
  platformUtilityBarApi platformWorkspaceApi progressBar progressIndicator progressRing
  progressStep prompt quickActionPanel radioGroup recordEditForm recordForm recordPicker
  recordViewForm refresh relativeDateTime richTextToolbarButton richTextToolbarButtonGroup select
  serviceCloudVoiceToolkitApi slider spinner tab tabset textarea tile toast toastContainer tree
  treeGrid uiActionsApi uiAppsApi uiGraphQLApi uiLayoutApi uiListApi uiListsApi uiLookupsApi
  uiObjectInfoApi uiRecordApi uiRelatedListApi userConsentCookie verticalNavigation
  verticalNavigationItem verticalNavigationItemBadge verticalNavigationItemIcon
  verticalNavigationOverflow verticalNavigationSection`.split(/\s+/),
);

export const isLightningModule = (name: string): boolean => lightning.has(name);

/**
 * What modules export whose exports are known: the stubs of npm @salesforce/sfdx-lwc-jest and the developer guide name
 * them. Of other modules nothing is known.
 */
const exported: Readonly<Record<string, readonly string[]>> = {
  graphql: ['executeMutation', 'gql', 'graphql'],
  messageService: [
    'APPLICATION_SCOPE',
    'MessageContext',
    'createMessageChannel',
    'createMessageContext',
    'publish',
    'releaseMessageContext',
    'subscribe',
    'unsubscribe',
  ],
  navigation: [
    'CurrentPageReference',
    'NavigationContext',
    'NavigationMixin',
    'generateUrl',
    'navigate',
  ],
  platformResourceLoader: ['loadScript', 'loadStyle'],
  platformShowToastEvent: ['ShowToastEvent', 'ShowToastEventName'],
  uiObjectInfoApi: [
    'getObjectInfo',
    'getObjectInfos',
    'getPicklistValues',
    'getPicklistValuesByRecordType',
  ],
  uiRecordApi: [
    'createRecord',
    'createRecordInputFilteredByEditedFields',
    'deleteRecord',
    'generateRecordInputForCreate',
    'generateRecordInputForUpdate',
    'getFieldDisplayValue',
    'getFieldValue',
    'getRecord',
    'getRecordCreateDefaults',
    'getRecordInput',
    'getRecordNotifyChange',
    'getRecordUi',
    'getRecords',
    'notifyRecordUpdateAvailable',
    'refresh',
    'updateRecord',
  ],
};

/** Whether a module of the namespace `lightning` may export a name. */
export const mayExport = (module: string, name: string): boolean =>
  exported[module]?.includes(name) ?? true;

/** Modules of the platform whose content is not deployed, by what they begin with. */
const platform = [
  /^lwc$/,
  /^@salesforce\/client\/formFactor$/,
  /^@salesforce\/i18n\/[A-Za-z.]+$/,
  /^@salesforce\/user\/(Id|isGuest)$/,
  /^@salesforce\/community\/(Id|basePath)$/,
  /^@salesforce\/site\/(Id|activeLanguages)$/,
];

export const isPlatformModule = (module: string): boolean =>
  platform.some((pattern) => pattern.test(module));
