import type { Assumption } from '../../model/assumption.ts';

const LWC = 'force-app/main/default/lwc';

export const PAGES: readonly Assumption[] = [
  {
    id: 'graphql-optional-elsewhere',
    statement:
      '`@optional` leaves out also objects under `uiapi.query`, child connections and fields of an aggregate, but nothing in `where` and `orderBy`',
    places: ['local/org/graphql/run/optional.ts', `${LWC}/wooErrors`],
    person: 'As a user with Woo_Sales and without access to Total__c, open the page of a customer.',
  },
  {
    id: 'tab-title-label',
    statement:
      'The title of a tab on a Lightning page may be `{!$Label.Name}`, which is shown in the language of the user; the deploy refuses a label that is not there',
    places: [
      'local/org/metadata/rules/pages/page-contents.ts',
      'force-app/main/default/flexipages',
    ],
    person:
      'As a user whose language is Japanese, with the translations deployed, open a contact: the first tab is ショップの注文.',
  },
  {
    id: 'graphql-wire-without-query',
    statement: 'A GraphQL wire whose query is undefined asks nothing until it is set',
    places: [`${LWC}/wooProductImages/query.js`, `${LWC}/wooSyncRecords`],
    person:
      'Open a product without images with the network tab of the browser: no request has an error.',
  },
  {
    id: 'graphql-paging',
    statement:
      'Plain paging ends at 4,000 rows, with an error or without a next page; child lists count among the ten subqueries',
    places: ['local/org/graphql/run/paging.ts', `${LWC}/wooPager`],
    person: 'With more than 4,000 orders, page through those of one customer to the end.',
  },
  {
    id: 'infos-of-some-objects',
    statement:
      '`getObjectInfos` gives the objects that it can, and a status other than 200 in place of those that the user may not see or that are none',
    places: [`${LWC}/wooSyncIssue`, `${LWC}/wooSyncCommand`],
    person:
      'As a user with Woo_Sales, open an order that was synced by hand: the result of the command has the label of the object.',
  },
  {
    id: 'graphql-shows-writes',
    statement:
      'A record that `updateRecord` has written shows in the GraphQL wires of the page that hold it, those of other components too',
    places: [`${LWC}/wooProductStock`],
    person:
      "Open a product whose price is in conflict, and take Salesforce's value in _Shop sync_: within a minute _In the shop_ shows it, without a reload.",
  },
  {
    id: 'same-save-moves-systemmodstamp',
    statement: 'A save of the values that a record has already moves its SystemModstamp',
    places: [`${LWC}/wooSyncHealth/query.js`, 'sidecar/src/state/queue/issues.ts'],
    person:
      'Update a record by the REST API with a value that it has, and read SystemModstamp before and after it.',
  },
  {
    id: 'indexes-of-home',
    statement:
      'Queries with a filter on Id, Name, CreatedDate, SystemModstamp, a lookup, an address of a contact, an external id or a unique field go by an index where the filter leaves few records',
    places: [
      `${LWC}/wooLatestOrders`,
      `${LWC}/wooSalesDesk`,
      `${LWC}/wooSalesRecords`,
      `${LWC}/wooSyncHealth`,
    ],
    source: 'Best Practices for Deployments with Large Data Volumes, _Indexes_',
  },
  {
    id: 'saves-within-a-second',
    statement: 'Times have whole seconds, so two saves within one second are not noticed',
    places: [`${LWC}/wooProductImages`],
    person: 'Read LastModifiedDate of a record by the UI API: its milliseconds are 000.',
  },
  {
    id: 'graphql-long-text',
    statement: 'GraphQL gives a long text of 131,072 characters whole, and createRecord takes one',
    places: [`${LWC}/wooMappingAsk`],
    person:
      'Open a mapping whose object has 500 fields in the editor: all fields are in the list, and no answer is incomplete.',
  },
  {
    id: 'graphql-like-escaped',
    statement:
      'In `like` of a GraphQL filter a backslash takes the meaning off `%` and `_`, as in SOQL',
    places: [`${LWC}/wooMatchPick`],
    person:
      'On the page Matches, choose another record, and search for `_`: only records with that sign are found.',
  },
  {
    id: 'download-made-in-page',
    statement:
      'Lightning Web Security lets a component download what it made itself: a blob of `application/octet-stream` by a link that is clicked by script',
    places: [`${LWC}/wooZip`],
    person: 'On the page Mappings, choose _Download for git_ of a mapping, and unpack the zip.',
  },
  {
    id: 'app-page-state',
    statement:
      'The page of a tab stays while only `state` of its page reference changes, and CurrentPageReference tells it; Back undoes one change',
    places: ['local/lightning/shell/host/app', `${LWC}/wooMappings`],
    person: 'On the page Mappings, open the editor of a mapping, and press Back of the browser.',
  },
  {
    id: 'graphql-aggregate-by-user',
    statement:
      'An aggregate query counts the records of ten objects by `LastModifiedById`, with the latest `LastModifiedDate` of each user',
    places: [`${LWC}/wooMappings`],
    person: 'Open the page Mappings: each mapping whose object has records says how many.',
  },
  {
    id: 'thumbnail-after-upload',
    statement:
      '`renditionDownload` gives an image of a file that was just uploaded; until then the placeholder shows',
    places: [`${LWC}/wooProductImageTile`],
    person: 'Upload an image to a product, and wait for its thumbnail.',
  },
  {
    id: 'graphql-refresh',
    statement:
      'GraphQL wires read again after `refresh()`, and `refresh()` resolves once they have; a wire whose data is the same may stay silent',
    places: [`${LWC}/wooProductImages`, `${LWC}/wooSyncPoll`],
    person: 'Press _Try again_ on a card while the network is off, then on.',
  },
  {
    id: 'container-queries',
    statement:
      'The compiler of an org takes `@container` and `(width < 36rem)` in a component’s CSS',
    places: [`${LWC}/wooCustomerOrders`, `${LWC}/wooOrderItems`],
    person: 'Deploy, and make the window of an order narrow.',
  },
  {
    id: 'quick-actions',
    refusals: [{ types: ['QuickAction'] }],
    statement: 'An Update quick action on Product2 without `targetObject`',
    places: ['force-app/main/default/quickActions'],
    source: 'NebulaLogger `Log__c.Manage` is one',
  },
  {
    id: 'dynamic-actions-on-products',
    statement:
      'Actions named on a page’s highlights panel (`enableActionsConfiguration`) show on Product2',
    places: ['force-app/main/default/flexipages'],
    person: 'Open a product, and see that its actions are those of the page.',
  },
  {
    id: 'report-columns',
    refusals: [{ types: ['Report', 'ReportFolder'] }],
    statement:
      'Reports on custom objects name columns `Woo_Order__c.Total__c` and `CUST_NAME`, and take `INTERVAL_LAST30`; a field that is grouped by is no column; a report folder may be shared with `AllInternalUsers`',
    places: [
      'force-app/main/default/reports',
      'local/org/metadata/rules/reports/report-columns.ts',
    ],
    person: 'Open each of the reports.',
  },
  {
    id: 'page-regions',
    refusals: [{ types: ['FlexiPage'], says: /region/i }],
    statement: 'A page lists every region of its template, empty ones too',
    places: [
      'force-app/main/default/flexipages',
      'local/org/metadata/rules/pages/page-templates.ts',
    ],
    source: 'NebulaLogger and dreamhouse-lwc have such pages in git',
  },
  {
    id: 'page-form-factors',
    statement: 'View needs pages for `Large` and `Small`, the home tab for `Large` only',
    places: ['local/org/metadata/rules/pages/page-templates.ts'],
    source: 'The apps of NebulaLogger and dreamhouse-lwc override so',
  },
  {
    id: 'translations',
    refusals: [{ types: ['Translations'] }],
    statement:
      'Translations are refused where the Translation Workbench is off ("Not available for deploy for this organization"), and deploy where it is on and the language is added',
    places: ['config/japanese', 'local/org/metadata/rules/views/translation-rules.ts'],
    person: 'Run `sf project deploy start -d config/japanese` before and after switching it on.',
  },
  {
    id: 'words-of-objects',
    refusals: [{ types: ['CustomObjectTranslation'] }],
    statement:
      'Words of an object, its fields and picklist values deploy as `CustomObjectTranslation` where the Translation Workbench is on, values by their English label, and users read them in their own language on pages and in the API; for Japanese one name of the object serves as its plural',
    places: [
      'config/japanese',
      'local/org/metadata/rules/views/object-translation-rules.ts',
      'local/org/access/translated-schema.ts',
    ],
    person: 'Deploy `config/japanese`, read an order as a user whose language is Japanese.',
  },
  {
    id: 'words-of-actions',
    statement:
      'Labels of quick actions of an object deploy in its `CustomObjectTranslation`, by the name of the action without the object, and take 80 characters; users read them in their own language',
    places: [
      'config/japanese',
      'local/org/metadata/rules/views/object-translation-rules.ts',
      'scripts/metadata/japanese.test.ts',
    ],
    person:
      'Deploy `config/japanese`, open a _Woo Sync Issue_ as a user whose language is Japanese: the button is 判断する.',
  },
  {
    id: 'words-of-refusals',
    statement:
      'The wording of GraphQL’s and the UI API’s refusals beyond those that recordings show; how they show percents and currency as `displayValue`',
    places: ['local/org/graphql/problem.ts', 'local/org/ui-api/display-value.ts'],
    person: 'Compare the message that a card shows where a right is missing with the file.',
  },
  {
    id: 'answers-kept-for-half-a-minute',
    statement:
      'Lightning Data Service gives the same answer to the same GraphQL question for about 30 seconds, also after a save by somebody else; a refresh of the wire asks anew',
    places: ['local/lightning/platform/platform/http/http.js', `${LWC}/wooSyncBadge`],
    person:
      'Open an order, change it in another browser, go to the list and back within ten seconds: the cards show what they showed.',
  },
  {
    id: 'recently-viewed-columns',
    statement:
      'The list _Recently Viewed_ of a custom object shows the columns of its search layout, which a deploy replaces',
    places: ['force-app/main/default/objects/Woo_Order__c/Woo_Order__c.object-meta.xml'],
    person:
      'Deploy, open an order, then the tab _Woo Orders_: _Recently Viewed_ has the columns of the file.',
  },
  {
    id: 'page-of-custom-metadata',
    statement: 'Custom Metadata Types are at `/lightning/setup/CustomMetadata/home` of the org',
    places: [`${LWC}/wooSyncTold`],
    person: 'Open that address of an org, signed in as an administrator.',
  },
];
