import { LightningElement, api } from 'lwc';

/** Regions above, beside and in the wide column; a row of the wide column is a list of its own. */
const templates = {
  'flexipage:recordHomeTemplateDesktop': { top: ['header'], main: [['main']], side: ['sidebar'] },
  'home:desktopTemplate': {
    top: [],
    main: [['top'], ['bottomLeft', 'bottomRight']],
    side: ['sidebar'],
  },
  'flexipage:defaultAppHomeTemplate': { top: [], main: [['main']], side: [] },
};

const widths = { 1: 'slds-size_1-of-1', 2: 'slds-size_1-of-1 slds-medium-size_1-of-2' };

/** A Lightning page; a template that is not known shows its regions one below the other. */
export default class FlexiPage extends LightningElement {
  /** Of the metadata: `{ template, regions }`. */
  @api page;
  @api context = {};

  get arrangement() {
    const { template, regions } = this.page;
    return templates[template] ?? { top: Object.keys(regions), main: [], side: [] };
  }

  /** Empty regions take no room. */
  regionsOf(names) {
    return names
      .map((name) => ({ name, components: this.page.regions[name] ?? [] }))
      .filter(({ components }) => components.length > 0);
  }

  get top() {
    return this.regionsOf(this.arrangement.top);
  }

  get main() {
    return this.arrangement.main.flatMap((names) => {
      const regions = this.regionsOf(names);
      const className = `slds-col ${widths[regions.length]}`;
      return regions.map((region) => ({ ...region, className }));
    });
  }

  get side() {
    return this.regionsOf(this.arrangement.side);
  }

  get mainClass() {
    const width = this.side.length > 0 ? 'slds-medium-size_2-of-3' : '';
    return `slds-col slds-size_1-of-1 ${width}`;
  }
}
