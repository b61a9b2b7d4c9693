/** The kinds of Lightning pages that are emulated. */
export type PageType = 'RecordPage' | 'HomePage' | 'AppPage';

interface Template {
  readonly type: PageType;
  readonly regions: readonly string[];
}

const headed = ['header', 'main', 'sidebar'];

/** Templates that every org has; others are known to exist, but not by their regions. */
export const templates: ReadonlyMap<string, Template> = new Map<string, Template>([
  ['flexipage:recordHomeTemplateDesktop', { type: 'RecordPage', regions: headed }],
  ['flexipage:recordHomeLeftSidebarTemplateDesktop', { type: 'RecordPage', regions: headed }],
  [
    'flexipage:recordHomeWithSubheaderTemplateDesktop',
    { type: 'RecordPage', regions: ['header', 'subheader', 'main', 'sidebar'] },
  ],
  [
    'flexipage:recordHomeTwoColEqualHeaderTemplateDesktop',
    { type: 'RecordPage', regions: ['header', 'leftcol', 'rightcol'] },
  ],
  [
    'home:desktopTemplate',
    { type: 'HomePage', regions: ['top', 'bottomLeft', 'bottomRight', 'sidebar'] },
  ],
  ['flexipage:defaultAppHomeTemplate', { type: 'AppPage', regions: ['main'] }],
]);

/** The target that a component must have to be placed on a page of that type. */
export const targetOf: Readonly<Record<PageType, string>> = {
  RecordPage: 'lightning__RecordPage',
  HomePage: 'lightning__HomePage',
  AppPage: 'lightning__AppPage',
};

export const isPageType = (type: string): type is PageType => type in targetOf;
