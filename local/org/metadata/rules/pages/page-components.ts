import type { PageType } from './page-templates.ts';

/** A component of the platform that pages can hold. */
interface StandardComponent {
  /** Pages that can hold it; all when left out. */
  readonly pages?: readonly PageType[];
  /** Names of its properties; any when they are not known here. */
  readonly properties?: readonly string[];
  readonly required?: readonly string[];
  /** Properties whose value is the name of a facet. */
  readonly facets?: readonly string[];
}

const onRecords = ['RecordPage'] as const;
const onHomes = ['HomePage'] as const;
const relatedList = ['parentFieldApiName', 'relatedListApiName'];

/** Components of the platform that this org knows to be in every org. */
export const standardComponents: ReadonlyMap<string, StandardComponent> = new Map<
  string,
  StandardComponent
>([
  [
    'force:highlightsPanel',
    {
      pages: onRecords,
      properties: [
        'actionNames',
        'collapsed',
        'enableActionsConfiguration',
        'enableActionsInNative',
        'hideChatterActions',
        'numVisibleActions',
      ],
    },
  ],
  ['force:detailPanel', { pages: onRecords, properties: [] }],
  ['force:relatedListContainer', { pages: onRecords, properties: [] }],
  [
    'force:relatedListSingleContainer',
    {
      pages: onRecords,
      required: relatedList,
      properties: [
        ...relatedList,
        'relatedListComponentOverride',
        'rowsToDisplay',
        'showActionBar',
        'relatedListLabel',
      ],
    },
  ],
  ['lst:dynamicRelatedList', { pages: onRecords, required: relatedList }],
  ['force:relatedListQuickLinksContainer', { pages: onRecords }],
  ['flexipage:tabset', { properties: ['label', 'tabs'], required: ['tabs'], facets: ['tabs'] }],
  [
    'flexipage:tab',
    { properties: ['active', 'body', 'title'], required: ['title'], facets: ['body'] },
  ],
  ['flexipage:accordion', { facets: ['sections'] }],
  ['flexipage:accordionSection', { facets: ['body'] }],
  [
    'flexipage:fieldSection',
    {
      pages: onRecords,
      properties: ['columns', 'horizontalAlignment', 'label'],
      required: ['columns'],
      facets: ['columns'],
    },
  ],
  [
    'flexipage:column',
    { pages: onRecords, properties: ['body'], required: ['body'], facets: ['body'] },
  ],
  ['flexipage:blankSpace', { pages: onRecords, properties: [] }],
  [
    'flexipage:richText',
    { properties: ['decorate', 'richTextValue'], required: ['richTextValue'] },
  ],
  [
    'flexipage:filterListCard',
    {
      required: ['entityName', 'filterName'],
      properties: [
        'enableInlineEdit',
        'entityName',
        'filterName',
        'hideActionBar',
        'hideSearchBar',
        'pageSize',
      ],
    },
  ],
  [
    'flexipage:reportChart',
    {
      required: ['reportName'],
      properties: ['cacheAge', 'label', 'reportFilter', 'reportName', 'showRefreshButton'],
    },
  ],
  ['runtime_sales_activities:activityPanel', { pages: onRecords }],
  ['forceChatter:recordFeedContainer', { pages: onRecords }],
  [
    'runtime_sales_pathassistant:pathAssistant',
    { pages: onRecords, properties: ['hideUpdateButton', 'variant'] },
  ],
  ['home:assistant', { pages: onHomes }],
  ['home:eventContainer', { pages: onHomes }],
  ['home:recentRecordContainer', { pages: onHomes }],
  ['home:heroChart', { pages: onHomes }],
  ['home:topDealsContainer', { pages: onHomes }],
  ['runtime_sales_activities:todayTaskContainer', { pages: onHomes }],
]);
